"""Pages of FTS's API: what they say of their answer, which belong together, and when an answer is complete."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.funding.handlers.picture import read_picture
from commands.funding.rules.imports.answers import ANSWER, HAVE, Answer, Standing, read_answer, standing_of, together
from commands.funding.rules.imports.sets import FileSet, GivenFile, file_sets
from commands.funding.rules.imports.withdrawing import newer_file
from commands.funding.views.imports.standing import standing_blocks
from commands.funding.views.picture import country_text
from commands.kit.tables.json_arrays import TAIL, around_array
from commands.kit.work import Work
from storage.database import Database
from storage.missions import get_mission
from tests.funding import samples
from tests.funding.import_samples import an_import
from tests.funding.importing import MISSION, NOW, run
from tests.funding.imports.api import LINK, api_flow, api_pages

FLOWS = [
    api_flow(1, 700, updatedAt="2035-02-20T10:00:00.000Z"),
    api_flow(2, 50, status="commitment"),
    api_flow(3, 9, status="pledge"),
    api_flow(4, 30, onBoundary="shared"),
    api_flow(5, 20, boundary="internal"),
]
SAID = Answer(4, 1, 0, 75_000, 900)
LINKS = [LINK.format(limit=2, page=page) for page in (2, 3)]


def given(folder: Path, *contents: bytes) -> list[GivenFile]:
    files = [GivenFile(f"{place}.json", content, folder / str(place)) for place, content in enumerate(contents)]
    for file in files:
        file.path.write_bytes(file.content)
    return files


def test_every_page_says_how_many_flows_there_are_and_all_but_the_last_where_the_next_is(tmp_path: Path) -> None:
    pages = [read_answer(file.path) for file in given(tmp_path, *api_pages(FLOWS, 2))]
    assert pages == [
        Answer(4, 1, 0, 75_000, 900, LINKS[0]),
        Answer(4, 1, 0, 75_000, 900, LINKS[1]),
        SAID,
    ]
    assert {page.key for page in pages if page} == {SAID.key}
    assert Answer.from_json(SAID.as_json()) == SAID


@pytest.mark.parametrize(
    "content",
    [
        b"[1]",
        b"{",
        b'{"data": {"flows": [',
        b'{"data": {"flows": []}}',
        b'{"data": {"incoming": {"flowCount": true, "fundingTotal": 1}, "flows": []}}',
        b'{"data": {"incoming": {"flowCount": -1, "fundingTotal": 1}, "flows": []}}',
        b'{"data": {"incoming": {"flowCount": 1}, "flows": []}}',
        b'{"data": {"incoming": 7, "flows": []}, "meta": []}',
    ],
)
def test_a_file_that_says_nothing_of_an_answer_is_a_file_alone(tmp_path: Path, content: bytes) -> None:
    (file,) = given(tmp_path, content)
    assert read_answer(file.path) is None
    assert file_sets([file]) == [FileSet((file,))]


def test_what_stands_around_a_long_array_is_read_without_the_array(tmp_path: Path) -> None:
    texts = ["]", "}], {", 'a "quoted" ] bracket', "é" * 99]
    elements = [{"text": text, "list": [[1], [2, {"x": []}]]} for text in texts * (TAIL // 100)]
    around = {"before": {"flows": 3}, "flows": elements, "after": [{"deep": [1, 2]}], "last": "]"}
    for content in (around, {**around, "flows": elements[:2]}, {**around, "flows": []}):
        for indent in (None, 1):
            path = tmp_path / "file"
            path.write_bytes(b"\xef\xbb\xbf" + json.dumps(content, indent=indent, ensure_ascii=False).encode())
            assert around_array(path, "flows") == {**around, "flows": []}


def test_pages_of_one_answer_are_read_together_and_other_files_alone(tmp_path: Path) -> None:
    first, second, third = api_pages(FLOWS, 2)
    (other,) = api_pages(FLOWS[:4], 9)
    files = given(tmp_path, third, samples.flows_csv(samples.FLOWS), first, other, second)
    sets = file_sets(files)
    assert [one.name for one in sets] == ["0.json, 2.json, 4.json", "1.json", "3.json"]
    assert [one.answer for one in sets] == [SAID, None, Answer(4, 0, 0, 75_000, 900)]


def test_the_page_that_is_missing_is_known_by_the_links_of_the_others() -> None:
    first, second, last = (Answer(1, 0, 0, 1, 0, link) for link in (*LINKS, ""))
    assert together([first]).next_link == LINKS[0]
    assert together([second, first]).next_link == LINKS[1]
    assert together([first, last]).next_link == ""
    assert together([last, second, first]).next_link == ""


def test_an_answer_is_complete_when_as_many_flows_are_there_as_it_counts() -> None:
    assert standing_of({}) is None
    kept = {ANSWER: {**SAID.as_json(), HAVE: 5}}
    assert standing_of(kept) == Standing(5, 5)
    assert [Standing(have, 5).is_complete for have in (4, 5, 6)] == [False, True, False]
    words = ["This is a part: 4 of the 5", "All pages are here: 5 of the 5", "do not fit together: they hold 6 flows"]
    for have, text in zip((4, 5, 6), words, strict=True):
        options = {ANSWER: {**SAID.as_json(), HAVE: have, "next": LINKS[0]}}
        (block,) = standing_blocks(an_import("ready", options=options))
        assert text in block["text"]["text"]
        assert ("page=2" in block["text"]["text"]) == (have == 4)


def test_what_came_in_all_is_said_when_every_page_is_there_in_whatever_imports(sqlite_database: Database) -> None:
    pages = api_pages(FLOWS, 2)

    def country() -> str:
        with sqlite_database.reading() as session:
            picture = read_picture(Work(session, get_mission(session, MISSION), NOW))
        (row,) = picture.countries
        return country_text(row, picture.parts.get(row.key))

    for page, words in zip(
        pages, ("2 of the 4 flows that FTS counts are imported", "received in all", "in all"), strict=True
    ):
        kept = run(sqlite_database, page, name="page.json", **{ANSWER: SAID.as_json()})
        assert kept.options[ANSWER][HAVE] == len(json.loads(page)["data"]["flows"])
        assert words in country()
        # Whatever rows a page has, it is of the same moment as the others of its answer.
        assert newer_file(kept.options) is None
