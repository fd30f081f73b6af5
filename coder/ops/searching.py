"""Finding words in transcripts: as typed, but for case, kinds of quotation marks, dashes, space."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coder.errors import UsageError
from coder.model import Span, Transcript, Unit, Viewer
from coder.ops.corpus import list_excerpts, read_transcript
from coder.ops.study import Study
from coder.store import transcripts

_SAME = (
    "'\u2018\u2019\u201a\u02bc\u00b4`",
    '"\u201c\u201d\u201e\u00ab\u00bb',
    "-\u2010\u2011\u2012\u2013\u2014\u2212",
)
"""Characters that people type one way and texts hold another."""

_AROUND = 40
"""Code points of context on either side of a hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand."""

    transcript: str
    ref: str
    """The shortest excerpt that holds its beginning; empty where none does."""
    speaker: str
    """Tag of who speaks there."""
    span: Span
    before: str
    words: str
    """As they stand in the text."""
    after: str


def pattern_of(words: str) -> re.Pattern[str]:
    """What to look for: the words in this order, wherever lines break, in any case.

    Raises:
        UsageError: There is nothing to look for.
    """
    wanted = unicodedata.normalize("NFC", words).split()
    if not wanted:
        raise UsageError("nothing to search for", "coder search WORDS")
    return re.compile(r"\s+".join(map(_one_word, wanted)), re.IGNORECASE)


def _one_word(word: str) -> str:
    return "".join(
        next((f"[{re.escape(kinds)}]" for kinds in _SAME if char in kinds), re.escape(char))
        for char in word
    )


def find_in(text: str, words: str) -> tuple[Span, ...]:
    """Every place of a text where the words stand; they do not overlap.

    Raises:
        UsageError: There is nothing to look for.
    """
    return tuple(Span(found.start(), found.end()) for found in pattern_of(words).finditer(text))


def search(
    study: Study,
    viewer: Viewer,
    words: str,
    *,
    transcript: str = "",
    goes_on: Callable[[], bool] = lambda: True,
) -> Iterator[Hit]:
    """Every place where the words stand, by transcript and in text order.

    What people said is nobody's code: a blind round hides none of it.

    Args:
        study: The study.
        viewer: Who is looking.
        words: What to look for, see `pattern_of`.
        transcript: Only in this one.
        goes_on: Asked before each transcript; False ends the search.

    Raises:
        UsageError: There is nothing to look for, or no such transcript.
    """
    pattern_of(words)
    if transcript:
        read_transcript(study, viewer, transcript)
    # Texts first: turns and excerpts are read only where there is something to show.
    for name, text in transcripts.texts(study.store.db, transcript):
        if not goes_on():
            return
        spans = find_in(text, words)
        if spans:
            found = read_transcript(study, viewer, name)
            excerpts = list_excerpts(study, viewer, name)
            yield from (_hit(found, excerpts, span) for span in spans)


def _hit(transcript: Transcript, excerpts: tuple[Unit, ...], span: Span) -> Hit:
    text = transcript.text
    place = bisect_right([turn.span.start for turn in transcript.turns], span.start) - 1
    inside = [u for u in excerpts if u.span.start <= span.start < u.span.stop]
    innermost = min(inside, key=lambda unit: len(unit.span), default=None)
    turn = transcript.turns[place] if place >= 0 else None
    # Around it stands what the same person said: no times, tags and words of others.
    words = turn.words if turn else Span(0, len(text))
    first = words.start if words.start <= span.start else turn.span.start if turn else 0
    last = words.stop if span.stop <= words.stop else len(text)
    return Hit(
        transcript.name,
        innermost.ref if innermost else "",
        turn.speaker if turn else "",
        span,
        text[max(span.start - _AROUND, first) : span.start],
        span.of(text),
        text[span.stop : min(span.stop + _AROUND, last)],
    )
