"""PDF pages from a Typst template and plain data. Takes 50 to 300 ms: do it in the worker, never inside a request.

Gesture: make a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commands.kit.words import current_language
from storage.connection.writers import takes_long


@takes_long
def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template beside the room's views. It reads the data with `json(bytes(sys.inputs.data))`.

    `data` must be plain JSON, every text written in the reader's language already; `data.language` is added, so that
    hyphenation and quotes follow it. Texts go in as data, never as markup: nothing a person typed is ever compiled.
    """
    import typst  # noqa: PLC0415 - 34 MB that only the worker needs, and only now and then

    inputs = {"data": json.dumps({"language": current_language(), **data}, ensure_ascii=False)}
    pdf = typst.compile(str(template), sys_inputs=inputs)
    assert isinstance(pdf, bytes)
    return pdf
