"""The sorting screen through its keys; every fact is read back from the study."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from coder.ops import corpus
from coder.ops.scratch import put_new_code
from coder.ops.sorting import put_into, sorting_by
from coder.ops.study import Study
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.home import HomeScreen
from coder.tui.screens.naming import NameDialog
from coder.tui.screens.sorting import SortingScreen
from coder.tui.screens.sorting_commands import SORTING_COMMANDS
from tests.tui.driving import (
    AWKWARD,
    NARROW,
    WIDE,
    opened,
    press,
    running,
    said,
    shown,
    told,
    wait_for,
)


async def sorting(pilot: Pilot[None]) -> SortingScreen:
    """Go to the sorting screen from where we are."""
    await press(pilot, "G")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, SortingScreen))
    screen = pilot.app.screen
    assert isinstance(screen, SortingScreen)
    await wait_for(pilot, lambda: screen.codes.size.height > 0)
    return screen


async def named(pilot: Pilot[None], key: str, name: str) -> None:
    """Answer the question for a name."""
    await press(pilot, key)
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, NameDialog))
    await press(pilot, *name, "enter")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, SortingScreen))


def piles(study: Study, alias: str = "AL", code_set: str = "cause") -> dict[str, list[str]]:
    found = sorting_by(study, corpus.coder_named(study, alias), code_set)
    return {
        **{pile.name: [code.id for code in pile.codes] for pile in found.piles},
        "-": [code.id for code in found.discarded],
        "?": [code.id for code in found.loose],
    }


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_codes_are_sorted_with_one_key_each(study: Study, size: tuple[int, int]) -> None:
    async with running(study, size=size) as pilot:
        screen = await sorting(pilot)
        assert "loose (6)" in shown(pilot)
        await named(pilot, "n", "Time")
        assert piles(study)["Time"] == ["taught"]
        await press(pilot, "1", "d")
        await named(pilot, "n", "Kids")
        await press(pilot, "j", "2")
        assert piles(study) == {
            "Time": ["taught", "before"],
            "Kids": ["both", "unclear"],
            "-": ["effort"],
            "?": ["hard"],
        }
        text = shown(pilot)
        for words in ("1 Time (2)", "2 Kids (2)", "discarded (1)", "loose (1)", "5 of 6 sorted"):
            assert words in text
        assert screen.code is not None
        assert screen.code.id == "hard"


async def test_a_code_goes_into_a_second_pile_and_back(study: Study) -> None:
    async with running(study) as pilot:
        screen = await sorting(pilot)
        await named(pilot, "n", "Time")
        await named(pilot, "n", "Kids")
        await press(pilot, "tab", "plus")
        await wait_for(pilot, lambda: "one more pile" in shown(pilot))
        await press(pilot, "2")
        assert piles(study)["Time"] == ["taught"]
        assert piles(study)["Kids"] == ["taught", "before"]
        await wait_for(pilot, lambda: "›+Teaching" in shown(pilot))
        await press(pilot, "plus", "escape", "2")
        assert piles(study)["Time"] == []
        await press(pilot, "tab", "l", "0")
        assert piles(study)["?"] == ["taught", "before", "effort", "both", "hard", "unclear"]
        assert screen.heap.title == "Kids"
        await press(pilot, "d")
        await told(pilot, "there is no code here")


async def test_undo_and_redo_say_what_they_did(study: Study) -> None:
    async with running(study) as pilot:
        await sorting(pilot)
        await named(pilot, "n", "Time")
        await press(pilot, "1", "u")
        await told(pilot, "undid: put Earlier years into the pile Time")
        assert piles(study)["Time"] == ["taught"]
        await press(pilot, "u")
        assert "Time" not in piles(study)
        await press(pilot, "U", "U")
        assert piles(study)["Time"] == ["taught", "before"]


async def test_piles_are_renamed_and_taken_away(study: Study) -> None:
    async with running(study) as pilot:
        await sorting(pilot)
        await press(pilot, "r")
        await told(pilot, "these are no pile")
        await named(pilot, "n", "Time")
        await press(pilot, "tab", "r")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NameDialog))
        await press(pilot, *"[/s]", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SortingScreen))
        assert piles(study)["[/s]"] == ["taught"], "what is typed takes the place of the old name"
        assert "1 [/s] (1)" in shown(pilot)
        await press(pilot, "x")
        assert piles(study)["?"][0] == "taught"
        assert "[/s]" not in piles(study)


async def test_a_name_that_will_not_do_leaves_the_dialog_open(study: Study) -> None:
    async with running(study) as pilot:
        await sorting(pilot)
        await press(pilot, "n", "enter")
        await told(pilot, "a pile needs a name")
        assert isinstance(pilot.app.screen, NameDialog)
        await press(pilot, "escape", "5")
        await told(pilot, "there is no pile 5 yet: n makes one")
        assert piles(study)["?"][0] == "taught"


async def test_a_pile_beyond_the_ninth_is_chosen_by_name(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    for number in range(12):
        put_into(study, al, "cause", [], f"Pile {number}")
    async with running(study, size=NARROW) as pilot:
        await sorting(pilot)
        await press(pilot, "n", *"11", "down", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SortingScreen))
        assert piles(study)["Pile 11"] == ["taught"]
        for _ in range(12):
            await press(pilot, "tab")
        await wait_for(pilot, lambda: "▶12 Pile 11 (1)" in shown(pilot))


async def test_the_scratch_set_comes_first_and_others_after_it(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", "no fractions")
    async with running(study) as pilot:
        screen = await sorting(pilot)
        assert screen.table.set_id == "scratch"
        await press(pilot, "q")
        await wait_for(pilot, lambda: "T-1:1  They never had fractions." in shown(pilot))
        await named(pilot, "n", "Before")
        assert piles(study, code_set="scratch")["Before"] == ["no_fractions"]
        await press(pilot, "s")
        assert screen.table.set_id == "cause"
        assert "loose (6)" in shown(pilot)


async def test_nobody_sees_the_piles_of_another(study: Study) -> None:
    rr = corpus.add_coder(study, "RR")
    put_into(study, rr, "cause", ["taught"], "Secret")
    async with running(study) as pilot:
        screen = await sorting(pilot)
        assert "Secret" not in shown(pilot)
        await named(pilot, "n", "Mine")
        await press(pilot, "u")
        put_into(study, rr, "cause", ["before"], "Secret")
        screen.study_changed()
        await pilot.pause()
        assert "Secret" not in shown(pilot)
        assert piles(study, "RR")["Secret"] == ["taught", "before"]


async def test_it_is_reached_from_coding_and_home_and_led_back(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await sorting(pilot)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await press(pilot, "ctrl+p", *"Gather")
        await wait_for(pilot, lambda: "Gather the codes into piles" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SortingScreen))


async def test_whose_piles_is_asked_for(study: Study) -> None:
    async with running(study, alias="") as pilot:
        await wait_for(pilot, lambda: "Who is coding?" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await press(pilot, "G")
        await wait_for(pilot, lambda: "Who is coding?" in shown(pilot))
        await press(pilot, *"MK", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SortingScreen))
        await wait_for(pilot, lambda: "MK" in shown(pilot))


async def test_the_help_names_every_key(study: Study) -> None:
    async with running(study, size=(120, 60)) as pilot:
        await sorting(pilot)
        await press(pilot, "question_mark")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await wait_for(pilot, lambda: "Sort another code set" in shown(pilot))
        for command in SORTING_COMMANDS:
            assert command.title in shown(pilot)


@pytest.mark.parametrize("size", [NARROW, (160, 50)])
async def test_awkward_names_are_shown_as_they_stand(
    study: Study, tmp_path: Path, size: tuple[int, int]
) -> None:
    al = corpus.add_coder(study, "AL")
    words = "".join(c for c in AWKWARD if c.isprintable() or c in "\u200d\u202e\u202c")
    put_new_code(study, al, "T-1:1", words)
    put_into(study, al, "", [words], words)
    async with running(study, size=size) as pilot:
        await sorting(pilot)
        await wait_for(pilot, lambda: "1 [laughs] [/ [bold]" in shown(pilot))
        await press(pilot, "d")
        await wait_for(pilot, lambda: "discarded [laughs] [/ [bold]" in shown(pilot))
        await press(pilot, "u")
        await told(pilot, "undid: discarded [laughs] [/ [bold]x[/bold]")
        await press(pilot, "n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NameDialog))
        assert "[laughs] [/ [bold]" in shown(pilot)
        assert "\u202e" not in shown(pilot)
        assert said(pilot)


async def test_three_hundred_codes_are_scrolled_and_the_cursor_stays_in_sight(
    study: Study,
) -> None:
    al = corpus.add_coder(study, "AL")
    for number in range(40):
        put_new_code(study, al, "T-1:1", f"code number {number}")
    async with running(study, size=NARROW) as pilot:
        screen = await sorting(pilot)
        for _ in range(3):
            await press(pilot, "pagedown")
        await wait_for(pilot, lambda: "›  code number 30" in shown(pilot).replace("› ", "›  ", 1))
        await press(pilot, "pagedown", "pagedown")
        assert screen.code is not None
        assert screen.code.id == "code_number_39"
        await named(pilot, "n", "Last")
        assert screen.code.id == "code_number_38"
