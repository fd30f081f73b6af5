"""Changes of a codebook by hand, each giving a new value: add, change, move, retire a code.

What a code was called is never given to another: the ids of earlier versions come in as
``taken``. Whatever is refused is refused with one line; what is given passes the same rules as a
codebook file. ``codebook_joins`` holds merging and splitting.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from coder.errors import NotAllowed, UsageError
from coder.model.code_rules import (
    WORDINGS,
    check_id,
    check_parent,
    check_parts,
    code_in,
    code_named,
    is_gone,
    key_problem,
    refuse_replaced,
    set_named,
    tidied,
)
from coder.model.codebook import Code, Codebook, CodeSet
from coder.model.version_labels import Step, next_label

CHANGEABLE = (*WORDINGS, "key", "valence", "codable", "level", "color")
"""Parts of a code that can be changed; its id never is."""


def add_code(
    book: Codebook, set_id: str, code: Code, *, after: str = "", taken: Collection[str] = ()
) -> Codebook:
    """The book with one more code, or category, in a set.

    Args:
        book: The codebook.
        set_id: Where to.
        code: With all its parts.
        after: Id of the code that it comes behind; empty for the end of the set.
        taken: Ids that earlier versions have used.

    Raises:
        UsageError: The id, the name, the key, the level or the parent will not do.
    """
    found = set_named(book, set_id)
    made = tidied(code)
    check_id(book, made.id, taken)
    check_parts(book, found, made)
    codes = list(found.codes)
    place = len(codes) if not after else codes.index(code_in(found, after)) + 1
    codes.insert(place, made)
    return with_set(book, with_member(replace(found, codes=tuple(codes)), made), "minor")


def change_code(book: Codebook, code_id: str, **parts: Any) -> Codebook:
    """The book with other words (or key, valence, level, colour) for a code; its id stays.

    Raises:
        UsageError: An unknown part, or one that will not do.
        NotAllowed: The code was replaced.
    """
    found, code = code_named(book, code_id)
    refuse_replaced(book, code)
    unknown = next((part for part in parts if part not in CHANGEABLE), None)
    if unknown is not None:
        raise UsageError(f"a code has no {unknown} to change", f"there are {', '.join(CHANGEABLE)}")
    made = tidied(replace(code, **parts))
    if made == code:
        return book
    check_parts(book, found, made)
    changed = swap(found, code, made)
    if made.level != code.level:
        levels = [made.level if n == code.level else n for n in found.options.get("levels", ())]
        changed = _with_option(changed, "levels", sorted(levels))
    counts = (code.valence, code.codable, code.level) != (made.valence, made.codable, made.level)
    return with_set(book, changed, "minor" if counts else "patch")


def move_code(
    book: Codebook,
    code_id: str,
    *,
    to_set: str = "",
    parent: str | None = None,
    before: str = "",
    after: str = "",
) -> Codebook:
    """The book with a code at another place: in the order, in the tree, or in another set.

    Args:
        book: The codebook.
        code_id: The code, or category; what is below it goes along.
        to_set: Another set.
        parent: Code or category to stand below; empty for the top; None where it was.
        before: Code of the set to stand before.
        after: Code of the set to stand behind.

    Raises:
        UsageError: The place does not exist.
        NotAllowed: It would stand below itself, or other codes hold it where it is.
    """
    found, code = code_named(book, code_id)
    if to_set and set_named(book, to_set).id != found.id:
        return _move_over(book, found, code, set_named(book, to_set), parent or "")
    if parent is not None and parent != code.parent:
        check_parent(found, code.id, parent)
    made = replace(code, parent=code.parent if parent is None else parent)
    codes = [made if one is code else one for one in found.codes]
    beside = before or after
    if beside:
        other = code_in(found, beside)
        if other.id != code.id:
            codes.remove(made)
            codes.insert(codes.index(other) + (0 if before else 1), made)
    if tuple(codes) == found.codes:
        return book
    return with_set(book, replace(found, codes=tuple(codes)), "patch")


def neighbour(code_set: CodeSet, code_id: str, step: int) -> str:
    """Id of the code above (-1) or below (1) a code, below the same parent; empty at the end."""
    code = code_in(code_set, code_id)
    siblings = [one.id for one in code_set.codes if one.parent == code.parent]
    place = siblings.index(code.id) + step
    return siblings[place] if 0 <= place < len(siblings) else ""


def retire_code(book: Codebook, code_id: str) -> Codebook:
    """The book with a code that is not offered any more; what was coded with it counts on.

    Raises:
        NotAllowed: It is not offered now, is the last of its set, or a category in use.
    """
    found, code = code_named(book, code_id)
    refuse_replaced(book, code)
    if code.is_retired:
        raise NotAllowed(f"{code.name} is retired already")
    if code.is_category and any(one.parent == code.id and not is_gone(one) for one in found.codes):
        raise NotAllowed(f"there are codes below {code.name}", "move or retire these first")
    return with_set(book, swap(found, code, replace(code, is_retired=True)), "major")


def restore_code(book: Codebook, code_id: str) -> Codebook:
    """The book with a retired code on offer again, without its key where another has that now.

    Raises:
        NotAllowed: It is not retired.
    """
    found, code = code_named(book, code_id)
    refuse_replaced(book, code)
    if not code.is_retired:
        raise NotAllowed(f"{code.name} is not retired")
    key = "" if code.key and key_problem(book, found, code.id, code.key) else code.key
    made = replace(code, is_retired=False, key=key)
    return with_set(book, swap(found, code, made), "minor")


def with_set(book: Codebook, changed: CodeSet, step: Step) -> Codebook:
    """The book with a set in place of the one of that id, under the next label.

    Raises:
        NotAllowed: The set could not be coded with, or not be counted, any more.
    """
    if not changed.offered and not changed.is_scratch:
        raise NotAllowed(
            f"{changed.id} would have no code left that can be put on", "add another code first"
        )
    if changed.rollup.rule == "valence" and all(c.valence == "none" for c in changed.codes):
        raise NotAllowed(f"{changed.id} rolls up by valence and would have no code with one")
    sets = tuple(changed if one.id == changed.id else one for one in book.code_sets)
    return replace(book, version=next_label(book.version, step), code_sets=sets)


def _move_over(
    book: Codebook, found: CodeSet, code: Code, target: CodeSet, parent: str
) -> Codebook:
    """Take a code out of its set into another one."""
    refuse_replaced(book, code)
    if any(one.parent == code.id for one in found.codes):
        raise NotAllowed(f"there are codes below {code.name}", "move these first")
    if any(code.id in one.replaced_by for one in found.codes):
        raise NotAllowed(f"{code.name} took the place of other codes of {found.id} and stays there")
    if found.mode == "ordinal":
        raise NotAllowed(f"{code.name} is a level of {found.id} and cannot leave it")
    waiting = next((s for s in book.code_sets if code.id in _waits_for(s, found.id)), None)
    if waiting is not None:
        raise NotAllowed(f"{waiting.id} depends on {code.name} in {found.id}")
    left = replace(found, codes=tuple(one for one in found.codes if one is not code))
    left = edit_lists(left, "order", lambda ids: [one for one in ids if one != code.id])
    between = with_set(book, left, "major")
    moved = replace(code, parent=parent)
    if moved.key and key_problem(between, target, moved.id, moved.key):
        moved = replace(moved, key="")
    check_parts(between, target, moved)
    grown = with_member(replace(target, codes=(*target.codes, moved)), moved)
    return replace(with_set(between, grown, "major"), version=next_label(book.version, "major"))


def _waits_for(code_set: CodeSet, other: str) -> Sequence[str]:
    depends = code_set.options.get("depends_on", {})
    return depends.get("in", ()) if depends.get("code_set") == other else ()


def with_member(code_set: CodeSet, code: Code) -> CodeSet:
    """The set whose orders and levels, where it has such, name a new code of it too."""
    made = edit_lists(code_set, "order", lambda ids: [*ids, code.id])
    levels = made.options.get("levels")
    if levels and code.level is not None and code.level not in levels:
        made = _with_option(made, "levels", sorted([*levels, code.level]))
    return made


def edit_lists(code_set: CodeSet, name: str, edit: Callable[[list[str]], list[str]]) -> CodeSet:
    """The set with a list of ids edited where it, or its roll-up, has one."""
    if code_set.options.get(name):
        code_set = _with_option(code_set, name, edit(list(code_set.options[name])))
    rollup = code_set.rollup
    if rollup.options.get(name):
        options = {**rollup.options, name: edit(list(rollup.options[name]))}
        code_set = replace(code_set, rollup=replace(rollup, options=options))
    return code_set


def _with_option(code_set: CodeSet, name: str, value: Sequence[Any]) -> CodeSet:
    if name not in code_set.options:
        return code_set
    return replace(code_set, options={**code_set.options, name: list(value)})


def swap(code_set: CodeSet, old: Code, new: Code) -> CodeSet:
    """The set with one code in place of another."""
    return replace(code_set, codes=tuple(new if one is old else one for one in code_set.codes))
