"""Agreement part by part and person by person, recomputed from the unit table with pandas."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from coder.errors import UsageError
from coder.model import Viewer
from coder.ops.agreeing import agreement
from coder.ops.agreement_report import AgreementReport, AgreementRow, Options
from coder.ops.rounds import new_round
from coder.ops.study import Study
from coder.store import read_models
from tests.ops import recomputed
from tests.ops.coded import Said, book_of, coded_study, set_of, spread
from tests.rounds import close_round, open_round

VIEWER = Viewer()
QUICK = Options(interval="none")
QUESTIONS = ["Q-WHY", "Q-WHY", "Q-ADJUST", "Q-ADJUST", "Q-CLOSE"]
CAUSE = set_of(
    "cause",
    "multi",
    {"taught": "productive", "effort": "unproductive", "hard": "none"},
    rule="valence",
)
TOPIC = set_of("topic", "exclusive", ["task", "talk", "other"], rule="preponderance")
VISION = set_of("vision", "ordinal", ["v0", "v1", "v2", "v3"], rule="max")
SCORE = set_of("score", "ordinal", ["s0", "s1", "s2", "s3"], rule="mean")
TAGS = set_of("tags", "multi", ["a", "b"], rule="any")
RANK = set_of("rank", "exclusive", ["low", "high"], rule="highest", order=["high", "low"])
TIMES = set_of("times", "multi", ["x", "y"], rule="count")
SETS = (CAUSE, TOPIC, VISION, SCORE, TAGS, RANK, TIMES)
FEEDS = {
    "Q-WHY": ["cause", "topic", "score", "tags", "times"],
    "Q-ADJUST": ["vision", "topic", "rank"],
    "Q-CLOSE": [],
}
CODERS = ("AL", "RR", "TT")
TRANSCRIPTS = tuple(f"T-{number}" for number in range(1, 11))


def people() -> dict[str, dict[str, str]]:
    """Eight people, two of them in both years, half of them coaches."""
    return {
        name.replace("-", ""): {
            "person": f"P{at % 8}",
            "role": "coach" if at % 2 else "teacher",
            "year": "2023-24" if at < 8 else "2024-25",
        }
        for at, name in enumerate(TRANSCRIPTS)
    }


def answers() -> Iterator[Said]:
    """The second coder mostly says what the first does, the third has gaps."""
    chance = random.Random(5)
    for code_set in SETS:
        asked = [at for at, question in enumerate(QUESTIONS) if code_set.id in FEEDS[question]]
        names = [code.id for code in code_set.codes]
        for name in TRANSCRIPTS:
            for at in asked:
                first = chance.choice([*names, "-"])
                if code_set.mode == "multi" and chance.random() < 0.3:
                    first = f"{names[0]}+{names[1]}"
                for alias in CODERS:
                    said = first if chance.random() < 0.7 else chance.choice([*names, "-"])
                    if alias != "TT" or chance.random() < 0.8:
                        codes = [""] if said == "-" else said.split("+")
                        yield from ((alias, f"{name}:{at + 1}", code_set.id, c) for c in codes)


@dataclass(frozen=True)
class Made:
    study: Study
    units: pd.DataFrame
    """The unit table, as ``coder export`` writes it."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("levels")
    texts = dict.fromkeys(TRANSCRIPTS, QUESTIONS)
    book = book_of(*SETS, feeds=FEEDS)
    with coded_study(folder, book, texts, list(answers()), **people()) as study:
        rows = list(read_models.unit_table(study.store.db, VIEWER))
        yield Made(study, pd.DataFrame(rows, columns=list(read_models.UNIT_COLUMNS)))


def wide(units: pd.DataFrame, code_set: str) -> pd.DataFrame:
    """One row per unit that is asked, a column per coder with the answer in words."""
    of_set = units[(units["code_set"] == f"book:{code_set}") & (units["pass"] == 0)]
    asked = [question for question, sets in FEEDS.items() if code_set in sets]
    of_set = of_set[of_set["question"].isin(asked)].copy()
    of_set["said"] = of_set["codes"].where(of_set["codes"] != "", of_set["status"])
    keys = ["unit", "transcript", "participant", "year", "question"]
    return of_set.pivot_table(index=keys, columns="coder", values="said", aggfunc="first")


