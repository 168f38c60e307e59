"""An import as the one message that follows it: reading, preview, result; and the list of imports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from commands.funding.rules.imports.issues import Issues
from commands.funding.rules.imports.withdrawing import SEARCH, Hindrance, hindrance
from commands.funding.views.imports.deciding import decisions
from commands.funding.views.imports.issues import issue_lines
from commands.funding.views.imports.questions import others_line, question_blocks
from commands.funding.views.imports.sources import of_a_source, source_totals
from commands.funding.views.imports.standing import checked, hindrance_text, standing_blocks
from commands.funding.views.imports.words import boundary_text, countries_text, kind_text, years_text
from commands.funding.views.money import signed, usd
from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    confirm,
    context,
    escape,
    header,
    mention,
    section,
    select_menu,
    shorten,
)
from commands.kit.dates import day_text
from commands.kit.numbers import number_text
from commands.kit.pressed import value_of
from commands.kit.tables import question_text, sheet_options, sheets_told
from commands.kit.words import _, ngettext, pgettext
from storage.funding.imports import FundingImport, ImportState

LONGEST_NAME = 60
LONGEST_SEARCH = 200
PLANS_SHOWN = 8
ISSUES_SHOWN = 8
LONGEST_ISSUES = 2800
# Under this name an import keeps the sheets of a workbook among which somebody has to choose.
SHEETS_ASKED = "sheets_asked"


def import_card(kept: FundingImport, note: str = "", *, may_undo: bool = True) -> Card:
    """Where an import stands. `may_undo`: nothing was imported after it."""
    title = title_of(kept)
    blocks = [section(note)] if note else []
    blocks += [header(title), context(about(kept)), *_sheets(kept), *_search(kept)]
    if kept.state == ImportState.READING:
        blocks += _sheet_question(kept) or [section(_progress(kept))]
    elif kept.state == ImportState.REFUSED:
        blocks.append(section(escape(kept.trouble)))
    else:
        blocks += _what_changes(kept)
    blocks += [*([] if of_a_source(kept.kind) else checked(kept)), *_issues(kept)]
    buttons = _buttons(kept, may_undo=may_undo)
    if buttons:
        blocks.append(actions(*buttons))
    return Card(f"{title}: {shorten(kept.file_name, LONGEST_NAME)}", tuple(blocks))


def title_of(kept: FundingImport) -> str:
    """Where an import stands, in a few words."""
    return {
        ImportState.READING: _("Reading a file from FTS"),
        ImportState.READY: _("Nothing is imported yet: a preview"),
        ImportState.SAVING: pgettext("import", "Importing"),
        ImportState.DONE: pgettext("import", "Imported"),
        ImportState.UNDOING: _("Taking an import back"),
        ImportState.UNDONE: _("Import taken back"),
        ImportState.DISCARDED: _("File discarded"),
        ImportState.REFUSED: _("File refused: nothing was changed"),
    }[ImportState(kept.state)]


def about(kept: FundingImport) -> str:
    """Which file it is: what it holds, of where and when, and who sent it."""
    parts = [f"*{escape(shorten(kept.file_name, LONGEST_NAME))}*", kind_text(kept.kind)]
    scope = kept.scope
    if scope:
        parts += [", ".join(boundary_text(one) for one in scope.get("boundaries", []))]
        parts += [countries_text(scope.get("countries", [])), years_text(scope.get("years", []))]
    if kept.as_of is not None and kept.state != ImportState.READING:
        parts.append(_("as of {day}").format(day=day_text(kept.as_of)))
    parts.append(mention(kept.created_by))
    return " · ".join(part for part in parts if part)


def _sheets(kept: FundingImport) -> list[Block]:
    sheets = (kept.options or {}).get("sheets")
    return sheets_told(sheets["read"], sheets["unread"], sheets["hidden"]) if sheets else []


def _search(kept: FundingImport) -> list[Block]:
    terms = (kept.options or {}).get(SEARCH)
    if terms is None:
        return []
    text = _("From a search on FTS's website: what it did not find stays on record.")
    return [context(text, *([escape(shorten(terms, LONGEST_SEARCH))] if terms else []))]


def _sheet_question(kept: FundingImport) -> list[Block]:
    asked = (kept.options or {}).get(SHEETS_ASKED)
    if not asked:
        return []
    options = sheet_options(asked["titles"], asked["hidden"], lambda title: value_of(kept.id, title))
    menu = select_menu("funding:sheet", _("Sheet to read"), options)
    return [section(escape(question_text(asked["titles"], asked["hidden"], have_columns=True))), actions(menu)]


def _progress(kept: FundingImport) -> str:
    if not kept.rows_read:
        return _("Waiting for the worker to begin.")
    if not kept.rows_total:
        return _("Reading: {read} rows so far.").format(read=number_text(kept.rows_read))
    return _("Reading {read} of about {total} rows.").format(
        read=number_text(kept.rows_read), total=number_text(kept.rows_total)
    )


def _what_changes(kept: FundingImport) -> list[Block]:
    counts = kept.counts
    if not counts:
        return []
    line = _("New: *{new}* · changed: *{changed}* · unchanged: *{unchanged}* · refused: *{refused}*").format(
        **{name: number_text(counts.get(name, 0)) for name in ("new", "changed", "unchanged", "refused")}
    )
    blocks = [section(line), *others_line(counts.get("others", 0)), *question_blocks(kept)]
    blocks += [*standing_blocks(kept), section(_totals(kept))]
    gone = counts.get("withdrawn", 0)
    missing = counts.get("missing", 0)
    if gone:
        blocks.append(section(_withdrawn_text(gone)))
    elif missing and kept.state == ImportState.READY:
        blocks.append(section(_missing_text(kept, missing)))
    return blocks


def _withdrawn_text(count: int) -> str:
    return ngettext(
        "{count} row that the file lacks is withdrawn: it is shown as withdrawn and counts no more.",
        "{count} rows that the file lacks are withdrawn: they are shown as withdrawn and count no more.",
        count,
    ).format(count=number_text(count))


def _missing_text(kept: FundingImport, count: int) -> str:
    why = hindrance(kept.counts, kept.options)
    if why is not None and why is not Hindrance.REFUSED:
        return hindrance_text(why)
    text = ngettext(
        ":warning: *{count} row on record for the same country, years and kind is not in this file.* If the file holds "
        "everything FTS has, it was withdrawn there; if the file is only a part, keep it.",
        ":warning: *{count} rows on record for the same country, years and kind are not in this file.* If the file "
        "holds everything FTS has, they were withdrawn there; if the file is only a part, keep them.",
        count,
    ).format(count=number_text(count))
    if why:
        return f"{text} {hindrance_text(why)}"
    left = Decimal(sum(one["without_missing"] for one in kept.totals)) / 100
    return f"{text} " + _("Withdrawn, the figures together would be {amount}.").format(amount=usd(left))


def _totals(kept: FundingImport) -> str:
    if of_a_source(kept.kind):
        return source_totals(kept)
    head = _("*Counted funding by plan, before → after*")
    told = [one for one in kept.totals if any(one[name] for name in ("before", "after", "asked_before", "asked_after"))]
    lines = [_total_line(one, kept) for one in told[:PLANS_SHOWN]]
    left = len(told) - PLANS_SHOWN
    if left > 0:
        lines.append(ngettext("{count} more plan", "{count} more plans", left).format(count=number_text(left)))
    lines.append(_sum_line(kept))
    return "\n".join([head, *lines])


def _after(one: dict[str, Any], kept: FundingImport) -> int:
    if kept.counts.get("left_out"):
        return int(one["without_only_here"])
    return int(one["without_missing" if kept.counts.get("withdrawn") else "after"])


def _total_line(one: dict[str, Any], kept: FundingImport) -> str:
    name = escape(shorten(one["name"], LONGEST_NAME)) if one["plan_key"] else _("Not specified")
    year = one["year"] or _("several years")
    text = f"• {one['country']} {year} · {name}: {_change(one['before'], _after(one, kept))}"
    if one["asked_after"] or one["asked_before"]:
        text += " · " + _("required {change}").format(change=_change(one["asked_before"], one["asked_after"]))
    return text


def _sum_line(kept: FundingImport) -> str:
    before, after = (sum(one["before"] for one in kept.totals), sum(_after(one, kept) for one in kept.totals))
    return _("*Together:* {change}").format(change=_change(before, after))


def _change(before: int, after: int) -> str:
    old, new = Decimal(before) / 100, Decimal(after) / 100
    return (
        _("{amount}, unchanged").format(amount=usd(new))
        if old == new
        else f"{usd(old)} → {usd(new)} ({signed(new - old)})"
    )


def _issues(kept: FundingImport) -> list[Block]:
    found = Issues.from_json(kept.issues)
    blocks: list[Block] = []
    for head, some in ((_("*Refused rows*"), found.refused), (_("*Warnings, kept with the import*"), found.warnings)):
        if some and kept.state != ImportState.READING:
            lines = [f"• {escape(issue_lines(one))}" for one in some[:ISSUES_SHOWN]]
            if len(some) > ISSUES_SHOWN:
                lines.append("…")
            blocks.append(section(shorten("\n".join([head, *lines]), LONGEST_ISSUES)))
    return blocks


def _buttons(kept: FundingImport, *, may_undo: bool) -> list[Block]:
    buttons: list[Block] = []
    value = str(kept.id)
    if kept.state == ImportState.READY:
        buttons += decisions(kept)
    if kept.state in {ImportState.READING, ImportState.READY}:
        buttons.append(button(_("Discard"), "funding:discard-import", value))
    if kept.issues and kept.state != ImportState.READING:
        buttons.append(button(_("Refusals and warnings as a file"), "funding:import-issues", value))
    if kept.state == ImportState.REFUSED:
        # The form opens as it was filled in, so that only what was wrong is corrected.
        filled_in = value if (kept.options or {}).get("typed") else ""
        buttons.append(button(_("Upload another file"), "funding:open-import", filled_in, style="primary"))
    if kept.state == ImportState.DONE and may_undo:
        buttons.append(button(_("Take this import back"), "funding:undo-import", value, confirm=_undo_question()))
    return buttons


def _undo_question() -> Block:
    return confirm(
        _("Take this import back?"),
        _("The figures become again what they were before it. The file itself is not kept; you can upload it again."),
        _("Take it back"),
        _("Cancel"),
        danger=True,
    )
