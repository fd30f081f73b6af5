"""Wrapping and the maps between rows, words, sentences and excerpts."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from coder.model import Span, Turn
from coder.segment.graphemes import cluster_starts
from coder.tui.widgets.transcript_layout import (
    MOVES_KEPT,
    TranscriptLayout,
    any_overlap,
    around_each,
)
from coder.tui.widgets.wrapping import (
    _IS_ONE_CELL_EACH,
    MIN_WIDTH,
    clipped,
    drawn,
    one_line,
    padded,
    visible,
    wrapped,
)

AWKWARD = [
    "[laughs]",
    "[/",
    "[bold]x",
    "école",
    "e\u0301cole",
    "数学の授業",
    "👩‍🏫",
    "👍🏽",
    "❤️",
    "שלום",
    "مرحبا",
    "\u202eevil\u202c",
    "\x1b[31mred",
    "\0",
    "\t",
    "\n  ",
    "\n\n",
    " ",
    "   ",
    "\u200d",
    "\u200b",
    "a" * 45,
    "word",
    "-",
    "🇫🇷",
    "🇫🇷🇩🇪" * 9,
    "क्षि" * 9,
    "\u1100\u1161\u11a8" * 9,
    "\u2764\ufe0f",
    "\U0001f3f3\ufe0f\u200d\U0001f308\ufe0f",
]
words = st.one_of(
    st.lists(st.sampled_from(AWKWARD), max_size=25).map(" ".join),
    st.lists(st.sampled_from(AWKWARD), max_size=25).map("".join),
    st.text(max_size=120),
)
widths = st.integers(MIN_WIDTH, 60)


@given(words)
def test_a_drawn_text_has_a_place_for_every_code_point(text: str) -> None:
    shown = drawn(text)
    assert len(shown) == len(text)
    assert not set(visible(shown)) & set(map(chr, [*range(32), *range(0x7F, 0xA0), 0x202E]))
    assert drawn(visible(shown)) == visible(shown)


@given(words, widths)
def test_rows_hold_every_code_point_once_and_fit(text: str, width: int) -> None:
    shown = drawn(text)
    starts = wrapped(shown, width)
    assert starts[0] == 0
    assert all(a < b for a, b in pairwise(starts))
    rows = [shown[a:b] for a, b in zip(starts, [*starts[1:], len(shown)], strict=True)]
    assert "".join(rows) == shown
    for row in rows:
        assert cell_len(visible(row).rstrip(" ")) <= width
        assert "\n" not in row.rstrip("\n\0 ")


@given(words, widths)
def test_no_row_begins_inside_a_character(text: str, width: int) -> None:
    shown = drawn(text)
    bounds = cluster_starts(text)
    for start in wrapped(shown, width)[1:]:
        began = max(bound for bound in bounds if bound <= start)
        assert not visible(shown[began:start]), "at most what is not drawn stays behind"


@given(st.text(alphabet="ab \u2019", max_size=200), widths)
def test_the_fast_way_breaks_where_the_careful_way_does(text: str, width: int) -> None:
    text = text.strip()
    assert wrapped(text, width)[1:] == [
        s for s in wrapped(text + " \u0301", width)[1:] if s < len(text)
    ]


def test_every_character_of_the_fast_way_is_one_cell_wide() -> None:
    fast = [chr(n) for n in range(0x3000) if _IS_ONE_CELL_EACH(chr(n))]
    assert len(fast) > 800
    assert {c for c in fast if cell_len(c) != 1} == set()


def test_a_sign_takes_the_cells_that_every_terminal_gives_it() -> None:
    """Whether a variation selector makes it two cells wide depends on the terminal."""
    assert visible(drawn("I \u2764\ufe0f maths 1\ufe0f\u20e3")) == "I \u2764 maths 1\u20e3"
    flag = "\U0001f3f3\ufe0f\u200d\U0001f308"
    assert visible(drawn(flag)) == flag, "of several parts: they would fall apart"


def test_words_are_not_torn() -> None:
    text = "A lot of it is what they got before."
    starts = wrapped(text, 12)
    assert [text[a:b].rstrip() for a, b in zip(starts, [*starts[1:], None], strict=True)] == [
        "A lot of it",
        "is what they",
        "got before.",
    ]


def test_a_line_break_inside_a_turn_flows_and_an_empty_line_does_not() -> None:
    assert (
        visible(drawn("three adults,\n  so when I say rate")) == "three adults, so when I say rate"
    )
    assert len(wrapped(drawn("one\n\ntwo"), 40)) == 2
    assert one_line("one\n\ntwo\x1b") == "one  two␛"


@given(words, st.integers(0, 30))
def test_clipped_and_padded_texts_fit(text: str, width: int) -> None:
    shown = one_line(text)
    assert cell_len(clipped(shown, width)) <= width
    assert cell_len(padded(shown, width)) == width


@st.composite
def interviews(draw: st.DrawFn) -> tuple[str, tuple[Turn, ...]]:
    """A text of a few turns, anything in the words."""
    text = ""
    turns: list[Turn] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        start = len(text)
        text += "T1: "
        begin = len(text)
        said = draw(words)
        text += said
        question = draw(st.sampled_from(["", "Q-WHY"]))
        spans = Span(start, len(text)), Span(begin, len(text))
        turns.append(Turn(number, "T1", *spans, question=question))
        text += "\n\n"
    return text, tuple(turns)


@st.composite
def layouts(draw: st.DrawFn) -> TranscriptLayout:
    text, turns = draw(interviews())
    place = st.integers(0, len(text))
    ends = draw(st.lists(st.tuples(place, place), max_size=6))
    spans = tuple(Span(min(pair), max(pair)) for pair in ends)
    return TranscriptLayout(
        text,
        turns,
        spans,
        draw(widths),
        headings=[draw(st.booleans()) for _ in spans],
        label_rows=[draw(st.integers(0, 3)) for _ in spans],
        has_gaps=draw(st.booleans()),
    )


@given(layouts())
def test_a_layout_holds_all_words_in_order(layout: TranscriptLayout) -> None:
    rows = [row for row in layout.rows if row.kind == "words"]
    held = [place for row in rows for place in range(row.start, row.stop)]
    assert held == [
        place for turn in layout.turns for place in range(turn.words.start, turn.words.stop)
    ]
    for row in rows:
        shown = visible(drawn(layout.text[row.start : row.stop]))
        assert cell_len(shown.rstrip(" ")) <= layout.width


@given(layouts())
def test_the_maps_of_a_layout_agree(layout: TranscriptLayout) -> None:
    for number, row in enumerate(layout.rows):
        if row.kind == "words":
            for place in range(row.start, row.stop):
                assert layout.row_at(place) == number
            for index, span in enumerate(layout.excerpts):
                is_inside = span.start <= row.start < span.stop
                assert (index in row.excerpts) == is_inside
        if row.kind in ("heading", "labels"):
            assert number in layout.rows_of_excerpt(row.excerpts[0])
    for index, span in enumerate(layout.excerpts):
        mine = [row for row in layout.rows if row.excerpts[:1] == (index,)]
        assert sum(row.kind == "labels" for row in mine) == layout.label_rows[index]
        assert sum(row.kind == "heading" for row in mine) == layout.headings[index]
        within = layout.rows_of_excerpt(index)
        for number, row in enumerate(layout.rows):
            if row.kind == "words" and span.start <= row.start < span.stop:
                assert number in within


@given(layouts(), st.integers(0, 4))
def test_other_label_rows_move_no_word(layout: TranscriptLayout, count: int) -> None:
    again = layout.with_label_rows([count] * len(layout.excerpts))
    fresh = TranscriptLayout(
        layout.text,
        layout.turns,
        layout.excerpts,
        layout.width,
        headings=layout.headings,
        label_rows=[count] * len(layout.excerpts),
        has_gaps=layout.has_gaps,
    )
    assert again.rows == fresh.rows


def test_an_excerpt_inside_a_turn_begins_on_a_row_of_its_own() -> None:
    text = "T1: One thing. Another thing."
    turn = Turn(1, "T1", Span(0, len(text)), Span(4, len(text)))
    layout = TranscriptLayout(text, [turn], [Span(4, 15), Span(15, 29)], 60)
    assert [(row.kind, row.excerpts, text[row.start : row.stop]) for row in layout.rows] == [
        ("words", (0,), "One thing. "),
        ("labels", (0,), ""),
        ("words", (1,), "Another thing."),
        ("labels", (1,), ""),
    ]


def test_no_row_begins_with_the_space_behind_an_excerpt() -> None:
    text = "T1: One thing or another thing."
    turn = Turn(1, "T1", Span(0, len(text)), Span(4, len(text)))
    layout = TranscriptLayout(text, [turn], [Span(4, 13), Span(8, 13)], 60)
    rows = [(row.kind, row.excerpts, text[row.start : row.stop]) for row in layout.rows]
    assert rows == [
        ("words", (0,), "One "),
        ("words", (1, 0), "thing "),
        ("labels", (1, 0), ""),
        ("labels", (0,), ""),
        ("words", (), "or another thing."),
    ]


def test_what_lies_in_what() -> None:
    spans = [Span(0, 20), Span(5, 9), Span(6, 8), Span(15, 30), Span(6, 8)]
    assert around_each(spans) == [(), (0,), (0, 1), (), (0, 1)]
    assert any_overlap(spans)
    assert not any_overlap([Span(5, 9), Span(0, 5)])


def test_a_question_that_no_heading_names_has_a_row() -> None:
    text = "T1: One thing.\n\nT1: Another thing."
    turns = [
        Turn(1, "T1", Span(0, 14), Span(4, 14), question="Q-A"),
        Turn(2, "T1", Span(16, len(text)), Span(20, len(text)), question="Q-B"),
    ]
    around, second = Span(0, len(text)), Span(16, len(text))
    layout = TranscriptLayout(text, turns, [around, second], 60, headings=[False, True])
    assert [(row.kind, row.turn, row.excerpts) for row in layout.rows] == [
        ("question", 0, ()),
        ("words", 0, (0,)),
        ("heading", 1, (1, 0)),
        ("words", 1, (1, 0)),
        ("labels", 1, (1, 0)),
        ("labels", 1, (0,)),
    ]
    layout = TranscriptLayout(text, turns, [around], 60, headings=[True])
    assert [(row.kind, row.turn, row.excerpts) for row in layout.rows][2:4] == [
        ("question", 1, (0,)),
        ("words", 1, (0,)),
    ]


def test_an_empty_transcript_has_no_rows() -> None:
    layout = TranscriptLayout("", [], [Span(0, 0)], 40)
    assert len(layout) == 0
    assert layout.row_at(3) == 0
    assert layout.excerpt_at(0) is None


@pytest.mark.parametrize(
    "sentence", ["So what do you do differently, and for whom? ", "Ça va – naïve 数学. "]
)
def test_thirty_thousand_words_are_laid_out_at_once(sentence: str) -> None:
    said = sentence * 30
    text = ""
    turns: list[Turn] = []
    while len(text.split()) < 30_000:
        start = len(text)
        text += f"T1: {said}\n\n"
        turns.append(
            Turn(len(turns) + 1, "T1", Span(start, len(text) - 2), Span(start + 4, len(text) - 2))
        )
    spans = [turn.span for turn in turns]
    took = []
    for width in (60, 61, 62):
        started = time.perf_counter()
        layout = TranscriptLayout(text, turns, spans, width)
        took.append(time.perf_counter() - started)
    assert len(layout) > 1000
    # Measured 15 ms and 200 ms; the limit leaves room for a busy machine.
    assert min(took) < 0.6


def test_other_labels_below_one_excerpt_are_what_a_new_layout_has() -> None:
    text = "One two three. Four five six. Seven eight nine. Ten eleven twelve."
    turns = [
        Turn(1, "A", Span(0, 29), Span(0, 29), 1, ""),
        Turn(2, "B", Span(30, 66), Span(30, 66), 2, ""),
    ]
    # The second lies inside the first, the third over both turns.
    spans = [Span(0, 29), Span(15, 29), Span(15, 47), Span(48, 66)]
    layout = TranscriptLayout(
        text,
        turns,
        spans,
        12,
        headings=[True, False, True, True],
        label_rows=[1, 2, 0, 1],
        has_gaps=True,
    )
    for index in range(4):
        for count in (0, 1, 2, 3):
            moved = layout.with_labels_of(index, count)
            numbers = [*layout.label_rows]
            numbers[index] = count
            whole = layout.with_label_rows(numbers)
            assert moved.rows == whole.rows
            assert [moved.rows_of_excerpt(i) for i in range(4)] == [
                whole.rows_of_excerpt(i) for i in range(4)
            ]
            assert [moved.row_at(i) for i in range(66)] == [whole.row_at(i) for i in range(66)]


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=2 * MOVES_KEPT + 5
    )
)
def test_moved_again_and_again_it_is_what_a_new_layout_has(moves: list[tuple[int, int]]) -> None:
    text = "One two three. Four five six. Seven eight nine. Ten eleven twelve."
    turns = [
        Turn(1, "A", Span(0, 29), Span(0, 29), 1, ""),
        Turn(2, "B", Span(30, 66), Span(30, 66), 2, ""),
    ]
    spans = [Span(0, 29), Span(15, 29), Span(15, 47), Span(48, 66)]
    layout = TranscriptLayout(text, turns, spans, 12, label_rows=[1, 2, 1, 1])
    for index, count in moves:
        layout = layout.with_labels_of(index, count)
    whole = TranscriptLayout(text, turns, spans, 12, label_rows=layout.label_rows)
    assert layout.rows == whole.rows
    assert [layout.rows_of_excerpt(i) for i in range(4)] == [
        whole.rows_of_excerpt(i) for i in range(4)
    ]
    assert [layout.row_at(i) for i in range(66)] == [whole.row_at(i) for i in range(66)]
