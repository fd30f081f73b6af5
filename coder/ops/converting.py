"""Files of ratings written as one plain table: a row per answer."""

from __future__ import annotations

from pathlib import Path

from coder.errors import UsageError
from coder.formats.atomic import write_atomic
from coder.formats.files import named
from coder.formats.ratings import RatingsFile


def convert(read: RatingsFile, to: Path, *, force: bool = False) -> str:
    """Write what was read as a tidy long CSV, and say so.

    Args:
        read: What was read.
        to: Where to.
        force: Replace a file that is there.

    Raises:
        UsageError: There is a file of that name, or it would not be a CSV.
        StudyProblem: It cannot be written.
    """
    if to.suffix.lower() != ".csv":
        raise UsageError(f"--convert {named(to)}: the file has to end in .csv")
    if to.exists() and not force:
        raise UsageError(f"{named(to)} is there already", "another name, or --force")
    from coder.formats.ratings import write_tidy

    text = write_tidy(read)
    write_atomic(to, text.encode())
    return f"wrote {named(to)}"
