"""Which full stops end a sentence in a transcript of speech: pure rules over text.

Where they are in doubt they do not cut. A sentence too long can still be coded; one cut in two
leaves half a thought, and joining excerpts is work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

TERMINALS = frozenset(".!?。！？؟۔।")
"""Characters that may end a sentence. The ellipsis is none: in transcripts it is a pause."""

# Attached to a full stop, these close what it ended: ``"What?"``, ``(so they said.)``. A straight
# quotation mark counts by its place: attached it closes, after a space it opens.
_CLOSERS = re.compile(r"""["'”’»)\]}*_…]*""")
_OPENERS = re.compile(r"""[\s"'“‘«¿¡(\[{*_–—-]*""")

_MARK = re.compile(r"\[[^\[\]\n]{1,120}\]")
"""A transcriber's mark: ``[laughs]``, ``[inaudible 00:14:02]``, ``[redacted: school]``."""
_MARK_FOR_WORDS = re.compile(r"\[\s*(?:inaudible|unclear|unintelligible|redacted)", re.IGNORECASE)

# Abbreviations that the tokenizer takes apart and that words follow, so they end no sentence.
_GO_ON = re.compile(
    r"(?<!\w)(?:approx|appr|ca|vs|viz|cf|incl|excl|esp|dept|prof|asst|rev|hon|sr|mr|mrs|ms|dr|st"
    r"|mt|ft)\.$",
    re.IGNORECASE,
)
# And those that end none only where a number follows: "No. 5", "Gr. 7", but "No. They left."
_GO_ON_TO_NUMBER = re.compile(
    r"(?<!\w)(?:no|nos|nr|gr|sec|ch|chap|fig|vol|p|pp|pg|rm)\.$",
    re.IGNORECASE,
)
# "1. First we" and "b. Then": the number of an item, not a sentence.
_ITEM = re.compile(r"(?:\d{1,3}|[A-Za-z])\.$")
_PAUSE = re.compile(r"(?<![.!?])(?:\.\s?\.(?:\s?\.)?|…)$")
_NUMBER_NEXT = re.compile(r"\s*\d")
_WORD = re.compile(r"[^\W_]")
_LOOK_BACK = 16  # characters; longer than any abbreviation above


def is_terminal(token: str) -> bool:
    """Whether a token is final punctuation and nothing else, two or three points excepted."""
    return bool(token) and all(char in TERMINALS for char in token) and token not in ("..", "...")


def boundaries(words: str, candidates: Iterable[int]) -> Iterator[int]:
    """The positions at which one sentence stops and the next begins.

    Args:
        words: A paragraph of one turn.
        candidates: Positions behind final punctuation, ascending.
    """
    marks = [mark.span() for mark in _MARK.finditer(words)]
    next_mark = 0
    last = 0
    first_word = _next_word(words, 0)
    for candidate in candidates:
        while next_mark < len(marks) and marks[next_mark][1] < candidate:
            next_mark += 1
        if next_mark < len(marks) and marks[next_mark][0] < candidate < marks[next_mark][1]:
            continue  # inside [ ]: a mark is one thing, whatever is written in it
        if candidate <= max(last, first_word):
            continue  # the second sign of "?!", or nothing said yet
        stop = _sentence_stop(words, last, candidate)
        if stop is not None and last < stop < len(words):
            yield stop
            last = stop
            first_word = _next_word(words, last)


def _next_word(words: str, at: int) -> int:
    found = _WORD.search(words, at)
    return found.start() if found else len(words)


def _sentence_stop(words: str, start: int, candidate: int) -> int | None:
    """Where the sentence with this final punctuation stops, or None where it goes on."""
    closed = _closed(words, candidate)
    if closed >= len(words) or not words[closed].isspace():
        return None  # no space, no new sentence: "3.5", "x.y", a web address
    if closed == candidate and _is_no_end(words, start, candidate):
        return None
    return _after_marks(words, closed)


def _closed(words: str, candidate: int) -> int:
    """Behind further final punctuation and whatever it closes: ``?!``, ``."``, ``.)``."""
    stop = candidate
    while stop < len(words):
        if words[stop] in TERMINALS:
            stop += 1
            continue
        further = _CLOSERS.match(words, stop)
        if further is None or further.end() == stop:
            break
        stop = further.end()
    return stop


def _is_no_end(words: str, start: int, candidate: int) -> bool:
    """Whether a full stop belongs to an abbreviation, the number of an item or a pause."""
    before = words[max(start, candidate - _LOOK_BACK) : candidate]
    if _GO_ON.search(before) or _PAUSE.search(before):
        return True
    if _GO_ON_TO_NUMBER.search(before) and _NUMBER_NEXT.match(words, candidate):
        return True
    return candidate - start < _LOOK_BACK and bool(_ITEM.fullmatch(before.strip()))


def _after_marks(words: str, stop: int) -> int | None:
    """Where the sentence stops, once the marks behind it have found their place.

    A sound belongs to what was said before (``It keeps them awake. [laughs]``). A mark that stands
    for words, or one that has its own full stop, begins the next sentence
    (``[inaudible 00:25:11] on Thursdays.``).
    """
    at = stop
    while True:
        following = _skip_white(words, at)
        mark = _MARK.match(words, following)
        if mark is None:
            break
        own_stop = mark.end() < len(words) and words[mark.end()] in TERMINALS
        if own_stop or _MARK_FOR_WORDS.match(mark[0]):
            return at
        at = mark.end()
    if following >= len(words):
        return None
    return at if _begins_sentence(words, following) else None


def _skip_white(words: str, at: int) -> int:
    while at < len(words) and words[at].isspace():
        at += 1
    return at


def _begins_sentence(words: str, at: int) -> bool:
    """Whether a sentence may begin here: not with a small letter, nor with punctuation alone."""
    opened = _OPENERS.match(words, at)
    first = opened.end() if opened else at
    if first >= len(words):
        return False
    return (
        not words[first].islower() and words[first] not in TERMINALS and words[first] not in ",;:…"
    )
