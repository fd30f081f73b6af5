"""Calling the program as a user does, in this process or in one of its own."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from coder.cli.main import run


@dataclass(frozen=True)
class Answer:
    """How a call ended."""

    code: int
    out: str
    err: str

    def one_line(self, code: int) -> str:
        """The only line on stderr, where that is what there should be.

        Args:
            code: The exit code that belongs to it.
        """
        assert self.code == code, self
        assert self.out == "", self
        assert self.err.endswith("\n"), self
        assert self.err.startswith("coder: "), self
        assert self.err.count("\n") == 1, self
        return self.err.strip()


Call = Callable[..., Answer]


def caller(capfd: pytest.CaptureFixture[str]) -> Call:
    """A function that runs a command line in this process."""

    def call(*arguments: str | Path) -> Answer:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


def environment(**extra: str) -> dict[str, str]:
    """Without what a developer may have set, and with the same packages as here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CODER_")}
    return {**kept, "PYTHONPATH": os.pathsep.join(sys.path), **extra}


def program(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    prepare: Callable[[], None] | None = None,
) -> Answer:
    """Run the program in a process of its own, with no terminal.

    Args:
        arguments: The command line.
        cwd: Where.
        env: More variables.
        prepare: Called in the new process before the program, to narrow what it may do.
    """
    done = subprocess.run(
        [sys.executable, "-m", "coder", *map(str, arguments)],
        cwd=cwd,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
        preexec_fn=prepare,
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def fingerprint(study: Path) -> str:
    """Of everything a study file holds, and of the file's own bytes."""
    companions = [path.name for path in study.parent.glob(f"{study.name}-*")]
    assert companions == [], companions
    digest = hashlib.sha256(study.read_bytes())
    # Immutable: SQLite would make companions of its own.
    db = sqlite3.connect(f"file:{study}?immutable=1", uri=True)
    for line in db.iterdump():
        digest.update(line.encode())
    db.close()
    return digest.hexdigest()
