"""The duty roster: who is on duty now, what comes, where nobody is, and who acts for which post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.escalations.rules.roster import Gap, OfficerInCharge, OnDuty, Source, Turn, TurnKind
from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    confirm,
    context,
    divider,
    escape,
    mention,
    section,
    sections,
)
from commands.kit.dates import ONE_DAY, WorkCalendar, clock_text, short_text, zone_text
from commands.kit.forms import modal
from commands.kit.pages import page_of, turning
from commands.kit.times.rhythm import weekdays_text
from commands.kit.words import _
from storage.duty import Post

TURNS_SHOWN = 12
WINDOWS_SHOWN = 30
GAPS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Board:
    """What the roster shows. `windows` are those that are not over, of all posts; `mine` are the reader's own spans.

    `page` is the page of the shifts that the reader has turned to.
    """

    now: datetime
    zone: ZoneInfo
    hours: WorkCalendar | None
    on_duty: OnDuty | None
    turns: Sequence[Turn]
    gaps: Sequence[Gap]
    posts: Sequence[Post]
    windows: Sequence[OfficerInCharge]
    is_kept: bool = True
    may_edit: bool = False
    mine: Sequence[Turn] = ()
    note: str = ""
    page: int = 0


def post_name(post: Post) -> str:
    """A post as people say it; the mission's own words for a post of its own."""
    usual = {"srsg": _("SRSG"), "deputy": _("Deputy SRSG"), "chief_of_staff": _("Chief of staff")}
    return usual.get(post.code) or post.title


