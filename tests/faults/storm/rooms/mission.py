"""The mission: looked at by everybody, roles given, days off entered."""

from __future__ import annotations

from tests.faults.storm.doing import Doing
from tests.faults.storm.rooms import gesture

CHIEF = "Chief of staff"
NEW_ROLES = ("Funding officer", "Duty officer", "WHO alternate", "IOM alternate")


@gesture(weight=1)
def looks(do: Doing) -> None:
    do.run(do.chance.choice(("/mission", "/mission roles", "/mission health", "/mission help")))


@gesture(weight=2)
def opens_home(do: Doing) -> None:
    do.home()


@gesture("Mission reader", "Political adviser", "Press officer", "Second reader", "WFP alternate", weight=2, wild=True)
def presses_something_at_home(do: Doing) -> None:
    do.wander(do.home(), 3)


@gesture("Security adviser", "Logistics officer", "Planning officer", "UNICEF alternate", weight=2, wild=True)
def presses_whatever_was_sent(do: Doing) -> None:
    places = [one["id"] for one in do.person.channels() if one["is_member"]]
    found = do.messages(in_=do.chance.choice(places))
    if found:
        do.wander(do.chance.choice(found[:10]), 3)


@gesture(CHIEF, weight=1)
def looks_at_a_person(do: Doing) -> None:
    do.run(f'/mission roles @"{do.chance.choice(NEW_ROLES)}"')


@gesture(CHIEF, weight=1, wild=True)
def changes_roles(do: Doing) -> None:
    reply = do.run("/mission roles")
    if reply is not None:
        do.press(reply, "mission:roles-form")
        do.complete({"Admin": None, "Coordinator": None, "SRSG": None}, then=False)


@gesture(CHIEF, weight=1, wild=True)
def changes_the_calendar(do: Doing) -> None:
    do.run("/mission calendar")
    form = do.person.form
    if form is not None:
        do.press(form, "mission:add")
        do.complete(then=False)
