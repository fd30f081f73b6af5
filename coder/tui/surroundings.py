"""What the world around the app does to it: signals, a window too small, Ctrl-Z.

Nothing is lost by any of them, because a code that shows is on disk; what they need is an end, or
a pause, that leaves the terminal as it was.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.message import Message

    from coder.tui.app import CoderApp

SECONDS_TO_END = 3
"""A terminal that is gone may take no farewell; then the program ends without one."""

LEAST_WIDTH = 60
LEAST_HEIGHT = 14
"""Below this an excerpt and the codes do not both fit, and what cannot be read is not coded."""


def is_too_small(size: Size) -> bool:
    """Whether a window cannot show what a code would be put on."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


def fit(app: CoderApp) -> None:
    """Say that the window is too small, or stop saying so."""
    from coder.tui.screens.small import SmallScreen

    screen = app.screen
    if is_too_small(app.size) and not isinstance(screen, SmallScreen):
        app.push_screen(SmallScreen())
    elif isinstance(screen, SmallScreen):
        screen.look()


def listen(app: CoderApp) -> None:
    """End properly when the terminal is closed or the machine is shut down."""
    if app.is_headless or sys.platform == "win32":
        return
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, _end, app, number)


def _end(app: CoderApp, number: int) -> None:
    app.ended_by = number
    for screen in app.screen_stack:
        keep = getattr(screen, "keep_words", None)
        if keep is not None:
            keep()
    if number == signal.SIGHUP:
        _write_no_more(app)
    # A thread, because ours may be waiting for a terminal that takes nothing any more.
    last = threading.Timer(SECONDS_TO_END, os._exit, (128 + number,))
    last.daemon = True
    last.start()
    app.call_later(app.action_quit)


def _write_no_more(app: CoderApp) -> None:
    """Let nothing wait for the thread that writes: it ended with its terminal.

    With the signal that the terminal is gone comes one to go on, at which Textual starts another
    such thread, which ends as soon; what is then written to it waits for ever once it is full.
    """
    # Not where there is no such driver: Windows.
    from textual.drivers.linux_driver import LinuxDriver

    driver = app._driver
    if isinstance(driver, LinuxDriver):
        driver.write = _nothing  # type: ignore[method-assign]
        driver._writer_thread = None


def _nothing(data: str) -> None:
    """Where a terminal was."""


def can_be_stopped() -> bool:
    """Whether a shell is there that could bring the program back after Ctrl-Z.

    Where the program is all there is in its terminal (ssh HOST coder, a new window of tmux),
    nothing could.
    """
    return sys.platform != "win32" and os.getpgrp() != os.getsid(0)


def stop(app: CoderApp) -> None:
    """Ask everything that was started together with the program to stop: make, a script, us.

    Keys that came in behind Ctrl-Z were meant for the shell: taken later, they would be codes.
    """
    queue: asyncio.Queue[Message | None] = app._message_queue
    waiting = [queue.get_nowait() for _ in range(queue.qsize())]
    for message in waiting:
        if not isinstance(message, events.Key):
            queue.put_nowait(message)
    if sys.platform != "win32":
        os.killpg(os.getpgrp(), signal.SIGTSTP)
