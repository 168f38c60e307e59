"""What may become of a meeting, its items, decisions and actions; who makes a quorum; and the entry of a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from commands.cabinet.rules import actions, deciding
from commands.cabinet.rules.actions import Move, Step, after_snooze, is_overdue, step_due, taken_with
from commands.cabinet.rules.agenda import is_plain, minutes_of, moved, on_the_agenda
from commands.cabinet.rules.calendar import moments_of, next_working_time, occasions, on_working_day_before
from commands.cabinet.rules.deciding import DayTrouble, Outcome, due_trouble
from commands.cabinet.rules.exporting import ACTION_TITLES, DECISION_TITLES, action_row, decision_row
from commands.cabinet.rules.ics import calendar_file
from commands.cabinet.rules.naming import TITLE_LIMIT, channel_name
from commands.cabinet.rules.quorum import Quorum, by_presence, needed_of, quorum_of
from commands.cabinet.rules.seats import representatives, take_seats, who_may_come
from commands.cabinet.rules.silence import Reply, after_reply, after_silence, decision_state, silence_ends, speakers
from commands.cabinet.rules.states import item_may_become, meeting_may_become
from commands.kit.dates import WorkCalendar
from commands.kit.handling import Clearance, Handling
from storage.cabinet.actions import Action, ActionState
from storage.cabinet.attendance import Attendance, Presence
from storage.cabinet.decisions import Answered, DecisionState
from storage.cabinet.items import ItemState
from storage.cabinet.meetings import MeetingState
from storage.cabinet.series import QuorumRule, WhenFree
from storage.people import Role
from tests.agencies.made import agency
from tests.cabinet import record_samples
from tests.cabinet.samples import item, meeting, series
from tests.properties import examples

JUBA = ZoneInfo("Africa/Juba")  # two hours before UTC all year
HOLIDAY = date(2026, 3, 9)  # a Monday
CALENDAR = WorkCalendar(JUBA, frozenset(range(5)), time(8), time(17), frozenset({HOLIDAY}))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Juba."""
    return datetime(2026, 3, day, hour, minute, tzinfo=JUBA).astimezone(UTC)


# The silence procedure


@pytest.mark.parametrize(
    ("state", "agree", "object_", "more_time"),
    [
        (Answered.ASKED, Answered.AGREED, Answered.OBJECTED, Answered.MORE_TIME),
        (Answered.MORE_TIME, Answered.AGREED, Answered.OBJECTED, None),
        (Answered.AGREED, None, None, None),
        (Answered.OBJECTED, None, None, None),
        (Answered.SILENT, None, None, None),
        (Answered.PRESENT, None, None, None),
        (Answered.UNREACHED, None, None, None),
    ],
)
def test_an_agency_answers_once_and_gets_more_time_once(
    state: Answered, agree: Answered | None, object_: Answered | None, more_time: Answered | None
) -> None:
    found = [after_reply(state, reply) for reply in (Reply.AGREE, Reply.OBJECT, Reply.MORE_TIME)]
    assert found == [agree, object_, more_time]


def test_silence_is_consent_of_those_who_were_asked_and_of_nobody_else() -> None:
    silent = {state for state in Answered if after_silence(state) is Answered.SILENT}
    assert silent == {Answered.ASKED, Answered.MORE_TIME, Answered.SILENT}
    assert after_silence(Answered.UNREACHED) is Answered.UNREACHED


@pytest.mark.parametrize(
    ("states", "decision"),
    [
        (["present"], DecisionState.STANDS),
        (["present", "agreed", "silent"], DecisionState.STANDS),
        (["present", "asked"], DecisionState.SILENCE),
        (["silent", "more_time"], DecisionState.SILENCE),
        (["agreed", "unreached"], DecisionState.SILENCE),
        (["asked", "objected"], DecisionState.BROKEN),
    ],
)
def test_a_decision_stands_once_all_were_heard_and_one_objection_breaks_it(
    states: list[str], decision: DecisionState
) -> None:
    assert decision_state(states) is decision


def test_a_silence_begun_in_the_evening_counts_from_the_next_working_morning() -> None:
    friday = local(6, 20)
    assert silence_ends(friday, 4, CALENDAR, working=True) == local(10, 12)
    assert silence_ends(friday, 4, CALENDAR, working=False) == local(10, 12)
    # By the clock ten hours end in the evening, and wait for the morning after.
    assert silence_ends(friday, 10, CALENDAR, working=False) == local(11, 8)


