"""All returns and digests as files, for whoever keeps the record."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.handling import Handling, highest
from commands.kit.permission import sees
from commands.kit.post import send_file
from commands.kit.refused import Refused
from commands.kit.tables import to_csv, to_xlsx
from commands.kit.words import _
from commands.kit.work import Answer, Request
from commands.updates.rules.exporting import DIGEST_TITLES, RETURN_TITLES, digest_rows, return_rows
from commands.updates.views.exports import export_card
from storage.agencies import agencies_by_id
from storage.people import people_of
from storage.subjects import Key
from storage.updates.digests import past_digests
from storage.updates.returns import Return, returns_of_rounds, versions_of
from storage.updates.rounds import Round, recent_rounds

ROUNDS_AT_MOST = 1000
DIGESTS_AT_MOST = 5000


def export(request: Request) -> Answer:
    """Send every version of every return, and every digest, that the person may see."""
    rounds = [
        this
        for this in recent_rounds(request.session, request.mission.id, ROUNDS_AT_MOST)
        if sees(request.who, this.handling)
    ]
    if not rounds:
        raise Refused(_("There is no round to export yet."))
    level = highest(*(Handling(this.handling) for this in rounds))
    returns = returns_of_rounds(request.session, [this.id for this in rounds])
    rows = _return_rows(request, rounds, returns)
    digests = past_digests(request.session, request.mission.id, limit=DIGESTS_AT_MOST)
    digest_table = digest_rows([(digest, this) for digest, this in digests if sees(request.who, digest.handling)])
    day = request.now.astimezone(request.zone).date().isoformat()
    files = {
        f"returns-{day}.csv": to_csv(RETURN_TITLES, rows),
        f"returns-{day}.xlsx": to_xlsx(RETURN_TITLES, rows, sheet="Returns"),
        f"digests-{day}.csv": to_csv(DIGEST_TITLES, digest_table),
        f"digests-{day}.xlsx": to_xlsx(DIGEST_TITLES, digest_table, sheet="Digests"),
    }
    comment = _("Updates of {mission}, {day}.").format(mission=request.mission.name, day=day)
    for name, content in files.items():
        key = Key.of("export", "updates", request.who.user_id, request.now, name)
        send_file(request, request.who.user_id, name, content, comment, key=key, handling=level)
    request.record("updates.exported", ("mission", request.mission.id), rounds=len(rounds), returns=len(returns))
    return Answer(say=export_card(len(rounds), len(returns)))


def _return_rows(request: Request, rounds: Sequence[Round], returns: Sequence[Return]) -> list[list[str]]:
    versions = versions_of(request.session, [given.id for given in returns])
    agencies = agencies_by_id(request.session, request.mission.id, {given.agency_id for given in returns})
    people = people_of(request.session, request.mission.id, {version.by for version in versions})
    names = {user: person.name or user for user, person in people.items()}
    return return_rows(rounds, returns, versions, agencies, names)
