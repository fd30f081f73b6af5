"""Numbered code columns, and workbooks with a sheet for each coder."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.ratings import HowToRead
from tests.formats.ratings.layouts.files import (
    answers,
    layout_of,
    notes,
    ratings,
    read,
    refused,
    text,
    workbook,
)

EIGHT = ",".join(f"Code {n}" for n in range(1, 9))


def test_eight_code_columns_with_parents(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv",
        f"Excerpt,Coder,{EIGHT}\n"
        "u1,AL,cause->home,blame,,,,,,\n"
        "u1,RR,blame,,cause->home,,,,,\n"
        "u2,AL,nothing,,,,,,,\n"
        "u2,RR,,,,,,,,\n",
    )
    file = read(path, layout="numbered-codes")
    assert answers(file) == {
        ("u1", "AL"): {"cause->home", "blame"},
        ("u1", "RR"): {"cause->home", "blame"},
        ("u2", "AL"): set(),
    }
    assert file.shape.startswith("numbered codes: up to 8 codes side by side, a coder column")
    assert '1 of 2 codes are written with their parent, such as "cause->home"' in notes(file)
    assert "1 row has no code and count as not rated" in notes(file)


@pytest.mark.parametrize("titles", ["Code1,Code2", "code_1,code_2", "Category 1,Category 2"])
@pytest.mark.parametrize("name", ["cause > home", r"cause\\home", r"cause\home"])
def test_other_spellings(tmp_path: Path, titles: str, name: str) -> None:
    path = text(tmp_path / "a.csv", f"unit,coder,{titles}\nu1,AL,{name},b\nu1,RR,b,\n")
    file = read(path, layout="numbered-codes")
    assert answers(file)["u1", "AL"] == {name, "b"}
    assert "1 of 2 codes are written with their parent" in notes(file)


def test_numbered_codes_in_a_sheet_or_a_file_for_each_coder(tmp_path: Path) -> None:
    expected = {("u1", "AL"): {"x", "y"}, ("u1", "RR"): {"x"}}
    sheets = {
        "AL": [["unit", "Code 1", "Code 2"], ["u1", "x", "y"]],
        "RR": [["unit", "Code 1", "Code 2", "Code 3"], ["u1", "x"]],
        "notes": [["what", "when"], ["a", "b"]],
    }
    file = read(workbook(tmp_path / "a.xlsx", sheets), layout="numbered-codes")
    assert answers(file) == expected
    assert 'sheet "notes"' in notes(file)
    first = text(tmp_path / "AL.csv", "unit,Code 1,Code 2\nu1,x,y\n")
    second = text(tmp_path / "RR.csv", "unit,Code 1,Code 2\nu1,x,\n")
    assert answers(read(first, second, layout="numbered-codes")) == expected


def test_numbered_codes_without_a_coder_are_refused_not_read_as_coders(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", f"unit,{EIGHT}\nu1,x,y,,,,,,\n")
    assert layout_of(path) == "numbered-codes"
    said = refused(path, layout="numbered-codes")
    assert "a.csv, row 1: no column says who the coder is" in said
    assert '--coders "Code 1,Code 2,..."' in said
    assert layout_of(path, how=HowToRead(coders=("Code 1", "Code 2"))) == ""


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("u1,AL,x,nothing\n", "a.csv, row 2: a code and the word that none applies"),
        ("u1,AL,x,\nu1,AL,y,\n", 'a.csv, row 3: "u1" was rated by "AL" in row 2'),
        ("u1,AL,,\n", "no row has a code"),
        (",AL,x,\n", 'row 2, column "unit": the cell is blank'),
        ("u1,AL,x\n", "row 2: 3 cells under 4 columns"),
    ],
)
def test_faults_of_numbered_codes(tmp_path: Path, rows: str, words: str) -> None:
    path = text(tmp_path / "a.csv", f"unit,coder,Code 1,Code 2\n{rows}")
    assert words in refused(path, layout="numbered-codes")


def test_a_code_written_twice_counts_once_aloud(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "unit,coder,Code 1,Code 2\nu1,AL,x,x\nu1,RR,x,\n")
    file = read(path, layout="numbered-codes")
    assert ratings(file).code.tolist() == [0, 0]
    assert f"{path}, row 2: a code stands there twice and counts once" in notes(file)


SHEETS = {
    "AL": [["unit", "transcript", "code"], ["u1", "T1", "x"], ["u2", "T1", None]],
    "RR": [["unit", "transcript", "code"], ["u1", "T1", "y"], ["u3", "T2", "x"]],
    "Codebook": [["code", "definition"], ["x", "..."]],
}


def test_one_sheet_per_coder(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", SHEETS)
    file = read(path, layout="sheet-per-coder")
    assert answers(file) == {
        ("u1", "AL"): {"x"},
        ("u2", "AL"): set(),
        ("u1", "RR"): {"y"},
        ("u3", "RR"): {"x"},
    }
    found = ratings(file)
    assert (found.sets, found.clusters, found.noun) == (False, ("T1", "T2"), "transcript")
    assert f'sheet "Codebook" of {path} is ignored: its columns are others' in notes(file)


def test_several_rows_of_a_unit_are_a_set_only_when_said(tmp_path: Path) -> None:
    header: list[object] = ["unit", "code"]
    sheets = {"AL": [header, ["u1", "x"], ["u1", "y"]], "RR": [header, ["u1", "x"]]}
    path = workbook(tmp_path / "a.xlsx", sheets)
    assert 'sheet "AL", row 3: "u1" was rated by "AL" in row 2' in refused(
        path, layout="sheet-per-coder"
    )
    file = read(path, layout="sheet-per-coder", sets=True)
    assert answers(file)["u1", "AL"] == {"x", "y"}
    assert ratings(file).sets
    sheets["AL"].append(["u1", "x"])
    said = refused(workbook(path, sheets), layout="sheet-per-coder", sets=True)
    assert 'row 4: "x" stands on "u1" already' in said
    sheets["AL"][-1] = ["u1", None]
    said = refused(workbook(path, sheets), layout="sheet-per-coder", sets=True)
    assert 'row 4: "u1" has a code and a row without one' in said


def test_columns_named_by_the_user(tmp_path: Path) -> None:
    header = ["Turn", "Idea"]
    sheets = {"AL": [header, ["1", "x"]], "RR": [header, ["1", "y"]], "other": [["a", "b"]]}
    path = workbook(tmp_path / "a.xlsx", sheets)
    assert layout_of(path) == ""
    file = read(path, layout="sheet-per-coder", unit="Turn", code=("Idea",))
    assert answers(file) == {("1", "AL"): {"x"}, ("1", "RR"): {"y"}}
    assert "no two sheets have" in refused(path, layout="sheet-per-coder", code=("Ide",))
