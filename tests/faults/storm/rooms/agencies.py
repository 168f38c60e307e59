"""Agencies: added, changed, their people and leave, suspended and brought back, lists."""

from __future__ import annotations

from tests.faults.storm.doing import Doing
from tests.faults.storm.rooms import gesture

CHIEF = "Chief of staff"
CODES = ("WFP", "UNICEF", "UNHCR", "WHO", "IOM")


@gesture(CHIEF, weight=1, record="agency.added", once="agencies")
def adds(do: Doing) -> None:
    do.run("/agency add")
    do.complete({"^Code$": lambda how: "Z" + how.token()[2:8].upper()})


@gesture(CHIEF, weight=1, wild=True)
def changes(do: Doing) -> None:
    do.run(f"/agency edit {do.chance.choice(CODES)}")
    do.complete({"^Code$": None, "Name in English": None})


@gesture(CHIEF, weight=1, wild=True)
def names_people_and_leave(do: Doing) -> None:
    do.run(f"/agency focal {do.chance.choice(CODES)}")
    do.complete({"First day": lambda how: how.day(0, 2), "Last day": lambda how: how.day(3, 6)})


@gesture(CHIEF, weight=0.3, record="agency.suspended")
def suspends(do: Doing) -> None:
    do.run("/agency suspend UNICEF")
    do.complete()


@gesture(CHIEF, weight=0.3)
def brings_back(do: Doing) -> None:
    do.run("/agency resume UNICEF")


@gesture(CHIEF, weight=0.5, wild=True)
def imports(do: Doing) -> None:
    do.run("/agency import")
    form = do.person.form
    if form is not None:
        token = "".join(do.chance.choice("BCDFGHJK") for _letter in range(5))
        form.attach("File", f"code,name\n{token},Agency {token}\n", called="agencies.csv")
        do.wander(form, 3)


@gesture("Chief of staff", "Cabinet secretary", "Mission reader", "WFP focal point", weight=1)
def looks(do: Doing) -> None:
    do.run(do.chance.choice(("/agency", "/agency export", "/agency show WFP", "/agency find food")))
