"""Reading the record of a meeting: the part that everybody may read, and the annex of its Confidential items."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.handlers.decisions.cards import entries_of
from commands.cabinet.handlers.meetings.attendance import read_roll
from commands.cabinet.handlers.meetings.items import ON_THE_TABLE
from commands.cabinet.rules.quorum import by_presence
from commands.cabinet.rules.record import Correction, Decided, Dissent, Point, Present, Record, ToDo
from commands.cabinet.views.decisions.cards import Entry
from commands.cabinet.views.record_words import code_of, reserving_role
from commands.kit.handling import Handling, highest
from commands.kit.names.agencies import agency_name
from commands.kit.work import Work
from storage.agencies import Agency, agencies_by_id
from storage.cabinet.actions import Action, ActionState, actions_of_meeting
from storage.cabinet.decisions import RUNNING, Answered, Decision, decisions_of_meeting
from storage.cabinet.items import Item, items_of_meeting
from storage.cabinet.meetings import Meeting
from storage.cabinet.minutes import Minutes, MinutesState, corrigenda_of, texts_of
from storage.people import people_of

Names = dict[str, str]


def read_record(work: Work, minutes: Minutes, meeting: Meeting, *, annex: bool = False) -> Record:
    """The record in the reader's language; with `annex` only the items above the meeting's level, in full."""
    items = items_of_meeting(work.session, meeting.id, ON_THE_TABLE)
    actions = [one for one in actions_of_meeting(work.session, meeting.id) if one.state != ActionState.CANCELLED]
    entries = entries_of(work, decisions_of_meeting(work.session, meeting.id))
    names = _names(work, meeting, entries, actions)
    agencies = agencies_by_id(
        work.session, work.mission.id, {one.owner_agency_id or 0 for one in actions}, people=False
    )
    texts = {item: row.text for item, row in texts_of(work.session, minutes.id).items()}
    points = [
        _point(number, item, meeting, texts.get(item.id, ""), entries, actions, names, agencies, annex=annex)
        for number, item in enumerate(items, start=1)
    ]
    shown = [point for point, item in zip(points, items, strict=True) if not annex or is_closed(item, meeting)]
    in_items = {item.id for item in items}
    further = [one for one in actions if one.item_id not in in_items and not _is_above(one.handling, meeting)]
    zone = work.zone
    level = highest(Handling(meeting.handling), *(Handling(item.handling) for item in items if annex))
    return Record(
        mission=work.mission.name,
        title=meeting.title,
        starts_at=meeting.starts_at,
        place=meeting.place,
        chair=names.get(meeting.chair, meeting.chair),
        secretary=names.get(meeting.secretary, meeting.secretary),
        state=minutes.state,
        handling=level,
        attendance=[] if annex else _attendance(work, meeting),
        points=shown,
        further=[] if annex else [_to_do(one, names, agencies) for one in further],
        corrections=[] if annex else _corrections(work, minutes, meeting, items),
        issued_on=minutes.issued_at.astimezone(zone).date() if minutes.issued_at else None,
        is_annex=annex,
    )


def empty_record(work: Work) -> Record:
    """A record with nothing in it, to try a letterhead with."""
    return Record(
        mission=work.mission.name,
        title="…",
        starts_at=work.now,
        place="",
        chair="",
        secretary="",
        state=MinutesState.DRAFT,
        handling=Handling.UNCLASSIFIED,
        attendance=[],
        points=[],
    )


def is_closed(item: Item, meeting: Meeting) -> bool:
    """Whether an item is above the level of its meeting, so that its record goes separately."""
    return _is_above(item.handling, meeting)


def _is_above(handling: str, meeting: Meeting) -> bool:
    return highest(Handling(handling), Handling(meeting.handling)) != meeting.handling


def _names(work: Work, meeting: Meeting, entries: Sequence[Entry], actions: Sequence[Action]) -> Names:
    users = {meeting.chair, meeting.secretary, *(one.owner for one in actions)}
    users |= {entry.decision.owner for entry in entries}
    return {user: person.name or user for user, person in people_of(work.session, work.mission.id, users).items()}


def _point(
    number: int,
    item: Item,
    meeting: Meeting,
    text: str,
    entries: Sequence[Entry],
    actions: Sequence[Action],
    names: Names,
    agencies: dict[int, Agency],
    *,
    annex: bool,
) -> Point:
    if is_closed(item, meeting) and not annex:
        return Point(number, item.id, "", "", "", item.state, "", is_closed=True)
    own = [one for one in actions if one.item_id == item.id and not one.carries_out]
    return Point(
        number=number,
        identity=item.id,
        title=item.title,
        question=item.question,
        text=text,
        state=item.state,
        reason=item.reason,
        decisions=[_decided(entry, names) for entry in entries if entry.item.id == item.id],
        actions=[_to_do(one, names, agencies) for one in own],
    )


def _decided(entry: Entry, names: Names) -> Decided:
    decision: Decision = entry.decision
    waiting = [one for one in entry.bindings if one.state in {*RUNNING, Answered.UNREACHED}]
    objections = [one for one in entry.bindings if one.state == Answered.OBJECTED]
    return Decided(
        reference=decision.reference,
        text=decision.text,
        owner=names.get(decision.owner, decision.owner),
        agency=code_of(decision.owner_agency_id, entry.agencies),
        due=decision.due_on,
        state=decision.state,
        silent=", ".join(code_of(one.agency_id, entry.agencies) for one in waiting),
        reservations=[Dissent(reserving_role(one.role), one.text) for one in entry.reservations],
        objections=[Dissent(code_of(one.agency_id, entry.agencies), one.reason) for one in objections],
    )


def _to_do(action: Action, names: Names, agencies: dict[int, Agency]) -> ToDo:
    code = code_of(action.owner_agency_id, agencies)
    return ToDo(action.text, names.get(action.owner, action.owner), code, action.due_on)


def _attendance(work: Work, meeting: Meeting) -> list[Present]:
    roll = read_roll(work, meeting)
    people = people_of(work.session, work.mission.id, {row.person for row in roll.attendance.values() if row.person})
    found = []
    for presence, ids in by_presence([agency.id for agency in roll.members], roll.attendance).items():
        for identity in ids:
            agency, row = roll.agencies[identity], roll.attendance.get(identity)
            person = people.get(row.person or "") if row else None
            name = (person.name if person else "") or (row.person_name if row else "")
            found.append(Present(presence, agency.code, agency_name(agency), name))
    return found


def _corrections(work: Work, minutes: Minutes, meeting: Meeting, items: Sequence[Item]) -> list[Correction]:
    titles = {
        item.id: f"{number}. {item.title}" for number, item in enumerate(items, 1) if not is_closed(item, meeting)
    }
    zone = work.zone
    return [
        Correction(one.number, titles.get(one.item_id or 0, ""), one.text, one.issued_at.astimezone(zone).date())
        for one in corrigenda_of(work.session, minutes.id)
    ]
