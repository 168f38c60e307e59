"""Planning summaries: new, edit, preview, send now, hold and resume."""

from __future__ import annotations

from datetime import time

from commands.funding.handlers.own.common import plan_choices
from commands.funding.handlers.summarising import SEND_NOW, brief_of, set_next, unusable
from commands.funding.rules.own.entry import Mistakes
from commands.funding.rules.sending import SummaryEntry, next_slots
from commands.funding.views import schedule as views
from commands.funding.views.notes import SummaryNotes
from commands.funding.views.summary import summary_cards
from commands.kit.cards import Block
from commands.kit.dates import zone_named
from commands.kit.pages import page_number
from commands.kit.post import tell
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.funding.summaries import SummaryPlan, SummaryState, get_summary_plan, last_summary, summary_plans
from storage.subjects import Key, Subject, number
from storage.timers import set_timer

MONDAY = 0
EIGHT = time(8)


def show_schedule(request: Request) -> Answer:
    """Every plan, with when it comes next."""
    return opened(request, _list(request))


def turn(request: Request) -> Answer:
    """Another page of the plans."""
    return Answer(update=_list(request, number=page_number(request.value)))


def _list(request: Request, said: str = "", number: int = 0) -> Block:
    found = []
    for plan in summary_plans(request.session, request.mission.id):
        slots = next_slots(plan, request.now) if plan.state == SummaryState.ACTIVE else []
        last = last_summary(request.session, request.mission.id, plan.id)
        found.append(views.Planned(plan, slots[0] if slots else None, last.sent_at if last else None))
    return views.schedule_form(found, request.zone, said, number)


def open_new(request: Request) -> Answer:
    """The form of a new plan: Mondays at eight, to the cabinet."""
    channels = [one for one in (request.mission.coordinator_channel, request.mission.cabinet_channel) if one]
    entry = SummaryEntry(
        title=_("Funding summary"), weekdays=[MONDAY], at=EIGHT, zone=request.mission.zone, channels=channels
    )
    return opened(request, views.summary_form(entry, plan_choices(request), SummaryNotes()))


def open_edit(request: Request) -> Answer:
    """The form of a plan that is there."""
    plan = _plan(request, request.value)
    entry = SummaryEntry(
        title=plan.title,
        weekdays=plan.weekdays,
        at=plan.at,
        zone=plan.zone,
        scope=plan.scope,
        channels=plan.channels,
    )
    return opened(request, views.summary_form(entry, plan_choices(request), SummaryNotes(plan.id, plan.version)))


def _plan(request: Request, identity: object) -> SummaryPlan:
    plan = get_summary_plan(request.session, request.mission.id, number(identity))
    if plan is None:
        raise Refused(_("I do not know this summary any more. Open the schedule again."))
    return plan


def take(request: Request) -> Answer:
    """Save a plan; its next summary is set anew."""
    notes = request.noted(SummaryNotes)
    plan = _plan(request, notes.plan) if notes.plan else None
    if plan is not None and plan.version != notes.version:
        raise Refused(_("Somebody changed this summary meanwhile. Close this and open it again."), views.TITLE)
    entry = _checked(request)
    row = plan or SummaryPlan(
        mission_id=request.mission.id,
        state=SummaryState.ACTIVE,
        created_by=request.who.user_id,
        created_at=request.now,
        version=0,
    )
    row.title, row.weekdays, row.at, row.zone = entry.title, sorted(entry.weekdays), entry.at, entry.zone
    row.scope, row.channels = list(entry.scope), list(entry.channels)
    _save(request, row, "summary_plan.saved")
    return Answer(update=_list(request))


def _checked(request: Request) -> SummaryEntry:
    mistakes = Mistakes()
    title, zone = request.fields.text(views.TITLE), request.fields.text(views.ZONE)
    days = [int(day) for day in request.fields.choices(views.DAYS)]
    channels = request.fields.channels(views.CHANNELS)
    if not title:
        mistakes[views.TITLE] = _("Fill this in.")
    if not days:
        mistakes[views.DAYS] = _("Choose at least one day of the week.")
    if zone_named(zone) is None:
        mistakes[views.ZONE] = _("I know no such time zone. Write it like Africa/Juba.")
    trouble = unusable(request, channels) if channels else _("Choose at least one channel.")
    if trouble:
        mistakes[views.CHANNELS] = trouble
    mistakes.refuse()
    return SummaryEntry(
        title=title,
        weekdays=days,
        at=request.fields.time_of_day(views.AT) or EIGHT,
        zone=zone,
        scope=request.fields.choices(views.SCOPE),
        channels=channels,
    )


def _save(request: Request, plan: SummaryPlan, verb: str) -> None:
    plan.updated_at, plan.version = request.now, plan.version + 1
    request.session.add(plan)
    request.session.flush()
    request.record(verb, ("summary_plan", plan.id), title=plan.title, state=plan.state)
    set_next(request, plan)


def hold(request: Request) -> Answer:
    """Send nothing by itself until somebody resumes it."""
    plan = _plan(request, request.value)
    plan.state = SummaryState.HELD
    _save(request, plan, "summary_plan.held")
    return Answer(update=_list(request))


def resume(request: Request) -> Answer:
    """Send by itself again, from the next slot on."""
    plan = _plan(request, request.value)
    plan.state = SummaryState.ACTIVE
    _save(request, plan, "summary_plan.resumed")
    return Answer(update=_list(request))


def preview(request: Request) -> Answer:
    """The summary as it would be sent now, in the person's own messages: forms cannot draw tables."""
    plan = _plan(request, request.value)
    cards = summary_cards(brief_of(request, plan, last_summary(request.session, request.mission.id, plan.id)))
    tell(
        request,
        request.who.user_id,
        views.preview_card(plan, cards),
        key=Key.of("preview", plan.id, request.now),
    )
    return Answer(update=_list(request, _("The preview is in our direct messages.")))


def send_now(request: Request) -> Answer:
    """Let the worker send a summary at once; the next planned one compares with it. Pressed twice, it is sent once."""
    plan = _plan(request, request.value)
    minute = request.now.replace(second=0, microsecond=0).isoformat()
    set_timer(
        request.session,
        request.mission.id,
        key=Key.of(SEND_NOW, plan.id, minute),
        verb=SEND_NOW,
        subject=Subject.of("summary", plan.id, request.who.user_id),
        due_at=request.now,
    )
    return Answer(update=_list(request, _("The summary is on its way to its channels.")))
