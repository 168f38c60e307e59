"""Uploading a list: taking the file, asking how it is meant where that is not clear, and reading it."""

from __future__ import annotations

from dataclasses import dataclass

from commands.agencies.handlers.finding import list_state_of
from commands.agencies.handlers.importing import show_preview
from commands.agencies.rules.understanding import FIELD, SEEN, Looked, Seen, Understood, look
from commands.agencies.views.importing import import_form
from commands.agencies.views.preview import PreviewNotes
from commands.agencies.views.understanding import (
    UnderstandingNotes,
    changing_form,
    read_understanding,
    understanding_form,
)
from commands.kit.refused import Refused
from commands.kit.tables import AUTOMATIC, ENCODING, Encoding
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.agency_imports import (
    AgencyImport,
    decisions_so_far,
    get_import,
    see_import,
    start_import,
    understood_so_far,
)


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was looked at, and how it was understood."""

    looked: Looked
    understood: Understood


def open_import(request: Request) -> Answer:
    """The form that takes the file."""
    return opened(request, import_form(list_state_of(request)))


def read_file(request: Request) -> Read:
    """Read the file of the form. Raises Refused when there is none, or when it is not a list of agencies."""
    if FIELD not in request.files:
        raise Refused(_("Attach the file with the list."), FIELD)
    name, content = request.files[FIELD]
    encoding = Encoding(request.fields.choice(ENCODING) or AUTOMATIC)
    understood = Understood.remembered(understood_so_far(request.session, request.mission.id), encoding)
    return Read(look(name, content, understood), understood)


def take_file(request: Request) -> Answer:
    """Keep what the file says, and show what saving it would do, or ask how it is meant. Nothing else is saved."""
    read, (name, content) = request.ready(Read), request.files[FIELD]
    kept = start_import(
        request.session,
        request.mission.id,
        name,
        read.looked.as_json(),
        {},
        request.who.user_id,
        request.now,
        understood=read.understood.as_json(),
        file=content,
    )
    return _next(request, kept, read)


def read_again(request: Request) -> Read:
    """Read the file as the form says it is meant. Raises Refused when it cannot be read like that."""
    kept = see_import(request.session, request.mission.id, request.noted(UnderstandingNotes).of)
    if kept is None or kept.file is None:
        raise _replaced()
    seen = Seen.from_json(kept.content.get(SEEN, {}))
    understood = read_understanding(request.fields, seen, Understood.from_json(kept.understood))
    return Read(look(kept.file_name, kept.file, understood), understood)


def take_understanding(request: Request) -> Answer:
    """Keep how the file is meant, and show what saving it would do, or what else has to be said."""
    kept = _waiting(request, request.noted(UnderstandingNotes).of)
    read = request.ready(Read)
    kept.content, kept.understood = read.looked.as_json(), read.understood.as_json()
    return _next(request, kept, read)


def change(request: Request) -> Answer:
    """How the file of a preview was understood, to be changed."""
    kept = _waiting(request, request.noted(PreviewNotes).of)
    seen, understood = Seen.from_json(kept.content.get(SEEN, {})), Understood.from_json(kept.understood)
    return Answer(update=changing_form(kept.id, kept.file_name, seen, understood))


def _waiting(request: Request, import_id: int) -> AgencyImport:
    kept = get_import(request.session, request.mission.id, import_id)
    if kept is None or kept.saved_at is not None:
        raise _replaced()
    return kept


def _replaced() -> Refused:
    return Refused(_("This import was replaced by a newer one. Upload the file again."))


def _next(request: Request, kept: AgencyImport, read: Read) -> Answer:
    reading = read.looked.reading
    if reading is None:
        return Answer(update=understanding_form(kept.id, kept.file_name, read.looked.seen, read.understood))
    remembered = decisions_so_far(request.session, request.mission.id) | kept.decisions
    kept.decisions = {entry.key: remembered[entry.key] for entry in reading.entries if entry.key in remembered}
    return show_preview(request, kept)
