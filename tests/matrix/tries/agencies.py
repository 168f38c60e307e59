"""The verbs of agencies."""

from __future__ import annotations

from tests.matrix.tries.model import Tries, looks, press, send, types

_THIS = {"agency": "{id}", "version": 1}
ACTIONS: Tries = {
    "list": press(),
    "all": press(),
    "unanswered": press(),
    "search": press(value="WFP"),
    "page": press(value="0"),
    "show": press("agency"),
    "history": press("agency"),
    "add": press(),
    "edit": press("agency"),
    "focal": press("agency"),
    "suspend": press("agency"),
    "resume": press("agency"),
    "import": press(),
    "export": press(),
    "tab": press("list", "added", notes={"import": "{id}"}),
    "turn": press("list", "0", notes={"import": "{id}"}),
    "change": press("list", notes={"import": "{id}"}),
    "decide": press("list", "1:apart", notes={"import": "{id}"}),
    "decide-all": press("list", "apart", notes={"import": "{id}"}),
}
FORMS: Tries = {
    "list": send(opens="agencies:list"),
    "add": send(opens="agencies:add"),
    "edit": send("agency", opens="agencies:edit", notes=_THIS),
    "people": send("agency", opens="agencies:focal", notes=_THIS),
    "suspend": send("agency", opens="agencies:suspend", notes=_THIS),
    "import": send(opens="agencies:import"),
    "understood": send("list", notes={"import": "{id}"}),
    "preview": send("list", notes={"import": "{id}"}),
}
OPTIONS: Tries = {"sectors": looks(query="health"), "zone": looks(query="Juba")}
COMMANDS: Tries = {
    "/agency": types(),
    "/agency list": types("WFP"),
    "/agency add": types(),
    "/agency import": types(),
    "/agency export": types(),
    **{f"/agency {word}": types("{code}", "agency") for word in ("show", "edit", "focal", "suspend", "resume")},
}
