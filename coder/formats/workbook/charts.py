"""Native bar charts, drawn by the spreadsheet program from the cells of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from coder.formats.tables import Table
from coder.formats.workbook.fitting import xml_text

# Okabe and Ito's colours: apart for most kinds of colour blindness, and in grey print.
PALETTE = ("#0072B2", "#E69F00", "#D55E00", "#999999", "#56B4E9", "#009E73", "#CC79A7", "#F0E442")

WIDTH = 640
SHORTEST, TALLEST = 260, 1200
ROW_HEIGHT = 20
"""Pixels, of a row of plain cells."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A native bar chart beside the table that it draws."""

    sheet: str
    """Name of the table."""
    title: str
    categories_column: str
    """Key of the column whose texts name the bars."""
    value_columns: tuple[str, ...]
    """Keys of the columns drawn, in this order."""
    kind: Literal["stacked", "clustered"] = "stacked"
    """``stacked`` fills every bar to 100 %; ``clustered`` puts the values side by side."""


def check_chart(chart: Chart, tables: dict[str, Table]) -> None:
    """Stop a chart that names what is not there.

    Raises:
        ValueError: There is no such table or column.
    """
    if chart.sheet not in tables:
        raise ValueError(f"chart {chart.title}: there is no table {chart.sheet}")
    keys = {column.key for column in tables[chart.sheet].columns}
    for key in (chart.categories_column, *chart.value_columns):
        if key not in keys:
            raise ValueError(f"chart {chart.title}: table {chart.sheet} has no column {key}")


def insert_chart(book: Any, sheet: Any, chart: Chart, table: Table, header: int, row: int) -> int:
    """Draw a chart to the right of its table.

    Args:
        book: The XlsxWriter workbook.
        sheet: The worksheet that holds the table.
        chart: What to draw.
        table: The table, whose header stands in row ``header``.
        header: Row of the column titles, from 0.
        row: Where the chart begins, from 0.

    Returns:
        The first row below the chart.
    """
    if not table.rows:
        return row
    keys = [column.key for column in table.columns]
    is_stacked = chart.kind == "stacked"
    drawn = book.add_chart({"type": "bar", "subtype": "percent_stacked" if is_stacked else None})
    first, last = header + 1, header + len(table.rows)
    names = keys.index(chart.categories_column)
    for number, key in enumerate(chart.value_columns):
        at = keys.index(key)
        drawn.add_series(
            {
                "name": [sheet.name, header, at],
                "categories": [sheet.name, first, names, last, names],
                "values": [sheet.name, first, at, last, at],
                "fill": {"color": PALETTE[number % len(PALETTE)]},
                "border": {"color": "#FFFFFF"},
                # The number in the bar, so that colour is never the only sign.
                "data_labels": {"value": True},
            }
        )
    # A title that begins with = would be taken for the address of a cell.
    title = xml_text(chart.title).lstrip("= ") or "Chart"
    drawn.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    # First row on top, as in the table, and the axis of the values below all the same.
    drawn.set_y_axis({"reverse": True, "crossing": "max"})
    drawn.set_x_axis({"num_format": "0%"} if is_stacked else {"min": 0})
    drawn.set_legend({"position": "bottom"})
    bars = len(table.rows) * (1 if is_stacked else len(chart.value_columns))
    height = min(max(160 + 26 * bars, SHORTEST), TALLEST)
    drawn.set_size({"width": WIDTH, "height": height})
    columns = ", ".join(table.columns[keys.index(key)].title for key in chart.value_columns)
    described = f"{title}. Bars for {columns}; the numbers are in the table on this sheet."
    where = {"description": xml_text(described), "object_position": 2}
    sheet.insert_chart(row, len(keys) + 1, drawn, where)
    return row + height // ROW_HEIGHT + 2
