"""Who may change an agency's people, who may be chosen, and who has to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commands.kit.cards import mention
from commands.kit.permission import Who
from commands.kit.words import _
from storage.agencies import Agency
from storage.audit import AuditEntry
from storage.people import Person, Role

MOST_PEOPLE = 20
HEAD, FOCAL_POINTS, ALTERNATES = "head", "focal_points", "alternates"
FIELDS = {HEAD: Role.HEAD_OF_AGENCY, FOCAL_POINTS: Role.FOCAL_POINT, ALTERNATES: Role.ALTERNATE}


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may change about an agency's people: its head, the others, leave of all of them or their own."""

    head: bool = False
    people: bool = False
    any_leave: bool = False
    own_leave: bool = False

    @property
    def any(self) -> bool:
        """Whether there is anything this person may change."""
        return self.people or self.own_leave


def rights_of(who: Who, agency: Agency) -> Rights:
    """Admins and coordinators change everybody, a head their agency's people, and each of these their own leave."""
    if Role.ADMIN in who.roles or Role.COORDINATOR in who.roles:
        return Rights(head=True, people=True, any_leave=True, own_leave=True)
    if who.user_id in agency.holders(Role.HEAD_OF_AGENCY):
        return Rights(people=True, any_leave=True, own_leave=True)
    return Rights(own_leave=agency.has_person(who.user_id))


def is_leave_of_another(entry: AuditEntry, user_id: str) -> bool:
    """Whether an act entered or took away the leave of somebody else."""
    return entry.verb.startswith("leave.") and entry.details.get("person") != user_id


@dataclass(frozen=True, slots=True)
class People:
    """An agency's people by role, in order."""

    head: str | None = None
    focal_points: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()

    def holders(self) -> dict[Role, list[str]]:
        """User ids by agency role."""
        return {
            Role.HEAD_OF_AGENCY: [self.head] if self.head else [],
            Role.FOCAL_POINT: list(self.focal_points),
            Role.ALTERNATE: list(self.alternates),
        }

    def everyone(self) -> set[str]:
        """User ids of all of them."""
        return {user for users in self.holders().values() for user in users}


def people_of_agency(agency: Agency) -> People:
    """The people an agency has now."""
    head = agency.holders(Role.HEAD_OF_AGENCY)
    return People(
        head[0] if head else None,
        tuple(agency.holders(Role.FOCAL_POINT)),
        tuple(agency.holders(Role.ALTERNATE)),
    )


def people_problems(before: People, people: People, known: Mapping[str, Person]) -> dict[str, str]:
    """What is wrong with a choice of people, by field. Who had the role before is not judged again."""
    problems: dict[str, str] = {}
    for name, role in FIELDS.items():
        users = people.holders()[role]
        fresh = [known[user] for user in users if user in known and user not in before.holders()[role]]
        wrong = next(filter(None, map(_person_problem, fresh)), None)
        if len(users) > MOST_PEOPLE:
            wrong = _("Choose at most {most} people.").format(most=MOST_PEOPLE)
        if wrong:
            problems[name] = wrong
    both = [user for user in people.alternates if user in people.focal_points]
    if both and ALTERNATES not in problems:
        names = ", ".join(known[user].name if user in known else mention(user) for user in both)
        problems[ALTERNATES] = _("{names}: chosen as focal point already. Choose each person once.").format(names=names)
    return problems


def _person_problem(person: Person) -> str | None:
    if person.is_bot:
        return _("{name} is an app and cannot answer. Choose a person.").format(name=person.name)
    if person.is_gone:
        return _("{name} has left this workspace. Choose somebody else.").format(name=person.name)
    return None


def appointments(before: People, after: People) -> dict[str, list[Role]]:
    """Who holds which agency role newly, by person."""
    gained: dict[str, list[Role]] = {}
    old = before.holders()
    for role, users in after.holders().items():
        for user in users:
            if user not in old[role]:
                gained.setdefault(user, []).append(role)
    return gained
