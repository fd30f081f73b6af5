"""Undo, redo and the log."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coder.errors import NotAllowed
from coder.model import Coder, Viewer
from coder.ops.coding import Done
from coder.ops.corpus import find_unit, list_coders
from coder.ops.study import Study
from coder.store import blind, journal, taking_back, transcripts


def undo(study: Study, coder: Coder | None) -> Done:
    """Take back this coder's newest action that still stands, as one new journal entry.

    Without a coder: the newest thing done to the study itself, such as an import.

    Raises:
        NotAllowed: There is none, or something later stands on it; the message names it.
    """
    actor = coder.id if coder else ""
    with study.store.change(actor, "undo") as done:
        target = taking_back.newest_undoable(study.store.db, actor)
        if target is None or target.kind in ("new", "coder"):
            raise _nothing_to("undo", coder)
        _take_back(done, target, "undid", coder)
    return Done(done.entry, done.words)


def redo(study: Study, coder: Coder | None) -> Done:
    """Take back this coder's newest undo, as long as nothing new was done since.

    Raises:
        NotAllowed: There is none, or something later stands in its way.
    """
    actor = coder.id if coder else ""
    with study.store.change(actor, "redo") as done:
        target = taking_back.newest_redoable(study.store.db, actor)
        if target is None:
            raise _nothing_to("redo", coder)
        _take_back(done, target, "redid", coder)
    return Done(done.entry, done.words)


@dataclass(frozen=True, slots=True)
class Next:
    """What undo or redo would take back next."""

    kind: str
    """Of action, such as ``code`` or ``codebook``."""
    words: str
    entry: str
    """Uid of the journal entry that would be taken back."""


def next_undo(study: Study, coder: Coder) -> Next | None:
    """The action that this coder's undo would take back; None where there is none."""
    return _next(study, taking_back.newest_undoable(study.store.db, coder.id))


def next_redo(study: Study, coder: Coder) -> Next | None:
    """The action that this coder's redo would do again; None where there is none."""
    return _next(study, taking_back.newest_redoable(study.store.db, coder.id))


def _next(study: Study, entry: journal.Entry | None) -> Next | None:
    if entry is None:
        return None
    action = taking_back.action_of(study.store.db, entry)
    return Next(action.kind, action.words, entry.uid)


def newest(study: Study) -> int:
    """Where the journal ends now, for ``done_since``."""
    return next((entry.lamport for entry, _ in journal.entries(study.store.db, 1)), 0)


def done_since(study: Study, coder: Coder, place: int, most: int = 100) -> int:
    """How many actions of a coder stand that came after a place of the journal.

    Args:
        study: The study.
        coder: Whose.
        place: As ``newest`` gave it.
        most: How many entries to look through.
    """
    return sum(
        entry.actor == coder.id
        and is_live
        and entry.lamport > place
        and entry.kind not in ("undo", "redo")
        for entry, is_live in journal.entries(study.store.db, most)
    )


def _nothing_to(verb: str, coder: Coder | None) -> NotAllowed:
    if coder is not None:
        return NotAllowed(f"{coder.alias} has nothing to {verb}")
    return NotAllowed(
        f"nothing was done to the study itself that one could {verb}",
        f"coder {verb} --coder AL is for what a coder did",
    )


def _take_back(
    done: journal.Transaction, target: journal.Entry, verb: str, coder: Coder | None
) -> None:
    taking_back.put_back(done, target, Viewer(coder.alias if coder else ""))
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
    """Of action; ``hidden`` where it is another's sorting."""
    words: str
    is_live: bool
    """False for an action that was undone."""


def log(study: Study, viewer: Viewer, limit: int = 50) -> tuple[LogLine, ...]:
    """The newest entries, newest first.

    While a round is open, what others did on its units is not there for its coders: how much it
    is says how far they are. How others sort codes into piles is there without its words.
    """
    aliases = {coder.id: coder.alias for coder in list_coders(study)}
    db = study.store.db
    sorting, hidden = blind.others_sorting(db, viewer), blind.hidden_entries(db, viewer)
    newest = journal.entries(db, limit + len(hidden))
    return tuple(
        _line(entry, aliases.get(entry.actor, ""), is_live, is_hidden=entry.uid in sorting)
        for entry, is_live in newest
        if entry.uid not in hidden
    )[:limit]


def blind_in(study: Study, viewer: Viewer) -> str:
    """Name of an open round because of which the log leaves something out, or empty."""
    return blind.blind_round(study.store.db, viewer)


_OF_MANY = ("load", "records", "split", "join")
"""Kinds of action whose words do not say what they did to one excerpt."""


@dataclass(frozen=True, slots=True)
class ExcerptLog:
    """What was done to one excerpt or record, and to what stands on it."""

    ref: str
    lines: tuple[LogLine, ...]
    """Newest first."""
    blind_in: str
    """Name of the open round for which nothing that others did is here; else empty."""


def excerpt_log(study: Study, viewer: Viewer, ref: str) -> ExcerptLog:
    """The history of one excerpt or record; also of one that was split, joined or dropped.

    While a round is open, what others did to its units is not there at all: that somebody was at
    an excerpt five times says something of it too.

    Raises:
        UsageError: There is no such excerpt.
    """
    unit = transcripts.read_unit(study.store.db, ref) or find_unit(study, ref)
    hidden = blind.hidden_entries(study.store.db, viewer)
    aliases = {coder.id: coder.alias for coder in list_coders(study)}
    moves: dict[str, list[str]] = {}
    for move in journal.code_moves_on(study.store.db, unit.id):
        sign, whose = "+" if move.is_on else "-", aliases.get(move.coder, "")
        moves.setdefault(move.entry, []).append(f"{sign}{move.code} by {whose}")
    lines = []
    for entry, is_live in journal.entries_on(study.store.db, unit.id):
        if entry.uid in hidden:
            continue
        line = _line(entry, aliases.get(entry.actor, ""), is_live, is_hidden=False)
        if line.kind in _OF_MANY and entry.uid in moves:
            line = replace(line, words=f"{line.words}: {', '.join(moves[entry.uid])}")
        lines.append(line)
    return ExcerptLog(ref, tuple(lines), blind.blind_round_on(study.store.db, viewer, ref))


def touched(study: Study, entry: str) -> tuple[str, ...]:
    """References of the excerpts and records that an entry changed, or what stands on them."""
    return tuple(journal.units_of(study.store.db, entry))


def transcripts_touched(study: Study, entry: str) -> tuple[str, ...]:
    """Names of the transcripts in which an entry changed something; none for a codebook."""
    return tuple(journal.transcripts_of(study.store.db, entry))


def _line(entry: journal.Entry, alias: str, is_live: bool, *, is_hidden: bool) -> LogLine:
    # That nothing was said to apply is an answer too; that something was undone is none.
    is_answer = is_hidden and entry.kind not in ("undo", "redo")
    return LogLine(
        entry=entry.uid,
        lamport=entry.lamport,
        at=entry.at,
        actor=alias,
        kind="hidden" if is_answer else entry.kind,
        words="(hidden as others' piles are)" if is_hidden else entry.words,
        is_live=is_live,
    )
