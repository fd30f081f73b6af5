"""Settled before agreed before single; never one coder's by default where another's differs."""

from __future__ import annotations

import pytest

from coder.model import Code, Codebook, CodeSet, Rollup, resolved
from coder.ops.finals import (
    UNFINISHED,
    UNRESOLVED,
    Final,
    final_answer,
    final_codes,
    is_eligible,
)
from coder.store.read_models import Answer, UnitAnswers
from tests.factories import small_codebook


def coded(coder: str, *codes: str) -> Answer:
    return Answer(coder, "coded", frozenset(codes))


def nothing(coder: str) -> Answer:
    return Answer(coder, "nothing", frozenset())


@pytest.mark.parametrize(
    ("answers", "settled", "expected"),
    [
        ((), None, UNFINISHED),
        ((coded("AL", "a"),), None, Final("coded", frozenset("a"), "single")),
        ((nothing("AL"),), None, Final("nothing", frozenset(), "single")),
        ((coded("AL", "a"), coded("RR", "a")), None, Final("coded", frozenset("a"), "agreed")),
        ((coded("AL", "a", "b"), coded("RR", "b")), None, UNRESOLVED),
        ((coded("AL", "a"), nothing("RR")), None, UNRESOLVED),
        ((nothing("AL"), Answer("RR", "not_applicable", frozenset())), None, UNRESOLVED),
        ((coded("AL", "a"), coded("BB", "a"), coded("RR", "b")), None, UNRESOLVED),
        (
            (coded("AL", "a"), coded("RR", "b")),
            coded("RR", "b"),
            Final("coded", frozenset("b"), "settled"),
        ),
        (
            (coded("AL", "a"), coded("RR", "a")),
            nothing("RR"),
            Final("nothing", frozenset(), "settled"),
        ),
    ],
)
def test_final_answer(answers: tuple[Answer, ...], settled: Answer | None, expected: Final) -> None:
    assert final_answer(answers, settled) == expected
    assert final_answer(answers[::-1], settled) == expected


def test_final_codes_of_a_unit() -> None:
    unit = UnitAnswers("T-1:1", "T-1", "P1", "2023-24", "", 0, 1, (coded("AL", "a"),), None)
    found = final_codes(unit, "cause")
    assert found is not None
    assert (found.unit, found.codes, found.source) == ("T-1:1", frozenset("a"), "single")
    untouched = UnitAnswers("T-1:1", "T-1", "P1", "2023-24", "", 0, 1, (), None)
    assert final_codes(untouched, "cause") is None


@pytest.mark.parametrize(
    ("question", "sets"),
    [
        ("Q-WHY", {"cause", "vision", "who"}),
        ("Q-ADJUST", {"support", "who"}),
        ("Q-CLOSE", set()),
        ("", {"cause", "support", "vision", "who"}),
    ],
)
def test_which_sets_a_question_asks(question: str, sets: set[str]) -> None:
    book = small_codebook()
    assert {s.id for s in book.code_sets if is_eligible(book, s, question)} == sets


def replaced(**heirs: tuple[str, ...]) -> Codebook:
    codes = tuple(Code(name, name, replaced_by=to) for name, to in heirs.items())
    return Codebook("b", "2", "B", (CodeSet("s", "S", "multi", codes, Rollup("any")),))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("new", "new"),
        ("old", "new"),
        ("old new", "new"),
        ("older", "new"),
        ("wide", "new other"),
        ("gone", "gone"),
        ("this that", "that this"),
        ("", ""),
    ],
)
def test_replaced_codes_count_as_their_heirs_once(codes: str, expected: str) -> None:
    book = replaced(
        new=(),
        other=(),
        old=("new",),
        older=("old",),
        wide=("old", "other"),
        this=("that",),
        that=("this",),
    )
    assert sorted(resolved(book, frozenset(codes.split()))) == expected.split()
