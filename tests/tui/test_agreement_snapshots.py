"""What the agreement screen, the excerpts behind it and the form that settles look like."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coder.ops.study import Study
from coder.tui.screens.settling import SettleDialog
from tests.tui.driving import NARROW, press, shown, wait_for
from tests.tui.test_snapshots import LOOKS, SnapCompare, app_on


def look(theme: str, width: int, height: int) -> object:
    return pytest.param(theme, (width, height), id=f"{theme}-{width}x{height}")


async def at_the_table(pilot: Pilot[None]) -> None:
    await wait_for(pilot, lambda: "AF-T01-Y1" in shown(pilot))
    await press(pilot, "K")
    await wait_for(pilot, lambda: "AL none, RR productive: 1 of 10" in shown(pilot))


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_table(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await at_the_table(pilot)
        if size[1] > 44:
            await wait_for(pilot, lambda: "BC-T03-Y1:14" in shown(pilot) or "Q-WHY" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=before)


@pytest.mark.parametrize(("theme", "size"), [look("coder-light", *NARROW)])
def test_code_by_code(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await at_the_table(pilot)
        await press(pilot, "l", "l")
        await wait_for(pilot, lambda: "only RR" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=before)


@pytest.mark.parametrize(("theme", "size"), [look("coder-dark", *NARROW)])
def test_settling(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await at_the_table(pilot)
        await press(pilot, "d")
        await wait_for(pilot, lambda: "1 of 2" in shown(pilot))
        await press(pilot, "s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SettleDialog))
        await wait_for(pilot, lambda: "[x] 9" in shown(pilot))
        # A blinking cursor is seen or not.
        pilot.app.screen.query_one(Input).cursor_blink = False
        await pilot.pause()

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=before)


@pytest.mark.parametrize(("theme", "size"), [look("coder-light", 120, 34)])
def test_excerpts(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await at_the_table(pilot)
        await press(pilot, "d")
        await wait_for(pilot, lambda: "2 of 2" in shown(pilot) or "1 of 2" in shown(pilot))
        await press(pilot, "j")
        await wait_for(pilot, lambda: "2 of 2" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=before)
