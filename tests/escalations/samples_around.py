"""Views around escalations with something to show: roster, chain, lists, digest, figures, e-mail addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from commands.escalations.rules.chain_edit import LONGEST_LABEL, MOST_STEPS
from commands.escalations.rules.chains import DEFAULT_CHAIN, ON_DUTY, ChainPlan, Step
from commands.escalations.rules.figures import figures_of
from commands.escalations.rules.rehearsal import Line
from commands.escalations.rules.roster import Gap, OfficerInCharge, OnDuty, Source, Turn, TurnKind
from commands.escalations.rules.times import DEFAULT_TIMES
from commands.escalations.views import figures, listing
from commands.escalations.views.chain import forms as chain_forms
from commands.escalations.views.chain import overview as chain_overview
from commands.escalations.views.duty import forms as duty_forms
from commands.escalations.views.duty import messages
from commands.escalations.views.duty import overview as duty_overview
from commands.kit.cards import Block, Card
from commands.kit.dates import WorkCalendar
from commands.kit.pages import Page, page_at
from storage.duty import DutySettings, DutyTurn, OfficerWindow, Post
from storage.escalations.chains import AtEnd, StepHours, StepWho
from storage.escalations.lists import Order, Scope
from storage.escalations.model import Escalation, State
from tests.escalations.samples import CLOSED, HELD, LONG, NOW, POINTER, ZONE, escalation

DAY = timedelta(days=1)
HOURS = WorkCalendar(ZONE, frozenset(range(5)), time(8), time(17))
POSTS = [
    Post(id=1, code="srsg", title="", holder="USRSG", rank=0),
    Post(id=2, code="deputy", title="", holder=None, rank=1),
    Post(id=3, code="chief_of_staff", title="", holder="UCHIEF", rank=2),
    Post(id=4, code="post3", title="Deputy <!here> & political", holder="UDEPUTY", rank=3),
]
TURNS = [
    Turn(1, "UDUTY", NOW - DAY, NOW + DAY),
    Turn(2, "USECOND", NOW + DAY, NOW + 3 * DAY, TurnKind.SHIFT),
    Turn(3, "UTHIRD", NOW + 2 * DAY, NOW + 2 * DAY + timedelta(hours=4), TurnKind.STAND_IN),
    Turn(4, "UFOURTH", NOW + 2 * DAY, NOW + 3 * DAY, TurnKind.HAND_OVER),
]
WINDOWS = [
    OfficerInCharge(1, "srsg", "UDEPUTY", NOW - DAY, NOW + DAY),
    OfficerInCharge(2, "chief_of_staff", "UTHIRD", NOW + 5 * DAY, NOW + 9 * DAY),
]
BOARD = duty_overview.Board(
    now=NOW,
    zone=ZONE,
    hours=HOURS,
    on_duty=OnDuty("UDUTY", Source.STAND_IN, NOW + DAY, "USECOND"),
    turns=TURNS,
    gaps=[Gap(NOW + 3 * DAY, NOW + 5 * DAY, ("UAWAY",)), Gap(NOW + 6 * DAY, NOW + 6 * DAY + timedelta(hours=3))],
    posts=POSTS,
    windows=WINDOWS,
    may_edit=True,
    mine=TURNS[:1],
    note="The shifts are entered.",
)
EMPTY = duty_overview.Board(NOW, ZONE, None, None, [], [], POSTS[:3], [], is_kept=False)
WORST_BOARD = replace(
    BOARD,
    turns=[Turn(one, "UDUTY", NOW + one * DAY, NOW + (one + 1) * DAY) for one in range(200)],
    gaps=[Gap(NOW + one * DAY, NOW + (one + 1) * DAY, ("UAWAY",) * 3) for one in range(40)],
    posts=[Post(id=one, code=f"post{one}", title="&" * 60, holder="UDEPUTY", rank=one) for one in range(12)],
    windows=[OfficerInCharge(one, f"post{one % 12}", "UTHIRD", NOW, NOW + DAY) for one in range(40)],
)
OWN = ChainPlan(
    steps=(
        Step(StepWho.DUTY_ROSTER, ON_DUTY, timedelta(minutes=30)),
        Step(StepWho.DUTY_ROSTER, "deputy", by_email=True, severities=frozenset({"urgent", "immediate"})),
        Step(StepWho.DUTY_ROSTER, "post3", timedelta(hours=2), hours=StepHours.DUTY, zone="Africa/Nairobi"),
        Step(StepWho.PERSON, "UCHIEF", hours=StepHours.OFF_DUTY),
        Step(StepWho.AGENCY_HEAD, label="Head of the agency <@U1>"),
    ),
    repeat_from=2,
    repeat_times=3,
    at_end=AtEnd.PERSON,
    stand_in="USRSG",
)
TITLES = {"post3": "Deputy <!here> & political"}
PAGE = chain_overview.ChainPage(OWN, 4, is_own=True, times=DEFAULT_TIMES, posts=TITLES, note="Saved.")
USUAL = chain_overview.ChainPage(DEFAULT_CHAIN, 0, is_own=False, times=DEFAULT_TIMES)
LONG_STEP = Step(
    StepWho.ROLE,
    "srsg_office",
    timedelta(hours=399, minutes=59),
    frozenset({"urgent", "immediate"}),
    StepHours.OFF_DUTY,
    "America/Argentina/ComodRivadavia",
    "&" * LONGEST_LABEL,
    by_email=True,
)
WORST_CHAIN = chain_overview.ChainPage(
    ChainPlan((LONG_STEP,) * MOST_STEPS, repeat_from=9, repeat_times=9), 99, is_own=True, note="Saved."
)
LINES = [
    Line(NOW, 0, 0, ("UDUTY",)),
    Line(NOW + timedelta(minutes=30), 1, 0, ("UDEPUTY", "UOTHER")),
    Line(NOW + timedelta(hours=3), 5, 0, ("USRSG",)),
]
CHANNEL_END = [Line(NOW + timedelta(hours=3), len(DEFAULT_CHAIN.steps), 1, ("channel:C1",))]


def entry(readable: bool = True, **more: object) -> listing.Entry:
    """An escalation in a list."""
    state = more.pop("state", State.RAISED)
    assert isinstance(state, State)
    return listing.Entry(escalation(state, **more), readable)


ENTRIES = [
    entry(),
    entry(readable=False, id=8, number=13, handling="confidential", state=State.ACKNOWLEDGED, **HELD),
    entry(id=9, number=14, handling="strictly_confidential", pointer=POINTER),
    entry(id=10, number=15, state=State.WAITING, paused_until=NOW + DAY, **HELD),
    entry(id=11, number=16, state=State.DECIDED, **CLOSED),
]
OVERDUE = [
    entry(ack_due_at=NOW - DAY),
    entry(readable=False, id=8, number=13, handling="confidential", state=State.QUEUED, ack_due_at=NOW + DAY),
    entry(id=9, number=14, state=State.ACKNOWLEDGED, decide_due_at=NOW - DAY, **HELD),
]


def decided(number: int, severity: str, **more: object) -> Escalation:
    """An escalation that was decided, for the figures."""
    values = {
        "first_acknowledged_at": NOW + number * timedelta(minutes=7),
        "closed_at": NOW + number * DAY,
        "raised_at": NOW,
    }
    return escalation(
        **{"state": State.DECIDED, **CLOSED, **values, "severity": severity, "reopened": number % 2, **more}
    )


FOUND = [
    *(decided(number, "urgent") for number in range(5)),
    decided(3, "immediate", state=State.RETURNED),
    decided(4, "immediate", state=State.WITHDRAWN, first_acknowledged_at=None),
    decided(5, "routine", state=State.RAISED, first_acknowledged_at=None, closed_at=None),
]
MONTHS = [date(2026, 3, 1), date(2026, 2, 1)]
SHIFT = DutyTurn(id=1, user_id="UDUTY", starts_at=NOW, ends_at=NOW + DAY, kind="shift")
HANDED = DutyTurn(id=2, user_id="UDUTY", starts_at=NOW, ends_at=NOW + timedelta(hours=4), kind="hand_over")
WINDOW = OfficerWindow(id=1, post_id=4, user_id="UDEPUTY", starts_at=NOW, ends_at=NOW + 3 * DAY)


def _list(entries: list[listing.Entry], state: listing.ListState, count: int, *, is_office: bool = True) -> Block:
    page: Page[listing.Entry] = page_at(count, state.page, listing.PAGE)
    return listing.list_form(page.holding(entries), state, now=NOW, zone=ZONE, is_office=is_office)


MESSAGES: dict[str, Callable[[], Card]] = {
    "duty-gaps": lambda: duty_overview.gaps_card(BOARD.gaps, ZONE, NOW),
    "duty-on": lambda: messages.on_duty_card([SHIFT] * 10, "USRSG", ZONE, NOW),
    "duty-handed": lambda: messages.on_duty_card([HANDED], "UTHIRD", ZONE, NOW),
    "duty-off": lambda: messages.off_duty_card(SHIFT, None, "USRSG", ZONE, NOW),
    "duty-instead": lambda: messages.off_duty_card(HANDED, "UDUTY", "USRSG", ZONE, NOW),
    "officer": lambda: messages.officer_card(POSTS[3], WINDOW, "UDEPUTY", ZONE, NOW, is_off=False),
    "officer-off": lambda: messages.officer_card(POSTS[0], WINDOW, "USRSG", ZONE, NOW, is_off=True),
    "digest": lambda: listing.digest_card(OVERDUE, NOW, ZONE),
    "digest-worst": lambda: listing.digest_card(
        [entry(summary=LONG, id=one, number=one) for one in range(60)], NOW, ZONE
    ),
    "exported": lambda: listing.export_card(3),
}
FORMS: dict[str, Callable[[], Block]] = {
    "duty": lambda: duty_overview.duty_form(BOARD),
    "duty-empty": lambda: duty_overview.duty_form(EMPTY),
    "duty-reserve": lambda: duty_overview.duty_form(
        replace(EMPTY, on_duty=OnDuty("UDUTY", Source.RESERVE), hours=HOURS)
    ),
    "duty-worst": lambda: duty_overview.duty_form(WORST_BOARD),
    "duty-add": lambda: duty_forms.rotation_form(NOW.date(), time(8), NOW, ZONE),
    "duty-hand": lambda: duty_forms.hand_over_form(TURNS[:2], ZONE, NOW),
    "duty-stand-in": lambda: duty_forms.stand_in_form(NOW, ZONE),
    "duty-oic": lambda: duty_forms.officer_form(POSTS, NOW, ZONE),
    "duty-posts": lambda: duty_forms.posts_form(POSTS),
    "duty-hours": lambda: duty_forms.hours_form(DutySettings(around_the_clock=False, zone="Africa/Nairobi"), "en"),
    "email": lambda: duty_forms.email_form("U1", "name@example.org", is_set_up=True, is_own=True),
    "email-other": lambda: duty_forms.email_form("U1", None, is_set_up=False, is_own=False),
    "chain": lambda: chain_overview.chain_form(PAGE),
    "chain-usual": lambda: chain_overview.chain_form(USUAL),
    "chain-worst": lambda: chain_overview.chain_form(WORST_CHAIN),
    "chain-step": lambda: chain_forms.step_form(OWN.steps[2], POSTS, 2, 4, "en"),
    "chain-step-new": lambda: chain_forms.step_form(Step(StepWho.DUTY_ROSTER), POSTS, None, 4, "en"),
    "chain-end": lambda: chain_forms.end_form(OWN, TITLES, 4),
    "chain-test": lambda: chain_overview.rehearsal_form(PAGE, "urgent", LINES, NOW, ZONE, queued=False, silent=[1, 2]),
    "chain-test-queued": lambda: chain_overview.rehearsal_form(USUAL, "routine", CHANNEL_END, NOW, ZONE, queued=True),
    "list": lambda: _list(ENTRIES, listing.ListState(page=1), 25),
    "list-empty": lambda: _list([], listing.ListState(Scope.MINE, Order.NEWEST), 0, is_office=False),
    "list-worst": lambda: _list(
        [entry(summary=LONG)] * listing.PAGE, listing.ListState(Scope.AGENCY, Order.NEXT, 3), 99
    ),
    "figures": lambda: figures.figures_form(figures_of(FOUND), MONTHS[0], MONTHS),
    "figures-none": lambda: figures.figures_form(figures_of([]), MONTHS[1], MONTHS),
}
