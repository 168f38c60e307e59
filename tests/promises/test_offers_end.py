"""In each room, on each kind of database: an offer ends, and its message says so from then on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.delivery.alarms import alarm
from bot.sandbox.elements import walk
from commands.agencies.handlers.people import put_people
from commands.agencies.rules.people import People
from commands.escalations.handlers.chain import start
from commands.escalations.rules.acts import Act
from commands.escalations.rules.raising import Entered
from commands.escalations.rules.roster import TurnKind
from commands.funding.handlers.imports.steps import save_step, show_import
from commands.funding.handlers.own.pledges import show_current
from commands.funding.handlers.own.reminders import remind, remind_on
from commands.kit.cards import Card
from commands.kit.post import tell
from storage.database import Database
from storage.duty import DutyTurn
from storage.escalations.model import Escalation, Severity
from storage.funding.imports import ImportState
from storage.funding.model import settings_to_change
from storage.funding.pledges import FundingPledge
from storage.outbox import OutboxRow, State
from storage.people import Role, set_holders
from storage.subjects import Key, Subject
from tests.funding.import_samples import an_import
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


def test_an_officer_who_leaves_the_agency_is_shown_the_matter_and_asked_nothing(stage: Stage) -> None:
    """On duty they were told of it as the office, so they may still know of it."""
    with stage.working() as work:
        set_holders(work.session, work.mission.id, Role.DUTY_OFFICER, ["UIOMA"], ADMIN, work.now)
    with stage.session() as session:
        agency = stage.agency(session, "IOM").id
        new = Entered("decision", Severity.URGENT, "unclassified", "A matter.", agency_ids=(agency,))
        start.begin(stage.request(session, "UWFPA"), new, {})
        number = session.query(Escalation).filter_by(mission_id=stage.mission_id).one().id
    stage.deliver()
    fields = form(text="Which road?", day__day="2035-03-12")
    stage.presses("UIOMA", f"escalations:{Act.ACKNOWLEDGE}", number)
    stage.sends("UIOMA", f"escalations:{Act.ASK}", {"escalation": number}, fields)
    stage.deliver()
    assert stage.broken_promises() == []
    replace_people(stage, "IOM", People("UIOMC", (CHIEF,), ("UIOMB",)))
    (known,) = [one for one in at(stage, "UIOMA", "A matter.") if "concerned" in str(one.subject)]
    assert offers(known) == {"open"}
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


def test_a_message_that_one_admin_has_sent_again_is_not_offered_to_another(stage: Stage) -> None:
    with stage.working() as work:
        tell(work, DUTY, Card("Lost"), key=Key.of("lost"))
        row = work.session.query(OutboxRow).filter_by(mission_id=stage.mission_id, key="lost").one()
        row.state, row.settled_at = State.FAILED, stage.now
        set_holders(work.session, work.mission.id, Role.ADMIN, [ADMIN, CHIEF], ADMIN, stage.now)
        alarm(work, row, "user_not_found")
        number = row.id
    stage.deliver()
    assert offers(at(stage, CHIEF, "could not be delivered")[0]) == {"retry"}
    stage.presses(ADMIN, "mission:retry", number)
    stage.deliver()
    assert at(stage, CHIEF, "could not be delivered") == []
    assert stage.broken_promises() == []


def test_only_the_newest_import_can_be_taken_back(stage: Stage) -> None:
    known = {"mission_id": stage.mission_id, "created_by": CHIEF, "created_at": stage.now, "decided_by": CHIEF}
    with stage.working() as work:
        version = settings_to_change(work.session, stage.mission_id).version
        first = an_import(ImportState.DONE, **known, id=None, file_name="first.csv", decided_at=stage.now)
        second = an_import(
            ImportState.SAVING, **known, id=None, options={"countries": ["SSD"]}, seen_version=version, counts={}
        )
        work.session.add_all([first, second])
        work.session.flush()
        show_import(work, first)
        about = Subject.of(second.id)
    stage.deliver()
    (told,) = at(stage, CHIEF, "first.csv")
    assert "undo-import" in offers(told)
    stage.now += timedelta(minutes=5)
    with stage.working() as work:
        save_step(work, about)
    stage.deliver()
    (told,) = at(stage, CHIEF, "first.csv")
    assert "undo-import" not in offers(told)
    assert stage.broken_promises() == []
