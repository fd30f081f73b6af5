"""Spreadsheets of codings made elsewhere, in two forms.

Long form: one row per code, columns ``excerpt`` (or ``unit``, ``ref``), ``code``, and optionally
``code_set`` (or ``set``), ``coder``, ``memo``. A row whose code is empty says "finished, nothing
applied".

Wide form: one row per excerpt, and beside ``excerpt`` one column per code set, named ``set`` or
``book:set``, whose cells hold codes with semicolons between them. A blank cell says nothing: the
excerpt is not finished. ``nothing`` says "finished, nothing applied".

In both, ``n/a`` or ``not_applicable`` says that the question was not asked there.
"""

from coder.formats.codings_table.reading import read_codings
from coder.formats.codings_table.table import CodingRow, CodingsTable

__all__ = ["CodingRow", "CodingsTable", "read_codings"]
