"""The digest of a round: what the cabinet reads."""

from __future__ import annotations

from commands.kit.post import post
from commands.kit.say import Card, section
from commands.kit.work import Work
from commands.updates.rules.standings import tally
from commands.updates.views.board import counts_text
from commands.updates.views.words import level_of
from storage.returns import Return, returns_of
from storage.rounds import Round


def send_digest(work: Work, this: Round) -> None:
    """Send the digest of a round, once."""
    this.digested_at = work.now
    with work.speaking_to_everyone():
        text = counts_text(tally(returns_of(work.session, this.id))) or this.title
        card = Card(f"{this.title}: {text}", (section(f"*{this.title}*\n{text}"),), level_of(this))
    subject = f"round:{this.id}:digest"
    post(work, this.digest_channel, card, key=subject, subject=subject)


def note_change(work: Work, given: Return, this: Round) -> None:
    """A return changed: once the digest is out, the change belongs in an addendum."""
    if this.digested_at is not None and given.version > given.digest_version:
        work.record("return.after_digest", ("return", given.id), round=this.id)
