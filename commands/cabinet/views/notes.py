"""What the forms of this room carry along."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeriesNotes:
    """The series that a form is about, 0 for a new one; the step that is shown; or that it is a one-off meeting."""

    series: int = 0
    step: str = ""
    one_off: bool = False
