"""Three series: the weekly one of everybody, a small open one, and a closed one that is Confidential.

WFP and UNICEF sit in the small and in the closed one; IOM does not.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from storage.cabinet.actions import Action, ActionState
from storage.cabinet.decisions import Answered, Binding, Decision, DecisionState
from storage.cabinet.items import Item, ItemState, keep_paper
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.minutes import Minutes, MinutesState, MinutesText
from storage.cabinet.series import QuorumRule, Series, replace_members_of_series
from storage.channel_setups import ChannelSetup, SetupState
from storage.letters import folded
from storage.people import Role
from tests.matrix.cast import (
    ADMIN,
    AGENCY_GUEST,
    CLEARED,
    EVERYBODY,
    IOM_FOCAL,
    KNOWS_OF,
    SEATED,
    SECRETARY,
    SRSG,
    UNICEF_HEAD,
    WFP_FOCAL,
    WFP_HEAD,
)
from tests.matrix.scene.stage import Stage

WEEKLY, SMALL, CLOSED = "weekly", "small", "closed"
U, C = "unclassified", "confidential"
# Before they are issued, minutes are for those who sit in the meeting, whatever their level.
REVIEWERS = CLEARED | {AGENCY_GUEST, ADMIN}
MEETINGS = {
    WEEKLY: ("ahead", "in session", "held, draft", "held, circulated", "closed, issued"),
    SMALL: ("in session", "held, draft"),
    CLOSED: ("ahead", "in session", "held, draft", "held, circulated", "closed, issued"),
}
STARTS = {"ahead": 30, "in session": -1, "held, draft": -20, "held, circulated": -50, "closed, issued": -240}
STATES = {"ahead": MeetingState.CONVENED, "in session": MeetingState.IN_SESSION, "closed, issued": MeetingState.CLOSED}


def furnish(stage: Stage) -> None:
    """All of the cabinet."""
    for name, moments in MEETINGS.items():
        series = _series(stage, name)
        _setup(stage, name, series)
        for about in moments:
            _furnish(stage, name, about, _meeting(stage, name, series, about))


def _secret(stage: Stage, kind: str, name: str, level: str) -> tuple[str, Any]:
    """A word that stands in what is Confidential, and who may read it; no word for what is not."""
    if level == U:
        return "", ()
    return stage.things.secret(kind), SEATED if name == CLOSED else CLEARED


def _level(name: str) -> str:
    return C if name == CLOSED else U


def _series(stage: Stage, name: str) -> Series:
    secret, for_whom = _secret(stage, "series", name, _level(name))
    for_whom = KNOWS_OF if secret else for_whom
    series: Series = stage.keep(
        Series(
            **stage.made(SECRETARY),
            title=f"{name.capitalize()} cabinet {secret}",
            anchor=stage.now.date(),
            start_time=time(11),
            chair=stage.people[SRSG],
            secretary=stage.people[SECRETARY],
            all_agencies=name == WEEKLY,
            quorum_rule=QuorumRule.NONE,
            silence_working=False,
            every_weeks=0,
            channel_id=stage.channels[name],
            handling=_level(name),
            place=f"Room {secret}",
        )
    )
    agencies = [] if name == WEEKLY else [stage.agencies[code].id for code in ("WFP", "UNICEF", "OLD")]
    replace_members_of_series(stage.work.session, series, agencies, [Role.SRSG_OFFICE])
    stage.things.add("series", name, series.id, secret, for_whom)
    return series


def _setup(stage: Stage, name: str, series: Series) -> None:
    setup = stage.keep(
        ChannelSetup(
            mission_id=stage.work.mission.id,
            subject=f"cabinet:series:{series.id}",
            room="cabinet",
            state=SetupState.BROKEN,
            name=name,
            marker=name,
            asked_by=stage.people[SECRETARY],
            channel_id=stage.channels[name],
            channel_name=name,
            created_at=stage.now,
        )
    )
    stage.things.add("setup", f"channel of the {name} series", setup.id)


def _meeting(stage: Stage, name: str, series: Series, about: str) -> Meeting:
    secret, for_whom = _secret(stage, "meeting", name, _level(name))
    for_whom = KNOWS_OF if secret else for_whom
    starts = stage.now + timedelta(hours=STARTS[about])
    facts = {key: value for key, value in stage.made(SECRETARY).items() if key != "updated_at"}
    meeting: Meeting = stage.keep(
        Meeting(
            **facts,
            series_id=series.id,
            title=f"{name.capitalize()} meeting {secret}",
            place=f"Room {secret}",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            chair=stage.people[SRSG],
            secretary=stage.people[SECRETARY],
            handling=_level(name),
            state=STATES.get(about, MeetingState.HELD),
            channel_id=stage.channels[name],
            call_at=starts,
            papers_at=starts,
            record_at=starts,
            called_at=starts,
            convened_at=starts,
        )
    )
    stage.things.add("meeting", f"{name}, {about}", meeting.id, secret, for_whom)
    return meeting


def _furnish(stage: Stage, name: str, about: str, meeting: Meeting) -> None:
    """What a meeting has: items with their decisions and actions, and minutes once it is over."""
    levels = [U, C] if name == WEEKLY and about in {"in session", "held, circulated"} else [_level(name)]
    for place, level in enumerate(levels, start=1):
        item = _item(stage, name, about, meeting, level, place)
        if about == "in session":
            _decided(stage, name, meeting, item, level)
        if about == "held, circulated":
            _standing(stage, name, meeting, item, level)
        if MINUTES.get(about):
            _minutes(stage, name, about, meeting, item)


def _item(stage: Stage, name: str, about: str, meeting: Meeting, level: str, place: int) -> Item:
    secret, for_whom = _secret(stage, "item", name, level)
    over = about not in {"ahead", "in session"}
    item: Item = stage.keep(
        Item(
            **{key: value for key, value in stage.made(WFP_FOCAL).items() if key != "created_by"},
            series_id=meeting.series_id,
            meeting_id=meeting.id,
            title=f"Matter {secret}",
            question=f"Shall we? {secret}",
            options=[f"Yes {secret}", "No"],
            state=ItemState.DISCUSSED if over else ItemState.SCHEDULED,
            position=place,
            handling=level,
            owner=stage.people[WFP_FOCAL],
            owner_agency_id=stage.agencies["WFP"].id,
            proposed_by=stage.people[WFP_FOCAL],
        )
    )
    keep_paper(stage.work.session, item, "paper.docx", f"The paper {secret}".encode(), stage.now)
    stage.things.add("item", _called(name, level, about), item.id, secret, for_whom)
    return item


def _called(name: str, level: str, about: str) -> str:
    return f"{'Confidential in ' if level == C and name != CLOSED else ''}{name}, {about}"


def _decided(stage: Stage, name: str, meeting: Meeting, item: Item, level: str) -> None:
    """A decision under silence, an action to do, and one that is done."""
    decision = _decision(stage, name, meeting, item, level, DecisionState.SILENCE)
    asked = ("WFP", "IOM") if name == WEEKLY else ("WFP", "UNICEF")
    for code in asked:
        binding = stage.keep(
            Binding(
                mission_id=stage.work.mission.id,
                decision_id=decision.id,
                agency_id=stage.agencies[code].id,
                state=Answered.ASKED,
                asked_at=stage.now,
                due_at=stage.now + timedelta(days=2),
            )
        )
        stage.things.add("binding", f"{code} by {_called(name, level, 'silence')}", binding.id)
    for state in (ActionState.OPEN, ActionState.DONE):
        _action(stage, name, meeting, decision, level, state)


def _standing(stage: Stage, name: str, meeting: Meeting, item: Item, level: str) -> None:
    _decision(stage, name, meeting, item, level, DecisionState.STANDS)


def _decision(stage: Stage, name: str, meeting: Meeting, item: Item, level: str, state: DecisionState) -> Decision:
    secret, for_whom = _secret(stage, "decision", name, level)
    number = len(stage.things.of("decision")) + 1
    text = f"The mission opens the road {secret}"
    decision: Decision = stage.keep(
        Decision(
            mission_id=stage.work.mission.id,
            series_id=meeting.series_id,
            meeting_id=meeting.id,
            item_id=item.id,
            year=stage.now.year,
            number=number,
            text=text,
            text_key=folded(text),
            owner=stage.people[WFP_HEAD],
            owner_agency_id=stage.agencies["WFP"].id,
            due_on=stage.now.date() + timedelta(days=5),
            state=state,
            handling=level,
            decided_by=stage.people[SECRETARY],
            decided_at=stage.now,
        )
    )
    stage.things.add("decision", _called(name, level, state.value), decision.id, secret, for_whom)
    return decision


def _action(stage: Stage, name: str, meeting: Meeting, decision: Decision, level: str, state: ActionState) -> None:
    secret, for_whom = _secret(stage, "action", name, level)
    # A Confidential action of the weekly series is IOM's; those of the others are WFP's and UNICEF's.
    of_iom = name == WEEKLY and level == C
    owner, code = (IOM_FOCAL, "IOM") if of_iom else (WFP_FOCAL, "WFP")
    if state == ActionState.DONE and name == CLOSED:
        owner, code = UNICEF_HEAD, "UNICEF"
    done = {"done_by": stage.people[owner], "done_at": stage.now} if state == ActionState.DONE else {}
    action = stage.keep(
        Action(
            **stage.made(SECRETARY),
            **done,
            series_id=meeting.series_id,
            meeting_id=meeting.id,
            decision_id=decision.id,
            text=f"Call the governor {secret}",
            evidence=f"Note {secret}" if done else "",
            owner=stage.people[owner],
            owner_agency_id=stage.agencies[code].id,
            due_on=stage.now.date() - timedelta(days=1),
            state=state,
            handling=level,
        )
    )
    stage.things.add("action", f"{code}'s, {_called(name, level, state.value)}", action.id, secret, for_whom)


MINUTES = {
    "held, draft": MinutesState.DRAFT,
    "held, circulated": MinutesState.CIRCULATED,
    "closed, issued": MinutesState.ISSUED,
}


def _minutes(stage: Stage, name: str, about: str, meeting: Meeting, item: Item) -> None:
    if any(one.more.get("meeting") == meeting.id for one in stage.things.of("minutes")):
        return
    state, secret, for_whom = MINUTES[about], stage.things.secret("minutes"), SEATED if name == CLOSED else REVIEWERS
    if name == SMALL:
        for_whom = KNOWS_OF | {AGENCY_GUEST, ADMIN}
    minutes = stage.keep(
        Minutes(
            mission_id=stage.work.mission.id,
            meeting_id=meeting.id,
            state=state,
            drafted_at=stage.now,
            circulated_at=None if state == MinutesState.DRAFT else stage.now,
            comments_by=None if state == MinutesState.DRAFT else stage.now + timedelta(days=1),
            issued_at=stage.now if state == MinutesState.ISSUED else None,
        )
    )
    facts = {"mission_id": stage.work.mission.id, "minutes_id": minutes.id, "item_id": item.id}
    stage.keep(MinutesText(**facts, text=f"The chair said {secret}"))
    # What is issued and Unclassified is for everybody.
    kept = secret if state != MinutesState.ISSUED or name == CLOSED else ""
    known_to = SEATED if name == CLOSED else EVERYBODY
    more = {"meeting": meeting.id, "item": item.id}
    stage.things.add("minutes", f"{name}, {state}", minutes.id, kept, for_whom, known_to, **more)
