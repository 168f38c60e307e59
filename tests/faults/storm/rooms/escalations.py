"""Escalations: raised, acknowledged, asked back and answered, decided, returned, withdrawn; the roster."""

from __future__ import annotations

from tests.faults.storm.doing import Doing
from tests.faults.storm.rooms import gesture

RAISERS = ("WFP head of agency", "WFP focal point", "UNHCR focal point", "WHO focal point", "Humanitarian coordinator")
OFFICE = ("Cabinet secretary", "Chief of staff", "SRSG")
OFFICE_CHANNEL = "#srsg-office"
COMMANDS = ("list", "mine", "duty", "export", "figures")


@gesture(*RAISERS, weight=3, record="escalation.raised", once="escalations")
def raises(do: Doing) -> None:
    do.run("/escalate")
    do.complete({"Needed by": None, "^At$": None, "Place code": None})


@gesture(*OFFICE, weight=4)
def acknowledges(do: Doing) -> None:
    do.press(do.one_with("escalations:ack", OFFICE_CHANNEL, "Rapporteur"), "escalations:ack")


@gesture(*OFFICE, weight=2)
def decides(do: Doing) -> None:
    do.press(do.one_with("escalations:decide", OFFICE_CHANNEL, "Rapporteur"), "escalations:decide")
    do.complete()


@gesture(*OFFICE, weight=2)
def asks_back(do: Doing) -> None:
    do.press(do.one_with("escalations:ask", OFFICE_CHANNEL, "Rapporteur"), "escalations:ask")
    do.complete()


@gesture(*OFFICE, weight=1)
def returns(do: Doing) -> None:
    do.press(do.one_with("escalations:return", OFFICE_CHANNEL, "Rapporteur"), "escalations:return")
    do.complete()


@gesture(*RAISERS, weight=2)
def answers(do: Doing) -> None:
    do.press(do.one_with("escalations:answer"), "escalations:answer")
    do.complete()


@gesture(*RAISERS, weight=1)
def withdraws(do: Doing) -> None:
    do.press(do.one_with("escalations:withdraw"), "escalations:withdraw")


@gesture(*OFFICE, weight=1, wild=True)
def does_something_else(do: Doing) -> None:
    do.run("/escalate show 1")
    do.wander(None, 3)


@gesture(*OFFICE, *RAISERS, weight=1, record="email.entered")
def enters_an_address(do: Doing) -> None:
    do.run("/escalate email")
    do.complete({"E-mail": lambda how: f"{how.token()}@mission.example"})


@gesture("Chief of staff", weight=1, wild=True)
def keeps_the_roster(do: Doing) -> None:
    do.run("/escalate duty")
    do.wander(None, 2)


@gesture(*OFFICE, *RAISERS, "Mission reader", weight=1)
def looks(do: Doing) -> None:
    do.run(f"/escalate {do.chance.choice(COMMANDS)}")


@gesture(*RAISERS, weight=1, record="escalation.raised", once="escalations")
def uses_the_shortcut(do: Doing) -> None:
    do.shortcut("escalations:global")
    do.complete({"Needed by": None, "^At$": None, "Place code": None})
