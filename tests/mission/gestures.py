"""What the room's gestures need to be made: a message that could not be delivered, a channel in trouble."""

from __future__ import annotations

from commands.kit.channels.exposure import tell_exposure
from commands.kit.post import tell
from commands.kit.work import Work
from commands.mission.handlers.agreement import follow_roles
from commands.mission.rules.channels import ChannelProblem
from commands.mission.views.setup import ChannelTrouble, channel_trouble_card
from commands.mission.views.words import channel_advice
from storage.channels import get_channel
from storage.missions import get_mission
from storage.outbox import OutboxRow, State
from storage.people import Role, set_holders
from storage.posts import Place, remember_posts
from storage.subjects import Key, Subject
from tests.world import World

CHIEF = "Chief of staff"
TEXTS = {"lines": "2035-12-25 Christmas Day"}


def a_message_failed(world: World) -> None:
    """Slack refused a message for good; and the coordinators' channel is told to be in trouble."""
    chief, channel = world.user_id(CHIEF), world.channel_id("cabinet-office")
    with world.database() as session:
        mission = get_mission(session, world.mission_id)
        mission.coordinator_channel = channel
        row = session.query(OutboxRow).filter_by(state=State.SENT, method="chat.postMessage").first()
        assert row is not None
        row.state, row.error, row.settled_at = State.FAILED, "is_archived", world.now
        problem = channel_advice(ChannelProblem.NOT_READ)
        card = channel_trouble_card(ChannelTrouble("coordinators", channel, problem))
        tell(Work(session, mission, world.now), chief, card, key=Key.of("gestures", "trouble"))


def somebody_gave_themselves_a_role(world: World) -> None:
    """The others who may are asked to agree."""
    reader = world.user_id("Mission reader")
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now, actor=reader)
        set_holders(session, world.mission_id, Role.DUTY_OFFICER, [reader], reader, world.now)
        follow_roles(work, Subject.of("role", Role.DUTY_OFFICER.value))


def somebody_reads_what_they_may_not(world: World) -> None:
    """A Confidential text stands where not everybody may read it: those who may have it deleted are told."""
    office = world.channel_id("cabinet-office")
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        get_channel(session, world.mission_id, office).confidential_at = world.now
        place = Place(world.mission_id, "gestures:1", office, "1000000000.000100", world.now)
        remember_posts(session, [place])
        tell_exposure(work, office)


STATES = (a_message_failed, somebody_gave_themselves_a_role, somebody_reads_what_they_may_not)

# What a walk does not come to; the room's stories do.
NOT_SEEN = {
    ("actions", "mission:audit-page"),
    # No room owes anything yet in the mission that is walked through.
    ("actions", "mission:owed-later"),
    ("forms", "mission:paste"),
    # The people of an agency do not change on the way, and nobody else is there who may disagree.
    ("timer", "mission:agency"),
    ("actions", "mission:disagree"),
}
