"""The worker's part of an import: reading step by step, comparing, saving, taking back. Each is one transaction."""

from __future__ import annotations

from uuid import uuid4

from commands.funding.handlers.checking import checks_of_import
from commands.funding.handlers.imports.comparing import compare_now
from commands.funding.handlers.imports.files import RowsRead, close, reading_of, values_of
from commands.funding.handlers.sources.periods import watch_periods
from commands.funding.rules.countries import nothing_taken
from commands.funding.rules.imports.answers import ANSWER, HAVE
from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.questions import Questions
from commands.funding.rules.imports.withdrawing import SEARCH
from commands.funding.views.imports.message import SHEETS_ASKED, import_card
from commands.kit.cards import Card
from commands.kit.post import show_to
from commands.kit.promises import redraw
from commands.kit.refused import Refused
from commands.kit.tables import SheetQuestion
from commands.kit.words import _
from commands.kit.work import Work
from storage.funding.applying import apply_import, is_latest, newest_imports, undo_import
from storage.funding.imports import FundingImport, ImportKind, ImportState, forget_content, get_import, import_to_change
from storage.funding.model import settings_to_change
from storage.funding.source_figures import FigureKind
from storage.funding.staging import count_staged, remove_doubles, stage, unstage, weigh
from storage.subjects import Key, Subject
from storage.timers import set_timer

STEP_ROWS = 5_000
STEP_ROWS_OF_WORKBOOKS = 1_000
# The column that names what stands in a row twice, where it is not the cluster.
KNOWN_BY: dict[str, str] = {
    ImportKind.FLOWS: "id",
    ImportKind.PLANS: "name",
    ImportKind.COVID: "name",
    ImportKind.EMERGENCY: "name",
    **dict.fromkeys(FigureKind, "code"),
}


def show_import(work: Work, kept: FundingImport, note: str = "") -> None:
    """Keep the one message about an import current, in the language of whoever uploaded the file."""
    with work.speaking_to(kept.created_by):
        card = import_card(kept, note, may_undo=is_latest(work.session, kept))
        show_to(work, kept.created_by, Subject.of("funding-import", kept.id), card)


def draw_import(work: Work, subject: Subject) -> Card | None:
    """The message about an import as it is now."""
    kept = get_import(work.session, work.mission.id, subject.number())
    if kept is None:
        return None
    with work.speaking_to(kept.created_by):
        return import_card(kept, may_undo=is_latest(work.session, kept))


def _show_before(work: Work, kept: FundingImport) -> None:
    """Which import can be taken back has changed: the messages of those before this one say so."""
    work.session.flush()
    before = [one for one in newest_imports(work.session, kept, 2) if one.id != kept.id]
    redraw(work, "funding:import", {Subject.of("funding-import", one.id): f"dm:{one.created_by}" for one in before})


def soon(work: Work, kept: FundingImport, verb: str) -> None:
    """Let the worker take the next step of an import."""
    key = Key.of(f"funding-{verb.removeprefix('funding:')}", kept.id, uuid4().hex)
    set_timer(work.session, work.mission.id, key=key, verb=verb, subject=Subject.of(kept.id), due_at=work.now)


def _import_in(work: Work, subject: Subject, state: ImportState) -> FundingImport | None:
    kept = import_to_change(work.session, work.mission.id, subject.number())
    return kept if kept is not None and kept.state == state else None


def read_rows(work: Work, subject: Subject) -> RowsRead | None:
    """Read the next rows of a file. None when there is nothing to read any more."""
    kept = get_import(work.session, work.mission.id, subject.number())
    if kept is None or kept.state != ImportState.READING:
        return None
    with work.speaking_to(kept.created_by):
        try:
            return _rows_read(work, kept)
        except SheetQuestion as which:
            return RowsRead(kept.rows_read, question={"titles": which.titles, "hidden": which.hidden})
        except Refused as no:
            return RowsRead(kept.rows_read, refusal=no.text)


def _rows_read(work: Work, kept: FundingImport) -> RowsRead:
    reading = reading_of(work, kept)
    size = STEP_ROWS_OF_WORKBOOKS if reading.opened.typed else STEP_ROWS
    rows = reading.take(size)
    values = values_of(reading, rows)
    is_end = len(rows) < size
    if is_end and rows and rows[-1][0] in reading.issues.rows_of(Kind.SHORT_ROW):
        text = _("The file ends in the middle of row {row}: it was cut off. Download it again.")
        raise Refused(text.format(row=rows[-1][0]))
    opened = reading.opened
    return RowsRead(
        kept.rows_read,
        opened.kind.value,
        opened.layout,
        reading.names,
        values,
        len(rows),
        is_end,
        reading.issues.as_json(),
        countries=reading.countries,
        sheets={"read": opened.sheet, "unread": opened.unread, "hidden": opened.hidden} if opened.sheet else {},
        as_of=opened.as_of,
        search=opened.search,
    )


