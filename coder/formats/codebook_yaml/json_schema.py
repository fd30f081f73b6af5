"""The codebook format as a JSON Schema, by which editors complete, explain and underline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from coder.formats.codebook_yaml.schema import BOOK, SCHEMA, Field
from coder.model import RESERVED_KEYS

FILE_NAME = "codebook.schema.json"
"""Beside the shipped books, whose first line points editors to it."""

SCALAR = ["string", "number", "boolean"]
"""YAML takes ``1.0`` for a number and ``true`` for a boolean; the program keeps them as written."""


def json_schema() -> str:
    """The schema (draft 2020-12) as the text of a file, the same every time.

    It says less than ``coder codebook check``: an editor cannot know which references lead
    nowhere or which keys are used twice.
    """
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Codebook of Coder ({SCHEMA})",
        "description": "Sets of codes, each asking one question of an excerpt or record.",
        **_entry(BOOK),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _entry(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, field in fields.items() if field.is_required],
        "properties": {
            name: {"description": field.says, **_value(name, field)}
            for name, field in fields.items()
        },
    }


def _value(name: str, field: Field) -> dict[str, Any]:
    if field.kind in ("text", "id"):
        return _text(name, field)
    if field.kind == "whole":
        return {"type": "integer"}
    if field.kind == "yes_no":
        return {"type": "boolean"}
    if field.kind == "fields":
        return _entry(field.fields)
    if field.kind == "any":
        return {}
    items: dict[str, dict[str, Any]] = {
        "texts": {"enum": list(field.one_of)} if field.one_of else {"type": SCALAR},
        "wholes": {"type": "integer"},
        "several": _entry(field.fields) if field.fields else {},
    }
    least = {"minItems": 1} if field.is_required else {}
    return {"type": "array", **least, "items": items[field.kind]}


def _text(name: str, field: Field) -> dict[str, Any]:
    if field.one_of:
        return {"enum": list(field.one_of)}
    least = {"minLength": 1} if field.is_required else {}
    if name == "key":
        # A pattern holds for texts only, and a key is a digit written with or without quotes.
        free = f"^(?![{''.join(sorted(RESERVED_KEYS))}]){field.pattern}$"
        return {"type": ["string", "integer"], "pattern": free, "minimum": 0, "maximum": 9}
    pattern = {"pattern": f"^{field.pattern}$"} if field.pattern else {}
    return {"type": SCALAR, **least, **pattern}
