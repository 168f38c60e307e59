"""Fills one DOCX template in a process of its own, within limits: what a person's template does there harms nobody.

`commands.kit.documents.docx` runs it, with the seconds of computing and the bytes of memory that it may take. It
reads the length of the data, the data as JSON and the template; it writes `+` and the file, or `-` and what is wrong
with the template. Whatever ends it in another way was a limit.

Gesture: none.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

from commands.kit.documents.directions import is_from_right, turn_paragraphs

LENGTH = 8
# Minutes with their letterhead have some 100 kB; what is larger is no letterhead but an attempt.
LARGEST_FILE = 20_000_000


def main() -> None:
    """Fill the template that comes in."""
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    asked = sys.stdin.buffer.read()
    ends = LENGTH + int.from_bytes(asked[:LENGTH], "big")
    sys.stdout.buffer.write(fill(asked[ends:], json.loads(asked[LENGTH:ends])))


def fill(template: bytes, data: dict[str, Any]) -> bytes:
    """What is written of this template. Raises MemoryError for what is too large."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - within the limits
    from jinja2 import TemplateError  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(data, ImmutableSandboxedEnvironment(autoescape=True), autoescape=True)
        document.save(out)
        if any(map(is_from_right, json.dumps(data, ensure_ascii=False))):
            out = _turned(out)
    except TemplateError as wrong:
        return b"-" + str(wrong).encode()
    except MemoryError:
        raise
    except Exception as wrong:  # a file from a person may be broken in any way that zip and XML can
        return b"-" + type(wrong).__name__.encode()
    if out.tell() > LARGEST_FILE:
        raise MemoryError
    return b"+" + out.getvalue()


def _turned(filled: io.BytesIO) -> io.BytesIO:
    # Opened anew: what was rendered of headers and footers cannot be reached before it is saved.
    from docx import Document  # noqa: PLC0415 - within the limits

    document, out = Document(filled), io.BytesIO()
    turn_paragraphs(document)
    document.save(out)
    return out


if __name__ == "__main__":
    main()
