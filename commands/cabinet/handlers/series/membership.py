"""Who joins an agency or a role later comes into the cabinet's channels, who leaves is taken out, and it is told."""

from __future__ import annotations

from commands.cabinet.handlers.access import SERIES
from commands.cabinet.handlers.meetings.channels import (
    CONTENTS,
    ROOM,
    level_of,
    new_name,
    serves_series,
    subject_parts,
    tell_progress,
    title_of,
)
from commands.cabinet.handlers.series.seats import people_to_invite
from commands.cabinet.rules.access import Act
from commands.cabinet.views.series.channel import lost_card, members_card, not_let_in_card, setup_card
from commands.kit.access import may
from commands.kit.cards import Card
from commands.kit.channels import invite_people, lose_channel, remove_people, try_again
from commands.kit.channels.steps import REFUSED, THERE_ALREADY
from commands.kit.handling import Handling
from commands.kit.people import learn_people
from commands.kit.post import tell
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work
from storage.cabinet.series import Series
from storage.channel_setups import ChannelSetup, SetupState, lock_setup, ready_setups, setup_of_channel
from storage.outbox import Sent
from storage.subjects import Key, Subject, number

DONE = "cabinet:member"


def keep_members(work: Work) -> None:
    """Compare every channel in use with who belongs in it now."""
    for setup in ready_setups(work.session, work.mission.id, ROOM):
        series, meetings = subject_parts(work, setup)
        if series is not None and (meetings or serves_series(setup)):
            level = meetings[0].handling if meetings else series.handling
            officers = [user for meeting in meetings for user in (meeting.chair, meeting.secretary)]
            wanted = list(dict.fromkeys([*officers, *people_to_invite(work, series, level)]))
            _keep(work, setup, series, wanted, level_of(series, meetings))


def _keep(work: Work, setup: ChannelSetup, series: Series, wanted: list[str], level: Handling) -> None:
    came = [user for user in wanted if user not in setup.wanted]
    # Somebody who was brought in by a member, not by us, is that member's guest.
    left = [user for user in setup.invited if user not in wanted]
    if not came and not left:
        return
    setup.wanted = wanted
    setup.invited = [user for user in [*setup.invited, *came] if user not in left]
    learn_people(work, came)
    invite_people(work, setup, came, DONE)
    remove_people(work, setup, left, DONE)
    work.record("channel.members", ("setup", setup.id), came=came, left=left)
    with work.speaking_to(series.secretary):
        card = members_card(series.title, setup.channel_id or "", came, left, level)
    tell(work, series.secretary, card, key=Key.of("cabinet", "members", setup.id, work.now))


def on_member(work: Work, subject: Subject, outcome: Sent) -> None:
    """Slack answered an invitation or a removal: a refused invitation is told to the secretary."""
    setup, user = lock_setup(work.session, work.mission.id, subject.number()), subject.ids[1]
    code = str(outcome.get(REFUSED) or "")
    if setup is None or not code or code in THERE_ALREADY or subject.kind != "invite":
        return
    setup.invited = [one for one in setup.invited if one != user]
    setup.refused = {**setup.refused, user: code}
    series, meetings = subject_parts(work, setup)
    if series is not None:
        with work.speaking_to(series.secretary):
            card = not_let_in_card(series.title, user, code, level_of(series, meetings))
        tell(work, series.secretary, card, key=Key.of("cabinet", "refused", setup.id, user, work.now))


def on_archived(request: Request) -> None:
    """Somebody archived one of our channels."""
    _lost(request, "is_archived")


def on_left(request: Request) -> None:
    """Somebody took us out of one of our channels."""
    if request.who.user_id == request.mission.bot_user_id:
        _lost(request, "not_in_channel")


def _lost(request: Request, code: str) -> None:
    setup = setup_of_channel(request.session, request.mission.id, request.channel)
    if setup is None or setup.room != ROOM or setup.state == SetupState.ARCHIVED:
        return
    lose_channel(setup, code)
    request.record("channel.lost", ("setup", setup.id), reason=code)
    series, meetings = subject_parts(request, setup)
    if series is not None:
        level = level_of(series, meetings)
        with request.speaking_to(series.secretary):
            card = lost_card(setup, series.title, archived=code == "is_archived", level=level)
        key = Key.of("cabinet", "lost", setup.id, request.now)
        about = Subject.of("cabinet", "lost", setup.id, int(request.now.timestamp()), series.secretary)
        tell(request, series.secretary, card, key=key, subject=about)


def draw_lost(work: Work, subject: Subject) -> Card | None:
    """What a secretary was told of a lost channel, as it is now."""
    setup = lock_setup(work.session, work.mission.id, subject.number())
    if setup is None:
        return None
    level = level_of(*subject_parts(work, setup))
    with work.speaking_to(subject.ids[-1]):
        if setup.state != SetupState.BROKEN:
            return setup_card(setup, title_of(work, setup), level=level)
        archived = setup.troubles.get(setup.step) == "is_archived"
        return lost_card(setup, title_of(work, setup), archived=archived, level=level)


def go_on(request: Request) -> Answer:
    """Go on with a channel where its making stopped."""
    return _again(request, new_channel=False)


def make_new(request: Request) -> Answer:
    """Make another channel in place of one that is lost."""
    return _again(request, new_channel=True)


def _again(request: Request, *, new_channel: bool) -> Answer:
    setup = lock_setup(request.session, request.mission.id, number(request.value))
    series, _meetings = subject_parts(request, setup) if setup is not None and setup.room == ROOM else (None, [])
    asked = setup is not None and request.who.user_id == setup.asked_by
    if setup is None or series is None or not (asked or may(request, request.who, SERIES, series, Act.LEAD)):
        raise Refused(_("I do not know this channel any more."))
    if setup.state != SetupState.BROKEN:
        raise Refused(_("Somebody has done this already: see the newest message about the channel."))
    setup.asked_by = request.who.user_id
    try_again(request, CONTENTS, setup, new_name=new_name(request, setup) if new_channel else None)
    request.record("channel.again", ("setup", setup.id), new=new_channel)
    tell_progress(request, setup)
    return Answer(say=Card(_("I go on with the channel of {title}.").format(title=title_of(request, setup))))
