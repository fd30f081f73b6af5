"""The same answers, written in every layout, are read as the same answers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.ratings.layouts.files import answers, read, workbook

CODERS = ("AL", "RR", "Zoë")
CODES = ("loss", "care->home", "blame")

answered = st.dictionaries(
    st.tuples(st.sampled_from(["u1", "u2", "u3", "u4"]), st.sampled_from(CODERS)),
    st.frozensets(st.sampled_from(CODES)),
    min_size=1,
)


def table(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    return path


@settings(max_examples=15, deadline=None)
@given(answered, st.permutations(CODES))
def test_every_layout_of_sets_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    said: dict[tuple[str, str], frozenset[str]],
    codes: list[str],
) -> None:
    # Every coder rates one unit, so that each has a sheet and a column in every file.
    said = {**{("u0", coder): frozenset(CODES[:1]) for coder in CODERS}, **said}
    folder = tmp_path_factory.mktemp("layouts")
    expected = {key: set(codes) for key, codes in said.items()}

    def marks(unit: str, coder: str) -> list[str]:
        applied = said.get((unit, coder))
        return ["" if applied is None else "01"[code in applied] for code in codes]

    rows = [[unit, coder, *marks(unit, coder)] for unit, coder in said]
    path = table(folder / "columns.csv", [["unit", "coder", *codes], *rows])
    assert answers(read(path, layout="code-columns")) == expected

    paths = [
        table(
            folder / f"{coder}.csv",
            [["unit", *codes], *([u, *marks(u, c)] for u, c in said if c == coder)],
        )
        for coder in CODERS
    ]
    assert answers(read(*paths, layout="code-columns")) == expected

    units = dict.fromkeys(unit for unit, _ in said)
    header = ["unit", *(f"{coder}: {code}" for coder in CODERS for code in codes)]
    rows = [[unit, *(mark for c in CODERS for mark in marks(unit, c))] for unit in units]
    path = table(folder / "grid.csv", [header, *rows])
    assert answers(read(path, layout="code-grid")) == expected

    header = ["unit", "coder", "Code 1", "Code 2", "Code 3"]
    rows = [
        [*key, *([*sorted(applied or ["nothing"]), "", ""][:3])] for key, applied in said.items()
    ]
    path = table(folder / "numbered.csv", [header, *rows])
    assert answers(read(path, layout="numbered-codes")) == expected

    sheets = {
        coder: [
            ["unit", "code"],
            *(
                [u, code]
                for (u, c), applied in said.items()
                if c == coder
                for code in applied or [None]
            ),
        ]
        for coder in CODERS
    }
    path = workbook(folder / "sheets.xlsx", sheets)
    assert answers(read(path, layout="sheet-per-coder", sets=True)) == expected
