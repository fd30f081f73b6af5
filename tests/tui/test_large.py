"""A large study: the list stands first; what reads the whole file comes in afterwards."""

from __future__ import annotations

import pytest

from coder.errors import StudyProblem
from coder.ops import codebook_editing as editing
from coder.ops import coding
from coder.ops.corpus import add_coder
from coder.ops.study import Study
from coder.store import connect
from coder.tui.screens.dialogs import FailureDialog
from tests.tui.driving import press, running, shown, wait_for


@pytest.fixture
def large(study: Study, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study that the program takes for a large one."""
    monkeypatch.setattr(connect, "QUICK_CHECK_BYTES", 0)
    assert study.is_large
    return study


async def test_progress_is_counted_after_the_list_stands(large: Study) -> None:
    coding.finish(large, add_coder(large, "AL"), "T-1:1")
    async with running(large) as pilot:
        await wait_for(pilot, lambda: "T-1" in shown(pilot))
        await wait_for(pilot, lambda: "1 of 3" in shown(pilot))


async def test_uses_of_codes_are_counted_after_the_codebook_stands(large: Study) -> None:
    al = add_coder(large, "AL")
    coding.put_code(large, al, "T-1:1", "cause", "taught")
    editing.change(large, al, "taught", {"definition": "Other words."})
    async with running(large) as pilot:
        await press(pilot, "B")
        await wait_for(pilot, lambda: "1 excerpt to revisit" in shown(pilot))
        await wait_for(pilot, lambda: "on 1 of your excerpts" in shown(pilot))


async def test_damage_is_told_after_the_list_stands(
    large: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_connection: object, path: object) -> None:
        raise StudyProblem(f"{path} is damaged: row 7 missing from index")

    monkeypatch.setattr(connect, "check_pages", damaged)
    async with running(large) as pilot:
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FailureDialog))
        await wait_for(pilot, lambda: "is damaged" in shown(pilot))
