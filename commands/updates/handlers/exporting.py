"""All returns and digests as a workbook, for whoever keeps the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.access import may, readable
from commands.kit.files import File, send_files
from commands.kit.handling import Handling, highest
from commands.kit.refused import Refused
from commands.kit.tables import Table, book_of
from commands.kit.words import _
from commands.kit.work import Answer, Request
from commands.updates.handlers.access import DIGEST, ROUND
from commands.updates.handlers.returns.shown import read_versions
from commands.updates.rules.exporting import DIGEST_TITLES, RETURN_TITLES, digest_rows, return_rows
from commands.updates.views.exports import export_card
from storage.agencies import agencies_by_id
from storage.people import people_of
from storage.subjects import Key
from storage.updates.digests import past_digests
from storage.updates.returns import Return, returns_of_rounds
from storage.updates.rounds import Round, recent_rounds

ROUNDS_AT_MOST = 1000
DIGESTS_AT_MOST = 5000


@dataclass(frozen=True, slots=True)
class Export:
    """The file that is sent, and how many rounds and returns it holds."""

    file: File
    rounds: int
    returns: int


def prepare(request: Request) -> Export:
    """Make a workbook of every return and digest that the person may see.

    What an agency wrote is there as a digest last showed it; coordinators and the agency get every version.
    Raises Refused when there is no round.
    """
    rounds = readable(request, ROUND, recent_rounds(request.session, request.mission.id, ROUNDS_AT_MOST))
    if not rounds:
        raise Refused(_("There is no round to export yet."))
    level = highest(*(Handling(this.handling) for this in rounds))
    returns = returns_of_rounds(request.session, [this.id for this in rounds])
    digests = past_digests(request.session, request.mission.id, limit=DIGESTS_AT_MOST)
    rows = _return_rows(request, rounds, returns)
    shown = [(digest, this) for digest, this in digests if may(request, request.who, DIGEST, digest)]
    tables = [
        Table("returns", "Returns", RETURN_TITLES, rows),
        Table("digests", "Digests", DIGEST_TITLES, digest_rows(shown)),
    ]
    comment = _("Updates of {mission}, {day}.").format(mission=request.mission.name, day=request.today.isoformat())
    return Export(book_of("updates", tables, request.today, comment, level), len(rounds), len(returns))


def export(request: Request) -> Answer:
    """Send the file to whoever asks."""
    made = request.ready(Export)
    send_files(request, request.who.user_id, [made.file], key=Key.of("export", request.who.user_id, request.now))
    request.record("updates.exported", ("mission", request.mission.id), rounds=made.rounds, returns=made.returns)
    return Answer(say=export_card(made.rounds, made.returns))


def _return_rows(request: Request, rounds: Sequence[Round], returns: Sequence[Return]) -> list[list[str]]:
    versions = [version for found in read_versions(request, returns).values() for version in found]
    agencies = agencies_by_id(request.session, request.mission.id, {given.agency_id for given in returns}, people=False)
    people = people_of(request.session, request.mission.id, {version.by for version in versions})
    names = {user: person.name or user for user, person in people.items()}
    return return_rows(rounds, returns, versions, agencies, names)
