"""The form that takes files: they are looked at while whoever sent it waits, and kept for the worker to read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from commands.funding.handlers.imports.steps import show_import, soon
from commands.funding.rules.countries import countries_at, countries_of, typed_countries
from commands.funding.rules.imports.answers import ANSWER
from commands.funding.rules.imports.groupings import KnownPlan
from commands.funding.rules.imports.own_day import saved_on
from commands.funding.rules.imports.recognition import FILE, check_beginning, may_take_long, open_file
from commands.funding.rules.imports.sets import FILES, FileSet, GivenFile, as_one, file_sets
from commands.funding.views.imports.form import Typed, import_form, reading_form
from commands.kit.refused import Refused
from commands.kit.tables import AUTOMATIC, ENCODING, Encoding, SheetQuestion
from commands.kit.times.zones import zone_countries
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.funding.imports import FundingImport, get_import, keep_content
from storage.funding.model import funding_settings
from storage.funding.staging import find_plan
from storage.subjects import number

LONGEST_NAME = 200


def open_import(request: Request) -> Answer:
    """The form that takes the file; with the value of an import that was refused, as it was filled in then."""
    refused = number(request.value)
    before = get_import(request.session, request.mission.id, refused) if refused else None
    countries = funding_settings(request.session, request.mission.id).countries
    return Answer(form=import_form(countries, Typed.of(before.options) if before else Typed()))


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the files gave: those that are read together, each with how it is to be read."""

    sets: Sequence[tuple[FileSet, dict[str, Any]]]


def look_at_file(request: Request) -> Looked:
    """Look whether the files are FTS's. Raises Refused next to the field that is wrong."""
    attached = request.attached.get(FILE)
    if not attached:
        raise Refused(_("Attach the file from FTS or HDX."), FILE)
    options = _options(request)
    with TemporaryDirectory(prefix="rapporteur-") as folder:
        files = [GivenFile(name, content, Path(folder) / str(place)) for place, (name, content) in enumerate(attached)]
        for file in files:
            file.path.write_bytes(file.content)
        return Looked([(one, _look(request, one, options)) for one in file_sets(files)])


def take_file(request: Request) -> Answer:
    """Keep the files, and let the worker read them."""
    taken = [_take(request, one, options) for one, options in request.ready(Looked).sets]
    return Answer(update=reading_form(taken))


def _take(request: Request, files: FileSet, options: dict[str, Any]) -> FundingImport:
    content = b"".join(file.content for file in files.files)
    kept = FundingImport(
        mission_id=request.mission.id,
        file_name=files.name[:LONGEST_NAME],
        file_hash=hashlib.sha256(content).hexdigest(),
        file_size=len(content),
        options=options,
        rows_total=_about_rows(files),
        created_by=request.who.user_id,
        created_at=request.now,
        as_of=request.fields.day("as_of"),
    )
    request.session.add(kept)
    request.session.flush()
    keep_content(request.session, kept, content)
    soon(request, kept, "funding:read")
    show_import(request, kept)
    return kept


def _about_rows(files: FileSet) -> int:
    """How many rows there are, as far as that shows without reading them; 0 where it does not."""
    if files.answer:
        return 0
    content = files.files[0].content
    return 0 if content.startswith((b"PK", b"{")) else max(content.count(b"\n") - 1, 0)


def _options(request: Request) -> dict[str, Any]:
    chosen = request.fields.choice("direction") or ""
    as_of = request.fields.day("as_of")
    today = request.today
    if as_of is not None and as_of > today:
        raise Refused(_("This day has not come yet. Choose the day on which the file was downloaded."), "as_of")
    return {
        "encoding": request.fields.choice(ENCODING) or AUTOMATIC.value,
        "direction": "" if chosen == "file" else chosen,
        "as_of": (as_of or today).isoformat(),
        "plan": _plan(request),
        "typed": {
            "country": request.fields.text("country"),
            "plan": request.fields.text("plan"),
            "as_of": as_of.isoformat() if as_of else "",
        },
    }


def _plan(request: Request) -> dict[str, Any] | None:
    text = request.fields.text("plan")
    if not text:
        return None
    found = find_plan(request.session, request.mission.id, text)
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


def _look(request: Request, files: FileSet, options: dict[str, Any]) -> dict[str, Any]:
    """How files are to be read, with the countries their rows may be of. Raises Refused next to the field.

    What may take long is looked at by the worker, which finds the countries then.
    """
    options = {**options, FILES: [[file.name, len(file.content)] for file in files.files]}
    if files.answer:
        options[ANSWER] = files.answer.as_json()
    saved = saved_on(files.files[0].content)
    if saved is not None and saved <= request.today and not options["typed"]["as_of"]:
        options["as_of"] = saved.isoformat()
    typed = typed_countries(options["typed"]["country"])
    if any(may_take_long(file.content) for file in files.files):
        for file in files.files:
            check_beginning(file.name, file.content)
        return options
    plan = KnownPlan(**options["plan"]) if options["plan"] else None
    encoding = Encoding(options["encoding"])
    try:
        opened = as_one([open_file(file.name, file.path, encoding=encoding, plan=plan) for file in files.files])
    except SheetQuestion:
        # The message that follows the import asks which sheet is meant, as for a file that the worker looks at.
        return options
    except Refused as no:
        raise _of_file(request, files, no) from no
    settled = funding_settings(request.session, request.mission.id).countries
    home = countries_at(zone_countries(request.mission.zone))
    try:
        return {**options, "countries": countries_of(opened, settled, typed, options["direction"], home)}
    except Refused as no:
        raise _of_file(request, files, no) from no


def _of_file(request: Request, files: FileSet, no: Refused) -> Refused:
    """The same refusal; of several files it says which one is meant."""
    if len(request.attached[FILE]) == 1:
        return no
    return Refused(f"{files.name}: {no.text}", next(iter(no.fields), None))
