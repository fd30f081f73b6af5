"""Kill the app 200 times while an interview is coded: nothing that was painted may be lost.

    python benchmarks/killed.py
    python benchmarks/killed.py --kills 1000 --seed 7

The suite does the same twenty times (``tests/tui/test_killed.py``). It ends with the first study
that is not whole, and leaves that study where it says.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.tui.killing import code_until_killed, finish_interview, make_interview, nursery


def main() -> None:
    """Kill, check, go on."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    path = Path(tempfile.mkdtemp()) / "killed.coder"
    print(path)
    make_interview(path)
    rng = random.Random(given.seed)
    began, painted = time.perf_counter(), 0
    with nursery() as process:
        for number in range(1, given.kills + 1):
            painted += code_until_killed(process, path, rng, most=60)
            if number % 20 == 0:
                print(f"{number} kills, {painted} actions painted, none lost", flush=True)
        finish_interview(process, path)
    print(f"the interview is coded; {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
