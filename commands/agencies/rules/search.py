"""Finding agencies in the list: by code, names, kind, sectors, duty station and state; pages of twenty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.names.agencies import kind_name
from commands.kit.names.sectors import sector_name
from commands.kit.notes import named
from commands.kit.pages import SEARCH_LIMIT
from commands.kit.words import pgettext
from storage.agencies import Agency, AgencyState
from storage.letters import fits
from storage.people import Role

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class ListState:
    """What somebody is looking at: their search, the page (0 first), and whether only agencies without focal point.

    `cleared` changes with every search that is taken back: Slack keeps what was typed in a field of the same name.
    """

    query: str = named("q", "", most=SEARCH_LIMIT)
    page: int = 0
    unanswered: bool = False
    cleared: bool = False

    @property
    def field(self) -> str:
        """The name of the search field."""
        return "search_again" if self.cleared else "search"


@dataclass(frozen=True, slots=True)
class AgencyNotes:
    """What a form about one agency carries: which, and in which version it was read (none for a new agency).

    `leaves` are those that the form lists; whoever takes one away has seen it.
    """

    agency: int | None = None
    version: int | None = None
    leaves: tuple[int, ...] | None = None
    look: ListState | None = ListState()


def matching(agencies: Sequence[Agency], look: ListState) -> list[Agency]:
    """The agencies in which every word of the search stands, somewhere."""
    return [
        agency
        for agency in agencies
        if (not look.unanswered or lacks_focal_point(agency)) and fits(look.query, _searched(agency))
    ]


def lacks_focal_point(agency: Agency) -> bool:
    """Whether an active agency has nobody to ask first."""
    return agency.state == AgencyState.ACTIVE and not agency.holders(Role.FOCAL_POINT)


def _searched(agency: Agency) -> str:
    sectors = [word for sector in agency.sectors for word in (sector, sector_name(sector))]
    state = pgettext("agency", "suspended") if agency.state == AgencyState.SUSPENDED else ""
    about = (agency.code, agency.name, agency.name_fr, kind_name(agency.kind), agency.duty_station, state)
    return " ".join((*about, *sectors))
