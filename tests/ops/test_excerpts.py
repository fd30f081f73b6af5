"""Boundaries: split and join carry everybody's work over, and ask others to look again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.errors import CoderError
from coder.model import Coder, Span, Viewer
from coder.ops.coding import (
    finish,
    nothing_applies,
    press_code,
    put_codes,
    unit_work,
    worksheet,
    write_memo,
)
from coder.ops.corpus import add_coder, find_unit, list_excerpts, read_transcript
from coder.ops.excerpts import add_excerpt, drop_excerpt, join_excerpts, split_excerpt
from coder.ops.history import log, redo, undo
from coder.ops.settling import disagreements, settle
from coder.ops.study import Study
from tests.factories import make_study
from tests.replaying import assert_answers_are_whole, assert_tables_are_what_the_journal_says
from tests.rounds import close_round, open_round

FIRST, SECOND = "T-1:1", "T-1:2"
VIEWER = Viewer("AL")


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


def refused(study: Study, action: Callable[[], object], words: str) -> CoderError:
    before = study.store.db.serialize()
    with pytest.raises(CoderError, match=words) as refusal:
        action()
    assert study.store.db.serialize() == before
    return refusal.value


def refs(study: Study) -> list[str]:
    return [unit.ref for unit in list_excerpts(study, VIEWER, "T-1")]


def place(study: Study, words: str) -> int:
    return read_transcript(study, VIEWER, "T-1").text.index(words)


def split(study: Study, coder: Coder) -> list[str]:
    """Split the first excerpt before its second sentence; the new references."""
    before = refs(study)
    split_excerpt(study, coder, FIRST, place(study, "That is the whole"))
    return [ref for ref in refs(study) if ref not in before]


def on(study: Study, coder: Coder, ref: str) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Codes with their origin, and decisions."""
    assert_answers_are_whole(study)
    work = unit_work(study, coder, ref)
    return [(c.code, c.origin) for c in work.codings], dict(work.decisions)


# Splitting.


def test_split_makes_two_parts_of_the_words(study: Study, al: Coder) -> None:
    done = split_excerpt(study, al, FIRST, place(study, "That is the whole"))
    assert done.words == "split T-1:1 into T-1:5 and T-1:6"
    assert refs(study) == ["T-1:5", "T-1:6", "T-1:2", "T-1:3", "T-1:4"]
    text = read_transcript(study, VIEWER, "T-1").text
    first, second = (find_unit(study, ref) for ref in ("T-1:5", "T-1:6"))
    assert first.span.of(text).endswith("never had fractions.")
    assert second.span.of(text) == "That is the whole story."
    assert {unit.question for unit in (first, second)} == {"Q-WHY"}
    assert {unit.speaker for unit in (first, second)} == {"T1"}
    assert {unit.participant for unit in (first, second)} == {"P1"}
    assert {unit.plan for unit in (first, second)} == {"hand"}
    refused(study, lambda: find_unit(study, FIRST), "was split")


def test_split_copies_everybodys_codes_and_others_look_again(
    study: Study, al: Coder, rr: Coder
) -> None:
    for coder in (al, rr):
        put_codes(study, coder, FIRST, ["effort", "taught", "v2"])
        finish(study, coder, FIRST)
    for ref in split(study, al):
        codes = [("taught", "boundary"), ("effort", "boundary"), ("v2", "boundary")]
        assert on(study, al, ref) == (
            codes,
            {"cause": "coded", "vision": "coded", "who": "nothing", "support": "not_applicable"},
        )
        assert on(study, rr, ref) == (codes, {})
        assert unit_work(study, al, ref).is_finished
        assert unit_work(study, rr, ref).is_started


def test_split_carries_memos_over(study: Study, al: Coder, rr: Coder) -> None:
    press_code(study, rr, FIRST, "cause", "effort")
    (coding,) = unit_work(study, rr, FIRST).codings
    write_memo(study, rr, "coding", coding.id, "on the code")
    write_memo(study, rr, "excerpt", FIRST, "on the excerpt")
    for ref in split(study, al):
        work = unit_work(study, rr, ref)
        assert (work.memo, work.codings[0].memo) == ("on the excerpt", "on the code")


def test_split_is_one_action(study: Study, al: Coder, rr: Coder) -> None:
    for coder in (al, rr):
        put_codes(study, coder, FIRST, ["effort", "taught"])
    before = worksheet(study, al, "T-1"), worksheet(study, rr, "T-1")
    new = split(study, al)
    undo(study, al)
    assert (worksheet(study, al, "T-1"), worksheet(study, rr, "T-1")) == before
    redo(study, al)
    assert refs(study)[:2] == new
    assert on(study, rr, new[0])[0] == [("taught", "boundary"), ("effort", "boundary")]
    assert_tables_are_what_the_journal_says(study)


