"""Rows for free spans: intervals over documents, undefined cases and their words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from coder.errors import UsageError
from coder.stats import (
    Document,
    Estimate,
    Spans,
    agree_spans,
    placements,
)
from coder.stats.intervals import jackknife_error
from coder.stats.register import MEASURES
from coder.stats.span_samples import LengthSample, UnitSample

from .span_studies import CODES, layered, random_documents, span_studies, spans_of

often = settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow], database=None
)
FAMILY = ("u_alpha", "bar_u_alpha", "cu_alpha", "coverage_cu")
OF_CODE = ("ku_alpha", "coverage_ku")
NAN = float("nan")


def one(held: Spans, name: str, code: str | None = None, **options: object) -> Estimate:
    (row,) = agree_spans(held, [name], code=code, **options)  # type: ignore[arg-type]
    return row


def value(held: Spans, name: str, code: str | None = None) -> float:
    found = one(held, name, code, interval="none").estimate
    return NAN if found is None else found


def taken(documents: list[Document], times: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Spans:
    """Each document as often as said, copies under new names."""
    copies = [
        Document(f"{document.name}.{copy}", document.length, document.spans)
        for document, n in zip(documents, times, strict=True)
        for copy in range(int(n))
    ]
    coders = sorted({coder for document in documents for coder in document.spans})
    return Spans.from_documents(copies, CODES, coders)


@often
@given(span_studies(), st.integers(0, 1000))
def test_replicates_of_2016_equal_a_new_count(documents: list[Document], seed: int) -> None:
    held = spans_of(documents)
    sample = LengthSample(held)
    assume(sample.sums.names)
    drawn = sample.sums.draws(2, seed)
    for name in FAMILY:
        left = sample.leave_one_out(MEASURES[name])
        wanted = [value(held.without(gone), name) for gone in sample.sums.names]
        assert left.tolist() == pytest.approx(wanted, abs=1e-9, nan_ok=True)
        found = sample.resampled(MEASURES[name], 2, seed)
        wanted = [value(taken(documents, times), name) for times in drawn]
        assert found.tolist() == pytest.approx(wanted, abs=1e-9, nan_ok=True)
    for number, code in enumerate(CODES):
        of_code = LengthSample(held, number)
        for name in OF_CODE:
            left = of_code.leave_one_out(MEASURES[name])
            wanted = [value(held.without(gone), name, code) for gone in sample.sums.names]
            assert left.tolist() == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@often
@given(span_studies(least=2), span_studies(least=2), st.integers(0, 1000))
def test_replicates_of_1995_equal_a_new_count(
    one_set: list[Document], other: list[Document], seed: int
) -> None:
    # What a document takes away depends on all the rest: its units fit into their gaps.
    documents = layered(one_set, other)
    held = spans_of(documents)
    measure = MEASURES["alpha_u_1995"]
    for code in (None, *CODES):
        sample = UnitSample(held, None if code is None else CODES.index(code))
        assume(sample.sums.names)
        left = sample.leave_one_out(measure)
        wanted = [value(held.without(gone), "alpha_u_1995", code) for gone in sample.sums.names]
        assert left.tolist() == pytest.approx(wanted, abs=1e-9, nan_ok=True)
        found = sample.resampled(measure, 2, seed)
        drawn = sample.sums.draws(2, seed)
        wanted = [value(taken(documents, times), "alpha_u_1995", code) for times in drawn]
        assert found.tolist() == pytest.approx(wanted, abs=1e-9, nan_ok=True)


def test_placements_of_many_documents_go_through_in_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = spans_of(random_documents(4, 9, 3, 60, noise=0.1, absent=0.1))
    measure = MEASURES["alpha_u_1995"]
    whole = UnitSample(held)
    value = whole.value(measure)
    left, drawn = whole.leave_one_out(measure), whole.resampled(measure, 5, 1)
    monkeypatch.setattr(placements, "_NUMBERS_AT_ONCE", 25)
    parts = UnitSample(held)
    assert parts.value(measure) == pytest.approx(value, rel=1e-12)
    assert np.allclose(parts.leave_one_out(measure), left, rtol=1e-12)
    assert np.allclose(parts.resampled(measure, 5, 1), drawn, rtol=1e-12)


def test_intervals_by_hand() -> None:
    documents = random_documents(11, 7, 3, 90, noise=0.05, absent=0.0)
    held = spans_of(documents)
    sizes = np.array([document.length for document in documents], dtype=float)
    t = float(scipy_stats.t.ppf(0.975, sizes.sum() ** 2 / (sizes**2).sum() - 1))
    for name in ("u_alpha", "cu_alpha", "alpha_u_1995"):
        row = one(held, name)
        left = [value(held.without(document.name), name) for document in documents]
        error = jackknife_error(np.array(left))
        assert row.estimate is not None
        k = row.estimate
        if name == "alpha_u_1995":
            assert row.interval == "document jackknife plain, t(effective G-1)"
            assert (row.low, row.high) == pytest.approx((k - t * error, min(1, k + t * error)))
        else:
            assert row.interval == "document jackknife z, t(effective G-1)"
            half = t * error / (1 - k * k)
            ends = (math.tanh(math.atanh(k) - half), math.tanh(math.atanh(k) + half))
            assert (row.low, row.high) == pytest.approx(ends)
        assert (row.units, row.clusters) == (held.start.size, 7)
    share = one(held, "coverage_cu")
    assert share.interval == "document jackknife logit, t(effective G-1)"
    assert share.low is not None
    drawn = one(held, "alpha_u_1995", interval="bootstrap", seed=3)
    assert drawn.interval == "document bootstrap percentile, 1000 samples, seed 3"
    assert drawn.low is not None
    assert drawn.high is not None
    assert drawn.estimate is not None
    assert drawn.low < drawn.estimate < drawn.high
    analytic = one(held, "u_alpha", interval="analytic")
    assert analytic.why_no_interval == "spans have no analytic interval"


def test_alpha_u_below_minus_one_has_an_interval() -> None:
    # One coder marks paragraphs, the other every line of them.
    documents = [
        Document(
            f"T{k}",
            100,
            {
                "A": [(0, 70 + k * k, "x")],
                "B": [(5 * n, 5 * n + 5, "x") for n in range(12 + k)],
            },
        )
        for k in range(5)
    ]
    row = one(Spans.from_documents(documents), "alpha_u_1995")
    assert row.estimate is not None
    assert row.low is not None
    assert row.high is not None
    assert row.low < row.estimate < -1
    assert row.estimate - row.low == pytest.approx(row.high - row.estimate)
    assert value(Spans.from_documents(documents), "u_alpha") > 0.5


def test_an_interval_of_alpha_u_ends_at_one() -> None:
    documents = [
        Document(f"T{k}", 60, {"A": [(5, 25, "x")], "B": [(5 + 5 * (k == 2), 25, "x")]})
        for k in range(5)
    ]
    row = one(Spans.from_documents(documents), "alpha_u_1995", confidence=0.99)
    assert row.high == 1.0
    assert row.low is not None
    assert row.low > -1


def test_nobody_marked_anything() -> None:
    held = Spans.from_documents([Document("T", 9, {"A": [], "B": []})], ["x", "y"])
    for name in ("alpha_u_1995", "u_alpha", "bar_u_alpha", "cu_alpha"):
        assert one(held, name).why_undefined == "no coder marked anything", name
    assert value(held, "coverage_cu") == 0.0
    assert one(held, "ku_alpha", "x").why_undefined == "no coder marked anything"
    assert one(held, "u_alpha").why_no_interval == "the statistic is undefined"


def test_one_coder_marked_nothing() -> None:
    for marks in ([(2, 5, "x")], [(0, 3, "x"), (3, 9, "y")], [(1, 2, "x"), (4, 8, "x")]):
        held = Spans.from_documents([Document("T", 9, {"A": marks, "B": []})])
        for name in ("alpha_u_1995", "u_alpha", "bar_u_alpha"):
            found = value(held, name)
            assert found <= 0, (name, marks)
        assert one(held, "cu_alpha").why_undefined == "no text was marked by two coders"
        assert value(held, "coverage_cu") == 0.0


def test_who_is_not_listed_was_not_asked() -> None:
    marks = [(2, 5, "x")]
    three = Spans.from_documents([Document("T", 9, {"A": marks, "B": marks, "C": []})])
    two = Spans.from_documents([Document("T", 9, {"A": marks, "B": marks})])
    assert value(two, "u_alpha") == 1.0
    assert value(three, "u_alpha") < 0.7
    alone = Spans.from_documents([Document("T", 9, {"A": marks})])
    for name in ("alpha_u_1995", *FAMILY):
        assert one(alone, name).why_undefined == "no document was coded by two coders"
    assert one(alone, "u_alpha").units == 0
    nothing = Spans.from_documents([], ["x"])
    assert one(nothing, "u_alpha").why_undefined == "no document was coded by two coders"


def test_all_text_with_one_code() -> None:
    held = Spans.from_documents([Document("T", 9, {"A": [(0, 9, "x")], "B": [(0, 9, "x")]})])
    assert one(held, "u_alpha").why_undefined == "all text was marked x"
    assert one(held, "bar_u_alpha").why_undefined == "all text was marked"
    assert one(held, "cu_alpha").why_undefined == "text marked by two coders has only the code x"
    assert value(held, "coverage_cu") == 1.0
    # The formula of 1995 gives 1: the unit might have lain elsewhere.
    assert value(held, "alpha_u_1995") == 1.0


def test_units_of_one_character_that_fill_the_text_fit_nowhere_else() -> None:
    marks = [(k, k + 1, "x") for k in range(4)]
    held = Spans.from_documents([Document("T", 4, {"A": marks, "B": marks})])
    assert one(held, "alpha_u_1995").why_undefined == (
        "all text was marked in units of one character, which fit nowhere else"
    )


def test_words_for_single_codes() -> None:
    marks = {"A": [(0, 4, "x"), (6, 8, "y")], "B": [(0, 4, "x"), (10, 12, "z")]}
    held = Spans.from_documents([Document("T", 20, marks)], ["w", "x", "y", "z"])
    assert one(held, "alpha_u_1995", "w").why_undefined == "no coder marked w"
    assert one(held, "ku_alpha", "w").why_undefined == "no coder marked w"
    assert one(held, "bar_u_alpha", "w").why_undefined == "no coder marked anything"
    assert one(held, "ku_alpha", "y").why_undefined == (
        "no text marked y was marked by another coder too"
    )
    assert one(held, "ku_alpha", "x").why_undefined == (
        "text marked by two coders has only the code x"
    )
    assert value(held, "coverage_ku", "y") == 0.0
    assert value(held, "coverage_ku", "x") == 1.0
    with pytest.raises(UsageError, match="there is no code v"):
        agree_spans(held, code="v")
    with pytest.raises(UsageError, match="cu_alpha is for all codes together"):
        agree_spans(held, ["cu_alpha"], code="x")
    with pytest.raises(UsageError, match="ku_alpha is for one code at a time"):
        agree_spans(held, ["ku_alpha"])
    with pytest.raises(UsageError, match="cohen_kappa is not defined for spans"):
        agree_spans(held, ["cohen_kappa"])


def test_the_same_spans_have_bounds_and_no_interval() -> None:
    marks = [(0, 4, "x"), (6, 8, "y")]
    documents = [Document(f"T{k}", 20, {"A": marks, "B": marks}) for k in range(3)]
    for interval in ("jackknife", "bootstrap"):
        for row in agree_spans(Spans.from_documents(documents), interval=interval):
            if row.statistic == "coverage_cu":
                assert row.why_no_interval.startswith(
                    "leaving out any document gives the same"
                ) or (row.why_no_interval == "samples of documents all give the same value")
                continue
            assert (row.estimate, row.low) == (1.0, None)
            assert row.why_no_interval == "all coders' spans are the same, so nothing varies"
            assert row.bound == (
                "documents coded alike at least 36.8% if each document counts once "
                "(3 documents); one-sided, 95%"
            )
    row = one(Spans.from_documents(documents), "coverage_cu")
    assert row.why_no_interval == "leaving out any document gives the same value"


def test_agreed_codes_on_spans_that_differ_have_no_bound() -> None:
    marks = {"A": [(0, 4, "x"), (6, 9, "y")], "B": [(1, 5, "x"), (6, 8, "y")]}
    held = Spans.from_documents([Document(f"T{k}", 20 + k, marks) for k in range(4)])
    row = one(held, "cu_alpha")
    assert (row.estimate, row.low, row.bound) == (1.0, None, "")
    assert row.why_no_interval == "no interval at exactly 1"


def test_the_document_that_carries_a_code_alone_is_named() -> None:
    documents = [Document(f"T{k}", 20, {"A": [(0, 4, "x")], "B": [(1, 5, "x")]}) for k in range(3)]
    documents.append(Document("only", 20, {"A": [(3, 8, "y")], "B": [(3, 9, "y")]}))
    held = Spans.from_documents(documents)
    row = one(held, "alpha_u_1995", "y")
    assert row.why_no_interval == "undefined without document only: no coder marked y"
    documents[3] = Document("only", 20, {"A": [(3, 8, "y")], "B": [(3, 9, "x")]})
    held = Spans.from_documents(documents)
    row = one(held, "cu_alpha")
    assert row.why_no_interval == (
        "undefined without document only: text marked by two coders has only the code x"
    )
    row = one(Spans.from_documents(documents[:2]), "u_alpha")
    assert row.why_no_interval == "two documents are too few"


def test_long_recordings_lose_a_code_without_rest() -> None:
    # In milliseconds the sums pass 2^53, so what is left of a code may be rounding.
    rng = np.random.default_rng(6)
    for _ in range(20):
        length = int(rng.integers(10**7, 10**8))
        ends = np.sort(rng.choice(length, size=12, replace=False)).tolist()
        marks = [(ends[k], ends[k + 1], "y") for k in range(0, 12, 2)]
        other = [(b, e, "x") for b, e, _ in marks]
        documents = [
            Document("only", length, {"A": marks, "B": marks[:4]}),
            Document("T1", length // 3, {"A": [(5, 10**6 + 1, "x")], "B": []}),
            Document("T2", length, {"A": other, "B": other[1:]}),
        ]
        sample = UnitSample(Spans.from_documents(documents, ["x", "y"]), 1)
        left = sample.leave_one_out(MEASURES["alpha_u_1995"])
        assert np.isnan(left[0])
        assert not np.isnan(left[1:]).any()
