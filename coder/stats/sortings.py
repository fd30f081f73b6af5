"""How alike two people sort the same things into piles: the adjusted Rand index, pair by pair.

Nobody's piles need to have the same names, or be as many: only which things somebody put
together counts. A thing may lie in several piles. Two things are then *together* where at least
one pile holds both, and for every two people the pairs of things fall into a 2 x 2 table:

====================  ===================  ================
                      second: together     second: apart
first: together       both_together        only_first
first: apart          only_second          both_apart
====================  ===================  ================

    ARI = 2 (both_together * both_apart - only_first * only_second) /
          ((both_together + only_first) (only_first + both_apart)
           + (both_together + only_second) (only_second + both_apart))

For piles that do not overlap this is exactly the adjusted Rand index of Hubert and Arabie, and it
is Cohen's kappa of "together" over all pairs (Warrens). Where piles overlap the first of these is
not defined and the second is, so that is what is reported there; for piles without overlap
scikit-learn computes it.

1 is the same sorting; 0 is what comes out on average where one person's things are dealt anew, at
random, to that person's piles as they are, with or without overlap; below 0 is less than that. It
is no share of anything. The things sorted are no sample of a population of things, so there is no
interval.

References:
    Hubert, L., & Arabie, P. (1985). Comparing partitions. Journal of Classification, 2, 193-218.
    Warrens, M. J. (2008). On the equivalence of Cohen's kappa and the Hubert-Arabie adjusted Rand
    index. Journal of Classification, 25, 177-183.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Piles = Mapping[str, frozenset[Hashable]]
"""The piles each thing lies in; at least one."""


@dataclass(frozen=True, slots=True)
class PairTable:
    """Pairs of things by whether two people put them together."""

    both_together: int
    only_first: int
    only_second: int
    both_apart: int

    @property
    def pairs(self) -> int:
        """All pairs."""
        return self.both_together + self.only_first + self.only_second + self.both_apart


@dataclass(frozen=True, slots=True)
class SortingAgreement:
    """How far two people agree on what belongs together."""

    index: float | None
    """The adjusted Rand index; None where it is not defined."""
    why_undefined: str
    things: int
    """Sorted into piles by both: what the index rests on."""
    in_several: int
    """Of these, in more than one pile of the first or of the second."""
    table: PairTable


def pair_table(first: Piles, second: Piles, things: Sequence[str]) -> PairTable:
    """Count the pairs of some things that each put together.

    Args:
        first: The first person's piles.
        second: The second person's.
        things: What both have sorted.
    """
    counts = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for one, other in combinations(things, 2):
        together = (
            not first[one].isdisjoint(first[other]),
            not second[one].isdisjoint(second[other]),
        )
        counts[together] += 1
    return PairTable(*counts.values())


def rand_of_pairs(table: PairTable) -> float | None:
    """The adjusted Rand index of a table of pairs; None where chance leaves no room."""
    a, b, c, d = table.both_together, table.only_first, table.only_second, table.both_apart
    room = (a + b) * (b + d) + (a + c) * (c + d)
    return 2 * (a * d - b * c) / room if room else None


def agree_on_piles(first: Piles, second: Piles) -> SortingAgreement:
    """The adjusted Rand index of two people over what both have sorted.

    What only one of them has sorted says nothing about the two and is left out.

    Args:
        first: The first person's piles, without loose and discarded things.
        second: The second person's.
    """
    things = sorted(first.keys() & second.keys())
    in_several = sum(len(first[one]) > 1 or len(second[one]) > 1 for one in things)
    table = pair_table(first, second, things)
    why = _why_undefined(table, len(things))
    index: float | None = None
    if not why and in_several:
        index = rand_of_pairs(table)
    elif not why:
        # Deferred: 2 s to import, and only whoever compares sortings needs it.
        from sklearn.metrics import adjusted_rand_score

        labels = [
            _numbered([next(iter(piles[one])) for one in things]) for piles in (first, second)
        ]
        index = float(adjusted_rand_score(*labels))
    return SortingAgreement(index, why, len(things), in_several, table)


def _numbered(piles: Sequence[Hashable]) -> list[int]:
    numbers = {pile: number for number, pile in enumerate(dict.fromkeys(piles))}
    return [numbers[pile] for pile in piles]


def _why_undefined(table: PairTable, things: int) -> str:
    if things < 2:
        return "no code sorted by both" if not things else "only one code sorted by both"
    if table.both_together == table.pairs:
        return "both put all of them into one pile"
    if table.both_apart == table.pairs:
        return "both put each of them into a pile of its own"
    return ""


@dataclass(frozen=True, slots=True)
class SplitPair:
    """Two things that some people put together and others apart."""

    one: str
    other: str
    together: tuple[str, ...]
    """People, in order of their names."""
    apart: tuple[str, ...]

    @property
    def comparisons(self) -> int:
        """Pairs of people who both sorted both things."""
        people = len(self.together) + len(self.apart)
        return people * (people - 1) // 2

    @property
    def share(self) -> float:
        """Share of these pairs of people that differ."""
        return len(self.together) * len(self.apart) / self.comparisons


def split_pairs(sortings: Mapping[str, Piles], order: Sequence[str]) -> list[SplitPair]:
    """The pairs of things on which people differ, most disputed first.

    By the share of pairs of people who differ, then by how many pairs of people there are, then in
    the order given.

    Args:
        sortings: Each person's piles.
        order: All things, in the order in which equals come.
    """
    people = sorted(sortings)
    found = []
    for one, other in combinations(order, 2):
        who = [p for p in people if one in sortings[p] and other in sortings[p]]
        together = tuple(p for p in who if not sortings[p][one].isdisjoint(sortings[p][other]))
        if together and len(together) < len(who):
            apart = tuple(p for p in who if p not in together)
            found.append(SplitPair(one, other, together, apart))
    return sorted(found, key=lambda pair: (-pair.share, -pair.comparisons))
