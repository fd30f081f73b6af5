"""Merging codes into one, and splitting one into several.

Merging is read backwards: what was coded with a merged code counts as its heir, once. Splitting
cannot be: nobody but a reader can say which of the new codes an old coding means. So a code that
is split is retired without heirs. Its codings go on counting as the old code, never as two, until
their coders have gone through them (they are all in question, see ``codebook_changes``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from coder.errors import NotAllowed, UsageError
from coder.model.code_rules import (
    check_id,
    check_parts,
    code_named,
    refuse_replaced,
    set_named,
    tidied,
)
from coder.model.code_tree import above
from coder.model.codebook import Code, Codebook, CodeSet
from coder.model.codebook_edits import with_member, with_set
from coder.model.version_labels import next_label


def merge_codes(
    book: Codebook, ids: Sequence[str], into: str | Code, *, taken: Collection[str] = ()
) -> Codebook:
    """The book with some codes replaced by one, which may be one of them, another, or new.

    A new code takes the place of the first one in the order and in the tree; where it is given
    no key and no valence, it has those of the first and the one that all share.

    Args:
        book: The codebook.
        ids: Codes of one set.
        into: Id of a code of that set, or a new code.
        taken: Ids that earlier versions have used.

    Raises:
        UsageError: A code that is not there, or a new one that will not do.
        NotAllowed: They are of several sets, or one of them cannot be merged.
    """
    target_id = into if isinstance(into, str) else into.id
    sources = [code_id for code_id in dict.fromkeys(ids) if code_id != target_id]
    found, codes = _mergeable(book, sources)
    if isinstance(into, Code):
        check_id(book, into.id, taken)
        target = tidied(_heir_of(codes, into))
        freed = _replaced(found, sources, target)
        place = freed.codes.index(next(c for c in freed.codes if c.id == sources[0]))
        grown = replace(freed, codes=(*freed.codes[:place], target, *freed.codes[place:]))
        changed = with_member(grown, target)
        check_parts(with_set(book, changed, "major"), changed, target)
    else:
        target_set, target = code_named(book, into)
        if target_set.id != found.id:
            raise NotAllowed(f"{target.name} is of {target_set.id}, {codes[0].name} of {found.id}")
        if not target.is_offered:
            raise NotAllowed(f"{target.name} cannot be put on itself", "merge into another code")
        changed = _replaced(found, sources, target)
    made = with_set(book, changed, "major")
    sets = tuple(_waiting_for_heir(one, found.id, sources, target.id) for one in made.code_sets)
    return replace(made, code_sets=sets)


def split_code(
    book: Codebook, code_id: str, parts: Sequence[Code], *, taken: Collection[str] = ()
) -> Codebook:
    """The book with a code retired and new ones behind it, which its coders choose between.

    The new codes stand below the same parent and have its valence where they are given none.

    Raises:
        UsageError: Fewer than two new codes, or one that will not do.
        NotAllowed: The code is not offered, or is a level of a rubric.
    """
    found, code = code_named(book, code_id)
    refuse_replaced(book, code)
    if not code.is_offered:
        raise NotAllowed(f"{code.name} is {'a category' if code.is_category else 'retired'}")
    if found.mode == "ordinal":
        raise NotAllowed(f"{found.id} is a rubric: its levels cannot be split")
    if len(parts) < 2:
        raise UsageError(f"{code.name} is split into two codes or more", "name them")
    ids = [part.id for part in parts]
    twice = next((part for part in ids if ids.count(part) > 1), None)
    if twice is not None:
        raise UsageError(f"{twice} is named twice", "each new code has its own id")
    made, before = book, code.id
    retired = replace(code, is_retired=True)
    codes = tuple(retired if one is code else one for one in found.codes)
    made = replace(made, code_sets=_put(made, replace(found, codes=codes)))
    for part in parts:
        check_id(made, part.id, taken)
        new = tidied(replace(part, parent=part.parent or code.parent))
        if new.valence == "none":
            new = replace(new, valence=code.valence)
        now = set_named(made, found.id)
        check_parts(made, now, new)
        place = next(n for n, one in enumerate(now.codes) if one.id == before) + 1
        grown = replace(now, codes=(*now.codes[:place], new, *now.codes[place:]))
        made = replace(made, code_sets=_put(made, with_member(grown, new)))
        before = new.id
    checked = with_set(made, set_named(made, found.id), "major")
    return replace(checked, version=next_label(book.version, "major"))


def _mergeable(book: Codebook, ids: Sequence[str]) -> tuple[CodeSet, list[Code]]:
    """The set and the codes of some ids, where they can be merged."""
    if not ids:
        raise UsageError("no code is named that could be merged into another", "name two codes")
    found, first = code_named(book, ids[0])
    codes = []
    for code_id in ids:
        code_set, code = code_named(book, code_id)
        if code_set.id != found.id:
            raise NotAllowed(f"{code.name} is of {code_set.id}, {first.name} of {found.id}")
        refuse_replaced(book, code)
        if code.is_category:
            raise NotAllowed(f"{code.name} is a category", "move the codes below it instead")
        codes.append(code)
    return found, codes


def _heir_of(codes: Sequence[Code], given: Code) -> Code:
    """A new code with what it takes over from those it replaces."""
    valences = {code.valence for code in codes}
    valence = valences.pop() if len(valences) == 1 else "none"
    passed = {code.id for code in codes}
    parent = next((code.parent for code in codes if code.parent not in passed), "")
    return replace(
        given,
        key=given.key or next((code.key for code in codes if code.key), ""),
        valence=valence if given.valence == "none" else given.valence,
        parent=given.parent or parent,
    )


def _replaced(code_set: CodeSet, sources: Sequence[str], target: Code) -> CodeSet:
    """The set with codes replaced by another, which takes over what stood below them."""
    gone = set(sources)
    over_target = {target.id}
    if target.parent:
        over_target |= {target.parent, *above(code_set)[target.parent]}

    def standing(parent: str) -> str:
        """The nearest code above that is not replaced itself."""
        passed = set()
        while parent in gone and parent not in passed:
            passed.add(parent)
            above = code_set.code(parent)
            parent = above.parent if above else ""
        return parent

    codes = []
    for code in code_set.codes:
        if code.id in gone:
            code = replace(code, replaced_by=(target.id,), is_retired=False)
        if code.parent in gone:
            # What stands above the heir itself cannot go below it.
            is_above = code.id in over_target or code.id in gone
            code = replace(code, parent=standing(code.parent) if is_above else target.id)
        codes.append(code)
    return replace(code_set, codes=tuple(codes))


def _waiting_for_heir(
    code_set: CodeSet, merged_in: str, sources: Sequence[str], heir: str
) -> CodeSet:
    """A set that was asked after some of the codes, asked after their heir too."""
    depends = code_set.options.get("depends_on", {})
    named = list(depends.get("in", ()))
    if depends.get("code_set") != merged_in or heir in named or not set(sources) & set(named):
        return code_set
    options = {**code_set.options, "depends_on": {**depends, "in": [*named, heir]}}
    return replace(code_set, options=options)


def _put(book: Codebook, changed: CodeSet) -> tuple[CodeSet, ...]:
    return tuple(changed if one.id == changed.id else one for one in book.code_sets)
