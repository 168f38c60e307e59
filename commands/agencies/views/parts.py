"""What several views of agencies share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date

from commands.agencies.rules.planning import Said
from commands.kit.cards import escape, mention, shorten
from commands.kit.names.agencies import agency_name, kind_name, language_name, sphere_name
from commands.kit.names.sectors import sector_name
from commands.kit.words import _, current_locale, pgettext
from storage.agencies import Agency, AgencyState

ROOM = "agencies"
# A field of a section holds 2,000 characters of mrkdwn, its label among them.
LONGEST_SECTORS = 1500


def verb(name: str, *more: object) -> str:
    """An id of this room; `more` tells apart buttons of one row that have the same verb."""
    return ":".join([ROOM, name, *map(str, more)])


def title_line(agency: Agency) -> str:
    """Code and name in one line of mrkdwn, with the state where it matters."""
    state = f" · {pgettext('agency', 'suspended')}" if agency.state == AgencyState.SUSPENDED else ""
    return f"*{escape(agency.code)}* · {escape(agency_name(agency))}{state}"


def sector_names(values: Iterable[str]) -> str:
    """Sectors as a list of names."""
    return fitting(", ".join(sector_name(value) for value in values), LONGEST_SECTORS)


def fitting(text: str, limit: int) -> str:
    """A typed text made harmless, at most `limit` characters of mrkdwn; what is too long loses its end."""
    harmless = escape(text)
    # An escaped character takes up to five.
    return harmless if len(harmless) <= limit else escape(shorten(text, limit // 5))


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
    return _("{first_day} to {last_day}").format(first_day=day(first), last_day=day(last))


def labelled(label: str, value: str) -> str:
    """Something and what is to be said of it; French has a blank before the colon."""
    return _("{label}: {value}").format(label=label, value=value)


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
        "sphere": _("What it is there for"),
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
    if name == "sphere":
        return sphere_name(str(value))
    if name == "language":
        return language_name(str(value))
    return sector_names(value) if name == "sectors" else escape(str(value))
