"""Labels of codebook versions, ``1.2.0``: for people; the content id decides what is the same."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from coder.model.codebook import Codebook

Step = Literal["patch", "minor", "major"]
"""How much a change matters to those who code: a wording, a code more, other codes than before."""


def next_label(label: str, step: Step) -> str:
    """The label after this one: ``1.2.3`` gives 1.2.4, 1.3.0 or 2.0.0, and so does ``1.2.3+4``.

    What stands behind a plus sign counts the codes made while reading; a change by hand is a
    version of its own. A label that is not made of numbers gets numbers behind it.
    """
    numbers = re.fullmatch(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\+\d+)?", label)
    if numbers is None:
        return next_build(label)
    major, minor, patch = (int(number or 0) for number in numbers.groups())
    if step == "major":
        return f"{major + 1}.0.0"
    if step == "minor":
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def next_build(label: str) -> str:
    """The label with one more behind the plus sign: ``1.2.3`` gives 1.2.3+1, and that 1.2.3+2."""
    head, _, tail = label.rpartition("+")
    if head and tail.isdecimal():
        return f"{head}+{int(tail) + 1}"
    return f"{label}+1"


def with_free_label(book: Codebook, taken: Collection[str]) -> Codebook:
    """The book under its label, or the next one that no other version goes by."""
    label = book.version
    while label in taken:
        label = next_build(label) if "+" in label else next_label(label, "patch")
    return book if label == book.version else replace(book, version=label)
