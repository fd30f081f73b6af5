"""Rounds as a table for files and screens."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.ops.rounds import Round


def rounds_table(rounds: Sequence[Round]) -> Table:
    """A line per round: what for, with which codebook, who is how far, open or closed."""
    return Table(
        name="rounds",
        title="Rounds",
        columns=(
            Column("round", "Round"),
            Column("purpose", "Purpose"),
            Column("codebook", "Codebook"),
            Column("excerpts", "Excerpts", "count"),
            Column("finished", "Finished"),
            Column("opened", "Opened"),
            Column("closed", "Closed"),
            Column("sample", "Sample"),
        ),
        rows=tuple(
            (
                one.name,
                one.purpose,
                f"{one.book} {one.version}",
                len(one.units),
                ", ".join(f"{alias} {number}" for alias, number in one.finished.items()),
                one.opened_at[:10],
                one.closed_at[:10],
                _sample(one),
            )
            for one in rounds
        ),
    )


def _sample(one: Round) -> str:
    """How its excerpts were chosen, in words."""
    if "share" not in one.sample:
        return ", ".join(one.sample.get("transcripts", ())) or "named excerpts"
    within = f" within {', '.join(one.sample['stratify'])}" if one.sample["stratify"] else ""
    return f"{one.sample['share']:.0%} of transcripts{within}, seed {one.sample['seed']}"
