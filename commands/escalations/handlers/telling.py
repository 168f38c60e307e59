"""Keeping every card of an escalation current, and telling each act once to whom it concerns."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from commands.escalations.rules.acts import level_of
from commands.escalations.rules.chains import plan_of
from commands.escalations.views.card import For, card, reminder_card
from commands.escalations.views.history import act_card
from commands.escalations.views.matter import Matter
from commands.escalations.views.notices import why_told
from commands.escalations.views.words import CHANNEL
from commands.kit.contacts import everyone, local_days, who_answers
from commands.kit.handling import Handling, Verdict, may_go
from commands.kit.places import place_of
from commands.kit.post import post, show, show_to, tell
from commands.kit.say import Card
from commands.kit.work import Work
from storage.agencies import Agency, agencies_by_id, leaves_of
from storage.escalation_chains import get_settings
from storage.escalation_notices import EscalationNotice, NoticeState, Way, notice_once, notices_of
from storage.escalations import ActKind, Escalation, EscalationAct, acts_of, add_act, escalations_by_id
from storage.people import people_of
from storage.posts import get_post

CONCERNED = "concerned"
DIRECT = "dm:"
DELIVERED = "escalations:told"
# What those who raised it or whom it concerns hear of as it happens; the rest stands on their card.
TOLD_TO_RAISER = frozenset(
    {
        ActKind.ACKNOWLEDGED,
        ActKind.TAKEN_OVER,
        ActKind.ASKED,
        ActKind.PAUSED,
        ActKind.WITH_SRSG,
        ActKind.SEVERITY,
        ActKind.REOPENED,
        ActKind.OVERDUE,
        ActKind.JOINED,
        ActKind.DECIDED,
        ActKind.RETURNED,
        ActKind.MERGED,
    }
)
TOLD_TO_CONCERNED = TOLD_TO_RAISER - {ActKind.REOPENED, ActKind.OVERDUE, ActKind.JOINED} | {ActKind.WITHDRAWN}
TOLD_TO_HOLDER = frozenset(
    {ActKind.ANSWERED, ActKind.TAKEN_OVER, ActKind.SEVERITY, ActKind.WITHDRAWN, ActKind.DECIDED, ActKind.RETURNED}
    | {ActKind.MERGED, ActKind.REOPENED}
)


def office_subject(this: Escalation) -> str:
    """What the office's card is known by."""
    return f"escalation:{this.id}:office"


def raiser_subject(this: Escalation) -> str:
    """What the raiser's card is known by."""
    return f"escalation:{this.id}:raiser"


def office_channel(work: Work) -> str | None:
    """The channel of the SRSG office; the coordinator channel until one is named."""
    settings = get_settings(work.session, work.mission.id)
    return (settings.office_channel if settings else None) or work.mission.coordinator_channel


def _channel_of_card(work: Work, this: Escalation) -> str | None:
    """Where the office's card stands, also after the mission has named another channel."""
    known = get_post(work.session, work.mission.id, office_subject(this))
    return known.channel_id if known else office_channel(work)


def gather(work: Work, this: Escalation, *, withheld: bool = False, with_history: bool = False) -> Matter:
    """Everything a view of the escalation needs."""
    agencies = agencies_by_id(work.session, work.mission.id, this.agency_ids)
    into = escalations_by_id(work.session, work.mission.id, [this.merged_into_id] if this.merged_into_id else [])
    return Matter(
        this=this,
        chain=plan_of(this.chain),
        codes=tuple(agency.code for agency in agencies.values()),
        zone=work.zone,
        now=work.now,
        acts=acts_of(work.session, this.id) if with_history else (),
        notices=[one for one in notices_of(work.session, this.id) if one.kind != CONCERNED],
        merged_into=next((one.number for one in into.values()), None),
        resembles=tuple(this.source.get("resembles", ())),
        withheld=withheld,
    )


def is_withheld(work: Work, this: Escalation, place: str) -> bool:
    """Whether its texts may not go to a place: `dm:USER` or a channel id."""
    level = level_of(this)
    if level is Handling.UNCLASSIFIED:
        return False
    return may_go(level, place_of(work.session, work.mission, place)) is not Verdict.ALLOWED


def show_cards(work: Work, this: Escalation) -> None:
    """Draw every card of the escalation as it stands now. Call it after `plan`."""
    work.session.flush()
    channel = _channel_of_card(work, this)
    if channel is not None:
        with work.speaking_to_everyone():
            matter = gather(work, this, withheld=is_withheld(work, this, channel))
            show(work, channel, office_subject(this), card(matter, For.OFFICE), at_once=True)
    with work.speaking_to(this.raised_by):
        matter = gather(work, this, withheld=is_withheld(work, this, f"dm:{this.raised_by}"))
        show_to(work, this.raised_by, raiser_subject(this), card(matter, For.RAISER))
    for notice in notices_of(work.session, this.id):
        if notice.way == Way.SLACK and notice.state in (NoticeState.PENDING, NoticeState.DELIVERED):
            _show_notice(work, this, notice)


def _show_notice(work: Work, this: Escalation, notice: EscalationNotice) -> None:
    place = address_of(notice.place)
    with _speaking_at(work, place):
        drawn = _drawn(work, this, notice, is_reply=_card_before(work, this, notice) is not None)
        show(work, place, notice.subject, drawn, at_once=True)


def _speaking_at(work: Work, place: str) -> AbstractContextManager[object]:
    if place.startswith(DIRECT):
        return work.speaking_to(place.removeprefix(DIRECT))
    return work.speaking_to_everyone()


