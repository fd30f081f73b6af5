"""The options that ``coder agree`` has for files and for a study alike, on the sample study."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from tests.cli.calling import Call, fingerprint

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "agreement.schema.json").read_text(encoding="utf-8")
)


def test_thresholds_end_with_one(call: Call, sample: Path) -> None:
    line = ("agree", "--set", "attribution", "--interval", "none")
    assert call(*line, "--min", "cohen_kappa=0.5").code == 0
    answer = call(*line, "--min", "cohen_kappa=0.72")
    assert answer.code == 1
    assert [text for text in answer.err.splitlines() if text.startswith("missed")] == [
        "missed: attribution valence AL–RR: cohen_kappa is 0.714, under 0.72"
    ]
    said = call(*line, "--min", "u_alpha=0").one_line(2)
    assert "u_alpha is not computed for these answers" in said


def test_one_statistic_alone(call: Call, sample: Path) -> None:
    answer = call("agree", "--statistic", "pooled_kappa", "--confidence", "0.9")
    assert "90% interval" in answer.out
    assert "gwet" not in answer.out
    data = json.loads(call("agree", "--statistic", "pooled_kappa", "--json").out)
    jsonschema.validate(data, SCHEMA)
    assert {row["statistic"] for row in data["rows"]} == {"pooled_kappa"}
    said = call("agree", "--statistic", "kappa").one_line(2)
    assert "did you mean cohen_kappa?" in said


def test_disagreements_and_words_beside_agreement(call: Call, sample: Path) -> None:
    before = fingerprint(sample)
    answer = call("agree", "--set", "attribution", "--disagreements", "--bands", "landis-koch")
    assert answer.code == 0, answer.err
    assert "In words (landis-koch)" in answer.out
    assert "units on which coders differ" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80
    data = json.loads(call("agree", "--set", "attribution", "--disagreements", "--json").out)
    jsonschema.validate(data, SCHEMA)
    assert len(data["disagreements"]) == 3
    assert all(one["code_set"] == "attribution" for one in data["disagreements"])
    assert fingerprint(sample) == before


def test_latex(call: Call, sample: Path) -> None:
    answer = call("agree", "--latex")
    assert answer.out.startswith("\\begin{table}")
    assert "applied or not &" in answer.out


def test_what_makes_no_sense_with_a_study_is_refused(call: Call, sample: Path) -> None:
    said = call("agree", "--weights", "weights.csv").one_line(2)
    assert "rubrics take --weights linear or quadratic" in said
    said = call("agree", "--self", "AL", "--disagreements").one_line(2)
    assert "--self and --disagreements are two comparisons" in said
