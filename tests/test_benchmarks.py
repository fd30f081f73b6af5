"""The benchmarks run, on next to nothing, so that they cannot rot; no time is asserted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Imports a script of that folder, and forgets it afterwards."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)

    def script(name: str) -> ModuleType:
        return import_module(name)

    yield script
    for name in set(sys.modules) - before:
        if str(FOLDER) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def test_agreement_beside_others(benchmarks: Any, tmp_path: Path) -> None:
    agreement = benchmarks("agreement")
    beside = benchmarks("side_by_side")
    jobs = [
        agreement.kappa_with_jackknife(500, 10),
        agreement.alpha_of_a_pair(100),
        agreement.ordinal_bootstrap(200),
        agreement.codes_of_excerpts(100, 3),
    ]
    lines = [line for job in jobs for line in beside.measured(job, rounds=1)]
    lines += agreement.alpha_with_missing(300, tmp_path, False)
    assert [line.peer for line in lines] == [
        "our estimate alone",
        "krippendorff",
        "krippendorff",
        "one GROUP BY in SQLite",
        "irrCAC",
        "krippendorff",
        "memory",
    ]
    for line in lines:
        assert (line.ratio is None) == (line.peer in ("irrCAC", "memory"))
    # Their imports take seconds and their calls are checked as oracles: ours alone.
    for job in (agreement.kappa_from_arrays(500), agreement.kappa_bootstrap(200)):
        assert job.seconds() > 0
    table = beside.as_text(lines)
    assert "20 of the 1,000 bootstrap resamples, multiplied up" in table
    assert "left out without --with-irrcac" in table
    assert "at most 5 x" in beside.as_markdown(lines, beside.machine(["numpy"]))


def test_a_target_is_met_or_missed_in_its_own_direction(benchmarks: Any) -> None:
    target = benchmarks("side_by_side").Target
    assert target(25).ratio(1, 25) == 25
    assert target(25).met(25)
    assert not target(25).met(24)
    assert target(2.5, faster=False).ratio(2, 1) == 2
    assert target(2.5, faster=False).met(2)
    assert not target(2.5, faster=False).met(2.6)


def test_coverage_of_intervals(benchmarks: Any, capsys: pytest.CaptureFixture[str]) -> None:
    coverage = benchmarks("coverage")
    coverage.main(["--replicates", "2", "--json"])
    cells = json.loads(capsys.readouterr().out)["cells"]
    assert len(cells) == sum(len(s.methods) * len(s.transcripts) for s in coverage.SCENARIOS)
    assert "| jackknife z, t(G-1) |" in coverage.as_table([coverage.Cell(**c) for c in cells])


def test_the_page_on_intervals_shows_what_is_simulated(benchmarks: Any) -> None:
    page = (FOLDER.parent / "docs" / "intervals.md").read_text(encoding="utf-8")
    for scenario in benchmarks("coverage").SCENARIOS:
        sizes = " | ".join(f"G = {g}" for g in scenario.transcripts)
        assert f"| {scenario.name} | {sizes} |" in page
        table = page.split(f"| {scenario.name} |", 1)[1].split("\n\n", 1)[0]
        assert [row.split(" | ")[0].lstrip("| ") for row in table.splitlines()[2:]] == [
            *scenario.methods
        ]


def test_invented_studies_have_the_kappa_they_are_said_to_have(benchmarks: Any) -> None:
    coverage = benchmarks("coverage")
    scenario = coverage.SCENARIOS[0]
    tables = coverage.tables_of(scenario, 400, 50, coverage.np.random.default_rng(1))
    p = tables.sum(axis=(0, 1)) / tables.sum()
    expected = p.sum(axis=0) @ p.sum(axis=1)
    kappa = (p.trace() - expected) / (1 - expected)
    # 20,000 transcripts: a standard error of .002.
    assert kappa == pytest.approx(scenario.truth, abs=0.008)
