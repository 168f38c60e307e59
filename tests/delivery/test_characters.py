"""Characters that a database or a document refuses come along when people paste: the rest of the text is kept."""

from __future__ import annotations

from xml.dom.minidom import parseString

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.characters import storable
from bot.requests.incoming import read_command
from storage.updates.returns import ReturnVersion
from tests.databases import Postgres
from tests.updates.rounds import a_round
from tests.updates.test_answering import DONE, writes
from tests.world import World, a_world

WFP = "WFP focal point"
ANY_TEXT = st.text(st.characters(exclude_categories=()))
DOCUMENTS = st.recursive(
    st.none() | st.integers() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(ANY_TEXT)
def test_every_text_can_be_kept_and_what_could_be_already_is_not_touched(text: str) -> None:
    kept = storable(text)
    assert "\x00" not in kept
    assert kept.encode().decode() == kept
    parseString(f"<a>{kept.replace('&', '').replace('<', '')}</a>")
    assert storable(kept) == kept
    assert kept == text or len(kept) < len(text) or "\n" in kept


@given(DOCUMENTS)
def test_the_shape_of_a_document_stays(value: object) -> None:
    def shape(one: object) -> object:
        if isinstance(one, dict):
            return {name: shape(inner) for name, inner in one.items()}
        return [shape(inner) for inner in one] if isinstance(one, list) else type(one)

    assert shape(storable(value)) == shape(value)


def test_a_line_break_of_a_word_processor_stays_a_line_break() -> None:
    assert storable({"text": ["one\x0btwo\x00\ud83d"]}) == {"text": ["one\ntwo"]}
    assert read_command(storable({"command": "/update", "text": "sub\x00mit"})).text == "submit"


def test_somebody_who_pastes_them_is_answered_as_always(postgres: Postgres) -> None:
    with postgres.fresh() as url, a_world(url) as world:
        world.set_up()
        a_round(world)
        assert "went wrong" not in world.person(WFP).runs("/agency find W\x00FP").text
        form = writes(world, WFP).fill(DONE, "Two convoys\x00 arrived.\x0bOne is late.\x07")
        assert form.submit() is None
        assert answers(world) == ["Two convoys arrived.\nOne is late."]


def answers(world: World) -> list[str]:
    with world.product.database.reading() as session:
        return [str(one.answers.get("q1")) for one in session.query(ReturnVersion)]
