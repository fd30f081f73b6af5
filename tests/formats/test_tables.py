"""Tables out: for programs with all digits, for people rounded and aligned."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.formats.tables import (
    Cell,
    Column,
    Table,
    cell_width,
    cut,
    guard,
    page_text,
    to_csv,
    to_json,
    to_markdown,
    to_text,
    to_tsv,
    unguard,
)

ROLES = Table(
    "attribution_by_role",
    "Attribution by role",
    (
        Column("role", "Role"),
        Column("productive", "productive", "count"),
        Column("solely", "solely unproductive", "count"),
        Column("share", "% productive of codable", "percent"),
        Column("kappa", "kappa", "number"),
        Column("day", "first day", "date"),
    ),
    (
        ("teacher", 2, 2, 0.4, 0.71081, "2024-02-06"),
        ("all", 5, 3, 5 / 11, None, date(2024, 1, 30)),
        (None, 0, None, None, float("nan"), None),
    ),
    ("n counts everyone.",),
)


def texts(*cells: Cell) -> Table:
    return Table("t", "T", (Column("words", "Words"),), tuple((cell,) for cell in cells))


def test_csv_has_keys_all_digits_and_lf() -> None:
    assert to_csv(ROLES) == (
        "role,productive,solely,share,kappa,day\n"
        "teacher,2,2,0.4,0.71081,2024-02-06\n"
        "all,5,3,0.45454545454545453,,2024-01-30\n"
        ",0,,,,\n"
    )
    assert to_tsv(ROLES).splitlines()[1] == "teacher\t2\t2\t0.4\t0.71081\t2024-02-06"


def test_numbers_are_written_without_exponents_and_numpy() -> None:
    columns = (Column("n", "n", "count"), Column("p", "p", "percent"), Column("x", "x", "number"))
    row: tuple[Cell, ...] = (np.int64(3), np.float64(1), 1e-7)  # type: ignore[assignment]
    table = Table("t", "T", columns, (row, (3.0, 1, -0.0), (-2, 0, 1e22)))
    assert to_csv(table).splitlines()[1:] == [
        "3,1.0,0.0000001",
        "3,1.0,0.0",
        "-2,0.0,10000000000000000000000.0",
    ]
    assert json.loads(to_json(table))["rows"][0] == {"n": 3, "p": 1.0, "x": 1e-7}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    (cell,) = list(csv.reader(io.StringIO(to_csv(texts(f"{start}1+1")), newline="")))[1]
    assert cell == f"'{start}1+1"
    (raw,) = list(csv.reader(io.StringIO(to_csv(texts(f"{start}1"), raw=True), newline="")))[1]
    assert raw == f"{start}1"


def test_headers_are_guarded_and_negative_numbers_are_not() -> None:
    table = Table("t", "T", (Column("=x", "x", "number"), Column("b", "b", "count")), ((-1.5, -2),))
    assert to_csv(table) == "'=x,b\n-1.5,-2\n"
    assert to_csv(table, raw=True) == "=x,b\n-1.5,-2\n"


def test_a_text_in_a_column_of_numbers_is_guarded_too() -> None:
    table = Table("t", "T", (Column("b", "b", "count"),), (("=1",),))
    assert to_csv(table) == "b\n'=1\n"


anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
risky = st.builds(str.__add__, st.text("'=+-@\t\r\n", max_size=4), anything)


@given(risky)
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in list("=+-@\t\r\n")


@given(st.lists(st.tuples(risky, risky), max_size=4), st.sampled_from([to_csv, to_tsv]))
def test_cells_survive_csv_and_tsv(rows: list[tuple[str, str]], write: object) -> None:
    table = Table("t", "T", (Column("a", "A"), Column("b", "B")), tuple(rows))
    assert callable(write)
    text = write(table)
    separator = "\t" if write is to_tsv else ","
    back = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    assert [tuple(unguard(cell) for cell in row) for row in back] == [("a", "b"), *rows]


def test_a_single_empty_cell_is_still_a_row() -> None:
    assert list(csv.reader(io.StringIO(to_csv(texts("", "x"))))) == [["words"], [""], ["x"]]


def test_json_names_columns_and_keeps_shares() -> None:
    whole = json.loads(to_json(ROLES))
    assert whole["schema"] == "coder/table/1"
    assert whole["columns"][3] == {
        "key": "share",
        "title": "% productive of codable",
        "kind": "percent",
    }
    assert whole["rows"][1] == {
        "role": "all",
        "productive": 5,
        "solely": 3,
        "share": 5 / 11,
        "kappa": None,
        "day": "2024-01-30",
    }
    assert whole["notes"] == ["n counts everyone."]


def test_markdown_escapes_words_and_aligns_numbers() -> None:
    text = to_markdown(ROLES)
    assert text.splitlines()[:4] == [
        "### Attribution by role",
        "",
        "| Role | productive | solely unproductive | % productive of codable | kappa | first day |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    assert "| all | 5 | 3 | 45.5% | – | 2024-01-30 |" in text
    assert "| a\\|b \\[laughs\\] \\<b\\> prior_schooling<br>\\_x\\_ |" in to_markdown(
        texts("a|b [laughs] <b> prior_schooling\n_x_")
    )


def test_text_is_aligned_and_rounded() -> None:
    assert to_text(ROLES).splitlines() == [
        "Attribution by role",
        "                                              % productive of",
        "Role     productive  solely unproductive              codable  kappa  first day",
        "─" * 80,
        "teacher           2                    2                40.0%  0.711  2024-02-06",
        "all               5                    3                45.5%      –  2024-01-30",
        "                  0                    –                    –      –",
        "",
        "n counts everyone.",
    ]


def test_titles_wrap_before_anything_is_cut() -> None:
    lines = to_text(ROLES, 70).splitlines()
    assert max(map(len, lines)) <= 70
    assert [line.split() for line in lines[1:3]] == [
        ["solely", "%", "productive"],
        ["Role", "productive", "unproductive", "of", "codable", "kappa", "first", "day"],
    ]
    assert "…" not in "\n".join(lines)


def test_long_texts_are_cut_and_numbers_never() -> None:
    table = Table(
        "t",
        "T",
        (Column("who", "Who"), Column("n", "n", "count"), Column("quote", "Quote")),
        (
            (
                "AF-T01-Y1",
                1234567890,
                "It keeps them awake. [laughs] They like it better than notes.",
            ),
        ),
    )
    lines = to_text(table, 40).splitlines()
    assert lines[-1] == "AF-T01-Y1  1234567890  It keeps them aw…"
    narrow = to_text(table, 10).splitlines()[-1]
    assert "1234567890" in narrow
    assert narrow.startswith("AF-T01-Y1")


def test_words_of_people_stay_on_their_line_and_give_no_orders() -> None:
    lines = to_text(texts("one\ntwo\t\x1b[31mred\u202e[/b]")).splitlines()
    assert lines[-1] == "one two \ufffd[31mred\ufffd[/b]"


def test_wide_and_combining_characters_take_their_cells() -> None:
    assert cell_width("コーチ") == 6
    assert cell_width("e\u0301") == 1
    assert cut("コーチング", 6) == "コー…"
    assert cut("short", 5) == "short"
    table = Table(
        "t", "T", (Column("a", "A"), Column("n", "n", "count")), (("コーチ", 1), ("abc", 2))
    )
    rows = to_text(table).splitlines()[-2:]
    assert [cell_width(row) for row in rows] == [9, 9]


@given(
    st.lists(st.tuples(anything, st.integers(-(10**9), 10**9), anything), max_size=5),
    st.integers(1, 120),
)
def test_text_never_loses_a_number(rows: list[tuple[str, int, str]], width: int) -> None:
    columns = (Column("a", "A long title"), Column("n", "number of units", "count"))
    table = Table("t", "T", (*columns, Column("b", "B")), tuple(rows))
    out = to_text(table, width).splitlines()
    body = out[len(out) - len(rows) :] if rows else []
    for line, (_, number, _) in zip(body, rows, strict=True):
        assert str(number) in line


def test_halves_are_rounded_up_as_in_a_workbook() -> None:
    assert page_text(0.0625, "percent") == "6.3%"
    assert page_text(-0.0001, "percent") == "0.0%"
    assert page_text(0.0005, "number") == "0.001"
    assert page_text(None, "number") == "–"
    assert page_text(None, "text") == ""
    assert page_text(float("inf"), "number") == "–"


def test_a_table_is_checked_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="same key"):
        Table("t", "T", (Column("a", "A"), Column("a", "B")), ())
    with pytest.raises(ValueError, match="row 2: 1 of 2 cells"):
        Table("t", "T", (Column("a", "A"), Column("b", "B")), (("x", "y"), ("x",)))


def test_a_table_without_rows_still_shows_its_columns() -> None:
    empty = Table("t", "T", ROLES.columns, ())
    assert to_csv(empty) == "role,productive,solely,share,kappa,day\n"
    assert "Role" in to_text(empty)
    assert "| Role |" in to_markdown(empty)
