"""Ids of another mission are unknown in every verb of the record: nothing is shown and nothing changes."""

from __future__ import annotations

import json
from datetime import time
from urllib.parse import urlencode

from storage.agencies import Agency
from storage.cabinet import Series
from storage.cabinet_actions import Action, ActionState
from storage.cabinet_items import Item, ItemState
from storage.cabinet_meetings import Meeting, MeetingState
from storage.cabinet_minutes import Minutes, MinutesState
from storage.cabinet_records import Answered, Binding, Decision, DecisionState
from storage.missions import Mission
from tests.faults.test_untrusted import OTHER, SECRET, delivery, send, snapshot
from tests.world import World


def add_a_record(world: World) -> int:
    """A whole record of another mission. Its rows have the same id, which is returned; ours has no record at all."""
    now, user = world.now, world.user_id("Chief of staff")
    officers = {"chair": user, "secretary": user, "created_by": user}
    with world.database() as session:
        session.add(Mission(id=OTHER, name="Another mission", set_up_at=now))
        session.flush()
        own = {"mission_id": OTHER, "id": 900}
        dated = {"created_at": now, "updated_at": now}
        due = {"owner": user, "owner_agency_id": 900, "due_on": now.date()}
        session.add(Agency(**own, code="SECRET", code_key="secret", name=SECRET, **dated))
        session.add(Series(**own, title=SECRET, anchor=now.date(), start_time=time(9), **officers, **dated))
        session.flush()
        times = dict.fromkeys(
            ("starts_at", "ends_at", "call_at", "papers_at", "record_at", "created_at", "opened_at"), now
        )
        session.add(Meeting(**own, series_id=900, title=SECRET, state=MeetingState.IN_SESSION, **times, **officers))
        session.flush()
        item = {"series_id": 900, "meeting_id": 900}
        session.add(Item(**own, **item, title=SECRET, state=ItemState.SCHEDULED, proposed_by=user, **dated))
        session.flush()
        about = {"year": 2035, "number": 1, "text": SECRET, "text_key": SECRET, "decided_by": user, "decided_at": now}
        session.add(Decision(**own, **item, **about, **due, item_id=900, state=DecisionState.SILENCE))
        session.flush()
        session.add(Binding(**own, decision_id=900, agency_id=900, state=Answered.ASKED, asked=[user]))
        session.add(Action(**own, **item, **due, text=SECRET, state=ActionState.OPEN, created_by=user, **dated))
        session.add(Minutes(**own, meeting_id=900, state=MinutesState.CIRCULATED, drafted_at=now))
    return 900


def test_ids_of_another_mission_are_unknown(world: World) -> None:
    identity = add_a_record(world)
    before = snapshot(world)
    verbs = sorted(one for one in world.product.house.verbs if one[1].startswith("cabinet:"))
    assert len(verbs) > 40
    names = ("meeting", "item", "decision", "binding", "action", "minutes", "agency", "series")
    values = (str(identity), f"discuss:{identity}", f"minutes:{identity}")
    answers = [
        send(
            world,
            urlencode(
                {"payload": json.dumps(delivery(world, kind, verb, value, dict.fromkeys(names, identity)))}
            ).encode(),
        ).text
        for kind, verb in verbs
        for value in (values if kind == "actions" else values[:1])
    ]
    world.settle()
    assert snapshot(world) == before
    assert SECRET not in "".join(answers)
    assert SECRET not in json.dumps([entry["request"] for entry in world.workspace.log])
    for message in world.person("Chief of staff").messages(in_="Rapporteur"):
        assert SECRET not in message.text
    world.workspace.wire.post("log/clear")  # Slack refused the forged triggers, as it must
