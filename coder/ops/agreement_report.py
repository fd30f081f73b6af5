"""What an agreement analysis says: rows, confusions, progress and cautions, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from coder.stats import Estimate

Level = Literal[
    "valence",
    "valence_applied",
    "code",
    "code_applied",
    "set",
    "set_applied",
    "applies",
    "person",
    "span",
    "unit",
]
"""What is compared: the valence of the unit, the code itself (or one code against the rest), the
whole set of codes, or whether anything was applied; ``_applied`` only over the units on which all
compared coders applied something; the rolled-up value of a person-year; free spans of text; or
whatever a file of ratings has, which does not say what it is."""

LEVEL_WORDS: Mapping[Level, str] = {
    "valence": "valence",
    "valence_applied": "… where applied",
    "code": "code",
    "code_applied": "… where applied",
    "set": "sets of codes",
    "set_applied": "… where applied",
    "applies": "applied or not",
    "person": "person-years",
    "span": "spans",
    "unit": "code",
}

IntervalMethod = Literal["jackknife", "bootstrap", "analytic", "none"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to compute intervals."""

    interval: IntervalMethod = "jackknife"
    replicates: int = 1000
    seed: int = 1
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One statistic of one comparison."""

    code_set: str
    code: str
    """One code, or one valence, against all other answers; empty for the whole comparison."""
    level: Level
    coders: tuple[str, ...]
    estimate: Estimate
    by: str = ""
    """What the units were divided by: transcript, question, round, or an attribute such as role."""
    group: str = ""
    """Which part of them this is; empty for all of them together."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each pair of answers was given by two coders."""

    code_set: str
    code: str
    level: Level
    coders: tuple[str, str]
    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """Rows are the first coder's answers, columns the second's."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How far one coder is with the units that a comparison could use."""

    code_set: str
    coder: str
    finished: int
    eligible: int


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know before believing a figure."""

    code_set: str
    level: Level | None
    """None where it is about the code set as a whole."""
    text: str
    coders: tuple[str, ...] = ()
    """Whose comparison it is about; empty where it is about all."""

    @property
    def place(self) -> str:
        """What it is about, in words."""
        return f"{self.code_set} {LEVEL_WORDS[self.level]}" if self.level else self.code_set


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Everything ``coder agree`` says of a study."""

    rows: tuple[AgreementRow, ...]
    confusions: tuple[Confusion, ...]
    finished: tuple[Finished, ...]
    cautions: tuple[Caution, ...]
    too_rare: Mapping[tuple[str, Level, str, tuple[str, ...]], str]
    """By set, level, code and coders, why a code's counts should be read and not its
    coefficients."""
    interval: IntervalMethod
    confidence: float
    seed: int | None
    """Of the bootstrap; None where nothing random was used."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """The cautions as sentences, each once."""
        return tuple(dict.fromkeys(f"{one.place}: {one.text}" for one in self.cautions))

    @property
    def companies(self) -> tuple[tuple[str, ...], ...]:
        """The pairs (and larger groups) of coders that were compared."""
        return tuple(dict.fromkeys(row.coders for row in self.rows))