@pytest.mark.parametrize("where", ["start", "stop", "outside"])
def test_split_outside(study: Study, al: Coder, where: str) -> None:
    span = find_unit(study, FIRST).span
    at = {"start": span.start, "stop": span.stop, "outside": span.stop + 5}[where]
    refusal = refused(study, lambda: split_excerpt(study, al, FIRST, at), f"{at} is not inside")
    assert refusal.hint == f"it runs from {span.start} to {span.stop}"


def test_split_leaves_words_in_both_parts(study: Study, al: Coder) -> None:
    at = place(study, "They never")
    refused(study, lambda: split_excerpt(study, al, FIRST, at), "holds no words of T1")


# Joining.


def test_join_brings_everybodys_codes_together(study: Study, al: Coder, rr: Coder) -> None:
    put_codes(study, al, FIRST, ["effort"])
    put_codes(study, al, SECOND, ["taught", "open"])
    put_codes(study, rr, SECOND, ["effort"])
    done = join_excerpts(study, al, SECOND, FIRST)
    assert done.words == "joined T-1:1 and T-1:2 into T-1:5"
    codes = [("taught", "boundary"), ("effort", "boundary"), ("open", "boundary")]
    assert on(study, al, "T-1:5") == (codes, {"cause": "coded", "support": "coded"})
    assert on(study, rr, "T-1:5") == ([("effort", "boundary")], {})
    assert refs(study) == ["T-1:5", "T-1:3", "T-1:4"]
    undo(study, al)
    assert refs(study)[:2] == [FIRST, SECOND]
    assert_tables_are_what_the_journal_says(study)


@pytest.mark.parametrize(("code_set", "codes"), [("support", "open steps"), ("vision", "v1 v3")])
def test_two_codes_that_meet_in_a_set_that_takes_one_leave_it_open(
    study: Study, al: Coder, rr: Coder, code_set: str, codes: str
) -> None:
    for coder in (al, rr):
        for ref, code in zip((FIRST, SECOND), codes.split(), strict=True):
            press_code(study, coder, ref, code_set, code)
    join_excerpts(study, al, FIRST, SECOND)
    assert on(study, al, "T-1:5") == ([], {})
    assert on(study, rr, "T-1:5") == ([], {})


def test_one_code_on_both_is_one_code(study: Study, al: Coder) -> None:
    for ref in (FIRST, SECOND):
        press_code(study, al, ref, "support", "open")
        write_memo(study, al, "excerpt", ref, f"memo on {ref}")
    join_excerpts(study, al, FIRST, SECOND)
    assert on(study, al, "T-1:5") == ([("open", "boundary")], {"support": "coded"})
    assert unit_work(study, al, "T-1:5").memo == "memo on T-1:1\n\nmemo on T-1:2"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("nothing", "nothing", "nothing"),
        ("nothing", "not_applicable", "nothing"),
        ("not_applicable", "not_applicable", "not_applicable"),
        ("coded", "nothing", "coded"),
        ("nothing", None, None),
    ],
)
def test_decisions_are_kept_where_they_still_make_sense(
    study: Study, al: Coder, first: str, second: str | None, joined: str | None
) -> None:
    for ref, status in ((FIRST, first), ("T-1:3", second)):
        if status == "nothing":
            nothing_applies(study, al, ref, "support")
        elif status == "not_applicable":
            finish(study, al, ref)  # support is not asked of either
        elif status == "coded":
            press_code(study, al, ref, "support", "open")
    drop_excerpt(study, al, SECOND)
    join_excerpts(study, al, FIRST, "T-1:3")
    assert on(study, al, "T-1:5")[1].get("support") == joined


