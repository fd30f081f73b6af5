"""The how-to of open coding: every command in it works on the sample study, in order."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.calling import caller

DOC = Path(__file__).parent.parent / "docs" / "open_coding.md"


def lines() -> list[str]:
    blocks = re.findall(r"```\n(.*?)```", DOC.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_every_command_works_as_written(
    sample_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(sample_file, tmp_path / "sample.coder")
    monkeypatch.chdir(tmp_path)
    call = caller(capfd)
    out = {}
    for line in lines():
        program, *words = shlex.split(line)
        assert program == "coder"
        answer = call(*words)
        assert answer.code == 0, (line, answer)
        out[line] = answer.out + answer.err
    assert len(out) > 15
    assert "made the code nobody at home" in out[lines()[0]]
    assert "Outside the lesson" in out["coder codebook tree scratch"]
    assert "Adjusted Rand" in out["coder sort-agreement scratch"]
    assert "under the first of several piles: nobody at home" in out[lines()[-1]]
