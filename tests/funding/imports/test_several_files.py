"""Several files of one form: read as one, numbered on, and cut again where each of them ends."""

from __future__ import annotations

from pathlib import Path

from commands.funding.rules.imports.recognition import open_file
from commands.funding.rules.imports.sets import FILES, as_one, write_files
from tests.funding.imports.api import api_flow, api_pages


def test_pages_are_read_as_one_and_their_rows_are_numbered_on(tmp_path: Path) -> None:
    pages = api_pages([api_flow(number, 100) for number in range(1, 6)], 2)
    paths = [tmp_path / f"{place}.json" for place in range(len(pages))]
    for path, page in zip(paths, pages, strict=True):
        path.write_bytes(page)
    opened = [open_file(path.name, path) for path in paths]
    assert as_one(opened[:1]) is opened[0]
    whole = as_one(opened)
    assert [number for number, _cells in whole.rows()] == [1, 2, 3, 4, 5]
    assert whole.sample.rows == 5
    assert (
        whole.sample.countries == opened[0].sample.countries + opened[1].sample.countries + opened[2].sample.countries
    )


def test_what_was_kept_in_one_piece_is_cut_where_each_file_ended(tmp_path: Path) -> None:
    paths = write_files(tmp_path, iter([b"first", b"second"]), {FILES: [("a", 5), ("b", 6)]})
    assert [path.read_bytes() for path in paths] == [b"first", b"second"]
    (alone,) = write_files(tmp_path, iter([b"first", b"second"]), {})
    assert alone.read_bytes() == b"firstsecond"
