"""Words are found however they were typed, and where they stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.errors import UsageError
from coder.model import Viewer
from coder.ops.corpus import read_transcript
from coder.ops.searching import find_in, search
from coder.ops.study import Study

VIEWER = Viewer("")


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("They don\u2019t see it", "don't", ["don\u2019t"]),
        ("so \u201ceasy\u201d for them", '"EASY"', ["\u201ceasy\u201d"]),
        ("hands\u2013on work", "hands-on", ["hands\u2013on"]),
        ("slow\n  and steady", "slow and", ["slow\n  and"]),
        ("[laughs] .* [/ ok", ".*", [".*"]),
        ("[laughs] .* [/ ok", "[/", ["[/"]),
        ("caf\u00e9", "cafe\u0301", ["caf\u00e9"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("nothing here", "else", []),
    ],
)
def test_words_are_found_as_people_type_them(text: str, words: str, found: list[str]) -> None:
    assert [span.of(text) for span in find_in(text, words)] == found


@given(st.text(max_size=60), st.data())
def test_what_stands_in_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    words = text[start:stop]
    # A part may begin inside a character that only its whole makes.
    if words.split() and unicodedata.normalize("NFC", words) == words:
        assert find_in(text, words)


def test_nothing_cannot_be_looked_for(study: Study) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        find_in("text", "  ")
    with pytest.raises(UsageError, match="no transcript"):
        list(search(study, VIEWER, "word", transcript="T-9"))


def test_around_a_hit_stands_what_the_same_person_said(study: Study) -> None:
    (first,) = search(study, VIEWER, "They never")
    assert (first.before, first.after) == ("", " had fractions. That is the whole story.")
    (inside,) = search(study, VIEWER, "[laughs]")
    assert (inside.before, inside.after) == ("I show them the steps. ", " Then they copy.")
    (across,) = search(study, VIEWER, "story. [00:01:00]")
    assert "had fractions" in across.before
    tags = list(search(study, VIEWER, "T1"))
    assert len(tags) == 4


def test_a_hit_says_where_it_stands(study: Study) -> None:
    text = read_transcript(study, VIEWER, "T-1").text
    word = next(word for word in text.split() if len(word) > 6 and word.isalpha())
    hits = list(search(study, VIEWER, word.upper()))
    assert hits
    for hit in hits:
        assert hit.span.of(text).casefold() == word.casefold() == hit.words.casefold()
        assert hit.before + hit.words + hit.after in text
        assert hit.speaker
        assert hit.ref.startswith("T-1:") or hit.ref == ""
