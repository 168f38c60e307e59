"""The verbs of the mission itself."""

from __future__ import annotations

from tests.matrix.tries.model import Tries, looks, press, send, types

ACTIONS: Tries = {
    "setup": press(),
    "channel": press(value="{weekly}"),
    "recheck": press(value="{weekly}"),
    "roles": press(),
    "roles-form": press(),
    "person": press(),
    "calendar": press(),
    "add": press(value="x", notes={"page": 1}),
    "paste": press(value="x", notes={"page": 1}),
    "remove": press(value="2035-12-25/2035-12-25/1"),
    "season": press(value="x", notes={"page": 1}),
    "season-remove": press(value="2035-11-01"),
    "health": press(),
    "retry": press("message"),
    "owed-later": press(value="1:mission"),
    "agree": press("agency", "{id}:alternate:{somebody}"),
    "disagree": press("agency", "{id}:alternate:{somebody}"),
    "delete-texts": press(value="{weekly}"),
    "audit-page": press(value="0"),
    "audit-export": press(),
}
FORMS: Tries = {
    "setup": send(opens="mission:setup"),
    "roles": send(opens="mission:roles-form"),
    "add": send(opens="mission:add"),
    "paste": send(opens="mission:paste"),
    "season": send(opens="mission:season"),
    "audit": send(opened_by=("command", "/mission audit", "")),
}
OPTIONS: Tries = {"zone": looks(query="Juba")}
COMMANDS: Tries = {
    "/mission": types(),
    "/mission setup": types(),
    "/mission roles": (types(), types("<@{somebody}>", line="of somebody")),
    "/mission calendar": types(),
    "/mission health": types(),
    "/mission audit": types(),
}
