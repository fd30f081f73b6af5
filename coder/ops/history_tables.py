"""The journal as a table for files, and as lines for a screen."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.model.times import local_minute
from coder.ops.history import ExcerptLog, LogLine
from coder.ops.wrapping import hanging


def log_table(lines: Sequence[LogLine], *, with_numbers: bool = True) -> Table:
    """One line per entry, newest first; what was undone says so.

    Args:
        lines: Of the journal.
        with_numbers: Give each entry its number; not where an open round hides some, because what
            is missing between the others says how much was done.
    """
    return Table(
        name="log",
        title="Journal",
        columns=(
            Column("lamport", "No.", "count"),
            Column("at", "When (UTC)", "date"),
            Column("actor", "Coder"),
            Column("words", "What"),
            Column("undone", "Undone"),
        ),
        rows=tuple(
            (
                line.lamport if with_numbers else None,
                line.at,
                line.actor,
                line.words,
                "" if _stands(line) else "undone",
            )
            for line in lines
        ),
    )


def log_page(lines: Sequence[LogLine], width: int) -> str:
    """Minute, coder and what was done, newest first; what was undone says so."""
    coders = max((len(line.actor) for line in lines), default=0)
    out = []
    for line in lines:
        when = local_minute(line.at)
        words = line.words + ("" if _stands(line) else " [undone]")
        out += hanging(f"{when}  {line.actor:<{coders}}  ", words, width)
    return "\n".join(out)


def excerpt_page(found: ExcerptLog, width: int) -> str:
    """Minute, coder and what was done to one excerpt, newest first; what was undone says so."""
    coders = max((len(line.actor) for line in found.lines), default=0)
    out = []
    if found.blind_in:
        hidden = f"The round {found.blind_in} is open: nothing that others did is shown."
        out += [*hanging("", hidden, width), ""]
    for line in found.lines:
        when = local_minute(line.at)
        words = line.words + ("" if _stands(line) else " [undone]")
        out += hanging(f"{when}  {line.actor:<{coders}}  ", words, width)
    return "\n".join(out)


def _stands(line: LogLine) -> bool:
    return line.is_live or line.kind in ("undo", "redo")
