"""What speaks against a code by the book: said, and never refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coder.model import Codebook, Coder
from coder.ops.coding import put_code, put_codes, remove_code, unit_work
from coder.ops.contradictions import against_the_book, contradictions, is_met, left_hanging
from coder.ops.corpus import add_coder
from coder.ops.study import Study
from tests.factories import make_study, small_codebook

WHY, ADJUST = "T-1:1", "T-1:2"


def dependent_book() -> Codebook:
    """The tiny book, its rubric only for two of the causes."""
    book = small_codebook()
    cause, support, vision, who = book.code_sets
    needs = {"depends_on": {"code_set": "cause", "in": ["taught", "effort"]}}
    return replace(
        book,
        code_sets=(
            cause,
            replace(support, applies_when="The speaker tells what they change."),
            replace(vision, options=needs),
            who,
        ),
    )


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with make_study(tmp_path, book=dependent_book()) as made:
        yield made


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


def against(study: Study, coder: Coder, ref: str, code_set: str) -> list[tuple[str, str]]:
    found = study.codebook.code_set(code_set)
    assert found is not None
    work = unit_work(study, coder, ref)
    return [(one.reason, one.words) for one in contradictions(study.codebook, work, found)]


def test_a_set_that_was_asked_is_no_contradiction(study: Study, al: Coder) -> None:
    assert against(study, al, WHY, "cause") == []
    assert against(study, al, WHY, "who") == [], "no question feeds it, so it goes with any"


def test_a_set_that_was_not_asked_says_when_it_is(study: Study, al: Coder) -> None:
    assert against(study, al, WHY, "support") == [
        (
            "not asked",
            "Support was not asked here",
        )
    ]
    support = study.codebook.code_set("support")
    assert support is not None
    (one,) = contradictions(study.codebook, unit_work(study, al, WHY), support)
    assert one.asked_when == "The speaker tells what they change."
    assert against(study, al, ADJUST, "cause") == [("not asked", "Cause was not asked here")]


def test_a_set_depends_on_codes_of_another(study: Study, al: Coder) -> None:
    missing = [("depends", "Vision is for Teaching or Effort in Cause")]
    assert against(study, al, WHY, "vision") == missing
    put_code(study, al, WHY, "cause", "before")
    assert against(study, al, WHY, "vision") == missing
    put_code(study, al, WHY, "cause", "effort")
    assert against(study, al, WHY, "vision") == []


def test_what_depended_on_a_code_that_is_gone_is_left_hanging(study: Study, al: Coder) -> None:
    put_codes(study, al, WHY, ["effort", "vision:v2"])
    book = study.codebook
    assert left_hanging(book, unit_work(study, al, WHY)) == ()
    remove_code(study, al, WHY, "cause", "effort")
    (hanging,) = left_hanging(book, unit_work(study, al, WHY))
    assert (hanging.code_set, hanging.reason) == ("vision", "depends")


def test_codes_put_on_together_meet_each_other(study: Study, al: Coder) -> None:
    names = ["effort", "vision:v2"]
    put_codes(study, al, WHY, names)
    assert against_the_book(study, al, WHY, names) == ()
    put_codes(study, al, ADJUST, ["vision:v1"])
    found = against_the_book(study, al, ADJUST, ["vision:v1"])
    assert [one.reason for one in found] == ["not asked", "depends"], "each is said once"


def test_a_book_that_codes_something_else(study: Study, al: Coder) -> None:
    book = study.codebook
    found = book.code_set("cause")
    assert found is not None
    work = unit_work(study, al, WHY)
    lessons = replace(book, unit={"code": "lesson"})
    asked_by_it = replace(work, asked=())
    (said,) = contradictions(lessons, asked_by_it, found)
    assert (said.reason, said.words) == ("unit", "tiny codes lessons, this is an excerpt")
    turns = replace(book, unit={"code": "turn"})
    several = replace(work, quoted=(work.unit.span, work.unit.span))
    (said,) = contradictions(turns, several, found)
    assert said.words == "tiny codes turns, this is an excerpt of 2 turns"
    assert contradictions(turns, work, found) == ()
    record = replace(work, unit=replace(work.unit, question="@lesson"), asked=())
    (said,) = contradictions(book, record, found)
    assert said.words == "tiny codes excerpts, this is a record of the kind lesson"
    assert contradictions(lessons, replace(record, asked=("cause",)), found) == ()


def test_a_set_without_conditions_is_always_met(study: Study) -> None:
    cause, _, vision, _ = study.codebook.code_sets
    assert is_met(cause, {})
    assert not is_met(vision, {})
    assert is_met(vision, {"cause": ["taught"]})
