"""Spans as columns: what is refused, what is merged, and characters counted from them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from coder.errors import UsageError
from coder.stats import (
    NOT_CODED,
    Document,
    PairTables,
    Spans,
    agree_characters,
    agree_pair,
    agree_spans,
    character_tables,
    check_exclusive,
    is_exclusive,
    merge_spans,
)

from . import brute_spans as brute
from .span_studies import CODES, layered, random_documents, span_studies, spans_of

often = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow], database=None
)
Marks = list[tuple[int, int, str]]


def document(length: int = 20, **marks: Marks) -> Document:
    return Document("T1", length, marks)


def spans(length: int = 20, **marks: Marks) -> Spans:
    return Spans.from_documents([document(length, **marks)])


def listed(held: Spans) -> set[tuple[str, str, int, int, str]]:
    """The spans as rows of document, coder, start, stop, code."""
    return {
        (held.documents[d], held.coders[i], b, e, held.codes[c])
        for d, i, b, e, c in zip(
            held.document.tolist(),
            held.coder.tolist(),
            held.start.tolist(),
            held.stop.tolist(),
            held.code.tolist(),
            strict=True,
        )
    }


def test_spans_outside_their_document_are_refused() -> None:
    with pytest.raises(UsageError) as raised:
        spans(A=[(3, 21, "x")])
    assert str(raised.value) == (
        "document T1: span 3-21 (x) of A lies outside the document, which ends at 20"
    )
    with pytest.raises(UsageError, match=r"span -1-4 \(x\) of A lies outside"):
        spans(A=[(-1, 4, "x")])
    with pytest.raises(UsageError, match=r"span 4-4 \(x\) of A is empty"):
        spans(A=[(4, 4, "x")])
    with pytest.raises(UsageError, match=r"span 5-4 \(x\) of A is empty"):
        spans(A=[(5, 4, "x")])
    assert spans(A=[(0, 20, "x")]).stop.tolist() == [20]


def test_names_must_be_known() -> None:
    rows = [("T1", "A", "x", 0, 4)]
    with pytest.raises(UsageError, match="document T1 is not among those listed: T2"):
        Spans.from_rows(rows, {"T2": 9}, ["A"])
    with pytest.raises(UsageError, match="coder A is not among those listed: B, C"):
        Spans.from_rows(rows, {"T1": 9}, ["B", "C"])
    with pytest.raises(UsageError, match="code x is not among those listed: y"):
        Spans.from_rows(rows, {"T1": 9}, ["A"], ["y"])
    with pytest.raises(UsageError, match="has a coder who is not listed for the document"):
        Spans.from_rows(rows, {"T1": 9, "T2": 9}, {"T1": ["B"], "T2": ["A"]})
    with pytest.raises(UsageError, match="document T1: B is not among the coders"):
        Spans.from_rows(rows, {"T1": 9}, ["A", "B"], coders=["A"])
    with pytest.raises(UsageError, match="document T1: its length cannot be -9"):
        Spans.from_rows([], {"T1": -9}, ["A"])
    with pytest.raises(UsageError, match="starts of spans must be whole numbers"):
        Spans.from_rows([("T1", "A", "x", 0.5, 4)], {"T1": 9}, ["A"])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="document 'T1' is listed twice"):
        Spans.from_documents([document(A=[]), document(A=[])])
    # A document that nobody is listed for is coded by nobody.
    alone = Spans.from_rows(rows, {"T1": 9, "T2": 9}, {"T1": ["A"]})
    assert alone.present.tolist() == [[True], [False]]


def test_columns_must_fit() -> None:
    held = spans(A=[(0, 4, "x")], B=[])
    with pytest.raises(ValueError, match="differ in length"):
        held.selected(np.array([0]), start=np.array([0, 1]))
    with pytest.raises(ValueError, match="a code is outside the 1 listed"):
        held.selected(np.array([0]), code=np.array([1]))
    with pytest.raises(ValueError, match="present of shape"):
        held.selected(np.array([0]), present=np.ones((2, 2), dtype=bool))
    with pytest.raises(ValueError, match="lengths of shape"):
        held.selected(np.array([0]), lengths=np.array([1, 2]))
    with pytest.raises(ValueError, match="no document 'T9'"):
        held.without("T9")
    with pytest.raises(ValueError, match="read-only"):
        held.start[0] = 1


def test_overlaps_are_named_where_they_are_forbidden() -> None:
    held = spans(A=[(0, 4, "x"), (10, 16, "x"), (12, 14, "y")], B=[(0, 4, "x"), (4, 8, "x")])
    with pytest.raises(UsageError) as raised:
        agree_spans(held, ["u_alpha"])
    assert raised.value.message == "document T1: spans 10-16 (x) and 12-14 (y) of A overlap"
    assert raised.value.hint == "compare the codes one by one"
    check_exclusive(held, within_code=True)
    with pytest.raises(UsageError, match="overlap"):
        agree_characters(held, ("A", "B"))
    assert [row.statistic for row in agree_spans(held, code="x")] == ["alpha_u_1995", "bar_u_alpha"]
    with pytest.raises(UsageError, match="overlap"):
        agree_spans(held, ["ku_alpha"], code="x")
    twice = spans(A=[(0, 9, "x"), (2, 3, "y"), (5, 12, "x")], B=[])
    with pytest.raises(UsageError) as raised:
        agree_spans(twice, ["alpha_u_1995"])
    assert raised.value.message == "document T1: spans 0-9 (x) and 5-12 (x) of A overlap"
    assert raised.value.hint == "merge spans that have the same code"
    assert not is_exclusive(merge_spans(twice))
    assert agree_spans(merge_spans(twice), ["alpha_u_1995"])[0].defined


def test_ends_that_touch_do_not_overlap() -> None:
    # Nor do spans of two documents that follow one another.
    documents = [
        Document("T1", 9, {"A": [(0, 4, "x"), (4, 9, "y")], "B": [(0, 9, "x")]}),
        Document("T2", 9, {"A": [(0, 9, "x")], "B": [(0, 9, "y")]}),
    ]
    held = Spans.from_documents(documents)
    assert is_exclusive(held)
    assert listed(merge_spans(held, touching=True)) == listed(held)


def test_merging() -> None:
    marks = [(0, 9, "x"), (2, 3, "x"), (5, 12, "x"), (12, 14, "x"), (13, 15, "y"), (18, 19, "x")]
    held = spans(A=marks, B=[(12, 14, "x")])
    once = {("T1", "A", 0, 12, "x"), ("T1", "A", 12, 14, "x")}
    rest = {("T1", "A", 13, 15, "y"), ("T1", "A", 18, 19, "x"), ("T1", "B", 12, 14, "x")}
    assert listed(merge_spans(held)) == once | rest
    assert listed(merge_spans(held, touching=True)) == {("T1", "A", 0, 14, "x")} | rest
    nothing = spans(A=[], B=[])
    assert listed(merge_spans(nothing)) == set()


@often
@given(span_studies(least=2), span_studies(least=2))
def test_merged_spans_cover_the_same_text(one: list[Document], two: list[Document]) -> None:
    both = [
        Document(
            first.name,
            first.length,
            {
                coder: [
                    *marks,
                    *(
                        (b, min(e, first.length), c)
                        for b, e, c in second.spans.get(coder, [])
                        if b < first.length
                    ),
                ]
                for coder, marks in first.spans.items()
            },
        )
        for first, second in zip(one, two, strict=False)
    ]
    for touching in (False, True):
        merged = merge_spans(spans_of(both), touching=touching)
        check_exclusive(merged, within_code=True)
        for held in both:
            for coder in held.spans:
                for code in CODES:
                    ours = {
                        place
                        for d, i, b, e, c in listed(merged)
                        if (d, i, c) == (held.name, coder, code)
                        for place in range(b, e)
                    }
                    theirs = {
                        place for b, e, c in held.spans[coder] if c == code for place in range(b, e)
                    }
                    assert ours == theirs


@often
@given(span_studies(least=2), span_studies(least=2))
def test_one_code_is_what_is_left_of_it(one: list[Document], two: list[Document]) -> None:
    held = spans_of(layered(one, two))
    for codes in (["c"], ["c", "a"]):
        kept = held.only(codes)
        assert kept.codes == tuple(codes)
        assert listed(kept) == {row for row in listed(held) if row[4] in codes}
        assert np.array_equal(kept.present, held.present)


@often
@given(span_studies())
def test_characters_equal_a_count(documents: list[Document]) -> None:
    held = spans_of(documents)
    if len(held.coders) < 2:
        return
    a, b = held.coders[-1], held.coders[0]
    names = (*CODES, NOT_CODED)
    both = [d for d in documents if a in d.spans and b in d.spans]
    wanted = np.zeros((len(both), 4, 4), dtype=np.int64)
    for table, d in zip(wanted, both, strict=True):
        for (one, _), (two, _) in zip(brute.values(d, a), brute.values(d, b), strict=True):
            table[names.index(one or NOT_CODED), names.index(two or NOT_CODED)] += 1
    tables = character_tables(held, (a, b))
    assert tables.clusters == tuple(d.name for d in both)
    assert tables.categories == names
    assert np.array_equal(tables.tables, wanted)


def test_characters_are_no_independent_units() -> None:
    documents = [
        Document(f"T{k}", 50, {"A": [(0, 9 + k, "x")], "B": [(0, 12, "x")]}) for k in range(6)
    ]
    held = Spans.from_documents(documents)
    for row in agree_characters(held, ("A", "B")):
        assert row.low is not None
        assert row.interval.startswith("document jackknife")
        assert (row.units, row.clusters) == (300, 6)
    (row,) = agree_characters(held, ("A", "B"), ["cohen_kappa"], interval="analytic")
    assert row.why_no_interval == "neighbouring characters are not independent"
    single = Spans.from_documents(documents[:1])
    (row,) = agree_characters(single, ("A", "B"), ["cohen_kappa"], interval="analytic")
    assert row.why_no_interval == "neighbouring characters are not independent"
    # The same table as ordinary units would get one.
    (row,) = agree_pair(character_tables(single, ("A", "B")), ["cohen_kappa"], interval="analytic")
    assert row.low is not None
    alike = Spans.from_documents(
        [Document(f"T{k}", 50, {"A": [(0, 9, "x")], "B": [(0, 9, "x")]}) for k in range(3)]
    )
    for row in agree_characters(alike, ("A", "B")):
        assert (row.estimate, row.low) == (1.0, None)
        assert row.why_no_interval == "all characters agree, so nothing varies"
        assert row.bound == (
            "documents coded alike at least 36.8% if each document counts once (3 documents); "
            "one-sided, 95%"
        )
    with pytest.raises(UsageError, match="there is no coder C"):
        character_tables(alike, ("A", "C"))
    apart = Spans.from_documents([Document("T1", 5, {"A": []}), Document("T2", 5, {"B": []})])
    (row,) = agree_characters(apart, ("A", "B"), ["cohen_kappa"])
    assert row.why_undefined == "no document was coded by both coders"
    assert isinstance(character_tables(apart, ("A", "B")), PairTables)


def test_default_rows() -> None:
    held = spans_of(random_documents(2, 4, 2, 50, noise=0.1, absent=0.0))
    rows = [row.statistic for row in agree_spans(held)]
    assert rows == ["alpha_u_1995", "u_alpha", "bar_u_alpha", "cu_alpha", "coverage_cu"]
    rows = [row.statistic for row in agree_spans(held, code="a")]
    assert rows == ["alpha_u_1995", "bar_u_alpha", "ku_alpha", "coverage_ku"]
    for names in (["u_alpha"], ["bar_u_alpha"]):
        (layer,) = agree_spans(held, names, code="a", interval="none")
        (only,) = agree_spans(held.only(["a"]), names, interval="none")
        assert layer == only
