"""Ctrl-C that is never lost.

Some libraries swallow every exception while they are being imported, Python's KeyboardInterrupt
too; so that it was pressed is also noted down, and long work asks at each step.
"""

from __future__ import annotations

import signal
from types import FrameType

_was_pressed = False


def listen() -> None:
    """From now on note Ctrl-C down as well as raising it; only for the main thread."""
    # A shell that runs something in the background has it ignore Ctrl-C, and so it stays.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _pressed)


def _pressed(number: int, frame: FrameType | None) -> None:
    global _was_pressed
    _was_pressed = True
    raise KeyboardInterrupt


def stop_if_asked() -> None:
    """Stop where Ctrl-C was pressed and swallowed.

    Raises:
        KeyboardInterrupt: It was.
    """
    if _was_pressed:
        raise KeyboardInterrupt
