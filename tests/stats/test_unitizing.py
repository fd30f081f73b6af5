"""alpha_U and the u-alpha family against plain loops over characters, and what must not matter."""

from __future__ import annotations

import time

import krippendorff
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.stats import Document, Spans, agree_spans, merge_spans
from coder.stats.alpha_u import UnitSums, disagreements, unit_sums
from coder.stats.span_lengths import LengthSums, length_sums
from coder.stats.u_alpha import bar_u_alpha, cu_alpha, u_alpha

from . import brute_spans as brute
from .span_studies import CODES, layered, random_documents, span_studies, spans_of

often = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow], database=None
)
FAMILY = ("u_alpha", "bar_u_alpha", "cu_alpha", "coverage_cu")
ALL = ("alpha_u_1995", *FAMILY)
NAN = float("nan")


def values(spans: Spans, names: tuple[str, ...] = ALL, code: str | None = None) -> list[float]:
    rows = agree_spans(spans, names, code=code, interval="none")
    return [NAN if row.estimate is None else row.estimate for row in rows]


def same(found: list[float], wanted: list[float]) -> None:
    assert found == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@often
@given(span_studies())
def test_the_family_of_2016_equals_a_count_of_characters(documents: list[Document]) -> None:
    spans = spans_of(documents)
    wanted = [
        brute.u_alpha(documents),
        brute.u_alpha(documents, binary=True),
        brute.cu_alpha(documents),
        brute.coverage(documents),
    ]
    same(values(spans, FAMILY), wanted)
    for code in CODES:
        same(values(spans, ("ku_alpha",), code), [brute.ku_alpha(documents, code)])
        layer = [
            Document(
                d.name, d.length, {c: [s for s in m if s[2] == code] for c, m in d.spans.items()}
            )
            for d in documents
        ]
        of_layer = brute.u_alpha(layer)
        same(values(spans, ("u_alpha", "bar_u_alpha"), code), [of_layer, of_layer])


@often
@given(span_studies(least=2), span_studies(least=2))
def test_alpha_u_equals_all_pairs_and_placements(one: list[Document], two: list[Document]) -> None:
    documents = layered(one, two)
    spans = spans_of(documents)
    same(values(spans, ("alpha_u_1995",)), [brute.alpha_u(documents, CODES)])
    sums, placements = unit_sums(spans)
    placed = np.array([part.total() for part in placements])
    terms = disagreements(UnitSums.from_columns(sums.columns.sum(axis=0)), placed)
    for number, code in enumerate(CODES):
        same(values(spans, ("alpha_u_1995",), code), [brute.alpha_u(documents, (code,))])
        if np.isnan(terms[0][number]):
            assert not brute.compared([d for d in documents if d.length])
            continue
        found = [float(term[number]) for term in terms]
        same(found, [float(term) for term in brute.alpha_u_terms(documents, code)])


@often
@given(span_studies(), st.integers(0, 1000))
def test_orders_and_names_do_not_matter(documents: list[Document], seed: int) -> None:
    rng = np.random.default_rng(seed)
    coders = [f"coder {number}" for number in rng.permutation(4)]
    names = dict(zip(CODES, (CODES[k] for k in rng.permutation(3)), strict=True))
    turned = [
        Document(
            f"other {documents[k].name}",
            documents[k].length,
            {
                coders[int(coder[-1])]: [(b, e, names[c]) for b, e, c in reversed(marks)]
                for coder, marks in documents[k].spans.items()
            },
        )
        for k in rng.permutation(len(documents))
    ]
    same(values(spans_of(turned)), values(spans_of(documents)))
    for code in CODES:
        both = ("alpha_u_1995", "bar_u_alpha", "ku_alpha")
        same(values(spans_of(turned), both, names[code]), values(spans_of(documents), both, code))


def joined(documents: list[Document]) -> Document:
    """All documents one after another, coded by the coders of the first."""
    offset, spans = 0, {coder: [] for coder in documents[0].spans}  # type: ignore[var-annotated]
    for document in documents:
        for coder, marks in document.spans.items():
            spans[coder] += [(offset + b, offset + e, code) for b, e, code in marks]
        offset += document.length
    return Document("joined", offset, spans)


@often
@given(span_studies(absent=False))
def test_gaps_have_no_structure_so_documents_may_be_joined(documents: list[Document]) -> None:
    # Not for alpha_U: there a gap across two documents would hold units that neither can.
    apart, whole = spans_of(documents), spans_of([joined(documents)])
    same(length_sums(apart).columns.sum(axis=0).tolist(), length_sums(whole).columns[0].tolist())
    same(values(apart, FAMILY), values(whole, FAMILY))


