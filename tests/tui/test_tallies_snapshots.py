"""What the tallies and the excerpts behind a number look like."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from coder.ops.study import Study
from tests.tui.driving import press, shown, wait_for
from tests.tui.test_snapshots import LOOKS, SnapCompare, app_on


def look(theme: str, width: int, height: int) -> object:
    return pytest.param(theme, (width, height), id=f"{theme}-{width}x{height}")


async def at_the_numbers(pilot: Pilot[None], *keys: str) -> None:
    await wait_for(pilot, lambda: "Attribution 2 of 2" in shown(pilot))
    await press(pilot, "R")
    await wait_for(pilot, lambda: "solely unproductive" in shown(pilot))
    await wait_for(pilot, lambda: "counting" not in shown(pilot))
    await press(pilot, *keys)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_people(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=at_the_numbers)


@pytest.mark.parametrize(("theme", "size"), [look("coder-light", 160, 50)])
def test_by_role(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await at_the_numbers(pilot, "g", "c")
        await wait_for(pilot, lambda: "excerpts by valence, by role" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=before)


@pytest.mark.parametrize(("theme", "size"), [look("coder-dark", 120, 34)])
def test_behind(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await at_the_numbers(pilot, "enter")
        await wait_for(pilot, lambda: "counts as" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=before)
