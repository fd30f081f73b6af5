"""Random answers that are sets of codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from coder.stats import SetCounts, agree_sets, names_for

CODES = ("w", "x", "y", "z")
ALL = names_for("sets of codes")
Answers = dict[str, frozenset[str]]
Unit = tuple[str, Answers]


@dataclass(frozen=True)
class SetStudy:
    """Units of transcripts with each coder's set."""

    units: list[Unit]

    def counts(self) -> SetCounts:
        """As counts, all codes declared.

        Coders come in order of appearance.
        """
        rows = [
            (transcript, coder, str(number), answer)
            for number, (transcript, answers) in enumerate(self.units)
            for coder, answer in answers.items()
        ]
        return SetCounts.from_rows(rows, CODES)


@st.composite
def set_studies(draw: st.DrawFn) -> SetStudy:
    """Coders who start from a common set and add or drop codes; some answers are missing."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    coders, noise = draw(st.integers(2, 4)), draw(st.sampled_from([0.0, 0.1, 0.5]))
    missing = draw(st.sampled_from([0.0, 0.3]))
    used = draw(st.integers(0, 4))
    units = []
    for _ in range(draw(st.integers(1, 25))):
        truth = rng.random(4) < 0.4
        answers = {}
        for coder in range(coders):
            if rng.random() >= missing:
                held = (truth ^ (rng.random(4) < noise)) & (np.arange(4) < used)
                answers[f"coder {coder}"] = frozenset(CODES[k] for k in np.flatnonzero(held))
        units.append((f"T{rng.integers(0, 5)}", answers))
    return SetStudy(units)


def values(counts: SetCounts, names: tuple[str, ...] = ALL) -> dict[str, float]:
    """The statistics by name, NaN where undefined."""
    rows = agree_sets(counts, names, interval="none")
    return {row.statistic: float("nan") if row.estimate is None else row.estimate for row in rows}
