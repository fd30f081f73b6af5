"""Tables out: CSV, TSV and JSON for programs, Markdown, LaTeX and text for people."""

from coder.formats.tables.data import guard, to_csv, to_json, to_tsv, unguard
from coder.formats.tables.latex import latex_text, to_latex
from coder.formats.tables.local_times import with_local_times
from coder.formats.tables.page import cell_width, cut, markdown_text, to_markdown, to_text
from coder.formats.tables.table import Cell, Column, Kind, Table, number_text, page_text

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Table",
    "cell_width",
    "cut",
    "guard",
    "latex_text",
    "markdown_text",
    "number_text",
    "page_text",
    "to_csv",
    "to_json",
    "to_latex",
    "to_markdown",
    "to_text",
    "to_tsv",
    "unguard",
    "with_local_times",
]
