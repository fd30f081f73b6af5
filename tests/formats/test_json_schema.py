"""The schema for editors says what the checker says, as far as a schema can."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from coder.formats.codebook_yaml import check_codebook_text, json_schema, write_codebook
from coder.formats.codebook_yaml.json_schema import FILE_NAME
from coder.formats.codebook_yaml.schema import BOOK, Field
from coder.model import Codebook
from tests.formats.books import codebooks
from tests.formats.test_codebook_yaml import BOOKS, EVERY_OTHER_FIELD, OTHER_SETS, SMALL

EVERYTHING = (
    f"schema: codebook/1\nid: b\nversion: 1.0.0\ntitle: T\n{EVERY_OTHER_FIELD}"
    f"code_sets:\n{OTHER_SETS}"
)


def as_editors_read(text: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(text)


def faults(text: str) -> list[str]:
    found = Draft202012Validator(json.loads(json_schema())).iter_errors(as_editors_read(text))
    return [f"{error.json_path}: {error.message}" for error in found]


def test_the_committed_file_is_what_the_program_makes() -> None:
    assert (BOOKS / FILE_NAME).read_text(encoding="utf-8") == json_schema()
    Draft202012Validator.check_schema(json.loads(json_schema()))


@pytest.mark.parametrize("path", sorted(BOOKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_book_is_valid(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("text", [SMALL, EVERYTHING])
def test_what_the_checker_takes_is_valid(text: str) -> None:
    assert [c for c in check_codebook_text(text) if c.is_fatal] == []
    assert faults(text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schema: codebook/1", "schema: codebook/2"),
        ("title: Two questions\n", ""),
        ("id: small", "id: a small one"),
        ("id: small", "id: small\ncodeset: x"),
        ("mode: multi", "mode: many"),
        ("rule: max,", "rule: maximum,"),
        ("valence: productive", "valence: good"),
        ("key: '2'", "key: j"),
        ("key: '2'", "key: A"),
        ("key: '2'", "key: 12"),
        ("level: 1", "level: high"),
        ("codable: false", "codable: perhaps"),
        ("feeds: [cause]", "feeds: cause"),
        ("feeds: [cause]", "feeds: []"),
        ("statistic: []", "statistic: [kappa]"),
        ("name: The lesson", "name: The lesson\n        color: red"),
        ("id: Q-WHY", "id: Q WHY"),
    ],
)
def test_what_the_checker_refuses_is_underlined(old: str, new: str) -> None:
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    assert [c for c in check_codebook_text(text) if c.is_fatal]
    assert faults(text)


@settings(max_examples=40, deadline=None)
@given(book=codebooks())
def test_so_is_any_book_the_program_writes(book: Codebook) -> None:
    assert faults(write_codebook(book)) == []


def every_field(fields: Mapping[str, Field], path: str = "") -> Iterator[tuple[str, Field]]:
    for name, one in fields.items():
        yield f"{path}{name}", one
        yield from every_field(one.fields, f"{path}{name}.")


def test_every_field_is_explained_in_a_sentence() -> None:
    for path, one in every_field(BOOK):
        assert re.fullmatch(r"\S.*[^\s.]\.", one.says, re.DOTALL), path
        assert "  " not in one.says, path
    assert len(dict(every_field(BOOK))) > 80
