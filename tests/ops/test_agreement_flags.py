"""Every sentence of caution has its letter."""

from __future__ import annotations

import numpy as np

from coder.ops.agreement_flags import FLAGS, OTHER, flag_of, key_to
from coder.stats import (
    Document,
    PairTables,
    SetCounts,
    Spans,
    warnings_for,
    warnings_for_sets,
    warnings_for_spans,
)


def sentences() -> list[str]:
    """One of every kind that the statistics can say."""
    one = PairTables(("T",), ("1", "2", "3"), np.array([[[1, 0, 0], [0, 0, 0], [0, 0, 0]]]))
    skewed = PairTables(("T", "U"), ("x", "not x"), np.array([[[0, 4], [0, 90]], [[1, 0], [3, 9]]]))
    gap = PairTables(("T",), ("1", "2", "3"), np.array([[[50, 0, 1], [0, 0, 0], [1, 0, 500]]]))
    rare = PairTables(("T",), ("a", "b", "c"), np.array([[[500, 1, 0], [0, 9, 4], [0, 0, 4]]]))
    biased = PairTables(("T",), ("x", "not x"), np.array([[[10, 0], [30, 10]]]))
    sets = SetCounts.from_rows(
        [("T", "A", "1", ["x"]), ("T", "B", "1", ["y"])], coders=("A", "B", "C")
    )
    spans = Spans.from_documents(
        [
            Document("D", 90, {"A": [(0, 9, "x")], "B": []}),
            Document("E", 90, {"A": [(0, 9, "x")]}),
        ]
    )
    return [
        *warnings_for(one, interval="bootstrap"),
        *warnings_for(skewed),
        *warnings_for(gap, scale="ordinal"),
        *warnings_for(rare),
        *warnings_for(biased),
        *warnings_for_sets(sets),
        *warnings_for_spans(spans),
    ]


def test_no_sentence_is_without_a_letter_and_no_letter_without_a_sentence() -> None:
    found = {flag_of(text) for text in sentences()}
    assert OTHER not in found, [text for text in sentences() if flag_of(text) is OTHER]
    assert found == set(FLAGS)


def test_the_key_says_what_occurs_and_nothing_else() -> None:
    letters = [one.letter for one in FLAGS]
    assert len(set(letters)) == len(letters)
    assert key_to(["", "FB"]).startswith("Flags: F ")
    assert "; B " in key_to(["", "FB"])
    assert key_to(["", ""]) == ""
