"""The import: the form for the file, and what was saved of it."""

from __future__ import annotations

from commands.agencies.rules.columns import EXPORT_TITLES
from commands.agencies.rules.planning import Plan
from commands.agencies.rules.search import ListState
from commands.agencies.views.parts import verb
from commands.kit.cards import Block, actions, button, context, escape, section, shorten
from commands.kit.forms import field_block, file_input, modal
from commands.kit.numbers import number_text
from commands.kit.tables import FILE_KINDS, encoding_field
from commands.kit.words import _

LONGEST_TITLE = 60


def import_form(notes: ListState) -> Block:
    """The form that takes the file."""
    explained = _(
        "The file is a table with one organisation in a row, as CSV or XLSX of at most 5 MB and 5,000 rows. It needs a "
        "column with names; these columns are read, in any order and also under their French and Spanish names: "
        "{columns}. Lists from FTS, 3W files and my own export work as they are. Nothing is saved before you have seen "
        "what would change."
    ).format(columns=", ".join(EXPORT_TITLES))
    return modal(
        verb("import"),
        _("Import agencies"),
        [
            section(explained),
            field_block("file", _("File"), file_input(kinds=FILE_KINDS)),
            encoding_field(),
        ],
        submit=_("Preview"),
        close=_("Cancel"),
        notes=notes,
    )


def counts_line(plan: Plan) -> str:
    """How many are added, changed, left alone, skipped and refused."""
    return _(
        "Added: {added} · changed: {changed} · left alone: {left} · skipped as the same: {same} · refused: {refused}"
    ).format(
        added=number_text(len(plan.added)),
        changed=number_text(len(plan.changed)),
        left=number_text(len(plan.left)),
        same=number_text(len(plan.same)),
        refused=number_text(len(plan.refused)),
    )


def result_form(file_name: str, plan: Plan) -> Block:
    """What was saved."""
    words = _(":white_check_mark: *{file} is imported.*").format(file=escape(shorten(file_name, LONGEST_TITLE)))
    blocks = [section(f"{words}\n{counts_line(plan)}")]
    if plan.refused:
        blocks.append(context(_("Refused rows are not saved. Correct them in the file and import it again.")))
    blocks.append(actions(button(_("All agencies"), verb("list")), button(_("Import another list"), verb("import"))))
    return modal(verb("list"), _("Import: done"), blocks, close=_("Close"))
