"""What is no readable text file is refused before anything is parsed."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.errors import BadInput
from coder.formats import base
from coder.formats.base import Notes, load_text
from coder.formats.transcripts import READABLE_ENDINGS, read_transcript
from tests.formats.transcripts.interviews import (
    BODY,
    HEADER,
    headed,
    read_or_refuse,
    refusal,
    write,
)


def test_missing_file(tmp_path: Path) -> None:
    assert "X-1.txt: there is no such file" in refusal(tmp_path / "X-1.txt")


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "X-1.txt").mkdir()
    assert "X-1.txt: this is a folder" in refusal(tmp_path / "X-1.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_is_not_read_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "X-1.txt")
    assert "not an ordinary file" in refusal(tmp_path / "X-1.txt")


@pytest.mark.parametrize("name", ["X-1.docx", "X-1.pages", "X-1"])
def test_unknown_ending_names_what_can_be_read(tmp_path: Path, name: str) -> None:
    said = refusal(write(tmp_path, headed(), name))
    for ending in READABLE_ENDINGS:
        assert ending in said


def test_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert read_transcript(write(tmp_path, headed(), "X-1.TXT")).name == "X-1"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "X-1.txt: the file is empty"),
        (b" \n\t\n", "X-1.txt: the file holds nothing but white space"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b"PK\x03\x04\x14\x00more", "a Word document or zip archive"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"{\\rtf1 hello}", "rich text"),
        (b"---\nab\x00c", "X-1.txt, line 2: not a text file: byte 6 is zero"),
        (b"one\r\ntwo \x93quoted\x94", "X-1.txt, line 2: byte 9 (0x93) is not UTF-8"),
        ("naïve".encode("latin-1"), "X-1.txt, line 1: byte 2 (0xEF) is not UTF-8"),
        (b"\xff\xfeh\x00i", "is not UTF-16"),
        (b"\xff\xfe\x00\x00h\x00\x00\x00", "UTF-32"),
        (b"one\ntwo \x1b[31mred", "X-1.txt, line 2: control character U+001B"),
        ("one\ntwo\x85".encode(), "X-1.txt, line 2: control character U+0085"),
        (b"page one\n\x07page two", "X-1.txt, line 2: control character U+0007"),
    ],
)
def test_what_is_no_text(tmp_path: Path, content: bytes, expected: str) -> None:
    assert expected in refusal(write(tmp_path, content))


def test_too_large_says_size_and_limit(tmp_path: Path) -> None:
    path = tmp_path / "X-1.txt"
    with path.open("wb") as file:
        file.truncate(base.SIZE_LIMIT + 8 * 1024 * 1024)
    said = refusal(path)
    assert "40" in said
    assert "32" in said


def test_file_name_with_a_line_feed_stays_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_transcript(tmp_path / "two\nlines\x1b[2J.txt")
    assert str(caught.value).isprintable()


def test_hash_is_of_the_bytes(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + headed().replace("\n", "\r\n").encode()
    draft = read_transcript(write(tmp_path, content))
    assert draft.source_sha256 == hashlib.sha256(content).hexdigest()


def test_mark_and_line_ends_are_taken_off_and_said(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + headed().replace("\n", "\r\n").encode()
    draft = read_transcript(write(tmp_path, content))
    assert draft.text == BODY
    assert any("byte order mark" in note for note in draft.notes)
    assert any("line ends" in note for note in draft.notes)


def test_old_mac_line_ends(tmp_path: Path) -> None:
    assert read_transcript(write(tmp_path, headed().replace("\n", "\r"))).text == BODY


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)
def test_utf_16_with_a_mark_is_read_and_said(tmp_path: Path, encoding: str, mark: bytes) -> None:
    draft = read_transcript(write(tmp_path, mark + headed().encode(encoding)))
    assert draft.text == BODY
    assert any("UTF-16" in note for note in draft.notes)


def test_loose_accents_are_joined_and_said(tmp_path: Path) -> None:
    draft = read_transcript(write(tmp_path, headed(BODY.replace("Because", "Efre\u0301n"))))
    assert "Efr\u00e9n" in draft.text
    assert "line 17: letters and their accents were joined (Unicode NFC)" in draft.notes


def test_composed_text_has_nothing_to_say(tmp_path: Path) -> None:
    assert read_transcript(write(tmp_path, headed(BODY.replace("Because", "Efrén")))).notes == ()


def test_replacement_characters_are_mentioned(tmp_path: Path) -> None:
    draft = read_transcript(write(tmp_path, headed(BODY.replace("Because", "I don\ufffdt"))))
    assert any("line 17" in note and "U+FFFD" in note for note in draft.notes)


def test_file_name_of_macos_matches_composed_id(tmp_path: Path) -> None:
    header = HEADER.replace("X-1", "José-1")
    name = unicodedata.normalize("NFD", "José-1.txt")
    assert read_transcript(write(tmp_path, headed(header=header), name)).name == "José-1"


def test_notes_about_many_lines_are_one_sentence() -> None:
    notes = Notes()
    for line in range(1, 9):
        notes.add("is odd", line)
    notes.add("is said once")
    assert notes.sentences() == ("lines 1, 2, 3, 4, 5 and 3 more: is odd", "is said once")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    draft, said = read_or_refuse(write(tmp_path, content))
    assert draft is None, "no bytes this short are an interview"
    assert said
    assert "\n" not in said


@given(st.text(max_size=80), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_text_is_kept_but_for_what_is_said(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    path = write(tmp_path_factory.getbasetemp(), text.encode(encoding, "replace"), "any.txt")
    try:
        source = load_text(path)
    except BadInput:
        return
    if {"\x0b", "\x0c"} & set(text):
        # Page breaks may change how many lines there are; their own test says how.
        assert any("word processor" in note for note in source.notes)
        return
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    composed = unicodedata.normalize("NFC", lines.encode(errors="replace").decode())
    assert source.text.removeprefix("\ufeff") == composed.removeprefix("\ufeff")
    assert ("\r" in text) == any("line ends" in note for note in source.notes)
