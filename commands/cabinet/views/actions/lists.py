"""Lists of actions: the one that people leaf through, the reminders, and the weekly digest of what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commands.cabinet.rules.actions import Step, is_overdue
from commands.cabinet.views.actions.cards import Task, action_title, state_text, who_and_when
from commands.cabinet.views.notes import ListNotes
from commands.cabinet.views.record_words import code_of
from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    context,
    divider,
    escape,
    header,
    option,
    pages,
    section,
    sections,
    select_menu,
    shorten,
)
from commands.kit.dates import day_text
from commands.kit.entry.choices import MOST_OPTIONS
from commands.kit.forms import external_select, modal
from commands.kit.handling import Handling, highest
from commands.kit.names.agencies import agency_option
from commands.kit.names.levels import level_note
from commands.kit.pages import left_note, page_of, turning
from commands.kit.pressed import value_of
from commands.kit.words import _, ngettext, pgettext
from storage.agencies import Agency
from storage.cabinet.actions import TO_DO

MINE, OWN_AGENCIES, ALL, TO_VERIFY = "mine", "agencies", "all", "verify"
ROWS_PER_PAGE = 20
TEXT_SHOWN = 250
REMINDED_AT_MOST = 12
OWNERS_LINES = 30
OVERDUE_SHOWN = 40


def list_form(tasks: Sequence[Task], chosen: str, agencies: Sequence[Agency], number: int, *, verifies: bool) -> Block:
    """Actions that are not settled, 20 on a page, with whose they are to choose."""
    page = page_of(tasks, number, ROWS_PER_PAGE)
    place = value_of(chosen, page.number)
    overdue = sum(1 for task in tasks if is_overdue(task.action, task.today))
    head = ngettext("*{count} action*", "*{count} actions*", len(tasks)).format(count=len(tasks))
    if overdue:
        head += " · " + ngettext("*{count} overdue*", "*{count} overdue*", overdue).format(count=overdue)
    menu = _whose_menu(choices(agencies, verifies=verifies), chosen)
    buttons = [menu, button(_("New action"), "cabinet:action-new")]
    buttons.append(button(_("Export"), "cabinet:export", "records", label=_("Send me decisions and actions as files")))
    blocks: list[Block] = [section(head if tasks else _nothing(chosen)), actions(*buttons)]
    blocks += [_row(task, place) for task in page.items]
    blocks += turning(page, "cabinet:actions", lambda number: value_of(chosen, number))
    return modal("cabinet:nothing", _("Actions"), blocks, close=_("Close"), notes=ListNotes(place))


def _nothing(chosen: str) -> str:
    if chosen == MINE:
        return _("You have nothing to do for the cabinet. Well done.")
    return _("Nothing is open here.")


def _whose_menu(options: Sequence[Block], chosen: str) -> Block:
    if len(options) <= MOST_OPTIONS:
        return select_menu("cabinet:actions", _("Whose"), options, initial=chosen)
    initial = next((one for one in options if one["value"] == chosen), None)
    return external_select("cabinet:actions", initial=initial, placeholder=_("Whose"))


def choices(agencies: Sequence[Agency], *, verifies: bool) -> list[Block]:
    """Whose actions can be shown: one's own, one's agencies', everybody's, each agency's."""
    found = [
        option(pgettext("actions", "Mine"), MINE),
        option(_("My agencies"), OWN_AGENCIES),
        option(pgettext("actions", "All"), ALL),
    ]
    if verifies:
        found.append(option(_("To verify"), TO_VERIFY))
    return found + [agency_option(agency) for agency in agencies]


def _row(task: Task, place: str) -> Block:
    text = f"*{action_title(task)}* · {who_and_when(task)}\n{escape(shorten(task.action.text, TEXT_SHOWN))}"
    return section(
        text, accessory=button(_("Open"), f"cabinet:action:{task.action.id}", value_of(task.action.id, place))
    )


def reminder_card(found: Sequence[tuple[Task, Step]]) -> Card:
    """One message about everything that a person is reminded of now."""
    blocks: list[Block] = []
    for task, step in found[:REMINDED_AT_MOST]:
        blocks += _reminded(task, step)
    if len(found) > REMINDED_AT_MOST:
        blocks.append(context(_("The others are in your list.")))
    return _reminder(len(found), blocks, [task for task, _step in found])


def reminded_card(tasks: Sequence[Task], owner: str) -> Card:
    """The same later on: what the owner has done, handed over or need not do any more offers nothing."""
    blocks: list[Block] = []
    for task in tasks:
        if is_theirs(task, owner):
            blocks += _reminded(task, Step.ON_DAY if task.action.due_on == task.today else Step.BEFORE)
        else:
            blocks.append(section(f"*{action_title(task)}* · {who_and_when(task)}\n{_text(task)}"))
    return _reminder(sum(is_theirs(task, owner) for task in tasks), blocks, tasks)


def is_theirs(task: Task, owner: str) -> bool:
    """Whether a person still has to do it."""
    return task.action.owner == owner and task.action.state in TO_DO


