"""Choices of any number: none is left out because Slack's selects hold a hundred."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.cards import Block, option
from commands.kit.entry.choices import MOST_OPTIONS, one_of, some_of
from commands.kit.entry.offers import offered
from commands.kit.names.agencies import agencies_fitting
from storage.agencies import Agency


def numbered(count: int) -> list[Block]:
    return [option(f"Plan {number} Upper Valley", str(number)) for number in range(count)]


@given(st.integers(1, 300), st.data())
def test_each_choice_is_in_the_form_or_offered_and_the_chosen_one_stands_there(count: int, data: st.DataObject) -> None:
    chosen = str(data.draw(st.integers(0, count - 1)))
    options = numbered(count)
    one, some = one_of(options, "funding:plan", initial=chosen), some_of(options, "funding:plan", initial=[chosen])
    assert one["initial_option"]["value"] == chosen
    assert [each["value"] for each in some["initial_options"]] == [chosen]
    if count <= MOST_OPTIONS:
        assert one["options"] == some["options"] == options
    else:
        assert one["action_id"] == some["action_id"] == "funding:plan"
        assert {one["type"], some["type"]} == {"external_select", "multi_external_select"}


@given(st.integers(1, 300), st.data())
def test_typing_finds_any_of_many_choices(count: int, data: st.DataObject) -> None:
    wanted = data.draw(st.integers(0, count - 1))
    found = offered(f"vallëy {wanted}", numbered(count)).options
    assert str(wanted) in [one["value"] for one in found]
    assert len(found) <= MOST_OPTIONS


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ["MSF", "OMS", "WFP"]),
        ("w", ["WFP", "OMS"]),
        ("médecins", ["MSF"]),
        ("medecins FRONTIERES", ["MSF"]),
        ("alimentaire", ["WFP"]),
        ("s", ["MSF", "OMS"]),
        ("o", ["OMS", "MSF", "WFP"]),
        ("nobody", []),
    ],
)
def test_an_agency_is_found_by_its_code_and_either_name(typed: str, codes: list[str]) -> None:
    agencies = [
        Agency(code="MSF", code_key="msf", name="Médecins Sans Frontières", name_fr=""),
        Agency(code="OMS", code_key="oms", name="World Health Organization", name_fr="Organisation de la santé"),
        Agency(code="WFP", code_key="wfp", name="World Food Programme", name_fr="Programme alimentaire mondial"),
    ]
    assert [one.code for one in agencies_fitting(typed, agencies)] == codes
