"""The tutorial is walked as written, and prints what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.calling import caller

TUTORIAL = (Path(__file__).parent.parent / "docs" / "tutorial.md").read_text(encoding="utf-8")


def blocks() -> list[list[str]]:
    """The lines of each block of code."""
    return [block.strip().splitlines() for block in TUTORIAL.split("```\n")[1::2]]


def flat(words: str) -> str:
    return " ".join(words.split())


def test_every_command_works_and_prints_what_stands_below_it(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODER_STUDY", raising=False)
    call = caller(capfd)
    printed = ""
    commands = 0
    for block in blocks():
        if not block[0].startswith("coder "):
            for line in block:
                assert flat(line) in flat(printed), line
            continue
        printed = ""
        for line in block:
            answer = call(*shlex.split(line)[1:])
            assert answer.code == 0, (line, answer)
            printed += f"{answer.out}\n{answer.err}\n"
            commands += 1
    assert commands > 40
    assert (tmp_path / "tables" / "sample.xlsx").is_file()
    assert (tmp_path / "codebook.html").stat().st_size > 10_000


def test_it_names_no_command_or_key_in_passing_that_is_not_there() -> None:
    from coder.cli.main import COMMANDS
    from coder.tui.screens.agreement_commands import EXCERPT_COMMANDS
    from coder.tui.screens.coding_keys import CODING_COMMANDS
    from coder.tui.screens.home_commands import HOME_COMMANDS

    for name in re.findall(r"`coder ([a-z-]+)", TUTORIAL):
        assert name in COMMANDS
    commands = (*CODING_COMMANDS, *HOME_COMMANDS, *EXCERPT_COMMANDS)
    keys = {key for one in commands for key in one.keys.split(",")}
    taught = set(re.findall(r"`([A-Za-z])`", TUTORIAL))
    assert taught >= {"j", "n", "u", "B", "V", "I", "G", "r"}
    assert taught <= keys
