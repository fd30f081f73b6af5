"""Does every entry of a codebook file hold the fields it may and must hold?"""

from __future__ import annotations

import re
from collections.abc import Mapping as Fields

from coder.formats.codebook_yaml.complaints import Complaints
from coder.formats.codebook_yaml.nodes import Listing, Mapping, Node, Scalar, items_of, text_of
from coder.formats.codebook_yaml.schema import KIND_WORDS, SCHEMA, Field
from coder.formats.codebook_yaml.vocabulary import ID
from coder.formats.wording import did_you_mean, listed, shown
from coder.model.code_words import LONGEST_NAME, text_fault

ONE_LINE = ("name", "title")
"""Fields that lists and headings show."""


def check_shape(book: Mapping, fields: Fields[str, Field], complaints: Complaints) -> None:
    """Complain about fields that are unknown, missing, empty or of the wrong kind."""
    schema = text_of(book.fields.get("schema"))
    if schema and schema != SCHEMA:
        complaints.fault(
            book.places["schema"],
            "schema",
            f"{shown(schema)} is not a format this program reads",
            f"write {SCHEMA}, or use the program that wrote the file",
        )
    _check_fields(book, fields, "", complaints)


def _check_fields(
    entry: Mapping, fields: Fields[str, Field], path: str, complaints: Complaints
) -> None:
    for key, value in entry.fields.items():
        below = f"{path}.{key}" if path else key
        if key in fields:
            _check_value(value, fields[key], below, complaints)
        else:
            complaints.fault(
                entry.places[key],
                below,
                "unknown field",
                did_you_mean(key, fields) or f"the fields here are {', '.join(fields)}",
            )
    for key, expected in fields.items():
        if key in entry.fields:
            continue
        below = f"{path}.{key}" if path else key
        if expected.is_required:
            hint = f"write {key}: {SCHEMA}" if key == "schema" else f"add a line {key}: ..."
            complaints.fault(entry, below, "missing field", hint)
        elif expected.is_expected:
            complaints.advice(entry, below, "not written yet", f"add a line {key}: ...")


def _check_value(value: Node, expected: Field, path: str, complaints: Complaints) -> None:
    _check_texts(value, path, complaints)
    if expected.kind == "any":
        for key, below in value.fields.items() if isinstance(value, Mapping) else ():
            _check_value(below, expected, f"{path}.{key}", complaints)
        return
    if _is_empty(value):
        # An empty list in place of a list that may be absent says "none": statistic: [].
        if isinstance(value, Listing) and not expected.is_required:
            return
        if expected.is_required:
            complaints.fault(value, path, "is empty", "it must be filled")
        else:
            complaints.advice(value, path, "is empty", "fill it or leave the line out")
        return
    if not _is_kind(value, expected.kind):
        complaints.fault(value, path, f"must be {KIND_WORDS[expected.kind]}", _kind_hint(value))
        return
    if expected.kind == "id" and not re.fullmatch(ID, text_of(value)):
        complaints.fault(
            value,
            path,
            f"{shown(text_of(value))} is not an id",
            "letters a to z, digits and underscore only",
        )
    for item in items_of(value) if expected.one_of else ():
        if item.text not in expected.one_of:
            complaints.fault(
                item,
                path,
                f"{shown(item.text)} is not known here",
                did_you_mean(item.text, expected.one_of) or f"one of {listed(expected.one_of)}",
            )
    if isinstance(value, Mapping):
        _check_fields(value, expected.fields, path, complaints)
    elif expected.kind == "several" and isinstance(value, Listing):
        for number, entry in enumerate(value.items, start=1):
            if isinstance(entry, Mapping):
                name = text_of(entry.fields.get("id")) or str(number)
                _check_fields(entry, expected.fields, f"{path}.{name}", complaints)


def _check_texts(value: Node, path: str, complaints: Complaints) -> None:
    """Complain about characters that act on a screen, and about names of several lines.

    Entries with fields that the schema knows are looked at when their turn comes.
    """
    for item in (value, *(value.items if isinstance(value, Listing) else ())):
        if not isinstance(item, Scalar):
            continue
        field = path.rpartition(".")[2]
        fault = text_fault(item.text, is_line=field in ONE_LINE)
        if fault:
            complaints.fault(item, path, fault, "leave it out")
        elif field == "name" and len(item.text) > LONGEST_NAME:
            complaints.fault(
                item,
                path,
                f"is {len(item.text)} characters long",
                f"{LONGEST_NAME} at most: choose fewer words",
            )


def _is_empty(value: Node) -> bool:
    if isinstance(value, Scalar):
        return value.value is None or not value.text.strip()
    if isinstance(value, Listing):
        return not value.items
    return not value.fields


def _is_kind(value: Node, kind: str) -> bool:
    if kind in ("text", "id"):
        return isinstance(value, Scalar)
    if kind == "whole":
        return _is_whole(value)
    if kind == "yes_no":
        return isinstance(value, Scalar) and isinstance(value.value, bool)
    if kind == "fields":
        return isinstance(value, Mapping)
    if not isinstance(value, Listing):
        return False
    if kind == "wholes":
        return all(_is_whole(item) for item in value.items)
    if kind == "texts":
        return all(isinstance(item, Scalar) and not _is_empty(item) for item in value.items)
    return all(isinstance(item, Mapping) for item in value.items)


def _is_whole(value: Node) -> bool:
    if not isinstance(value, Scalar) or isinstance(value.value, bool):
        return False
    return isinstance(value.value, int)


def _kind_hint(value: Node) -> str:
    if isinstance(value, Mapping):
        return "fields stand here; a colon inside a text needs quotation marks around the text"
    if isinstance(value, Listing):
        return "a list stands here"
    return f"{shown(value.text)} stands here"
