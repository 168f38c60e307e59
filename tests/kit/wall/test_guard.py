"""What the guard refuses, what it must let through, and that nothing is kept of what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from commands.kit.guard.asking import guarded, stop_page
from commands.kit.guard.rules import Trace, speaks_of_abuse, trace_in
from commands.kit.permission import Who
from commands.kit.refused import RefusedFields
from commands.kit.words import speaking
from commands.kit.work import Request
from storage.missions import Mission
from storage.people import Person
from tests.properties import examples

ATTEMPTS = settings(max_examples=examples(150))
SEPARATED = st.sampled_from(["", " ", "-", ".", "/", "\u00a0", " (", ") "])
words = st.lists(st.sampled_from(["convoy", "stopped", "le", "barrage", "Jonglei", "two", "police"]), max_size=5)

REFUSED = {
    Trace.PHONE: [
        "call +211 920 000 000",
        "0920000000",
        "tel. 09-20-00-00-00",
        "(092) 000 0000",
        "٠٩٢٠٠٠٠٠٠٠",
        "00 236 70 00 00 00",
        "+2119200\u200b00000",
        "rappeler le 070 000 000",
    ],
    Trace.EMAIL: ["write to a.source@example.org", "source (at) example.org", "source [arobase] example"],
    Trace.COORDINATES: [
        "at 4.85165, 31.58247",
        "4,85165 31,58247",
        "lat: 4.85",
        "4°51'06\"N 31°34′57″E",
        "31.58° E",
        "4° 51.1′ N",
        "36N VM 12345 67890",
        "36NVM1234567890",
        "045106N 0313457E",
        "position 4 51 06 N",
        "@4.8517,31.5825",
    ],
    Trace.PLATE: ["SSD 123 A", "plate number AB 1234", "immatriculation n° 12 345 67", "white pickup, reg. KBX 123"],
    Trace.DOCUMENT: [
        "passport R0001234",
        "ID card no. 00012345",
        "A1234567",
        "carte d’identité n° 123456",
        "badge 12345",
    ],
    Trace.NAME: [
        "Mr Example was there",
        "mrs. example",
        "Ms Example",
        "MS EXAMPLE",
        "M. Exemple",
        "Mme Exemple",
        "Monsieur Exemple",
        "Dr Example treated him",
        "MM. Exemple et Autre",
        "Mlle Exemple",
        "Mr. محمد",
    ],
}

LET_THROUGH = [
    "",
    "January 2024: An INGO security guard was stabbed by unidentified perpetrators at the health facility.",
    "From 2024-01-09 08:30 to 2024-01-12 16:45 the road was closed",
    "on 09/01/2024 and 12.01.2024, entre 8 h 30 et 16h45",
    "In 2019-2023 2020 households, 1,500,000 people, 25 km from the town",
    "UNSCR 2719 (2023), S/RES/2719, A/RES/61/276 and paragraph 12",
    "a 4.5 km walk, 3.25 and 12.75 per cent",
    "The ms value was 20 ms after the fact; miss the deadline; the M. tuberculosis ward",
    "SS0101 Bor South, CF711, I-31, Q-14, S-333",
    "Madame la ministre and monsieur le préfet were told",
    "armed men from the SPLA-IO, Mi-8 helicopter, N4 road, 3R, PK0",
    "women were raped by armed men; cases of gender-based violence, sexual violence in conflict",
    "the sea, overseas staff, a seal; il a abusé de sa position",
]

ABUSE = [
    "a case of sexual exploitation",
    "Sexual abuse by staff",
    "sexually exploited",
    "exploited sexually",
    "PSEA focal point",
    "an SEA allegation",
    "sex in exchange for food",
    "sex for work",
    "transactional sex",
    "sexual favours",
    "exploitation et abus sexuels",
    "abus sexuels",
    "exploitation sexuelle",
    "un cas d’EAS",
    "atteintes sexuelles",
    "sexuellement exploitée",
    "abusée sexuellement",
    "faveurs sexuelles",
    "sexual\u200b exploitation",
]


@pytest.mark.parametrize(("trace", "text"), [(trace, text) for trace, texts in REFUSED.items() for text in texts])
def test_what_leads_to_somebody_is_found(trace: Trace, text: str) -> None:
    assert trace_in(text) is trace
    assert trace_in(f"Two men said: {text}, then left") is not None


@pytest.mark.parametrize("text", LET_THROUGH)
def test_what_people_really_write_is_let_through(text: str) -> None:
    assert trace_in(text) is None
    assert not speaks_of_abuse(text)


@pytest.mark.parametrize("text", ABUSE)
def test_abuse_is_heard_in_both_languages(text: str) -> None:
    assert speaks_of_abuse(f"They reported {text} yesterday")


@ATTEMPTS
@given(before=words, after=words, digits=st.lists(st.tuples(st.integers(0, 9), SEPARATED), min_size=9, max_size=14))
def test_no_number_that_could_be_called_gets_through(
    before: list[str], after: list[str], digits: list[tuple[int, str]]
) -> None:
    number = "+211 " + "".join(f"{digit}{between}" for digit, between in digits[:-1]) + str(digits[-1][0])
    assert trace_in(" ".join([*before, number, *after])) is not None


@ATTEMPTS
@given(
    north=st.decimals(-89, 89, places=5),
    east=st.decimals(-179, 179, places=4),
    between=st.sampled_from([", ", " ", "; ", "N, "]),
)
def test_no_pair_of_coordinates_gets_through(north: object, east: object, between: str) -> None:
    assert trace_in(f"near {north}{between}{east} at night") is not None


def asks() -> Request:
    person = Person(mission_id="T1", user_id="U1", name="U1")
    mission = Mission(id="T1", abuse_reporting="conduct@mission <web>")
    return Request(Session(), mission, datetime(2035, 3, 5, tzinfo=UTC), who=Who("U1", person))


def test_each_field_is_refused_beside_itself() -> None:
    assert guarded(asks(), {"what": "a convoy was stopped", "whose": ""}) is None
    with pytest.raises(RefusedFields) as refused:
        guarded(asks(), {"what": "call 0920000000", "whose": "an NGO", "why": "Mr Example said so"})
    assert refused.value.fields == {
        "what": "This looks like a phone number. Take it out: sources and victims are never kept here.",
        "why": "This looks like the name of a person. Take it out: sources and victims are never kept here.",
    }
    assert "0920000000" not in str(refused.value)


def test_abuse_gets_the_stop_page_before_anything_else_is_said() -> None:
    answer = guarded(asks(), {"what": "sexual exploitation by 0920000000"})
    assert answer is not None
    assert "conduct@mission &lt;web&gt;" in str(answer.update)
    assert "0920000000" not in str(answer.update)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_a_setting_the_page_still_says_whom_to_ask(language: str) -> None:
    with speaking(language):
        assert ("discipline" if language == "en" else "disciplin") in str(stop_page(""))


@pytest.mark.parametrize("trace", list(Trace))
def test_every_trace_is_told_in_words_of_its_own(trace: Trace) -> None:
    with pytest.raises(RefusedFields) as refused:
        guarded(asks(), {"what": REFUSED[trace][0]})
    others = [text for other, texts in REFUSED.items() if other is not trace for text in texts[:1]]
    for text in others:
        with pytest.raises(RefusedFields) as different:
            guarded(asks(), {"what": text})
        assert different.value.fields != refused.value.fields
