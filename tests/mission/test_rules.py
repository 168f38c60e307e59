"""Decisions of the mission room."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.handling import CLEARED_ROLES, Handling, may_see
from commands.kit.names.acts import ActWords
from commands.kit.permission import Who, clearance_from
from commands.mission.rules import holidays
from commands.mission.rules.agreement import may_agree, to_ask
from commands.mission.rules.audit import TITLES, row_of
from commands.mission.rules.channels import ChannelProblem, channel_problem
from commands.mission.rules.holidays import RANGE_LIMIT, DaysOff, add_days, check_range, read_lines, runs, without
from commands.mission.rules.roles import Change, changes, check_holders, fingerprint, new_roles
from commands.mission.rules.setup import Settings, apply_settings, check_settings, settings_of
from commands.mission.rules.status import Status, Step, missing
from storage.audit import AuditEntry
from storage.channels import Channel
from storage.grants import Grant
from storage.missions import Mission
from storage.people import MISSION_ROLES, Person, Role
from tests.properties import examples

WORDS = ActWords({"round.close": "closed a round"}, {"round": "round", "agency": "agency"})
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = Settings("UNMISS", "Africa/Juba", (0, 1, 2, 3, 4), time(9), time(17), ("en", "fr"), "C1", "C2")
QUICK = settings(max_examples=examples(80))
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
calendars = st.dictionaries(days, st.sampled_from(["Christmas", "Eid", "New Year"]), max_size=30)


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"name": "  "}, "name", "letters"),
        ({"name": "🕊️🕊️"}, "name", "letters"),
        ({"name": "x" * 81}, "name", "80"),
        ({"zone": "Juba"}, "zone", "zone"),
        ({"zone": ""}, "zone", "zone"),
        ({"days": ()}, "days", "working day"),
        ({"start": None}, "start", "begins"),
        ({"end": None}, "end", "ends"),
        ({"end": time(9)}, "end", "09:00"),
        ({"start": time(18)}, "end", "18:00"),
        ({"cabinet": None}, "cabinet", "channel"),
        ({"coordinators": None}, "coordinators", "channel"),
    ],
)
def test_a_mistake_in_the_setup_is_told_at_its_field(change: dict[str, Any], field: str, word: str) -> None:
    errors = check_settings(replace(GOOD, **change), {})
    assert list(errors) == [field]
    assert word in errors[field]


def test_all_mistakes_are_told_at_once_and_a_good_setup_has_none() -> None:
    bad = replace(GOOD, name="", zone="", days=(), end=time(8))
    assert set(check_settings(bad, {"cabinet": "archived"})) == {"name", "zone", "days", "end", "cabinet"}
    assert check_settings(GOOD, {}) == {}


def test_saving_writes_every_setting_and_names_what_changed() -> None:
    mission = Mission(id="T1", name="UNMISS", zone="UTC", working_days=[0], languages=["en"], settings_version=4)
    mission.work_start, mission.work_end, mission.abuse_reporting = time(9), time(17), ""
    changed = apply_settings(mission, GOOD)
    assert settings_of(mission) == GOOD
    assert mission.settings_version == 5
    assert changed["zone"] == ["UTC", "Africa/Juba"]
    assert changed["languages"] == [["en"], ["en", "fr"]]
    assert set(changed) == {"zone", "days", "languages", "cabinet", "coordinators"}


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"read_at": None}, ChannelProblem.NOT_READ),
        ({"read_at": None, "trouble": "channel_not_found"}, ChannelProblem.UNSEEN),
        ({"read_at": None, "trouble": "not_in_channel"}, ChannelProblem.UNSEEN),
        ({"read_at": None, "trouble": "missing_scope"}, ChannelProblem.OTHER),
        ({"is_archived": True}, ChannelProblem.ARCHIVED),
        ({"is_shared": True}, ChannelProblem.SHARED),
        ({"is_private": True}, ChannelProblem.NOT_MEMBER),
        ({"is_private": True, "trouble": "not_in_channel"}, ChannelProblem.UNSEEN),
        ({"is_private": True, "bot_is_member": True}, None),
        ({"trouble": "not_in_channel"}, None),
        ({}, None),
    ],
)
def test_a_channel_is_judged_by_what_slack_said(facts: dict[str, Any], problem: ChannelProblem | None) -> None:
    given_facts = {"read_at": NOW, "is_private": False, "is_shared": False, "is_archived": False, **facts}
    channel = Channel(mission_id="T1", channel_id="C1", **{"bot_is_member": False, "trouble": None, **given_facts})
    assert channel_problem(channel) is problem


def test_lines_with_dates_are_read_however_they_are_separated() -> None:
    found = read_lines(
        "2026-12-25 Christmas Day\n\n 2026-1-9,CPA Day\n2026-07-09\tIndependence Day\n"
        "2026-03-20/2026-03-21 Eid al-Fitr\n"
    )
    assert found.errors == []
    assert found.days == {
        date(2026, 12, 25): "Christmas Day",
        date(2026, 1, 9): "CPA Day",
        date(2026, 7, 9): "Independence Day",
        date(2026, 3, 20): "Eid al-Fitr",
        date(2026, 3, 21): "Eid al-Fitr",
    }


@pytest.mark.parametrize(
    "line",
    [
        "2026-12-24 - 2026-12-26 Christmas",
        "2026-12-24 – 2026-12-26: Christmas",
        "2026-12-24 to 2026-12-26 Christmas",
        "2026-12-24\t2026-12-26\tChristmas",
        "Christmas\t24/12/2026\t26/12/2026",
        "2026-12-24 00:00:00;2026-12-26 00:00:00;Christmas",
        "24-26 December 2026 Christmas",
        "Christmas (December 24–26, 2026)",
        "Thu, 24 Dec 2026 → Sat, 26 Dec 2026 Christmas",
        "du 24 au 26 décembre 2026 : Christmas",
        "2026-12-24 jusqu’au 2026-12-26 Christmas",
        "24.-26.12.2026 Christmas",
    ],
)
def test_a_run_of_days_is_read_in_the_ways_people_write_it(line: str) -> None:
    found = read_lines(line)
    assert found.errors == []
    assert found.days == {date(2026, 12, day): "Christmas" for day in (24, 25, 26)}


def test_a_name_with_numbers_stands_in_quotes_and_ordinals_are_words() -> None:
    assert read_lines("2026-05-08 « Victoire du 8 mai 1945 »").days == {date(2026, 5, 8): "Victoire du 8 mai 1945"}
    assert read_lines("2026-05-01 1er Mai").days == {date(2026, 5, 1): "1er Mai"}


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Christmas Day", "no day stands there"),
        ("03/04/2026 Good Friday", "Write 2026-04-03 or 2026-03-04"),
        ("2026-12-24, 2026-12-26 Christmas", "write “to” between them"),
        ("2026-12-24 – 2026-12-26 – 2026-12-28 Christmas", "I cannot tell what 2026-12-28 means"),
        ("2026-12-26 Christmas 2", "what 2 means"),
        ("24 December Christmas Eve", "no year"),
        ("Friday 24 December 2026 Eve", "another day of the week"),
        ("24/12/26 Eve", "four digits"),
        ("2026-02-30 Nothing", "2026-02-30"),
        ("2026-12-25", "Say what day"),
        ("2026-12-25 🎄", "Say what day"),
        ("2026-12-26/2026-12-25 Backwards", "before the first"),
        ("2026-01-01/2026-12-31 Too long", "92"),
        ("1999-12-25 Long ago", "2000"),
        ("2026-12-25 " + "x" * 81, "80"),
    ],
)
def test_an_error_names_its_line_and_what_to_do(line: str, word: str) -> None:
    found = read_lines(f"2026-05-01 Labour Day\n\n{line}")
    [error] = found.errors
    assert error.startswith("Line 3: ")
    assert word in error


def test_the_same_day_twice_is_an_error_only_with_two_names() -> None:
    assert read_lines("2026-05-01 Labour Day\n2026-05-01 Labour Day").errors == []
    [error] = read_lines("2026-05-01 Labour Day\n2026-05-01 May Day").errors
    assert error.startswith("Line 2: 2026-05-01")


def test_many_errors_are_shown_in_part_and_counted() -> None:
    text = read_lines("\n".join(["nonsense"] * 8)).error_text()
    assert text.count("Line ") == 5
    assert text.endswith("And 3 more.")
    assert "no line" in read_lines("  \n ").error_text()


@QUICK
@given(known=calendars, new=calendars)
def test_adding_days_counts_every_one_and_adding_again_changes_nothing(
    known: dict[date, str], new: dict[date, str]
) -> None:
    outcome = add_days(known, new)
    assert outcome.days == {**known, **new}
    assert outcome.added + outcome.renamed + outcome.unchanged == len(new)
    assert outcome.added == len(outcome.days) - len(known)
    again = add_days(outcome.days, new)
    assert (again.days, again.added, again.renamed) == (outcome.days, 0, 0)


@QUICK
@given(known=calendars)
def test_runs_hold_every_day_once_and_neighbours_differ(known: dict[date, str]) -> None:
    found = runs(known)
    held = {day: run.name for run in found for day in holidays.days_of(run.first, run.last)}
    assert held == known
    for one, following in pairwise(found):
        assert one.last < following.first
        assert one.name != following.name or following.first - one.last > timedelta(days=1)


@QUICK
@given(known=calendars, first=days, length=st.integers(0, 40))
def test_removing_a_run_leaves_every_other_day(known: dict[date, str], first: date, length: int) -> None:
    last = first + timedelta(days=length)
    left = without(known, first, last)
    assert left == {day: name for day, name in known.items() if day < first or day > last}


def test_consecutive_days_of_one_name_are_one_run() -> None:
    eid = {date(2026, 3, 20): "Eid", date(2026, 3, 21): "Eid", date(2026, 3, 23): "Eid"}
    assert runs(eid) == [DaysOff(date(2026, 3, 20), date(2026, 3, 21), "Eid"), DaysOff(*[date(2026, 3, 23)] * 2, "Eid")]
    assert check_range(date(2026, 3, 20), date(2026, 3, 20), "Eid") is None


def test_removing_days_takes_the_first_and_the_last_of_them_too() -> None:
    eid = {date(2026, 3, number): "Eid" for number in (19, 20, 21, 22)}
    assert list(without(eid, date(2026, 3, 20), date(2026, 3, 21))) == [date(2026, 3, 19), date(2026, 3, 22)]


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=RANGE_LIMIT - 1), "Recess"),
        (date(2000, 1, 1), date(2000, 1, 1), "New Year"),
        (date(2100, 12, 31), date(2100, 12, 31), "New Year"),
        (date(2026, 1, 1), date(2026, 1, 1), f" {'x' * 80} "),
    ],
)
def test_days_off_at_the_limits_of_length_years_and_name_are_taken(first: date, last: date, name: str) -> None:
    assert check_range(first, last, name) is None


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [
        (date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=RANGE_LIMIT), "92"),
        (date(1999, 12, 31), date(2000, 1, 1), "2000"),
        (date(2100, 12, 31), date(2101, 1, 1), "2100"),
    ],
)
def test_days_off_one_step_beyond_the_limits_are_not(first: date, last: date, word: str) -> None:
    assert word in (check_range(first, last, "New Year") or "")


def person(user: str, **facts: Any) -> Person:
    return Person(mission_id="T1", user_id=user, name=user, seen_at=NOW, **{"home_team": "", **facts})


@pytest.mark.parametrize(
    ("people", "word"),
    [
        ([], "Somebody must be admin"),
        ([person("U1"), person("U2", is_guest=True)], "U2: guests"),
        ([person("U1"), person("U2", home_team="T9")], "U2: guests"),
        ([person("U1", is_bot=True)], "U1: an app"),
        ([person("U1", is_gone=True)], "U1: no longer"),
    ],
)
def test_not_everybody_can_be_admin(people: list[Person], word: str) -> None:
    errors = check_holders({Role.ADMIN: [one.user_id for one in people]}, {one.user_id: one for one in people})
    assert word in errors["admin"]


def test_a_guest_can_hold_any_other_role_and_a_stranger_none_but_admin() -> None:
    guest, admin = person("U1", is_guest=True), person("U2")
    wanted = {role: ["U1"] for role in MISSION_ROLES} | {Role.ADMIN: ["U2"]}
    assert check_holders(wanted, {"U1": guest, "U2": admin}) == {}
    assert check_holders({Role.ADMIN: ["U2"], Role.OBSERVER: ["U9"]}, {"U2": admin}) == {}
    assert "asking Slack" in check_holders({Role.ADMIN: ["U2", "U9"]}, {"U2": admin})["admin"]


holders = st.dictionaries(st.sampled_from(MISSION_ROLES), st.lists(st.sampled_from(["U1", "U2", "U3"]), unique=True))


@QUICK
@given(before=holders, wanted=holders)
def test_changes_lead_from_one_state_of_roles_to_the_other(
    before: dict[Role, list[str]], wanted: dict[Role, list[str]]
) -> None:
    made = changes(before, wanted)
    after = {role: set(before.get(role, ())) for role in MISSION_ROLES}
    for change in made:
        assert change.added or change.removed
        assert not change.added & set(before.get(change.role, ())), "nobody is told of a role they had"
        after[change.role] = (after[change.role] | change.added) - change.removed
    assert after == {role: set(wanted.get(role, ())) for role in MISSION_ROLES}
    assert (fingerprint(before) == fingerprint(wanted)) == (made == [])
    gained = {(user, role) for user, held in new_roles(made).items() for role in held}
    assert gained == {(user, change.role) for change in made for user in change.added}


def test_one_person_with_two_new_roles_is_told_once() -> None:
    made = [
        Change(Role.ADMIN, frozenset({"U1"}), frozenset()),
        Change(Role.OBSERVER, frozenset({"U1"}), frozenset({"U2"})),
    ]
    assert new_roles(made) == {"U1": [Role.ADMIN, Role.OBSERVER]}


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (Status(False, False, 0, 0, 0), [Step.SET_UP]),
        (Status(True, False, 0, 0, 0), [Step.CHANNELS, Step.COORDINATOR, Step.AGENCIES, Step.HOLIDAYS]),
        (Status(True, True, 1, 0, 3), [Step.AGENCIES]),
        (Status(True, True, 1, 20, 3), []),
    ],
)
def test_the_steps_that_are_left(status: Status, steps: list[Step]) -> None:
    assert missing(status) == steps


roles = st.frozensets(st.sampled_from(Role), max_size=4)


@given(
    mine=roles, theirs=st.dictionaries(st.sampled_from([1, 2]), roles, max_size=2), waiting=roles, gone=st.booleans()
)
@settings(max_examples=examples(150))
def test_who_may_agree(mine: frozenset[Role], theirs: dict[int, frozenset[Role]], waiting: Any, gone: bool) -> None:
    grant = Grant(1, Role.ALTERNATE, "U1", NOW, None)
    person = Person(mission_id="T1", user_id="U2", name="U2", is_gone=gone, seen_at=NOW)
    who = Who("U2", person, mine, theirs, waiting)
    nobody_waits = replace(who, waiting=frozenset())
    assert not may_agree(replace(who, user_id="U1"), grant)
    assert may_agree(nobody_waits, grant) or not may_agree(who, grant)
    if may_agree(who, grant):
        assert not gone
        assert (who.all_roles & {Role.ADMIN, Role.COORDINATOR, Role.HEAD_OF_AGENCY}) - waiting
    cleared = may_see(clearance_from(who), Handling.CONFIDENTIAL)
    assert cleared == (not gone and bool((who.all_roles - waiting) & CLEARED_ROLES))


def test_each_who_may_agree_is_asked_about_each_role_that_waits() -> None:
    grants = [Grant(0, Role.COORDINATOR, "U1", NOW, None), Grant(7, Role.ALTERNATE, "U2", NOW, None)]
    people = {
        user: Who(user, Person(mission_id="T1", user_id=user, name=user, seen_at=NOW), roles, agencies)
        for user, roles, agencies in (
            ("U1", frozenset({Role.ADMIN}), {}),
            ("U2", frozenset({Role.COORDINATOR}), {}),
            ("U3", frozenset(), {7: frozenset({Role.HEAD_OF_AGENCY})}),
            ("U4", frozenset({Role.SRSG_OFFICE}), {}),
        )
    }
    asked = [(grant.user_id, who.user_id) for grant, who in to_ask(grants, list(people.values()))]
    assert asked == [("U1", "U2"), ("U2", "U1"), ("U2", "U3")]


def test_an_act_is_a_row_with_ids_behind_names_and_its_details_as_json() -> None:
    entry = AuditEntry(
        at=NOW, actor="U1", on_behalf_of="U2", verb="roles.agreed", subject_kind="agency", subject_id="7",
        details={"role": "alternate", "also": ["é"]},
    )  # fmt: skip
    row = dict(zip(TITLES, row_of(entry, {"U1": "Chief"}, WORDS), strict=True))
    assert (row["Who"], row["For"], row["When (UTC)"]) == (
        "Chief (U1)", "U2", "2026-03-02T09:00:00+00:00",
    )  # fmt: skip
    # A code that no room says any more stays a code.
    assert (row["What"], row["What (code)"]) == ("roles.agreed", "roles.agreed")
    assert json.loads(row["Details"]) == {"role": "alternate", "also": ["é"]}
    bare = AuditEntry(at=NOW, actor="rapporteur", verb="round.close", subject_kind="round", subject_id="3", details={})
    assert row_of(bare, {}, WORDS)[1:] == ["rapporteur", "", "closed a round", "round.close", "round", "round", "3", ""]