def rows_of(
    report: AgreementReport, code_set: str, level: str, statistic: str, **where: object
) -> list[AgreementRow]:
    wanted = {"code": "", "coders": ("AL", "RR"), **where}
    return [
        row
        for row in report.rows
        if (row.code_set, row.level, row.estimate.statistic) == (code_set, level, statistic)
        and all(getattr(row, key) == value for key, value in wanted.items())
    ]


def as_pairs(frame: pd.DataFrame, first: str, second: str, by: str) -> list[recomputed.Pair]:
    both = frame.dropna(subset=[first, second]).reset_index()
    columns = [both[name].tolist() for name in (by, first, second)]
    return [recomputed.Pair(*(str(value) for value in row)) for row in zip(*columns, strict=True)]


# Part by part.

PARTS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "transcript": lambda f: f["transcript"],
    "question": lambda f: f["question"],
    "year": lambda f: f["year"],
    "role": lambda f: f["participant"].map(
        {one["person"]: one["role"] for one in people().values()}
    ),
}


@pytest.mark.parametrize("per", PARTS)
def test_every_part_has_the_figures_of_its_units(made: Made, per: str) -> None:
    report = agreement(made.study, VIEWER, ["topic"], per=per)
    frame = wide(made.units, "topic")
    part_of = PARTS[per](frame.reset_index())
    assert {row.group for row in report.rows} == {"", *part_of}
    for first, second in combinations(CODERS, 2):
        for part in sorted(set(part_of)):
            pairs = as_pairs(frame[(part_of == part).tolist()], first, second, "transcript")
            (row,) = rows_of(
                report, "topic", "code", "cohen_kappa", coders=(first, second), group=part
            )
            assert row.by == per
            assert row.estimate.units == len(pairs)
            value = recomputed.quiet(recomputed.kappa)(pairs)
            assert row.estimate.estimate == (
                None if math.isnan(value) else pytest.approx(value, abs=1e-12)
            )
            if per == "transcript":
                assert row.estimate.low is None
                assert row.estimate.why_no_interval
            elif row.estimate.low is not None:
                ends = recomputed.jackknife(recomputed.kappa, pairs, "z")
                assert (row.estimate.low, row.estimate.high) == pytest.approx(ends, abs=1e-9)


def test_all_units_together_come_first_and_are_what_they_are_without_parts(made: Made) -> None:
    plain = agreement(made.study, VIEWER, ["cause", "vision"], options=QUICK)
    parted = agreement(made.study, VIEWER, ["cause", "vision"], options=QUICK, per="role")
    assert tuple(row for row in parted.rows if not row.by) == plain.rows
    assert {(row.by, row.group) for row in parted.rows} == {
        ("", ""),
        ("role", "coach"),
        ("role", "teacher"),
    }
    assert parted.rows[0].group == ""
    whole = next(c for c in parted.confusions if not c.group)
    of_parts = [
        c for c in parted.confusions if c.group and (c.level, c.code) == (whole.level, whole.code)
    ]
    same_pair = [np.array(c.counts).sum() for c in of_parts if c.coders == whole.coders]
    assert sum(same_pair) == np.array(whole.counts).sum()


def test_parts_with_few_transcripts_are_named_once(made: Made) -> None:
    report = agreement(made.study, VIEWER, ["topic"], options=QUICK, per="role")
    (said,) = (caution.text for caution in report.cautions if "By role" in caution.text)
    assert said == (
        "By role, under 8 transcripts: coach (5), teacher (5); an interval is rough at best."
    )


def test_why_a_code_is_too_rare_is_said_of_each_part(made: Made) -> None:
    report = agreement(made.study, VIEWER, ["topic"], options=QUICK, per="transcript")
    (row,) = rows_of(report, "topic", "code", "cohen_kappa", code="talk", group="T-1")
    assert "only" in report.why_rare(row)
    (whole,) = rows_of(report, "topic", "code", "cohen_kappa", code="talk", group="")
    assert report.why_rare(whole) == ""


