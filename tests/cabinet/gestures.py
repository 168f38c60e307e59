"""What the room's gestures need to be made: a meeting with a decision, one that is over, a channel that was lost."""

from __future__ import annotations

from commands.cabinet.handlers.meetings.channels import tell_progress
from commands.kit.channels import lose_channel
from commands.kit.work import Work
from storage.channel_setups import ready_setups
from storage.missions import get_mission
from tests.cabinet.test_record import end, play_meeting
from tests.world import World


def a_decision_waits_for_silence(world: World) -> None:
    """In the meeting, with a decision that agencies were asked about."""
    play_meeting(world)


def a_meeting_is_over(world: World) -> None:
    """The same with its end: minutes can be written."""
    play_meeting(world)
    end(world)


def a_channel_is_lost(world: World) -> None:
    """Somebody took us out of the channel."""
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        for setup in ready_setups(session, world.mission_id, "cabinet"):
            lose_channel(setup, "not_in_channel")
            tell_progress(work, setup)


STATES = (a_decision_waits_for_silence, a_meeting_is_over, a_channel_is_lost)

# What a walk does not come to; the room's stories do.
NOT_SEEN = {
    ("options", "cabinet:actions"),
    ("actions", "cabinet:ask-again"),
    ("forms", "cabinet:cancel"),
    ("actions", "cabinet:cancel"),
    ("actions", "cabinet:convene-now"),
    ("actions", "cabinet:begin"),
    ("actions", "cabinet:end"),
    ("forms", "cabinet:item-merge"),
    ("forms", "cabinet:item-off"),
    ("forms", "cabinet:outcome"),
    ("actions", "cabinet:outcome"),
    ("actions", "cabinet:snooze"),
    ("actions", "cabinet:withdraw"),
    ("forms", "cabinet:decide"),
    ("forms", "cabinet:decision"),
    ("forms", "cabinet:hand-over"),
    ("command", "/cabinet minutes"),
    ("command", "/cabinet close"),
    ("shortcut", "cabinet:to-decision"),
    # The people of an agency do not change on the way, and the agenda of a walk is out already.
    ("timer", "cabinet:agenda"),
    ("timer", "cabinet:speakers"),
}