def _reminder(count: int, blocks: Sequence[Block], tasks: Iterable[Task]) -> Card:
    title = ngettext(
        "A reminder: *{count} action* of the cabinet needs you.",
        "A reminder: *{count} actions* of the cabinet need you.",
        count,
    ).format(count=count)
    if not count:
        title = _("Nothing in this reminder needs you any more.")
    everything = actions(button(_("All my actions"), "cabinet:actions", f"{MINE}:0"))
    return Card(title.replace("*", ""), (section(title), *blocks, everything), _level(tasks))


def _reminded(task: Task, step: Step) -> list[Block]:
    value = str(task.action.id)
    return [
        section(f"*{action_title(task)}* · {step_text(task, step)}\n{_text(task)}"),
        actions(
            button(_("Done…"), f"cabinet:finish:{value}", value, style="primary"),
            button(_("Remind me tomorrow"), f"cabinet:snooze:{value}-1", value_of(value, 1)),
            button(_("In a week"), f"cabinet:snooze:{value}-5", value_of(value, 5)),
            button(_("Hand over…"), f"cabinet:hand-over:{value}", value),
        ),
    ]


def _text(task: Task) -> str:
    return escape(shorten(task.action.text, TEXT_SHOWN))


def _level(tasks: Iterable[Task]) -> Handling:
    return highest(*(Handling(task.action.handling) for task in tasks))


def step_text(task: Task, step: Step) -> str:
    """Why the owner is reminded now."""
    day = day_text(task.action.due_on)
    if is_overdue(task.action, task.today):
        return _("*overdue since {day}*").format(day=day)
    return _("*due today*") if step is Step.ON_DAY else _("due {day}").format(day=day)


def head_card(tasks: Sequence[Task]) -> Card:
    """What a head of agency is told of the agency's overdue actions; the next agenda has them too."""
    count = len(tasks)
    title = ngettext(
        "*{count} action* of your agency is overdue and goes to the next agenda of the cabinet.",
        "*{count} actions* of your agency are overdue and go to the next agenda of the cabinet.",
        count,
    ).format(count=count)
    blocks: list[Block] = [section(title)]
    blocks += [
        section(
            f"*{action_title(task)}* · {who_and_when(task)}\n{_text(task)}",
            accessory=button(_("Open"), f"cabinet:action:{task.action.id}", str(task.action.id)),
        )
        for task in tasks[:OVERDUE_SHOWN]
    ]
    blocks += left_note(tasks, OVERDUE_SHOWN)
    return Card(title.replace("*", ""), tuple(blocks), _level(tasks))


def left_card(task: Task) -> Card:
    """What the secretary is told when the owner of an action has left Slack."""
    text = _("The owner of an action has left Slack. Hand it over, or it stays where it is.")
    blocks = (
        section(f"*{text}*\n{action_title(task)} · {who_and_when(task)}\n{_text(task)}"),
        actions(
            button(_("Hand over…"), "cabinet:hand-over", str(task.action.id), style="primary"),
            button(_("Cancel…"), "cabinet:cancel", str(task.action.id)),
        ),
    )
    return Card(text, blocks, Handling(task.action.handling))


@dataclass(frozen=True, slots=True)
class Digest:
    """What is open in the week of a Monday, with the owners' names: of open series, or of the one that is named."""

    tasks: Sequence[Task]
    names: Mapping[str, str]
    week_of: date
    series: str = ""
    level: Handling = Handling.UNCLASSIFIED


def weekly_cards(digest: Digest) -> list[Card]:
    """What is open, by owner, in as many messages as it takes; the first one says what it is."""
    tasks, day = digest.tasks, day_text(digest.week_of)
    overdue = sum(1 for task in tasks if is_overdue(task.action, task.today))
    title = _("What is open from the cabinet, week of {day}").format(day=day)
    if digest.series:
        title = _("What is open from {series}, week of {day}").format(series=digest.series, day=day)
    counts = ngettext("{count} action is open", "{count} actions are open", len(tasks)).format(count=len(tasks))
    if overdue:
        counts += ", " + ngettext("{count} of them overdue", "{count} of them overdue", overdue).format(count=overdue)
    blocks: list[Block] = [header(title), section(f"{counts}."), *level_note(digest.level)]
    for owner, theirs in _by_owner(tasks, digest.names):
        blocks += sections(f"*{escape(owner)}*\n" + "\n".join(_line(task) for task in theirs[:OWNERS_LINES]))
        blocks += left_note(theirs, OWNERS_LINES)
    blocks += [divider(), actions(button(_("Open the list"), "cabinet:actions", f"{ALL}:0"))]
    return [Card(f"{title}: {counts}.", tuple(part), digest.level) for part in pages(blocks)]


def _by_owner(tasks: Sequence[Task], names: Mapping[str, str]) -> list[tuple[str, list[Task]]]:
    """Owners by agency and name: without mentions, so that a digest rings for nobody."""
    found: dict[str, list[Task]] = {}
    for task in tasks:
        code = code_of(task.action.owner_agency_id, task.agencies)
        name = names.get(task.action.owner, task.action.owner)
        found.setdefault(f"{code} · {name}" if code else name, []).append(task)
    return sorted(found.items(), key=lambda one: one[0].casefold())


def _line(task: Task) -> str:
    state = state_text(task) if task.action.state in TO_DO else ""
    day = day_text(task.action.due_on)
    return f"• {escape(shorten(task.action.text, 70))} · {day}" + (f" · {state}" if state else "")
