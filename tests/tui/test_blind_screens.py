"""In an open round no screen depends on what another coder of the round did.

The same keys are pressed in two studies that differ in nothing but RR's answers, how many they
are, memos, flags and piles; every cell of every screen must be the same. What is tried is read
from the commands themselves, so a command that is added is tried too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from textual.pilot import Pilot

from coder.ops import coding, corpus, flags, sorting
from coder.ops.overview import Overview, overview_of
from coder.ops.rounds import find_round
from coder.ops.study import Study
from coder.tui.commands import Command
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.coding_keys import CODING_COMMANDS
from coder.tui.screens.home import HomeScreen
from coder.tui.screens.home_commands import HOME_COMMANDS
from tests.factories import make_study
from tests.rounds import close_round, open_round, round_number
from tests.tui.driving import app_of, opened, press, running, shown, wait_for

DISAGREED = re.compile(r"disagreed on: \d")

IN_ROUND = ("A-1:1", "A-1:2", "B-1:1")

DONE = (IN_ROUND[:2], IN_ROUND)
"""What RR has finished, in ordinary coding and in the round."""

Seen = list[tuple[str, str]]
"""What was pressed, and the screen after it."""

_MOVES = ("step(", "ends(", "step_turn(", "step_question(", "trail(", "focus_set(", "leave")

IN_PALETTE = [
    c
    for c in CODING_COMMANDS
    if c.in_palette and c.keys and c.group != "Excerpts" and not c.action.startswith(_MOVES)
]
"""All but what only moves the eye, and cutting excerpts, which an open round refuses."""

BESIDE = [c for c in IN_PALETTE if c.group not in ("Code", "Move", "Look")]
"""Pressed once more in ordinary coding."""

_NOT_AT_HOME = ("clear", "filter", "reverse", "export", "backup", "other_study")
"""Export and backup show the name of a folder, which is another one for each study; what an
export writes is looked at in ``tests/ops``. The last one ends the app."""

AT_HOME = [c for c in HOME_COMMANDS if c.action not in _NOT_AT_HOME]

MORE_KEYS = ("enter",)
"""What is pressed in every dialog that a key opens, before it is closed."""


def study_with(folder: Path, variant: int) -> Study:
    """AL has begun a round; RR has done two of three excerpts of it, or all, in another way."""
    folder.mkdir()
    study = make_study(folder, [{"name": "A-1"}, {"name": "B-1", "person": "P2"}])
    study.store.clock = lambda: "2030-01-01T10:00:00Z"
    al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
    code, support = (("taught", "open"), ("effort", "steps"))[variant]
    words = ("It is the lessons.", "It is the pupils.")[variant]
    coding.put_code(study, al, "A-1:3", "cause", "hard")
    open_round(study, "R1", ("AL", "RR"), IN_ROUND)
    for pass_ in (0, round_number(study, "R1")):
        for ref in DONE[variant]:
            coding.put_code(study, rr, ref, "cause", code, pass_)
            coding.put_code(study, rr, ref, "support", support, pass_)
            coding.finish(study, rr, ref, pass_)
    for ref in DONE[variant]:
        coding.write_memo(study, rr, "excerpt", ref, words)
        uid = coding.unit_work(study, rr, ref).codings[0].id
        coding.write_memo(study, rr, "coding", uid, words)
    for ref in (IN_ROUND[:2], IN_ROUND[1:])[variant]:
        flags.put_flag(study, rr, ref, ("discuss", "to ask")[variant])
    coding.write_memo(study, rr, "code", code, words)
    sorting.put_into(study, rr, "cause", [code], f"Pile {variant}")
    return study


def _is_counted(screen: HomeScreen, mine: Overview) -> bool:
    return screen._overview == mine


async def settled(pilot: Pilot[None]) -> str:
    """The screen, once nothing is being counted or looked for any more."""
    app = app_of(pilot)
    while any(worker.is_running and worker._thread_worker for worker in app.workers):
        await pilot.pause(0.01)
    if not any(isinstance(screen, CodingScreen) for screen in app.screen_stack):
        # The line below the list is counted a moment after the list is read.
        mine = overview_of(app.study, app.coder, app.in_round)
        for screen in app.screen_stack:
            if isinstance(screen, HomeScreen):
                await wait_for(pilot, partial(_is_counted, screen, mine))
        await pilot.pause()
    # The import keeps the time of the clock, and the two studies are not made at the same time.
    return re.sub(r"\d\d-\d\d \d\d:\d\d", "a time ago", shown(pilot))


async def back_to(pilot: Pilot[None], screen: type[CodingScreen | HomeScreen]) -> None:
    """Close what a key has opened."""
    for _ in range(6):
        if isinstance(pilot.app.screen, screen):
            return
        await press(pilot, "escape")
    raise AssertionError(f"Esc does not lead back from\n{shown(pilot)}")


async def pressed(pilot: Pilot[None], commands: Sequence[Command], seen: Seen) -> None:
    """Press the keys of commands, and look at the screen after each."""
    base: type[CodingScreen | HomeScreen] = HomeScreen
    if isinstance(pilot.app.screen, CodingScreen):
        base = CodingScreen
    app = app_of(pilot)
    for command in commands:
        key = command.keys.split(",")[0]
        # What is counted behind a page is not painted while the page is there.
        await settled(pilot)
        await press(pilot, key)
        seen.append((f"{command.id} {key}", await settled(pilot)))
        for more in MORE_KEYS:
            if isinstance(pilot.app.screen, base) or command.action in ("coder", "round"):
                break
            await press(pilot, more)
            seen.append((f"{command.id} {key} {more}", await settled(pilot)))
        if base is HomeScreen:
            await press(pilot, "escape")
        await back_to(pilot, base)
        app.clear_notifications()


async def walked(study: Study, blind: Seen, after: Seen) -> None:
    """Every screen that AL sees: at home, in the round, beside it, and when it is closed."""
    async with running(study, size=(100, 26)) as pilot:
        app = app_of(pilot)
        # Half a scroll would look different every time.
        app.animation_level = "none"
        app.in_round = find_round(study, "R1")
        await pressed(pilot, AT_HOME, blind)
        for commands in (IN_PALETTE, BESIDE):
            await press(pilot, "home")
            await opened(pilot)
            blind.append(("open", await settled(pilot)))
            for key in ("1", "ctrl+p", "r", "escape", "?", "escape"):
                await press(pilot, key)
                blind.append((key, await settled(pilot)))
            await back_to(pilot, CodingScreen)
            await pressed(pilot, commands, blind)
            await back_to(pilot, HomeScreen)
            blind.append(("home", await settled(pilot)))
            app.in_round = None
        close_round(study, "R1")
        await press(pilot, "home")
        await opened(pilot)
        await press(pilot, "home", "j", "e", "home", "%")
        after.append(("%", await settled(pilot)))


async def test_no_screen_depends_on_what_another_coder_did(tmp_path: Path) -> None:
    blind: tuple[Seen, Seen] = ([], [])
    after: tuple[Seen, Seen] = ([], [])
    for variant in (0, 1):
        with study_with(tmp_path / str(variant), variant) as study:
            await walked(study, blind[variant], after[variant])
    assert len(blind[0]) == len(blind[1]) > len(IN_PALETTE) + len(BESIDE)
    for (key, one), (other_key, other) in zip(*blind, strict=True):
        assert key == other_key
        assert one == other, f"after {key}"
        for words in ("It is the", "Pile 0"):
            assert words not in one, f"after {key}"
        assert not DISAGREED.search(one), f"after {key}"
    # What another did does show, as soon as it may.
    assert all(DISAGREED.search(screen) for _, screen in (*after[0], *after[1]))
