"""YAML text as a tree that remembers where everything stands.

ruamel's own objects know their lines too, but stop at the first duplicate key and have already
turned ``1.0`` into a number; here every fault is found and the text as written is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coder.formats.codebook_yaml.complaints import Complaints
from coder.formats.wording import shown

MOST_NODES = 200_000
"""The largest draft has about 4,000; more than this is a file built to choke a reader."""

MOST_LEVELS = 100
"""Our own books have six; a thousand brackets in a row keep ruamel busy for five seconds."""

CORE_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class At:
    """A place in the file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: its text as written, and what YAML 1.2 takes it for."""

    line: int
    column: int
    text: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    line: int
    column: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields with their values; a key is always text, so ``1`` and ``'1'`` are the same."""

    line: int
    column: int
    fields: dict[str, Node] = field(default_factory=dict)
    places: dict[str, At] = field(default_factory=dict)
    """Where each key stands."""


Node = Scalar | Listing | Mapping


def read_nodes(text: str, complaints: Complaints) -> Node | None:
    """The tree of a YAML 1.2 document, or None after a complaint about its syntax."""
    # Deferred: ruamel takes 60 ms and only commands that read a codebook file need it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.max_depth = MOST_LEVELS
        composed = yaml.compose(text)
        if composed is None:
            complaints.fault(At(1, 1), "", "the file is empty", "write the fields of a codebook")
            return None
        return _Grower(complaints).grow(composed, "", ())
    except MarkedYAMLError as fault:
        if type(fault).__name__ == "MaxDepthExceededError":
            too_deep = f"not a codebook: nested more than {MOST_LEVELS} deep"
            complaints.fault(At(1, 1), "", too_deep)
            return None
        mark = fault.problem_mark or fault.context_mark
        place = At(mark.line + 1, mark.column + 1) if mark else At(1, 1)
        problem = str(fault.problem or fault.context or "cannot be read")
        if "quoted scalar" in str(fault.context) and "end of stream" in problem:
            # Where it opens, not the end of the file, is what has to be mended.
            mark = fault.context_mark
            place = At(mark.line + 1, mark.column + 1)
            problem = "a quotation mark opens here and is never closed"
        complaints.fault(place, "", f"not YAML: {problem}", _syntax_hint(problem))
    except YAMLError as fault:
        # ReaderError: a character YAML forbids; it knows only the position in the text.
        position = getattr(fault, "position", 0) or 0
        before = text[:position]
        place = At(before.count("\n") + 1, position - before.rfind("\n"))
        complaints.fault(
            place, "", "not YAML: a control character stands here", "delete the character"
        )
    except RecursionError:
        complaints.fault(At(1, 1), "", "not a codebook: lists nested hundreds deep")
    except _TooLarge:
        complaints.fault(
            At(1, 1), "", f"not a codebook: more than {MOST_NODES:,} values", "check the anchors"
        )
    return None


def plain(node: Node) -> Any:
    """Lists, dicts with text keys, and single values."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.fields.items()}


def text_of(node: Node | None) -> str:
    """The text of a single value as written; nothing where there is none."""
    return node.text if isinstance(node, Scalar) and node.value is not None else ""


def fields_of(node: Node | None, key: str) -> tuple[Mapping, ...]:
    """The mappings in the list under this key; whatever is no mapping is left out."""
    listing = node.fields.get(key) if isinstance(node, Mapping) else None
    if not isinstance(listing, Listing):
        return ()
    return tuple(item for item in listing.items if isinstance(item, Mapping))


def items_of(node: Node | None) -> tuple[Scalar, ...]:
    """The single values of a list, or the one value that stands in place of a list."""
    if isinstance(node, Scalar):
        return (node,) if node.value is not None else ()
    if not isinstance(node, Listing):
        return ()
    return tuple(item for item in node.items if isinstance(item, Scalar))


class _TooLarge(Exception):
    """Aliases of aliases of aliases."""


class _Grower:
    """Turns ruamel's nodes into ours, counting them."""

    def __init__(self, complaints: Complaints) -> None:
        self.complaints = complaints
        self.count = 0

    def grow(self, node: Any, path: str, inside: tuple[int, ...]) -> Node:
        self.count += 1
        if self.count > MOST_NODES:
            raise _TooLarge
        place = At(node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in inside:
            self.complaints.fault(place, path, "an anchor that stands for itself", "spell it out")
            return Scalar(place.line, place.column, "", "")
        if not str(node.tag).startswith(CORE_TAG):
            self.complaints.fault(
                place, path, f"the tag {shown(str(node.tag))} is not understood", "leave it out"
            )
        kind = type(node).__name__
        if kind == "ScalarNode":
            value = _value(str(node.tag).removeprefix(CORE_TAG), node.value)
            return Scalar(place.line, place.column, node.value, value)
        inside = (*inside, id(node))
        if kind == "SequenceNode":
            items = (
                self.grow(item, f"{path}.{_own_id(item) or i}".lstrip("."), inside)
                for i, item in enumerate(node.value, start=1)
            )
            return Listing(place.line, place.column, tuple(items))
        return self._mapping(node, place, path, inside)

    def _mapping(self, node: Any, place: At, path: str, inside: tuple[int, ...]) -> Mapping:
        grown = Mapping(place.line, place.column)
        for key_node, value_node in node.value:
            at = At(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if type(key_node).__name__ != "ScalarNode":
                self.complaints.fault(at, path, "a list or mapping stands where a key should")
                continue
            key = str(key_node.value)
            below = f"{path}.{key}" if path else key
            value = self.grow(value_node, below, inside)
            if key in grown.fields:
                first = grown.places[key].line
                self.complaints.fault(
                    at, below, f"the key stands twice (first in line {first})", "keep one of them"
                )
                continue
            grown.fields[key] = value
            grown.places[key] = at
        return grown


def _own_id(node: Any) -> str:
    """The ``id`` field of a mapping, so that a path names a code and not its number."""
    if type(node).__name__ == "MappingNode":
        for key_node, value_node in node.value:
            if key_node.value == "id" and isinstance(value_node.value, str):
                return value_node.value
    return ""


def _value(tag: str, text: str) -> str | int | float | bool | None:
    """The value of a plain scalar; text wherever a number would not come back the same."""
    if tag == "null":
        return None
    if tag == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if tag in ("int", "float"):
        try:
            number = int(text, 10) if tag == "int" else float(text)
        except ValueError:
            return text
        # Infinity and not-a-number have no place in a codebook, nor in the JSON of a study.
        return number if number == number and abs(number) != float("inf") else text
    return text


def _syntax_hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return 'a colon and a space inside a text: put the text between quotation marks ""'
    if "\\t" in problem or "\t" in problem:
        return "indent with spaces, not with tabs"
    if "another document" in problem:
        return "one codebook a file: remove the second ---"
    return "check indentation, colons and quotation marks on this line and the one before"
