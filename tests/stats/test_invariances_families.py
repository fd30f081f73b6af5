"""What must not change statistics of sets, spans and several tables, and how far it may."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.stats import (
    Document,
    SetCounts,
    Spans,
    agree_pooled,
    agree_spans,
    names_for,
    tables_of_all_pairs,
)
from coder.stats.span_agreement import SPAN_STATISTICS

from .set_studies import CODES as SET_CODES
from .set_studies import SetStudy, set_studies, values
from .span_studies import CODES, span_studies, spans_of
from .studies import Study, studies

often = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow], database=None
)
POOLED = names_for("several tables")
ALPHAS = ("alpha_jaccard", "alpha_masi", "alpha_set_nominal")


def of_spans(spans: Spans) -> list[float | None]:
    return [row.estimate for row in agree_spans(spans, SPAN_STATISTICS, interval="none")]


def of_pairs(study: Study) -> list[float | None]:
    coders = [f"c{k}" for k in range(len(study.ratings))]
    tables = tables_of_all_pairs(study.ratings, study.cluster, study.categories, coders)
    return [row.estimate for row in agree_pooled(list(tables.values()), POOLED, interval="none")]


def same(found: list[float | None], wanted: list[float | None]) -> None:
    assert found == pytest.approx(wanted, abs=1e-9)


@often
@given(set_studies(), st.integers(0, 1000))
def test_a_unit_with_one_set_moves_no_alpha(study: SetStudy, seed: int) -> None:
    rng = np.random.default_rng(seed)
    single = [
        (
            f"T{rng.integers(0, 9)}",
            {"coder 1": frozenset(c for c in SET_CODES if rng.random() < 0.5)},
        )
        for _ in range(5)
    ]
    longer, found = SetStudy(study.units + single).counts(), study.counts()
    assert values(longer) == pytest.approx(values(found), abs=1e-9, nan_ok=True)
    assert longer.units == found.units


@often
@given(set_studies(), st.integers(2, 3))
def test_all_sets_twice(study: SetStudy, times: int) -> None:
    once, more = values(study.counts()), values(SetStudy(study.units * times).counts())
    for name in ("percent_agreement", "jaccard_similarity", "masi_similarity"):
        assert more[name] == pytest.approx(once[name], abs=1e-9, nan_ok=True)
    # Alpha corrects for the number of answers: 1 - alpha grows by (t n - 1) / (t (n - 1)).
    n = sum(len(answers) for _, answers in study.units if len(answers) >= 2)
    for name in ALPHAS:
        wanted = 1 - (1 - once[name]) * (times * n - 1) / (times * (n - 1)) if n > 1 else once[name]
        assert more[name] == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@often
@given(set_studies(), st.integers(0, 1000))
def test_sets_counted_in_parts_are_sets_counted_at_once(study: SetStudy, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(study.units))
    profiles = [(study.units[k][0], study.units[k][1], 1) for k in order]
    half = len(profiles) // 2
    joined = SetCounts.from_profiles(
        [*profiles[half:], *profiles[:half]], [*SET_CODES, "never used"]
    )
    assert values(joined) == pytest.approx(values(study.counts()), abs=1e-9, nan_ok=True)


@often
@given(studies(coders=3), st.integers(0, 1000))
def test_order_of_coders_units_and_categories_of_all_pairs(study: Study, seed: int) -> None:
    rng = np.random.default_rng(seed)
    place = np.append(rng.permutation(study.q), -1)
    turned = Study(rng.permutation(place[study.ratings]), study.cluster, study.q).taken(
        rng.permutation(study.ratings.shape[1])
    )
    same(of_pairs(turned), of_pairs(study))
    repeated = study.taken(np.tile(np.arange(study.ratings.shape[1]), 3))
    same(of_pairs(repeated), of_pairs(study))


@often
@given(studies(coders=3))
def test_a_table_twice_changes_no_pooled_kappa(study: Study) -> None:
    tables = list(
        tables_of_all_pairs(study.ratings, study.cluster, study.categories, "ABC").values()
    )
    once, twice = (agree_pooled(held, POOLED, interval="none") for held in (tables, tables * 2))
    same([row.estimate for row in twice], [row.estimate for row in once])


@often
@given(span_studies())
def test_a_code_that_nobody_used_changes_no_span_statistic(documents: list[Document]) -> None:
    coders = sorted({coder for document in documents for coder in document.spans})
    wider = Spans.from_documents(documents, ["unused", *CODES, "never"], coders)
    same(of_spans(wider), of_spans(spans_of(documents)))


@often
@given(span_studies(longest=8))
def test_text_that_all_left_blank_says_nothing_about_codes(documents: list[Document]) -> None:
    blank = Document("blank", 10, {"coder 0": [], "coder 1": []})
    before, after = (spans_of(held) for held in (documents, [*documents, blank]))
    (cu,) = agree_spans(before, ["cu_alpha"], interval="none")
    (still,) = agree_spans(after, ["cu_alpha"], interval="none")
    assert still.estimate == pytest.approx(cu.estimate, abs=1e-9)
