"""The undefined cases of agreement.md 2.9 for sets, spans, characters and several tables."""

from __future__ import annotations

import numpy as np
import pytest

from coder.stats import (
    NO_CODE,
    NOT_CODED,
    Document,
    Estimate,
    IntervalMethod,
    PairTables,
    RatingCounts,
    SetCounts,
    Spans,
    agree_characters,
    agree_many,
    agree_pooled,
    agree_sets,
    agree_spans,
    names_for,
    warnings_for,
    warnings_for_sets,
    warnings_for_spans,
)

Marks = list[tuple[int, int, str]]


def one(rows: list[Estimate]) -> Estimate:
    (row,) = rows
    return row


def sets(*units: tuple[str, list[str], list[str]]) -> SetCounts:
    """Units of (transcript, codes of A, codes of B)."""
    return SetCounts.from_rows(
        [
            (transcript, coder, str(number), codes)
            for number, (transcript, *answers) in enumerate(units)
            for coder, codes in zip("AB", answers, strict=True)
        ],
        ["x", "y"],
    )


def documents(*marks: dict[str, Marks]) -> Spans:
    """Documents of 20 characters."""
    return Spans.from_documents([Document(f"D{k}", 20, held) for k, held in enumerate(marks)])


def tables(*cells: list[list[int]]) -> PairTables:
    return PairTables(tuple(f"T{g + 1}" for g in range(len(cells))), ("yes", "no"), np.array(cells))


@pytest.mark.parametrize("name", ["alpha_jaccard", "alpha_masi", "alpha_set_nominal"])
def test_one_set_only(name: str) -> None:
    same = sets(("T", [], []), ("T", [], []))
    assert one(agree_sets(same, [name])).why_undefined == f"only the set {NO_CODE} was used"
    assert one(agree_sets(same, ["percent_agreement"])).estimate == 1.0


def test_one_unit_in_disagreement() -> None:
    apart = sets(("T", ["x"], ["x", "y"]))
    for name in ("alpha_jaccard", "alpha_masi", "alpha_set_nominal"):
        assert one(agree_sets(apart, [name])).estimate == 0.0
    assert "Only one unit: no statistic says anything yet." in warnings_for_sets(apart)
    assert one(agree_pooled([tables([[0, 1], [0, 0]])])).estimate == 0.0
    held = documents({"A": [(0, 5, "x")], "B": [(0, 5, "y")]})
    assert one(agree_spans(held, ["cu_alpha"])).estimate == 0.0


@pytest.mark.parametrize("method", ["jackknife", "bootstrap"])
def test_the_transcript_without_which_it_is_undefined_is_named(method: IntervalMethod) -> None:
    counts = sets(*[(t, [], []) for t in "WXYZ"], ("X", ["x"], ["x"]), ("X", ["x"], ["y"]))
    row = one(agree_sets(counts, ["alpha_masi"], interval=method))
    assert row.low is None
    many = RatingCounts.from_matrix(
        [[0, 0, 0, 1, 1], [0, 0, 0, 1, 0], [0, 0, -1, 0, 1]], list("WYZXX"), ("no", "yes")
    )
    of_many = one(agree_many(many, ["alpha_nominal"], interval=method))
    assert of_many.low is None
    pooled = one(
        agree_pooled(
            [tables([[0, 0], [0, 4]], [[2, 1], [1, 2]], [[0, 0], [0, 3]], [[0, 0], [0, 5]])],
            interval=method,
        )
    )
    assert pooled.low is None
    if method == "bootstrap":
        for found in (row, of_many, pooled):
            assert "of 1000 samples" in found.why_no_interval
        return
    assert row.why_no_interval == (
        f"undefined without transcript X: only the set {NO_CODE} was used"
    )
    assert of_many.why_no_interval == "undefined without transcript X: only code no was used"
    assert pooled.why_no_interval == (
        "undefined without transcript T2: in every table only one category was used"
    )


def test_several_transcripts_without_which_it_is_undefined_are_counted() -> None:
    # Two tables, each varying in one transcript: the mean of kappas needs both.
    first = tables([[2, 1], [1, 2]], [[0, 0], [0, 4]], [[0, 0], [0, 4]])
    second = tables([[0, 0], [0, 4]], [[2, 1], [1, 2]], [[0, 0], [0, 4]])
    row = one(agree_pooled([first, second], ["mean_kappa"]))
    assert row.why_no_interval == (
        "undefined without transcript T1 (and 1 more like it): "
        "in 1 of 2 tables only one category was used"
    )


