"""What is selected is always a span that can be cut, and the words that are shown as selected."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from coder.model import Sentence, Span, Transcript, Turn
from coder.ops.excerpts import clean_cut
from coder.segment.graphemes import cluster_starts
from coder.tui.widgets.transcript_layout import TranscriptLayout
from coder.tui.widgets.transcript_margin import Margin
from coder.tui.widgets.transcript_painter import TranscriptPainter
from coder.tui.widgets.transcript_selection import Selection, dragged
from coder.tui.widgets.transcript_units import STEPS, Edge, Step, TranscriptUnits
from coder.tui.widgets.wrapping import drawn, visible
from tests.tui.test_transcript_layout import AWKWARD

pieces = st.one_of(
    st.lists(
        st.sampled_from([*AWKWARD, "🇩🇪", "क्षि", "co\u00adop", "one.", "Two"]), max_size=12
    ).map(" ".join),
    st.lists(st.sampled_from(AWKWARD), max_size=12).map("".join),
    st.text(max_size=40),
)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """A few turns of anything, cut into sentences anywhere."""
    text = ""
    turns: list[Turn] = []
    sentences: list[Sentence] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        start = len(text)
        text += "T1: "
        begin = len(text)
        said = draw(pieces)
        cuts = sorted(draw(st.sets(st.integers(0, len(said)), max_size=3)))
        for a, b in zip([0, *cuts], [*cuts, len(said)], strict=True):
            if a < b:
                sentences.append(Sentence(len(sentences) + 1, Span(begin + a, begin + b)))
        text += said
        turns.append(Turn(number, "T1", Span(start, len(text)), Span(begin, len(text))))
        text += "\n\n"
    return Transcript("X", "r", text, tuple(turns), tuple(sentences), {}, (), "", "", "")


@dataclass
class Hand:
    """Somebody at the keys and the mouse."""

    units: TranscriptUnits
    selection: Selection

    def press(self, kind: str, step: Step, by: int, place: int) -> None:
        edge: Edge = "start" if place % 2 else "stop"
        here = self.units.at("character", place)
        if kind == "move":
            self.selection = self.selection.moved(self.units, step, by)
        elif kind == "extend":
            self.selection = self.selection.extended(self.units, step, by)
        elif kind == "end":
            self.selection = self.selection.with_end(self.units, step, edge, by)
        elif kind == "to":
            unit = self.units.at(step, place)
            assert unit is not None
            self.selection = self.selection.to(unit, edge)
        else:
            first = self.units.at("character", self.selection.start)
            assert first is not None
            assert here is not None
            self.selection = dragged(first, here)


actions = st.lists(
    st.tuples(
        st.sampled_from(["move", "extend", "end", "to", "drag"]),
        st.sampled_from(STEPS),
        st.sampled_from([-1, 1]),
        st.integers(0, 200),
    ),
    max_size=12,
)


@given(transcripts(), actions, st.integers(8, 40))
def test_whatever_is_pressed_the_selection_can_be_cut_as_it_is_shown(
    transcript: Transcript, pressed: list[tuple[str, Step, int, int]], width: int
) -> None:
    units = TranscriptUnits(transcript)
    first = units.first_after("sentence", -1)
    if first is None:
        assert units.first_after("character", -1) is None
        return
    hand = Hand(units, Selection.of(first))
    for action in pressed:
        hand.press(*action)
        span = hand.selection.span
        text = transcript.text
        assert 0 <= span.start < span.stop <= len(text)
        assert clean_cut(transcript, span) == span
        for turn in transcript.turns:
            bounds = {turn.words.start + start for start in cluster_starts(turn.words.of(text))}
            bounds.add(turn.words.stop)
            for end in (span.start, span.stop):
                if turn.words.start <= end <= turn.words.stop:
                    assert end in bounds
        assert any(t.words.start <= span.start < t.words.stop for t in transcript.turns)
        assert any(t.words.start < span.stop <= t.words.stop for t in transcript.turns)
    assert highlighted(transcript, hand.selection, width) == [
        visible(drawn(part.of(transcript.text))).replace(" ", "")
        for turn in transcript.turns
        if (part := turn.words.overlap(hand.selection.span))
    ]


def highlighted(transcript: Transcript, selection: Selection, width: int) -> list[str]:
    """What is painted as selected, turn by turn, without spaces."""

    def look(name: str, is_current: bool) -> Style:
        return Style(bold=name == "selected")

    layout = TranscriptLayout(transcript.text, transcript.turns, [], width)
    margin = Margin(2, 3, 0, width, is_wide=False)
    painter = TranscriptPainter(transcript, [], layout, margin, width + 10, [], look)
    shown: dict[int, str] = {}
    for number, row in enumerate(layout.rows):
        part = selection.part_of(row)
        strip = painter.paint(number, row, None, part)
        if part is not None:
            words = "".join(piece.text for piece in strip if piece.style and piece.style.bold)
            shown[row.turn] = shown.get(row.turn, "") + words.replace(" ", "")
    return list(shown.values())


@given(transcripts(), st.integers(0, 200))
def test_every_character_is_in_a_word_and_in_a_sentence(transcript: Transcript, place: int) -> None:
    units = TranscriptUnits(transcript)
    character = units.at("character", place)
    for step in ("word", "sentence"):
        unit = units.at(step, character.start) if character else None
        assert (unit is None) == (character is None)
        assert unit is None or character is None or unit.contains(character)


def units_of(*said: str) -> tuple[Transcript, TranscriptUnits]:
    text = ""
    turns: list[Turn] = []
    sentences: list[Sentence] = []
    for number, words in enumerate(said, 1):
        start = len(text)
        text += f"T1: {words}\n\n"
        span = Span(start + 4, start + 4 + len(words))
        turns.append(Turn(number, "T1", Span(start, span.stop), span))
        at = span.start
        for part in words.split(". "):
            stop = min(at + len(part) + 1, span.stop)
            sentences.append(Sentence(len(sentences) + 1, Span(at, stop)))
            at = stop + 1
    transcript = Transcript("X", "r", text, tuple(turns), tuple(sentences), {}, (), "", "", "")
    return transcript, TranscriptUnits(transcript)


def test_the_cursor_goes_by_sentence_word_and_character() -> None:
    transcript, units = units_of("One two. Three e\u0301 four.", "Five.")
    first = units.first_after("sentence", -1)
    assert first
    selection = Selection.of(first)

    def words() -> str:
        return selection.span.of(transcript.text)

    assert words() == "One two."
    selection = selection.moved(units, "sentence", 1)
    assert words() == "Three e\u0301 four."
    assert selection.moved(units, "word", -1).span.of(transcript.text) == "four."
    selection = selection.moved(units, "word", 1)
    assert words() == "Three", "in at the beginning"
    selection = selection.moved(units, "word", 1)
    assert words() == "e\u0301"
    selection = selection.extended(units, "word", 1)
    assert words() == "e\u0301 four."
    selection = selection.extended(units, "character", -1)
    assert words() == "e\u0301 four"
    selection = selection.with_end(units, "word", "start", -1)
    assert words() == "Three e\u0301 four"
    selection = selection.extended(units, "character", 1)
    assert words() == "hree e\u0301 four", "the end that was moved last"
    assert selection.moved(units, "word", 1).span.of(transcript.text) == "four.", "at its end"
    assert selection.moved(units, "word", -1).span.of(transcript.text) == "Three"
    selection = selection.moved(units, "sentence", 1)
    assert words() == "Five."
    assert selection.moved(units, "sentence", 1) == selection
    selection = selection.extended(units, "sentence", -1)
    assert words() == "Three e\u0301 four.\n\nT1: Five.", "nothing is left to shrink, so it grows"
    assert selection.moving == "start"
    selection = selection.extended(units, "sentence", 1).extended(units, "word", 1)
    assert words() == "Five."


@given(transcripts(), st.data())
def test_what_an_excerpt_shows_begins_and_ends_with_a_character(
    transcript: Transcript, data: st.DataObject
) -> None:
    units = TranscriptUnits(transcript)
    places = st.integers(0, len(transcript.text))
    start, stop = sorted((data.draw(places), data.draw(places)))
    first = units.first_after("character", start - 1)
    last = units.last_before("character", stop + 1, "stop")
    is_there = first is not None and last is not None and first.start < last.stop
    expected = Span(first.start, last.stop) if first and last and is_there else None
    assert TranscriptUnits(transcript).within(Span(start, stop)) == expected
