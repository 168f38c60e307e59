"""Every view of the updates room with something to show, and the same views with the longest texts there can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, Card
from commands.kit.dates import WorkCalendar
from commands.kit.entry.step_pages import step_view
from commands.kit.pages import page_at, page_of
from commands.updates.rules.calendar import Occasion
from commands.updates.rules.digest import Reply
from commands.updates.rules.drafting import RoundEntry
from commands.updates.rules.ladder import DEFAULT_LADDER
from commands.updates.rules.marks import read_lines
from commands.updates.rules.plan_data import STEPS, entry_of
from commands.updates.rules.questions import Kind, Question, Shows, items_for, questions_of
from commands.updates.views import (
    adhoc,
    answer_form,
    answered,
    board,
    calls,
    conflict,
    digest,
    digests,
    exports,
    home,
    lateness,
    mine,
    plan_form,
    plans,
    proxies,
    status,
)
from commands.updates.views.answer_form import Filling
from commands.updates.views.building import builder
from commands.updates.views.calls import Owed
from commands.updates.views.notes import BuilderNotes
from commands.updates.views.returns import each, reading
from storage.agencies import Agency, AgencyKind, AgencyPerson, AgencyState
from storage.people import Role
from storage.updates.digests import RoundDigest
from storage.updates.returns import Return, ReturnState, Standing
from storage.updates.rounds import GroupBy, OnHoliday, Period, PlanState, Round, RoundPlan, RoundState

JUBA = ZoneInfo("Africa/Juba")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DUE = NOW + timedelta(days=2)
QUESTIONS = """What has changed since last week? *
People reached [number people] [per sector]
Access [one: open, restricted, blocked] *
Needs <b> & asks [several: fuel, flights, escorts]
Was anybody turned away? [yes/no]
"""
ANSWERS = {"q1": "Road <open> & dry", "q2@Food Security": "41200", "q2@Logistics": "12.5", "q3": "restricted"}


def agency(code: str, number: int, name: str, *people: tuple[str, Role], sectors: tuple[str, ...] = ()) -> Agency:
    """An agency that no database knows."""
    return Agency(
        id=number,
        mission_id="T1",
        code=code,
        code_key=code.lower(),
        name=name,
        name_fr="",
        kind=AgencyKind.UN_AGENCY,
        sectors=list(sectors),
        state=AgencyState.ACTIVE,
        state_reason="",
        people=[
            AgencyPerson(mission_id="T1", user_id=user, role=role, rank=rank)
            for rank, (user, role) in enumerate(people)
        ],
    )


WFP = agency("WFP", 1, "World Food Programme", ("UFOCAL", Role.FOCAL_POINT), sectors=("Food Security", "Logistics"))
WHO = agency("WHO", 2, "World Health <Organization>")
AGENCIES = {1: WFP, 2: WHO}
MANY = {number: agency(f"ORG-{number:03}", number, f"Organisation {number}") for number in range(1, 301)}


def a_round(**values: Any) -> Round:
    """An open round of this week."""
    defaults: dict[str, Any] = {
        "id": 7,
        "mission_id": "T1",
        "plan_id": None,
        "title": "Weekly <cabinet> update & more",
        "questions": [one.as_json() for one in read_lines(QUESTIONS)],
        "audience": ["all"],
        "ladder": [step.as_json() for step in DEFAULT_LADDER],
        "at_any_hour": False,
        "group_by": GroupBy.SECTOR,
        "handling": "unclassified",
        "state": RoundState.OPEN,
        "period_start": date(2026, 2, 23),
        "period_end": date(2026, 3, 2),
        "opens_at": NOW - timedelta(days=1),
        "due_at": DUE,
        "closes_at": DUE + timedelta(days=1),
        "digest_at": DUE + timedelta(hours=1),
        "digest_channel": "C1",
        "board_channel": "C2",
        "created_by": "UCHIEF",
        "created_at": NOW - timedelta(days=1),
    }
    return Round(**{**defaults, **values})


def a_return(one: Agency = WFP, state: ReturnState = ReturnState.OWED, **values: Any) -> Return:
    """What an agency owes in that round."""
    answered = state in {ReturnState.SUBMITTED, ReturnState.NIL}
    defaults: dict[str, Any] = {
        "id": 70 + one.id,
        "mission_id": "T1",
        "round_id": 7,
        "agency_id": one.id,
        "sectors": list(one.sectors),
        "state": state,
        "is_late": False,
        "version": 1 if answered else 0,
        "digest_version": 0,
        "answers": dict(ANSWERS) if state == ReturnState.SUBMITTED else {},
        "answered_by": "UFOCAL" if answered else None,
        "answered_at": NOW if answered else None,
        "has_contact": True,
        "deferred": [],
    }
    return Return(**{**defaults, **values})


def owed(state: ReturnState = ReturnState.OWED, *, this: Round | None = None, now: datetime = NOW, **more: Any) -> Owed:
    """A return as a card shows it."""
    return Owed(this or a_round(), a_return(WFP, state, **more), WFP, JUBA, now, can_repeat=state == ReturnState.OWED)


def standing(one: Agency, state: ReturnState, *, late: bool = False, **values: Any) -> Standing:
    """A return as a board shows it."""
    answered = state in {ReturnState.SUBMITTED, ReturnState.NIL}
    defaults: dict[str, Any] = {
        "return_id": 70 + one.id,
        "agency_id": one.id,
        "code": one.code,
        "name": one.name,
        "state": state,
        "is_late": late,
        "has_contact": True,
        "answered_at": NOW if answered else None,
        "answered_by": "UFOCAL" if answered else None,
        "on_behalf_of": None,
        "waived_by": "UCHIEF" if state == ReturnState.WAIVED else None,
        "waived_reason": "Office <evacuated>" if state == ReturnState.WAIVED else None,
    }
    return Standing(**{**defaults, **values})


BOARD = [
    standing(WFP, ReturnState.SUBMITTED, on_behalf_of="Head of <programme>"),
    standing(WHO, ReturnState.OWED, has_contact=False),
    standing(MANY[3], ReturnState.NIL),
    standing(MANY[4], ReturnState.SUBMITTED, late=True),
    standing(MANY[5], ReturnState.WAIVED),
    standing(MANY[6], ReturnState.MISSED),
]
LONG_BOARD = [standing(one, list(ReturnState)[number % 6]) for number, one in MANY.items()]
QUESTION_LIST = questions_of(a_round().questions)
A_CHOICE = Question(
    "q9",
    "Is the road <open>?",
    Kind.ONE,
    choices=("yes", "in parts", "no"),
    text_fr="La route est-elle <ouverte> ?",
    choices_fr=("oui", "en partie", "non"),
    sectors=("FSC", "Our own"),
    shows=Shows.TOGETHER,
)
CALENDAR = WorkCalendar(JUBA, frozenset({0, 1, 2, 3, 4}), time(8), time(17))


def plan(**values: Any) -> RoundPlan:
    """The weekly plan."""
    defaults: dict[str, Any] = {
        "id": 3,
        "mission_id": "T1",
        "title": "Weekly <cabinet> update",
        "questions": [one.as_json() for one in QUESTION_LIST],
        "audience": ["all", "kind:ngo", "sector:Health", "agency:1"],
        "weekdays": [0, 3],
        "due_time": time(16),
        "every_weeks": 2,
        "anchor": date(2026, 3, 2),
        "on_holiday": OnHoliday.MOVE,
        "period": Period.SINCE_LAST,
        "open_days": 2,
        "open_time": time(9),
        "close_days": 2,
        "close_time": time(12),
        "digest_channel": "C1",
        "digest_days": 0,
        "digest_time": time(17),
        "group_by": GroupBy.SECTOR,
        "ladder": [step.as_json() for step in DEFAULT_LADDER],
        "at_any_hour": False,
        "handling": "confidential",
        "state": PlanState.ACTIVE,
        "version": 1,
    }
    return RoundPlan(**{**defaults, **values})


def occasions(count: int) -> list[Occasion]:
    """The next rounds of a plan."""
    weeks = [timedelta(weeks=number) for number in range(count)]
    return [
        Occasion(
            DUE + week,
            NOW + week,
            DUE + week,
            DUE + week + timedelta(days=2),
            DUE + week + timedelta(hours=1),
            date(2026, 2, 23) + week,
            date(2026, 3, 2) + week,
        )
        for week in weeks
    ]


def planning(step: str) -> Block:
    """A step of the plan's form."""
    preview = plans.preview_blocks(plan(), [WFP, WHO], AGENCIES, occasions(3), CALENDAR)
    shown = plan_form.Planning(3, entry_of(plan()), [WFP, WHO], "Africa/Juba", preview)
    return step_view("updates:plan", STEPS, step, plan_form.plan_page(shown, step), "Kept.")


