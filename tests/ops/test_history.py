"""Undo and redo: per person, across restarts, one for each action, refused by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.errors import CoderError, NotAllowed
from coder.model import Coder, Viewer
from coder.ops.coding import nothing_applies, press_code, put_codes, unit_work, write_memo
from coder.ops.corpus import add_coder, coder_named
from coder.ops.history import log, next_redo, next_undo, redo, transcripts_touched, undo
from coder.ops.library import use_codebook
from coder.ops.loading import load_codings
from coder.ops.settling import settle
from coder.ops.study import Study, open_study
from tests.factories import small_codebook
from tests.replaying import assert_tables_are_what_the_journal_says, dump

FIRST = "T-1:1"


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


def codes(study: Study, coder: Coder, ref: str = FIRST) -> list[str]:
    return [coding.code for coding in unit_work(study, coder, ref).codings]


def refused(study: Study, action: Callable[[], object], words: str) -> CoderError:
    before = study.store.db.serialize()
    with pytest.raises(NotAllowed, match=words) as refusal:
        action()
    assert study.store.db.serialize() == before
    return refusal.value


def test_undo_goes_back_step_by_step_and_redo_forth(study: Study, al: Coder) -> None:
    for code in ("taught", "effort", "hard"):
        press_code(study, al, FIRST, "cause", code)
    assert undo(study, al).words == "undid: put Hard topic on T-1:1"
    undo(study, al)
    assert codes(study, al) == ["taught"]
    assert redo(study, al).words == "redid: put Effort on T-1:1"
    assert codes(study, al) == ["taught", "effort"]
    assert undo(study, al).words == "undid: put Effort on T-1:1"
    redo(study, al)
    redo(study, al)
    assert codes(study, al) == ["taught", "effort", "hard"]
    refused(study, lambda: redo(study, al), "AL has nothing to redo")
    for _ in range(3):
        undo(study, al)
    refused(study, lambda: undo(study, al), "AL has nothing to undo")
    assert codes(study, al) == []
    assert_tables_are_what_the_journal_says(study)


def test_a_new_action_ends_the_chance_to_redo(study: Study, al: Coder) -> None:
    press_code(study, al, FIRST, "cause", "taught")
    undo(study, al)
    press_code(study, al, FIRST, "cause", "effort")
    refused(study, lambda: redo(study, al), "AL has nothing to redo")
    undo(study, al)
    assert codes(study, al) == []
    refused(study, lambda: undo(study, al), "AL has nothing to undo")


def test_undo_appends_and_never_rewrites(study: Study, al: Coder) -> None:
    press_code(study, al, FIRST, "cause", "taught")
    before = log(study, Viewer("AL"))
    done = undo(study, al)
    after = log(study, Viewer("AL"))
    assert [line.entry for line in after[1:]] == [line.entry for line in before]
    assert (after[0].entry, after[0].kind) == (done.entry, "undo")
    assert [line.is_live for line in after[:2]] == [False, False]
    redo(study, al)
    lines = log(study, Viewer("AL"), 3)
    assert [(line.kind, line.is_live) for line in lines] == [
        ("redo", True),
        ("undo", True),
        ("code", True),
    ]


def test_undo_reaches_across_restarts(study: Study, al: Coder) -> None:
    put_codes(study, al, FIRST, ["taught", "open"])
    undone = dump(study)
    study.close()
    with open_study(study.path) as again:
        assert dump(again) == undone
        undo(again, coder_named(again, "AL"))
    with open_study(study.path) as again:
        assert codes(again, coder_named(again, "AL")) == []
        redo(again, coder_named(again, "AL"))
        assert codes(again, coder_named(again, "AL")) == ["taught", "open"]


def test_undo_is_each_ones_own(study: Study, al: Coder, rr: Coder) -> None:
    press_code(study, al, FIRST, "cause", "taught")
    press_code(study, rr, FIRST, "cause", "effort")
    undo(study, al)
    assert (codes(study, al), codes(study, rr)) == ([], ["effort"])
    refused(study, lambda: undo(study, al), "AL has nothing to undo")
    undo(study, rr)
    redo(study, al)
    assert (codes(study, al), codes(study, rr)) == (["taught"], [])


def test_nobody_undoes_what_is_done_to_the_study(study: Study, al: Coder) -> None:
    press_code(study, al, FIRST, "cause", "taught")
    undo(study, al)
    assert undo(study, None).words == "undid: imported T-1"
    refusal = refused(study, lambda: undo(study, None), "nothing was done to the study itself")
    assert refusal.hint == "coder undo --coder AL is for what a coder did"
    assert redo(study, None).words == "redid: imported T-1"
    refusal = refused(study, lambda: redo(study, None), "nothing was done .* one could redo")


def test_a_coder_is_not_undone(study: Study, al: Coder) -> None:
    refused(study, lambda: undo(study, al), "AL has nothing to undo")


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "codings.csv"
    path.write_text("\n".join(("excerpt,code_set,code,coder", *rows)))
    return path


def test_a_bulk_load_is_one_undo(study: Study, tmp_path: Path, al: Coder) -> None:
    before = [codes(study, al, f"T-1:{n}") for n in range(1, 5)]
    rows = [f"T-1:{n},cause,{code},AL" for n in range(1, 5) for code in ("effort", "taught")]
    done = load_codings(study, table(tmp_path, *rows))
    assert codes(study, al, "T-1:4") == ["taught", "effort"]
    assert log(study, Viewer(), 1)[0].entry == done.entry
    undo(study, al)
    assert [codes(study, al, f"T-1:{n}") for n in range(1, 5)] == before
    redo(study, al)
    assert codes(study, al, "T-1:4") == ["taught", "effort"]


def test_a_load_for_two_people_gives_way_to_what_either_did_since(
    study: Study, tmp_path: Path, al: Coder, rr: Coder
) -> None:
    load_codings(study, table(tmp_path, "T-1:1,cause,effort,AL", "T-1:1,cause,effort,RR"))
    press_code(study, al, FIRST, "cause", "taught")
    words = "“put Teaching on T-1:1” by AL came after it"
    refused(study, lambda: undo(study, None), words)
    undo(study, al)
    undo(study, None)
    assert (codes(study, al), codes(study, rr)) == ([], [])


def test_a_code_that_a_load_stands_beside_is_not_undone_alone(
    study: Study, tmp_path: Path, al: Coder, rr: Coder
) -> None:
    """Undoing it would reopen a set on which the loaded code still is."""
    press_code(study, al, FIRST, "cause", "taught")
    load_codings(study, table(tmp_path, "T-1:1,cause,effort,AL", "T-1:1,cause,effort,RR"))
    refusal = refused(study, lambda: undo(study, al), "“loaded 2 codes on 1 units from codings")
    assert refusal.hint == "take that back first"
    undo(study, None)
    undo(study, al)
    assert codes(study, al) == []


def test_two_settle_the_same(study: Study, al: Coder, rr: Coder) -> None:
    for coder, code in ((al, "taught"), (rr, "effort")):
        press_code(study, coder, FIRST, "cause", code)
    settle(study, al, FIRST, "cause", ["taught"], "one")
    settle(study, rr, FIRST, "cause", ["effort"], "two")
    refused(study, lambda: undo(study, al), "“settled cause of T-1:1: effort” by RR came after")
    undo(study, rr)
    undo(study, al)
    settle(study, rr, FIRST, "cause", ["hard"], "three")
    refused(study, lambda: redo(study, al), "“settled cause of T-1:1: hard” by RR came after")
    assert_tables_are_what_the_journal_says(study)


def test_a_codebook_that_something_was_coded_under_is_not_undone(study: Study, al: Coder) -> None:
    use_codebook(study, small_codebook("other"))
    nothing_applies(study, al, FIRST, "cause")
    refused(study, lambda: undo(study, None), "said that nothing of Cause applies to T-1:1” by AL")
    undo(study, al)
    undo(study, None)
    assert [book.id for book in study.codebooks] == ["tiny"]
    redo(study, None)
    assert study.codebook.id == "other"


def test_the_log_shows_the_newest_first_and_no_more_than_asked(study: Study, al: Coder) -> None:
    for _ in range(5):
        press_code(study, al, FIRST, "cause", "taught")
    lines = log(study, Viewer(), limit=3)
    assert len(lines) == 3
    assert [line.lamport for line in lines] == sorted((n.lamport for n in lines), reverse=True)
    everything = log(study, Viewer(), limit=100)
    assert (everything[-1].kind, everything[-1].actor) == ("new", "")
    assert [line.words for line in everything[-3:]] == [
        "added the coder AL",
        "imported T-1",
        "made the study test",
    ]


def test_what_comes_next_and_in_which_transcripts_it_is(study: Study, al: Coder) -> None:
    assert next_redo(study, al) is None
    write_memo(study, al, "code", "effort", "On the code.")
    write_memo(study, al, "transcript", "T-1", "On the interview.")
    press_code(study, al, FIRST, "cause", "effort")
    for words, where in (
        ("put Effort on T-1:1", ("T-1",)),
        ("wrote a memo on T-1", ("T-1",)),
        ("wrote a memo on Effort", ()),
    ):
        found = next_undo(study, al)
        assert found is not None
        assert found.words == words
        assert transcripts_touched(study, found.entry) == where
        undo(study, al)
        ahead = next_redo(study, al)
        assert ahead is not None
        assert (ahead.words, transcripts_touched(study, ahead.entry)) == (words, where)
