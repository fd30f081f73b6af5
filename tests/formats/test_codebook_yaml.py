"""Codebook files become codebooks and come back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import BadInput
from coder.formats.codebook_yaml import (
    check_codebook,
    parse_codebook,
    read_codebook,
    write_codebook,
)
from coder.model import RESERVED_KEYS, Code, Codebook, CodeSet, Question, Rollup

BOOKS = Path(__file__).parents[2] / "codebooks"
FOR_EDITORS = "# yaml-language-server: $schema=codebook.schema.json\n"
"""The first line of a shipped book, by which editors find the schema beside it."""
SHIPPED = tuple(sorted(path.stem for path in BOOKS.glob("*.yaml")))

SMALL = """\
schema: codebook/1
id: small
version: 1.0
title: Two questions
unit: {code: excerpt, report: participant_year}
protocol:
  - id: Q-WHY
    ask: Why
    feeds: [cause]
code_sets:
  - id: cause
    title: Cause
    mode: multi
    rollup:
      rule: valence
      labels: {none: neither}
    codes:
      - id: lesson
        name: The lesson
        key: 1
        valence: productive
      - id: child
        name: 12
        key: '2'
        valence: unproductive
        codable: false
  - id: depth
    title: Depth
    mode: ordinal
    levels: [0, 1]
    depends_on: {code_set: cause, in: [lesson]}
    reliability: {levels: [participant], statistic: []}
    rollup: {rule: max, also: [median], expect_units: 2}
    codes:
      - id: deep
        name: Deep
        level: 1
        key: 1
      - id: flat
        name: no
        level: 0
        key: 0
published_figures:
  - id: fig
    says: under 20%
    test: {share: productive, lt: 0.2}
    counts: {3: 4}
"""


def test_reading_keeps_text_as_written_and_numbers_as_numbers() -> None:
    book = parse_codebook(SMALL, "small.yaml")
    assert (book.id, book.version) == ("small", "1.0")
    assert [(s.id, c.id, c.key) for s, c in book.codes()] == [
        ("cause", "lesson", "1"),
        ("cause", "child", "2"),
        ("depth", "deep", "1"),
        ("depth", "flat", "0"),
    ]
    cause, depth = book.code_sets
    assert [c.name for c in cause.codes] == ["The lesson", "12"]
    assert [c.codable for c in cause.codes] == [True, False]
    assert depth.codes[1] == Code("flat", "no", key="0", level=0)
    assert cause.rollup == Rollup("valence", {"none": "neither"})
    assert depth.rollup == Rollup("max", {}, {"also": ["median"], "expect_units": 2})
    assert depth.options == {
        "levels": [0, 1],
        "depends_on": {"code_set": "cause", "in": ["lesson"]},
        "reliability": {"levels": ["participant"], "statistic": []},
    }
    assert book.protocol == (Question("Q-WHY", "Why", ("cause",)),)
    assert book.options == {
        "published_figures": [
            {
                "id": "fig",
                "says": "under 20%",
                "test": {"share": "productive", "lt": 0.2},
                "counts": {"3": 4},
            }
        ]
    }


def test_what_is_written_reads_back_as_the_same_book() -> None:
    book = parse_codebook(SMALL, "small.yaml")
    text = write_codebook(book)
    again = parse_codebook(text, "again.yaml")
    assert again == book
    assert again.content_id == book.content_id
    assert write_codebook(again) == text
    assert Codebook.from_dict(book.to_dict()).content_id == book.content_id


EVERY_OTHER_FIELD = """\
general_rules: [Score what is said.]
composite: {id: both, of: [rigor], rule: mean, needs: 1, caution: Ours.}
evidence: [feedback report]
roles: [teacher]
reports:
  - {id: by_role, rows: [role, year], cols: rollup, of: [rigor], show: [n], one_per: district}
"""

OTHER_SETS = """\
  - id: focus
    title: Focus
    mode: exclusive
    order: [b, a]
    source: survey
    rollup: {rule: highest, order: [a, b], by: rigor, ties: review, show: percent}
    codes:
      - {id: a, name: A, replaced_by: [b]}
      - {id: b, name: B}
  - id: rigor
    title: Rigor
    mode: ordinal
    rollup: {rule: mean, also: [share_at_least_3], empty: no data}
    codes:
      - {id: high, name: High, level: 3}
