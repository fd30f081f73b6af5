"""Memos not kept yet follow their excerpt when it is split, joined or resized, and back by undo."""

from __future__ import annotations

import pytest

from coder.model import Coder, Span, Viewer
from coder.ops.coding import press_code, unit_work
from coder.ops.corpus import add_coder, find_unit
from coder.ops.desk_notes import draft_left, draft_of, drafts, keep_draft
from coder.ops.excerpts import drop_excerpt, join_excerpts, resize_excerpt, split_excerpt
from coder.ops.history import log, redo, undo
from coder.ops.memo_tables import drafts_as_memos
from coder.ops.study import Study
from coder.store import transcripts

FIRST, SECOND = "T-1:1", "T-1:2"


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


def live(study: Study) -> list[str]:
    return [unit.ref for unit in transcripts.read_units(study.store.db, "T-1")]


def near_end(study: Study, ref: str) -> int:
    return find_unit(study, ref).span.stop - 8


def test_a_draft_goes_to_the_first_part_and_back(study: Study, al: Coder) -> None:
    keep_draft(study, al, "excerpt", FIRST, "half a thought")
    before = set(live(study))
    split_excerpt(study, al, FIRST, near_end(study, FIRST))
    parts = [ref for ref in live(study) if ref not in before]
    journal = len(log(study, Viewer("AL")))
    assert drafts(study, al) == (("excerpt", parts[0]),)
    assert draft_of(study, al, "excerpt", parts[0]) == "half a thought"
    assert draft_of(study, al, "excerpt", parts[1]) == ""
    (memo,) = drafts_as_memos(study, al)
    assert (memo.ref, memo.transcript) == (parts[0], "T-1")
    undo(study, al)
    assert draft_of(study, al, "excerpt", FIRST) == "half a thought"
    redo(study, al)
    assert draft_of(study, al, "excerpt", parts[0]) == "half a thought"
    assert len(log(study, Viewer("AL"))) == journal + 2, "nothing of it is journalled"


def test_words_typed_on_after_a_split_come_back_with_its_undo(study: Study, al: Coder) -> None:
    keep_draft(study, al, "excerpt", FIRST, "half")
    before = set(live(study))
    split_excerpt(study, al, FIRST, near_end(study, FIRST))
    part = next(ref for ref in live(study) if ref not in before)
    keep_draft(study, al, "excerpt", part, "half a thought")
    assert drafts(study, al) == (("excerpt", part),), "not once more as it was"
    undo(study, al)
    assert draft_of(study, al, "excerpt", FIRST) == "half a thought"
    keep_draft(study, al, "excerpt", FIRST, "")
    assert drafts(study, al) == ()


def test_it_follows_through_several_cuts(study: Study, al: Coder) -> None:
    keep_draft(study, al, "excerpt", FIRST, "words")
    span = find_unit(study, FIRST).span
    resize_excerpt(study, al, FIRST, Span(span.start, span.stop - 4))
    ((_, moved),) = drafts(study, al)
    assert moved in live(study)
    split_excerpt(study, al, moved, near_end(study, moved))
    ((_, part),) = drafts(study, al)
    assert part in live(study)
    assert find_unit(study, part).span.start == span.start
    undo(study, al)
    undo(study, al)
    assert drafts(study, al) == (("excerpt", FIRST),)


def test_two_that_meet_stand_one_below_the_other(study: Study, al: Coder) -> None:
    times = iter(f"2030-01-01T10:00:{second:02}Z" for second in range(60))
    study.store.clock = lambda: next(times)
    keep_draft(study, al, "excerpt", FIRST, "one")
    keep_draft(study, al, "excerpt", SECOND, "two")
    join_excerpts(study, al, FIRST, SECOND)
    ((_, joined),) = drafts(study, al)
    assert joined in live(study)
    assert draft_of(study, al, "excerpt", joined) == "one\n\ntwo"
    undo(study, al)
    assert {draft_of(study, al, "excerpt", ref) for ref in (FIRST, SECOND)} == {"one", "two"}


def test_a_draft_on_a_code_goes_with_the_code(study: Study, al: Coder) -> None:
    press_code(study, al, FIRST, "cause", "taught")
    (coding,) = unit_work(study, al, FIRST).codings
    keep_draft(study, al, "coding", coding.id, "why")
    before = set(live(study))
    split_excerpt(study, al, FIRST, near_end(study, FIRST))
    part = next(ref for ref in live(study) if ref not in before)
    (copied,) = unit_work(study, al, part).codings
    assert drafts(study, al) == (("coding", copied.id),)
    (memo,) = drafts_as_memos(study, al)
    assert (memo.ref, memo.code) == (part, "tiny:cause:taught")
    undo(study, al)
    assert drafts(study, al) == (("coding", coding.id),)


def test_on_a_code_that_could_not_go_along_it_is_on_the_excerpt(study: Study, al: Coder) -> None:
    for ref, code in ((FIRST, "steps"), (SECOND, "open")):
        press_code(study, al, ref, "support", code)
    (coding,) = unit_work(study, al, SECOND).codings
    keep_draft(study, al, "coding", coding.id, "why")
    join_excerpts(study, al, FIRST, SECOND)
    ((kind, ref),) = drafts(study, al)
    assert kind == "excerpt"
    assert ref in live(study)


def test_of_an_excerpt_that_was_dropped_the_words_are_kept(study: Study, al: Coder) -> None:
    keep_draft(study, al, "excerpt", FIRST, "words")
    drop_excerpt(study, al, FIRST)
    left = draft_left(study, al, "excerpt", FIRST)
    assert left is not None
    assert left.body == "words"
    assert not left.is_moved
