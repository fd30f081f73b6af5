"""From a codebook file to a Codebook, or to every complaint about it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from coder.errors import BadInput
from coder.formats.codebook_yaml.advice import check_wordings
from coder.formats.codebook_yaml.build import build_codebook
from coder.formats.codebook_yaml.complaints import Complaint, Complaints
from coder.formats.codebook_yaml.nodes import At, Mapping, read_nodes
from coder.formats.codebook_yaml.rules import check_rules
from coder.formats.codebook_yaml.schema import BOOK
from coder.formats.codebook_yaml.shape import check_shape
from coder.formats.files import decode_utf8, named, read_bytes
from coder.model import Codebook

MOST_BYTES = 4 * 1024 * 1024
"""The largest draft has 22 kB."""


def read_codebook(path: str | Path) -> Codebook:
    """The codebook in a YAML file.

    Raises:
        BadInput: If the file cannot be read or holds a fault; names the line, the column and
            the field of the first one and says how many more there are.
    """
    return parse_codebook(read_text(path), named(path))


@lru_cache(maxsize=64)
def parse_codebook(text: str, name: str) -> Codebook:
    """The codebook in a YAML text; kept, as reading takes 0.3 s and a codebook never changes.

    Args:
        text: The whole file.
        name: What complaints call it, usually the path.

    Raises:
        BadInput: As ``read_codebook``.
    """
    tree, complaints = checked_tree(text)
    faults = [c for c in complaints.in_order() if c.is_fatal]
    if faults or tree is None:
        raise _refusal(name, faults)
    return build_codebook(tree)


def check_codebook(path: str | Path) -> list[Complaint]:
    """Every fault of a codebook file and all advice about it, in the order of the file.

    Raises:
        BadInput: If the file cannot be read at all.
    """
    return check_codebook_text(read_text(path))


def check_codebook_text(text: str) -> list[Complaint]:
    """Every fault of a codebook text and all advice about it, in the order of the text."""
    return checked_tree(text)[1].in_order()


def checked_tree(
    text: str, attributes: Collection[str] | None = None
) -> tuple[Mapping | None, Complaints]:
    """What a codebook text holds, if it holds fields at all, and what is wrong with it.

    Args:
        text: The whole file.
        attributes: As in ``check_rules``.
    """
    complaints = Complaints()
    tree = read_nodes(text, complaints)
    if tree is None:
        return None, complaints
    if not isinstance(tree, Mapping):
        complaints.fault(
            At(tree.line, tree.column),
            "",
            "not a codebook: no fields at the top",
            "begin with schema: codebook/1",
        )
        return None, complaints
    check_shape(tree, BOOK, complaints)
    check_rules(tree, complaints, attributes)
    check_wordings(tree, complaints)
    return tree, complaints


def _refusal(name: str, faults: list[Complaint]) -> BadInput:
    first = faults[0]
    what = f"{first.key}: {first.message}" if first.key else first.message
    message = f"{name}, line {first.line}, column {first.column}: {what}"
    if len(faults) == 1:
        return BadInput(message, first.hint)
    hint = "; ".join(
        part for part in (first.hint, f"coder codebook check {name} lists all") if part
    )
    return BadInput(f"{message}, and {len(faults) - 1} more", hint)


def read_text(path: str | Path) -> str:
    """The text of a codebook file.

    Raises:
        BadInput: It cannot be read, is too large or not UTF-8.
    """
    return decode_utf8(path, read_bytes(path, MOST_BYTES))
