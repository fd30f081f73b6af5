"""Ends that come from outside, in a real terminal: killed, hung up; no words are lost."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import TextArea

from coder.model import Viewer
from coder.ops import corpus, desk_notes, memos
from coder.ops.study import open_study
from coder.tui.screens.memo import MemoDialog
from tests.cli.calling import environment
from tests.factories import make_study
from tests.tui.driving import opened, press, running, shown, told, wait_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

SECONDS = 60


class Terminal:
    """The program in a pseudo-terminal of its own."""

    def __init__(self, pid: int, line: int) -> None:
        self.pid = pid
        self.line = line
        self.seen = b""

    def wait_for(self, words: bytes) -> None:
        """Read until something is on screen."""
        end = time.monotonic() + SECONDS
        while words not in self.seen:
            assert time.monotonic() < end, self.seen[-2000:]
            if select.select([self.line], [], [], 0.1)[0]:
                self.seen += os.read(self.line, 65536)

    def type(self, keys: str) -> None:
        """Type, and look only at what is painted from now on."""
        self.seen = b""
        os.write(self.line, keys.encode())

    def ended(self) -> int:
        """How the program ended: minus the signal that killed it, or its exit code."""
        end = time.monotonic() + SECONDS
        while True:
            # A program that says good-bye waits until somebody reads it.
            if select.select([self.line], [], [], 0.02)[0]:
                try:
                    self.seen += os.read(self.line, 65536)
                except OSError:
                    time.sleep(0.02)  # it has closed its side
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            assert time.monotonic() < end, "it does not end"


@contextmanager
def terminal(study: Path, *before: str, **extra: str) -> Iterator[Terminal]:
    """The app on a study.

    Args:
        study: Its file.
        before: What Python is to run; the program itself where nothing is named.
        extra: More variables.
    """
    import pty

    pid, line = pty.fork()
    if pid == 0:
        # What a terminal without a size is taken for: 80 columns, 24 lines.
        python = [sys.executable, *(before or ("-m", "coder"))]
        command = [*python, "open", "--study", str(study), "--coder", "AL"]
        os.execve(sys.executable, command, environment(TERM="xterm-256color", **extra))
    started = Terminal(pid, line)
    try:
        yield started
    finally:
        os.close(line)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with make_study(tmp_path) as study:
        corpus.add_coder(study, "AL")
        return study.path


def drafts(file: Path) -> list[str]:
    with open_study(file) as study:
        left = desk_notes.drafts_left(study, corpus.coder_named(study, "AL"))
        return [draft.body for draft in left]


def write_half_a_memo(window: Terminal, words: str) -> None:
    window.wait_for(b"T-1")
    window.type("\r")
    window.wait_for(b"1 of 4")
    window.type("m")
    window.wait_for(b"Memo on T-1:1")
    window.type(words)


async def test_words_of_a_killed_window_are_in_the_editor_again(file: Path) -> None:
    with terminal(file) as window:
        write_half_a_memo(window, "[b]half a thou")
        end = time.monotonic() + SECONDS
        while drafts(file) != ["[b]half a thou"]:
            assert time.monotonic() < end, drafts(file)
            time.sleep(0.1)
        os.kill(window.pid, signal.SIGKILL)
        assert window.ended() == -signal.SIGKILL
    with open_study(file) as study:
        async with running(study) as pilot:
            await told(pilot, "a memo was begun and not kept")
            await opened(pilot)
            await press(pilot, "m")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
            await wait_for(pilot, lambda: "unfinished words of " in shown(pilot))
            assert pilot.app.screen.query_one(TextArea).text == "[b]half a thou"
            await press(pilot, *"ght", "escape")
            await wait_for(pilot, lambda: memos.list_memos(study, Viewer("AL")))
            (kept,) = memos.list_memos(study, Viewer("AL"))
            assert kept.body == "[b]half a thought"


def test_a_hang_up_ends_it_cleanly(file: Path) -> None:
    with terminal(file) as window:
        write_half_a_memo(window, "half")
        window.wait_for(b"half")
        os.kill(window.pid, signal.SIGHUP)
        assert window.ended() == 128 + signal.SIGHUP
    assert not file.with_name(f"{file.name}-wal").exists(), "folded back into one file"
    assert drafts(file) == ["half"], "at once, not a second later"
