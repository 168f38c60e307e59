"""What an agency's fields, people and leaves may just hold, and one step further what they may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from commands.agencies.rules.codes import LONGEST, SHORTEST, free_code, is_code
from commands.agencies.rules.editing import (
    FIELDS,
    Draft,
    differences,
    draft_of,
    draft_of_entry,
    draft_problems,
    put_into,
)
from commands.agencies.rules.entries import Entry, Fault, Reading
from commands.agencies.rules.fields import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_STATION,
    MOST_SECTORS,
    in_order,
    name_problem,
    reason_problem,
    sector_problem,
    station_problem,
    tidy,
)
from commands.agencies.rules.leave import (
    FARTHEST_DAYS,
    FIRST,
    LAST,
    LONGEST_DAYS,
    EnteredLeave,
    LeaveCheck,
    leave_problems,
)
from commands.agencies.rules.people import MOST_PEOPLE, People, people_problems
from commands.agencies.rules.planning import Decision, Difference
from commands.agencies.rules.search import ListState, lacks_focal_point, matching
from commands.kit.names.sectors import LONGEST_SECTOR
from storage.agencies import AgencyState
from storage.people import Person
from tests.agencies.made import agency, make_plan

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def leave(first: date, last: date) -> set[str]:
    """The fields that are wrong with a leave of these days."""
    return set(leave_problems(EnteredLeave("U1", first, last), LeaveCheck({"U1"}, (), TODAY)))


def test_a_leave_is_at_most_a_year_long_and_begins_within_two() -> None:
    assert leave(TODAY, TODAY + (LONGEST_DAYS - 1) * DAY) == set()
    assert leave(TODAY, TODAY + LONGEST_DAYS * DAY) == {LAST}
    farthest = TODAY + FARTHEST_DAYS * DAY
    assert leave(farthest, farthest) == set()
    assert leave(farthest + DAY, farthest + DAY) == {FIRST}


def test_a_leave_may_end_today_and_not_yesterday() -> None:
    assert leave(TODAY - DAY, TODAY) == set()
    assert leave(TODAY - DAY, TODAY - DAY) == {LAST}


def test_a_person_alone_is_no_leave() -> None:
    assert EnteredLeave("U1").is_empty
    assert leave_problems(EnteredLeave("U1"), LeaveCheck({"U1"}, (), TODAY)) == {}
    assert not EnteredLeave("U1", TODAY).is_empty


def test_twenty_people_may_share_a_role_and_somebody_unknown_may_be_among_them() -> None:
    crowd = tuple(f"U{number}" for number in range(MOST_PEOPLE))
    assert people_problems(People(), People(None, crowd, ()), {}) == {}
    assert people_problems(People(), People(None, (), (*crowd, "U99")), {}).keys() == {"alternates"}


def test_too_many_alternates_are_told_before_who_is_chosen_twice() -> None:
    crowd = tuple(f"U{number}" for number in range(MOST_PEOPLE + 1))
    assert "at most 20" in people_problems(People(), People(None, crowd[:1], crowd), {})["alternates"]


def test_a_head_who_left_is_told_by_name() -> None:
    gone = Person(user_id="U1", name="Former head", is_bot=False, is_gone=True)
    assert "Former head has left" in people_problems(People(), People("U1"), {"U1": gone})["head"]
    # Whoever had the role before is not judged again.
    assert people_problems(People("U1"), People("U1"), {"U1": gone}) == {}


@pytest.mark.parametrize(("problem", "longest"), [(name_problem, LONGEST_NAME), (reason_problem, LONGEST_REASON)])
def test_a_text_may_be_as_long_as_it_fits(problem: Callable[[str], str | None], longest: int) -> None:
    assert problem("A" * longest) is None
    assert str(longest) in (problem("A" * (longest + 1)) or "")


def test_a_station_a_sector_and_their_number_may_be_as_large_as_they_fit() -> None:
    assert station_problem("") is None
    assert station_problem("A" * LONGEST_STATION) is None
    assert station_problem("A" * (LONGEST_STATION + 1)) is not None
    many = [f"Sector {number}" for number in range(MOST_SECTORS + 1)]
    assert sector_problem(many[1:]) is None
    assert "This names 41" in (sector_problem(many) or "")
    assert sector_problem(["A" * LONGEST_SECTOR]) is None
    assert sector_problem(["HEA", "A" * (LONGEST_SECTOR + 1)]) is not None
    assert "“...” does not fit" in (sector_problem(["..."]) or "")


def test_a_code_has_between_two_and_twenty_four_characters() -> None:
    assert is_code("A" * SHORTEST)
    assert is_code("A" * LONGEST)
    assert not is_code("A" * (SHORTEST - 1))
    assert not is_code("A" * (LONGEST + 1))
    assert not is_code("--")


def test_a_numbered_code_still_fits() -> None:
    name = "Ministry of Very Long and Many Important Affairs, Government of"
    first = free_code(name, set())
    second = free_code(name, {first.casefold()})
    assert is_code(first)
    assert is_code(second)
    assert second.endswith("-2")


def test_a_draft_says_everything_that_is_wrong_with_it() -> None:
    wrong = Draft("W F", "24", name_fr="24", kind="army", sectors=("...",), duty_station="A" * 101, zone="Mars")
    assert draft_problems(wrong).keys() == {"code", "name", "name_fr", "kind", "sectors", "duty_station", "zone"}
    assert draft_problems(Draft("WFP", "World Food Programme", zone="Africa/Juba")) == {}


def test_a_draft_is_compared_field_by_field() -> None:
    saved = draft_of(agency("WFP", "World Food Programme", sectors=("FSC",), language="en"))
    assert differences(saved, saved) == []
    wanted = Draft(**{**saved.as_record(), "sectors": ("FSC", "LOG"), "language": "fr"})
    assert differences(saved, wanted) == [
        Difference("sectors", ("FSC",), ("FSC", "LOG")),
        Difference("language", "en", "fr"),
    ]
    assert set(FIELDS) == saved.as_record().keys()


def test_an_organisation_without_a_kind_is_another_one() -> None:
    entry = Entry(2, "Aid", name_fr="Aide", sectors=("HEA",), duty_station="Juba", zone="Africa/Juba", language="fr")
    assert draft_of_entry(entry, "AID") == Draft("AID", "Aid", "Aide", "other", ("HEA",), "Juba", "Africa/Juba", "fr")
    assert draft_of_entry(Entry(2, "Aid", kind="ngo"), "AID").kind == "ngo"


def test_what_is_skipped_as_the_same_leaves_its_code_to_the_next() -> None:
    entries = [Entry(2, "NRC"), Entry(3, "Norwegian Refugee Council"), Entry(4, "National Relief Corps")]
    decisions = {"norwegian refugee council": Decision.SAME, "national relief corps": Decision.APART}
    assert [one.code for one in make_plan(Reading(3, entries), (), decisions).added] == ["NRC", "NRC-2"]
    apart = {**decisions, "norwegian refugee council": Decision.APART}
    assert [one.code for one in make_plan(Reading(3, entries), (), apart).added] == ["NRC", "NRC-2", "NRC-3"]


def test_a_decision_that_was_never_offered_decides_nothing() -> None:
    entries = [Entry(2, "NRC"), Entry(3, "Norwegian Refugee Council")]
    plan = make_plan(Reading(2, entries, [Fault(9, "Name", "empty")]), (), {"norwegian refugee council": "perhaps"})
    assert ([one.code for one in plan.added], len(plan.undecided)) == (["NRC"], 1)


def test_sectors_are_kept_once_as_they_stood_first() -> None:
    assert in_order(["rule of law", "HEA", "Rule of Law", "HEA"]) == ["HEA", "rule of law"]
    assert tidy("  two \n words ") == "two words"


def test_a_suspended_agency_lacks_no_focal_point() -> None:
    alone = agency("WFP", "World Food Programme")
    assert lacks_focal_point(alone)
    alone.state = AgencyState.SUSPENDED
    assert not lacks_focal_point(alone)
    assert matching([alone], ListState("suspended")) == [alone]
    assert matching([alone], ListState(unanswered=True)) == []


def test_an_agencys_sectors_are_a_list_as_its_row_keeps_them() -> None:
    made = agency("WFP", "World Food Programme")
    put_into(made, Draft("WFP", "World Food Programme", sectors=("FSC", "LOG")))
    assert made.sectors == ["FSC", "LOG"]
    assert draft_of(made).sectors == ("FSC", "LOG")
