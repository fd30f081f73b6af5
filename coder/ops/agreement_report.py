"""What an agreement analysis says: rows, confusions, progress and cautions, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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

ROUND = "round"
"""What units are divided by where every round is compared by itself."""

IntervalMethod = Literal["jackknife", "bootstrap", "analytic", "none"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to compute intervals."""

    interval: IntervalMethod = "jackknife"
    replicates: int = 1000
    seed: int = 1
    confidence: float = 0.95
    statistics: tuple[str, ...] = ()
    """These as well, wherever the answers allow them; besides the usual ones."""


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
    by: str = ""
    group: str = ""
    """As of rows."""

    @property
    def most_confused(self) -> tuple[str, str, int] | None:
        """The two categories that were taken for each other most often, and on how many units.

        Whichever coder gave which of them; the first such pair in the order of the categories.
        """
        best: tuple[str, str, int] | None = None
        for i, first in enumerate(self.categories):
            for j in range(i + 1, len(self.categories)):
                units = self.counts[i][j] + self.counts[j][i]
                if units > (best[2] if best else 0):
                    best = (first, self.categories[j], units)
        return best


@dataclass(frozen=True, slots=True)
class DisagreedUnit:
    """A unit that coders answered differently."""

    code_set: str
    unit: str
    cluster: str
    """What the unit is nested in; empty where nobody said."""
    coders: tuple[str, ...]
    answers: tuple[str, ...]
    """One for each coder."""
    rows: tuple[int, ...]
    """Where each answer stands in its file."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How far one coder is with the units that a comparison could use."""

    code_set: str
    coder: str
    finished: int
    eligible: int


def company(coders: tuple[str, ...]) -> str:
    """The coders of a comparison in few words."""
    return "–".join(coders) if len(coders) == 2 else f"all {len(coders)}"


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
        """What it is about, in words; empty where there is only one thing it can be about."""
        of_level = LEVEL_WORDS[self.level] if self.level and self.level != "unit" else ""
        return " ".join(part for part in (self.code_set, of_level) if part)


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Everything ``coder agree`` says of a study, or of files of ratings."""

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
    weights: str = ""
    """The weights that lead on scales: linear, quadratic or custom; empty for quadratic."""
    noun: str = "transcript"
    """What the units are nested in."""
    files: tuple[str, ...] = ()
    """Where the ratings stand; empty for a study."""
    shape: str = ""
    """What the files were taken for."""
    notes: tuple[str, ...] = ()
    """What was assumed or left out, one plain sentence each."""
    disagreements: tuple[DisagreedUnit, ...] | None = None
    """None where nobody asked for them."""
    too_rare_in: Mapping[tuple[str, str], Mapping[tuple[str, Level, str, tuple[str, ...]], str]] = (
        field(default_factory=dict)
    )
    """The same of each part of the units, by what they were divided by and the part."""

    def why_rare(self, row: AgreementRow) -> str:
        """Why the counts of a row's code should be read and not its coefficients; else empty."""
        key = (row.code_set, row.level, row.code, row.coders)
        reasons = self.too_rare_in.get((row.by, row.group), {}) if row.group else self.too_rare
        return reasons.get(key, "")

    @property
    def warnings(self) -> tuple[str, ...]:
        """The cautions as sentences, each once."""
        said = []
        for one in self.cautions:
            who = company(one.coders) if one.coders and self.has_several_companies else ""
            said.append(": ".join(filter(None, (who, one.place, one.text))))
        return tuple(dict.fromkeys(said))

    @property
    def has_several_companies(self) -> bool:
        """Whether there are cautions about more than one pair (or larger group) of coders."""
        return len({one.coders for one in self.cautions if one.coders}) > 1

    @property
    def companies(self) -> tuple[tuple[str, ...], ...]:
        """The pairs (and larger groups) of coders that were compared."""
        return tuple(dict.fromkeys(row.coders for row in self.rows))
