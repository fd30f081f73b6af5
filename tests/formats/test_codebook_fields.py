"""Retired codes, categories, trees, colours and scratch sets, in files and in content ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from coder.formats.codebook_yaml import (
    check_codebook_text,
    parse_codebook,
    read_codebook,
    write_codebook,
)
from coder.model import Code, Codebook, CodeSet
from tests.factories import small_codebook
from tests.formats.books import codebooks
from tests.formats.test_codebook_yaml import SMALL

OLD = Path(__file__).parent / "old_books"
"""The books of the first release as they stood then."""


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ("mist_student_views", "3836bc0b-6d23-5e6b-993a-71a9c4def16e"),
        ("mist_student_views_brief", "bb80e8d7-376b-5078-a995-52501ddbbe36"),
    ],
)
def test_books_of_the_first_release_keep_their_content_ids(name: str, uid: str) -> None:
    assert read_codebook(OLD / f"{name}.yaml").content_id == uid


def test_so_does_a_book_made_in_code() -> None:
    assert small_codebook().content_id == "9c95d439-941f-5765-a4e8-044e07030902"


def test_new_fields_are_left_out_at_their_default_and_kept_elsewhere() -> None:
    new = {"is_retired", "parent", "is_category", "color"}
    book = small_codebook()
    for data in book.to_dict()["code_sets"]:
        assert "is_scratch" not in data
        assert not any(new & set(code) for code in data["codes"])
    code = replace(book.code_sets[0].codes[0], is_retired=True, parent="before", color="#123456")
    first = replace(book.code_sets[0], codes=(code,), is_scratch=True)
    changed = replace(book, code_sets=(first,))
    data = changed.to_dict()["code_sets"][0]
    assert data["is_scratch"] is True
    assert {k: v for k, v in data["codes"][0].items() if k in new} == {
        "is_retired": True,
        "parent": "before",
        "color": "#123456",
    }
    assert Codebook.from_dict(changed.to_dict()) == changed
    assert changed.content_id != book.content_id


@settings(max_examples=60, deadline=None)
@given(book=codebooks())
def test_every_book_survives_a_file_and_the_study(book: Codebook) -> None:
    text = write_codebook(book)
    assert [str(c) for c in check_codebook_text(text) if c.is_fatal] == []
    again = parse_codebook(text, "book.yaml")
    assert again == book
    assert again.content_id == book.content_id
    assert write_codebook(again) == text
    assert Codebook.from_dict(book.to_dict()) == book


def test_what_can_be_put_on() -> None:
    codes = (
        Code("pile", "Pile", is_category=True),
        Code("in_it", "In it", parent="pile"),
        Code("old", "Old", is_retired=True),
        Code("former", "Former", replaced_by=("in_it",)),
    )
    code_set: CodeSet = replace(small_codebook().code_sets[0], codes=codes)
    assert [code.id for code in code_set.offered] == ["in_it"]


TREE = SMALL.replace(
    "      - id: child\n", "      - id: pile\n        name: Pile\n        category: true\n"
    "      - id: below\n        name: Below\n        parent: pile\n      - id: child\n", 1
)  # fmt: skip

TREE_FAULTS = {
    "parent that is nowhere": ("parent: pile", "parent: plie", "plie", 'did you mean "pile"?'),
    "parent in another set": ("parent: pile", "parent: deep", "deep", "of the same set"),
    "parent of itself": ("parent: pile", "parent: below", "parent: below", "below below below"),
    "parents in a circle": (
        "category: true",
        "category: true\n        parent: below",
        "parent: below",
        "pile below below below pile",
    ),
    "category with a key": ("category: true", "category: true\n        key: a", "key: a", "none"),
    "category with a level": (
        "category: true",
        "category: true\n        level: 1",
        "level",
        "none",
    ),
    "category that cannot be told": (
        "category: true",
        "category: true\n        codable: false",
        "codable",
        "remove it",
    ),
    "category with heirs": (
        "category: true",
        "category: true\n        replaced_by: [child]",
        "replaced_by",
        "remove it",
    ),
    "category with a valence": (
        "category: true",
        "category: true\n        valence: mixed",
        "mixed",
        "has no valence",
    ),
    "colour by name": ("parent: pile", "parent: pile\n        color: blue", "blue", "#1f77b4"),
    "colour of three digits": (
        "parent: pile",
        "parent: pile\n        color: '#abc'",
        "'#abc'",
        "is no colour",
    ),
    "category in a rubric": (
        "        level: 0\n        key: 0",
        "        level: 0\n        category: true",
        "id: flat",
        "a rubric has levels",
    ),
}


@pytest.mark.parametrize("case", TREE_FAULTS)
def test_faults_of_trees(case: str) -> None:
    old, new, mark, words = TREE_FAULTS[case]
    assert [c for c in check_codebook_text(TREE) if c.is_fatal] == []
    assert old in TREE
    text = TREE.replace(old, new, 1)
    line = text[: text.index(mark)].count("\n") + 1
    found = [c for c in check_codebook_text(text) if c.is_fatal]
    assert any(c.line == line and words in f"{c.message} ({c.hint})" for c in found), (
        line,
        [str(c) for c in found],
    )


def test_a_set_whose_codes_are_all_gone_and_a_scratch_set() -> None:
    text = SMALL.replace("name: The lesson", "name: The lesson\n        retired: true")
    text = text.replace("name: 12", "name: 12\n        replaced_by: [deep]")
    (complaint,) = [c for c in check_codebook_text(text) if c.is_fatal]
    assert complaint.message == "none of its codes can be put on"
    assert complaint.line == text[: text.index("- id: cause")].count("\n") + 1
    scratch = text.replace("mode: multi", "mode: multi\n    scratch: true")
    assert [c for c in check_codebook_text(scratch) if c.is_fatal] == []


def test_two_sets_that_wait_for_each_other() -> None:
    text = SMALL.replace(
        "title: Cause\n", "title: Cause\n    depends_on: {code_set: depth, in: [deep]}\n", 1
    )
    found = [c for c in check_codebook_text(text) if c.is_fatal]
    assert [c.key for c in found] == [
        "code_sets.cause.depends_on.code_set",
        "code_sets.depth.depends_on.code_set",
    ]
    assert "goes in a circle: cause needs depth needs cause" in found[0].message


def test_a_text_may_begin_with_a_question_mark() -> None:
    book = replace(small_codebook(), citation=("?0", "why?", "? spaced"), notice="?")
    text = write_codebook(book)
    assert [str(c) for c in check_codebook_text(text) if c.is_fatal] == []
    assert parse_codebook(text, "book.yaml") == book
