"""Exports of QualCoder: codings with their positions, and the lists that have none.

Source: github.com/ccbogel/QualCoder at c3204641: src/qualcoder/report_codes.py (the report of
codes has coder and file but no position), report_sql.py (a query gives positions; its workbook
has the header one column too far right), reports.py (the coder comparison has percentages only,
without which of the two coded), report_exact_matches.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.answers import look_alikes
from coder.formats.ratings.layouts.segments import Segment, need_coders, segment_ratings
from coder.formats.ratings.layouts.spans import Span, marked_spans, whole
from coder.formats.ratings.layouts.tables import RatingTable, files_of, sheet_notes, tables_of
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Row, Sheet
from coder.formats.wording import shown

QUERY = (
    "select source.name as filename, code_text.owner as owner, code_name.name as codename, "
    "code_text.pos0 as pos0, code_text.pos1 as pos1, length(source.fulltext) as length "
    "from code_text join code_name on code_name.cid = code_text.cid "
    "join source on source.id = code_text.fid"
)
"""What a user types into QualCoder's SQL report to get everything that is needed."""

_HINT = (
    "in QualCoder, run the query of docs/agreement_files.md under Reports, Database queries, and "
    "export its result"
)

_START = ("pos0", "index1")
_STOP = ("pos1", "index2")
_CODE = ("codename", "code name")
_FILE = ("filename", "file name", "text file name")
_OWNER = ("owner", "coder name", "coder")


class QualCoder:
    """What QualCoder writes about codings of text."""

    name = "qualcoder"
    says = "an export of QualCoder: a query with positions, or its report of codes"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """The columns of one of its exports."""
        tables = _tables(sheets, how)
        return any(_is_query(t) or _is_report(t) or _is_comparison(t) for t in tables)

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """Spans from a query; from the report of codes only what ``--unit`` asks for."""
        tables = _tables(sheets, how)
        for table in tables:
            if _is_comparison(table):
                raise BadInput(
                    f"{table.sheet.place}, row {table.row}: QualCoder's coder comparison does "
                    "not say how much each of the two coded, and its kappa is not Cohen's; "
                    "nothing can be recomputed from it",
                    _HINT,
                )
        if queries := [table for table in tables if _is_query(table)]:
            return _read_query(sheets, queries, how)
        if reports := [table for table in tables if _is_report(table)]:
            return _read_report(sheets, reports, how)
        raise BadInput(f"{files_of(sheets)[0]}: this is no export of QualCoder", _HINT)


def _tables(sheets: Sequence[Sheet], how: HowToRead) -> list[RatingTable]:
    return [_unshifted(table) for table in tables_of(sheets, how.sheet)]


def _unshifted(table: RatingTable) -> RatingTable:
    """The workbook of a query with its titles above their columns again."""
    width = len(table.titles)
    shifted = not table.titles[0] and table.rows and table.sheet.name
    if not shifted or any(table.cell(row, width - 1) for row in table.rows):
        return table
    return replace(table, titles=table.titles[1:], names=table.names[1:])


def _is_query(table: RatingTable) -> bool:
    return all(table.find(*names) is not None for names in (_START, _STOP, _CODE, _FILE))


def _is_report(table: RatingTable) -> bool:
    wanted = {"coder", "coded", "id", "codename"}
    return wanted <= set(table.names) and table.names[0] in ("file", "case")


def _is_comparison(table: RatingTable) -> bool:
    return {"code tree", "agree %", "a and b %", "not a not b %"} <= set(table.names)


def _read_query(
    sheets: Sequence[Sheet], tables: Sequence[RatingTable], how: HowToRead
) -> RatingsFile:
    spans = [span for table in tables for span in _spans(table)]
    found, notes = marked_spans(spans, how.lengths, how.coders)
    return RatingsFile(
        files=files_of(sheets),
        shape=f"QualCoder: codings of text with their positions, {len(found.documents)} files, "
        f"coders {', '.join(found.coders)}",
        content=found,
        notes=(*sheet_notes(sheets), *notes, *look_alikes(found.codes, "codes")),
    )


def _spans(table: RatingTable) -> Iterator[Span]:
    owner = table.find(*_OWNER)
    if owner is None:
        what = "exact matches only" if "cid" in table.names and "text" in table.names else "codings"
        raise BadInput(
            f"{table.sheet.place}, row {table.row}: {what}, without who coded them", _HINT
        )
    document, code = table.find(*_FILE), table.find(*_CODE)
    start, stop, length = table.find(*_START), table.find(*_STOP), table.find("length")
    for row in table.body([owner, document, code, start, stop, length]):
        size = table.cell(row, length)
        yield Span(
            place=table.place(row),
            row=row.number,
            document=_filled(table, row, document),
            coder=_filled(table, row, owner),
            code=_filled(table, row, code),
            start=whole(table.cell(row, start), table.place(row, start)),
            stop=whole(table.cell(row, stop), table.place(row, stop)),
            length=whole(size, table.place(row, length)) if size else None,
        )


def _read_report(
    sheets: Sequence[Sheet], tables: Sequence[RatingTable], how: HowToRead
) -> RatingsFile:
    segments = [segment for table in tables for segment in _segments(table)]
    table = tables[0]
    need_coders(segments, table.sheet.place, "make all coders visible in QualCoder's report")
    found, notes = segment_ratings(
        segments,
        how,
        document=table.titles[0],
        text="Coded",
        place=table.sheet.place,
        hint=_HINT,
        noun="record" if table.names[0] == "case" else "document",
    )
    return RatingsFile(
        files=files_of(sheets),
        shape=f"QualCoder: report of codes by {shown(how.unit)}, coders {', '.join(found.coders)}",
        content=(found,),
        notes=(*sheet_notes(sheets), *notes, *look_alikes(found.codes, "codes")),
    )


def _segments(table: RatingTable) -> Iterator[Segment]:
    coder, code, text = table.find("coder"), table.find("codename"), table.find("coded")
    for row in table.body([0, coder, code]):
        yield Segment(
            table.sheet.place,
            row.number,
            _filled(table, row, coder),
            _filled(table, row, 0),
            table.cell(row, text),
            (_filled(table, row, code),),
        )


def _filled(table: RatingTable, row: Row, at: int | None) -> str:
    if cell := table.cell(row, at):
        return cell
    raise BadInput(f"{table.place(row, at)}: the cell is blank", "fill it in every row")
