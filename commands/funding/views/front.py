"""Own figures, pledges and differences in one line, and what a funding officer owes, for the front door."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from commands.funding.views.own.words import discrepancy_state_name, pledge_state_name
from commands.kit.cards import escape, shorten
from commands.kit.dates import local_moment
from commands.kit.front.things import Line, Press, Wait
from commands.kit.words import _
from storage.funding.discrepancies import FundingDiscrepancy
from storage.funding.lines import FundingLine
from storage.funding.pledges import FundingPledge
from storage.subjects import Subject

WAIT_SHOWN = 120
DAY_BEGINS = time(0)


def on_day(day: date | None, zone: ZoneInfo) -> datetime | None:
    """The moment at which something that has a day comes up."""
    return local_moment(day, DAY_BEGINS, zone) if day is not None else None


def pledge_line(pledge: FundingPledge, zone: ZoneInfo) -> Line:
    """A pledge."""
    return Line(
        Subject.of("pledge", pledge.id),
        "",
        f"{pledge.donor} · {pledge.purpose}",
        pledge_state_name(pledge.state),
        on_day(pledge.next_on, zone),
        Press(_("Open"), "funding:pledge", str(pledge.id)),
        pledge.handling,
    )


def own_line(line: FundingLine, zone: ZoneInfo) -> Line:
    """A figure that the mission keeps itself."""
    return Line(
        Subject.of("funding_line", line.id),
        "",
        line.title,
        "",
        on_day(line.ends, zone),
        Press(_("Open"), "funding:line", str(line.id)),
        line.handling,
    )


def difference_line(one: FundingDiscrepancy, zone: ZoneInfo) -> Line:
    """A figure that differs from the public one."""
    return Line(
        Subject.of("discrepancy", one.id),
        "",
        one.label,
        discrepancy_state_name(one.state),
        on_day(one.next_on, zone),
        Press(_("Open"), "funding:difference", str(one.id)),
    )


def pledge_wait(pledge: FundingPledge, zone: ZoneInfo) -> Wait:
    """A pledge whose owner wanted to look at it by now."""
    about = escape(shorten(f"{pledge.donor} · {pledge.purpose}", WAIT_SHOWN))
    press = Press(_("Open"), "funding:pledge", str(pledge.id))
    text = _("*Look at this pledge*: {text}").format(text=about)
    return Wait(on_day(pledge.next_on, zone), text, press, Subject.of("pledge", pledge.id))


def difference_wait(one: FundingDiscrepancy, zone: ZoneInfo) -> Wait:
    """A difference that its owner wanted to ask about by now."""
    text = _("*Ask about this figure*: {text}").format(text=escape(shorten(one.label, WAIT_SHOWN)))
    press = Press(_("Open"), "funding:difference", str(one.id))
    return Wait(on_day(one.next_on, zone), text, press, Subject.of("discrepancy", one.id))
