"""Changing a codebook while people code: each edit is one journalled action that undo takes back.

An edit adds an immutable version and makes it the current one, in one transaction. Codings are
never rewritten: reads take what was replaced for its heirs. While a round is open on the book
nothing changes, and no edit can be undone once somebody has coded under what it made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coder.errors import NotAllowed
from coder.model import Code, Codebook, Coder, Viewer, changes
from coder.model.code_rules import code_named, free_id, set_named
from coder.model.codebook_edits import (
    add_code,
    change_code,
    move_code,
    restore_code,
    retire_code,
)
from coder.model.codebook_joins import merge_codes, split_code
from coder.model.version_labels import with_free_label
from coder.ops.coding import Done
from coder.ops.revisiting import count_to_revisit
from coder.ops.scratch import refuse_while_frozen
from coder.ops.study import Study, book_named
from coder.store import blind, codebooks
from coder.store.codebooks import WHY


@dataclass(frozen=True, slots=True)
class Edited(Done):
    """What an edit did, once it is on disk."""

    book: Codebook
    """The book as it is now."""
    to_revisit: Mapping[str, int]
    """By alias, how many of a coder's excerpts are in question now."""
    new_codes: tuple[Code, ...] = ()
    """What came into the book, with its ids."""
    notes: tuple[str, ...] = ()
    """What else became different by it."""


Edit = Callable[[Codebook, frozenset[str]], Codebook]
"""From a book, and the ids that were ever used in it, to another."""


def edit_codebook(
    study: Study,
    coder: Coder | None,
    edit: Edit,
    *,
    book: str = "",
    did: str = "",
    why: str = "",
    is_checked: bool = True,
) -> Edited:
    """Make a new version of a codebook the current one.

    Args:
        study: The study.
        coder: Who edits; None where the study has nobody yet.
        edit: What to change.
        book: Id of the codebook; empty for the active one.
        did: What was done, where the difference of the versions does not say it.
        why: The reason, for those who read the log.
        is_checked: Against the rules of codebook files, which takes 0.3 s for thirty codes.

    Raises:
        UsageError: The edit will not do.
        NotAllowed: It is against the rules of the book, or an open round is coded under it.
    """
    old = book_named(study, book)
    with study.store.change(coder.id if coder else "", "codebook") as done:
        db = study.store.db
        # Read again inside: another window may have edited it meanwhile.
        old = book_named(study, old.id)
        made = edit(old, codebooks.known_codes(db, old.id))
        words = did or "; ".join(changes(old, made))
        if made.content_id != old.content_id:
            if is_checked:
                refuse_faults(old, made)
            made = with_free_label(made, codebooks.known_labels(db, old.id))
            uid = codebooks.add_version(db, made, study.store.clock())
            made = study.version(uid)
            current = {**study.codebook_ids, old.id: uid}
            done.put("setting", "codebooks", {"value": json.dumps(current)})
            if why.strip():
                done.put("setting", f"{WHY}|{study.store.new_id()}", {"value": why.strip()})
        done.words = f"{words} ({made.id} {made.version})"
    if not done.entry:
        return Edited("", f"nothing to change in {old.id} {old.version}", old, {})
    viewer = Viewer(coder.alias if coder else "")
    known = {code.id for _, code in old.codes()}
    return Edited(
        done.entry,
        done.words,
        made,
        count_to_revisit(study, viewer, made.id),
        tuple(code for _, code in made.codes() if code.id not in known),
    )


def refuse_faults(old: Codebook, made: Codebook) -> None:
    """Refuse a book in which ``coder codebook check`` would find faults the old one had not.

    Raises:
        NotAllowed: It would; names the first fault.
    """
    from coder.formats.codebook_yaml import check_codebook_text, write_codebook

    def faults(book: Codebook) -> dict[tuple[str, str], str]:
        found = check_codebook_text(write_codebook(book))
        return {(c.key, c.message): c.hint for c in found if c.is_fatal}

    new = faults(made)
    before = faults(old) if new else {}
    for (key, message), hint in new.items():
        if (key, message) not in before:
            raise NotAllowed(f"{key}: {message}", hint)


def add(
    study: Study,
    coder: Coder | None,
    code_set: str,
    code: Code,
    *,
    after: str = "",
    book: str = "",
    why: str = "",
) -> Edited:
    """Add a code, or a category; without an id it gets one that is made of its name."""

    def edit(old: Codebook, taken: frozenset[str]) -> Codebook:
        named = code if code.id else replace(code, id=free_id(code.name, taken))
        return add_code(old, code_set, named, after=after, taken=taken)

    return edit_codebook(study, coder, edit, book=book, why=why)


def change(
    study: Study,
    coder: Coder | None,
    code: str,
    parts: Mapping[str, Any],
    *,
    book: str = "",
    why: str = "",
) -> Edited:
    """Change the name of a code or any of its parts; its id stays what it was."""
    return edit_codebook(
        study, coder, lambda old, _: change_code(old, code, **parts), book=book, why=why
    )


