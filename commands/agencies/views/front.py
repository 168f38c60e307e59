"""An agency in one line, and what an admin has to settle, for the front door and for other rooms."""

from __future__ import annotations

from commands.kit.front.things import Line, Press, Wait
from commands.kit.names.agencies import agency_name
from commands.kit.words import _, ngettext, pgettext
from storage.agencies import Agency, AgencyState
from storage.subjects import Subject


def agency_line(agency: Agency) -> Line:
    """An agency."""
    state = pgettext("agency", "suspended") if agency.state != AgencyState.ACTIVE else ""
    opens = Press(_("Open"), "agencies:show", str(agency.id))
    return Line(Subject.of("agency", agency.id), agency.code, agency_name(agency), state, opens=opens)


def unanswered_wait(count: int, subject: Subject) -> Wait:
    """Agencies that nobody answers for."""
    words = ngettext(
        "*{count} agency has no focal point.* Nobody can be asked for its update.",
        "*{count} agencies have no focal point.* Nobody can be asked for their updates.",
        count,
    ).format(count=count)
    return Wait(None, words, Press(_("Name focal points"), "agencies:unanswered"), subject)
