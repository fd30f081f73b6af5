"""Studies opened recently: where they are, when, by whom. Nothing of what is in them.

The list is the user's own, in a file of their state folder; studies themselves never hold it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coder.errors import StudyProblem, UsageError
from coder.formats.atomic import write_atomic
from coder.formats.tables import Column, Table
from coder.store import Clock, utc_now

MOST = 30
"""Studies that are remembered; the oldest is forgotten first."""


@dataclass(frozen=True, slots=True)
class OpenedStudy:
    """A study that was opened in the app."""

    path: Path
    at: str
    """ISO 8601, UTC."""
    coder: str = ""
    """Who coded, where that was known when it was opened."""

    @property
    def problem(self) -> str:
        """Why it cannot be opened now; empty where it can."""
        if not os.path.exists(self.path.parent):
            return "its folder is not there"
        if not os.path.isfile(self.path):
            return "the file is not there"
        return "" if os.access(self.path, os.R_OK) else "the file cannot be read"


def read_recent(file: Path) -> list[OpenedStudy]:
    """The studies that were opened, the newest first; none where nothing is remembered.

    Raises:
        UsageError: The file says something else.
    """
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{file}: the studies opened recently cannot be read", "delete the file"
        ) from error
    rows = said.get("studies") if isinstance(said, dict) else None
    if not isinstance(rows, list):
        raise UsageError(f"{file}: no list of studies opened recently", "delete the file")
    return [
        _study(row) for row in rows if isinstance(row, dict) and isinstance(row.get("path"), str)
    ]


def _study(row: dict[str, Any]) -> OpenedStudy:
    return OpenedStudy(Path(row["path"]), str(row.get("at", "")), str(row.get("coder", "")))


def remember(file: Path, path: Path, coder: str = "", clock: Clock = utc_now) -> None:
    """Remember that a study was opened.

    Args:
        file: Where it is kept; the folder is made where it is missing.
        path: The study.
        coder: Who codes; empty where that is not known, and whoever it was last stays.
        clock: Gives the time.

    Raises:
        UsageError: The file says something else.
        StudyProblem: It cannot be written.
    """
    whole = path.resolve()
    known = read_recent(file)
    before = next((one.coder for one in known if one.path == whole), "")
    others = [one for one in known if one.path != whole]
    _write(file, [OpenedStudy(whole, clock(), coder or before), *others][:MOST])


def last_coder(file: Path, path: Path) -> str:
    """Who coded a study last, as far as it is remembered; else empty.

    Raises:
        UsageError: The file says something else.
    """
    whole = path.resolve()
    return next((one.coder for one in read_recent(file) if one.path == whole), "")


def forget(file: Path, paths: Iterable[Path]) -> int:
    """Forget that some studies were opened; the studies themselves stay.

    Returns:
        How many are forgotten.

    Raises:
        UsageError: One of them is not remembered.
    """
    known = read_recent(file)
    gone = set()
    for path in paths:
        found = {one.path for one in known if one.path in (path, path.resolve())}
        if not found:
            raise UsageError(f"{path} is not among the studies opened recently", "coder recent")
        gone |= found
    _write(file, [one for one in known if one.path not in gone])
    return len(gone)


def forget_all(file: Path) -> int:
    """Forget every study that was opened, also where the file has come to say something else."""
    try:
        number = len(read_recent(file))
    except UsageError:
        number = 0
    file.unlink(missing_ok=True)
    return number


def recent_table(studies: Iterable[OpenedStudy]) -> Table:
    """One line per study, the one opened last first."""
    return Table(
        name="recent",
        title="Studies opened recently",
        columns=(
            Column("study", "Study"),
            Column("opened", "Opened (UTC)", "date"),
            Column("coder", "Coder"),
            Column("state", "State"),
        ),
        rows=tuple((str(one.path), one.at, one.coder, one.problem or "there") for one in studies),
    )


def _write(file: Path, studies: Iterable[OpenedStudy]) -> None:
    rows = [{"path": str(one.path), "at": one.at, "coder": one.coder} for one in studies]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyProblem(f"{file.parent}: cannot be made: {error.strerror}") from error
    write_atomic(file, json.dumps({"studies": rows}, indent=1).encode())
