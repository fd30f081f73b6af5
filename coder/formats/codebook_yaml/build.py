"""A checked tree becomes a Codebook."""

from __future__ import annotations

from typing import cast

from coder.formats.codebook_yaml.nodes import (
    Mapping,
    Node,
    Scalar,
    fields_of,
    items_of,
    plain,
    text_of,
)
from coder.formats.codebook_yaml.schema import BOOK_OPTIONS, SET_OPTIONS
from coder.model import Code, Codebook, CodeSet, Mode, Question, Rollup, Valence


def build_codebook(book: Mapping) -> Codebook:
    """The codebook of a tree in which no fatal complaint was found."""
    return Codebook(
        id=_text(book, "id"),
        version=_text(book, "version"),
        title=_text(book, "title"),
        code_sets=tuple(_code_set(entry) for entry in fields_of(book, "code_sets")),
        protocol=tuple(
            Question(_text(entry, "id"), _text(entry, "ask"), _texts(entry, "feeds"))
            for entry in fields_of(book, "protocol")
        ),
        status=_text(book, "status"),
        citation=_texts(book, "citation"),
        notice=_text(book, "notice"),
        roles=_texts(book, "roles"),
        unit=_text_fields(book.fields.get("unit")),
        options=_options(book, BOOK_OPTIONS),
    )


def _code_set(entry: Mapping) -> CodeSet:
    return CodeSet(
        id=_text(entry, "id"),
        title=_text(entry, "title"),
        mode=cast(Mode, _text(entry, "mode")),
        codes=tuple(_code(code) for code in fields_of(entry, "codes")),
        rollup=_rollup(entry.fields["rollup"]),
        applies_when=_text(entry, "applies_when"),
        options=_options(entry, SET_OPTIONS),
        is_scratch=_is(entry, "scratch"),
    )


def _rollup(entry: Node) -> Rollup:
    assert isinstance(entry, Mapping)
    others = tuple(key for key in entry.fields if key not in ("rule", "labels"))
    return Rollup(
        rule=_text(entry, "rule"),
        labels=_text_fields(entry.fields.get("labels")),
        options=_options(entry, others),
    )


def _code(entry: Mapping) -> Code:
    level = entry.fields.get("level")
    return Code(
        id=_text(entry, "id"),
        name=_text(entry, "name"),
        short=_text(entry, "short"),
        definition=_text(entry, "definition"),
        include=_text(entry, "include"),
        exclude=_text(entry, "exclude"),
        example=_text(entry, "example"),
        key=_text(entry, "key"),
        valence=cast(Valence, _text(entry, "valence") or "none"),
        codable=_is(entry, "codable", default=True),
        level=level.value if isinstance(level, Scalar) and isinstance(level.value, int) else None,
        replaced_by=_texts(entry, "replaced_by"),
        is_retired=_is(entry, "retired"),
        parent=_text(entry, "parent"),
        is_category=_is(entry, "category"),
        color=_text(entry, "color"),
    )


def _text(entry: Mapping, key: str) -> str:
    """The text as written: ``version: 1.0`` is "1.0", and a key 1 is "1"."""
    return text_of(entry.fields.get(key))


def _is(entry: Mapping, key: str, *, default: bool = False) -> bool:
    value = entry.fields.get(key)
    return value.value if isinstance(value, Scalar) and isinstance(value.value, bool) else default


def _texts(entry: Mapping, key: str) -> tuple[str, ...]:
    return tuple(item.text for item in items_of(entry.fields.get(key)))


def _text_fields(node: Node | None) -> dict[str, str]:
    fields = node.fields if isinstance(node, Mapping) else {}
    return {key: text_of(value) for key, value in fields.items()}


def _options(entry: Mapping, keys: tuple[str, ...]) -> dict[str, object]:
    return {key: plain(entry.fields[key]) for key in keys if key in entry.fields}
