"""An agency as a form holds it: checked, and compared with what is saved."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from commands.agencies.rules.entries import Entry
from commands.agencies.rules.fields import code_problem, name_problem, sector_problem, station_problem
from commands.agencies.rules.planning import Difference
from commands.kit.times.zones import is_zone
from commands.kit.words import _
from storage.agencies import Agency, AgencyKind, Sphere

FIELDS = ("code", "name", "name_fr", "kind", "sphere", "sectors", "duty_station", "zone", "language")


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of an agency, as typed."""

    code: str = ""
    name: str = ""
    name_fr: str = ""
    kind: str = AgencyKind.OTHER.value
    sectors: tuple[str, ...] = ()
    duty_station: str = ""
    zone: str = ""
    language: str = ""
    sphere: str = ""

    def as_record(self) -> dict[str, Any]:
        """As the audit record keeps it."""
        return asdict(self)


def draft_of(agency: Agency) -> Draft:
    """What is saved of an agency."""
    return Draft(
        agency.code,
        agency.name,
        agency.name_fr,
        agency.kind,
        tuple(agency.sectors),
        agency.duty_station,
        agency.zone,
        agency.language,
        agency.sphere,
    )


def draft_of_entry(entry: Entry, code: str) -> Draft:
    """A new agency out of a list."""
    return Draft(
        code,
        entry.name,
        entry.name_fr,
        entry.kind or AgencyKind.OTHER.value,
        entry.sectors,
        entry.duty_station,
        entry.zone,
        entry.language,
    )


def draft_problems(draft: Draft) -> dict[str, str]:
    """What is wrong with a draft, by field."""
    found = {
        "code": code_problem(draft.code),
        "name": name_problem(draft.name),
        "name_fr": name_problem(draft.name_fr) if draft.name_fr else None,
        "kind": None if draft.kind in set(AgencyKind) else _("Choose a kind."),
        "sphere": None if draft.sphere in {"", *Sphere} else _("Choose one from the list."),
        "sectors": sector_problem(list(draft.sectors)),
        "duty_station": station_problem(draft.duty_station),
        "zone": _("Choose a time zone from the list.") if draft.zone and not is_zone(draft.zone) else None,
    }
    return {name: problem for name, problem in found.items() if problem}


def differences(saved: Draft, wanted: Draft) -> list[Difference]:
    """Where two drafts differ."""
    return [
        Difference(name, getattr(saved, name), getattr(wanted, name))
        for name in FIELDS
        if getattr(saved, name) != getattr(wanted, name)
    ]


def put_into(agency: Agency, draft: Draft) -> None:
    """Fill an agency's fields from a draft; its code key is the caller's to set."""
    for name in FIELDS:
        value = getattr(draft, name)
        setattr(agency, name, list(value) if name == "sectors" else value)
