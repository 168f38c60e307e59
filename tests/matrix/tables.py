"""The golden tables: for each verb and thing who gets what, those who get the same in one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tests.matrix.cast import EVERYBODY, MAY_DO_NOTHING
from tests.matrix.walk import Cell
from tests.matrix.words import GATES

# Whoever is left when the others are named; fewer are named themselves.
CROWD = 6
HEAD = """# What becomes of every verb of {room}

Written by the tests of the matrix (tests/matrix): everybody sends everything, also what the product would never offer
them. `not there` is the very answer for an id that no row has; `reads` names the Confidential things told in the
answer, `does` what went on the audit record, `tells` who else got a message (with what Confidential things in it),
`held back` whom the last gate spared. A guest without a role, a stranger of another workspace and a deactivated person
are named only where they are not refused at the gate like everywhere. The duty officer, the funding cell, observers,
the human-rights adviser, who is on leave, of a suspended agency, or waits for somebody to agree to their role are tried
with every thing of the rooms where that means something, and with one thing of each sort elsewhere: they are not among
everybody else at the others. WFP, UNICEF and the suspended agency are named in the small and in the closed series, IOM
is not. The closed series is Confidential.
"""


def table(room: str, cells: Iterable[Cell]) -> str:
    """The table of a room, as the file holds it."""
    by_where: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_where[cell.where].append(cell)
    parts = [HEAD.format(room=room)]
    parts += [f"## {where}\n\n{_lines(found)}" for where, found in by_where.items()]
    return "\n".join(parts)


def _lines(cells: list[Cell]) -> str:
    """Things of which everybody gets the same stand together."""
    by_thing: dict[str, dict[str, str]] = defaultdict(dict)
    for cell in cells:
        name = f"{cell.thing.kind} {cell.thing.name}" if cell.thing is not None else ""
        by_thing[name][cell.person] = cell.words
    alike: dict[str, list[str]] = defaultdict(list)
    for name, words in by_thing.items():
        alike[persons(words)].append(name)
    return "\n".join(f"{_named(names)}{said}" for said, names in alike.items())


def _named(names: list[str]) -> str:
    if names == [""]:
        return ""
    kind = names[0].partition(" ")[0]
    return f"{kind} " + " | ".join(name.partition(" ")[2] for name in names) + "\n"


def persons(words: dict[str, str]) -> str:
    """Who gets what, the largest group last."""
    groups: dict[str, list[str]] = defaultdict(list)
    for person in EVERYBODY:
        if person in words and not (person in MAY_DO_NOTHING and is_gate(words[person])):
            groups[words[person]].append(person)
    ordered = sorted(groups.items(), key=lambda one: len(one[1]))
    lines = []
    for said, people in ordered:
        crowd = said == ordered[-1][0] and len(people) > CROWD
        who = ("everybody else" if len(ordered) > 1 else "everybody") if crowd else ", ".join(people)
        lines.append(f"- {who}: {said}")
    return "\n".join(lines) + "\n"


def is_gate(words: str) -> bool:
    """Whether somebody was refused as every verb refuses them."""
    return words.startswith("needs ") or words in GATES.values()


def short_table(title: str, lines: Iterable[tuple[str, str]]) -> str:
    """A table with one line for each name, those with the same words together."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, words in lines:
        groups[words].append(name)
    body = "\n".join(f"- {', '.join(dict.fromkeys(names))}: {words}" for words, names in groups.items())
    return f"# {title}\n\n{body}\n"