def filling(**values: Any) -> Filling:
    """The form with a draft in it."""
    items = items_for(QUESTION_LIST, WFP.sectors)
    plain: dict[str, Any] = {"owed": owed(), "items": items, "answers": ANSWERS, "base": 0, "notes": ["Your draft."]}
    return Filling(**{**plain, **values})


THEIRS = {**ANSWERS, "q1": "Road closed again", "q3": "blocked"}
ALIKE = [("WFP", items_for(QUESTION_LIST, WFP.sectors)[0], "Dry & <open>")]
LONG_QUESTION = Question("q1", "&" * 300)


def issue(group_by: GroupBy = GroupBy.SECTOR, replies: list[Reply] | None = None, **values: Any) -> digest.Issue:
    """What a digest is written from."""
    found = [
        Reply("WFP", "World Food Programme", a_return(WFP, ReturnState.SUBMITTED)),
        Reply("WHO", "World Health <Organization>", a_return(WHO, ReturnState.SUBMITTED, is_late=True)),
        Reply("IOM", "International Organization for Migration", a_return(MANY[3], ReturnState.NIL)),
        Reply("ORG-004", "Organisation 4", a_return(MANY[4], ReturnState.MISSED)),
        Reply("ORG-005", "Organisation 5", a_return(MANY[5], ReturnState.WAIVED)),
    ]
    last = {1: {**ANSWERS, "q2@Food Security": "40000"}, 2: {"q1": "Road <open> & dry"}}
    this = a_round(group_by=group_by, **values)
    return digest.Issue(this, found if replies is None else replies, last, JUBA, DUE)


