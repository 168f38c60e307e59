"""The return board of a round: one message in the coordinator channel, edited in place."""

from __future__ import annotations

from commands.kit.post import show
from commands.kit.work import Work
from commands.updates.views.board import board_card
from storage.returns import standings_of
from storage.rounds import Round


def refresh_board(work: Work, this: Round) -> None:
    """Draw the board as it is now; many changes within a few seconds make one edit."""
    if this.board_channel is None:
        return
    work.session.flush()
    standings = standings_of(work.session, this.id)
    with work.speaking_to_everyone():
        card = board_card(this, standings, work.zone, work.now)
    show(work, this.board_channel, board_subject(this), card)


def board_subject(this: Round) -> str:
    """What the board's message is known by."""
    return f"round:{this.id}:board"
