"""Rows with a start and a stop, as spans in documents of known or assumed length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.errors import BadInput, UsageError
from coder.formats.files import named
from coder.formats.ratings.content import MarkedSpans
from coder.formats.ratings.layouts.tables import tables_of
from coder.formats.sheets import read_sheets
from coder.formats.wording import listed, shown


@dataclass(frozen=True, slots=True)
class Span:
    """One row: who put which code on which part of which document."""

    place: str
    """File, sheet and row, as complaints begin."""
    row: int
    document: str
    coder: str
    code: str
    start: int
    stop: int
    length: int | None = None
    """Of the document, where the row says it."""


def marked_spans(
    spans: Sequence[Span], lengths: Path | None, coders: Sequence[str]
) -> tuple[MarkedSpans, list[str]]:
    """Spans as columns, with notes on what was assumed about lengths and about who coded what.

    Raises:
        BadInput: A span is empty, stands twice, or ends behind its document; or the lengths
            contradict each other or lack a document.
        UsageError: A coder was asked for who is not in the file.
    """
    import numpy as np

    present = tuple(dict.fromkeys(span.coder for span in spans))
    for name in coders:
        if name not in present:
            raise UsageError(f"no coder {shown(name)} in the file", f"there is {listed(present)}")
    order = {name: at for at, name in enumerate(coders or present)}
    documents = {name: at for at, name in enumerate(dict.fromkeys(s.document for s in spans))}
    _check(spans)
    sizes, notes = _lengths(spans, lengths)
    for span in spans:
        if span.stop > sizes[span.document]:
            raise BadInput(
                f"{span.place}: the span ends at {span.stop}, behind the end of "
                f"{shown(span.document)} at {sizes[span.document]}",
                "correct the position or the length of the document",
            )
    kept = [span for span in spans if span.coder in order]
    codes = {name: at for at, name in enumerate(dict.fromkeys(span.code for span in kept))}
    seen = tuple(frozenset(s.coder for s in kept if s.document == name) for name in documents)
    lacking = sum(1 for coders_here in seen if len(coders_here) < len(order))
    if lacking:
        notes.append(
            f"{lacking} of {len(documents)} documents have no span of some coder, who counts as "
            "not having coded them; if one did and marked nothing, agreement is overstated"
        )
    rows = [
        (documents[s.document], order[s.coder], codes[s.code], s.start, s.stop, s.row) for s in kept
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    return (
        MarkedSpans(
            documents=tuple(documents),
            lengths=tuple(sizes[name] for name in documents),
            coders=tuple(order),
            present=seen,
            codes=tuple(codes),
            document=table[:, 0],
            coder=table[:, 1],
            code=table[:, 2],
            start=table[:, 3],
            stop=table[:, 4],
            row=table[:, 5],
        ),
        notes,
    )


def _check(spans: Sequence[Span]) -> None:
    first: dict[tuple[object, ...], Span] = {}
    for span in spans:
        if not 0 <= span.start < span.stop:
            raise BadInput(
                f"{span.place}: the span runs from {span.start} to {span.stop}",
                "a span starts at 0 or later and stops behind its start",
            )
        key = (span.document, span.coder, span.code, span.start, span.stop)
        earlier = first.setdefault(key, span)
        if earlier is not span:
            raise BadInput(
                f"{span.place}: the same span of {shown(span.coder)} stands in row {earlier.row}",
                "remove one of them",
            )


def _lengths(spans: Sequence[Span], path: Path | None) -> tuple[dict[str, int], list[str]]:
    if path is not None:
        sizes = _read_lengths(path)
        for span in spans:
            if span.document not in sizes:
                raise BadInput(
                    f"{named(path)}: no row for document {shown(span.document)}", "add its length"
                )
        return sizes, []
    sizes = {}
    for span in spans:
        if span.length is None:
            continue
        if sizes.setdefault(span.document, span.length) != span.length:
            raise BadInput(
                f"{span.place}: {shown(span.document)} has {span.length} characters here and "
                f"{sizes[span.document]} further up",
                "give every document one length",
            )
    unknown = dict.fromkeys(s.document for s in spans if s.document not in sizes)
    for name in unknown:
        sizes[name] = max(span.stop for span in spans if span.document == name)
    notes = []
    if unknown:
        notes.append(
            f"THE LENGTH OF {len(unknown)} DOCUMENTS IS NOT IN THE FILE: each is taken to end "
            "with its last span, so text that nobody marked behind it is not counted and the "
            "coefficients are off; give --lengths FILE with columns document and length"
        )
    return sizes, notes


def _read_lengths(path: Path) -> dict[str, int]:
    for table in tables_of(read_sheets(path)):
        document, length = table.find("document", "file", "filename"), table.find("length")
        if document is None or length is None:
            continue
        sizes = {}
        for row in table.body([document, length]):
            sizes[table.cell(row, document)] = whole(table.cell(row, length), table.place(row))
        return sizes
    raise BadInput(
        f"{named(path)}: no columns document and length", "name them so in the first row"
    )


def whole(text: str, place: str) -> int:
    """A count of characters.

    Raises:
        BadInput: It is no whole number.
    """
    if not text.isascii() or not text.isdigit():
        raise BadInput(f"{place}: {shown(text)} is no whole number", "correct it")
    return int(text)
