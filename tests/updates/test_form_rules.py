"""What is entered about a round or a plan: what is wrong is said beside its field, and what is right is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from time import thread_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.dates import WorkCalendar
from commands.updates.rules import plan_data
from commands.updates.rules.answers import answer_text, clean, trouble_with
from commands.updates.rules.drafting import (
    AUDIENCE,
    CHANNEL,
    DAY,
    QUESTIONS,
    TITLE,
    Asked,
    Facts,
    RoundEntry,
    check_audience,
    check_channel,
    check_due,
    check_questions,
    check_title,
    due_moment,
    keep_ids,
)
from commands.updates.rules.exporting import RETURN_TITLES, digest_rows, return_rows, texts_of
from commands.updates.rules.ladder import DEFAULT_LADDER, Recipient, Step, steps_of
from commands.updates.rules.marks import read_lines, trouble_with_marks
from commands.updates.rules.plan_data import PlanEntry
from commands.updates.rules.questions import (
    CHOICE_LIMIT,
    CHOICES_AT_MOST,
    QUESTION_LIMIT,
    QUESTIONS_AT_MOST,
    TITLE_LIMIT,
    UNIT_LIMIT,
    Item,
    Kind,
    Question,
    next_id,
    questions_of,
)
from commands.updates.rules.questions import trouble_with as trouble_with_question
from storage.updates.returns import ReturnState, ReturnVersion
from storage.updates.rounds import RoundPlan
from tests.agencies.made import agency
from tests.properties import examples
from tests.updates.samples import AGENCIES, DUE, NOW, WFP, WHO, a_digest, a_return, a_round, plan

JUBA = ZoneInfo("Africa/Juba")
CALENDAR = WorkCalendar(JUBA, frozenset(range(5)), time(8), time(17))
NGO = agency("NRC", "Norwegian Refugee Council", kind="ngo")
# Monday 2 March 2026, 23:30 in Juba: in Greenwich it is still Monday evening.
LATE_EVENING = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
FACTS = Facts([NGO], CALENDAR, LATE_EVENING)


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("What was done?", Question("q1", "What was done?")),
        ("1. What was done? *", Question("q1", "What was done?", required=True)),
        ("- Reached [number people]", Question("q1", "Reached", Kind.NUMBER, unit="people")),
        ("Reached [Number]", Question("q1", "Reached", Kind.NUMBER)),
        ("Safe? [yes/no] *", Question("q1", "Safe?", Kind.YES_NO, required=True)),
        ("Safe? * [yes/no]", Question("q1", "Safe?", Kind.YES_NO, required=True)),
        ("Access [one: open; shut , ]", Question("q1", "Access", Kind.ONE, choices=("open", "shut"))),
        ("Needs [several: fuel, food]", Question("q1", "Needs", Kind.SEVERAL, choices=("fuel", "food"))),
        ("Name [text] [per  sector]", Question("q1", "Name", Kind.TEXT, per_sector=True)),
        ("Words [long text]", Question("q1", "Words")),
        ("Roads [main ones]", Question("q1", "Roads [main ones]")),
        ("Access [one]", Question("q1", "Access [one]")),
        ("Flights [text: short]", Question("q1", "Flights [text: short]")),
    ],
)
def test_marks_at_the_end_of_a_line_say_what_the_answer_is(line: str, question: Question) -> None:
    assert read_lines(line) == [question]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Access [one: open, closed", "[one: open, closed"),
        ("Reached [numbr people] *", "[numbr people]"),
        ("Access [one]", "[one]"),
        ("Access [On: open, closed]", "[On: open, closed]"),
        ("Needs [severl: fuel, food]", "[severl: fuel, food]"),
        ("Flights [text: short]", "[text: short]"),
        ("Atteints [nombre personnes", "[nombre personnes"),
        ("Safe? [yes / no / maybe", "[yes / no / maybe"),
        ("Access [one: open, closed]]", "open, closed]]"),
    ],
)
def test_a_mark_that_is_nearly_one_is_asked_about_and_never_becomes_words(line: str, mark: str) -> None:
    trouble = check_questions(Asked(questions=f"What?\n\n{line}"))["questions"]
    assert trouble.startswith("Question 2: I do not know the mark ")
    assert mark in trouble


@pytest.mark.parametrize("line", ["Roads [main ones]", "Bor [Jonglei] road", "Cost [in USD]?", "Access [one: a, b]"])
def test_other_brackets_stay_words(line: str) -> None:
    assert trouble_with_marks(line) is None


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Atteints [nombre personnes] *", "Atteints [number personnes] *"),
        ("Accès [une : ouvert, fermé] [par secteur]", "Accès [one: ouvert, fermé] [per sector]"),
        ("Besoins [Plusieurs: eau; vivres]", "Besoins [several: eau, vivres]"),
        ("Sûr ? [oui/non]", "Sûr ? [yes/no]"),
        ("Mots [texte long]", "Mots"),
    ],
)
def test_marks_are_known_in_french(french: str, english: str) -> None:
    assert read_lines(french) == read_lines(english)


def test_empty_lines_are_no_questions_and_the_others_are_numbered() -> None:
    assert [(one.id, one.text) for one in read_lines("\nA\n  \nB\n")] == [("q1", "A"), ("q2", "B")]


def as_line(question: Question) -> str:
    """The line that `read_lines` reads as this question."""
    marks = {
        Kind.TEXT: "[text]",
        Kind.LONG_TEXT: "",
        Kind.NUMBER: f"[number {question.unit}]" if question.unit else "[number]",
        Kind.ONE: f"[one: {', '.join(question.choices)}]",
        Kind.SEVERAL: f"[several: {', '.join(question.choices)}]",
        Kind.YES_NO: "[yes/no]",
    }[question.kind]
    parts = [question.text, marks, "[per sector]" if question.per_sector else "", "*" if question.required else ""]
    return " ".join(part for part in parts if part)


@settings(max_examples=examples(60))
@given(
    kind=st.sampled_from(Kind),
    required=st.booleans(),
    per_sector=st.booleans(),
    unit=st.sampled_from(["", "people", "metric tons"]),
)
def test_a_question_written_as_a_line_is_read_as_the_same_question(
    kind: Kind, required: bool, per_sector: bool, unit: str
) -> None:
    choices = ("open", "half open") if kind in {Kind.ONE, Kind.SEVERAL} else ()
    asked = Question("q1", "Who?", kind, required, unit if kind is Kind.NUMBER else "", choices, per_sector)
    assert read_lines(as_line(asked)) == [asked]
    assert questions_of([asked.as_json()]) == [asked]


def test_a_new_question_gets_an_id_that_none_has_had() -> None:
    assert next_id([]) == "q1"
    assert next_id([Question("q2", "A"), Question("q10", "B"), Question("extra", "C")]) == "q11"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question("q1", ":tada:"), "in words"),
        (Question("q1", "☂ ?"), "in words"),
        (Question("q1", "x" * (QUESTION_LIMIT + 1)), "301 characters; 300"),
        (Question("q1", "A", Kind.NUMBER, unit="u" * (UNIT_LIMIT + 1)), "at most 30"),
        (Question("q1", "A", Kind.ONE, choices=("only",)), "at least two"),
        (Question("q1", "A", Kind.SEVERAL, choices=("Yes", "yes")), "the same"),
        (Question("q1", "A", Kind.ONE, choices=tuple(map(str, range(CHOICES_AT_MOST + 1)))), "at most 25"),
        (Question("q1", "A", Kind.ONE, choices=("a", "b" * (CHOICE_LIMIT + 1))), "at most 75"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_the_reason(question: Question, words: str) -> None:
    trouble = trouble_with_question(question)
    assert trouble is not None
    assert words in trouble


@pytest.mark.parametrize(
    "question",
    [
        Question("q1", "x" * QUESTION_LIMIT),
        Question("q1", "كم؟"),
        Question("q1", "A", Kind.NUMBER, unit="u" * UNIT_LIMIT),
        Question("q1", "A", Kind.ONE, choices=("a", "b" * CHOICE_LIMIT)),
        Question("q1", "A", Kind.SEVERAL, choices=tuple(map(str, range(CHOICES_AT_MOST)))),
    ],
)
def test_a_question_at_its_limit_is_taken(question: Question) -> None:
    assert trouble_with_question(question) is None


def test_a_question_that_moves_keeps_its_id_and_a_new_one_never_takes_an_old_id() -> None:
    old = [Question("q1", "A"), Question("q2", "B")]
    kept = keep_ids(read_lines("New\nb\nA\nA"), old)
    assert [(one.text, one.id) for one in kept] == [("New", "q3"), ("b", "q2"), ("A", "q1"), ("A", "q4")]


def test_a_short_text_has_its_own_limit() -> None:
    item = Item(Question("q1", "Name", Kind.TEXT))
    assert trouble_with(item, "x" * 300) is None
    assert "301 characters; Slack takes 300" in (trouble_with(item, "x" * 301) or "")


def test_an_answer_may_be_missing_unless_it_is_required() -> None:
    assert trouble_with(Item(Question("q1", "A")), []) is None
    assert "required" in (trouble_with(Item(Question("q1", "A", required=True)), []) or "")


def test_a_number_is_kept_without_what_separates_its_digits() -> None:
    item = Item(Question("q1", "Reached", Kind.NUMBER))
    assert clean(item, "1 200,50") == "1200.50"
    assert clean(item, "many") == "many"
    assert clean(item, "") is None


def test_answers_are_written_in_words() -> None:
    assert answer_text(Question("q1", "A", Kind.YES_NO), value=True) == "yes"
    assert answer_text(Question("q1", "A", Kind.YES_NO), value=False) == "no"
    assert answer_text(Question("q1", "A", Kind.NUMBER, unit="people"), "41200") == "41,200 people"
    assert answer_text(Question("q1", "A", Kind.NUMBER), "many") == "many"
    assert answer_text(Question("q1", "A", Kind.SEVERAL), ["fuel", "food"]) == "fuel, food"
    assert answer_text(Question("q1", "A"), None) == "not given"


@pytest.mark.parametrize(
    ("title", "words"), [("", "in words"), (":fire: !", "in words"), ("x" * (TITLE_LIMIT + 1), "121 characters")]
)
def test_a_round_needs_a_title_that_can_be_read_out(title: str, words: str) -> None:
    assert words in check_title(Asked(title=title))[TITLE]
    assert check_title(Asked(title="x" * TITLE_LIMIT)) == {}


def test_a_round_asks_between_one_question_and_as_many_as_a_form_holds() -> None:
    assert "at least one" in check_questions(Asked(questions=" \n"))[QUESTIONS]
    assert check_questions(Asked(questions="A\n" * QUESTIONS_AT_MOST)) == {}
    many = check_questions(Asked(questions="A\n" * (QUESTIONS_AT_MOST + 1)))
    assert "61 questions; at most 60" in many[QUESTIONS]


def test_the_question_that_is_wrong_is_named_by_its_number() -> None:
    wrong = check_questions(Asked(questions="Fine?\nAccess [one: open]"))
    assert wrong[QUESTIONS].startswith("Question 2: Give at least two choices")


def test_somebody_must_be_asked() -> None:
    assert "Choose who is asked" in check_audience(Asked(), FACTS)[AUDIENCE]
    assert "No active agency" in check_audience(Asked(audience=("sector:Health",)), FACTS)[AUDIENCE]
    assert check_audience(Asked(audience=("kind:ngo",)), FACTS) == {}


def test_the_digest_needs_a_channel_it_may_be_posted_in() -> None:
    assert "Choose the channel" in check_channel(Asked(), FACTS)[CHANNEL]
    barred = Facts([NGO], CALENDAR, NOW, channel_trouble="It is archived.")
    assert check_channel(Asked(channel="C1"), barred) == {CHANNEL: "It is archived."}
    assert check_channel(Asked(channel="C1"), FACTS) == {}


def test_the_deadline_is_local_time_and_lies_ahead() -> None:
    day = date(2026, 3, 2)
    assert due_moment(RoundEntry(day=day, time=time(23, 30)), CALENDAR) == LATE_EVENING
    for half in (RoundEntry(day=day), RoundEntry(time=time(16))):
        assert "Choose the day and the time" in check_due(half, FACTS)[DAY]
    assert "has passed" in check_due(RoundEntry(day=day, time=time(23, 30)), FACTS)[DAY]
    assert check_due(RoundEntry(day=day, time=time(23, 31)), FACTS) == {}


def entered(**changes: Any) -> PlanEntry:
    """A plan as a new form holds it, ready to be saved."""
    fresh = plan_data.fresh(date(2026, 3, 3), "C1")
    return replace(fresh, **{"title": "Weekly update", "questions": "What changed? *", **changes})


def test_a_new_plan_asks_everybody_every_week_on_this_day_and_has_nothing_wrong() -> None:
    new = entered()
    assert (new.weekdays, new.every, new.audience) == ((1,), 1, ("all",))
    assert all(plan_data.check_step(new, FACTS, step) == {} for step in plan_data.STEPS)


@pytest.mark.parametrize(
    ("step", "change", "field", "words"),
    [
        ("what", {"title": ""}, TITLE, "title in words"),
        ("what", {"questions": ""}, QUESTIONS, "at least one question"),
        ("who", {"audience": ()}, AUDIENCE, "Choose who"),
        ("when", {"weekdays": ()}, plan_data.WEEKDAYS, "at least one day"),
        ("when", {"first": date(2026, 3, 1)}, plan_data.FIRST, "has passed"),
        ("when", {"open_days": 0, "open_time": time(16)}, plan_data.OPEN_TIME, "open before"),
        ("when", {"close_days": 0, "close_time": time(16)}, plan_data.CLOSE_TIME, "close after"),
        ("digest", {"digest_time": time(15, 59)}, plan_data.DIGEST_TIME, "after the deadline"),
        ("digest", {"channel": None}, CHANNEL, "Choose the channel"),
    ],
)
def test_a_mistake_is_told_at_its_step_beside_its_field(
    step: str, change: dict[str, Any], field: str, words: str
) -> None:
    wrong = entered(**change)
    assert words in plan_data.check_step(wrong, FACTS, step)[field]
    assert all(plan_data.check_step(wrong, FACTS, one) == {} for one in plan_data.STEPS if one != step)


@pytest.mark.parametrize(
    "times",
    [
        {"open_days": 0, "open_time": time(15, 59)},
        {"open_days": 1, "open_time": time(16)},
        {"close_days": 0, "close_time": time(16, 1)},
        {"close_days": 1, "close_time": time(8)},
        {"digest_days": 0, "digest_time": time(16)},
        {"digest_days": 1, "digest_time": time(8)},
    ],
)
def test_a_round_that_opens_before_it_is_due_and_ends_after_it_is_in_order(times: dict[str, Any]) -> None:
    assert all(plan_data.check_step(entered(**times), FACTS, step) == {} for step in plan_data.STEPS)


def test_today_where_the_mission_is_may_be_the_first_day() -> None:
    at_midnight = Facts([NGO], CALENDAR, LATE_EVENING.replace(hour=22))  # already 3 March in Juba
    assert plan_data.check_when(entered(first=date(2026, 3, 3)), at_midnight) == {}
    assert plan_data.FIRST in plan_data.check_when(entered(first=date(2026, 3, 2)), at_midnight)


def test_a_plan_that_exists_may_have_begun_long_ago() -> None:
    assert plan_data.check_when(entered(first=date(2020, 1, 6), version=4), FACTS) == {}


def test_what_is_stored_is_shown_in_the_form_and_saved_again_unchanged() -> None:
    stored = plan(open_days=3, close_time=time(11, 5), digest_days=1, at_any_hour=True)
    again = RoundPlan(questions=list(stored.questions))
    plan_data.fill(again, plan_data.entry_of(stored))
    for name in (
        "title", "questions", "audience", "weekdays", "every_weeks", "anchor", "on_holiday", "period", "group_by",
        "due_time", "open_days", "open_time", "close_days", "close_time", "digest_days", "digest_time", "ladder",
        "at_any_hour", "digest_channel", "handling",
    ):  # fmt: skip
        assert getattr(again, name) == getattr(stored, name), name


def test_days_and_reminders_are_saved_in_their_order_whatever_the_order_of_choosing() -> None:
    ladder = [*DEFAULT_LADDER, Step(Recipient.HEAD, days=2)]
    keys = tuple(plan_data.step_key(step) for step in reversed(ladder))
    made = RoundPlan()
    plan_data.fill(made, entered(weekdays=(4, 0), ladder=keys))
    assert made.weekdays == [0, 4]
    assert steps_of(made.ladder) == ladder


def test_every_answer_of_every_version_is_a_row_and_a_silent_agency_has_one_too() -> None:
    this = a_round(title="Weekly")
    given_ = a_return(WFP, ReturnState.SUBMITTED)
    silent = a_return(WHO, ReturnState.WAIVED, waived_reason="Evacuated")
    versions = [
        ReturnVersion(
            return_id=given_.id, number=1, kind="answers", answers={"q1": "Dry.", "q2@Logistics": "1200"},
            by="UFOCAL", at=NOW, is_late=False,
        ),
        ReturnVersion(
            return_id=given_.id, number=2, kind="nil", answers={}, by="UOTHER", at=DUE, on_behalf_of="the head",
            is_late=True,
        ),
    ]  # fmt: skip
    rows = return_rows([this], [given_, silent], versions, AGENCIES, {"UFOCAL": "A. Person"})
    found = [dict(zip(RETURN_TITLES, row, strict=True)) for row in rows]
    assert [(one["Agency code"], one["Version"], one["Question"], one["Answer"]) for one in found] == [
        ("WFP", "1", "What has changed since last week?", "Dry."),
        ("WFP", "1", "People reached", "1200"),
        ("WFP", "2", "", ""),
        ("WHO", "", "", ""),
    ]
    assert (found[1]["Sector"], found[1]["Unit"], found[1]["By"], found[1]["Late"]) == (
        "Logistics", "people", "A. Person (UFOCAL)", "no",
    )  # fmt: skip
    assert (found[2]["Late"], found[2]["Kind"], found[2]["By"], found[2]["By proxy for"]) == (
        "yes", "nil", "UOTHER", "the head",
    )  # fmt: skip
    assert (found[3]["State"], found[3]["Waived because"]) == ("waived", "Evacuated")


def test_a_digest_is_one_row_with_its_whole_text() -> None:
    blocks = [{"text": {"type": "mrkdwn", "text": "One"}}, {"elements": [{"text": "Two"}, {"alt_text": "no"}]}]
    assert texts_of(blocks) == ["One", "Two"]
    digest = a_digest(1)
    (row,) = digest_rows([(digest, a_round(title="Weekly"))])
    assert row[:2] == ["Weekly", "1"]
    assert row[4] == "\n".join(texts_of(digest.content["pages"]))


def test_a_question_of_many_blanks_takes_twice_as_long_where_it_is_twice_as_long() -> None:
    def seconds(length: int) -> float:
        times = []
        for _time in range(3):
            started = thread_time()
            read_lines(f"a{' ' * length}b")
            times.append(thread_time() - started)
        return min(times)

    # Four times as long: about 4 where it grows with the length, 16 where it grows with its square.
    assert seconds(40_000) < 9 * seconds(10_000)
