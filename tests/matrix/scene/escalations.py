"""Escalations of both levels and in several states, raised by WFP and by IOM."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from commands.escalations.handlers.chain.start import begin
from commands.escalations.handlers.changing import join
from commands.escalations.rules.raising import Entered
from storage.duty import DutyTurn, OfficerWindow, ensure_posts
from storage.escalations.model import Asks, Escalation, Severity, State
from tests.matrix.cast import (
    AGENCY_GUEST,
    CLEARED_ADMIN,
    COORDINATOR,
    DUTY,
    HC,
    IOM_FOCAL,
    IOM_HEAD,
    ON_LEAVE,
    SECRETARY,
    SRSG,
    WFP_FOCAL,
    WFP_HEAD,
)
from tests.matrix.scene.stage import Stage

U, C = "unclassified", "confidential"
OFFICE = {SRSG, COORDINATOR, SECRETARY}
# WFP's people who are cleared, and the office; HC reads where the chain brought it.
READERS = {
    "WFP": OFFICE | {WFP_HEAD, WFP_FOCAL, ON_LEAVE, HC},
    "IOM": OFFICE | {IOM_HEAD, IOM_FOCAL, CLEARED_ADMIN, HC},
}
RAISERS = {"WFP": WFP_HEAD, "IOM": IOM_HEAD}


def furnish(stage: Stage) -> None:
    """All of escalations, and whose turn it is."""
    for code, level, state in (
        ("WFP", U, State.RAISED),
        ("WFP", U, State.ACKNOWLEDGED),
        ("WFP", C, State.RAISED),
        ("WFP", C, State.ACKNOWLEDGED),
        ("WFP", C, State.WAITING),
        ("WFP", C, State.DECIDED),
        ("IOM", C, State.RAISED),
    ):
        _escalation(stage, code, level, state)
    _duty(stage)


def _escalation(stage: Stage, code: str, level: str, state: State) -> None:
    secret = stage.things.secret("escalation") if level == C else ""
    entered = Entered(
        asks=Asks.DECISION,
        severity=Severity.URGENT,
        handling=level,
        summary=f"The checkpoint turned convoys back {secret}",
        tried=f"We met the commander {secret}",
        place_name=f"River crossing {secret}",
        agency_ids=(stage.agencies[code].id,),
    )
    this = begin(replace(stage.work, actor=stage.people[RAISERS[code]]), entered, {})
    _become(stage, this, state, secret)
    if state == State.ACKNOWLEDGED:
        join(stage.work, this, stage.people[HC])
    name = f"{'Confidential ' if level == C else ''}{code}'s, {state}"
    # The duty officer has the numbers of all, an agency's people that of its own, cleared or not.
    known_to = {DUTY, AGENCY_GUEST} if code == "WFP" else {DUTY}
    stage.things.add("escalation", name, this.id, secret, READERS[code], known_to, number=this.number)


def _become(stage: Stage, this: Escalation, state: State, secret: str) -> None:
    """As the office has left it; the secretary holds what is held."""
    if state == State.RAISED:
        return
    this.state, this.holder = state, stage.people[SECRETARY]
    this.acknowledged_at = this.first_acknowledged_at = stage.now
    if state == State.WAITING:
        this.question, this.paused_at = f"Which road? {secret}", stage.now
    if state == State.DECIDED:
        this.closed_at, this.closed_by, this.outcome = stage.now, stage.people[SRSG], f"Call the governor {secret}"
    stage.work.session.flush()


def _duty(stage: Stage) -> None:
    facts = {"mission_id": stage.work.mission.id, "entered_by": stage.people[COORDINATOR], "entered_at": stage.now}
    turn = stage.keep(
        DutyTurn(
            **facts,
            user_id=stage.people[DUTY],
            starts_at=stage.now + timedelta(days=20),
            ends_at=stage.now + timedelta(days=27),
            kind="shift",
        )
    )
    stage.things.add("turn", "the duty officer's", turn.id)
    post = ensure_posts(stage.work.session, stage.work.mission.id)[0]
    window = stage.keep(
        OfficerWindow(
            **facts,
            post_id=post.id,
            user_id=stage.people[COORDINATOR],
            starts_at=stage.now + timedelta(days=3),
            ends_at=stage.now + timedelta(days=4),
        )
    )
    stage.things.add("window", "officer in charge for the SRSG", window.id)
