"""A study in a folder of its own, in which commands are called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.calling import Call, caller


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample study, the only one in the current folder."""
    path = tmp_path / "sample.coder"
    shutil.copy(sample_file, path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODER_STUDY", raising=False)
    monkeypatch.delenv("CODER_CODER", raising=False)
    return path


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    """Run a command line in this process."""
    return caller(capfd)
