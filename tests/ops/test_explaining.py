"""Every statistic is explained, in about ten lines, with a sentence to report it by."""

from __future__ import annotations

import re

import pytest

from coder.errors import UsageError
from coder.ops.explaining import EXPLANATIONS, as_data, contents, explanation, page
from coder.ops.explanations import STATISTICS, TOPICS
from coder.ops.statistic_names import OTHER_NAMES, kinds_for, no_such
from coder.stats.register import MEASURES

DOCUMENTED = (
    "percent_agreement",
    "cohen_kappa",
    "cohen_kappa_linear",
    "cohen_kappa_quadratic",
    "cohen_kappa_se",
    "kappa_max",
    "scott_pi",
    "fleiss_kappa",
    "conger_kappa",
    "light_kappa",
    "brennan_prediger",
    "pabak",
    "gwet_ac1",
    "gwet_ac2_linear",
    "gwet_ac2_quadratic",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
    "positive_agreement",
    "negative_agreement",
    "prevalence_index",
    "bias_index",
    "pooled_kappa",
    "alpha_jaccard",
    "alpha_masi",
    "alpha_u_1995",
    "u_alpha",
    "bar_u_alpha",
    "cu_alpha",
    "ku_alpha",
    "coverage_cu",
    "within_one",
)


def test_none_is_missing_and_none_is_of_nothing() -> None:
    names = [one.name for one in STATISTICS]
    assert set(names) == set(MEASURES)
    assert set(DOCUMENTED) <= set(names)
    assert len(set(EXPLANATIONS)) == len(STATISTICS) + len(TOPICS)
    topics = {one.name for one in TOPICS}
    assert topics == {"intervals", "undefined", "denominators", "missing", "planning"}


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_an_explanation_is_a_screenful(name: str) -> None:
    one = EXPLANATIONS[name]
    text = page(one)
    lines = text.splitlines()
    assert 8 <= len(lines) <= 17, len(lines)
    assert max(map(len, lines)) <= 80
    assert lines[0] == f"{one.name}: {one.title}"
    for part in (one.what, one.misleads, one.report):
        assert part.endswith((".", "?")), part
    if one.formula:
        assert one.formula.isascii()
        # What is reported has its number, and an estimate has its interval.
        assert re.search(r"\d", one.report)
        measure = MEASURES[name]
        has_interval = measure.transform is not None and not measure.index
        if has_interval and name not in ("coverage_ku", "ku_alpha"):
            assert "[" in one.report, one.report


def test_every_sentence_stands_once() -> None:
    seen: dict[str, str] = {}
    for one in EXPLANATIONS.values():
        assert one.what not in seen, (one.name, seen.get(one.what))
        assert not one.what.startswith("The same"), one.name
        seen[one.what] = one.name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cohen_kappa", "cohen_kappa"),
        ("Cohen kappa", "cohen_kappa"),
        ("GWET-AC1", "gwet_ac1"),
        ("kappa", "cohen_kappa"),
        ("alpha_u", "alpha_u_1995"),
        ("planning", "planning"),
    ],
)
def test_names_are_taken_as_people_type_them(typed: str, name: str) -> None:
    assert explanation(typed).name == name


def test_a_slip_is_answered_with_what_was_meant() -> None:
    with pytest.raises(UsageError, match="did you mean cohen_kappa"):
        explanation("cohen_kapa")
    with pytest.raises(UsageError, match="coder explain lists them"):
        explanation("zzzz")
    assert "did you mean cohen_kappa?" in str(no_such("kappa"))
    assert str(no_such("qqqq", "--min")).startswith("--min: there is no statistic called qqqq")


def test_other_names_lead_somewhere() -> None:
    assert set(OTHER_NAMES.values()) <= set(MEASURES)
    assert not set(OTHER_NAMES) & set(EXPLANATIONS)
    assert kinds_for("percent_agreement") == (
        "two coders and any number of coders and sets of codes"
    )


def test_the_list_and_the_data_hold_all() -> None:
    assert [row[0] for row in contents().rows] == list(EXPLANATIONS)
    data = as_data(explanation("intervals"))
    assert data["schema"] == "coder/explanation/1"
    assert data["formula"] is None
