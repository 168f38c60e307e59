"""What the record's views are drawn from: a usual meeting, and one with 40 items, 120 members and the longest texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from commands.cabinet.rules.actions import Move, Step
from commands.cabinet.rules.quorum import quorum_of
from commands.cabinet.rules.record import Correction, Decided, Dissent, Point, Present, Record, ToDo
from commands.cabinet.views.actions import cards as actions_cards
from commands.cabinet.views.actions import lists
from commands.cabinet.views.actions.form import action_form, free_card
from commands.cabinet.views.decisions import cards as decisions_cards
from commands.cabinet.views.decisions import log, silence
from commands.cabinet.views.meetings import attendance, session
from commands.cabinet.views.minutes import messages
from commands.cabinet.views.minutes.documents import document_data
from commands.cabinet.views.notes import ActionNotes
from commands.kit.cards import Block, Card
from commands.kit.documents.letters import unset_line
from commands.kit.handling import Handling
from commands.kit.pages import page_of
from storage.agencies import Agency
from storage.cabinet.actions import Action, ActionState
from storage.cabinet.attendance import Attendance, Presence
from storage.cabinet.decisions import Answered, Binding, Decision, DecisionState, Reservation
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.minutes import Comment, Minutes, MinutesState
from storage.people import Role

NOW = datetime(2035, 3, 5, 7, tzinfo=UTC)
ZONE = ZoneInfo("Africa/Juba")
DUE = date(2035, 3, 20)
LONG = "Совет решает: القرار & <b> " * 90
CODES = ("WFP", "UNICEF", "UNHCR", "WHO", "IOM")


def agency(number: int, code: str) -> Agency:
    return Agency(id=number, code=code, code_key=code.lower(), name=f"Agency {code}", name_fr="", state="active")


def meeting(state: str = MeetingState.IN_SESSION, title: str = "Weekly cabinet, 5 March") -> Meeting:
    return Meeting(
        id=1,
        title=title,
        state=state,
        starts_at=NOW,
        channel_id="C1",
        chair="U1",
        secretary="U2",
        handling="unclassified",
    )


def item(number: int, state: str = ItemState.SCHEDULED, text: str = "Road access", question: str = "Open it?") -> Item:
    return Item(
        id=number,
        title=text,
        question=question,
        options=[],
        state=state,
        handling="unclassified",
        owner=None,
        reason="",
    )


def roll(count: int = 5, title: str = "Weekly cabinet, 5 March") -> attendance.Roll:
    codes = CODES if count == len(CODES) else [f"AGENCY-{number:03}-ABCDEFGHIJ" for number in range(count)]
    members = [agency(number, code) for number, code in enumerate(codes, start=1)]
    rows = {
        one.id: Attendance(agency_id=one.id, presence=presence, person=f"U{one.id:08}", person_name="")
        for one, presence in zip(
            members, [Presence.REPRESENTED, Presence.APOLOGY, Presence.OBSERVER] * count, strict=False
        )
        if one.id != 4
    }
    found = quorum_of("half", 0, [one.id for one in members], rows)
    return attendance.Roll(meeting(title=title), members, {one.id: one for one in members}, rows, found)


def entry(count: int = 5, text: str = "The northern road is open to convoys.") -> decisions_cards.Entry:
    agencies = roll(count).agencies
    states = [Answered.PRESENT, Answered.ASKED, Answered.AGREED, Answered.SILENT, Answered.OBJECTED]
    bindings = [
        Binding(
            id=number,
            agency_id=number,
            state=states[number % 5 - 1],
            due_at=NOW,
            reason=text if states[number % 5 - 1] == Answered.OBJECTED else "",
            answered_by="U9",
            answered_at=NOW,
        )
        for number in agencies
    ]
    decision = Decision(
        id=7,
        year=2035,
        number=1,
        text=text,
        owner="U5",
        owner_agency_id=1,
        due_on=DUE,
        state=DecisionState.BROKEN,
        handling="unclassified",
        decided_at=NOW,
        source_link="https://slack.com/archives/C1/p1",
    )
    reservation = Reservation(role=Role.HUMANITARIAN_COORDINATOR, text=text, entered_by="U6")
    return decisions_cards.Entry(decision, item(1, text=text[:300]), meeting(), bindings, [reservation], agencies, ZONE)


def task(
    number: int = 3, text: str = "Report on fuel", due: date = DUE, state: str = ActionState.OPEN
) -> actions_cards.Task:
    action = Action(
        id=number,
        text=text[:1500],
        owner="U5",
        owner_agency_id=1,
        due_on=due,
        state=state,
        handling="unclassified",
        evidence="Sent on 14 March",
        note="",
        source_link="",
        carries_out=False,
        done_by="U5",
    )
    return actions_cards.Task(action, roll().agencies, None, date(2035, 3, 21), ZONE)


def the_minutes(state: str = MinutesState.CIRCULATED) -> Minutes:
    return Minutes(id=4, meeting_id=1, state=state)


def record(points: int = 2, text: str = "The paper was considered.") -> Record:
    decided = Decided(
        "2035/1",
        text,
        "WFP head",
        "WFP",
        DUE,
        "silence",
        "WHO",
        [Dissent("Reservation", text)],
        [Dissent("UNICEF", text)],
    )
    to_do = ToDo(text, "WHO focal point", "WHO", DUE)
    found = [
        Point(number, number, text[:100], text, text, "decided", "", decisions=[decided], actions=[to_do])
        for number in range(1, points + 1)
    ]
    closed = Point(points + 1, points + 1, "", "", "", "decided", "", is_closed=True)
    deferred = Point(points + 2, points + 2, "Budget", "Which posts?", "", "deferred", "Figures are not ready")
    present = [Present(Presence.REPRESENTED, "WFP", "WFP", "WFP head"), Present(Presence.ABSENT, "WHO", "WHO")]
    return Record(
        mission="Mission demo",
        title="Weekly cabinet, 5 March",
        starts_at=NOW,
        place="Room A",
        chair="SRSG",
        secretary="Cabinet secretary",
        state="issued",
        handling=Handling.UNCLASSIFIED,
        attendance=present,
        points=[*found, closed, deferred],
        further=[to_do],
        corrections=[Correction(1, "1. Road", "For “12” read “14”.", DUE)],
        issued_on=DUE,
    )


def minutes_messages(points: int = 2, text: str = "The paper was considered.") -> list[Card]:
    data = document_data(record(points, text), ZONE, "", "")
    return messages.minutes_cards(the_minutes(), meeting(), data)


def comment() -> Comment:
    return Comment(id=1, minutes_id=4, item_id=1, text="It is called N1", said_by="U8")


MESSAGES: dict[str, Callable[[], Card]] = {
    "attendance": lambda: attendance.attendance_card(roll()),
    "decision": lambda: decisions_cards.decision_card(entry()),
    "decision_held_back": lambda: decisions_cards.held_back_card(entry()),
    "silence": lambda: silence.silence_card(entry(), entry().bindings[1]),
    "silence_objected": lambda: silence.silence_card(entry(), entry().bindings[4]),
    "silence_unasked": lambda: silence.unasked_card(entry(), ["WHO", "IOM <1>"], lambda name: f"/un-{name}"),
    "objection": lambda: silence.objection_card(entry(), entry().bindings[4]),
    "action": lambda: actions_cards.action_card(task()),
    "action_owner": lambda: actions_cards.owner_card(task(), "U2"),
    "action_to_verify": lambda: actions_cards.to_verify_card(task(state=ActionState.DONE)),
    "action_returned": lambda: actions_cards.told_card(task(), Move.RETURN, "U2"),
    "reminder": lambda: lists.reminder_card([(task(), Step.AFTER), (task(4, due=date(2035, 3, 21)), Step.ON_DAY)]),
    "overdue_head": lambda: lists.head_card([task()]),
    "weekly": lambda: lists.weekly_cards(lists.Digest([task(), task(4)], {"U5": "WFP head"}, NOW.date()))[0],
    "weekly_closed": lambda: lists.weekly_cards(
        lists.Digest([task()], {"U5": "WFP head"}, NOW.date(), "Crisis <group>", Handling.CONFIDENTIAL)
    )[0],
    "action_free": lambda: free_card(task()),
    "minutes": lambda: minutes_messages()[0],
    "minutes_draft": lambda: messages.draft_card(the_minutes(MinutesState.DRAFT), meeting()),
    "comment": lambda: messages.comment_card(meeting(), comment(), item(1)),
}
FORMS: dict[str, Callable[[], Block]] = {
    "attendance_own_form": lambda: attendance.own_form(meeting(), roll().members, roll().attendance, chosen=1),
    "attendance_form": lambda: attendance.all_form(roll()),
    "run_form": lambda: session.run_form(roll(), [item(1), item(2, ItemState.DECIDED), item(3, ItemState.DEFERRED)]),
    "decision_form": lambda: decisions_cards.decision_form(item(1), DUE),
    "objection_form": lambda: silence.object_form(entry(), entry().bindings[1]),
    "reservation_form": lambda: decisions_cards.reservation_form(entry()),
    "action_form": lambda: action_form(DUE, notes=ActionNotes()),
    "action_form_free": lambda: action_form(DUE, notes=ActionNotes(), is_free=True),
    "action_details": lambda: actions_cards.action_details(task(), [Move.START, Move.FINISH, Move.CANCEL], [], "<#C1>"),
    "hand_over_form": lambda: actions_cards.hand_over_form(task(), "details"),
    "finish_form": lambda: actions_cards.finish_form(task(), "details"),
    "return_form": lambda: actions_cards.why_form(task(), Move.RETURN, ""),
    "cancel_form": lambda: actions_cards.why_form(task(), Move.CANCEL, ""),
    "actions_form": lambda: lists.list_form([task(), task(4)], "mine", roll().members, 0, verifies=True),
    "actions_none": lambda: lists.list_form([], "mine", [], 0, verifies=False),
    "log_form": lambda: log.log_form(log.LogSearch(words="road"), page_of([entry()], 0, 20)),
    "log_none": lambda: log.log_form(log.LogSearch(), page_of([], 0, 20)),
    "decision_details": lambda: log.decision_details(entry(), [task().action], [], leads=True),
    "minutes_review": lambda: messages.review_form(the_minutes(), meeting(), [item(1)], {}, [comment()], leads=True),
    "minutes_review_draft": lambda: messages.review_form(
        the_minutes(MinutesState.DRAFT), meeting(), [item(1)], {}, [], leads=True
    ),
    "minutes_review_boxes": lambda: messages.review_form(
        the_minutes(MinutesState.DRAFT),
        meeting(),
        [item(1)],
        {},
        [],
        leads=True,
        warning=unset_line(["\U00030000 <b>"]),
    ),
    "minutes_item": lambda: messages.item_form(the_minutes(), item(1), "The paper was considered."),
    "corrigendum_form": lambda: messages.remark_form(the_minutes(), [item(1)], corrigendum=True),
}
MANY = [item(number, text=LONG[:150], question=LONG) for number in range(1, 41)]
TASKS = [task(number, LONG) for number in range(1, 200)]


def worst_cards() -> dict[str, list[Card]]:
    """Forty items, 120 members, the longest texts that forms take."""
    return {
        "attendance": [attendance.attendance_card(roll(120, LONG[:150]))],
        "decision": [decisions_cards.decision_card(entry(120, LONG[:2500]))],
        "silence": [silence.silence_card(entry(120, LONG[:2500]), entry(120).bindings[1])],
        "reminder": [lists.reminder_card([(one, Step.AFTER) for one in TASKS])],
        "weekly": lists.weekly_cards(lists.Digest(TASKS, {}, NOW.date())),
        "minutes": minutes_messages(40, LONG),
    }


def worst_views() -> dict[str, Any]:
    """The same, in forms."""
    return {
        "attendance": attendance.all_form(roll(120)),
        "run": session.run_form(roll(120), MANY),
        "actions": lists.list_form(TASKS, "all", list(roll(120).members), 3, verifies=True),
        "log": log.log_form(log.LogSearch(page=2), page_of([entry(120, LONG[:2500])] * 500, 2, 20)),
        "details": log.decision_details(entry(120, LONG[:2500]), [one.action for one in TASKS], [], leads=True),
        "review": messages.review_form(the_minutes(), meeting(), MANY, {}, [comment()] * 99, leads=True),
        "comment": messages.remark_form(the_minutes(), MANY, corrigendum=False),
    }
