"""Free spans of text: a row per span, or per coder and document where nothing was marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from coder.errors import BadInput, UsageError
from coder.formats.ratings.columns import Columns, Head, Table
from coder.formats.ratings.content import MarkedSpans
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.shapes import Shape
from coder.formats.ratings.sources import open_source, tables_of
from coder.formats.ratings.spelling import in_order, plural
from coder.formats.ratings.titles import Titles
from coder.formats.wording import did_you_mean, shown

WHOLE = re.compile(r"-?\d+(\.0*)?")

Place = tuple[Head, int]
"""A row of a table, for complaints."""


def read_spans(
    tables: Sequence[Table], shapes: Sequence[Shape], how: HowToRead
) -> tuple[MarkedSpans, list[str]]:
    """The spans of all tables.

    Places count from 0, and ``stop`` is the first place behind a span. A row with a document and a
    coder and nothing else says that the coder has read the document and marked nothing. Spans of
    one coder may overlap; what cannot bear it refuses them later.

    Raises:
        BadInput: A place that is no number or lies outside the text, a document without a length;
            names file, row and column.
        UsageError: A coder of ``how.coders`` is not there.
    """
    found = _Found()
    if how.lengths is not None:
        _read_lengths(how.lengths, found)
    for table, shape in zip(tables, shapes, strict=True):
        _read_table(table, shape, found)
    for name in how.coders:
        if name not in found.coders:
            hint = did_you_mean(name, found.coders) or f"there are {', '.join(found.coders)}"
            raise UsageError(f"{tables[0].head.place}: there is no coder {shown(name)}", hint)
    return found.spans(how), found.notes


@dataclass
class _Found:
    documents: dict[str, dict[str, Place]] = field(default_factory=dict)
    """For each document its coders, with where each is first named."""
    coders: dict[str, None] = field(default_factory=dict)
    lengths: dict[str, tuple[int, Place]] = field(default_factory=dict)
    marks: list[tuple[str, str, str, int, int, Place]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def head(self) -> Head:
        """The first table."""
        seen_by = next(iter(self.documents.values()))
        return next(iter(seen_by.values()))[0]

    def set_length(self, document: str, length: int, place: Place) -> None:
        known, (head, row) = self.lengths.setdefault(document, (length, place))
        if known != length:
            where = f"row {row}" if head is place[0] else f"{head.place}, row {row}"
            raise BadInput(
                f"{place[0].place}, row {place[1]}: {shown(document)} has length {length} here and "
                f"{known} in {where}",
                "a document has one length",
            )

    def spans(self, how: HowToRead) -> MarkedSpans:
        """Everything, checked against the lengths of the documents."""
        import numpy as np

        for document, seen_by in self.documents.items():
            if document not in self.lengths:
                head, row = next(iter(seen_by.values()))
                raise BadInput(
                    f"{head.place}, row {row}: the length of {shown(document)} is not known",
                    "add a column length, or name a file with columns document and length with "
                    "--lengths",
                )
        for document, _, _, _, stop, (head, row) in self.marks:
            if stop > self.lengths[document][0]:
                raise BadInput(
                    f"{head.place}, row {row}: a span that stops at {stop} is outside "
                    f"{shown(document)}, whose length is {self.lengths[document][0]}",
                    "correct the place or the length; both count from 0 in the same units",
                )
        coders = how.coders or tuple(self.coders)
        if len(coders) < 2:
            (name,) = coders
            raise BadInput(
                f"{self.head.place}: {shown(name)} is the only coder",
                "agreement needs two: give a second file",
            )
        marks = [mark for mark in self.marks if mark[1] in coders]
        if less := len(marks) - len({mark[:5] for mark in marks}):
            self.notes.append(
                f"{plural(less, 'span')} marked twice with the same code by one coder"
            )
        documents = tuple(self.documents)
        codes, _ = in_order(tuple(dict.fromkeys(mark[2] for mark in marks)))
        of_document, of_coder, of_code = (
            {name: at for at, name in enumerate(names)} for names in (documents, coders, codes)
        )

        def ints(values: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
            return np.array(values, dtype=np.int64)

        return MarkedSpans(
            documents=documents,
            lengths=tuple(self.lengths[name][0] for name in documents),
            coders=tuple(coders),
            present=tuple(
                frozenset(self.documents[name]) & frozenset(coders) for name in documents
            ),
            codes=codes,
            document=ints([of_document[mark[0]] for mark in marks]),
            coder=ints([of_coder[mark[1]] for mark in marks]),
            code=ints([of_code[mark[2]] for mark in marks]),
            start=ints([mark[3] for mark in marks]),
            stop=ints([mark[4] for mark in marks]),
            row=ints([mark[5][1] for mark in marks]),
        )


def _read_table(table: Table, shape: Shape, found: _Found) -> None:
    assert shape.unit is not None
    assert shape.coder is not None
    assert shape.span is not None
    start, stop, length = shape.span
    (code,) = shape.codes
    places = {shape.unit, shape.coder, code, start, stop} | ({length} - {None})
    columns = table.read({at for at in places if at is not None}, [shape.unit])
    columns.filled(shape.unit, "name the document in every row")
    columns.filled(shape.coder, "name the coder in every row")
    cells = [_texts(columns, at) for at in (shape.unit, shape.coder, code, start, stop, length)]
    for position, row in enumerate(columns.row.tolist()):
        document, coder, name, begin, end, size = (column[position] for column in cells)
        place = (table.head, row)
        found.coders.setdefault(coder)
        found.documents.setdefault(document, {}).setdefault(coder, place)
        if size and length is not None:
            found.set_length(document, _whole(table.head, row, length, size), place)
        if not (name or begin or end):
            continue
        if not name:
            _refuse(table.head, row, code, "blank, beside a start or stop", "write the code")
        for at, text in ((start, begin), (stop, end)):
            if not text:
                _refuse(table.head, row, at, f"blank, beside code {shown(name)}", "write the place")
        first = _whole(table.head, row, start, begin)
        last = _whole(table.head, row, stop, end)
        if last <= first:
            _refuse(
                table.head, row, stop, f"stop {last} is not behind start {first}",
                "stop is the first place behind the span",
            )  # fmt: skip
        found.marks.append((document, coder, name, first, last, place))


def _texts(columns: Columns, at: int | None) -> list[str]:
    if at is None:
        return [""] * len(columns.row)
    column = columns.by_place[at]
    return [column.texts[place] for place in column.at.tolist()]


def _whole(head: Head, row: int, at: int, text: str) -> int:
    """A place or length; programs that know blanks only among fractions write 12 as 12.0."""
    if not WHOLE.fullmatch(text.strip()):
        _refuse(
            head, row, at, f"{shown(text)} is no whole number", "places count characters from 0"
        )
    value = int(text.strip().partition(".")[0])
    if value < 0:
        _refuse(head, row, at, f"{value} lies before the text", "places count characters from 0")
    return value


def _refuse(head: Head, row: int, at: int, what: str, hint: str) -> NoReturn:
    raise BadInput(f"{head.cell(row, head.titles[at])}: {what}", hint)


def _read_lengths(path: Path, found: _Found) -> None:
    """The lengths of documents from a file of their own."""
    table = tables_of(open_source(path, HowToRead()))[0]
    titles = Titles(table.head.titles)
    documents, sizes = titles.candidates("cluster"), titles.candidates("length")
    if len(documents) != 1 or len(sizes) != 1:
        raise BadInput(
            f"{table.head.header}: lengths need a column document and a column length",
            "call them so",
        )
    columns = table.read({documents[0], sizes[0]}, documents)
    columns.filled(documents[0], "name the document in every row")
    columns.filled(sizes[0], "write the length of every document")
    names, values = _texts(columns, documents[0]), _texts(columns, sizes[0])
    for row, name, value in zip(columns.row.tolist(), names, values, strict=True):
        found.set_length(name, _whole(table.head, row, sizes[0], value), (table.head, row))