def test_what_units_cannot_be_divided_by(made: Made) -> None:
    with pytest.raises(UsageError, match=r"nothing has the attribute rol \(did you mean role"):
        agreement(made.study, VIEWER, per="rol")


# Three coders.


def test_all_pairs_of_three_coders(made: Made) -> None:
    report = agreement(made.study, VIEWER, ["topic"])
    frame = wide(made.units, "topic")
    pairs = [as_pairs(frame, *two, "transcript") for two in combinations(CODERS, 2)]
    (light,) = rows_of(report, "topic", "code", "light_kappa", coders=CODERS)
    mean = sum(recomputed.kappa(one) for one in pairs) / 3
    assert light.estimate.estimate == pytest.approx(mean, abs=1e-12)
    (hubert,) = rows_of(report, "topic", "code", "hubert_kappa", coders=CODERS)
    observed = np.mean([recomputed.percent(one) for one in pairs])
    kappas = np.array([recomputed.kappa(one) for one in pairs])
    agreed = np.array([recomputed.percent(one) for one in pairs])
    expected = np.mean((agreed - kappas) / (1 - kappas))
    assert hubert.estimate.estimate == pytest.approx(
        (observed - expected) / (1 - expected), abs=1e-12
    )
    for statistic in ("conger_kappa", "brennan_prediger", "fleiss_kappa"):
        (row,) = rows_of(report, "topic", "code", statistic, coders=CODERS)
        assert row.estimate.low is not None


def test_specific_agreement_of_three_takes_units_that_two_finished(made: Made) -> None:
    report = agreement(made.study, VIEWER, ["topic"], options=QUICK)
    (row,) = rows_of(report, "topic", "code", "positive_agreement", code="task", coders=CODERS)
    frame = wide(made.units, "topic")
    given = frame.notna().sum(axis=1)
    yes = (frame == "task").sum(axis=1)
    two = given >= 2
    both = (yes[two] * (yes[two] - 1) / (given[two] - 1)).sum()
    assert row.estimate.estimate == pytest.approx(both / yes[two].sum(), abs=1e-12)
    assert row.estimate.units == int(two.sum())


def test_listwise_takes_units_that_all_finished(made: Made) -> None:
    report = agreement(made.study, VIEWER, ["topic"], options=QUICK, listwise=True)
    complete = wide(made.units, "topic").dropna()
    for two in combinations(CODERS, 2):
        (row,) = rows_of(report, "topic", "code", "cohen_kappa", coders=two)
        pairs = as_pairs(complete, *two, "transcript")
        assert row.estimate.units == len(complete)
        assert row.estimate.estimate == pytest.approx(recomputed.kappa(pairs), abs=1e-12)
    (row,) = rows_of(report, "topic", "code", "alpha_nominal", coders=CODERS)
    assert row.estimate.units == len(complete)
    assert any(f"Listwise: only the {len(complete)} of 40 units" in note for note in report.notes)


# Person by person.


def persons(made: Made, code_set: str, value: Callable[[list[str]], str | None]) -> pd.DataFrame:
    """What each coder's answers to all of a person-year's units come to; None for no value."""
    frame = wide(made.units, code_set)

    def rolled(said: pd.Series) -> str | None:
        return None if said.isna().any() else value([str(one) for one in said])

    grouped = frame.groupby(["participant", "year"])
    columns = {alias: [rolled(part[alias]) for _, part in grouped] for alias in CODERS}
    return pd.DataFrame(columns, index=list(grouped.groups))


def coded(said: list[str]) -> list[str]:
    return [code for one in said if one != "nothing" for code in one.split(";")]


def valence(said: list[str]) -> str:
    codes = set(coded(said))
    if not codes:
        return "nothing"
    kinds = {"taught": "productive", "effort": "unproductive"}
    found = {kinds[code] for code in codes if code in kinds}
    return "neither" if not found else "mixed" if len(found) > 1 else found.pop()


