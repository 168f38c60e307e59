"""What changed is explained to the cent: for the whole, for every plan, cluster, donor, agency, year and country."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.funding.rules.changes import Change, unexplained
from commands.funding.views.flow_changes import flow_text
from storage.database import Database
from storage.funding.changes import ChangeKind, FlowChange, changes_between
from storage.funding.flows import Figure
from storage.funding.imports import ImportState
from storage.funding.totals import GROUPED_BY, By, Scope, sums, total
from tests.databases import sqlite_url
from tests.funding import samples
from tests.funding.importing import MISSION, run, undo
from tests.properties import examples

START = datetime(2035, 3, 1, 9, tzinfo=UTC)
FLOW = st.fixed_dictionaries(
    {
        "amount": st.integers(1, 9),
        "destPlanId": st.sampled_from(["", "1", "2"]),
        "destGlobalClusters": st.sampled_from(["", "Health", "Nutrition"]),
        "srcOrganization": st.sampled_from(["Northland", "Southland"]),
        "status": st.sampled_from(["paid", "pledge"]),
        "destUsageYearEnd": st.sampled_from(["2035", "2036"]),
    }
)
FILE = st.dictionaries(st.integers(1, 5), FLOW, min_size=1)


def rows(file: dict[int, dict[str, str]]) -> bytes:
    return samples.flows_csv(samples.flow(fts_id, **columns) for fts_id, columns in file.items())


def explained(database: Database, earlier: datetime, later: datetime, figure: Figure) -> Decimal:
    with database.reading() as session:
        found = changes_between(session, MISSION, earlier, later, figure)
    return sum((one.difference for one in found), Decimal(0))


def figures(database: Database, at: datetime) -> dict[tuple[By | None, Any, str | None], Decimal]:
    """Every figure at a moment, by grouping, group and plan."""
    found: dict[tuple[By | None, Any, str | None], Decimal] = {}
    with database.reading() as session:
        for plan in (None, "", "1", "2"):
            scope = Scope("SSD", None, plan)
            found[None, None, plan] = total(session, MISSION, scope, at=at).funding
            for by in By:
                for one in sums(session, MISSION, by, scope, at=at):
                    name: Any = (int(one.name) if one.name else None) if by is By.YEAR else one.name
                    found[by, name, plan] = one.funding
    return found


@settings(max_examples=examples(5))
@given(st.lists(FILE, min_size=2, max_size=3), st.booleans(), st.booleans())
def test_what_is_explained_is_the_difference_for_every_grouping(
    files: Sequence[dict[int, dict[str, str]]], withdraw: bool, take_back: bool
) -> None:
    with TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder)))
        moments = [START]
        for place, file in enumerate(files, start=1):
            now = START + timedelta(days=place)
            kept = run(database, rows(file), withdraw=withdraw and place > 1, now=now)
            assert kept.state == ImportState.DONE, kept.trouble
            moments.append(now)
        if take_back:
            moments.append(START + timedelta(days=9))
            undo(database, kept.id, now=moments[-1])
        known = {moment: figures(database, moment) for moment in moments}
        for first, last in [(moments[0], moments[-1]), (moments[-2], moments[-1]), (moments[1], moments[-1])]:
            for by, name, plan in known[first].keys() | known[last].keys():
                figure = Figure(Scope("SSD", None, plan), by, name)
                before, after = (known[at].get((by, name, plan), Decimal(0)) for at in (first, last))
                assert explained(database, first, last, figure) == after - before, (by, name, plan)
        database.dispose()


NEEDS, OTHER = {"destPlanId": "1", "destPlan": "Needs"}, {"destPlanId": "2", "destPlan": "Refugees"}


def test_a_flow_that_moves_is_told_on_both_sides(database: Database) -> None:
    before = [samples.flow(1, 500, **NEEDS), samples.flow(2, 40, **NEEDS), samples.flow(3, 7, **OTHER)]
    after = [
        samples.flow(1, 500, **OTHER),
        samples.flow(2, 60, **NEEDS, destGlobalClusters="Health"),
        samples.flow(3, 7, **OTHER, status="pledge"),
    ]
    later = START + timedelta(days=1)
    run(database, samples.flows_csv(before), now=START)
    run(database, samples.flows_csv(after), now=later)

    def told(plan: str | None) -> list[tuple[ChangeKind, str, Decimal]]:
        with database.reading() as session:
            found = changes_between(session, MISSION, START, later, Figure(Scope("SSD", 2035, plan)))
            texts.extend(flow_text(one) for one in found)
            changes.extend(found)
            return [(one.kind, one.flow.fts_id, one.difference) for one in found]

    texts: list[str] = []
    changes: list[FlowChange] = []
    assert told("1") == [(ChangeKind.MOVED, "1", Decimal(-500)), (ChangeKind.MOVED, "2", Decimal(20))]
    assert told("2") == [(ChangeKind.MOVED, "1", Decimal(500)), (ChangeKind.CHANGED, "3", Decimal(-7))]
    assert texts == [
        "• US$500 moved from Needs to Refugees: Northland, Government of → World Food Programme (flow 1)",
        "• US$40 → US$60 moved from Food Security to Health: Northland, Government of → World Food Programme (flow 2)",
        "• US$500 moved from Needs to Refugees: Northland, Government of → World Food Programme (flow 1)",
        "• −US$7: Northland, Government of → World Food Programme (flow changed 3)",
    ]
    changes.clear()
    told(None)
    assert [one.matters for one in changes] == [True, True, True]
    published = [
        Change("SSD:2035:1", "", (Decimal(540), Decimal(60)), (None, None)),
        Change("SSD:2035:2", "", (Decimal(7), Decimal(525)), (None, None)),
    ]
    assert unexplained(published, changes) == {"SSD:2035:2": Decimal(25)}


def test_a_flow_whose_import_was_taken_back_is_told_too(sqlite_database: Database) -> None:
    kept = run(sqlite_database, samples.flows_csv([samples.flow(1, 500, **NEEDS)]), now=START)
    later = START + timedelta(days=1)
    undo(sqlite_database, kept.id, now=later)
    with sqlite_database.reading() as session:
        (one,) = changes_between(session, MISSION, START, later)
        assert (one.kind, one.after, one.difference) == (ChangeKind.WITHDRAWN, None, Decimal(-500))
        assert "flow withdrawn 1" in flow_text(one)
        assert set(GROUPED_BY) == set(By)
