"""Planning summaries: new, edit, preview, send now, hold and resume."""

from __future__ import annotations

from datetime import time
from typing import Any

from commands.funding.handlers.common import opened, plan_choices
from commands.funding.handlers.summarising import SEND_NOW, brief_of, set_next, unusable
from commands.funding.rules.entering import Mistakes
from commands.funding.rules.sending import next_slots
from commands.funding.views import schedule as views
from commands.funding.views.summary import summary_cards
from commands.kit.dates import zone_named
from commands.kit.post import tell
from commands.kit.refused import Refused
from commands.kit.say import Block
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.funding_summaries import (
    SummaryPlan,
    SummaryState,
    get_summary_plan,
    last_summary,
    summary_plans,
)
from storage.timers import set_timer

MONDAY = 0
EIGHT = time(8)


def show_schedule(ask: Ask) -> Answer:
    """Every plan, with when it comes next."""
    return opened(ask, _list(ask))


def _list(ask: Ask, said: str = "") -> Block:
    found = []
    for plan in summary_plans(ask.session, ask.mission.id):
        slots = next_slots(plan, ask.now) if plan.state == SummaryState.ACTIVE else []
        last = last_summary(ask.session, ask.mission.id, plan.id)
        found.append(views.Planned(plan, slots[0] if slots else None, last.sent_at if last else None))
    return views.schedule_form(found, ask.zone, said)


def open_new(ask: Ask) -> Answer:
    """The form of a new plan: Mondays at eight, to the cabinet."""
    channels = [one for one in (ask.mission.coordinator_channel, ask.mission.cabinet_channel) if one]
    data = {views.TITLE: _("Funding summary"), views.DAYS: [MONDAY], views.AT: EIGHT, views.ZONE: ask.mission.zone}
    return opened(ask, views.summary_form({**data, views.CHANNELS: channels}, plan_choices(ask), {}))


def open_edit(ask: Ask) -> Answer:
    """The form of a plan that is there."""
    plan = _plan(ask, ask.value)
    data = {
        views.TITLE: plan.title,
        views.DAYS: plan.weekdays,
        views.AT: plan.at,
        views.ZONE: plan.zone,
        views.SCOPE: plan.scope,
        views.CHANNELS: plan.channels,
    }
    return opened(ask, views.summary_form(data, plan_choices(ask), {"plan": plan.id, "version": plan.version}))


def _plan(ask: Ask, identity: object) -> SummaryPlan:
    number = str(identity)
    plan = get_summary_plan(ask.session, ask.mission.id, int(number)) if number.isdigit() else None
    if plan is None:
        raise Refused(_("I do not know this summary any more. Open the schedule again."))
    return plan


def take(ask: Ask) -> Answer:
    """Save a plan; its next summary is set anew."""
    plan = _plan(ask, ask.notes["plan"]) if ask.notes.get("plan") else None
    if plan is not None and plan.version != ask.notes.get("version"):
        raise Refused(_("Somebody changed this summary meanwhile. Close this and open it again."), views.TITLE)
    values = _checked(ask)
    row = plan or SummaryPlan(
        mission_id=ask.mission.id,
        state=SummaryState.ACTIVE,
        created_by=ask.who.user_id,
        created_at=ask.now,
        version=0,
    )
    for name, value in values.items():
        setattr(row, name, value)
    _save(ask, row, "summary_plan.saved")
    return Answer(update=_list(ask))


def _checked(ask: Ask) -> dict[str, Any]:
    mistakes = Mistakes()
    title, zone = ask.fields.text(views.TITLE), ask.fields.text(views.ZONE)
    days = [int(day) for day in ask.fields.choices(views.DAYS)]
    channels = ask.fields.channels(views.CHANNELS)
    if not title:
        mistakes[views.TITLE] = _("Fill this in.")
    if not days:
        mistakes[views.DAYS] = _("Choose at least one day of the week.")
    if zone_named(zone) is None:
        mistakes[views.ZONE] = _("I know no such time zone. Write it like Africa/Juba.")
    trouble = unusable(ask, channels) if channels else _("Choose at least one channel.")
    if trouble:
        mistakes[views.CHANNELS] = trouble
    mistakes.refuse()
    return {
        "title": title,
        "weekdays": sorted(days),
        "at": ask.fields.time_of_day(views.AT) or EIGHT,
        "zone": zone,
        "scope": ask.fields.choices(views.SCOPE),
        "channels": channels,
    }


def _save(ask: Ask, plan: SummaryPlan, verb: str) -> None:
    plan.updated_at, plan.version = ask.now, plan.version + 1
    ask.session.add(plan)
    ask.session.flush()
    ask.record(verb, ("summary_plan", plan.id), title=plan.title, state=plan.state)
    set_next(ask, plan)


def hold(ask: Ask) -> Answer:
    """Send nothing by itself until somebody resumes it."""
    plan = _plan(ask, ask.value)
    plan.state = SummaryState.HELD
    _save(ask, plan, "summary_plan.held")
    return Answer(update=_list(ask))


def resume(ask: Ask) -> Answer:
    """Send by itself again, from the next slot on."""
    plan = _plan(ask, ask.value)
    plan.state = SummaryState.ACTIVE
    _save(ask, plan, "summary_plan.resumed")
    return Answer(update=_list(ask))


def preview(ask: Ask) -> Answer:
    """The summary as it would be sent now, in the person's own messages: forms cannot draw tables."""
    plan = _plan(ask, ask.value)
    cards = summary_cards(brief_of(ask, plan, last_summary(ask.session, ask.mission.id, plan.id)))
    tell(ask, ask.who.user_id, views.preview_card(plan, cards), key=f"preview:{plan.id}:{ask.now.isoformat()}")
    return Answer(update=_list(ask, _("The preview is in our direct messages.")))


def send_now(ask: Ask) -> Answer:
    """Let the worker send a summary at once; the next planned one compares with it. Pressed twice, it is sent once."""
    plan = _plan(ask, ask.value)
    minute = ask.now.replace(second=0, microsecond=0).isoformat()
    set_timer(
        ask.session,
        ask.mission.id,
        key=f"{SEND_NOW}:{plan.id}:{minute}",
        verb=SEND_NOW,
        subject=f"summary:{plan.id}:{ask.who.user_id}",
        due_at=ask.now,
    )
    return Answer(update=_list(ask, _("The summary is on its way to its channels.")))
