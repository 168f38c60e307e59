"""The channel of a series or of one meeting: what it holds, and what happens when it is ready or cannot be finished."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.handlers.agenda.message import agenda_of, card_subject, refresh_agenda
from commands.cabinet.handlers.series.seats import people_to_invite, seats_of
from commands.cabinet.rules.naming import channel_name
from commands.cabinet.views.agenda.message import agenda_canvas, agenda_card
from commands.cabinet.views.series.channel import setup_card
from commands.cabinet.views.series.welcome import welcome_card
from commands.kit.cards import Card
from commands.kit.channels import CANVAS, TOPIC, ChannelContents, ChannelRequest, begin_setup
from commands.kit.handling import Handling, highest
from commands.kit.post import show_to
from commands.kit.promises import redraw_about
from commands.kit.words import _
from commands.kit.work import Work
from storage.agencies import agencies_by_id
from storage.cabinet.meetings import Meeting, MeetingState, get_meeting, meetings_of_series
from storage.cabinet.series import ChannelRule, Series, get_series
from storage.channel_setups import ChannelSetup
from storage.posts import shown_about
from storage.subjects import Subject

ROOM = "cabinet"
WELCOME = Subject.of("welcome")
USED_BY = (MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.HELD)


def setup_subject(series: Series, meeting: Meeting) -> Subject:
    """What the channel of a meeting is for: the whole series, or this meeting alone."""
    whole = series.channel_rule == ChannelRule.SERIES and not series.is_one_off
    return of_series(series.id) if whole else of_meeting(meeting.id)


def of_series(series_id: int) -> Subject:
    """What the channel of all meetings of a series is for."""
    return Subject.of("cabinet", "series", series_id)


def of_meeting(meeting_id: int) -> Subject:
    """What the channel of one meeting is for."""
    return Subject.of("cabinet", "meeting", meeting_id)


def serves_series(setup: ChannelSetup) -> bool:
    """Whether a channel is for all meetings of a series."""
    subject = Subject.parse(setup.subject)
    return subject == of_series(subject.number())


def open_channel(work: Work, series: Series, meeting: Meeting) -> ChannelSetup:
    """Begin to make the meeting's channel, or furnish the one of its series for it."""
    subject = setup_subject(series, meeting)
    with work.speaking_to_everyone():
        wanted = ChannelRequest(
            subject=subject,
            room=ROOM,
            name=_name_of(work, series, meeting),
            topic=_topic(series, meeting),
            purpose=_("Meetings of the cabinet, kept by Rapporteur"),
            people=people_to_invite(work, series, meeting.handling, (meeting.chair, meeting.secretary)),
            asked_by=work.actor if work.actor.startswith(("U", "W")) else meeting.secretary,
        )
        setup = begin_setup(work, CONTENTS, wanted)
    if setup.channel_id is not None:
        meeting.channel_id = setup.channel_id
    tell_progress(work, setup)
    return setup


def _name_of(work: Work, series: Series, meeting: Meeting) -> str:
    """What a new channel is called: after its title, unless that is Confidential, since everybody sees names."""
    whole = setup_subject(series, meeting) == of_series(series.id)
    day = None if whole else meeting.starts_at.astimezone(work.zone).date()
    title = meeting.title if level_of(series, [meeting]) is Handling.UNCLASSIFIED else ""
    return channel_name(title, f"cabinet-{series.id}", day)


def new_name(work: Work, setup: ChannelSetup) -> str:
    """What the channel is called that is made in place of a lost one."""
    series, meetings = subject_parts(work, setup)
    return _name_of(work, series, meetings[0]) if series is not None and meetings else setup.name


def _topic(series: Series, meeting: Meeting) -> str:
    if level_of(series, [meeting]) is not Handling.UNCLASSIFIED:
        return _("Confidential")
    return series.title


def subject_parts(work: Work, setup: ChannelSetup) -> tuple[Series | None, list[Meeting]]:
    """The series that a channel belongs to, and the meetings that use it now, the earliest first."""
    number = Subject.parse(setup.subject).number()
    if serves_series(setup):
        series = get_series(work.session, work.mission.id, number)
        meetings = meetings_of_series(work.session, number) if series is not None else []
    else:
        meeting = get_meeting(work.session, work.mission.id, number)
        meetings = [meeting] if meeting is not None else []
        series = get_series(work.session, work.mission.id, meeting.series_id) if meeting is not None else None
    return series, [meeting for meeting in meetings if meeting.state in USED_BY]


def level_of(series: Series | None, meetings: Sequence[Meeting]) -> Handling:
    """The level of what is said about a channel: its title's, and its meetings'."""
    levels = [*([series.handling] if series is not None else []), *(one.handling for one in meetings)]
    return highest(*(Handling(level) for level in levels))


