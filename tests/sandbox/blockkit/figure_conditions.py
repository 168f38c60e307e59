"""Conditions on tables, charts, markdown and containers."""

from __future__ import annotations

from .condition_case import case
from .object_conditions import block_case
from .payloads import (
    Json,
    bar,
    blocks_on,
    cell,
    chart,
    container,
    data_table,
    message,
    part,
    pie,
    rich_section,
    rich_text,
    rows,
    table,
    words,
)

EQUAL = "rows of a data table are equally long"
RICH_CELL = rich_text(rich_section(part()))
MATCH = "labels must match the categories of axis_config"
LONG_LINK = {"type": "link", "url": "https://a.io", "text": words(5000)}


def _uneven() -> Json:
    plot = bar(["a", "b"], ["one", "two"])
    plot["series"][1] = {"name": "two", "data": [{"label": "a", "value": 1}]}
    return plot


def _collapsible(**extra: bool) -> Json:
    return container(**extra)


FIGURE_CONDITIONS = [
    block_case(
        EQUAL,
        data_table(rows=rows(3)),
        data_table(rows=[*rows(2, 2), *rows(1, 3)]),
        "all rows must have the same number of cells",
        "/rows/2",
    ),
    block_case(
        "the header of a data table has no rich text",
        data_table(rows=[[cell()], [RICH_CELL]]),
        data_table(rows=[[cell(), RICH_CELL], [cell(), cell()]]),
        "unsupported type: rich_text",
        "/rows/0/1/type",
    ),
    block_case(
        "row_header_column_index is a column of the data table",
        data_table(row_header_column_index=1),
        data_table(row_header_column_index=2),
        "must be less than or equal to 1",
        "/row_header_column_index",
    ),
    block_case(
        "row_header_column_index is a column of the data table",
        data_table(row_header_column_index=0),
        data_table(row_header_column_index=-1),
        "must be greater than or equal to 0",
        "/row_header_column_index",
    ),
    case(
        "one table in a message",
        message(table(), data_table()),
        message(table(), table()),
        "only_one_table_allowed",
        "/blocks/1",
    ),
    block_case(
        "the cells of a table share one limit",
        table(rows=[[rich_text(rich_section(LONG_LINK)), cell(words(5000))]]),
        table(rows=[[rich_text(rich_section(LONG_LINK)), cell(words(5001))]]),
        "must be less than 10001 characters",
        "/rows",
    ),
    block_case(
        "the cells of a table share one limit",
        table(rows=[[{"type": "raw_number", "value": 1, "text": "1"}]]),
        table(rows=[[{"type": "raw_number", "value": float("nan"), "text": "1"}]]),
        "must provide a number",
        "/rows/0/0/value",
    ),
    block_case(
        "series of a chart have different names",
        chart(bar(["a"], ["one", "two"])),
        chart(bar(["a"], ["one", "one"])),
        "series names must be unique",
        "/chart/series/1/name",
    ),
    block_case(
        "every series of a chart has one point per category",
        chart(bar(["a", "b"])),
        chart(_uneven()),
        MATCH,
        "/chart/series/1/data",
    ),
    block_case(
        "every series of a chart has one point per category",
        chart(pie()),
        chart(pie(segments=[{"label": "a", "value": 0}])),
        "must be greater than 0",
        "/chart/segments/0/value",
    ),
    case(
        "a few charts in a message",
        message(chart(pie()), chart(pie())),
        message(*[chart(pie())] * 3),
        "no more than 2 data_visualization blocks allowed",
        "/blocks/2",
    ),
    case(
        "markdown blocks of a message share one limit",
        blocks_on("message", *[{"type": "markdown", "text": words(4000)}] * 3),
        blocks_on("message", *[{"type": "markdown", "text": words(4001)}] * 3),
        "must be less than 12001 characters",
        "/blocks/2/text",
    ),
    block_case(
        "a collapsible container has no header divider",
        _collapsible(has_header_divider=True),
        _collapsible(has_header_divider=True, is_collapsible=True),
        "has_header_divider cannot be set when is_collapsible is true",
        "/has_header_divider",
    ),
    block_case(
        "only a collapsible container is collapsed at first",
        _collapsible(default_collapsed=True, is_collapsible=True),
        _collapsible(default_collapsed=True),
        "default_collapsed requires is_collapsible",
        "/default_collapsed",
    ),
]
