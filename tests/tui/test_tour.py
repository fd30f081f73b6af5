"""The guided tour on the sample study: with the real keys, and whatever else somebody does."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from coder.config import Loaded, Settings, is_remembered
from coder.model import Viewer
from coder.ops.coding import put_code
from coder.ops.corpus import coder_named
from coder.ops.history import log
from coder.ops.memos import list_memos
from coder.ops.study import Study
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.home import HomeScreen
from coder.tui.screens.memo import MemoDialog
from coder.tui.tour import TourPanel
from coder.tui.tour_steps import STEPS, free_code
from tests.tui.driving import (
    NARROW,
    app_of,
    coding_screen,
    opened,
    press,
    running,
    said,
    shown,
    told,
    wait_for,
)


async def at_step(pilot: Pilot[None], words: str) -> None:
    """Wait for the panel to ask for something."""
    await wait_for(pilot, lambda: words in shown(pilot))


async def press_free_code(pilot: Pilot[None]) -> None:
    screen = coding_screen(pilot)
    await press(pilot, free_code(screen.sitting, screen.index, screen.focused_set)[0])


def what_stands(study: Study) -> list[str]:
    """What YOU did and did not take back."""
    return [
        line.words
        for line in log(study, Viewer("YOU"), 100)
        if line.actor == "YOU" and line.is_live and line.kind not in ("undo", "redo")
    ]


async def test_the_whole_tour_with_the_real_keys(sample_study: Study, tmp_path: Path) -> None:
    memory = tmp_path / "state.json"
    you = coder_named(sample_study, "YOU")
    put_code(sample_study, you, "BC-T03-Y1:1", "who", "one_student")
    older = what_stands(sample_study)
    async with running(sample_study, "YOU", size=NARROW, memory=memory) as pilot:
        await at_step(pilot, "open it with ⏎")
        assert is_remembered(memory, "tour")
        await press(pilot, "enter")
        await at_step(pilot, "needs work: N")
        await press(pilot, "N")
        await at_step(pilot, "Put a code on it: 1 is")
        await press_free_code(pilot)
        await at_step(pilot, "Now replace it")
        screen = coding_screen(pilot)
        assert screen.sitting.works[screen.index].codings
        await press_free_code(pilot)
        await at_step(pilot, "Undo that: u")
        await press(pilot, "u")
        await at_step(pilot, "bring it back: U")
        await press(pilot, "U")
        await at_step(pilot, "says of a code: F2")
        await press(pilot, "f2")
        await at_step(pilot, "next code set: Tab")
        await press(pilot, "tab")
        await at_step(pilot, "of this set applies: n")
        await press(pilot, "n")
        await at_step(pilot, "Finish the excerpt: ⏎")
        await press(pilot, "enter")
        await at_step(pilot, "Write a memo: m")
        await press(pilot, "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
        await press(pilot, *"good 1", "escape")
        # Two codes, nothing in a set, the excerpt finished, the memo; and nothing older than that.
        await at_step(pilot, "Take back what you did in the tour: u, 5 times")
        await press(pilot, "u")
        await at_step(pilot, "in the tour: u, 4 times")
        await press(pilot, "u", "U")
        await at_step(pilot, "in the tour: u, 4 times")
        await press(pilot, "u", "u", "u")
        await at_step(pilot, "in the tour: u, once")
        await press(pilot, "u")
        assert not list_memos(sample_study, Viewer("YOU"), whose="YOU")
        assert what_stands(sample_study) == older
        await at_step(pilot, "Find words: /")
        await press(pilot, "slash", *"the")
        await at_step(pilot, "Find words: /")
        await press(pilot, "enter")
        await at_step(pilot, "See all keys: ?")
        await press(pilot, "question_mark")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await press(pilot, "escape")
        await at_step(pilot, "Go home: Esc")
        # The marks of what was found go first.
        await press(pilot, "escape", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        while "That was the tour" not in shown(pilot):
            await press(pilot, "ctrl+t")
        await press(pilot, "escape")
        await wait_for(pilot, lambda: not pilot.app.screen.query(TourPanel))
        assert app_of(pilot).tour is None


async def test_a_code_is_suggested_only_where_it_was_asked_for(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        sitting = screen.sitting
        for place, one in enumerate(sitting.works):
            for code_set in sitting.book.code_sets:
                key, name = free_code(sitting, place, code_set.id)
                if key == "a key of the list":
                    assert not one.asked
                    continue
                ((set_id, code_id),) = sitting.codes_of_key(key, code_set.id)
                code = sitting.find(set_id, code_id)[1]
                assert code is not None
                assert code.name == name
                assert set_id in one.asked
                assert code_set.id not in one.asked or set_id == code_set.id


async def test_escape_ends_it_and_it_is_not_offered_again(
    sample_study: Study, tmp_path: Path
) -> None:
    memory = tmp_path / "state.json"
    async with running(sample_study, "YOU", memory=memory) as pilot:
        await at_step(pilot, "Tour 1 of")
        await press(pilot, "enter")
        await at_step(pilot, "Tour 2 of")
        await press(pilot, "escape")
        await wait_for(pilot, lambda: "Tour" not in shown(pilot))
        assert isinstance(pilot.app.screen, CodingScreen)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    async with running(sample_study, "YOU", memory=memory) as pilot:
        await press(pilot, "down")
        assert app_of(pilot).tour is None
        await press(pilot, "ctrl+p", *"guided", "enter")
        await at_step(pilot, "Tour 1 of")


async def test_it_waits_while_something_else_is_done(sample_study: Study, tmp_path: Path) -> None:
    async with running(sample_study, "YOU", memory=tmp_path / "state.json") as pilot:
        await at_step(pilot, "Tour 1 of")
        await press(pilot, "slash", *"T03", "escape", "o", "B")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, HomeScreen))
        await press(pilot, "escape", "enter")
        await at_step(pilot, "Tour 2 of")
        await press(pilot, "j", "j", "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
        await press(pilot, "x", "escape")
        await at_step(pilot, "Tour 2 of")
        await press(pilot, "ctrl+t")
        await at_step(pilot, "Put a code on it")
        await press(pilot, "j", "k", "n")
        await at_step(pilot, "Put a code on it")
        # Escape answers a question, and does not end the tour.
        await press(pilot, "home", "q")
        await wait_for(pilot, lambda: "Put it on? q again = yes" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: "Put it on?" not in shown(pilot))
        await at_step(pilot, "Put a code on it")
        await pilot.resize_terminal(*NARROW)
        await at_step(pilot, "Put a code on it")
        assert app_of(pilot).tour is not None


async def test_it_never_begins_where_it_would_code_in_earnest(study: Study, tmp_path: Path) -> None:
    async with running(study, memory=tmp_path / "state.json") as pilot:
        await press(pilot, "down")
        assert app_of(pilot).tour is None
        app_of(pilot).action_tour()
        await told(pilot, "take it on the sample study")
        assert not (tmp_path / "state.json").exists()


async def test_it_can_be_switched_off_and_a_memory_that_cannot_be_written_is_named(
    sample_study: Study, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    memory = tmp_path / "file" / "state.json"
    async with running(
        sample_study, "YOU", loaded=Loaded(Settings(tour=False)), memory=memory
    ) as pilot:
        await press(pilot, "down")
        assert app_of(pilot).tour is None
        app_of(pilot).action_tour()
        await at_step(pilot, "Tour 1 of")
        assert "will be offered again" in said(pilot)[0]


async def test_it_teaches_the_keys_as_they_are(sample_study: Study, tmp_path: Path) -> None:
    loaded = Loaded(Settings(keys={"coding.next_open": "F9", "home.open": "F7"}))
    async with running(sample_study, "YOU", loaded=loaded, memory=tmp_path / "s.json") as pilot:
        await at_step(pilot, "open it with F7")
        await press(pilot, "f7")
        await at_step(pilot, "needs work: F9")


def test_every_step_names_commands_that_there_are() -> None:
    import re

    from coder.tui.keymap import rooms

    known = {command.id for room in rooms() for command in room.commands}
    for step in STEPS:
        named = set(re.findall(r"\{([a-z]+\.[a-z_]+)\}", step.words + step.why))
        assert named <= known | {step.needs}, step
