"""The cabinet: items proposed, meetings convened and held, decisions, actions, minutes."""

from __future__ import annotations

from tests.faults.storm.doing import Doing
from tests.faults.storm.rooms import gesture

SECRETARY = "Cabinet secretary"
PROPOSE = ("WFP head of agency", "UNHCR focal point", "WHO focal point", "IOM focal point", SECRETARY)
CABINET = (*PROPOSE, "SRSG", "UNICEF head of agency", "Humanitarian coordinator")
CHANNEL = "#weekly-cabinet"
COMMANDS = ("", " agenda", " actions", " log", " minutes")


@gesture(*PROPOSE, weight=3, record="item.proposed", once="cabinet_items")
def proposes(do: Doing) -> None:
    do.run("/cabinet propose")
    do.complete({"link": None, "Options": "Yes\nNo", "Minutes": lambda how: str(how.chance.randint(5, 30))})


@gesture(SECRETARY, weight=3, record="action.begin", once="cabinet_actions")
def records_an_action(do: Doing) -> None:
    do.run("/cabinet action")
    do.complete()


@gesture(*CABINET, weight=2, wild=True)
def settles_an_action(do: Doing) -> None:
    do.run("/cabinet actions")
    do.wander(None, 3)


@gesture(SECRETARY, weight=3, wild=True)
def orders_the_agenda(do: Doing) -> None:
    do.run("/cabinet agenda")
    form = do.person.form
    if form is not None:
        do.press(form, "cabinet:item")
        do.wander(None, 2)


@gesture(SECRETARY, weight=2, wild=True)
def convenes(do: Doing) -> None:
    do.run("/cabinet convene")
    do.wander(None, 3)


@gesture(SECRETARY, "SRSG", weight=4, wild=True)
def runs_the_meeting(do: Doing) -> None:
    do.run("/cabinet run", in_=CHANNEL if do.person.find_channel(CHANNEL) else "")
    do.wander(None, 3)


@gesture(*CABINET, weight=2, lasting=False)
def attends(do: Doing) -> None:
    do.run("/cabinet attend")
    do.complete(then=False)


@gesture(SECRETARY, weight=2, wild=True)
def writes_the_minutes(do: Doing) -> None:
    do.run("/cabinet minutes")
    do.wander(do.home(), 2)


@gesture(*CABINET, weight=3, wild=True)
def answers_what_was_asked(do: Doing) -> None:
    found = [one for one in do.messages() if any("cabinet:" in str(block) for block in one.blocks)]
    if found:
        do.wander(do.chance.choice(found[:6]), 3)


@gesture(*CABINET, weight=1)
def looks(do: Doing) -> None:
    do.run("/cabinet" + do.chance.choice(COMMANDS))
