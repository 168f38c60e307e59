"""The audit record: looking through it, and taking it out as files."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.kit.cards import Block
from commands.kit.files import File, send_files
from commands.kit.pages import Page, page_at, page_number
from commands.kit.refused import Refused
from commands.kit.tables import Table, files_of
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from commands.mission.rules.audit import SEARCHES, TITLES, Sort, row_of
from commands.mission.views.audit import PERSON, ROWS_PER_PAGE, SORT, Look, audit_form, exported_card
from commands.mission.views.notes import AuditNotes
from storage.audit import AuditEntry, Search, count_acts, find_acts
from storage.people import people_of
from storage.subjects import Key

EXPORTED_AT_MOST = 20_000


def show(request: Request) -> Answer:
    """`/mission audit`: the newest acts."""
    return opened(request, _form(request, Look()))


def search(request: Request) -> Answer:
    """The search was sent."""
    look = Look(_sort(request.fields.choice(SORT)), request.fields.person(PERSON) or "")
    return Answer(update=_form(request, look))


def turn_page(request: Request) -> Answer:
    """Another page of what was found."""
    return opened(request, _form(request, replace(_noted(request), page=page_number(request.value))))


def _noted(request: Request) -> Look:
    notes = request.noted(AuditNotes)
    return Look(_sort(notes.sort), notes.person, notes.page)


def _sort(text: str | None) -> Sort:
    return Sort(text) if text in set(Sort) else Sort.ALL


def _wanted(request: Request, look: Look) -> Search:
    """What is looked for, among what is on record for this person: acts on a side of the wall are for that side."""
    return replace(SEARCHES[look.sort], actor=look.person, inside=request.who.inside)


def _form(request: Request, look: Look) -> Block:
    wanted = _wanted(request, look)
    count = count_acts(request.session, request.mission.id, wanted)
    page: Page[AuditEntry] = page_at(count, look.page, ROWS_PER_PAGE)
    found = find_acts(request.session, request.mission.id, wanted, limit=page.size, offset=page.before)
    return audit_form(replace(look, page=page.number), page.holding(found), request.act_words(), request.zone)


@dataclass(frozen=True, slots=True)
class Export:
    """The files that are sent, how many acts they hold, and how many there are."""

    files: tuple[File, ...]
    count: int
    of: int


def prepare_export(request: Request) -> Export:
    """Make files of what is looked for, the newest acts first. Raises Refused when there is nothing."""
    # A file is passed on: what lies on a side of the wall stays in the form, also for the people of that side.
    wanted = replace(_wanted(request, _noted(request) if request.view else Look()), inside=frozenset())
    found = find_acts(request.session, request.mission.id, wanted, limit=EXPORTED_AT_MOST)
    if not found:
        raise Refused(_("Nothing on record fits, so there is nothing to send."))
    users = {user for one in found for user in (one.actor, one.on_behalf_of) if user}
    people = people_of(request.session, request.mission.id, users)
    names = {user: person.name or user for user, person in people.items()}
    comment = _("The audit record of {mission}, {day}.").format(
        mission=request.mission.name, day=request.today.isoformat()
    )
    words = request.act_words()
    table = Table("audit", "Audit", TITLES, [row_of(one, names, words) for one in found])
    count = count_acts(request.session, request.mission.id, wanted)
    return Export(files_of([table], request.today, comment), len(found), count)


def export(request: Request) -> Answer:
    """Send the files to whoever asks."""
    made = request.ready(Export)
    send_files(request, request.who.user_id, made.files, key=Key.of("export", request.who.user_id, request.now))
    request.record("audit.exported", ("mission", request.mission.id), count=made.count)
    return Answer(say=exported_card(made.count, made.of))
