"""The tree that the codes of a set make: categories above, codes below, at any depth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from coder.model.codebook import Code, CodeSet


def tree(code_set: CodeSet) -> Iterator[tuple[Code, int]]:
    """Every code and category once, each before what is below it, with its depth.

    What names a parent that is not there stands at the top, and so does a circle of parents at
    the first of its members.
    """
    below: defaultdict[str, list[Code]] = defaultdict(list)
    ids = {code.id for code in code_set.codes}
    for code in code_set.codes:
        below[code.parent if code.parent in ids else ""].append(code)
    seen: set[str] = set()
    for top in (*below[""], *code_set.codes):
        # Not by recursion: a tree may be deeper than Python's stack.
        waiting = [(top, 0)]
        while waiting:
            code, depth = waiting.pop()
            if code.id not in seen:
                seen.add(code.id)
                yield code, depth
                waiting += [(one, depth + 1) for one in reversed(below[code.id])]


def above(code_set: CodeSet) -> Mapping[str, tuple[str, ...]]:
    """The ids above each code and category, the nearest first."""
    parents = {code.id: code.parent for code in code_set.codes}
    found: dict[str, tuple[str, ...]] = {}
    for code in code_set.codes:
        chain: list[str] = []
        parent = code.parent
        while parent in parents and parent != code.id and parent not in chain:
            chain.append(parent)
            parent = parents[parent]
        found[code.id] = tuple(chain)
    return found


class Categories:
    """Which categories a unit is in by its codes, each once however many codes below it are on."""

    def __init__(self, code_set: CodeSet) -> None:
        ids = {code.id for code in code_set.codes if code.is_category}
        self._over = {
            code: frozenset(ids.intersection(chain)) for code, chain in above(code_set).items()
        }

    def over(self, codes: frozenset[str]) -> frozenset[str]:
        """The categories above these codes, at any height."""
        return frozenset().union(*(self._over.get(code, frozenset()) for code in codes))
