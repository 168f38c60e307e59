"""Who reads Confidential texts of ours that may not: told once to those who can mend it.

A text is judged when it leaves. Afterwards the place may change under it: somebody comes in, becomes a guest or loses a
role, or the channel is made public or shared. Whoever looks at a channel, or hears of a change, ends here.

Gesture: say who may.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from commands.kit.cards import Card, channel_link, mention, sections
from commands.kit.handling import Clearance, Handling, Place, may_see
from commands.kit.permission import full_members, holders_of
from commands.kit.places import place_of_channel, read_channel
from commands.kit.post import tell
from commands.kit.words import _
from commands.kit.work import Work
from storage.channel_setups import setup_of_channel
from storage.channels import Channel, confidential_channels, lock_channel
from storage.people import Role
from storage.subjects import Key

# Nobody tells us that a channel was made public, and any event may be lost: so often the channels are looked at.
LOOKED_AT_EVERY = timedelta(minutes=5)
PUBLIC, SHARED = "public", "shared"
KEEPERS = frozenset({Role.ADMIN, Role.COORDINATOR})
NAMED_AT_MOST = 20


def who_may_not(place: Place) -> dict[str, Clearance | None]:
    """What is wrong with a place where Confidential texts stand: the channel's own ways, and who may not read there."""
    ways: dict[str, Clearance | None] = {}
    if not place.is_private:
        ways[PUBLIC] = None
    if place.is_shared:
        ways[SHARED] = None
    if not place.is_private:
        return ways  # Everybody reads there: nobody needs to be named.
    uncleared = (one for one in place.members or () if not one.is_gone and not may_see(one, Handling.CONFIDENTIAL))
    return ways | {one.user_id: one for one in uncleared}


def tell_exposure(work: Work, channel_id: str) -> None:
    """Compare who reads in a channel with what was told; tell what is new. Where nothing Confidential stands: nothing.

    Who left and comes again is told again.
    """
    known = work.session.get(Channel, (work.mission.id, channel_id))
    if known is None or known.confidential_at is None:
        return
    channel = lock_channel(work.session, work.mission.id, channel_id)
    found = who_may_not(place_of_channel(work.session, work.mission, channel_id))
    new = {what: who for what, who in found.items() if what not in channel.told_of}
    if set(found) != set(channel.told_of):
        channel.told_of = sorted(found)
    if not new:
        return
    work.record("channel.exposed", ("channel", channel_id), to=sorted(new))
    for keeper in _keepers(work, channel_id):
        with work.speaking_to(keeper):
            card = exposure_card(channel_id, new)
        tell(work, keeper, card, key=Key.of("exposed", channel_id, uuid4().hex))


def _keepers(work: Work, channel_id: str) -> list[str]:
    """Who is told: coordinators, among them the cabinet's secretary, admins, and whoever had the channel made."""
    setup = setup_of_channel(work.session, work.mission.id, channel_id)
    asked = [setup.asked_by] if setup else []
    holders = holders_of(work.session, work.mission.id, KEEPERS)
    return full_members(work.session, work.mission.id, [*holders, *asked])


def exposure_card(channel_id: str, found: dict[str, Clearance | None]) -> Card:
    """Where, who, and what to do; it holds nothing of the texts."""
    where = _("*Confidential texts of mine stand in {channel}, and people who may not can read them now.*")
    lines = [where.format(channel=channel_link(channel_id))]
    if PUBLIC in found:
        lines.append("• " + _("The channel is public: everybody in the workspace can read them."))
    if SHARED in found:
        lines.append("• " + _("The channel is shared with another organisation, or about to be."))
    people = [one for one in found.values() if one is not None]
    lines += [f"• {mention(one.user_id)}: {_why(one)}" for one in people[:NAMED_AT_MOST]]
    if len(people) > NAMED_AT_MOST:
        lines.append("• " + _("and {count} more").format(count=len(people) - NAMED_AT_MOST))
    lines.append(_advice(channel=len(people) < len(found), people=bool(people)))
    text = "\n".join(lines)
    return Card(text, tuple(sections(text)))


def _why(person: Clearance) -> str:
    if person.is_outsider:
        return _("of another organisation")
    if person.is_guest:
        return _("a guest")
    return _("has no role that is cleared for Confidential texts")


def _advice(*, channel: bool, people: bool) -> str:
    if people and not channel:
        what = _("Take them out of the channel, or give them a role that is cleared if they shall read these texts.")
    else:
        what = _("Make the channel private again and end the sharing.")
    rest = _(
        "If they shall not be read even now, have the texts deleted: in Slack, an admin of the workspace can delete a "
        "message of mine. Until then nothing Confidential goes there."
    )
    return f"{what} {rest}"


def look_again(work: Work) -> None:
    """Have every channel read where Confidential texts stand; what changed a moment after the last look counts too."""
    for channel in confidential_channels(work.session, work.mission.id):
        read_channel(work, channel.channel_id)
