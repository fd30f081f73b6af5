"""What making and sorting codes looks like, on a small study of its own."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from coder.ops import corpus
from coder.ops.categories import categorize
from coder.ops.scratch import put_new_code
from coder.ops.sorting import discard, put_into
from coder.ops.study import Study
from coder.tui.screens.naming import InVivoDialog
from coder.tui.screens.sorting import SortingScreen
from tests.tui.driving import opened, press, shown, wait_for
from tests.tui.test_snapshots import LOOKS, SnapCompare, app_on


@pytest.fixture
def sorted_study(study: Study) -> Study:
    """Seven codes made while reading, five of them sorted."""
    al = corpus.add_coder(study, "AL")
    names = (
        "They never had fractions",
        "left alone [pause]",
        "the whole story",
        "steps to copy",
        "=nothing left",
        "some just do not try",
        "who covers",
    )
    for number, name in enumerate(names):
        put_new_code(study, al, f"T-1:{number % 3 + 1}", name)
    put_into(study, al, "", names[:2], "What came before")
    put_into(study, al, "", [names[3], names[1]], "What the lesson is", also=True)
    put_into(study, al, "", [names[5]], "Children")
    discard(study, al, "", [names[6]])
    categorize(study, al, "scratch", "Not to be sorted")
    return study


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_sorting(
    sorted_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await wait_for(pilot, lambda: "Ms. P1" in shown(pilot))
        await press(pilot, "G")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SortingScreen))
        await press(pilot, "tab", "j", "q")
        await wait_for(pilot, lambda: "T-1:2  I show them the steps" in shown(pilot))

    assert snap_compare(app_on(sorted_study, theme), terminal_size=size, run_before=look)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_in_vivo(
    sorted_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await wait_for(pilot, lambda: "Ms. P1" in shown(pilot))
        await opened(pilot)
        await press(pilot, "j", "I")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InVivoDialog))
        await press(pilot, "right", "left")
        await wait_for(pilot, lambda: "show them the" in shown(pilot))
        # A blinking cursor is seen or not.
        screen = pilot.app.screen
        assert isinstance(screen, InVivoDialog)
        screen.line.cursor_blink = False
        await pilot.pause()

    assert snap_compare(app_on(sorted_study, theme), terminal_size=size, run_before=look)