def test_characters_that_nobody_or_one_coder_marked() -> None:
    nobody = documents({"A": [], "B": []}, {"A": [], "B": []})
    row = one(agree_characters(nobody, ("A", "B"), ["cohen_kappa"]))
    assert row.why_undefined == f"only code {NOT_CODED} was used"
    lone = documents(*[{"A": [(0, 5 + k, "x")], "B": []} for k in range(4)])
    row = one(agree_characters(lone, ("A", "B"), ["cohen_kappa"]))
    assert row.estimate == 0.0
    assert row.why_no_interval == (
        f"not estimable: B only used {NOT_CODED}, so it is 0 in any case"
    )
    assert "B marked nothing." in warnings_for_spans(lone)
    row = one(agree_characters(lone, ("A", "B"), ["percent_agreement"], interval="analytic"))
    assert row.why_no_interval == "neighbouring characters are not independent"


def test_a_coder_who_never_varies_in_any_table() -> None:
    constant = tables([[0, 0], [2, 5]], [[0, 0], [1, 6]], [[0, 0], [3, 2]], [[0, 0], [1, 1]])
    row = one(agree_pooled([constant, constant]))
    assert row.estimate == pytest.approx(0.0, abs=1e-15)
    assert row.why_no_interval == "leaving out any transcript gives the same value"
    found = warnings_for(constant, coders=("AL", "RR"))
    assert "AL never used yes." in found


def test_perfect_agreement_of_several_tables_has_bounds() -> None:
    perfect = tables([[2, 0], [0, 5]], [[1, 0], [0, 6]], [[3, 0], [0, 2]])
    for name in ("pooled_kappa", "mean_kappa"):
        row = one(agree_pooled([perfect, perfect], [name]))
        assert (row.estimate, row.low) == (1.0, None)
        assert row.why_no_interval == "all units agree, so nothing varies"
        assert row.bound.startswith("percent agreement at least 85.4%")
        assert "at least 36.8% if each transcript counts once (3 transcripts)" in row.bound


def test_no_unit_with_two_coders() -> None:
    lone = SetCounts.from_rows([("T", "A", "1", ["x"]), ("T", "B", "2", ["x"])])
    for row in agree_sets(lone, ["percent_agreement", "alpha_masi", "masi_similarity"]):
        assert row.why_undefined == "no unit was finished by two coders"
    apart = Spans.from_documents([Document("D", 9, {"A": []}), Document("E", 9, {"B": []})])
    row = one(agree_characters(apart, ("A", "B"), ["percent_agreement"]))
    assert row.why_undefined == "no document was coded by both coders"


@pytest.mark.parametrize("coders", [0, 1])
@pytest.mark.parametrize("units", [0, 1, 5])
def test_one_coder_or_none(coders: int, units: int) -> None:
    nothing = np.zeros((coders, units), dtype=int)
    counts = RatingCounts.from_matrix(nothing, None, ("a", "b"))
    methods: tuple[IntervalMethod, ...] = ("jackknife", "bootstrap", "analytic", "none")
    for method in methods:
        for row in agree_many(counts, names_for("any number of coders"), interval=method):
            assert row.why_undefined == "no unit was finished by two coders"
            assert row.low is None
    assert warnings_for(counts) == []
    rows = [("T", f"coder {c}", str(u), ["x"]) for c in range(coders) for u in range(units)]
    for row in agree_sets(SetCounts.from_rows(rows), names_for("sets of codes")):
        assert row.why_undefined == "no unit was finished by two coders"
    marks: dict[str, Marks] = {f"coder {c}": [(0, 3, "x")] for c in range(coders)}
    for row in agree_spans(Spans.from_documents([Document("D", 9, marks)], ["x"])):
        assert row.why_undefined == "no document was coded by two coders"


def test_units_of_three_coders_in_disagreement_and_ac1_of_one_category() -> None:
    apart = RatingCounts.from_matrix([[0], [1], [2]], None, ("a", "b", "c"))
    for name in ("alpha_nominal", "alpha_ordinal"):
        assert one(agree_many(apart, [name])).estimate == pytest.approx(0.0, abs=1e-15)
    same = RatingCounts.from_matrix([[0, 0], [0, 0], [0, -1]], None, ("a", "b"))
    for name in ("gwet_ac1", "brennan_prediger"):
        row = one(agree_many(same, [name]))
        assert row.estimate == 1.0
        assert row.bound.startswith("percent agreement at least 22.4%")
