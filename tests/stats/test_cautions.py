"""The warnings of agreement.md 2.9, each alone."""

from __future__ import annotations

import numpy as np
import pytest

from coder.stats import (
    Document,
    PairTables,
    RatingCounts,
    SetCounts,
    Spans,
    warnings_for,
    warnings_for_sets,
    warnings_for_spans,
    why_counts_only,
)

from .cases import load


def spread(table: list[list[int]], categories: tuple[str, ...], g: int = 8) -> PairTables:
    """The same table in every one of g transcripts."""
    return PairTables(tuple(f"T{i}" for i in range(g)), categories, np.array([table] * g))


def test_a_sound_study_gets_no_warning() -> None:
    assert warnings_for(spread([[8, 1], [1, 8]], ("yes", "no"))) == []


def test_no_unit_no_warning() -> None:
    assert warnings_for(spread([[0, 0], [0, 0]], ("yes", "no"))) == []


def test_few_transcripts_and_few_units() -> None:
    assert warnings_for(spread([[8, 1], [1, 8]], ("yes", "no"), 7)) == [
        "Only 7 transcripts: under 8 an interval is rough at best."
    ]
    found = warnings_for(spread([[0, 1], [0, 0]], ("yes", "no"), 1))
    assert found[0] == "Only one unit: no statistic says anything yet."
    assert "Only 1 transcript:" in found[1]


def test_bootstrap_under_twenty_transcripts() -> None:
    sound = spread([[8, 1], [1, 8]], ("yes", "no"), 12)
    assert warnings_for(sound, interval="bootstrap") == [
        "The bootstrap covers too little under 20 transcripts (there are 12): prefer the jackknife."
    ]
    assert warnings_for(spread([[8, 1], [1, 8]], ("yes", "no"), 20), interval="bootstrap") == []


def test_prevalence_and_coefficients_apart() -> None:
    found = warnings_for(load("irrcac_paradox_2x2").pair())
    assert "1 makes up 88% of the codes (prevalence index 0.75): " in found[1]
    assert "2 (1.6)" in found[2]
    assert found[3].startswith("Cohen's kappa is 0.31 and Gwet's AC1 0.81:")
    assert len(found) == 4


def test_rare_codes_of_a_longer_list() -> None:
    found = warnings_for(spread([[20, 0, 0], [0, 20, 0], [0, 0, 1]], ("x", "y", "rare")))
    assert found == [
        "Under 5% of the codes: rare (2.4%).",
        "Fewer than 5 agreements expected by chance, too few units to judge: rare (0.2).",
    ]


def test_coders_who_differ() -> None:
    found = warnings_for(spread([[5, 5], [0, 10]], ("yes", "no")), coders=("AL", "RR"))
    assert found == ["AL used yes on 50% of units, RR on 25%."]
    found = warnings_for(spread([[10, 10], [0, 0]], ("yes", "no")), coders=("AL", "RR"))
    assert "AL never used no." in found


def test_coders_without_units_are_named() -> None:
    ratings = np.array([[0, 1] * 20, [0, 1] * 20, [-1] * 40])
    counts = RatingCounts.from_matrix(ratings, np.arange(40) % 8, ("yes", "no"), ("AL", "RR", "KM"))
    assert warnings_for(counts) == ["KM finished no unit."]


def test_a_skipped_level() -> None:
    table = [[9, 0, 1, 0], [0, 0, 0, 0], [1, 0, 9, 0], [0, 0, 0, 0]]
    tables = spread(table, ("1", "2", "3", "4"))
    assert warnings_for(tables) == []
    assert warnings_for(tables, scale="ordinal") == [
        "Declared and never used between used ones: 2; weights still count it."
    ]


def test_several_coders() -> None:
    found = warnings_for(load("randolph2005_ex2").many())
    assert "Only 1 transcript: under 8 an interval is rough at best." in found
    assert any(line.startswith("Fleiss' kappa is -0.20 and Gwet's AC1 0.54") for line in found)


def test_codes_too_rare_for_a_coefficient() -> None:
    assert why_counts_only(spread([[1, 0], [0, 9]], ("cost", "rest"), 9)) == "used on 9 units only"
    assert why_counts_only(spread([[1, 1], [0, 9]], ("cost", "rest"), 9)) == ""
    assert why_counts_only(spread([[5, 1], [0, 9]], ("cost", "rest"), 4)) == (
        "used in 4 transcripts only"
    )
    with pytest.raises(ValueError, match="two categories"):
        why_counts_only(spread([[1]], ("x",)))


def test_spans() -> None:
    marks = [(0, 4, "x"), (6, 8, "y")]
    documents = [Document(f"T{k}", 20, {"A": marks, "B": marks[:1], "C": []}) for k in range(8)]
    documents.append(Document("alone", 20, {"A": [(0, 4, "z")]}))
    held = Spans.from_documents(documents)
    assert warnings_for_spans(held) == [
        "Not coded by two coders, and left out: alone.",
        "B never used y.",
        "C marked nothing.",
    ]
    few = Spans.from_documents(documents[:2])
    assert warnings_for_spans(few, interval="bootstrap")[:2] == [
        "Only 2 documents: under 8 an interval is rough at best.",
        "The bootstrap covers too little under 20 documents (there are 2): prefer the jackknife.",
    ]
    assert warnings_for_spans(Spans.from_documents(documents[-1:])) == []


def test_sets() -> None:
    rows = [
        (f"T{k % 8}", coder, str(k), codes)
        for k in range(16)
        for coder, codes in (("A", ["x"] if k % 2 else ["x", "y"]), ("B", ["x"] if k else []))
    ]
    held = SetCounts.from_rows(rows, coders=["A", "B", "C"])
    assert warnings_for_sets(held) == ["B never used y.", "C finished no unit."]
    few = SetCounts.from_rows(rows[:2])
    assert warnings_for_sets(few) == [
        "Only one unit: no statistic says anything yet.",
        "Only 1 transcript: under 8 an interval is rough at best.",
        "B never used x, y.",
    ]
    assert warnings_for_sets(SetCounts.from_rows([])) == []
