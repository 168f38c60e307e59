"""Rounds of both levels, before and after their digest, with what agencies gave and what they owe."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from commands.updates.handlers.life import begin
from commands.updates.rules.ladder import DEFAULT_LADDER
from commands.updates.rules.marks import read_lines
from storage.updates.digests import RoundDigest
from storage.updates.returns import Return, ReturnState, ReturnVersion, VersionKind
from storage.updates.rounds import PlanState, Round, RoundPlan, RoundState
from tests.matrix.cast import (
    ADMIN,
    AGENCY_GUEST,
    CLEARED,
    CLEARED_ADMIN,
    COORDINATOR,
    EVERYBODY,
    ON_LEAVE,
    SEATED,
    SECRETARY,
    SRSG,
    SUSPENDED,
    WFP_FOCAL,
    WFP_HEAD,
)
from tests.matrix.scene.stage import Stage

U, C = "unclassified", "confidential"
# Before a digest has shown it, what an agency gave is for its people, for those who keep the round and for the SRSG.
KEEPERS = {COORDINATOR, SECRETARY}
OWN = {
    U: {WFP_FOCAL, WFP_HEAD, ON_LEAVE, AGENCY_GUEST, ADMIN, CLEARED_ADMIN, SRSG},
    C: {WFP_FOCAL, WFP_HEAD, ON_LEAVE, SRSG},
}
# What a Confidential round asks, by when, and who has answered is for all who are cleared.
BOARD = CLEARED | {SUSPENDED}
CALLED = {U: "weekly", C: "Confidential"}


def furnish(stage: Stage) -> None:
    """All of updates."""
    for level in (U, C):
        _plan(stage, level)
        _open(stage, level)
        _digested(stage, level)


def _round_secret(stage: Stage, kind: str, level: str) -> str:
    return stage.things.secret(kind) if level == C else ""


def _audience(stage: Stage, level: str) -> list[str]:
    named = [f"agency:{stage.agencies[code].id}" for code in ("WFP", "UNICEF")]
    return ["all"] if level == U else named


def _plan(stage: Stage, level: str) -> None:
    secret = _round_secret(stage, "plan", level)
    plan = stage.keep(
        RoundPlan(
            **stage.made(COORDINATOR),
            title=f"Plan of the {CALLED[level]} update {secret}",
            questions=[one.as_json() for one in read_lines(f"What happened? {secret} *")],
            audience=_audience(stage, level),
            weekdays=[3],
            due_time=time(16),
            open_time=time(9),
            close_time=time(12),
            digest_time=time(17),
            anchor=stage.now.date(),
            digest_channel=stage.channels["closed"],
            ladder=[step.as_json() for step in DEFAULT_LADDER],
            handling=level,
            state=PlanState.PAUSED,
        )
    )
    stage.things.add("plan", CALLED[level], plan.id, secret, BOARD)


def _round(stage: Stage, level: str, secret: str, due: timedelta) -> Round:
    facts = {key: value for key, value in stage.made(COORDINATOR).items() if key != "updated_at"}
    at = stage.now + due
    return Round(
        **facts,
        title=f"The {CALLED[level]} update {secret}",
        questions=[one.as_json() for one in read_lines("What happened? *")],
        audience=_audience(stage, level),
        ladder=[step.as_json() for step in DEFAULT_LADDER],
        handling=level,
        opens_at=at - timedelta(days=2),
        due_at=at,
        closes_at=at + timedelta(hours=6),
        digest_at=at + timedelta(minutes=5),
        digest_channel=stage.channels["closed" if level == C else "weekly"],
    )


def _open(stage: Stage, level: str) -> None:
    """WFP has given its update, the others owe theirs."""
    secret = _round_secret(stage, "round", level)
    this = _round(stage, level, secret, timedelta(hours=8))
    this.opens_at = stage.now
    begin(stage.work, this)
    stage.things.add("round", f"{CALLED[level]}, before its digest", this.id, secret, BOARD)
    codes = {agency.id: code for code, agency in stage.agencies.items()}
    for given in stage.work.session.scalars(select(Return).where(Return.round_id == this.id)):
        code = codes[given.agency_id]
        if code in {"WFP", "UNICEF", "IOM"}:
            told = _given(stage, given) if code == "WFP" else ""
            what = "given" if told else "owed"
            name = f"{code}'s, {what}, {CALLED[level]} before its digest"
            # Who is asked in a round, and who has answered, stands on its board.
            known_to = EVERYBODY if level == U else BOARD
            stage.things.add("return", name, given.id, told, OWN[level] | KEEPERS, known_to, round=this.id)


def _given(stage: Stage, given: Return, *, digested: bool = False) -> str:
    secret = stage.things.secret("return")
    given.state, given.version, given.digest_version = ReturnState.SUBMITTED, 1, int(digested)
    given.answers = {"q1": f"Convoys went north {secret}"}
    given.answered_by, given.answered_at = stage.people[WFP_FOCAL], stage.now - timedelta(hours=1)
    stage.keep(
        ReturnVersion(
            mission_id=given.mission_id,
            return_id=given.id,
            number=1,
            kind=VersionKind.ANSWERS,
            answers=given.answers,
            by=given.answered_by,
            at=given.answered_at,
        )
    )
    return secret


def _digested(stage: Stage, level: str) -> None:
    secret = _round_secret(stage, "round", level)
    this = _round(stage, level, secret, timedelta(days=-7))
    this.state, this.opened_at, this.closed_at, this.digested_at = (
        RoundState.CLOSED,
        this.opens_at,
        this.closes_at,
        this.digest_at,
    )
    stage.keep(this)
    stage.things.add("round", f"{CALLED[level]}, after its digest", this.id, secret, BOARD)
    facts: dict[str, Any] = {"mission_id": this.mission_id, "round_id": this.id, "sectors": [], "deferred": []}
    given = stage.keep(Return(**facts, agency_id=stage.agencies["WFP"].id, answers={}))
    for code in ("UNICEF", "OLD"):
        missed = {**facts, "state": ReturnState.MISSED}
        stage.keep(Return(**missed, agency_id=stage.agencies[code].id, answers={}))
    told = _given(stage, given, digested=True)
    name = f"WFP's, given, {CALLED[level]} after its digest"
    stage.things.add("return", name, given.id, told if level == C else "", SEATED, BOARD, round=this.id)
    told = told if level == C else ""
    pages = [[{"type": "section", "text": {"type": "mrkdwn", "text": f"WFP: Convoys went north {told}"}}]]
    digest = stage.keep(
        RoundDigest(
            mission_id=this.mission_id,
            round_id=this.id,
            title=this.title,
            channel_id=this.digest_channel,
            handling=level,
            content={"pages": pages},
            sent_at=this.digest_at,
        )
    )
    stage.things.add("digest", CALLED[level], digest.id)
