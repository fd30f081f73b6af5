"""Columns whose names come from codebooks and from people's attributes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coder.formats.tables import Column

FIRST_ATTRIBUTES = ("role", "district", "school")


def distinct(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns with a number behind a key that is taken already.

    A code may be called like an attribute, and an attribute ``n``; a table needs unique keys.
    """
    taken: set[str] = set()
    out = []
    for column in columns:
        key, number = column.key, 2
        while key in taken:
            key, number = f"{column.key}_{number}", number + 1
        taken.add(key)
        out.append(replace(column, key=key))
    return tuple(out)


def attribute_order(names: Iterable[str]) -> list[str]:
    """Role, district and school as far as they are there, then the others by name."""
    found = set(names)
    first = [name for name in FIRST_ATTRIBUTES if name in found]
    return first + sorted(found - set(first))
