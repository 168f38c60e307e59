"""A Block Kit validator as strict as Slack: plain dictionaries in, problems out, nothing raised.

* ``check_message``, ``check_view``, ``check_blocks`` and ``check_offer`` list what Slack would refuse, each problem
  with Slack's error code, message and JSON pointer.
* ``describe_rules`` lists every rule with its limit and the certainty of its source.

To add a block, declare its shape in ``layout.py``, ``tables.py`` or ``cards.py`` (properties, which are required,
surfaces), its numbers in ``limits.py``, and a good and a bad payload in the tests.
"""

from __future__ import annotations

from .blocks import BLOCKS, check_block_list
from .choices import check_offer
from .messages import INVALID_BLOCKS, check_message
from .rules import REGISTER, Rule
from .shapes import HOME, MESSAGE, MODAL
from .views import INVALID_VIEW, check_view
from .walk import Problem, Walk

__all__ = [
    "BLOCKS",
    "HOME",
    "MESSAGE",
    "MODAL",
    "Problem",
    "Rule",
    "check_blocks",
    "check_message",
    "check_offer",
    "check_view",
    "describe_rules",
]


def check_blocks(blocks: object, surface: str, *, root: str = "/blocks") -> list[Problem]:
    """List what Slack refuses in an array of blocks.

    Args:
        blocks: the array, as decoded from JSON.
        surface: ``message``, ``modal`` or ``home``.
        root: the pointer of the array itself; ``""`` gives the pointers of blocks.validate.
    """
    walk = Walk(surface, INVALID_BLOCKS if surface == MESSAGE else INVALID_VIEW)
    check_block_list(blocks, root, walk)
    return walk.problems


def describe_rules() -> list[Rule]:
    """Return every rule, numbers before conditions, each group by name."""
    return sorted(REGISTER.values(), key=lambda rule: (rule.limit == "condition", rule.name))
