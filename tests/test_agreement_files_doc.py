"""The five minutes of docs/agreement_files.md: its example is a file, its commands run."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path

import pytest

from coder.ops.agreement_flags import FLAGS
from coder.ops.bands import BANDS
from tests.cli.calling import caller

PAGE = Path(__file__).parent.parent / "docs" / "agreement_files.md"
TEXT = PAGE.read_text(encoding="utf-8").split("## Layouts")[0]
COMMANDS = [
    line.split(" #")[0].strip()
    for block in TEXT.split("```")[1::2]
    for line in block.strip().splitlines()
    if line.startswith("coder ")
]


def table_of(text: str) -> list[list[str]]:
    """The rows of the only Markdown table of a text."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in found if row[0] != "---"]


@pytest.fixture
def ratings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page's example, with enough rows for an interval."""
    header, *rows = table_of(TEXT.split("## What you may write")[0])
    assert header == ["excerpt", "transcript", "Ana", "Ben"]
    more = [[f"M-{i}", f"T{i % 5}", "press", ("press", "press", "ease")[i % 3]] for i in range(10)]
    more += [[f"N-{i}", f"T{i % 5}", "ease", ("ease", "ease", "press")[i % 3]] for i in range(11)]
    with (tmp_path / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows, *more])
    for coder, column in (("Ana", 2), ("Ben", 3)):
        with (tmp_path / f"{coder}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["excerpt", "code"]] + [[r[0], r[column]] for r in more])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_run_as_written(ratings: Path, capfd: pytest.CaptureFixture[str]) -> None:
    call = caller(capfd)
    assert len(COMMANDS) >= 9
    inline = re.findall(r"`(coder (?:agree|explain)[^`]*)`", TEXT)
    assert "coder agree Ana.csv Ben.csv" in inline
    for line in (*COMMANDS, *inline):
        answer = call(*shlex.split(line)[1:])
        ends = (0, 1) if "--min" in line else (0,)
        assert answer.code in ends, (line, answer.err)
        assert answer.out or "--convert" in line, line


def test_the_letters_are_those_of_the_table() -> None:
    rows = re.findall(r"^\| ([A-Z]) \| ", TEXT, re.MULTILINE)
    assert rows == [flag.letter for flag in FLAGS]


def test_the_bands_are_named() -> None:
    assert all(f"`{name}`" in TEXT for name in BANDS)
