"""Files of ratings for tests, and what was read from them in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coder.formats.ratings import BadRatings, HowToRead, Ratings, RatingsFile, read_ratings

Answer = tuple[str, str, str | None]


def written(folder: Path, text: str, name: str = "ratings.csv") -> Path:
    """A text file."""
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def workbook(folder: Path, sheets: Mapping[str, Sequence[Any]], name: str = "r.xlsx") -> Path:
    """A workbook with these rows in its sheets."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return folder / name


def read(folder: Path, text: str, name: str = "ratings.csv", **how: Any) -> RatingsFile:
    """What is read from a text."""
    return read_ratings([written(folder, text, name)], HowToRead(**how))


def answers(ratings: Ratings) -> list[Answer]:
    """Unit, coder and code of every row; None where no code applies."""
    return [
        (ratings.units[unit], ratings.coders[coder], ratings.codes[code] if code >= 0 else None)
        for unit, coder, code in zip(
            ratings.unit.tolist(), ratings.coder.tolist(), ratings.code.tolist(), strict=True
        )
    ]


def only(file: RatingsFile) -> Ratings:
    """The ratings of a file with one code set."""
    assert isinstance(file.content, tuple)
    (ratings,) = file.content
    return ratings


def by_name(file: RatingsFile) -> dict[str, list[Answer]]:
    """The answers of all code sets."""
    assert isinstance(file.content, tuple)
    return {ratings.name: answers(ratings) for ratings in file.content}


def clusters(ratings: Ratings) -> dict[str, str]:
    """The cluster of every unit."""
    assert ratings.cluster is not None
    return {
        unit: ratings.clusters[int(at)]
        for unit, at in zip(ratings.units, ratings.cluster, strict=True)
    }


def refused(paths: Path | Sequence[Path], **how: Any) -> str:
    """The complaint about files: one line with a next step, and exit code 2."""
    several = [paths] if isinstance(paths, Path) else list(paths)
    with pytest.raises(BadRatings) as error:
        read_ratings(several, HowToRead(**how))
    assert error.value.exit_code == 2
    assert error.value.hint
    assert "\n" not in str(error.value)
    assert any(str(path.name) in error.value.message for path in several)
    return str(error.value)


def refused_text(folder: Path, text: str, name: str = "ratings.csv", **how: Any) -> str:
    """The complaint about a text."""
    return refused(written(folder, text, name), **how)
