"""Tables out: CSV, TSV and JSON for programs, Markdown and text for people."""

from coder.formats.tables.data import guard, to_csv, to_json, to_tsv, unguard
from coder.formats.tables.page import cell_width, cut, markdown_text, to_markdown, to_text
from coder.formats.tables.table import Cell, Column, Kind, Table, page_text

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Table",
    "cell_width",
    "cut",
    "guard",
    "markdown_text",
    "page_text",
    "to_csv",
    "to_json",
    "to_markdown",
    "to_text",
    "to_tsv",
    "unguard",
]
