"""Several codebooks, and the study they are for: what stands twice, and what is nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder.formats.codebook_yaml import (
    Complaint,
    Surroundings,
    check_codebook_text,
    check_codebooks,
    parse_codebook,
)
from coder.formats.codebook_yaml.vocabulary import STANDARD_ATTRIBUTES
from coder.ops.library import shared_set_names, surroundings
from coder.ops.study import open_study
from tests.factories import small_codebook
from tests.formats.test_codebook_yaml import SMALL

REPORT = "reports:\n  - {id: r, rows: %s, cols: %s}\n"


def told(
    tmp_path: Path, *texts: str, around: Surroundings | None = None
) -> list[tuple[int, Complaint]]:
    """Complaints but for parts that are not written yet, each with the number of its file."""
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"book{number}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    return [
        (number, complaint)
        for number, (_, complaints) in enumerate(check_codebooks(paths, around))
        for complaint in complaints
        if complaint.message != "not written yet"
    ]


def other(text: str = SMALL) -> str:
    """The small book under other ids."""
    text = text.replace("id: small", "id: other").replace("id: cause", "id: reason")
    text = text.replace("[cause]", "[reason]").replace("code_set: cause", "code_set: reason")
    return text.replace("id: depth", "id: level_of")


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_books_that_share_nothing_go_together(tmp_path: Path) -> None:
    assert told(tmp_path, SMALL, other()) == []


def test_a_book_id_used_twice(tmp_path: Path) -> None:
    second = SMALL.replace("title: Cause", "title: Causes")
    ((number, complaint),) = told(tmp_path, SMALL, second)
    assert (number, complaint.line, complaint.column, complaint.key) == (1, 2, 5, "id")
    assert 'the book id "small" is used twice (in ' in complaint.message
    assert "book0.yaml, line 2 too)" in complaint.message
    assert complaint.hint
    assert complaint.is_fatal


def test_the_same_book_twice_and_under_another_name(tmp_path: Path) -> None:
    ((_, complaint),) = told(tmp_path, SMALL, SMALL.replace("version: 1.0", "version: 2.0"))
    assert complaint.message.endswith("and the books say the same")
    renamed = SMALL.replace("id: small", "id: copy").replace("title: Two", "title: Three")
    ((_, complaint),) = told(tmp_path, SMALL, renamed)
    assert complaint.message.startswith("the same codes and sets stand in ")
    assert (complaint.line, complaint.column) == (2, 5)


def test_a_set_name_used_twice(tmp_path: Path) -> None:
    text = other().replace("id: reason", "id: cause").replace("[reason]", "[cause]")
    text = text.replace("code_set: reason", "code_set: cause")
    ((number, complaint),) = told(tmp_path, SMALL, text)
    assert number == 1
    assert (complaint.line, complaint.column) == (line_of(text, "- id: cause"), 9)
    assert complaint.key == "code_sets.cause.id"
    assert f'"cause" is used twice (in {tmp_path / "book0.yaml"}, line 11 too)' in complaint.message
    assert "other:cause" in complaint.hint


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SMALL, encoding="utf-8")
    spelled_otherwise = tmp_path / "." / "x" / ".." / "a.yaml"
    (tmp_path / "x").mkdir()
    found = check_codebooks([path, str(path), spelled_otherwise])
    assert [one for one, _ in found] == [path]


@pytest.mark.parametrize("name", STANDARD_ATTRIBUTES)
def test_a_set_named_like_an_attribute(name: str) -> None:
    text = other().replace("id: level_of", f"id: {name}")
    (complaint,) = [c for c in check_codebook_text(text) if c.key == f"code_sets.{name}.id"]
    assert (complaint.line, complaint.column) == (line_of(text, f"id: {name}"), 9)
    assert "is an attribute of people or transcripts too" in complaint.message
    assert parse_codebook(text, "x").code_sets[1].id == name


def test_against_a_study(tmp_path: Path) -> None:
    book = parse_codebook(SMALL, "small")
    around = Surroundings("mine.coder", frozenset({"level_of", "grade_band"}), (book,))
    found = {c.key: c for _, c in told(tmp_path, other(), around=around)}
    assert list(found) == ["code_sets.level_of.id"]
    # A new version of a book of the study has its sets by right.
    assert told(tmp_path, SMALL.replace("title: Cause", "title: Causes"), around=around) == []
    clash = SMALL.replace("id: small", "id: another")
    ((_, complaint), (_, second)) = told(tmp_path, clash, around=around)
    assert "(in small 1.0 of mine.coder too)" in complaint.message
    assert second.key == "code_sets.depth.id"


def test_the_sample_has_one_attribute_of_its_own(sample_file: Path, tmp_path: Path) -> None:
    with open_study(sample_file) as study:
        around = replace(surroundings(study), books=())
    assert around.attributes - set(STANDARD_ATTRIBUTES) == {"position"}
    text = SMALL + REPORT % ("position", "role")
    assert told(tmp_path, text, around=around) == []
    named = other().replace("id: level_of", "id: position")
    ((_, complaint),) = told(tmp_path, named, around=around)
    assert '"position" is an attribute of people or transcripts too' in complaint.message


@pytest.mark.parametrize(
    ("rows", "cols"),
    [
        ("role", "rollup"),
        ("[district, year]", "cause"),
        ("cause.rollup", "depth.level"),
        ("cause.lesson", "[at_least_3, at_most_2]"),
        ("lesson", "Q-WHY"),
        ("favourite_colour", "question"),
    ],
)
def test_what_reports_may_name(rows: str, cols: str) -> None:
    text = SMALL + REPORT % (rows, cols)
    assert [c for c in check_codebook_text(text) if c.is_fatal] == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("causes.rollup", 'did you mean "cause"?'),
        ("nothing.rollup", "there is cause or depth"),
        ("cause.roll_up", 'did you mean "rollup"?'),
        ("cause.deep", 'the code set cause has no "deep"'),
        ("distrct", 'did you mean "district"?'),
        ("[year, depht]", 'did you mean "depth"?'),
    ],
)
def test_what_reports_name_and_is_nowhere(rows: str, words: str) -> None:
    text = SMALL + REPORT % (rows, "role")
    (complaint,) = [c for c in check_codebook_text(text) if c.is_fatal]
    assert complaint.key == "reports.r.rows"
    assert complaint.line == line_of(text, "{id: r,")
    assert words in f"{complaint.message} ({complaint.hint})"


def test_roles_stand_before_sets_in_reports() -> None:
    text = SMALL.replace("unit:", "roles: [teacher]\nunit:") + REPORT % ("teacher.cause", "role")
    assert [c for c in check_codebook_text(text) if c.is_fatal] == []
    text = text.replace("teacher.cause", "teacher.causes")
    (complaint,) = [c for c in check_codebook_text(text) if c.is_fatal]
    assert complaint.hint == 'did you mean "cause"?'


def test_a_study_knows_its_attributes(tmp_path: Path) -> None:
    text = SMALL + REPORT % ("grade_band", "favourite_colour")
    around = Surroundings("mine.coder", frozenset({"grade_band"}))
    ((_, complaint),) = told(tmp_path, text, around=around)
    assert '"favourite_colour" is no attribute, code set or code' in complaint.message
    assert "grade_band" in complaint.hint
    assert told(tmp_path, text) == []


def test_books_of_a_study_that_share_set_names_are_named() -> None:
    assert shared_set_names([small_codebook()]) == ()
    notes = shared_set_names([small_codebook(), small_codebook("other")])
    assert notes[0] == ("the code set cause is in several codebooks: say tiny:cause or other:cause")
    assert len(notes) == 4
