"""No interval of zero width, and no gap without words, in any family and for degenerate tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.stats import (
    Document,
    Estimate,
    IntervalMethod,
    PairTables,
    RatingCounts,
    agree_characters,
    agree_many,
    agree_pair,
    agree_pooled,
    agree_sets,
    agree_spans,
    names_for,
    tables_of_all_pairs,
)
from coder.stats.span_agreement import LAYER_STATISTICS, SPAN_CODE_STATISTICS, SPAN_STATISTICS

from .set_studies import CODES as SET_CODES
from .set_studies import SetStudy, set_studies
from .sound_rows import DESCRIBES, check
from .span_studies import CODES, span_studies, spans_of
from .studies import Study, studies

often = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow], database=None
)
METHODS = st.sampled_from(["jackknife", "bootstrap", "analytic"])
POOLED = names_for("several tables")


def check_all(rows: Sequence[Estimate], method: str) -> None:
    for row in rows:
        check(row, method)


@st.composite
def degenerate_tables(draw: st.DrawFn) -> PairTables:
    """A few transcripts with hardly anything in them, or the same table again, or huge counts."""
    q, g = draw(st.integers(1, 3)), draw(st.integers(0, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    tables = rng.choice([0, 0, 0, 0, 1, 1, 2, 7, 10**6], size=(g, q, q))
    if g and draw(st.booleans()):
        tables[:] = tables[0]
    names = tuple(str(k + 1) for k in range(q))
    return PairTables(tuple(f"T{k}" for k in range(g)), names, tables)


@settings(often, max_examples=40)
@given(degenerate_tables(), METHODS)
def test_degenerate_tables(tables: PairTables, method: IntervalMethod) -> None:
    rows = agree_pair(
        tables,
        names_for("two coders"),
        interval=method,
        replicates=40,
        distance=1 - np.eye(len(tables.categories)) if len(tables.categories) > 1 else None,
    )
    check_all(rows, method)
    counts = RatingCounts.from_pair_tables(tables)
    names = names_for("any number of coders")
    check_all(agree_many(counts, names, interval=method, replicates=40), method)
    check_all(agree_pooled([tables, tables], POOLED, interval=method, replicates=40), method)


@often
@given(studies(), METHODS)
def test_pairs_and_any_number_of_coders(study: Study, method: IntervalMethod) -> None:
    pair = agree_pair(study.pair(), names_for("two coders"), interval=method, replicates=40)
    many = agree_many(
        study.many(), names_for("any number of coders"), interval=method, replicates=40
    )
    check_all([*pair, *many], method)
    for row in (*pair, *many):
        if row.estimate == 1.0 and row.statistic not in DESCRIBES:
            assert row.bound or row.statistic.endswith("_se"), row


@often
@given(studies(), METHODS)
def test_all_pairs_of_coders(study: Study, method: IntervalMethod) -> None:
    coders = [f"c{k}" for k in range(len(study.ratings))]
    tables = tables_of_all_pairs(study.ratings, study.cluster, study.categories, coders)
    rows = agree_pooled(list(tables.values()), POOLED, interval=method, replicates=40)
    check_all(rows, method)


@often
@given(set_studies(), METHODS)
def test_sets(study: SetStudy, method: IntervalMethod) -> None:
    counts = study.counts()
    names = names_for("sets of codes")
    check_all(agree_sets(counts, names, interval=method, replicates=40), method)
    if {"coder 0", "coder 1"} <= set(counts.coders):
        codes = [counts.pair_of_code(code, ("coder 0", "coder 1")) for code in SET_CODES]
        check_all(agree_pooled(codes, POOLED, interval=method, replicates=40), method)


@often
@given(span_studies(), METHODS)
def test_spans_and_characters(documents: list[Document], method: IntervalMethod) -> None:
    held = spans_of(documents)
    check_all(agree_spans(held, SPAN_STATISTICS, interval=method, replicates=40), method)
    for code in CODES[:2]:
        names = (*SPAN_CODE_STATISTICS, *LAYER_STATISTICS, "u_alpha")
        rows = agree_spans(held, names, code=code, interval=method, replicates=40)
        check_all(rows, method)
    if {"coder 0", "coder 1"} <= set(held.coders):
        rows = agree_characters(
            held,
            ("coder 0", "coder 1"),
            ("percent_agreement", "cohen_kappa", "alpha_nominal", "kappa_max"),
            interval=method,
            replicates=40,
        )
        check_all(rows, method)


@pytest.mark.parametrize("method", ["jackknife", "bootstrap"])
def test_two_transcripts_never_have_an_interval(method: IntervalMethod) -> None:
    tables = PairTables(("A", "B"), ("1", "2"), np.array([[[5, 1], [2, 4]], [[3, 2], [0, 6]]]))
    for row in [
        *agree_pair(tables, names_for("two coders"), interval=method),
        *agree_many(RatingCounts.from_pair_tables(tables), interval=method),
        *agree_pooled([tables], POOLED, interval=method),
    ]:
        assert row.low is None
        assert row.standard_error is None
