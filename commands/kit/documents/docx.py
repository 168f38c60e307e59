"""DOCX files from a template and plain data. Takes about a second: do it in the worker, never inside a request.

Gesture: make a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from commands.kit.documents.filling import LENGTH
from commands.kit.words import _
from storage.connection.writers import takes_long

SECONDS, MEGABYTES = 10, 512
# Of a busy machine's clock; the limit that counts is the time of computing.
SECONDS_ON_THE_CLOCK = 60


class BrokenTemplateError(ValueError):
    """The template is no DOCX file, a placeholder in it is wrong, or it takes too much; says which."""


@takes_long
def fill_docx(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The template (docxtpl's placeholders) with the data, plain JSON, filled in.

    A mission may bring its own template. Its placeholders run in Jinja's sandbox and reach nothing but the data, in a
    process of its own that knows nothing of the product's environment and ends at ten seconds of computing or 512 MB;
    texts are escaped and never read as placeholders. Raises BrokenTemplateError.
    """
    written = json.dumps(dict(data)).encode()
    command = [sys.executable, "-m", "commands.kit.documents.filling", str(SECONDS), str(MEGABYTES * 1_000_000)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with numbers
            command,
            input=len(written).to_bytes(LENGTH, "big") + written + template,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
            timeout=SECONDS_ON_THE_CLOCK,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BrokenTemplateError(_limits()) from None
    if done.returncode or not done.stdout:
        raise BrokenTemplateError(_limits())
    if done.stdout[:1] == b"-":
        raise BrokenTemplateError(done.stdout[1:].decode())
    return done.stdout[1:]


def _limits() -> str:
    return _("it takes more than {seconds} seconds or {megabytes} MB").format(seconds=SECONDS, megabytes=MEGABYTES)
