"""Funding: a small file imported, pledges, own figures, discrepancies, files."""

from __future__ import annotations

from tests.faults.storm.doing import Doing
from tests.faults.storm.filling import Filling
from tests.faults.storm.rooms import gesture
from tests.funding.samples import flow, flows_csv

KEEPERS = ("Chief of staff", "Cabinet secretary")
COMMANDS = ("", " gap", " stale", " imports", " pledge", " own", " discrepancy", " export")
MOST = 9_000_000


def amount(how: Filling) -> str:
    return str(how.chance.randint(1_000, MOST))


@gesture(*KEEPERS, weight=1)
def imports_a_file(do: Doing) -> None:
    do.run("/funding import")
    form = do.person.form
    if form is not None:
        first = do.chance.randint(1000, 9000)
        rows = [flow(first + number, do.chance.randint(1, MOST)) for number in range(3)]
        form.attach("File", flows_csv(rows), called="flows.csv")
        do.complete({"File": None, "Encoding": None, "Downloaded": None, "Country": None, "Plan": None}, then=False)


@gesture(*KEEPERS, weight=2, wild=True)
def settles_an_import(do: Doing) -> None:
    do.wander(do.one_with("funding:import"), 1)


@gesture(*KEEPERS, weight=3, record="pledge.added", once="funding_pledges")
def enters_a_pledge(do: Doing) -> None:
    _opens(do, "/funding pledge", "funding:pledge-new")
    do.complete({"Amount": amount})


@gesture(*KEEPERS, weight=2, record="line.added", once="funding_lines")
def enters_a_figure(do: Doing) -> None:
    _opens(do, "/funding own", "funding:line-new")
    do.complete({"Amount|Approved|Budget|Received|Spent|Disbursed": amount})


@gesture(*KEEPERS, weight=1, record="discrepancy.added", once="funding_discrepancies")
def reports_a_discrepancy(do: Doing) -> None:
    _opens(do, "/funding discrepancy", "funding:differ")
    do.complete({"say|FTS|figure|amount": amount})


@gesture(*KEEPERS, weight=2, wild=True)
def moves_on(do: Doing) -> None:
    do.run(f"/funding {do.chance.choice(('pledge', 'own', 'discrepancy', 'schedule'))}")
    do.wander(None, 3)


@gesture(*KEEPERS, "Funding officer", "WFP head of agency", "Mission reader", weight=2)
def looks(do: Doing) -> None:
    reply = do.run("/funding" + do.chance.choice(COMMANDS))
    do.wander(reply, 1)


def _opens(do: Doing, command: str, button: str) -> None:
    do.run(command)
    form = do.person.form
    if form is not None:
        do.press(form, button)
