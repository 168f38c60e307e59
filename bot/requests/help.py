"""Help texts, made from what the rooms say of themselves."""

from __future__ import annotations

from bot.rooms import House
from commands.kit.cards import Card, section
from commands.kit.room import Command
from commands.kit.words import _


def lines_of(command: Command, prefix: str) -> list[tuple[str, str]]:
    """Each way to use a command, and what it does."""
    name = f"/{prefix}{command.name.removeprefix('/')}"
    rows = [(name, _(command.start_summary))]
    rows += [(" ".join(filter(None, (name, sub.word, sub.usage))), _(sub.summary)) for sub in command.subs]
    return [*rows, (f"{name} help", _("Shows this help."))]


def help_card(command: Command, prefix: str, *, unknown: str = "") -> Card:
    """The help of one command; `unknown` names the sub-command that was typed and does not exist."""
    rows = "\n".join(f"`{usage}`  {what}" for usage, what in lines_of(command, prefix))
    intro = _(command.summary)
    if unknown:
        intro = _("There is no “{word}” here. This is what I can do:").format(word=unknown)
    return Card(f"{intro}\n{rows}", (section(intro), section(rows)))


def commands_page(house: House) -> str:
    """The page `docs/commands.md`."""
    parts = ["# Commands", "", "Made from the rooms by `python -m bot manifest --write`; do not edit by hand.", ""]
    for room in house.rooms:
        for command in room.commands:
            parts += [f"## `{command.name}`", "", command.summary, "", "| command | what it does |", "|---|---|"]
            parts += [f"| `{usage.replace('|', '/')}` | {what} |" for usage, what in lines_of(command, "")]
            parts.append("")
        for shortcut in room.shortcuts.values():
            parts += [f"Shortcut **{shortcut.name}** ({shortcut.kind}): {shortcut.description}", ""]
    return "\n".join(parts).rstrip() + "\n"
