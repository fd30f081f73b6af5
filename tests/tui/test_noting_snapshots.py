"""What notes look like: the question before a code, a memo with unfinished words, a flag."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from coder.ops import coding, corpus, desk_notes, flags
from coder.ops.study import Study
from coder.tui.screens.memo import MemoDialog
from tests.tui.driving import NARROW, opened, press, shown, told, wait_for
from tests.tui.test_snapshots import LOOKS, SnapCompare, app_on

REF = "AF-T01-Y1:7"
SOME = [
    pytest.param("coder-dark", NARROW, id="coder-dark-80x24"),
    pytest.param("coder-light", (160, 50), id="coder-light-160x50"),
]


@pytest.fixture
def noted(sample_study: Study, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """The sample study at a fixed hour, with a flag, a memo of another and one begun."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    sample_study.store.clock = lambda: "2024-03-05T14:02:00Z"
    al, rr = (corpus.coder_named(sample_study, alias) for alias in ("AL", "RR"))
    flags.put_flag(sample_study, al, REF)
    coding.write_memo(sample_study, rr, "excerpt", REF, "I read [this] otherwise:\nthe calls.")
    desk_notes.keep_draft(sample_study, al, "excerpt", REF, "Two codes, as settled, but")
    yield sample_study
    monkeypatch.undo()
    time.tzset()


async def at_the_excerpt(pilot: Pilot[None]) -> None:
    await wait_for(pilot, lambda: "AF-T01-Y1" in shown(pilot))
    await told(pilot, "a memo was begun and not kept")
    pilot.app.clear_notifications()
    await wait_for(pilot, lambda: "a memo was begun" not in shown(pilot))
    await press(pilot, "down", "down", "down")
    await opened(pilot)
    await press(pilot, "home", *"jjjjjj")
    await wait_for(pilot, lambda: "⚑ discuss" in shown(pilot))


def looking(*keys: str, until: Callable[[Pilot[None]], object]) -> Callable[..., object]:
    async def look(pilot: Pilot[None]) -> None:
        await at_the_excerpt(pilot)
        await press(pilot, *keys)
        await wait_for(pilot, lambda: until(pilot))
        for editor in pilot.app.screen.query(TextArea):
            editor.cursor_blink = False

    return look


@pytest.mark.parametrize(("theme", "size"), SOME)
def test_question(
    noted: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]
) -> None:
    look = looking("q", until=lambda pilot: "q again = yes" in shown(pilot))
    assert snap_compare(app_on(noted, theme), terminal_size=size, run_before=look)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_memo(noted: Study, snap_compare: SnapCompare, theme: str, size: tuple[int, int]) -> None:
    def is_open(pilot: Pilot[None]) -> bool:
        return isinstance(pilot.app.screen, MemoDialog) and "otherwise" in shown(pilot)

    look = looking("m", until=is_open)
    assert snap_compare(app_on(noted, theme), terminal_size=size, run_before=look)