def span_text(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """A span in the zone that the page names: `Thu 26 Nov 08:00 to 17:00`, with the day where it is another one."""
    first, last = starts_at.astimezone(zone), ends_at.astimezone(zone)
    same_day = first.date() == last.date()
    ends = clock_text(last.time()) if same_day else short_text(ends_at, zone)
    return _("{start} to {end}").format(start=short_text(starts_at, zone), end=ends)


def duty_form(board: Board) -> Block:
    """The whole page."""
    blocks = [section(f"*{board.note}*")] if board.note else []
    blocks += [section(now_text(board)), actions(*_tools(board)), context(_hours_line(board))]
    blocks += _gaps(board)
    blocks += [divider(), *_turns(board), divider(), *_posts(board)]
    return modal("escalations:duty", _("Duty roster"), blocks, close=_("Close"))


def now_text(board: Board) -> str:
    """Who is on duty now, until when, and why it is they."""
    found = board.on_duty
    if found is None:
        return _("*Nobody is on duty now.* An escalation goes on at once to the next step of its chain.")
    person = mention(found.person)
    if found.source is Source.RESERVE:
        return _(
            "*On duty now:* {person}. The roster names nobody; as duty officer they are asked all the same."
        ).format(person=person)
    text = _("*On duty now:* {person}, until further notice.").format(person=person)
    if found.until is not None:
        until = short_text(found.until, board.zone)
        text = _("*On duty now:* {person}, until {until}.").format(person=person, until=until)
    if found.instead_of:
        text += " " + _("They stand in for {person}.").format(person=mention(found.instead_of))
    return text


def _hours_line(board: Board) -> str:
    zone = zone_text(board.now, board.zone)
    if board.hours is None:
        return _("Somebody is to be on duty around the clock. Times here: {zone}.").format(zone=zone)
    return _("Duty hours: {hours}. Times here: {zone}.").format(hours=hours_text(board.hours, board.now), zone=zone)


def hours_text(hours: WorkCalendar, now: datetime) -> str:
    """Duty hours in words, with their zone."""
    week = hours.week_on(now.astimezone(hours.zone).date())
    days = weekdays_text(sorted(week.days))
    times = f"{clock_text(week.start)}–{clock_text(week.end)}"
    return f"{days}, {times} ({zone_text(now, hours.zone)})"


def _tools(board: Board) -> list[Block]:
    buttons = []
    if board.mine:
        buttons.append(button(_("Hand over my shift"), "escalations:duty-hand", style="primary"))
    if board.may_edit:
        buttons += [
            button(_("Add shifts"), "escalations:duty-add"),
            button(_("Put in a stand-in"), "escalations:duty-stand-in"),
            button(_("Officer in charge"), "escalations:duty-oic"),
            button(_("Posts"), "escalations:duty-posts"),
            button(_("Duty hours"), "escalations:duty-hours"),
        ]
    return [*buttons, button(_("My e-mail"), "escalations:email")]


def _gaps(board: Board) -> list[Block]:
    if not board.is_kept or not board.gaps:
        return []
    lines = [f"• {gap_text(gap, board.zone)}" for gap in board.gaps[:GAPS_SHOWN]]
    if len(board.gaps) > GAPS_SHOWN:
        lines.append(_("and {count} more").format(count=len(board.gaps) - GAPS_SHOWN))
    return [section("\n".join([_("*Nobody is on duty in the coming week:*"), *lines]))]


def gap_text(gap: Gap, zone: ZoneInfo) -> str:
    """A gap, and who would have been on duty."""
    span = span_text(gap.starts_at, gap.ends_at, zone)
    if not gap.away:
        return span
    return _("{span}: {people} cannot be there").format(span=span, people=", ".join(mention(one) for one in gap.away))


def _turns(board: Board) -> list[Block]:
    if not board.turns:
        text = _("*Shifts* · none. Until there are any, the people with the role of duty officer are asked in order.")
        return [section(text)]
    blocks = [section(_("*Shifts*"))]
    page = page_of(board.turns, board.page, TURNS_SHOWN)
    for turn in page.items:
        text = " · ".join([mention(turn.person), span_text(turn.starts_at, turn.ends_at, board.zone), *_kind(turn)])
        blocks.append(section(text, accessory=_turn_off(turn) if board.may_edit else None))
    return blocks + turning(page, "escalations:duty")


def _kind(turn: Turn) -> list[str]:
    return {
        TurnKind.SHIFT: [],
        TurnKind.STAND_IN: [_("stand-in")],
        TurnKind.HAND_OVER: [_("handed over")],
    }[turn.kind]


def _turn_off(turn: Turn) -> Block:
    sure = confirm(
        _("Take it away?"),
        _("{person} is told that they are not on duty then.").format(person=mention(turn.person)),
        _("Take away"),
        _("Keep it"),
        danger=True,
    )
    return button(_("Take away"), f"escalations:duty-off:{turn.id}", str(turn.id), confirm=sure)


def _posts(board: Board) -> list[Block]:
    lines = [_post_line(post, board) for post in board.posts]
    blocks = sections("\n".join([_("*Posts*"), *lines]))
    names = {post.code: post_name(post) for post in board.posts}
    for window in board.windows[:WINDOWS_SHOWN]:
        text = _("{post}: {person} in charge, {span}").format(
            post=escape(names.get(window.post, window.post)),
            person=mention(window.person),
            span=span_text(window.starts_at, window.ends_at, board.zone),
        )
        blocks.append(section(text, accessory=_window_off(window) if board.may_edit else None))
    return blocks


def _post_line(post: Post, board: Board) -> str:
    name = escape(post_name(post))
    holder = mention(post.holder) if post.holder else _("nobody named")
    acting = next((one for one in board.windows if one.post == post.code and one.starts_at <= board.now), None)
    if acting is None:
        return _("• {post}: {holder}").format(post=name, holder=holder)
    return _("• {post}: {holder}; now in charge: {person}").format(
        post=name, holder=holder, person=mention(acting.person)
    )


def _window_off(window: OfficerInCharge) -> Block:
    sure = confirm(
        _("Take it away?"),
        _("{person} is told that they are not in charge then.").format(person=mention(window.person)),
        _("Take away"),
        _("Keep it"),
        danger=True,
    )
    return button(_("Take away"), f"escalations:oic-off:{window.id}", str(window.id), confirm=sure)


def gaps_card(gaps: Sequence[Gap], zone: ZoneInfo, now: datetime) -> Card:
    """To the coordinator: where the roster has nobody."""
    title = _("The duty roster of the SRSG office has nobody in the coming week:")
    lines = [f"• {gap_text(gap, zone)}" for gap in gaps]
    closing = _("Times: {zone}. Add a shift or put in a stand-in; I tell each gap once.").format(
        zone=zone_text(now, zone)
    )
    text = "\n".join([title, *lines])
    roster = actions(button(_("Open the roster"), "escalations:duty"))
    return Card(text, (section(text), context(closing), roster))


WEEK = 7 * ONE_DAY
