"""Importing what FTS publishes: the form, the preview's buttons, the history of imports."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from commands.funding.handlers.import_steps import show_import, soon, too_late
from commands.funding.rules.api_pages import KnownPlan, read_grouping
from commands.funding.rules.countries import countries_for, typed_countries
from commands.funding.rules.issues import Issues
from commands.funding.rules.recognising import FILE, check_direction, open_file
from commands.funding.views.import_form import import_form, reading_form
from commands.funding.views.importing import import_card, imports_card, refused_table
from commands.kit.post import send_file
from commands.kit.refused import Refused
from commands.kit.tables import AUTOMATIC, Encoding, to_csv
from commands.kit.words import _
from commands.kit.work import Answer, Ask, Work
from storage.funding import funding_settings
from storage.funding_applying import is_latest
from storage.funding_imports import (
    FundingImport,
    ImportState,
    forget_content,
    import_to_change,
    keep_content,
    latest_imports,
    waiting_imports,
)
from storage.funding_staging import find_plan, unstage

# A workbook this large takes longer to open than a person may wait: the worker looks at it.
LARGE_WORKBOOK = 2_000_000
SHOWN = 10
PREVIEWS_KEPT = timedelta(days=7)


def open_import(ask: Ask) -> Answer:
    """The form that takes the file."""
    return Answer(form=import_form(funding_settings(ask.session, ask.mission.id).countries))


def take_file(ask: Ask) -> Answer:
    """Look whether the file is one of FTS's, keep it, and let the worker read it."""
    if FILE not in ask.files:
        raise Refused(_("Attach the file from FTS or HDX."), FILE)
    name, content = ask.files[FILE]
    options = _options(ask)
    options["countries"] = _look(ask, name, content, options)
    kept = FundingImport(
        mission_id=ask.mission.id,
        file_name=name[:200],
        file_hash=hashlib.sha256(content).hexdigest(),
        file_size=len(content),
        options=options,
        rows_total=0 if content.startswith((b"PK", b"{")) else max(content.count(b"\n") - 1, 0),
        created_by=ask.who.user_id,
        created_at=ask.now,
        as_of=ask.fields.day("as_of"),
    )
    ask.session.add(kept)
    ask.session.flush()
    keep_content(ask.session, kept, content)
    soon(ask, kept, "read")
    show_import(ask, kept)
    return Answer(update=reading_form(kept))


def _options(ask: Ask) -> dict[str, Any]:
    chosen = ask.fields.choice("direction") or ""
    as_of = ask.fields.day("as_of")
    today = ask.now.astimezone(ask.zone).date()
    if as_of is not None and as_of > today:
        raise Refused(_("This day has not come yet. Choose the day on which the file was downloaded."), "as_of")
    return {
        "encoding": ask.fields.choice("encoding") or AUTOMATIC.value,
        "direction": "" if chosen == "file" else chosen,
        "as_of": (as_of or today).isoformat(),
        "plan": _plan(ask),
    }


def _plan(ask: Ask) -> dict[str, Any] | None:
    text = ask.fields.text("plan")
    if not text:
        return None
    found = find_plan(ask.session, ask.mission.id, text)
    if found is None:
        raise Refused(_("No imported plan has this code or FTS id. Import the list of plans first."), "plan")
    start, end = (day.isoformat() if day else "" for day in (found.start_date, found.end_date))
    return {
        "country": found.country,
        "plan_id": found.plan_id,
        "name": found.plan_name,
        "code": found.plan_code,
        "year": found.year,
        "start": start,
        "end": end,
    }


