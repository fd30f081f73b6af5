"""What the disk and SQLite complain about, as one line that a user can act on.

A study too large to be checked on opening may turn out damaged in the middle of any read, and a
disk may go away at any moment: so every statement on a study's connection speaks plainly, not
only those that write.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from coder.errors import CoderError, StudyProblem

BUSY_SECONDS = 5.0
"""How long to wait for another program that writes to the study."""


@contextlib.contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the disk and SQLite complain about into a ``StudyProblem``.

    Broken constraints and the like are faults of the program and keep their traceback.
    """
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        plain = _plain(error, path)
        if plain is None:
            raise
        raise plain from error


def _plain(error: sqlite3.DatabaseError | OSError, path: Path) -> CoderError | None:
    words = str(error)
    if "locked" in words or "busy" in words:
        return StudyProblem(
            f"{path}: another program has been writing to it for {BUSY_SECONDS:.0f} seconds",
            "try again when it is done",
        )
    if "disk is full" in words or "No space left" in words or "File too large" in words:
        return StudyProblem(
            f"{path}: the disk is full; nothing of this change was kept", "make room, try again"
        )
    if "readonly" in words or "Permission denied" in words or "Read-only" in words:
        return StudyProblem(f"{path}: cannot be written here", "copy it to a folder of your own")
    if "unable to open" in words:
        return StudyProblem(
            f"{path}: cannot be opened in {path.parent}", "the folder must be writable"
        )
    if "malformed" in words or "not a database" in words:
        return StudyProblem(f"{path} is damaged: {words}", "coder restore takes the last backup")
    if "disk I/O error" in words:
        return StudyProblem(
            f"{path}: the disk failed or is full ({words}); nothing of this change was kept",
            "make room or move the study, then try again",
        )
    if isinstance(error, sqlite3.OperationalError | OSError):
        return StudyProblem(f"{path}: {words}")
    return None


_COMPLAINTS = (sqlite3.DatabaseError, OSError)


class _PlainCursor(sqlite3.Cursor):
    """A cursor of a study, whose complaints are plain also while rows are being read.

    Written out rather than with ``plain_errors``, which would cost each query a microsecond.
    """

    def execute(self, *args: Any) -> _PlainCursor:
        try:
            return super().execute(*args)
        except _COMPLAINTS as error:
            self._complain(error)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> _PlainCursor:
        try:
            return super().executemany(sql, rows)
        except _COMPLAINTS as error:
            self._complain(error)

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except _COMPLAINTS as error:
            self._complain(error)

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except _COMPLAINTS as error:
            self._complain(error)

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        try:
            # iter(self) would come back here.
            yield from iter(super().__next__, None)
        except _COMPLAINTS as error:
            self._complain(error)

    def _complain(self, error: sqlite3.DatabaseError | OSError) -> NoReturn:
        assert isinstance(self.connection, PlainConnection)
        plain = _plain(error, self.connection.path)
        if plain is None:
            raise error
        raise plain from error


class PlainConnection(sqlite3.Connection):
    """A connection to a study file whose complaints are plain."""

    path = Path()

    def cursor(self, factory: Any = _PlainCursor) -> Any:
        return super().cursor(factory)

    def execute(self, *args: Any) -> sqlite3.Cursor:
        return self.cursor().execute(*args)  # type: ignore[no-any-return]

    def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        return self.cursor().executemany(sql, rows)  # type: ignore[no-any-return]
