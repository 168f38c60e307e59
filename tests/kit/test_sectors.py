"""Sectors: one list, many words for each, and a mission's own."""

from __future__ import annotations

import pytest

from commands.kit.names.sectors import search_sectors, sector_name, sector_of, sector_order, sectors
from commands.kit.words import speaking


def test_the_list_has_the_fifteen_global_groups_in_two_languages() -> None:
    assert len(sectors()) == 15
    assert sum(sector.group == "cluster" for sector in sectors().values()) == 11
    assert all(sector.en and sector.fr for sector in sectors().values())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Health", "HEA"),
        ("santé", "HEA"),
        ("Salud", "HEA"),
        ("WASH", "WSH"),
        ("Water, Sanitation & Hygiene", "WSH"),
        ("Gender-Based Violence", "PRO-GBV"),
        ("General Protection", "PRO"),
        ("pro-min", "PRO-MIN"),
        ("Child  Protection", "PRO-CPN"),
    ],
)
def test_people_mean_the_same_sector_in_many_words(words: str, code: str) -> None:
    assert sector_of(words) == code


def test_a_missions_own_sector_keeps_its_words() -> None:
    assert sector_of("  Core Relief  Items (CRIs)") == "Core Relief Items (CRIs)"
    assert sector_name("Peacebuilding") == "Peacebuilding"


def test_names_come_in_the_readers_language() -> None:
    assert sector_name("HEA") == "Health"
    with speaking("fr"):
        assert sector_name("HEA") == "Santé"


def test_search_finds_by_any_word_and_offers_own_sectors_last() -> None:
    assert {one["value"] for one in search_sectors("child prot")} == {"PRO-CPN"}
    assert [one["value"] for one in search_sectors("", ["Peacebuilding"])][-1] == "Peacebuilding"
    assert len(search_sectors("", [f"Sector {number}" for number in range(200)])) == 100
    assert sorted(["Peacebuilding", "WSH", "CCM"], key=sector_order) == ["CCM", "WSH", "Peacebuilding"]