@often
@given(span_studies())
def test_text_that_one_coder_coded_alone_changes_nothing(documents: list[Document]) -> None:
    alone = Document("alone", 9, {"coder 0": [(2, 5, "a"), (5, 7, "b")]})
    nobody = Document("nobody", 5, {})
    empty = Document("empty", 0, {"coder 0": [], "coder 1": []})
    with_more = agree_spans(spans_of([alone, *documents, nobody, empty]))
    for found, wanted in zip(with_more, agree_spans(spans_of(documents)), strict=True):
        for end in ("estimate", "low", "high"):
            assert getattr(found, end) == pytest.approx(getattr(wanted, end), abs=1e-9)
        for words in ("interval", "units", "clusters", "why_undefined", "why_no_interval", "bound"):
            assert getattr(found, words) == getattr(wanted, words)


@often
@given(span_studies())
def test_joining_spans_that_touch_leaves_what_is_observed(documents: list[Document]) -> None:
    spans = spans_of(documents)
    merged = merge_spans(spans, touching=True)
    before, after = length_sums(spans), length_sums(merged)
    for part in ("total", "marked", "covered", "agreed"):
        assert np.array_equal(getattr(before, part), getattr(after, part))
    # Longer spans leave fewer pairs of places to meet by chance.
    assert (after.squares >= before.squares).all()


@often
@given(span_studies(absent=False))
def test_with_spans_of_one_character_u_alpha_is_krippendorffs(documents: list[Document]) -> None:
    cut = [
        Document(
            document.name,
            document.length,
            {
                coder: [(k, k + 1, code) for b, e, code in marks for k in range(b, e)]
                for coder, marks in document.spans.items()
            },
        )
        for document in documents
    ]
    counts = np.array(
        [
            [[code for code, _ in column].count(name) for name in ("", *CODES)]
            for document in cut
            for column in zip(*(brute.values(document, c) for c in document.spans), strict=True)
        ]
    )
    (found,) = values(spans_of(cut), ("u_alpha",))
    if (counts.sum(axis=0) > 0).sum() < 2:
        assert np.isnan(found)
        return
    wanted = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    assert found == pytest.approx(wanted, abs=1e-9)


@often
@given(span_studies())
def test_nothing_passes_one(documents: list[Document]) -> None:
    spans = spans_of(documents)
    found = values(spans) + [
        value for code in CODES for value in values(spans, ("alpha_u_1995", "ku_alpha"), code)
    ]
    assert all(value <= 1 for value in found if not np.isnan(value))


def test_two_stretches_in_common_among_four_coders_are_too_few_for_chance() -> None:
    marks = {"A": [(0, 9, "a")], "B": [(0, 9, "b")], "C": [], "D": []}
    (row,) = agree_spans(spans_of([Document("T", 20, marks)]), ["cu_alpha"])
    assert row.why_undefined == (
        "too little text was marked by two coders to know what chance would give"
    )
    # The plain formula would give 1 - 6 / -3 = 3.
    sums = length_sums(spans_of([Document("T", 20, marks)]))
    assert sums.covered.sum() ** 2 < sums.covered_squares.sum()
    two = {"A": [(0, 9, "a")], "B": [(0, 9, "b")]}
    assert values(spans_of([Document("T", 20, two)]), ("cu_alpha",)) == [0.0]


def test_pairs_that_cancel_out_to_nothing_are_not_perfect_agreement() -> None:
    # Three of seven coders (five of 21) mark one stretch, each with a code of their own. What is
    # left for chance is nothing exactly, and 1e-16 in numbers that have been divided by 6.
    for coders, marking in ((3, 2), (7, 3), (21, 5)):
        for length in range(1, 12):
            marks = {
                f"coder {k}": [(0, length, f"code {k}")] if k < marking else []
                for k in range(coders)
            }
            held = Spans.from_documents([Document("T", length + 3, marks)])
            for names, code in ((["cu_alpha"], None), (["ku_alpha"], "code 0")):
                (row,) = agree_spans(held, names, code=code)
                assert row.estimate is None, (coders, length, code)
                assert row.why_undefined == (
                    "too little text was marked by two coders to know what chance would give"
                )


def test_speed() -> None:
    documents = random_documents(1, 40, 2, 1200, noise=0.02, absent=0.0)
    spans = spans_of(documents)
    copies = -(-20_000 // spans.start.size)
    many = Spans(
        tuple(f"D{k}" for k in range(40 * copies)),
        np.tile(spans.lengths, copies),
        spans.coders,
        np.tile(spans.present, (copies, 1)),
        spans.codes,
        np.concatenate([spans.document + 40 * k for k in range(copies)]),
        *(np.tile(c, copies) for c in (spans.coder, spans.code, spans.start, spans.stop)),
    )
    assert many.start.size >= 20_000
    best = 9.0
    for _ in range(3):
        begun = time.perf_counter()
        sums = LengthSums.from_columns(length_sums(many).columns.sum(axis=0))
        found = [float(compute(sums)) for compute in (u_alpha, bar_u_alpha, cu_alpha)]
        best = min(best, time.perf_counter() - begun)
    assert all(0 < value < 1 for value in found)
    # 5 ms on 2 cores for 2 coders with 10,000 spans each; the margin is for a loaded machine.
    assert best < 0.1
