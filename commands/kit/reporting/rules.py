"""How a report and its sections move: pure decisions.

open -> inputs due -> compiling -> to clear -> issued -> corrected. From "to clear" it may go back to compiling; nothing
else goes back, and what was issued never changes.

Gesture: put on record.
"""

from __future__ import annotations

from datetime import datetime

from commands.kit.words import _
from storage.reports import Report, ReportState, Section, SectionState

__all__ = ["LONGEST_SECTION", "as_entered", "may_move", "outcome", "why_not_cleared", "why_not_entered"]

LONGEST_SECTION = 3000
_NEXT: dict[ReportState, frozenset[ReportState]] = {
    ReportState.OPEN: frozenset({ReportState.INPUTS_DUE}),
    ReportState.INPUTS_DUE: frozenset({ReportState.COMPILING}),
    ReportState.COMPILING: frozenset({ReportState.TO_CLEAR}),
    ReportState.TO_CLEAR: frozenset({ReportState.COMPILING, ReportState.ISSUED}),
    ReportState.ISSUED: frozenset({ReportState.CORRECTED}),
    ReportState.CORRECTED: frozenset({ReportState.CORRECTED}),
}
_TAKES_INPUTS = frozenset({ReportState.OPEN, ReportState.INPUTS_DUE, ReportState.COMPILING})
_SAID = frozenset({SectionState.IN, SectionState.NIL, SectionState.NOTHING_NEW, SectionState.NOT_RELEASED})


def may_move(before: str, after: ReportState) -> bool:
    """Whether a report may go from one state to another."""
    return after in _NEXT[ReportState(before)]


def why_not_entered(report: Report, state: SectionState, text: str, before: SectionState | None) -> str | None:
    """Why a section cannot be entered like this; None when it can. `before` is its state in the report before.

    "Nothing new" points at the last text, so it cannot be said twice running.
    """
    if ReportState(report.state) not in _TAKES_INPUTS:
        return _("This report is being cleared or is issued: nothing more is entered. A corrigendum can be.")
    if state not in _SAID:
        return _("Say what is new, or that there is nothing.")
    if state is SectionState.IN and not text.strip():
        return _("Write the text, or choose that there is nothing to report.")
    if len(text) > LONGEST_SECTION:
        return _("This has more than {limit} characters. Shorten it.").format(limit=LONGEST_SECTION)
    if state is SectionState.NOTHING_NEW and before in {None, SectionState.NOTHING_NEW, SectionState.MISSING}:
        return _("There is no text before to which this could point. Write the text, or say that there is nothing.")
    return None


def as_entered(state: SectionState, now: datetime, inputs_due_at: datetime) -> SectionState:
    """The state of a section once it is entered: a text that comes after its time is late, and is printed."""
    return SectionState.LATE if state is SectionState.IN and now > inputs_due_at else state


def outcome(section: Section) -> SectionState:
    """What is printed of a section when compiling ends: what nobody said is missing."""
    state = SectionState(section.state)
    return SectionState.MISSING if state is SectionState.OPEN else state


def why_not_cleared(report: Report, by: str) -> str | None:
    """Why somebody cannot clear a report; None when they can. Whoever prepared it does not."""
    if ReportState(report.state) is not ReportState.TO_CLEAR:
        return _("This report is not waiting to be cleared.")
    if report.prepared_by == by:
        return _("You prepared this report. Somebody else clears it.")
    return None
