"""Sentences of spoken language, without a language model.

spaCy's tokenizer says which full stops belong to a word (``Dr.``, ``e.g.``, ``3.5``, addresses);
``coder.segment.rules`` then says which of the others end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from coder.model import Sentence, Span, Turn
from coder.segment.rules import TERMINALS, boundaries, is_terminal

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")

# spaCy's tokenizer takes 0.1 s for a thousand brackets without a space and 46 s for 20,000. No
# word is this long, so such a stretch is handed on as if it held no full stops.
_LONGEST_WORD = 300

# In one piece a long turn costs memory for every token at once; nothing longer than this is a
# paragraph of speech. spaCy itself stops at 1,000,000 (``nlp.max_length``).
_PIECE = 100_000

Tokens = Callable[[str], Iterable[tuple[int, str]]]
"""Text to tokens with their positions."""


def sentences(text: str, turns: Iterable[Turn]) -> tuple[Sentence, ...]:
    """Cut what is said in each turn into sentences.

    Every character of a turn's words that is not white space is in exactly one sentence, and no
    sentence crosses a turn or a blank line.

    Args:
        text: The transcript's text.
        turns: Its turns; only their ``words`` are looked at.
    """
    spans = [
        sentence
        for turn in turns
        for part in paragraphs(text, turn.words)
        for sentence in _sentences_of(text, part)
    ]
    return tuple(Sentence(number, span) for number, span in enumerate(spans, start=1))


def paragraphs(text: str, words: Span) -> Iterator[Span]:
    """The stretches of a turn's words between blank lines, trimmed."""
    start = words.start
    for gap in _PARAGRAPH_END.finditer(text, words.start, words.stop):
        if part := Span(start, gap.start()).trimmed(text):
            yield part
        start = gap.end()
    if part := Span(start, max(start, words.stop)).trimmed(text):
        yield part


def _sentences_of(text: str, part: Span) -> Iterator[Span]:
    words = part.of(text)
    start = 0
    for stop in boundaries(words, _sentence_ends(words)):
        yield Span(part.start + start, part.start + stop).trimmed(text)
        start = stop
    yield Span(part.start + start, part.stop).trimmed(text)


def _sentence_ends(words: str) -> list[int]:
    """Where a token of final punctuation ends: the candidates."""
    if not any(char in TERMINALS for char in words):
        return []  # spares short answers the tokenizer
    tokens = _tokens()
    return [
        start + at + len(token)
        for start, piece in _pieces(words)
        for at, token in tokens(piece)
        if is_terminal(token)
    ]


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    """Words in stretches that the tokenizer can take, cut at white space, with their positions."""
    start = 0
    while start < len(words):
        stop = min(len(words), start + _PIECE)
        if stop < len(words):
            # A token never holds white space, so a cut there changes no token.
            space = next((n for n in range(stop, start, -1) if words[n - 1].isspace()), stop)
            stop = space
        piece = words[start:stop]
        if _TOO_LONG.search(piece):
            piece = _TOO_LONG.sub(lambda run: "x" * len(run[0]), piece)
        yield start, piece
        start = stop


_TOO_LONG = re.compile(rf"\S{{{_LONGEST_WORD},}}")


@cache
def _tokens() -> Tokens:
    """The tokenizer of spaCy's blank English; built once, it takes 0.3 s."""
    # Deferred: spaCy takes 1.5 to 3.5 s to import, and only an import of interviews needs it.
    import spacy

    tokenizer = spacy.blank("en").tokenizer

    def tokens(piece: str) -> Iterator[tuple[int, str]]:
        return ((token.idx, token.text) for token in tokenizer(piece))

    return tokens
