"""Codebooks from the shelf and from files, and which of them a study uses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coder.errors import UsageError
from coder.model import Codebook, Viewer
from coder.ops.coding import Done
from coder.ops.scratch import kept_scratch
from coder.ops.study import Study, did_you_mean
from coder.paths import shipped
from coder.store import codebooks
from coder.store.transcripts import read_people

if TYPE_CHECKING:
    from coder.formats.codebook_yaml import Surroundings


def shelf() -> dict[str, Path]:
    """The codebooks that ship with the program, by id."""
    return {path.stem: path for path in sorted(shipped("codebooks").glob("*.yaml"))}


def load_codebook(name: str) -> Codebook:
    """A codebook by the id of a shipped one or by file.

    Raises:
        UsageError: No such id or file.
        BadInput: The file has a fault, named with file, line and key.
    """
    from coder.formats.codebook_yaml import read_codebook

    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.exists():
        return read_codebook(path)
    found = shelf().get(name)
    if found is None:
        hint = did_you_mean(name, shelf())
        raise UsageError(f"there is no codebook {name}", hint or "name a .yaml file")
    return read_codebook(found)


def book_named(study: Study | None, name: str) -> Codebook:
    """A codebook by its id in a study, else as ``load_codebook``; without a name the active one.

    Raises:
        UsageError: There is none.
        BadInput: As ``load_codebook``.
    """
    if study is not None and not name:
        return study.codebook
    if study is not None and name in study.codebook_ids:
        return study.version(study.codebook_ids[name])
    return load_codebook(name)


def shared_set_names(books: Sequence[Codebook]) -> tuple[str, ...]:
    """What must be said to commands where several books of a study have a set of one name."""
    having: dict[str, list[str]] = {}
    for book in books:
        for code_set in book.code_sets:
            having.setdefault(code_set.id, []).append(book.id)
    return tuple(
        f"the code set {name} is in several codebooks: say "
        + " or ".join(f"{book}:{name}" for book in ids)
        for name, ids in having.items()
        if len(ids) > 1
    )


def surroundings(study: Study) -> Surroundings:
    """What a codebook file meets in a study: its attributes and its codebooks."""
    from coder.formats.codebook_yaml import Surroundings

    attributes = {name for person in read_people(study.store.db) for name in person.attributes}
    return Surroundings(study.path.name, frozenset(attributes), study.codebooks)


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the list of codebooks."""

    id: str
    version: str
    title: str
    sets: int
    codes: int
    is_active: bool


def list_codebooks(study: Study, viewer: Viewer) -> tuple[BookLine, ...]:
    """The codebooks of a study at their current versions."""
    active = study.codebook.id if study.codebook_ids else ""
    return tuple(
        BookLine(
            id=book.id,
            version=book.version,
            title=book.title,
            sets=len(book.code_sets),
            codes=sum(not code.is_category for _, code in book.codes()),
            is_active=book.id == active,
        )
        for book in study.codebooks
    )


def use_codebook(study: Study, book: Codebook) -> Done:
    """Add a codebook, or a new version of one, and make it the active one.

    Codings keep the version they were made under, and codes made while reading stay with it.
    """
    with study.store.change("", "codebook") as done:
        before = study.codebook_ids.get(book.id)
        book = kept_scratch(study.version(before) if before else None, book)
        uid = codebooks.add_version(study.store.db, book, study.store.clock())
        current = {**study.codebook_ids, book.id: uid}
        done.put("setting", "codebooks", {"value": json.dumps(current)})
        done.put("setting", "active_codebook", {"value": book.id})
        done.words = f"made {book.id} {book.version} the active codebook"
    return Done(done.entry, done.words)
