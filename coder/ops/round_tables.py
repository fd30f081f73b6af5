"""Rounds as a table for files, and as lines for a screen."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.model import Viewer
from coder.model.times import local_day
from coder.ops.rounds import Round, standings
from coder.ops.study import Study
from coder.ops.wrapping import hanging


def rounds_table(study: Study, viewer: Viewer, rounds: Sequence[Round]) -> Table:
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
            Column("opened", "Opened (UTC)"),
            Column("closed", "Closed (UTC)"),
            Column("sample", "Sample"),
        ),
        rows=tuple(
            (
                one.name,
                one.purpose,
                f"{one.book} {one.version}",
                len(one.units),
                _standings(study, viewer, one),
                one.opened_at[:10],
                one.closed_at[:10],
                _sample(one),
            )
            for one in rounds
        ),
    )


def rounds_page(study: Study, viewer: Viewer, rounds: Sequence[Round], width: int) -> str:
    """Name, state and progress of each round, then what it is of."""
    out: list[str] = []
    names = max((len(one.name) for one in rounds), default=0)
    for one in rounds:
        state = (
            f"closed {local_day(one.closed_at)}"
            if one.closed_at
            else f"open since {local_day(one.opened_at)}"
        )
        done = _standings(study, viewer, one)
        first = f"{one.name:<{names}}  "
        out += hanging(first, f"{one.purpose}, {state}: {done}", width)
        of = f"{len(one.units)} excerpts ({_sample(one)}), {one.book} {one.version}"
        out += hanging(" " * len(first), of, width)
    return "\n".join(out)


def _standings(study: Study, viewer: Viewer, one: Round) -> str:
    found = standings(study, viewer, one)
    return ", ".join(f"{alias} {words}" for alias, words in found.items())


def _sample(one: Round) -> str:
    """How its excerpts were chosen, in words."""
    if "share" not in one.sample:
        return ", ".join(one.sample.get("transcripts", ())) or "named excerpts"
    within = f" within {', '.join(one.sample['stratify'])}" if one.sample["stratify"] else ""
    return f"{one.sample['share']:.0%} of transcripts{within}, seed {one.sample['seed']}"
