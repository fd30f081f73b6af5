"""What the command line looks like: with offers above it, with a complaint, and its page."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coder.cli.known_words import known
from coder.ops.study import Study
from coder.tui.screens.command_output import CommandOutput
from coder.tui.subcommand import Outcome
from tests.tui.driving import NARROW, app_of, opened, press, shown, wait_for
from tests.tui.test_snapshots import SnapCompare, app_on

LOOKS = [
    pytest.param("coder-dark", NARROW, id="coder-dark-80x24"),
    pytest.param("coder-light", (160, 50), id="coder-light-160x50"),
]

TABLE = """Results of 12 transcripts
transcript    district        productive  mixed  solely unproductive  neither  not codable  no data
──────────────────────────────────────────────────────────────────────────────────────────────────
AF-T01-Y1     Alder Falls              5      1                    0        0            0        0
BC-T03-Y1     [b]Brisco[/]             2      0                    1        0            0        1

A share rests on few excerpts here, so its interval is wide; say how many there are beside it.
"""


async def typed(pilot: Pilot[None], words: str) -> None:
    await wait_for(pilot, lambda: "AF-T01-Y1" in shown(pilot))
    app_of(pilot).ask_commands = known
    await press(pilot, "down", "down", "down")
    await opened(pilot)
    await press(pilot, "home", *"jjj", ":", *words)
    pilot.app.screen.query_one(Input).cursor_blink = False


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_offers(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await typed(pilot, "round new R1 ")
        await wait_for(pilot, lambda: "--coders" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=look)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_page(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await wait_for(pilot, lambda: "AF-T01-Y1" in shown(pilot))
        await pilot.app.push_screen(CommandOutput(Outcome("tally attribution", TABLE, 0)))
        await wait_for(pilot, lambda: "Brisco" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=look)


@pytest.mark.parametrize(("theme", "size"), LOOKS[:1])
def test_complaint(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await typed(pilot, "memo 'AF")
        await press(pilot, "enter")
        await wait_for(pilot, lambda: "is not closed" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=look)
