"""From one person's piles to categories of the codebook, which are everybody's."""

from __future__ import annotations

from coder.errors import UsageError
from coder.model import Coder
from coder.ops.categories import put_set, with_category
from coder.ops.coding import Done
from coder.ops.scratch import refuse_while_frozen
from coder.ops.sorting import CodeSorting, sortable_set, sorting_by
from coder.ops.study import Study


def adopt(study: Study, coder: Coder, code_set: str = "", *, first: bool = False) -> Done:
    """Make one person's piles the categories of a set, as one action.

    A code stands in one place of a tree: codes in several piles are refused, by name, unless the
    pile that each was put into first is to decide. Loose and discarded codes stay where they are.

    Args:
        study: The study.
        coder: Whose piles.
        code_set: Name of the set; empty for the scratch set.
        first: A code in several piles goes below the one it was put into first.

    Raises:
        UsageError: There are no codes in piles, or one is in several.
        NotAllowed: An open round has frozen the codebook.
    """
    with study.store.change(coder.id, "adopt") as done:
        book, found = sortable_set(study, code_set)
        sorting = sorting_by(study, coder, code_set)
        if not any(pile.codes for pile in sorting.piles):
            raise UsageError(
                f"{coder.alias} has no codes of {found.id} in piles",
                f'coder sort CODE... --into "PILE" --coder {coder.alias}',
            )
        several = sorting.in_several
        if several and not first:
            names = "; ".join(
                f"{code.name} ({', '.join(pile.name for pile in sorting.piles_of(code.id))})"
                for code in several
            )
            raise UsageError(
                f"in several piles, but a code stands below one category: {names}",
                "--first takes the pile that each was put into first",
            )
        home = {code.id: sorting.first_pile(code.id) for code in found.offered}
        changed, made = found, 0
        for pile in sorting.piles:
            members = {code.id: code for code in pile.codes if home[code.id] == pile.uid}
            if members:
                changed, _ = with_category(study, book, changed, pile.name, members)
                made += 1
        if changed != found:
            refuse_while_frozen(study, book)
            put_set(study, done, book, changed)
        done.words = _words(coder, sorting, made)
    return Done(done.entry, done.words)


def _words(coder: Coder, sorting: CodeSorting, made: int) -> str:
    piles = "pile a category" if made == 1 else f"{made} piles categories"
    words = f"made {coder.alias}'s {piles} of {sorting.code_set.id}"
    notes = []
    if sorting.in_several:
        names = ", ".join(code.name for code in sorting.in_several)
        notes.append(f"under the first of several piles: {names}")
    if sorting.loose or sorting.discarded:
        notes.append(
            f"{len(sorting.loose)} loose and {len(sorting.discarded)} discarded codes stay where"
            " they were"
        )
    return "; ".join([words, *notes])
