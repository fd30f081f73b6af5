"""Every worked case with sets of codes, free spans or sample sizes."""

from __future__ import annotations

import re

import numpy as np
import pytest

from coder.stats import (
    Document,
    Estimate,
    SetCounts,
    Spans,
    agree_characters,
    agree_pair,
    agree_pooled,
    agree_sets,
    agree_spans,
    jaccard_distance,
    masi_distance,
    units_for_alpha,
    units_for_half_width,
)
from coder.stats.alpha_u import UnitSums, disagreements, unit_sums
from coder.stats.planning import SampleSize

from .cases import Case, agrees, all_cases, load

SETS_AND_SPANS = ("sets", "sets-pairs", "multilabel", "spans", "planning")
COVERED = [
    pytest.param(case, key, id=f"{case.name}-{key}")
    for case in all_cases()
    if case.kind in SETS_AND_SPANS
    for key in case.expected
]


def only(rows: list[Estimate]) -> float:
    (row,) = rows
    assert row.defined == (row.why_undefined == "")
    return float("nan") if row.estimate is None else row.estimate


def set_counts(case: Case) -> SetCounts:
    matrix = case.body["matrix"]
    rows = [
        ("T", f"coder {number}", str(unit), codes)
        for number, row in enumerate(matrix)
        for unit, codes in enumerate(row)
        if codes is not None
    ]
    return SetCounts.from_rows(rows, case.body.get("codes"))


def spans_of(case: Case) -> Spans:
    begin = case.body["begin"]
    marks = {
        coder: [(start - begin, start - begin + length, code) for start, length, code in spans]
        for coder, spans in zip(case.body["coders"], case.body["spans"], strict=True)
    }
    return Spans.from_documents([Document("T", case.body["length"], marks)])


def of_sets(case: Case, key: str) -> float:
    counts = set_counts(case)
    name, _, code = key.partition(":")
    pair = ("coder 0", "coder 1")
    if code:
        return only(agree_pair(counts.pair_of_code(code, pair), [name]))
    if name.endswith("kappa"):
        return only(agree_pooled([counts.pair_of_code(c, pair) for c in counts.codes], [name]))
    return only(agree_sets(counts, [name]))


def of_set_pair(key: str) -> float:
    name, _, sets = key.partition(":")
    first, second = ([] if codes == "{}" else list(codes) for codes in sets.split("|"))
    distance = {"masi": masi_distance, "jaccard": jaccard_distance}[name]
    assert distance(first, second) == distance(second, first)
    return distance(first, second)


def of_spans(case: Case, key: str) -> float:
    spans = spans_of(case)
    name, _, code = key.partition(":")
    if name in ("alpha_U_Do", "alpha_U_De"):
        sums, placements = unit_sums(spans)
        placed = np.array([part.total() for part in placements])
        terms = disagreements(UnitSums.from_columns(sums.columns.sum(axis=0)), placed)
        return float(terms[name.endswith("De")][spans.codes.index(code)])
    name = "alpha_u_1995" if name == "alpha_U" else name
    return only(agree_spans(spans, [name], code=code or None))


def sample_size(case: Case, key: str) -> SampleSize:
    numbers = {name: float(n) for name, n in re.findall(r"(\w+)=([.\d]+)", key)}
    if "half_width" in numbers:
        return units_for_half_width(numbers["kappa"], numbers["prevalence"], numbers["half_width"])
    assert numbers["coders"] == 2
    return units_for_alpha(numbers["alpha_min"], numbers["p"], numbers["sig"])


def compute(case: Case, key: str) -> float:
    if case.kind in ("sets", "multilabel"):
        return of_sets(case, key)
    if case.kind == "sets-pairs":
        return of_set_pair(key)
    if case.kind == "spans":
        return of_spans(case, key)
    size = sample_size(case, key)
    assert size.exact == pytest.approx(case.expected[key]["exact"], abs=1e-9)
    return size.units


@pytest.mark.parametrize(("case", "key"), COVERED)
def test_case_has_its_expected_value(case: Case, key: str) -> None:
    want = case.expected[key]
    found = compute(case, key)
    tolerance = 1e-9 if case.kind == "planning" else want["tolerance"]
    assert agrees(found, want["value"], tolerance), (found, want["value"])
    if "published_tolerance" in want:
        assert agrees(found, want["published"], want["published_tolerance"])
    elif "published" in want:
        assert found == want["published"]


def test_nvivo_from_spans() -> None:
    # The help's 1,000 characters: 50 coded by both, 50 by A only, 100 by B only.
    case = load("nvivo_help_1000_characters")
    marks = {"A": [(100, 200, "code")], "B": [(150, 300, "code")]}
    spans = Spans.from_documents([Document("T", 1000, marks)])
    names = {"ac1": "gwet_ac1"}
    keys = [key for key in case.expected if "_se" not in key and key != "specific_agreement"]
    rows = agree_characters(spans, ("A", "B"), [names.get(key, key) for key in keys])
    assert len(keys) == 8
    for key, row in zip(keys, rows, strict=True):
        assert row.estimate == pytest.approx(case.expected[key]["value"], abs=1e-9)
        assert (row.low, row.units, row.clusters) == (None, 1000, 1)
    specific = case.expected["specific_agreement"]["value"]
    rows = agree_characters(spans, ("A", "B"), ["positive_agreement", "negative_agreement"])
    assert [row.estimate for row in rows] == pytest.approx([specific["coded"], specific["not"]])
    # u-alpha is close: D_o = 300, D_e = 2000 x 2 x 250 x 1750 / (2000^2 - 1750 - 100^2 - 150^2).
    wanted = 1 - 300 * (2000**2 - 1750 - 100**2 - 150**2) / (2000 * 2 * 250 * 1750)
    assert only(agree_spans(spans, ["u_alpha"])) == pytest.approx(wanted, abs=1e-12)
