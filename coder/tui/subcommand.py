"""A command of the program in a process of its own, as the app's command line runs it.

Nothing of Textual here: what is typed becomes words as in a shell, the words a process, and the
process what it said.
"""

from __future__ import annotations

import glob
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from coder.errors import UsageError

NAME = "coder"

SECONDS_TO_STOP = 2.0
"""A command that was asked to stop may finish its sentence; then it is ended."""

SECONDS_BETWEEN = 0.1
"""How often it is asked whether it is still wanted. Its end is noticed at once."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command said, and how it ended."""

    line: str
    """The command, as it was typed."""
    text: str
    """What it wrote, to its output and beside it, without escape sequences."""
    exit_code: int
    is_stopped: bool = False
    """Whether somebody stopped it."""

    @property
    def lines(self) -> list[str]:
        """What it said, line by line."""
        return self.text.rstrip("\n").split("\n") if self.text.strip() else []


def split(line: str) -> list[str]:
    """The words of a line, as a shell parts them.

    Raises:
        ValueError: A quotation mark is not closed, or nothing follows the last backslash.
    """
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    if sys.platform == "win32":
        lexer.escape = ""  # a backslash parts folders there
    return list(lexer)


def words_of(line: str) -> tuple[str, ...]:
    """What a typed line asks for: its words without ``coder``, patterns of files written out.

    Raises:
        UsageError: It cannot be read as words, or it is a command that the app cannot run.
    """
    try:
        words = split(line)
        # Non-POSIX words keep their quotation marks: what is quoted is no pattern.
        plain = set(shlex.split(line, comments=False, posix=False))
    except ValueError as error:
        raise UsageError(f"that cannot be read: {_unclosed(error)}") from None
    if words[:1] == [NAME]:
        del words[0]
    if not words:
        raise UsageError("type a command", "such as round list; --help lists all")
    if words[0] == "open" and not {"--help", "-h"} & set(words):
        raise UsageError("the app is open already", "the list of transcripts opens another study")
    if words[0] == "demo" and "--no-open" not in words:
        words.append("--no-open")
    return tuple(found for word in words for found in _written_out(word, word in plain))


def _unclosed(error: ValueError) -> str:
    if "quotation" in str(error):
        return "a quotation mark is not closed"
    return "nothing follows the backslash at the end"


def _written_out(word: str, is_plain: bool) -> Sequence[str]:
    if not is_plain or word.startswith("-"):
        return [word]
    if word.startswith("~"):
        word = os.path.expanduser(word)
    found = sorted(glob.glob(word)) if re.search(r"[*?\[]", word) else []
    return found or [word]


def environment(study: Path, alias: str, width: int) -> Mapping[str, str]:
    """What the process is told: this study, this coder, how wide its tables may be.

    Args:
        study: The file of the study.
        alias: Of whoever looks in the app: what a command shows is as blind as the app is. Empty
            for nobody in particular.
        width: Columns for its tables.
    """
    own = {
        **os.environ,
        "CODER_STUDY": str(study.absolute()),
        "CODER_CODER": alias,
        "CODER_COLUMNS": str(width),
        "COLUMNS": str(width),
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8:replace",
    }
    room = Path(__file__).resolve().parents[2]
    if room.name not in ("site-packages", "dist-packages"):
        # A checkout: the same program, whatever is installed beside it.
        own["PYTHONPATH"] = os.pathsep.join(
            filter(None, (str(room), os.environ.get("PYTHONPATH", "")))
        )
    return own


class Subcommand:
    """A command that runs.

    Args:
        line: As it was typed.
        study: The file of the study.
        alias: Of the coder in the app; empty for nobody.
        width: Columns for its tables.

    Raises:
        UsageError: The line is no command that the app can run.
    """

    def __init__(self, line: str, study: Path, alias: str, width: int) -> None:
        self.line = line.strip()
        self.began = monotonic()
        self.is_stopped = False
        """Whether somebody asked it to stop."""
        self._process = subprocess.Popen(
            # -P: a file of the folder that one works in is never taken for a module.
            [sys.executable, "-P", "-m", NAME, *words_of(line)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(study, alias, width),
            # Ctrl-C and Ctrl-Z in the terminal are the app's.
            start_new_session=sys.platform != "win32",
        )

    def stop(self) -> None:
        """Ask it to stop; a change of the study is made whole or not at all."""
        self.is_stopped = True

    def wait(self, is_wanted: Callable[[], bool]) -> Outcome:
        """Wait for its end.

        Args:
            is_wanted: Asked again and again; where it says no, the command is stopped.
        """
        data, asked_at = b"", 0.0
        while True:
            try:
                data, _ = self._process.communicate(timeout=SECONDS_BETWEEN)
                break
            except subprocess.TimeoutExpired:
                self.is_stopped = self.is_stopped or not is_wanted()
            if self.is_stopped and not asked_at:
                asked_at = monotonic()
                self._ask_to_stop()
            elif self.is_stopped and monotonic() - asked_at > SECONDS_TO_STOP:
                self._process.kill()
        text = _ESCAPES.sub("", data.decode("utf-8", "replace")).replace("\r\n", "\n")
        return Outcome(self.line, text, self._process.returncode, self.is_stopped)

    def _ask_to_stop(self) -> None:
        if sys.platform == "win32":
            self._process.terminate()
        else:
            self._process.send_signal(signal.SIGINT)
