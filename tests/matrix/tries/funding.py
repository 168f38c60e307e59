"""The verbs of funding."""

from __future__ import annotations

from typing import Any

from tests.matrix.tries.model import Tries, Try, looks, menu, press, send, types

PLACES = ("closed", "weekly")
PLAN = "XVA:{year}:HUPV"


def _in(about: str = "", value: str = "") -> tuple[Try, ...]:
    """From the channel where Confidential figures live, and from another one."""
    return tuple(press(about, value, place=place, line=f"in #{place}") for place in PLACES)


AMOUNT = {"amount": "1,250,000", "currency": "USD", "rate": ""}


def _sent(about: str, opens: str, **notes: Any) -> tuple[Try, ...]:
    more = {"version": 1, "in": "{closed}"}
    return (
        send(about, opens=opens, notes={**notes, **more}, place="closed", line="in #closed", fields=AMOUNT),
        send(about, opens=opens, notes={**notes, "version": 1}, place="weekly", line="in #weekly", fields=AMOUNT),
    )


def _new(opens: str) -> Try:
    return send(opens=opens, line="new", fields=AMOUNT)


ACTIONS: Tries = {
    "status": press(),
    "home": press(),
    "plan": press(value=PLAN),
    "by": press(value="donor|"),
    "chart": press(),
    "pie": press(value="donor|"),
    "gap": press(),
    "open": press(value="all||"),
    "open-cluster": press(value="all||"),
    "open-row": press(value="all||"),
    "flows": press(value="0|all||"),
    "flow": press("flow"),
    "files": press(value="*"),
    "file": tuple(press(value=f"{kind}|*", line=kind) for kind in ("workbook", "brief", "asks")),
    "pledges": _in(value="0"),
    "pledge": _in("pledge"),
    "pledge-new": press(),
    "pledge-edit": _in("pledge"),
    "pledge-move": _in("pledge"),
    "snooze": tuple(
        press(kind, f"{kind}|{{id}}|1", place=place, line=f"{kind} in #{place}")
        for kind in ("pledge", "discrepancy")
        for place in PLACES
    ),
    "lines": _in(value="0"),
    "line": _in("line"),
    "line-new": press(),
    "line-edit": _in("line"),
    "line-off": _in("line"),
    "pooled": press(),
    "budget": press(),
    "limits": press(),
    "differences": press(value="0"),
    "difference": press("discrepancy"),
    "differ": press(),
    "difference-move": press("discrepancy"),
    "summaries": press(value="0"),
    "summary-new": press(),
    "summary-edit": press("summary"),
    "summary-preview": press("summary"),
    "summary-send": press("summary"),
    "summary-hold": press("summary"),
    "summary-resume": press("summary"),
    "open-import": press(),
    "sheet": menu("import", "Results"),
    "questions": press("import"),
    "save-import": menu("import", "keep", "withdraw"),
    "discard-import": press("import"),
    "undo-import": press("import"),
    "import-issues": press("import"),
    "show-import": press("import"),
    "imports": press(value="page:0"),
}
FORMS: Tries = {
    "pledge": (*_sent("pledge", "funding:pledge-edit", pledge="{id}"), _new("funding:pledge-new")),
    "pledge-move": _sent("pledge", "funding:pledge-move", pledge="{id}"),
    "line": (*_sent("line", "funding:line-edit", line="{id}"), _new("funding:line-new")),
    "limits": send(opens="funding:limits"),
    "differ": send(opens="funding:differ"),
    "difference-move": send(
        "discrepancy", opens="funding:difference-move", notes={"discrepancy": "{id}", "version": 1}
    ),
    "summary": (
        send("summary", opens="funding:summary-edit", notes={"plan": "{id}", "version": 1}, line="change"),
        send(opens="funding:summary-new", line="new"),
    ),
    "questions": send("import", opens="funding:questions", notes={"import": "{id}"}),
    "import": send(opens="funding:open-import"),
}
OPTIONS: Tries = {"figure": looks(), "agency": looks(), "own-plan": looks()}
_HERE = tuple(types(place=place, line=f"in #{place}") for place in PLACES)
COMMANDS: Tries = {
    "/funding": _HERE,
    "/funding status": types(),
    "/funding import": types(),
    "/funding imports": types(),
    "/funding gap": types(),
    "/funding stale": _HERE,
    "/funding pledge": _HERE,
    "/funding own": _HERE,
    "/funding pooled": types(),
    "/funding budget": types(),
    "/funding discrepancy": types(),
    "/funding schedule": types(),
    "/funding export": types(),
}
