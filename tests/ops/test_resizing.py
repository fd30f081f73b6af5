"""Moving the ends of an excerpt, and naming places by the words that stand there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder.errors import CoderError
from coder.model import Coder, Span, Viewer
from coder.ops.coding import finish, put_codes, unit_work, worksheet, write_memo
from coder.ops.corpus import add_coder, find_unit, list_excerpts, read_transcript
from coder.ops.excerpts import add_excerpt, clean_cut, resize_excerpt, split_excerpt
from coder.ops.history import log, redo, undo
from coder.ops.importing import import_files
from coder.ops.quoting import add_quoted, resize_quoted, split_before
from coder.ops.study import Study
from tests.factories import write_transcript
from tests.replaying import assert_answers_are_whole, assert_tables_are_what_the_journal_says
from tests.rounds import close_round, open_round

FIRST = "T-1:1"
VIEWER = Viewer("AL")


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


def refs(study: Study) -> list[str]:
    return [unit.ref for unit in list_excerpts(study, VIEWER, "T-1")]


def words(study: Study, ref: str, transcript: str = "T-1") -> str:
    return find_unit(study, ref).span.of(read_transcript(study, VIEWER, transcript).text)


def refused(study: Study, action: Callable[[], object], why: str) -> CoderError:
    before = study.store.db.serialize()
    with pytest.raises(CoderError, match=why) as refusal:
        action()
    assert study.store.db.serialize() == before
    return refusal.value


def shrink(study: Study, coder: Coder) -> str:
    """Let the first excerpt end after its first sentence; the new reference."""
    done = resize_quoted(study, coder, FIRST, last="never had fractions.")
    assert done.words == "moved the ends of T-1:1, which is T-1:5 now"
    return "T-1:5"


def test_a_new_excerpt_with_everybodys_work_takes_its_place(
    study: Study, al: Coder, rr: Coder
) -> None:
    for coder in (al, rr):
        put_codes(study, coder, FIRST, ["effort", "v2"])
        write_memo(study, coder, "excerpt", FIRST, f"memo of {coder.alias}")
        finish(study, coder, FIRST)
    ref = shrink(study, al)
    assert refs(study) == ["T-1:5", "T-1:2", "T-1:3", "T-1:4"]
    assert words(study, ref).endswith("They never had fractions.")
    assert words(study, ref).startswith("[00:00:10] INT: {Q-WHY}"), "the other end stays"
    mine, theirs = (unit_work(study, coder, ref) for coder in (al, rr))
    for work in (mine, theirs):
        assert [(c.code, c.origin) for c in work.codings] == [
            ("effort", "boundary"),
            ("v2", "boundary"),
        ]
    assert mine.is_finished
    assert dict(theirs.decisions) == {}, "they have not seen the new boundary"
    assert theirs.memo == "memo of RR"
    assert (mine.unit.speaker, mine.unit.question) == ("T1", "Q-WHY")
    assert log(study, VIEWER, 1)[0].kind == "resize"
    assert_answers_are_whole(study)


def test_it_is_one_action_and_can_be_moved_back(study: Study, al: Coder, rr: Coder) -> None:
    put_codes(study, rr, FIRST, ["effort"])
    span = find_unit(study, FIRST).span
    before = worksheet(study, al, "T-1"), worksheet(study, rr, "T-1")
    shrink(study, al)
    undo(study, al)
    assert (worksheet(study, al, "T-1"), worksheet(study, rr, "T-1")) == before
    redo(study, al)
    assert refs(study)[0] == "T-1:5"
    assert_tables_are_what_the_journal_says(study)
    resize_excerpt(study, al, "T-1:5", span)
    assert refs(study)[0] == FIRST, "the same words by the same speaker"
    assert [c.code for c in unit_work(study, rr, FIRST).codings] == ["effort"]
    assert_tables_are_what_the_journal_says(study)


def test_it_can_grow_over_others(study: Study, al: Coder) -> None:
    resize_quoted(study, al, "T-1:2", first="They never had", last="show them the steps.")
    assert words(study, "T-1:5").startswith("They never had fractions. That is")
    assert words(study, "T-1:5").endswith("I show them the steps.")
    assert refs(study) == [FIRST, "T-1:5", "T-1:3", "T-1:4"]


def test_what_cannot_be(study: Study, al: Coder) -> None:
    span = find_unit(study, FIRST).span
    text = read_transcript(study, VIEWER, "T-1").text

    def to(start: int, stop: int) -> Callable[[], object]:
        return lambda: resize_excerpt(study, al, FIRST, Span(start, stop))

    refused(study, to(span.start, span.stop), "begins and ends there already")
    refused(study, to(span.start, span.stop + 1), "begins and ends there already")
    refused(study, to(span.start, span.start + 12), "holds no words of T1")
    refused(study, to(span.start, len(text) + 5), "has only")
    elsewhere = text.index("Some just do not")
    refusal = refused(study, to(elsewhere, elsewhere + 10), "shares no words with T-1:1")
    assert "excerpt add" in refusal.hint
    part = text.index("That is the whole")
    add_excerpt(study, al, "T-1", Span(part, part + 24))
    refused(study, to(part, part + 24), "T-1:5 has exactly these words already")
    for ends, why in (
        ({"first": "never ever"}, "does not stand in T-1"),
        ({"first": "They never", "last": "Why is it hard"}, "does not stand behind “They"),
    ):
        refused(study, lambda ends=ends: resize_quoted(study, al, FIRST, **ends), why)  # type: ignore[misc]
    refused(study, lambda: resize_quoted(study, al, FIRST, start=90, stop=80), "no stretch of text")


def test_boundaries_are_frozen_in_an_open_round(study: Study, al: Coder, rr: Coder) -> None:
    open_round(study, "R2", ["AL", "RR"], [FIRST])
    refused(study, lambda: shrink(study, al), "T-1:1 is in the open round R2")
    close_round(study, "R2")
    shrink(study, al)


def test_an_excerpt_of_quoted_words(study: Study, al: Coder) -> None:
    done = add_quoted(study, al, "T-1", "they NEVER had", "whole story.")
    assert done.words == "made the excerpt T-1:5"
    assert words(study, "T-1:5") == "They never had fractions. That is the whole story."
    add_quoted(study, al, "T-1", "the steps")
    assert words(study, "T-1:6") == "the steps"
    refusal = refused(study, lambda: add_quoted(study, al, "T-1", "they"), "“they” stands")
    assert refusal.hint == "quote more of the words there"
    refused(study, lambda: add_quoted(study, al, "T-1", "whole story", "had"), "does not stand be")


def test_a_split_before_quoted_words(study: Study, al: Coder) -> None:
    add_quoted(study, al, "T-1", "They never had", "whole story.")
    split_before(study, al, "T-1:5", "that")
    assert words(study, "T-1:7") == "That is the whole story."
    refused(study, lambda: split_before(study, al, "T-1:2", "fractions"), "does not stand in T-1:2")


def test_no_cut_goes_through_what_people_see_as_one_character(study: Study, al: Coder) -> None:
    family = "👩\u200d🏫"
    path = write_transcript(
        study.path.parent, "E-1", turns=f"INT: {{Q-WHY}} Why?\n\nT1: So {family}{family} it is.\n"
    )
    import_files(study, [path])
    text = read_transcript(study, VIEWER, "E-1")
    at = text.text.index(family)
    add_excerpt(study, al, "E-1", Span(at + 1, at + 4))
    assert words(study, "E-1:2", "E-1") == family * 2
    split_excerpt(study, al, "E-1:2", at + 5)
    assert [words(study, ref, "E-1") for ref in ("E-1:3", "E-1:4")] == [family, family]
    assert clean_cut(text, Span(at - 1, at + 2)) == Span(at, at + 3)
