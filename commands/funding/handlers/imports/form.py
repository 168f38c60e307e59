"""The preview's buttons, and the history of imports."""

from __future__ import annotations

from datetime import timedelta

from commands.funding.handlers.imports.steps import show_import, soon, too_late
from commands.funding.rules.imports.issues import Issues
from commands.funding.rules.imports.withdrawing import hindrance
from commands.funding.views.imports.history import imports_card
from commands.funding.views.imports.issues import refused_table
from commands.funding.views.imports.message import SHEETS_ASKED, import_card
from commands.funding.views.imports.standing import hindrance_text
from commands.kit.pages import Page, page_at, page_number
from commands.kit.post import send_file
from commands.kit.pressed import outdated, parts_of
from commands.kit.refused import Refused
from commands.kit.tables import to_csv
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work
from storage.funding.applying import is_latest
from storage.funding.imports import (
    FundingImport,
    ImportState,
    count_imports,
    forget_content,
    import_to_change,
    latest_imports,
    waiting_imports,
)
from storage.funding.staging import unstage
from storage.subjects import Key, number

SHOWN = 10
PREVIEWS_KEPT = timedelta(days=7)


def pressed_import(request: Request, identity: object) -> FundingImport:
    """The import that a button or a form is of, held until the transaction ends. Raises Refused for none."""
    kept = import_to_change(request.session, request.mission.id, number(identity))
    if kept is None:
        raise Refused(
            _("I do not know this import. Open the list again: {command}.").format(command=_list_command(request))
        )
    return kept


def _list_command(request: Request) -> str:
    return f"`{request.command('funding')} imports`"


def choose_sheet(request: Request) -> Answer:
    """Read the sheet that somebody chose of a workbook; the value is the import and the sheet's title."""
    identity, title = parts_of(request.value, 2)
    kept = pressed_import(request, identity)
    asked = kept.options.get(SHEETS_ASKED)
    if kept.state != ImportState.READING or asked is None:
        raise Refused(settled_text(kept))
    if title not in asked["titles"]:
        raise outdated()
    kept.options = {name: value for name, value in kept.options.items() if name != SHEETS_ASKED} | {"sheet": title}
    soon(request, kept, "funding:read")
    show_import(request, kept)
    return NOTHING_TO_SAY


def save(request: Request) -> Answer:
    """Import what the preview showed; the value is the import, and whether missing rows are withdrawn."""
    identity, choice = parts_of(request.value, 2)
    kept = pressed_import(request, identity)
    if kept.state != ImportState.READY:
        raise Refused(settled_text(kept))
    withdraw = choice == "withdraw"
    if withdraw and (why := hindrance(kept.counts, kept.options)):
        raise Refused(hindrance_text(why))
    kept.options = {**kept.options, "withdraw": withdraw, "leave_out": choice == "leave"}
    kept.state, kept.decided_by = ImportState.SAVING, request.who.user_id
    request.record("funding.import_confirmed", ("funding_import", kept.id), file=kept.file_name, withdraw=withdraw)
    soon(request, kept, "funding:save")
    show_import(request, kept)
    return NOTHING_TO_SAY


def settled_text(kept: FundingImport) -> str:
    """Why an import cannot be decided about: where it stands."""
    return {
        ImportState.READING: _("This file is still being read."),
        ImportState.READY: _("This file is not imported yet."),
        ImportState.SAVING: _("This file is being imported."),
        ImportState.UNDOING: _("This import is being taken back."),
        ImportState.DONE: _("This file is imported already."),
        ImportState.DISCARDED: _("This file was discarded. Upload it again."),
        ImportState.REFUSED: _("This file was refused. Correct it and upload it again."),
        ImportState.UNDONE: _("This import was taken back. Upload the file again."),
    }[ImportState(kept.state)]


def discard(request: Request) -> Answer:
    """Forget a file that is not imported."""
    kept = pressed_import(request, request.value)
    if kept.state not in {ImportState.READING, ImportState.READY}:
        raise Refused(settled_text(kept))
    _discard(request, kept, request.who.user_id)
    return NOTHING_TO_SAY


def _discard(work: Work, kept: FundingImport, by: str | None) -> None:
    if kept.kind:
        unstage(work.session, kept)
    forget_content(work.session, kept)
    kept.state, kept.decided_by, kept.decided_at = ImportState.DISCARDED, by, work.now
    work.record("funding.import_discarded", ("funding_import", kept.id), file=kept.file_name)
    show_import(work, kept)


def discard_old(work: Work) -> None:
    """Forget previews that nobody decided about for a week."""
    for kept in waiting_imports(work.session, work.mission.id, work.now - PREVIEWS_KEPT):
        _discard(work, kept, None)


def undo(request: Request) -> Answer:
    """Take the newest import back."""
    kept = pressed_import(request, request.value)
    if kept.state != ImportState.DONE:
        raise Refused(settled_text(kept))
    if not is_latest(request.session, kept):
        raise Refused(too_late())
    kept.state, kept.undone_by = ImportState.UNDOING, request.who.user_id
    soon(request, kept, "funding:undo")
    show_import(request, kept)
    return NOTHING_TO_SAY


def send_refused(request: Request) -> Answer:
    """Every refused row and warning that is kept with an import, as a file."""
    kept = pressed_import(request, request.value)
    titles, rows = refused_table(Issues.from_json(kept.issues))
    key = Key.of("funding-issues", kept.id, request.now)
    comment = _("Rows that were refused, and warnings: {file}").format(file=kept.file_name)
    send_file(
        request,
        request.who.user_id,
        f"issues-{kept.id}.csv",
        to_csv(titles, rows),
        comment,
        key=key,
        handling="unclassified",
    )
    return NOTHING_TO_SAY


def show_imports(request: Request) -> Answer:
    """The newest imports; the value is `page:` and a number."""
    turned = page_number(request.value.removeprefix("page:"))
    if number(request.value):
        # Buttons of earlier releases name the import before which to go on.
        turned = count_imports(request.session, request.mission.id, since=number(request.value)) // SHOWN
    page: Page[FundingImport] = page_at(count_imports(request.session, request.mission.id), turned, SHOWN)
    found = latest_imports(request.session, request.mission.id, limit=SHOWN, offset=page.before)
    return Answer(say=imports_card(page.holding(found)))


def show_one(request: Request) -> Answer:
    """One import again, with everything that was kept of it."""
    kept = pressed_import(request, request.value)
    return Answer(say=import_card(kept, may_undo=is_latest(request.session, kept)))
