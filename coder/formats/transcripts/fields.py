"""The YAML of a transcript's header as a tree that knows the line of every key and value.

Only single values, lists and fields exist here. Whatever else YAML offers (anchors, tags, several
documents) has no use in a header and is refused, so nobody can build a bomb out of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coder.formats.base import complaint
from coder.formats.wording import shown

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.nodes import Node

MOST_LEVELS = 100
"""A header has five; a thousand brackets in a row keep ruamel busy for five seconds."""

_CORE = "tag:yaml.org,2002:"
_MARKS_OF_OTHER_FILES = "write plain fields, lists in [ ] and mappings in { }"

# Narrower than YAML on purpose: 007, 1_000 or 0x1F are names to a researcher, and a number of
# 400 digits is none.
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")


# The file itself holds none of these, but "\e" or "\ud800" in quotation marks makes them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: its text as written, and the plain value that YAML 1.2 gives it."""

    line: int
    text: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    line: int
    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys with their values, in the order of the file."""

    line: int
    values: Mapping[str, Value]
    key_lines: Mapping[str, int]


Value = Scalar | Listing | Fields


def plain(value: Value) -> object:
    """The same as lists, dicts and single values; dates and times stay text."""
    if isinstance(value, Scalar):
        return value.value
    if isinstance(value, Listing):
        return [plain(item) for item in value.items]
    return {key: plain(item) for key, item in value.values.items()}


def read_fields(path: Path, text: str, first_line: int) -> Fields:
    """Read the fields of a header.

    Args:
        path: The file, for complaints.
        text: The YAML without the ``---`` lines around it.
        first_line: The line of the file on which the text begins.

    Raises:
        BadInput: Not YAML, a key twice, no fields at all, anchors or tags.
    """
    # Deferred: ruamel takes 60 ms, and `coder --help` should not pay for it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.max_depth = MOST_LEVELS
        root = yaml.compose(text)
        if root is None:
            raise complaint(path, first_line, "the header is empty")
        value = _Reader(path, first_line).read(root)
    except MarkedYAMLError as fault:
        if type(fault).__name__ == "MaxDepthExceededError":
            message = f"the header is nested more than {MOST_LEVELS} levels deep"
            raise complaint(path, first_line, message, _MARKS_OF_OTHER_FILES) from fault
        raise _syntax(path, first_line, fault) from fault
    except YAMLError as fault:
        message = "the header holds a character that YAML forbids"
        raise complaint(path, first_line, message, "delete it") from fault
    except RecursionError as fault:
        message = "the header is nested hundreds of levels deep"
        raise complaint(path, first_line, message, _MARKS_OF_OTHER_FILES) from fault
    if not isinstance(value, Fields):
        message = "the header is not a set of fields"
        raise complaint(path, value.line, message, "write one 'field: value' a line")
    return value


class _Reader:
    """Turns the nodes of ruamel into values, refusing what a header has no use for."""

    def __init__(self, path: Path, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.seen: set[int] = set()

    def line(self, node: Node) -> int:
        return self.first_line + int(node.start_mark.line)

    def read(self, node: Node) -> Value:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        line = self.line(node)
        if id(node) in self.seen:
            message = "an alias (*name) repeats another part of the header"
            raise complaint(self.path, line, message, "write the values out")
        self.seen.add(id(node))
        tag = str(node.tag)
        if not tag.startswith(_CORE):
            message = f"the tag {shown(tag)} is not understood"
            raise complaint(self.path, line, message, "leave it out")
        if isinstance(node, ScalarNode):
            text = self.printable(str(node.value), line)
            return Scalar(line, text, _value_of(tag.removeprefix(_CORE), text))
        if isinstance(node, SequenceNode):
            return Listing(line, tuple(self.read(item) for item in node.value))
        assert isinstance(node, MappingNode), type(node)
        return self.read_mapping(node, line)

    def printable(self, text: str, line: int) -> str:
        if bad := _UNPRINTABLE.search(text):
            message = f"control character U+{ord(bad[0]):04X} in {shown(text)}"
            raise complaint(self.path, line, message, "leave out the escape that makes it")
        return text

    def read_mapping(self, node: Node, line: int) -> Fields:
        values: dict[str, Value] = {}
        key_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_line = self.line(key_node)
            if not isinstance(key_node.value, str):
                message = "a list or mapping stands where the name of a field should"
                raise complaint(self.path, key_line, message, _MARKS_OF_OTHER_FILES)
            key = self.printable(key_node.value, key_line)
            if key in values:
                message = f"the field {shown(key)} is there twice, first in line {key_lines[key]}"
                raise complaint(self.path, key_line, message, "keep one of them")
            key_lines[key] = key_line
            value = self.read(value_node)
            if isinstance(value, Scalar) and value.value is None:
                # ruamel puts an empty value where the next thing begins, lines further down.
                value = replace(value, line=key_line)
            values[key] = value
        return Fields(line, values, key_lines)


def _value_of(tag: str, text: str) -> str | int | float | bool | None:
    if tag == "null":
        return None
    if tag == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if tag == "int" and _WHOLE.fullmatch(text):
        return int(text)
    if tag == "float" and _DECIMAL.fullmatch(text):
        return float(text)
    return text


def _syntax(path: Path, first_line: int, fault: MarkedYAMLError) -> Exception:
    mark = fault.problem_mark or fault.context_mark
    line = first_line + (int(mark.line) if mark else 0)
    problem = " ".join(str(fault.problem or fault.context or "cannot be read").split())
    if "mapping values are not allowed" in problem:
        hint = "a value with a colon and a space inside needs quotation marks around it"
    elif "\\t" in problem:
        hint = "indent with spaces, not with tabs"
    else:
        hint = "check colons, brackets and quotation marks on this line and the one before"
    return complaint(path, line, f"the header is not YAML: {problem}", hint)
