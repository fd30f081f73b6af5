"""The sentences, words and characters of a transcript that can be selected. Pure, no Textual.

Only what somebody said can be selected: no tags, times or markers. No unit is blank, begins or
ends with white space, or cuts a character in two, so whatever runs from the beginning of one to
the end of another is a span that can be made an excerpt as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal

from coder.model import Span, Transcript
from coder.segment.graphemes import cluster_starts, is_blank

Step = Literal["sentence", "word", "character"]
"""By what the cursor moves."""

STEPS: tuple[Step, ...] = ("sentence", "word", "character")

Edge = Literal["start", "stop"]

_WORD = re.compile(r"\S+")


class TranscriptUnits:
    """Looks up the units of a transcript, cut turn by turn when they are first asked for."""

    def __init__(self, transcript: Transcript) -> None:
        self._text = transcript.text
        self._turns = [turn.words for turn in transcript.turns]
        self._starts = [words.start for words in self._turns]
        self._sentences = [sentence.span for sentence in transcript.sentences]
        self._sentence_starts = [span.start for span in self._sentences]
        self._found: dict[tuple[int, Step], list[Span]] = {}
        self._bounds_of: dict[int, list[int]] = {}

    def first_after(self, step: Step, place: int, edge: Edge = "start") -> Span | None:
        """The first unit whose start, or stop, is behind a place."""
        for turn in range(self._turn_at(place), len(self._turns)):
            units = self._units(turn, step)
            at = bisect_right(units, place, key=lambda unit: _edge(unit, edge))
            if at < len(units):
                return units[at]
        return None

    def last_before(self, step: Step, place: int, edge: Edge = "start") -> Span | None:
        """The last unit whose start, or stop, is before a place."""
        for turn in range(self._turn_at(place), -1, -1):
            units = self._units(turn, step)
            at = bisect_left(units, place, key=lambda unit: _edge(unit, edge))
            if at:
                return units[at - 1]
        return None

    def at(self, step: Step, place: int) -> Span | None:
        """The unit that holds a place, else the last one before it, else the first of all."""
        return self.last_before(step, place + 1) or self.first_after(step, place)

    def within(self, span: Span) -> Span | None:
        """From the first to the last character inside a span; None where it shows none."""
        # Looked for from its ends: to cut all of a long turn into characters takes 5 ms.
        start, stop = self._shown_from(span.start), self._shown_until(span.stop)
        return Span(start, stop) if start < stop else None

    def _shown_from(self, place: int) -> int:
        """Where the first character that can be seen begins, from a place on."""
        for turn in range(self._turn_at(place), len(self._turns)):
            bounds = self._bounds(turn)
            for at in range(bisect_left(bounds, place), len(bounds) - 1):
                if not is_blank(self._text[bounds[at] : bounds[at + 1]]):
                    return bounds[at]
        return len(self._text)

    def _shown_until(self, place: int) -> int:
        """Where the last character that can be seen ends, up to a place."""
        for turn in range(self._turn_at(place), -1, -1):
            bounds = self._bounds(turn)
            for at in range(bisect_right(bounds, place) - 1, 0, -1):
                if not is_blank(self._text[bounds[at - 1] : bounds[at]]):
                    return bounds[at]
        return 0

    def _bounds(self, turn: int) -> list[int]:
        """Where the characters of a turn begin, and where the last one ends."""
        found = self._bounds_of.get(turn)
        if found is None:
            words = self._turns[turn]
            starts = cluster_starts(words.of(self._text))
            found = self._bounds_of[turn] = [*(words.start + start for start in starts), words.stop]
        return found

    def _turn_at(self, place: int) -> int:
        """The turn in whose words a place lies, else the last one before it."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def _units(self, turn: int, step: Step) -> list[Span]:
        key = (turn, step)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = list(self._cut(turn, step))
        return found

    def _cut(self, turn: int, step: Step) -> Iterator[Span]:
        words, bounds = self._turns[turn], self._bounds(turn)
        text = words.of(self._text)
        stop_before = words.start
        for span in self._pieces(words, text, bounds, step):
            # A piece grows to whole characters; where two would share one, the first has it.
            first = bisect_right(bounds, max(span.start, stop_before)) - 1
            last = bisect_left(bounds, span.stop)
            while first < last and is_blank(self._text[bounds[first] : bounds[first + 1]]):
                first += 1
            while first < last and is_blank(self._text[bounds[last - 1] : bounds[last]]):
                last -= 1
            if first < last:
                stop_before = bounds[last]
                yield Span(bounds[first], stop_before)

    def _pieces(self, words: Span, text: str, bounds: list[int], step: Step) -> Iterator[Span]:
        if step == "character":
            yield from map(Span, bounds, bounds[1:])
        elif step == "word":
            for found in _WORD.finditer(text):
                yield Span(words.start + found.start(), words.start + found.end())
        else:
            # What no sentence holds goes with the one before it.
            inside = self._sentence_starts[
                bisect_right(self._sentence_starts, words.start) : bisect_left(
                    self._sentence_starts, words.stop
                )
            ]
            yield from map(Span, [words.start, *inside], [*inside, words.stop])


def _edge(unit: Span, edge: Edge) -> int:
    return unit.start if edge == "start" else unit.stop
