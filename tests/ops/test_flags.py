"""Flags: put on, taken off, carried over boundaries, hidden in blind rounds; places and drafts."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.errors import NotAllowed, UsageError
from coder.model import Coder, Viewer
from coder.ops.coding import unit_work, worksheet
from coder.ops.corpus import add_coder, read_transcript
from coder.ops.desk_notes import draft_of, drafts, keep_draft, leave_at, left_at
from coder.ops.excerpts import drop_excerpt, join_excerpts, split_excerpt
from coder.ops.flags import flag_names, list_flags, put_flag, remove_flag, toggle_flag
from coder.ops.history import log, redo, undo
from coder.ops.study import Study, open_study
from coder.store.places import Place
from tests.factories import make_study
from tests.replaying import assert_tables_are_what_the_journal_says
from tests.rounds import close_round, open_round

FIRST, SECOND = "T-1:1", "T-1:2"


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


def flags_on(study: Study, coder: Coder, ref: str) -> tuple[str, ...]:
    found = unit_work(study, coder, ref).flags
    there = {work.unit.ref: work.flags for work in worksheet(study, coder, "T-1")}
    assert there[ref] == found, "one unit and the whole worksheet say the same"
    return found


def test_a_flag_is_put_on_and_taken_off(study: Study, al: Coder) -> None:
    assert toggle_flag(study, al, FIRST).words == f"flagged {FIRST}: discuss"
    put_flag(study, al, FIRST, " look   again ")
    assert set(flags_on(study, al, FIRST)) == {"discuss", "look again"}
    assert put_flag(study, al, FIRST, "discuss").entry == "", "it is on already"
    toggle_flag(study, al, FIRST)
    assert flags_on(study, al, FIRST) == ("look again",)
    remove_flag(study, al, FIRST, "look again")
    assert flags_on(study, al, FIRST) == ()


def test_flags_are_undone_and_redone(study: Study, al: Coder) -> None:
    toggle_flag(study, al, FIRST)
    assert undo(study, al).words == f"undid: flagged {FIRST}: discuss"
    assert flags_on(study, al, FIRST) == ()
    redo(study, al)
    assert flags_on(study, al, FIRST) == ("discuss",)
    assert_tables_are_what_the_journal_says(study)


def test_flags_are_of_one_coder(study: Study, al: Coder, rr: Coder) -> None:
    toggle_flag(study, al, FIRST)
    toggle_flag(study, rr, FIRST)
    toggle_flag(study, rr, SECOND, "quotable")
    assert flags_on(study, al, FIRST) == ("discuss",)
    seen = [(f.ref, f.coder, f.name) for f in list_flags(study, Viewer("AL"))]
    assert seen == [(FIRST, "AL", "discuss"), (FIRST, "RR", "discuss"), (SECOND, "RR", "quotable")]
    assert [f.ref for f in list_flags(study, Viewer("AL"), name="quotable")] == [SECOND]
    assert flag_names(study, rr) == ("discuss", "quotable")


@pytest.mark.parametrize("name", ["", "   ", "a|b", "x" * 31, "a\x1b[1m", "a\u202eb"])
def test_a_name_is_a_word_or_two(study: Study, al: Coder, name: str) -> None:
    with pytest.raises(UsageError):
        put_flag(study, al, FIRST, name)
    assert list_flags(study, Viewer("AL")) == ()


def test_a_flag_that_is_not_there_cannot_come_off(study: Study, al: Coder, rr: Coder) -> None:
    toggle_flag(study, rr, FIRST)
    toggle_flag(study, al, FIRST, "quotable")
    with pytest.raises(UsageError, match="AL has no flag discuss") as refusal:
        remove_flag(study, al, FIRST)
    assert "quotable" in refusal.value.hint
    with pytest.raises(UsageError, match="no transcript"):
        list_flags(study, Viewer("AL"), transcript="T-9")


def test_everybody_s_flags_go_with_the_words(study: Study, al: Coder, rr: Coder) -> None:
    toggle_flag(study, al, FIRST)
    toggle_flag(study, rr, FIRST, "quotable")
    toggle_flag(study, rr, SECOND)
    at = read_transcript(study, Viewer("AL"), "T-1").sentences
    place = next(s.span.start for s in at if s.span.start > unit_start(study, al, FIRST))
    split_excerpt(study, al, FIRST, place)
    parts = [work.unit.ref for work in worksheet(study, al, "T-1")][:2]
    for part in parts:
        assert flags_on(study, al, part) == ("discuss",)
        assert flags_on(study, rr, part) == ("quotable",)
    join_excerpts(study, al, parts[1], SECOND)
    joined = worksheet(study, rr, "T-1")[1]
    assert set(joined.flags) == {"discuss", "quotable"}
    undo(study, al)
    undo(study, al)
    assert flags_on(study, rr, FIRST) == ("quotable",)
    assert_tables_are_what_the_journal_says(study)


def unit_start(study: Study, coder: Coder, ref: str) -> int:
    return unit_work(study, coder, ref).quoted[0].start


def test_a_boundary_is_not_undone_under_a_later_flag(study: Study, al: Coder, rr: Coder) -> None:
    join_excerpts(study, al, FIRST, SECOND)
    joined = worksheet(study, al, "T-1")[0].unit.ref
    toggle_flag(study, rr, joined)
    with pytest.raises(NotAllowed, match="flagged"):
        undo(study, al)
    assert flags_on(study, rr, joined) == ("discuss",)


def test_flags_of_dropped_excerpts_are_not_listed(study: Study, al: Coder) -> None:
    toggle_flag(study, al, FIRST)
    drop_excerpt(study, al, FIRST)
    assert list_flags(study, Viewer("AL")) == ()
    undo(study, al)
    assert [f.ref for f in list_flags(study, Viewer("AL"))] == [FIRST]


def test_in_an_open_round_nobody_sees_another_s_flags(study: Study, al: Coder, rr: Coder) -> None:
    open_round(study, "first", ["AL", "RR"], [FIRST])
    toggle_flag(study, rr, FIRST, "they say deficit")
    toggle_flag(study, rr, SECOND)
    assert [f.ref for f in list_flags(study, Viewer("AL"))] == [SECOND]
    assert len(list_flags(study, Viewer("RR"))) == 2
    words = " ".join(line.words for line in log(study, Viewer("AL")))
    assert "they say deficit" not in words
    close_round(study, "first")
    assert len(list_flags(study, Viewer("AL"))) == 2


def test_places_and_drafts_outlive_the_window(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        al, rr = add_coder(study, "AL"), add_coder(study, "RR")
        journal = len(log(study, Viewer("AL")))
        leave_at(study, al, "T-1", FIRST, 10)
        leave_at(study, al, "T-1", SECOND, 40)
        keep_draft(study, al, "excerpt", FIRST, "half a th")
        keep_draft(study, al, "excerpt", FIRST, "half a thought ")
        keep_draft(study, al, "transcript", "T-1", "x")
        keep_draft(study, al, "transcript", "T-1", "")
        assert len(log(study, Viewer("AL"))) == journal, "neither is an action"
        path = study.path
    with open_study(path) as study:
        assert left_at(study, al, "T-1") == Place(SECOND, 40)
        assert left_at(study, rr, "T-1") is None
        assert draft_of(study, al, "excerpt", FIRST) == "half a thought "
        assert draft_of(study, rr, "excerpt", FIRST) == ""
        assert drafts(study, al) == (("excerpt", FIRST),)