def a_digest(number: int = 0, pages: int = 1) -> RoundDigest:
    """A digest as it was sent."""
    content = {"pages": [list(digest.digest_cards(issue())[0].blocks)] * pages}
    return RoundDigest(id=5, mission_id="T1", round_id=7, number=number, channel_id="C1", content=content, sent_at=DUE)


def command(name: str) -> str:
    return f"/un-{name}"


CONFIDENTIAL = a_round(handling="confidential")
CLOSED = a_round(state=RoundState.CLOSED, closed_at=DUE + timedelta(days=1))
CALLED_OFF = a_round(state=RoundState.CALLED_OFF, closed_at=DUE - timedelta(minutes=5), closed_by="UCHIEF")
SUBMITTED, NIL = ReturnState.SUBMITTED, ReturnState.NIL
A_TEXT = reading.Text(a_round(), a_return(WFP, SUBMITTED), WFP, ANSWERS)


def called(one: Owed, **values: Any) -> Card:
    """A person's message about a round in which one agency owes."""
    return calls.call_card([calls.Part(owed=one, **values)])


def ahead(earlier: Sequence[adhoc.Earlier] = ()) -> adhoc.Ahead:
    """A round that is about to be sent."""
    this = a_round(ladder=[step.as_json() for step in DEFAULT_LADDER])
    return adhoc.Ahead(this, [WFP, WHO], ["WHO"], CALENDAR, earlier)


