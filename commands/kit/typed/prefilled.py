"""Fields that begin with a text which may be longer than they take: nothing of it is cut without a word.

Gesture: none.
"""

from __future__ import annotations

import re
from typing import Any

from commands.kit.cards import Block, context, escape, section, split_text
from commands.kit.numbers import number_text
from commands.kit.words import _

# `&` takes five characters once it is escaped, and a block takes 3,000.
REST_AT_ONCE = 590


class Prefilled(dict[str, Any]):
    """A field for a text; `rest` is what its first value had beyond what the field takes."""

    rest: str = ""


def parted(text: str, most: int) -> tuple[str, str]:
    """A text in two: as many whole words as `most` characters take, an ellipsis at their end, and what follows."""
    if len(text) <= most:
        return text, ""
    end = max((found.start() for found in re.finditer(r"\s", text[: most - 1])), default=0) or most - 2
    return f"{text[:end].rstrip()} …", text[end:].strip()


def did_not_fit(block: Block) -> list[Block]:
    """What is shown below a field whose first value was longer than it takes; nothing for any other block."""
    field = block.get("element")
    if not isinstance(field, Prefilled) or not field.rest:
        return []
    words = _("This field takes {limit} characters, so the text is not whole. What did not fit:").format(
        limit=number_text(field["max_length"])
    )
    return [context(words), *(section(f">>> {escape(part)}") for part in split_text(field.rest, REST_AT_ONCE))]