def test_split_and_join_again_comes_back_as_things_stand_now(
    study: Study, al: Coder, rr: Coder
) -> None:
    """The excerpt that was split is there again; what was on it gives way to its parts' codes."""
    put_codes(study, al, FIRST, ["effort", "v1"])
    put_codes(study, rr, FIRST, ["effort", "taught"])
    (coding,) = [c for c in unit_work(study, rr, FIRST).codings if c.code == "taught"]
    write_memo(study, rr, "coding", coding.id, "gone")
    settle(study, al, FIRST, "cause", ["effort"], "agreed at once")
    first, second = split(study, al)
    for ref in (first, second):
        press_code(study, rr, ref, "cause", "taught")  # off again
        press_code(study, al, ref, "cause", "hard")
    done = join_excerpts(study, al, first, second)
    assert done.words.endswith("into T-1:1"), "the same words by the same speaker"
    assert on(study, al, FIRST) == (
        [("effort", "hand"), ("hard", "boundary"), ("v1", "hand")],
        {"cause": "coded", "vision": "coded"},
    )
    assert on(study, rr, FIRST) == ([("effort", "hand")], {})
    assert study.store.counts()["settlements"] == 0, "it was of another boundary's answers"
    assert_tables_are_what_the_journal_says(study)
    undo(study, al)
    assert refs(study)[:2] == [first, second]
    assert_tables_are_what_the_journal_says(study)


def test_join_of_what_does_not_follow(tmp_path: Path) -> None:
    with make_study(tmp_path, ({}, {})) as study:
        al = add_coder(study, "AL")
        refused(study, lambda: join_excerpts(study, al, FIRST, "T-1:3"), "T-1:2 lies between")
        refused(study, lambda: join_excerpts(study, al, FIRST, "T-2:2"), "not two excerpts of one")
        refused(study, lambda: join_excerpts(study, al, FIRST, FIRST), "not two excerpts of one")
        refused(study, lambda: join_excerpts(study, al, FIRST, "T-9:1"), "no excerpt T-9:1")


def test_two_peoples_words_are_not_joined(study: Study, al: Coder, tmp_path: Path) -> None:
    from coder.ops.importing import import_files
    from tests.factories import write_transcript

    path = write_transcript(tmp_path, "J-1", turns="INT: {Q-WHY} Why?\n\nT1: So.\n\nT2: No.\n")
    path.write_text(
        path.read_text().replace(
            "interviewers:",
            "  - {id: P2, speaker: T2, pseudonym: Mr. P2, role: coach, district: North,"
            " school: Hill}\ninterviewers:",
        )
    )
    import_files(study, [path])
    refused(study, lambda: join_excerpts(study, al, "J-1:1", "J-1:2"), "T1 speaks in J-1:1, T2 in")


# Adding and dropping.


def test_add_by_hand_under_the_question_asked_last(study: Study, al: Coder) -> None:
    start = place(study, "  They never had".strip())
    span = Span(start - 1, start + len("They never had fractions. "))
    done = add_excerpt(study, al, "T-1", span)
    unit = find_unit(study, "T-1:5")
    assert done.words == "made the excerpt T-1:5"
    text = read_transcript(study, VIEWER, "T-1").text
    assert unit.span.of(text) == "They never had fractions.", "without white space at its ends"
    assert (unit.plan, unit.question, unit.speaker) == ("hand", "Q-WHY", "T1")
    refused(study, lambda: add_excerpt(study, al, "T-1", unit.span), "T-1:5 has exactly these")
    refused(study, lambda: add_excerpt(study, al, "T-1", span), "T-1:5 has exactly these")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(3, 3), "holds no words of a participant"),
        (Span(0, 12), "holds no words of a participant"),
        (Span(0, 100_000), "has only"),
    ],
)
def test_add_where_nothing_is_to_be_coded(study: Study, al: Coder, span: Span, words: str) -> None:
    refused(study, lambda: add_excerpt(study, al, "T-1", span), words)
    refused(study, lambda: add_excerpt(study, al, "T-9", span), "no transcript T-9")


def test_dropped_is_kept_and_comes_back_as_it_was(study: Study, al: Coder) -> None:
    put_codes(study, al, FIRST, ["effort"])
    before = worksheet(study, al, "T-1")
    span = find_unit(study, FIRST).span
    assert drop_excerpt(study, al, FIRST).words == "dropped the excerpt T-1:1"
    assert FIRST not in refs(study)
    undo(study, al)
    assert worksheet(study, al, "T-1") == before
    redo(study, al)
    assert FIRST not in refs(study)
    add_excerpt(study, al, "T-1", span)
    assert worksheet(study, al, "T-1") == before
    assert_tables_are_what_the_journal_says(study)
    undo(study, al)
    assert FIRST not in refs(study), "codes from before are no reason to refuse"


@pytest.mark.parametrize(
    "work",
    [
        lambda study, rr: press_code(study, rr, FIRST, "cause", "effort"),
        lambda study, rr: nothing_applies(study, rr, FIRST, "cause"),
        lambda study, rr: write_memo(study, rr, "excerpt", FIRST, "mine"),
    ],
)
def test_drop_is_refused_when_others_worked_on_it(
    study: Study, al: Coder, rr: Coder, work: Callable[[Study, Coder], object]
) -> None:
    work(study, rr)
    words = "somebody else has worked on T-1:1"
    refused(study, lambda: drop_excerpt(study, al, FIRST), words)
    drop_excerpt(study, rr, FIRST)


