"""Codes made while reading, categories and piles from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.calling import Call

T1 = "AF-T01-Y1:1"
T3 = "AF-T01-Y1:3"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def coded(sample: Path, call: Call) -> Path:
    """Five codes made while reading, sorted by two people."""
    for ref, words, alias in (
        (T1, "different adults", "AL"),
        (T1, "=1+1 [/ laughs", "AL"),
        (T3, "Different  adults", "RR"),
        (T3, "no fractions", "RR"),
        (T3, "who covers", "RR"),
        (T3, "twice a day", "AL"),
    ):
        assert call("codebook", "scratch", ref, words, "--coder", alias).code == 0
    moves: tuple[tuple[str, ...], ...] = (
        ("AL", "different_adults", "who covers", "--into", "People"),
        ("AL", "no_fractions", "twice_a_day", "--into", "Time"),
        ("AL", "=1+1 [/ laughs", "--discard"),
        ("RR", "different_adults", "who_covers", "no_fractions", "--into", "School"),
        ("RR", "twice_a_day", "--into", "Hours"),
    )
    for alias, *move in moves:
        assert call("sort", *move, "--coder", alias).code == 0
    return sample


def test_a_code_is_made_listed_and_undone(sample: Path, call: Call) -> None:
    made = call(
        "codebook", "scratch", T1, "sixth", "period", "--in-vivo", "--memo", "x", "--coder", "AL"
    )
    assert (made.code, made.out) == (0, "")
    assert made.err == f"made the code sixth period and put it on {T1}\n"
    again = call("codebook", "scratch", T1, "Sixth period", "--coder", "AL")
    assert again.err == f"nothing to change: put sixth period on {T1} already\n"
    (line,) = rows(call("codebook", "scratch", "--csv").out)
    assert line == {
        "code": "sixth_period",
        "name": "sixth period",
        "excerpts": "1",
        "coders": "AL",
        "parent": "",
    }
    assert call("undo", "--coder", "AL").code == 0
    empty = call("codebook", "scratch")
    assert "no codes yet" in empty.err
    assert "sixth_period" not in call("show", T1).out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("codebook", "scratch", T1, "--coder", "AL"), "which words name the code"),
        (("codebook", "scratch", T1, "nope", "--in-vivo", "--coder", "AL"), "does not stand in"),
        (("codebook", "scratch", "X:1", "nope", "--coder", "AL"), "there is no excerpt X:1"),
        (("codebook", "scratch", T1, "nope", "--coder", "ZZ"), "there is no coder ZZ"),
        (("codebook", "category", "who", "X", "nope", "--coder", "AL"), "there is no code nope"),
        (("codebook", "tree", "nope"), "there is no code set nope"),
        (("sort", "one_student", "--coder", "AL", "--set", "who"), "where do the codes go?"),
        (("sort", "x", "--discard", "--also", "--coder", "AL"), "where do the codes go?"),
        (("sort", "x", "--into", "P", "--coder", "AL"), "which code set?"),
        (("sort", "nope", "--into", "P", "--set", "who", "--coder", "AL"), "there is no code nope"),
        (("sort", "--discard", "--set", "who", "--coder", "AL"), "no code is named"),
        (("sort", "rename", "A", "B", "--set", "who", "--coder", "AL"), "there is no pile A"),
        (("sort", "remove", "A", "--set", "who", "--coder", "AL"), "there is no pile A"),
        (("sort", "adopt", "--set", "who", "--coder", "AL"), "AL has no codes of who in piles"),
        (("piles", "who"), "say who codes"),
        (("sort-agreement", "who"), "nobody has sorted codes of who"),
        (("sort",), "coder sort needs a command"),
    ],
)
def test_mistakes_are_one_line(sample: Path, call: Call, words: tuple[str, ...], says: str) -> None:
    assert says in call(*words).one_line(2)


def test_piles_are_listed_and_compared(coded: Path, call: Call) -> None:
    page = call("piles", "--coder", "AL")
    assert "1  People (2)" in page.out
    assert "discarded (1)" in page.out
    assert page.out == call("sort", "list", "--coder", "AL").out
    found = rows(call("piles", "scratch", "--coder", "RR", "--csv").out)
    assert [(row["place"], row["pile"], row["code"]) for row in found] == [
        ("pile", "School", "different_adults"),
        ("pile", "School", "no_fractions"),
        ("pile", "School", "who_covers"),
        ("pile", "Hours", "twice_a_day"),
        ("loose", "", "code_1_1_laughs"),
    ]
    (pair,) = rows(call("sort-agreement", "--csv").out)
    assert pair["coders"] == "AL and RR"
    assert (pair["codes"], pair["discarded_by_one"], pair["loose"]) == ("4", "0", "1")
    assert float(pair["adjusted_rand"]) == pytest.approx(0.0)
    table, disputed = json.loads(call("sort-agreement", "scratch", "--json").out)
    assert (table["name"], disputed["name"]) == ("sort_agreement", "sort_pairs")
    split = rows(call("sort-agreement", "--pairs", "--top", "2", "--csv").out)
    assert [(row["one"], row["other"]) for row in split] == [
        ("different adults", "no fractions"),
        ("no fractions", "who covers"),
    ]
    text = call("sort-agreement", "--top", "1").out
    assert "Adjusted Rand" in text
    assert "2 more pairs of codes: --top 3 lists all." in text


def test_piles_become_categories_that_tallies_count(coded: Path, call: Call) -> None:
    assert call("sort", "no_fractions", "--into", "People", "--also", "--coder", "AL").code == 0
    assert "no fractions (People, Time)" in call("sort", "adopt", "--coder", "AL").one_line(2)
    done = call("sort", "adopt", "--first", "--coder", "AL")
    assert "made AL's 2 piles categories of scratch" in done.err
    done = call("codebook", "category", "scratch", "All", "People", "Time", "--coder", "AL")
    assert done.code == 0
    tree = rows(call("codebook", "tree", "scratch", "--csv").out)
    assert [(row["depth"], row["kind"], row["name"], row["excerpts"]) for row in tree] == [
        ("0", "code", "'=1+1 [/ laughs", "1"),
        ("0", "category", "All", "2"),
        ("1", "category", "People", "2"),
        ("2", "code", "different adults", "2"),
        ("2", "code", "who covers", "1"),
        ("1", "category", "Time", "1"),
        ("2", "code", "no fractions", "1"),
        ("2", "code", "twice a day", "1"),
    ]
    assert "▾ All" in call("tally", "--codes", "--of", "scratch").out
    assert "    · who covers" in call("codebook", "tree", "scratch").out
    counted = rows(call("tally", "--codes", "--of", "scratch", "--csv").out)
    assert {row["label"]: row["counted"] for row in counted}["All"] == "excerpts by category"
    assert "is a category" in call("code", T1, "scratch:all", "--coder", "AL").one_line(2)


def test_everything_is_exported_safely(coded: Path, call: Call, tmp_path: Path) -> None:
    call("codebook", "category", "scratch", "=2+2", "who_covers", "--coder", "AL")
    assert call("export", "--to", "out").code == 0
    for path in (tmp_path / "out").glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))):
            assert not [cell for cell in row if cell.startswith("=")], path
    kinds = rows((tmp_path / "out" / "sample-codebook.csv").read_text(encoding="utf-8"))
    assert {row["code"]: row["category"] for row in kinds}["code_2_2"] == "yes"
    meanings = rows((tmp_path / "out" / "sample-data_dictionary.csv").read_text(encoding="utf-8"))
    assert all(row["meaning"] for row in meanings)


def test_nothing_else_of_the_study_changes(sample: Path, call: Call) -> None:
    before = {
        words: call(*words.split()).out
        for words in ("agree --csv", "tally --csv", "cross attribution adjustment", "transcripts")
    }
    call("codebook", "scratch", T1, "different adults", "--coder", "AL")
    call("codebook", "scratch", T3, "no fractions", "--coder", "RR")
    call("sort", "no_fractions", "--into", "X", "--coder", "RR")
    assert call("sort", "adopt", "--coder", "RR").code == 0
    assert {words: call(*words.split()).out for words in before} == before
    assert call("check").code == 0
