"""No word is shown in two meanings: where one English word has several, each use says which, and French differs.

What a word is used for is read from the code: it is pressed (a button, an answer, an act to choose), it names a member
of an enumeration, or it labels a field. A longer text says by itself what it means; a single word does not.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.tools.translations import FOLDERS, LEFT_OUT, MARKS, PROJECT
from commands.kit.words import _, pgettext, speaking

PRESSED, NAME, LABEL = "pressed", "name", "label"
BUTTONS = {"button", "_button", "_tool"}
PRESSED_PARTS = {"submit", "close"}
ANSWERS = (2, 3)  # of `confirm`: yes and no
ACTS = {"Act", "Move", "Outcome"}  # enumerations of what a person may do; their names stand on buttons and in menus


@dataclass(frozen=True)
class Use:
    """One use of one text."""

    context: str | None
    text: str
    role: str
    enum: str
    place: str


def uses_in(path: Path, name: str) -> Iterator[Use]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    roles: dict[ast.AST, tuple[str, str]] = {}
    for node in ast.walk(tree):
        roles.update(_roles(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            context, english, _many = MARKS[node.func.id]
            text = node.args[english] if english is not None else None
            if isinstance(text, ast.Constant):
                said = node.args[context].value if context is not None else None  # type: ignore[attr-defined]
                yield Use(said, text.value, *roles.get(node, ("", "")), f"{name}:{node.lineno}")


def _roles(node: ast.AST) -> dict[ast.AST, tuple[str, str]]:
    if isinstance(node, ast.Dict):
        keys = [key.value.id if _is_member(key) else "" for key in node.keys]  # type: ignore[union-attr]
        pairs = zip(keys, node.values, strict=True)
        return {value: (PRESSED if enum in ACTS else NAME, enum) for enum, value in pairs if enum}
    if isinstance(node, ast.keyword) and node.arg in PRESSED_PARTS:
        return {node.value: (PRESSED, "")}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        pressed = (0,) if called in BUTTONS else ANSWERS if called == "confirm" else ()
        found = {node.args[place]: (PRESSED, "") for place in pressed if place < len(node.args)}
        return found | ({node.args[1]: (LABEL, "")} if called == "field_block" and len(node.args) > 1 else {})
    return {}


def _is_member(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name) and key.attr.isupper()


def words_in(root: Path) -> list[Use]:
    """Every use of a text of one word."""
    files = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py"))
    named = [(path, path.relative_to(root).as_posix()) for path in files]
    found = [use for path, name in named if not name.startswith(LEFT_OUT) for use in uses_in(path, name)]
    return [use for use in found if len(use.text.split()) == 1]


def two_roles(words: list[Use]) -> dict[str, list[str]]:
    """Words without a context that are used as two things, with their places."""
    roles: dict[str, set[tuple[str, str]]] = {}
    places: dict[str, list[str]] = {}
    for use in words:
        if use.context is None and use.role:
            roles.setdefault(use.text, set()).add((use.role, use.enum if use.role == NAME else ""))
            places.setdefault(use.text, []).append(f"{use.place} ({use.role})")
    return {text: places[text] for text, found in roles.items() if len(found) > 1}


def bare_states(words: list[Use]) -> list[str]:
    """Names of states that do not say whose state they are."""
    return [f"{use.place}: {use.text}" for use in words if use.enum.endswith("State") and use.context is None]


WORDS = words_in(PROJECT)


def test_a_word_is_pressed_or_names_one_kind_of_thing_or_labels_a_field() -> None:
    assert two_roles(WORDS) == {}, "give the uses that differ a context: pgettext(context, text)"


def test_the_name_of_a_state_says_whose_state_it_is() -> None:
    # In most languages it agrees with that thing: an action is « ouverte », an item « ouvert ».
    assert bare_states(WORDS) == [], "pgettext(thing, state)"


def test_what_a_word_is_used_for_is_found(tmp_path: Path) -> None:
    (tmp_path / "commands" / "x").mkdir(parents=True)
    (tmp_path / "commands" / "x" / "views.py").write_text(
        'a = {State.OPEN: _("Open"), State.DONE: pgettext("work", "Done"), Act.GO: _("Go")}\n'
        'b = {Kind.ONE: _("Half"), "other": _("Third")}\nc = {Size.ONE: _("Half")}\n'
        'd = [button(_("Open"), "x:open"), button(_("Done"), "x:done"), button(_("Go"), "x:go")]\n'
        'e = modal("x", _("Search"), [field_block("q", _("Search"), text_input())], submit=_("Search"))\n'
        'f = confirm(_("Sure?"), _("It goes."), _("Yes"), _("No"))\ng = field_block("n", _("No"), number_input())\n'
    )
    words = words_in(tmp_path)
    assert set(two_roles(words)) == {"Open", "Half", "Search", "No"}
    assert bare_states(words) == ["commands/x/views.py:1: Open"]
    # The real code is seen too: these tests would pass in a house they do not see.
    assert {use.role for use in WORDS} == {"", PRESSED, NAME, LABEL}
    assert sum(use.role == PRESSED for use in WORDS) > 100


@pytest.mark.parametrize(
    ("english", "meanings"),
    [
        ("Open", {None: "Ouvrir", "escalations": "Ouvertes"}),
        ("Close", {None: "Fermer", "meeting": "Clore"}),
        ("Resume", {None: "Reprendre", "agency": "Réactiver"}),
        ("Search", {None: "Rechercher", "field": "Recherche"}),
        ("Earlier", {"step of a chain": "Monter"}),
        ("Later", {"step of a chain": "Descendre"}),
        ("Merge into another", {"agenda item": "Fusionner avec un autre", "escalation": "Fusionner avec une autre"}),
        ("Represented", {"agency": "Représenté", "agencies": "Représentés"}),
        ("Absent with apology", {"agency": "Excusé", "agencies": "Excusés"}),
        ("paid", {"pledge": "versée", "figure": "versé", "flow": "versé"}),
    ],
)
def test_each_meaning_has_its_own_french(english: str, meanings: dict[str | None, str]) -> None:
    with speaking("fr"):
        found = {context: pgettext(context, english) if context else _(english) for context in meanings}
    assert found == meanings
