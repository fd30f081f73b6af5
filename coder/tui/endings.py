"""The end that comes from outside: a closed terminal, a dropped line, a computer going down."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.tui.app import CoderApp

SECONDS_TO_END = 3
"""A terminal that is gone may take no farewell; then the program ends without one."""


def end_when_told(app: CoderApp) -> None:
    """Let the signals of a hang-up end the app as its key does: place and words are kept."""
    loop = asyncio.get_running_loop()
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, _end, app, number)
        except (NotImplementedError, ValueError, RuntimeError):
            return  # Windows, or a test that runs the app in a thread: nobody hangs up there


def _end(app: CoderApp, number: int) -> None:
    for screen in app.screen_stack:
        keep = getattr(screen, "keep_words", None)
        if keep is not None:
            keep()
    loop = asyncio.get_running_loop()
    loop.call_later(SECONDS_TO_END, os._exit, 128 + number)
    app.call_next(app.action_quit)
