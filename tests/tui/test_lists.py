"""Working lists and progress on the coding screen, through keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coder.ops import codebook_editing, coding, corpus, excerpts, flags
from coder.ops.rounds import find_round
from coder.ops.study import Study, open_study
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.home import HomeScreen
from coder.tui.screens.lists import ListDialog
from tests.factories import make_study
from tests.rounds import open_round
from tests.tui.driving import (
    NARROW,
    app_of,
    coding_screen,
    home,
    opened,
    press,
    running,
    said,
    shown,
    told,
    wait_for,
    work,
)


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Study]:
    """Two interviews with teachers and one with a coach; four excerpts each, three asked for."""
    made = [
        {"name": "A-1", "person": "P1"},
        {"name": "B-1", "person": "P2", "role": "coach"},
        {"name": "C-1", "person": "P3", "district": "South"},
    ]
    with make_study(tmp_path, made) as study:
        yield study


def at(pilot: Pilot[None]) -> str:
    """Reference of the current excerpt, once its screen stands."""
    screen = pilot.app.screen
    if not isinstance(screen, CodingScreen) or not screen.is_mounted or not screen.query("#desk"):
        return ""
    current = screen.sitting.work(screen.index)
    return current.unit.ref if current else ""


async def dialog(pilot: Pilot[None]) -> ListDialog:
    """Open the dialog of lists."""
    await press(pilot, "L")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, ListDialog))
    screen = pilot.app.screen
    assert isinstance(screen, ListDialog)
    await wait_for(pilot, lambda: " in " in shown(pilot))
    return screen


async def choose(pilot: Pilot[None], screen: ListDialog, name: str, typed: str) -> None:
    """Set a filter by typing."""
    await wait_for(pilot, lambda: screen._rows)
    place = [row.name for row in screen._rows].index(name)
    while screen.listed.cursor != place:
        await press(pilot, "down" if screen.listed.cursor < place else "up")
    await press(pilot, *typed)


def first_line(pilot: Pilot[None]) -> str:
    return shown(pilot).splitlines()[0]


async def test_a_list_leads_through_the_transcripts(three: Study) -> None:
    async with running(three, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "j")
        screen = await dialog(pilot)
        await wait_for(pilot, lambda: "9 excerpts in 3 transcripts" in shown(pilot))
        await choose(pilot, screen, "roles", "teach")
        await wait_for(pilot, lambda: "6 excerpts in 2 transcripts" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: at(pilot) == "A-1:2")
        await wait_for(
            pilot, lambda: "list: needs work, teacher \u00b7 2 of 6" in first_line(pilot)
        )
        await press(pilot, "N")
        await wait_for(pilot, lambda: at(pilot) == "A-1:3")
        await press(pilot, "N")
        await wait_for(pilot, lambda: at(pilot) == "C-1:1")
        await told(pilot, "on to C-1: 4 of 6")
        await wait_for(pilot, lambda: "\u00b7 4 of 6" in first_line(pilot))
        await press(pilot, "P")
        await wait_for(pilot, lambda: at(pilot) == "A-1:3")
        # Excerpt by excerpt goes on as ever; off the list the line says how long it is.
        await press(pilot, "j")
        await wait_for(pilot, lambda: "\u00b7 6 excerpts" in first_line(pilot))
        await press(pilot, "escape")
        await told(pilot, "the list has ended")
        await wait_for(pilot, lambda: "list:" not in first_line(pilot))
        assert at(pilot) == "A-1:4"
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_enter_follows_the_list_until_it_is_done(three: Study) -> None:
    al = corpus.add_coder(three, "AL")
    for name in ("A-1", "B-1", "C-1"):
        for number in (1, 3):
            coding.finish(three, al, f"{name}:{number}")
    async with running(three) as pilot:
        await opened(pilot)
        await dialog(pilot)
        await wait_for(pilot, lambda: "3 excerpts in 3 transcripts" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: at(pilot) == "A-1:2")
        await press(pilot, "q", "enter")
        await wait_for(pilot, lambda: at(pilot) == "B-1:2")
        await wait_for(pilot, lambda: "finished A-1:2: nothing applied" in first_line(pilot))
        await press(pilot, "enter", "enter")
        await wait_for(pilot, lambda: at(pilot) == "C-1:2")
        await wait_for(pilot, lambda: "\u00b7 3 of 3" in first_line(pilot))
        # What is done is no longer gone to, and keeps its place.
        await press(pilot, "N")
        await told(pilot, "nothing else is left to do in the list")
        assert at(pilot) == "C-1:2"
        await press(pilot, "enter", "enter")
        await told(pilot, "the list is done")
        await wait_for(pilot, lambda: "list:" not in first_line(pilot))
        assert all(work(pilot, f"{name}:2").is_finished for name in ("A-1", "B-1", "C-1"))


async def test_past_the_end_the_list_begins_again_with_what_is_left(three: Study) -> None:
    al = corpus.add_coder(three, "AL")
    for ref in ("A-1:4", "B-1:1", "C-1:2"):
        flags.put_flag(three, al, ref, "discuss")
    async with running(three) as pilot:
        await opened(pilot)
        screen = await dialog(pilot)
        await choose(pilot, screen, "flag", "disc")
        await wait_for(pilot, lambda: "3 excerpts in 3 transcripts" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: at(pilot) == "A-1:4")
        await press(pilot, "N", "N")
        await wait_for(pilot, lambda: at(pilot) == "C-1:2")
        flags.remove_flag(three, al, "B-1:1", "discuss")
        await press(pilot, "N")
        await wait_for(pilot, lambda: at(pilot) == "A-1:4")
        await told(pilot, "round to the beginning of the list: 2 excerpts")


async def test_a_flag_or_code_brings_in_what_is_finished_until_said_otherwise(three: Study) -> None:
    al = corpus.add_coder(three, "AL")
    for ref in ("A-1:1", "B-1:1"):
        flags.put_flag(three, al, ref, "discuss")
    coding.put_code(three, al, "A-1:1", "cause", "taught")
    for number in (1, 2, 3, 4):
        coding.finish(three, al, f"A-1:{number}")
    async with running(three) as pilot:
        await opened(pilot)
        screen = await dialog(pilot)
        await wait_for(pilot, lambda: "6 excerpts in 2 transcripts" in shown(pilot))
        await choose(pilot, screen, "flag", "disc")
        await wait_for(pilot, lambda: "2 excerpts in 2 transcripts" in shown(pilot))
        assert "all excerpts" in shown(pilot)
        await press(pilot, *["backspace"] * 4)
        await wait_for(pilot, lambda: "6 excerpts in 2 transcripts" in shown(pilot))
        await choose(pilot, screen, "code", "current")
        await wait_for(pilot, lambda: "1 excerpt in 1 transcript" in shown(pilot))
        await choose(pilot, screen, "needs", "those that")
        await choose(pilot, screen, "flag", "disc")
        await wait_for(pilot, lambda: "0 excerpts" in shown(pilot))


async def test_dialogs_name_their_keys(three: Study) -> None:
    async with running(three, size=(100, 40)) as pilot:
        await opened(pilot)
        await dialog(pilot)
        assert "Del no filter" in shown(pilot)
        await press(pilot, "question_mark")
        await wait_for(pilot, lambda: "In this dialog" in shown(pilot))
        for words in ("Del           no filter", "Backspace     one letter less"):
            assert words in shown(pilot)
        await press(pilot, "escape", "escape", "F")
        await wait_for(pilot, lambda: "A flag for" in shown(pilot))
        await press(pilot, "f1")
        await wait_for(pilot, lambda: "In this dialog" in shown(pilot))
        assert "PgDn          ten down" in shown(pilot)
        await press(pilot, "f1")
        await wait_for(pilot, lambda: "A flag for A-1:1" in shown(pilot))
        await press(pilot, "?")
        await wait_for(pilot, lambda: "new flag: ?" in shown(pilot))


async def test_a_list_whose_excerpts_go_elsewhere_ends_politely(three: Study) -> None:
    async with running(three) as pilot:
        await opened(pilot)
        screen = await dialog(pilot)
        await choose(pilot, screen, "transcripts", "A-1")
        await wait_for(pilot, lambda: "3 excerpts in 1 transcript" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: "\u00b7 1 of 3" in first_line(pilot))
        with open_study(three.path) as other:
            al = corpus.coder_named(other, "AL")
            for number in (1, 2, 3):
                excerpts.drop_excerpt(other, al, f"A-1:{number}")
        # Before this window has noticed, and after.
        await press(pilot, "N")
        await told(pilot, "the list is done")
        await wait_for(pilot, lambda: at(pilot) == "A-1:4")
        await press(pilot, "N")
        await told(pilot, "nothing is left to do in this transcript")


async def test_a_shuffled_list_keeps_its_order(three: Study) -> None:
    async with running(three) as pilot:
        await opened(pilot)
        screen = await dialog(pilot)
        await choose(pilot, screen, "seed", "shuffled 7")
        await press(pilot, "enter")
        walk = app_of(pilot).working_list
        assert walk is not None
        assert walk.wanted.seed == 7
        order = [row.ref for row in walk.rows]
        assert order != sorted(order)
        await wait_for(pilot, lambda: at(pilot) == "A-1:1")
        start = order.index("A-1:1")
        for step in range(1, 4):
            await press(pilot, "N")
            wanted = order[(start + step) % len(order)]
            await wait_for(pilot, lambda wanted=wanted: at(pilot) == wanted)  # type: ignore[misc]


async def test_the_dialog_by_arrows_letters_and_what_it_was_last(three: Study) -> None:
    async with running(three) as pilot:
        await opened(pilot)
        screen = await dialog(pilot)
        await press(pilot, "right")
        await wait_for(pilot, lambda: "0 excerpts in 0 transcripts" in shown(pilot))
        await press(pilot, "enter")
        await told(pilot, "no excerpt is like that")
        await press(pilot, "left", "left")
        await wait_for(pilot, lambda: "12 excerpts in 3 transcripts" in shown(pilot))
        await choose(pilot, screen, "questions", "adj")
        await wait_for(pilot, lambda: "3 excerpts in 3 transcripts" in shown(pilot))
        await press(pilot, "backspace", "backspace", "backspace")
        await wait_for(pilot, lambda: "12 excerpts in 3 transcripts" in shown(pilot))
        await press(pilot, *"adj", "enter")
        await wait_for(pilot, lambda: "list: Q-ADJUST \u00b7 1 of 3" in first_line(pilot))
        await press(pilot, "L")
        await told(pilot, "the list has ended")
        await dialog(pilot)
        await wait_for(pilot, lambda: "3 excerpts in 3 transcripts" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: at(pilot) == "A-1:2")


async def test_a_list_to_revisit_goes_on_through_enter(three: Study) -> None:
    al = corpus.add_coder(three, "AL")
    for ref in ("A-1:1", "C-1:3"):
        coding.put_code(three, al, ref, "cause", "effort")
    codebook_editing.change(three, al, "effort", {"definition": "Other words."})
    async with running(three) as pilot:
        await opened(pilot)
        await dialog(pilot)
        await press(pilot, "right")
        await wait_for(pilot, lambda: "2 excerpts in 2 transcripts" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: at(pilot) == "A-1:1")
        await press(pilot, "enter")
        await wait_for(pilot, lambda: at(pilot) == "C-1:3")
        await told(pilot, "since this was coded: changed the definition of Effort")
        await press(pilot, "enter")
        await told(pilot, "the list is done")


async def test_a_list_in_a_round_is_of_the_round(three: Study) -> None:
    al, rr = corpus.add_coder(three, "AL"), corpus.add_coder(three, "RR")
    coding.finish(three, al, "A-1:1")
    open_round(three, "R1", ("AL", "RR"), ("A-1:1", "C-1:2"))
    number = find_round(three, "R1").number
    coding.finish(three, rr, "C-1:2", number)
    async with running(three) as pilot:
        app_of(pilot).in_round = find_round(three, "R1")
        await opened(pilot)
        screen = await dialog(pilot)
        assert "round" not in [row.name for row in screen._rows]
        await wait_for(pilot, lambda: "2 excerpts in 2 transcripts" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: "round R1 \u00b7 1 of 2" in first_line(pilot))
        await press(pilot, "1", "enter")
        await wait_for(pilot, lambda: at(pilot) == "C-1:2")
        await press(pilot, "q", "enter")
        await told(pilot, "the list is done (2 excerpts)")
        assert coding.unit_work(three, al, "C-1:2", number).is_finished
        assert not coding.unit_work(three, al, "C-1:2").is_started


async def test_progress_of_the_transcript_the_list_and_the_pace(
    three: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0]

    def ticking() -> str:
        return f"2030-01-01T10:{clock[0]:02}:00Z"

    monkeypatch.setattr(three.store, "clock", ticking)
    async with running(three) as pilot:
        await opened(pilot)
        await press(pilot, "#")
        await wait_for(pilot, lambda: "not known yet" in shown(pilot))
        await press(pilot, "escape")
        await dialog(pilot)
        await press(pilot, "enter")
        await wait_for(pilot, lambda: "\u00b7 1 of 9" in first_line(pilot))
        for place in range(7):
            await wait_for(pilot, lambda place=place: f"{place + 1} of 9" in first_line(pilot))  # type: ignore[misc]
            clock[0] += 2
            await press(pilot, "enter", "enter")
        await wait_for(pilot, lambda: at(pilot) == "C-1:2")
        await wait_for(pilot, lambda: "about 4 min left" in first_line(pilot))
        await press(pilot, "#")
        await wait_for(
            pilot, lambda: "in this sitting: 30 excerpts an hour, over the last 6" in shown(pilot)
        )
        page = shown(pilot)
        assert "This transcript: C-1" in page
        assert "The list: needs work" in page
        assert "1 of 2" in page
        assert "5 of 6" in page
        assert page.count("2 excerpts left, about 4 min") == 2
        await press(pilot, "escape")
        assert isinstance(coding_screen(pilot), CodingScreen)
        assert not [words for words in said(pilot) if "min" in words]


async def test_progress_of_what_is_listed_on_home_and_the_pace_as_the_command_tells_it(
    three: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    al, clock = corpus.add_coder(three, "AL"), ["2030-01-01T10:00:00Z"]
    monkeypatch.setattr(three.store, "clock", lambda: clock[0])
    for minute, (name, number) in enumerate(product("AB", (1, 2, 3))):
        clock[0] = f"2030-01-01T10:{minute:02}:00Z"
        coding.finish(three, al, f"{name}-1:{number}")
    clock[0] = "2030-01-02T10:00:00Z"
    async with running(three, size=NARROW) as pilot:
        await press(pilot, "#")
        await wait_for(pilot, lambda: "The 3 transcripts that are listed" in shown(pilot))
        assert "4 of 6" in shown(pilot)
        assert "3 excerpts left, about 3 min" in shown(pilot)
        assert "in this sitting: not known yet" in shown(pilot)
        assert "earlier sittings too: 60 excerpts an hour, over the last 5" in shown(pilot)
        await press(pilot, "escape", "slash", *"coach")
        await wait_for(pilot, lambda: len(home(pilot).table.rows) == 1)
        await press(pilot, "tab", "#")
        await wait_for(pilot, lambda: "The 1 transcript that is listed" in shown(pilot))
