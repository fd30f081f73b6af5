"""Characters as people see them: never cut where Unicode says not to."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.segment.graphemes import cluster_starts, cut_after, cut_before, is_blank

regex: Any = importlib.import_module("regex")
"""An oracle: it comes with nltk, which is one too."""

JOINED = [
    "e\u0301",
    "👩‍🏫",
    "👍🏽",
    "❤️",
    "1️⃣",
    "🇫🇷",
    "🇫🇷🇩🇪🇨",
    "각",
    "한국",
    "\u1100\u1161\u11a8",
    "क्षि",
    "ক্ষ",
    "น้ำ",
    "\u0600\u0661",
    "co\u00adop",
    "\u200b",
    "\u200d",
    " ",
    "\n",
    "\t",
    "\0",
    "\u202e",
    "a",
    "שלום",
]
anything = st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\r")
"""The text of a study has no carriage returns."""
words = st.one_of(
    st.lists(st.sampled_from(JOINED), max_size=8).map("".join),
    st.text(st.one_of(anything, st.sampled_from("".join(JOINED))), max_size=20),
)


@given(words)
def test_no_cut_falls_where_unicode_has_none(text: str) -> None:
    allowed = {found.start() for found in regex.finditer(r"\X", text)}
    assert set(cluster_starts(text)) <= allowed
    assert cluster_starts(text)[:1] == [0][: len(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ab", ["a", "b"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👍🏽👩‍🏫a", ["👍🏽", "👩‍🏫", "a"]),
        ("🇫🇷🇩🇪🇨", ["🇫🇷", "🇩🇪", "🇨"]),
        ("한국", ["한", "국"]),
        ("\u1100\u1161\u11a8\u1100", ["\u1100\u1161\u11a8", "\u1100"]),
        ("co\u00adop", ["c", "o\u00ad", "o", "p"]),
        ("a \u200bb", ["a", " ", "\u200bb"]),
        ("a\0\x1b", ["a", "\0", "\x1b"]),
    ],
)
def test_characters_that_people_tell_apart_are_apart(text: str, parts: list[str]) -> None:
    starts = cluster_starts(text)
    assert [text[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)] == parts


@given(words, st.integers(0, 20))
def test_a_cut_moves_to_the_ends_of_the_character(text: str, place: int) -> None:
    place = min(place, len(text))
    bounds = [*cluster_starts(text), len(text)]
    before, after = cut_before(text, place), cut_after(text, place)
    assert before == max(bound for bound in bounds if bound <= place)
    assert after == min(bound for bound in bounds if bound >= place)


def test_what_cannot_be_seen_is_blank() -> None:
    assert is_blank(" \n\u200b\u00ad\t")
    assert not is_blank(" \0")
    assert not is_blank("\u0301")
