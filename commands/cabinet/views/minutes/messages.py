"""The minutes in Slack: the secretary's review, what is circulated, comments, and corrigenda."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.views.minutes.documents import DocumentData, PointData, with_colon
from commands.cabinet.views.notes import MinutesNotes
from commands.kit.cards import (
    BLOCKS_PER_VIEW,
    Block,
    Card,
    actions,
    button,
    confirm,
    context,
    divider,
    escape,
    header,
    mention,
    option,
    pages,
    section,
    sections,
    shorten,
)
from commands.kit.forms import field_block, modal, select, text_input
from commands.kit.handling import Handling, highest
from commands.kit.names.levels import level_note
from commands.kit.pages import earlier_text
from commands.kit.pressed import value_of
from commands.kit.words import _, pgettext
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting
from storage.cabinet.minutes import Comment, Minutes, MinutesState

TEXT, ITEM = "text", "item"
TEXT_LIMIT = 3000
COMMENT_LIMIT = 2000
PREVIEW = 200
WHOLE = "0"
ALL_THE_SAME = "same"
COMMENTS_SHOWN = 15


def state_name(state: str) -> str:
    """Where minutes stand."""
    return {
        MinutesState.DRAFT: pgettext("minutes", "draft"),
        MinutesState.CIRCULATED: pgettext("minutes", "circulated for comment"),
        MinutesState.ISSUED: pgettext("minutes", "issued"),
    }[MinutesState(state)]


def draft_card(minutes: Minutes, meeting: Meeting) -> Card:
    """What the secretary is told when the meeting has ended, kept current until the minutes are issued."""
    title = _("Minutes of {title}").format(title=meeting.title)
    text = f"*{escape(title)}* · {state_name(minutes.state)}"
    if minutes.state == MinutesState.DRAFT:
        text += "\n" + _(
            "Attendance, decisions and actions are in it already. Add what was considered, then circulate."
        )
    value = str(minutes.id)
    row = actions(button(_("Open"), "cabinet:minutes", value, style="primary"))
    blocks = (section(text), *level_note(meeting.handling), row)
    return Card(f"{title}: {state_name(minutes.state)}", blocks, Handling(meeting.handling))


def review_form(
    minutes: Minutes,
    meeting: Meeting,
    items: Sequence[Item],
    texts: dict[int, str],
    comments: Sequence[Comment],
    *,
    leads: bool,
    comments_on: bool = True,
    warning: str = "",
) -> Block:
    """The minutes item by item, with what this person may do; `comments_on`: they sit there, and may comment.

    `warning` is what the secretary is to know before they are issued all the same.
    """
    blocks: list[Block] = [section(f"*{escape(meeting.title)}* · {state_name(minutes.state)}")]
    if warning:
        same = button(_("Issue all the same"), "cabinet:issue:same", value_of(minutes.id, ALL_THE_SAME), style="danger")
        blocks += [section(warning), actions(same)]
    blocks.append(actions(*_buttons(minutes, leads=leads, comments_on=comments_on)))
    for number, item in enumerate(items, start=1):
        text = texts.get(item.id, "")
        shown = escape(shorten(text, PREVIEW)) if text else f"_{_('Nothing written yet.')}_"
        can_edit = leads and minutes.state != MinutesState.ISSUED
        change = (
            button(_("Edit"), f"cabinet:minutes-item:{item.id}", value_of(minutes.id, item.id)) if can_edit else None
        )
        blocks.append(section(f"*{number}. {escape(shorten(item.title, 150))}*\n{shown}", accessory=change))
    if leads and comments:
        blocks += [divider(), section(f"*{_('Comments')}*"), *_comments(comments, items)]
    return modal("cabinet:nothing", _("Minutes"), blocks[:BLOCKS_PER_VIEW], close=_("Close"))


def _buttons(minutes: Minutes, *, leads: bool, comments_on: bool) -> list[Block]:
    value = str(minutes.id)
    export = button(_("Send me the files"), "cabinet:export", value_of("minutes", minutes.id))
    if minutes.state == MinutesState.ISSUED:
        return [export, *([button(_("Corrigendum…"), "cabinet:corrigendum", value)] if leads else [])]
    if not leads:
        return [export, *([button(_("Comment…"), "cabinet:comment", value)] if comments_on else [])]
    issue = button(_("Issue"), "cabinet:issue", value, confirm=_issue_question(minutes))
    if minutes.state == MinutesState.DRAFT:
        return [button(_("Circulate for comment"), "cabinet:circulate", value, style="primary"), issue, export]
    return [issue, export]


def _issue_question(minutes: Minutes) -> Block:
    text = _("They go to the meeting's channel, and nothing in them can be changed any more: only corrigenda follow.")
    if minutes.state == MinutesState.DRAFT:
        never = _("They were never circulated for comment: nobody but chair and secretary could read them.")
        text = f"{never} {text}"
    return confirm(
        _("Issue these minutes?"),
        text,
        _("Issue"),
        _("Back"),
    )


def _comments(comments: Sequence[Comment], items: Sequence[Item]) -> list[Block]:
    titles = {item.id: f"{number}. {item.title}" for number, item in enumerate(items, start=1)}
    earlier = len(comments) - COMMENTS_SHOWN
    shown = [context(earlier_text(earlier))] if earlier > 0 else []
    for one in comments[-COMMENTS_SHOWN:]:
        about = escape(shorten(titles.get(one.item_id or 0, _("On the whole")), 100))
        shown.append(section(f"{mention(one.said_by)} · {about}\n>{_quoted(one.text)}"))
    return shown


def _quoted(text: str) -> str:
    return escape(shorten(text, 1000)).replace("\n", "\n>")


def item_form(minutes: Minutes, item: Item, text: str) -> Block:
    """The secretary's words on one item."""
    blocks = [
        section(f"*{escape(shorten(item.title, 300))}*"),
        field_block(
            TEXT,
            _("What was considered"),
            text_input(initial=text or None, long=True, most=TEXT_LIMIT),
            optional=True,
            hint=_("Without saying who said what. Decisions, reservations and actions are printed by themselves."),
        ),
    ]
    notes = MinutesNotes(minutes.id, item.id)
    return modal("cabinet:minutes-item", _("Minutes"), blocks, submit=_("Save"), close=_("Close"), notes=notes)


