"""What a code must be to stand in a codebook: a free id, a name, a key, a level, a parent."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import get_close_matches

from coder.errors import NotAllowed, UsageError
from coder.model.code_tree import above
from coder.model.code_words import LONGEST_NAME, id_from, text_fault
from coder.model.codebook import RESERVED_KEYS, VALENCES, Code, Codebook, CodeSet

WORDINGS = ("name", "short", "definition", "include", "exclude", "example")
"""Parts of a code that are texts."""

WORDS_OF_SPREADSHEETS = frozenset({"nothing", "not_applicable"})
NO_EVIDENCE_KEY = "x"
"""A letter of the app in books with rubrics."""


def set_named(book: Codebook, set_id: str) -> CodeSet:
    """The code set of this id, or of its full name ``book:set``.

    Raises:
        UsageError: There is none.
    """
    found = book.code_set(set_id.removeprefix(f"{book.id}:"))
    if found is None:
        known = [one.id for one in book.code_sets]
        raise UsageError(f"there is no code set {set_id} in {book.id}", _meant(set_id, known))
    return found


def code_named(book: Codebook, code_id: str) -> tuple[CodeSet, Code]:
    """The code of this id with its set; ids stand once in a book.

    Raises:
        UsageError: There is none.
    """
    for code_set, code in book.codes():
        if code.id == code_id:
            return code_set, code
    known = [code.id for _, code in book.codes()]
    raise UsageError(f"there is no code {code_id} in {book.id}", _meant(code_id, known))


def code_in(code_set: CodeSet, code_id: str) -> Code:
    """The code of this id.

    Raises:
        UsageError: The set has none.
    """
    found = code_set.code(code_id)
    if found is None:
        known = [code.id for code in code_set.codes]
        raise UsageError(f"there is no code {code_id} in {code_set.id}", _meant(code_id, known))
    return found


def refuse_replaced(book: Codebook, code: Code) -> None:
    """Refuse to touch a code that others took the place of.

    Raises:
        NotAllowed: It was replaced; names its heirs.
    """
    if code.replaced_by:
        heirs = " and ".join(code_named(book, heir)[1].name for heir in code.replaced_by)
        raise NotAllowed(f"{code.name} was replaced by {heirs}", "only undo brings it back")


def check_parts(book: Codebook, code_set: CodeSet, code: Code) -> None:
    """Check the parts of a new or changed code against its set and the book.

    Raises:
        UsageError: One of them will not do.
    """
    if not code.name:
        raise UsageError("a code needs a name", "type some words")
    check_texts(code)
    same = next((c for c in code_set.codes if c.id != code.id and not is_gone(c)
                 and c.name.casefold() == code.name.casefold()), None)  # fmt: skip
    if same is not None:
        raise UsageError(f"{code_set.id} has a code called {same.name} already", "say it otherwise")
    if code.valence not in VALENCES:
        raise UsageError(f"there is no valence {code.valence}", f"one of {', '.join(VALENCES)}")
    if code.color and not re.fullmatch(r"#[0-9A-Fa-f]{6}", code.color):
        raise UsageError(f"{code.color} is no colour", "such as #1f77b4")
    if code.is_category:
        _check_category(code_set, code)
    elif code_set.mode == "ordinal":
        _check_level(code_set, code)
    elif code.level is not None:
        raise UsageError(f"{code_set.id} is no rubric: its codes have no level")
    if code.key and not is_gone(code):
        problem = key_problem(book, code_set, code.id, code.key)
        if problem:
            raise UsageError(problem, _free_keys(book, code_set))
    if code.parent:
        check_parent(code_set, code.id, code.parent)


def check_texts(code: Code) -> None:
    """Check that the texts of a code can stand in a codebook and on a screen.

    Raises:
        UsageError: One holds a control character, or the name is too long; names the part.
    """
    for part in WORDINGS:
        check_text(part, getattr(code, part), is_line=part == "name")


def check_text(part: str, text: str, *, is_line: bool = True) -> None:
    """Check one text; what is one line is a name, and not too long.

    Raises:
        UsageError: It holds a control character, or is too long; names the part.
    """
    fault = text_fault(text, is_line=is_line)
    if fault:
        raise UsageError(f"the {part} {fault}", "leave it out")
    if is_line and len(text) > LONGEST_NAME:
        raise UsageError(
            f"the {part} is {len(text)} characters long",
            f"{LONGEST_NAME} at most: choose fewer words",
        )


def check_id(book: Codebook, code_id: str, taken: Collection[str]) -> None:
    """Check that a code may be called this for good.

    Raises:
        UsageError: It is no id, or a code has it or had it once.
    """
    if not re.fullmatch(r"[A-Za-z0-9_]+", code_id) or code_id in WORDS_OF_SPREADSHEETS:
        raise UsageError(
            f"“{code_id}” cannot be the id of a code", "letters a to z, digits and underscore only"
        )
    known = {code.id for _, code in book.codes()}
    free = free_id(code_id, {*known, *taken})
    if code_id in known:
        raise UsageError(f"there is a code {code_id} in {book.id} already", f"say {free}")
    if code_id in taken:
        raise UsageError(
            f"{code_id} was the id of a code in an earlier version, and ids are never used again",
            f"say {free}",
        )


def _check_category(code_set: CodeSet, code: Code) -> None:
    if code_set.mode == "ordinal":
        raise UsageError(f"{code_set.id} is a rubric: it has levels, not categories")
    if code.key or code.level is not None or not code.codable or code.valence != "none":
        raise UsageError(
            f"{code.name} is a category: nothing is coded with it, so it has no key, level or"
            " valence"
        )


def _check_level(code_set: CodeSet, code: Code) -> None:
    if code.level is None:
        raise UsageError(f"{code_set.id} is a rubric: the code {code.id} needs a level")
    same = next((c for c in code_set.codes if c.level == code.level and c.id != code.id), None)
    if same is not None:
        raise UsageError(f"level {code.level} of {code_set.id} is {same.name}", "take another")


def check_parent(code_set: CodeSet, code_id: str, parent: str) -> None:
    """Check that a code may stand below another.

    Raises:
        UsageError: The set has no such code.
        NotAllowed: It was replaced, or stands below the code itself.
    """
    if not parent:
        return
    over = code_in(code_set, parent)
    if over.replaced_by:
        raise NotAllowed(f"{over.name} was replaced", "take the code that took its place")
    if code_id in (over.id, *above(code_set)[over.id]):
        raise NotAllowed(f"{code_id} cannot stand below itself")


def key_problem(book: Codebook, code_set: CodeSet, code_id: str, key: str) -> str:
    """Why a key cannot be a code's, or nothing. A digit goes to one set, a letter to the book."""
    if not re.fullmatch(r"[0-9a-z]", key):
        return f"“{key}” is no code key: one digit or one lower-case letter"
    is_rubrics_own = key == NO_EVIDENCE_KEY and any(s.mode == "ordinal" for s in book.code_sets)
    if key in RESERVED_KEYS or is_rubrics_own:
        return f"the key {key} is one of the app's own"
    for other_set, other in book.codes():
        is_near = other_set.id == code_set.id or not key.isdigit()
        if is_near and other.key == key and other.id != code_id and other.is_offered:
            return f"the key {key} is taken by {other.name}"
    return ""


def _free_keys(book: Codebook, code_set: CodeSet) -> str:
    free = [k for k in "1234567890abcdefghijklmnopqrstuvwxyz"
            if not key_problem(book, code_set, "", k)]  # fmt: skip
    return f"free: {' '.join(free)}" if free else "no key is free"


def free_id(name: str, taken: Collection[str]) -> str:
    """A free id made of a name: ``Home or family`` gives ``home_or_family``."""
    return id_from(name, {*taken, *WORDS_OF_SPREADSHEETS})


def tidied(code: Code) -> Code:
    """White space at the ends of texts goes; a name is one line."""
    words = {part: getattr(code, part).strip() for part in WORDINGS}
    words["name"] = " ".join(words["name"].split())
    return replace(code, **words, key=code.key.strip(), color=code.color.strip())


def is_gone(code: Code) -> bool:
    """Whether a code is retired or replaced: its name and key are free again."""
    return code.is_retired or bool(code.replaced_by)


def _meant(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=3, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(close) + "?"
    return "there are " + ", ".join(known) if 0 < len(known) <= 12 else ""
