"""Whether enough agencies are represented to decide anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.cabinet.attendance import Attendance, Presence
from storage.cabinet.series import QuorumRule


@dataclass(frozen=True, slots=True)
class Quorum:
    """`needed` of `members` agencies must be represented, and `represented` are. Observers count for nothing."""

    needed: int
    members: int
    represented: int

    @property
    def is_reached(self) -> bool:
        """Whether the cabinet may decide."""
        return self.represented >= self.needed


def needed_of(rule: str, number: int, members: int) -> int:
    """How many agencies a rule asks for. A number larger than the membership asks for all of it."""
    if rule == QuorumRule.HALF:
        return -(-members // 2)
    if rule == QuorumRule.TWO_THIRDS:
        return -(-2 * members // 3)
    return min(max(number, 0), members) if rule == QuorumRule.NUMBER else 0


def quorum_of(rule: str, number: int, member_ids: Iterable[int], attendance: Mapping[int, Attendance]) -> Quorum:
    """The quorum of a meeting; only member agencies count."""
    members = set(member_ids)
    present = sum(1 for agency in members if presence_of(attendance, agency) is Presence.REPRESENTED)
    return Quorum(needed_of(rule, number, len(members)), len(members), present)


def presence_of(attendance: Mapping[int, Attendance], agency_id: int) -> Presence:
    """How an agency takes part; one that nobody wrote down is absent."""
    row = attendance.get(agency_id)
    return Presence(row.presence) if row is not None else Presence.ABSENT


def by_presence(member_ids: Iterable[int], attendance: Mapping[int, Attendance]) -> dict[Presence, list[int]]:
    """Agency ids by how they take part, in the order given; agencies that are no members only where written down."""
    found: dict[Presence, list[int]] = {presence: [] for presence in Presence}
    members = list(member_ids)
    guests = [agency for agency in attendance if agency not in members]
    for agency in [*members, *guests]:
        found[presence_of(attendance, agency)].append(agency)
    return found