def test_head_and_alternates_speak_for_an_agency_and_focal_points_only_where_there_is_neither() -> None:
    focal = ("UFOCAL", Role.FOCAL_POINT)
    led = agency("WFP", "WFP", ("UHEAD", Role.HEAD_OF_AGENCY), ("UALT", Role.ALTERNATE), focal)
    alone = agency("WHO", "WHO", focal)
    everybody = {"UHEAD", "UALT", "UFOCAL"}
    for rule in (lambda one: speakers(one, everybody), representatives):
        assert rule(led) == ["UHEAD", "UALT"]
        assert rule(alone) == ["UFOCAL"]
        assert rule(agency("IOM", "IOM")) == []
    assert speakers(led, {"UALT", "UFOCAL"}) == ["UALT"]


def test_nobody_represents_an_agency_by_a_role_that_waits() -> None:
    one = agency("WFP", "WFP", ("UHEAD", Role.HEAD_OF_AGENCY), ("UFOCAL", Role.FOCAL_POINT))
    one.people[0].granted_by = "UHEAD"
    assert representatives(one) == ["UFOCAL"]
    one.people[1].granted_by = "UFOCAL"
    assert representatives(one) == []
    one.people[0].agreed_by = "UADMIN"
    assert representatives(one) == ["UHEAD"]


def test_where_no_head_or_alternate_may_be_asked_the_focal_points_are_and_nobody_by_a_role_that_waits() -> None:
    one = agency("WFP", "WFP", ("UHEAD", Role.HEAD_OF_AGENCY), ("UFOCAL", Role.FOCAL_POINT))
    head = one.people[0]
    assert speakers(one, {"UFOCAL"}) == ["UFOCAL"]
    assert speakers(one, set()) == []
    head.granted_by = "UHEAD"
    assert speakers(one, {"UHEAD", "UFOCAL"}) == ["UFOCAL"]
    head.agreed_by = "UADMIN"
    assert speakers(one, {"UHEAD", "UFOCAL"}) == ["UHEAD"]


# Quorum


@pytest.mark.parametrize(
    ("rule", "number", "members", "needed"),
    [
        (QuorumRule.HALF, 0, 5, 3),
        (QuorumRule.HALF, 0, 6, 3),
        (QuorumRule.TWO_THIRDS, 0, 6, 4),
        (QuorumRule.TWO_THIRDS, 0, 7, 5),
        (QuorumRule.NUMBER, 4, 6, 4),
        (QuorumRule.NUMBER, 9, 6, 6),
        (QuorumRule.NUMBER, -1, 6, 0),
        (QuorumRule.NONE, 4, 6, 0),
    ],
)
def test_a_quorum_is_rounded_up_and_never_more_than_all(
    rule: QuorumRule, number: int, members: int, needed: int
) -> None:
    assert needed_of(rule, number, members) == needed


ROWS = {
    1: Attendance(agency_id=1, presence=Presence.REPRESENTED),
    2: Attendance(agency_id=2, presence=Presence.OBSERVER),
    3: Attendance(agency_id=3, presence=Presence.APOLOGY),
    9: Attendance(agency_id=9, presence=Presence.REPRESENTED),
}


def test_observers_and_guests_count_for_no_quorum() -> None:
    found = quorum_of(QuorumRule.HALF, 0, [1, 2, 3, 4], ROWS)
    assert found == Quorum(needed=2, members=4, represented=1)
    assert not found.is_reached
    assert quorum_of(QuorumRule.NUMBER, 1, [1, 2, 3, 4], ROWS).is_reached


def test_members_nobody_wrote_down_are_absent_and_guests_appear_only_where_written_down() -> None:
    assert by_presence([4, 1, 2, 3], ROWS) == {
        Presence.REPRESENTED: [1, 9],
        Presence.OBSERVER: [2],
        Presence.APOLOGY: [3],
        Presence.ABSENT: [4],
    }


# Who sits and who may come


