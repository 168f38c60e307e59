"""The cabinet's verbs."""

from __future__ import annotations

from tests.matrix.tries.model import Tries, looks, menu, picks, press, send, types

NOW, RUNS = ("ahead", "in session"), ("in session",)
SEEN = (*NOW, "circulated")
PLACES = ("closed", "weekly")
# What makes a form complete where filling in every field does not.
LINK = {"paper_link": "https://www.un.org/paper"}
WHOLE = {
    "propose": {
        **LINK,
        "options": "Open it\nLeave it closed",
        "person__owner": "{focal}",
        "choice__owner_agency": "{wfp}",
        "choices__consult": (),
    },
    "attendance": {"choices__represented": "{wfp}", "choices__observers": (), "choices__apologies": ()},
    "hand-over": {"person__owner": "{head}", "choice__owner_agency": "{wfp}"},
}

ACTIONS: Tries = {
    "meetings": press(),
    "series-new": press(),
    "series-menu": menu("series", "edit", "convene", "pause", "resume", "end"),
    "series-back": press("series", "x", notes={"series": "{id}", "step": "members"}),
    "meeting-menu": menu("meeting", "agenda", "now", "move", "cancel", "close", only=("ahead", "issued")),
    "convene-now": press("meeting", only=NOW),
    "agenda": press("meeting", only=(*SEEN, "issued")),
    "item": (
        *menu("item", "read", "paper", only=SEEN),
        *menu("item", "edit", "withdraw", "defer", "merge", "up", "schedule", "back", only=RUNS),
    ),
    "propose": press("meeting", only=(*NOW, "issued")),
    "withdraw": press("item", only=SEEN),
    "calendar": press("meeting", only=("ahead",)),
    "channel-again": press("setup"),
    "channel-new": press("setup"),
    "run": press("meeting", only=(*NOW, "draft")),
    "begin": press("meeting", only=(*NOW, "draft")),
    "end": press("meeting", only=(*NOW, "draft")),
    "outcome": menu("item", "discuss", "decide", "defer", "withdraw", value="{word}:{{id}}", only=RUNS),
    "present": press("meeting", only=(*NOW, "draft")),
    "attend": press("meeting", only=(*NOW, "draft")),
    "attendance": press("meeting", only=(*NOW, "draft")),
    "agree": press("binding"),
    "object": press("binding"),
    "more-time": press("binding"),
    "ask-again": press("binding"),
    "reserve": press("decision"),
    "decision": press("decision"),
    "log": press(value="0"),
    "action": press("action"),
    "action-new": press(),
    "action-for": press("decision"),
    "actions": (
        press(value="all:0", line="all"),
        press(value="verify:0", line="verify"),
        press("agency", "{id}:0", line="of an agency"),
    ),
    "start": press("action", only=("open",)),
    "finish": press("action", only=("open",)),
    "verify": press("action", only=("done",)),
    "return": press("action", only=("done",)),
    "cancel": press("action", only=("open",)),
    "hand-over": press("action", only=("open",)),
    "snooze": press("action", "{id}:1", only=("open",)),
    "minutes": press("minutes"),
    "minutes-item": press("minutes", "{id}:{item}", only=("draft", "circulated")),
    "circulate": press("minutes", only=("draft", "circulated")),
    "issue": press("minutes", only=("draft", "circulated")),
    "comment": press("minutes"),
    "corrigendum": press("minutes"),
    "export": (press(value="records", line="records"), press("minutes", "minutes:{id}", line="minutes")),
}
FORMS: Tries = {
    "series": (
        send(opens="cabinet:series-new", notes={"series": 0, "step": "members"}, line="new"),
        send("series", opens="cabinet:series-menu", value="{id}:edit", notes={"series": "{id}"}, line="change"),
    ),
    "series-end": send("series", opens="cabinet:series-menu", value="{id}:end", notes={"series": "{id}"}),
    "convene": send("series", opens="cabinet:series-menu", value="{id}:convene", notes={"series": "{id}"}),
    "move": send("meeting", opens="cabinet:meeting-menu", value="{id}:move", notes={"meeting": "{id}"}, only=NOW),
    "cancel-meeting": send(
        "meeting", opens="cabinet:meeting-menu", value="{id}:cancel", notes={"meeting": "{id}"}, only=NOW
    ),
    "propose": (
        send(
            "meeting",
            opens="cabinet:propose",
            notes={"meeting": "{id}", "item": 0},
            only=NOW,
            line="new",
            fields=WHOLE["propose"],
        ),
        send(
            "item",
            opens="cabinet:item",
            value="{id}:edit",
            notes={"item": "{id}"},
            only=NOW,
            line="change",
            fields=LINK,
        ),
    ),
    "item-off": send(
        "item", opens="cabinet:item", value="{id}:defer", notes={"item": "{id}", "verb": "defer"}, only=NOW
    ),
    "item-merge": send("item", opens="cabinet:item", value="{id}:merge", notes={"item": "{id}"}, only=NOW),
    "attend": send("meeting", opens="cabinet:attend", notes={"meeting": "{id}"}, only=(*NOW, "draft")),
    "attendance": send(
        "meeting",
        opens="cabinet:attendance",
        notes={"meeting": "{id}"},
        only=(*NOW, "draft"),
        fields=WHOLE["attendance"],
    ),
    "outcome": send(
        "item", opens="cabinet:outcome", value="defer:{id}", notes={"item": "{id}", "outcome": "defer"}, only=NOW
    ),
    "decide": send("item", fields={"choice__item": "{id}", "text": "We open the road"}, only=NOW),
    "decision": send("item", opens="cabinet:outcome", value="decide:{id}", notes={"item": "{id}"}, only=NOW),
    "log": send(opened_by=("command", "/cabinet log", "")),
    "object": send("binding", opens="cabinet:object", notes={"binding": "{id}"}),
    "reserve": send("decision", opens="cabinet:reserve", notes={"decision": "{id}"}),
    "action": (
        send("decision", opens="cabinet:action-for", notes={"decision": "{id}"}, line="of a decision"),
        send(
            "meeting", opens="cabinet:action-new", notes={"meeting": "{id}"}, only=(*NOW, "draft"), line="of a meeting"
        ),
        send(opens="cabinet:action-new", line="of nothing"),
    ),
    "finish": send("action", opens="cabinet:finish", notes={"action": "{id}"}, only=("open",)),
    "return": send("action", opens="cabinet:return", notes={"action": "{id}"}, only=("done",)),
    "cancel": send("action", opens="cabinet:cancel", notes={"action": "{id}"}, only=("open",)),
    "hand-over": send(
        "action", opens="cabinet:hand-over", notes={"action": "{id}"}, only=("open",), fields=WHOLE["hand-over"]
    ),
    "minutes-item": send(
        "minutes", opens="cabinet:minutes-item", value="{id}:{item}", notes={"minutes": "{id}", "item": "{item}"}
    ),
    "letterhead": send(opened_by=("command", "/cabinet letterhead", "")),
    "comment": send("minutes", opens="cabinet:comment", notes={"minutes": "{id}"}),
    "corrigendum": send("minutes", opens="cabinet:corrigendum", notes={"minutes": "{id}"}),
}
OPTIONS: Tries = {"agency": looks(), "actions": looks()}
SHORTCUTS: Tries = {
    name: tuple(picks(place=place, line=f"in #{place}") for place in PLACES)
    for name in ("to-action", "to-item", "to-decision")
}
_HERE = tuple(types(place=place, line=f"in #{place}") for place in PLACES)
COMMANDS: Tries = {
    "/cabinet": _HERE,
    "/cabinet convene": types(),
    "/cabinet agenda": _HERE,
    "/cabinet propose": _HERE,
    "/cabinet run": _HERE,
    "/cabinet attend": _HERE,
    "/cabinet decide": _HERE,
    "/cabinet action": tuple(types("Call the governor", place=place, line=f"in #{place}") for place in PLACES),
    "/cabinet actions": (types(), types("all", line="all"), types("{code}", "agency", line="of an agency")),
    "/cabinet minutes": _HERE,
    "/cabinet letterhead": types(),
    "/cabinet log": (types(), types("road", line="searched")),
    "/cabinet close": _HERE,
}
