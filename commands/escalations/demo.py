"""The demo's SRSG office: its channel, somebody on duty, and one escalation that waits for an acknowledgement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from commands.escalations.handlers.chain.start import begin
from commands.escalations.rules.raising import Entered
from commands.kit.demo import DemoWorkspace, agencies_by_code
from commands.kit.times.local import local_texts
from commands.kit.work import Work
from storage.agencies import Agency
from storage.duty import DutyTurn, ensure_posts
from storage.escalations.chains import EscalationSettings
from storage.escalations.model import Asks, Severity
from storage.people import Role, set_holders

CHANNEL = "srsg-office"
RAISER = "WFP head of agency"
DUTY_OFFICER = "Cabinet secretary"
CHIEF, SRSG = "Chief of staff", "SRSG"


def prepare(work: Work, place: DemoWorkspace) -> None:
    """An urgent matter that the head of an agency has just raised; outside duty hours it waits for the morning."""
    session, mission_id = work.session, work.mission.id
    place.remember_channel(work, place.channels[CHANNEL])
    officers = [place.people[DUTY_OFFICER]]
    set_holders(session, mission_id, Role.DUTY_OFFICER, officers, place.bot_user_id, work.now)
    session.add(
        EscalationSettings(
            mission_id=mission_id,
            office_channel=place.channels[CHANNEL],
            times={},
            updated_at=work.now,
            updated_by=place.bot_user_id,
        )
    )
    _keep_roster(work, place)
    session.flush()
    begin(replace(work, actor=place.people[RAISER]), _blocked_road(agencies_by_code(work), work.now), {})


def _keep_roster(work: Work, place: DemoWorkspace) -> None:
    """A week of duty for the secretary, the chief of staff after that, and holders for two of the posts."""
    begins = work.now.replace(hour=6, minute=0, second=0, microsecond=0) - timedelta(days=1)
    for week, name in enumerate((DUTY_OFFICER, CHIEF)):
        starts_at, ends_at = (begins + timedelta(weeks=one) for one in (week, week + 1))
        turn = DutyTurn(user_id=place.people[name], starts_at=starts_at, ends_at=ends_at, kind="shift")
        turn.local_times = local_texts(work.zone, starts_at=starts_at, ends_at=ends_at)
        turn.mission_id, turn.entered_by, turn.entered_at = work.mission.id, place.bot_user_id, work.now
        work.session.add(turn)
    holders = {"srsg": SRSG, "chief_of_staff": CHIEF}
    for post in ensure_posts(work.session, work.mission.id):
        if post.code in holders:
            post.holder = place.people[holders[post.code]]


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
