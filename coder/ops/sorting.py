"""Sorting codes into piles: everybody sorts for themselves, and nobody's piles are another's.

A code may lie in several piles; the discard pile takes what is no code of this kind; what has not
been touched is loose. The piles are one person's view, not yet part of the codebook (``adopting``
makes them so).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coder.errors import UsageError
from coder.model import Code, Codebook, Coder, CodeSet, Viewer, same_words, tidy
from coder.ops.categories import code_meant
from coder.ops.coding import Done
from coder.ops.offering import refuse_unoffered
from coder.ops.scratch import name_of, scratch_set
from coder.ops.study import Study, did_you_mean, find_set
from coder.store import read_models, sortings
from coder.store.codebooks import code_uid, set_uid
from coder.store.journal import Transaction
from coder.store.keys import pile_key, sorted_code_key, sorting_key

SORT = "sort"
"""Kind of action in the journal."""

NO_PILES = ("discarded", "loose")
"""What lists write where others have the name of a pile."""


@dataclass(frozen=True, slots=True)
class PileOfCodes:
    """A named pile with what lies in it, in the order of the codebook."""

    uid: str
    name: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class CodeSorting:
    """How one person sorts the codes of a set that are offered now."""

    code_set: CodeSet
    coder: str
    """Alias."""
    piles: tuple[PileOfCodes, ...]
    loose: tuple[Code, ...]
    discarded: tuple[Code, ...]
    places: Mapping[str, tuple[str, ...]]
    """Uids of the piles of each sorted code, in the order in which it was put there."""

    def first_pile(self, code: str) -> str:
        """Uid of the pile that a code was put into first; empty where it lies in none."""
        return next(iter(self.places.get(code, ())), "")

    def piles_of(self, code: str) -> tuple[PileOfCodes, ...]:
        """The piles that a code lies in."""
        return tuple(pile for pile in self.piles if any(c.id == code for c in pile.codes))

    @property
    def in_several(self) -> tuple[Code, ...]:
        """Codes in more than one pile."""
        return tuple(code for code in self.code_set.offered if len(self.piles_of(code.id)) > 1)


def sortable_set(study: Study, name: str = "") -> tuple[Codebook, CodeSet]:
    """The set whose codes are sorted: the one named, else the scratch set.

    Raises:
        UsageError: There is none of that name, or no name and no scratch set.
    """
    if name:
        return find_set(study, name)
    found = scratch_set(study.codebook)
    if found is None:
        known = ", ".join(code_set.id for code_set in study.codebook.code_sets)
        raise UsageError(
            "which code set? no codes were made while reading yet", f"name one of {known}"
        )
    return study.codebook, found


def sorting_by(study: Study, coder: Coder, code_set: str = "") -> CodeSorting:
    """How one person sorts a set."""
    book, found = sortable_set(study, code_set)
    stored = sortings.read_sorting(study.store.db, set_uid(book.id, found.id), coder.id)
    lies_in = {code: stored.places[code.id] for code in found.offered if code.id in stored.places}
    return CodeSorting(
        code_set=found,
        coder=coder.alias,
        piles=tuple(
            PileOfCodes(
                pile.uid, pile.name, tuple(c for c, piles in lies_in.items() if pile.uid in piles)
            )
            for pile in stored.piles
        ),
        loose=tuple(code for code in found.offered if code not in lies_in),
        discarded=tuple(code for code, piles in lies_in.items() if not piles),
        places={code.id: piles for code, piles in lies_in.items()},
    )


def quotations(
    study: Study, viewer: Viewer, code_set: str, code: str, most: int = 5
) -> tuple[tuple[str, str], ...]:
    """Reference and words of the first excerpts that have a code, to see what it was made for."""
    book, found = sortable_set(study, code_set)
    db = study.store.db
    uids = set_uid(book.id, found.id), code_uid(book.id, code)
    refs = read_models.units_with(db, viewer, *uids, most)
    words = read_models.quoted_texts(db, refs)
    return tuple((ref, words[ref]) for ref in refs)


class _Table:
    """One person's sorting of one set, and the moves it is made of, inside one transaction."""

    def __init__(self, study: Study, done: Transaction, coder: Coder, code_set: str) -> None:
        self.study = study
        self.done = done
        self.book, self.code_set = sortable_set(study, code_set)
        uid = set_uid(self.book.id, self.code_set.id)
        self.key = sorting_key(uid, coder.id)
        stored = sortings.read_sorting(study.store.db, uid, coder.id)
        self.piles = stored.piles
        self.places = stored.places

    def codes(self, words: Sequence[str]) -> list[Code]:
        """The codes that are meant, each once."""
        found = {code.id: code for code in (code_meant(self.code_set, one) for one in words)}
        for code in found.values():
            refuse_unoffered(self.book, code)
        return list(found.values())

    def lay(self, code: Code, piles: Sequence[str] | None) -> None:
        """Put a code into piles (uids): none is the discard pile, None makes it loose."""
        key = sorted_code_key(self.key, code_uid(self.book.id, code.id))
        if piles is None:
            self.done.put("sorting", key, None)
        elif self.places.get(code.id) != tuple(piles):
            state = {"piles": list(piles), "at": self.study.store.clock()}
            self.done.put("sorting", key, state)

    def pile(self, name: str) -> sortings.Pile:
        """The pile of this name.

        Raises:
            UsageError: There is none.
        """
        found = self.pile_of(name)
        if found is None:
            known = [pile.name for pile in self.piles]
            raise UsageError(f"there is no pile {tidy(name)}", did_you_mean(tidy(name), known))
        return found

    def pile_of(self, name: str) -> sortings.Pile | None:
        """The pile of this name, if there is one."""
        same = (pile for pile in self.piles if same_words(pile.name) == same_words(name))
        return next(same, None)

    def made(self, name: str) -> sortings.Pile:
        """The pile of this name, made behind the others if there is none yet."""
        found = self.pile_of(name)
        if found is None:
            found = sortings.Pile(
                self.study.store.new_id(),
                _pile_name(name),
                max((pile.position for pile in self.piles), default=0) + 1,
            )
            self.write(found)
        return found

    def write(self, pile: sortings.Pile) -> None:
        """Give a pile its name and place."""
        state = {"name": pile.name, "position": pile.position}
        self.done.put("pile", pile_key(self.key, pile.uid), state)

    def take_away(self, pile: sortings.Pile) -> None:
        """Take a pile away; what lay only there is loose again."""
        for code in self.book_codes():
            piles = self.places.get(code.id, ())
            if pile.uid in piles:
                left = tuple(uid for uid in piles if uid != pile.uid)
                self.lay(code, left or None)
        self.done.put("pile", pile_key(self.key, pile.uid), None)

    def book_codes(self) -> list[Code]:
        """Whatever was ever sorted, codes of other versions included."""
        return [self.code_set.code(code) or Code(code, code) for code in sorted(self.places)]


