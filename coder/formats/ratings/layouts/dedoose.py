"""Excerpts exported from Dedoose: a row for an excerpt, a column for a code.

Source: programs on github that read or rebuild the export column for column (none of Dedoose's
own pages gives the table): ``Media Title``, ``Excerpt Range``, ``Excerpt Creator``, ``Excerpt
Copy``, ``Code: Parent\\Child Applied`` with True and False. What a range counts from is nowhere
said, so ranges are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.answers import look_alikes
from coder.formats.ratings.layouts.code_columns import Marks
from coder.formats.ratings.layouts.numbered_codes import parents
from coder.formats.ratings.layouts.segments import Segment, need_coders, segment_ratings
from coder.formats.ratings.layouts.tables import RatingTable, files_of, sheet_notes, tables_of
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Sheet

_APPLIED = re.compile(r"Code: ?(.+) Applied")


class Dedoose:
    """Excerpts of all coders of a project, each with its creator."""

    name = "dedoose"
    says = "excerpts exported from Dedoose, with their creator and a column for each code"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """The columns of its export."""
        return any(_is_export(table) for table in tables_of(sheets, how.sheet))

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """Sets of codes of media or excerpts, as ``--unit`` asks."""
        tables = [table for table in tables_of(sheets, how.sheet) if _is_export(table)]
        if not tables:
            raise BadInput(
                f"{files_of(sheets)[0]}: no columns Media Title, Excerpt Creator and Code: ... "
                "Applied",
                "export the excerpts of Dedoose as a workbook",
            )
        segments = [segment for table in tables for segment in _segments(table)]
        place = tables[0].sheet.place
        need_coders(segments, place, "export the excerpts of all coders")
        found, notes = segment_ratings(
            segments,
            how,
            document="Media Title",
            text="Excerpt Copy",
            place=place,
            hint="use a Training Center test, or a layout with a row for every unit and coder",
        )
        notes.insert(0, "an excerpt counts as coded by its creator alone, whoever added codes")
        return RatingsFile(
            files=files_of(sheets),
            shape=f"Dedoose: excerpts by {how.unit}, coders {', '.join(found.coders)}",
            content=(found,),
            notes=(
                *sheet_notes(sheets),
                *notes,
                *parents(found.codes),
                *look_alikes(found.codes, "codes"),
            ),
        )


def _is_export(table: RatingTable) -> bool:
    wanted = {"media title", "excerpt creator", "excerpt copy"}
    return wanted <= set(table.names) and any(map(_APPLIED.fullmatch, table.titles))


def _segments(table: RatingTable) -> Iterator[Segment]:
    media, creator = table.find("media title"), table.find("excerpt creator")
    text = table.find("excerpt copy")
    columns, codes = [], []
    for at, title in enumerate(table.titles):
        if match := _APPLIED.fullmatch(title):
            columns.append(at)
            codes.append(match[1])
    marks = Marks(noes=False)
    for row in table.body([media, creator, *columns]):
        for needed in (media, creator):
            if not table.cell(row, needed):
                raise BadInput(f"{table.place(row, needed)}: the cell is blank", "fill it")
        applied = marks.codes(table, row, columns, codes) or ()
        yield Segment(
            table.sheet.place,
            row.number,
            table.cell(row, creator),
            table.cell(row, media),
            table.cell(row, text),
            applied,
        )
