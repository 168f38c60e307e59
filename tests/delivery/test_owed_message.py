"""What agencies owe, as a person meets it in Slack: one message, replaced on a later morning, put off by a press."""

from __future__ import annotations

from datetime import timedelta

from commands.kit.front.things import Line
from commands.kit.owed.keeping import Asking, owe, settle
from commands.kit.permission import Who
from commands.kit.work import Work
from storage.agencies import find_agency
from storage.missions import get_mission
from storage.obligations import ObligationState, obligations_about
from storage.subjects import Subject
from tests.world import World

WFP = "WFP focal point"
ASK = Subject.of("ask", 12)


def read_ask(_work: Work, _who: Who, identity: str) -> Line:
    return Line(Subject.of("ask", identity), f"Q-{identity}", "Road status by county", "sent")


def owed_to(world: World, name: str) -> list[str]:
    return [one.text for one in world.person(name).messages(in_="Rapporteur") if "Q-12" in one.text]


def test_one_message_of_what_is_owed_replaced_on_a_later_morning(world: World) -> None:
    world.product.house.front.readings["ask"] = read_ask
    world.person(WFP)
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now, front=world.product.house.front)
        agency = find_agency(session, world.mission_id, "WFP")
        assert agency is not None
        owe(work, Asking(ASK, world.now + timedelta(days=4), "mission", is_urgent=True), [agency])
    world.settle()
    first = world.person(WFP).direct_message_from("Rapporteur", "Q-12")
    assert "Road status by county" in first.text
    world.pass_time(days=4)
    assert len(owed_to(world, WFP)) == 1
    newest = world.person(WFP).direct_message_from("Rapporteur", "Q-12")
    assert newest.ts != first.ts, "the reminder came as a new message, and the old one went"
    newest.press("Tomorrow")
    world.person(WFP).sees("I will remind you", in_="Rapporteur")
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now, front=world.product.house.front)
        [one] = obligations_about(session, world.mission_id, ASK)
        settle(work, one.id, ObligationState.ANSWERED)
    world.settle()
    assert owed_to(world, WFP) == []
    world.person(WFP).sees("Nothing is owed", in_="Rapporteur")
