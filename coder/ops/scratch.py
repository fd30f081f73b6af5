"""Codes made while reading, in the participant's words or the coder's own.

They gather in a scratch set, which is asked of no unit: no progress and no denominator changes.
Each new code is a new version of the codebook, and goes on its excerpt in the same action.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coder.errors import NotAllowed, UsageError
from coder.model import (
    Code,
    Codebook,
    Coder,
    CodeSet,
    Rollup,
    Viewer,
    id_from,
    same_words,
    tidy,
)
from coder.model.code_rules import check_text
from coder.model.code_words import straight
from coder.model.version_labels import next_build, with_free_label
from coder.ops.coding import Done
from coder.ops.corpus import find_unit
from coder.ops.desk import desk_at
from coder.ops.heirs import resolver
from coder.ops.study import Study
from coder.store import codebooks, codings, read_models
from coder.store.codebooks import set_uid
from coder.store.journal import Transaction

SCRATCH = "scratch"
"""Id of the scratch set, unless the book uses it for something else."""

TITLE = "Scratch - codes made while reading"


def scratch_set(book: Codebook) -> CodeSet | None:
    """The set that new codes of this book go to, if there is one yet."""
    return next((code_set for code_set in book.code_sets if code_set.is_scratch), None)


def put_new_code(
    study: Study,
    coder: Coder,
    ref: str,
    words: str,
    *,
    in_vivo: bool = False,
    memo: str = "",
    pass_: int = 0,
) -> Done:
    """Make a code of these words and put it on a unit, as one action.

    Where the scratch set has a code of the same words, that one is put on.

    Args:
        study: The study.
        coder: Who codes.
        ref: The unit.
        words: The name of the code, kept as it stands but for white space.
        in_vivo: The words must stand in what is quoted of the unit.
        memo: Why, written on the new coding.
        pass_: Which pass.

    Raises:
        UsageError: The words are no name, do not stand there, or name a code that was retired.
        NotAllowed: An open round has frozen the codebook, or has the unit.
    """
    with study.store.change(coder.id, "scratch") as done:
        find_unit(study, ref)
        name = _words_of(study, ref, words) if in_vivo else name_of(words)
        code = _code_of(study.codebook, name)
        made = code is None
        if code is None:
            _refuse_in_open_round(study, ref)
            code = _make(study, done, name)
        code_set = scratch_set(study.codebook)
        assert code_set is not None
        desk = desk_at(study, coder, ref, pass_)
        coding = desk.apply(done, code_set, code.id)
        if memo.strip():
            desk.note_on_coding(done, code_set, coding, memo)
        done.words = f"made the code {code.name} and put it on {ref}"
        if not made:
            done.words = f"put {code.name} on {ref}"
    return Done(done.entry, done.words)


def name_of(words: str, what: str = "code") -> str:
    """Words as the name of a code, category or pile.

    Raises:
        UsageError: They cannot be one.
    """
    name = tidy(words)
    if not name:
        raise UsageError(f"a {what} needs a name", "type some words")
    check_text("name", name)
    return name


def _words_of(study: Study, ref: str, words: str) -> str:
    """The words as they stand in what is quoted of a unit."""
    name = name_of(words)
    text = tidy(read_models.quoted_texts(study.store.db, [ref]).get(ref, ""))
    # Word processors bend the apostrophes of a transcript; keyboards type straight ones.
    pattern, typed = rf"(?<!\w){re.escape(straight(name))}(?!\w)", straight(text)
    found = re.search(pattern, typed) or re.search(pattern, typed, re.IGNORECASE)
    if found is None:
        raise UsageError(
            f"“{name}” does not stand in {ref}",
            "copy the words from there, or make a named code instead",
        )
    return text[found.start() : found.end()]


def _code_of(book: Codebook, name: str) -> Code | None:
    """The scratch code of these words that can be put on."""
    found = scratch_set(book)
    same = [
        code
        for code in (found.codes if found else ())
        if not code.is_category and same_words(code.name) == same_words(name)
    ]
    gone = next((code for code in same if not code.is_offered), None)
    offered = next((code for code in same if code.is_offered), None)
    if offered is None and gone is not None:
        heirs = ", ".join(gone.replaced_by)
        why = f"was replaced by {heirs}" if heirs else "was retired"
        hint = f"put {heirs} on" if heirs else "word it differently"
        raise UsageError(f"the code {gone.name} {why}", hint)
    return offered


def _make(study: Study, done: Transaction, name: str) -> Code:
    """Write a version of the active codebook that has one code more."""
    book = study.codebook
    refuse_while_frozen(study, book)
    found = scratch_set(book) or _new_set(book)
    code = Code(_free_id(study, book, found.id, name), name)
    bigger = replace(found, codes=(*found.codes, code))
    others = tuple(code_set for code_set in book.code_sets if code_set.id != found.id)
    place = next((n for n, one in enumerate(book.code_sets) if one.id == found.id), len(others))
    new_version(study, done, replace(book, code_sets=(*others[:place], bigger, *others[place:])))
    return code


def _new_set(book: Codebook) -> CodeSet:
    taken = {code_set.id for code_set in book.code_sets}
    return CodeSet(id_from(SCRATCH, taken), TITLE, "multi", (), Rollup("any"), is_scratch=True)


def _free_id(study: Study, book: Codebook, set_id: str, name: str) -> str:
    """An id that never stood for another code of the book.

    A code that was undone and is made again is the same code, as it would be in a copy of the
    study.
    """
    db = study.store.db
    now = {code.id for _, code in book.codes()}
    taken = codebooks.known_codes(db, book.id) | now
    while True:
        again = id_from(name, now)
        if again not in taken:
            return again
        meant = codebooks.meanings(db, book.id, again)
        if all(where == set_id and title == name for where, title in meant):
            return again
        now.add(again)


def new_version(study: Study, done: Transaction, book: Codebook) -> None:
    """Make a changed codebook the current version of its id, inside a transaction.

    Its label counts on behind a plus sign: what was made in the study is no release of the book.
    """
    made = replace(book, version=next_build(book.version))
    book = with_free_label(made, codebooks.known_labels(study.store.db, book.id))
    uid = codebooks.add_version(study.store.db, book, study.store.clock())
    done.put("setting", "codebooks", {"value": json.dumps({**study.codebook_ids, book.id: uid})})


def refuse_while_frozen(study: Study, book: Codebook) -> None:
    """Refuse to change a codebook while an open round is coded under it.

    Raises:
        NotAllowed: Naming the round.
    """
    name = codings.open_round_of_book(study.store.db, book.id)
    if name:
        raise NotAllowed(
            f"the open round {name} has frozen the codebook {book.id}",
            "write a memo now, and change the codebook when the round is closed",
        )


def _refuse_in_open_round(study: Study, ref: str) -> None:
    """Refuse a new code on a unit that others code blind: everybody would read its name.

    Raises:
        NotAllowed: Naming the round.
    """
    name = codings.open_round_of(study.store.db, ref)
    if name:
        raise NotAllowed(
            f"{ref} is in the open round {name}: write a memo instead",
            "codes that are there can be put on",
        )


def kept_scratch(old: Codebook | None, new: Codebook) -> Codebook:
    """A version that comes from a file, with what was made in the study while reading.

    What was coded with these codes would have no name otherwise. A code that the file has, in
    whichever set, is the file's: somebody has found it a place.

    Raises:
        UsageError: The file uses the id of the scratch set for a set of its own.
    """
    found = scratch_set(old) if old else None
    there = {code.id for _, code in new.codes()}
    left = [code for code in found.codes if code.id not in there] if found else []
    if found is None or not left:
        return new
    same = new.code_set(found.id)
    if same is not None and not same.is_scratch:
        raise UsageError(
            f"{new.id} {new.version} has a set {found.id}, which in this study holds codes made"
            " while reading",
            "call the set of the file something else",
        )
    ids = {code.id for code in left} | {code.id for code in (same.codes if same else ())}
    codes = [replace(code, parent=code.parent if code.parent in ids else "") for code in left]
    kept = replace(same or found, codes=(*(same.codes if same else ()), *codes))
    return replace(new, code_sets=(*(s for s in new.code_sets if s.id != kept.id), kept))


@dataclass(frozen=True, slots=True)
class ScratchLine:
    """One code of the scratch set and where it was used."""

    code: Code
    excerpts: int
    """On which anybody whom the viewer may see has put it."""
    coders: tuple[str, ...]


def scratch_codes(study: Study, viewer: Viewer) -> tuple[ScratchLine, ...]:
    """The codes of the active book's scratch set, in the order in which they were made."""
    book = study.codebook
    found = scratch_set(book)
    if found is None:
        return ()
    count: Counter[str] = Counter()
    coders: dict[str, set[str]] = {}
    for by_coder, units in uses(study, viewer, book, found):
        for code in frozenset().union(*by_coder.values()):
            count[code] += units
        for alias, codes in by_coder.items():
            for code in codes:
                coders.setdefault(code, set()).add(alias)
    return tuple(
        ScratchLine(code, count[code.id], tuple(sorted(coders.get(code.id, ()))))
        for code in found.codes
        if code.is_offered or count[code.id]
    )


def uses(
    study: Study, viewer: Viewer, book: Codebook, code_set: CodeSet
) -> Iterator[tuple[dict[str, frozenset[str]], int]]:
    """What codes everybody has on so many units alike, as the current version has them.

    Yields:
        Codes by alias, and the number of units.
    """
    current = resolver(book)
    for profile in read_models.profiles(study.store.db, viewer, set_uid(book.id, code_set.id)):
        found = {a.coder: current(a).codes for a in profile.answers if a.codes}
        if found:
            yield found, profile.units
