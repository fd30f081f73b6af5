"""Selecting words through keys and mouse, and making excerpts of them, on a real study."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.pilot import Pilot

from coder.model import Span
from coder.ops import corpus, excerpts
from coder.ops.study import Study, open_study
from coder.tui.screens.coding import CodingScreen
from coder.tui.widgets.transcript_view import TranscriptView
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
)


def selected(pilot: Pilot[None]) -> str:
    """The words that are selected; empty where none are."""
    screen = coding_screen(pilot)
    span = screen.view.selected_span
    return span.of(screen.sitting.transcript.text) if span else ""


def highlighted(view: TranscriptView) -> str:
    """The words that are painted as selected on screen."""
    look = view.get_component_rich_style("transcript-view--selected")
    words = [
        "".join(s.text for s in view.render_line(y) if s.style and s.style.bgcolor == look.bgcolor)
        for y in range(view.size.height)
    ]
    return " ".join(part.strip() for part in words if part.strip())


def words_of(screen: CodingScreen, place: int) -> str:
    """What an excerpt says, with tags and all."""
    return screen.sitting.works[place].unit.span.of(screen.sitting.transcript.text)


async def test_the_cursor_goes_by_sentence_word_and_character(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "right")
        assert selected(pilot) == "They never had fractions."
        await wait_for(pilot, lambda: "by sentence  1 of 4" in shown(pilot))
        await press(pilot, "right")
        assert selected(pilot) == "That is the whole story."
        await press(pilot, ";", "right")
        assert selected(pilot) == "That"
        await wait_for(pilot, lambda: "by word" in shown(pilot))
        await press(pilot, "right", "right")
        assert selected(pilot) == "the"
        await press(pilot, ";", "left")
        assert selected(pilot) == "e", "in from the end"
        await press(pilot, "ctrl+left")
        assert selected(pilot) == "is"
        await press(pilot, "ctrl+right", "ctrl+shift+right")
        assert selected(pilot) == highlighted(screen.view) == "the whole"
        await press(pilot, "ctrl+shift+left", "shift+left", "shift+left")
        assert selected(pilot) == "t"
        await press(pilot, "escape")
        assert selected(pilot) == highlighted(screen.view) == ""
        await wait_for(pilot, lambda: "by character" not in shown(pilot))
        await press(pilot, ";")
        assert selected(pilot) == "They never had fractions.", "the key begins selecting, too"


async def test_the_line_above_says_by_what_the_keys_selected_last(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        for key, step in (
            ("right", "sentence"),
            ("ctrl+right", "word"),
            ("right", "sentence"),
            ("ctrl+shift+right", "word"),
            (">", "word"),
            ("shift+right", "sentence"),
        ):
            await press(pilot, key)
            assert f"by {step}  1 of 4" in shown(pilot), key


async def test_both_ends_move_with_plain_keys(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, ";")
        assert selected(pilot) == "They"
        await press(pilot, ">", ">")
        assert selected(pilot) == "They never had"
        await press(pilot, ")")
        assert selected(pilot) == highlighted(screen.view) == "never had"
        await press(pilot, "shift+left")
        assert selected(pilot) == "They never had", "the end that was moved last"
        await press(pilot, "<", "<", "<", "<")
        assert selected(pilot) == "They", "one is left"
        await press(pilot, "(")
        assert selected(pilot) == "them?\n\n[00:00:20] T1: They"
        assert highlighted(screen.view) == "them? They"
        await press(pilot, "escape", ";", ";", "right", "ctrl+right", ">")
        assert selected(pilot) == "That is", "as finely as the cursor moved last"


async def test_keys_go_to_the_ends_of_the_excerpt(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j", "ctrl+end")
        assert selected(pilot) == "Then they copy."
        await press(pilot, "shift+home")
        assert selected(pilot) == "I show them the steps. [laughs] Then they copy."
        await press(pilot, "ctrl+home")
        assert selected(pilot) == "I show them the steps. [laughs]"
        await press(pilot, "shift+end")
        assert selected(pilot) == "I show them the steps. [laughs] Then they copy."
        await press(pilot, "equals_sign")
        assert selected(pilot).startswith("What do you change?")
        assert selected(pilot).endswith("Then they copy.")
        await press(pilot, "left")
        assert selected(pilot) == "Then they copy.", "in every terminal"
        assert screen.index == 1
        await press(pilot, "end")
        assert screen.index == 3
        assert selected(pilot) == ""


async def test_an_excerpt_is_made_of_words_and_split_at_one(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "ctrl+right", "ctrl+right", "ctrl+shift+right", ">", "<", "A")
        assert words_of(screen, screen.index) == "never had"
        assert selected(pilot) == ""
        assert [mark.span for mark in screen.view.marks][screen.index] == Span(
            *(screen.sitting.works[screen.index].unit.span.start + n for n in (0, 9))
        )
        await wait_for(pilot, lambda: "5 ┃│ Ms. P1  00:20  never had" in shown(pilot))
        await press(pilot, "ctrl+right", "ctrl+right", "S")
        assert [words_of(screen, n) for n in (1, 2)] == ["never", "had"]
        await press(pilot, "u", "u")
        assert len(screen.sitting.works) == 4
        await press(pilot, "U")
        assert words_of(screen, screen.index) == "never had"


async def test_the_ends_of_an_excerpt_are_moved(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "E")
        await told(pilot, "first select what it shall be")
        await press(pilot, "equals_sign", "E")
        await told(pilot, "T-1:1 begins and ends there already")
        await press(pilot, "equals_sign", "<", "E")
        assert words_of(screen, 0).endswith("[00:00:20] T1: They never had fractions.")
        assert words_of(screen, 0).startswith("[00:00:10] INT:")
        assert codes_on(pilot, "T-1:5") == {"taught"}
        assert "moved the ends of T-1:1, which is T-1:5 now" in screen.said
        await press(pilot, "u")
        assert screen.sitting.works[0].unit.ref == "T-1:1"
        await press(pilot, "U", "equals_sign", ">", ">", "E")
        assert words_of(screen, 0).endswith("What do you change?"), "over the next one too"
        await wait_for(pilot, lambda: "┃│ INT" in shown(pilot))


async def test_the_mouse_selects_by_dragging_and_by_clicks(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        view = screen.view
        await wait_for(pilot, lambda: "They never had fractions." in shown(pilot))
        lines = shown(pilot).splitlines()
        y = next(n for n, line in enumerate(lines) if "They never had fractions." in line)
        x = lines[y].index("They never")

        def at(column: int, row: int = 0) -> Offset:
            return Offset(x + column, y + row)

        await pilot.mouse_down(None, at(5))
        await pilot._post_mouse_events([events.MouseMove], offset=at(12), button=1)
        await wait_for(pilot, lambda: selected(pilot) == "never ha")
        assert highlighted(view) == "never ha"
        await pilot.mouse_up(None, at(12))
        assert selected(pilot) == "never ha", "a drag is no click"
        await pilot.click(None, at(6), times=2)
        await wait_for(pilot, lambda: selected(pilot) == "never")
        await pilot.click(None, at(8), times=3)
        await wait_for(pilot, lambda: selected(pilot) == "They never had fractions.")
        await pilot.click(None, at(2, 3))
        await wait_for(pilot, lambda: screen.index == 1)
        assert selected(pilot) == ""


async def test_another_size_keeps_what_is_selected(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j", "ctrl+right", "ctrl+right", ">")
        words = selected(pilot)
        assert words == "show them"
        for size in (NARROW, (240, 70), (60, 14)):
            await pilot.resize_terminal(*size)
            await wait_for(pilot, lambda size=size: screen.size == size)  # type: ignore[misc]
            await pilot.pause()
            assert selected(pilot) == highlighted(screen.view) == words
        await press(pilot, "m")
        await wait_for(pilot, lambda: "Memo on T-1:2" in shown(pilot))
        await pilot.resize_terminal(*NARROW)
        await wait_for(pilot, lambda: "Memo on T-1:2" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: pilot.app.screen is screen and screen.size == NARROW)
        await pilot.pause()
        assert selected(pilot) == highlighted(screen.view) == words


async def test_a_selection_stays_where_it_is_while_one_reads_elsewhere(study: Study) -> None:
    async with running(study, size=(60, 14)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "right", *["pagedown"] * 2)
        assert screen.index > 0
        assert selected(pilot) == "They never had fractions."
        with open_study(study.path) as other:
            excerpts.drop_excerpt(other, corpus.coder_named(other, "AL"), "T-1:4")
        await wait_for(pilot, lambda: len(screen.sitting.works) == 3)
        assert selected(pilot) == "They never had fractions."
        await press(pilot, "A")
        assert words_of(screen, screen.index) == "They never had fractions."


async def test_a_move_of_the_cursor_paints_only_what_changed(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "right")
        view = screen.view
        kept = {y: view.render_line(y) for y in range(view.size.height)}
        told_of: list[object] = []
        screen.bindings_updated_signal.subscribe(screen, told_of.append)
        await press(pilot, "ctrl+right", "ctrl+shift+right")
        changed = [y for y in kept if view.render_line(y) is not kept[y]]
        assert len(changed) == 1
        assert told_of == []
