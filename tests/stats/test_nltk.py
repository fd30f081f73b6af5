"""Random studies against nltk, where it can follow: no empty sets, and complete ratings.

`import nltk.metrics.agreement as x` finds nltk.translate's module instead, hence the form below.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance

from coder.stats import agree_many, agree_pair, agree_pooled, tables_of_all_pairs
from coder.stats import jaccard_distance as our_jaccard
from coder.stats import masi_distance as our_masi

from . import brute
from .set_studies import SetStudy, set_studies, values
from .studies import Study, studies

often = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow], database=None
)


def task_of(study: Study) -> AnnotationTask:
    return AnnotationTask(
        [
            (f"coder {i}", f"unit {u}", f"code {study.ratings[i, u]}")
            for i, u in np.argwhere(study.ratings >= 0).tolist()
        ]
    )


def several_used(study: Study) -> bool:
    return len({code for unit in brute.units_of(study.ratings) for code in unit}) > 1


def values_of(study: Study, names: tuple[str, ...]) -> list[float | None]:
    return [row.estimate for row in agree_many(study.many(), names, interval="none")]


@often
@given(studies(missing=False, most_units=20))
def test_complete_ratings(study: Study) -> None:
    if not several_used(study):
        return  # nltk: 1.0
    task = task_of(study)
    names = ("alpha_nominal", "fleiss_kappa", "percent_agreement")
    wanted = [task.alpha(), task.pi(), task.avg_Ao()]
    assert values_of(study, names) == pytest.approx(wanted, abs=1e-9)
    coders = [f"c{i}" for i in range(len(study.ratings))]
    tables = tables_of_all_pairs(study.ratings, None, study.categories, coders)
    pooled, light = agree_pooled(
        list(tables.values()), ["hubert_kappa", "light_kappa"], interval="none"
    )
    assert pooled.estimate == pytest.approx(task.multi_kappa(), abs=1e-9)
    if light.estimate is not None:  # nltk takes a pair without variation as 1
        assert light.estimate == pytest.approx(task.kappa(), abs=1e-9)


@often
@given(studies(most_units=20))
def test_alpha_of_missing_ratings(study: Study) -> None:
    (row,) = agree_many(study.many(), ["alpha_nominal"], interval="none")
    if row.estimate is not None:
        assert row.estimate == pytest.approx(task_of(study).alpha(), abs=1e-9)


@often
@given(studies(coders=2, missing=False, most_units=20))
def test_two_coders(study: Study) -> None:
    if not several_used(study):
        return
    task, used = task_of(study), sorted(set(study.ratings.reshape(-1).tolist()))
    # nltk's S knows only the categories that occur.
    place = {code: position for position, code in enumerate(used)}
    seen = Study(np.vectorize(place.__getitem__)(study.ratings), study.cluster, len(used))
    names = ["cohen_kappa", "scott_pi", "brennan_prediger"]
    found = [row.estimate for row in agree_pair(seen.pair(), names, interval="none")]
    assert found == pytest.approx([task.kappa(), task.pi(), task.S()], abs=1e-9)


@often
@given(set_studies())
def test_sets_of_codes(study: SetStudy) -> None:
    # No empty sets, two of which nltk divides by zero: they hold a code here.
    filled = SetStudy(
        [
            (transcript, {coder: answer or frozenset("w") for coder, answer in answers.items()})
            for transcript, answers in study.units
        ]
    )
    found = values(filled.counts(), ("alpha_jaccard", "alpha_masi"))
    data = [
        (coder, f"{number}", answer)
        for number, (_, answers) in enumerate(filled.units)
        for coder, answer in answers.items()
        if len(answers) >= 2
    ]
    for name, distance in (("alpha_jaccard", jaccard_distance), ("alpha_masi", masi_distance)):
        if not math.isnan(found[name]):
            assert found[name] == pytest.approx(
                AnnotationTask(data, distance=distance).alpha(), abs=1e-9
            )
    for _, answers in filled.units:
        for one in answers.values():
            for two in answers.values():
                assert our_jaccard(one, two) == pytest.approx(jaccard_distance(one, two))
                assert our_masi(one, two) == pytest.approx(masi_distance(one, two))
