"""Frames put together from what changed show what whole frames show."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from coder.ops.study import Study
from coder.tui.widgets import quick_frames
from coder.tui.widgets.quick_frames import PieceUpdate, QuickCompositor
from coder.tui.widgets.rows_in_place import FrameInPlace, is_doubtful
from tests.tui.driving import coding_screen, opened, press, running


async def test_pieces_are_what_a_whole_frame_has_there(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = 0
    make = QuickCompositor.render_partial_update

    def compare(compositor: QuickCompositor) -> PieceUpdate | None:
        nonlocal checked
        update = make(compositor)
        whole = compositor.render_strips()
        for x, y, strip in update.lines if update else ():
            assert strip.text == whole[y].crop(x, x + strip.cell_length).text, (x, y)
            checked += 1
        return update

    monkeypatch.setattr(QuickCompositor, "render_partial_update", compare)
    async with running(study) as pilot:
        await opened(pilot)
        assert isinstance(coding_screen(pilot)._compositor, QuickCompositor)
        await press(pilot, "1", "j", "2", "right", "shift+right", "escape", "tab", "k", "1", "u")
        # A toast lies over the panels; a help screen over all of it.
        await press(pilot, "N", "j", "1", "question_mark", "escape", "j", "1")
    assert checked > 50


def test_no_cell_is_painted_twice() -> None:
    regions = [Region(0, 0, 10, 3), Region(2, 1, 4, 5), Region(0, 0, 10, 3), Region(9, 2, 5, 1)]
    cells = [
        (x, y)
        for region in quick_frames._apart(regions)
        for y in region.line_range
        for x in region.column_range
    ]
    every = {(x, y) for region in regions for y in region.line_range for x in region.column_range}
    assert len(cells) == len(set(cells))
    assert set(cells) == every


def test_pieces_say_where_they_go() -> None:
    update = PieceUpdate([(2, 0, Strip.blank(1)), (0, 4, Strip.blank(2))])
    assert update.render_segments(Console()) == "\x1b[1;3H \x1b[5;1H  "


DOUBTFUL = "\u0939\u093f\u0928\u094d\u0926\u0940"
"""Three cells to us, five to tmux."""


def test_a_row_with_doubtful_signs_does_not_fill_up_past_its_edge() -> None:
    row = Strip([Segment(f"{DOUBTFUL} a"), Segment("   ")])
    update = PieceUpdate([(2, 0, row)])
    assert update.render_segments(Console()) == f"\x1b[1;3H{' ' * 8}\x1b[1;3H{DOUBTFUL} a"


def test_joined_emoji_before_spaces_of_the_same_piece_stay_whole() -> None:
    words = "a\u200cb \U0001f469\u200d\U0001f3eb"
    row = PieceUpdate([(0, 0, Strip([Segment(f"{words}   ")]))]).render_segments(Console())
    assert row.endswith(f"\x1b[1;1H{words}")


def test_what_stands_beside_doubtful_signs_is_told_its_column_in_a_whole_frame() -> None:
    rows: list[Iterable[Strip]] = [
        [Strip([Segment(words)]), Strip([Segment("|")])] for words in (DOUBTFUL, "abc")
    ]
    update = FrameInPlace(rows, Region(0, 0, 4, 2))
    assert update.render_segments(Console()) == (
        f"\x1b[1;1H\x1b[1;1H   \x1b[1;1H{DOUBTFUL}\x1b[1;4H|\n\x1b[2;1Habc|"
    )


async def test_the_coding_screen_is_painted_in_place(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        assert isinstance(coding_screen(pilot)._compositor.render_full_update(), FrameInPlace)


def test_doubtful_signs_are_told_from_those_that_every_terminal_knows() -> None:
    alike = (
        "plain \u2503 \u2014 \u201cquoted\u201d \u05e9\u05dc \u6570\u5b66 e\u0301 \U0001f600 \ufffd"
    )
    assert not is_doubtful(alike)
    for sign in ("\u093f", "\u0dd0", "\u0e33", "\u1031", "\u17c1", "\ufe0f"):
        assert is_doubtful(f"{alike} {sign}"), ascii(sign)
    assert is_doubtful("\U0001f1e9\U0001f1ea")
    assert is_doubtful("\U0001f469\u200d\U0001f3eb")
