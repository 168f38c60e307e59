"""Files that are not understood: what they look like, and what is missing."""

from __future__ import annotations

from commands.funding.rules.imports.columns import Layout
from commands.kit.tables import Header
from commands.kit.words import _


def no_kind(header: Header) -> str:
    """Why a file is none that can be read: what its first row has."""
    titles = ", ".join(_("“{title}”").format(title=title[:40]) for title in header.titles[:8] if title)
    return _(
        "This is none of the files that FTS publishes: flows (with id, amountUSD, boundary, onBoundary, status), or "
        "requirements and funding by plan or cluster. Its first row has: {titles}."
    ).format(titles=titles or "–")


def column_missing(layout: Layout, missing: list[str]) -> str:
    """Which columns a file lacks that is nearly one of a known layout."""
    kinds = {
        "flows": _("This looks like a file of flows, but these columns are missing: {columns}."),
        "hapi": _("This looks like HDX HAPI's funding file, but these columns are missing: {columns}."),
        "clusters": _("This looks like requirements by cluster, but these columns are missing: {columns}."),
        "plans": _("This looks like requirements by plan, but these columns are missing: {columns}."),
        "website": _("This looks like an export of FTS's website, but these columns are missing: {columns}."),
    }
    why = ""
    if "onBoundary" in missing:
        why = " " + _("Without onBoundary, money that is shared with other countries or years would be counted here.")
    return kinds[layout.name].format(columns=", ".join(missing)) + why
