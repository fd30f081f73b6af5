"""What became of disagreements once they were talked over: counts, and never a coefficient.

After settlement everybody agrees by construction, so how often the settled answer is whose is all
that can be said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder.store.read_models import Answer

Judged = tuple[Sequence[Answer], Answer | None, int]
"""What coders said of so many units, and the settled answer."""


@dataclass(frozen=True, slots=True)
class Negotiated:
    """Disagreements on one code set by where their settled answers come from."""

    code_set: str
    disagreements: int
    to: Mapping[str, int]
    """By whose answer it was; coders who had said the same stand together."""
    new: int
    """Settled to an answer that nobody had given."""
    open: int
    changed: int
    """Answers all coders had agreed on, settled to something else."""

    @property
    def settled(self) -> int:
        """How many disagreements are settled."""
        return self.disagreements - self.open

    @property
    def sentence(self) -> str:
        """The counts in words."""
        parts = [f"{n} to {who}" for who, n in sorted(self.to.items())]
        parts += [f"{n} {word}" for n, word in ((self.new, "new"), (self.open, "open")) if n]
        noun = "disagreement" if self.disagreements == 1 else "disagreements"
        said = f"{self.disagreements} {noun}" + (f": {', '.join(parts)}" if parts else "")
        if self.changed:
            said += f"; {self.changed} settled against what all had said"
        return said


def negotiated(code_set: str, units: Iterable[Judged]) -> Negotiated:
    """Count units on which coders differed by whose answer was settled on.

    Args:
        code_set: Its id.
        units: What was said, with the settlement and a number of units; those that fewer than two
            coders finished are left out.
    """
    to: Counter[str] = Counter()
    disagreements = new = still_open = changed = 0
    for answers, settled, n in units:
        if len(answers) < 2:
            continue
        if len({(a.status, a.codes) for a in answers}) == 1:
            if settled is not None and not whose(answers, settled):
                changed += n
            continue
        disagreements += n
        if settled is None:
            still_open += n
        elif who := whose(answers, settled):
            to[" and ".join(who)] += n
        else:
            new += n
    return Negotiated(code_set, disagreements, dict(to), new, still_open, changed)


def whose(answers: Sequence[Answer], settled: Answer) -> tuple[str, ...]:
    """The coders whose answer the settlement is."""
    given = (settled.status, settled.codes)
    return tuple(a.coder for a in answers if (a.status, a.codes) == given)
