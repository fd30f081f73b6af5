"""The wheel holds what the program needs to run anywhere: codebooks, interviews, styles."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the built wheel was unpacked, as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_it_contains_what_ships(installed: Path) -> None:
    shipped = installed / "coder" / "_shipped"
    assert {p.name for p in (shipped / "codebooks").glob("*.yaml")} == {
        p.name for p in (ROOT / "codebooks").glob("*.yaml")
    }
    assert {p.name for p in (shipped / "transcripts_sample").iterdir()} == {
        p.name for p in (ROOT / "transcripts_sample").iterdir()
    }
    assert (installed / "coder" / "py.typed").is_file()


def test_the_demo_runs_from_it_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coder", "demo", "--no-open"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sample.coder").is_file()
    assert (tmp_path / "sample.xlsx").is_file()
    where = subprocess.run(
        [sys.executable, "-m", "coder", "where"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed) in where.stdout
