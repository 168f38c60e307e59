"""The buttons of a preview that import a file."""

from __future__ import annotations

from commands.funding.rules.imports.withdrawing import hindrance
from commands.kit.cards import Block, button, confirm
from commands.kit.numbers import number_text
from commands.kit.pressed import value_of
from commands.kit.words import _, ngettext
from storage.funding.imports import FundingImport


def decisions(kept: FundingImport) -> list[Block]:
    """What can be done with a preview: the first button is what most will want."""
    value = str(kept.id)
    if not any(kept.counts.get(name) for name in ("new", "changed", "unchanged")):
        return []  # every row waits for somebody to say what is meant
    missing = kept.counts.get("missing", 0)
    if alone := kept.counts.get("only_here", 0):
        return _with_or_without(value, alone)
    if not missing or hindrance(kept.counts, kept.options):
        return [button(_("Import"), "funding:save-import", value, style="primary")]
    withdraw = ngettext("Import and withdraw {count} row", "Import and withdraw {count} rows", missing)
    return [
        button(
            withdraw.format(count=number_text(missing)),
            "funding:save-import:withdraw",
            value_of(value, "withdraw"),
            style="primary",
            confirm=confirm(
                _("Is the file complete?"),
                _("What the file lacks is shown as withdrawn and counts no more. This can be taken back."),
                _("It is complete"),
                _("Cancel"),
            ),
        ),
        button(_("Import and keep what is missing"), "funding:save-import", value),
    ]


def _with_or_without(value: str, alone: int) -> list[Block]:
    """Of an older file: whether what the newer one did not have was withdrawn at FTS since, or was only not in it."""
    without = ngettext("Import without {count} row", "Import without {count} rows", alone)
    return [
        button(_("Import all of it"), "funding:save-import", value),
        button(without.format(count=number_text(alone)), "funding:save-import:leave", value_of(value, "leave")),
    ]
