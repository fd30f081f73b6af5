"""Which units and answers are compared, and what comes out where the answer is known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from coder.errors import NotAllowed, UsageError
from coder.model import Code, Codebook, Viewer
from coder.ops.agreeing import agreement, interval_method
from coder.ops.agreement_report import AgreementReport, AgreementRow, Options
from coder.ops.corpus import add_coder
from coder.ops.library import use_codebook
from coder.ops.study import Study
from tests.ops import recomputed
from tests.ops.coded import book_of, coded_study, say, set_of, spread
from tests.rounds import close_round, open_round

VIEWER = Viewer()
QUICK = Options(interval="none")

CAUSE = set_of(
    "cause",
    "multi",
    {
        "taught": "productive",
        "before": "productive",
        "effort": "unproductive",
        "both": "mixed",
        "hard": "none",
    },
    rule="valence",
)
SUPPORT = set_of(
    "support",
    "exclusive",
    {"open": "productive", "steps": "unproductive", "easier": "unproductive"},
    rule="valence",
)
TOPIC = set_of("topic", "exclusive", ["task", "talk", "other"], rule="count")
VISION = set_of("vision", "ordinal", ["v0", "v1", "v2", "v3", "v4"], rule="max")


def row(
    report: AgreementReport,
    level: str,
    statistic: str,
    code: str = "",
    coders: tuple[str, ...] = ("AL", "RR"),
) -> AgreementRow:
    (found,) = (
        one
        for one in report.rows
        if (one.level, one.estimate.statistic, one.code, one.coders)
        == (level, statistic, code, coders)
    )
    return found


def value(
    report: AgreementReport,
    level: str,
    statistic: str,
    code: str = "",
    coders: tuple[str, ...] = ("AL", "RR"),
) -> float:
    estimate = row(report, level, statistic, code, coders).estimate.estimate
    assert estimate is not None
    return estimate


def two_coders(
    folder: Path, book: Codebook, code_set: str, al: str, rr: str, per_transcript: int = 4
) -> Study:
    """Transcripts of Q-WHY excerpts with what AL and RR said, excerpt by excerpt."""
    n = len(al.split())
    names = [f"T-{i + 1}" for i in range(math.ceil(n / per_transcript))]
    return coded_study(
        folder,
        book,
        {name: ["Q-WHY"] * per_transcript for name in names},
        [
            *spread("AL", code_set, al, per_transcript, "T"),
            *spread("RR", code_set, rr, per_transcript, "T"),
        ],
    )


def as_pairs(al: str, rr: str, per_transcript: int = 4) -> list[recomputed.Pair]:
    both = zip(al.split(), rr.split(), strict=True)
    return [
        recomputed.Pair(
            f"T-{i // per_transcript}", a.replace("-", "nothing"), b.replace("-", "nothing")
        )
        for i, (a, b) in enumerate(both)
        if "." not in (a, b)
    ]


# Calibrated results.

CALIBRATION_AL = ("taught " * 9 + "effort " * 9 + "both " * 2 + "hard " * 4).strip()
CALIBRATION_RR = (
    # of 9 productive 8, of 9 unproductive 6, of 2 mixed 2, of 4 without valence 3
    "taught " * 8 + "hard " + "effort " * 6 + "both " * 3 + "both " * 2 + "hard " * 3 + "before"
).strip()


@pytest.fixture(scope="module")
def calibration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AgreementReport]:
    folder = tmp_path_factory.mktemp("calibration")
    with two_coders(folder, book_of(CAUSE), "cause", CALIBRATION_AL, CALIBRATION_RR) as study:
        yield agreement(study, VIEWER)


def test_the_calibration_of_24_excerpts(calibration: AgreementReport) -> None:
    assert row(calibration, "valence", "percent_agreement").estimate.units == 24
    assert value(calibration, "valence", "percent_agreement") == 19 / 24
    assert round(value(calibration, "valence", "cohen_kappa"), 4) == 0.7108
    assert round(value(calibration, "valence", "alpha_nominal"), 4) == 0.7138
    assert round(value(calibration, "valence", "gwet_ac1"), 4) == 0.7268


@pytest.mark.parametrize(
    ("category", "both", "al", "rr", "kappa"),
    [
        ("productive", 8, 9, 9, 0.8222),
        ("unproductive", 6, 9, 6, 0.7143),
        ("mixed", 2, 2, 5, 0.5135),
        ("none", 3, 4, 4, 0.7000),
    ],
)
def test_the_calibration_category_by_category(
    calibration: AgreementReport, category: str, both: int, al: int, rr: int, kappa: float
) -> None:
    assert round(value(calibration, "valence", "cohen_kappa", category), 4) == kappa
    (found,) = (
        one.counts
        for one in calibration.confusions
        if (one.level, one.code) == ("valence", category)
    )
    ((yes, only_al), (only_rr, _)) = found
    assert (yes, yes + only_al, yes + only_rr) == (both, al, rr)


def test_no_variation_is_not_defined_and_says_why(tmp_path: Path) -> None:
    answers = "taught " * 10
    with two_coders(tmp_path, book_of(CAUSE), "cause", answers, answers, 5) as study:
        report = agreement(study, VIEWER)
    assert value(report, "valence", "percent_agreement") == 1
    for statistic in ("cohen_kappa", "alpha_nominal"):
        estimate = row(report, "valence", statistic).estimate
        assert estimate.estimate is None
        assert not estimate.defined
        assert estimate.why_undefined == "only code productive was used"
    # Four declared valences could have been used.
    assert value(report, "valence", "gwet_ac1") == 1


# Which units.


def test_only_units_whose_question_feeds_the_set(tmp_path: Path) -> None:
    questions = ["Q-WHY", "Q-WHY", "Q-CLOSE", "Q-CLOSE", "Q-CLOSE"]
    said = [
        ("AL", "T-1:1", "cause", "taught"),
        ("RR", "T-1:1", "cause", "effort"),
        ("AL", "T-1:2", "cause", "effort"),
        ("RR", "T-1:2", "cause", "effort"),
        *((alias, f"T-1:{i}", "cause", "") for alias in ("AL", "RR") for i in (3, 4, 5)),
    ]
    with coded_study(tmp_path, book_of(CAUSE), {"T-1": questions}, said) as study:
        asked = agreement(study, VIEWER, options=QUICK)
        every = agreement(study, VIEWER, options=QUICK, all_units=True)
    assert row(asked, "valence", "percent_agreement").estimate.units == 2
    assert value(asked, "valence", "percent_agreement") == 0.5
    assert row(every, "valence", "percent_agreement").estimate.units == 5
    assert value(every, "valence", "percent_agreement") == 0.8


def test_a_pair_is_compared_on_units_that_both_finished(tmp_path: Path) -> None:
    al, rr = "taught effort . taught", "taught . effort effort"
    with two_coders(tmp_path, book_of(CAUSE), "cause", al, rr) as study:
        report = agreement(study, VIEWER, options=QUICK)
    assert row(report, "valence", "percent_agreement").estimate.units == 2
    assert value(report, "valence", "percent_agreement") == 0.5
    done = {(one.coder, one.finished, one.eligible) for one in report.finished}
    assert done == {("AL", 3, 4), ("RR", 3, 4)}


def test_not_applicable_leaves_only_where_all_say_so(tmp_path: Path) -> None:
    al = "not_applicable not_applicable taught effort"
    rr = "not_applicable taught taught effort"
    with two_coders(tmp_path, book_of(CAUSE), "cause", al, rr) as study:
        report = agreement(study, VIEWER, options=QUICK)
    assert row(report, "valence", "percent_agreement").estimate.units == 3
    assert value(report, "valence", "percent_agreement") == pytest.approx(2 / 3)
    whole = next(c for c in report.confusions if c.level == "valence" and not c.code)
    assert "not_applicable" in whole.categories


def test_nothing_is_a_category_only_where_a_compared_coder_used_it(tmp_path: Path) -> None:
    al, rr = "task talk task other", "task talk talk other"
    with two_coders(tmp_path, book_of(TOPIC), "topic", al, rr) as study:
        say(study, tmp_path, spread("TT", "topic", "- - - -", 4, "T"))
        pair = agreement(study, VIEWER, coders=["AL", "RR"], options=QUICK)
        three = agreement(study, VIEWER, options=QUICK)
    expected = recomputed.ac1(3)(as_pairs(al, rr))
    assert value(pair, "code", "gwet_ac1") == pytest.approx(expected, abs=1e-12)
    # A third coder's blanks change nothing between the first two.
    assert value(three, "code", "gwet_ac1") == pytest.approx(expected, abs=1e-12)
    with_tt = recomputed.ac1(4)(as_pairs(al, "- - - -"))
    assert value(three, "code", "gwet_ac1", coders=("AL", "TT")) == pytest.approx(with_tt)


def test_nothing_against_nothing_is_agreement_where_the_question_was_asked(tmp_path: Path) -> None:
    al, rr = "- - task task", "- task task task"
    with two_coders(tmp_path, book_of(TOPIC), "topic", al, rr) as study:
        report = agreement(study, VIEWER, options=QUICK)
    assert value(report, "code", "percent_agreement") == 0.75
    assert value(report, "applies", "percent_agreement") == 0.75
    assert value(report, "code_applied", "percent_agreement") == 1
    assert row(report, "code_applied", "percent_agreement").estimate.units == 2


def test_impossible_valences_are_no_categories(tmp_path: Path) -> None:
    """AC1 falls with the number of categories: an exclusive set of two valences has two."""
    al, rr = "open steps open easier", "open steps steps steps"
    with two_coders(tmp_path, book_of(SUPPORT), "support", al, rr) as study:
        report = agreement(study, VIEWER, options=QUICK)
    valence = as_pairs("p u p u", "p u u u")
    assert value(report, "valence", "gwet_ac1") == pytest.approx(recomputed.ac1(2)(valence))


# Which statistics.


def test_sets_of_codes_never_get_a_plain_kappa(tmp_path: Path) -> None:
    al, rr = "taught+hard taught effort -", "taught taught effort+hard -"
    with two_coders(tmp_path, book_of(CAUSE), "cause", al, rr) as study:
        report = agreement(study, VIEWER, options=QUICK)
    at_set = {one.estimate.statistic for one in report.rows if one.level == "set"}
    assert at_set == {
        "percent_agreement",
        "alpha_jaccard",
        "alpha_masi",
        "pooled_kappa",
        "mean_kappa",
    }
    assert value(report, "set", "percent_agreement") == 0.5
    pairs = as_pairs(al, rr)
    codes = [code.id for code in CAUSE.codes]
    assert value(report, "set", "pooled_kappa") == pytest.approx(
        recomputed.pooled_kappa(codes)(pairs)
    )
    for statistic, distance in (
        ("alpha_masi", recomputed.masi),
        ("alpha_jaccard", recomputed.jaccard),
    ):
        assert value(report, "set", statistic) == pytest.approx(
            recomputed.set_alpha(distance)(pairs)
        )
    # The valence of a unit with several codes is that of the roll-up: all four agree.
    assert value(report, "valence", "percent_agreement") == 1


def test_exclusive_sets_code_by_code(tmp_path: Path) -> None:
    al, rr = "task talk task other - talk", "task talk talk other - -"
    with two_coders(tmp_path, book_of(TOPIC), "topic", al, rr, 3) as study:
        report = agreement(study, VIEWER, options=QUICK)
    for code in ("task", "talk", "other"):
        a = [word == code for word in al.split()]
        b = [word == code for word in rr.split()]
        assert value(report, "code", "cohen_kappa", code) == pytest.approx(cohen_kappa_score(a, b))


def test_rubrics_are_weighted_and_blanks_leave_them(tmp_path: Path) -> None:
    al = "v0 v1 v2 v3 v4 v2 - v1 v3 -"
    rr = "v0 v2 v2 v4 v3 v2 v1 v1 v3 -"
    with two_coders(tmp_path, book_of(VISION), "vision", al, rr, 5) as study:
        report = agreement(study, VIEWER, options=QUICK)
    scored = [
        (int(a[1]), int(b[1]))
        for a, b in zip(al.split(), rr.split(), strict=True)
        if "-" not in (a, b)
    ]
    a, b = [x for x, _ in scored], [y for _, y in scored]
    assert row(report, "code", "cohen_kappa_quadratic").estimate.units == 8
    assert value(report, "code", "cohen_kappa_quadratic") == pytest.approx(
        cohen_kappa_score(a, b, labels=range(5), weights="quadratic"), abs=1e-12
    )
    assert value(report, "code", "alpha_ordinal") == pytest.approx(
        krippendorff.alpha([a, b], level_of_measurement="ordinal", value_domain=range(5)),
        abs=1e-12,
    )
    assert value(report, "code", "within_one") == 1
    for statistic, weights in (("cohen_kappa", None), ("cohen_kappa_linear", "linear")):
        assert value(report, "code", statistic) == pytest.approx(
            cohen_kappa_score(a, b, labels=range(5), weights=weights), abs=1e-12
        )
    blanks = row(report, "applies", "percent_agreement").estimate
    assert (blanks.units, blanks.estimate) == (10, 0.9)


def test_two_codes_of_one_level_are_one_level(tmp_path: Path) -> None:
    codes = (
        Code("low", "Low", level=1),
        Code("poor", "Poor", level=1),
        Code("high", "High", level=2),
    )
    rubric = replace(VISION, codes=codes)
    with two_coders(tmp_path, book_of(rubric), "vision", "low high", "poor high") as study:
        report = agreement(study, VIEWER, options=QUICK)
    assert value(report, "code", "percent_agreement") == 1


# Three coders.

THREE = {
    "AL": "task talk task other - talk task . other talk",
    "RR": "task talk talk other - - task task . talk",
    "TT": "task . task talk - talk . task other .",
}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AgreementReport]:
    folder = tmp_path_factory.mktemp("three")
    said = [one for alias, words in THREE.items() for one in spread(alias, "topic", words, 5, "T")]
    names = {"T-1": ["Q-WHY"] * 5, "T-2": ["Q-WHY"] * 5}
    with coded_study(folder, book_of(TOPIC), names, said) as study:
        yield agreement(study, VIEWER)


def test_three_coders_are_compared_by_pairs_and_together(three: AgreementReport) -> None:
    assert set(three.companies) == {
        ("AL", "RR"),
        ("AL", "TT"),
        ("RR", "TT"),
        ("AL", "RR", "TT"),
    }
    for first, second in (("AL", "RR"), ("AL", "TT"), ("RR", "TT")):
        pairs = as_pairs(THREE[first], THREE[second], 5)
        found = row(three, "code", "cohen_kappa", coders=(first, second)).estimate
        assert found.units == len(pairs)
        assert found.estimate == pytest.approx(recomputed.kappa(pairs), abs=1e-12)


def test_alpha_of_three_with_missing_answers(three: AgreementReport) -> None:
    names = ["task", "talk", "other", "-"]
    ratings = [
        [np.nan if word == "." else names.index(word) for word in words.split()]
        for words in THREE.values()
    ]
    expected = krippendorff.alpha(ratings, level_of_measurement="nominal")
    everyone = ("AL", "RR", "TT")
    found = row(three, "code", "alpha_nominal", coders=everyone).estimate
    assert found.units == 10
    assert found.estimate == pytest.approx(expected, abs=1e-12)


def test_percent_agreement_of_three_is_the_mean_over_units(three: AgreementReport) -> None:
    shares = []
    for answers in zip(*(words.split() for words in THREE.values()), strict=True):
        given = [word for word in answers if word != "."]
        pairs = [(a, b) for i, a in enumerate(given) for b in given[i + 1 :]]
        if pairs:
            shares.append(sum(a == b for a, b in pairs) / len(pairs))
    found = value(three, "code", "percent_agreement", coders=("AL", "RR", "TT"))
    assert found == pytest.approx(sum(shares) / len(shares), abs=1e-12)


# Intervals.


def test_the_default_interval_is_the_jackknife_over_transcripts(tmp_path: Path) -> None:
    al = "task talk task other - talk task task other talk other other task talk -"
    rr = "task talk task other - - task other talk talk other task task talk -"
    with two_coders(tmp_path, book_of(TOPIC), "topic", al, rr, 3) as study:
        report = agreement(study, VIEWER)
    pairs = as_pairs(al, rr, 3)
    for statistic, compute, scale in (
        ("percent_agreement", recomputed.percent, "logit"),
        ("cohen_kappa", recomputed.kappa, "z"),
        ("alpha_nominal", recomputed.alpha, "z"),
        ("gwet_ac1", recomputed.ac1(4), "z"),
    ):
        found = row(report, "code", statistic).estimate
        ends = recomputed.jackknife(compute, pairs, scale)
        assert ends is not None
        assert (found.low, found.high) == pytest.approx(ends, abs=1e-9)


def test_one_transcript_gives_no_interval_over_transcripts(tmp_path: Path) -> None:
    with two_coders(tmp_path, book_of(TOPIC), "topic", "task talk task", "task talk talk", 3) as s:
        jackknife = row(agreement(s, VIEWER), "code", "cohen_kappa").estimate
        analytic = row(
            agreement(s, VIEWER, options=Options(interval="analytic")), "code", "cohen_kappa"
        ).estimate
    assert (jackknife.low, jackknife.high) == (None, None)
    assert jackknife.why_no_interval == "one transcript only"
    assert analytic.low is not None
    assert "assumes independent units" in analytic.interval


def test_a_bootstrap_is_repeatable_and_says_its_seed(tmp_path: Path) -> None:
    al = "task talk task other task talk task other task talk task other"
    rr = "task talk talk other task talk task other task task task task"
    with two_coders(tmp_path, book_of(TOPIC), "topic", al, rr) as study:
        options = Options(interval="bootstrap", replicates=200, seed=7)
        first = agreement(study, VIEWER, options=options)
        again = agreement(study, VIEWER, options=options)
        other = agreement(study, VIEWER, options=replace(options, seed=8))
    assert first == again
    assert (first.seed, other.seed) == (7, 8)
    ends = [row(one, "code", "percent_agreement").estimate for one in (first, other)]
    assert ends[0].low is not None
    assert (ends[0].low, ends[0].high) != (ends[1].low, ends[1].high)


def test_methods_are_named() -> None:
    assert interval_method("bootstrap") == "bootstrap"
    with pytest.raises(UsageError, match="there is no interval bayes"):
        interval_method("bayes")


# Refusals.


def test_what_is_unknown_is_named_with_the_nearest(tmp_path: Path) -> None:
    with two_coders(tmp_path, book_of(TOPIC), "topic", "task", "talk", 1) as study:
        with pytest.raises(UsageError, match=r"no code set topi .*did you mean topic"):
            agreement(study, VIEWER, ["topi"])
        with pytest.raises(UsageError, match="there is no coder XX"):
            agreement(study, VIEWER, coders=["AL", "XX"])
        with pytest.raises(UsageError, match="AL is one"):
            agreement(study, VIEWER, coders=["AL", "AL"])


def test_one_coder_is_not_enough(tmp_path: Path) -> None:
    said = spread("AL", "topic", "task talk", 2, "T")
    with coded_study(tmp_path, book_of(TOPIC), {"T-1": ["Q-WHY"] * 2}, said) as study:
        with pytest.raises(UsageError, match="agreement takes two coders"):
            agreement(study, VIEWER)
        add_coder(study, "RR")
        report = agreement(study, VIEWER)
    assert report.rows == ()
    assert "only AL has finished units of it" in report.warnings[0]


# Blind.


@pytest.fixture
def in_round(tmp_path: Path) -> Iterator[Study]:
    al, rr = "task talk task other", "task talk talk other"
    with two_coders(tmp_path, book_of(TOPIC), "topic", al, rr, 2) as study:
        add_coder(study, "TT")
        yield study


def refs(numbers: Sequence[int]) -> list[str]:
    return [f"T-{(n - 1) // 2 + 1}:{(n - 1) % 2 + 1}" for n in numbers]


@pytest.mark.parametrize("viewer", ["AL", "RR", ""])
def test_agreement_of_an_open_round_is_refused(in_round: Study, viewer: str) -> None:
    open_round(in_round, "one", ["AL", "RR"], refs([1, 2, 3, 4]))
    with pytest.raises(NotAllowed, match="while a round is open"):
        agreement(in_round, Viewer(viewer))
    close_round(in_round, "one")
    assert value(agreement(in_round, Viewer(viewer)), "code", "percent_agreement") == 0.75


def test_somebody_outside_the_round_may_look(in_round: Study) -> None:
    open_round(in_round, "one", ["AL", "RR"], refs([1, 2, 3, 4]))
    report = agreement(in_round, Viewer("TT"))
    assert row(report, "code", "percent_agreement").estimate.units == 4


def test_units_of_an_open_round_are_left_out_and_it_is_said(in_round: Study) -> None:
    open_round(in_round, "one", ["AL", "RR"], refs([3]))
    report = agreement(in_round, Viewer("AL"), coders=["AL", "RR"])
    assert row(report, "code", "percent_agreement").estimate.units == 3
    assert value(report, "code", "percent_agreement") == 1
    assert any("open round" in warning for warning in report.warnings)


# Codebook versions.


def test_a_code_and_its_heir_agree(tmp_path: Path) -> None:
    book = book_of(TOPIC)
    with two_coders(tmp_path, book, "topic", "task talk", ". .", 2) as study:
        codes = tuple(
            replace(code, replaced_by=("duty",)) if code.id == "task" else code
            for code in TOPIC.codes
        )
        newer = replace(TOPIC, codes=(*codes, Code("duty", "Duty")))
        use_codebook(study, replace(book, version="2.0.0", code_sets=(newer,)))
        say(study, tmp_path, spread("RR", "topic", "duty talk", 2, "T"))
        report = agreement(study, VIEWER, options=QUICK)
    assert value(report, "code", "percent_agreement") == 1


# Denominators with three coders.


def test_not_applicable_leaves_pair_by_pair(tmp_path: Path) -> None:
    al = "not_applicable not_applicable task task"
    rr = "not_applicable not_applicable talk task"
    tt = "task not_applicable task task"
    with two_coders(tmp_path, book_of(TOPIC), "topic", al, rr) as study:
        say(study, tmp_path, spread("TT", "topic", tt, 4, "T"))
        report = agreement(study, VIEWER, options=QUICK)
    assert row(report, "code", "percent_agreement").estimate.units == 2
    third = row(report, "code", "percent_agreement", coders=("AL", "TT")).estimate
    assert third.units == 3
    assert third.estimate == pytest.approx(2 / 3)
    everyone = row(report, "code", "percent_agreement", coders=("AL", "RR", "TT")).estimate
    assert everyone.units == 3, "one unit was applicable to nobody"


def test_blanks_leave_the_weighted_statistics_of_three_as_well(tmp_path: Path) -> None:
    words = ("v0 v1 v2 v3 v4 - v1 v3", "v0 v2 - v4 v3 v2 v1 -", "v1 v1 v2 . v4 - v2 v3")
    with two_coders(tmp_path, book_of(VISION), "vision", *words[:2]) as study:
        say(study, tmp_path, spread("TT", "vision", words[2], 4, "T"))
        report = agreement(study, VIEWER, options=QUICK)
    ratings = [
        [np.nan if word in ("-", ".") else int(word[1]) for word in said.split()] for said in words
    ]
    everyone = ("AL", "RR", "TT")
    assert value(report, "code", "alpha_ordinal", coders=everyone) == pytest.approx(
        krippendorff.alpha(ratings, level_of_measurement="ordinal", value_domain=range(5)),
        abs=1e-12,
    )
    blanks = row(report, "applies", "percent_agreement", coders=everyone).estimate
    assert blanks.units == 8, "a blank is an answer to whether any level applies"
    shares = []
    for answers in zip(*(said.split() for said in words), strict=True):
        given = [word == "-" for word in answers if word != "."]
        pairs = [(a, b) for i, a in enumerate(given) for b in given[i + 1 :]]
        shares.append(sum(a == b for a, b in pairs) / len(pairs))
    assert blanks.estimate == pytest.approx(sum(shares) / 8)
