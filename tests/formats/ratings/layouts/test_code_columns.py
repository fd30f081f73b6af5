"""A column for every code: with a coder column, by sheet, by file, and as a grid."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.ratings import HowToRead
from tests.formats.ratings.layouts.files import (
    Cells,
    answers,
    layout_of,
    notes,
    ratings,
    read,
    refused,
    text,
    workbook,
)

EXPECTED = {
    ("u1", "AL"): {"loss"},
    ("u1", "RR"): {"loss", "care"},
    ("u2", "AL"): set(),
    ("u2", "RR"): {"care"},
}


@pytest.mark.parametrize(
    ("yes", "no"), [("1", "0"), ("1.0", "0.0"), ("Yes", "no"), ("TRUE", "FALSE"), ("x", "0")]
)
def test_a_coder_column(tmp_path: Path, yes: str, no: str) -> None:
    path = text(
        tmp_path / "a.csv",
        "unit,transcript,coder,loss,care,memo\n"
        f"u1,T1,AL,{yes},{no},why\n"
        f"u2,T2,AL,{no},{no},\n"
        f"u1,T1,RR,{yes},{yes},\n"
        f"u2,T2,RR,{no},{yes},\n",
    )
    file = read(path, layout="code-columns")
    assert answers(file) == EXPECTED
    found = ratings(file)
    assert (found.codes, found.coders, found.sets) == (("loss", "care"), ("AL", "RR"), True)
    assert (found.clusters, found.noun) == (("T1", "T2"), "transcript")
    assert found.cluster is not None
    assert found.cluster.tolist() == [0, 1]
    assert found.row.tolist() == [2, 3, 4, 4, 5]
    assert 'not read: column "memo"' in notes(file)


def test_true_and_false_of_a_workbook(tmp_path: Path) -> None:
    rows: Cells = [["unit", "coder", "loss", "care"], ["u1", "AL", True, False], ["u1", "RR", 1, 0]]
    file = read(workbook(tmp_path / "a.xlsx", {"all": rows}), layout="code-columns")
    assert answers(file) == {("u1", "AL"): {"loss"}, ("u1", "RR"): {"loss"}}


def test_a_file_for_each_coder(tmp_path: Path) -> None:
    first = text(tmp_path / "AL.csv", "unit,loss,care\nu1,1,0\nu2,0,0\n")
    second = text(tmp_path / "RR.csv", "unit,care,loss\nu2,1,0\nu1,1,1\n")
    assert answers(read(first, second, layout="code-columns")) == EXPECTED
    named = read(first, second, layout="code-columns", coders=("Ana", "Ruth"))
    assert ratings(named).coders == ("Ana", "Ruth")
    assert "Ana is AL, Ruth is RR" in notes(named)
    only = read(first, second, layout="code-columns", coders=("RR",))
    assert ratings(only).coders == ("RR",)
    assert 'no coder "XX" in the file (there is AL or RR)' in refused(
        first, second, layout="code-columns", coders=("AL", "XX")
    )


def test_a_sheet_for_each_coder(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "AL": [["Our coding"], ["unit", "loss", "care"], ["u1", 1, 0], ["u2", 0, 0]],
            "RR": [["unit", "loss", "care"], ["u1", 1, 1], ["u2", 0, 1]],
            "codebook": [["code", "definition"], ["loss", "..."]],
        },
    )
    file = read(path, layout="code-columns")
    assert answers(file) == EXPECTED
    assert f'sheet "codebook" of {path} is ignored' in notes(file)


def test_a_sheet_for_each_code_is_not_read_as_one_for_each_coder(tmp_path: Path) -> None:
    rows: Cells = [["unit", "AL", "RR"], ["u1", 1, 0]]
    path = workbook(tmp_path / "a.xlsx", {"loss": rows, "care": rows})
    assert "each sheet is taken for a coder" in notes(read(path, layout="code-columns"))
    assert layout_of(path, how=HowToRead(coders=("AL", "RR"))) == ""


def test_columns_without_a_name_are_not_read_and_that_is_said(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", ",unit,coder,loss,care\n0,u1,AL,1,0\n1,u1,RR,1,0\n")
    file = read(path, layout="code-columns")
    assert "not read: column number 1, which has no name" in notes(file)
    assert answers(file)["u1", "AL"] == {"loss"}


def test_blank_rows_were_not_rated(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "unit,coder,loss,care\nu1,AL,,\nu1,RR,1,0\nu2,AL,0,0\n")
    file = read(path, layout="code-columns")
    assert answers(file) == {("u1", "RR"): {"loss"}, ("u2", "AL"): set()}
    assert "1 row is blank under every code and taken as not rated" in notes(file)


def test_blanks_beside_a_cross_mean_no(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "unit,coder,loss,care\nu1,AL,x,\nu1,RR,X,x\nu2,AL,,x\n")
    file = read(path, layout="code-columns")
    assert answers(file)["u1", "AL"] == {"loss"}
    assert "2 blank cells beside a mark were taken as: the code does not apply" in notes(file)


@pytest.mark.parametrize(
    "header", ["AL: loss,AL: care,RR: loss,RR: care", "AL:loss,AL:care,RR:loss,RR:care"]
)
def test_a_grid_named_by_coder(tmp_path: Path, header: str) -> None:
    path = text(tmp_path / "a.csv", f"unit,{header}\nu1,1,0,1,1\nu2,0,0,0,1\nu3,1,0,,\n")
    file = read(path, layout="code-grid")
    assert answers(file) == {**EXPECTED, ("u3", "AL"): {"loss"}}
    assert "other way round" not in notes(file)


def test_a_grid_named_by_code(tmp_path: Path) -> None:
    content = "unit,the_loss_AL,care_AL,the_loss_RR,care_RR\nu1,1,0,1,1\n"
    file = read(text(tmp_path / "a.csv", content), layout="code-grid")
    assert answers(file) == {("u1", "AL"): {"the_loss"}, ("u1", "RR"): {"the_loss", "care"}}
    assert "say --coders the_loss,care" in notes(file)


def test_a_grid_that_lacks_a_column_is_refused_not_read_as_coders(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "unit,AL: loss,RR: loss,AL: care\nu1,1,0,1\n")
    assert layout_of(path) == "code-grid"
    assert 'a.csv, row 1: no column "RR: care"' in refused(path, layout="code-grid")


def test_coders_say_which_half_of_a_title_they_are(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "unit,AL_loss,AL_care,RR_loss,RR_care\nu1,1,0,1,1\n")
    assert ratings(read(path, layout="code-grid")).coders == ("loss", "care")
    file = read(path, layout="code-grid", coders=("AL", "RR"))
    assert answers(file) == {("u1", "AL"): {"loss"}, ("u1", "RR"): {"loss", "care"}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("u1,AL,1,0\nu2,AL,2,0\n", 'a.csv, row 3, column "loss": "2" is neither 0 nor 1'),
        ("u1,AL,1,0\nu2,AL,ja,0\n", 'a.csv, row 3, column "loss": "ja" is neither 0 nor 1'),
        ("u1,AL,1,\nu2,AL,0,1\n", 'a.csv, row 2, column "care": blank beside 0 and 1'),
        ("u1,AL,1,0\n,AL,0,1\n", 'a.csv, row 3, column "unit": the cell is blank'),
        ("u1,,1,0\n", 'a.csv, row 2, column "coder": the cell is blank'),
        ("u1,AL,1,0\nu1,AL,0,1\n", 'a.csv, row 3: "u1" was rated by "AL" in row 2'),
        ("u1,AL,1\n", "a.csv, row 2: 3 cells under 4 columns"),
        ("u1,AL,1,0,1\n", "a.csv, row 2: 5 cells under 4 columns"),
        ("u1,AL,,\n", "no sheet has two columns of codes with 0 and 1"),
        ("u1,AL,often,0\n", 'column "loss": "often" is neither 0 nor 1'),
    ],
)
def test_faults_are_named(tmp_path: Path, content: str, words: str) -> None:
    path = text(tmp_path / "a.csv", f"unit,coder,loss,care\n{content}")
    assert words in refused(path, layout="code-columns")


def test_files_with_different_columns_are_refused(tmp_path: Path) -> None:
    first = text(tmp_path / "AL.csv", "unit,loss,care\nu1,1,0\n")
    second = text(tmp_path / "RR.csv", "unit,loss,hope\nu1,1,1\n")
    said = refused(first, second, layout="code-columns")
    assert 'RR.csv: no column "care", which AL.csv has' in said


def test_a_unit_in_two_clusters_is_refused(tmp_path: Path) -> None:
    content = "unit,cluster,coder,loss,care\nu1,T1,AL,1,0\nu1,T2,RR,1,0\n"
    said = refused(text(tmp_path / "a.csv", content), layout="code-columns")
    assert 'a.csv, row 3: "u1" is in "T2" here and in "T1" further up' in said


def test_titles_that_differ_in_case_are_kept_apart_aloud(tmp_path: Path) -> None:
    rows: Cells = [["unit", "coder", "Loss", "lo ss"], ["u1", "AL", 1, 0], ["u1", "RR", 1, 0]]
    file = read(workbook(tmp_path / "a.xlsx", {"s": rows}), layout="code-columns")
    assert '"Loss" and "lo ss"' in notes(file)


def test_a_formula_that_was_not_computed_is_refused(tmp_path: Path) -> None:
    rows: Cells = [["unit", "coder", "loss", "care"], ["u1", "AL", "=1+0", 0], ["u2", "AL", 1, 0]]
    said = refused(workbook(tmp_path / "a.xlsx", {"s": rows}), layout="code-columns")
    assert 'sheet "s", row 2, column "loss": an error or a formula' in said
