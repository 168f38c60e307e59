"""The cards of an escalation: drawn anew after every change, and brought to whom its steps reach and it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

from commands.escalations.handlers.viewers import CONCERNED, answers, knows
from commands.escalations.rules.access import level_of
from commands.escalations.rules.chains import plan_of
from commands.escalations.views.card import CardReader, card, not_concerned_card, reminder_card
from commands.escalations.views.case import Case
from commands.escalations.views.notices import why_told
from commands.escalations.views.words import CHANNEL
from commands.kit.cards import Card
from commands.kit.contacts import everyone, local_days, who_answers
from commands.kit.handling import Handling, Verdict, may_go
from commands.kit.places import place_of
from commands.kit.post import note_change, post, refresh_home, show
from commands.kit.promises import redraw_about
from commands.kit.work import Work
from storage.agencies import Agency, agencies_by_id, leaves_of
from storage.escalations.chains import get_settings
from storage.escalations.model import (
    Escalation,
    acts_of,
    escalations_by_id,
    escalations_concerning,
    get_escalation,
)
from storage.escalations.notices import EscalationNotice, NoticeState, Way, notice_once, notices_of
from storage.people import people_of
from storage.posts import get_post
from storage.subjects import Key, Subject

DIRECT = "dm:"
DELIVERED = "escalations:told"
SENT = (NoticeState.PENDING, NoticeState.DELIVERED)
# A reminder is drawn once more when it is settled, and then left alone.
REMINDER_TURNS = 2
# A card about what was closed longer ago is not looked at any more.
REMEMBERED = timedelta(days=90)


def office_subject(this: Escalation) -> Subject:
    """What the office's card is known by."""
    return Subject.of("escalation", this.id, "office")


def raiser_subject(this: Escalation) -> Subject:
    """What the raiser's card is known by."""
    return Subject.of("escalation", this.id, "raiser")


def asked_subject(this: Escalation) -> Subject:
    """What questions to those it concerns are known by, before the act and the person."""
    return Subject.of("escalation", this.id, "asked")


def office_channel(work: Work) -> str | None:
    """The channel of the SRSG office; the coordinator channel until one is named."""
    settings = get_settings(work.session, work.mission.id)
    return (settings.office_channel if settings else None) or work.mission.coordinator_channel


def channel_of_card(work: Work, this: Escalation) -> str | None:
    """Where the office's card stands, also after the mission has named another channel."""
    known = get_post(work.session, work.mission.id, office_subject(this))
    return known.channel_id if known else office_channel(work)


