"""Why a card reaches somebody now, in one sentence."""

from __future__ import annotations

from commands.escalations.views.case import Case
from commands.escalations.views.history import step_title
from commands.kit.words import _
from storage.escalations.model import NextKind
from storage.escalations.notices import EscalationNotice


def why_told(matter: Case, notice: EscalationNotice) -> str:
    """Why this message came, while it is news; nothing once something has happened since."""
    if matter.this.turn > notice.turn + 1 or not matter.this.is_open:
        return ""
    who = step_title(matter, notice.step)
    if notice.kind == NextKind.END or (notice.step >= len(matter.chain.steps) and not _is_overdue(notice)):
        return _("Nobody of the chain has acknowledged this. Somebody has to.")
    text = {
        NextKind.OPEN: _("Brought to you as {who}."),
        NextKind.CLIMB: _("Brought to you as {who}, because nobody before you has acknowledged it."),
        NextKind.STALE: _("Nothing has happened here for a while. *Are you still on it?*"),
        NextKind.REOPEN: _("Brought to you as {who}, because whoever was on it is no longer."),
        NextKind.OVERDUE: _("The decision on this is overdue."),
        NextKind.WAKE: _("The wait is over: this is with you again."),
    }[NextKind(notice.kind)]
    return text.format(who=who)


def _is_overdue(notice: EscalationNotice) -> bool:
    return notice.kind == NextKind.OVERDUE