def most(said: list[str]) -> str | None:
    codes = coded(said)
    if not codes:
        return "nothing"
    top = [code for code in set(codes) if codes.count(code) == max(map(codes.count, codes))]
    return top[0] if len(top) == 1 else None


def highest(said: list[str]) -> str | None:
    return next((code for code in ("high", "low") if code in coded(said)), None)


@pytest.fixture(scope="module")
def by_person(made: Made) -> AgreementReport:
    return agreement(made.study, VIEWER, people=True)


@pytest.mark.parametrize(("code_set", "value"), [("cause", valence), ("topic", most)])
def test_persons_by_a_rule_without_order(
    made: Made,
    by_person: AgreementReport,
    code_set: str,
    value: Callable[[list[str]], str | None],
) -> None:
    frame = persons(made, code_set, value)
    both = frame.dropna(subset=["AL", "RR"])
    assert 2 < len(both) <= 10
    for statistic, expected in (
        ("percent_agreement", (both["AL"] == both["RR"]).mean()),
        ("cohen_kappa", cohen_kappa_score(both["AL"], both["RR"])),
    ):
        (row,) = rows_of(by_person, code_set, "person", statistic)
        assert row.estimate.units == len(both)
        assert row.estimate.estimate == pytest.approx(expected, abs=1e-12)
    assert row.estimate.clusters == len({person for person, _ in both.index})
    if row.estimate.interval:
        assert row.estimate.interval.startswith("person jackknife")


def test_persons_by_their_highest_level_are_weighted(
    made: Made, by_person: AgreementReport
) -> None:
    frame = persons(made, "vision", lambda said: max(coded(said), default=None))
    both = frame.dropna(subset=["AL", "RR"])
    a, b = ([int(level[1]) for level in both[alias]] for alias in ("AL", "RR"))
    for weights in ("linear", "quadratic"):
        (row,) = rows_of(by_person, "vision", "person", f"cohen_kappa_{weights}")
        assert row.estimate.units == len(both)
        expected = cohen_kappa_score(a, b, labels=range(4), weights=weights)
        assert row.estimate.estimate == pytest.approx(expected, abs=1e-12)


def test_persons_by_a_declared_order_are_weighted(made: Made, by_person: AgreementReport) -> None:
    both = persons(made, "rank", highest).dropna(subset=["AL", "RR"])
    (row,) = rows_of(by_person, "rank", "person", "cohen_kappa")
    assert row.estimate.units == len(both)
    assert row.estimate.estimate == pytest.approx(
        cohen_kappa_score(both["AL"], both["RR"]), abs=1e-12
    )
    assert rows_of(by_person, "rank", "person", "alpha_ordinal")


def test_persons_by_their_mean_are_scores(made: Made, by_person: AgreementReport) -> None:
    def mean(said: list[str]) -> str | None:
        levels = [int(code[1]) for code in coded(said)]
        return str(sum(levels) / len(levels)) if levels else None

    both = persons(made, "score", mean).dropna(subset=["AL", "RR"])
    a, b = (both[alias].astype(float).to_numpy() for alias in ("AL", "RR"))
    # Quadratic kappa of scores is Lin's concordance of them, and needs no categories.
    concordance = (
        2 * np.cov(a, b, bias=True)[0, 1] / (a.var() + b.var() + (a.mean() - b.mean()) ** 2)
    )
    (row,) = rows_of(by_person, "score", "person", "cohen_kappa_quadratic")
    assert row.estimate.units == len(both)
    assert row.estimate.estimate == pytest.approx(concordance, abs=1e-12)


