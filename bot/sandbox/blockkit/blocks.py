"""The array of blocks of a payload: every known block, and the ids and counts they share."""

from __future__ import annotations

from . import limits
from .cards import CARDS, ChildBlocks
from .fields import ListOf
from .layout import LAYOUT
from .shapes import MESSAGE
from .tables import TABLES
from .walk import Walk

BLOCKS = {**LAYOUT, **TABLES, **CARDS}
"""Every block by its type."""

_BLOCK = ChildBlocks(BLOCKS)
_MESSAGE_BLOCKS = ListOf(_BLOCK, limits.MESSAGE_BLOCKS, least=0)
_VIEW_BLOCKS = ListOf(_BLOCK, limits.VIEW_BLOCKS, limits.VIEW_BLOCKS_MIN)


def check_block_list(blocks: object, at: str, walk: Walk) -> None:
    """Refuse what Slack refuses in an array of blocks on the walk's surface."""
    listed = _MESSAGE_BLOCKS if walk.surface == MESSAGE else _VIEW_BLOCKS
    listed.check(blocks, at, walk)
