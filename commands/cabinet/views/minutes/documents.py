"""The record in the words of a document: plain data that the DOCX and the PDF template print."""

from __future__ import annotations

from typing import TypedDict
from zoneinfo import ZoneInfo

from commands.cabinet.rules.record import Correction, Decided, Point, Record, ToDo
from commands.cabinet.views.record_words import item_state_name, presences_name
from commands.kit.dates import clock_text, day_text
from commands.kit.handling import Handling
from commands.kit.names.levels import level_name
from commands.kit.words import _, current_language, pgettext
from storage.cabinet.attendance import Presence
from storage.cabinet.decisions import DecisionState
from storage.cabinet.items import ItemState
from storage.cabinet.minutes import MinutesState

FILE_TITLE_LIMIT = 60


class DecisionData(TypedDict):
    """A decision as a template prints it; `notes` are reservations, objections and a running silence."""

    head: str
    paragraphs: list[str]
    owner: str
    notes: list[dict[str, str]]


class PointData(TypedDict):
    """An item of the minutes as a template prints it. An action has `text`, `owner` and `due`."""

    number: int
    title: str
    question: str
    paragraphs: list[str]
    decisions: list[DecisionData]
    actions: list[dict[str, str]]


class DocumentData(TypedDict):
    """What a template of minutes may print: a mission's own template names these, so a name is never taken away."""

    language: str
    organisation: str
    address: str
    level: str
    kind: str
    title: str
    state: str
    facts: list[dict[str, str]]
    attendance_title: str
    attendance: list[dict[str, str]]
    points_title: str
    points: list[PointData]
    further_title: str
    further: list[dict[str, str]]
    headings: dict[str, str]
    corrections_title: str
    corrections: list[dict[str, str]]
    footer: str
    page: str


def document_data(record: Record, zone: ZoneInfo, organisation: str, address: str) -> DocumentData:
    """Everything a template prints; texts are in the language that is spoken now."""
    level = record.handling
    return {
        "language": current_language(),
        "organisation": organisation or record.mission,
        "address": address,
        "level": level_name(level).upper() if level is not Handling.UNCLASSIFIED else "",
        "kind": _("Annex: closed items") if record.is_annex else _("Minutes"),
        "title": record.title,
        "state": _state(record),
        "facts": _facts(record, zone),
        "attendance_title": _("Attendance"),
        "attendance": _attendance(record),
        "points_title": _("Items"),
        "points": [_point(point) for point in record.points],
        "further_title": _("Further actions"),
        "further": [_action(one) for one in record.further],
        "headings": {
            "actions": _("Actions"),
            "action": _("Action"),
            "owner": _("Accountable"),
            "due": _("Due"),
        },
        "corrections_title": _("Corrigenda"),
        "corrections": [_correction(one) for one in record.corrections],
        "footer": _("{kind} of {title}").format(
            kind=_("Annex") if record.is_annex else _("Minutes"), title=record.title
        ),
        "page": _("Page"),
    }


def _facts(record: Record, zone: ZoneInfo) -> list[dict[str, str]]:
    local = record.starts_at.astimezone(zone)
    facts = (
        (_("Date"), day_text(local.date(), "full")),
        (_("Time"), f"{clock_text(local.time())} ({zone.key})"),
        (_("Place"), record.place),
        (_("Chair"), record.chair),
        (_("Secretary"), record.secretary),
    )
    return [{"label": label, "text": text} for label, text in facts if text]


def _correction(one: Correction) -> dict[str, str]:
    head = _("Corrigendum {number}, {day}").format(number=one.number, day=day_text(one.on, "long"))
    return {"head": head, "item": one.item, "text": one.text}


def with_colon(label: str) -> str:
    """A label before what it stands for; French puts a space before the colon."""
    return _("{label}:").format(label=label)


def _state(record: Record) -> str:
    if record.state == MinutesState.ISSUED and record.issued_on is not None:
        return _("Issued on {day}").format(day=day_text(record.issued_on, "long"))
    if record.state == MinutesState.CIRCULATED:
        return _("Draft for comment")
    return pgettext("minutes", "Draft")


def _attendance(record: Record) -> list[dict[str, str]]:
    """One row for each way of taking part."""
    rows = []
    for presence in Presence:
        there = [one for one in record.attendance if one.presence is presence]
        if there:
            names = "; ".join(f"{one.code} ({one.person})" if one.person else one.code for one in there)
            rows.append({"label": presences_name(presence), "text": names, "count": str(len(there))})
    return rows


def _point(point: Point) -> PointData:
    if point.is_closed:
        closed = _("A closed item was discussed. Its record goes separately to those who may read it.")
        return {
            "number": point.number,
            "title": _("Closed item"),
            "question": "",
            "paragraphs": [closed],
            "decisions": [],
            "actions": [],
        }
    paragraphs = [part for part in point.text.split("\n") if part.strip()]
    if point.state in {ItemState.DEFERRED, ItemState.WITHDRAWN}:
        state = item_state_name(point.state).capitalize()
        paragraphs.append(f"{with_colon(state)} {point.reason}" if point.reason else f"{state}.")
    elif point.state == ItemState.DISCUSSED and not paragraphs:
        paragraphs.append(_("The item was discussed; no decision was taken."))
    return {
        "number": point.number,
        "title": point.title,
        "question": point.question,
        "paragraphs": paragraphs,
        "decisions": [_decision(one) for one in point.decisions],
        "actions": [_action(one) for one in point.actions],
    }


def _decision(one: Decided) -> DecisionData:
    notes = [{"label": with_colon(said.who), "text": said.text} for said in one.reservations]
    notes += [
        {"label": with_colon(_("{agency} objects").format(agency=said.who)), "text": said.text}
        for said in one.objections
    ]
    if one.state == DecisionState.SILENCE and one.silent:
        notes.append({"label": with_colon(pgettext("decision", "Silence procedure running")), "text": one.silent})
    return {
        "head": _("Decision {reference}").format(reference=one.reference),
        "paragraphs": [part for part in one.text.split("\n") if part.strip()],
        "owner": _("Accountable: {person} ({agency}). Due {day}.").format(
            person=one.owner, agency=one.agency, day=day_text(one.due, "long")
        ),
        "notes": notes,
    }


def _action(one: ToDo) -> dict[str, str]:
    owner = f"{one.owner} ({one.agency})" if one.agency else one.owner
    return {"text": one.text, "owner": owner, "due": day_text(one.due, "medium")}


def file_title(record: Record, zone: ZoneInfo) -> str:
    """The name of the file, without its ending: ASCII, so that every mail server carries it."""
    day = record.starts_at.astimezone(zone).date().isoformat()
    words = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in record.title.lower())
    short = "-".join(part for part in words.split("-") if part)[:FILE_TITLE_LIMIT].strip("-")
    kind = "annex-closed" if record.is_annex else "minutes"
    return "-".join(part for part in (kind, day, short) if part)
