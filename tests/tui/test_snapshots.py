"""What the screens look like; facts are asserted elsewhere.

After a change that is meant, look at the report that pytest writes, then run
``pytest tests/tui/test_snapshots.py --snapshot-update``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from coder.model import Code
from coder.ops import codebook_editing as editing
from coder.ops import corpus
from coder.ops.study import Study
from coder.tui.app import CoderApp
from tests.tui.driving import NARROW, opened, press, shown, wait_for

SnapCompare = Callable[..., bool]

LOOKS = [
    pytest.param(theme, size, id=f"{theme}-{size[0]}x{size[1]}")
    for theme in ("coder-dark", "coder-light")
    for size in (NARROW, (130, 40), (160, 50))
]


def app_on(study: Study, theme: str) -> CoderApp:
    """The app on the sample study, as AL sees it."""
    app = CoderApp(study, corpus.coder_named(study, "AL"))
    app.theme = theme
    return app


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_home(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await wait_for(pilot, lambda: "Attribution 2 of 2" in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=look)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_coding(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await wait_for(pilot, lambda: "AF-T01-Y1" in shown(pilot))
        await press(pilot, "down", "down", "down")
        await opened(pilot)
        await press(pilot, "home", "j", "j", "j", "j", "j", "j")
        await wait_for(pilot, lambda: " 6− Home or family deficit " in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=look)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_codebook(
    sample_study: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    al = corpus.coder_named(sample_study, "AL")
    editing.merge(sample_study, al, ["fixed_ability"], "effort_character")
    editing.retire(sample_study, al, "cause_unclear")
    editing.add(sample_study, al, "who", Code("", "People", is_category=True))
    editing.move(sample_study, al, "race_ethnicity", parent="people")

    async def look(pilot: Pilot[None]) -> None:
        await wait_for(pilot, lambda: "AF-T01-Y1" in shown(pilot))
        await press(pilot, "B")
        await wait_for(pilot, lambda: "Attribution (several codes)" in shown(pilot))
        await press(pilot, "j", "j", "j", "j")
        await wait_for(pilot, lambda: "\u203a  5 " in shown(pilot))

    assert snap_compare(app_on(sample_study, theme), terminal_size=size, run_before=look)
