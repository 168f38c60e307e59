"""Every condition of Block Kit: a good payload passes, a bad one is refused in Slack's words and place."""

from __future__ import annotations

import pytest

from bot.sandbox.blockkit import BLOCKS, describe_rules

from .condition_case import ConditionCase
from .element_conditions import ELEMENT_CONDITIONS
from .figure_conditions import FIGURE_CONDITIONS
from .object_conditions import OBJECT_CONDITIONS
from .payload_conditions import PAYLOAD_CONDITIONS
from .payloads import Json, blocks_on
from .surface_conditions import PLACES, SURFACE_CONDITIONS

CASES = [*PAYLOAD_CONDITIONS, *OBJECT_CONDITIONS, *ELEMENT_CONDITIONS, *FIGURE_CONDITIONS, *SURFACE_CONDITIONS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_good_payload_passes(case: ConditionCase) -> None:
    assert case.good.problems() == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_bad_payload_is_refused(case: ConditionCase) -> None:
    found = [(problem.code, problem.message, problem.pointer) for problem in case.bad.problems()]
    assert found == list(case.found)


def test_every_condition_has_a_case() -> None:
    conditions = {rule.name for rule in describe_rules() if rule.limit == "condition"}
    assert conditions == {case.rule for case in CASES}


@pytest.mark.parametrize(("block", "surfaces"), PLACES, ids=[block["type"] for block, _ in PLACES])
def test_a_block_passes_on_each_of_its_surfaces(block: Json, surfaces: tuple[str, ...]) -> None:
    for surface in surfaces:
        assert blocks_on(surface, block).problems() == []


def test_every_block_has_its_surfaces_tested() -> None:
    assert {block["type"] for block, _ in PLACES} == set(BLOCKS)
