"""Coders against the settled answers: feedback for training, and never called agreement.

The settled answer is made of the coders' own, so a coefficient that corrects for chance would
correct for the wrong thing. Counts and shares are all there is here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coder.errors import UsageError
from coder.model import Viewer
from coder.ops.agreement_report import Confusion
from coder.ops.comparable import asks, compared, of_round, ordinary, profiles_of, round_named
from coder.ops.corpus import coder_named, list_coders
from coder.ops.offering import counted_codes
from coder.ops.study import Study
from coder.ops.unit_levels import code_of
from coder.store.read_models import Answer, Profile

SETTLED = "settled"
WHAT_IT_IS = (
    "Training feedback, not agreement: the settled answers are made of the coders' own, and"
    " settled are mostly the units on which they differed."
)


@dataclass(frozen=True, slots=True)
class CodeFeedback:
    """One code of one coder beside the settled answers."""

    code: str
    settled: int
    """Units whose settled answer has it."""
    given: int
    """Of the same units, those on which the coder put it."""
    both: int

    @property
    def found(self) -> float | None:
        """Of the units settled to it, the share on which the coder had it."""
        return self.both / self.settled if self.settled else None

    @property
    def kept(self) -> float | None:
        """Of the coder's own uses, the share that was settled on."""
        return self.both / self.given if self.given else None


@dataclass(frozen=True, slots=True)
class Feedback:
    """One coder's answers to one code set beside the settled ones."""

    code_set: str
    coder: str
    units: int
    """Units that are settled and that the coder had finished."""
    same: int
    """Units on which the coder's whole answer was settled on."""
    codes: tuple[CodeFeedback, ...]
    """Codes that either has."""
    confusion: Confusion | None
    """Rows are the coder's answers, columns the settled ones; None for sets of several codes."""


def settled_feedback(
    study: Study,
    viewer: Viewer,
    code_sets: Sequence[str] = (),
    coders: Sequence[str] = (),
    *,
    round_name: str = "",
    all_units: bool = False,
) -> tuple[Feedback, ...]:
    """Each coder's answers beside the settled ones, set by set.

    Args:
        study: The study.
        viewer: Who is looking; what an open round hides is not counted.
        code_sets: Names; by default all of the active codebook (of a round: of its own).
        coders: Aliases; by default everybody.
        round_name: What was said in this round; empty for ordinary coding.
        all_units: Also units whose question does not feed the set.

    Raises:
        UsageError: An unknown set, coder or round, or nothing is settled that anybody finished.
    """
    aliases = [coder_named(study, alias).alias for alias in dict.fromkeys(coders)]
    aliases = aliases or [coder.alias for coder in list_coders(study)]
    source = ordinary(study, code_sets)
    if round_name:
        source = of_round(study, round_named(study, round_name), code_sets)
    out = []
    for owned in source.sets:
        said = profiles_of(study, viewer, source, owned, aliases)
        profiles = compared(said, (lambda _: True) if all_units else asks(owned))
        settled = [profile for profile in profiles if profile.settled is not None]
        for alias in aliases:
            pairs = _pairs(settled, alias)
            if pairs:
                used = {c for a, b, _ in pairs for c in a.codes | b.codes}
                names = [code.id for code in counted_codes(owned[1], used)]
                out.append(_of_coder(owned[1].id, alias, pairs, names, owned[1].mode != "multi"))
    if not out:
        raise UsageError(
            "nothing is settled that you may see", "coder disagreements lists what could be"
        )
    return tuple(out)


_Pair = tuple[Answer, Answer, int]
"""What the coder said and what was settled, on so many units."""


def _pairs(profiles: Sequence[Profile], alias: str) -> list[_Pair]:
    return [
        (answer, profile.settled, profile.units)
        for profile in profiles
        for answer in profile.answers
        if answer.coder == alias and profile.settled is not None
    ]


def _of_coder(
    code_set: str, alias: str, pairs: Sequence[_Pair], names: Sequence[str], is_single: bool
) -> Feedback:
    settled, given, both = Counter[str](), Counter[str](), Counter[str]()
    cells: Counter[tuple[str, str]] = Counter()
    for said, final, n in pairs:
        for counter, codes in (
            (given, said.codes),
            (settled, final.codes),
            (both, said.codes & final.codes),
        ):
            counter.update(dict.fromkeys(codes, n))
        cells[code_of(said) or "", code_of(final) or ""] += n
    used = {answer for cell in cells for answer in cell}
    categories = [name for name in names if name in used] + sorted(used - set(names))
    counts = tuple(tuple(cells[a, b] for b in categories) for a in categories)
    pair = (alias, SETTLED)
    return Feedback(
        code_set=code_set,
        coder=alias,
        units=sum(n for *_, n in pairs),
        same=sum(n for a, b, n in pairs if (a.status, a.codes) == (b.status, b.codes)),
        codes=tuple(
            CodeFeedback(name, settled[name], given[name], both[name])
            for name in names
            if settled[name] or given[name]
        ),
        confusion=(
            Confusion(code_set, "", "code", pair, tuple(categories), counts) if is_single else None
        ),
    )
