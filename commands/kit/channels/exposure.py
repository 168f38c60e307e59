"""Who reads Confidential texts of ours that may not: told once to those who can mend it.

A text is judged when it leaves. Afterwards the place may change under it: somebody comes in, becomes a guest or loses a
role, or the channel is made public or shared. Whoever looks at a channel, or hears of a change, ends here.

Gesture: say who may.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    channel_link,
    confirm,
    mention,
    moment,
    section,
    sections,
)
from commands.kit.compartments.people import people_inside
from commands.kit.dates import when_text
from commands.kit.handling import Clearance, Handling, Place, is_inside, may_see
from commands.kit.permission import full_members, holders_of
from commands.kit.places import place_of_channel, read_channel
from commands.kit.post import tell
from commands.kit.words import _, ngettext
from commands.kit.work import Work
from storage.cabinet.series import secretaries_of_channel
from storage.channel_setups import setup_of_channel
from storage.channels import Channel, confidential_channels, lock_channel
from storage.compartments import Compartment
from storage.people import Role
from storage.subjects import Key, Subject

# Nobody tells us that a channel was made public, and any event may be lost: so often the channels are looked at.
LOOKED_AT_EVERY = timedelta(minutes=5)
PUBLIC, SHARED = "public", "shared"
KEEPERS = frozenset({Role.ADMIN, Role.COORDINATOR})
NAMED_AT_MOST = 20
DELETED = "channel.texts_deleted"


def who_may_not(place: Place) -> dict[str, Clearance | None]:
    """What is wrong with a place where Confidential texts stand: the channel's own ways, and who may not read there."""
    ways: dict[str, Clearance | None] = {}
    if not place.is_private:
        ways[PUBLIC] = None
    if place.is_shared:
        ways[SHARED] = None
    if not place.is_private:
        return ways  # Everybody reads there: nobody needs to be named.
    strangers = (one for one in place.members or () if not one.is_gone and not _may_read(one, place.side))
    return ways | {one.user_id: one for one in strangers}


def _may_read(person: Clearance, side: Compartment) -> bool:
    """Whether somebody may read what stands in a channel: on a side that is decided by the side alone."""
    return may_see(person, Handling.CONFIDENTIAL) if side is Compartment.MISSION else is_inside(person, side)


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
    side = Compartment(channel.compartment)
    work.record("channel.exposed", ("channel", channel_id), compartment=side, to=sorted(new))
    for keeper in keepers_of(work, channel_id):
        with work.speaking_to(keeper):
            card = exposure_card(channel_id, new, side)
        about = Subject.of("exposed", channel_id, notice(work.now), keeper)
        tell(work, keeper, card, key=Key.of("exposed", channel_id, uuid4().hex), subject=about)


def notice(at: datetime) -> str:
    """When somebody was told, as it stands in a message's subject; later ones come later in the alphabet."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")


def keepers_of(work: Work, channel_id: str) -> list[str]:
    """Who is told, and may act: coordinators, admins, whoever had the channel made, and its series' secretary.

    Of a side's channel its own people are told, and nobody else.
    """
    known = work.session.get(Channel, (work.mission.id, channel_id))
    if known is not None and known.compartment != Compartment.MISSION:
        return people_inside(work.session, work.mission.id, Compartment(known.compartment))
    setup = setup_of_channel(work.session, work.mission.id, channel_id)
    asked = [setup.asked_by] if setup else []
    secretaries = secretaries_of_channel(work.session, work.mission.id, channel_id)
    holders = holders_of(work.session, work.mission.id, KEEPERS)
    return full_members(work.session, work.mission.id, [*holders, *asked, *secretaries])


def exposure_card(channel_id: str, found: dict[str, Clearance | None], side: Compartment = Compartment.MISSION) -> Card:
    """Where, who, and what to do; it holds nothing of the texts."""
    where = _("*Confidential texts of mine stand in {channel}, and people who may not can read them now.*")
    if side is not Compartment.MISSION:
        where = _("*Texts of your side stand in {channel}, and people who are not on it can read them now.*")
    lines = [where.format(channel=channel_link(channel_id))]
    if PUBLIC in found:
        lines.append("• " + _("The channel is public: everybody in the workspace can read them."))
    if SHARED in found:
        lines.append("• " + _("The channel is shared with another organisation, or about to be."))
    people = [one for one in found.values() if one is not None]
    one_line = "• " + _("{person}: {why}")
    lines += [one_line.format(person=mention(one.user_id), why=_why(one, side)) for one in people[:NAMED_AT_MOST]]
    if len(people) > NAMED_AT_MOST:
        lines.append("• " + _("and {count} more").format(count=len(people) - NAMED_AT_MOST))
    lines.append(_advice(channel=len(people) < len(found), people=bool(people)))
    text = "\n".join(lines)
    return Card(text, (*sections(text), actions(_delete(channel_id))))


def _delete(channel_id: str) -> Block:
    question = confirm(
        _("Delete my Confidential texts there?"),
        _(
            "All of my messages, files and other texts in {channel} that are Confidential go, for everybody. What they "
            "say stays on record. It cannot be undone."
        ).format(channel=channel_link(channel_id)),
        _("Delete them"),
        _("Keep them"),
        danger=True,
    )
    return button(_("Delete my texts there"), "mission:delete-texts", channel_id, style="danger", confirm=question)


def deleted_card(channel_id: str, by: str, at: datetime, zone: ZoneInfo, count: int) -> Card:
    """The same once somebody has had the texts deleted: who, when, how many."""
    text = ngettext(
        "{person} had my Confidential text in {channel} deleted, {when}. The record keeps what it says.",
        "{person} had my {count} Confidential texts in {channel} deleted, {when}. The record keeps what they say.",
        count,
    ).format(person=mention(by), channel=channel_link(channel_id), when=moment(at, when_text(at, zone)), count=count)
    rest = _("What I posted there more than 90 days ago and have not changed since, an admin of the workspace deletes.")
    return Card(f"{text} {rest}", (section(f"{text}\n{rest}"),))


def _why(person: Clearance, side: Compartment) -> str:
    if person.is_outsider:
        return _("of another organisation")
    if person.is_guest:
        return _("a guest")
    if side is not Compartment.MISSION:
        return _("not named to this side")
    return _("has no role that is cleared for Confidential texts")


def _advice(*, channel: bool, people: bool) -> str:
    if people and not channel:
        what = _("Take them out of the channel, or give them a role that is cleared if they shall read these texts.")
    else:
        what = _("Make the channel private again and end the sharing.")
    rest = _("If they shall not be read even now, have my texts deleted. Until then nothing Confidential goes there.")
    return f"{what} {rest}"


def look_again(work: Work) -> None:
    """Have every channel read where Confidential texts stand; what changed a moment after the last look counts too."""
    for channel in confidential_channels(work.session, work.mission.id):
        read_channel(work, channel.channel_id)
