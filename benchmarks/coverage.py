"""How often a 95 % interval holds the true value, when units are nested in transcripts.

Studies are invented over and over from a process whose true kappa, alpha and positive agreement are
known, and each kind of interval is made from each study. An honest one holds the true value in 95
of 100 studies, whatever the number of transcripts.

The process: a unit has a right code, drawn by prevalence. In transcript g each coder sees it with
probability a_g, and otherwise gives a code drawn by prevalence too. Seeing both or not, the table
of two coders is then a_g^2 diag(p) + (1 - a_g^2) p p', so kappa and alpha are the mean of a_g^2 and
positive agreement is k + (1 - k) p. a_g has a beta distribution with standard deviation .10 between
transcripts and a mean that makes kappa .757.

    python benchmarks/coverage.py                     2,000 studies a cell: some minutes
    python benchmarks/coverage.py --replicates 200    a first look
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import numpy as np
from interval_methods import METHODS, Study
from numpy.typing import NDArray
from side_by_side import machine

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

TRUE_KAPPA = 0.757
FOUR_CODES = (0.4, 0.3, 0.2, 0.1)
SEVEN = tuple(METHODS)[:-1]
"""All but the last, which is the same as the one before it where transcripts are of one size."""
SOME = ("analytic, units independent", "transcript bootstrap, percentile", "jackknife z, t(G-1)")
UNEQUAL = (*SOME, "jackknife z, t(effective)")


@dataclass(frozen=True)
class Scenario:
    """One kind of study.

    Args:
        name: In words.
        transcripts: How many, one cell of the table each.
        methods: The intervals to make.
        statistic: What is estimated.
        prevalence: p of each code; the first is the one that applies.
        spread: Standard deviation of a_g between transcripts.
        units: Per transcript, on average.
        sizes: "equal", "lognormal" (sigma .8) or "half" (one transcript holds half of all units).
        coders: Two, or more with `missing`.
        missing: The share of ratings that are missing.
    """

    name: str
    transcripts: tuple[int, ...] = (6, 12, 24)
    methods: tuple[str, ...] = SOME
    statistic: str = "cohen_kappa"
    prevalence: tuple[float, ...] = FOUR_CODES
    spread: float = 0.10
    units: int = 40
    sizes: str = "equal"
    coders: int = 2
    missing: float = 0.0

    @property
    def truth(self) -> float:
        """What an endless study would give."""
        if self.statistic == "positive_agreement":
            return TRUE_KAPPA + (1 - TRUE_KAPPA) * self.prevalence[0]
        return TRUE_KAPPA


SCENARIOS = (
    Scenario("40 units per transcript", (5, 8, 12, 24, 48), SEVEN),
    Scenario("no clustering", spread=0.0),
    Scenario("a code with 5 % prevalence", prevalence=(0.05, 0.95)),
    Scenario("12 units per transcript", units=12),
    Scenario("lognormal sizes", sizes="lognormal", methods=UNEQUAL),
    Scenario("one transcript holds half", sizes="half", methods=UNEQUAL),
    Scenario(
        "positive agreement (logit), prevalence 20 %",
        statistic="positive_agreement",
        prevalence=(0.2, 0.8),
        methods=SOME[1:],
    ),
    Scenario(
        "alpha, 3 coders, 20 % missing",
        statistic="alpha_nominal",
        methods=SOME[1:],
        coders=3,
        missing=0.2,
    ),
)


@dataclass(frozen=True)
class Cell:
    """What came out for one scenario, number of transcripts and kind of interval.

    Args:
        scenario: Its name.
        transcripts: How many.
        method: The interval.
        covered: The share of intervals that hold the true value.
        error: The Monte-Carlo standard error of that share.
        refused: The share of studies that got no interval; they do not count in `covered`.
    """

    scenario: str
    transcripts: int
    method: str
    covered: float
    error: float
    refused: float


def accuracies(scenario: Scenario, shape: tuple[int, int], random: np.random.Generator) -> Numbers:
    """a_g for every study and transcript."""
    mean = math.sqrt(TRUE_KAPPA - scenario.spread**2)
    if scenario.spread == 0:
        return np.full(shape, mean)
    both = mean * (1 - mean) / scenario.spread**2 - 1
    return random.beta(mean * both, (1 - mean) * both, size=shape)


def sizes_of(scenario: Scenario, shape: tuple[int, int], random: np.random.Generator) -> Counts:
    """Units of every transcript of every study."""
    if scenario.sizes == "lognormal":
        drawn = random.lognormal(-(0.8**2) / 2, 0.8, size=shape) * scenario.units
        return np.maximum(np.rint(drawn), 2).astype(np.int64)
    sizes = np.full(shape, scenario.units)
    if scenario.sizes == "half":
        sizes[:, 0] = scenario.units * (shape[1] - 1)
    return sizes


def tables_of(
    scenario: Scenario, transcripts: int, replicates: int, random: np.random.Generator
) -> Counts:
    """The tables of two coders, (R, G, q, q), drawn in one go."""
    shape, p = (replicates, transcripts), np.array(scenario.prevalence)
    seen = accuracies(scenario, shape, random)[..., None, None] ** 2
    cells = seen * np.diag(p) + (1 - seen) * np.outer(p, p)
    sizes = sizes_of(scenario, shape, random)
    drawn = random.multinomial(sizes, cells.reshape(*shape, p.size**2))
    return drawn.reshape(*shape, p.size, p.size)


def ratings_of(
    scenario: Scenario, transcripts: int, random: np.random.Generator
) -> tuple[Counts, Counts]:
    """Ratings (m, N) of several coders, -1 where missing, and the transcript of every unit."""
    cluster = np.repeat(np.arange(transcripts), scenario.units)
    seen = accuracies(scenario, (1, transcripts), random)[0][cluster]
    q, p = len(scenario.prevalence), scenario.prevalence
    shape = (scenario.coders, cluster.size)
    right, guessed = random.choice(q, cluster.size, p=p), random.choice(q, shape, p=p)
    given = np.where(random.random(shape) < seen, right, guessed)
    given[random.random(shape) < scenario.missing] = -1
    return given, cluster


def studies(scenario: Scenario, transcripts: int, replicates: int, seed: int) -> Iterator[Study]:
    """Invented studies of one scenario, the same for the same seed."""
    random = np.random.default_rng([seed, SCENARIOS.index(scenario), transcripts])
    if scenario.coders == 2:
        for number, tables in enumerate(tables_of(scenario, transcripts, replicates, random)):
            yield Study.of_pair(tables, scenario.statistic, number)
    else:
        for number in range(replicates):
            given, cluster = ratings_of(scenario, transcripts, random)
            q = len(scenario.prevalence)
            yield Study.of_many(given, cluster, q, scenario.statistic, number)


def coverage(scenario: Scenario, transcripts: int, replicates: int, seed: int) -> list[Cell]:
    """One column of the table: all methods on the same studies."""
    held = dict.fromkeys(scenario.methods, 0)
    made = dict(held)
    for study in studies(scenario, transcripts, replicates, seed):
        for method in scenario.methods:
            ends = METHODS[method](study)
            if ends is not None:
                made[method] += 1
                held[method] += ends[0] <= scenario.truth <= ends[1]
    cells = []
    for method in scenario.methods:
        n = made[method]
        share = held[method] / n if n else math.nan
        error = math.sqrt(share * (1 - share) / n) if n else math.nan
        cells.append(Cell(scenario.name, transcripts, method, share, error, 1 - n / replicates))
    return cells


def as_table(cells: Sequence[Cell]) -> str:
    """A Markdown table for each scenario; in brackets the share without an interval."""
    text = []
    for scenario in dict.fromkeys(cell.scenario for cell in cells):
        here = [cell for cell in cells if cell.scenario == scenario]
        sizes = list(dict.fromkeys(cell.transcripts for cell in here))
        text += [f"| {scenario} | {' | '.join(f'G = {g}' for g in sizes)} |"]
        text += ["| --- |" + " --- |" * len(sizes)]
        for method in dict.fromkeys(cell.method for cell in here):
            row = [_shown(cell) for cell in here if cell.method == method]
            text.append(f"| {method} | {' | '.join(row)} |")
        text.append("")
    return "\n".join(text)


def _shown(cell: Cell) -> str:
    share = f"{cell.covered:.3f}".removeprefix("0")
    return share if cell.refused == 0 else f"{share} ({cell.refused:.1%} none)"


def main(arguments: list[str] | None = None) -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--replicates", type=int, default=2000, help="studies per cell")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    began = time.perf_counter()
    cells = []
    for scenario in SCENARIOS:
        for transcripts in scenario.transcripts:
            cells += coverage(scenario, transcripts, given.replicates, given.seed)
            took = time.perf_counter() - began
            print(f"{scenario.name}, {transcripts}: {took:.0f} s", file=sys.stderr, flush=True)
    facts = machine(["numpy", "mist-coder"])
    today = datetime.now(UTC).date().isoformat()
    if given.json:
        print(json.dumps({"date": today, "facts": facts, "cells": [asdict(c) for c in cells]}))
        return
    print(as_table(cells))
    worst = math.sqrt(0.05 * 0.95 / given.replicates)
    said = ", ".join(f"{name} {value}" for name, value in facts.items())
    print(f"{given.replicates:,} studies a cell, seed {given.seed}; Monte-Carlo standard error at")
    print(f".95 {worst:.4f}. {today}; {said}; {time.perf_counter() - began:.0f} s.")


if __name__ == "__main__":
    main()
