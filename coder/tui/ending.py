"""How an app ends when it comes upon a fault of ours: at once, quietly, the terminal as it was.

Textual would print what every variable holds, and that is the words of interviews.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from textual.app import App
from textual.worker import WorkerFailed

from coder.errors import Fault

R = TypeVar("R")

_AS_IT_WAS = (
    "\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2048l"
    "\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Pasting, mouse, focus, sizes, wrapping, keys, screen, cursor, colours: what an app may have
changed."""


class EndingApp(App[R]):
    """An app that keeps a fault for whoever runs it, and prints none of it."""

    fault: Exception | None = None
    """What ended the app: the first that nobody caught."""

    def run(self, **options: Any) -> R | None:
        """Run to the end; what the app answers.

        Raises:
            Fault: Something nobody caught ended it. The terminal is as it was before.
        """
        with _terminal_as_it_was():
            try:
                answer = super().run(**options)
            except Exception as error:
                raise Fault from (self.fault or error)
            if self.fault is not None:
                raise Fault from self.fault
        return answer

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = 1
        if self._exception is None:
            # Tests ask Textual for it.
            self._exception = error
            self._exception_event.set()
        if self.fault is None:
            self.fault = error.error if isinstance(error, WorkerFailed) else error  # type: ignore[assignment]
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """The keys cannot be read any more: Textual's reader of keys says why, in its way."""
        self._handle_exception(OSError("the keys cannot be read"))


@contextmanager
def _terminal_as_it_was() -> Iterator[None]:
    """Where an app ends by a fault, put back whatever it had not come to put back itself."""
    before = _modes()
    try:
        yield
    except BaseException:
        if before is not None:
            _put_back(before)
        raise


def _put_back(before: list[Any]) -> None:
    if sys.platform == "win32" or sys.__stdin__ is None:
        return
    import termios

    number = sys.__stdin__.fileno()
    if termios.tcgetattr(number) != before:
        termios.tcsetattr(number, termios.TCSANOW, before)
        # Not twice: the second time it would take back what a program before us asked for.
        if sys.__stderr__ is not None and sys.__stderr__.isatty():
            sys.__stderr__.write(_AS_IT_WAS)
            sys.__stderr__.flush()
    # Keys on their way were meant for the app: a shell would run them.
    termios.tcflush(number, termios.TCIFLUSH)


def _modes() -> list[Any] | None:
    """Of the terminal that keys come from, where there is one."""
    if sys.platform == "win32" or sys.__stdin__ is None:
        return None
    import termios

    number = sys.__stdin__.fileno()
    return termios.tcgetattr(number) if os.isatty(number) else None
