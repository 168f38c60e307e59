"""Every number of Block Kit: at the limit a payload passes, one further it is refused in the right place."""

from __future__ import annotations

import pytest

from bot.sandbox.blockkit import describe_rules

from . import block_limits, payload_limits
from .limit_case import LimitCase

LIMIT_CASES = [
    *payload_limits.PAYLOADS,
    *payload_limits.EVERYWHERE,
    *payload_limits.OBJECTS,
    *block_limits.LAYOUT,
    *block_limits.ELEMENTS,
    *block_limits.FIGURES,
    *block_limits.CARDS,
]


@pytest.mark.parametrize("case", LIMIT_CASES, ids=str)
def test_at_the_limit_it_passes(case: LimitCase) -> None:
    assert case.build(case.limit).problems() == []


@pytest.mark.parametrize("case", LIMIT_CASES, ids=str)
def test_one_further_is_refused_in_the_right_place(case: LimitCase) -> None:
    found = [(problem.code, problem.pointer) for problem in case.build(case.limit + case.step).problems()]
    assert found == [(case.code, pointer) for pointer in (case.pointer, *case.also)]


def test_every_number_has_a_case() -> None:
    numbers = {rule.name: rule.limit for rule in describe_rules() if rule.limit != "condition"}
    assert numbers == {case.rule: f"{case.limit:,}" for case in LIMIT_CASES}
