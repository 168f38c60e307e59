"""Asking how a text file is encoded, where it does not say so itself.

Gesture: import.
"""

from __future__ import annotations

from commands.kit.cards import Block, option
from commands.kit.forms import field_block, select
from commands.kit.tables.grid import Encoding
from commands.kit.words import _

ENCODING = "encoding"


def encoding_field(chosen: Encoding = Encoding.AUTOMATIC) -> Block:
    """The field `encoding` of a form that takes a table; its value is one of `Encoding`."""
    choices = [option(_encoding(one), one.value) for one in Encoding]
    hint = _("Only for text files that are not UTF-8: you are told when you have to choose.")
    field = select(choices, initial=chosen.value)
    return field_block(ENCODING, _("Encoding of a CSV file"), field, hint=hint)


def _encoding(encoding: Encoding) -> str:
    return {
        Encoding.AUTOMATIC: _("Recognise it (UTF-8, UTF-16)"),
        Encoding.WESTERN: _("Western European (Latin-1, Windows-1252)"),
        Encoding.CENTRAL_EUROPEAN: _("Central European (Windows-1250)"),
        Encoding.CYRILLIC: _("Cyrillic (Windows-1251)"),
        Encoding.ARABIC: _("Arabic (Windows-1256)"),
    }[encoding]
