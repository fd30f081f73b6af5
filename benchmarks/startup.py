"""How long until ``coder --help`` has answered and the app's first frame stands.

Each is a ratio to a floor measured in the same run, turn by turn: ``python -c "import click"``
and an empty Textual app. The first frame counts when the name of a transcript is on the
(pseudo-)terminal, so the study has been opened and read by then.

    python benchmarks/startup.py                     on the sample study
    python benchmarks/startup.py --study BIG.coder   on another one, beside it
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path

EMPTY_APP = "from textual.app import App; App().run()"
COLUMNS, ROWS = 120, 40
FRAME = COLUMNS * ROWS
"""An empty frame writes at least one blank per cell."""


def run_once(command: list[str]) -> float:
    """Seconds until a command has ended."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def first_frame(command: list[str], shown: bytes) -> float:
    """Seconds until a terminal program has painted: a text, or any full frame if it is empty."""
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", TEXTUAL_ANIMATIONS="none")
        os.execvp(command[0], command)
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    seen = b""
    try:
        while time.perf_counter() - start < 60:
            if not select.select([terminal], [], [], 60)[0]:
                break
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                # The program has ended, and its words are the reason.
                raise SystemExit(seen.decode(errors="replace")) from None
            _, entered, painted = seen.partition(b"\x1b[?1049h")
            if entered and (shown in painted if shown else len(painted) >= FRAME):
                return time.perf_counter() - start
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
    raise SystemExit(f"no first frame from {' '.join(command)}")


def compare(name: str, ours: Callable[[], float], floor: Callable[[], float], runs: int) -> None:
    """Print medians of interleaved runs and their ratio."""
    # The first pair warms the disk's cache and is thrown away.
    pairs = [(ours(), floor()) for _ in range(runs + 1)][1:]
    mine = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    print(f"{name:<46}{mine * 1000:7.0f} ms {theirs * 1000:7.0f} ms {mine / theirs:6.2f}")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, help="another study to open")
    parser.add_argument("--shown", default="", help="a text on its first frame")
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    python = sys.executable
    coder = str(Path(python).with_name("coder"))
    print(f"{'':<46}{'ours':>10} {'floor':>10} {'ratio':>6}")
    compare(
        "coder --help : import click",
        lambda: run_once([coder, "--help"]),
        lambda: run_once([python, "-c", "import click"]),
        options.runs,
    )

    def empty() -> float:
        return first_frame([python, "-c", EMPTY_APP], b"")

    with tempfile.TemporaryDirectory() as folder:
        run_once([coder, "demo", folder, "--no-open"])
        studies = [(Path(folder) / "sample.coder", b"AF-T01-Y1")]
        if options.study:
            studies.append((options.study, options.shown.encode() or b"L-0001"))
        for path, shown in studies:
            size = path.stat().st_size / 2**20
            command = [coder, "open", "--study", str(path), "--coder", "AL"]
            compare(
                f"first frame, {path.name} ({size:.1f} MB) : empty app",
                lambda command=command, shown=shown: first_frame(command, shown),  # type: ignore[misc]
                empty,
                options.runs,
            )


if __name__ == "__main__":
    main()
