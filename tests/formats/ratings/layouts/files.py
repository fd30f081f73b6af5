"""Real files for the tests of layouts, and what was read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coder.errors import CoderError
from coder.formats.ratings import HowToRead, Ratings, RatingsFile
from coder.formats.ratings.layouts import LAYOUTS
from coder.formats.sheets import Sheet, read_sheets

Cells = Sequence[Sequence[object]]


def workbook(path: Path, sheets: Mapping[str, Any]) -> Path:
    """A workbook with these sheets."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def text(path: Path, content: str) -> Path:
    """A CSV file."""
    path.write_text(content, encoding="utf-8", newline="")
    return path


def sheets_of(*paths: Path) -> list[Sheet]:
    return [sheet for path in paths for sheet in read_sheets(path)]


def layout_of(*paths: Path, how: HowToRead | None = None) -> str:
    """Name of the first layout that takes the files; empty where none does."""
    sheets = sheets_of(*paths)
    return next((x.name for x in LAYOUTS if x.fits(sheets, how or HowToRead())), "")


def read(*paths: Path, layout: str, **options: Any) -> RatingsFile:
    """What the layout reads, which must be the one that is recognised."""
    how = HowToRead(**options)
    assert layout_of(*paths, how=how) == layout
    return next(x for x in LAYOUTS if x.name == layout).read(sheets_of(*paths), how)


def refused(*paths: Path, layout: str, **options: Any) -> str:
    """The complaint of a layout that was named: one line, with a next step."""
    chosen = next(x for x in LAYOUTS if x.name == layout)
    with pytest.raises(CoderError) as error:
        chosen.read(sheets_of(*paths), HowToRead(layout=layout, **options))
    said = str(error.value)
    assert "\n" not in said
    assert error.value.hint
    return said.replace(str(paths[0].parent) + "/", "")


def answers(file: RatingsFile) -> dict[tuple[str, str], set[str]]:
    """The codes of every unit and coder who rated it."""
    (found,) = file.content if isinstance(file.content, tuple) else ()
    assert isinstance(found, Ratings)
    result: dict[tuple[str, str], set[str]] = {}
    for unit, coder, code in zip(
        found.unit.tolist(), found.coder.tolist(), found.code.tolist(), strict=True
    ):
        codes = result.setdefault((found.units[unit], found.coders[coder]), set())
        if code >= 0:
            codes.add(found.codes[code])
    return result


def ratings(file: RatingsFile) -> Ratings:
    """The only ratings of a file."""
    assert isinstance(file.content, tuple)
    (found,) = file.content
    return found


def notes(file: RatingsFile) -> str:
    return "\n".join(file.notes)
