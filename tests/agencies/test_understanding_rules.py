"""What is asked about a list of agencies, and what is remembered of the answers: rules and form, without a mission."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.agencies.rules.kinds import kind_of, near_kind
from commands.agencies.rules.understanding import Looked, Seen, Understood, look
from commands.agencies.views.understanding import NO_KIND, _column_block, _kind_block, _mark, read_understanding
from commands.kit.forms import Fields
from commands.kit.refused import Refused
from commands.kit.tables import AUTOMATIC, title_key
from storage.agencies import AgencyKind
from tests.kit.tables.books import book

ODD = ["Goverment", "Red Cross Movement", "Donors", "National NGOs", "I-NGO", "UN Agency/Fund"]


def looked(text: str, understood: Understood | None = None) -> Looked:
    return look("list.csv", text.encode(), understood or Understood())


def test_headers_of_published_lists_are_known() -> None:
    for titles in ("org_acronym,org_name", "Acronym,Org name", "org_code,org", "Partner acronym,ORG  NAME"):
        reading = looked(f"{titles}\nWFP,World Food Programme\n").reading
        assert reading is not None
        assert [(one.code, one.name) for one in reading.entries] == [("WFP", "World Food Programme")]
    both = looked("org,org_name\nWFP,World Food Programme\n").reading
    assert both is not None
    assert both.entries[0].name == "World Food Programme"


def test_words_for_kinds_that_are_nearly_ours_are_proposed_and_never_taken_by_themselves() -> None:
    assert [near_kind(word) for word in ODD] == [
        AgencyKind.GOVERNMENT,
        AgencyKind.RED_CROSS_RED_CRESCENT,
        AgencyKind.OTHER,
        AgencyKind.NGO,
        AgencyKind.NGO,
        AgencyKind.UN_AGENCY,
    ]
    assert [kind_of(word) for word in ODD] == [None] * len(ODD)
    assert near_kind("Planet") is None
    assert near_kind("Wholesale") is None


def test_each_word_for_a_kind_is_asked_once_and_not_row_by_row() -> None:
    text = "name,type\n" + "".join(f"Org {n},{ODD[n % 6]}\n" for n in range(100)) + "Known,NGO\n"
    first = looked(text)
    assert first.reading is None
    assert first.seen.kinds[:2] == (("Goverment", 17), ("Red Cross Movement", 17))
    said = Understood(kinds={"goverment": "government"})
    assert len(looked(text, said).seen.unsaid_kinds(said)) == 5
    everything = Understood(
        kinds=dict.fromkeys(("goverment", "red cross movement", "donors"), "ngo")
        | {"national ngos": "", "i ngo": "ngo", "un agency fund": "un_agency"}
    )
    reading = looked(text, everything).reading
    assert reading is not None
    assert (len(reading.entries), reading.faults) == (101, [])
    assert {one.kind for one in reading.entries if one.name in {"Org 3", "Org 5"}} == {"", "un_agency"}


def test_a_column_of_anything_is_refused_row_by_row_and_not_asked_word_by_word() -> None:
    reading = looked("name,type\n" + "".join(f"Org {n},What {n} does\n" for n in range(81))).reading
    assert reading is not None
    assert len(reading.faults) == 81


@given(
    st.dictionaries(st.text(min_size=1, max_size=20), st.sampled_from(["name", "code", "kind"]), max_size=4),
    st.dictionaries(st.sampled_from(["name", "code", "kind"]), st.text(max_size=20).map(title_key), max_size=3),
)
def test_a_field_has_one_header_after_it_was_chosen(before: dict[str, str], chosen: dict[str, str]) -> None:
    after = Understood(columns={title_key(title): name for title, name in before.items()}).with_columns(chosen)
    for name, title in chosen.items():
        assert [key for key, field in after.columns.items() if field == name] in ([title], [])
        assert (name in after.unread) == (not title)
    assert Understood.from_json(after.as_json()) == after


def test_what_was_seen_is_kept_whole() -> None:
    seen = looked("Sigla,Entidad\nPMA,Programa\n").seen
    assert seen.titles == (("Sigla", "PMA"), ("Entidad", "Programa"))
    assert Seen.from_json(seen.as_json()) == seen


def test_what_earlier_lists_were_said_to_mean_is_remembered_the_latest_last() -> None:
    earlier = [
        Understood(columns={"who": "name", "short": "code"}, kinds={"donors": "ngo"}, sheet="March", unread=("kind",)),
        Understood(columns={"who": "name_fr"}, kinds={"donors": "other"}),
    ]
    known = Understood.remembered([one.as_json() for one in earlier], AUTOMATIC)
    assert known == Understood(columns={"who": "name_fr", "short": "code"}, kinds={"donors": "other"})
    assert Understood.remembered([{}], AUTOMATIC) == Understood()


def test_several_sheets_are_asked_about_and_the_one_that_was_named_is_read() -> None:
    rows = [("name", "code"), ("World Food Programme", "WFP")]
    content = book({"April": rows, "May": rows})
    asked = look("list.xlsx", content, Understood())
    assert (asked.reading, asked.seen.choices) == (None, ("April", "May"))
    assert asked.as_json()["seen"]["choices"] == ("April", "May")
    read = look("list.xlsx", content, Understood(sheet="May"))
    assert read.reading is not None
    assert read.seen.sheet == "May"
    assert read.as_json()["rows"] == 1


def test_a_header_without_rows_is_refused_and_a_file_without_titles_too() -> None:
    for text, words in (("name,code\n", "no rows below"), (",\n,\n", "empty")):
        with pytest.raises(Refused, match=words):
            looked(text)


def a_choice(value: str) -> dict[str, Any]:
    return {"input": {"selected_option": {"value": value}}}


def test_the_form_says_what_was_chosen_and_leaves_alone_what_was_found() -> None:
    seen = looked("Sigla,Entidad\nPMA,Programa\n").seen
    name, code = _column_block("name"), _column_block("code")
    chosen = {
        one: {"input": {"selected_option": {"value": _mark(title_key(title))}}}
        for one, title in ((name, "Entidad"), (code, "Sigla"))
    }
    after = read_understanding(Fields(chosen), seen, Understood(sheet="kept"))
    # "Sigla" was known as a code before anybody said so.
    assert (after.columns, after.sheet) == ({title_key("Entidad"): "name"}, "kept")
    kinds = Seen(kinds=(("Goverment", 2), ("Donors", 1), ("Planet", 1)))
    said = {_kind_block("Goverment"): "government", _kind_block("Donors"): NO_KIND}
    form = Fields({one: a_choice(value) for one, value in said.items()})
    assert read_understanding(form, kinds, Understood()).kinds == {"goverment": "government", "donors": ""}
