"""What selected words and overlapping excerpts look like.

After a change that is meant, look at the report that pytest writes, then run
``pytest tests/tui/test_selecting_snapshots.py --snapshot-update``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from coder.model import Span, Viewer
from coder.ops import corpus
from coder.ops.excerpts import add_excerpt
from coder.ops.quoting import place_of
from coder.ops.study import Study
from tests.tui.driving import NARROW, coding_screen, opened, press, shown, wait_for
from tests.tui.test_snapshots import app_on

SnapCompare = Callable[..., bool]


@pytest.mark.parametrize(
    ("theme", "size"),
    [
        pytest.param("coder-dark", NARROW, id="coder-dark-80x24"),
        pytest.param("coder-light", (160, 50), id="coder-light-160x50"),
    ],
)
def test_selecting(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    al = corpus.coder_named(sample_study, "AL")
    text = corpus.read_transcript(sample_study, Viewer("AL"), "AF-T01-Y1")
    first = place_of(text, "Thirty-one calls").start
    add_excerpt(sample_study, al, text.name, Span(first, place_of(text, "same grandmother.").stop))
    add_excerpt(sample_study, al, text.name, place_of(text, "for six of those"))

    async def look(pilot: Pilot[None]) -> None:
        await wait_for(pilot, lambda: "AF-T01-Y1" in shown(pilot))
        await press(pilot, "down", "down", "down")
        screen = await opened(pilot)
        screen.go_to(next(n for n, mark in enumerate(screen.view.marks) if mark.number == "13"))
        await press(pilot, "ctrl+right", "ctrl+right", ">", ">", ">", ">", ">")
        await wait_for(pilot, lambda: coding_screen(pilot).view.selection)

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=look)
