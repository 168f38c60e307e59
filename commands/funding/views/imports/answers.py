"""Whether the pages of an import are all of what FTS's API answered, in words."""

from __future__ import annotations

from commands.funding.rules.imports.answers import standing_of
from commands.kit.cards import Block, escape, section
from commands.kit.numbers import number_text
from commands.kit.words import _
from storage.funding.imports import FundingImport


def is_part(kept: FundingImport) -> bool:
    """Whether an import is known to hold only some pages of an answer: what it lacks may be on the next one."""
    standing = standing_of(kept.options)
    return standing is not None and not standing.is_complete


def answer_blocks(kept: FundingImport) -> list[Block]:
    """How many of an answer's flows are there, and which page comes next; nothing for other files."""
    standing = standing_of(kept.options)
    if standing is None:
        return []
    counts = {"have": number_text(standing.have), "of": number_text(standing.of)}
    if standing.is_complete:
        return [section(_("All pages are here: {have} of the {of} flows that FTS counts.").format(**counts))]
    if standing.have > standing.of:
        text = _(
            ":warning: *These pages do not fit together: they hold {have} flows, and FTS counts {of}.* Download them "
            "again, one right after the other. Nothing can be withdrawn by them."
        )
        return [section(text.format(**counts))]
    text = _(
        ":warning: *This is a part: {have} of the {of} flows that FTS counts.* What is not in it may be on another "
        "page, so nothing can be withdrawn by it. Better give all pages in one form."
    )
    lines = [text.format(**counts)]
    if standing.next_link:
        lines.append(_("The page that follows: {link}").format(link=escape(standing.next_link)))
    return [section("\n".join(lines))]
