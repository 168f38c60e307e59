"""What is entered about a series or an item: mistakes are told beside their field, and what is right is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commands.cabinet.rules import proposing, series_data
from commands.cabinet.rules.papers import BEGINS, is_link, paper_trouble
from commands.cabinet.rules.proposing import Proposal, ProposalContext, check_proposal, option_lines
from commands.cabinet.rules.series_data import Facts, SeriesEntry, check_start, check_step, entry_of, fill, start_of
from commands.kit.dates import WorkCalendar
from commands.kit.handling import Handling
from storage.cabinet.series import ChannelRule, QuorumRule, Series, WhenFree
from tests.agencies.made import agency
from tests.cabinet.samples import series

JUBA = ZoneInfo("Africa/Juba")  # two hours before UTC all year
CALENDAR = WorkCalendar(JUBA, frozenset(range(5)), time(8), time(17), frozenset({date(2026, 3, 9)}))
# In Juba it is already Thursday, 5 March.
NOW = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
AGENCIES = [agency("WFP", "WFP", number=1), agency("WHO", "WHO", number=2), agency("IOM", "IOM", number=3)]
FACTS = Facts(AGENCIES, CALENDAR, NOW)
ONE_OFF = replace(FACTS, one_off=True)


def entered(**changes: Any) -> SeriesEntry:
    """A new weekly cabinet, ready to be saved."""
    return replace(series_data.fresh(date(2026, 3, 5), "U2"), **{"title": "Weekly cabinet", "chair": "U1", **changes})


def test_a_new_series_meets_every_week_on_this_day_and_has_nothing_wrong() -> None:
    new = entered()
    assert (new.weekdays, new.every, new.secretary) == ((3,), 1, "U2")
    assert all(check_step(new, FACTS, step) == {} for step in series_data.SERIES_STEPS)


@pytest.mark.parametrize(
    ("step", "change", "field", "words"),
    [
        ("what", {"title": "  "}, series_data.TITLE, "title in words"),
        ("what", {"title": "2026"}, series_data.TITLE, "title in words"),
        ("what", {"standing": "Item\n" * 11}, series_data.STANDING_ITEMS, "11 items; at most 10"),
        ("what", {"standing": "x" * 151}, series_data.STANDING_ITEMS, "at most 150"),
        ("who", {"all_agencies": False}, series_data.AGENCIES, "Choose the agencies"),
        ("who", {"chair": None}, series_data.CHAIR, "Choose a person"),
        ("who", {"secretary": ""}, series_data.SECRETARY, "Choose a person"),
        ("when", {"weekdays": ()}, series_data.WEEKDAYS, "at least one day"),
        ("when", {"weekdays": (5, 6)}, series_data.WEEKDAYS, "does not work"),
        ("when", {"first": date(2026, 3, 4)}, series_data.FIRST, "has passed"),
        ("rules", {"quorum": QuorumRule.NUMBER, "quorum_number": 0}, series_data.QUORUM_NUMBER, "from 1 to 3"),
        ("rules", {"quorum": QuorumRule.NUMBER, "quorum_number": 4}, series_data.QUORUM_NUMBER, "from 1 to 3"),
        (
            "rules",
            {"quorum": QuorumRule.NUMBER, "quorum_number": 3, "all_agencies": False, "agencies": (1, 2)},
            series_data.QUORUM_NUMBER,
            "from 1 to 2",
        ),
    ],
)
def test_a_mistake_is_told_at_its_step_beside_its_field(
    step: str, change: dict[str, Any], field: str, words: str
) -> None:
    wrong = entered(**change)
    found = check_step(wrong, FACTS, step)
    assert list(found) == [field]
    assert words in found[field]
    assert all(check_step(wrong, FACTS, one) == {} for one in series_data.SERIES_STEPS if one != step)


@pytest.mark.parametrize(
    "change",
    [
        {"standing": "Item\n\n  \n" * 10},
        {"standing": "x" * 150},
        {"all_agencies": False, "agencies": (2,)},
        # One working day among them is enough, and what exists may have begun long ago.
        {"weekdays": (3, 6)},
        {"first": date(2026, 3, 5)},
        {"first": date(2020, 1, 2), "version": 2},
        {"quorum": QuorumRule.NUMBER, "quorum_number": 3},
        {"quorum": QuorumRule.NUMBER, "quorum_number": 1},
        # Without a rhythm its meetings are convened one by one.
        {"every": 0, "weekdays": ()},
        {"every": 0, "first": date(2026, 1, 1)},
    ],
)
def test_what_is_just_possible_is_taken(change: dict[str, Any]) -> None:
    assert all(check_step(entered(**change), FACTS, step) == {} for step in series_data.SERIES_STEPS)


def test_where_there_is_no_agency_none_can_sit_in_it() -> None:
    nobody = replace(FACTS, agencies=[])
    assert "Add agencies first" in check_step(entered(), nobody, "who")[series_data.ALL_AGENCIES]


def test_an_officer_who_cannot_be_one_is_told_beside_their_field() -> None:
    barred = replace(FACTS, officers={"chair": "This is an app."})
    assert check_step(entered(), barred, "who") == {"chair": "This is an app."}
    assert check_step(entered(chair=None, secretary=None), barred, "who").keys() == {"chair", "secretary"}


def test_a_single_meeting_starts_in_the_future_on_a_working_day() -> None:
    thursday = entered(weekdays=(), first=date(2026, 3, 5), start=time(0, 30))
    assert start_of(thursday, CALENDAR) == NOW
    assert "has passed" in check_step(thursday, ONE_OFF, "when")[series_data.FIRST]
    assert check_step(replace(thursday, start=time(0, 31)), ONE_OFF, "when") == {}
    free = check_step(replace(thursday, first=date(2026, 3, 7), start=time(10)), ONE_OFF, "when")
    assert "Tue 10 Mar 2026, 10:00" in free[series_data.FIRST]
    assert check_start(datetime(2026, 3, 10, 8, tzinfo=UTC), FACTS) == {}


def test_what_is_stored_is_shown_in_the_form_and_saved_again_unchanged() -> None:
    stored = series(
        place="Room 1",
        handling="confidential",
        default_agenda=["Security", "Funding"],
        all_agencies=False,
        when_free=WhenFree.SKIP,
        quorum_rule=QuorumRule.NUMBER,
        quorum_number=2,
        silence_hours=24,
        silence_working=False,
        channel_rule=ChannelRule.MEETING,
        start_time=time(9, 5),
    )
    entry = entry_of(stored, [1, 2], ["planning"])
    assert (entry.agencies, entry.roles, entry.version) == ((1, 2), ("planning",), stored.version)
    assert entry.handling is Handling.CONFIDENTIAL
    again = Series()
    fill(again, entry)
    for name in (
        "title", "place", "handling", "default_agenda", "all_agencies", "chair", "secretary", "every_weeks", "weekdays",
        "anchor", "start_time", "minutes", "when_free", "call_days", "papers_hours", "record_hours", "quorum_rule",
        "quorum_number", "silence_hours", "silence_working", "channel_rule",
    ):  # fmt: skip
        assert getattr(again, name) == getattr(stored, name), name


def test_days_and_items_are_saved_in_their_order_and_without_blanks() -> None:
    made = Series()
    fill(made, entered(weekdays=(4, 0), standing="  Security \n\n Funding"))
    assert made.weekdays == [0, 4]
    assert made.default_agenda == ["Security", "Funding"]


PROPOSAL = Proposal("Road access", "Do we open the corridor?", ["Yes", "No"], "U1", 1)
ABOUT = ProposalContext(frozenset({1, 2}), frozenset({1}))


def test_an_item_with_question_options_and_owner_may_be_proposed() -> None:
    assert check_proposal(PROPOSAL, ABOUT) == {}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"title": "!"}, proposing.TITLE, "title in words"),
        ({"question": "?"}, proposing.QUESTION, "the question"),
        ({"options": ["Yes"]}, proposing.OPTIONS, "at least two"),
        ({"options": list("abcdefg")}, proposing.OPTIONS, "7 options; more than 6"),
        ({"options": ["Yes", "x" * 301]}, proposing.OPTIONS, "at most 300"),
        ({"options": ["Yes", "yes"]}, proposing.OPTIONS, "the same"),
        ({"owner": None}, proposing.OWNER, "who owns it"),
        ({"owner_agency_id": None}, proposing.AGENCY, "agency that owns it"),
        ({"owner_agency_id": 9}, proposing.AGENCY, "does not sit"),
        ({"owner_agency_id": 2}, proposing.OWNER, "does not answer for that agency"),
        ({"paper_link": "see the shared drive"}, proposing.LINK, "not a link"),
        ({"minutes": 0}, proposing.MINUTES, "from 1 to 120"),
        ({"minutes": 121}, proposing.MINUTES, "from 1 to 120"),
    ],
)
def test_what_an_item_lacks_is_told_beside_its_field(change: dict[str, Any], field: str, words: str) -> None:
    found = check_proposal(replace(PROPOSAL, **change), ABOUT)
    assert list(found) == [field]
    assert words in found[field]


def test_an_item_at_its_limits_is_taken() -> None:
    full = replace(PROPOSAL, options=["x" * 300, *"abcde"], minutes=120, paper_link="https://un.org/a")
    assert check_proposal(full, ABOUT) == {}
    assert check_proposal(replace(full, minutes=1, options=["a", "b"]), ABOUT) == {}


def test_the_secretary_enters_items_for_any_agency_that_sits_in_it() -> None:
    for_all = replace(ABOUT, speaks_for_all=True)
    assert check_proposal(replace(PROPOSAL, owner_agency_id=2), for_all) == {}
    assert proposing.AGENCY in check_proposal(replace(PROPOSAL, owner_agency_id=9), for_all)


def test_whoever_holds_a_role_of_the_mission_needs_no_agency() -> None:
    assert check_proposal(replace(PROPOSAL, owner_agency_id=None), replace(ABOUT, needs_agency=False)) == {}


def test_all_mistakes_are_told_at_once_and_other_trouble_with_them() -> None:
    wrong = replace(PROPOSAL, title="", minutes=0)
    found = check_proposal(wrong, replace(ABOUT, troubles={"paper": "It is too large."}))
    assert found.keys() == {"paper", proposing.TITLE, proposing.MINUTES}


def test_options_are_typed_one_a_line_with_or_without_bullets() -> None:
    assert option_lines("- Open it\n• Wait \n\n  -\t\nLeave it") == ["Open it", "Wait", "Leave it"]


@pytest.mark.parametrize("link", ["https://un.org", "http://a.example/b?c=d#e", f"https://un.org/{'x' * 485}"])
def test_web_links_are_taken(link: str) -> None:
    assert is_link(link)


@pytest.mark.parametrize(
    "link",
    [
        *("", "un.org", "ftp://un.org", "https://localhost", "https://[un.org", "javascript:alert(1)"),
        *("https://un.org/a b", "https://un.org/<a>", "https://un.org|x", f"https://un.org/{'x' * 486}"),
        *("https://un.org@evil.example/", "https://un.оrg/", "https://evil.example/\u202egro.nu", "https:\\\\un.org"),
    ],
)
def test_what_slack_would_not_show_as_a_link_is_none(link: str) -> None:
    assert not is_link(link)


@pytest.mark.parametrize(("kind", "begins"), BEGINS.items())
def test_a_paper_is_what_its_name_says(kind: str, begins: bytes) -> None:
    assert paper_trouble(f"Paper.{kind.upper()}", begins + b" and more") == ""
    assert "is not what its name says" in paper_trouble(f"paper.{kind}", b"\0MZ a program")


@pytest.mark.parametrize("name", ["paper.html", "paper.exe", "paper", "paper.pdf.lnk", "paper.docm", ""])
def test_other_kinds_of_files_are_no_papers(name: str) -> None:
    assert "A paper is one of these: pdf, docx" in paper_trouble(name, b"%PDF-1.4")


def test_a_picture_may_be_named_in_the_other_way() -> None:
    assert paper_trouble("road.jpeg", b"\xff\xd8\xff\xe0") == ""
