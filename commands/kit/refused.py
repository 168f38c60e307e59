"""The one way to say no: what is wrong and what to do about it.

Gesture: refuse.
"""

from __future__ import annotations

from storage.audit import About
from storage.compartments import Compartment


class Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """Shown to the person as it stands, next to `field` (a block id of the form) where there is one.

    The transaction is rolled back: a refusal changes nothing.
    """

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.fields = {field: text} if field else {}


class RefusedFields(Refused):
    """Several fields of one form are wrong at once: every one is named, so that nobody has to send it twice."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class NotAllowed(Refused):
    """Refused because of who asks: it goes on the audit record, with what they wanted (`about`: kind and id).

    Of what lies on a side, that side alone reads it there.
    """

    def __init__(self, text: str, about: tuple[str, object], compartment: str = Compartment.MISSION) -> None:
        super().__init__(text)
        self.about = About(*about, compartment)
