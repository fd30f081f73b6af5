"""How fast keys are, in a pseudo-terminal of 120 by 40: ratios to an empty Textual app.

The empty app stands in a terminal of the same size beside ours and is pressed turn by turn with
it; at every key it repaints one label. A key counts until the last byte of what it painted, and
a code's key only once a second connection to the file has found its journal entry.

    python benchmarks/keys.py                 the sample study, a long transcript
    python benchmarks/keys.py --large FILE    a study of 1,000,000 codings too, made where missing
    python benchmarks/keys.py --json | --markdown

What it measures, and what is asked of it, is ``TARGETS``. It ends with 1 where one is not met.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

# Beside this file.
from large_study import build, long_and_short
from terminal import DOWN, ENTER, ESCAPE, HOME, RIGHT, UP, Terminal

FLOOR = """
from textual.app import App
from textual.widgets import Static

class Floor(App):
    count = 0

    def compose(self):
        yield Static("painted 0")

    def on_key(self, event):
        self.count += 1
        self.query_one(Static).update(f"painted {self.count}")

Floor().run()
"""

LISTED = """
import runpy, signal, sys
from pathlib import Path

_, names, study = sys.argv
signal.signal(signal.SIGUSR1, lambda *_: Path(names).write_text("\\n".join(sys.modules)))
sys.argv = ["coder", "open", "--study", study, "--coder", "AL"]
runpy.run_module("coder", run_name="__main__")
"""
"""The app, which writes down what it has imported when it is asked to."""

CODE_KEYS = "1234567890qwertasdghyiopvl"
"""Of the codebook of all three studies."""

IDLE_SECONDS = 12


@dataclass(frozen=True)
class Result:
    """One thing measured."""

    what: str
    ours: float
    floor: float
    value: float
    """What is compared with the target: a ratio, or a number of the unit."""
    target: float
    unit: str
    count: int
    """Of keys on either side; 0 where nothing was pressed."""

    @property
    def is_met(self) -> bool:
        """Whether it is as fast or as small as asked."""
        return self.value <= self.target


class Floor:
    """The empty app, and what its keys took."""

    def __init__(self) -> None:
        self.terminal = Terminal([sys.executable, "-c", FLOOR])
        self.terminal.wait_for(lambda seen: b"painted 0" in seen)
        self._count = 0

    def press(self) -> float:
        """Press a key; the seconds it took."""
        self._count += 1
        wanted = f"painted {self._count}".encode()
        return self.terminal.time_of(b"j", lambda seen: wanted in seen)


class Coding:
    """The app on a transcript of a study, at its coding screen."""

    def __init__(self, study: Path, coder: str, transcript: str) -> None:
        python = sys.executable
        command = [python, "-m", "coder", "open", "--study", str(study), "--coder", coder]
        self.terminal = Terminal(command)
        self.terminal.wait_for(lambda seen: transcript.encode() in seen)
        self.settle()
        self._file = sqlite3.connect(f"{study.absolute().as_uri()}?mode=ro", uri=True)
        self._entries = self._newest()[0]
        self.terminal.time_of(ENTER, lambda seen: b" of " in seen)
        self.settle()

    def settle(self) -> None:
        """Wait until what runs beside the keys is done, such as counting a large study."""
        before, quiet = self.terminal.processor_seconds(), 0
        while quiet < 3:
            self.terminal.read(0.5)
            now = self.terminal.processor_seconds()
            quiet = quiet + 1 if now - before < 0.03 else 0
            before = now

    def _newest(self) -> tuple[int, str]:
        row = self._file.execute("SELECT id, words FROM entry ORDER BY id DESC LIMIT 1").fetchone()
        return int(row[0]), str(row[1])

    def code(self, key: str) -> float:
        """Press a code's key; the seconds until it was painted, and in the file.

        Raises:
            SystemExit: What was painted is not in the file.
        """
        took = self.terminal.time_of(
            key.encode(), lambda seen: re.search(DONE, seen) or ASKS in seen
        )
        if ASKS in self.terminal.seen and not re.search(DONE, self.terminal.seen):
            # The set was not asked here: the same key says yes, once for an excerpt and set.
            took = self.terminal.time_of(key.encode(), lambda seen: re.search(DONE, seen))
        said = re.findall(DONE, self.terminal.seen)[-1]
        number, words = self._newest()
        if number != self._entries + 1 or not words.startswith(said.decode()):
            raise SystemExit(f"painted, but not in the file: {said}, {number}, {words}")
        self._entries = number
        return took

    def go_home(self) -> None:
        """To the first excerpt; not measured."""
        self.terminal.press(HOME)
        self.terminal.rest(0.5)

    def move(self, key: bytes, shown: bytes = b"") -> float:
        """Press a key that moves a cursor; the seconds until all is painted."""
        return self.terminal.time_of(key, lambda seen: seen and shown in seen)


ASKS = b"Put it on?"
DONE = rb"(?:put|took) [A-Z]\w+"
"""Said by the app of what is on disk, in the line above the transcript."""


def measure_keys(
    name: str, study: Path, coder: str, transcript: str, presses: int, excerpts: int
) -> tuple[list[Result], Coding]:
    """Code and move about in a transcript, a key in the empty app after each of ours."""
    ours: defaultdict[str, list[float]] = defaultdict(list)
    floors: defaultdict[str, list[float]] = defaultdict(list)
    rng = random.Random(4)
    floor = Floor()
    app = Coding(study, coder, transcript)
    app.go_home()

    def take(kind: str, press: Callable[[], float]) -> None:
        ours[kind].append(press())
        floors[kind].append(floor.press())

    # Two codes an excerpt: put on when it is come to, taken off the next time round.
    pairs = [rng.sample(CODE_KEYS, 2) for _ in range(excerpts)]
    place = 0
    for _ in range(presses // 2):
        for key in pairs[place]:
            take("code", lambda key=key: app.code(key))  # type: ignore[misc]
        take("sentence", lambda: app.move(RIGHT))
        take("excerpt", lambda: app.move(b"j", b" of "))
        place += 1
        if place == excerpts - 1:
            app.go_home()
            place = 0
    floor.terminal.kill()
    results = []
    for kind, words, limits in (
        ("code", "code, on disk and painted", (2.0, 3.0)),
        ("excerpt", "next excerpt", (1.5, None)),
        ("sentence", "next sentence", (1.5, None)),
    ):
        for part, limit in zip((50, 99), limits, strict=True):
            if limit is not None:
                mine, theirs = (percentile(side[kind], part) for side in (ours, floors))
                label = "median" if part == 50 else "99th percentile"
                what = f"{words}, {name}: {label}"
                count = len(ours[kind])
                results.append(
                    Result(what, mine * 1000, theirs * 1000, mine / theirs, limit, "", count)
                )
    return results, app


def percentile(values: Sequence[float], part: int) -> float:
    """The value that so many in a hundred do not exceed."""
    if part == 50:
        return statistics.median(values)
    ordered = sorted(values)
    return ordered[min(len(ordered) * part // 100, len(ordered) - 1)]


def measure_opening(study: Path, times: int) -> Result:
    """Open the long transcript and the short one in turn."""
    command = [sys.executable, "-m", "coder", "open", "--study", str(study), "--coder", "AL"]
    took: dict[str, list[float]] = {"long": [], "short": []}
    with Terminal(command) as terminal:
        terminal.wait_for(lambda seen: b"L-0002" in seen)
        for _ in range(times + 1):
            for which, turn in (("long", DOWN), ("short", UP)):
                took[which].append(terminal.time_of(ENTER, lambda seen: b" of " in seen))
                terminal.time_of(ESCAPE, lambda seen: b"L-0002" in seen)
                # Longer than it takes to count what there is to revisit.
                terminal.rest(0.5)
                terminal.time_of(turn, lambda seen: seen)
    # The first of each has code to import.
    mine, theirs = (statistics.median(took[which][1:]) for which in ("long", "short"))
    what = "opening 30,000 words : 1,000 words"
    return Result(what, mine * 1000, theirs * 1000, mine / theirs, 3.0, "", times)


def measure_idle(name: str, app: Coding) -> Result:
    """Processor time while nothing is pressed."""
    app.settle()
    before, began = app.terminal.processor_seconds(), time.perf_counter()
    app.terminal.rest(IDLE_SECONDS)
    used = (app.terminal.processor_seconds() - before) / (time.perf_counter() - began) * 100
    return Result(f"processor while idle, {name}", used, 0, used, 1.0, "%", 0)


def measure_memory(name: str, app: Coding, study: Path) -> Result:
    """Memory of the app against that of an empty one that imports the same libraries."""
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder) / "imported"
        with Terminal([sys.executable, "-c", LISTED, str(names), str(study)]) as once:
            once.wait_for(lambda seen: b"L-0001" in seen)
            once.time_of(ENTER, lambda seen: b" of " in seen)
            os.kill(once.pid, signal.SIGUSR1)
            once.rest(1)
        modules = names.read_text().splitlines()
    theirs = [name for name in modules if name.split(".")[0] not in ("coder", "__main__")]
    imports = (
        "import contextlib, importlib\n"
        f"for name in {theirs!r}:\n"
        "    with contextlib.suppress(Exception):\n"
        "        importlib.import_module(name)\n"
    )
    with Terminal([sys.executable, "-c", imports + FLOOR]) as floor:
        floor.wait_for(lambda seen: b"painted 0" in seen)
        floor.rest(1)
        least = floor.memory()
    mine = app.terminal.memory()
    what = f"memory above an empty app and the libraries, {name}"
    return Result(what, mine, least, mine - least, 60, "MB", 0)


def machine() -> str:
    """What it was measured on."""
    model = platform.machine()
    info = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in info if "model name" in line), model)
    cores = sum(line.startswith("processor") for line in info)
    return f"{model}, {cores} cores, Python {platform.python_version()}"


def shown(result: Result, *, is_markdown: bool) -> str:
    """One line of the table."""
    unit = f" {result.unit}" if result.unit else ""
    number = "ms" if not result.unit else result.unit
    cells = (
        result.what,
        f"{result.ours:.1f} {number}",
        f"{result.floor:.1f} {number}" if result.floor else "",
        f"{result.value:.2f}{unit}",
        f"{result.target:g}{unit}",
        "met" if result.is_met else "NOT MET",
    )
    if is_markdown:
        return f"| {' | '.join(cells)} |"
    return f"{cells[0]:<66}" + "".join(f"{cell:>11}" for cell in cells[1:])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--large", type=Path, help="a study of large_study.py")
    parser.add_argument("--presses", type=int, default=240, help="of code keys on either side")
    parser.add_argument("--only", help="sample, long or large")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--markdown", action="store_true")
    given = parser.parse_args()
    results: list[Result] = []

    def add(*found: Result) -> None:
        results.extend(found)
        if not given.json:
            for result in found:
                print(shown(result, is_markdown=given.markdown), flush=True)

    if not given.json:
        print(machine(), end="\n\n")
        if given.markdown:
            print("| | ours | floor | ratio | target | |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        if given.only in (None, "sample"):
            sample = Path(folder) / "sample.coder"
            demo = [sys.executable, "-m", "coder", "demo", folder, "--no-open"]
            subprocess.run(demo, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            found, app = measure_keys("sample", sample, "YOU", "AF-T01-Y1", given.presses, 12)
            add(*found)
            add(measure_idle("sample", app))
            app.terminal.kill()
        if given.only in (None, "long"):
            long = Path(folder) / "long.coder"
            build(long, 2, 2400, long_and_short)
            add(measure_opening(long, 9))
            name = "30,000 words in 600 excerpts"
            found, app = measure_keys(name, long, "AL", "L-0001", given.presses, 600)
            add(*found)
            app.terminal.kill()
        if given.large and given.only in (None, "large"):
            if not given.large.exists():
                build(given.large)
            name = "1,000,000 codings"
            found, app = measure_keys(name, given.large, "AL", "L-0001", given.presses, 150)
            add(*found)
            add(measure_idle(name, app), measure_memory(name, app, given.large))
            app.terminal.kill()
    if given.json:
        rows = [asdict(result) | {"is_met": result.is_met} for result in results]
        print(json.dumps({"machine": machine(), "results": rows}, indent=2))
    return 0 if all(result.is_met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
