"""The nouns: spans, identities, codebooks as plain data."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.model import (
    VALENCES,
    Codebook,
    Rollup,
    Span,
    Valence,
    content_id,
    fixed_ids,
    merged,
    random_id,
    unit_valence,
)
from tests.factories import small_codebook

spans = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda s: Span(s[0], s[0] + s[1]))


def points(span: Span | None) -> set[int]:
    return set() if span is None else set(range(span.start, span.stop))


@given(spans, spans)
def test_overlap_is_what_both_cover(one: Span, other: Span) -> None:
    assert points(one.overlap(other)) == points(one) & points(other)
    assert one.overlap(other) == other.overlap(one)


@given(spans, spans)
def test_containing(one: Span, other: Span) -> None:
    if points(other):
        assert one.contains(other) == (points(other) <= points(one))


@given(st.lists(spans))
def test_merged_covers_the_same_in_order_and_apart(several: list[Span]) -> None:
    found = merged(several)
    assert set().union(*map(points, found)) == set().union(*map(points, several))
    assert all(a.stop < b.start for a, b in pairwise(found))


@given(st.text(alphabet="ab \n\u00a0🙂", max_size=20), st.data())
def test_trimmed_is_stripped(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert span.trimmed(text).of(text) == span.of(text).strip()
    assert span.contains(span.trimmed(text))


@pytest.mark.parametrize(("start", "stop"), [(3, 2), (-1, 2)])
def test_what_is_no_span(start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, stop)


def test_content_ids_never_change() -> None:
    """Copies of a study made by any release must fit together."""
    assert content_id("revision", "abc") == "b0f3996f-599e-5a55-a560-54c03536f11f"
    excerpt = content_id("excerpt", "abc", 3, 17, "T1")
    assert excerpt == "eb7d8fba-32c1-5e5b-a79e-316b5c742111"


@given(st.lists(st.text(alphabet="ab", max_size=3), max_size=3))
def test_content_ids_tell_parts_apart(parts: list[str]) -> None:
    joined = "".join(parts)
    assert (content_id("x", *parts) == content_id("x", joined)) == (parts == [joined])
    assert content_id("x", *parts) != content_id("y", *parts)
    assert content_id("x", 1) == content_id("x", "1")


def test_fixed_ids_repeat_and_random_ones_do_not() -> None:
    one, other = fixed_ids(3), fixed_ids(3)
    first = [one() for _ in range(4)]
    assert first == [other() for _ in range(4)]
    assert len({*first, fixed_ids(4)(), random_id(), random_id()}) == 7
    assert {uuid.UUID(each).version for each in (*first, random_id())} == {4}


def test_a_codebook_is_plain_data_and_back() -> None:
    book = replace(small_codebook(), citation=("One 2019",), options={"reports": [{"id": "r"}]})
    assert Codebook.from_dict(json.loads(json.dumps(book.to_dict()))) == book


def test_a_codebook_of_a_later_program_is_read_without_its_new_fields() -> None:
    data = {**small_codebook().to_dict(), "colour": "green"}
    assert Codebook.from_dict(data) == small_codebook()


def test_content_decides_what_is_the_same_and_the_label_does_not() -> None:
    book = small_codebook()
    assert replace(book, version="9").content_id == book.content_id
    assert replace(book, title="Another").content_id != book.content_id
    cause, *rest = book.code_sets
    for changed in (
        replace(cause, codes=cause.codes[::-1]),
        replace(cause, rollup=Rollup("any")),
        replace(cause, codes=(replace(cause.codes[0], definition="x"), *cause.codes[1:])),
    ):
        assert replace(book, code_sets=(changed, *rest)).content_id != book.content_id


def test_codes_and_sets_by_id() -> None:
    book = small_codebook()
    cause = book.code_set("cause")
    assert cause is not None
    effort = cause.code("effort")
    assert effort is not None
    assert (effort.name, cause.code("open"), book.code_set("none")) == ("Effort", None, None)
    assert [code.id for _, code in book.codes()][:2] == ["taught", "before"]


@pytest.mark.parametrize(
    ("question", "sets"),
    [
        ("Q-WHY", ["cause", "vision", "who"]),
        ("Q-ADJUST", ["support", "who"]),
        ("Q-CLOSE", []),
        ("Q-UNKNOWN", []),
        ("", ["cause", "support", "vision", "who"]),
    ],
)
def test_sets_that_a_question_feeds(question: str, sets: list[str]) -> None:
    assert [s.id for s in small_codebook().sets_fed_by(question)] == sets


def test_without_a_protocol_every_set_is_asked() -> None:
    book = replace(small_codebook(), protocol=())
    assert book.sets_fed_by("Q-ANY") == book.code_sets


@given(st.lists(st.sampled_from(VALENCES)))
def test_valence_of_a_unit(valences: list[Valence]) -> None:
    found = unit_valence(tuple(valences))
    both = {"productive", "unproductive"} <= set(valences)
    if "mixed" in valences or both:
        assert found == "mixed"
    elif set(valences) <= {"none"}:
        assert found == "none"
    else:
        assert {found} == set(valences) - {"none"}
