"""Documents are made in the worker: a timer names what is wanted and by whom, and the files go to that person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from commands.cabinet.handlers.access import MINUTES, reader_of, who_of
from commands.cabinet.handlers.actions.cards import tasks_of
from commands.cabinet.handlers.decisions.cards import entries_of
from commands.cabinet.handlers.minutes.annex import annex_readers
from commands.cabinet.handlers.minutes.record import empty_record, read_record
from commands.cabinet.handlers.things import meeting_of
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.exporting import ACTION_TITLES, DECISION_TITLES, action_row, decision_row
from commands.cabinet.views.minutes.documents import DocumentData, document_data, file_title
from commands.cabinet.views.minutes.letterhead import broken_card
from commands.kit.access import find, may
from commands.kit.cards import Card
from commands.kit.documents.docx import BrokenTemplateError, fill_docx
from commands.kit.documents.letters import texts_in, unset_line
from commands.kit.documents.pdf import typeset
from commands.kit.files import File, send_files
from commands.kit.handling import Handling, Verdict, highest, may_go
from commands.kit.places import place_of_person
from commands.kit.post import tell
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.tables import Table, files_of
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.cabinet.actions import all_actions
from storage.cabinet.decisions import Search, find_decisions
from storage.cabinet.meetings import Meeting, meetings_by_id
from storage.cabinet.minutes import Letterhead, Minutes, get_minutes, letterhead_of
from storage.cabinet.reading import readable_actions, readable_decisions
from storage.people import people_of
from storage.subjects import Key, Subject, number
from storage.timers import set_timer

TEMPLATES = Path(__file__).parents[2] / "views" / "minutes"
ROWS_AT_MOST = 5000


def export(request: Request) -> Answer:
    """Send the person files: `minutes:ID` or `records`."""
    kind, identity = parts_of(request.value, 2)
    what = Subject.of("records")
    if kind == "minutes":
        what = Subject.of(kind, find(request, MINUTES, identity).id)
    elif kind != "records":
        raise Refused(_("This belongs to an older version of me. Open it again from the newest message or from Home."))
    send_later(request, request.who.user_id, what, occasion=request.request_id)
    if kind == "records":
        request.record("cabinet.exported", ("mission", request.mission.id))
    else:
        request.record("minutes.exported", ("minutes", what.number()))
    return Answer(say=Card(_("The files are being made and come to you as a direct message.")))


def send_later(work: Work, user: str, what: Subject, *, occasion: str) -> None:
    """Let the worker make files: `minutes:ID`, `annex:ID` or `records`."""
    subject = Subject.of(user, what)
    key = Key.of("document", subject, occasion)
    set_timer(work.session, work.mission.id, key=key, verb="cabinet:document", subject=subject, due_at=work.now)


@dataclass(frozen=True, slots=True)
class Documents:
    """Files that are not sent yet. `tried` is the template they were made from, `broken` what is wrong with it."""

    files: tuple[File, ...] = ()
    tried: bytes | None = None
    broken: str = ""


def prepare(work: Work, subject: Subject) -> Documents:
    """Make the files somebody waits for."""
    user, what, *minutes = subject.ids
    if what == "letterhead":
        return _try_letterhead(work, user)
    if what == "records":
        with work.speaking_to(user):
            return Documents(_records(work, user))
    return Documents(_minutes(work, user, number(minutes[0]), annex=what == "annex"))


def send(work: Work, subject: Subject, made: Documents) -> None:
    """Send the files. A template that broke is told and forgotten; one that did not is in use from now on."""
    user, what, *_minutes = subject.ids
    head = letterhead_of(work.session, work.mission.id) if what == "letterhead" else None
    if made.broken:
        with work.speaking_to(user):
            tell(work, user, broken_card(made.broken), key=Key.of("letterhead", work.now))
    if head is not None and head.trial is not None and head.trial == made.tried:
        if not made.broken:
            head.template, head.template_name = head.trial, head.trial_name
        head.trial, head.trial_name = None, ""
    send_files(work, user, made.files, key=Key.of("document", subject, work.now))


def _try_letterhead(work: Work, user: str) -> Documents:
    """Print an empty page with the head."""
    head = letterhead_of(work.session, work.mission.id)
    if head is None:
        return Documents()
    with work.speaking_to_everyone():
        data = document_data(empty_record(work), work.zone, head.organisation, head.address)
    tried = head.trial or head.template
    with work.speaking_to(user):
        try:
            content = fill_docx(tried or _built_in(), data)
        except BrokenTemplateError as wrong:
            return Documents(tried=tried, broken=str(wrong))
        comment = _("This is how minutes begin from now on.")
    return Documents((File("letterhead.docx", content, comment),), tried)


def _built_in() -> bytes:
    return (TEMPLATES / "template.docx").read_bytes()


def _minutes(work: Work, user: str, minutes_id: int, *, annex: bool) -> tuple[File, ...]:
    minutes = get_minutes(work.session, work.mission.id, minutes_id)
    meeting = meeting_of(work, minutes) if minutes is not None else None
    if minutes is None or meeting is None or not _may_have(work, user, minutes, meeting, annex=annex):
        return ()
    head = letterhead_of(work.session, work.mission.id)
    with work.speaking_to_everyone():
        record = read_record(work, minutes, meeting, annex=annex)
        if may_go(record.handling, place_of_person(work.session, work.mission, user)) is not Verdict.ALLOWED:
            return ()
        data = document_data(record, work.zone, head.organisation if head else "", head.address if head else "")
        name = file_title(record, work.zone)
        docx, broken = _filled(head, data)
        pdf = typeset(TEMPLATES / "template.typ", data)
    with work.speaking_to(user):
        comment = data["footer"] if not annex else _("{title}: for you only.").format(title=data["footer"])
        if broken:
            more = _("The mission's own template did not work for these minutes ({why}): this is the usual one.")
            comment += "\n" + more.format(why=broken)
        comment = "\n".join(filter(None, (comment, unset_line(texts_in(data)))))
    return (
        File(f"{name}.docx", docx, comment, record.handling),
        File(f"{name}.pdf", pdf, comment, record.handling),
    )


@dataclass(frozen=True, slots=True)
class Boxes:
    """What is said about letters of minutes that would be boxes in their PDF; empty where all can be set."""

    warning: str = ""


def look_for_boxes(request: Request) -> Boxes:
    """Whether the PDF of the minutes that are about to be issued would show boxes, read before anything is written."""
    minutes = find(request, MINUTES, parts_of(request.value, 2)[0], Act.RECORD)
    meeting = meeting_of(request, minutes)
    if meeting is None:
        return Boxes()
    with request.speaking_to_everyone():
        texts = list(texts_in(document_data(read_record(request, minutes, meeting), request.zone, "", "")))
    return Boxes(unset_line(texts))


def _filled(head: Letterhead | None, data: DocumentData) -> tuple[bytes, str]:
    """The file, and what is wrong with the mission's own template where it worked when it was tried and does not
    now."""
    own = head.template if head is not None else None
    try:
        return fill_docx(own or _built_in(), data), ""
    except BrokenTemplateError as wrong:
        if own is None:
            raise
        return fill_docx(_built_in(), data), str(wrong)


def _may_have(work: Work, user: str, minutes: Minutes, meeting: Meeting, *, annex: bool) -> bool:
    """Whether the files are still for whoever asked, or was sent them; roles and seats may have changed since."""
    who = who_of(work, user)
    if who is None or not may(work, who, MINUTES, minutes):
        return False
    return not annex or user in annex_readers(work, meeting)


def _records(work: Work, user: str) -> tuple[File, ...]:
    """Decisions and actions as CSV and XLSX, as far as the person may see them."""
    who = who_of(work, user)
    if who is None:
        return ()
    reader = reader_of(work, who)
    search = Search(within=readable_decisions(reader))
    decisions = find_decisions(work.session, work.mission.id, search, limit=ROWS_AT_MOST)
    actions = all_actions(work.session, work.mission.id, ROWS_AT_MOST, readable_actions(reader))
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
    return files_of(tables, work.today, comment, level)
