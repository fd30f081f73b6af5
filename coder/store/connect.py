"""The one door to a study file: opening, checking, backing up, closing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError, StudyProblem
from coder.store.migrations import APPLICATION_ID, STEPS, apply_pending

if TYPE_CHECKING:
    from sqlite_utils import Database

SCHEMA_DIGEST = "8ea8b0842390b134c10e9549c4d2d42cc420f28fdaf72ccf4392a49fa64232cc"
"""SHA-256 over the schema that the steps make; a test recomputes it."""

BUSY_SECONDS = 5.0
QUICK_CHECK_BYTES = 16 * 2**20
"""Up to this size a study is checked on opening (under 50 ms); larger ones after the first
screen and by ``coder check``, since the time grows with the file."""

_import_lock = threading.Lock()


def create(path: Path) -> sqlite3.Connection:
    """Make a new study file with the newest schema.

    Raises:
        StudyProblem: Something is already there, or the folder cannot be written.
    """
    if path.exists():
        raise StudyProblem(f"{path} is already there", "choose another name, or open it")
    stray = _stray(path)
    if stray is not None:
        raise StudyProblem(f"{stray} lies there without its study", "move it away first")
    if not path.parent.is_dir():
        raise StudyProblem(f"there is no folder {path.parent}", "make it first")
    with plain_errors(path):
        connection = _connect(path)
    try:
        with plain_errors(path):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _use_wal(connection, path)
            apply_pending(_sqlite_utils_database(connection))
    except BaseException:
        connection.close()
        for leftover in (path, *_companions(path)):
            leftover.unlink(missing_ok=True)
        raise
    return connection


def open_existing(path: Path) -> sqlite3.Connection:
    """Open a study after checking that it is one, is sound, and is not from a newer program.

    Raises:
        StudyProblem: Not a study, damaged, foreign schema, newer version, unwritable place.
    """
    if not path.is_file():
        stray = _stray(path)
        extra = f"; {stray.name} lies there without it" if stray else ""
        raise StudyProblem(f"there is no study {path}{extra}", "coder new NAME.coder makes one")
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(b"SQLite format 3\0"):
        raise StudyProblem(f"{path} is not a study", "a study is a file that coder new made")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise StudyProblem(
            f"{path} is an SQLite file, but not a study", "a study is a file that coder new made"
        )
    with plain_errors(path):
        connection = _connect(path)
    try:
        with plain_errors(path):
            _check_version(connection, path)
            _use_wal(connection, path)
            _upgrade(connection, path)
            _check_schema(connection, path)
            if path.stat().st_size <= QUICK_CHECK_BYTES:
                check_pages(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def open_again(path: Path) -> sqlite3.Connection:
    """A second connection to a study this process has open already, for a worker thread."""
    with plain_errors(path):
        connection = _connect(path)
        _use_wal(connection, path)
    return connection


def close(connection: sqlite3.Connection, path: Path) -> None:
    """Close; the last one to close folds the write-ahead log back into the one file."""
    # Another window may hold the file: then its own close does the folding.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with plain_errors(path):
        connection.close()


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the study, log included, to one file with SQLite's backup API."""
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with plain_errors(target):
            copy = sqlite3.connect(partial, isolation_level=None)
            try:
                connection.backup(copy)
                # A copy in WAL mode would leave companions beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
            partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def replace(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Put a copy of an open study at a path; what is there is kept under a free name.

    Raises:
        StudyProblem: The study at the path is open elsewhere, so its log would be orphaned.
    """
    fresh = path.with_name(f"{path.stem}.restoring{path.suffix}")
    backup(connection, fresh)
    try:
        kept = _move_away(path) if path.exists() else None
        fresh.rename(path)
        return kept
    finally:
        fresh.unlink(missing_ok=True)


def _move_away(path: Path) -> Path:
    _fold(path)
    number = 1
    while (kept := path.with_name(f"{path.stem}.replaced-{number}{path.suffix}")).exists():
        number += 1
    path.rename(kept)
    return kept


def _fold(path: Path) -> None:
    """Fold a study's log into its file, or refuse because another window holds it."""
    with plain_errors(path), contextlib.closing(_connect(path)) as old:
        old.execute("PRAGMA busy_timeout = 0")
        old.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            old.execute("BEGIN EXCLUSIVE")
            old.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise StudyProblem(f"{path} is open in another window", "close it first") from error
    stray = next((p for p in _companions(path) if p.exists()), None)
    if stray is not None:
        raise StudyProblem(f"{path} is open in another window ({stray.name})", "close it first")


def check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Let SQLite look for damage.

    Raises:
        StudyProblem: With SQLite's first complaint.
    """
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise StudyProblem(f"{path} is damaged: {answer}", "coder restore takes the last backup")


@contextlib.contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the disk and SQLite complain about into one line a user can act on."""
    try:
        yield
    except CoderError:
        raise
    except (sqlite3.DatabaseError, OSError) as error:
        raise _plain(error, path) from error


def _plain(error: Exception, path: Path) -> CoderError:
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
    # Broken constraints and the like are faults of the program: keep the traceback.
    raise error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _use_wal(connection: sqlite3.Connection, path: Path) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StudyProblem(
            f"{path}: this disk cannot keep a write-ahead log, so coding here would not be safe",
            "move the study to a local disk",
        )
    # Measured: 0.4 ms a commit with FULL, 0.12 with NORMAL; a key press that shows is on disk.
    connection.execute("PRAGMA synchronous = FULL")


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise StudyProblem(
            f"{path} was made by a newer program (format {version}, this one knows {len(STEPS)})",
            "install the newer coder",
        )


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == len(STEPS):
        return
    backup(connection, path.with_name(f"{path.stem}.before-format-{len(STEPS)}{path.suffix}"))
    apply_pending(_sqlite_utils_database(connection))


def schema_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over every table, index, trigger and view that is not SQLite's own."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
        " WHERE substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 8) <> '_sqlite_'"
        " ORDER BY type, name"
    )
    text = "\n".join("|".join(str(part) for part in row) for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    if schema_digest(connection) != SCHEMA_DIGEST:
        raise StudyProblem(
            f"{path} holds tables, triggers or views that this program did not make",
            "open a backup; a foreign trigger could change codes unseen",
        )


def _companions(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def _stray(path: Path) -> Path | None:
    return next((p for p in _companions(path) if p.exists() and not path.exists()), None)


def _sqlite_utils_database(connection: sqlite3.Connection) -> Database:
    """Wrap a connection in sqlite-utils, whose import is kept from pulling in pandas.

    sqlite_utils imports pandas and numpy where it finds them, only to know their types: 0.8 s
    and more instead of 0.2 s. Nothing from either ever reaches this room.
    """
    hidden: dict[str, Any] = {}
    with _import_lock:
        if "sqlite_utils" not in sys.modules:
            for name in ("pandas", "numpy"):
                if name not in sys.modules:
                    hidden[name] = sys.modules[name] = None  # type: ignore[assignment]
        try:
            from sqlite_utils import Database
        finally:
            for name in hidden:
                del sys.modules[name]
    return Database(connection, execute_plugins=False)


def file_size(path: Path) -> int:
    """Bytes of the study and its companions on disk."""
    return sum(os.path.getsize(p) for p in (path, *_companions(path)) if p.exists())
