"""The demo's rounds: one that was collected last week, and one that is due in a few minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands.kit.demo import DemoWorkspace, agencies_by_code
from commands.kit.work import Work
from commands.updates.handlers.life import begin
from commands.updates.rules.answers import kept
from commands.updates.rules.ladder import DEFAULT_LADDER
from commands.updates.rules.marks import read_lines
from commands.updates.rules.questions import items_for, questions_of
from storage.agencies import Agency
from storage.updates.returns import Return, ReturnState, ReturnVersion, VersionKind
from storage.updates.rounds import PlanState, Round, RoundPlan, RoundState

MINUTES_TO_ANSWER = 15
OWNER = "Chief of staff"
TITLE = "Weekly cabinet update"
QUESTIONS = """What has changed since last week? *
People reached [number people] [per sector]
Access [one: open, restricted, blocked] *
What should the cabinet know or decide?
"""
LAST_WEEK = {
    "WFP": ("Distribution resumed in the two northern counties after the road reopened.", "41200", "restricted"),
    "UNICEF": ("Twelve temporary learning spaces opened; vaccines for 6,000 children arrived.", "18750", "open"),
    "UNHCR": ("New arrivals at the border fell by a third. Relocation to the new site goes on.", "9300", "restricted"),
    "WHO": ("Two suspected cholera cases tested negative. Surveillance continues.", "5400", "open"),
}


def prepare(work: Work, place: DemoWorkspace) -> None:
    """A paused weekly plan with last week's closed round, and this week's round, open and due soon.

    The plan is paused so that the demo asks once: whoever plays starts it with a click.
    """
    plan = _plan(work, place)
    work.session.add(plan)
    work.session.flush()
    _last_week(work, plan, agencies_by_code(work), place)
    due = work.now + timedelta(minutes=MINUTES_TO_ANSWER)
    this = _round(work, plan, opens=work.now, due=due)
    this.at_any_hour = True
    begin(work, this)


def _plan(work: Work, place: DemoWorkspace) -> RoundPlan:
    local = work.now.astimezone(work.zone)
    return RoundPlan(
        mission_id=work.mission.id,
        title=TITLE,
        questions=[question.as_json() for question in read_lines(QUESTIONS)],
        audience=["all"],
        weekdays=[local.weekday()],
        due_time=local.time().replace(hour=16, minute=0, second=0, microsecond=0),
        anchor=local.date(),
        open_time=local.time().replace(hour=9, minute=0, second=0, microsecond=0),
        close_time=local.time().replace(hour=12, minute=0, second=0, microsecond=0),
        digest_channel=place.channels["cabinet"],
        digest_time=local.time().replace(hour=17, minute=0, second=0, microsecond=0),
        ladder=[step.as_json() for step in DEFAULT_LADDER],
        state=PlanState.PAUSED,
        created_by=place.people[OWNER],
        created_at=work.now,
        updated_at=work.now,
    )


def _round(work: Work, plan: RoundPlan, *, opens: datetime, due: datetime) -> Round:
    zone = work.zone
    return Round(
        mission_id=work.mission.id,
        plan_id=plan.id,
        slot=due,
        title=plan.title,
        questions=plan.questions,
        audience=plan.audience,
        ladder=plan.ladder,
        group_by=plan.group_by,
        handling=plan.handling,
        period_start=(due - timedelta(days=7)).astimezone(zone).date(),
        period_end=due.astimezone(zone).date(),
        opens_at=opens,
        due_at=due,
        closes_at=due + timedelta(hours=6),
        digest_at=due + timedelta(minutes=5),
        digest_channel=plan.digest_channel,
        created_by=plan.created_by,
        created_at=work.now,
    )


def _last_week(work: Work, plan: RoundPlan, agencies: dict[str, Agency], place: DemoWorkspace) -> None:
    due = work.now - timedelta(days=7)
    last = _round(work, plan, opens=due - timedelta(days=2), due=due)
    last.state, last.opened_at = RoundState.CLOSED, last.opens_at
    last.closed_at, last.digested_at = last.closes_at, last.digest_at
    work.session.add(last)
    work.session.flush()
    for code, agency in agencies.items():
        given = _return_of(last, agency, LAST_WEEK.get(code), place, due - timedelta(hours=3))
        work.session.add(given)
        work.session.flush()
        if given.version:
            work.session.add(_version_of(given))


def _return_of(
    last: Round, agency: Agency, said: tuple[str, str, str] | None, place: DemoWorkspace, at: datetime
) -> Return:
    given = Return(
        mission_id=last.mission_id,
        round_id=last.id,
        agency_id=agency.id,
        sectors=list(agency.sectors),
        state=ReturnState.MISSED,
        answers={},
        deferred=[],
    )
    if said is None:
        return given
    text, reached, access = said
    items = items_for(questions_of(last.questions), agency.sectors)
    values = {"q1": text, "q3": access, **{item.key: reached for item in items if item.question.id == "q2"}}
    given.state, given.version, given.digest_version = ReturnState.SUBMITTED, 1, 1
    given.answers = kept(items, values)
    given.answered_by, given.answered_at = place.people[f"{agency.code} focal point"], at
    return given


def _version_of(given: Return) -> ReturnVersion:
    return ReturnVersion(
        mission_id=given.mission_id,
        return_id=given.id,
        number=1,
        kind=VersionKind.ANSWERS,
        answers=given.answers,
        by=given.answered_by,
        at=given.answered_at,
    )
