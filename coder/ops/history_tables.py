"""The journal as a table for files, and as lines for a screen."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.model.times import local_minute
from coder.ops.history import ExcerptLog, LogLine
from coder.ops.wrapping import hanging


def log_table(lines: Sequence[LogLine]) -> Table:
    """One line per entry, newest first; what was undone says so."""
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
                line.lamport,
                line.at,
                line.actor,
                line.words,
                "" if _stands(line) else "undone",
            )
            for line in lines
        ),
    )


def log_page(lines: Sequence[LogLine], width: int, *, with_numbers: bool = True) -> str:
    """Number, minute, coder and what was done, newest first; what was undone says so."""
    coders = max((len(line.actor) for line in lines), default=0)
    digits = max((len(str(line.lamport)) for line in lines), default=0)
    out = []
    for line in lines:
        when = local_minute(line.at)
        words = line.words + ("" if _stands(line) else " [undone]")
        number = f"{line.lamport:>{digits}}  " if with_numbers else ""
        out += hanging(f"{number}{when}  {line.actor:<{coders}}  ", words, width)
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