def test_chair_and_secretary_come_first_and_nobody_twice() -> None:
    wfp = agency("WFP", "WFP", ("UHEAD", Role.HEAD_OF_AGENCY), number=1)
    seats = take_seats(
        [wfp, agency("WHO", "WHO", number=2)], [Role.SRSG_OFFICE], {Role.SRSG_OFFICE: ["U1", "UHEAD"]}, ["UHEAD"]
    )
    assert seats.people == ["UHEAD", "U1"]
    assert seats.unrepresented == [2]
    assert seats.roles == {
        Role.SRSG_OFFICE: ["U1", "UHEAD"],
        Role.HUMANITARIAN_COORDINATOR: [],
        Role.HUMAN_RIGHTS_ADVISER: [],
    }


def test_whoever_was_never_met_may_not_come_where_secrets_are_read() -> None:
    cleared = Clearance("U1", frozenset({Role.HEAD_OF_AGENCY}))
    clearances = {"U1": cleared, "U2": Clearance("U2")}
    people = ["U3", "U2", "U1"]
    assert who_may_come(people, clearances, Handling.CONFIDENTIAL) == ["U1"]
    assert who_may_come(people, clearances, Handling.UNCLASSIFIED) == people


# The agenda


def test_the_agenda_holds_what_is_taken_up_in_its_order() -> None:
    items = [item(3, position=1), item(1, position=2), item(2, ItemState.DECIDED, position=1)]
    items += [item(4, ItemState.DISCUSSED, position=0)]
    for number, state in enumerate((ItemState.PROPOSED, ItemState.DEFERRED, ItemState.WITHDRAWN), start=5):
        items.append(item(number, state, position=0))
    assert [one.id for one in on_the_agenda(items)] == [4, 2, 3, 1]
    assert minutes_of(items[:3]) == 60
    assert moved(items[:2], 99, 1) == [3, 1]


@pytest.mark.parametrize(
    ("handling", "level", "shown"),
    [
        ("unclassified", "unclassified", True),
        ("confidential", "unclassified", False),
        ("unclassified", "confidential", True),
        ("confidential", "confidential", True),
        ("strictly_confidential", "confidential", False),
    ],
)
def test_an_item_is_shown_where_its_level_is_read_and_never_below(handling: str, level: str, shown: bool) -> None:
    assert is_plain(item(1, handling=handling), level) == shown


# When a meeting falls


def test_a_meeting_on_a_holiday_moves_to_the_next_working_day_or_is_left_out() -> None:
    weekly = {"weekdays": [0], "every_weeks": 1, "anchor": date(2026, 3, 2), "start_time": time(10)}
    after, until = local(3, 0), local(16, 10)
    moved_ones = occasions(series(**weekly, when_free=WhenFree.MOVE), CALENDAR, after, until)
    assert [(one.slot, one.starts) for one in moved_ones] == [
        (local(9, 10), local(10, 10)),
        (local(16, 10), local(16, 10)),
    ]
    skipped = occasions(series(**weekly, when_free=WhenFree.SKIP), CALENDAR, after, until)
    assert [one.starts for one in skipped] == [local(16, 10)]
    # The window begins after its first moment and includes its last.
    assert [one.starts for one in occasions(series(**weekly), CALENDAR, local(10, 10), until)] == [local(16, 10)]


def test_papers_due_on_a_free_day_are_due_on_the_working_day_before_and_the_call_goes_out_no_later() -> None:
    tuesday = local(10, 10)
    found = moments_of(series(papers_hours=24, call_days=2, minutes=90, record_hours=24), tuesday, CALENDAR)
    assert (found.papers, found.call) == (local(6, 10), local(5, 10))
    assert (found.ends, found.record) == (local(10, 11, 30), local(11, 11, 30))
    hurried = moments_of(series(papers_hours=96, call_days=1), tuesday, CALENDAR)
    assert hurried.call == hurried.papers == local(6, 10)
    assert moments_of(series(papers_hours=24, call_days=0), tuesday, CALENDAR).call == local(6, 10)


def test_on_a_free_day_the_next_working_day_is_offered_at_the_same_hour() -> None:
    assert next_working_time(local(7, 10), CALENDAR) == local(10, 10)
    assert next_working_time(local(10, 10), CALENDAR) is None
    assert on_working_day_before(local(9, 10), CALENDAR) == local(6, 10)
    assert on_working_day_before(local(10, 10), CALENDAR) == local(10, 10)


