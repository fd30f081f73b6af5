"""Files of ratings written as one plain table: a row per answer."""

from __future__ import annotations

from pathlib import Path

from coder.errors import UsageError
from coder.formats.atomic import write_atomic
from coder.formats.files import named
from coder.formats.ratings import RatingsFile, write_tidy


def check_target(to: Path, *, force: bool) -> None:
    """Refuse a file that cannot or must not be written.

    Args:
        to: Where to.
        force: Replace a file that is there.

    Raises:
        UsageError: There is a file of that name, or it would not be a CSV.
    """
    if to.suffix.lower() != ".csv":
        raise UsageError(f"--convert {named(to)}: the file has to end in .csv")
    if to.exists() and not force:
        raise UsageError(f"{named(to)} is there already", "another name, or --force")


def convert(read: RatingsFile, to: Path) -> str:
    """Write what was read as a tidy long CSV, whole or not at all, and say so.

    Raises:
        StudyProblem: It cannot be written.
    """
    write_atomic(to, write_tidy(read).encode())
    return f"wrote {named(to)}"
