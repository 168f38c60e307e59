"""Tables that people exchange as files: reading CSV and XLSX as they come, and writing both so that they are safe.

    grid = read_grid(name, content, field="file")
    header = find_header(grid, COLUMNS, field="file")
    for row in data_rows(grid, header, most=5_000, field="file"):
        row.number, row.get("name")

Every refusal is a `Refused` next to `field`, and says what to do.
"""

from commands.kit.tables.cells import harmless, restored
from commands.kit.tables.encodings import ENCODING, encoding_field
from commands.kit.tables.exports import Table, book_of, files_of
from commands.kit.tables.grid import AUTOMATIC, DEFAULT_LIMITS, Encoding, Grid, Limits, Row
from commands.kit.tables.headers import (
    Column,
    Header,
    NoColumnError,
    data_rows,
    find_header,
    has_columns,
    title_key,
)
from commands.kit.tables.reading import FILE_KINDS, ZIP, check_start, read_grid
from commands.kit.tables.sheets import SheetQuestion, question_text, sheet_options, sheets_line, sheets_told
from commands.kit.tables.streams import open_table
from commands.kit.tables.workbooks import unpacked_bytes
from commands.kit.tables.writing import CellValue, to_csv, to_xlsx

__all__ = [
    "AUTOMATIC",
    "DEFAULT_LIMITS",
    "ENCODING",
    "FILE_KINDS",
    "ZIP",
    "CellValue",
    "Column",
    "Encoding",
    "Grid",
    "Header",
    "Limits",
    "NoColumnError",
    "Row",
    "SheetQuestion",
    "Table",
    "book_of",
    "check_start",
    "data_rows",
    "encoding_field",
    "files_of",
    "find_header",
    "harmless",
    "has_columns",
    "open_table",
    "question_text",
    "read_grid",
    "restored",
    "sheet_options",
    "sheets_line",
    "sheets_told",
    "title_key",
    "to_csv",
    "to_xlsx",
    "unpacked_bytes",
]
