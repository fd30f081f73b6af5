"""An open study: its connection, its clock, its ids, and the only way to change it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from coder.model import IdSource, random_id
from coder.store import connect, journal

Clock = Callable[[], str]


def utc_now() -> str:
    """The time now in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class Store:
    """One open study file. Not for use in two threads at once: a worker opens its own."""

    path: Path
    db: sqlite3.Connection
    clock: Clock = utc_now
    new_id: IdSource = random_id
    is_second: bool = False
    """Whether this process has the study open on another connection, which stays."""
    entries_made: int = 0
    """Journal entries that were written through this connection."""

    @classmethod
    def create(cls, path: Path, clock: Clock = utc_now, new_id: IdSource = random_id) -> Store:
        """Make a new, empty study file."""
        return cls(path, connect.create(path), clock, new_id)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open a study file after checking it."""
        return cls(path, connect.open_existing(path))

    def again(self) -> Store:
        """A second connection to the same study, for a worker thread."""
        return Store(self.path, connect.open_again(self.path), self.clock, self.new_id, True)

    def close(self) -> None:
        """Close; the last one out folds everything back into the one file."""
        connect.close(self.db, self.path, folds=not self.is_second)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is changed inside is kept as a whole or not at all.

        Nobody else can write in between, so what was read inside still holds when it is acted
        on. A change made inside that fails takes only itself back.
        """
        with journal.immediate(self.db, self.path):
            yield

    @contextmanager
    def rehearsal(self) -> Iterator[journal.Transaction]:
        """A change that is tried out to the last rule of the study, and then not kept."""
        with journal.immediate(self.db, self.path, keep=False):
            yield journal.Transaction(self.db)

    @contextmanager
    def change(self, actor: str, kind: str) -> Iterator[journal.Transaction]:
        """One user action: all its changes and its journal entry, or nothing.

        Args:
            actor: Uid of the coder who acts; empty for the program itself.
            kind: What kind of action, such as ``code`` or ``import``.

        Yields:
            The transaction to ``put`` states into; set its ``words`` before leaving.
        """
        with journal.immediate(self.db, self.path):
            done = journal.Transaction(self.db, kind=kind)
            yield done
            journal.append(self.db, done, uid=self.new_id(), actor=actor, at=self.clock())
        self.entries_made += bool(done.entry)

    def setting(self, key: str) -> str:
        """A value of the study table, or empty."""
        row = self.db.execute("SELECT value FROM study WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row is not None else ""

    def newest_entry_at(self) -> str:
        """Time of the newest journal entry, or empty."""
        return str(self.db.execute("SELECT coalesce(max(at), '') FROM entry").fetchone()[0])

    def newest_entry(self) -> int:
        """A number that grows with every journal entry of this file; costs microseconds."""
        return int(self.db.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0])

    def data_version(self) -> int:
        """A number that changes when another connection has committed; costs microseconds."""
        return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    def fold_at_rest(self) -> None:
        """Let what is written gather in the log, until ``fold`` is called or there is much of it.

        By itself SQLite puts it in its place with every thousandth page: at one key in a hundred,
        for as long as twenty other keys in a large study.
        """
        self.db.execute(f"PRAGMA wal_autocheckpoint = {connect.GATHERED_PAGES}")

    def fold(self) -> None:
        """Put in its place what has gathered in the log, as far as nobody reads it just now."""
        self.db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def backup(self, target: Path) -> None:
        """Copy the study to one file."""
        connect.backup(self.db, target)

    @staticmethod
    def restore(backup: Path, path: Path) -> Path | None:
        """Put a copy of a backup at a path, moving what is there out of the way.

        Returns:
            Where the file that was there went, or None.
        """
        return connect.restore(backup, path)

    def is_large(self) -> bool:
        """Whether the file is too large to be read through on opening."""
        return self.path.stat().st_size > connect.QUICK_CHECK_BYTES

    def check(self) -> None:
        """Look for damage in the file."""
        connect.check_pages(self.db, self.path)

    def differences(self, tell: Callable[[int], None]) -> dict[str, int]:
        """How many objects of each kind are not as the journal left them."""
        # Deferred: few open a study to check it.
        from coder.store import audit

        return audit.differences(self.db, tell)

    def format(self) -> int:
        """The number of schema steps this file has."""
        return int(self.db.execute("PRAGMA user_version").fetchone()[0])

    def counts(self) -> dict[str, int]:
        """Rows of the main tables, for people."""
        tables = {
            "transcripts": "transcript WHERE is_live",
            "excerpts": "unit WHERE is_live AND kind = 'excerpt'",
            "records": "unit WHERE is_live AND kind = 'record'",
            "coders": "coder",
            "codings": "coding",
            "decisions": "decision",
            "memos": "memo",
            "flags": "flag",
            "settlements": "settlement",
            "journal entries": "entry",
        }
        return {
            name: int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for name, table in tables.items()
        }
