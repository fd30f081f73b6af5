"""Answers of files as arrays, beside plain loops over their rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import UsageError
from coder.formats.ratings import NOTHING_APPLIED, Ratings
from coder.ops.file_answers import disagreed_units, matrix_of, sets_of
from coder.ops.file_categories import as_number, categories_of

Row = tuple[int, int, int]
"""Unit, coder, code."""


def ratings(rows: list[Row], codes: list[str], *, units: int = 5, sets: bool = False) -> Ratings:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Ratings(
        name="",
        units=[f"u{n}" for n in range(units)],
        coders=("A", "B", "C"),
        codes=tuple(codes),
        unit=columns[:, 0],
        coder=columns[:, 1],
        code=columns[:, 2],
        row=np.arange(2, 2 + len(columns)),
        sets=sets,
    )


ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(-1, 3)), min_size=1, max_size=25
)


@settings(max_examples=50)
@given(ROWS)
def test_sets_are_those_of_the_rows(rows: list[Row]) -> None:
    codes = ["a", "b", "c", "d"]
    found = sets_of(ratings(rows, codes, sets=True))
    for unit in range(5):
        for coder in range(3):
            mine = [code for u, c, code in rows if (u, c) == (unit, coder)]
            number = found.matrix[coder, unit]
            if not mine:
                assert number == -1
            else:
                wanted = {codes[code] for code in mine if code != NOTHING_APPLIED}
                assert set(found.sets[number]) == wanted
    assert len(set(found.sets)) == len(found.sets)


def test_sets_of_more_codes_than_a_number_has_bits() -> None:
    codes = [f"c{n}" for n in range(200)]
    rows = [(0, 0, n) for n in range(0, 200, 3)] + [(0, 1, 199), (1, 0, 61), (1, 1, 62)]
    found = sets_of(ratings(rows, codes, sets=True))
    assert found.sets[found.matrix[0, 0]] == tuple(codes[::3])
    assert found.sets[found.matrix[1, 0]] == ("c199",)
    assert found.sets[found.matrix[0, 1]] == ("c61",)
    assert found.sets[found.matrix[1, 1]] == ("c62",)


@settings(max_examples=50)
@given(ROWS)
def test_units_that_differ_are_those_with_two_answers(rows: list[Row]) -> None:
    once = list({(u, c): (u, c, code) for u, c, code in rows if code >= 0}.values())
    read = ratings(once, ["a", "b", "c", "d"])
    matrix = matrix_of(read, np.array([0, 1, 2, 3, -1]))
    listed = disagreed_units(read, matrix, read.codes)
    said: dict[int, dict[int, tuple[str, int]]] = {}
    for row, (unit, coder, code) in enumerate(once, start=2):
        said.setdefault(unit, {})[coder] = (read.codes[code], row)
    differ = [u for u in sorted(said) if len({answer for answer, _ in said[u].values()}) > 1]
    assert [one.unit for one in listed] == [f"u{unit}" for unit in differ]
    for one, unit in zip(listed, differ, strict=True):
        answers = [said[unit][coder] for coder in sorted(said[unit])]
        assert list(zip(one.answers, one.rows, strict=True)) == answers


def test_a_blank_is_an_answer_among_names_and_none_on_a_scale() -> None:
    rows = [(0, 0, 0), (0, 1, 1), (1, 0, NOTHING_APPLIED), (1, 1, 2)]
    read = ratings(rows, ["1", "2", "3"])
    named = categories_of(read, (), "nominal", ["f.csv"])
    assert named.names == ("1", "2", "3", "(no code)")
    assert matrix_of(read, named.place)[0, 1] == 3
    scaled = categories_of(read, (), "ordinal", ["f.csv"])
    assert scaled.names == ("1", "2", "3")
    assert scaled.values == (1.0, 2.0, 3.0)
    assert matrix_of(read, scaled.place)[0, 1] == -1
    assert scaled.notes == ("1 answers without a code are no level of a scale and are left out",)


def test_levels_are_put_in_order_and_declared_ones_stay() -> None:
    read = ratings([(0, 0, 0), (0, 1, 1), (1, 0, 2)], ["10", "9", "1,5"])
    found = categories_of(read, (), "interval", ["f.csv"])
    assert found.names == ("1,5", "9", "10")
    assert found.values == (1.5, 9.0, 10.0)
    declared = categories_of(read, ("1.5", "2", "9.0", "10"), "ratio", ["f.csv"])
    assert declared.names == ("1.5", "2", "9.0", "10")
    assert matrix_of(read, declared.place)[:2, 0].tolist() == [3, 2]
    with pytest.raises(UsageError, match='row 4, "A": "1,5" is not among'):
        categories_of(read, ("9", "10"), "nominal", ["f.csv"])


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1.0), ("1.50", 1.5), ("1,5", 1.5), ("-2", -2.0), ("1,000,000", None), ("nan", None)],
)
def test_numbers_are_written_with_a_point_or_a_comma(text: str, number: float | None) -> None:
    assert as_number(text) == number


def test_declared_categories_say_their_order_and_what_counts_alike() -> None:
    words = ratings([(0, 0, 0), (0, 1, 1)], ["high", "low"])
    found = categories_of(words, ["low", "mid", "high"], "ordinal", ["f.csv"])
    assert found.notes == ("levels in ascending order: low < mid < high",)
    long = [f"l{n}" for n in range(13)] + ["high", "low"]
    assert categories_of(words, long, "ordinal", ["f.csv"]).notes[0].endswith("l11 < ...")
    assert categories_of(words, ["high", "low"], "nominal", ["f.csv"]).notes == (
        '"high" is the yes of positive agreement, "low" the no',
    )
    mixed = ratings([(0, 0, 0), (0, 1, 1), (1, 0, 2), (1, 1, 2)], ["1", "1.0", "2"])
    assert categories_of(mixed, ["1", "2", "3"], "nominal", ["f.csv"]).notes[0] == (
        'with --categories, numbers count alike: "1.0" as "1"'
    )
