"""A pseudo-terminal that presses keys and knows when what they do has been painted.

No terminal is drawn: what counts is the bytes that a program wrote, and when.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from fcntl import ioctl
from pathlib import Path
from types import TracebackType

COLUMNS, ROWS = 120, 40

QUIET = 0.06
"""Seconds without a byte after which a program is taken to have painted all of it.

Textual paints at most sixty frames a second: what belongs to one key comes in one frame, or in
the next, 17 ms later. The wait itself is not counted.
"""

ASKED = b"\x1b[?2026$p"
ANSWER = b"\x1b[?2026;1$y"
"""Textual asks whether frames can be marked as such; as most terminals now, this one says yes."""

ENTER, ESCAPE, HOME = b"\r", b"\x1b", b"\x1b[H"
UP, DOWN, RIGHT = b"\x1b[A", b"\x1b[B", b"\x1b[C"


SETTINGS = Path(__file__).with_name("settings.toml")
"""What whoever measures prefers: nobody's own settings, and no tour."""


class Terminal:
    """A program in a pseudo-terminal of its own.

    Args:
        command: The program and its arguments.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            os.environ.update(
                TERM="xterm-256color",
                COLORTERM="truecolor",
                TEXTUAL_ANIMATIONS="none",
                CODER_SETTINGS=str(SETTINGS),
            )
            ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvp(command[0], list(command))
        self.seen = b""
        """What was written since the last key."""
        self._answered = False
        self._is_dead = False

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """End the program at once; nothing of it runs any more."""
        if not self._is_dead:
            self._is_dead = True
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self._drain()
            os.close(self._master)

    def press(self, keys: bytes) -> None:
        """Type."""
        self.seen = b""
        os.write(self._master, keys)

    def read(self, seconds: float) -> bool:
        """Take what is written within some time; whether anything was."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            self.seen += os.read(self._master, 65536)
        except OSError:
            # The program has ended, and its words are the reason.
            raise SystemExit(self.seen.decode(errors="replace")) from None
        if not self._answered and ASKED in self.seen:
            self._answered = True
            os.write(self._master, ANSWER)
        return True

    def rest(self, seconds: float) -> None:
        """Take what is written within some time."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(min(seconds, 0.1))

    def _drain(self) -> None:
        """What it had written when it was killed has been written."""
        while select.select([self._master], [], [], 0)[0]:
            try:
                self.seen += os.read(self._master, 65536)
            except OSError:
                return

    def wait_for(self, is_shown: Callable[[bytes], object], seconds: float = 60) -> float:
        """Read until something is shown and all is quiet; the time when the last of it came.

        Raises:
            SystemExit: It never is.
        """
        end = time.perf_counter() + seconds
        came = time.perf_counter()
        while time.perf_counter() < end:
            if self.read(QUIET):
                came = time.perf_counter()
            elif is_shown(self.seen):
                return came
        raise SystemExit(f"not shown in {seconds} s; last: {self.seen[-2000:]!r}")

    def time_of(self, keys: bytes, is_shown: Callable[[bytes], object]) -> float:
        """Seconds from a key to the last byte of what it painted."""
        begin = time.perf_counter()
        self.press(keys)
        return self.wait_for(is_shown) - begin

    def processor_seconds(self) -> float:
        """Processor time that the program has taken until now."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident memory in MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise SystemExit(f"/proc says nothing of the memory of {self.pid}")
