"""A fault of ours in a real terminal: the terminal as it was, and no words of an interview."""

from __future__ import annotations

import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App

from coder.errors import Fault
from coder.model import Viewer
from coder.ops import coding, corpus
from coder.ops.desk_notes import drafts_left
from coder.ops.study import Study, check_study, open_study
from coder.tui.ending import EndingApp
from coder.tui.screens.memo import MemoDialog
from tests.factories import make_study
from tests.tui.driving import opened, press, running, wait_for
from tests.tui.test_endings import SECONDS, Terminal, terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

BROKEN_IN = {
    "a key": "CodingScreen.action_progress = broken",
    "the end": "CodingScreen.action_progress = lambda self: self.app.exit(); "
    "CodingScreen.on_unmount = broken",
}
RUNNER = """
from coder.tui.screens.coding import CodingScreen

def broken(self):
    words = self.sitting.transcript.text
    raise KeyError(words)

{line}
from coder.cli.main import main
main()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with make_study(tmp_path) as study:
        corpus.add_coder(study, "AL")
        return study.path


def modes_of(window: Terminal) -> list[object]:
    return termios.tcgetattr(window.line)


@pytest.mark.parametrize("place", BROKEN_IN)
def test_a_fault_ends_the_app_and_leaves_the_terminal_as_it_was(
    file: Path, tmp_path: Path, place: str
) -> None:
    script = tmp_path / "runner.py"
    script.write_text(RUNNER.format(line=BROKEN_IN[place]))
    state = str(tmp_path / "state")
    with terminal(file, str(script), XDG_STATE_HOME=state) as window:
        before = modes_of(window)
        window.wait_for(b"T-1")
        window.type("\r")
        window.wait_for(b"1 of 4")
        during = modes_of(window)
        assert during != before
        window.type("1")
        window.wait_for(b"put ")
        # What is typed on was meant for the app, not for the shell that comes after it.
        window.type("#jjj")
        assert window.ended() == 1
        end = time.monotonic() + SECONDS
        while modes_of(window) != before:
            assert time.monotonic() < end
    said = window.seen.rpartition(b"\x1b[?1049l")[2].decode()
    lines = [line for line in said.splitlines() if "coder:" in line]
    assert len(lines) == 2, said
    assert "all that showed as coded is saved" in lines[0]
    (details,) = (Path(state) / "mist-coder" / "faults").glob("*.txt")
    assert str(details) in lines[1]
    with open_study(file) as study:
        check_study(study)
        text = corpus.read_transcript(study, Viewer("AL"), "T-1").text
        (work, *_) = coding.worksheet(study, corpus.coder_named(study, "AL"), "T-1")
        assert work.codings
    shown = said + details.read_text()
    assert "Traceback" not in said
    for line in text.splitlines():
        words = line.strip()
        assert len(words) < 8 or words not in shown


class Broken(EndingApp[None]):
    """An app that does something wrong as soon as it is there."""

    def __init__(self, wrong: Callable[[App[None]], object]) -> None:
        super().__init__()
        self._wrong = wrong

    def on_mount(self) -> None:
        self._wrong(self)


def fail() -> None:
    raise LookupError("of ours")


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (lambda app: fail(), LookupError),
        (lambda app: app.run_worker(fail, thread=True), LookupError),
        (lambda app: app.call_later(app.panic, "the reader of keys has died"), OSError),
    ],
)
def test_what_was_wrong_is_what_is_told(
    wrong: Callable[[App[None]], object],
    kind: type[Exception],
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(Fault) as fault:
        Broken(wrong).run(headless=True)
    assert type(fault.value.__cause__) is kind
    assert capfd.readouterr() == ("", "")


async def write_half_and_fail(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
        await press(pilot, *"half")
        pilot.app.call_later(fail)
        await wait_for(pilot, lambda: pilot.app._exception)


async def test_words_under_way_outlive_a_fault(study: Study) -> None:
    with pytest.raises(LookupError):
        await write_half_and_fail(study)
    assert [one.body for one in drafts_left(study, corpus.coder_named(study, "AL"))] == ["half"]
