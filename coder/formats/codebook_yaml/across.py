"""What must hold between several codebooks, and between them and the study they are for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coder.formats.codebook_yaml.build import build_codebook
from coder.formats.codebook_yaml.complaints import Complaint, Complaints, Place
from coder.formats.codebook_yaml.nodes import Mapping, fields_of, text_of
from coder.formats.codebook_yaml.reading import checked_tree, read_text
from coder.formats.codebook_yaml.set_rules import check_not_attribute
from coder.formats.codebook_yaml.vocabulary import STANDARD_ATTRIBUTES
from coder.formats.files import named
from coder.formats.wording import shown
from coder.model import Codebook


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What books meet in the study they are for."""

    study: str
    """What complaints call it."""
    attributes: frozenset[str] = frozenset()
    """Its own attributes of people and transcripts, beside those of every study."""
    books: tuple[Codebook, ...] = ()
    """Its codebooks at their current versions."""


def check_codebooks(
    paths: Sequence[str | Path], around: Surroundings | None = None
) -> list[tuple[str | Path, list[Complaint]]]:
    """Every complaint about each of several files, also about how they go together.

    Args:
        paths: The files, as the user named them; of two books with one id or one set name, the
            later is complained about.
        around: The study that the books are for; None for no study.

    Returns:
        The files in the same order, each with its complaints in the order of the file.

    Raises:
        BadInput: A file cannot be read at all.
    """
    attributes = frozenset(STANDARD_ATTRIBUTES) | around.attributes if around else None
    own = around.attributes - frozenset(STANDARD_ATTRIBUTES) if around else frozenset()
    taken = _Taken(around)
    found: list[tuple[str | Path, list[Complaint]]] = []
    by_place: dict[Path, str | Path] = {}
    for path in paths:
        by_place.setdefault(Path(path).resolve(), path)
    for path in by_place.values():
        tree, complaints = checked_tree(read_text(path), attributes)
        if tree is not None:
            for code_set in fields_of(tree, "code_sets"):
                check_not_attribute(complaints, code_set, own)
            taken.check(named(path), tree, complaints)
        found.append((path, complaints.in_order()))
    return found


class _Taken:
    """The ids, set names and contents of the books so far, and where they stand."""

    def __init__(self, around: Surroundings | None) -> None:
        self.books: dict[str, str] = {}
        self.sets: dict[str, tuple[str, str]] = {}
        """The book that has the set, and where."""
        self.contents: dict[str, str] = {}
        for book in around.books if around else ():
            where = f"in {book.id} {book.version} of {around.study if around else ''}"
            for code_set in book.code_sets:
                self.sets.setdefault(code_set.id, (book.id, where))

    def check(self, name: str, tree: Mapping, complaints: Complaints) -> None:
        """Complain about what an earlier book has already, then remember what this one has."""
        is_whole = not any(complaint.is_fatal for complaint in complaints.found)
        book_id = text_of(tree.fields.get("id"))
        content = _content(build_codebook(tree)) if is_whole else ""
        same = self.contents.get(content) if content else None
        self._check_book(book_id, tree, same, complaints)
        for code_set in fields_of(tree, "code_sets"):
            node = code_set.fields.get("id")
            set_id = text_of(node)
            if node is None or not set_id:
                continue
            other, where = self.sets.setdefault(set_id, (book_id, _at(name, node)))
            if other != book_id and same is None:
                complaints.advice(
                    node,
                    f"code_sets.{set_id}.id",
                    f"the set name {shown(set_id)} is used twice ({where} too)",
                    f"rename one, or every command must say {book_id}:{set_id}",
                )
        if book_id:
            self.books.setdefault(book_id, _at(name, tree.fields["id"]))
        if content:
            self.contents.setdefault(content, f"in {name}")

    def _check_book(
        self, book_id: str, tree: Mapping, same: str | None, complaints: Complaints
    ) -> None:
        node: Place = tree.fields.get("id", tree)
        if book_id in self.books:
            also = ", and the books say the same" if same else ""
            complaints.fault(
                node,
                "id",
                f"the book id {shown(book_id)} is used twice ({self.books[book_id]} too){also}",
                "leave one of them out, or give it another id",
            )
        elif same:
            complaints.advice(
                node, "id", f"the same codes and sets stand {same}", "keep one of the two books"
            )


def _at(name: str, place: Place) -> str:
    return f"in {name}, line {place.line}"


def _content(book: Codebook) -> str:
    """What a book says, whatever it is called."""
    return json.dumps(replace(book, id="", version="", title="").to_dict(), sort_keys=True)
