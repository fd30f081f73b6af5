"""Choosing words of an excerpt from the keyboard: sentence by sentence, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coder.model import Span, Transcript
from coder.ops.coding import UnitWork

_AT_THE_END = " .,;:!?\u2026\u2013\u2014-\"'\u201c\u201d\u2018\u2019\u00ab\u00bb"
"""What is left off at either end: a name is words, not the stops around them."""


@dataclass(frozen=True, slots=True)
class Picking:
    """Some words of one sentence of what is quoted."""

    text: str
    """What the places below are counted in."""
    sentences: tuple[tuple[Span, ...], ...]
    """The words of each sentence that has any."""
    sentence: int = 0
    first: int = 0
    last: int = 0

    def at_sentence(self, step: int) -> Picking:
        """Some sentences on, all of its words chosen."""
        if not self.sentences:
            return self
        place = min(max(self.sentence + step, 0), len(self.sentences) - 1)
        return replace(self, sentence=place, first=0, last=len(self.sentences[place]) - 1)

    def trimmed(self, *, front: int = 0, back: int = 0) -> Picking:
        """So many words fewer at the front or at the back; negative for more. One stays."""
        if not self.sentences:
            return self
        most = len(self.sentences[self.sentence]) - 1
        first = min(max(self.first + front, 0), self.last)
        last = max(min(self.last - back, most), first)
        return replace(self, first=first, last=last)

    @property
    def span(self) -> Span:
        """Of the chosen words in the text, without stops around them."""
        if not self.sentences:
            return Span(0, 0)
        words = self.sentences[self.sentence]
        start, stop = words[self.first].start, words[self.last].stop
        chosen = self.text[start:stop]
        inner = chosen.strip(_AT_THE_END)
        if not inner:
            return Span(start, stop)
        lead = len(chosen) - len(chosen.lstrip(_AT_THE_END))
        return Span(start + lead, start + lead + len(inner))

    @property
    def sentence_span(self) -> Span:
        """Of the sentence that is chosen from."""
        if not self.sentences:
            return Span(0, 0)
        words = self.sentences[self.sentence]
        return Span(words[0].start, words[-1].stop)

    @property
    def words(self) -> str:
        """The chosen words."""
        return self.span.of(self.text)


def picking_from(work: UnitWork, transcript: Transcript) -> Picking:
    """What is quoted of an excerpt, with the words of its first sentence chosen."""
    pieces: list[str] = []
    sentences: list[tuple[Span, ...]] = []
    length = 0
    for quoted in work.quoted:
        piece = quoted.of(transcript.text)
        for sentence in transcript.sentences:
            part = sentence.span.overlap(quoted)
            if part is not None and part.of(transcript.text).strip():
                sentences.append(_words(transcript.text, part, length - quoted.start))
        pieces.append(piece)
        length += len(piece) + 1
    return Picking("\n".join(pieces), tuple(filter(None, sentences))).at_sentence(0)


def _words(text: str, span: Span, shift: int) -> tuple[Span, ...]:
    found = re.finditer(r"\S+", text[span.start : span.stop])
    base = span.start + shift
    return tuple(Span(base + one.start(), base + one.end()) for one in found)


def matching(words: str, names: Sequence[str]) -> list[str]:
    """The names that have all the words that were typed, those that begin with them first."""
    wanted = words.casefold().split()
    found = [name for name in names if all(word in name.casefold() for word in wanted)]
    whole = " ".join(wanted)
    return sorted(found, key=lambda name: not name.casefold().startswith(whole))
