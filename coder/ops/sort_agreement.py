"""How far several people sort the same codes alike, and on which codes they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from coder.errors import UsageError
from coder.model import CodeSet
from coder.ops.corpus import coder_named
from coder.ops.sorting import CodeSorting, sortable_set, sorting_by
from coder.ops.study import Study
from coder.store import sortings
from coder.store.codebooks import set_uid

if TYPE_CHECKING:
    from coder.stats.sortings import SortingAgreement, SplitPair


@dataclass(frozen=True, slots=True)
class PairOfSorters:
    """Two people's sortings against each other; the four counts add up to all codes."""

    coders: tuple[str, str]
    agreement: SortingAgreement
    """Over the codes that both have in piles."""
    discarded_by_both: int
    discarded_by_one: int
    """And in a pile of the other."""
    loose: int
    """With at least one of them."""


@dataclass(frozen=True, slots=True)
class SortReport:
    """All comparisons of one set."""

    code_set: CodeSet
    coders: tuple[str, ...]
    pairs: tuple[PairOfSorters, ...]
    split: tuple[SplitPair, ...]
    """Pairs of codes on which people differ, most disputed first."""


def sort_agreement(study: Study, code_set: str = "", coders: Sequence[str] = ()) -> SortReport:
    """Compare how people have sorted the codes of a set.

    Args:
        study: The study.
        code_set: Its name; empty for the scratch set.
        coders: Aliases; by default everybody who has sorted a code of it.

    Raises:
        UsageError: An unknown set or coder, or fewer than two people who have sorted.
    """
    from coder.stats.sortings import agree_on_piles, split_pairs

    book, found = sortable_set(study, code_set)
    who = list(dict.fromkeys(coders)) or sortings.sorters(
        study.store.db, set_uid(book.id, found.id)
    )
    if len(who) < 2:
        only = f"only {who[0]} has" if who else "nobody has"
        raise UsageError(
            f"{only} sorted codes of {found.id}", 'coder sort CODE... --into "PILE" --coder AL'
        )
    # Not the name as typed: a set may be named in full or not at all.
    name = f"{book.id}:{found.id}"
    by_coder = {alias: sorting_by(study, coder_named(study, alias), name) for alias in sorted(who)}
    piles = {alias: _in_piles(sorting) for alias, sorting in by_coder.items()}
    return SortReport(
        code_set=found,
        coders=tuple(by_coder),
        pairs=tuple(
            _compared(by_coder[a], by_coder[b], agree_on_piles(piles[a], piles[b]))
            for a, b in combinations(by_coder, 2)
        ),
        split=tuple(split_pairs(piles, [code.id for code in found.offered])),
    )


def _in_piles(sorting: CodeSorting) -> dict[str, frozenset[str]]:
    """Piles of each code that is in one; to discard two codes is not to put them together."""
    return {code: frozenset(piles) for code, piles in sorting.places.items() if piles}


def _compared(
    first: CodeSorting, second: CodeSorting, agreement: SortingAgreement
) -> PairOfSorters:
    loose = {code.id for code in (*first.loose, *second.loose)}
    gone_a, gone_b = ({c.id for c in one.discarded} - loose for one in (first, second))
    return PairOfSorters(
        coders=(first.coder, second.coder),
        agreement=agreement,
        discarded_by_both=len(gone_a & gone_b),
        discarded_by_one=len(gone_a ^ gone_b),
        loose=len(loose),
    )
