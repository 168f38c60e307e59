"""Every view of an escalation with something to show, in each state, and with the longest texts there can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commands.escalations.rules.acts import Act
from commands.escalations.rules.chains import DEFAULT_CHAIN
from commands.escalations.rules.raising import RaiseEntry
from commands.escalations.rules.times import DEFAULT_TIMES
from commands.escalations.views import answers, forms, home, raise_form, settings_form, watch
from commands.escalations.views.card import CardReader, card, reminder_card
from commands.escalations.views.case import Case
from commands.escalations.views.detail import detail_form
from commands.escalations.views.history import act_card
from commands.escalations.views.listing import Entry
from commands.kit.cards import Block, Card
from commands.kit.handling import Handling
from storage.escalations.model import ActKind, Escalation, EscalationAct, NextKind, State
from storage.escalations.notices import EscalationNotice, NoticeState
from tests.agencies.made import agency

NOW = datetime(2026, 3, 5, 7, 12, tzinfo=UTC)
ZONE = ZoneInfo("Africa/Juba")
TEXT = "The checkpoint <at> the river & the bridge has turned back three convoys. <!channel>"
LONG = "&" * 2500


def escalation(state: State = State.RAISED, **more: Any) -> Escalation:
    """An urgent matter of the head of WFP."""
    values: dict[str, Any] = {
        "id": 7,
        "number": 12,
        "mission_id": "T1",
        "asks": "good_offices",
        "summary": TEXT,
        "tried": "The working group met the commander twice.",
        "pointer": {},
        "handling": "unclassified",
        "severity": "urgent",
        "needed_by": NOW + timedelta(days=1),
        "place_name": "River & bridge",
        "place_code": "SS03",
        "source": {},
        "raised_by": "URAISER",
        "raised_at": NOW - timedelta(minutes=12),
        "state": state,
        "touched_at": NOW,
        "question": "",
        "ack_due_at": NOW + timedelta(hours=2),
        "decide_due_at": NOW + timedelta(hours=3, minutes=20),
        "reopened": 0,
        "outcome": "",
        "step": 0,
        "lap": 0,
        "turn": 3,
        "told_at": NOW - timedelta(minutes=12),
        "next_kind": NextKind.CLIMB,
        "next_at": NOW + timedelta(minutes=18),
        "next_step": 1,
        "next_for": ["UDEPUTY"],
    }
    return Escalation(**{**values, **more})


def matter(this: Escalation, **more: Any) -> Case:
    """It with its surroundings."""
    return Case(this=this, chain=DEFAULT_CHAIN, codes=("WFP", "H/1"), zone=ZONE, now=NOW, **more)


def notice(step: int, place: str, reason: str, state: str = NoticeState.SKIPPED) -> EscalationNotice:
    """Somebody a step named and did not reach."""
    return EscalationNotice(
        id=1,
        escalation_id=7,
        turn=2,
        kind="skip-0-0",
        step=step,
        lap=0,
        place=place,
        way="slack",
        state=state,
        reason=reason,
    )


HELD = {"holder": "UDUTY", "acknowledged_at": NOW, "next_kind": NextKind.STALE, "next_for": ["UDUTY"]}
CLOSED = {"next_kind": None, "next_at": None, "next_for": [], "closed_at": NOW, "closed_by": "UDUTY"}
MESSAGE = {"kind": "message", "channel": "C1", "ts": "1"}
POINTER = {"reference": "COS/2026/14", "holder": "The <registry>", "how": "In person"}
STATES: dict[str, Callable[[], Case]] = {
    "queued": lambda: matter(escalation(State.QUEUED, next_kind=NextKind.OPEN, next_step=0, next_for=["UDUTY"])),
    "raised": lambda: matter(
        escalation(), notices=(notice(0, "UGONE", "left"), notice(1, "", "nobody")), resembles=(3, 9)
    ),
    "reopened": lambda: matter(escalation(reopened=1, step=1, next_step=2, next_for=["UCHIEF"])),
    "acknowledged": lambda: matter(escalation(State.ACKNOWLEDGED, **HELD)),
    "stale": lambda: matter(
        escalation(
            State.ACKNOWLEDGED, **{**HELD, "next_kind": NextKind.REOPEN, "next_for": ["UDEPUTY"]}, asked_still_at=NOW
        )
    ),
    "with-srsg": lambda: matter(escalation(State.ACKNOWLEDGED, **HELD, with_srsg_at=NOW)),
    "question": lambda: matter(
        escalation(
            State.WAITING,
            **{**HELD, "next_kind": NextKind.WAKE},
            question="Which order?\nWho has seen it?",
            paused_until=NOW + timedelta(hours=4),
        )
    ),
    "on-hold": lambda: matter(
        escalation(State.WAITING, **{**HELD, "next_kind": NextKind.WAKE}, paused_until=NOW + timedelta(days=2))
    ),
    "end": lambda: matter(escalation(step=4, next_kind=NextKind.END, next_step=4, next_for=["channel:C1"])),
    "decided": lambda: matter(escalation(State.DECIDED, **CLOSED, outcome="The SRSG calls <today>.")),
    "returned": lambda: matter(escalation(State.RETURNED, **CLOSED, outcome="Ask the governor first.")),
    "withdrawn": lambda: matter(escalation(State.WITHDRAWN, **CLOSED)),
    "merged": lambda: matter(escalation(State.MERGED, **CLOSED), merged_into=3),
    "withheld": lambda: matter(escalation(handling="confidential"), withheld=True),
    "pointer": lambda: matter(escalation(handling="strictly_confidential", summary="", tried="", pointer=POINTER)),
    "immediate": lambda: matter(
        escalation(severity="immediate", source={"kind": "message", "channel": "C1", "ts": "1"})
    ),
}


def act(kind: ActKind, text: str = "", by: str = "UDUTY", **details: Any) -> EscalationAct:
    """A line of its history."""
    return EscalationAct(id=1, escalation_id=7, at=NOW, by=by, kind=kind, text=text, details=details)


ACTS = (
    act(ActKind.RAISED, by="URAISER"),
    act(ActKind.QUEUED, until=NOW.isoformat()),
    act(ActKind.NOT_DELIVERED, step=0, place="UGONE", reason="left"),
    act(ActKind.NOT_DELIVERED, step=1, place="", reason="nobody"),
    act(ActKind.TOLD, step=2, to=["UCHIEF", "channel:C1"]),
    act(ActKind.ACKNOWLEDGED),
    act(ActKind.ASKED, "Which <order>?"),
    act(ActKind.ANSWERED, "The one of\nMonday.", by="URAISER"),
    act(ActKind.PAUSED, "The minister is away.", until=NOW.isoformat()),
    act(ActKind.RESUMED, why="date"),
    act(ActKind.ASKED_STILL, holder="UDUTY"),
    act(ActKind.STILL_ON_IT),
    act(ActKind.OVERDUE, to=["UDUTY", "UDEPUTY"]),
    act(ActKind.REOPENED, holder="UDUTY", reason=""),
    act(ActKind.REOPENED, holder="UDUTY", reason="left"),
    act(ActKind.TAKEN_OVER, by="UCHIEF", holder="UDUTY"),
    act(ActKind.WITH_SRSG),
    act(ActKind.SEVERITY, "It is worse.", before="routine", after="immediate"),
    act(ActKind.JOINED, by="UOTHER"),
    act(ActKind.OWN_LINE, line="human_rights_adviser", sent_at=NOW.isoformat(), reference="OHCHR/<7>"),
    act(ActKind.MERGED, other_in=13),
    act(ActKind.MERGED, into=3),
    act(ActKind.WITHDRAWN, by="URAISER"),
    act(ActKind.RETURNED, "Ask first."),
    act(ActKind.DECIDED, "The SRSG calls."),
)
WORST = matter(
    escalation(
        State.WAITING,
        **HELD,
        summary=LONG,
        tried=LONG[:1500],
        question=LONG,
        place_name="&" * 150,
        place_code="<" * 30,
        paused_until=NOW,
    ),
    acts=[act(ActKind.DECIDED, LONG) for _line in range(60)],
    notices=[notice(place % 4, f"U{place:010}", "left") for place in range(30)],
)
AGENCY = agency("WFP", "World Food Programme", name_fr="Programme alimentaire mondial")
TIMES = {"routine": "8 h", "urgent": "2 h", "immediate": "20 min"}
MESSAGES: dict[str, Callable[[], Card]] = {
    **{f"office-{name}": lambda make=make: card(make(), CardReader.OFFICE) for name, make in STATES.items()},  # type: ignore[misc]
    "raiser-queued": lambda: card(STATES["queued"](), CardReader.RAISER),
    "raiser-question": lambda: card(STATES["question"](), CardReader.RAISER),
    "concerned-question": lambda: card(STATES["question"](), CardReader.CONCERNED),
    "concerned-decided": lambda: card(STATES["decided"](), CardReader.CONCERNED),
    "called": lambda: card(STATES["raised"](), CardReader.OFFICE, "Brought to you as duty officer."),
    "reminder": lambda: reminder_card(STATES["stale"](), "Are you still on it?"),
    "reminder-settled": lambda: reminder_card(STATES["stale"](), ""),
    "act-asked": lambda: act_card(STATES["question"](), ACTS[6], may_answer=True),
    "act-withheld": lambda: act_card(STATES["withheld"](), ACTS[6]),
    "forgotten": lambda: watch.forgotten_card([3, 12]),
    "settings-saved": lambda: settings_form.saved_card("C1", "This channel is not private."),
    "worst": lambda: card(WORST, CardReader.OFFICE),
}
HOMES: dict[str, Callable[[], list[Block]]] = {
    "home": lambda: home.home_blocks([Entry(escalation(), True), Entry(escalation(number=3), False)], 7, NOW, ZONE),
    "home-empty": lambda: home.home_blocks([], 0, NOW, ZONE),
}
FORMS: dict[str, Callable[[], Block]] = {
    "raise": lambda: raise_form.raise_form(
        RaiseEntry(agencies=(AGENCY.id,), summary=TEXT), [AGENCY], ZONE.key, TIMES, "From C1"
    ),
    "raise-pointer": lambda: raise_form.raise_form(
        RaiseEntry(handling=Handling.STRICTLY_CONFIDENTIAL, source={"kind": "message"}), [], ZONE.key, TIMES
    ),
    "alike": lambda: raise_form.alike_form([STATES["raised"](), STATES["acknowledged"]()]),
    "joined": lambda: answers.joined_form(STATES["raised"]()),
    "detail": lambda: detail_form(replace(STATES["raised"](), acts=ACTS), list(Act)),
    "detail-closed": lambda: detail_form(STATES["decided"](), []),
    "detail-worst": lambda: detail_form(WORST, list(Act)),
    **{  # type: ignore[dict-item]
        f"write-{one}": lambda one=one: forms.act_form(STATES["question"](), one)
        for one in (Act.DECIDE, Act.RETURN, Act.ASK, Act.ANSWER)
    },
    "write-pointer": lambda: forms.act_form(STATES["pointer"](), Act.DECIDE),
    "pause": lambda: forms.pause_form(STATES["acknowledged"]()),
    "severity": lambda: forms.severity_form(STATES["acknowledged"]()),
    "merge": lambda: forms.merge_form(STATES["raised"](), [escalation(number=3, summary=LONG)]),
    "own-line": lambda: forms.own_line_form(STATES["raised"](), "High Commissioner", date(2026, 3, 5)),
    "settings": lambda: settings_form.settings_form("C1", DEFAULT_TIMES),
}
