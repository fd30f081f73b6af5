"""Behind every cell of every confusion table are as many excerpts as its number says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from coder.model import Viewer
from coder.ops import coding, corpus
from coder.ops.agreeing import agreement
from coder.ops.agreement_excerpts import Comparison, excerpts_behind
from coder.ops.agreement_report import AgreementReport, Options
from coder.ops.settling import settle
from coder.ops.study import Study, open_study
from tests.factories import make_study
from tests.rounds import close_round, open_round

QUICK = Options(interval="none")


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Study]:
    """The sample study, which no test here changes."""
    with open_study(sample_file) as study:
        yield study


def every_number_is_kept(study: Study, report: AgreementReport, round_name: str = "") -> int:
    seen = 0
    for one in report.confusions:
        what = Comparison(one.code_set, one.level, one.coders, one.code, round_name)
        for (i, first), (j, second) in product(enumerate(one.categories), repeat=2):
            number = one.counts[i][j]
            if number:
                behind = excerpts_behind(study, Viewer("AL"), what, [(first, second)])
                assert (behind.total, len(behind.rows)) == (number, number), (what, first, second)
                seen += number
        differ = sum(map(sum, one.counts)) - sum(row[i] for i, row in enumerate(one.counts))
        assert excerpts_behind(study, Viewer("AL"), what).total == differ
    return seen


@pytest.mark.parametrize("code_set", ["attribution", "adjustment", "who"])
def test_behind_the_cells_of_the_sample_study(sample: Study, code_set: str) -> None:
    report = agreement(sample, Viewer("AL"), [code_set], options=QUICK)
    assert every_number_is_kept(sample, report) > 100


def test_behind_the_cells_of_a_round_and_of_every_kind_of_set(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        al, rr = (corpus.add_coder(study, alias) for alias in ("AL", "RR"))
        open_round(study, "first", ["AL", "RR"], ["T-1:1", "T-1:2", "T-1:3"])
        for coder, codes in ((al, "cause:taught support:open v2"), (rr, "effort open v3")):
            for ref in ("T-1:1", "T-1:2"):
                coding.put_codes(study, coder, ref, codes.split(), 1)
                coding.finish(study, coder, ref, 1)
            coding.finish(study, coder, "T-1:3", 1)
        close_round(study, "first")
        report = agreement(
            study, Viewer("AL"), ["cause", "support", "vision"], round_name="first", options=QUICK
        )
        assert every_number_is_kept(study, report, "first") > 10


def test_a_row_has_the_words_what_both_said_and_what_was_settled(study: Study) -> None:
    al, rr = (corpus.add_coder(study, alias) for alias in ("AL", "RR"))
    coding.put_codes(study, al, "T-1:1", ["taught"])
    coding.put_codes(study, rr, "T-1:1", ["effort"])
    for coder in (al, rr):
        coding.finish(study, coder, "T-1:1")
    settle(study, al, "T-1:1", "cause", ["taught"], "it is the lesson")
    what = Comparison("cause", "valence", ("RR", "AL"))
    behind = excerpts_behind(study, Viewer("AL"), what, [("unproductive", "productive")])
    (row,) = behind.rows
    assert (row.ref, row.transcript, row.question) == ("T-1:1", "T-1", "Q-WHY")
    assert "They never had fractions." in row.words
    assert [(a.coder, sorted(a.codes)) for a in row.answers] == [
        ("RR", ["effort"]),
        ("AL", ["taught"]),
    ]
    assert row.settled is not None
    assert row.settled.codes == {"taught"}
    assert excerpts_behind(study, Viewer("AL"), what, limit=0).total == 1


def test_an_open_round_hides_what_is_behind(study: Study) -> None:
    al, rr = (corpus.add_coder(study, alias) for alias in ("AL", "RR"))
    for coder, code in ((al, "taught"), (rr, "effort")):
        coding.put_codes(study, coder, "T-1:1", [code])
        coding.finish(study, coder, "T-1:1")
    what = Comparison("cause", "valence", ("AL", "RR"))
    assert excerpts_behind(study, Viewer("AL"), what).total == 1
    open_round(study, "blind", ["AL", "RR"], ["T-1:1"])
    assert excerpts_behind(study, Viewer("AL"), what).total == 0
