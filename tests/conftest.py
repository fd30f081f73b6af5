"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from coder.ops.study import Study
from tests.factories import make_study

# Timing never decides a test: a busy machine is no fault of the program.
settings.register_profile("coder", deadline=None)
settings.load_profile("coder")

# The same times on every machine; a test that wants others asks for ``in_zone``.
os.environ["TZ"] = "UTC"
time.tzset()


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Moves this process to another time zone, until the test ends."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A small open study with one transcript of four excerpts."""
    with make_study(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, built once; copy it before changing it."""
    from coder.ops.sample import build_sample

    path = tmp_path_factory.mktemp("sample") / "sample.coder"
    build_sample(path).close()
    return path