def remark_form(minutes: Minutes, items: Sequence[Item], *, corrigendum: bool) -> Block:
    """A comment on circulated minutes, or a corrigendum to issued ones."""
    choices = [option(_("On the whole"), WHOLE)]
    choices += [option(f"{number}. {item.title}", str(item.id)) for number, item in enumerate(items[:99], start=1)]
    title = _("Corrigendum") if corrigendum else _("Comment")
    hint = (
        _("For example: For “12 March” read “14 March”. It is numbered and shown with the minutes.")
        if corrigendum
        else _("The secretary reads it. It changes nothing by itself.")
    )
    blocks = [
        field_block(ITEM, _("Concerns"), select(choices, initial=WHOLE)),
        field_block(TEXT, title, text_input(long=True, most=COMMENT_LIMIT), hint=hint),
    ]
    verb = "cabinet:corrigendum" if corrigendum else "cabinet:comment"
    submit = _("Issue") if corrigendum else _("Send")
    return modal(verb, title, blocks, submit=submit, close=_("Close"), notes=MinutesNotes(minutes.id))


def comment_card(meeting: Meeting, comment: Comment, item: Item | None) -> Card:
    """What the secretary is told of a comment."""
    title = _("A comment on the minutes of {title}").format(title=meeting.title)
    where = escape(item.title if item else _("On the whole"))
    level = highest(Handling(meeting.handling), Handling(item.handling if item else meeting.handling))
    text = f"*{escape(title)}*\n{mention(comment.said_by)} · {where}\n>{_quoted(comment.text)}"
    opens = button(_("Open the minutes"), "cabinet:minutes", str(comment.minutes_id))
    return Card(title, (section(text), actions(opens)), level)


def minutes_cards(minutes: Minutes, meeting: Meeting, data: DocumentData) -> list[Card]:
    """The minutes as messages: the first for the channel, the others for its thread. Nothing is cut."""
    title = _("Minutes of {title}").format(title=meeting.title)
    issued = minutes.state == MinutesState.ISSUED
    state = context(escape(str(data["state"]))) if issued else asks_for_comment()
    blocks: list[Block] = [header(title), state]
    facts = [f"*{escape(with_colon(row['label']))}* {escape(row['text'])}" for row in data["attendance"]]
    blocks += sections("\n".join(facts)) if facts else []
    for point in data["points"]:
        blocks += sections("\n".join(_point_lines(point)))
    if data["further"]:
        blocks += sections("\n".join([f"*{data['further_title']}*", *(_action_line(row) for row in data["further"])]))
    for one in data["corrections"]:
        item = f" ({escape(one['item'])})" if one["item"] else ""
        blocks += sections(f"*{escape(one['head'])}*{item}\n{escape(one['text'])}")
    blocks.append(actions(*_reader_buttons(minutes)))
    return [Card(title, tuple(part), Handling(meeting.handling)) for part in pages(blocks)]


def asks_for_comment() -> Block:
    """What circulated minutes say at their head."""
    return context(_("Draft for comment: say what should be put differently, the secretary reads it."))


def is_issued_since() -> Block:
    """The same, once the minutes are issued."""
    return context(_("This draft was circulated for comment. The minutes are issued since: they stand further down."))


def _reader_buttons(minutes: Minutes) -> list[Block]:
    value = str(minutes.id)
    export = button(_("Send me the files"), "cabinet:export", value_of("minutes", minutes.id))
    if minutes.state == MinutesState.ISSUED:
        return [export]
    return [button(_("Comment…"), "cabinet:comment", value), export]


def _point_lines(point: PointData) -> list[str]:
    lines = [f"*{point['number']}. {escape(point['title'])}*"]
    lines += [f"_{escape(point['question'])}_"] if point["question"] else []
    lines += [escape(part) for part in point["paragraphs"]]
    for one in point["decisions"]:
        lines.append(f">*{escape(one['head'])}*")
        lines += [f">{escape(part)}" for part in [*one["paragraphs"], one["owner"]]]
        lines += [f">*{escape(note['label'])}* {escape(note['text'])}" for note in one["notes"]]
    return lines + [_action_line(row) for row in point["actions"]]


def _action_line(row: dict[str, str]) -> str:
    return f"• {escape(row['text'])} ({escape(row['owner'])}, {escape(row['due'])})"


def corrigendum_card(meeting: Meeting, head: str, item: str, text: str) -> Card:
    """A corrigendum, in the thread of the minutes and in the channel."""
    about = f" ({escape(item)})" if item else ""
    title = f"{head} · {meeting.title}"
    return Card(title, (section(f"*{escape(title)}*{about}\n{escape(text)}"),), Handling(meeting.handling))
