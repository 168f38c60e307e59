"""What is exported is read back by the import to the same totals, whatever the flows, in every layout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.funding.rules import exporting
from commands.funding.views.workbook import write_workbook
from commands.kit.tables import CellValue, to_csv
from storage.database import Database
from storage.funding.exports import current_flows
from storage.funding.imports import ImportState
from storage.funding.model import Level
from storage.funding.totals import By, requirements, sums
from tests.databases import sqlite_url
from tests.funding import samples
from tests.funding.importing import MISSION, run
from tests.funding.test_properties import FLOWS
from tests.properties import examples

NAMES = st.sampled_from(
    ["=1+1", "'Apostrophe, Government of", "@Donor", 'Søndre "Land"', "-5", "Ministère de l’Économie"]
)


def totals_of(database: Database) -> list[object]:
    """Everything that is added up, by every grouping."""
    with database.reading() as session:
        return [sums(session, MISSION, by) for by in By]


def files_of(database: Database) -> dict[str, bytes]:
    """The flows of a mission in each layout we write."""
    with database.reading() as session:
        rows: Sequence[Sequence[CellValue]] = list(exporting.flow_rows(current_flows(session, MISSION)))
    titles = exporting.flow_titles()
    tagged: Iterable[Sequence[CellValue]] = exporting.with_tags(rows, exporting.hxl_tags())
    return {
        "plain.csv": to_csv(titles, rows),
        "tagged.csv": to_csv(titles, tagged),
        "flows.xlsx": write_workbook({"Flows": (titles, rows)}),
    }


@settings(max_examples=examples(3))
@given(FLOWS, st.lists(NAMES, min_size=12, max_size=12))
def test_flows_survive_the_way_out_and_in(flows: list[dict[str, str]], names: list[str]) -> None:
    named = [{**one, "destOrganization": name, "description": name} for one, name in zip(flows, names, strict=False)]
    with TemporaryDirectory() as folder:
        first = Database(sqlite_url(Path(folder)))
        assert run(first, samples.flows_csv(named)).state == ImportState.DONE
        before = totals_of(first)
        for name, content in files_of(first).items():
            second = Database(sqlite_url(Path(folder)))
            kept = run(second, content, name=name)
            assert kept.state == ImportState.DONE, (name, kept.trouble, kept.issues)
            assert totals_of(second) == before, name
            second.dispose()
        # Into the mission it came from, it changes nothing.
        again = run(first, files_of(first)["plain.csv"])
        assert (again.counts["new"], again.counts["changed"], again.counts["withdrawn"]) == (0, 0, 0)
        first.dispose()


def test_requirements_survive_the_way_out_and_in(sqlite_database: Database, tmp_path: Path) -> None:
    run(sqlite_database, samples.as_csv(samples.CLUSTER_TITLES, samples.CLUSTERS))
    with sqlite_database.reading() as session:
        rows = requirements(session, MISSION, Level.CLUSTER)
        content = to_csv([title for title, _field in exporting.REQUIREMENT_COLUMNS], exporting.requirement_rows(rows))
        before = {(row.cluster, row.requirements, row.funding) for row in rows}
    second = Database(sqlite_url(tmp_path))
    assert run(second, content).state == ImportState.DONE
    with second.reading() as session:
        after = {(row.cluster, row.requirements, row.funding) for row in requirements(session, MISSION, Level.CLUSTER)}
    second.dispose()
    assert after == before
    assert sum((funding or Decimal(0)) for _name, _required, funding in after) == Decimal(1_262_345)
