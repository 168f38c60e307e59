"""Files that are read as one: the pages of one answer of FTS's API, or a single file of any kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from commands.funding.rules.imports.answers import Answer, read_answer, together
from commands.funding.rules.imports.recognition import RecognisedFile
from commands.funding.rules.imports.sampling import all_together
from commands.kit.tables.grid import NumberedRow

# Under this name an import keeps its files in order: the name and the number of bytes of each.
FILES = "files"


@dataclass(frozen=True, slots=True)
class GivenFile:
    """One file of a form: what it is called, its bytes, and where it lies while it is looked at."""

    name: str
    content: bytes
    path: Path


@dataclass(frozen=True, slots=True)
class FileSet:
    """Files of one form that become one import, and the answer that they are pages of."""

    files: tuple[GivenFile, ...]
    answer: Answer | None = None

    @property
    def name(self) -> str:
        """What the import is called."""
        return ", ".join(file.name for file in self.files)


def file_sets(files: Sequence[GivenFile]) -> list[FileSet]:
    """Pages of the same answer together, every other file alone; each where its first file stands."""
    sets: dict[str, list[tuple[GivenFile, Answer | None]]] = {}
    for place, file in enumerate(files):
        answer = read_answer(file.path) if _starts_object(file.content) else None
        sets.setdefault(answer.key if answer else f"file {place}", []).append((file, answer))
    found = []
    for some in sets.values():
        answers = [answer for _file, answer in some if answer]
        found.append(FileSet(tuple(file for file, _answer in some), together(answers) if answers else None))
    return found


def _starts_object(content: bytes) -> bool:
    return content[:100].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def as_one(opened: Sequence[RecognisedFile]) -> RecognisedFile:
    """Several files as one, whose rows are numbered on from file to file."""
    first = opened[0]
    if len(opened) == 1:
        return first
    sample = all_together([one.sample for one in opened])

    def rows() -> Iterator[NumberedRow]:
        number = 0
        for one in opened:
            for _number, cells in one.rows():
                number += 1
                yield number, cells

    return replace(first, rows=rows, sample=sample)


def write_files(folder: Path, parts: Iterator[bytes], options: Mapping[str, Any]) -> list[Path]:
    """The files of an import in a folder, cut where each of them ends."""
    sizes = [int(size) for _name, size in options.get(FILES) or []]
    whole = folder / "file"
    with whole.open("wb") as file:
        for part in parts:
            file.write(part)
    if len(sizes) < 2:
        return [whole]
    paths = [folder / str(place) for place in range(len(sizes))]
    with whole.open("rb") as file:
        for path, size in zip(paths, sizes, strict=True):
            path.write_bytes(file.read(size))
    return paths
