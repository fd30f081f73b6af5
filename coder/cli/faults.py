"""Faults of the program itself: two lines for whoever met one, the details in a file.

A fault is a bug, so a traceback is wanted; but what its variables hold, and often what an error
says, are the words of interviews. Neither is written anywhere unless $CODER_DEBUG asks for it.
"""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from coder import __version__
from coder.errors import CoderError, Fault
from coder.paths import faults_folder

FILES_KEPT = 5

_ROOM = Path(__file__).resolve().parents[2]
"""Where the package lies."""

_OF_CODE = (
    "AttributeError",
    "ImportError",
    "IndexError",
    "IntegrityError",
    "ModuleNotFoundError",
    "NameError",
    "NoMatches",
    "OperationalError",
    "RecursionError",
    "TypeError",
    "UnboundLocalError",
    "ZeroDivisionError",
)
"""Errors whose words are about the program or the schema, never about what is in a study."""


def lines_on(error: Exception) -> list[str]:
    """What is said of a fault, after its details were written to a file.

    Args:
        error: What nobody caught; a `Fault` where the app ended by it.
    """
    is_app = isinstance(error, Fault)
    cause = error.__cause__ if isinstance(error, Fault) and error.__cause__ else error
    if os.environ.get("CODER_DEBUG"):
        traceback.print_exception(cause)
    what = f"a fault of the program ({_named(cause)})"
    if isinstance(cause, CoderError):
        what = str(cause)
    ended = "the app ended" if is_app else "the command did not finish"
    safe = "all that showed as coded is saved" if is_app else "a change is kept whole or not at all"
    then = "coder open goes on" if is_app else "coder check looks at the study"
    try:
        where = f"details, without words of the study: {_write(cause)}; please send them along"
    except OSError as refused:
        where = f"the details cannot be written: {refused.filename}: {refused.strerror}"
        then += "; CODER_DEBUG=1 prints them next time"
    return [f"{what}: {ended}; {safe}", f"{where}; {then}"]


def _named(error: BaseException) -> str:
    """Which error it is, and the last line of ours on the way to it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOM / "coder")]
    last = next(reversed(ours or list(frames)), None)
    name = type(error).__name__
    return f"{name} at {_short(last.filename)}:{last.lineno}" if last else name


def _short(filename: str) -> str:
    """A file as it is called in the package; another's by its own name."""
    path = Path(filename)
    return str(path.relative_to(_ROOM)) if path.is_relative_to(_ROOM / "coder") else path.name


def _write(error: BaseException) -> Path:
    """Write what happened, and drop what is old."""
    now = datetime.now(UTC)
    folder = faults_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    path.write_text("".join(f"{line}\n" for line in _details(error, now)), encoding="utf-8")
    for old in sorted(folder.glob("*.txt"))[:-FILES_KEPT]:
        old.unlink(missing_ok=True)
    return path


def _details(error: BaseException, now: datetime) -> Iterator[str]:
    yield f"coder {__version__}, Python {platform.python_version()}, {platform.platform()}"
    yield f"{now:%Y-%m-%d %H:%M:%S} UTC, coder {_command()}"
    yield ""
    yield from _trace(error)


def _command() -> str:
    """Which command it was; its arguments name people and places."""
    from coder.cli.main import COMMANDS

    return next((word for word in sys.argv[1:] if word in COMMANDS), "")


def _trace(error: BaseException) -> Iterator[str]:
    """The way to an error and to those before it, in Python's order, without any value."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _trace(before)
        yield ""
        yield "which led to:" if error.__cause__ else "and while that was dealt with:"
        yield ""
    for line in traceback.StackSummary.from_list(
        traceback.extract_tb(error.__traceback__)
    ).format():
        yield line.rstrip("\n")
    words = str(error)
    name = type(error).__name__
    if words and name not in _OF_CODE:
        words = f"({len(words)} characters left out: they may be words of the study)"
    yield f"{name}: {words}" if words else name
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield ""
            yield from _trace(one)
