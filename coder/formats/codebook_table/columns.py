"""The columns of a codebook as a spreadsheet, and what other people call them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coder.formats.tables import Column

COLUMNS = (
    Column("code_set", "Set"),
    Column("set_title", "Set title", width=30),
    Column("mode", "Mode"),
    Column("rollup", "Roll-up"),
    Column("key", "Key"),
    Column("code", "Code"),
    Column("name", "Name"),
    Column("valence", "Valence"),
    Column("codable", "Codable"),
    Column("level", "Level", "count"),
    Column("short", "Short", width=40),
    Column("definition", "Definition", width=50),
    Column("include", "Use when", width=50),
    Column("exclude", "Do not use when", width=50),
    Column("example", "Example (invented)", width=50),
    Column("parent", "Below"),
    Column("category", "Category"),
    Column("color", "Colour"),
    Column("retired", "Retired"),
    Column("replaced_by", "Replaced by"),
    Column("asked_when", "Asked when", width=40),
    Column("scratch", "Scratch"),
    Column("order", "Roll-up order"),
)
KEYS = tuple(column.key for column in COLUMNS)

_OTHER_NAMES: Mapping[str, str] = {
    "code_id": "code",
    "id": "code",
    "code_name": "name",
    "label": "name",
    "brief": "short",
    "brief_definition": "short",
    "short_definition": "short",
    "full_definition": "definition",
    "description": "definition",
    "when_to_use": "include",
    "inclusion": "include",
    "inclusion_criteria": "include",
    "not_when": "exclude",
    "when_not_to_use": "exclude",
    "exclusion": "exclude",
    "exclusion_criteria": "exclude",
    "examples": "example",
    "parent_code": "parent",
    "colour": "color",
    "codeset": "code_set",
    "roll_up": "rollup",
    "heirs": "replaced_by",
}

YES_WORDS = frozenset({"yes", "y", "true", "1", "x"})
NO_WORDS = frozenset({"no", "n", "false", "0"})

ABOUT = "About"
"""Name of the sheet that says what the book is."""

BOOK_ID, VERSION, TITLE, STATUS = "Codebook", "Version", "Title", "Status"
NOTICE, CITE, ROLE = "Notice", "Cite", "Role"

BETWEEN = "; "
"""Between the heirs of a code."""


def column_of(title: str) -> str:
    """The key of the column that a title means, or nothing."""
    return _BY_NAME.get(_plain(title), "")


def _plain(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")


_BY_NAME: Mapping[str, str] = {
    **_OTHER_NAMES,
    **{_plain(column.title): column.key for column in COLUMNS},
    **{column.key: column.key for column in COLUMNS},
}
