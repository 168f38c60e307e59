"""What a preview says of the file itself: whether it is all of an answer, how old it is, what that hinders."""

from __future__ import annotations

from commands.funding.rules.differences import Check
from commands.funding.rules.imports.answers import standing_of
from commands.funding.rules.imports.withdrawing import Hindrance, newer_file
from commands.funding.views.checks import check_lines
from commands.kit.cards import Block, escape, section, sections
from commands.kit.dates import day_text
from commands.kit.numbers import number_text
from commands.kit.words import _, ngettext
from storage.funding.imports import FundingImport, ImportState
from storage.funding.newer import NEWEST_ROW

CHECKS = 8


def hindrance_text(why: Hindrance) -> str:
    """Why nothing can be withdrawn by a file."""
    return {
        Hindrance.PART: _("These pages are a part of FTS's answer, so nothing can be withdrawn by them."),
        Hindrance.SEARCH: _("It holds what a search on FTS's website found, so nothing can be withdrawn by it."),
        Hindrance.OLDER: _("Newer figures are on record than this file holds, so nothing can be withdrawn by it."),
        Hindrance.REFUSED: _("As rows of this file are refused, nothing can be withdrawn by it."),
    }[why]


def standing_blocks(kept: FundingImport) -> list[Block]:
    """Whether the file is whole and whether it is the newest; nothing where there is nothing to say."""
    texts = [*_answer(kept), *_age(kept)]
    return [section("\n".join(texts))] if texts else []


def _answer(kept: FundingImport) -> list[str]:
    """How many of an answer's flows are there, and which page comes next."""
    standing = standing_of(kept.options)
    if standing is None:
        return []
    counts = {"have": number_text(standing.have), "of": number_text(standing.of)}
    if standing.is_complete:
        return [_("All pages are here: {have} of the {of} flows that FTS counts.").format(**counts)]
    if standing.have > standing.of:
        text = _(
            ":warning: *These pages do not fit together: they hold {have} flows, and FTS counts {of}.* Download them "
            "again, one right after the other."
        )
        return [text.format(**counts)]
    text = _(
        ":warning: *This is a part: {have} of the {of} flows that FTS counts.* What is not in it may be on another "
        "page. Better give all pages in one form."
    )
    lines = [text.format(**counts)]
    if standing.next_link:
        lines.append(_("The page that follows: {link}").format(link=escape(standing.next_link)))
    return lines


def _age(kept: FundingImport) -> list[str]:
    newer, older = newer_file(kept.options), int(kept.counts.get("older", 0))
    lines = []
    if newer is not None and kept.as_of is not None:
        lines.append(_older_text(kept).format(day=day_text(kept.as_of), newer=day_text(newer)))
    if kept.counts.get("only_here"):
        lines.append(_only_here(kept))
    if older:
        if kept.state == ImportState.DONE:
            text = ngettext(
                "{count} row was older and was left out.", "{count} rows were older and were left out.", older
            )
        else:
            text = ngettext(
                "{count} row would take its figure back in time; it is left out, and the newer one stays.",
                "{count} rows would take their figures back in time; they are left out, and the newer ones stay.",
                older,
            )
        lines.append(text.format(count=number_text(older)))
    return lines


def _only_here(kept: FundingImport) -> str:
    left_out, alone = (int(kept.counts.get(name, 0)) for name in ("left_out", "only_here"))
    if left_out:
        text = ngettext(
            "{count} row that the newer file did not have was left out.",
            "{count} rows that the newer file did not have were left out.",
            left_out,
        )
        return text.format(count=number_text(left_out))
    text = ngettext(
        "*{count} row is new here, and the newer file did not have it.* If that file held everything FTS has, it was "
        "withdrawn since: import without it.",
        "*{count} rows are new here, and the newer file did not have them.* If that file held everything FTS has, they "
        "were withdrawn since: import without them.",
        alone,
    )
    return text.format(count=number_text(alone))


def _older_text(kept: FundingImport) -> str:
    if kept.as_of is not None and kept.options.get(NEWEST_ROW) == kept.as_of.isoformat():
        return _(
            ":warning: *Newer figures than this file's are on record:* its newest row is of {day}, and figures of "
            "{newer} are there. If it was downloaded after that, discard it and give the day as “Downloaded on”."
        )
    return _(":warning: *This file is older than what is on record:* it is of {day}, and figures of {newer} are there.")


def checked(kept: FundingImport) -> list[Block]:
    """What FTS said beside what the flows added up to when a file was imported; that nothing could be checked."""
    if kept.state != ImportState.DONE:
        return []
    lines = check_lines([Check.from_json(one) for one in kept.checks or []], CHECKS)
    if not lines:
        lines = [_("Nothing to check it against yet: import both flows and FTS's requirements and funding by plan.")]
    return list(sections("\n".join([_("*Checked against FTS*"), *lines])))
