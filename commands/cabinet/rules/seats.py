"""Who sits in a series: agencies by their representatives, and the holders of mission roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commands.cabinet.rules.silence import speakers
from commands.kit.handling import Clearance, Handling, may_see
from storage.agencies import Agency
from storage.people import MISSION_ROLES, Role

# They sit in every series: the humanitarian coordinator and the human-rights adviser are never left out.
STANDING_ROLES = (Role.HUMANITARIAN_COORDINATOR, Role.HUMAN_RIGHTS_ADVISER)
_FIRST = (Role.SRSG_OFFICE, *STANDING_ROLES)
# Who keeps the bot running, or is on duty tonight, does not sit for that.
_NOT_SEATED = {Role.ADMIN, Role.DUTY_OFFICER}
ROLES_OFFERED = (*_FIRST, *(role for role in MISSION_ROLES if role not in _NOT_SEATED.union(_FIRST)))


@dataclass(frozen=True, slots=True)
class Seats:
    """The agencies that sit in a series with whoever may represent them, the roles with their holders, the officers."""

    agencies: Mapping[int, Sequence[str]]
    roles: Mapping[Role, Sequence[str]]
    officers: Sequence[str]

    @property
    def people(self) -> list[str]:
        """Everybody, officers first, each once."""
        agencies = [user for people in self.agencies.values() for user in people]
        roles = [user for people in self.roles.values() for user in people]
        return list(dict.fromkeys([*self.officers, *roles, *agencies]))

    @property
    def unrepresented(self) -> list[int]:
        """Agencies that nobody can represent."""
        return [agency for agency, people in self.agencies.items() if not people]


def representatives(agency: Agency) -> list[str]:
    """Who may represent an agency: its head and alternates; its focal points where it has named neither.

    Nobody does by a role that they gave to themselves, as long as nobody has agreed to it.
    """
    return speakers(agency, {one.user_id for one in agency.people})


def take_seats(
    agencies: Iterable[Agency],
    roles: Iterable[str],
    grants: Mapping[Role, Sequence[str]],
    officers: Sequence[str],
) -> Seats:
    """The seats of a series whose agencies and roles are these."""
    wanted = {Role(role) for role in roles} | set(STANDING_ROLES)
    return Seats(
        agencies={agency.id: representatives(agency) for agency in agencies},
        roles={role: list(grants.get(role, [])) for role in Role if role in wanted},
        officers=list(dict.fromkeys(officers)),
    )


def who_may_come(people: Iterable[str], clearances: Mapping[str, Clearance], level: Handling) -> list[str]:
    """Those of the people who may be where texts of a level are read; somebody never met may not, if it is secret."""
    return [user for user in people if may_see(clearances.get(user, Clearance(user, is_guest=True)), level)]
