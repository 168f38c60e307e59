"""People find their zone by the words they know it by."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.kit.times.zones import is_zone, search_zones, zone_label
from tests.properties import examples


def found(query: str, language: str = "en") -> list[str]:
    return [option["value"] for option in search_zones(query, language)]


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("Juba", "en", "Africa/Juba"),
        ("africa/juba", "en", "Africa/Juba"),
        ("port au prince", "en", "America/Port-au-Prince"),
        ("n'djamena", "fr", "Africa/Ndjamena"),
        ("South Sudan", "en", "Africa/Juba"),
        ("soudan du sud", "fr", "Africa/Juba"),
        ("REPUBLIQUE CENTRAFRICAINE", "fr", "Africa/Bangui"),
        ("SS", "en", "Africa/Juba"),
        ("ht", "fr", "America/Port-au-Prince"),
        ("geneva", "en", "Europe/Zurich"),
        ("Genève", "fr", "Europe/Zurich"),
        ("goma", "en", "Africa/Lubumbashi"),
        ("utc", "en", "UTC"),
        ("DRC", "en", "Africa/Kinshasa"),
        ("democratic republic of the congo", "en", "Africa/Kinshasa"),
        ("RCA", "fr", "Africa/Bangui"),
        ("Syrian Arab Republic", "en", "Asia/Damascus"),
        ("state of palestine", "fr", "Asia/Gaza"),
        ("republique de coree", "fr", "Asia/Seoul"),
        ("kathm", "en", "Asia/Kathmandu"),
    ],
)
def test_the_best_answer_comes_first(query: str, language: str, first: str | None) -> None:
    assert next(iter(found(query, language)), None) == first


@pytest.mark.parametrize(
    ("query", "expected", "unexpected"),
    [
        ("+3", "Africa/Nairobi", "Africa/Juba"),
        ("UTC+2", "Africa/Juba", "Africa/Nairobi"),
        ("utc +05:45", "Asia/Kathmandu", "Asia/Kolkata"),
        ("GMT+0430", "Asia/Kabul", "Asia/Kathmandu"),
        ("-5", "America/Panama", "America/Caracas"),
        ("+0", "Africa/Bamako", "Europe/Paris"),
    ],
)
def test_an_offset_finds_the_zones_that_have_it(query: str, expected: str, unexpected: str) -> None:
    assert expected in found(query)
    assert unexpected not in found(query)


def test_a_zone_with_summer_time_is_found_by_both_offsets_after_those_that_keep_one() -> None:
    assert "Europe/Paris" in found("+1")
    assert "Europe/Paris" in found("+2")
    assert found("+2").index("Africa/Juba") < found("+2").index("Europe/Paris")


def test_a_country_with_two_zones_offers_both() -> None:
    assert set(found("CD")) == {"Africa/Kinshasa", "Africa/Lubumbashi"}


def test_nothing_typed_offers_choices_and_nonsense_none() -> None:
    assert found("")[0] == "UTC"
    assert len(found("")) == 100
    assert found("qqqqq") == []
    assert found("+99") == []


def test_a_label_tells_city_country_and_offsets() -> None:
    assert zone_label("Africa/Juba", "en") == "Juba, South Sudan (UTC+02:00)"
    assert zone_label("Europe/Paris", "en") == "Paris, France (UTC+01:00/+02:00)"
    assert zone_label("Africa/Juba", "fr") == "Juba, Soudan du Sud (UTC+02:00)"
    assert zone_label("America/St_Johns", "en") == "St. John’s, Canada (UTC-03:30/-02:30)"
    assert zone_label("UTC", "en") == "UTC"


def test_old_names_are_zones_and_other_words_are_not() -> None:
    assert is_zone("Africa/Juba")
    assert is_zone("Asia/Calcutta")
    assert is_zone("UTC")
    assert not is_zone("Factory")
    assert not is_zone("localtime")
    assert not is_zone("../etc/passwd")
    assert not is_zone("")


@settings(max_examples=examples(60))
@given(query=st.text(max_size=20), language=st.sampled_from(["en", "fr", "xx", ""]))
def test_whatever_is_typed_every_choice_is_a_zone_slack_accepts(query: str, language: str) -> None:
    options = search_zones(query, language)
    assert len(options) <= 100
    for option in options:
        assert is_zone(option["value"])
        assert ZoneInfo(option["value"])
        assert 0 < len(option["text"]["text"]) <= 75


def test_every_zone_of_the_database_has_a_label() -> None:
    for name in available_timezones():
        if is_zone(name):
            assert zone_label(name, "fr")
