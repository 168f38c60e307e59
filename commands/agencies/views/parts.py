"""What several views of agencies share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date

from commands.agencies.rules.planning import Said
from commands.kit.agency_words import agency_name, kind_name, language_name
from commands.kit.say import escape, mention
from commands.kit.sectors import sector_name
from commands.kit.words import _, current_locale
from storage.agencies import Agency, AgencyState

ROOM = "agencies"


def verb(name: str, *more: object) -> str:
    """An id of this room; `more` tells apart buttons of one row that have the same verb."""
    return ":".join([ROOM, name, *map(str, more)])


def title_line(agency: Agency) -> str:
    """Code and name in one line of mrkdwn, with the state where it matters."""
    state = f" · {_('suspended')}" if agency.state == AgencyState.SUSPENDED else ""
    return f"*{escape(agency.code)}* · {escape(agency_name(agency))}{state}"


def sector_names(values: Iterable[str]) -> str:
    """Sectors as a list of names."""
    return ", ".join(escape(sector_name(value)) for value in values)


def mentions(user_ids: Iterable[str]) -> str:
    """People in order; the order is who is asked first."""
    return ", ".join(mention(user) for user in user_ids)


def day(value: date) -> str:
    """A day in the reader's language."""
    return format_date(value, format="medium", locale=current_locale())


def days(first: date, last: date) -> str:
    """Days in the reader's language, both included."""
    if first == last:
        return day(first)
    return _("{first} to {last}").format(first=day(first), last=day(last))


def field_name(name: str) -> str:
    """A field of an agency, as its form calls it."""
    return field_names()[name]


def field_names() -> dict[str, str]:
    """Every field of an agency, as its form calls it."""
    return {
        "code": _("Code"),
        "name": _("Name"),
        "name_fr": _("French name"),
        "kind": _("Kind"),
        "sectors": _("Sectors"),
        "duty_station": _("Duty station"),
        "zone": _("Time zone"),
        "language": _("Working language"),
        "head": _("Head of agency"),
        "focal_points": _("Focal points"),
        "alternates": _("Alternates"),
    }


def said(name: str, value: Said) -> str:
    """The value of a field in words; a dash where it is empty."""
    if not value:
        return "–"
    if name == "kind":
        return kind_name(str(value))
    if name == "language":
        return language_name(str(value))
    return sector_names(value) if name == "sectors" else escape(str(value))