def put_into(
    study: Study,
    coder: Coder,
    code_set: str,
    codes: Sequence[str],
    pile: str,
    *,
    also: bool = False,
) -> Done:
    """Put codes into a pile, which is made if there is none of this name.

    Args:
        study: The study.
        coder: Whose sorting.
        code_set: Name of the set; empty for the scratch set.
        codes: By id or name; without any, only the pile is made.
        pile: Its name.
        also: Leave the codes in the piles they lie in already.

    Raises:
        UsageError: An unknown code, a category, or no name.
    """
    with study.store.change(coder.id, SORT) as done:
        table = _Table(study, done, coder, code_set)
        wanted = table.codes(codes)
        target = table.made(pile)
        for code in wanted:
            piles = table.places.get(code.id, ()) if also else ()
            table.lay(code, piles if target.uid in piles else (*piles, target.uid))
        where = f"into the pile {target.name}{' as well' if also else ''}"
        done.words = f"put {_names(wanted)} {where}" if wanted else f"made the pile {target.name}"
    return Done(done.entry, done.words)


def discard(study: Study, coder: Coder, code_set: str, codes: Sequence[str]) -> Done:
    """Put codes on the discard pile, out of every other."""
    with study.store.change(coder.id, SORT) as done:
        table = _Table(study, done, coder, code_set)
        wanted = table.codes(codes)
        for code in wanted:
            table.lay(code, ())
        done.words = f"discarded {_names(wanted)}"
    return Done(done.entry, done.words)


def make_loose(study: Study, coder: Coder, code_set: str, codes: Sequence[str]) -> Done:
    """Take codes out of every pile again."""
    with study.store.change(coder.id, SORT) as done:
        table = _Table(study, done, coder, code_set)
        wanted = table.codes(codes)
        for code in wanted:
            table.lay(code, None)
        done.words = f"made {_names(wanted)} loose again"
    return Done(done.entry, done.words)


def rename_pile(study: Study, coder: Coder, code_set: str, pile: str, name: str) -> Done:
    """Call a pile something else.

    Raises:
        UsageError: There is no such pile, or another of that name.
    """
    with study.store.change(coder.id, SORT) as done:
        table = _Table(study, done, coder, code_set)
        found = table.pile(pile)
        other = table.pile_of(name)
        if other is not None and other.uid != found.uid:
            raise UsageError(f"there is a pile {other.name} already", "put its codes there instead")
        renamed = replace(found, name=_pile_name(name))
        table.write(renamed)
        done.words = f"renamed the pile {found.name} to {renamed.name}"
    return Done(done.entry, done.words)


def remove_pile(study: Study, coder: Coder, code_set: str, pile: str) -> Done:
    """Take a pile away; what lay only there is loose again.

    Raises:
        UsageError: There is no such pile.
    """
    with study.store.change(coder.id, SORT) as done:
        table = _Table(study, done, coder, code_set)
        found = table.pile(pile)
        table.take_away(found)
        done.words = f"took the pile {found.name} away"
    return Done(done.entry, done.words)


def _pile_name(words: str) -> str:
    """Words as the name of a pile.

    Raises:
        UsageError: They cannot be one, or name what lies in no pile.
    """
    name = name_of(words, "pile")
    if same_words(name) in NO_PILES:
        raise UsageError(f"no pile can be called {name}", f"lists call other codes {name}")
    return name


def _names(codes: Sequence[Code]) -> str:
    if not codes:
        raise UsageError("no code is named", "name at least one")
    return ", ".join(code.name for code in codes)
