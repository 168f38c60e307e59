"""The minutes: drafted by themselves, reviewed, circulated, issued; corrected by corrigenda only."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.handlers.access import ITEM, MEETING, MINUTES
from commands.cabinet.handlers.meetings.items import ON_THE_TABLE
from commands.cabinet.handlers.meetings.meant import minutes_meant
from commands.cabinet.handlers.meetings.place import channel_for
from commands.cabinet.handlers.minutes.documents import Boxes, send_later
from commands.cabinet.handlers.minutes.publication import end_comments, publish, tell_secretary
from commands.cabinet.handlers.minutes.record import is_closed
from commands.cabinet.handlers.things import meeting_of
from commands.cabinet.rules.access import Act
from commands.cabinet.views.minutes.messages import (
    ALL_THE_SAME,
    TEXT,
    comment_card,
    corrigendum_card,
    item_form,
    remark_form,
    review_form,
)
from commands.cabinet.views.minutes.messages import (
    ITEM as CHOSEN,
)
from commands.cabinet.views.notes import MinutesNotes
from commands.kit.access import find, may, readable
from commands.kit.cards import Block
from commands.kit.dates import day_text
from commands.kit.post import post, tell
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work, opened
from storage.cabinet.items import Item, items_of_meeting
from storage.cabinet.meetings import Meeting
from storage.cabinet.minutes import (
    Comment,
    Corrigendum,
    Minutes,
    MinutesState,
    MinutesText,
    comments_of,
    next_corrigendum,
    texts_of,
)
from storage.subjects import Key, Subject, number


def draft_minutes(work: Work, meeting: Meeting) -> Minutes:
    """Begin the minutes of a meeting that has ended, and tell its secretary."""
    minutes = Minutes(mission_id=work.mission.id, meeting_id=meeting.id, state=MinutesState.DRAFT, drafted_at=work.now)
    work.session.add(minutes)
    work.session.flush()
    work.record("minutes.draft", ("minutes", minutes.id))
    tell_secretary(work, minutes, meeting)
    return minutes


def open_minutes(request: Request) -> Answer:
    """The minutes of a button, else of the meeting of this channel."""
    minutes, meeting = _found(request, request.value) if request.value else minutes_meant(request)
    return opened(request, the_review(request, minutes, meeting))


def _found(request: Request, value: object, act: str = Act.READ) -> tuple[Minutes, Meeting]:
    """The minutes that a button or a form names, held, with their meeting. Raises Refused."""
    minutes = find(request, MINUTES, value, act, lock=True)
    meeting = meeting_of(request, minutes)
    assert meeting is not None, "minutes have a meeting"
    return minutes, meeting


def the_review(request: Request, minutes: Minutes, meeting: Meeting, warning: str = "") -> Block:
    """The minutes as this person may see them; `warning` is what to know before they are issued."""
    items = _items(request, meeting)
    texts = {item: row.text for item, row in texts_of(request.session, minutes.id).items()}
    comments = comments_of(request.session, minutes.id)
    return review_form(
        minutes,
        meeting,
        items,
        texts,
        comments,
        leads=may(request, request.who, MINUTES, minutes, Act.RECORD),
        comments_on=may(request, request.who, MINUTES, minutes, Act.TAKE_PART),
        warning=warning,
    )


def _items(request: Request, meeting: Meeting) -> list[Item]:
    items = items_of_meeting(request.session, meeting.id, ON_THE_TABLE)
    return readable(request, ITEM, items)


def open_item(request: Request) -> Answer:
    """The form with the secretary's words on one item."""
    identity, item_id = parts_of(request.value, 2)
    minutes, _meeting = _open_to_change(request, identity)
    item = _item_in(request, minutes, item_id)
    row = texts_of(request.session, minutes.id).get(item.id)
    return opened(request, item_form(minutes, item, row.text if row else ""))


def take_item(request: Request) -> Answer:
    """The secretary's words are kept."""
    minutes, meeting = _open_to_change(request, request.noted(MinutesNotes).minutes)
    item = _item_in(request, minutes, request.noted(MinutesNotes).item)
    row = texts_of(request.session, minutes.id).get(item.id)
    if row is None:
        row = MinutesText(mission_id=request.mission.id, minutes_id=minutes.id, item_id=item.id)
        request.session.add(row)
    row.text = request.fields.text(TEXT)
    minutes.version += 1
    request.session.flush()
    request.record("minutes.edit", ("minutes", minutes.id), item=item.id)
    return Answer(update=the_review(request, minutes, meeting))


def _item_in(request: Request, minutes: Minutes, item_id: object) -> Item:
    item = find(request, ITEM, item_id)
    if item.meeting_id != minutes.meeting_id:
        raise Refused(_("This item is not of this meeting."))
    return item


def _open_to_change(request: Request, minutes_id: object) -> tuple[Minutes, Meeting]:
    minutes, meeting = _found(request, minutes_id, Act.RECORD)
    if minutes.state == MinutesState.ISSUED:
        raise Refused(_("These minutes are issued. What they say is corrected by a corrigendum."))
    return minutes, meeting


