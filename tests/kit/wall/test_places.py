"""What a name means is decided where there is one answer, and asked everywhere else; files of p-codes are read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.permission import Who
from commands.kit.refused import Refused
from commands.kit.where.files import PlacesRead, read_places, save_places
from commands.kit.where.names import Meant, name_key, name_keys, place_meant
from commands.kit.where.places import (
    Precision,
    Where,
    check_coarse,
    explain,
    find_places,
    offer_coarse_places,
    offer_places,
    precision_name,
    precision_of,
    where_chosen,
)
from commands.kit.words import speaking
from commands.kit.work import Request
from storage.database import Database
from storage.localities import Locality, by_codes
from storage.missions import get_mission
from storage.people import Person
from tests.properties import examples

NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
# Made up, in the shape of the public file: two provinces and two districts that bear one name, one of a village.
FILE = """Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date
AAA,1,AA01,Northern Plain,AAA,2023-08-29
AAA,1,AA02,Rivers,AAA,2023-08-29
AAA,2,AA0101,Market Town,AA01,2023-08-29
AAA,2,AA0201,Market Town,AA02,2023-08-29
AAA,2,AA0202,Rivers,AA02,2023-08-29
AAA,3,AA020201,Ford,AA0202,2023-08-29
AAA,2,AA0203,Saint-Éloi,AA02,2023-08-29
AAA,9,AA99,Nothing,AA02,2023-08-29
AAA,2,,Nameless,AA02,2023-08-29
AAA,2,AA0203,Another,AA02,2023-08-29
BBB,1,BB01,Rivers,BBB,2023-08-29
"""


def read(text: str = FILE) -> list[Locality]:
    return [
        Locality(mission_id="T1", **one) for one in read_places("p.csv", text.encode(), {"AAA"}, field="file").places
    ]


def test_a_file_of_p_codes_is_read_for_the_countries_of_the_mission() -> None:
    found = read_places("p.csv", FILE.encode(), {"AAA"}, field="file")
    assert [one["code"] for one in found.places][:3] == ["AA01", "AA02", "AA0101"]
    assert (len(found.places), found.faulty, found.others) == (7, [9, 10, 11], 1)
    with pytest.raises(Refused, match=r"."):
        read_places("p.csv", b"a,b\n1,2\n", {"AAA"}, field="file")


@pytest.mark.parametrize(
    ("name", "facts", "meant", "codes"),
    [
        ("Northern Plain", {}, Meant.ONE, ["AA01"]),
        ("northern  plain state", {}, Meant.ONE, ["AA01"]),
        ("Province of Northern Plain", {}, Meant.ONE, ["AA01"]),
        ("saint eloi", {}, Meant.ONE, ["AA0203"]),
        ("aa0203", {}, Meant.ONE, ["AA0203"]),
        ("Rivers", {}, Meant.SEVERAL, ["AA02", "AA0202"]),
        ("Rivers", {"level": 1}, Meant.ONE, ["AA02"]),
        ("Rivers", {"level": 1, "country": "BBB"}, Meant.NONE, []),
        ("Market Town", {}, Meant.SEVERAL, ["AA0101", "AA0201"]),
        ("Market Town", {"level": 2}, Meant.SEVERAL, ["AA0101", "AA0201"]),
        ("Market Town", {"parent": "AA01"}, Meant.ONE, ["AA0101"]),
        ("Greater Market Town Administrative Area", {}, Meant.NONE, []),
        ("State", {}, Meant.NONE, []),
        ("No Information", {}, Meant.NOT_SAID, []),
        ("", {}, Meant.NOT_SAID, []),
        ("Inconnu", {}, Meant.NOT_SAID, []),
        ("the town", {}, Meant.ONE, ["AA0101"]),
    ],
)
def test_a_name_decides_only_where_one_place_bears_it(
    name: str, facts: dict[str, object], meant: Meant, codes: list[str]
) -> None:
    found = place_meant(name, read(), {"the town": "AA0101"}, **facts)  # type: ignore[arg-type]
    assert (found.meant, [one.code for one in found.places]) == (meant, codes)


@settings(max_examples=examples(150))
@given(
    name=st.text(max_size=20) | st.sampled_from([one.name for one in read()] + [one.code for one in read()]),
    level=st.none() | st.integers(0, 3),
)
def test_whatever_is_written_one_place_is_meant_by_code_or_borne_once(name: str, level: int | None) -> None:
    found = place_meant(name, read(), {}, level=level)
    if found.meant is Meant.ONE:
        [place] = found.places
        same = [one for one in read() if one.name_key in name_keys(name) and level in {None, one.level}]
        assert place.code == name.strip().upper() or [one.code for one in same] == [place.code]
    assert (found.meant is Meant.SEVERAL) == (len(found.places) > 1)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("(2) 25 km precision ", Precision.ABOUT_25_KM),
        ("(3) District, communicipality, commune ", Precision.DISTRICT),
        ("(4) Province, state, governorate ", Precision.PROVINCE),
        ("(5) Linear feature e.g. along a road or river ", Precision.ALONG_A_LINE),
        ("(6) Country", Precision.COUNTRY),
        ("(1) Exact location", Precision.EXACT),
        ("", None),
        ("7", None),
    ],
)
def test_how_exactly_a_place_is_known_is_read_from_the_words_of_files(text: str, precision: Precision | None) -> None:
    assert precision_of(text) is precision


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_precision_has_words(language: str) -> None:
    with speaking(language):
        assert len({precision_name(one) for one in Precision}) == len(Precision)


def test_where_people_could_be_found_is_told_no_closer_than_the_district() -> None:
    near = Where("AA0101", "Market Town", 2, Precision.ABOUT_25_KM)
    assert check_coarse(near).precision is Precision.DISTRICT
    wide = Where("AA01", "Northern Plain", 1, Precision.PROVINCE)
    assert check_coarse(wide) == wide
    with pytest.raises(Refused, match="district"):
        check_coarse(Where("AA020201", "Ford", 3), field="place")


@pytest.fixture
def request_(database: Database) -> Iterator[Request]:
    """Somebody in a mission that has read the file."""
    first = from_file(FILE)
    with database.transaction() as session:
        mission = get_mission(session, "T1")
        get_mission(session, "T2")
        session.flush()
        request = Request(session, mission, NOW, who=Who("U1", Person(mission_id="T1", user_id="U1")), actor="U1")
        assert save_places(request, first) == (7, 0)
        yield request


def from_file(text: str) -> PlacesRead:
    return read_places("p.csv", text.encode(), {"AAA"}, field="file")


SAME = from_file(FILE)
RENAMED = from_file(FILE.replace("Northern Plain", "Great Plain").replace("AAA,2,AA0202,Rivers,AA02,2023-08-29\n", ""))


def test_the_same_file_twice_changes_nothing_and_a_newer_one_only_what_it_says(request_: Request) -> None:
    assert save_places(request_, SAME) == (0, 0)
    assert save_places(request_, RENAMED) == (0, 1)
    codes = by_codes(request_.session, "T1", ["AA01", "AA0202"])
    assert (codes["AA01"].name, codes["AA0202"].name) == ("Great Plain", "Rivers")
    assert by_codes(request_.session, "T2", ["AA01"]) == {}


def test_a_spelling_is_explained_once_and_means_one_place_from_then_on(request_: Request) -> None:
    spelling = "Greater Town Administrative Area"
    names = [spelling, "Rivers", "AA0203", "no information"]
    before = find_places(request_, names, level=1, country="AAA")
    assert [before[name].meant for name in names] == [Meant.NONE, Meant.ONE, Meant.ONE, Meant.NOT_SAID]
    with pytest.raises(Refused, match="not in the list"):
        explain(request_, spelling, "ZZ01")
    explain(request_, spelling, "AA0101")
    explain(request_, spelling.upper(), "AA0201")
    after = find_places(request_, [spelling])[spelling]
    assert [one.code for one in after.places] == ["AA0201"]


def labels(session_request: Request, query: str, *, coarse: bool = False) -> list[str]:
    session_request.query = query
    answer = offer_coarse_places(session_request) if coarse else offer_places(session_request)
    return [one["text"]["text"] for one in answer.options or ()]


def test_choices_of_one_name_are_told_apart(request_: Request) -> None:
    assert labels(request_, "market") == ["Market Town · Northern Plain · AA0101", "Market Town · Rivers · AA0201"]
    assert labels(request_, "aa0203") == ["Saint-Éloi · Rivers · AA0203"]
    assert labels(request_, "SAINT éloi") == ["Saint-Éloi · Rivers · AA0203"]
    assert labels(request_, "ford") == ["Ford · Rivers · AA020201"]
    assert labels(request_, "ford", coarse=True) == []
    assert labels(request_, "100%_") == []
    assert len(labels(request_, "")) == 7
    explain(request_, "The Bazaar", "AA0101")
    assert labels(request_, "bazaar") == ["Market Town · Northern Plain · AA0101"]


def test_a_place_without_a_code_is_a_word(request_: Request) -> None:
    assert where_chosen(request_, None, "the old mill", Precision.ALONG_A_LINE) == Where(
        name="the old mill", precision=Precision.ALONG_A_LINE
    )
    assert where_chosen(request_, "AA0101", "", Precision.DISTRICT) == Where("AA0101", "Market Town", 2)
    with pytest.raises(Refused, match="not in the list"):
        where_chosen(request_, "ZZ01", "", Precision.DISTRICT)


def test_keys_are_of_a_length_that_a_row_holds() -> None:
    assert len(name_key("x" * 500)) == 120