def _look(ask: Ask, name: str, content: bytes, options: dict[str, Any]) -> list[str]:
    """The countries the file's rows may be of. Raises Refused next to the field that is wrong."""
    settled = funding_settings(ask.session, ask.mission.id).countries
    typed = typed_countries(ask.fields.text("country"))
    with TemporaryDirectory(prefix="rapporteur-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        if content.startswith(b"PK") and len(content) > LARGE_WORKBOOK and (typed or settled):
            return list(dict.fromkeys([*typed, *settled]))
        plan = KnownPlan(**options["plan"]) if options["plan"] else None
        opened = open_file(name, path, encoding=Encoding(options["encoding"]), plan=plan)
        if opened.layout == "api" and plan is not None and read_grouping(path) is not None:
            return [plan.country]
        check_direction(opened.sample, options["direction"])
        return list(countries_for(settled, typed, opened.sample))


def _pressed(ask: Ask, number: str) -> FundingImport:
    kept = import_to_change(ask.session, ask.mission.id, int(number)) if number.isdigit() else None
    if kept is None:
        raise Refused(
            _("I do not know this import. Open the list again: {command}.").format(command=_list_command(ask))
        )
    return kept


def _list_command(ask: Ask) -> str:
    return f"`{ask.command('funding')} imports`"


def save(ask: Ask) -> Answer | None:
    """Import what the preview showed; the value is the import, and whether missing rows are withdrawn."""
    number, _colon, choice = ask.value.partition(":")
    kept = _pressed(ask, number)
    if kept.state != ImportState.READY:
        raise Refused(_settled(kept))
    withdraw = choice == "withdraw"
    if withdraw and kept.counts.get("refused"):
        raise Refused(_("Rows of this file are refused, so nothing can be withdrawn by it. Correct it first."))
    kept.options = {**kept.options, "withdraw": withdraw}
    kept.state, kept.decided_by = ImportState.SAVING, ask.who.user_id
    soon(ask, kept, "save")
    show_import(ask, kept)
    return None


def _settled(kept: FundingImport) -> str:
    return {
        ImportState.READING: _("This file is still being read."),
        ImportState.SAVING: _("This file is being imported."),
        ImportState.UNDOING: _("This import is being taken back."),
        ImportState.DONE: _("This file is imported already."),
        ImportState.DISCARDED: _("This file was discarded. Upload it again."),
        ImportState.REFUSED: _("This file was refused. Correct it and upload it again."),
        ImportState.UNDONE: _("This import was taken back. Upload the file again."),
    }[ImportState(kept.state)]


def discard(ask: Ask) -> Answer | None:
    """Forget a file that is not imported."""
    kept = _pressed(ask, ask.value)
    if kept.state not in {ImportState.READING, ImportState.READY}:
        raise Refused(_settled(kept))
    _discard(ask, kept, ask.who.user_id)
    return None


def _discard(work: Work, kept: FundingImport, by: str | None) -> None:
    if kept.kind:
        unstage(work.session, kept)
    forget_content(work.session, kept)
    kept.state, kept.decided_by, kept.decided_at = ImportState.DISCARDED, by, work.now
    show_import(work, kept)


def discard_old(work: Work) -> None:
    """Forget previews that nobody decided about for a week."""
    for kept in waiting_imports(work.session, work.mission.id, work.now - PREVIEWS_KEPT):
        _discard(work, kept, None)


def undo(ask: Ask) -> Answer | None:
    """Take the newest import back."""
    kept = _pressed(ask, ask.value)
    if kept.state != ImportState.DONE:
        raise Refused(_settled(kept))
    if not is_latest(ask.session, kept):
        raise Refused(too_late())
    kept.state, kept.undone_by = ImportState.UNDOING, ask.who.user_id
    soon(ask, kept, "undo")
    show_import(ask, kept)
    return None


def send_refused(ask: Ask) -> None:
    """Every refused row and warning that is kept with an import, as a file."""
    kept = _pressed(ask, ask.value)
    titles, rows = refused_table(Issues.from_json(kept.issues))
    key = f"funding-issues:{kept.id}:{ask.now.isoformat()}"
    comment = _("Rows that were refused, and warnings: {file}").format(file=kept.file_name)
    send_file(
        ask, ask.who.user_id, f"issues-{kept.id}.csv", to_csv(titles, rows), comment, key=key, handling="unclassified"
    )


def show_imports(ask: Ask) -> Answer:
    """The newest imports; the value is the id before which to go on."""
    before = int(ask.value) if ask.value.isdigit() else None
    found = latest_imports(ask.session, ask.mission.id, limit=SHOWN + 1, before=before)
    return Answer(say=imports_card(found[:SHOWN], more=len(found) > SHOWN))


def show_one(ask: Ask) -> Answer:
    """One import again, with everything that was kept of it."""
    return Answer(say=import_card(_pressed(ask, ask.value), ""))