def circulate(request: Request) -> Answer:
    """The draft goes to the meeting's channel for comment."""
    minutes, meeting = _open_to_change(request, request.value)
    if minutes.state != MinutesState.DRAFT:
        raise Refused(_("These minutes are circulated already."))
    minutes.state, minutes.circulated_at = MinutesState.CIRCULATED, request.now
    request.record("minutes.circulate", ("minutes", minutes.id))
    publish(request, minutes, meeting, "circulated")
    return Answer(update=the_review(request, minutes, meeting))


def issue(request: Request) -> Answer:
    """The minutes are out, and nothing in them changes any more; letters that cannot be printed are told first."""
    identity, how = parts_of(request.value, 2)
    minutes, meeting = _open_to_change(request, identity)
    boxes = request.ready(Boxes).warning
    if boxes and how != ALL_THE_SAME:
        return Answer(update=the_review(request, minutes, meeting, boxes))
    held = find(request, MEETING, meeting.id, Act.RECORD, lock=True)
    minutes.state, minutes.issued_at, minutes.issued_by = MinutesState.ISSUED, request.now, request.who.user_id
    held.record_issued_at = request.now
    request.record("minutes.issue", ("minutes", minutes.id), circulated=minutes.circulated_at is not None)
    publish(request, minutes, held, "issued")
    end_comments(request, minutes, held)
    send_later(request, held.secretary, Subject.of("minutes", minutes.id), occasion="issued")
    return Answer(update=the_review(request, minutes, held))


def open_comment(request: Request) -> Answer:
    """The form of a comment."""
    minutes, meeting = _commentable(request, request.value)
    return opened(request, remark_form(minutes, _items(request, meeting), corrigendum=False))


def take_comment(request: Request) -> Answer:
    """The secretary reads it."""
    minutes, meeting = _commentable(request, request.noted(MinutesNotes).minutes)
    item = _chosen_item(request, minutes)
    comment = Comment(
        mission_id=request.mission.id,
        minutes_id=minutes.id,
        item_id=item.id if item else None,
        text=_text(request),
        said_by=request.who.user_id,
        said_at=request.now,
    )
    request.session.add(comment)
    request.session.flush()
    request.record("minutes.comment", ("minutes", minutes.id))
    with request.speaking_to(meeting.secretary):
        card = comment_card(meeting, comment, item)
        tell(request, meeting.secretary, card, key=Key.of("comment", comment.id))
    return NOTHING_TO_SAY


def _commentable(request: Request, minutes_id: object) -> tuple[Minutes, Meeting]:
    minutes, meeting = _found(request, minutes_id, Act.TAKE_PART)
    if minutes.state != MinutesState.CIRCULATED:
        raise Refused(_("These minutes are not open for comment."))
    return minutes, meeting


def open_corrigendum(request: Request) -> Answer:
    """The form of a corrigendum."""
    minutes, meeting = _correctable(request, request.value)
    return opened(request, remark_form(minutes, _open_items(request, meeting), corrigendum=True))


def take_corrigendum(request: Request) -> Answer:
    """A numbered correction stands with the minutes from now on."""
    minutes, meeting = _correctable(request, request.noted(MinutesNotes).minutes)
    item = _chosen_item(request, minutes)
    one = Corrigendum(
        mission_id=request.mission.id,
        minutes_id=minutes.id,
        number=next_corrigendum(request.session, minutes.id),
        item_id=item.id if item else None,
        text=_text(request),
        issued_by=request.who.user_id,
        issued_at=request.now,
    )
    request.session.add(one)
    request.session.flush()
    request.record("minutes.correct", ("minutes", minutes.id), number=one.number)
    _post_corrigendum(request, minutes, meeting, one)
    return Answer(update=the_review(request, minutes, meeting))


def _post_corrigendum(request: Request, minutes: Minutes, meeting: Meeting, one: Corrigendum) -> None:
    channel = channel_for(request, meeting, meeting.handling)
    if channel is None:
        return
    with request.speaking_to_everyone():
        day = day_text(request.today, "long")
        head = _("Corrigendum {number}, {day}").format(number=one.number, day=day)
        item = _item_in(request, minutes, one.item_id) if one.item_id else None
        card = corrigendum_card(meeting, head, item.title if item else "", one.text)
    thread = Subject.of("minutes", minutes.id, "issued")
    post(request, channel, card, key=Key.of("corrigendum", one.id), thread_of=thread, broadcast=True)


def _correctable(request: Request, minutes_id: object) -> tuple[Minutes, Meeting]:
    minutes, meeting = _found(request, minutes_id, Act.RECORD)
    if minutes.state != MinutesState.ISSUED:
        raise Refused(_("These minutes are not issued yet: edit them instead."))
    return minutes, meeting


def _open_items(request: Request, meeting: Meeting) -> Sequence[Item]:
    """What a corrigendum may be about: closed items are corrected where they are kept."""
    return [item for item in _items(request, meeting) if not is_closed(item, meeting)]


def _chosen_item(request: Request, minutes: Minutes) -> Item | None:
    chosen = number(request.fields.choice(CHOSEN) or "0")
    return _item_in(request, minutes, chosen) if chosen else None


def _text(request: Request) -> str:
    text = request.fields.text(TEXT)
    if not text:
        raise Refused(_("Write what you want to say."), TEXT)
    return text
