"""Categories: what gathers the codes of a set, at any depth, and is never put on a unit itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coder.errors import UsageError
from coder.model import (
    Categories,
    Code,
    Codebook,
    Coder,
    CodeSet,
    Viewer,
    above,
    id_from,
    same_words,
    tidy,
    tree,
)
from coder.ops.coding import Done
from coder.ops.scratch import name_of, new_version, refuse_while_frozen, uses
from coder.ops.study import Study, did_you_mean, find_set
from coder.store import codebooks
from coder.store.journal import Transaction


def code_meant(code_set: CodeSet, words: str) -> Code:
    """The code or category of a set that an id, a full id or a name means.

    Raises:
        UsageError: There is none, or several have the name.
    """
    short = words.rpartition(":")[2] if words.rpartition(":")[0].endswith(code_set.id) else words
    by_id = code_set.code(short)
    if by_id is not None:
        return by_id
    named = [code for code in code_set.codes if same_words(code.name) == same_words(words)]
    if len(named) == 1:
        return named[0]
    if named:
        ids = " or ".join(code.id for code in named)
        raise UsageError(f"several codes of {code_set.id} are called {tidy(words)}", f"say {ids}")
    hint = did_you_mean(short, [code.id for code in code_set.codes])
    raise UsageError(f"there is no code {tidy(words)} in {code_set.id}", hint)


def categorize(
    study: Study,
    coder: Coder,
    code_set: str,
    name: str,
    codes: Sequence[str] = (),
    *,
    under: str = "",
) -> Done:
    """Make a category unless it is there, and put codes or categories below it.

    Args:
        study: The study.
        coder: Who does it.
        code_set: Name of the set.
        name: Name or id of the category.
        codes: What goes below it, by id or name.
        under: The category above it; empty to leave it where it is, a new one at the top.

    Raises:
        UsageError: An unknown code, or something would stand below itself.
        NotAllowed: An open round has frozen the codebook.
    """
    with study.store.change(coder.id, "category") as done:
        book, found = find_set(study, code_set)
        moved = {code.id: code for code in (code_meant(found, words) for words in codes)}
        over = _category_meant(found, under) if under else None
        changed, category = with_category(study, book, found, name, moved)
        if over is not None:
            changed = _moved(changed, {category.id}, over.id)
        if changed != found:
            refuse_while_frozen(study, book)
            put_set(study, done, book, changed)
        done.words = f"made the category {category.name}"
        if moved:
            names = ", ".join(code.name for code in moved.values())
            done.words = f"put {names} under the category {category.name}"
        if over is not None:
            done.words += f" under {over.name}" if not moved else f", and that under {over.name}"
    return Done(done.entry, done.words)


def with_category(
    study: Study, book: Codebook, code_set: CodeSet, name: str, members: Mapping[str, Code]
) -> tuple[CodeSet, Code]:
    """A set with a category of this name or id, and with these codes below it.

    Raises:
        UsageError: The name is none, or a category would stand below itself.
    """
    category = _category(code_set, name)
    if category is None:
        words = name_of(name, "category")
        taken = codebooks.known_codes(study.store.db, book.id) | {c.id for _, c in book.codes()}
        taken |= {code.id for code in code_set.codes}
        category = Code(id_from(words, taken), words, is_category=True)
        code_set = replace(code_set, codes=(*code_set.codes, category))
    return _moved(code_set, set(members), category.id), category


def put_set(study: Study, done: Transaction, book: Codebook, code_set: CodeSet) -> None:
    """Write a version of a codebook in which one set is changed."""
    sets = tuple(code_set if one.id == code_set.id else one for one in book.code_sets)
    new_version(study, done, replace(book, code_sets=sets))


def _category(code_set: CodeSet, name: str) -> Code | None:
    categories = [code for code in code_set.codes if code.is_category and not code.is_retired]
    by_id = next((code for code in categories if code.id == name), None)
    same = (code for code in categories if same_words(code.name) == same_words(name))
    return by_id or next(same, None)


def _category_meant(code_set: CodeSet, name: str) -> Code:
    found = _category(code_set, name)
    if found is None:
        known = [code.name for code in code_set.codes if code.is_category]
        raise UsageError(
            f"there is no category {tidy(name)} in {code_set.id}",
            did_you_mean(name, known) or f'coder codebook category {code_set.id} "{tidy(name)}"',
        )
    return found


def _moved(code_set: CodeSet, codes: set[str], parent: str) -> CodeSet:
    """The set with some codes below another."""
    over = {parent, *above(code_set).get(parent, ())}
    circle = next((code for code in code_set.codes if code.id in codes & over), None)
    if circle is not None:
        raise UsageError(
            f"{circle.name} cannot stand below itself", "put the other one under it instead"
        )
    return replace(
        code_set,
        codes=tuple(
            replace(code, parent=parent) if code.id in codes else code for code in code_set.codes
        ),
    )


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A code or category with its place in the tree."""

    code_set: CodeSet
    code: Code
    depth: int
    excerpts: int
    """That have it, or for a category any code below it, each once."""


def tree_lines(study: Study, viewer: Viewer, code_set: str = "") -> tuple[TreeLine, ...]:
    """The codes of a set as a tree, with how many excerpts have them, whoever put them on.

    Args:
        study: The study.
        viewer: Who is looking; what a blind round hides from them is not counted.
        code_set: Its name; empty for every set of the active book.
    """
    book = study.codebook
    sets = [find_set(study, code_set)] if code_set else [(book, one) for one in book.code_sets]
    lines: list[TreeLine] = []
    for owner, found in sets:
        categories = Categories(found)
        count: Counter[str] = Counter()
        for by_coder, units in uses(study, viewer, owner, found):
            on = frozenset().union(*by_coder.values())
            for code_id in on | categories.over(on):
                count[code_id] += units
        lines += [
            TreeLine(found, code, depth, count[code.id])
            for code, depth in tree(found)
            if code.is_category or code.is_offered or count[code.id]
        ]
    return tuple(lines)
