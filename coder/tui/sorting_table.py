"""One coder sorting the codes of a set: what the sorting screen asks of the study. No Textual."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from coder.model import Code, Coder, CodeSet, Viewer
from coder.ops import history, sorting
from coder.ops.categories import tree_lines
from coder.ops.coding import Done
from coder.ops.scratch import scratch_set
from coder.ops.sorting import CodeSorting, PileOfCodes
from coder.ops.study import Study

HeapKind = Literal["loose", "pile", "discarded"]


@dataclass(frozen=True, slots=True)
class Heap:
    """Codes that lie in one place: loose, in a pile, discarded."""

    kind: HeapKind
    title: str
    codes: tuple[Code, ...]
    uid: str = ""
    """Of a pile."""
    number: int = 0
    """Of a pile, from 1."""


class SortingTable:
    """A coder's sorting of one set of the active codebook, and the moves of the screen.

    Each move is on disk when it returns, and ``sorting`` is as the study has it then.

    Args:
        study: The study.
        coder: Whose piles.
        code_set: Id of the set; empty for the scratch set, else the first there is.
    """

    def __init__(self, study: Study, coder: Coder, code_set: str = "") -> None:
        self.study = study
        self.coder = coder
        self.set_id = code_set
        self.sorting: CodeSorting
        self.counts: Mapping[str, int] = {}
        self._quotations: dict[str, tuple[tuple[str, str], ...]] = {}
        self.read()

    def read(self) -> None:
        """Read the piles, and on how many excerpts each code is."""
        ids = [code_set.id for code_set in self.sets]
        if self.set_id not in ids:
            found = scratch_set(self.study.codebook)
            self.set_id = found.id if found else next(iter(ids), "")
        self._read_sorting()
        self._quotations = {}
        # Counting takes seconds in a large study: there the quotations have to do.
        if not self.study.is_large:
            lines = tree_lines(self.study, Viewer(self.coder.alias), self.full_name)
            self.counts = {line.code.id: line.excerpts for line in lines}

    def _read_sorting(self) -> None:
        self.sorting = sorting.sorting_by(self.study, self.coder, self.full_name)

    @property
    def sets(self) -> tuple[CodeSet, ...]:
        """The code sets of the active book that have codes to sort."""
        return tuple(one for one in self.study.codebook.code_sets if one.offered)

    @property
    def full_name(self) -> str:
        """The set with its book."""
        return f"{self.study.codebook.id}:{self.set_id}"

    def next_set(self) -> None:
        """Go on to the next set of the book."""
        ids = [code_set.id for code_set in self.sets]
        self.set_id = ids[(ids.index(self.set_id) + 1) % len(ids)] if self.set_id in ids else ""
        self.read()

    @property
    def heaps(self) -> tuple[Heap, ...]:
        """Loose codes, the piles in order, the discard pile."""
        found = self.sorting
        return (
            Heap("loose", "loose", found.loose),
            *(
                Heap("pile", pile.name, pile.codes, pile.uid, number)
                for number, pile in enumerate(found.piles, start=1)
            ),
            Heap("discarded", "discarded", found.discarded),
        )

    def pile(self, number: int) -> PileOfCodes | None:
        """The pile with this number."""
        return self.sorting.piles[number - 1] if 0 < number <= len(self.sorting.piles) else None

    def quotations(self, code: str) -> tuple[tuple[str, str], ...]:
        """Reference and words of some excerpts that have a code."""
        if code not in self._quotations:
            viewer = Viewer(self.coder.alias)
            found = sorting.quotations(self.study, viewer, self.full_name, code)
            self._quotations[code] = found
        return self._quotations[code]

    # Moves.

    def put(self, code: str, pile: str, *, also: bool) -> Done:
        """Put a code into the pile of this name, which is made if there is none."""
        study, coder, name = self.study, self.coder, self.full_name
        codes = [code] if code else []
        return self._after(sorting.put_into(study, coder, name, codes, pile, also=also))

    def discard(self, code: str) -> Done:
        """Put a code on the discard pile."""
        return self._after(sorting.discard(self.study, self.coder, self.full_name, [code]))

    def make_loose(self, code: str) -> Done:
        """Take a code out of every pile."""
        return self._after(sorting.make_loose(self.study, self.coder, self.full_name, [code]))

    def rename(self, pile: str, name: str) -> Done:
        """Call a pile something else."""
        study, coder = self.study, self.coder
        return self._after(sorting.rename_pile(study, coder, self.full_name, pile, name))

    def remove(self, pile: str) -> Done:
        """Take a pile away."""
        return self._after(sorting.remove_pile(self.study, self.coder, self.full_name, pile))

    def undo(self) -> Done:
        """Take back this coder's newest action."""
        return self._taken(history.undo)

    def redo(self) -> Done:
        """Take back this coder's newest undo."""
        return self._taken(history.redo)

    def _taken(self, verb: Callable[[Study, Coder | None], Done]) -> Done:
        done = verb(self.study, self.coder)
        # It may have been something else, such as making the code.
        self.read()
        return done

    def _after(self, done: Done) -> Done:
        self._read_sorting()
        return done
