"""What a codebook file defines, and whether a reference meets it."""

from __future__ import annotations

from collections.abc import Iterable

from coder.formats.codebook_yaml.complaints import Complaints
from coder.formats.codebook_yaml.nodes import Mapping, Node, fields_of, items_of, text_of
from coder.formats.wording import did_you_mean, listed, shown


class Index:
    """The sets and codes of one file, whatever else is wrong with it."""

    def __init__(self, book: Mapping, complaints: Complaints) -> None:
        self.book = book
        self.complaints = complaints
        self.sets = fields_of(book, "code_sets")
        self.set_ids = [id_of(code_set) for code_set in self.sets]
        self.codes_of: dict[str, list[str]] = {}
        for code_set in self.sets:
            codes = [id_of(code) for code in fields_of(code_set, "codes")]
            self.codes_of.setdefault(id_of(code_set), codes)
        self.code_ids = [code for codes in self.codes_of.values() for code in codes]
        self.has_rubrics = any(is_rubric(code_set) for code_set in self.sets)

    def codes(self) -> Iterable[tuple[Mapping, Mapping, str]]:
        """Every code with its set and the path to it."""
        for code_set in self.sets:
            for code in fields_of(code_set, "codes"):
                yield code_set, code, f"code_sets.{id_of(code_set)}.codes.{id_of(code)}"

    def check_unique(self, entries: Iterable[Mapping], path: str, what: str) -> None:
        """Complain where two entries have the same id."""
        first: dict[str, int] = {}
        for entry in entries:
            node = entry.fields.get("id")
            name = text_of(node)
            if not name or node is None:
                continue
            if name in first:
                self.complaints.fault(
                    node,
                    f"{path}.{name}.id",
                    f"the {what} {shown(name)} is used twice (first in line {first[name]})",
                    "give one of them another id",
                )
            first.setdefault(name, node.line)

    def check_known(self, node: Node | None, names: list[str], path: str, what: str) -> None:
        """Complain where a list names what the book does not define, or names it twice."""
        seen: set[str] = set()
        for item in items_of(node):
            name = item.text
            if name not in names:
                there_is = listed(n for n in names if n != "?")
                self.complaints.fault(
                    item,
                    path,
                    f"there is no {what} {shown(name)}",
                    did_you_mean(name, names) or (f"there is {there_is}" if there_is else ""),
                )
            elif name in seen:
                self.complaints.fault(item, path, f"{shown(name)} stands twice", "remove one")
            seen.add(name)


def id_of(entry: Mapping) -> str:
    """The id of an entry, or a question mark for one that has none."""
    return text_of(entry.fields.get("id")) or "?"


def is_rubric(code_set: Mapping) -> bool:
    """Whether the set is ordinal."""
    return text_of(code_set.fields.get("mode")) == "ordinal"
