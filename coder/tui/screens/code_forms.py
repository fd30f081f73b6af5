"""The forms of the codebook screen: what they ask of a code, and the code that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coder.errors import UsageError
from coder.model import Code, CodeSet
from coder.tui.screens.forms import Field

WHY = Field("why", "Why (for the history of the codebook)")


def new_fields(code_set: CodeSet) -> tuple[Field, ...]:
    """What a new code of a set needs to begin with."""
    level = (Field("level", "Level"),) if code_set.mode == "ordinal" else ()
    return (
        Field("name", "Name"),
        *level,
        Field("key", "Key: a digit or a lower-case letter; may stay empty"),
        Field("valence", "Valence: productive, unproductive, mixed or none", "none"),
        Field("short", "What it means, in one line"),
        WHY,
    )


def all_fields(code_set: CodeSet, code: Code) -> tuple[Field, ...]:
    """Everything that a codebook says of a code."""
    texts = (
        Field("definition", "Definition", code.definition, is_long=True),
        Field("include", "Use when", code.include, is_long=True),
        Field("exclude", "Not when, and which code instead", code.exclude, is_long=True),
        Field("example", "Example (invented)", code.example, is_long=True),
    )
    if code.is_category:
        return (Field("name", "Name", code.name), Field("short", "In one line", code.short),
                *texts, WHY)  # fmt: skip
    level = (Field("level", "Level", str(code.level)),) if code_set.mode == "ordinal" else ()
    return (
        Field("name", "Name", code.name),
        Field("short", "What it means, in one line", code.short),
        *texts,
        *level,
        Field("key", "Key", code.key),
        Field("valence", "Valence: productive, unproductive, mixed or none", code.valence),
        WHY,
    )


def new_code(answers: Mapping[str, str], parent: str) -> Code:
    """The code that was typed in, without an id yet.

    Raises:
        UsageError: The level is no number.
    """
    parts: dict[str, Any] = {name: answers[name].strip() for name in ("key", "short")}
    parts |= level_of(answers)
    valence: Any = answers["valence"].strip() or "none"
    return Code("", answers["name"].strip(), valence=valence, parent=parent, **parts)


def level_of(answers: Mapping[str, str]) -> dict[str, int]:
    """The level that was typed, where the form asks for one.

    Raises:
        UsageError: It is no whole number.
    """
    if "level" not in answers:
        return {}
    try:
        return {"level": int(answers["level"])}
    except ValueError:
        raise UsageError(f"“{answers['level']}” is no level", "a whole number") from None
