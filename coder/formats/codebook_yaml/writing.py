"""From a Codebook to a file that reads back as the same book."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from coder.formats.codebook_yaml.schema import BOOK, CODE, CODE_SET, SCHEMA
from coder.model import Code, Codebook, CodeSet

WIDTH = 100
LONGEST_INLINE = 72
"""A list of short words stays on one line up to this many characters."""

ATTRIBUTES = {"retired": "is_retired", "category": "is_category"}
"""Fields of a code that the model calls otherwise."""

PLAIN_TEXT = re.compile(r"[ -~\xa1-\u2027\u202f-\ud7ff\ue000-\ufdff]*")
"""What may be folded over lines as it is; anything else is written between quotation marks."""


def write_codebook(codebook: Codebook) -> str:
    """The book as YAML 1.2, fields in the order of the shipped books, the same text every time.

    Fields that are empty or stand at their default are left out; reading the text gives a book
    with the same content id and version label.
    """
    # Deferred as in nodes.py.
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda data: True
    out = StringIO()
    yaml.dump(_yaml(_book(codebook)), out)
    # ruamel leaves a space where it folds a line; no reader sees it, every diff does.
    return re.sub(" +\n", "\n", out.getvalue())


def _book(book: Codebook) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "schema": SCHEMA,
        "id": book.id,
        "version": book.version,
        "title": book.title,
        "status": book.status,
        "citation": book.citation,
        "notice": book.notice,
        "roles": book.roles,
        "unit": book.unit,
        "protocol": [{"id": q.id, "ask": q.ask, "feeds": q.feeds} for q in book.protocol],
        "code_sets": [_code_set(code_set) for code_set in book.code_sets],
    }
    return _ordered(fields, book.options, BOOK)


def _code_set(code_set: CodeSet) -> dict[str, Any]:
    rollup = code_set.rollup
    fields: dict[str, Any] = {
        "id": code_set.id,
        "title": code_set.title,
        "mode": code_set.mode,
        "scratch": code_set.is_scratch,
        "applies_when": code_set.applies_when,
        "rollup": _ordered({"rule": rollup.rule, "labels": rollup.labels}, rollup.options, ()),
        "codes": [_code(code) for code in code_set.codes],
    }
    if not code_set.is_scratch:
        del fields["scratch"]
    return _ordered(fields, code_set.options, CODE_SET)


def _code(code: Code) -> dict[str, Any]:
    fields: dict[str, Any] = {key: getattr(code, ATTRIBUTES.get(key, key)) for key in CODE}
    if code.codable:
        del fields["codable"]
    for key in ATTRIBUTES:
        if not fields[key]:
            del fields[key]
    if code.level is None:
        del fields["level"]
    return _ordered(fields, {}, CODE)


def _ordered(
    fields: Mapping[str, Any], options: Mapping[str, Any], order: Mapping[str, Any] | Sequence[str]
) -> dict[str, Any]:
    """Fields that say something, in the order of the schema, then the others by name.

    Options are written even where they are empty: ``statistic: []`` is an answer.
    """
    kept = {k: v for k, v in fields.items() if not (isinstance(v, str | Mapping) and not v)}
    kept = {k: v for k, v in kept.items() if not (isinstance(v, list | tuple) and not v)}
    kept |= options
    first = [key for key in order if key in kept] if order else list(fields)
    rest = sorted(key for key in kept if key not in first)
    return {key: kept[key] for key in [*first, *rest] if key in kept}


def _yaml(value: Any) -> Any:
    """The same value in the types by which ruamel knows how to lay it out."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

    if isinstance(value, Mapping):
        fields = CommentedMap((_yaml(str(k)), _yaml(v)) for k, v in value.items())
        if isinstance(key := fields.get("key"), str):
            # The key y reads as "yes" in other programs unless it stands in quotation marks.
            fields["key"] = SingleQuotedScalarString(key)
        return fields
    if isinstance(value, str):
        # ruamel takes [?why] for a list of a key without a value, and writes it so.
        is_plain = PLAIN_TEXT.fullmatch(value) and not value.startswith("?")
        return value if is_plain else DoubleQuotedScalarString(value)
    if isinstance(value, list | tuple):
        listing = CommentedSeq(_yaml(item) for item in value)
        if all(isinstance(v, int | float | str) for v in value) and (
            sum(len(str(v)) + 2 for v in value) <= LONGEST_INLINE
        ):
            listing.fa.set_flow_style()
        return listing
    return value
