"""Ours beside others: the same job, turn by turn, the best of several runs on both sides.

A turn of what takes milliseconds is several runs, as with ``timeit``: the first one pays for what
the other side has left in the processor's caches.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

TURN = 0.05
"""Seconds that a turn takes at least, unless one run takes longer."""


@dataclass(frozen=True)
class Target:
    """What a ratio is held against.

    Args:
        bound: The number.
        faster: Whether ours is to be at least so many times as fast, rather than to take at most so
            many times as long.
    """

    bound: float
    faster: bool = True

    def ratio(self, ours: float, theirs: float) -> float:
        """The ratio that the target is about."""
        return theirs / ours if self.faster else ours / theirs

    def met(self, ratio: float) -> bool:
        """Whether the ratio keeps to the bound."""
        return ratio >= self.bound if self.faster else ratio <= self.bound

    def __str__(self) -> str:
        return f"{'at least' if self.faster else 'at most'} {self.bound:,g} x"


@dataclass(frozen=True)
class Peer:
    """Another way of doing the job.

    Args:
        name: What it is.
        seconds: Runs it once and says how long it took.
        target: What ours is held to beside it.
        scale: How often one run fits into the job: slow bootstraps run a few resamples only.
        note: What to say about it.
    """

    name: str
    seconds: Callable[[], float]
    target: Target
    scale: float = 1.0
    note: str = ""


@dataclass(frozen=True)
class Job:
    """One thing to do, ours and theirs; `rounds` turns of each."""

    name: str
    seconds: Callable[[], float]
    peers: Sequence[Peer]
    rounds: int = 7


@dataclass(frozen=True)
class Line:
    """One line of the table; without a ratio it was not run, and `note` says why."""

    job: str
    peer: str
    target: str
    ours: str = ""
    theirs: str = ""
    ratio: float | None = None
    met: bool | None = None
    note: str = ""


def timed(action: Callable[[], object]) -> Callable[[], float]:
    """The action as something that says how long it took."""

    def run() -> float:
        began = time.perf_counter()
        action()
        return time.perf_counter() - began

    return run


def measured(job: Job, rounds: int | None = None) -> list[Line]:
    """Run a job and its peers turn by turn; a line for each peer."""
    ours: list[float] = []
    theirs: list[list[float]] = [[] for _ in job.peers]
    for _ in range(rounds or job.rounds):
        ours.append(_turn(job.seconds))
        for peer, taken in zip(job.peers, theirs, strict=True):
            taken.append(_turn(peer.seconds) * peer.scale)
    lines = []
    for peer, taken in zip(job.peers, theirs, strict=True):
        ratio = peer.target.ratio(min(ours), min(taken))
        lines.append(
            Line(
                job.name,
                peer.name,
                str(peer.target),
                duration(min(ours)),
                duration(min(taken)),
                ratio,
                peer.target.met(ratio),
                peer.note,
            )
        )
    return lines


def _turn(run: Callable[[], float]) -> float:
    """The best of the runs of one turn."""
    taken = [run()]
    while sum(taken) < TURN:
        taken.append(run())
    return min(taken)


def duration(seconds: float) -> str:
    """A time in words: 2.1 ms, 3.5 s, 1,040 s."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} us"
    if seconds < 1:
        return f"{seconds * 1e3:.{1 if seconds < 0.1 else 0}f} ms"
    return f"{seconds:,.{1 if seconds < 100 else 0}f} s"


def machine(packages: Sequence[str]) -> dict[str, str]:
    """What it ran on: processor, cores, Python, the packages that took part."""
    facts = {"processor": _processor(), "cores": str(os.cpu_count())}
    facts["Python"] = platform.python_version()
    for name in packages:
        try:
            facts[name] = version(name)
        except PackageNotFoundError:
            facts[name] = "not installed"
    return facts


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()


def as_text(lines: Sequence[Line]) -> str:
    """The table for a terminal, notes below it."""
    rows = [("job", "beside", "ours", "theirs", "ratio", "target", "")]
    rows += [(line.job, line.peer, *_cells(line)) for line in lines]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join(text + [f"  {note}" for note in _notes(lines)])


def as_markdown(lines: Sequence[Line], facts: dict[str, str]) -> str:
    """The table for a README, machine and notes below it."""
    rows = ["| job | beside | ours | theirs | ratio | target | |", "|" + " --- |" * 7]
    rows += [f"| {' | '.join((line.job, line.peer, *_cells(line)))} |" for line in lines]
    said = ", ".join(f"{name} {value}" for name, value in facts.items())
    return "\n".join([*rows, "", f"{said}.", *(f"{note}." for note in _notes(lines))])


def _cells(line: Line) -> tuple[str, str, str, str, str]:
    ratio = "" if line.ratio is None else f"{line.ratio:,.{0 if line.ratio >= 20 else 2}f}"
    verdict = {None: "" if line.ours else "not run", True: "met", False: "MISSED"}[line.met]
    return line.ours, line.theirs, ratio, line.target, verdict


def _notes(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(f"{line.peer}: {line.note}" for line in lines if line.note))
