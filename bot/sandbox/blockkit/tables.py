"""Blocks for figures: table, data_table and data_visualization."""

from __future__ import annotations

from typing import Any

from . import limits
from .fields import Boolean, Enum, Field, Integer, ListOf, Number, String
from .layout import MESSAGES_ONLY, block
from .rich_text import RICH_TEXT_BLOCK
from .rules import DOCUMENTED, SECOND_HAND, UNVERIFIED, condition
from .shapes import OneOf, Shape, shape
from .walk import Walk

_RAW_TEXT = shape("raw_text", required={"text": String(shown=True)})
_RAW_NUMBER = shape("raw_number", required={"value": Number(), "text": String(shown=True)})

CELLS = OneOf({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT_BLOCK})

_COLUMN = shape(optional={"align": Enum(("left", "center", "right")), "is_wrapped": Boolean()})


class _ColumnOrNull:
    """Settings of a column; null skips a column, which is the reference's own way to leave one as it is."""

    def check(self, value: object, at: str, walk: Walk) -> None:
        if value is not None:
            _COLUMN.check(value, at, walk)


def _rows(columns: int, *, least: int, most: int) -> Field:
    return ListOf(ListOf(CELLS, columns), most, least)


@condition("one table in a message", SECOND_HAND)
def _only_table(value: dict[str, Any], at: str, walk: Walk) -> None:
    walk.seen["table"] += 1
    if walk.seen["table"] > limits.TABLES_PER_MESSAGE:
        walk.refuse("only_one_table_allowed", at)


@condition("the cells of a table share one limit", SECOND_HAND)
def _cells_fit(value: dict[str, Any], at: str, walk: Walk) -> None:
    total = sum(_cell_text(cell) for row in value["rows"] for cell in row)
    if total > limits.TABLE_TEXT:
        walk.refuse(f"must be less than {limits.TABLE_TEXT + 1} characters", f"{at}/rows")


def _cell_text(cell: dict[str, Any]) -> int:
    """Characters of a valid cell; a rich text cell counts its texts and link labels."""
    if cell["type"] != "rich_text":
        return len(cell["text"])
    return sum(_parts_text(element) for element in cell["elements"])


def _parts_text(element: dict[str, Any]) -> int:
    if "elements" in element:
        return sum(_parts_text(part) for part in element["elements"])
    return len(element.get("text", ""))


@condition("rows of a data table are equally long", DOCUMENTED)
def _rows_equally_long(value: dict[str, Any], at: str, walk: Walk) -> None:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            walk.refuse("all rows must have the same number of cells", f"{at}/rows/{index}")


@condition("the header of a data table has no rich text", DOCUMENTED)
def _plain_header(value: dict[str, Any], at: str, walk: Walk) -> None:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            walk.refuse("unsupported type: rich_text", f"{at}/rows/0/{index}/type")


@condition("row_header_column_index is a column of the data table", DOCUMENTED)
def _header_column_exists(value: dict[str, Any], at: str, walk: Walk) -> None:
    width = len(value["rows"][0])
    if value.get("row_header_column_index", 0) >= width:
        walk.refuse(f"must be less than or equal to {width - 1}", f"{at}/row_header_column_index")


_LABEL = String(limits.CHART_LABEL)
_POINT = shape(required={"label": _LABEL, "value": Number()})
_SERIES = shape(required={"name": _LABEL, "data": ListOf(_POINT, limits.CHART_CATEGORIES)})
_SEGMENT = shape(required={"label": _LABEL, "value": Number(positive=True)})
_AXIS = shape(
    required={"categories": ListOf(_LABEL, limits.CHART_CATEGORIES)},
    optional={"x_label": String(limits.CHART_AXIS_LABEL), "y_label": String(limits.CHART_AXIS_LABEL)},
)


@condition("series of a chart have different names", SECOND_HAND)
def _series_differ(value: dict[str, Any], at: str, walk: Walk) -> None:
    names: set[str] = set()
    for index, series in enumerate(value["series"]):
        if series["name"] in names:
            walk.refuse("series names must be unique", f"{at}/series/{index}/name")
        names.add(series["name"])


@condition("every series of a chart has one point per category", SECOND_HAND)
def _points_match_categories(value: dict[str, Any], at: str, walk: Walk) -> None:
    categories = sorted(value["axis_config"]["categories"])
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            walk.refuse("labels must match the categories of axis_config", f"{at}/series/{index}/data")


def _plot(kind: str) -> Shape:
    return shape(
        kind,
        required={"series": ListOf(_SERIES, limits.CHART_SERIES), "axis_config": _AXIS},
        cross=(_series_differ, _points_match_categories),
    )


CHARTS = OneOf(
    {
        "pie": shape("pie", required={"segments": ListOf(_SEGMENT, limits.CHART_SEGMENTS)}),
        **{kind: _plot(kind) for kind in ("bar", "area", "line")},
    }
)


@condition("a few charts in a message", UNVERIFIED)
def _few_charts(value: dict[str, Any], at: str, walk: Walk) -> None:
    walk.seen["chart"] += 1
    if walk.seen["chart"] > limits.CHARTS_PER_MESSAGE:
        walk.refuse(f"no more than {limits.CHARTS_PER_MESSAGE} data_visualization blocks allowed", at)


TABLES: dict[str, Shape] = {
    "table": block(
        "table",
        required={"rows": _rows(limits.TABLE_COLUMNS, least=1, most=limits.TABLE_ROWS)},
        optional={"column_settings": ListOf(_ColumnOrNull(), limits.TABLE_SETTINGS, least=0)},
        cross=(_only_table, _cells_fit),
        surfaces=MESSAGES_ONLY,
    ),
    "data_table": block(
        "data_table",
        required={
            "caption": String(shown=True),
            "rows": _rows(
                limits.DATA_TABLE_COLUMNS,
                least=limits.DATA_TABLE_ROWS_MIN,
                most=limits.DATA_TABLE_ROWS,
            ),
        },
        optional={
            "page_size": Integer(1, limits.DATA_TABLE_PAGE),
            "row_header_column_index": Integer(0),
        },
        cross=(_rows_equally_long, _plain_header, _header_column_exists, _cells_fit),
        surfaces=MESSAGES_ONLY,
    ),
    "data_visualization": block(
        "data_visualization",
        required={"title": String(limits.CHART_TITLE, shown=True), "chart": CHARTS},
        cross=(_few_charts,),
        surfaces=MESSAGES_ONLY,
    ),
}
