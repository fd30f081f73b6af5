"""Undo, redo and the log."""

from __future__ import annotations

from dataclasses import dataclass

from coder.errors import NotAllowed
from coder.model import Coder, Viewer
from coder.ops.coding import Done
from coder.ops.corpus import list_coders
from coder.ops.study import Study
from coder.store import journal


def undo(study: Study, coder: Coder | None) -> Done:
    """Take back this coder's newest action that still stands, as one new journal entry.

    Without a coder: the newest thing done to the study itself, such as an import.

    Raises:
        NotAllowed: There is none, or something later stands on it; the message names it.
    """
    actor, name = _actor(coder)
    with study.store.change(actor, "undo") as done:
        target = journal.newest_undoable(study.store.db, actor)
        if target is None or target.kind in ("new", "coder"):
            raise NotAllowed(f"{name} has nothing to undo")
        _take_back(done, target, "undid")
    return Done(done.entry, done.words)


def redo(study: Study, coder: Coder | None) -> Done:
    """Take back this coder's newest undo, as long as nothing new was done since.

    Raises:
        NotAllowed: There is none, or something later stands in its way.
    """
    actor, name = _actor(coder)
    with study.store.change(actor, "redo") as done:
        target = journal.newest_redoable(study.store.db, actor)
        if target is None:
            raise NotAllowed(f"{name} has nothing to redo")
        _take_back(done, target, "redid")
    return Done(done.entry, done.words)


def _actor(coder: Coder | None) -> tuple[str, str]:
    return (coder.id, coder.alias) if coder else ("", "nobody without a --coder")


def _take_back(done: journal.Transaction, target: journal.Entry, verb: str) -> None:
    journal.put_back(done, target)
    # Of an undo entry the words say "undid: ..."; a redo names the action itself.
    done.words = f"{verb}: {target.words.removeprefix('undid: ')}"
    done.undoes, done.root = target.uid, target.root


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log."""

    entry: str
    lamport: int
    at: str
    actor: str
    """Alias of the coder; empty for the program itself."""
    kind: str
    words: str
    is_live: bool
    """False for an action that was undone."""


def log(study: Study, viewer: Viewer, limit: int = 50) -> tuple[LogLine, ...]:
    """The newest entries, newest first.

    While a round is open, what its other coders did on its units is shown without its words.
    """
    aliases = {coder.id: coder.alias for coder in list_coders(study)}
    hidden = journal.blind_entries(study.store.db, viewer.alias)
    return tuple(
        LogLine(
            entry=entry.uid,
            lamport=entry.lamport,
            at=entry.at,
            actor=aliases.get(entry.actor, ""),
            kind=entry.kind,
            words="(hidden while the round is open)" if entry.uid in hidden else entry.words,
            is_live=is_live,
        )
        for entry, is_live in journal.entries(study.store.db, limit)
    )
