"""The demo's SRSG office: its channel, somebody on duty, and one escalation that waits for an acknowledgement."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot import directory
from bot.demo_mission import Workspace
from bot.slack_calls import SlackCalls
from commands.escalations.handlers.starting import begin
from commands.escalations.rules.raising import Entered
from commands.kit.work import Work
from storage.agencies import Agency
from storage.escalation_chains import EscalationSettings
from storage.escalations import Asks, Severity
from storage.missions import get_mission
from storage.people import Role, set_holders

CHANNEL = "srsg-office"
RAISER = "WFP head of agency"
DUTY_OFFICER = "Cabinet secretary"


def prepare_escalations(
    session: Session, slack: SlackCalls, place: Workspace, agencies: dict[str, Agency], now: datetime
) -> None:
    """An urgent matter that the head of an agency has just raised; outside duty hours it waits for the morning."""
    mission = get_mission(session, place.team_id)
    channel, members = directory.fetch_channel(slack, place.channels[CHANNEL])
    directory.remember_channel(session, mission.id, channel, members, bot_user_id=place.bot_user_id, now=now)
    officers = [place.people[DUTY_OFFICER]]
    set_holders(session, mission.id, Role.DUTY_OFFICER, officers, place.bot_user_id, now)
    session.add(
        EscalationSettings(
            mission_id=mission.id,
            office_channel=place.channels[CHANNEL],
            times={},
            updated_at=now,
            updated_by=place.bot_user_id,
        )
    )
    session.flush()
    begin(Work(session, mission, now, actor=place.people[RAISER]), _blocked_road(agencies, now), {})


def _blocked_road(agencies: dict[str, Agency], now: datetime) -> Entered:
    return Entered(
        asks=Asks.GOOD_OFFICES,
        severity=Severity.URGENT,
        handling="unclassified",
        summary=(
            "The checkpoint at the river crossing has turned back three food convoys since Monday. "
            "A call from the SRSG to the governor would let the trucks through before the stocks run out."
        ),
        tried="The access working group met the commander twice; he refers to an order that nobody can show.",
        place_name="River crossing, Pibor road",
        place_code="SS030304",
        agency_ids=tuple(agencies[code].id for code in ("WFP", "UNHCR")),
        needed_by=(now + timedelta(days=2)).replace(hour=13, minute=0, second=0, microsecond=0),
    )
