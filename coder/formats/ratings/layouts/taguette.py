"""Exports of Taguette: its list of highlights, one file for each coder.

Source: github.com/remram44/taguette at 8415bbcb: taguette/export.py (``highlights_csv``: columns
id, document, tag, content; a row for every tag of a highlight; highlights without a tag are left
out by its join; no coder and no position).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.answers import look_alikes
from coder.formats.ratings.layouts.segments import Segment, need_coders, segment_ratings
from coder.formats.ratings.layouts.shapes import are_new_names
from coder.formats.ratings.layouts.tables import (
    RatingTable,
    files_of,
    sheet_notes,
    tables_of,
)
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Sheet

HEADER = ("id", "document", "tag", "content")


class Taguette:
    """The highlights that one project has, exported by each coder from their own."""

    name = "taguette"
    says = "lists of highlights exported from Taguette, a file for each coder"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Exactly its four columns."""
        return any(table.names == HEADER for table in tables_of(sheets, how.sheet))

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """Sets of tags of documents or passages, as ``--unit`` asks."""
        tables = [t for t in tables_of(sheets, how.sheet) if t.names == HEADER]
        for file in files_of(sheets):
            if not any(table.sheet.file == file for table in tables):
                raise BadInput(
                    f"{file}: no columns id, document, tag and content", "give Taguette's export"
                )
        owners = {file: PurePath(file).stem for file in files_of(sheets)}
        if are_new_names(how.coders, list(owners.values())):
            owners = dict(zip(owners, how.coders, strict=True))
        segments = [segment for table in tables for segment in _segments(table, owners)]
        hint = (
            "Taguette's file does not tell the members of a project apart: let every coder tag in "
            "a project of their own, and give one exported file for each"
        )
        need_coders(segments, tables[0].sheet.place, hint)
        if len(set(owners.values())) < len(owners):
            raise BadInput(
                f"{files_of(sheets)[-1]}: two files are called alike, and a file is called after "
                "its coder",
                "name the coders, in the order of the files, with --coders",
            )
        found, notes = segment_ratings(
            segments,
            how,
            document="document",
            text="content",
            place=tables[0].sheet.place,
            hint="code spans in a program that exports positions",
        )
        notes.append("Taguette leaves out highlights without a tag")
        return RatingsFile(
            files=files_of(sheets),
            shape=f"Taguette: highlights by {how.unit}, coders {', '.join(found.coders)}",
            content=(found,),
            notes=(*sheet_notes(sheets), *notes, *look_alikes(found.codes, "tags")),
        )


def _segments(table: RatingTable, owners: dict[str, str]) -> Iterator[Segment]:
    for row in table.body([1, 2, 3]):
        document, tag, content = (table.cell(row, at) for at in (1, 2, 3))
        if not document:
            raise BadInput(f"{table.place(row, 1)}: the cell is blank", "export the file again")
        owner = owners[table.sheet.file]
        codes = (tag,) if tag else ()
        yield Segment(table.sheet.place, row.number, owner, document, content, codes)
