"""Every fault of a codebook file is named with its line and field, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import BadInput
from coder.formats.codebook_yaml import (
    Complaint,
    check_codebook_text,
    parse_codebook,
    read_codebook,
)
from tests.formats.codebook_faults import FAULTS
from tests.formats.test_codebook_yaml import SMALL


def faults(text: str) -> list[Complaint]:
    return [c for c in check_codebook_text(text) if c.is_fatal]


def advice(text: str) -> list[Complaint]:
    return [c for c in check_codebook_text(text) if not c.is_fatal]


def line_of(text: str, words: str, nth: int = 1) -> int:
    lines = [number for number, line in enumerate(text.splitlines(), 1) if words in line]
    return lines[nth - 1]


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_named_with_line_field_and_next_step(case: str) -> None:
    old, new, where, key, words = FAULTS[case]
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    at, _, nth = where.partition("@")
    line = line_of(text, at, int(nth or 1))
    found = [c for c in faults(text) if c.key == key]
    matching = [c for c in found if c.line == line and words in f"{c.message} ({c.hint})"]
    assert matching, [str(c) for c in check_codebook_text(text)]
    assert all(c.column >= 1 and c.hint for c in matching)
    with pytest.raises(BadInput) as refused:
        parse_codebook(text, "my book.yaml")
    assert str(refused.value).startswith("my book.yaml, line ")
    assert "\n" not in str(refused.value)


def test_a_letter_is_used_once_in_the_book_and_a_digit_once_in_a_set() -> None:
    text = SMALL.replace("key: 1\n        valence", "key: q\n        valence")
    text = text.replace("level: 1\n        key: 1", "level: 1\n        key: q")
    (complaint,) = faults(text)
    assert complaint.key == "code_sets.depth.codes.deep.key"
    assert complaint.line == line_of(text, "key: q", 2)
    assert 'the letter "q" is used twice in this book (first in line 20)' in complaint.message


def test_x_is_free_where_no_set_is_ordinal() -> None:
    start, end = SMALL.index("  - id: depth"), SMALL.index("published_figures")
    text = (SMALL[:start] + SMALL[end:]).replace("key: '2'", "key: x")
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("schema: codebook/1\ntitle: Views: all of them\n", 2, "quotation marks"),
        ("schema: codebook/1\n\ttitle: x\n", 2, "spaces, not with tabs"),
        ("schema: codebook/1\ntitle: [a\nid: b\n", 3, "expected"),
        ("schema: codebook/1\n---\nschema: codebook/1\n", 2, "one codebook a file"),
        ("schema: codebook/1\ntitle: a\x01b\n", 2, "control character"),
        ("schema: *nobody\n", 1, "undefined alias"),
        ('schema: codebook/1\ntitle: "Views\nid: b\n', 2, "opens here and is never closed"),
        ("schema: codebook/1\ntitle: 'Views\nid: b\n", 2, "opens here and is never closed"),
        ("[" * 5000, 1, "nested"),
    ],
)
def test_broken_yaml_is_named_by_line(text: str, line: int, words: str) -> None:
    (complaint,) = check_codebook_text(text)
    assert complaint.line == line
    assert words in str(complaint)


def test_aliases_of_aliases_stop_before_memory_does() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    (complaint,) = check_codebook_text("\n".join(lines))
    assert "more than 200,000 values" in complaint.message


def test_all_faults_are_listed_and_the_first_is_raised(tmp_path: Path) -> None:
    text = SMALL.replace("mode: multi", "mode: mutli").replace("key: '2'", "key: j")
    text = text.replace("feeds: [cause]", "feeds: [cuase]")
    assert [c.key for c in faults(text)] == [
        "protocol.Q-WHY.feeds",
        "code_sets.cause.mode",
        "code_sets.cause.codes.child.key",
    ]
    path = tmp_path / "book.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_codebook(path)
    message = refused.value.message
    assert (
        f'{path}, line 9, column 13: protocol.Q-WHY.feeds: there is no code set "cuase"' in message
    )
    assert message.endswith(", and 2 more")
    assert refused.value.hint.startswith('did you mean "cause"?; coder codebook check ')


def test_advice_does_not_keep_a_book_from_use() -> None:
    text = SMALL.replace(
        "name: The lesson",
        "name: The lesson\n        short: lesson\n        exclude: Something else\n"
        "        example: ''\n        definition: What is taught.",
    )
    assert faults(text) == []
    told = {c.key.removeprefix("code_sets.cause.codes.lesson."): c.message for c in advice(text)}
    assert told["short"] == "only repeats the name"
    assert told["exclude"] == "names no neighbouring code"
    assert told["example"] == "is empty"
    assert told["include"] == "not written yet"
    assert "definition" not in told
    assert parse_codebook(text, "x").code_sets[0].codes[0].short == "lesson"


def test_two_questions_with_the_same_words_are_pointed_out() -> None:
    text = SMALL.replace(
        "code_sets:", "  - id: Q-2\n    ask: why\n    feeds: [depth]\ncode_sets:", 1
    )
    told = [c for c in advice(text) if c.key == "protocol.Q-2.ask"]
    assert [c.message for c in told] == ["asks the same as the question in line 8"]
    assert told[0].line == line_of(text, "ask: why")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_damage_to_a_file_breaks_the_checker(data: st.DataObject) -> None:
    lines = SMALL.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        kept, _, value = lines[at].partition(":")
        damage = data.draw(
            st.sampled_from(["", f"{kept}:", f"{kept}: [1]", f"{kept}: {{a: b}}", f"{kept}: 7"])
            | st.just(value)
            | st.text(max_size=12)
        )
        lines[at] = damage
    text = "\n".join(lines)
    if any(c.is_fatal for c in check_codebook_text(text)):
        with pytest.raises(BadInput):
            parse_codebook(text, "book.yaml")
    else:
        parse_codebook(text, "book.yaml")
