"""README and help: every command is there, and what README tells a newcomer to type works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from coder.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODER = Path(sys.executable).with_name("coder")


def commands_of(heading: str) -> list[str]:
    """The command lines of the first code block under a heading, without comments."""
    block = README.split(f"## {heading}", 1)[1].split("```", 2)[1]
    return [line.split(" #")[0].strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_readme_with_its_help(name: str) -> None:
    row = next(
        (line for line in README.splitlines() if re.match(rf"\| .*`coder {name}(?![\w-])", line)),
        None,
    )
    assert row is not None, f"coder {name} is not in README's table"
    assert COMMANDS[name][1] in row


def test_the_two_commands_come_first() -> None:
    assert commands_of("Two commands") == ["make demo", "make test"]
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_first_ten_minutes_work_as_written(tmp_path: Path) -> None:
    lines = [
        line for line in commands_of("The first ten minutes") if not line.startswith("coder open")
    ]
    assert lines[0] == "coder demo . --no-open"
    for line in lines:
        words = shlex.split(line)
        assert words[0] == "coder"
        environment = {**os.environ, "CODER_STUDY": str(tmp_path / "sample.coder")}
        done = subprocess.run(
            [str(CODER), *words[1:]],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert "Traceback" not in done.stderr
        assert done.stdout.strip(), line
    assert (tmp_path / "exports" / "sample.xlsx").is_file()
