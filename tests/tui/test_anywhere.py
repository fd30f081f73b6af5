"""Any window, any terminal: sizes, pasted words, few colours, none, signals from outside."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from textual import events
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widgets import TextArea

from coder.config import Loaded, Settings
from coder.ops import corpus
from coder.ops.study import Study, create_study
from coder.tui import surroundings
from coder.tui.screens.memo import MemoDialog
from coder.tui.screens.small import SmallScreen
from coder.tui.themes import THEMES
from coder.tui.working_now import works_now
from tests.cli.calling import environment
from tests.factories import make_study, small_codebook
from tests.tui.driving import (
    NARROW,
    app_of,
    codes_on,
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


async def paste(pilot: Pilot[None], words: str) -> None:
    pilot.app.post_message(events.Paste(words))
    await pilot.pause()


async def test_pasted_words_are_never_codes(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await paste(pilot, "1 2 3 n\nj j u")
        await told(pilot, "pasted words are not taken as keys")
        assert codes_on(pilot, "T-1:1") == set()
        assert screen.index == 0
        await press(pilot, "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
        await paste(pilot, "1 [/ two\nlines")
        await press(pilot, "escape")
        await wait_for(pilot, lambda: pilot.app.screen is screen)
        assert work(pilot, "T-1:1").memo == "1 [/ two\nlines"
        assert codes_on(pilot, "T-1:1") == set()


async def test_a_window_too_small_says_so_and_takes_no_code(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.resize_terminal(50, 10)
        await wait_for(pilot, lambda: "make the window larger: 60 by 14 or more" in shown(pilot))
        await press(pilot, "1", "j", "escape")
        assert codes_on(pilot, "T-1:1") == set()
        await pilot.resize_terminal(160, 50)
        await wait_for(pilot, lambda: pilot.app.screen is screen)
        await press(pilot, "1")
        assert codes_on(pilot, "T-1:1") == {"taught"}


async def test_an_app_that_starts_too_small_grows(study: Study) -> None:
    async with running(study, "", size=(20, 5)) as pilot:
        await wait_for(pilot, lambda: "make the window" in shown(pilot))
        await pilot.resize_terminal(*NARROW)
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, SmallScreen))
        await wait_for(pilot, lambda: "Who is coding?" in shown(pilot))


async def test_words_under_way_outlive_any_resize(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
        await press(pilot, *"half")
        for size in ((40, 8), (62, 14)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
        assert "half" in shown(pilot)
        await press(pilot, *" done", "escape")
        await wait_for(pilot, lambda: pilot.app.screen is screen)
        assert work(pilot, "T-1:1").memo == "half done"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_sixteen_colours_keep_words_apart_from_their_ground(theme: Theme) -> None:
    def plain(colour: object) -> int | None:
        return Color.parse(str(colour)).downgrade(ColorSystem.STANDARD).number

    named = theme.variables
    grounds = [theme.background, theme.surface, theme.panel, named["excerpt-current"]]
    pairs = [
        (named[t], named[f"{t}-ground"]) for t in ("productive", "unproductive", "mixed", "neutral")
    ]
    signs = [name for name in named if name.endswith("-sign")]
    for name in (*signs, "turn-interviewer", "turn-margin"):
        pairs += [(named[name], str(ground)) for ground in grounds]
    for colour in (theme.foreground, theme.accent, theme.primary, theme.error, theme.success):
        pairs += [(str(colour), str(g)) for g in (*grounds, named["excerpt-sentence"])]
    for words, ground in pairs:
        assert plain(words) != plain(ground), (words, ground)


async def test_focus_lost_and_found_loses_no_letter(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        pilot.app.post_message(events.AppBlur())
        await press(pilot, "1", "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
        assert codes_on(pilot, "T-1:1") == {"taught"}
        pilot.app.post_message(events.AppBlur())
        await pilot.pause()
        await press(pilot, *"12")
        pilot.app.post_message(events.AppBlur())
        pilot.app.post_message(events.AppFocus())
        await press(pilot, *"3", "escape")
        await wait_for(pilot, lambda: pilot.app.screen is screen)
        assert work(pilot, "T-1:1").memo == "123"
        assert codes_on(pilot, "T-1:1") == {"taught"}


async def test_ctrl_c_says_how_to_quit_and_loses_nothing(study: Study) -> None:
    loaded = Loaded(Settings(keys={"app.quit": "F10"}))
    async with running(study, loaded=loaded) as pilot:
        await opened(pilot)
        await press(pilot, "1", "ctrl+c")
        await wait_for(
            pilot, lambda: said(pilot) == ["F10 quits; all that shows as coded is saved"]
        )
        assert codes_on(pilot, "T-1:1") == {"taught"}


async def test_keys_behind_ctrl_z_are_the_shells(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[int] = []
    monkeypatch.setattr(os, "killpg", lambda group, number: stopped.append(number))
    async with running(study) as pilot:
        await opened(pilot)
        app = app_of(pilot)
        for key in "12":
            app.post_message(events.Key(key, key))
        surroundings.stop(app)
        await pilot.pause()
        assert stopped == [signal.SIGTSTP]
        assert codes_on(pilot, "T-1:1") == set()
        await press(pilot, "1")
        assert codes_on(pilot, "T-1:1") == {"taught"}


async def test_where_no_shell_waits_ctrl_z_does_not_stop_for_good(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getpgrp", lambda: os.getsid(0))
    async with running(study) as pilot:
        await press(pilot, "ctrl+z")
        await told(pilot, "there is no shell here")


async def test_preferences_are_kept_to(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    rings: list[bool] = []
    preferred = Settings(
        theme="coder-light", blink=False, animation=False, sound=True, definition="long"
    )
    async with running(study, size=NARROW, loaded=Loaded(preferred)) as pilot:
        app = app_of(pilot)
        monkeypatch.setattr(app, "bell", lambda: rings.append(True))
        assert (app.theme, app.animation_level) == ("coder-light", "none")
        screen = await opened(pilot)
        assert screen.has_class("-defined")
        app.tell("careful", is_warning=True)
        assert rings == [True]
        await press(pilot, "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
        assert pilot.app.screen.query_one(TextArea).cursor_blink is False


async def test_the_last_line_shows_only_what_works(tmp_path: Path) -> None:
    with create_study(tmp_path / "empty.coder", [small_codebook()]) as study:
        async with running(study, size=NARROW) as pilot:
            await wait_for(pilot, lambda: "no transcripts yet" in shown(pilot))
            await press(pilot, "O")
            last = shown(pilot).splitlines()[-1]
            assert "codebook" in last
            assert "help" in last
            for label in ("code ", "filter", "order", "other book", "round"):
                assert label not in last.replace("codebook ", "")
            assert not works_now(home(pilot), "open")


@pytest.mark.parametrize("is_hung_up", [False, True], ids=["SIGTERM", "hung up"])
def test_the_end_of_the_terminal_is_an_orderly_end(tmp_path: Path, is_hung_up: bool) -> None:
    made = make_study(tmp_path)
    path = made.path
    corpus.add_coder(made, "AL")
    made.close()
    arguments = [sys.executable, "-m", "coder", "open", "--study", str(path), "--coder", "AL"]
    env = environment(TERM="xterm-256color", CODER_SETTINGS="none", XDG_STATE_HOME=str(tmp_path))
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, arguments, env)
    out = b""

    def read_until(words: bytes) -> None:
        nonlocal out
        end = time.monotonic() + 60
        while words not in out:
            assert time.monotonic() < end, out[-2000:]
            if select.select([terminal], [], [], 0.1)[0]:
                out += os.read(terminal, 65536)

    read_until(b"T-1")
    if is_hung_up:
        os.close(terminal)
    else:
        os.kill(child, signal.SIGTERM)
        read_until(b"\x1b[?1049l")
    _, status = os.waitpid(child, 0)
    number = signal.SIGHUP if is_hung_up else signal.SIGTERM
    assert os.waitstatus_to_exitcode(status) == 128 + number
    assert [one.name for one in tmp_path.glob("*.coder*")] == [path.name]
    assert b"Traceback" not in out
