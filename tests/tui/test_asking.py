"""A code that contradicts the book, Enter where nothing is coded: the same key says yes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coder.model import Code, Codebook
from coder.ops import coding, corpus
from coder.ops.study import Study
from tests.factories import make_study, small_codebook
from tests.ops.test_contradictions import dependent_book
from tests.tui.driving import (
    NARROW,
    codes_on,
    coding_screen,
    opened,
    press,
    running,
    shown,
    told,
    wait_for,
    work,
)

QUESTION = "Support was not asked here. Put it on? q again = yes, Esc = no"


def book_with_y() -> Codebook:
    book = small_codebook()
    sets = [
        replace(one, codes=(*one.codes, Code("yes", "Yes", key="y")))
        if one.id == "support"
        else one
        for one in book.code_sets
    ]
    return replace(book, code_sets=tuple(sets))


async def test_the_same_key_again_puts_it_on_and_is_not_asked_for_twice(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "q")
        await wait_for(pilot, lambda: QUESTION in shown(pilot))
        assert codes_on(pilot, "T-1:1") == set()
        await press(pilot, "q")
        assert codes_on(pilot, "T-1:1") == {"open"}
        await wait_for(pilot, lambda: "Put it on?" not in shown(pilot))
        await press(pilot, "w")
        assert codes_on(pilot, "T-1:1") == {"steps"}, "the set is agreed on"
        await press(pilot, "w", "w")
        assert codes_on(pilot, "T-1:1") == {"steps"}, "off without a question, and on again"
        await press(pilot, "j", "j", "q")
        assert codes_on(pilot, "T-1:3") == set(), "another excerpt is another question"


async def test_escape_and_n_are_no_and_nothing_more(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        for no in ("escape", "n"):
            await press(pilot, "q")
            await wait_for(pilot, lambda: QUESTION in shown(pilot))
            await press(pilot, no)
            await wait_for(pilot, lambda: "Put it on?" not in shown(pilot))
            assert coding_screen(pilot) is screen
            assert not work(pilot, "T-1:1").decisions, "that nothing applies was not said"
        await press(pilot, "n")
        assert dict(work(pilot, "T-1:1").decisions) == {"cause": "nothing"}


async def test_enter_and_y_do_nothing_and_say_how_it_is_answered(tmp_path: Path) -> None:
    with make_study(tmp_path, book=book_with_y()) as study:
        async with running(study) as pilot:
            screen = await opened(pilot)
            for key in ("enter", "y"):
                await press(pilot, "q", key)
                await told(pilot, "q again puts Opens the task on, Esc leaves it off")
                assert QUESTION in shown(pilot), "it stays"
                assert not work(pilot, "T-1:1").codings
                assert not work(pilot, "T-1:1").decisions
                assert screen.index == 0
                await press(pilot, "escape")
            await press(pilot, "q", "enter", "q")
            assert codes_on(pilot, "T-1:1") == {"open"}
            await press(pilot, "j", "j", "y")
            await wait_for(pilot, lambda: "Put it on? y again = yes" in shown(pilot))
            await press(pilot, "y")
            assert codes_on(pilot, "T-1:3") == {"yes"}, "y is yes where it is the same key"


async def test_any_other_key_is_no_and_does_what_it_does(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "q", "1")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await wait_for(pilot, lambda: "Put it on?" not in shown(pilot))
        await press(pilot, "q", "j")
        assert screen.index == 1
        await press(pilot, "k")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await press(pilot, "q", "f2", "q")
        assert codes_on(pilot, "T-1:1") == {"taught"}, "another key came between"


async def test_a_set_that_has_a_code_already_is_not_asked_for(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    coding.put_code(study, al, "T-1:1", "support", "open")
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "w")
        assert codes_on(pilot, "T-1:1") == {"steps"}


async def test_space_says_yes_at_the_code_in_question(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "w", "space")
        assert codes_on(pilot, "T-1:1") == {"steps"}


async def test_enter_where_nothing_is_coded_asks_first(study: Study) -> None:
    asks = "Nothing is coded here. Finish with nothing applied? Enter again = yes, Esc = no"
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "enter")
        await wait_for(pilot, lambda: asks in shown(pilot))
        assert not work(pilot, "T-1:1").decisions
        await press(pilot, "y")
        await told(pilot, "Enter again finishes it with nothing applied, Esc leaves it open")
        await press(pilot, "escape")
        await wait_for(pilot, lambda: asks not in shown(pilot))
        await press(pilot, "enter", "n")
        assert not work(pilot, "T-1:1").decisions, "n is no, too"
        await press(pilot, "enter", "enter")
        assert work(pilot, "T-1:1").decisions["cause"] == "nothing"
        assert screen.index == 1
        await press(pilot, "enter", "j", "enter")
        assert not work(pilot, "T-1:2").decisions, "asked of the one excerpt, not of the next"
        assert not work(pilot, "T-1:3").decisions
        await press(pilot, "1", "enter")
        assert work(pilot, "T-1:3").is_finished, "nothing to ask where something is coded"
        assert screen.index == 1
        await press(pilot, "n", "enter")
        assert screen.sitting.works[1].is_finished, "or decided"
        assert len(work(pilot, "T-1:2").decisions) == 4


async def test_a_digit_that_means_another_set_does_not_say_yes(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j", "shift+tab")
        assert screen.focused_set == "cause"
        await press(pilot, "plus", *"level 1", "enter")
        await wait_for(pilot, lambda: "Vision was not asked here" in shown(pilot))
        assert "Space again = yes" in shown(pilot)
        await press(pilot, "space")
        assert codes_on(pilot, "T-1:2") == {"v1"}


async def test_what_depends_on_a_code_is_asked_for_and_said_when_that_goes(tmp_path: Path) -> None:
    with make_study(tmp_path, book=dependent_book()) as study:
        async with running(study) as pilot:
            await opened(pilot)
            await press(pilot, "3", "tab", "tab", "2")
            assert codes_on(pilot, "T-1:1") == {"effort", "v2"}, "nothing to ask"
            await press(pilot, "shift+tab", "shift+tab", "3")
            assert codes_on(pilot, "T-1:1") == {"v2"}
            await told(pilot, "still on T-1:1: Vision is for Teaching or Effort in Cause")
            await press(pilot, "j", "j", "tab", "tab", "1")
            await wait_for(pilot, lambda: "Vision is for Teaching or Effort" in shown(pilot))
            assert codes_on(pilot, "T-1:3") == set()


async def test_undo_and_redo_ask_before_they_reach_into_another_transcript(tmp_path: Path) -> None:
    with make_study(tmp_path, [{"name": "A-1"}, {"name": "B-1", "person": "P2"}]) as study:
        al = corpus.add_coder(study, "AL")
        coding.put_code(study, al, "B-1:1", "cause", "taught")
        async with running(study) as pilot:
            await opened(pilot)
            await press(pilot, "1", "u", "u")
            asks = (
                "The last action is in B-1: put Teaching on B-1:1. "
                "Undo it there? u again = yes, Esc = no"
            )
            await wait_for(pilot, lambda: asks in shown(pilot))
            assert codes_on(pilot, "A-1:1") == set(), "what is here is not asked for"
            assert codes_on(pilot, "B-1:1") == {"taught"}
            await press(pilot, "enter")
            await told(pilot, "u again undoes it there, Esc leaves it as it is")
            assert not work(pilot, "A-1:1").decisions
            await press(pilot, "escape", "u", "j", "u")
            assert codes_on(pilot, "B-1:1") == {"taught"}, "another key came between"
            await press(pilot, "u")
            assert codes_on(pilot, "B-1:1") == set()
            await told(pilot, "(in B-1, not in this transcript)")
            await press(pilot, "U")
            await wait_for(pilot, lambda: "What was undone is in B-1" in shown(pilot))
            assert codes_on(pilot, "B-1:1") == set()
            await press(pilot, "ctrl+r")
            assert codes_on(pilot, "B-1:1") == {"taught"}


async def test_undo_of_what_is_in_no_transcript_is_not_asked_for(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "ampersand", *"why", "escape", "u")
        await told(pilot, "undid: wrote a memo on Teaching")


async def test_a_memo_on_another_transcript_is_in_another_transcript(tmp_path: Path) -> None:
    with make_study(tmp_path, [{"name": "A-1"}, {"name": "B-1", "person": "P2"}]) as study:
        al = corpus.add_coder(study, "AL")
        coding.write_memo(study, al, "transcript", "B-1", "All of it")
        async with running(study, size=NARROW) as pilot:
            await opened(pilot)
            await press(pilot, "u")
            asks = "In B-1: wrote a memo on B-1. Undo it there? u again = yes, Esc = no"
            await wait_for(pilot, lambda: asks in shown(pilot))
