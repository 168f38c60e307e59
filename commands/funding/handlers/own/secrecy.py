"""Where Confidential own figures and pledges may be seen: by cleared people, in the private channel they live in."""

from __future__ import annotations

from typing import Protocol

from commands.funding.rules.own.entry import CHANNEL, HANDLING, OWNER, FigureEntry
from commands.funding.views.notes import PlaceNotes
from commands.kit.handling import Handling, may_see
from commands.kit.permission import clearance_from, clearance_of
from commands.kit.places import not_usable, why_not
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage.channels import members_of
from storage.funding.pledges import FundingPledge, pledges_of
from storage.people import get_person


class MaybeConfidential(Protocol):
    """A row that may be Confidential."""

    handling: str
    channel_id: str | None


def place_of_ask(request: Request) -> str | None:
    """The channel whose Confidential rows this person may see now; None where they may see none.

    They must be cleared, be a member of the channel, and ask from it: a form carries its channel in its notes.
    """
    channel = request.noted(PlaceNotes).here or request.channel or (request.message.channel if request.message else "")
    if not channel or not is_cleared(request):
        return None
    return channel if request.who.user_id in members_of(request.session, request.mission.id, channel) else None


def is_cleared(request: Request) -> bool:
    """Whether this person may see Confidential texts at all."""
    return may_see(clearance_from(request.who), Handling.CONFIDENTIAL)


def pledges_here(work: Work, channel_id: str | None, *, open_only: bool = False) -> list[FundingPledge]:
    """The pledges that may be shown in a channel; the unclassified ones without."""
    return pledges_of(work.session, work.mission.id, channel_id=channel_id, open_only=open_only)


def placed(
    request: Request, row: MaybeConfidential | None, entry: FigureEntry, owner: str
) -> tuple[Handling, str | None]:
    """The level and the channel: chosen for what is new, kept or released for what is there.

    Raises Refused next to the field, also where the owner may not see it.
    """
    if row is None:
        level, channel = _check_handling(request, entry)
    else:
        level = Handling.UNCLASSIFIED if is_released(row, entry) else Handling(row.handling)
        channel = row.channel_id
    _check_owner(request, owner, level, channel)
    return level, channel


def is_released(row: MaybeConfidential | None, entry: FigureEntry) -> bool:
    """Whether the form takes something out of Confidential."""
    return row is not None and row.handling == Handling.CONFIDENTIAL and entry.handling is Handling.UNCLASSIFIED


def _check_handling(request: Request, entry: FigureEntry) -> tuple[Handling, str | None]:
    """The level and the channel that a form names for something new. Raises Refused next to the field."""
    level = entry.handling or Handling.UNCLASSIFIED
    if level is Handling.UNCLASSIFIED:
        return level, None
    if level is Handling.STRICTLY_CONFIDENTIAL or not is_cleared(request):
        raise Refused(_("Your roles do not let you keep Confidential texts here."), HANDLING)
    channel = entry.channel
    if not channel:
        raise Refused(_("Choose the private channel this talk stays in."), CHANNEL)
    trouble = not_usable(request, channel) or why_not(request, level, channel)
    if trouble:
        raise Refused(trouble, CHANNEL)
    if request.who.user_id not in members_of(request.session, request.mission.id, channel):
        raise Refused(_("You are not in this channel. Choose one you are in."), CHANNEL)
    return level, channel


def _check_owner(request: Request, user_id: str, level: Handling, channel_id: str | None) -> None:
    """The owner of something Confidential may see it. Raises Refused next to the field."""
    if level is Handling.UNCLASSIFIED or channel_id is None:
        return
    person = get_person(request.session, request.mission.id, user_id)
    cleared = person is not None and may_see(clearance_of(request.session, request.mission.id, person), level)
    if not cleared or user_id not in members_of(request.session, request.mission.id, channel_id):
        raise Refused(_("The owner must be in the channel and cleared for Confidential texts."), OWNER)
