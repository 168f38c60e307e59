"""Documents are made in the worker: a timer names what is wanted and by whom, and the files go to that person."""

from __future__ import annotations

from pathlib import Path

from commands.cabinet.handlers.actions.cards import tasks_of
from commands.cabinet.handlers.decisions.cards import entries_of
from commands.cabinet.handlers.minutes.record import empty_record, read_record
from commands.cabinet.handlers.which import minutes_of, number, refuse_others, refuse_unseen
from commands.cabinet.rules.exporting import ACTION_TITLES, DECISION_TITLES, action_row, decision_row
from commands.cabinet.views.minutes.documents import document_data, file_title
from commands.cabinet.views.minutes.letterhead import broken_card
from commands.kit.cards import Card
from commands.kit.documents.docx import BrokenTemplateError, fill_docx
from commands.kit.documents.pdf import typeset
from commands.kit.handling import Handling, Verdict, highest, may_go, may_see
from commands.kit.permission import clearance_of
from commands.kit.places import place_of_person
from commands.kit.post import send_file, tell
from commands.kit.refused import Refused
from commands.kit.tables import Table, send_tables
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.cabinet.actions import all_actions
from storage.cabinet.decisions import Search, find_decisions
from storage.cabinet.meetings import get_meeting, meetings_by_id
from storage.cabinet.minutes import MinutesState, get_minutes, letterhead_of
from storage.people import get_person, people_of
from storage.subjects import Key, Subject
from storage.timers import set_timer

TEMPLATES = Path(__file__).parents[2] / "views" / "minutes"
ROWS_AT_MOST = 5000


def export(request: Request) -> Answer:
    """Send the person files: `minutes:ID` or `records`."""
    kind, _colon, identity = request.value.partition(":")
    what = Subject.of("records")
    if kind == "minutes":
        minutes, meeting = minutes_of(request, identity)
        what = Subject.of(kind, minutes.id)
        refuse_unseen(request, meeting.handling)
        if minutes.state == MinutesState.DRAFT:
            refuse_others(request, meeting)
    elif kind != "records":
        raise Refused(_("This belongs to an older version of me. Open it again from the newest message or from Home."))
    send_later(request, request.who.user_id, what, occasion=request.request_id)
    if kind == "records":
        request.record("cabinet.exported", ("mission", request.mission.id))
    return Answer(say=Card(_("The files are being made and come to you as a direct message.")))


def send_later(work: Work, user: str, what: Subject, *, occasion: str) -> None:
    """Let the worker make files: `minutes:ID`, `annex:ID` or `records`."""
    subject = Subject.of(user, what)
    key = Key.of("document", subject, occasion)
    set_timer(work.session, work.mission.id, key=key, verb="cabinet:document", subject=subject, due_at=work.now)


def make(work: Work, subject: Subject) -> None:
    """Make the files somebody waits for."""
    user, what, *minutes = subject.ids
    with work.speaking_to(user):
        if what == "records":
            _send_records(work, user)
            return
    if what == "letterhead":
        _try_letterhead(work, user)
        return
    _send_minutes(work, user, number(minutes[0]), annex=what == "annex")


def _try_letterhead(work: Work, user: str) -> None:
    """Print an empty page with the head; a template that breaks is told and forgotten."""
    head = letterhead_of(work.session, work.mission.id)
    if head is None:
        return
    with work.speaking_to_everyone():
        data = document_data(empty_record(work), work.zone, head.organisation, head.address)
    own = head.trial or head.template or (TEMPLATES / "template.docx").read_bytes()
    try:
        content = fill_docx(own, data)
    except BrokenTemplateError as wrong:
        with work.speaking_to(user):
            tell(work, user, broken_card(str(wrong)), key=Key.of("letterhead", work.now))
        head.trial, head.trial_name = None, ""
        return
    if head.trial is not None:
        head.template, head.template_name, head.trial, head.trial_name = head.trial, head.trial_name, None, ""
    key = Key.of("document", user, "letterhead", work.now)
    with work.speaking_to(user):
        comment = _("This is how minutes begin from now on.")
    send_file(work, user, "letterhead.docx", content, comment, key=key, handling=Handling.UNCLASSIFIED)


def _send_minutes(work: Work, user: str, minutes_id: int, *, annex: bool) -> None:
    minutes = get_minutes(work.session, work.mission.id, minutes_id)
    meeting = get_meeting(work.session, work.mission.id, minutes.meeting_id) if minutes else None
    if minutes is None or meeting is None:
        return
    head = letterhead_of(work.session, work.mission.id)
    with work.speaking_to_everyone():
        record = read_record(work, minutes, meeting, annex=annex)
        data = document_data(record, work.zone, head.organisation if head else "", head.address if head else "")
        name = file_title(record, work.zone)
        template = (head.template if head else None) or (TEMPLATES / "template.docx").read_bytes()
        files = {f"{name}.docx": fill_docx(template, data), f"{name}.pdf": typeset(TEMPLATES / "template.typ", data)}
    if may_go(record.handling, place_of_person(work.session, work.mission, user)) is not Verdict.ALLOWED:
        return
    with work.speaking_to(user):
        comment = data["footer"] if not annex else _("{title}: for you only.").format(title=data["footer"])
    for file, content in files.items():
        key = Key.of("document", user, minutes_id, annex, work.now, file)
        send_file(work, user, file, content, comment, key=key, handling=record.handling)


def _send_records(work: Work, user: str) -> None:
    """Decisions and actions as CSV and XLSX, as far as the person may see them."""
    person = get_person(work.session, work.mission.id, user)
    if person is None:
        return
    clearance = clearance_of(work.session, work.mission.id, person)
    levels = tuple(level.value for level in Handling if may_see(clearance, level))
    decisions = find_decisions(work.session, work.mission.id, Search(handlings=levels), limit=ROWS_AT_MOST)
    actions = [one for one in all_actions(work.session, work.mission.id, ROWS_AT_MOST) if one.handling in levels]
    owners = {one.owner for one in decisions} | {one.owner for one in actions}
    names = {key: one.name or key for key, one in people_of(work.session, work.mission.id, owners).items()}
    entries = entries_of(work, decisions)
    table = [
        decision_row(one.decision, one.item, one.meeting, one.bindings, one.reservations, one.agencies, names)
        for one in entries
    ]
    meetings = meetings_by_id(work.session, work.mission.id, {one.meeting_id or 0 for one in actions})
    tasks = [
        action_row(task.action, task.decision, meetings.get(task.action.meeting_id or 0), task.agencies, names)
        for task in tasks_of(work, actions)
    ]
    level = highest(
        *(Handling(word) for word in {*(one.handling for one in decisions), *(one.handling for one in actions)})
    )
    tables = [
        Table("decisions", "Decisions", DECISION_TITLES, table),
        Table("actions", "Actions", ACTION_TITLES, tasks),
    ]
    comment = _("Decisions and actions of the cabinet, {day}.").format(day=work.today.isoformat())
    send_tables(work, user, tables, comment, handling=level)
