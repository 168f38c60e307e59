"""Countries and areas by all their names, and whose a row is that names some of them."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.funding.rules.imports.issues import Issues, Kind
from commands.funding.rules.imports.owners import NOT_OURS, Owner, place_key, whose
from commands.funding.rules.imports.questions import MOST_QUESTIONS, Questions, Said, remembered
from commands.funding.rules.territories import NO_SINGLE, Places, codes, country_code, places_in
from tests.properties import examples

KNOWN = {
    # FTS and HDX
    "Bosnia and Herzegovina": "BIH",
    "Trinidad and Tobago": "TTO",
    "Cabo Verde": "CPV",
    "Congo": "COG",
    "Congo, The Democratic Republic of the": "COD",
    "Korea, Republic of": "KOR",
    "Iran, Islamic Republic of": "IRN",
    "Venezuela, Bolivarian Republic of": "VEN",
    "Lao People's Democratic Republic": "LAO",
    "Virgin Islands, U.S.": "VIR",
    "occupied Palestinian territory": "PSE",
    "Saudi Arabia (Kingdom of)": "SAU",
    # other systems of the United Nations
    "Democratic Republic of the Congo": "COD",
    "Islamic Republic of Iran": "IRN",
    "United Republic of Tanzania": "TZA",
    "Federated States of Micronesia": "FSM",
    "Republic of the Sudan": "SDN",
    "United Kingdom of Great Britain and Northern Ireland": "GBR",
    "Côte dIvoire": "CIV",
    "Congo (Brazaville)": "COG",
    "Myanmar": "MMR",
    "CAR": "CAF",
    "DRC": "COD",
    # people
    "Turkey": "TUR",
    "Türkiye": "TUR",
    "the Netherlands": "NLD",
    "Czech Republic": "CZE",
    "ethiopia ": "ETH",
    "eth": "ETH",
    "ET": "ETH",
    "Kosovo": "XKX",
    "Soudan du Sud": "SSD",
    "République démocratique du Congo": "COD",
    "Sudán del Sur": "SSD",
    # the past
    "Swaziland": "SWZ",
    "Serbia and Montenegro": "SCG",
    "YUG": "YUG",
    # none
    "Global": NO_SINGLE,
    "Multi-country": NO_SINGLE,
    "": "",
    "NA": "",
    "n/a": "",
    "Sahel": "",
    "Korea": "",
    "Ethiopa": "",
    "XYZ": "",
    "AAA": "",
}


@pytest.mark.parametrize(("name", "code"), KNOWN.items())
def test_a_country_is_known_by_its_codes_and_names(name: str, code: str) -> None:
    assert country_code(name) == code


def test_every_code_stands_for_itself_whatever_its_case() -> None:
    assert len(codes()) == 250
    for three, two in codes().items():
        assert country_code(three) == country_code(three.lower()) == three
        assert two == "NA" or country_code(two) == three


def test_every_formal_name_stands_for_its_country_alone_even_in_a_list() -> None:
    for country in pycountry.countries:
        for kind in ("name", "official_name", "common_name"):
            name = getattr(country, kind, country.alpha_3)
            assert places_in(name) == Places((country.alpha_3,)), name


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("AFG,PAK", Places(("AFG", "PAK"))),
        ("Congo, The Democratic Republic of the,Sudan", Places(("COD", "SDN"))),
        ("Sudan; South Sudan | Chad", Places(("SDN", "SSD", "TCD"))),
        ("SSD, Upper Nile, SSD", Places(("SSD",), ("Upper Nile",))),
        ("", Places((), ("",))),
        (" , ", Places((), ("",))),
    ],
)
def test_a_list_of_places_is_taken_apart_without_cutting_names(cell: str, found: Places) -> None:
    assert places_in(cell) == found


OURS = ("SSD", "SDN")


@pytest.mark.parametrize(
    ("cell", "owner"),
    [
        ("SSD", Owner("SSD")),
        ("AFG, Sudan", Owner("SDN", is_shared=True)),
        ("SDN,SSD", Owner("SSD", is_shared=True)),
        ("AFG,PAK", Owner("", is_shared=True)),
        ("Global", Owner("")),
        ("Ethiopia", Owner("")),
        ("", Owner(unknown=("",))),
        ("Upper Nile", Owner(unknown=("Upper Nile",))),
        ("SSD, Atlantis", Owner(unknown=("Atlantis",))),
    ],
)
def test_a_row_is_ours_only_where_every_place_in_it_is_known(cell: str, owner: Owner) -> None:
    assert whose(cell, OURS, {}) == owner
    assert owner.kind is (Kind.UNKNOWN_COUNTRY if owner.unknown else Kind.OTHER_COUNTRY)


def test_what_somebody_said_of_a_place_holds() -> None:
    said = {place_key("Upper Nile"): "SSD", place_key("Atlantis"): NOT_OURS, "": "SDN"}
    assert whose("UPPER NILE", OURS, said) == Owner("SSD")
    assert whose("Atlantis", OURS, said) == Owner("")
    assert whose("SSD; Atlantis", OURS, said) == Owner("SSD", is_shared=True)
    assert whose("", OURS, said) == Owner("SDN")
    assert whose("Lower Nile", OURS, said) == Owner(unknown=("Lower Nile",))


@settings(max_examples=examples(60))
@given(st.lists(st.one_of(st.sampled_from(["SSD", "AFG", "Global", "", "South Sudan", "Nile"]), st.text(max_size=8))))
def test_no_row_with_a_place_that_is_unknown_is_ever_ours(names: list[str]) -> None:
    cell = ";".join(names)
    unknown = places_in(cell).unknown
    owner = whose(cell, OURS, {})
    assert bool(owner.unknown) == bool(unknown)
    assert not (owner.unknown and owner.country)
    assert not owner.country or owner.country in places_in(cell).codes


def test_questions_are_the_unknown_places_the_most_frequent_first() -> None:
    issues = Issues()
    for number in range(MOST_QUESTIONS + 2):
        issues.add(Kind.UNKNOWN_COUNTRY, number, "destLocations", f"P{number:02}", asked=[f"P{number:02}"])
    issues.add(Kind.UNKNOWN_COUNTRY, 99, "destLocations", "P41", asked=["P41"])
    asked = Questions.of(Issues.from_json(issues.as_json()))
    assert list(asked.places.items())[:2] == [("P41", 2), ("P00", 1)]
    assert len(asked.places) == MOST_QUESTIONS
    assert not Questions.of(Issues())


def test_what_was_said_about_names_is_remembered_and_about_no_name_is_not() -> None:
    earlier = [{}, {"said": {"places": {"nile": "SSD", "": "SSD"}}}, {"said": {"places": {"nile": "SDN"}}}]
    assert remembered(earlier) == {"nile": "SDN"}
    said = Said({"nile": "SSD"})
    assert Said.of({"said": said.as_json()}) == said
    assert Said.of(None) == Said.of({"said": {"later": 1}}) == Said()
