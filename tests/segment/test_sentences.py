"""Sentences of speech: what must not be cut, and that nothing is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coder.model import Span, Turn
from coder.segment import sentences


def turn(number: int, text: str, start: int = 0) -> Turn:
    span = Span(start, start + len(text))
    return Turn(number, "T1", span, span)


def cut(words: str) -> list[str]:
    return [sentence.span.of(words) for sentence in sentences(words, [turn(1, words)])]


@pytest.mark.parametrize(
    "words",
    [
        # Each is to be cut where the bars are and nowhere else.
        "It keeps them awake. [laughs]|They like it better than notes.",
        "I pull a table when I can.|[inaudible 00:25:11] on Thursdays.",
        "And then [inaudible 00:14:02. maybe] we left.|So.",
        "In May. [pause] [laughs]|They left.",
        "In May.|[redacted: school] closed.",
        "[sighs] Percents.|Two Fridays ago.",
        "It was hard. [laughs] and long.",
        "We lost approx. five days, approx. Half of them.",
        "So No. 5 in the book, Nos. 5 and 6.|No.|They did.",
        "Dr. Novak and Ms. Reyes met Mr. Dubois, e.g. on Fridays.|Mrs. Ito too.",
        "In Gr. 7, i.e. the older ones, vs. the rest etc.|Then we left.",
        "It was 3.5 percent.|Of 1,000 kids.",
        "Well... I don't know... They left.",
        "Well… They left.",
        "I . . . They left.|So.",
        "I don't know....|They left.",
        "Really?...|No.",
        'So "What?" she said.|"Then go."|I went.',
        "“No way.”|“Why?” he asked.",
        'They go, "So, three?" [laughs]|It\'s just a weird thing.',
        "(They asked.)|Nobody knew (or so they said).|Yes.",
        "You did what?!|No!!|Oh.",
        "'Cause I know 'em.|'Cause I do.",
        "1. First we plan.|2. Then we teach.",
        "See http://example.org/a.b for it.|Yes.",
        "I saw it.|5 of them left.",
        "I saw it.|– They did not.",
        "I saw it.|Élan.|Ça va.",
        "we met. then we left.",
        "مرحبا؟|نعم.",
        "😀 Yes.|No 😀.|👩‍🏫 Hm.",
        "One.|\n\nTwo and\n  three.|Four",
        "one\n \ntwo".replace("\n \n", "|\n \n"),
        "[laughs]",
        "...",
        "?",
    ],
)
def test_cuts(words: str) -> None:
    expected = [part.strip() for part in words.split("|")]
    joined = words.replace("|\n", "\n").replace("|", " ")
    assert cut(joined) == expected


def test_sentences_are_numbered_across_turns_and_stay_inside() -> None:
    text = "INT: One. Two\nT1: three. Four."
    turns = [
        Turn(1, "INT", Span(0, 13), Span(5, 13)),
        Turn(2, "T1", Span(14, 30), Span(18, 30)),
    ]
    found = sentences(text, turns)
    assert [(s.number, s.span.of(text)) for s in found] == [
        (1, "One."),
        (2, "Two"),
        (3, "three. Four.".partition(". ")[0] + "."),
        (4, "Four."),
    ]


def test_no_turns_and_empty_turns() -> None:
    assert sentences("", []) == ()
    assert sentences("  ", [turn(1, "  ")]) == ()


WORDS = ["word", "Word", "No", "Dr", "5", "approx", "I", "é", "😀", "مرحبا", "e.g.", "http://a.b"]
SIGNS = [".", "...", "…", "?", "!", '"', "”", "“", "'", "[", "]", "(", ")", "–", ",", "؟", "-->"]
MARKS = ["[laughs]", "[inaudible 00:14:02]"]
WHITE = [" ", " ", " ", "\n", "\n\n", "\u00a0", "\u2028", "\u200d"]
PIECES = st.sampled_from([*WORDS, *SIGNS, *MARKS, *WHITE])


@settings(deadline=None)
@given(st.lists(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40), max_size=4))
@example(["! " * 40, "(" * 400, "[" * 200])
def test_every_character_is_in_exactly_one_sentence(said: list[str]) -> None:
    turns, text = [], ""
    for number, words in enumerate(said, start=1):
        text += "T1: "
        turns.append(turn(number, words, len(text)))
        text += words + "\n"
    found = sentences(text, turns)
    assert [sentence.number for sentence in found] == list(range(1, len(found) + 1))
    covered: set[int] = set()
    end = 0
    for sentence in found:
        assert end <= sentence.span.start < sentence.span.stop <= len(text)
        assert sentence.span == sentence.span.trimmed(text)
        assert any(each.words.contains(sentence.span) for each in turns)
        covered.update(range(sentence.span.start, sentence.span.stop))
        end = sentence.span.stop
    for each in turns:
        for at in range(each.words.start, each.words.stop):
            assert text[at].isspace() or at in covered


def test_a_turn_of_thirty_thousand_words_is_quick() -> None:
    words = (
        'They struggle with rate, approx. half of them. [laughs] So I said "What?" Then. ' * 2200
    )
    assert len(words.split()) > 30_000
    cut("Warm up. Now.")
    start = time.perf_counter()
    found = cut(words)
    assert len(found) == 6600
    assert time.perf_counter() - start < 5  # measured: 0.3 s


@pytest.mark.parametrize("noise", ["(", "!", "! ", ". ", "[a. ", "? [x] ", "a", '" '])
def test_noise_is_quick(noise: str) -> None:
    start = time.perf_counter()
    cut(noise * 20_000)
    assert time.perf_counter() - start < 10  # spaCy alone takes 46 s for "("


def test_longer_than_spacy_takes() -> None:
    words = "Some words here. " * 70_000
    assert len(words) > 1_000_000
    assert len(cut(words)) == 70_000
