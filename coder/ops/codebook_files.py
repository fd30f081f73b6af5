"""Codebooks to and from the files of other programs, never straight into a study."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coder import __version__
from coder.errors import BadInput, UsageError
from coder.model import Codebook
from coder.ops.study import did_you_mean

if TYPE_CHECKING:
    from coder.formats.codebook_import import ImportedBook

FORMATS = ("yaml", "csv", "tsv", "xlsx", "qdc")

ENDINGS = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlsx": "xlsx",
    ".qdc": "qdc",
}
"""What the ending of a file says of its format."""


@dataclass(frozen=True, slots=True)
class BookFile:
    """A codebook as the content of a file."""

    data: bytes
    notes: tuple[str, ...]
    """What the format could not carry, one plain sentence each."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A codebook that came from another format, as a codebook file."""

    book: Codebook
    text: str
    """For a ``.yaml`` file."""
    notes: tuple[str, ...]
    advice: int
    """How many things a methodologist would ask for."""


def format_of(path: Path) -> str:
    """The format that the ending of a file stands for.

    Raises:
        UsageError: It stands for none.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        what = f"ends in {ending}" if ending else "has no ending"
        raise UsageError(
            f"{path.name} {what}, which is no format of codebooks",
            f"endings are {', '.join(ENDINGS)}",
        )
    return ENDINGS[ending]


def export_codebook(book: Codebook, form: str) -> BookFile:
    """A codebook in another format; the same book gives the same bytes.

    Args:
        book: The book.
        form: One of ``FORMATS``. YAML carries everything; ``qdc`` too, for this program.

    Raises:
        UsageError: There is no such format.
    """
    if form not in FORMATS:
        raise UsageError(f"codebooks have no format {form}", did_you_mean(form, FORMATS))
    if form == "yaml":
        from coder.formats.codebook_yaml import write_codebook

        return BookFile(write_codebook(book).encode(), ())
    if form == "qdc":
        from coder.formats.refi_qdc import qdc_bytes

        return BookFile(qdc_bytes(book), ())
    from coder.formats.codebook_table import about_table, codes_table, left_out

    missing = left_out(book, with_about=form == "xlsx")
    notes = (f"not in the table: {', '.join(missing)}; YAML has everything",) if missing else ()
    table = codes_table(book)
    if form in ("csv", "tsv"):
        from coder.formats.tables import to_csv, to_tsv

        text = to_csv(table) if form == "csv" else to_tsv(table)
        return BookFile(text.encode(), notes)
    from coder.formats.workbook import Properties, workbook_bytes

    properties = Properties(book.title, comments=f"coder {__version__}; {book.id} {book.version}")
    data = workbook_bytes(
        [replace(table, notes=())], about=about_table(book), properties=properties
    )
    return BookFile(data, notes)


def import_codebook(
    path: Path, *, book_id: str = "", title: str = "", known: Iterable[Codebook] = ()
) -> Imported:
    """A codebook from a file of any known format, checked.

    Args:
        path: YAML, CSV, TSV, XLSX or ``.qdc``.
        book_id: An id for the book; else the file's.
        title: A title for the book; else the file's.
        known: Books whose codes are recognised by guid.

    Raises:
        UsageError: The ending stands for no format, or the id is none.
        BadInput: The file has a fault; names the row or line.
    """
    form = format_of(path)
    if book_id and not re.fullmatch(r"[A-Za-z0-9_]+", book_id):
        raise UsageError(f"{book_id} is no id", "letters a to z, digits and underscore only")
    if form == "yaml":
        from coder.formats.codebook_import import ImportedBook
        from coder.formats.codebook_yaml import read_codebook

        read = read_codebook(path)
        read = replace(read, id=book_id or read.id, title=title or read.title)
        return _checked(path, ImportedBook(read))
    if form == "qdc":
        from coder.formats.refi_qdc import read_qdc

        return _checked(path, read_qdc(path, book_id=book_id, title=title, known=known))
    from coder.formats.codebook_table.reading import read_codebook_table

    return _checked(path, read_codebook_table(path, book_id=book_id, title=title))


def _checked(path: Path, found: ImportedBook) -> Imported:
    """Let the checker of codebook files look at what was read."""
    from coder.formats.codebook_yaml import check_codebook_text, write_codebook

    text = write_codebook(found.book)
    complaints = check_codebook_text(text)
    faults = [complaint for complaint in complaints if complaint.is_fatal]
    if faults:
        first = faults[0]
        code = re.match(r"code_sets\.\w+\.codes\.(\w+)", first.key)
        place = found.places.get(code.group(1) if code else "", str(path))
        field = first.key.rpartition(".")[2]
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        what = f"{field}: {first.message}" if field else first.message
        raise BadInput(f"{place}: {what}{more}", first.hint)
    return Imported(found.book, text, found.notes, len(complaints))