def keep_rows(work: Work, subject: Subject, read: RowsRead | None) -> None:
    """Stage the rows that were read; after the last, compare the file with what is there."""
    kept = _import_in(work, subject, ImportState.READING)
    if kept is None or read is None or kept.rows_read != read.position:
        return  # taken back meanwhile, or another worker has staged these rows and goes on
    if read.question:
        kept.options = {**kept.options, SHEETS_ASKED: read.question}
        show_import(work, kept)
        return
    with work.speaking_to(kept.created_by):
        try:
            _stage_rows(work, kept, read)
            if read.is_end:
                _finish_reading(work, kept)
            else:
                soon(work, kept, "funding:read")
        except Refused as no:
            _refuse(work, kept, no.text)
    show_import(work, kept)


def _stage_rows(work: Work, kept: FundingImport, read: RowsRead) -> None:
    if read.refusal:
        raise Refused(read.refusal)
    kept.kind, kept.layout = read.kind, read.layout
    searched = {} if read.search is None else {SEARCH: read.search}
    kept.options = {"countries": read.countries, **kept.options, "sheets": read.sheets, **searched}
    kept.as_of = kept.as_of or read.as_of
    stage(work.session, kept, read.names, read.rows)
    kept.rows_read += read.count
    kept.rows_total = max(kept.rows_total, kept.rows_read) if kept.rows_total else 0
    kept.issues = read.issues


def _refuse(work: Work, kept: FundingImport, why: str) -> None:
    if kept.kind:
        unstage(work.session, kept)
    kept.state, kept.trouble = ImportState.REFUSED, why
    forget_content(work.session, kept)
    close(kept)


def _finish_reading(work: Work, kept: FundingImport) -> None:
    issues = Issues.from_json(kept.issues)
    weigh(work.session, kept)
    doubles = remove_doubles(work.session, kept)
    column = KNOWN_BY.get(kept.kind, "cluster")
    for kind, found, count in (
        (Kind.TWICE, doubles.same, doubles.same_count),
        (Kind.CONFLICT, doubles.different, doubles.different_count),
    ):
        for place, (name, rows) in enumerate(found):
            share = count - len(found) + 1 if place == 0 else 1
            issues.add(kind, rows[-1], column, f"{name}: {', '.join(map(str, rows[:6]))}", count=share)
    kept.rows_total = kept.rows_read
    kept.issues = issues.as_json()
    if ANSWER in kept.options:
        # The same page given twice, or a flow on two pages, is one flow.
        have = {HAVE: kept.rows_read - doubles.same_count}
        kept.options = {**kept.options, ANSWER: {**kept.options[ANSWER], **have}}
    if not kept.rows_read:
        raise Refused(_("The file has a header but no rows below it."))
    if not Questions.of(issues):
        # Else the file stays until it is decided about: once somebody says what is meant, it is read again.
        if not count_staged(work.session, kept):
            raise Refused(nothing_taken(issues, kept.rows_read, kept.options["countries"]))
        forget_content(work.session, kept)
    close(kept)
    compare_now(work, kept)


def save_step(work: Work, subject: Subject) -> None:
    """Make an import's rows the figures, or show the preview again when the figures changed since it was made."""
    kept = _import_in(work, subject, ImportState.SAVING)
    if kept is None:
        return
    settings = settings_to_change(work.session, work.mission.id)
    seen = (kept.counts, kept.totals)
    if settings.version != kept.seen_version:
        compare_now(work, kept)
        if (kept.counts, kept.totals) != seen:
            with work.speaking_to(kept.created_by):
                note = _(":warning: *The figures changed meanwhile.* Look at what would happen now, then import.")
            show_import(work, kept, note)
            return
    withdraw, leave_out = (bool(kept.options.get(name)) for name in ("withdraw", "leave_out"))
    withdrawn = apply_import(work.session, kept, settings, work.now, withdraw=withdraw, leave_out=leave_out)
    left_out = kept.counts.get("only_here", 0) if leave_out else 0
    kept.counts = {**kept.counts, "withdrawn": withdrawn, "left_out": left_out}
    kept.state, kept.decided_at = ImportState.DONE, work.now
    forget_content(work.session, kept)
    settings.countries = list(dict.fromkeys([*settings.countries, *kept.options["countries"]]))
    kept.checks = [] if kept.kind in set(FigureKind) else checks_of_import(work, kept)
    work.actor = kept.decided_by or work.actor
    work.record("funding.imported", ("funding_import", kept.id), file=kept.file_name, figures=kept.counts)
    watch_periods(work, kept)
    show_import(work, kept)
    _show_before(work, kept)


def undo_step(work: Work, subject: Subject) -> None:
    """Take an import back, if nothing was imported after it."""
    kept = _import_in(work, subject, ImportState.UNDOING)
    if kept is None:
        return
    settings = settings_to_change(work.session, work.mission.id)
    kept.state = ImportState.DONE
    work.session.flush()
    note = ""
    if is_latest(work.session, kept):
        undo_import(work.session, kept, settings, work.now)
        kept.state, kept.undone_at = ImportState.UNDONE, work.now
        work.actor = kept.undone_by or work.actor
        work.record("funding.import_undone", ("funding_import", kept.id), file=kept.file_name)
    else:
        with work.speaking_to(kept.created_by):
            note = too_late()
    show_import(work, kept, note)
    _show_before(work, kept)


def too_late() -> str:
    """Why an import cannot be taken back."""
    return _("Something was imported after this file. Take the newest import back first.")