def title_of(work: Work, setup: ChannelSetup) -> str:
    """What the channel is called when it is spoken of."""
    series, _meetings = subject_parts(work, setup)
    return series.title if series is not None else setup.name


def _posts(work: Work, setup: ChannelSetup) -> Sequence[tuple[Subject, Card]]:
    series, meetings = subject_parts(work, setup)
    if series is None:
        return []
    with work.speaking_to_everyone():
        first = welcome_card(series, work.command("cabinet"))
        agendas = [(card_subject(meeting), agenda_card(agenda_of(work, meeting))) for meeting in meetings]
    return [(WELCOME, first), *agendas]


def _bookmarks(work: Work, setup: ChannelSetup) -> Sequence[tuple[str, Subject]]:
    _series, meetings = subject_parts(work, setup)
    with work.speaking_to_everyone():
        agenda = [(_("Agenda"), card_subject(meetings[0]))] if meetings else []
        return [*agenda, (_("Actions"), WELCOME)]


def _canvas(work: Work, setup: ChannelSetup) -> str | None:
    series, meetings = subject_parts(work, setup)
    plain = [meeting for meeting in meetings if Handling(meeting.handling) is Handling.UNCLASSIFIED]
    if series is None or Handling(series.handling) is not Handling.UNCLASSIFIED or not plain:
        return None
    with work.speaking_to_everyone():
        return agenda_canvas(agenda_of(work, plain[0]))


def _level(work: Work, setup: ChannelSetup, piece: str) -> str:
    """The topic may be the title, and the canvas holds an agenda; the rest are words that every channel has."""
    series, meetings = subject_parts(work, setup)
    says_more = piece == CANVAS or (piece == TOPIC and series is not None and setup.topic == series.title)
    plain = [one for one in meetings if one.handling == Handling.UNCLASSIFIED] if piece == CANVAS else meetings
    return level_of(series, plain) if says_more else Handling.UNCLASSIFIED


def _made(work: Work, setup: ChannelSetup) -> None:
    series, meetings = subject_parts(work, setup)
    for meeting in meetings:
        meeting.channel_id = setup.channel_id
    if series is not None and serves_series(setup):
        series.channel_id = setup.channel_id
    work.record("channel.made", ("setup", setup.id), channel=setup.channel_id, name=setup.channel_name)


def _ready(work: Work, setup: ChannelSetup) -> None:
    _series, meetings = subject_parts(work, setup)
    for meeting in meetings:
        meeting.channel_id = setup.channel_id
        # The agenda may have changed, or another meeting been convened, while the channel was being made.
        refresh_agenda(work, meeting)
    work.record("channel.ready", ("setup", setup.id), invited=len(setup.invited), refused=dict(setup.refused))
    tell_progress(work, setup)


def _broken(work: Work, setup: ChannelSetup) -> None:
    work.record("channel.broken", ("setup", setup.id), step=setup.step, troubles=dict(setup.troubles))
    tell_progress(work, setup)


def _furnished(work: Work, setup: ChannelSetup) -> None:
    tell_progress(work, setup)


CONTENTS = ChannelContents(
    done="cabinet:channel",
    posts=_posts,
    bookmarks=_bookmarks,
    canvas=_canvas,
    level=_level,
    made=_made,
    ready=_ready,
    broken=_broken,
    furnished=_furnished,
)


def tell_progress(work: Work, setup: ChannelSetup) -> None:
    """Keep the one message current by which whoever asked for the channel, and the secretary, see how it stands."""
    series, meetings = subject_parts(work, setup)
    if series is None:
        return
    seats = seats_of(work, series)
    agencies = agencies_by_id(work.session, work.mission.id, seats.unrepresented)
    level = meetings[0].handling if meetings else series.handling
    invitable = people_to_invite(work, series, level)
    uncleared = [user for user in seats.people if user not in invitable]
    # Whoever asked before, and somebody who was secretary then, still have the message with its buttons.
    shown = shown_about(work.session, work.mission.id, Subject.of("cabinet", "setup", setup.id))
    for user in dict.fromkeys([setup.asked_by, series.secretary, *(one.ids[-1] for one in shown)]):
        with work.speaking_to(user):
            card = setup_card(
                setup,
                series.title,
                unrepresented=[*agencies.values()] if agencies else [],
                uncleared=uncleared,
                level=level_of(series, meetings),
            )
        show_to(work, user, Subject.of("cabinet", "setup", setup.id, user), card)
    redraw_about(work, "cabinet:lost", Subject.of("cabinet", "lost", setup.id))
