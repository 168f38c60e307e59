"""Opening a report, taking in its sections, clearing and issuing it, and correcting what was issued.

Who may do which is the room's to say; here is what holds for every report. The room puts its acts on the audit record.

Gesture: put on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.kit.handling import Handling
from commands.kit.refused import Refused
from commands.kit.reporting.rules import as_entered, may_move, outcome, why_not_cleared, why_not_entered
from commands.kit.words import _
from commands.kit.work import Work
from storage.compartments import Compartment
from storage.reports import (
    Corrigendum,
    Report,
    ReportState,
    Section,
    SectionState,
    corrigenda_of,
    covering,
    last_issued,
    lock_section,
    next_number,
    sections_of,
)
from storage.subjects import Subject

__all__ = ["Heading", "Opening", "correct_report", "enter_section", "hand_to_clear", "issue", "move", "open_report"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section that a report will have: its heading, and the agency that owes it (None: whoever compiles)."""

    heading: str
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A report to open: its kind, its period [start, end), and when inputs and the whole are due."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    inputs_due_at: datetime
    issue_at: datetime
    handling: Handling = Handling.UNCLASSIFIED
    compartment: Compartment = Compartment.MISSION


def open_report(work: Work, opening: Opening, headings: Sequence[Heading]) -> Report:
    """Open a report with these sections. Raises Refused where its period is none, or shares a moment with another."""
    period = (opening.starts_at, opening.ends_at)
    if period[0] >= period[1] or covering(work.session, work.mission.id, opening.kind, *period):
        raise Refused(_("This period is covered by another report already. Choose a later one."))
    report = Report(
        mission_id=work.mission.id,
        kind=opening.kind,
        number=next_number(work.session, work.mission.id, opening.kind),
        starts_at=opening.starts_at,
        ends_at=opening.ends_at,
        inputs_due_at=opening.inputs_due_at,
        issue_at=opening.issue_at,
        state=ReportState.OPEN,
        handling=opening.handling,
        compartment=opening.compartment,
        issued=[],
    )
    work.session.add(report)
    work.session.flush()
    work.session.add_all(
        Section(
            mission_id=report.mission_id,
            report_id=report.id,
            position=place,
            heading=one.heading,
            agency_id=one.agency_id,
        )
        for place, one in enumerate(headings, start=1)
    )
    work.session.flush()
    return report


def enter_section(
    work: Work, report: Report, section_id: int, state: SectionState, text: str = "", sources: Sequence[Subject] = ()
) -> Section:
    """Take in a section of a report that is held. Raises Refused with the reason. What was there before is replaced."""
    section = lock_section(work.session, report, section_id)
    if section is None:
        raise Refused(_("There is nothing here that you may see."))
    why = why_not_entered(report, state, text, _state_before(work, report, section))
    if why is not None:
        raise Refused(why, "text")
    section.state = as_entered(state, work.now, report.inputs_due_at)
    section.text = text if state is SectionState.IN else ""
    section.sources = [str(one) for one in sources]
    section.entered_by, section.entered_at = work.actor, work.now
    section.version += 1
    work.session.flush()
    return section


def _state_before(work: Work, report: Report, section: Section) -> SectionState | None:
    """How the section of the same heading and owner ended in the report before."""
    last = last_issued(work.session, work.mission.id, report.kind)
    before = sections_of(work.session, last.id) if last is not None and last.id != report.id else []
    same = (one for one in before if (one.heading, one.agency_id) == (section.heading, section.agency_id))
    return next((SectionState(one.state) for one in same), None)


def move(work: Work, report: Report, state: ReportState) -> bool:
    """Let a report that is held go on. Returns False, and changes nothing, where it cannot go there from here."""
    if not may_move(report.state, state):
        return False
    report.state = state
    report.version += 1
    work.session.flush()
    return True


def hand_to_clear(work: Work, report: Report) -> None:
    """Compiling is done: what nobody said is missing, and somebody else clears it. Raises Refused."""
    if not move(work, report, ReportState.TO_CLEAR):
        raise Refused(_("This report is not being compiled."))
    for section in sections_of(work.session, report.id):
        section.state = outcome(section)
    report.prepared_by = work.actor
    work.session.flush()


def issue(work: Work, report: Report) -> None:
    """Clear and issue a report that is held: from now on its text is fixed. Raises Refused with who may not."""
    why = why_not_cleared(report, work.actor)
    if why is not None:
        raise Refused(why)
    report.issued = [
        {"heading": one.heading, "agency": one.agency_id, "state": one.state, "text": one.text}
        for one in sections_of(work.session, report.id)
    ]
    report.cleared_by, report.issued_at = work.actor, work.now
    move(work, report, ReportState.ISSUED)


def correct_report(work: Work, report: Report, text: str) -> Corrigendum:
    """Add the next corrigendum to an issued report that is held. Raises Refused."""
    if not may_move(report.state, ReportState.CORRECTED):
        raise Refused(_("Only what was issued is corrected."))
    if not text.strip():
        raise Refused(_("Write what is wrong and what is right."), "text")
    number = len(corrigenda_of(work.session, report.id)) + 1
    found = Corrigendum(
        mission_id=report.mission_id, report_id=report.id, number=number, text=text, by=work.actor, at=work.now
    )
    work.session.add(found)
    move(work, report, ReportState.CORRECTED)
    return found