def _drawn(work: Work, this: Escalation, notice: EscalationNotice, *, is_reply: bool) -> Card:
    matter = gather(work, this, withheld=is_withheld(work, this, address_of(notice.place)))
    if notice.kind == CONCERNED:
        return card(matter, For.CONCERNED)
    why = why_told(matter, notice)
    return reminder_card(matter, why) if is_reply else card(matter, For.OFFICE, why)


def _card_before(work: Work, this: Escalation, notice: EscalationNotice) -> str | None:
    """The card that a later message to the same place continues; None for the first one."""
    if notice.kind == CONCERNED:
        return None
    if address_of(notice.place) == _channel_of_card(work, this):
        return office_subject(this)
    first = next((one for one in _cards_at(work, this, notice.place) if one.id < notice.id), None)
    return first.subject if first else None


def _cards_at(work: Work, this: Escalation, place: str) -> list[EscalationNotice]:
    """What a place has been sent, as far as it was not refused, oldest first."""
    sent = (NoticeState.PENDING, NoticeState.DELIVERED)
    notices = notices_of(work.session, this.id)
    return [one for one in notices if one.place == place and one.way == Way.SLACK and one.state in sent]


def address_of(place: str) -> str:
    """A place of a step as the outbox names it."""
    return place.removeprefix(CHANNEL) if place.startswith(CHANNEL) else DIRECT + place


def send_notice(work: Work, this: Escalation, kind: str, place: str, *, step: int, lap: int) -> bool:
    """Bring it to somebody, once in this turn: the card, or a word below the one they have. False if done already."""
    notice = notice_once(
        work.session,
        work.mission.id,
        escalation_id=this.id,
        turn=0 if kind == CONCERNED else this.turn,
        kind=kind,
        step=step,
        lap=lap,
        place=place,
        at=work.now,
    )
    if notice is None:
        return False
    address, before = address_of(place), _card_before(work, this, notice)
    with _speaking_at(work, address):
        drawn = _drawn(work, this, notice, is_reply=before is not None)
    return post(
        work,
        address,
        drawn,
        key=notice.subject,
        subject=notice.subject,
        thread_of=before,
        broadcast=before is not None,
        on_done=DELIVERED,
    )


def bring_to_concerned(work: Work, this: Escalation) -> None:
    """One card for whoever answers today for each agency concerned, and for everybody who joined."""
    agencies = agencies_by_id(work.session, work.mission.id, this.agency_ids)
    users = [user for agency in agencies.values() for user in _answering(work, this, agency)]
    users += [person.user_id for person in this.people]
    for user in dict.fromkeys(users):
        if user != this.raised_by:
            send_notice(work, this, CONCERNED, user, step=-1, lap=0)


def _answering(work: Work, this: Escalation, agency: Agency) -> list[str]:
    """Who answers for an agency today; nobody where the raiser does."""
    users = everyone(agency)
    if this.raised_by in users:
        return []
    known = people_of(work.session, work.mission.id, users)
    days = local_days(users, known, work.now, work.zone)
    contact = who_answers(agency, leaves_of(work.session, work.mission.id, users), days)
    if contact is None or is_withheld(work, this, f"dm:{contact.person}"):
        return []
    return [contact.person]


def note(work: Work, this: Escalation, kind: ActKind, text: str = "", *, by: str = "", **details: Any) -> None:
    """Write an act into the history and the audit record, and tell it once to whom it concerns.

    `by` is whoever acts, the product where it is empty. The audit record never holds the text.
    """
    actor = by or work.actor
    act = add_act(work.session, this, at=work.now, by=actor, kind=kind, text=text, details=details)
    work.record(f"escalation.{kind}", ("escalation", this.id), number=this.number, **details)
    if kind is not ActKind.RAISED:
        _tell(work, this, act)


def _tell(work: Work, this: Escalation, act: EscalationAct) -> None:
    key = f"escalation:{this.id}:act:{act.id}"
    channel = _channel_of_card(work, this)
    if channel is not None:
        with work.speaking_to_everyone():
            told = act_card(gather(work, this, withheld=is_withheld(work, this, channel)), act)
        post(work, channel, told, key=f"{key}:office", thread_of=office_subject(this))
    for user, thread in _hearers(work, this, act).items():
        with work.speaking_to(user):
            matter = gather(work, this, withheld=is_withheld(work, this, f"dm:{user}"))
            told = act_card(matter, act, may_answer=thread is not None and act.kind == ActKind.ASKED)
        if thread is None:
            tell(work, user, told, key=f"{key}:{user}")
        else:
            post(work, f"dm:{user}", told, key=f"{key}:{user}", thread_of=thread, broadcast=True)


def _hearers(work: Work, this: Escalation, act: EscalationAct) -> dict[str, str | None]:
    """Who hears of an act as it happens, each once, with the card it continues."""
    kind = ActKind(act.kind)
    found: dict[str, str | None] = {}
    before = str(act.details.get("holder") or "")
    if kind in TOLD_TO_HOLDER and (before or this.holder):
        user = before or str(this.holder)
        found[user] = next((one.subject for one in _cards_at(work, this, user)), None)
    if kind in TOLD_TO_CONCERNED:
        told = [one for one in notices_of(work.session, this.id) if one.kind == CONCERNED]
        lost = (NoticeState.FAILED, NoticeState.SKIPPED)
        found.update({one.place: one.subject for one in told if one.state not in lost})
    if kind in TOLD_TO_RAISER:
        found[this.raised_by] = raiser_subject(this)
    found.pop(act.by, None)
    return found
