"""How fast agreement is, beside the packages that people use for it.

Everything runs in one go, ours and theirs turn by turn on the same numbers, through the functions
that anybody would call: from arrays to the figure. The best of several runs counts, on both sides.
Peers that would take hours run a few resamples, and the table says so; their resamples are drawn
beforehand, in their favour.

    python benchmarks/agreement.py                  a table, and whether each target is met
    python benchmarks/agreement.py --with-irrcac    with irrCAC, in a throw-away environment
    python benchmarks/agreement.py --markdown       as it stands in the README
    python benchmarks/agreement.py --shrink 1000    a thousandth of the units: does it still run?
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import irrcac
import numpy as np
from numpy.typing import NDArray
from side_by_side import Job, Line, Peer, Target, as_markdown, as_text, machine, measured, timed

from coder.stats import CODE_STATISTICS, PairTables, RatingCounts, agree_many, agree_pair
from coder.stats import tables_of_codes as count_codes

Codes = NDArray[np.int64]

CATEGORIES = 10
DOMAIN = list(range(CATEGORIES))
NAMES = tuple(str(number) for number in range(CATEGORIES))
REPLICATES = 1000
RESAMPLES = 20
"""As many resamples of the slow peers are run; their time is multiplied up."""
MOST_MEMORY = 200
"""MB of the whole process, its data included."""
PACKAGES = ("numpy", "scikit-learn", "statsmodels", "krippendorff", "pyarrow")

SCALED = f"{RESAMPLES} of the {REPLICATES:,} bootstrap resamples, multiplied up"

MEASURE_MEMORY = """
import re, sys
import numpy as np
from coder.stats import RatingCounts, agree_many
ratings = np.load(sys.argv[1])
counts = RatingCounts.from_matrix(ratings, None, [str(k) for k in range(int(sys.argv[2]))])
agree_many(counts, ["alpha_nominal"], interval="none")
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read()).group(1))
"""
ONLY_READ = "import sys, pyarrow.csv; pyarrow.csv.read_csv(sys.argv[1])"


def ratings_of(coders: int, units: int, missing: float = 0.0) -> Codes:
    """(m, N) categories; coders see the right one of ten in eight cases, else guess."""
    random = np.random.default_rng(7)
    right = random.integers(0, CATEGORIES, units)
    given = np.empty((coders, units), dtype=np.int64)
    for row in given:
        row[:] = np.where(random.random(units) < 0.8, right, random.integers(0, CATEGORIES, units))
        row[random.random(units) < missing] = -1
    return given


def transcripts_of(units: int, transcripts: int) -> Codes:
    """The transcript of every unit, all of one size."""
    return np.arange(units) * transcripts // units


def kappa_from_arrays(units: int) -> Job:
    """The point estimate from a million pairs of codes."""
    a, b = ratings_of(2, units)
    both = np.column_stack([a, b])
    return Job(
        f"kappa, 2 coders, {units:,} units, {CATEGORIES} categories",
        timed(lambda: _kappa(a, b, None, "none")),
        (
            Peer("statsmodels", timed(lambda: _statsmodels(both)), Target(25)),
            Peer("scikit-learn", timed(lambda: _scikit_learn(a, b)), Target(60)),
        ),
        rounds=15,
    )


def kappa_with_jackknife(units: int, transcripts: int) -> Job:
    """What the interval adds to the estimate."""
    a, b = ratings_of(2, units)
    cluster = transcripts_of(units, transcripts)
    return Job(
        f"kappa with jackknife over {transcripts} transcripts, {units:,} units",
        timed(lambda: _kappa(a, b, cluster, "jackknife")),
        (
            Peer(
                "our estimate alone",
                timed(lambda: _kappa(a, b, None, "none")),
                Target(2.5, faster=False),
            ),
        ),
        rounds=15,
    )


def kappa_bootstrap(units: int) -> Job:
    """A thousand samples of transcripts of 40 units."""
    a, b = ratings_of(2, units)
    both = np.column_stack([a, b])
    cluster = transcripts_of(units, max(4, units // 40))
    drawn = resamples(cluster)

    def theirs() -> None:
        for chosen in drawn:
            _statsmodels(both[chosen])

    return Job(
        f"kappa, {REPLICATES:,} bootstrap replicates by transcript, {units:,} units",
        timed(lambda: _kappa(a, b, cluster, "bootstrap")),
        (Peer("statsmodels", timed(theirs), Target(150), REPLICATES / len(drawn), SCALED),),
    )


def alpha_of_a_pair(units: int) -> Job:
    """Alpha of two coders."""
    both = ratings_of(2, units)

    def ours() -> None:
        tables = PairTables.from_codes(both[0], both[1], None, NAMES)
        agree_pair(tables, ["alpha_nominal"], interval="none")

    return Job(
        f"alpha nominal, 2 coders, {units:,} units, {CATEGORIES} categories",
        timed(ours),
        (
            Peer(
                "krippendorff",
                timed(lambda: _krippendorff(both)),
                Target(100),
            ),
        ),
    )


def alpha_with_missing(units: int, folder: Path, with_irrcac: bool) -> Iterator[Line]:
    """Alpha of five coders with missing ratings: its time and its memory."""
    given = ratings_of(5, units, missing=0.3)
    name = f"alpha, 5 coders, 30 % missing, {units:,} units, {CATEGORIES} categories"
    as_theirs = np.where(given < 0, np.nan, given)
    saved = folder / "ratings.npy"
    np.save(saved, given)

    def ours() -> None:
        counts = RatingCounts.from_matrix(given, None, NAMES)
        agree_many(counts, ["alpha_nominal"], interval="none")

    peers = [
        Peer(
            "krippendorff",
            timed(lambda: _krippendorff(as_theirs)),
            Target(100),
        )
    ]
    target = Target(40)
    if with_irrcac:
        python, said = irrcac.environment(folder)
        if python:
            peers.append(
                Peer("irrCAC", lambda: irrcac.seconds_of_alpha(python, saved), target, note=said)
            )
        else:
            yield Line(name, "irrCAC", str(target), note=said)
    else:
        yield Line(name, "irrCAC", str(target), note="left out without --with-irrcac")
    yield from measured(Job(name, timed(ours), peers, rounds=3))
    yield memory(name, saved)


def memory(name: str, saved: Path) -> Line:
    """The most memory that a process of ours holds, its data and numpy included."""
    target = f"under {MOST_MEMORY} MB"
    if not Path("/proc/self/status").exists():
        return Line(name, "memory", target, note="only known on Linux")
    command = [sys.executable, "-c", MEASURE_MEMORY, str(saved), str(CATEGORIES)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    held = int(done.stdout) / 1024
    note = "the whole process, its 64-bit ratings and numpy included"
    return Line(name, "memory", target, f"{held:.0f} MB", met=held < MOST_MEMORY, note=note)


def ordinal_bootstrap(units: int) -> Job:
    """A thousand samples of transcripts for ordinal alpha."""
    both = ratings_of(2, units)
    cluster = transcripts_of(units, max(4, units // 40))
    drawn = resamples(cluster)

    def ours() -> None:
        tables = PairTables.from_codes(both[0], both[1], cluster, NAMES)
        agree_pair(tables, ["alpha_ordinal"], scale="ordinal", interval="bootstrap")

    def theirs() -> None:
        for chosen in drawn:
            _krippendorff(both[:, chosen], "ordinal")

    return Job(
        f"alpha ordinal, {REPLICATES:,} bootstrap replicates, {units:,} units",
        timed(ours),
        (Peer("krippendorff", timed(theirs), Target(1500), REPLICATES / len(drawn), SCALED),),
    )


def codes_of_excerpts(units: int, codes: int) -> Job:
    """All tables and statistics of hundreds of codes, beside counting the same rows in SQLite."""
    random = np.random.default_rng(11)
    common = 1 / np.arange(1, codes + 1) ** 0.7
    common /= common.sum()
    seen = np.stack([np.repeat(np.arange(units), 3), random.choice(codes, 3 * units, p=common)])
    extra = np.stack([random.integers(0, units, units // 2), random.choice(codes, units // 2)])
    a, b = (np.hstack([seen[:, random.random(3 * units) < 0.8], extra[:, s::2]]).T for s in (0, 1))
    cluster = transcripts_of(units, max(4, min(400, units // 10)))
    finished = np.ones(units, dtype=np.bool_)
    names = tuple(f"code {number}" for number in range(codes))
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE coding (excerpt INTEGER, coder INTEGER, code INTEGER)")
    for coder, rows in enumerate((a, b)):
        database.executemany(
            f"INSERT INTO coding VALUES (?, {coder}, ?)", ([int(u), int(c)] for u, c in rows)
        )

    def ours() -> None:
        for tables in count_codes(a, b, finished, cluster, names).values():
            agree_pair(tables, CODE_STATISTICS)

    def theirs() -> None:
        database.execute("SELECT code, coder, count(*) FROM coding GROUP BY code, coder").fetchall()

    note = f"{len(a) + len(b):,} rows; ours: tables, ten statistics and eight jackknives a code"
    return Job(
        f"{codes} codes x {units:,} excerpts, tables and statistics",
        timed(ours),
        (Peer("one GROUP BY in SQLite", timed(theirs), Target(5, faster=False), note=note),),
        rounds=3,
    )


def command_on_a_file(rows: int, folder: Path) -> Iterator[Line]:
    """`coder agree` on a long file, as a process, beside a process that only reads it."""
    import pandas as pd

    units = rows // 2
    both = ratings_of(2, units)
    cluster = transcripts_of(units, max(4, min(400, units // 10)))
    path = folder / "big.csv"
    long = {
        "unit": np.tile([f"u{number:06}" for number in range(units)], 2),
        "coder": np.repeat(["AL", "RR"], units),
        "code": both.reshape(-1),
        "cluster": np.tile([f"T{number:03}" for number in cluster], 2),
    }
    pd.DataFrame(long).to_csv(path, index=False)
    name, target = f"coder agree FILE, {rows:,} rows, whole process", Target(2.5, faster=False)
    ours = [sys.executable, "-m", "coder", "agree", str(path)]
    floor = [sys.executable, "-c", ONLY_READ, str(path)]
    # As installed: this first run leaves bytecode behind, as an installer does for packages.
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    tried = subprocess.run(ours, check=False, capture_output=True, text=True, env=compiled)
    if tried.returncode:
        said = tried.stderr.strip().partition("\n")[0]
        yield Line(name, "pyarrow only reads it", str(target), note=f"coder said: {said}")
        return

    def process(command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True, env=compiled)

    peer = Peer("pyarrow only reads it", timed(lambda: process(floor)), target)
    yield from measured(Job(name, timed(lambda: process(ours)), (peer,), rounds=5))


def resamples(cluster: Codes) -> list[Codes]:
    """A few samples of transcripts, as positions of their units."""
    random = np.random.default_rng(3)
    members = np.split(np.arange(cluster.size), np.flatnonzero(np.diff(cluster)) + 1)
    return [
        np.concatenate([members[g] for g in random.integers(0, len(members), len(members))])
        for _ in range(RESAMPLES)
    ]


def lines(shrink: int, with_irrcac: bool) -> Iterator[Line]:
    """Every job, in the order of the table."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        yield from measured(kappa_from_arrays(10**6 // shrink))
        yield from measured(kappa_with_jackknife(10**6 // shrink, 400 if shrink == 1 else 10))
        yield from measured(kappa_bootstrap(max(400, 10**4 // shrink)))
        yield from measured(alpha_of_a_pair(10**5 // shrink))
        yield from alpha_with_missing(10**6 // shrink, folder, with_irrcac)
        yield from measured(ordinal_bootstrap(max(400, 10**4 // shrink)))
        yield from command_on_a_file(10**6 // shrink, folder)
        yield from measured(codes_of_excerpts(10**5 // shrink, 300 if shrink == 1 else 5))


def _kappa(a: Codes, b: Codes, cluster: Codes | None, interval: Any) -> None:
    agree_pair(PairTables.from_codes(a, b, cluster, NAMES), ["cohen_kappa"], interval=interval)


# Imported on first use, which the best of several runs does not count.


def _statsmodels(both: Codes) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa, to_table

    cohens_kappa(to_table(both)[0])


def _scikit_learn(a: Codes, b: Codes) -> None:
    from sklearn.metrics import cohen_kappa_score

    cohen_kappa_score(a, b)


def _krippendorff(ratings: NDArray[Any], level: str = "nominal") -> None:
    import krippendorff

    krippendorff.alpha(ratings, value_domain=DOMAIN, level_of_measurement=level)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--with-irrcac", action="store_true", help="make an environment for it")
    parser.add_argument("--shrink", type=int, default=1, help="divide the units by this")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--markdown", action="store_true")
    given = parser.parse_args(arguments)
    facts = machine(PACKAGES)
    found = []
    for line in lines(given.shrink, given.with_irrcac):
        # A target is one for the full size only.
        found.append(line if given.shrink == 1 else replace(line, met=None))
        print(f"{line.job}, {line.peer}", file=sys.stderr, flush=True)
    if given.json:
        today = datetime.now(UTC).date().isoformat()
        print(json.dumps({"date": today, "machine": facts, "lines": [asdict(x) for x in found]}))
    elif given.markdown:
        print(as_markdown(found, facts))
    else:
        print(", ".join(f"{name} {value}" for name, value in facts.items()))
        print(as_text(found))


if __name__ == "__main__":
    main()
