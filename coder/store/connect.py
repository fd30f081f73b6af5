"""The one door to a study file: opening, checking, backing up, closing."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError, StudyProblem
from coder.store import plain
from coder.store.migrations import APPLICATION_ID, STEPS, apply_pending
from coder.store.plain import PlainConnection, plain_errors

if TYPE_CHECKING:
    from sqlite_utils import Database

SCHEMA_DIGEST = "85301f3c811447933fd039a1d8da4239d72587fdb8619909b8615b2a518a0429"
"""SHA-256 over the schema that the steps make; a test recomputes it."""

QUICK_CHECK_BYTES = 16 * 2**20
"""Up to this size a study is checked on opening (under 50 ms); larger ones after the first
screen and by ``coder check``, since the time grows with the file."""

GATHERED_PAGES = 10_000
"""At most so many pages wait in the log while somebody codes without a rest: 40 MB."""

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
    if path.is_dir():
        raise StudyProblem(f"{path} is a folder, not a study", "name a file ending in .coder")
    if not path.is_file():
        stray = _stray(path)
        extra = f"; {stray.name} lies there without it" if stray else ""
        raise StudyProblem(f"there is no study {path}{extra}", "coder new NAME.coder makes one")
    _require_study(path)
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


def _require_study(path: Path) -> None:
    """Look whether a file is a study, before anything is made of it.

    Not with ``open``: closing a file of our own would drop the locks that another connection of
    this process holds on it.
    """
    hint = "a study is a file that coder new made"
    with plain_errors(path):
        if path.stat().st_size == 0:
            raise StudyProblem(f"{path} is empty, not a study", hint)
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as file:
            try:
                found = file.execute("PRAGMA application_id").fetchone()[0]
            except sqlite3.DatabaseError as error:
                if "not a database" not in str(error):
                    raise
                raise StudyProblem(f"{path} is not a study", hint) from error
    if found != APPLICATION_ID:
        raise StudyProblem(f"{path} is an SQLite file, but not a study", hint)


def open_again(path: Path) -> sqlite3.Connection:
    """A second connection to a study this process has open already, for a worker thread."""
    with plain_errors(path):
        connection = _connect(path)
        _use_wal(connection, path)
    return connection


def close(connection: sqlite3.Connection, path: Path, *, folds: bool = True) -> None:
    """Close; the last one to close folds the write-ahead log back into the one file.

    Closing twice does no harm.

    Args:
        connection: What is closed.
        path: The study.
        folds: Whether it may be the last one. A second connection is not, and its folding would
            look to the first like a change made elsewhere.
    """
    # Another window may hold the file: then its own close does the folding.
    with contextlib.suppress(CoderError, sqlite3.ProgrammingError):
        if folds:
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


def restore(source: Path, path: Path) -> Path | None:
    """Put a copy of a backup at a path; what is there is kept under a free name.

    The backup itself is only read.

    Returns:
        Where the file that was there went, or None.

    Raises:
        StudyProblem: The backup is no sound study, or the study at the path is open elsewhere,
            so its log would be orphaned.
    """
    if not source.is_file():
        raise StudyProblem(f"there is no backup {source}")
    _require_study(source)
    stray = _stray(path)
    if stray is not None:
        raise StudyProblem(f"{stray} lies there without its study", "move it away first")
    fresh = path.with_name(path.name + ".restoring")
    with plain_errors(source), contextlib.closing(_connect(source)) as old:
        _check_version(old, source)
        if old.execute("PRAGMA user_version").fetchone()[0] == len(STEPS):
            _check_schema(old, source)
        check_pages(old, source)
        backup(old, fresh)
    try:
        with plain_errors(path):
            kept = _move_away(path) if path.exists() else None
            fresh.rename(path)
        return kept
    finally:
        fresh.unlink(missing_ok=True)


def _move_away(path: Path) -> Path:
    """Keep a study under a free name; with its log, where that cannot be folded any more."""
    _fold(path)
    kept = _free_name(path, "replaced")
    for companion in _companions(path):
        if companion.exists():
            companion.rename(kept.with_name(kept.name + companion.name[len(path.name) :]))
    path.rename(kept)
    return kept


def _free_name(path: Path, word: str) -> Path:
    """A name beside a study that is not taken and does not end like a study's.

    Commands look for the only study in a folder; a copy must not make it two.
    """
    name, number = f"{path.name}.{word}", 1
    while path.with_name(name).exists():
        number += 1
        name = f"{path.name}.{word}-{number}"
    return path.with_name(name)


def _fold(path: Path) -> None:
    """Fold a study's log into its file, or refuse because another window holds it.

    A file that is damaged has nothing to fold; it must be possible to restore over it.
    """
    in_use = StudyProblem(f"{path} is open in another window", "close it first")
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as old:
        try:
            old.execute("PRAGMA locking_mode = EXCLUSIVE")
            old.execute("BEGIN EXCLUSIVE")
            old.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise in_use from error
        except sqlite3.DatabaseError:
            return
    if any(companion.exists() for companion in _companions(path)):
        raise in_use


def check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Let SQLite look for damage.

    Raises:
        StudyProblem: With SQLite's first complaint.
    """
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        # SQLite puts a headline above its complaint.
        complaint = answer.splitlines()[-1]
        raise StudyProblem(f"{path} is damaged: {complaint}", "coder restore takes the last backup")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=plain.BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=PlainConnection,
    )
    connection.path = path
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
    backup(connection, _free_name(path, f"before-format-{len(STEPS)}"))
    apply_pending(_sqlite_utils_database(connection))


def schema_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over every table, index, trigger and view that is not SQLite's own.

    Left out, besides, is the table in which sqlite-utils notes the steps that were made: its
    shape is not ours to fix. A trigger on it is not left out.
    """
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE NOT (type IN ('table', 'index')"
        " AND (substr(name, 1, 7) = 'sqlite_' OR tbl_name = '_sqlite_migrations'))"
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
