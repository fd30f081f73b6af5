"""NVivo's coding comparison: percentages back to characters, and how far off they can be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.formats.ratings import RatingsFile
from coder.formats.ratings.content import CountedPairs
from tests.formats.ratings.layouts.files import (
    layout_of,
    notes,
    read,
    refused,
    text,
    workbook,
)

HEADER: list[object] = [
    "Code",
    "File",
    "File Folder",
    "File Size",
    "Kappa",
    "Agreement (%)",
    "A and B (%)",
    "Not A and Not B (%)",
    "Disagreement (%)",
    "A and Not B (%)",
    "B and Not A (%)",
]


def counts(file: RatingsFile) -> CountedPairs:
    assert isinstance(file.content, CountedPairs)
    return file.content


def comparison(path: Path, *rows: str) -> Path:
    return text(path, "\n".join([",".join(map(str, HEADER)), *rows]) + "\n")


def test_the_example_of_the_manual(tmp_path: Path) -> None:
    """1,000 characters: 50 coded by both, 150 by one, 800 by neither."""
    rows: list[list[object]] = [
        HEADER,
        ["loss", "one", "Files", "1000 chars", 0.3182, 85, 5, 80, 15, 5, 10],
        ["care", "one", "Files", "1000 chars", 1, 100, 0, 100, 0, 0, 0],
        ["loss", "two", "Files", "400 chars", 1, 100, 25, 75, 0, 0, 0],
    ]
    path = workbook(tmp_path / "a.xlsx", {"Coding Comparison": rows})
    file = read(path, layout="nvivo")
    found = counts(file)
    assert (found.coders, found.codes, found.clusters) == (
        ("A", "B"),
        ("loss", "care"),
        ("one", "two"),
    )
    assert (found.noun, found.measured_in) == ("document", "characters")
    assert found.tables[0, 0].tolist() == [[50, 50], [100, 800]]
    assert found.tables[1].tolist() == [[[100, 0], [0, 300]], [[0, 0], [0, 0]]]
    assert "1 pairs of a code and a file are not in the table" in notes(file)
    assert "A and B, or say --coders AL,RR" in notes(file)
    assert counts(read(path, layout="nvivo", coders=("AL", "RR"))).coders == ("AL", "RR")


def test_columns_of_older_versions(tmp_path: Path) -> None:
    header = [
        "Node",
        "Source",
        "Source Folder",
        "Source Size",
        "Kappa",
        "Agreement (%)",
        "A and B (%)",
        "Not A and Not B (%)",
        "Disagreement (%)",
        "A and Not B (%)",
        "B and Not A (%)",
    ]
    row = ["Nodes\\\\loss", "one", "Internals", "3 pages (12,345 chars)", 0.5]
    row += [98.83, 1.1, 97.73, 1.17, 0.67, 0.5]
    path = workbook(tmp_path / "a.xlsx", {"Sheet1": [header, row]})
    file = read(path, layout="nvivo")
    assert counts(file).tables[0, 0].sum() == 12345
    assert counts(file).tables[0, 0].tolist() == [[136, 82], [62, 12065]]
    assert "percentages with 2 decimals: a cell is off by up to 2 characters" in notes(file)


def test_a_folder_tells_files_of_one_name_apart(tmp_path: Path) -> None:
    path = comparison(
        tmp_path / "a.csv",
        "loss,one,North,100 chars,1,100,10,90,0,0,0",
        "loss,one,South,200 chars,1,100,10,90,0,0,0",
    )
    assert counts(read(path, layout="nvivo")).clusters == ("North/one", "South/one")


def test_shares_and_decimal_commas_and_signs(tmp_path: Path) -> None:
    expected = [[50, 50], [100, 800]]
    for row in (
        "loss,one,F,1000,0.3,0.85,0.05,0.8,0.15,0.05,0.1",
        "loss,one,F,1000,0.3,85%,5%,80%,15%,5%,10%",
    ):
        path = comparison(tmp_path / "a.csv", row)
        assert counts(read(path, layout="nvivo")).tables[0, 0].tolist() == expected
    content = (
        ";".join(map(str, HEADER)) + "\nloss;one;F;1.000;0,3;85,00;5,00;80,00;15,00;5,00;10,00\n"
    )
    path = text(tmp_path / "b.csv", content)
    assert counts(read(path, layout="nvivo")).tables[0, 0].tolist() == expected


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            "loss,one,F,1000,0,85.2,5.1,80.1,15,5,9",
            "a.csv, row 2: A and B, A and Not B, B and Not A and Not A and Not B add up to 99.2",
        ),
        ("loss,one,F,1000,0,90,5,80,15,5,10", "row 2: Agreement is 90, and A and B with"),
        ("loss,one,F,1000,0,85,5,80,15,5,ten", 'column "B and Not A (%)": "ten" is no percent'),
        ("loss,one,F,0:12:03,0,85,5,80,15,5,10", '"0:12:03" is no number of characters'),
        ("loss,one,F,800 x 600,0,85,5,80,15,5,10", '"800 x 600" is no number of characters'),
        ("loss,one,F,12 pages,0,85,5,80,15,5,10", '"12 pages" is no number of characters'),
        ("loss,one,F,0 chars,0,85,5,80,15,5,10", "the file is empty"),
        (",one,F,1000,0,85,5,80,15,5,10", 'row 2, column "Code": the cell is blank'),
    ],
)
def test_faults_are_named(tmp_path: Path, row: str, words: str) -> None:
    assert words in refused(comparison(tmp_path / "a.csv", row), layout="nvivo")


def test_a_pair_that_stands_twice_is_refused(tmp_path: Path) -> None:
    row = "loss,one,F,1000,0.3,85,5,80,15,5,10"
    said = refused(comparison(tmp_path / "a.csv", row, row), layout="nvivo")
    assert 'a.csv, row 3: "loss" in "one" stands in row 2 already' in said


@pytest.mark.parametrize("lost", ["File Size", "A and Not B (%)", "Code"])
def test_a_table_that_lacks_a_column_is_refused_not_read_as_coders(
    tmp_path: Path, lost: str
) -> None:
    kept = [at for at, title in enumerate(HEADER) if title != lost]
    row = ["loss", "one", "F", "1000", "0.3", "85", "5", "80", "15", "5", "10"]
    lines = [",".join(str(line[at]) for at in kept) for line in (HEADER, row)]
    path = text(tmp_path / "a.csv", "\n".join(lines) + "\n")
    assert layout_of(path) == "nvivo"
    assert "this is no coding comparison" in refused(path, layout="nvivo")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 20000)] * 4), min_size=1, max_size=4),
    st.integers(0, 4),
)
def test_counts_are_never_further_off_than_is_said(
    tmp_path_factory: pytest.TempPathFactory, tables: list[tuple[int, ...]], decimals: int
) -> None:
    tables = [table for table in tables if sum(table)] or [(1, 2, 3, 4)]
    rows = []
    for at, table in enumerate(tables):
        both, first, second, neither = (100 * n / sum(table) for n in table)
        shares = (both + neither, both, neither, first + second, first, second)
        words = ",".join(f"{share:.{decimals}f}" for share in shares)
        rows.append(f"loss,f{at},F,{sum(table)} chars,,{words}")
    path = comparison(tmp_path_factory.mktemp("nvivo") / "a.csv", *rows)
    file = read(path, layout="nvivo")
    said = re.search(r"off by up to (\d+) characters", notes(file))
    most = int(said[1]) if said else 1
    for table, found in zip(tables, counts(file).tables[:, 0], strict=True):
        cells = found.reshape(-1).tolist()
        assert sum(cells) == sum(table)
        assert min(cells) >= 0
        assert max(abs(a - b) for a, b in zip(cells, table, strict=True)) <= most