MESSAGES: dict[str, Callable[[], Card]] = {
    "ask": lambda: called(owed()),
    "ask-handed": lambda: called(owed(ReturnState.DRAFT), handed_to="UOTHER", handed_by="UFOCAL"),
    "ask-confidential": lambda: called(owed(this=CONFIDENTIAL)),
    "ask-submitted": lambda: called(owed(SUBMITTED, on_behalf_of="Head of <programme>")),
    "ask-nil": lambda: called(owed(NIL, is_late=True)),
    "ask-waived": lambda: called(owed(ReturnState.WAIVED, waived_by="UCHIEF", waived_reason="Left & gone")),
    "ask-missed": lambda: called(owed(ReturnState.MISSED, this=CLOSED), has_draft=True),
    "ask-called-off": lambda: called(owed(ReturnState.DRAFT, this=CALLED_OFF), has_draft=True),
    "ask-two": lambda: calls.call_card([calls.Part(owed=owed()), calls.Part(owed=owed(NIL), is_theirs=False)]),
    "chase": lambda: called(owed(now=DUE + timedelta(hours=3)), why="It is overdue.", reminds=True),
    "owed-again": lambda: answered.owed_again_card(owed()),
    "nil": lambda: answered.nil_card(owed(NIL)),
    "repeated": lambda: answered.repeated_card(owed(SUBMITTED)),
    "board": lambda: board.board_card(a_round(), BOARD, JUBA, NOW),
    "board-nobody": lambda: board.board_card(a_round(), [], JUBA, NOW),
    "board-overdue": lambda: board.board_card(CONFIDENTIAL, BOARD[:2], JUBA, DUE + timedelta(hours=1)),
    "board-called-off": lambda: board.board_card(CALLED_OFF, BOARD, JUBA, DUE),
    "board-closed": lambda: board.board_card(CLOSED, BOARD, JUBA, DUE + timedelta(days=2)),
    "record": lambda: board.record_card(
        WFP, [(a_return(WFP, state), a_round()) for state in (SUBMITTED, NIL, ReturnState.MISSED)], JUBA
    ),
    "record-new": lambda: board.record_card(WHO, [], JUBA),
    "mine": lambda: mine.mine_card([owed(), owed(SUBMITTED)], ["WFP"]),
    "mine-nothing": lambda: mine.mine_card([], ["WFP", "WHO"]),
    "mine-nobody": lambda: mine.nothing_card(mine.how_to_be_named("`/update status`", "`/agency focal CODE`", ["U1"])),
    "mine-leader": lambda: mine.nothing_card(
        mine.how_to_lead("`/update submit CODE`", "`/update status`", "`/agency focal CODE`")
    ),
    "choose": lambda: mine.choose_card([owed(), owed(this=a_round(id=8, title="Fuel"))]),
    "status": lambda: status.status_card([(a_round(), BOARD), (CONFIDENTIAL, BOARD)], [CLOSED], JUBA, NOW, command),
    "status-nothing": lambda: status.status_card([], [], JUBA, NOW, command),
    "not-opened": lambda: lateness.not_opened_card(a_round(), JUBA),
    "finished": lambda: lateness.ended_card(CLOSED),
    "called-off": lambda: lateness.ended_card(CALLED_OFF),
    "reopened": lambda: lateness.ended_card(a_round()),
    "digest-taken-back": lambda: lateness.taken_back_card(CLOSED, JUBA),
    "export": lambda: exports.export_card(3, 41),
    "digest": lambda: digest.digest_cards(issue())[0],
    "digest-agencies": lambda: digest.digest_cards(issue(GroupBy.AGENCY, handling="confidential"))[0],
    "digest-nothing": lambda: digest.digest_cards(issue(replies=[]))[0],
    "addendum": lambda: digest.addendum_cards(issue(), issue().replies[:2], 1)[0],
}
FORMS: dict[str, Callable[[], Block]] = {
    "answer": lambda: answer_form.answer_form(filling()),
    "answer-proxy": lambda: answer_form.answer_form(filling(proxy=True, notes=[])),
    "answer-merge": lambda: answer_form.answer_form(filling(beside=THEIRS, by="UOTHER")),
    "conflict": lambda: conflict.conflict_form(filling(beside=THEIRS, by="UOTHER", owed=owed(SUBMITTED))),
    "conflict-own": lambda: conflict.conflict_form(filling(beside=THEIRS, by="UFOCAL", owed=owed(SUBMITTED)), own=True),
    "received": lambda: answered.received_form(owed(SUBMITTED)),
    "too-late": lambda: answered.closed_form(filling(owed=owed(ReturnState.MISSED, this=CLOSED))),
    "draft-kept": lambda: answered.draft_form(filling(owed=owed(ReturnState.MISSED, this=CLOSED))),
    "nil-proxy": lambda: answered.nil_form(owed()),
    "handed": lambda: answered.handed_form(owed(), "UOTHER"),
    "hand-over": lambda: calls.hand_form(owed(), [("UOTHER", "WFP alternate")]),
    "each": lambda: each.each_form(a_round(), [each.Row(one) for one in BOARD], JUBA, 0),
    "each-coordinator": lambda: each.each_form(
        a_round(),
        [
            each.Row(one, can_read=one.answered_by is not None, is_new=place == 0, can_remind=True)
            for place, one in enumerate(BOARD)
        ],
        JUBA,
        0,
        "WFP is reminded.",
    ),
    "text": lambda: reading.text_form(CONFIDENTIAL, replace(A_TEXT, is_newest=False), 0, JUBA),
    "new": lambda: reading.new_form(a_round(), [A_TEXT] * 30, JUBA)[0],
    "new-nothing": lambda: reading.new_form(a_round(), [], JUBA)[0],
    "proxy": lambda: proxies.proxy_form(a_round()),
    "waive": lambda: proxies.waive_form(a_round()),
    "adhoc": lambda: adhoc.adhoc_form(
        RoundEntry(
            title="Fuel",
            questions="Anything else?",
            built=tuple(one.as_json() for one in [*QUESTION_LIST[:2], A_CHOICE]),
            audience=("all",),
            day=date(2026, 3, 4),
            time=time(16),
        ),
        [WFP, WHO],
        "Africa/Juba",
        "It goes on where you stopped.",
    ),
    "before-sending": lambda: adhoc.confirm_form(ahead()),
    "already-asked": lambda: adhoc.confirm_form(
        ahead([adhoc.Earlier(a_round(), QUESTION_LIST[0], QUESTION_LIST[0], ALIKE)])
    ),
    "question": lambda: builder.question_form(A_CHOICE, ["FSC", "Our own"], BuilderNotes(plan=3, number=1)),
    "question-new": lambda: builder.question_form(Question(id="", text=""), [], BuilderNotes(adhoc=1, number=0)),
    "preview-en": lambda: builder.preview_form([*QUESTION_LIST, A_CHOICE], "en"),
    "preview-fr": lambda: builder.preview_form([*QUESTION_LIST, A_CHOICE], "fr"),
    "plans": lambda: plans.plans_form(
        page_of(
            [
                plans.Planned(plan(), DUE),
                plans.Planned(plan(state=PlanState.PAUSED), None),
                plans.Planned(plan(title="Yearly"), None),
            ],
            0,
            10,
        ),
        JUBA,
    ),
    "plans-none": lambda: plans.plans_form(page_of([], 0, 10), JUBA),
    "digests": lambda: digests.digests_form(
        page_at(25, 0, 10).holding([(a_digest(), CLOSED), (a_digest(1), CLOSED)]), JUBA
    ),
    "digests-none": lambda: digests.digests_form(page_at(0, 0, 10), JUBA),
    "digest-read": lambda: digests.digest_form(a_digest(pages=3), 1, JUBA),
    **{f"plan-{step}": (lambda step=step: planning(step)) for step in STEPS},  # type: ignore[misc]
}
HOMES: dict[str, Callable[[], list[Block]]] = {
    "home": lambda: home.home_blocks(
        [owed(), owed(SUBMITTED)],
        [(a_return(WFP, NIL), CLOSED, WFP)],
        [(a_round(), {(SUBMITTED, False): 2, (ReturnState.OWED, False): 3})],
        JUBA,
        NOW,
        leads=True,
    ),
    "home-nothing": lambda: home.home_blocks([], [(a_return(WFP, SUBMITTED), CLOSED, WFP)], [], JUBA, NOW, leads=False),
}

