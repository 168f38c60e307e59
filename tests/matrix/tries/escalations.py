"""The verbs of escalations."""

from __future__ import annotations

from tests.matrix.tries.model import Tries, Try, looks, menu, picks, press, send, types

_THIS = {"escalation": "{id}"}


NEW, HELD, ASKED = ("raised", "decided"), ("acknowledged", "IOM's, raised"), ("waiting", "IOM's, raised")
# The acts of one escalation, by the states in which they are tried.
ACTS = {
    NEW: ("ack", "srsg", "now", "withdraw", "decide", "return", "ask", "severity", "merge"),
    HELD: ("take", "still", "pause", "own-line"),
    ASKED: ("resume", "answer"),
}


def _act(verb: str) -> Try:
    states = next(states for states, verbs in ACTS.items() if verb in verbs)
    day = {"day__day": "{today}"} if verb == "own-line" else {}
    return send("escalation", opens=f"escalations:{verb}", notes=_THIS, only=states, fields=day)


ACTIONS: Tries = {
    "raise": (press(), press("agency", "agency:{id}", line="about an agency")),
    "handling": press(),
    "join": press("escalation", only=NEW),
    "list": press(),
    "scope": tuple(press(value=scope, line=scope) for scope in ("open", "mine", "closed")),
    "order": press(value="oldest", notes={"scope": "open"}),
    "page": press(value="0", notes={"scope": "closed"}),
    "figures": press(),
    "export": press(),
    "open": press("escalation"),
    "more": menu("escalation", "pause", "severity", "merge", value="{word}:{{id}}", only=("raised",)),
    "chain-show": press(),
    "chain-add": press(),
    "chain-change": press(value="0:0"),
    "chain-earlier": press(value="1:0"),
    "chain-later": press(value="0:0"),
    "chain-remove": press(value="0:0"),
    "chain-end": press(),
    "chain-usual": press(),
    "chain-test": press(value="urgent"),
    "duty": press(),
    "duty-add": press(),
    "duty-hand": press(),
    "duty-stand-in": press(),
    "duty-off": press("turn"),
    "duty-oic": press(),
    "oic-off": press("window"),
    "duty-posts": press(),
    "duty-hours": press(),
    "email": press(),
    **{verb: press("escalation", only=states) for states, verbs in ACTS.items() for verb in verbs},
}
FORMS: Tries = {
    "raise": send(opens="escalations:raise"),
    "anyway": send(),
    "settings": send(opened_by=("command", "/escalate settings", "")),
    "chain-step": send(opens="escalations:chain-add"),
    "chain-end": send(opens="escalations:chain-end"),
    "duty-add": send(opens="escalations:duty-add"),
    "duty-hand": send(opens="escalations:duty-hand"),
    "duty-stand-in": send(opens="escalations:duty-stand-in"),
    "duty-oic": send(opens="escalations:duty-oic"),
    "duty-posts": send(opens="escalations:duty-posts"),
    "duty-hours": send(opens="escalations:duty-hours"),
    "email": (
        send(opens="escalations:email"),
        send(opens="escalations:email", notes={"person": "{somebody}"}, line="of somebody else"),
    ),
    **{verb: _act(verb) for verb in ("decide", "return", "ask", "answer", "pause", "severity", "merge", "own-line")},
}
OPTIONS: Tries = {"agency": looks(), "chain-zone": looks(query="Juba"), "duty-zone": looks(query="Juba")}
SHORTCUTS: Tries = {"message": picks(place="closed"), "global": picks()}
COMMANDS: Tries = {
    "/escalate": types(),
    "/escalate show": types("E-{number}", "escalation"),
    "/escalate list": types(),
    "/escalate mine": types(),
    "/escalate figures": types(),
    "/escalate export": types(),
    "/escalate chain": types(),
    "/escalate duty": types(),
    "/escalate email": (types(), types("<@{somebody}>", line="of somebody else")),
    "/escalate settings": types(),
}
