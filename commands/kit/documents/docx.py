"""DOCX files from a template and plain data. Takes some 100 ms: do it in the worker, never inside a request.

Gesture: make a file.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from storage.connection.writers import takes_long


class BrokenTemplateError(ValueError):
    """The template is no DOCX file, or a placeholder in it is wrong; says which."""


@takes_long
def fill_docx(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The template (docxtpl's placeholders) with the data filled in.

    A mission may bring its own template, so its placeholders run in Jinja's sandbox and reach nothing but the data;
    texts are escaped and never read as placeholders. Raises BrokenTemplateError.
    """
    from docxtpl import DocxTemplate  # noqa: PLC0415 - only the worker needs it, and only now and then
    from jinja2 import TemplateError  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(dict(data), ImmutableSandboxedEnvironment(autoescape=True), autoescape=True)
        document.save(out)
    except TemplateError as wrong:
        raise BrokenTemplateError(str(wrong)) from wrong
    except Exception as wrong:  # a file from a person may be broken in any way that zip and XML can
        raise BrokenTemplateError(type(wrong).__name__) from wrong
    return out.getvalue()
