"""The line at the top: what was done last, as long as that is news, and where one is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from coder.ops.study import Study
from coder.tui.about_line import About, about_line, said_here
from tests.factories import make_study
from tests.tui.driving import NARROW, coding_screen, opened, press, running, shown, wait_for


def line(pilot: Pilot[None]) -> str:
    return shown(pilot).splitlines()[0]


async def test_what_was_done_goes_away_with_a_move(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        for move in ("j", "k", "N", "pagedown", "down", "right", "end", "}"):
            # Without the name of the transcript; Tab is no move.
            await press(pilot, "home", "j", "w", "tab")
            await wait_for(pilot, lambda: re.search(" Shows steps (on|off) 2 ", line(pilot)))
            await press(pilot, move)
            await wait_for(pilot, lambda: "Shows steps" not in line(pilot))


async def test_what_enter_did_stays_until_the_next_move(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "1", "enter")
        said = "finished 1: nothing applied in Visi"
        await wait_for(pilot, lambda: said in line(pilot))
        assert coding_screen(pilot).index == 1
        await press(pilot, "tab")
        assert said in line(pilot)
        await press(pilot, "j")
        await wait_for(pilot, lambda: said not in line(pilot))


async def test_a_page_past_the_excerpt_says_which_one_the_keys_mean(sample_study: Study) -> None:
    async with running(sample_study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "home", "pagedown", "pagedown")
        mark = screen.view.current_mark
        assert mark is not None
        assert mark.number != "1"
        await wait_for(pilot, lambda: f"now at {mark.number} " in line(pilot))
        await press(pilot, "j")
        await wait_for(pilot, lambda: "now at" not in line(pilot))
        for _ in range(10):
            wheel = events.MouseScrollUp(screen.view, 5, 5, 0, -1, 0, False, False, False)
            screen.view.post_message(wheel)
        await wait_for(pilot, lambda: "now at" in line(pilot))


async def test_the_sign_of_a_set_that_is_done_stands_apart(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "j", "q", "escape")
        await wait_for(pilot, lambda: "Support 1 of 1 ✓" in shown(pilot))


async def test_no_time_is_left_where_all_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0]
    with make_study(
        tmp_path, [{"name": f"A-{n}", "person": f"P{n}"} for n in range(1, 4)]
    ) as study:
        monkeypatch.setattr(study.store, "clock", lambda: f"2030-01-01T10:{clock[0]:02}:00Z")
        async with running(study) as pilot:
            for number in range(3):
                if number:
                    await press(pilot, "escape", "down")
                await opened(pilot)
                for key in ("1", "q", "3"):
                    clock[0] += 2
                    if number == 2 and key == "3":
                        await wait_for(pilot, lambda: "about 2 min left" in line(pilot))
                        await press(pilot, key, "tab", "tab", "n", "n")
                    else:
                        await press(pilot, key, "enter")
            await wait_for(pilot, lambda: "✓ 3 of 3" in line(pilot))
            assert "left" not in line(pilot)


def test_only_the_name_of_this_transcript_is_left_out() -> None:
    assert said_here("put Move out on BC-1:15", "BC-1") == "put Move out on 15"
    assert said_here("put One on 11:3", "1") == "put One on 11:3"
    assert (
        said_here("finished A-1:2 (in A-1, not here)", "B-1") == "finished A-1:2 (in A-1, not here)"
    )
    assert said_here("put A-1: x on A-1:1", "A-1") == "put A-1: x on 1"


def test_where_there_is_little_room_what_was_done_gives_way_last() -> None:
    said = "finished BC-T03-Y1:5: nothing applied in Attribution, Students referred to"
    about = About("BC-T03-Y1", "Ms. Okafor", "", said, "", "5 of 12", "\u2713 4 of 12", "AL")
    at = {width: "".join(words for words, _ in about_line(about, width)) for width in (80, 120)}
    assert at[80] == (
        " BC-T03-Y1   finished 5: nothing in Attribution, Students\u2026  5 of 12   \u2713 4 of 12 "
    )
    assert "finished 5: nothing applied in Attribution, Students referred to  5 of" in at[120]
    assert at[120].endswith("\u2713 4 of 12   AL ")
    listed = replace(about, people="list: needs work", at=" \u00b7 6 of 52")
    line = "".join(words for words, _ in about_line(listed, 80))
    assert line.startswith(
        " BC-T03-Y1   \u00b7 6 of 52 finished 5: nothing in Attribution\u2026  5 of"
    )
    assert len(line) == 80