def test_persons_with_any_number_of_codes_are_sets(made: Made, by_person: AgreementReport) -> None:
    frame = persons(made, "tags", lambda said: "+".join(sorted(set(coded(said)))))
    pairs = as_pairs(
        frame.rename_axis(["participant", "year"])
        if isinstance(frame.index, pd.MultiIndex)
        else frame.set_index(pd.MultiIndex.from_tuples(frame.index, names=["participant", "year"])),
        "AL",
        "RR",
        "participant",
    )
    (row,) = rows_of(by_person, "tags", "person", "pooled_kappa")
    assert row.estimate.estimate == pytest.approx(recomputed.pooled_kappa(["a", "b"])(pairs))
    (row,) = rows_of(by_person, "tags", "person", "percent_agreement")
    assert row.estimate.estimate == recomputed.percent(pairs)
    assert not rows_of(by_person, "tags", "person", "cohen_kappa")
    (row,) = rows_of(by_person, "tags", "person", "cohen_kappa", code="a")
    flags = [
        recomputed.Pair(p.transcript, str("a" in p.first), str("a" in p.second)) for p in pairs
    ]
    assert row.estimate.estimate == pytest.approx(recomputed.kappa(flags), abs=1e-12)


def test_frequencies_give_nobody_a_value(by_person: AgreementReport) -> None:
    assert not rows_of(by_person, "times", "person", "percent_agreement")
    assert "times: No person-years: the roll-up count gives nobody a value." in by_person.warnings


def test_how_many_persons_are_compared_is_said(made: Made, by_person: AgreementReport) -> None:
    ties = persons(made, "topic", lambda said: str(most(said)))
    listed = ", ".join(
        f"{alias} {n}" for alias in CODERS if (n := int((ties[alias] == "None").sum()))
    )
    assert listed
    assert f"topic: Person-years with a tie have no value: {listed}." in by_person.warnings
    assert any(
        note.startswith("cause: 10 of 10 person-years, of whom two coders finished all")
        for note in by_person.notes
    )


def test_persons_have_parts_of_their_own(made: Made) -> None:
    report = agreement(made.study, VIEWER, ["cause"], options=QUICK, per="role", people=True)
    frame = persons(made, "cause", valence)
    role = {one["person"]: one["role"] for one in people().values()}
    for part in ("coach", "teacher"):
        both = frame[[role[person] == part for person, _ in frame.index]]
        (row,) = rows_of(report, "cause", "person", "percent_agreement", group=part)
        assert row.estimate.estimate == pytest.approx((both["AL"] == both["RR"]).mean())
    report = agreement(made.study, VIEWER, ["cause"], options=QUICK, per="question", people=True)
    rows = rows_of(report, "cause", "person", "percent_agreement")
    assert [row.group for row in rows] == [""], "a person is not divided by question"


def test_a_round_of_named_excerpts_has_no_whole_persons(tmp_path: Path) -> None:
    said = [
        *spread("AL", "topic", "task talk task talk", 2, "T"),
        *spread("RR", "topic", "task talk talk talk", 2, "T"),
    ]
    texts = {"T-1": ["Q-WHY"] * 2, "T-2": ["Q-WHY"] * 2}
    topic = replace(TOPIC, rollup=replace(TOPIC.rollup, rule="highest"))
    with coded_study(tmp_path, book_of(topic), texts, said) as study:
        open_round(study, "some", ["AL", "RR"], ["T-1:1", "T-2:1", "T-2:2"])
        code_in_round(study, "some", ["T-1:1", "T-2:1", "T-2:2"])
        close_round(study, "some")
        new_round(study, "whole", ["AL", "RR"], names=["T-2"])
        code_in_round(study, "whole", ["T-2:1", "T-2:2"])
        close_round(study, "whole")
        some = agreement(study, VIEWER, round_name="some", options=QUICK, people=True)
        whole = agreement(study, VIEWER, round_name="whole", options=QUICK, people=True)
    assert not [row for row in some.rows if row.level == "person"]
    assert any("the round is a sample of excerpts" in warning for warning in some.warnings)
    (row,) = rows_of(whole, "topic", "person", "percent_agreement")
    assert (row.estimate.units, row.estimate.estimate) == (1, 1)
    assert any(note.startswith("topic: 1 of 2 person-years") for note in whole.notes)


def code_in_round(study: Study, name: str, refs: list[str]) -> None:
    from coder.ops.coding import press_code
    from coder.ops.corpus import coder_named
    from tests.rounds import round_number

    for alias in ("AL", "RR"):
        for ref in refs:
            coder = coder_named(study, alias)
            press_code(study, coder, ref, "topic", "task", round_number(study, name))
