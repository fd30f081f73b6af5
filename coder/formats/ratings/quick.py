"""Columns from large CSV and TSV files with pyarrow, a million rows in a blink.

Only files without any peculiarity are read here: whether a file is one is seen from its bytes, in
a few passes that numpy or C makes. All others, and all that something is wrong with, go to the
careful reader, whose complaints name the exact row. So both give the same, or one gives way.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.formats.files import decode_utf8, named
from coder.formats.ratings.careful import SheetTable, empty, titles_of
from coder.formats.ratings.columns import Column, Columns, Head, Table
from coder.formats.ratings.packed import FEW, Names, distinct, positions
from coder.formats.sheets import Row, Sheet, read_delimited, separator_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

BLOCK = 4 * 1024 * 1024
"""Bytes that pyarrow takes apart at a time; a row has to be shorter."""

PREVIEWED = 16 * 1024
"""Bytes at the start that special layouts are shown."""

PIECE = 256 * 1024


class DelimitedTable(Table):
    """A CSV or TSV file that has been read whole.

    Args:
        path: The file.
        data: Its bytes.

    Raises:
        BadInput: The bytes are no UTF-8, or nothing stands in the file.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self._path, self._data = path, data
        self._file, self._ending = named(path), path.suffix.lower()
        self._whole: Sheet | None = None
        if not data.isascii():
            decode_utf8(path, data)
        end = data.find(b"\n")
        header = decode_utf8(path, data[: end if end >= 0 else None]).removesuffix("\r")
        self._separator = "\t" if self._ending == ".tsv" else separator_of(header)
        titles = _plain_titles(header, self._separator)
        self._plain = bool(titles) and _is_plain(data, self._separator)
        if self._plain:
            first_rows = decode_utf8(path, _first_rows(data))
            self.preview = read_delimited(self._file, first_rows, self._ending)
            self.head = Head(self._file, self._file, 1, titles, path.stem, self.preview.notes)
        else:
            self.preview = self.whole()
            self.head = SheetTable(self.preview).head

    def whole(self) -> Sheet:
        """All rows, as the careful reader gives them."""
        if self._whole is None:
            text = decode_utf8(self._path, self._data)
            self._whole = read_delimited(self._file, text, self._ending)
            if not self._whole.rows:
                raise empty(self._file)
        return self._whole

    def read(self, places: Collection[int], names: Sequence[int] = ()) -> Columns:
        columns = self.quickly(places, names) if self._plain else None
        return columns or SheetTable(self.whole()).read(places, names)

    def quickly(self, places: Collection[int], names: Sequence[int]) -> Columns | None:
        """The columns; None where the careful reader has to look."""
        import numpy as np
        import pyarrow
        from pyarrow import csv as arrow_csv

        looked_up = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
        # Units are many and mostly in order: they are compared later, see `distinct`.
        types = {
            str(at): pyarrow.string() if at in names[:1] else looked_up for at in sorted(places)
        }
        titles = [str(at) for at in range(len(self.head.titles))]
        has_quotes = b'"' in self._data
        try:
            table = arrow_csv.read_csv(
                pyarrow.BufferReader(pyarrow.py_buffer(self._data).slice(0, self._end())),
                read_options=arrow_csv.ReadOptions(
                    column_names=titles, skip_rows=1, block_size=BLOCK
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self._separator,
                    newlines_in_values=has_quotes,
                    ignore_empty_lines=False,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=types,
                    include_columns=list(types),
                    null_values=[],
                    strings_can_be_null=False,
                ),
            )
        except pyarrow.ArrowInvalid:
            return None
        columns = {}
        for at in sorted(places):
            column = _column(self.head.titles[at], table[str(at)])
            # A row without a name may be one of those without anything, which are passed over.
            if column is None or (column.blank >= 0 and at in names):
                return None
            columns[at] = column
        rows = np.arange(2, table.num_rows + 2, dtype=np.int64)
        return Columns(self.head, rows, columns)

    def _end(self) -> int:
        """Where the last line with something in it ends."""
        end = len(self._data)
        while self._data[end - 1 : end] in (b"\n", b"\r"):
            end -= 1
        return end


def _column(title: str, chunked: Any) -> Column | None:
    """A column of packed positions; None where some text wants a closer look."""
    packed = chunked.combine_chunks()
    if not len(packed):
        return None
    if hasattr(packed, "dictionary"):
        texts, at = Names(packed.dictionary), positions(packed.indices)
    else:
        texts, at = distinct(packed)
    if len(texts) > FEW and texts.are_trimmed() and not texts.has_blank():
        return Column(title, texts, at, -1)
    names = tuple(texts)
    if not all(name.strip() or not name for name in names):
        return None
    return Column(title, names, at, names.index("") if "" in names else -1)


def _plain_titles(header: str, separator: str) -> tuple[str, ...]:
    """The names of the columns, if the first line is a header by itself and names all of them."""
    if (
        not header.strip()
        or len(header.splitlines()) != 1
        or header.count('"') % 2
        or header.startswith("sep=")
    ):
        return ()
    try:
        (row,) = csv.reader([header], delimiter=separator, strict=True)
    except csv.Error:
        return ()  # the careful reader says what is wrong
    titles = titles_of(Row(1, tuple(row)))
    return titles if len(titles) == len(row) and all(titles[1:]) else ()


def _first_rows(data: bytes) -> bytes:
    """Some whole rows from the start: up to a line end outside quotation marks."""
    if len(data) <= PREVIEWED:
        return data
    end = data.rfind(b"\n", 0, PREVIEWED)
    while end > 0 and data.count(b'"', 0, end) % 2:
        end = data.rfind(b"\n", 0, end)
    return data[: end if end > 0 else data.find(b"\n")]


def _is_plain(data: bytes, separator: str) -> bool:
    """Whether a file holds nothing that the two readers could take differently."""
    import numpy as np

    bytes_ = np.frombuffer(data, np.uint8)
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return False
    # In pieces that stay in the processor's cache.
    for start in range(0, len(data), PIECE):
        piece = bytes_[start : start + PIECE]
        known = sum(np.count_nonzero(piece == ord(mark)) for mark in "\n\r\t")
        if np.count_nonzero(piece < 32) != known:
            return False
    if b"\x7f" in data or (not data.isascii() and _has_c1(bytes_)):
        return False
    mark = re.escape(separator.encode())
    if b"'" in data and re.search(rb'(?:^|[\n"]|' + mark + rb")'+[=+\-@\t\r\n]", data):
        return False
    return b'"' not in data or _are_quotes_plain(bytes_, separator)


def _has_c1(data: Bytes) -> bool:
    """Whether a control character from U+0080 to U+009F is there."""
    import numpy as np

    at = np.flatnonzero(data[:-1] == 0xC2)
    return bool((data[at + 1] < 0xA0).any())


def _are_quotes_plain(data: Bytes, separator: str) -> bool:
    """Whether quotation marks only open and close whole cells, or stand there twice inside one.

    Of marks in order, each other one opens: before it the cell begins, or another mark has just
    closed. Behind those that close the cell ends, or another mark opens at once.
    """
    import numpy as np

    at = np.flatnonzero(data == ord('"'))
    if len(at) % 2:
        return False
    allowed = np.zeros(256, dtype=bool)
    allowed[[ord(separator), ord("\n"), ord("\r"), ord('"')]] = True
    opening, behind = at[::2], at[1::2] + 1
    # A mark at the very start or end of the file stands at the edge of a cell too.
    before = data[opening[opening > 0] - 1]
    after = data[behind[behind < len(data)]]
    return bool(allowed[before].all() and allowed[after].all())