"""


def test_every_field_of_the_format_is_kept() -> None:
    head = "schema: codebook/1\nid: b\nversion: 1.0.0\ntitle: T\n"
    text = f"{head}{EVERY_OTHER_FIELD}code_sets:\n{OTHER_SETS}"
    book = parse_codebook(text, "b.yaml")
    assert sorted(book.options) == ["composite", "evidence", "general_rules", "reports"]
    focus, rigor = book.code_sets
    assert focus.options == {"order": ["b", "a"], "source": "survey"}
    assert focus.rollup.options == {
        "order": ["a", "b"],
        "by": "rigor",
        "ties": "review",
        "show": "percent",
    }
    assert rigor.rollup.options == {"also": ["share_at_least_3"], "empty": "no data"}
    assert focus.codes[0].replaced_by == ("b",)
    assert parse_codebook(write_codebook(book), "b.yaml") == book


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_books_load_without_complaint_or_advice(name: str) -> None:
    path = BOOKS / f"{name}.yaml"
    assert check_codebook(path) == []
    book = read_codebook(path)
    assert book.id == name
    for _, code in book.codes():
        assert code.definition
        assert code.include
        assert code.exclude
        assert code.example
        assert code.short
        assert code.key not in RESERVED_KEYS
    letters = [code.key for _, code in book.codes() if code.key.isalpha()]
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("name", ["mist_student_views", "mist_student_views_brief"])
def test_shipped_books_stand_as_the_program_writes_them(name: str) -> None:
    path = BOOKS / f"{name}.yaml"
    text = path.read_text(encoding="utf-8").removeprefix(FOR_EDITORS)
    assert write_codebook(read_codebook(path)) == text


def test_the_ids_and_keys_of_the_full_book_stand_fast() -> None:
    book = read_codebook(BOOKS / "mist_student_views.yaml")
    keys = {s.id: "".join(c.key for c in s.codes) for s in book.code_sets}
    assert keys == {"attribution": "1234567890", "adjustment": "qwertasdghyio", "who": "plzxcvb"}
    assert {q.id: q.feeds for q in book.protocol} == {
        "Q-WHY": ("attribution",),
        "Q-ADJUST": ("adjustment",),
    }
    not_codable = {c.id for _, c in book.codes() if not c.codable}
    assert not_codable == {"cause_unclear", "generic_support"}


def test_line_ends_and_byte_order_mark_of_windows_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_codebook(path).content_id == parse_codebook(SMALL, "x").content_id


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"title: caf\xe9", "line 1, column 11: byte 0xE9 is not UTF-8"),
        (b"", "the file is empty"),
        (b"just words", "no fields at the top"),
        (b"- a\n- b", "no fields at the top"),
    ],
)
def test_files_that_are_no_codebook(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "book.yaml"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"book\.yaml, line 1") as refused:
        read_codebook(path)
    assert words in refused.value.message
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.yaml: there is no such file"):
        read_codebook(tmp_path / "nowhere.yaml")
    with pytest.raises(BadInput, match="is a folder"):
        check_codebook(tmp_path)


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=130
).filter(lambda text: bool(text.strip()))
several_lines = words | st.lists(words, min_size=2, max_size=3).map("\n".join)
ids = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("nothing", "not_applicable")
)
plain_values = st.recursive(
    words | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(words, inner, min_size=1, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(code_ids=st.lists(ids, min_size=1, max_size=3, unique=True), data=st.data())
def test_any_words_survive_writing_and_reading(code_ids: list[str], data: st.DataObject) -> None:
    codes = tuple(
        Code(
            name,
            data.draw(words),
            short=data.draw(several_lines),
            definition=data.draw(several_lines),
            include=data.draw(several_lines),
            exclude=data.draw(several_lines),
            example=data.draw(several_lines),
        )
        for name in code_ids
    )
    book = Codebook(
        id="book",
        version=data.draw(words),
        title=data.draw(words),
        code_sets=(CodeSet("own", data.draw(words), "multi", codes, Rollup("count")),),
        citation=tuple(data.draw(st.lists(words, max_size=3))),
        notice=data.draw(words),
        options={
            "published_figures": [
                {"id": "fig", "says": data.draw(words), "counts": data.draw(plain_values)}
            ]
        },
    )
    again = parse_codebook(write_codebook(book), "book.yaml")
    assert again.content_id == book.content_id
    assert again.version == book.version
