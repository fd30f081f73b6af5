"""Codes made while reading, through the keys; every fact is read back from the study."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from coder.model import Span
from coder.ops import corpus, history
from coder.ops.importing import import_files
from coder.ops.library import use_codebook
from coder.ops.scratch import put_new_code, scratch_set
from coder.ops.study import Study, create_study
from coder.tui.picking import Picking, matching
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.naming import InVivoDialog, NameDialog
from tests.factories import small_codebook, write_transcript
from tests.rounds import open_round
from tests.tui.driving import (
    AWKWARD,
    NARROW,
    WIDE,
    app_of,
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


def vivo(pilot: Pilot[None]) -> InVivoDialog:
    screen = pilot.app.screen
    assert isinstance(screen, InVivoDialog), screen
    return screen


async def in_vivo(pilot: Pilot[None]) -> InVivoDialog:
    await press(pilot, "I")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, InVivoDialog))
    return vivo(pilot)


async def back(pilot: Pilot[None]) -> None:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))


def name_of(study: Study, code: str) -> str:
    found = scratch_set(study.codebook)
    assert found is not None
    one = found.code(code)
    assert one is not None
    return one.name


async def test_words_are_picked_by_sentence_and_word_and_become_a_code(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        dialog = await in_vivo(pilot)
        assert dialog.line.value == "They never had fractions"
        await press(pilot, "down", "right", "right")
        assert dialog.line.value == "the whole story"
        await press(pilot, "left")
        assert dialog.line.value == "the whole"
        await press(pilot, "shift+right", "shift+left")
        assert dialog.line.value == "is the whole story"
        await press(pilot, "right", "enter")
        await back(pilot)
        assert codes_on(pilot, "T-1:1") == {"the_whole_story"}
        await wait_for(pilot, lambda: "· the whole story" in shown(pilot))
        assert "made the code the whole story and put it on 1 " in shown(pilot)
        screen = coding_screen(pilot)
        assert screen.focused_set == "cause", "digits go on to the set that is asked"
        await press(pilot, "1")
        assert codes_on(pilot, "T-1:1") == {"the_whole_story", "taught"}


async def test_one_undo_takes_back_the_code_and_the_coding(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await in_vivo(pilot)
        await press(pilot, "enter")
        await back(pilot)
        assert [s.id for s in screen.sitting.book.code_sets][-1] == "scratch"
        await press(pilot, "u")
        await told(pilot, "undid: made the code They never had fractions")
        assert codes_on(pilot, "T-1:1") == set()
        assert scratch_set(study.codebook) is None
        assert "Scratch" not in shown(pilot)
        await press(pilot, "U")
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:1") == {"they_never_had_fractions"})


async def test_typed_words_take_the_place_of_the_picked_and_must_stand_there(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        dialog = await in_vivo(pilot)
        await press(pilot, *"never lost")
        assert dialog.line.value == "never lost"
        await press(pilot, "enter")
        await told(pilot, "“never lost” does not stand in T-1:1")
        assert vivo(pilot) is dialog
        assert codes_on(pilot, "T-1:1") == set()
        await press(pilot, *(["backspace"] * 4), *"had", "enter")
        await back(pilot)
        assert codes_on(pilot, "T-1:1") == {"never_had"}


async def test_letters_typed_ahead_of_a_slow_screen_are_words_not_codes(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "C", *"q1w", "enter", "j", "q")
        await back(pilot)
        assert codes_on(pilot, "T-1:1") == {"q1w"}
        assert codes_on(pilot, "T-1:2") == {"open"}


async def test_escape_makes_nothing(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        version = study.codebook_ids
        for key in ("I", "C"):
            await press(pilot, key, *"abc", "escape")
            await back(pilot)
        assert study.codebook_ids == version
        await press(pilot, "C", "enter")
        await told(pilot, "a code needs a name")
        assert isinstance(pilot.app.screen, NameDialog)


async def test_a_code_made_before_is_found_by_a_part_of_its_name(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        al = app_of(pilot).coder
        assert al is not None
        for words in ("no fractions before", "left alone"):
            put_new_code(study, al, "T-1:1", words)
        await opened(pilot)
        await press(pilot, "j", "C", *"fract")
        await wait_for(pilot, lambda: "no fractions before" in shown(pilot))
        await press(pilot, "down", "enter")
        await back(pilot)
        assert codes_on(pilot, "T-1:2") == {"no_fractions_before"}
        await press(pilot, "C", *"Left ALONE", "enter")
        await back(pilot)
        assert codes_on(pilot, "T-1:2") == {"no_fractions_before", "left_alone"}


async def test_the_new_code_takes_a_memo_at_once(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "C", *"tired", "enter")
        await back(pilot)
        await press(pilot, "M", *"why", "escape")
        await back(pilot)
        assert [c.memo for c in work(pilot, "T-1:1").codings] == ["why"]


async def test_making_a_code_finishes_nothing_and_finishing_asks_nothing_of_it(
    study: Study,
) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        before = screen.sitting.progress
        await press(pilot, "C", *"tired", "enter")
        await back(pilot)
        assert screen.sitting.progress == before
        await press(pilot, "enter")
        assert "scratch" not in dict(work(pilot, "T-1:2").decisions)
        assert screen.index == 1
        await press(pilot, "shift+tab")
        assert screen.focused_set == "cause" or screen.focused_set == "scratch"
        while screen.focused_set != "scratch":
            await press(pilot, "tab")
        await press(pilot, "n")
        await told(pilot, "Scratch asks nothing")


async def test_an_open_round_is_told(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        open_round(study, "R1", ["AL"], ["T-1:2"])
        await press(pilot, "C", *"tired", "enter")
        await told(pilot, "the open round R1 has frozen the codebook tiny")
        assert codes_on(pilot, "T-1:1") == set()


async def test_a_code_made_in_another_window_is_shown(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        rr = corpus.add_coder(study, "RR")
        put_new_code(study, rr, "T-1:1", "seen elsewhere")
        screen.study_changed()
        await wait_for(pilot, lambda: "Scratch" in shown(pilot))
        await press(pilot, "shift+tab")
        await wait_for(pilot, lambda: "· seen elsewhere" in shown(pilot))


async def test_categories_and_retired_codes_are_not_offered(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    book = study.codebook
    cause = book.code_sets[0]
    changed = {
        "taught": replace(cause.codes[0], is_category=True, key=""),
        "before": replace(cause.codes[1], is_retired=True),
    }
    codes = tuple(changed.get(code.id, code) for code in cause.codes)
    put_new_code(study, al, "T-1:1", "tired")
    history.undo(study, al)
    use_codebook(study, replace(book, code_sets=(replace(cause, codes=codes), *book.code_sets[1:])))
    async with running(study) as pilot:
        screen = await opened(pilot)
        assert screen.pointed == ("cause", "effort")
        names = [code.name for item in screen.sitting.set_items(0) for code in item.codes]
        assert "Teaching" not in names
        assert "Earlier years" not in names
        await press(pilot, "2")
        assert codes_on(pilot, "T-1:1") == set(), "its key puts nothing else on"
        await press(pilot, "question_mark")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await press(pilot, "escape", "ctrl+p", *"Earlier")
        await wait_for(pilot, lambda: "End the selection earlier" in shown(pilot))
        assert "Code: Earlier years" not in shown(pilot)


HEADER_WORDS = "[laughs] [/ [bold]x[/bold] 👩‍🏫 数学 e\u0301 שלום \u202egnik\u202c end"


async def test_awkward_words_in_vivo_go_through_every_screen(tmp_path: Path) -> None:
    turns = f"[00:00:10] INT: {{Q-WHY}} Why?\n\n[00:00:20] T1: Well {HEADER_WORDS}.\n"
    path = write_transcript(tmp_path, turns=turns)
    with create_study(tmp_path / "odd.coder", [small_codebook()]) as study:
        import_files(study, [path])
        async with running(study, size=WIDE) as pilot:
            await opened(pilot)
            dialog = await in_vivo(pilot)
            await press(pilot, "right")
            assert "[laughs] [/ [bold]x[/bold]" in shown(pilot)
            assert "\u202e" not in dialog.line.value
            await press(pilot, "enter")
            await back(pilot)
            (code,) = codes_on(pilot, "T-1:1")
            assert name_of(study, code) == unicodedata.normalize("NFC", HEADER_WORDS)
            assert "· [laughs] [/ [bold]x[/bold]" in shown(pilot)
            await press(pilot, "question_mark")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
            await press(pilot, "escape", "C", *"laughs")
            await wait_for(pilot, lambda: "[laughs] [/ [bold]" in shown(pilot))
            await press(pilot, "escape", "u")
            await told(pilot, "[laughs] [/ [bold]x[/bold]")
            await press(pilot, "U", "ctrl+p", *"laughs")
            await wait_for(pilot, lambda: "Code: [laughs] [/" in shown(pilot))
            assert "\u202e" not in shown(pilot)
            assert AWKWARD.startswith("[laughs] [/ [bold]x[/bold]")


def test_trimming_keeps_a_word_and_stays_in_its_sentence() -> None:
    text = "“One, two.” Three!"
    sentences = ((Span(0, 5), Span(6, 11)), (Span(12, 18),))
    picking = Picking(text, sentences).at_sentence(0)
    assert picking.words == "One, two"
    assert picking.trimmed(front=5).words == "two"
    assert picking.trimmed(back=5).words == "One"
    assert picking.trimmed(front=1).trimmed(front=-9, back=-9).words == "One, two"
    assert picking.at_sentence(9).words == "Three"
    assert picking.at_sentence(9).trimmed(front=1, back=1).words == "Three"
    assert Picking("", ()).at_sentence(1).trimmed(front=1).words == ""
    assert Picking("…", ((Span(0, 1),),)).words == "…", "stops alone are what there is"


def test_names_that_begin_with_the_words_come_first() -> None:
    names = ["not left", "left alone", "alone"]
    assert matching("left", names) == ["left alone", "not left"]
    assert matching("ALONE left", names) == ["left alone"]
    assert matching("", names) == names
