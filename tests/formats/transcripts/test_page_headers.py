"""Text pasted from a word processor: page headers inside, tabs, page breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.transcripts import read_transcript
from tests.formats.transcripts.interviews import HEADER, headed, refusal, write

PASTED = HEADER.replace("speaker: T1", "speaker: Ms. Brandt")
BODY = (
    "INT:\t{Q-WHY} Why is that?\n\n"
    "Ms. Brandt:\tBecause of the\n"
    "X-1 interview\tPage 1 of 3\n"
    "bus, I think.\n\n"
    "X-1  interview Page 12 of 3\n\n"
    "And so on.\n"
)
FIELD = 'page_header: "X-1 interview\\tPage # of #"\n'


def test_page_headers_that_the_header_names_are_left_out(tmp_path: Path) -> None:
    draft = read_transcript(write(tmp_path, headed(BODY, PASTED + FIELD)))
    assert len(draft.turns) == 2
    assert draft.turns[1].speaker == "Ms. Brandt"
    said = draft.turns[1].words.of(draft.text)
    assert said == "Because of the\nbus, I think.\n\n\nAnd so on."
    assert draft.notes == ("lines 19, 22: a page header was left out",)


def test_without_the_field_nothing_is_left_out(tmp_path: Path) -> None:
    draft = read_transcript(write(tmp_path, headed(BODY, PASTED)))
    assert "Page 1 of 3" in draft.turns[1].words.of(draft.text)
    assert draft.notes == ()


def test_what_looks_like_one_is_pointed_out(tmp_path: Path) -> None:
    body = BODY + "X-1 interview\tPage 13 of 3\n"
    (note,) = read_transcript(write(tmp_path, headed(body, PASTED))).notes
    assert 'page_header: "X-# interview Page # of #"' in note


def test_complaints_name_lines_of_the_file(tmp_path: Path) -> None:
    body = BODY + "\nMs. Nobody:\tHello.\n"
    said = refusal(write(tmp_path, headed(body, PASTED + FIELD)))
    assert "line 26: nobody in the header has the tag" in said


def test_a_pattern_that_fits_no_line_is_said(tmp_path: Path) -> None:
    draft = read_transcript(write(tmp_path, headed(BODY, PASTED + "page_header: 'Page #'\n")))
    assert draft.notes == ('no line is a page header like "Page #"',)


@pytest.mark.parametrize("value", ["{a: b}", "[[a]]", "['']"])
def test_a_pattern_is_text(tmp_path: Path, value: str) -> None:
    said = refusal(write(tmp_path, headed(BODY, PASTED + f"page_header: {value}\n")))
    assert "page_header should be a line of text" in said


def test_page_breaks_become_line_feeds(tmp_path: Path) -> None:
    body = "INT:\tWhy?\n\nMs. Brandt:\tBecause\x0bof\n\x0cthe bus.\n"
    draft = read_transcript(write(tmp_path, headed(body, PASTED)))
    assert draft.turns[1].words.of(draft.text) == "Because\nof\nthe bus."
    assert draft.notes == ("page and line breaks of a word processor became line feeds",)