def test_a_due_date_is_a_working_day_after_today() -> None:
    friday = date(2026, 3, 6)
    assert due_trouble(friday, friday, CALENDAR) == (DayTrouble.PAST, date(2026, 3, 10))
    assert due_trouble(HOLIDAY, friday, CALENDAR) == (DayTrouble.DAY_OFF, date(2026, 3, 10))
    assert due_trouble(date(2026, 3, 10), friday, CALENDAR) is None


# What may become of items, meetings and actions


@pytest.mark.parametrize(
    ("outcome", "states", "target"),
    [
        (Outcome.DISCUSS, {ItemState.SCHEDULED}, ItemState.DISCUSSED),
        (Outcome.DECIDE, {ItemState.SCHEDULED, ItemState.DISCUSSED, ItemState.DECIDED}, ItemState.DECIDED),
        (Outcome.DEFER, {ItemState.SCHEDULED, ItemState.DISCUSSED}, ItemState.DEFERRED),
        (Outcome.WITHDRAW, {ItemState.SCHEDULED, ItemState.DISCUSSED}, ItemState.WITHDRAWN),
    ],
)
def test_an_item_comes_to_each_outcome_from_its_states_alone(
    outcome: Outcome, states: set[ItemState], target: ItemState
) -> None:
    found = {state: deciding.after(state, outcome) for state in ItemState}
    assert found == {state: target if state in states else None for state in ItemState}


def test_a_deferred_withdrawn_or_decided_item_is_settled_for_its_meeting() -> None:
    assert item_may_become("proposed", ItemState.SCHEDULED)
    assert not item_may_become("proposed", ItemState.DECIDED)
    assert item_may_become("scheduled", ItemState.PROPOSED)
    assert not item_may_become("discussed", ItemState.PROPOSED)
    for settled in (ItemState.DECIDED, ItemState.DEFERRED, ItemState.WITHDRAWN):
        assert not any(item_may_become(settled, then) for then in ItemState)


def test_a_meeting_goes_from_planned_to_closed_and_is_cancelled_only_before_it_begins() -> None:
    way = [MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.HELD, MeetingState.CLOSED]
    for place, now in enumerate(way):
        ahead = {way[place + 1]} if place + 1 < len(way) else set()
        also = {
            MeetingState.PLANNED: {MeetingState.CANCELLED},
            MeetingState.CONVENED: {MeetingState.CANCELLED, MeetingState.HELD},
        }.get(now, set())
        assert {then for then in MeetingState if meeting_may_become(now, then)} == ahead | also
    assert not any(meeting_may_become(MeetingState.CANCELLED, then) for then in MeetingState)


@pytest.mark.parametrize(
    ("move", "states", "target"),
    [
        (Move.START, ["open"], "in_progress"),
        (Move.FINISH, ["open", "in_progress"], "done"),
        (Move.VERIFY, ["done"], "verified"),
        (Move.RETURN, ["done"], "in_progress"),
        (Move.CANCEL, ["open", "in_progress", "done"], "cancelled"),
        (Move.HAND_OVER, ["open", "in_progress"], None),
        (Move.SNOOZE, ["open", "in_progress"], None),
    ],
)
def test_an_action_moves_from_its_states_alone(move: Move, states: list[str], target: str | None) -> None:
    found = {state: actions.after(state, move) for state in ActionState}
    assert found == {state: (target or state) if state in states else None for state in ActionState}


def an_action(due: date, **more: object) -> Action:
    plain = {"state": ActionState.OPEN, "chased": [], "created_at": local(1, 9), "snoozed_until": None}
    return Action(due_on=due, **{**plain, **more})


def test_an_action_is_overdue_the_day_after_it_was_due_until_it_is_done() -> None:
    due = date(2026, 3, 5)
    assert not is_overdue(an_action(due), due)
    assert is_overdue(an_action(due), date(2026, 3, 6))
    assert is_overdue(an_action(due, state=ActionState.IN_PROGRESS), date(2026, 3, 6))
    assert not is_overdue(an_action(due, state=ActionState.DONE), date(2026, 3, 6))


def test_nobody_is_reminded_of_what_is_done_nor_beforehand_of_what_was_just_agreed() -> None:
    due = date(2026, 3, 5)
    before = date(2026, 3, 3)
    assert step_due(an_action(due), before, CALENDAR) is Step.BEFORE
    assert step_due(an_action(due, state=ActionState.DONE), before, CALENDAR) is None
    assert step_due(an_action(due, created_at=local(3, 9)), before, CALENDAR) is None
    assert step_due(an_action(due, created_at=local(2, 9)), before, CALENDAR) is Step.BEFORE


