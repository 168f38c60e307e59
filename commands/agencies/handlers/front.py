"""What the room gives to the front door: agencies in one line, what an admin has to settle, what is found."""

from __future__ import annotations

from commands.agencies.rules.search import ListState, matching
from commands.agencies.views.front import agency_line, unanswered_wait
from commands.kit.front.things import Hit, Line, Wait
from commands.kit.permission import ADMIN, Who
from commands.kit.work import Work
from storage.agencies import all_agencies, count_without_focal_point, get_agency
from storage.subjects import Subject, number


def read_agency(work: Work, who: Who, identity: str) -> Line | None:
    """An agency, which every member may know."""
    agency = get_agency(work.session, work.mission.id, number(identity))
    return agency_line(agency) if agency is not None and who.is_member else None


def unanswered_waiting(work: Work, who: Who) -> list[Wait]:
    """For admins, how many agencies nobody answers for."""
    count = count_without_focal_point(work.session, work.mission.id) if ADMIN.is_met_by(who) else 0
    return [unanswered_wait(count, Subject.of("mission", work.mission.id))] if count else []


def search_agencies(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The agencies that the list would show for these words, those changed last first."""
    if not who.is_member:
        return []
    found = matching(all_agencies(work.session, work.mission.id), ListState(words))
    newest = sorted(found, key=lambda agency: agency.updated_at, reverse=True)
    return [Hit(agency_line(agency), agency.updated_at) for agency in newest[:limit]]
