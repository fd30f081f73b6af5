"""The pure parts of finding: the trail, what typed letters may mean, the next of some places."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from coder.model import Span
from coder.tui.matching import prepared, ranked
from coder.tui.sought import next_of
from coder.tui.trail import LONGEST, Spot, Trail
from coder.tui.widgets.transcript_hits import Hits, with_hits
from coder.tui.widgets.transcript_layout import Row
from coder.tui.widgets.wrapping import drawn, visible

A, B, C = Spot("T-1", "T-1:1"), Spot("T-1", "T-1:3", 40), Spot("T-2", "T-2:1")


def test_the_trail_goes_back_and_forward_as_in_a_pager() -> None:
    trail = Trail()
    assert trail.back(A) is None
    trail.leave(A)
    trail.leave(B)
    assert trail.back(C) == B
    assert trail.back(B) == A
    assert trail.back(A) is None
    assert trail.forward(A) == B
    assert trail.forward(B) == C
    assert trail.forward(C) is None
    assert trail.newest_first == ["T-1"]


def test_a_new_jump_ends_what_was_ahead_and_the_same_place_stands_once() -> None:
    trail = Trail()
    for spot in (A, A, Spot("T-1", "T-1:1", 5), B):
        trail.leave(spot)
    assert trail.back(C) == B
    trail.leave(B)
    assert trail.forward(C) is None
    assert trail.back(C) == B
    assert trail.back(B) == Spot("T-1", "T-1:1", 5)
    assert trail.back(A) is None


def test_where_one_is_already_is_passed_over_and_the_trail_has_an_end() -> None:
    trail = Trail()
    for spot in (A, B):
        trail.leave(spot)
    assert trail.back(B) == A
    for number in range(LONGEST + 10):
        trail.leave(Spot("T-1", f"T-1:{number}"))
    steps, here = 0, C
    while (found := trail.back(here)) is not None:
        steps, here = steps + 1, found
    assert steps == LONGEST


ENTRIES = [
    prepared("Home or family deficit", "home_deficit", ["Families do not value school"], "6"),
    prepared("Effort", "effort", ["Students do not try at home"], "3"),
    prepared("Show the steps", "show_steps", ["[/ worked example"], "a"),
    prepared("At home in school", "belonging", [], ""),
]


def test_what_is_typed_means_the_closest_first() -> None:
    assert ranked("", ENTRIES) == [0, 1, 2, 3]
    assert ranked("", ENTRIES, [2, 1]) == [2, 1, 0, 3]
    assert ranked("home", ENTRIES) == [0, 3, 1]
    assert ranked("steps show", ENTRIES) == [2]
    assert ranked("SHOW_ST", ENTRIES) == [2]
    assert ranked("value", ENTRIES) == [0]
    assert ranked("hfd", ENTRIES) == [0]
    assert ranked("[/", ENTRIES) == [2]
    assert ranked("3", ENTRIES) == [1]
    assert ranked("zzz", ENTRIES) == []


def test_letters_that_only_chance_has_put_in_order_mean_nothing() -> None:
    long = prepared("Go to the first excerpt to revisit", "", ["Coded before"], "V")
    other = prepared("Export the tables to spreadsheets", "", ["A workbook"], "E")
    assert ranked("export", [long]) == []
    assert ranked("export", [long, other]) == [1]
    assert ranked("gfe", [long, other]) == [0]
    # What has the word makes what has only the letters go.
    gone = prepared("Go first, every time", "", [], "")
    assert ranked("gfe", [long, gone]) == [0, 1]
    assert ranked("first ever", [long, gone]) == [1]
    assert ranked("E", [long, other]) == [1, 0]


def test_the_next_of_some_places_goes_round() -> None:
    assert next_of([], 3, 1) is None
    assert next_of([1, 4, 6], 4, 1) == (2, False)
    assert next_of([1, 4, 6], 4, -1) == (0, False)
    assert next_of([1, 4, 6], 6, 1) == (0, True)
    assert next_of([1, 4, 6], 0, -1) == (2, True)


def test_hits_are_cut_to_their_rows() -> None:
    hits = Hits((Span(2, 5), Span(8, 14), Span(20, 22)), here=1)
    rows = [Row("words", 0, start, start + 10, (), 0) for start in (0, 10, 20, 30)]
    assert [hits.on(row) for row in rows] == [
        ((2, 5, False), (8, 10, True)),
        ((10, 14, True),),
        ((20, 22, False),),
        (),
    ]
    assert hits.on(rows[0]._replace(kind="labels")) == ()
    assert [hits.after(place) for place in (0, 2, 3, 8, 21)] == [0, 0, 1, 1, 0]
    assert [hits.before(place) for place in (0, 2, 3, 30)] == [2, 2, 0, 2]
    assert Hits().after(0) is Hits().before(0) is None


def test_marking_changes_no_cell_and_parts_no_cluster() -> None:
    bold = Style(bold=True)
    text = drawn("a\u200bb \U0001f469\u200d\U0001f3eb c\u0301d")
    plain = [Segment(visible(text), Style())]
    for start in range(len(text)):
        for stop in range(start, len(text) + 1):
            found = with_hits(plain, text, [(start, stop, bold)])
            assert "".join(segment.text for segment in found) == visible(text)
            for segment in found:
                assert not segment.text.startswith(("\u200d", "\u0301", "\U0001f3eb"))
    marked = with_hits(plain, text, [(2, 4, bold)])
    assert [(s.text, bool(s.style and s.style.bold)) for s in marked[:3]] == [
        ("a", False), ("b ", True), (marked[2].text, False),
    ]  # fmt: skip
