"""Agencies, one of them suspended, a list that waits to be imported, and a message that failed."""

from __future__ import annotations

from commands.agencies.rules.columns import COLUMNS
from commands.agencies.rules.entries import Reading, read_entries
from commands.kit.tables import data_rows, find_header, read_grid
from storage.agencies import Agency, AgencyKind, AgencyState, code_key
from storage.agency_imports import start_import
from storage.outbox import OutboxRow, State
from tests.agencies.gestures import LIST
from tests.matrix.cast import ADMIN
from tests.matrix.scene.stage import Stage


def _read(name: str, content: bytes) -> Reading:
    grid = read_grid(name, content, field="file")
    header = find_header(grid, COLUMNS, field="file")
    return read_entries(data_rows(grid, header, most=100, field="file"), header)


# Read here: whoever reads a file may not keep others from writing meanwhile.
READING = _read("list.csv", LIST.encode())


def furnish(stage: Stage) -> None:
    """What has no room of its own."""
    _suspended(stage)
    for code in ("WFP", "IOM", "OLD"):
        stage.things.add(
            "agency", f"{code}{', suspended' if code == 'OLD' else ''}", stage.agencies[code].id, code=code
        )
    mission_id, admin = stage.work.mission.id, stage.people[ADMIN]
    kept = start_import(stage.work.session, mission_id, "list.csv", READING.as_json(), {}, admin, stage.now)
    stage.things.add("list", "waits", kept.id)
    row = stage.keep(
        OutboxRow(
            mission_id=mission_id,
            key="matrix:failed",
            method="chat.postMessage",
            arguments={"channel": stage.channels["weekly"], "text": "A text"},
            lane="x",
            handling="unclassified",
            created_at=stage.now,
            not_before=stage.now,
            state=State.FAILED,
            error="is_archived",
            settled_at=stage.now,
        )
    )
    stage.things.add("message", "that failed", row.id)


def _suspended(stage: Stage) -> None:
    agency = Agency(
        mission_id=stage.work.mission.id,
        code="OLD",
        code_key=code_key("OLD"),
        name="Agency that has left",
        kind=AgencyKind.UN_AGENCY,
        state=AgencyState.SUSPENDED,
        created_at=stage.now,
        updated_at=stage.now,
    )
    stage.agencies["OLD"] = stage.keep(agency)