def move(
    study: Study,
    coder: Coder | None,
    code: str,
    *,
    to_set: str = "",
    parent: str | None = None,
    before: str = "",
    after: str = "",
    book: str = "",
    why: str = "",
) -> Edited:
    """Move a code in the order, below another one, or into another set.

    A coding answers the question of its set. So what anybody ever coded with stays in its set.

    Raises:
        NotAllowed: It would leave a set in which it was coded, or an open round hides from the
            editor whether it would.
    """

    def edit(old: Codebook, _: frozenset[str]) -> Codebook:
        found, moved = code_named(old, code)
        is_leaving = bool(to_set) and set_named(old, to_set).id != found.id
        if is_leaving:
            _refuse_while_blind(study, coder, old)
        if is_leaving and codebooks.was_coded(study.store.db, old.id, code):
            raise NotAllowed(
                f"{moved.name} was coded in {found.id} and answers what that set asks",
                f"retire it, and add a code to {to_set}",
            )
        return move_code(old, code, to_set=to_set, parent=parent, before=before, after=after)

    # There is no rule about the order, and who moves a code up presses the key again at once.
    is_checked = bool(to_set) or parent is not None
    return edit_codebook(study, coder, edit, book=book, why=why, is_checked=is_checked)


def _refuse_while_blind(study: Study, coder: Coder | None, book: Codebook) -> None:
    """Refuse what would tell the editor which codes others used in an open round.

    Raises:
        NotAllowed: In the same words, whether or not anybody used them.
    """
    refuse_while_frozen(study, book)
    name = blind.blind_round(study.store.db, Viewer(coder.alias if coder else ""))
    if name:
        raise NotAllowed(
            f"the open round {name} hides what others coded, and a code leaves its set only where"
            " nobody has coded with it",
            "move it when the round is closed",
        )


def merge(
    study: Study,
    coder: Coder | None,
    codes: Sequence[str],
    into: str | Code,
    *,
    book: str = "",
    why: str = "",
) -> Edited:
    """Merge codes into one of the book, or into a new one; excerpts with several count once."""

    def edit(old: Codebook, taken: frozenset[str]) -> Codebook:
        target = into
        if isinstance(target, Code) and not target.id:
            target = replace(target, id=free_id(target.name, taken))
        return merge_codes(old, codes, target, taken=taken)

    before = book_named(study, book)
    done = edit_codebook(study, coder, edit, book=book, why=why)
    if not done.entry:
        return done
    heir = into if isinstance(into, str) else done.new_codes[0].id
    return replace(done, notes=valences_changed(before, codes, done.book, heir))


def valences_changed(
    before: Codebook, codes: Sequence[str], after: Codebook, heir: str
) -> tuple[str, ...]:
    """Which codes had another valence than the one that took their place has, in a sentence."""
    known, target = {code.id: code for _, code in before.codes()}, code_named(after, heir)[1]
    others = [known[one] for one in dict.fromkeys(codes) if known[one].valence != target.valence]
    if not others:
        return ()
    were = " and ".join(f"{one.name} was {valence_in_words(one.valence)}" for one in others)
    return (f"{were}: {target.name} is {valence_in_words(target.valence)}, and so they count now",)


def valence_in_words(valence: str) -> str:
    """A valence as it stands in a sentence."""
    return "neither productive nor unproductive" if valence == "none" else valence


def split(
    study: Study,
    coder: Coder | None,
    code: str,
    parts: Sequence[Code],
    *,
    book: str = "",
    why: str = "",
) -> Edited:
    """Retire a code and put new ones in its place, for its coders to choose between."""
    found = code_named(book_named(study, book), code)[1]
    names = ", ".join(part.name for part in parts[:-1])
    did = f"split {found.name} into {names} and {parts[-1].name}" if parts else ""

    def edit(old: Codebook, taken: frozenset[str]) -> Codebook:
        known, named = set(taken), []
        for part in parts:
            made = part if part.id else replace(part, id=free_id(part.name, known))
            known.add(made.id)
            named.append(made)
        return split_code(old, code, named, taken=taken)

    return edit_codebook(study, coder, edit, book=book, did=did, why=why)


def retire(
    study: Study, coder: Coder | None, code: str, *, book: str = "", why: str = ""
) -> Edited:
    """Stop offering a code; what was coded with it stays and counts."""
    return edit_codebook(study, coder, lambda old, _: retire_code(old, code), book=book, why=why)


def restore(
    study: Study, coder: Coder | None, code: str, *, book: str = "", why: str = ""
) -> Edited:
    """Offer a retired code again."""
    return edit_codebook(study, coder, lambda old, _: restore_code(old, code), book=book, why=why)
