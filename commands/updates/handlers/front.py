"""What the room gives to the front door: its card on Home, its things in one line, what is owed, what is found."""

from __future__ import annotations

from commands.kit.access import may
from commands.kit.cards import Block
from commands.kit.front.things import Hit, Line, Wait
from commands.kit.permission import ADMIN_OR_COORDINATOR, Who
from commands.kit.work import Work
from commands.updates.handlers.access import DIGEST, RETURN, ROUND
from commands.updates.handlers.mine import with_repeats
from commands.updates.views.calls import Owed
from commands.updates.views.front import digest_line, digest_wait, owed_wait, return_line, round_line
from commands.updates.views.home import home_blocks
from storage.agencies import Agency, agencies_by_id, get_agency
from storage.letters import fits
from storage.subjects import number
from storage.updates.digests import get_digest, newest_digests
from storage.updates.earlier import latest_answers
from storage.updates.returns import STILL_OWED, Return, counts_of, get_return, owed_by
from storage.updates.rounds import Round, get_round, newest_rounds, open_rounds

# So many of the newest are looked through by their title.
LOOKED_THROUGH = 400


def read_round(work: Work, who: Who, identity: str) -> Line | None:
    """A round."""
    this = get_round(work.session, work.mission.id, number(identity))
    return round_line(this) if this is not None and may(work, who, ROUND, this) else None


def read_return(work: Work, who: Who, identity: str) -> Line | None:
    """A return: that an agency has answered, or owes."""
    given = get_return(work.session, work.mission.id, number(identity))
    if given is None or not may(work, who, RETURN, given):
        return None
    this = get_round(work.session, work.mission.id, given.round_id)
    agency = get_agency(work.session, work.mission.id, given.agency_id)
    return return_line(given, this, agency) if this is not None and agency is not None else None


def read_digest(work: Work, who: Who, identity: str) -> Line | None:
    """A digest."""
    digest = get_digest(work.session, work.mission.id, number(identity))
    return digest_line(digest) if digest is not None and may(work, who, DIGEST, digest) else None


def asked_of(work: Work, who: Who) -> list[tuple[Return, Round, Agency]]:
    """The returns of open rounds of a person's agencies; read once in a unit of work, and not to be changed in it."""
    if not who.agencies:
        return []
    mission = work.mission.id
    return work.once(("asked of", who.user_id), lambda: owed_by(work.session, mission, who.agencies))


def running(work: Work) -> list[Round]:
    """The rounds that collect now; read once in a unit of work, and not to be changed in it."""
    return work.once("running rounds", lambda: open_rounds(work.session, work.mission.id))


def returns_waiting(work: Work, who: Who) -> list[Wait]:
    """The updates that a person's agencies owe."""
    return [
        owed_wait(given, this, agency)
        for given, this, agency in asked_of(work, who)
        if given.state in STILL_OWED and who.answers_for(agency.id) and may(work, who, ROUND, this)
    ]


def digests_waiting(work: Work, who: Who) -> list[Wait]:
    """For coordinators, the rounds past their deadline whose digest is about to go out."""
    if not ADMIN_OR_COORDINATOR.is_met_by(who):
        return []
    return [digest_wait(this) for this in running(work) if this.due_at <= work.now and may(work, who, ROUND, this)]


def search_rounds(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The newest rounds whose title says these words."""
    found = newest_rounds(work.session, work.mission.id, LOOKED_THROUGH)
    mine = [this for this in found if fits(words, this.title) and may(work, who, ROUND, this)]
    return [Hit(round_line(this), this.opened_at or this.created_at) for this in mine[:limit]]


def search_digests(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The newest digests whose title says these words."""
    found = newest_digests(work.session, work.mission.id, LOOKED_THROUGH)
    mine = [digest for digest in found if fits(words, digest.title) and may(work, who, DIGEST, digest)]
    return [Hit(digest_line(digest), digest.sent_at) for digest in mine[:limit]]


def draw_home(work: Work, who: Who) -> list[Block]:
    """What the person owes, what their agencies answered last, and for coordinators the running rounds."""
    agencies = agencies_by_id(work.session, work.mission.id, who.agencies, people=False)
    asked = [Owed(this, given, agency, work.zone, work.now) for given, this, agency in asked_of(work, who)]
    owed = with_repeats(work, [one for one in asked if may(work, who, ROUND, one.round)])
    last = [
        (given, this, agencies[given.agency_id])
        for given, this in latest_answers(work.session, agencies)
        if may(work, who, ROUND, this)
    ]
    rounds = []
    if ADMIN_OR_COORDINATOR.is_met_by(who):
        open_now = running(work)
        counts = counts_of(work.session, [this.id for this in open_now])
        rounds = [(this, counts.get(this.id, {})) for this in open_now if may(work, who, ROUND, this)]
    return home_blocks(owed, last, rounds, work.zone, work.now, leads=ADMIN_OR_COORDINATOR.is_met_by(who))
