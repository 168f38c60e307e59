"""The machine: processes, what comes in, what goes out, the clock, and tools. Nothing imports it."""

from __future__ import annotations

import sys


def _load_logging_alone() -> None:
    """Load structlog without rich, which it takes for tracebacks where it finds it: 4 MiB, and ours are drawn without.

    Whoever asks for rich later, as the command line does for its help, gets it.
    """
    before = sys.modules.pop("rich", None)
    sys.modules["rich"] = None  # type: ignore[assignment]  # how Python is told that there is none
    try:
        import structlog  # noqa: F401, PLC0415
    finally:
        del sys.modules["rich"]
        if before is not None:
            sys.modules["rich"] = before


_load_logging_alone()
