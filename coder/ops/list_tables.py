"""Working lists and progress as tables."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Cell, Column, Table
from coder.model import Codebook
from coder.ops.pace import set_progress
from coder.ops.working_lists import Listed, count_in_words


def queue_table(found: Sequence[Listed], words: str) -> Table:
    """A line per excerpt of a list, in its order.

    Args:
        found: The excerpts.
        words: What the list is of.
    """
    return Table(
        name="queue",
        title=f"{words[:1].upper()}{words[1:]}: {count_in_words(found)}",
        columns=(
            Column("excerpt", "Excerpt"),
            Column("transcript", "Transcript"),
            Column("question", "Question"),
            Column("state", "State"),
        ),
        rows=tuple((row.ref, row.transcript, row.question, row.state) for row in found),
    )


def count_table(found: Sequence[Listed]) -> Table:
    """How long a list is, for files."""
    return Table(
        name="queue_count",
        title="Excerpts of the list",
        columns=(
            Column("excerpts", "Excerpts", "count"),
            Column("transcripts", "Transcripts", "count"),
        ),
        rows=((len(found), len({row.transcript for row in found})),),
    )


def progress_tables(found: Sequence[Listed], book: Codebook, alias: str) -> tuple[Table, Table]:
    """Finished of asked: a line per transcript and code set, then a line per code set."""
    by_name: dict[str, list[Listed]] = {}
    for row in found:
        by_name.setdefault(row.transcript, []).append(row)
    columns = (
        Column("code_set", "Code set"),
        Column("finished", "Finished", "count"),
        Column("asked", "Asked", "count"),
        Column("share", "Share", "percent"),
    )
    lines = {name: _lines(rows, book) for name, rows in sorted(by_name.items())}
    each = Table(
        name="progress",
        title=f"Progress of {alias} by transcript",
        columns=(Column("transcript", "Transcript"), *columns),
        rows=tuple((name, *line) for name, found_in in lines.items() for line in found_in),
    )
    whole = Table(
        name="progress_by_set",
        title=f"Progress of {alias}",
        columns=columns,
        rows=tuple(_lines(found, book)),
    )
    return each, whole


def _lines(rows: Sequence[Listed], book: Codebook) -> list[tuple[Cell, ...]]:
    return [
        (one.code_set, one.finished, one.asked, one.finished / one.asked)
        for one in set_progress(rows, book)
    ]
