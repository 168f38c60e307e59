"""Files that can be had, and that one is on its way."""

from __future__ import annotations

from commands.kit.cards import Block, Card, actions, button, context, section
from commands.kit.pressed import BAR, value_of
from commands.kit.words import _

PER_ROW = 4


def kind_name(kind: str) -> str:
    """A kind of file in words."""
    return {
        "workbook": _("Workbook (XLSX)"),
        "flows": _("Flows (CSV)"),
        "hxl": _("Flows with HXL row (CSV)"),
        "sheet": _("Flows (XLSX)"),
        "asks": _("Requirements (CSV)"),
        "brief": _("One-page brief (PDF)"),
        "png": _("Chart (PNG)"),
    }[kind]


KINDS = ("workbook", "brief", "png", "flows", "hxl", "sheet", "asks")


def files_card(scope: str, value: str) -> Card:
    """Every kind of file, of one plan or of all."""
    text = _("Files of {scope}. I make them and send them to you in our direct messages.").format(scope=scope)
    buttons = [button(kind_name(kind), f"funding:file:{kind}", value_of(kind, value, by=BAR)) for kind in KINDS]
    rows: list[Block] = [actions(*buttons[start : start + PER_ROW]) for start in range(0, len(buttons), PER_ROW)]
    note = _(
        "Flows and requirements can be imported again and give the same totals. Confidential lines are in no file."
    )
    return Card(text, (section(text), *rows, context(note)))


def coming_card(kind: str) -> Card:
    """A file is being made."""
    text = _("{file}: I am making it. It comes in our direct messages in a moment.").format(file=kind_name(kind))
    return Card(text, (section(text),))
