"""The mission's own figures and pledges, each loaded for a person; `rules/access.py` decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from commands.funding.handlers.own.secrecy import place_of_ask
from commands.funding.rules.access import Thing, may
from commands.funding.rules.rights import WRITE
from commands.kit.access import Kind, Loader
from commands.kit.permission import Who, refusal_text
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage.funding.lines import FundingLine, get_line
from storage.funding.pledges import FundingPledge, get_pledge

T = TypeVar("T", FundingLine, FundingPledge)


def _allows(work: Work, who: Who, row: FundingLine | FundingPledge, act: str) -> bool:
    place = work.once(("place", who.user_id), lambda: place_of_ask(work) if isinstance(work, Request) else None)
    return may(who, place, Thing(row.handling, row.channel_id), act)


def _level(_work: Work, row: FundingLine | FundingPledge) -> str:
    return row.handling


def _who_may(request: Request, _row: object, _act: str) -> str:
    return refusal_text(request.session, request.mission.id, WRITE)


def _kind(name: str, load: Loader[T], unknown: Callable[[Request], str]) -> Kind[T]:
    return Kind(name, load, _allows, _level, unknown, _who_may)


OWN_FIGURE = _kind(
    "funding_line", get_line, lambda _request: _("I do not know this figure here. Open it again from the list.")
)
OWN_PLEDGE = _kind(
    "pledge", get_pledge, lambda _request: _("I do not know this pledge here. Open it again from the list.")
)
