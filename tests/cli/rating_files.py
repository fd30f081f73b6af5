"""The worked reference cases as the files that coders would keep."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.stats.cases import Case


def written(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """A CSV with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def wide(case: Case, folder: Path) -> Path:
    """A row per unit, a column per coder, blanks where one is missing."""
    matrix = case.body["matrix"]
    cluster = case.body.get("cluster")
    coders = [f"coder {number}" for number in range(len(matrix))]
    rows: list[Sequence[object]] = [["unit", *(["transcript"] if cluster else []), *coders]]
    for unit, answers in enumerate(zip(*matrix, strict=True)):
        nested = [f"T{cluster[unit]}"] if cluster else []
        rows.append([f"u{unit}", *nested, *("" if a is None else a for a in answers)])
    return written(folder / f"{case.name}.csv", rows)


def sets(case: Case, folder: Path) -> Path:
    """A row per code; a row without a code where nothing applied."""
    rows: list[Sequence[object]] = [["unit", "coder", "code"]]
    for number, answers in enumerate(case.body["matrix"]):
        for unit, codes in enumerate(answers):
            if codes is not None:
                rows += [[f"u{unit}", f"coder {number}", code] for code in codes or [""]]
    return written(folder / f"{case.name}.csv", rows)


def spans(case: Case, folder: Path) -> Path:
    """A row per span, with the length of the document."""
    begin, length = case.body["begin"], case.body["length"]
    rows: list[Sequence[object]] = [["document", "coder", "code", "start", "stop", "length"]]
    for coder, marks in zip(case.body["coders"], case.body["spans"], strict=True):
        rows += [
            ["T", coder, code, start - begin, start - begin + size, length]
            for start, size, code in marks
        ] or [["T", coder, "", "", "", length]]
    return written(folder / f"{case.name}.csv", rows)


def weights(case: Case, folder: Path) -> Path:
    """A square table of the case's own weights."""
    key = next(key for key in case.body if key.startswith("weight_matrix"))
    names = case.categories
    table = zip(names, case.body[key], strict=True)
    rows = [["", *names], *([name, *row] for name, row in table)]
    return written(folder / f"{case.name}_weights.csv", rows)