def gather(work: Work, this: Escalation, *, withheld: bool = False, with_history: bool = False) -> Case:
    """Everything a view of the escalation needs."""
    agencies = agencies_by_id(work.session, work.mission.id, this.agency_ids, people=False)
    into = escalations_by_id(work.session, work.mission.id, [this.merged_into_id]) if this.merged_into_id else {}
    return Case(
        this=this,
        chain=plan_of(this.chain),
        codes=tuple(agency.code for agency in agencies.values()),
        zone=work.zone,
        now=work.now,
        acts=acts_of(work.session, this.id) if with_history else (),
        notices=notices_of(work.session, this.id),
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


def seen_at(work: Work, matter: Case, place: str) -> Case:
    """The same, as it may be shown at a place."""
    reader = place.removeprefix(DIRECT) if place.startswith(DIRECT) else ""
    return replace(matter, withheld=is_withheld(work, matter.this, place), reader=reader)


def speaking_at(work: Work, place: str) -> AbstractContextManager[object]:
    """Write in the language of whoever reads a place."""
    if place.startswith(DIRECT):
        return work.speaking_to(place.removeprefix(DIRECT))
    return work.speaking_to_everyone()


def let_cards_follow(work: Work, this: Escalation) -> None:
    """Call this after every change, and after `plan`: a worker draws every card of the escalation as it is then."""
    note_change(work, "escalations:cards", Subject.of("escalation", this.id, this.turn))


def tell_cards(work: Work, subject: Subject) -> None:
    """An escalation has changed, in the turn that the subject names: its cards and Homes follow."""
    this = get_escalation(work.session, work.mission.id, subject.number())
    if this is not None:
        show_cards(work, this, turn=int(subject.ids[1]))


def show_cards(work: Work, this: Escalation, *, turn: int) -> None:
    """Draw every card of the escalation as it stands now, after a change of this turn."""
    matter, channel = gather(work, this), channel_of_card(work, this)
    raiser = DIRECT + this.raised_by
    if channel is not None:
        _show(work, channel, office_subject(this), seen_at(work, matter, channel), CardReader.OFFICE)
    _show(work, raiser, raiser_subject(this), seen_at(work, matter, raiser), CardReader.RAISER)
    for notice in matter.notices:
        if notice.way == Way.SLACK and notice.state in SENT:
            _show_notice(work, matter, notice, channel, turn=turn)
    if not this.question:
        redraw_about(work, "escalations:asked", asked_subject(this))
    refresh_home(work, {this.raised_by, *(one.place for one in matter.notices)})


def _show(work: Work, place: str, subject: Subject, matter: Case, reader: CardReader) -> None:
    with speaking_at(work, place):
        show(work, place, subject, card(matter, reader), at_once=True)


def _show_notice(work: Work, matter: Case, notice: EscalationNotice, channel: str | None, *, turn: int) -> None:
    place, before = address_of(notice.place), card_before(matter, notice, channel)
    # The turn of the change, not of now: several may have passed since a worker last told of any.
    if before is not None and turn > notice.turn + REMINDER_TURNS:
        return
    with speaking_at(work, place):
        if notice.kind == CONCERNED and not knows(work, notice.place, matter.this):
            drawn = not_concerned_card(matter)
        else:
            # On duty they may know of it for ever; what an agency is asked, only its people answer.
            asked = notice.kind != CONCERNED or not matter.this.question or answers(work, notice.place, matter.this)
            seen = replace(seen_at(work, matter, place), may_answer=asked)
            drawn = _drawn(seen, notice, is_reply=before is not None)
        show(work, place, notice.subject, drawn, at_once=True)


def follow_agency(work: Work, subject: Subject) -> None:
    """An agency's people changed: whoever does not answer for it any more is not shown what concerns it."""
    for this in escalations_concerning(work.session, work.mission.id, subject.number()):
        if this.closed_at is not None and this.closed_at < work.now - REMEMBERED:
            continue
        matter = gather(work, this)
        for notice in matter.notices:
            if notice.kind == CONCERNED and notice.way == Way.SLACK and notice.state in SENT:
                _show_notice(work, matter, notice, None, turn=this.turn)
        redraw_about(work, "escalations:asked", asked_subject(this))


def _drawn(matter: Case, notice: EscalationNotice, *, is_reply: bool) -> Card:
    if notice.kind == CONCERNED:
        return card(matter, CardReader.CONCERNED)
    why = why_told(matter, notice)
    return reminder_card(matter, why) if is_reply else card(matter, CardReader.OFFICE, why)


def card_before(matter: Case, notice: EscalationNotice, channel: str | None) -> Subject | None:
    """The card that a later message to the same place continues; None for the first one."""
    if notice.kind == CONCERNED:
        return None
    if address_of(notice.place) == channel:
        return office_subject(matter.this)
    first = next((one for one in cards_at(matter.notices, notice.place) if one.id < notice.id), None)
    return first.subject if first else None


def cards_at(notices: Sequence[EscalationNotice], place: str) -> list[EscalationNotice]:
    """What a place has been sent over Slack, as far as it was not refused, oldest first."""
    return [one for one in notices if one.place == place and one.way == Way.SLACK and one.state in SENT]


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
    address = address_of(place)
    matter = seen_at(work, gather(work, this), address)
    before = card_before(matter, notice, channel_of_card(work, this))
    with speaking_at(work, address):
        drawn = _drawn(matter, notice, is_reply=before is not None)
    return post(
        work,
        address,
        drawn,
        key=Key.of(notice.subject),
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
