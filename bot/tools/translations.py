"""Finding every text a person reads, and keeping a translation in step with them.

`python -m bot words fr` (or `python -m bot.tools.translations fr`) rewrites every room's `locale/fr.po`: new texts are
added without a translation, texts that are gone are dropped, and what is left to do is listed. A text that the kit or
the machine uses stands in the kit's file alone; every other one in the file of each room that uses it. A text with a
context is another text than the same English without one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from commands.kit.words import catalogue_files, read_catalogue, read_file

KIT = "kit"
PROJECT = Path(__file__).parent.parent.parent
FOLDERS = ("bot", "commands")
# The sandbox is a tool for developers and speaks English.
LEFT_OUT = ("bot/sandbox/",)
# What marks a text, and which of its arguments are the context, the text and its plural.
MARKS = {"_": (None, 0, None), "pgettext": (0, 1, None), "ngettext": (None, 0, 1), "npgettext": (0, 1, 2)}
# Texts that rooms declare without `_()`, because they are translated where they are shown: by keyword or position.
DECLARED = {
    "Command": {"summary": 1, "start_summary": 3},
    "Sub": {"summary": 2},
    "Room": {"summary": 1},
    "Door": {"label": 1},
}
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {rule}\\n"\n\n'
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate: the English, its plural and its context where it has them, and the file it stands in."""

    english: str
    plural: str | None
    file: str
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells it from every other text: two contexts of one English text are two texts."""
        return self.context, self.english

    @property
    def home(self) -> str:
        """The folder under `commands/` that keeps its translation."""
        top, folder = self.file.split("/")[:2]
        return folder if top == "commands" else KIT


def find_texts(root: Path = PROJECT) -> list[Text]:
    """Every text of the product, in the order of files and lines.

    Raises ValueError for a text that is not written out where it is marked: nobody could translate it.
    """
    found: list[Text] = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if not name.startswith(LEFT_OUT):
                tree = ast.parse(path.read_text(encoding="utf-8"))
                found += _texts(tree, name)
    return found


def _texts(tree: ast.Module, name: str) -> Iterator[Text]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = call.func.id if isinstance(call.func, ast.Name) else ""
        if function in MARKS:
            yield from _marked(call, MARKS[function], name)
        elif function in DECLARED:
            yield from (Text(text, None, name) for text in _declared(call, DECLARED[function]))


def _marked(call: ast.Call, places: tuple[int | None, ...], name: str) -> Iterator[Text]:
    context, english, plural = (None if place is None else _written_out(call, place, name) for place in places)
    if english:
        yield Text(english, plural, name, context)


def _written_out(call: ast.Call, place: int, name: str) -> str | None:
    argument = call.args[place] if place < len(call.args) else None
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    # `_(command.summary)` shows what a room declared; any other expression hides a text from translators.
    if isinstance(argument, ast.Attribute) and len(call.args) == 1:
        return None
    raise ValueError(f"{name}, line {call.lineno}: a text must be written out where it is marked")


def _declared(call: ast.Call, places: dict[str, int]) -> Iterator[str]:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    for word, position in places.items():
        value = named.get(word) or (call.args[position] if position < len(call.args) else None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
            yield value.value


def by_home(texts: list[Text]) -> dict[str, list[Text]]:
    """The texts of each file of translations, by the folder under `commands/` it lies in."""
    homes: dict[str, list[Text]] = {}
    for text in texts:
        homes.setdefault(text.home, []).append(text)
    shared = {text.key for text in homes.get(KIT, [])}
    own = {home: [text for text in found if text.key not in shared] for home, found in homes.items()}
    return {**own, **({KIT: homes[KIT]} if KIT in homes else {})}


def renewed(texts: list[Text], language: str, *known: Catalog) -> Catalog:
    """A catalogue of exactly these texts, each with what the first known catalogue that has it says of it.

    That is its translation, a translator's comments, and the mark of one who is not sure yet. It counts as the first of
    them does: by its own header, or as Babel says of a language that is new here.
    """
    new = Catalog(locale=language)
    new.mime_headers = [("Plural-Forms", known[0].plural_forms)]
    for text in texts:
        key = (text.english, text.plural) if text.plural else text.english
        forms: tuple[str, ...] = ("",) * (new.num_plurals if text.plural else 1)
        flags: set[str] = set()
        comments: list[str] = []
        message = next((found for old in known if (found := _known(text, old))), None)
        if message is not None:
            forms, comments = forms_of(message), message.user_comments
            flags = {"fuzzy"} if message.fuzzy else set()
        said = forms if text.plural else forms[0]
        new.add(key, said, [(text.file, 0)], flags=flags, user_comments=comments, context=text.context)
    return new


def _known(text: Text, old: Catalog) -> Message | None:
    message = old.get(text.english, text.context)
    if message is None or isinstance(message.id, str) == bool(text.plural) or not any(forms_of(message)):
        return None
    return message


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation of a text: one form, or as many as its language counts by."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def untranslated(catalogue: Catalog) -> list[str]:
    """Texts without a translation, with a plural form missing, or marked as not sure: people read English there."""
    return [named(one) for one in catalogue if one.id and (one.fuzzy or not (forms_of(one) and all(forms_of(one))))]


def conflicts(catalogues: Iterable[Catalog]) -> list[str]:
    """Texts that two rooms translate in different ways: only one would be shown, so they need a context each."""
    ways: dict[str, set[str]] = {}
    for message in (message for catalogue in catalogues for message in catalogue):
        if message.id and any(forms_of(message)):
            ways.setdefault(named(message), set()).add(" / ".join(forms_of(message)))
    return [f"{text}: {' or '.join(sorted(found))}" for text, found in ways.items() if len(found) > 1]


def named(message: Message) -> str:
    """The English of a text for a list of what is left to do, with its context in front."""
    english = message.id if isinstance(message.id, str) else message.id[0]
    return f"[{message.context}] {english}" if message.context else english


def as_text(catalogue: Catalog, language: str) -> str:
    """The catalogue as a `.po` file without dates and line numbers, so that it only differs when its texts do."""
    body = BytesIO()
    write_po(body, catalogue, omit_header=True, include_lineno=False, width=110)
    return HEADER.format(language=language, rule=catalogue.plural_forms) + body.getvalue().decode()


def renew(language: str, root: Path = PROJECT) -> list[str]:
    """Bring the files of a language up to date; what is left to do for a translator, one line each."""
    rooms = root / "commands"
    known = read_catalogue(language, rooms)
    files = {path.parent.parent.name: read_file(path, language) for path in catalogue_files(language, rooms)}
    left = [f"two translations, give each a context: {text}" for text in conflicts(files.values())]
    for home, texts in by_home(find_texts(root)).items():
        own = [files[home]] if home in files else []
        catalogue = renewed(texts, language, *own, known)
        folder = rooms / home / "locale"
        folder.mkdir(exist_ok=True)
        (folder / f"{language}.po").write_text(as_text(catalogue, language), encoding="utf-8")
        left += [f"to translate: {text}" for text in untranslated(catalogue)]
    return left


def main(language: str) -> None:
    """Bring the files of a language up to date and say what is left to do."""
    left = renew(language)
    sys.stdout.write("".join(f"{line}\n" for line in left) + f"{len(left)} texts left to do\n")


if __name__ == "__main__":
    main(sys.argv[1])