def test_references_are_never_used_again(study: Study, al: Coder) -> None:
    seen = set(refs(study))
    for _ in range(3):
        new = split(study, al)
        assert not seen & set(new) or set(new) <= {"T-1:5", "T-1:6"}, "or the same words again"
        seen |= set(new)
        undo(study, al)
    spans = [Span(place(study, w), place(study, w) + len(w)) for w in ("never had", "whole story")]
    for span in spans:
        add_excerpt(study, al, "T-1", span)
        (new_ref,) = set(refs(study)) - seen
        drop_excerpt(study, al, new_ref)
        seen.add(new_ref)
    assert len(seen) == 8


# Rounds.


def test_boundaries_are_frozen_while_a_round_is_open(study: Study, al: Coder, rr: Coder) -> None:
    open_round(study, "R1", ["RR"], [FIRST])
    words = "in the open round R1"
    at = place(study, "That is the whole")
    refused(study, lambda: split_excerpt(study, al, FIRST, at), words)
    refused(study, lambda: join_excerpts(study, al, FIRST, SECOND), words)
    refused(study, lambda: join_excerpts(study, al, SECOND, FIRST), words)
    refused(study, lambda: drop_excerpt(study, al, FIRST), words)
    close_round(study, "R1")
    split(study, al)


def test_undo_and_redo_do_not_move_boundaries_of_an_open_round(study: Study, al: Coder) -> None:
    first, _ = split(study, al)
    open_round(study, "R1", ["AL"], [first])
    refused(study, lambda: undo(study, al), f"{first} is in the open round R1")
    undo(study, None)  # the round
    undo(study, al)
    open_round(study, "R2", ["AL"], [FIRST])
    refused(study, lambda: redo(study, al), f"{FIRST} is in the open round R2")
    close_round(study, "R2")
    refused(study, lambda: redo(study, al), "closed the round R2")


# What is in the way of undo.


def test_undo_of_a_split_is_refused_once_somebody_coded_a_part(
    study: Study, al: Coder, rr: Coder
) -> None:
    first, _ = split(study, al)
    press_code(study, rr, first, "cause", "effort")
    refusal = refused(study, lambda: undo(study, al), f"“put Effort on {first}” by RR came after")
    assert refusal.hint == "RR has to take that back first"
    undo(study, rr)
    undo(study, al)
    assert refs(study)[0] == FIRST


def test_undo_of_a_code_is_refused_once_somebody_split_its_excerpt(
    study: Study, al: Coder, rr: Coder
) -> None:
    """Its copies would stay on the parts, though the coder took it back."""
    press_code(study, al, FIRST, "cause", "effort")
    split(study, rr)
    refused(study, lambda: undo(study, al), "“split T-1:1 into T-1:5 and T-1:6” by RR came after")
    undo(study, rr)
    undo(study, al)
    assert on(study, al, FIRST) == ([], {})


def test_redo_of_a_split_is_refused_once_its_excerpt_was_worked_on(
    study: Study, al: Coder, rr: Coder
) -> None:
    """The split would copy what stood there then, and lose what stands there now."""
    press_code(study, al, FIRST, "cause", "effort")
    split(study, rr)
    undo(study, rr)
    press_code(study, al, FIRST, "cause", "taught")
    refused(study, lambda: redo(study, rr), "“put Teaching on T-1:1” by AL came after")
    undo(study, al)
    undo(study, al)
    refused(study, lambda: redo(study, rr), "“undid: put Effort on T-1:1” by AL came after")
    redo(study, al)
    redo(study, rr)
    assert refs(study)[0] == "T-1:5"
    assert_tables_are_what_the_journal_says(study)


def test_disagreements_move_with_the_boundary(study: Study, al: Coder, rr: Coder) -> None:
    put_codes(study, al, FIRST, ["effort"])
    put_codes(study, rr, FIRST, ["taught"])
    assert [d.ref for d in disagreements(study, Viewer(), "cause")] == [FIRST]
    first, second = split(study, al)
    assert disagreements(study, Viewer(), "cause") == (), "RR has not looked yet"
    for ref in (first, second):
        finish(study, rr, ref)
    assert [d.ref for d in disagreements(study, Viewer(), "cause")] == [first, second]
    assert log(study, Viewer(), 3)[2].kind == "split"
