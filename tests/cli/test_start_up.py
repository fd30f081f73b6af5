"""``coder --help`` stays light: what is not needed is not imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import environment

HEAVY = (
    "numpy",
    "pandas",
    "sqlite3",
    "sqlite_utils",
    "textual",
    "rich",
    "spacy",
    "sklearn",
    "ruamel",
    "xlsxwriter",
    "webvtt",
    "python_calamine",
)


def imported(code: str, cwd: Path) -> set[str]:
    """Top-level modules that a program has imported when it ends."""
    script = f"{code}\nimport sys; sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], [], ["foo"]],
)
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    code = f"""
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    from coder.cli.main import run
    run({arguments!r})
"""
    found = imported(code, tmp_path)
    assert "click" in found
    assert not found & set(HEAVY)
    ours = {name for name in found if name.startswith("coder")}
    rooms = {"coder", "coder.cli", "coder.errors"}
    assert ours == rooms | {f"coder.cli.{name}" for name in ("main", "groups")}


@pytest.mark.parametrize(
    "module", ["coder.ops.study", "coder.ops.corpus", "coder.ops.coding", "coder.ops.history"]
)
def test_opening_and_coding_need_no_statistics(tmp_path: Path, module: str) -> None:
    found = imported(f"import {module}", tmp_path)
    heavy = set(HEAVY) - {"sqlite3"}
    assert not found & heavy
    assert module in found


@pytest.mark.parametrize("name", ["transcripts", "people", "code", "log", "show"])
def test_everyday_commands_load_no_tables_of_statistics(sample: Path, name: str) -> None:
    arguments = {
        "code": ["code", "AF-T01-Y1:12", "content_hard", "--coder", "AL"],
        "show": ["show", "AF-T01-Y1:7"],
    }.get(name, [name])
    code = f"""
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    from coder.cli.main import run
    assert run({arguments!r}) == 0
"""
    found = imported(code, sample.parent)
    assert not found & {"numpy", "pandas", "sklearn", "spacy", "textual"}