def test_a_reminder_put_off_until_today_comes_today() -> None:
    due = date(2026, 3, 5)
    assert step_due(an_action(due, snoozed_until=date(2026, 3, 6)), due, CALENDAR) is None
    assert step_due(an_action(due, snoozed_until=due), due, CALENDAR) is Step.ON_DAY


def test_a_step_taken_settles_those_before_it_and_putting_off_brings_all_but_the_heads_back() -> None:
    assert taken_with(Step.AFTER, []) == ["after", "before", "on_day"]
    assert taken_with(Step.BEFORE, ["head"]) == ["before", "head"]
    assert after_snooze(["before", "on_day", "head"]) == ["head"]


# Names and files


@settings(max_examples=examples(60))
@given(st.text(st.sampled_from("abcж é"), min_size=1, max_size=200))
def test_a_taken_name_still_has_room_for_a_number_and_a_day(title: str) -> None:
    assert len(channel_name(title, "cabinet-7")) <= TITLE_LIMIT
    assert len(channel_name(title, "cabinet-7", date(2026, 3, 5))) <= 80 - len("-99")


def test_a_calendar_takes_the_meeting_in_local_time_and_moves_it_when_it_changes() -> None:
    now = local(1, 8)
    one = meeting(mission_id="T0ABC", starts_at=local(5, 10), ends_at=local(5, 11), place="Room 1")
    found = Calendar.from_ical(calendar_file(one, one.title, JUBA, "Agenda: roads", now))
    (event,) = found.walk("VEVENT")
    assert found["method"] == "PUBLISH"
    assert (event["uid"], event["sequence"], event["status"]) == ("meeting-7.t0abc@rapporteur", 0, "CONFIRMED")
    assert event["dtstart"].dt == local(5, 10)
    assert event["dtstart"].params["TZID"] == "Africa/Juba"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)
    assert (event["location"], event["description"]) == ("Room 1", "Agenda: roads")
    assert found.walk("VTIMEZONE")

    gone = meeting(MeetingState.CANCELLED, mission_id="T0ABC", version=3, place="")
    (event,) = Calendar.from_ical(calendar_file(gone, gone.title, JUBA, "", now)).walk("VEVENT")
    assert (event["uid"], event["sequence"], event["status"]) == ("meeting-7.t0abc@rapporteur", 2, "CANCELLED")
    assert "location" not in event
    assert "description" not in event


def test_a_decision_is_a_row_with_whom_it_binds_and_who_objected_or_reserved() -> None:
    entry = record_samples.entry(5, "Open the road.")
    cells = decision_row(
        entry.decision, entry.item, entry.meeting, entry.bindings, entry.reservations, entry.agencies, {"U5": "Owner"}
    )
    row = dict(zip(DECISION_TITLES, cells, strict=True))
    assert (row["Decision"], row["Accountable"], row["Agency"], row["Due"]) == (
        "2035/1",
        "Owner (U5)",
        "WFP",
        "2035-03-20",
    )
    assert row["Binds"] == "WFP (present); UNICEF (asked); UNHCR (agreed); WHO (silent); IOM (objected)"
    assert row["Objections"] == "IOM: Open the road."
    assert row["Reservations"] == "humanitarian_coordinator: Open the road."


def test_an_action_without_decision_or_agency_is_a_row_too() -> None:
    action = an_action(
        date(2026, 3, 5),
        id=3,
        text="Report",
        owner="U9",
        owner_agency_id=None,
        evidence="",
        note="n",
        handling="unclassified",
    )
    row = dict(zip(ACTION_TITLES, action_row(action, None, None, {}, {}), strict=True))
    assert (row["Action"], row["Decision"], row["Meeting"], row["Agency"]) == ("3", "", "", "")
    assert (row["Accountable"], row["Note"]) == ("U9", "n")
    wfp = agency("WFP", "WFP", number=1)
    action.owner_agency_id = 1
    entry = record_samples.entry()
    cells = action_row(action, entry.decision, entry.meeting, {1: wfp}, {"U9": "A. Person"})
    row = dict(zip(ACTION_TITLES, cells, strict=True))
    assert (row["Decision"], row["Agency"], row["Accountable"]) == ("2035/1", "WFP", "A. Person (U9)")
