"""Driving the app in tests: conditions instead of delays, and looking at what is on screen."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from coder.config import Loaded
from coder.ops import coding, corpus
from coder.ops.coding import UnitWork
from coder.ops.study import Study
from coder.tui.app import CoderApp
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.home import HomeScreen
from coder.tui.widgets.code_panel import CodePanel

WIDE = (130, 40)
NARROW = (80, 24)

AWKWARD = "[laughs] [/ [bold]x[/bold] 👩‍🏫 数学 e\u0301 שלום \u202egnik\u202c \x1b[31mred\x00\tend"
"""Words that have broken terminal programs: markup, wide, combining, right-to-left, controls."""


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, and wait for what they do.

    Much faster than ``Pilot.press``, which waits for an idle processor twice after each.
    """
    for key in keys:
        name = key if len(key) > 1 else _character_to_key(key)
        pilot.app.post_message(events.Key(name, key if len(key) == 1 else None))
        await pilot.pause(0)
    await pilot.pause()


async def wait_for(
    pilot: Pilot[None], condition: Callable[[], object], seconds: float = 30
) -> None:
    """Let the app run until something is so; fail where it never is."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain; on screen:\n{shown(pilot)}")
        await pilot.pause(0.01)


@asynccontextmanager
async def running(
    study: Study,
    alias: str = "AL",
    size: tuple[int, int] = WIDE,
    loaded: Loaded | None = None,
    memory: Path | None = None,
) -> AsyncIterator[Pilot[None]]:
    """The app on a study, with this coder, at its first screen."""
    coder = corpus.add_coder(study, alias) if alias else None
    app = CoderApp(study, coder, None, loaded, memory)
    async with app.run_test(size=size, notifications=True) as pilot:
        if alias:
            await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen))
        yield pilot


async def opened(pilot: Pilot[None]) -> CodingScreen:
    """Open the transcript under the cursor."""
    await press(pilot, "enter")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
    screen = coding_screen(pilot)
    await wait_for(pilot, lambda: screen.query(CodePanel) and screen.panel.line_count > 0)
    await wait_for(pilot, lambda: screen.pane.line_count > 0)
    return screen


def app_of(pilot: Pilot[None]) -> CoderApp:
    """The app under test."""
    return cast(CoderApp, pilot.app)


def coding_screen(pilot: Pilot[None]) -> CodingScreen:
    """The coding screen, which must be the one on top."""
    screen = pilot.app.screen
    assert isinstance(screen, CodingScreen), screen
    return screen


def home(pilot: Pilot[None]) -> HomeScreen:
    """The home screen, which must be the one on top."""
    screen = pilot.app.screen
    assert isinstance(screen, HomeScreen), screen
    return screen


def shown(pilot: Pilot[None]) -> str:
    """Every cell of the screen as text."""
    screen: Screen[object] = pilot.app.screen
    strips = screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def told(pilot: Pilot[None], words: str) -> None:
    """Wait until a message with these words is on screen."""
    await wait_for(pilot, lambda: any(words in message for message in said(pilot)))


def said(pilot: Pilot[None]) -> list[str]:
    """The messages on screen."""
    return [note.message for note in pilot.app._notifications]


def work(pilot: Pilot[None], ref: str, alias: str = "AL") -> UnitWork:
    """What the study holds of one excerpt, read afresh: what is on disk."""
    study = app_of(pilot).study
    return coding.unit_work(study, corpus.coder_named(study, alias), ref)


def codes_on(pilot: Pilot[None], ref: str, alias: str = "AL") -> set[str]:
    """Codes that a coder has on an excerpt."""
    return {c.code for c in work(pilot, ref, alias).codings}
