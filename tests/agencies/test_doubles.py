"""Look-alikes: pointed out when they may be one organisation, and left in peace when they are not."""

from __future__ import annotations

import pytest

from commands.agencies.rules.doubles import Likeness, Lookalikes, Named


def likeness(one: str, other: str, code: str = "") -> Likeness | None:
    found = Lookalikes([Named(other, code, agency_id=1)]).of(Named(one, row=2))
    return found[0].likeness if found else None


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("UNHCR", "United Nations High Commissioner for Refugees", Likeness.ACRONYM),
        ("United Nations High Commissioner for Refugees", "UNHCR", Likeness.ACRONYM),
        ("ACNUR", "UN Refugee Agency", Likeness.ACRONYM),
        ("Programme alimentaire mondial", "World Food Programme", Likeness.ACRONYM),
        ("Office of the United Nations High Commissioner for Refugees", "HCR", Likeness.ACRONYM),
        ("DRC", "Danish Refugee Council", Likeness.ACRONYM),
        ("Action Contre la Faim", "Action Against Hunger", Likeness.ACRONYM),
        ("Norwegian Refugee Counsil", "Norwegian Refugee Council", Likeness.SPELLING),
        ("Première Urgence Internationale", "Premiere Urgence International", Likeness.SPELLING),
        ("Save the Children Internatonal", "Save the Children International", Likeness.SPELLING),
        ("Médecins du Monde France", "Médecins du Monde", Likeness.PART),
        ("Oxfam GB", "OXFAM", Likeness.PART),
    ],
)
def test_what_may_be_one_organisation_is_pointed_out(one: str, other: str, why: Likeness) -> None:
    assert likeness(one, other) is why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Danish Red Cross", "Swedish Red Cross"),
        ("Germany, Government of", "France, Government of"),
        ("France, Government of", "Expertise France"),
        ("UNICEF National Committee/Germany", "UNICEF National Committee/Denmark"),
        ("ACT Alliance / Christian Aid", "ACT Alliance / DanChurchAid"),
        ("Médecins du Monde", "Médecins sans Frontières"),
        ("World Health Organization", "World Food Programme"),
        ("Afghan Health & Development Services", "Agriculture Development Association"),
    ],
)
def test_organisations_of_one_pattern_are_left_in_peace(one: str, other: str) -> None:
    assert likeness(one, other) is None


def test_a_code_counts_as_an_acronym() -> None:
    assert likeness("HEKS", "Hilfswerk der Kirchen", code="HEKS") is Likeness.ACRONYM


def test_both_names_of_an_agency_count() -> None:
    known = Lookalikes([Named("Danish Refugee Council", other_name="Conseil danois pour les réfugiés", agency_id=1)])
    [alike] = known.of(Named("Conseil danois pour les refugies", row=3))
    assert alike.other.agency_id == 1


def test_at_most_three_are_shown_the_surest_first() -> None:
    known = Lookalikes(Named(f"Oxfam {place}", row=place) for place in range(2, 9))
    known.add(Named("OXFAM", row=9))
    found = known.of(Named("Oxfam", code="OXFAM", row=10))
    assert len(found) == 3
