"""Studies for the app's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.ops.study import Study, open_study
from coder.tui import telling


@pytest.fixture(autouse=True)
def slow_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said stays while keys go on, however slow the machine is."""
    monkeypatch.setattr(telling, "SECONDS_TO_READ", float("inf"))


@pytest.fixture
def sample_study(sample_file: Path, tmp_path: Path) -> Iterator[Study]:
    """A copy of the sample study, open."""
    path = tmp_path / "sample.coder"
    shutil.copy(sample_file, path)
    with open_study(path) as study:
        yield study