WORST_ROUND = a_round(
    title="&" * 120,
    questions=[replace(LONG_QUESTION, id=f"q{number}", text="&" * 300).as_json() for number in range(60)],
    handling="confidential",
)
WORST_AGENCY = agency("W" * 24, 1, "&" * 200, sectors=tuple(f"{'&' * 58}{place:02}" for place in range(20)))
WORST_ANSWERS = {f"q{number}": "&" * 3000 for number in range(60)}


def worst_filling(**values: Any) -> Filling:
    """The longest form there can be."""
    given = a_return(WORST_AGENCY, SUBMITTED, answers=WORST_ANSWERS, on_behalf_of="&" * 60)
    heavy = Owed(WORST_ROUND, given, WORST_AGENCY, JUBA, NOW)
    items = items_for(questions_of(WORST_ROUND.questions), [])
    plain: dict[str, Any] = {"owed": heavy, "items": items, "answers": WORST_ANSWERS, "base": 0}
    return Filling(**{**plain, **values})


def worst_text() -> reading.Text:
    """The longest update there can be."""
    filled = worst_filling()
    return reading.Text(WORST_ROUND, filled.owed.given, WORST_AGENCY, WORST_ANSWERS)


WORST: dict[str, Callable[[], Card | Block | list[Block]]] = {
    "answer": lambda: answer_form.answer_form(worst_filling()),
    "answer-merge": lambda: answer_form.answer_form(
        worst_filling(beside=dict.fromkeys(WORST_ANSWERS, "<" * 3000), by="UOTHER", proxy=True)
    ),
    "conflict": lambda: conflict.conflict_form(
        worst_filling(beside=dict.fromkeys(WORST_ANSWERS, "<" * 3000), by="UOTHER")
    ),
    "too-late": lambda: answered.closed_form(worst_filling()),
    "ask": lambda: called(worst_filling().owed),
    "ask-many": lambda: calls.call_card([calls.Part(owed=worst_filling().owed, reminds=True, why="&" * 200)] * 3),
    "mine": lambda: mine.mine_card([worst_filling().owed] * 40, ["W" * 24] * 40),
    "choose": lambda: mine.choose_card([worst_filling().owed] * 40),
    "board": lambda: board.board_card(WORST_ROUND, LONG_BOARD, JUBA, NOW),
    "board-reasons": lambda: board.board_card(
        WORST_ROUND,
        [standing(one, ReturnState.WAIVED, waived_reason="&" * 500, on_behalf_of="&" * 60) for one in MANY.values()],
        JUBA,
        NOW,
    ),
    "each": lambda: each.each_form(
        WORST_ROUND,
        [each.Row(standing(WORST_AGENCY, SUBMITTED, on_behalf_of="&" * 60), can_read=True, is_new=True)] * 300,
        JUBA,
        3,
    ),
    "text": lambda: reading.text_form(WORST_ROUND, worst_text(), 1, JUBA),
    "new": lambda: reading.new_form(WORST_ROUND, [worst_text()] * 3, JUBA)[0],
    "record": lambda: board.record_card(WORST_AGENCY, [(a_return(), WORST_ROUND)] * 12, JUBA),
    "status": lambda: status.status_card(
        [(WORST_ROUND, LONG_BOARD)] * 8, [replace_round(number) for number in range(5)], JUBA, NOW, command
    ),
    "plans": lambda: plans.plans_form(page_of([plans.Planned(plan(title="&" * 120), DUE)] * 40, 1, 10), JUBA),
    "home": lambda: home.home_blocks(
        [worst_filling().owed] * 40, [(a_return(), WORST_ROUND, WORST_AGENCY)] * 9, [], JUBA, NOW, leads=True
    ),
    "already-asked": lambda: adhoc.confirm_form(
        replace(
            ahead(
                [
                    adhoc.Earlier(
                        WORST_ROUND,
                        LONG_QUESTION,
                        LONG_QUESTION,
                        [("W" * 24, worst_filling().items[0], "&" * 3000)] * 300,
                    )
                ]
                * 5
            ),
            round=a_round(
                title=WORST_ROUND.title,
                questions=WORST_ROUND.questions,
                ladder=[step.as_json() for step in DEFAULT_LADDER],
            ),
            asked=list(MANY.values()),
            alone=[one.code for one in MANY.values()],
        )
    ),
    "not-opened": lambda: lateness.not_opened_card(WORST_ROUND, JUBA),
}


def replace_round(number: int) -> Round:
    """One of several closed rounds with long titles."""
    return a_round(id=100 + number, title="&" * 120, state=RoundState.CLOSED, closed_at=DUE)
