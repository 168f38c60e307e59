"""All returns and digests as files, for whoever keeps the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.kit.access import may, readable
from commands.kit.files import File, send_files
from commands.kit.handling import Handling, highest
from commands.kit.refused import Refused
from commands.kit.tables import Table, files_of
from commands.kit.words import _
from commands.kit.work import Answer, Request
from commands.updates.handlers.access import DIGEST, RETURN, ROUND
from commands.updates.rules.access import Act
from commands.updates.rules.exporting import (
    DIGEST_TITLES,
    RETURN_TITLES,
    digest_rows,
    last_shown,
    return_rows,
    versions_for,
)
from commands.updates.views.exports import export_card
from storage.agencies import agencies_by_id
from storage.people import people_of
from storage.subjects import Key
from storage.updates.digests import past_digests
from storage.updates.returns import Return, ReturnVersion, returns_of_rounds
from storage.updates.rounds import Round, recent_rounds
from storage.updates.versions import versions_of

ROUNDS_AT_MOST = 1000
DIGESTS_AT_MOST = 5000


@dataclass(frozen=True, slots=True)
class Export:
    """The files that are sent, and how many rounds and returns they hold."""

    files: tuple[File, ...]
    rounds: int
    returns: int


def prepare(request: Request) -> Export:
    """Make files of every return and digest that the person may see.

    What an agency wrote is there as the digest last showed it; who keeps the record gets every version, at any time.
    Raises Refused when there is no round.
    """
    rounds = readable(request, ROUND, recent_rounds(request.session, request.mission.id, ROUNDS_AT_MOST))
    if not rounds:
        raise Refused(_("There is no round to export yet."))
    level = highest(*(Handling(this.handling) for this in rounds))
    returns = returns_of_rounds(request.session, [this.id for this in rounds])
    digests = past_digests(request.session, request.mission.id, limit=DIGESTS_AT_MOST)
    rows = _return_rows(request, rounds, returns, last_shown(digests))
    shown = [(digest, this) for digest, this in digests if may(request, request.who, DIGEST, digest)]
    tables = [
        Table("returns", "Returns", RETURN_TITLES, rows),
        Table("digests", "Digests", DIGEST_TITLES, digest_rows(shown)),
    ]
    comment = _("Updates of {mission}, {day}.").format(mission=request.mission.name, day=request.today.isoformat())
    return Export(files_of(tables, request.today, comment, level), len(rounds), len(returns))


def export(request: Request) -> Answer:
    """Send the files to whoever asks."""
    made = request.ready(Export)
    send_files(request, request.who.user_id, made.files, key=Key.of("export", request.who.user_id, request.now))
    request.record("updates.exported", ("mission", request.mission.id), rounds=made.rounds, returns=made.returns)
    return Answer(say=export_card(made.rounds, made.returns))


def _return_rows(
    request: Request, rounds: Sequence[Round], returns: Sequence[Return], shown_at: Mapping[int, datetime]
) -> list[list[str]]:
    kept = {one.id for one in readable(request, RETURN, returns, Act.READ_VERSIONS)}
    read = readable(request, RETURN, returns, Act.READ_TEXT)
    by_return: dict[int, list[ReturnVersion]] = {}
    for version in versions_of(request.session, [given.id for given in read]):
        by_return.setdefault(version.return_id, []).append(version)
    versions = [
        version
        for given in read
        for version in versions_for(by_return.get(given.id, []), shown_at.get(given.round_id), keeps=given.id in kept)
    ]
    agencies = agencies_by_id(request.session, request.mission.id, {given.agency_id for given in returns}, people=False)
    people = people_of(request.session, request.mission.id, {version.by for version in versions})
    names = {user: person.name or user for user, person in people.items()}
    return return_rows(rounds, returns, versions, agencies, names)
