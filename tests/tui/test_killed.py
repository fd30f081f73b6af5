"""A coding that has been painted is never lost, whenever the app is killed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

from tests.tui.killing import (
    assert_is_kept,
    code_until_killed,
    finish_interview,
    make_interview,
    nursery,
)

KILLS = 20


def test_what_was_painted_outlives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "killed.coder"
    make_interview(path)
    rng = random.Random(4)
    with nursery() as process:
        painted = [code_until_killed(process, path, rng) for _ in range(KILLS)]
        finish_interview(process, path)
    assert any(painted), "nothing was tried"


def test_the_check_would_notice() -> None:
    kept = ["put A on T:1", "put B on T:1", "took A off T:1"]
    assert_is_kept(["put A on T:1", "took A off T:1"], kept)
    with pytest.raises(AssertionError, match="lost: put C"):
        assert_is_kept(["put A on T:1", "put C on T:1"], kept)
    with pytest.raises(AssertionError, match="lost: put A"):
        assert_is_kept(["put B on T:1", "put A on T:1"], kept)
    said = "said that nothing of Cause applies to T:1"
    assert_is_kept([said], kept, before=[said])
    with pytest.raises(AssertionError, match="lost: said"):
        assert_is_kept([said], kept)
    with pytest.raises(AssertionError, match="lost: put C"):
        assert_is_kept(["put C on T:1"], kept, before=["put C on T:1"])
