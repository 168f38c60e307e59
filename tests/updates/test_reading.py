"""Status, records, past digests, exports and App Home."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from tests.mission.homes import home_of
from tests.updates.rounds import a_round, the_round
from tests.updates.test_answering import ask_of, submitted, writes
from tests.world import World

CHIEF = "Chief of staff"


def test_status_says_where_every_running_round_stands(world: World) -> None:
    chief = world.person(CHIEF)
    assert "No round is running" in chief.runs("/update status").text
    a_round(world)
    submitted(writes(world, "WFP focal point"), "Done.")
    text = chief.runs("/update status").text
    assert "1 round is running." in text
    assert "Updates received: *1 of 5*" in text
    assert "*Awaited*\nIOM, UNHCR, UNICEF, WHO" in text


def test_each_agency_is_a_form_that_says_who_answered_when(world: World) -> None:
    a_round(world)
    submitted(writes(world, "WFP focal point"), "Done.")
    form = world.person(CHIEF).runs("/update status").press("View by agency")
    assert form is not None
    assert "*WFP* · *New* · Submitted by @WFP focal point" in form.text
    assert "*IOM* · Nothing yet." in form.text


def test_an_agencys_record_counts_how_it_met_its_rounds(world: World) -> None:
    reader = world.person("Mission reader")
    assert "has not been asked for an update yet" in reader.runs("/update status IOM").text
    first = a_round(world)
    ask_of(world, "IOM focal point").press("Nothing to report")
    world.go_to(the_round(world, first).closes_at)
    second = a_round(world, title="Weekly again")
    world.go_to(the_round(world, second).closes_at)
    text = reader.runs("/update status iom").text
    assert "Of the last 2 rounds: missed 1, nothing to report 1" in text
    assert "Did you mean" in reader.runs("/update status IOMM").text


def test_past_digests_can_be_read_again(world: World) -> None:
    chief = world.person(CHIEF)
    chief.runs("/update digest")
    assert "No digest has been sent yet" in chief.form.text  # type: ignore[union-attr]
    chief.form.close()  # type: ignore[union-attr]
    made = a_round(world)
    submitted(writes(world, "WFP focal point"), "Read me again.")
    world.go_to(the_round(world, made).digest_at)
    chief.runs("/update digest")
    assert chief.form is not None
    read = chief.form.press("Read")
    assert read is not None
    assert "Read me again." in read.text


def test_everything_is_exported_as_one_workbook_in_one_message(world: World) -> None:
    chief = world.person(CHIEF)
    assert "There is no round to export yet" in chief.runs("/update export").text
    made = a_round(world)
    submitted(writes(world, "WFP focal point"), "=HYPERLINK(1)")
    world.go_to(the_round(world, made).digest_at)
    assert "5 updates of 1 round are on their way" in chief.runs("/update export").text
    world.settle()
    [sent] = [one.files for one in chief.messages(in_="Rapporteur") if one.files]
    day = the_round(world, made).digest_at.date().isoformat()
    book = load_workbook(BytesIO(sent[f"updates-{day}.xlsx"]))
    assert book.sheetnames == ["Returns", "Digests"]
    rows = list(book["Returns"].iter_rows(values_only=True))
    assert rows[0][0] == "Round"
    answers = [row for row in rows[1:] if row[2] == "WFP"]
    assert [row[8] for row in answers] == ["What did you do this week?"]
    assert str(answers[0][10]).lstrip("'") == "=HYPERLINK(1)"
    digests = list(book["Digests"].iter_rows(values_only=True))
    assert "HYPERLINK(1)" in str(digests[1][4])


def test_home_is_kept_current_when_a_colleague_answers(world: World) -> None:
    assert "due from you" not in home_of(world, "WFP focal point").text
    made = a_round(world)
    world.settle()
    home = home_of(world, "WFP focal point")
    assert "Updates due from you" in home.text
    assert "Write update" in home.text
    drawn = len(world.workspace.calls("views.publish"))
    world.person("WFP alternate").runs("/update nil")
    world.settle()
    calls = world.workspace.calls("views.publish")
    assert len(calls) == drawn + 1, "drawn without being opened again"
    assert "No updates due." in str(calls[-1]["request"]["view"])
    world.go_to(the_round(world, made).closes_at)
    assert "*Answered last*" in home_of(world, "WFP focal point").text


def test_home_shows_coordinators_the_running_rounds(world: World) -> None:
    assert "No round is running." in home_of(world, "Cabinet secretary").text
    a_round(world)
    home = home_of(world, "Cabinet secretary")
    assert "Updates received: *0 of 5*" in home.text
    form = home.press("View by agency")
    assert form is not None
    assert "*WFP* · Nothing yet." in form.text
