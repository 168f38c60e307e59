"""Agencies, one of them suspended, a list that waits to be imported, and a message that failed."""

from __future__ import annotations

from commands.agencies.rules.understanding import Understood, look
from storage.agencies import Agency, AgencyKind, AgencyPerson, AgencyState, code_key
from storage.agency_imports import start_import
from storage.outbox import OutboxRow, State
from tests.agencies.gestures import LIST
from tests.matrix.cast import ADMIN, OF_OLD
from tests.matrix.scene.stage import Stage

# Read here: whoever reads a file may not keep others from writing meanwhile.
LOOKED = look("list.csv", LIST.encode(), Understood())


def furnish(stage: Stage) -> None:
    """What has no room of its own."""
    _suspended(stage)
    for code in ("WFP", "IOM", "OLD"):
        stage.things.add(
            "agency", f"{code}{', suspended' if code == 'OLD' else ''}", stage.agencies[code].id, code=code
        )
    mission_id, admin = stage.work.mission.id, stage.people[ADMIN]
    content, file = LOOKED.as_json(), LIST.encode()
    kept = start_import(stage.work.session, mission_id, "list.csv", content, {}, admin, stage.now, file=file)
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
    for name, role in OF_OLD.items():
        of = {"mission_id": stage.work.mission.id, "user_id": stage.people[name], "granted_at": stage.now}
        agency.people.append(AgencyPerson(role=role, granted_by="test", **of))
    stage.agencies["OLD"] = stage.keep(agency)
