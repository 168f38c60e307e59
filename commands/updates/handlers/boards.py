"""The return board of a round: one message in the coordinator channel, edited in place."""

from __future__ import annotations

from commands.kit.cards import Card
from commands.kit.post import show_drawn
from commands.kit.work import Work
from commands.updates.views.board import board_card
from commands.updates.views.words import level_of
from storage.subjects import Subject
from storage.updates.returns import standings_of
from storage.updates.rounds import Round, get_round


def refresh_board(work: Work, this: Round) -> None:
    """Let the board be drawn anew; many changes within a few seconds make one drawing and one edit."""
    if this.board_channel is not None:
        show_drawn(work, this.board_channel, board_subject(this), "updates:board", level_of(this))


def draw_board(work: Work, subject: Subject) -> Card | None:
    """The board as it is now."""
    this = get_round(work.session, work.mission.id, subject.number())
    if this is None:
        return None
    with work.speaking_to_everyone():
        return board_card(this, standings_of(work.session, this.id), work.zone, work.now)


def board_subject(this: Round) -> Subject:
    """What the board's message is known by."""
    return Subject.of("round", this.id, "board")
