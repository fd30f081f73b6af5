"""Every worked case as a file through ``coder agree``; nothing is skipped in silence."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coder.cli.main import cli
from tests.cli import rating_files
from tests.stats.cases import Case, agrees, all_cases, load

NO_FILE = {
    "gamma": "gamma is an optional extra that is not offered",
    "planning": "sizes of samples, which no file of ratings holds",
    "sets-pairs": "distances of two sets, which are no statistic of a file",
}
"""Kinds of cases that no file is made of, with the reason."""

INNER = "a term of a statistic, not offered by name"
NULL = "the error under the hypothesis of no agreement: for tests only, never an interval"
PAIR = "two coders are compared on units both rated; this value takes single ratings in as well"

LEFT_OUT = {
    "alpha_U_Do": INNER,
    "alpha_U_De": INNER,
    "cohen_kappa_se0": NULL,
    "cohen_kappa_linear_se0": NULL,
    "fleiss_kappa_se0": NULL,
    "kappa_linearised_cluster_se": "never offered as an interval",
    "ci95_linearised_t_low": "never offered as an interval",
    "ci95_linearised_t_high": "never offered as an interval",
    "kappa_jackknife_cluster_se": "shown as the interval it makes",
    "ci95_jackknife_fisher_z_t_low": "t(G-1); the command takes the effective degrees of freedom",
    "ci95_jackknife_fisher_z_t_high": "t(G-1); the command takes the effective degrees of freedom",
    "ac2_gwet_ordinal": "weights of irrCAC that are not offered by name",
}
"""Keys that the command does not print, with the reason."""

CASES_LEFT_OUT: dict[tuple[str, str], str] = {
    ("gwet_ben_gerry_missing", "fleiss_kappa"): PAIR,
    ("gwet_ben_gerry_missing", "conger_kappa"): PAIR,
    ("gwet_ben_gerry_missing", "ac1"): PAIR,
}
"""Single values, with the reason."""

NAMES = {
    "ac1": "gwet_ac1",
    "ac1_se": "gwet_ac1_se",
    "ac2_linear": "gwet_ac2_linear",
    "ac2_quadratic": "gwet_ac2_quadratic",
    "fleiss_kappa_se_gwet": "fleiss_kappa_se",
    "alpha_U": "alpha_u_1995",
    "specific_agreement": "positive_agreement",
    "fleiss_per_category": "fleiss_kappa",
}
"""What the command calls what a case calls otherwise."""

CASES = [case for case in all_cases() if case.kind not in NO_FILE]
WANTED = [
    pytest.param(case, key, id=f"{case.name}-{key}")
    for case in CASES
    for key in case.expected
    if key.partition(":")[0] not in LEFT_OUT and (case.name, key) not in CASES_LEFT_OUT
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@cache
def rows_of(name: str, folder: Path) -> list[dict[str, Any]]:
    """All that the command says of a case, with every statistic the case wants asked for."""
    case = load(name)
    if case.kind == "spans":
        arguments = [str(rating_files.spans(case, folder))]
    elif case.kind in ("sets", "multilabel"):
        arguments = [str(rating_files.sets(case, folder)), "--sets"]
    else:
        arguments = [str(rating_files.wide(case, folder)), "--by-code"]
        arguments += ["--categories", ",".join(case.categories)]
    if any("custom" in key for key in case.expected):
        arguments += ["--weights", str(rating_files.weights(case, folder))]
    wanted = {name_of(key) for key in case.expected if key.partition(":")[0] not in LEFT_OUT}
    for statistic in sorted(wanted):
        arguments += ["--statistic", statistic]
    done = CliRunner().invoke(cli, ["agree", *arguments, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    rows: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return rows


def name_of(key: str) -> str:
    name = key.partition(":")[0]
    return NAMES.get(name, name)


def value(rows: list[dict[str, Any]], case: Case, statistic: str, code: str | None) -> float:
    """The value of all coders together, or of the only two."""
    coders = len(case.body["matrix"]) if "matrix" in case.body else len(case.body["coders"])
    (row,) = (
        row
        for row in rows
        if row["statistic"] == statistic
        and row["code"] == code
        and len(row["coders"]) == coders
        and row["level"] != "code_applied"
    )
    assert row["defined"] == (row["estimate"] is not None)
    return float("nan") if row["estimate"] is None else row["estimate"]


@pytest.mark.parametrize(("case", "key"), WANTED)
def test_the_command_gives_the_expected_value(case: Case, key: str, folder: Path) -> None:
    want = case.expected[key]
    rows = rows_of(case.name, folder)
    statistic, (_, _, code) = name_of(key), key.partition(":")
    found: float | dict[str, float]
    if isinstance(want["value"], dict):
        found = {code: value(rows, case, statistic, code) for code in case.categories}
    else:
        found = value(rows, case, statistic, code or None)
    assert agrees(found, want["value"], want.get("tolerance", 1e-9)), (found, want["value"])


def test_every_value_is_compared_or_named_as_not() -> None:
    kinds = {case.kind for case in all_cases()}
    assert set(NO_FILE) < kinds
    keys = {(case.name, key) for case in CASES for key in case.expected}
    assert set(CASES_LEFT_OUT) <= keys
    assert set(LEFT_OUT) <= {key.partition(":")[0] for _, key in keys}
    # A case that loses a key must be noticed.
    left_out = [k for k in keys if k[1].partition(":")[0] in LEFT_OUT or k in CASES_LEFT_OUT]
    assert len(WANTED) + len(left_out) == len(keys)
    assert len(WANTED) >= 324
