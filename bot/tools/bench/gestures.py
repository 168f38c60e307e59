"""What people do under load: the bodies of requests, each of them new, as Slack would send them."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any
from urllib.parse import urlencode

from bot.tools.bench.load import Make
from bot.tools.bench.mission import BenchMission

_numbers = count(time.time_ns())


def status(mission: BenchMission) -> Make:
    """The coordinator types `/update status`."""
    return lambda _lane: _command(mission, "/update", "status", mission.coordinator)


def nil_in_turns(mission: BenchMission) -> Make:
    """Each connection's focal point types `/update nil`, then presses Undo: every request changes the return."""
    return _counting(lambda lane, turn: _nil(mission, lane) if turn % 2 == 0 else _undo(mission, lane))


def submission(mission: BenchMission, version: int = 0) -> Make:
    """Each connection's focal point sends the form of an update, each time as a new version, beginning after this."""
    return _counting(lambda lane, turn: _form(mission, lane, version + turn))


def _counting(make: Callable[[int, int], bytes]) -> Make:
    turns: Counter[int] = Counter()

    def next_one(lane: int) -> bytes:
        turns[lane] += 1
        return make(lane, turns[lane] - 1)

    return next_one


def _command(mission: BenchMission, name: str, text: str, user: str) -> bytes:
    fields = {"command": name, "text": text, "team_id": mission.mission_id, "user_id": user, "channel_id": "D1"}
    return urlencode({**fields, "trigger_id": f"bench.{next(_numbers)}"}).encode()


def _nil(mission: BenchMission, lane: int) -> bytes:
    return _command(mission, "/update", "nil", mission.owing[lane].user_id)


def _undo(mission: BenchMission, lane: int) -> bytes:
    one, number = mission.owing[lane], str(next(_numbers))
    action = {"type": "button", "action_id": "updates:undo", "block_id": "b", "value": str(one.return_id)}
    return _payload(
        mission,
        one.user_id,
        {
            "type": "block_actions",
            "actions": [{**action, "action_ts": number}],
            "channel": {"id": "D1"},
            "message": {"ts": "1.000001", "text": "", "user": "U1"},
        },
    )


def _form(mission: BenchMission, lane: int, version: int) -> bytes:
    one, number = mission.owing[lane], str(next(_numbers))
    typed = {"type": "plain_text_input", "value": f"Distribution resumed in county {number}."}
    view = {
        "id": f"V{lane}",
        "hash": number,
        "type": "modal",
        "callback_id": "updates:answer",
        "private_metadata": json.dumps({"return": one.return_id, "base": version, "start": 0}),
        "blocks": [{"type": "input", "block_id": "a0"}],
        "state": {"values": {"a0": {"updates:typed": typed}}},
    }
    return _payload(mission, one.user_id, {"type": "view_submission", "view": view})


def _payload(mission: BenchMission, user: str, what: dict[str, Any]) -> bytes:
    person = {"id": user, "team_id": mission.mission_id}
    trigger = f"bench.{next(_numbers)}"
    body = {**what, "user": person, "team": {"id": mission.mission_id}, "trigger_id": trigger}
    return urlencode({"payload": json.dumps(body)}).encode()
