"""The verbs of updates."""

from __future__ import annotations

from tests.matrix.tries.model import Tries, looks, picks, press, send, types

ACTIONS: Tries = {
    "write": press("return"),
    "back": press("return", "x", notes={"return": "{id}", "start": 0}),
    "typed": press("return", "x", notes={"return": "{id}", "base": 0}),
    "nil": press("return"),
    "undo": press("return"),
    "same": press("return"),
    "hand": press("return"),
    "snooze": press("return", "{id}:3h"),
    "proxy": press("round"),
    "waive": press("round"),
    "each": press("round", "{id}:0"),
    "digests": press(value="0"),
    "read": press("digest", "{id}:0"),
    "round": press(),
    "schedule": press(),
    "plan-new": press(),
    "plan-edit": press("plan"),
    "round-typed": press(),
    "plan-typed": press("plan", "x", notes={"plan": "{id}", "step": ""}),
    "plan-back": press("plan", "x", notes={"plan": "{id}", "step": ""}),
    "q-menu": press("plan", "0:up", notes={"plan": "{id}", "step": "what"}),
    "q-add": press("plan", "x", notes={"plan": "{id}", "step": "what"}),
    "q-back": press("plan", "x", notes={"plan": "{id}", "step": "what", "number": 0}),
    "q-template": press("plan", "flash", notes={"plan": "{id}", "step": "what"}),
    "q-preview": press("plan", "en", notes={"plan": "{id}", "step": "what"}),
    "plan-pause": press("plan"),
    "plan-resume": press("plan"),
    "finish": press("round"),
    "call-off": press("round"),
    "reopen": press("round"),
    "text": press("return", "{id}:0"),
    "new": press("round"),
    "nudge": press("return"),
}
FORMS: Tries = {
    "round": send(opens="updates:round"),
    "round-anyway": send(),
    "plan": (
        send("plan", opens="updates:plan-edit", notes={"plan": "{id}"}, line="change"),
        send(opens="updates:plan-new", notes={"plan": 0}, line="new"),
    ),
    "question": send("plan", fields={"text": "Where?"}, notes={"plan": "{id}", "step": "what", "number": 0}),
    "q-seen": send(),
    "answer": send("return", opens="updates:write", notes={"return": "{id}", "base": 1}),
    "conflict": send("return", fields={"choice__choice": "mine"}, notes={"return": "{id}", "base": 1}),
    "unsent": send("return", notes={"return": "{id}"}),
    "nil": send(
        "return", notes={"return": "{id}"}, fields={"on_behalf_of": "The agency said so", "reason": "By phone"}
    ),
    "hand": send("return", opens="updates:hand", notes={"return": "{id}"}),
    "proxy": send("return", fields={"choice__agency": "{id}", "choice__what": "answers"}, notes={"round": "{round}"}),
    "waive": send(
        "return",
        fields={"choice__agency": "{id}", "choice__what": "waived", "reason": "Moving offices"},
        notes={"round": "{round}"},
    ),
}
OPTIONS: Tries = {"agency": looks(about="round", notes={"round": "{id}"}), "audience": looks()}
SHORTCUTS: Tries = {"shortcut": picks()}
COMMANDS: Tries = {
    "/update": types(),
    "/update submit": (types(), types("{code}", "agency", line="for an agency")),
    "/update nil": (types(), types("{code}", "agency", line="for an agency")),
    "/update status": (types(), types("{code}", "agency", line="of an agency")),
    "/update round": types(),
    "/update schedule": types(),
    "/update digest": types(),
    "/update export": types(),
}
