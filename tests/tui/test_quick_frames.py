"""Frames put together from what changed show what whole frames show."""

from __future__ import annotations

import pytest
from rich.console import Console
from textual.geometry import Region

from coder.ops.study import Study
from coder.tui.widgets import quick_frames
from coder.tui.widgets.quick_frames import PieceUpdate, QuickCompositor
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
    from textual.strip import Strip

    update = PieceUpdate([(2, 0, Strip.blank(1)), (0, 4, Strip.blank(2))])
    assert update.render_segments(Console()) == "\x1b[1;3H \x1b[5;1H  "
