"""In each room, on each kind of database: an offer ends, and its message says so from then on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.sandbox.elements import walk
from commands.agencies.handlers.people import put_people
from commands.agencies.rules.people import People
from commands.escalations.handlers.chain import start
from commands.escalations.rules.acts import Act
from commands.escalations.rules.raising import Entered
from commands.escalations.rules.roster import TurnKind
from commands.funding.handlers.own.pledges import show_current
from commands.funding.handlers.own.reminders import remind, remind_on
from storage.database import Database
from storage.duty import DutyTurn
from storage.escalations.model import Escalation, Severity
from storage.funding.pledges import FundingPledge
from storage.subjects import Subject
from tests.promises.stage import ADMIN, CHIEF, DUTY, SECRETARY, SRSG, Shown, Stage, form


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


def at(stage: Stage, user: str, words: str) -> list[Shown]:
    """What stands in somebody's direct messages with these words."""
    return [one for one in stage.shown.values() if one.place == f"dm:{user}" and words in str(one.blocks)]


def offers(message: Shown) -> set[str]:
    return {str(element["action_id"]).rpartition(":")[2] for _block, element in walk(message.blocks)}


def replace_people(stage: Stage, code: str, people: People) -> None:
    with stage.working() as work:
        put_people(work, stage.agency(work.session, code), people)
    stage.deliver()


def test_who_does_not_answer_for_an_agency_any_more_is_offered_nothing_for_it(stage: Stage) -> None:
    replace_people(stage, "WFP", People(SRSG, ("UWFPA",), ("UWFPB",)))
    (told,) = at(stage, SRSG, "You are now")
    assert offers(told) == {"show", "focal"}
    replace_people(stage, "WFP", People("UWFPC", ("UWFPA",), ("UWFPB",)))
    (told,) = at(stage, SRSG, "WFP")
    assert "You do not answer for WFP" in told.text
    assert offers(told) == set()


def test_a_question_is_asked_until_it_is_answered_and_of_those_it_concerns(stage: Stage) -> None:
    with stage.session() as session:
        agency = stage.agency(session, "IOM").id
        new = Entered("decision", Severity.URGENT, "unclassified", "A matter.", agency_ids=(agency,))
        start.begin(stage.request(session, "UWFPA"), new, {})
        number = session.query(Escalation).filter_by(mission_id=stage.mission_id).one().id
    stage.deliver()
    stage.presses(DUTY, f"escalations:{Act.ACKNOWLEDGE}", number)
    fields = form(text="Which road?", day__day="2035-03-12")
    stage.sends(DUTY, f"escalations:{Act.ASK}", {"escalation": number}, fields)
    stage.deliver()
    asked = at(stage, "UWFPA", "Which road?")
    assert any("answer" in offers(one) for one in asked)
    assert at(stage, "UIOMA", "Which road?")
    replace_people(stage, "IOM", People("UIOMC", (CHIEF,), ("UIOMB",)))
    for message in at(stage, "UIOMA", "E-1"):
        assert offers(message) == set(), message
    stage.sends("UWFPA", f"escalations:{Act.ANSWER}", {"escalation": number}, form(text="The northern one."))
    stage.deliver()
    assert not any("answer" in offers(one) for one in at(stage, "UWFPA", "E-1"))
    assert stage.broken_promises() == []


def test_a_shift_that_is_handed_over_is_not_promised_any_more(stage: Stage) -> None:
    with stage.session() as session:
        turn = DutyTurn(
            mission_id=stage.mission_id,
            user_id=DUTY,
            starts_at=stage.now + timedelta(hours=1),
            ends_at=stage.now + timedelta(hours=9),
            kind=TurnKind.SHIFT.value,
            entered_by=ADMIN,
            entered_at=stage.now,
        )
        session.add(turn)
        session.flush()
        shift = turn.id
    handed = form(choice__shift=shift, person__person=SECRETARY)
    stage.sends(DUTY, "escalations:duty-hand", {}, handed)
    stage.deliver()
    (told,) = at(stage, SECRETARY, "hands their shift over to you")
    with stage.session() as session:
        made = session.query(DutyTurn).filter_by(mission_id=stage.mission_id, user_id=SECRETARY).one().id
    stage.presses(ADMIN, "escalations:duty-off", made)
    stage.deliver()
    told = next(one for one in stage.shown.values() if one.subject == told.subject)
    assert "You are not on duty" in told.text


def test_a_reminder_of_a_pledge_is_settled_when_the_pledge_moves_and_goes_when_its_owner_changes(stage: Stage) -> None:
    with stage.working() as work:
        pledge = FundingPledge(
            mission_id=stage.mission_id,
            donor="Sweden",
            purpose="Road repair",
            amount=Decimal(100),
            currency="USD",
            usd=Decimal(100),
            rate=Decimal(1),
            rate_day=date(2035, 3, 1),
            announced_on=date(2035, 3, 1),
            owner=CHIEF,
            next_on=stage.now.date(),
            created_by=CHIEF,
            created_at=stage.now,
            updated_at=stage.now,
        )
        work.session.add(pledge)
        work.session.flush()
        show_current(work, pledge)
        remind(work, Subject.of("pledge", pledge.id))
        number = pledge.id
    stage.deliver()
    (reminder,) = at(stage, CHIEF, "today you wanted to look")
    assert offers(reminder) == {"pledge-move", "day", "week"}
    with stage.working() as work:
        pledge = work.session.get_one(FundingPledge, number)
        pledge.owner, pledge.next_on = SECRETARY, stage.now.date() + timedelta(days=9)
        work.session.flush()
        remind_on(work, "pledge", number, pledge.next_on, SECRETARY)
        show_current(work, pledge)
    stage.deliver()
    for message in [one for one in stage.shown.values() if one.place == f"dm:{CHIEF}"]:
        assert offers(message) == set(), message
        assert "Road repair" not in str(message.blocks)
    assert any("pledge-move" in offers(one) for one in at(stage, SECRETARY, "Road repair"))
    assert stage.broken_promises() == []
