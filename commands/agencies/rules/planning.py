"""What importing a list would do: added, changed, left alone, refused, and look-alikes that somebody has to decide."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from commands.agencies.rules.codes import free_code
from commands.agencies.rules.doubles import Alike, Lookalikes, Named
from commands.agencies.rules.entries import SAID, Entry, Fault, Reading
from commands.kit.names.sectors import sector_of
from commands.kit.words import _
from storage.agencies import Agency, code_key
from storage.letters import folded

Said = str | tuple[str, ...]


class Decision(StrEnum):
    """What somebody decided about a look-alike: another organisation, or the same one, which is then skipped."""

    APART = "apart"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Addition:
    """A new agency; `code` is the file's, or one that was made up for it."""

    entry: Entry
    code: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that a list changes."""

    field: str
    old: Said
    new: Said


@dataclass(frozen=True, slots=True)
class Change:
    """An agency that the mission has and the list describes otherwise."""

    agency_id: int
    code: str
    row: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Double:
    """A new organisation that looks like others; None while nobody has decided."""

    entry: Entry
    code: str
    alike: tuple[Alike, ...]
    decision: Decision | None


@dataclass(slots=True)
class Plan:
    """What an import would do. Additions hold what was kept apart; `same` counts what was skipped as the same."""

    added: list[Addition] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)

    @property
    def undecided(self) -> list[Double]:
        """Look-alikes that wait for a decision."""
        return [double for double in self.doubles if double.decision is None]

    @property
    def same(self) -> list[Double]:
        """Look-alikes that are skipped, because somebody said that they are the same."""
        return [double for double in self.doubles if double.decision is Decision.SAME]

    @property
    def changes_something(self) -> bool:
        """Whether saving would change anything."""
        return bool(self.added or self.changed)

    def fingerprint(self) -> str:
        """The same for the same plan: tells whether what was shown is still what would happen."""
        return hashlib.sha256(repr((self.added, self.changed, self.doubles)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A list compared with the mission's agencies, before any decision: what is certain, and what is new.

    `fresh` holds new organisations with what they look like; `reserved` the codes of the mission and of the file.
    """

    changed: list[Change]
    left: list[tuple[int, str]]
    refused: list[Fault]
    fresh: list[tuple[Entry, list[Alike]]]
    reserved: frozenset[str]

    def decided(self, decisions: Mapping[str, str]) -> Plan:
        """The plan that follows from decisions about look-alikes, given by the key of the entry."""
        plan = Plan(changed=self.changed, left=self.left, refused=self.refused)
        _give_codes(plan, set(self.reserved), self.fresh, decisions)
        return plan


def compare(reading: Reading, existing: Sequence[Agency]) -> Comparison:
    """Compare a list with the mission's agencies, and its new organisations with all others."""
    plan = Plan(refused=list(reading.faults))
    register = _Register(existing)
    fresh = [entry for entry in reading.entries if not _is_known(plan, register, entry)]
    lookalikes = Lookalikes(_named(agency) for agency in existing)
    alike: list[tuple[Entry, list[Alike]]] = []
    for entry in fresh:
        one = Named(entry.name, entry.code, entry.name_fr, row=entry.row)
        alike.append((entry, lookalikes.of(one)))
        lookalikes.add(one)
    reserved = set(register.by_code) | {code_key(entry.code) for entry in reading.entries if entry.code}
    refused = sorted(plan.refused, key=lambda fault: fault.row)
    return Comparison(plan.changed, plan.left, refused, alike, frozenset(reserved))


class _Register:
    """The mission's agencies, found by code and by either name."""

    def __init__(self, existing: Sequence[Agency]) -> None:
        self.by_code = {agency.code_key: agency for agency in existing}
        self.by_name: dict[str, Agency] = {}
        for agency in existing:
            for name in (agency.name, agency.name_fr):
                if name:
                    self.by_name.setdefault(folded(name), agency)

    def find(self, entry: Entry) -> tuple[Agency | None, Agency | None]:
        """The agency with the entry's code, and the agency with its name."""
        by_code = self.by_code.get(code_key(entry.code)) if entry.code else None
        return by_code, self.by_name.get(folded(entry.name)) if entry.name else None


def _named(agency: Agency) -> Named:
    return Named(agency.name, agency.code, agency.name_fr, agency_id=agency.id)


def _is_known(plan: Plan, register: _Register, entry: Entry) -> bool:
    """Plan for an entry the mission has already, or that cannot be taken. False for a new one."""
    by_code, by_name = register.find(entry)
    if by_code and by_name and by_code is not by_name:
        plan.refused.append(_clash(entry, by_code, by_name))
        return True
    agency = by_code or by_name
    if agency is None:
        if entry.name:
            return False
        reason = _("No agency has the code {code}, and a new one needs a name. Fill it in.").format(code=entry.code)
        plan.refused.append(Fault(entry.row, _("name"), reason))
        return True
    differences = tuple(_differences(agency, entry))
    if differences:
        plan.changed.append(Change(agency.id, agency.code, entry.row, differences))
    else:
        plan.left.append((entry.row, agency.code))
    return True


def _clash(entry: Entry, by_code: Agency, by_name: Agency) -> Fault:
    reason = _("The code {code} belongs to {owner}, the name to {other}. Correct one of them.").format(
        code=entry.code, owner=by_code.name, other=by_name.code
    )
    return Fault(entry.row, _("code"), reason)


def _differences(agency: Agency, entry: Entry) -> list[Difference]:
    found = []
    for said in SAID:
        new: Said = getattr(entry, said)
        old: Said = tuple(agency.sectors) if said == "sectors" else str(getattr(agency, said))
        if new and not _is_no_news(agency, said, old, new):
            found.append(Difference(said, old, new))
    return found


def _is_no_news(agency: Agency, said: str, old: Said, new: Said) -> bool:
    """Whether a list says what is known: other capitals of a code or name, and the order of sectors, do not count."""
    if said == "name":
        return folded(str(new)) in {folded(agency.name), folded(agency.name_fr)}
    if said == "code":
        return code_key(str(new)) == agency.code_key
    if said == "sectors":
        return {sector_of(one) for one in new} == {sector_of(one) for one in old}
    return new == old


def _give_codes(
    plan: Plan, taken: set[str], alike: list[tuple[Entry, list[Alike]]], decisions: Mapping[str, str]
) -> None:
    """Decide what is added, in the file's order. `taken` holds the codes of the mission and of the whole file."""
    for entry, others in alike:
        decision = _decision(decisions.get(entry.key)) if others else None
        code = entry.code or free_code(entry.name, taken)
        if decision is not Decision.SAME:
            taken.add(code_key(code))
        if others:
            plan.doubles.append(Double(entry, code, tuple(others), decision))
        if not others or decision is Decision.APART:
            plan.added.append(Addition(entry, code))


def _decision(kept: str | None) -> Decision | None:
    return Decision(kept) if kept in set(Decision) else None
