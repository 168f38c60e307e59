"""Exporting the list, in files that import again without a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.agencies.rules.columns import EXPORT_ONLY_TITLES, EXPORT_TITLES
from commands.agencies.rules.exporting import export_row
from commands.agencies.views.messages import export_card
from commands.kit.files import File, send_files
from commands.kit.refused import Refused
from commands.kit.tables import Table, files_of
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.agencies import Agency, all_agencies
from storage.people import Person, people_of
from storage.subjects import Key


@dataclass(frozen=True, slots=True)
class Export:
    """The files that are sent, and how many agencies they hold."""

    files: tuple[File, ...]
    count: int


def prepare(request: Request) -> Export:
    """Make the list as CSV and as XLSX. Raises Refused when it is empty."""
    agencies = all_agencies(request.session, request.mission.id)
    if not agencies:
        raise Refused(_("There is no agency to export yet."))
    people = people_of(
        request.session, request.mission.id, {one.user_id for agency in agencies for one in agency.people}
    )
    titles, rows = table(agencies, people)
    comment = _("The agencies of {mission}, {day}.").format(mission=request.mission.name, day=request.today.isoformat())
    files = files_of([Table("agencies", "Agencies", titles, rows)], request.today, comment)
    return Export(files, len(agencies))


def export(request: Request) -> Answer:
    """Send the list to whoever asks."""
    made = request.ready(Export)
    send_files(request, request.who.user_id, made.files, key=Key.of("export", request.who.user_id, request.now))
    request.record("agencies.exported", ("mission", request.mission.id), count=made.count)
    return Answer(say=export_card(made.count))


def table(agencies: Sequence[Agency], people: Mapping[str, Person]) -> tuple[list[str], list[list[str]]]:
    """The list as a table. Titles and words are English, so that the file imports in any language."""
    names = {user_id: person.name or user_id for user_id, person in people.items()}
    return [*EXPORT_TITLES, *EXPORT_ONLY_TITLES], [export_row(agency, names) for agency in agencies]
