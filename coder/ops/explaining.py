"""Explanations of statistics and of general matters, looked up by name."""

from __future__ import annotations

import difflib
import textwrap
from typing import Any

from coder.errors import UsageError
from coder.formats.tables import Column, Table
from coder.ops.explanations import STATISTICS, TOPICS, Explanation
from coder.ops.statistic_names import OTHER_NAMES

SCHEMA = "coder/explanation/1"

EXPLANATIONS: dict[str, Explanation] = {one.name: one for one in (*STATISTICS, *TOPICS)}
"""All of them by name."""


def explanation(name: str) -> Explanation:
    """The explanation of a statistic or topic.

    Case does not matter, nor whether words are joined by ``_``, ``-`` or blanks.

    Raises:
        UsageError: There is none; names the nearest.
    """
    plain = "_".join(name.casefold().replace("-", " ").replace("_", " ").split())
    plain = OTHER_NAMES.get(plain, plain)
    if plain in EXPLANATIONS:
        return EXPLANATIONS[plain]
    near = difflib.get_close_matches(plain, [*EXPLANATIONS, *OTHER_NAMES], 3, 0.5)
    raise UsageError(
        f"there is no explanation of {name}",
        f"did you mean {' or '.join(near)}?" if near else "coder explain lists them",
    )


def page(one: Explanation, width: int = 80) -> str:
    """An explanation for a terminal."""
    lines = [f"{one.name}: {one.title}", ""]
    parts = (
        ("", one.what),
        ("Formula", one.formula),
        ("Misleads", one.misleads),
        ("Report" if one.formula else "Do", one.report),
        ("Source", one.source),
    )
    for label, text in parts:
        if text:
            begin = f"{label:<10}" if label else ""
            lines += textwrap.wrap(
                text,
                min(width, 100),
                initial_indent=begin,
                subsequent_indent=" " * len(begin),
                break_on_hyphens=False,
            )
    return "\n".join(lines) + "\n"


def contents() -> Table:
    """All explanations there are, one a line."""
    return Table(
        name="explanations",
        title="What coder explain explains",
        columns=(Column("name", "Name"), Column("title", "Title")),
        rows=tuple((one.name, one.title) for one in EXPLANATIONS.values()),
        notes=("coder explain NAME says what it is, when it misleads and how to report it.",),
    )


def as_data(one: Explanation) -> dict[str, Any]:
    """An explanation as plain data."""
    return {
        "schema": SCHEMA,
        "name": one.name,
        "title": one.title,
        "what": one.what,
        "formula": one.formula or None,
        "misleads": one.misleads,
        "report": one.report,
        "source": one.source,
    }
