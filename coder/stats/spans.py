"""Free spans of text: who marked which stretch of which document with which code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from coder.errors import UsageError
from coder.stats.arrays import BoolArray, IntArray, read_only
from coder.stats.labels import category_positions, unique_names

SpanRow: TypeAlias = tuple[str, str, str, int, int]
"""Document, coder, code, start, stop."""

_COLUMNS = ("document", "coder", "code", "start", "stop")


@dataclass(frozen=True)
class Document:
    """One document and the spans that coders marked in it.

    Args:
        name: Its name.
        length: Its length in characters, or in whatever unit the spans are measured.
        spans: For every coder of the document the spans (start, stop, code), stop excluded. A coder
            who marked nothing is listed with no spans; one who is not listed did not code it.
    """

    name: str
    length: int
    spans: Mapping[str, Sequence[tuple[int, int, str]]]


@dataclass(frozen=True, eq=False)
class Spans:
    """The spans of all coders in all documents, as columns.

    Held sorted by coder, document and start. Spans of one coder may overlap; the statistics that
    cannot bear it refuse them (`span_lines.check_exclusive`).

    Args:
        documents: D names.
        lengths: (D,) their lengths.
        coders: m names.
        present: (D, m) who coded which document, with or without marking anything.
        codes: q declared codes.
        document: (n,) the document of each span, as a position.
        coder: (n,) its coder.
        code: (n,) its code.
        start: (n,) where it starts in its document, from 0.
        stop: (n,) the first place after it.

    Raises:
        UsageError: A span lies outside its document, is empty, or its coder is not listed there.
    """

    documents: tuple[str, ...]
    lengths: IntArray
    coders: tuple[str, ...]
    present: BoolArray
    codes: tuple[str, ...]
    document: IntArray
    coder: IntArray
    code: IntArray
    start: IntArray
    stop: IntArray

    def __post_init__(self) -> None:
        unique_names("document", self.documents)
        unique_names("coder", self.coders)
        unique_names("code", self.codes)
        lengths, present = read_only(self.lengths), np.array(self.present, dtype=np.bool_)
        if lengths.shape != (len(self.documents),):
            raise ValueError(f"lengths of shape {lengths.shape}, not one per document")
        for name, length in zip(self.documents, lengths, strict=True):
            if length < 0:
                raise UsageError(f"document {name}: its length cannot be {length}")
        if present.shape != (len(self.documents), len(self.coders)):
            raise ValueError(f"present of shape {present.shape} does not fit documents and coders")
        present.flags.writeable = False
        held = {name: read_only(getattr(self, name)) for name in _COLUMNS}
        if len({column.shape for column in held.values()}) != 1 or held["start"].ndim != 1:
            raise ValueError("the columns of spans differ in length")
        for name, known in zip(_COLUMNS, (self.documents, self.coders, self.codes), strict=False):
            column = held[name]
            if column.size and (int(column.min()) < 0 or int(column.max()) >= len(known)):
                raise ValueError(f"a {name} is outside the {len(known)} listed")
        self._set(lengths=lengths, present=present, **held)
        self._check_places()
        # One key instead of a sort by three columns.
        ends = np.cumsum(lengths)
        key = self.coder * int(lengths.sum()) + (ends - lengths)[self.document] + self.start
        if (np.diff(key) < 0).any():
            order = np.argsort(key, kind="stable")
            self._set(**{name: read_only(column[order]) for name, column in held.items()})

    @classmethod
    def from_documents(
        cls,
        documents: Iterable[Document],
        codes: Sequence[str] | None = None,
        coders: Sequence[str] | None = None,
    ) -> Spans:
        """Collect documents with the spans of each of their coders.

        Args:
            documents: In the order of the report.
            codes: The declared codes; by default those that occur, sorted.
            coders: All coders; by default those listed, in order of appearance.

        Raises:
            UsageError: As for the class; or a code or coder is not among those declared.
        """
        held = list(documents)
        return cls.from_rows(
            (
                (document.name, coder, code, start, stop)
                for document in held
                for coder, spans in document.spans.items()
                for start, stop, code in spans
            ),
            _lengths_of(held),
            {document.name: tuple(document.spans) for document in held},
            codes,
            coders,
        )

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[SpanRow],
        lengths: Mapping[str, int],
        listed: Mapping[str, Collection[str]] | Sequence[str],
        codes: Sequence[str] | None = None,
        coders: Sequence[str] | None = None,
    ) -> Spans:
        """Collect rows of (document, coder, code, start, stop).

        Args:
            rows: One per span.
            lengths: The length of every document, in the order of the report.
            listed: Who coded each document; or the coders, if all of them coded all documents. From
                rows alone nobody can tell who found nothing to mark.
            codes: The declared codes; by default those that occur, sorted.
            coders: All coders; by default those listed, in order of appearance.

        Raises:
            UsageError: As for the class; or a document, code or coder is not among those declared.
        """
        table = list(rows)
        names = tuple(lengths)
        by_document = listed if isinstance(listed, Mapping) else dict.fromkeys(names, tuple(listed))
        present_by = [tuple(by_document.get(name, ())) for name in names]
        everyone = tuple(coders or dict.fromkeys(c for here in present_by for c in here))
        declared = tuple(sorted({row[2] for row in table}) if codes is None else codes)
        for name, here in zip(names, present_by, strict=True):
            unknown = set(here).difference(everyone)
            if unknown:
                raise UsageError(f"document {name}: {min(unknown)} is not among the coders")
        present = [[coder in here for coder in everyone] for here in present_by]
        return cls(
            names,
            _whole("lengths of documents", list(lengths.values())),
            everyone,
            np.array(present, dtype=np.bool_).reshape(len(names), len(everyone)),
            declared,
            _positions("document", [row[0] for row in table], names),
            _positions("coder", [row[1] for row in table], everyone),
            _positions("code", [row[2] for row in table], declared),
            _whole("starts of spans", [row[3] for row in table]),
            _whole("stops of spans", [row[4] for row in table]),
        )

    def only(self, codes: Sequence[str]) -> Spans:
        """The spans with these codes; all other text counts as not marked."""
        kept = category_positions(self.codes, codes)
        lookup = np.full(len(self.codes), -1, dtype=np.int64)
        lookup[kept] = np.arange(len(kept))
        number = lookup[self.code]
        rows = np.flatnonzero(number >= 0)
        return self.selected(rows, codes=tuple(codes), code=number[rows])

    def without(self, document: str) -> Spans:
        """All documents but this one."""
        if document not in self.documents:
            raise ValueError(f"there is no document {document!r}")
        gone = self.documents.index(document)
        rows = np.flatnonzero(self.document != gone)
        number = self.document[rows]
        return self.selected(
            rows,
            documents=self.documents[:gone] + self.documents[gone + 1 :],
            lengths=np.delete(self.lengths, gone),
            present=np.delete(self.present, gone, axis=0),
            document=number - (number > gone),
        )

    def selected(self, rows: IntArray, **changed: Any) -> Spans:
        """Some of the spans, by number, with other columns changed as well."""
        columns = {name: getattr(self, name)[rows] for name in _COLUMNS}
        return replace(self, **{**columns, **changed})

    def words(self, k: int) -> str:
        """Span k as start-stop (code)."""
        return f"{self.start[k]}-{self.stop[k]} ({self.codes[self.code[k]]})"

    def _check_places(self) -> None:
        outside = (self.start < 0) | (self.stop > self.lengths[self.document])
        unlisted = ~self.present[self.document, self.coder]
        wrong = np.flatnonzero((self.stop <= self.start) | outside | unlisted)
        if not wrong.size:
            return
        k = int(wrong[0])
        name, coder = self.documents[self.document[k]], self.coders[self.coder[k]]
        if self.stop[k] <= self.start[k]:
            what = "is empty"
        elif outside[k]:
            what = f"lies outside the document, which ends at {self.lengths[self.document[k]]}"
        else:
            what = "has a coder who is not listed for the document"
        raise UsageError(f"document {name}: span {self.words(k)} of {coder} {what}")

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)


def _lengths_of(documents: Sequence[Document]) -> dict[str, int]:
    unique_names("document", (document.name for document in documents))
    return {document.name: document.length for document in documents}


def _positions(kind: str, names: Sequence[str], known: Sequence[str]) -> IntArray:
    place = {name: position for position, name in enumerate(known)}
    try:
        return np.array([place[name] for name in names], dtype=np.int64)
    except KeyError as missing:
        listed = ", ".join(known) or "none"
        raise UsageError(f"{kind} {missing.args[0]} is not among those listed: {listed}") from None


def _whole(what: str, values: Sequence[int]) -> IntArray:
    try:
        return read_only(values)
    except (TypeError, ValueError):
        raise UsageError(f"{what} must be whole numbers") from None
