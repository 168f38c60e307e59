"""Codes: what one may look like, made up for agencies without one, found when misspelt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.agencies.rules.codes import free_code, initials, is_code, nearest, suggested_code
from commands.agencies.rules.known import known_acronym
from storage.agencies import code_key
from tests.agencies.made import agency
from tests.properties import examples


@pytest.mark.parametrize("code", ["WFP", "un-habitat", "GoN/MoH", "3W", "A" * 24])
def test_codes_have_letters_digits_dash_and_slash(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize("code", ["", "A", "A" * 25, "W F P", "WFP!", "--", "État", "W_P", "WFP\n"])
def test_anything_else_is_no_code(code: str) -> None:
    assert not is_code(code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United Nations High Commissioner for Refugees", "UNHCR"),
        ("Haut-Commissariat des Nations Unies pour les Réfugiés", "UNHCR"),
        ("Programa Mundial de Alimentos", "WFP"),
        ("Food & Agriculture Organization of the United Nations", "FAO"),
        ("Swedish Civil Contingencies Agency (MSB)", "MSB"),
        ("ACBAR - Agency Coordinating Body for Afghan Relief", "ACBAR"),
        ("Germany, Government of", "GOV-GERMANY"),
        ("United States of America, Government of", "GOV-UNITED-STATES"),
        ("Saint Vincent and the Grenadines, Government of", "GOV-SAINT-VINCENT"),
        ("Llanfairpwllgwyngyllgogerych, Government of", "GOV-LLANFAIRPWLLGWYNGYLL"),
        ("Danish Refugee Council", "DRC"),
        ("Médecins de l'Afrique", "MA"),
        ("Afghanaid", "AFGHANAID"),
        ("Kıbrıs Türk Kızılayı", "KTK"),
        ("Łódź Øst", "LO"),
        ("Ɗan’uwa", "DANUWA"),
        ("الهلال الأحمر", ""),
    ],
)
def test_a_code_is_made_of_what_people_call_the_agency(name: str, code: str) -> None:
    assert suggested_code(name) == code


def test_a_taken_code_gets_a_number() -> None:
    assert free_code("Norwegian Red Cross", {"nrc"}) == "NRC-2"
    assert free_code("Norwegian Red Cross", {"nrc", "nrc-2"}) == "NRC-3"
    assert free_code("الهلال الأحمر", set()) == "ORG"
    assert free_code("الهلال الأحمر", {"org"}) == "ORG-2"


def test_small_words_give_no_initials() -> None:
    assert initials("Office for the Coordination of Humanitarian Affairs") == "OCHA"
    assert initials("Caritas Germany (DCV)") == "CG"


@settings(max_examples=examples(100))
@given(st.lists(st.text(min_size=1, max_size=60), max_size=12))
def test_made_up_codes_are_codes_and_each_its_own(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        code = free_code(name, taken)
        assert is_code(code)
        assert code_key(code) not in taken
        taken.add(code_key(code))


AGENCIES = [
    agency("WFP", "World Food Programme", name_fr="Programme alimentaire mondial"),
    agency("WHO", "World Health Organization"),
    agency("UNHCR", "United Nations High Commissioner for Refugees"),
    agency("MSF", "Médecins sans Frontières"),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("WPF", "WFP"),
        ("UNHRC", "UNHCR"),
        ("refugees", "UNHCR"),
        ("acnur", "UNHCR"),
        ("alimentaire", "WFP"),
        ("msf-h", "MSF"),
    ],
)
def test_a_misspelt_code_finds_the_nearest(typed: str, meant: str) -> None:
    assert nearest(typed, AGENCIES)[0].code == meant


def test_nothing_near_is_nothing() -> None:
    assert nearest("zzzzqqq", AGENCIES) == []
    assert nearest("!!", AGENCIES) == []


def test_well_known_names_in_three_languages() -> None:
    assert known_acronym("organisation mondiale de la sante") == "WHO"
    assert known_acronym("Organización Internacional para las Migraciones") == "IOM"
    assert known_acronym("Somebody's Friends") == ""


def test_a_name_of_many_brackets_takes_twice_as_long_where_it_is_twice_as_long() -> None:
    def seconds(length: int) -> float:
        times = []
        for _time in range(3):
            started = time.thread_time()
            initials("(" * length)
            times.append(time.thread_time() - started)
        return min(times)

    # Four times as long: about 4 where it grows with the length, 16 where it grows with its square.
    assert seconds(40_000) < 9 * seconds(10_000)
