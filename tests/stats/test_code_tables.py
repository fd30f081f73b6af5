"""Tables of all codes at once against one code at a time."""

from __future__ import annotations

import numpy as np
import pytest

from coder.stats import PairTables, tables_of_codes

CODES = ("a", "b", "c", "never")
UNITS = 60


def codings(random: np.random.Generator) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Rows of unit and code, some of them twice."""
    rows = np.stack([random.integers(0, UNITS, 150), random.integers(0, 3, 150)], axis=1)
    return np.concatenate([rows, rows[:20]])


@pytest.mark.parametrize("seed", range(5))
def test_every_code_has_the_table_it_has_alone(seed: int) -> None:
    random = np.random.default_rng(seed)
    a, b = codings(random), codings(random)
    finished = random.random(UNITS) < 0.8
    cluster = random.integers(0, 7, UNITS)
    tables = tables_of_codes(a, b, finished, cluster, CODES)
    assert tuple(tables) == CODES
    for number, code in enumerate(CODES):
        sides = np.ones((2, UNITS), dtype=np.int64)
        for side, rows in zip(sides, (a, b), strict=True):
            side[rows[rows[:, 1] == number, 0]] = 0
        sides[:, ~finished] = -1
        alone = PairTables.from_codes(sides[0], sides[1], cluster, (code, f"not {code}"))
        assert tables[code].clusters == alone.clusters
        assert tables[code].categories == alone.categories
        assert np.array_equal(tables[code].tables, alone.tables)


def test_no_coding_at_all_is_no_code_on_any_finished_unit() -> None:
    nothing = np.zeros((0, 2), dtype=np.int64)
    tables = tables_of_codes(nothing, nothing, [True, True, False], None, ("a",))
    assert tables["a"].total.tolist() == [[0, 0], [0, 2]]


def test_rows_past_the_codes_or_units_are_refused() -> None:
    for row in ([3, 0], [0, 1], [-1, 0]):
        with pytest.raises(ValueError, match=r"coder B: a (unit|code) is not among"):
            tables_of_codes([[0, 0]], [row], [True] * 3, None, ("a",))
    with pytest.raises(ValueError, match="expected unit and code"):
        tables_of_codes([0, 1], [[0, 0]], [True] * 3, None, ("a",))
