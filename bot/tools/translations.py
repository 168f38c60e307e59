"""Finding every text a person reads, and keeping a translation in step with them.

`python -m bot.tools.translations fr` rewrites every room's `locale/fr.po`: new texts are added without a
translation, texts that are gone are dropped, and what is left to translate is listed. A text that the kit or the
machine uses stands in the kit's file alone; every other one in the file of each room that uses it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from commands.kit.words import ROOMS, read_catalogue

KIT = "kit"
PROJECT = Path(__file__).parent.parent.parent
FOLDERS = ("bot", "commands")
# The sandbox is a tool for developers and speaks English.
LEFT_OUT = ("bot/sandbox/",)
# Texts that rooms declare without `_()`, because they are translated where they are shown: by keyword or position.
DECLARED = {"Command": {"summary": 1, "start_summary": 3}, "Sub": {"summary": 2}, "Room": {"summary": 1}}
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate: the English, its plural where it has one, and the file it stands in."""

    english: str
    plural: str | None
    file: str

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
                found += (Text(english, plural, name) for english, plural in _texts(tree, name))
    return found


def _texts(tree: ast.Module, name: str) -> Iterator[tuple[str, str | None]]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = call.func.id if isinstance(call.func, ast.Name) else ""
        if function == "_":
            yield from ((text, None) for text in _written_out(call.args[:1], name))
        elif function == "ngettext":
            one, many = _written_out(call.args[:2], name)
            yield one, many
        elif function in DECLARED:
            yield from ((text, None) for text in _declared(call, DECLARED[function]))


def _written_out(arguments: list[ast.expr], name: str) -> list[str]:
    texts = [one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    # `_(command.summary)` shows what a room declared; any other expression hides a text from translators.
    declared = [one for one in arguments if isinstance(one, ast.Attribute)]
    if len(texts) + len(declared) != len(arguments):
        raise ValueError(f"{name}, line {arguments[0].lineno}: a text must be written out where it is marked")
    return texts


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
    shared = {text.english for text in homes.get(KIT, [])}
    own = {home: [text for text in found if text.english not in shared] for home, found in homes.items()}
    return {**own, **({KIT: homes[KIT]} if KIT in homes else {})}


def renewed(old: Catalog, texts: list[Text], language: str) -> Catalog:
    """A catalogue of exactly these texts with the translations of the old one."""
    new = Catalog(locale=language)
    for text in texts:
        key = (text.english, text.plural) if text.plural else text.english
        known = old.get(text.english)
        fits = known is not None and isinstance(known.id, tuple | list) == bool(text.plural)
        translation = known.string if known is not None and fits else ("", "") if text.plural else ""
        new.add(key, translation, locations=[(text.file, 0)])
    return new


def untranslated(catalogue: Catalog) -> list[str]:
    """Texts without a translation, or with a plural form missing."""
    missing = []
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.id and not (forms and all(forms)):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def as_text(catalogue: Catalog, language: str) -> str:
    """The catalogue as a `.po` file without dates and line numbers, so that it only differs when its texts do."""
    body = BytesIO()
    write_po(body, catalogue, omit_header=True, include_lineno=False, width=110)
    return HEADER.format(language=language) + body.getvalue().decode()


def main(language: str) -> None:
    """Bring the files of a language up to date and list what is left to translate."""
    known, missing = read_catalogue(language), []
    for home, texts in by_home(find_texts()).items():
        catalogue = renewed(known, texts, language)
        folder = ROOMS / home / "locale"
        folder.mkdir(exist_ok=True)
        (folder / f"{language}.po").write_text(as_text(catalogue, language), encoding="utf-8")
        missing += untranslated(catalogue)
    sys.stdout.write("".join(f"{text!r}\n" for text in missing) + f"{len(missing)} texts to translate\n")


if __name__ == "__main__":
    main(sys.argv[1])
