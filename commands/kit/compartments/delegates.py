"""What the head of a side does: names people to it, and takes them off. Each change is said in the side's own channel.

Gesture: say who may.
"""

from __future__ import annotations

from uuid import uuid4

from commands.kit.cards import Card, mention, section
from commands.kit.compartments.people import heads_of
from commands.kit.compartments.rules import HEADS, NoDelegate, is_head, why_not_named
from commands.kit.names.roles import role_name
from commands.kit.permission import Who, who_is
from commands.kit.post import post
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage.agencies import agencies_by_id
from storage.channels import channel_of_side
from storage.compartments import Compartment, add_delegate, drop_delegate
from storage.people import get_person
from storage.subjects import Key

NAMED, TAKEN_OFF = "compartment.named", "compartment.taken_off"

__all__ = ["check_has_head", "name_delegate", "take_off_delegate"]


def name_delegate(request: Request, side: Compartment, user_id: str, *, field: str | None = None) -> None:
    """Name somebody to a side. Raises Refused (at `field`) with the reason; naming them again changes nothing."""
    _check(request, side, user_id, field)
    now = request.now
    if add_delegate(request.session, request.mission.id, side, user_id, by=request.actor, now=now):
        _say(request, side, NAMED, user_id)


def take_off_delegate(request: Request, side: Compartment, user_id: str) -> None:
    """Take somebody off a side, at once and everywhere. Raises Refused for whoever does not lead it."""
    _check(request, side, user_id, None, removes=True)
    if drop_delegate(request.session, request.mission.id, side, user_id):
        _say(request, side, TAKEN_OFF, user_id)


def check_has_head(work: Work, side: Compartment) -> None:
    """Nothing is entered on a side that nobody leads. Raises Refused, with who names its head."""
    if not heads_of(work.session, work.mission.id, side):
        raise Refused(
            _("Nobody holds the role {role}, so nothing can be entered here. An admin names somebody to it.").format(
                role=role_name(HEADS[side])
            )
        )


def _check(request: Request, side: Compartment, user_id: str, field: str | None, *, removes: bool = False) -> None:
    person = get_person(request.session, request.mission.id, user_id)
    who = who_is(request.session, request.mission.id, person) if person else None
    why = why_not_named(
        by_head=is_head(request.who.agreed_roles, request.who.inside, side),
        is_full=person is not None and person.is_full,
        spheres=_spheres(request, who),
        removes=removes,
    )
    if why is not None:
        raise Refused(_why_text(why, side, user_id), field)


def _spheres(work: Work, who: Who | None) -> list[str]:
    """What each agency is there for in which somebody holds a role, agreed to or not."""
    ids = who.agencies if who else ()
    return [one.sphere for one in agencies_by_id(work.session, work.mission.id, ids, people=False).values()]


def _why_text(why: NoDelegate, side: Compartment, user_id: str) -> str:
    return {
        NoDelegate.NOT_THE_HEAD: _("Only whoever leads this side ({role}) names people to it.").format(
            role=role_name(HEADS[side])
        ),
        NoDelegate.NOT_A_MEMBER: _("{person} is no full member of this workspace, so they cannot be on this side."),
        NoDelegate.BARRED_SPHERE: _(
            "{person} has a role in a uniformed or political part of the mission, so they cannot be on this side."
        ),
        NoDelegate.SPHERE_UNKNOWN: _(
            "Nobody has said yet what the agency of {person} is there for. An admin enters that with /agency edit."
        ),
    }[why].format(person=mention(user_id))


def _say(request: Request, side: Compartment, verb: str, user_id: str) -> None:
    request.record(verb, ("compartment", side.value), compartment=side, user=user_id)
    channel = channel_of_side(request.session, request.mission.id, side)
    if channel is None:
        return
    with request.speaking_to_everyone():
        text = {
            NAMED: _("{by} has named {person} to this side."),
            TAKEN_OFF: _("{by} has taken {person} off this side. Take them out of this channel too."),
        }[verb].format(by=mention(request.actor), person=mention(user_id))
    key = Key.of("compartment", side.value, uuid4().hex)
    post(request, channel, Card(text, (section(text),), compartment=side), key=key)
