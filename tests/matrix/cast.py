"""The people of the matrix, by what they are here; the words stand in the golden tables."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from storage.agencies import Agency, AgencyPerson, Leave
from storage.people import MISSION_ROLES, Person, Role, set_holders
from tests.world import World

GUEST, AGENCY_GUEST, READER = "guest", "WFP guest", "reader"
WFP_FOCAL, WFP_HEAD, UNICEF_HEAD = "WFP focal point", "WFP head", "UNICEF head"
IOM_FOCAL, IOM_HEAD = "IOM focal point", "IOM head"
ADMIN, CLEARED_ADMIN = "admin", "cleared admin"
COORDINATOR, SECRETARY, SRSG, HC = "coordinator", "secretary", "SRSG", "HC"
DUTY, CELL, OBSERVER = "duty officer", "funding cell", "observer"
ADVISER, ON_LEAVE = "HR adviser", "WFP alternate on leave"
# Focal point of an agency that is suspended; a member who made themselves alternate, to which nobody has agreed.
SUSPENDED, WAITS = "of a suspended agency", "WFP alternate who waits"
GONE, STRANGER = "deactivated", "stranger"

# Who is in the demo's workspace already; the others are added.
OF_THE_DEMO = {
    GUEST: "Visiting guest",
    READER: "Mission reader",
    WFP_FOCAL: "WFP focal point",
    WFP_HEAD: "WFP head of agency",
    UNICEF_HEAD: "UNICEF head of agency",
    IOM_FOCAL: "IOM focal point",
    COORDINATOR: "Chief of staff",
    SECRETARY: "Cabinet secretary",
    SRSG: "SRSG",
    HC: "Humanitarian coordinator",
    ADVISER: "Human-rights adviser",
    GONE: "WFP alternate",
}
ADDED = (
    *(AGENCY_GUEST, IOM_HEAD, ADMIN, CLEARED_ADMIN, DUTY, CELL, OBSERVER, STRANGER),
    *(ON_LEAVE, SUSPENDED, WAITS),
)
# Who sends; UNICEF's head, whom some things belong to, may do what WFP's may.
EVERYBODY = (
    *(GUEST, AGENCY_GUEST, READER, WFP_FOCAL, WFP_HEAD, IOM_FOCAL, IOM_HEAD, ADMIN, CLEARED_ADMIN),
    *(COORDINATOR, SECRETARY, SRSG, HC, ADVISER, DUTY, CELL, OBSERVER),
    *(ON_LEAVE, SUSPENDED, WAITS, GONE, STRANGER),
)
# Whoever was deactivated keeps here what they were given: nobody took it back, and it must give them nothing.
ROLES = {
    Role.ADMIN: (ADMIN, CLEARED_ADMIN),
    Role.COORDINATOR: (COORDINATOR, SECRETARY, GONE),
    Role.SRSG_OFFICE: (SRSG,),
    Role.HUMANITARIAN_COORDINATOR: (HC,),
    Role.HUMAN_RIGHTS_ADVISER: (ADVISER,),
    Role.DUTY_OFFICER: (DUTY,),
    Role.FUNDING_CELL: (CELL,),
    Role.OBSERVER: (OBSERVER,),
}
SEATS_ADDED = {
    AGENCY_GUEST: ("WFP", Role.ALTERNATE),
    IOM_HEAD: ("IOM", Role.HEAD_OF_AGENCY),
    # Cleared by an agency's seat, as an admin can make himself, and by nothing else.
    CLEARED_ADMIN: ("IOM", Role.ALTERNATE),
    ON_LEAVE: ("WFP", Role.ALTERNATE),
    WAITS: ("WFP", Role.ALTERNATE),
}
OF_OLD = {SUSPENDED: Role.FOCAL_POINT}
# What these are means something in some rooms only: elsewhere they are tried on one thing of each level, as the reader
# is on all.
AT_HOME_IN = {
    DUTY: {"escalations"},
    CELL: {"funding"},
    OBSERVER: {"funding"},
    ADVISER: {"cabinet", "updates"},
    ON_LEAVE: {"updates"},
    SUSPENDED: {"cabinet", "updates", "agencies"},
    WAITS: {"cabinet", "updates", "escalations"},
}
MAY_DO_NOTHING = frozenset({GUEST, GONE, STRANGER})
CLEARED = frozenset(
    {WFP_FOCAL, WFP_HEAD, UNICEF_HEAD, IOM_FOCAL, IOM_HEAD, CLEARED_ADMIN, COORDINATOR, SECRETARY, SRSG, HC}
    | {ADVISER, ON_LEAVE}
)
# Of WFP and UNICEF, the leadership and who keeps the cabinet: the cleared people of a closed meeting of the two.
SEATED = frozenset({WFP_FOCAL, WFP_HEAD, UNICEF_HEAD, ON_LEAVE, COORDINATOR, SECRETARY, SRSG, HC, ADVISER})
# An admin who is cleared knows that there is such a series and such meetings, and reads nothing of what is said there.
KNOWS_OF = SEATED | {CLEARED_ADMIN}


def user_ids(world: World) -> dict[str, str]:
    """Slack's ids of everybody."""
    added = {name: f"UADDED{place:03}" for place, name in enumerate(ADDED)}
    return {
        name: world.user_id(OF_THE_DEMO[name]) if name in OF_THE_DEMO else added[name]
        for name in (*EVERYBODY, UNICEF_HEAD)
    }


def gather(session: Session, world: World, ids: dict[str, str], agencies: dict[str, Agency]) -> None:
    """Everybody is known to the mission, reads English, and is what the matrix calls them."""
    for name, user in ids.items():
        person = session.get(Person, (world.mission_id, user))
        if person is None:
            person = Person(mission_id=world.mission_id, user_id=user, seen_at=world.now)
            session.add(person)
        person.name, person.locale, person.zone = name.capitalize(), "en-GB", "Africa/Juba"
        person.is_guest = name in {GUEST, AGENCY_GUEST}
        person.is_gone = name == GONE
        person.home_team = "TELSEWHERE" if name == STRANGER else ""
        person.is_workspace_admin = False
    session.flush()
    for role in MISSION_ROLES:
        holders = [ids[name] for name in ROLES.get(role, ())]
        set_holders(session, world.mission_id, role, holders, "test", world.now)
    for name, (code, role) in SEATS_ADDED.items():
        seat = AgencyPerson(mission_id=world.mission_id, user_id=ids[name], role=role, rank=5)
        seat.granted_by, seat.granted_at = (ids[name] if name == WAITS else "test"), world.now
        agencies[code].people.append(seat)
    today = world.now.date()
    away = {"first_day": today - timedelta(days=1), "last_day": today + timedelta(days=5)}
    session.add(Leave(mission_id=world.mission_id, user_id=ids[ON_LEAVE], entered_by="test", **away))
    session.flush()
