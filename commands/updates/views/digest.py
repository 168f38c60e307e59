"""The digest of a round and its addenda: all that was answered, in as many messages as Slack's limits ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, Card, context, divider, escape, header, moment, pages, section, sections
from commands.kit.dates import when_text
from commands.kit.handling import Handling
from commands.kit.names.levels import level_name
from commands.kit.names.sectors import sector_name, sector_order
from commands.kit.numbers import number_text
from commands.kit.words import _, ngettext
from commands.updates.rules.answers import answer_text, stored_number
from commands.updates.rules.digest import GENERAL, Chapter, Chosen, Contents, Line, Reply, Total, agency_lines, contents
from commands.updates.rules.questions import Item, Kind, Question, questions_of
from commands.updates.views.board import received_text
from commands.updates.views.words import item_label, level_of, period_text, state_line, waived_because
from storage.updates.returns import ReturnState
from storage.updates.rounds import GroupBy, Round

# A message leaves room for the line that says where it goes on.
BLOCKS_PER_PAGE = 46
TEXT_PER_PAGE = 10_000
HEADER_LIMIT = 150


@dataclass(frozen=True, slots=True)
class Issue:
    """What a digest is written from. `last` holds the answers of the last round by agency id."""

    round: Round
    replies: Sequence[Reply]
    last: Mapping[int, Mapping[str, Any]]
    zone: ZoneInfo
    now: datetime
    contents: Contents = field(init=False)

    def __post_init__(self) -> None:
        """Sort and add up what was answered."""
        object.__setattr__(self, "contents", contents(self.questions, self.replies, self.last))

    @property
    def questions(self) -> list[Question]:
        """The questions of the round."""
        return questions_of(self.round.questions)


def digest_cards(issue: Issue) -> list[Card]:
    """The digest: the first message for the channel, the others for its thread. Nothing is cut."""
    blocks = [*_headline(issue), *_totals(issue), *_gaps(issue), *_body(issue)]
    counts = issue.contents.tally
    plain = _("{title}: {answered} of {total} updates received, {missing} not received.").format(
        title=issue.round.title, answered=counts.answered, total=counts.total, missing=len(issue.contents.missing)
    )
    return paged(plain, blocks, level_of(issue.round))


def paged(plain: str, blocks: Sequence[Block], level: Handling) -> list[Card]:
    """Blocks as messages; each but the last says that it goes on."""
    parts = pages(blocks, count=BLOCKS_PER_PAGE, text=TEXT_PER_PAGE)
    cards = []
    for number, part in enumerate(parts):
        left = len(parts) - 1 - number
        note = [context(_continued(left))] if number == 0 and left else []
        place = _(" ({number} of {count})").format(number=number + 1, count=len(parts)) if number else ""
        cards.append(Card(plain + place, (*part, *note), level))
    return cards


def _continued(left: int) -> str:
    return ngettext(
        "Continued in the thread: {count} more message.", "Continued in the thread: {count} more messages.", left
    ).format(count=left)


def _headline(issue: Issue) -> list[Block]:
    this, counts = issue.round, issue.contents.tally
    lines = [
        period_text(this),
        received_text(counts),
        _("As of {when}").format(when=moment(issue.now, when_text(issue.now, issue.zone))),
    ]
    if not counts.answered:
        none = _("*No updates received.* Nobody has answered this round.")
        lines[1] = none if counts.total else _("*No agency was asked.*")
    if level_of(this) is not Handling.UNCLASSIFIED:
        lines.insert(0, f"*{level_name(level_of(this))}*")
    title = _("{title}: digest").format(title=this.title)
    return [header(title[:HEADER_LIMIT]), section("\n".join(line for line in lines if line))]


def _totals(issue: Issue) -> list[Block]:
    lines = [_total_line(total) for total in issue.contents.totals if total.counted]
    lines += [_chosen_line(chosen) for chosen in issue.contents.chosen if chosen.counts]
    return sections("\n".join(lines)) if lines else []


def _chosen_line(chosen: Chosen) -> str:
    counts = ", ".join(f"{escape(answer_text(chosen.question, value))} *{count}*" for value, count in chosen.counts)
    return _("• {question}: {counts}").format(question=escape(chosen.question.words), counts=counts)


def _total_line(total: Total) -> str:
    question = total.question
    number = number_text(total.sum or Decimal(), question.unit)
    parts = [f"• {escape(question.words)}: *{escape(number)}*"]
    if total.change is not None:
        parts.append(
            ngettext(
                "({change} since the last round, over {count} agency)",
                "({change} since the last round, over {count} agencies)",
                total.compared,
            ).format(change=change_text(total.change), count=total.compared)
        )
    if total.unknown:
        parts.append(_("not known: {codes}").format(codes=escape(", ".join(total.unknown))))
    return " · ".join(parts)


def change_text(change: Decimal) -> str:
    """A difference with its sign; no difference in words."""
    if not change:
        return _("no change")
    sign = "+" if change > 0 else "\N{MINUS SIGN}"
    return f"{sign}{number_text(abs(change))}"


def _gaps(issue: Issue) -> list[Block]:
    found = issue.contents
    lines = []
    if found.missing:
        lines.append(_("*Not received:* {codes}").format(codes=escape(", ".join(found.missing))))
    if found.nil:
        lines.append(_("*Nothing to report:* {codes}").format(codes=escape(", ".join(found.nil))))
    if found.late:
        lines.append(_("*Received late:* {codes}").format(codes=escape(", ".join(found.late))))
    waived = [reply for reply in issue.replies if reply.given.state == ReturnState.WAIVED]
    if waived:
        texts = ", ".join(f"{escape(one.code)} ({escape(waived_because(one.given.waived_reason))})" for one in waived)
        lines.append(_("*Waived:* {codes}").format(codes=texts))
    return sections("\n".join(lines)) if lines else []


def _body(issue: Issue) -> list[Block]:
    if issue.round.group_by == GroupBy.AGENCY:
        return [block for reply in issue.replies if reply.says_something for block in _agency_blocks(issue, reply)]
    sectors = issue.contents.sectors
    order = sorted(sectors, key=lambda name: (name == GENERAL, sector_order(name)))
    return [block for sector in order for block in _sector_blocks(sector, sectors[sector])]


def _sector_blocks(sector: str, chapters: Sequence[Chapter]) -> list[Block]:
    name = sector_name(sector) if sector else _("Several sectors, and the mission as a whole")
    blocks = [divider(), header(name[:HEADER_LIMIT])]
    for chapter in chapters:
        blocks += sections(f"*{escape(chapter.question.words)}*\n" + "\n".join(_chapter_lines(chapter)))
    return blocks


def _chapter_lines(chapter: Chapter) -> list[str]:
    """New answers in full; those that are as they were are named, so that what is new stands out."""
    fresh = [line for line in chapter.lines if not line.is_unchanged]
    same = [line for line in chapter.lines if line.is_unchanged]
    lines = [f"• *{escape(line.code)}*: {line_text(chapter.question, line)}" for line in fresh]
    unchanged = _("• *{code}*, unchanged: {answer}")
    return lines + [
        unchanged.format(code=escape(line.code), answer=escape(answer_text(chapter.question, line.value)))
        for line in same
    ]


def line_text(question: Question, line: Line) -> str:
    """An answer as a digest shows it; a number with its change."""
    text = escape(answer_text(question, line.value))
    if question.kind is not Kind.NUMBER or line.was is None:
        return text
    now, before = stored_number(str(line.value)), stored_number(str(line.was))
    if now is None or before is None:
        return text
    return f"{text} ({change_text(now - before)})"


def _agency_blocks(issue: Issue, reply: Reply) -> list[Block]:
    title = f"{reply.code} · {reply.name}"
    found = agency_lines(issue.questions, reply, issue.last)
    return [divider(), header(title[:HEADER_LIMIT]), *sections(answers_text(found))]


def answers_text(found: Sequence[tuple[Item, Line]]) -> str:
    """Everything one agency answered, question by question."""
    parts = []
    for item, line in found:
        note = _(" (unchanged)") if line.is_unchanged else ""
        parts.append(f"*{escape(item_label(item))}*{note}\n{line_text(item.question, line)}")
    return "\n".join(parts)


def addendum_cards(issue: Issue, replies: Sequence[Reply], number: int) -> list[Card]:
    """What came or was changed after the digest; `replies` are those it has not shown yet."""
    title = _("{title}: addendum {number}").format(title=issue.round.title, number=number)
    when = _("As of {when}").format(when=moment(issue.now, when_text(issue.now, issue.zone)))
    counts = issue.contents.tally
    received = _("Updates received: *{answered} of {total}*").format(answered=counts.answered, total=counts.total)
    blocks: list[Block] = [header(title[:HEADER_LIMIT]), section(f"{when}\n{received}")]
    for reply in replies:
        blocks += _addendum_blocks(issue, reply)
    codes = ", ".join(reply.code for reply in replies)
    plain = _("{title}: {codes}").format(title=title, codes=codes)
    return paged(plain, blocks, level_of(issue.round))


def _addendum_blocks(issue: Issue, reply: Reply) -> list[Block]:
    given = reply.given
    what = _("Changed since the digest") if given.digest_version else _("Received after the digest")
    state = state_line(given, issue.zone)
    intro = section(f"*{escape(reply.code)}* {escape(reply.name)}\n{what}: {state}")
    if not reply.says_something:
        return [divider(), intro]
    return [divider(), intro, *sections(answers_text(agency_lines(issue.questions, reply, issue.last)))]
