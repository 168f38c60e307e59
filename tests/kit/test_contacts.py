"""Who answers for an agency: order, leave, days in a person's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.contacts import Contact, everyone, local_days, who_answers
from storage.agencies import Agency, AgencyPerson, Leave
from storage.people import Person, Role
from tests.properties import examples

TODAY = date(2026, 11, 24)


def agency(*people: tuple[str, Role]) -> Agency:
    made = Agency(code="WFP", code_key="wfp", name="World Food Programme")
    made.people = [AgencyPerson(user_id=user, role=role, rank=rank) for rank, (user, role) in enumerate(people)]
    return made


def leave(user: str, first: date = TODAY, last: date = TODAY) -> Leave:
    return Leave(user_id=user, first_day=first, last_day=last)


WFP = agency(
    ("head", Role.HEAD_OF_AGENCY),
    ("first", Role.FOCAL_POINT),
    ("second", Role.FOCAL_POINT),
    ("deputy", Role.ALTERNATE),
)
ALL_HERE = dict.fromkeys(["head", "first", "second", "deputy"], TODAY)


def test_the_first_focal_point_answers_and_stands_in_for_nobody() -> None:
    assert who_answers(WFP, [], ALL_HERE) == Contact("first", Role.FOCAL_POINT)


def test_leave_hands_over_down_the_order_and_says_for_whom() -> None:
    assert who_answers(WFP, [leave("first")], ALL_HERE) == Contact("second", Role.FOCAL_POINT, "first")
    away = [leave("first"), leave("second")]
    assert who_answers(WFP, away, ALL_HERE) == Contact("deputy", Role.ALTERNATE, "first")
    away.append(leave("deputy"))
    assert who_answers(WFP, away, ALL_HERE) == Contact("head", Role.HEAD_OF_AGENCY, "first")
    away.append(leave("head"))
    assert who_answers(WFP, away, ALL_HERE) is None


def test_an_agency_with_only_a_head_is_answered_by_the_head_in_own_name() -> None:
    assert who_answers(agency(("head", Role.HEAD_OF_AGENCY)), [], ALL_HERE) == Contact("head", Role.HEAD_OF_AGENCY)
    assert who_answers(agency(), [], ALL_HERE) is None


def test_both_ends_of_a_leave_are_free_days() -> None:
    away = [leave("first", TODAY, TODAY + timedelta(days=2))]
    for offset, answers in [(-1, "first"), (0, "second"), (2, "second"), (3, "first")]:
        contact = who_answers(WFP, away, ALL_HERE | {"first": TODAY + timedelta(days=offset)})
        assert contact is not None
        assert contact.person == answers


def test_somebody_who_left_slack_is_passed_over() -> None:
    here = {user: day for user, day in ALL_HERE.items() if user != "first"}
    assert who_answers(WFP, [], here) == Contact("second", Role.FOCAL_POINT, "first")


def test_everyone_is_listed_once_in_the_order_of_asking() -> None:
    both = agency(("a", Role.HEAD_OF_AGENCY), ("a", Role.FOCAL_POINT), ("b", Role.ALTERNATE), ("b", Role.FOCAL_POINT))
    assert everyone(both) == ["a", "b"]


def test_the_day_is_the_day_where_the_person_is() -> None:
    now = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    people = {
        "juba": Person(user_id="juba", zone="Africa/Juba", is_gone=False),
        "new-york": Person(user_id="new-york", zone="America/New_York", is_gone=False),
        "nowhere": Person(user_id="nowhere", zone="Mars/Olympus", is_gone=False),
        "left": Person(user_id="left", zone="UTC", is_gone=True),
    }
    days = local_days(["juba", "new-york", "nowhere", "left", "not-met"], people, now, ZoneInfo("Africa/Juba"))
    assert days == {
        "juba": date(2026, 11, 25),
        "new-york": date(2026, 11, 24),
        "nowhere": date(2026, 11, 25),
        "not-met": date(2026, 11, 25),
    }


USERS = ["a", "b", "c", "d"]


@settings(max_examples=examples(80))
@given(
    people=st.lists(
        st.tuples(
            st.sampled_from(USERS),
            st.sampled_from([Role.FOCAL_POINT, Role.ALTERNATE, Role.HEAD_OF_AGENCY]),
        ),
        unique=True,
    ),
    away=st.sets(st.sampled_from(USERS)),
)
def test_whoever_answers_is_there_and_nobody_before_them_is(people: list[tuple[str, Role]], away: set[str]) -> None:
    made = agency(*people)
    contact = who_answers(made, [leave(user) for user in away], dict.fromkeys(USERS, TODAY))
    order = everyone(made)
    if contact is None:
        assert set(order) <= away
        return
    place = order.index(contact.person)
    assert contact.person not in away
    assert set(order[:place]) <= away
    assert contact.standing_in_for == (order[0] if place else None)
    assert (contact.person, contact.role) in people


def test_whoever_waits_for_somebody_to_agree_is_asked_after_all_others() -> None:
    one = agency(("self", Role.FOCAL_POINT), ("deputy", Role.ALTERNATE), ("head", Role.HEAD_OF_AGENCY))
    waits = one.people[0]
    waits.granted_by = "self"
    assert everyone(one) == ["deputy", "head", "self"]
    waits.agreed_by = "head"
    assert everyone(one) == ["self", "deputy", "head"]
    alone = agency(("self", Role.FOCAL_POINT))
    alone.people[0].granted_by = "self"
    assert everyone(alone) == ["self"], "somebody is to be asked"
