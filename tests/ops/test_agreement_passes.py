"""Rounds by themselves, a coder against themselves, and coders beside the settled answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest

from coder.errors import NotAllowed, UsageError
from coder.model import Code, Viewer
from coder.ops.agreeing import agreement
from coder.ops.agreement_report import AgreementReport, Options
from coder.ops.coding import nothing_applies, press_code
from coder.ops.corpus import add_coder, coder_named
from coder.ops.feedback_tables import feedback_tables
from coder.ops.library import use_codebook
from coder.ops.self_agreement import self_agreement
from coder.ops.settled_feedback import Feedback, settled_feedback
from coder.ops.settling import disagreements, settle, settled_counts
from coder.ops.study import Study
from coder.store import read_models
from tests.ops import recomputed
from tests.ops.coded import book_of, coded_study, say, set_of, spread
from tests.rounds import close_round, open_round, round_number

VIEWER = Viewer()
QUICK = Options(interval="none")
TOPIC = set_of("topic", "exclusive", ["task", "talk", "other"], rule="highest")
TAGS = set_of("tags", "multi", ["a", "b", "c"], rule="any")
REFS = [f"T-{number}:{at}" for number in (1, 2, 3, 4) for at in (1, 2)]
TEXTS = dict.fromkeys(("T-1", "T-2", "T-3", "T-4"), ["Q-WHY"] * 2)

FIRST = "task talk task other talk task other -"
SECOND = "task talk talk other task task talk -"
OTHERS = "task task talk other task talk talk talk"


def set_clock(study: Study, day: int) -> None:
    study.store.clock = lambda: f"2024-03-{day:02}T09:00:00Z"


def code_in(study: Study, name: str, alias: str, answers: str, refs: list[str] = REFS) -> None:
    """Code units in a round, or in ordinary coding."""
    pass_ = round_number(study, name) if name else 0
    for ref, answer in zip(refs, answers.split(), strict=True):
        coder = coder_named(study, alias)
        if answer == "-":
            nothing_applies(study, coder, ref, "topic", pass_)
        elif answer != ".":
            press_code(study, coder, ref, "topic", answer, pass_)


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """AL codes on the 1st, again alone in a round on the 10th, and with RR in one on the 20th."""
    folder = tmp_path_factory.mktemp("again")
    with coded_study(folder, book_of(TOPIC), TEXTS, []) as study:
        for alias in ("AL", "RR"):
            add_coder(study, alias)
        set_clock(study, 1)
        code_in(study, "", "AL", "task talk task other talk task . .")
        set_clock(study, 10)
        open_round(study, "second", ["AL"], REFS)
        code_in(study, "second", "AL", SECOND)
        set_clock(study, 11)
        close_round(study, "second")
        open_round(study, "third", ["AL", "RR"], REFS)
        set_clock(study, 20)
        code_in(study, "third", "AL", FIRST)
        code_in(study, "third", "RR", OTHERS)
        set_clock(study, 21)
        close_round(study, "third")
        # Talked over afterwards: no second coding of anybody.
        set_clock(study, 22)
        press_code(study, coder_named(study, "AL"), "T-1:1", "topic", "other")
        yield study


def shown(report: AgreementReport) -> dict[tuple[str, ...], tuple[int, float]]:
    return {
        row.coders: (row.estimate.units, round(row.estimate.estimate or 0, 12))
        for row in report.rows
        if (row.level, row.code, row.estimate.statistic) == ("code", "", "cohen_kappa")
    }


def kappa(first: str, second: str, but: tuple[int, ...] = ()) -> float:
    value = recomputed.kappa(
        [
            recomputed.Pair("T", a, b)
            for at, (a, b) in enumerate(zip(first.split(), second.split(), strict=True))
            if at not in but
        ]
    )
    return round(value, 12)


def test_one_coder_in_several_passes(again: Study) -> None:
    report = self_agreement(again, VIEWER, "AL")
    found = shown(report)
    names = ("AL, ordinary", "AL, round second", "AL, round third")
    assert list(found) == [names[:2], (names[0], names[2]), names[1:]]
    # T-1:1 was changed on the 22nd; the last two are what the round of the 10th left behind.
    but = (0, 6, 7)
    assert found[names[:2]] == (5, kappa(FIRST, SECOND, but))
    # Against the third round those two are codings of their own.
    ordinary = "task talk task other talk task talk -"
    assert found[names[0], names[2]] == (
        7,
        kappa(ordinary, FIRST, (0,)),
    )
    assert found[names[1:]] == (8, kappa(SECOND, FIRST))
    intra = [caution for caution in report.cautions if "intra-coder" in caution.text]
    assert len(intra) == 3
    assert any("3 units left out" in warning for warning in report.warnings)


def test_the_passes_of_a_coder_recomputed_from_the_unit_table(again: Study) -> None:
    rows = list(read_models.unit_table(again.store.db, VIEWER))
    units = pd.DataFrame(rows, columns=list(read_models.UNIT_COLUMNS))
    own = units[units["coder"] == "AL"].copy()
    own["said"] = own["codes"].where(own["codes"] != "", own["status"])
    frame = own.pivot_table(index="unit", columns="round", values="said", aggfunc="first")
    pairs = [
        recomputed.Pair(unit.split(":")[0], first, second)
        for unit, first, second in zip(frame.index, frame["second"], frame["third"], strict=True)
    ]
    report = self_agreement(again, VIEWER, "AL")
    (row,) = (
        row
        for row in report.rows
        if row.coders == ("AL, round second", "AL, round third")
        and (row.level, row.code, row.estimate.statistic) == ("code", "", "cohen_kappa")
    )
    assert row.estimate.estimate == pytest.approx(recomputed.kappa(pairs), abs=1e-12)
    ends = recomputed.jackknife(recomputed.kappa, pairs, "z")
    if row.estimate.low is None:
        assert "whole scale" in row.estimate.why_no_interval or ends is None
    else:
        assert (row.estimate.low, row.estimate.high) == pytest.approx(ends, abs=1e-9)


def test_one_round_against_the_others(again: Study) -> None:
    found = shown(self_agreement(again, VIEWER, "AL", round_name="second"))
    assert [pair for pair in found if "AL, round second" not in pair] == []
    assert len(found) == 2
    with pytest.raises(UsageError, match="RR is not in the round second"):
        self_agreement(again, VIEWER, "RR", round_name="second")


def test_answers_taken_over_from_a_round_are_no_second_coding(again: Study) -> None:
    with pytest.raises(UsageError, match="RR has coded nothing twice: ordinary answers only"):
        self_agreement(again, VIEWER, "RR")


def test_a_code_taken_off_after_the_round_is_no_second_coding(tmp_path: Path) -> None:
    said = spread("AL", "tags", "a+b a+b b a", 2, "T")
    with coded_study(tmp_path, book_of(TAGS), TEXTS, []) as study:
        set_clock(study, 1)
        say(study, tmp_path, said)
        al = coder_named(study, "AL")
        set_clock(study, 10)
        open_round(study, "again", ["AL"], REFS[:4])
        for ref, code in zip(REFS, "aaba", strict=False):
            press_code(study, al, ref, "tags", code, round_number(study, "again"))
        set_clock(study, 11)
        close_round(study, "again")
        before = self_agreement(study, VIEWER, "AL", options=QUICK)
        set_clock(study, 12)
        press_code(study, al, "T-1:1", "tags", "b")
        after = self_agreement(study, VIEWER, "AL", options=QUICK)
    same = [
        (row.estimate.units, row.estimate.estimate)
        for report in (before, after)
        for row in report.rows
        if (row.level, row.estimate.statistic) == ("set", "percent_agreement")
    ]
    assert same == [(4, 0.5), (3, pytest.approx(2 / 3))]
    assert any("1 unit left out" in warning for warning in after.warnings)


def test_a_round_still_open_is_not_held_against_its_coder(tmp_path: Path) -> None:
    said = spread("AL", "topic", FIRST, 2, "T")
    with coded_study(tmp_path, book_of(TOPIC), TEXTS, said) as study:
        open_round(study, "again", ["AL"], REFS)
        code_in(study, "again", "AL", SECOND)
        with pytest.raises(NotAllowed, match="the round again is open"):
            self_agreement(study, Viewer("AL"), "AL", round_name="again")
        with pytest.raises(UsageError, match="AL has coded nothing twice"):
            self_agreement(study, Viewer("AL"), "AL")


# Rounds.


def test_every_closed_round_by_itself(again: Study) -> None:
    report = agreement(again, VIEWER, options=QUICK, per="round")
    assert {(row.by, row.group) for row in report.rows} == {("round", "third")}
    assert shown(report) == {("AL", "RR"): (8, kappa(FIRST, OTHERS))}
    alone = "rounds: second was coded by AL alone; coder agree --self AL."
    assert alone in report.notes
    assert {one.code_set for one in report.finished} == {"topic of third"}


def test_what_no_round_has_is_refused(again: Study) -> None:
    with pytest.raises(UsageError, match=r"no closed round has a code set topi .*topic"):
        agreement(again, VIEWER, ["topi"], per="round")
    with pytest.raises(UsageError, match="AL is one"):
        agreement(again, VIEWER, coders=["AL"], per="round")
    full = agreement(again, VIEWER, ["book:topic"], ["AL", "RR"], per="round", options=QUICK)
    assert full.rows == agreement(again, VIEWER, per="round", options=QUICK).rows


def test_closed_rounds_are_named_beside_ordinary_coding(again: Study) -> None:
    report = agreement(again, VIEWER, options=QUICK)
    assert (
        "rounds: Not in these figures, which are of ordinary coding: second (8 units),"
        " third (8 units). coder agree --per round shows each."
    ) in report.notes
    of_one = agreement(again, VIEWER, options=QUICK, round_name="third")
    assert not [note for note in of_one.notes if note.startswith("rounds")]


def test_a_round_is_read_under_its_own_version(tmp_path: Path) -> None:
    book = book_of(TOPIC)
    with coded_study(tmp_path, book, TEXTS, []) as study:
        for alias in ("AL", "RR"):
            add_coder(study, alias)
        open_round(study, "old", ["AL", "RR"], REFS)
        code_in(study, "old", "AL", "task talk task talk task talk task talk")
        code_in(study, "old", "RR", "task talk talk talk task talk task task")
        close_round(study, "old")
        before = agreement(study, VIEWER, round_name="old", options=QUICK)
        codes = tuple(
            replace(code, replaced_by=("talk",)) if code.id == "task" else code
            for code in TOPIC.codes
        )
        newer = replace(TOPIC, codes=(*codes, Code("more", "More")))
        extra = set_of("extra", "exclusive", ["x", "y"], rule="any")
        use_codebook(study, replace(book, version="2.0.0", code_sets=(newer, extra)))
        after = agreement(study, VIEWER, round_name="old", options=QUICK)
        all_rounds = agreement(study, VIEWER, per="round", options=QUICK)
        with pytest.raises(UsageError, match=r"book 1\.0\.0, the codebook of old, has no set ext"):
            agreement(study, VIEWER, ["extra"], round_name="old")
        found = disagreements(study, VIEWER, round_name="old")
    assert after.rows == before.rows
    assert {row.estimate.estimate for row in all_rounds.rows} == {
        row.estimate.estimate for row in after.rows
    }
    assert [row.ref for row in found] == ["T-2:1", "T-4:2"], "the merge came after the round"


def test_rounds_need_one_that_is_closed(tmp_path: Path) -> None:
    said = spread("AL", "topic", FIRST, 2, "T")
    with coded_study(tmp_path, book_of(TOPIC), TEXTS, said) as study:
        add_coder(study, "RR")
        with pytest.raises(UsageError, match=r"has no closed round .*coder round new"):
            agreement(study, VIEWER, per="round")
        open_round(study, "one", ["AL", "RR"], REFS)
        with pytest.raises(UsageError, match=r"has no closed round .*coder round close"):
            agreement(study, VIEWER, per="round")
        with pytest.raises(UsageError, match="two things"):
            agreement(study, VIEWER, per="round", round_name="one")


# Settled answers.


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    folder = tmp_path_factory.mktemp("settled")
    said = [
        *spread("AL", "topic", "task talk task other talk task - other", 2, "T"),
        *spread("RR", "topic", "task task talk other task talk talk other", 2, "T"),
        *spread("TT", "topic", ". task talk . . . . other", 2, "T"),
        *spread("AL", "tags", "a+b a - . . . . .", 2, "T"),
        *spread("RR", "tags", "a a b . . . . .", 2, "T"),
    ]
    with coded_study(folder, book_of(TOPIC, TAGS), TEXTS, said) as study:
        al = coder_named(study, "AL")
        for ref, code in (
            ("T-1:2", "talk"),  # AL alone
            ("T-2:1", "talk"),  # RR and TT
            ("T-3:1", "other"),  # nobody
            ("T-3:2", "task"),  # AL
            ("T-4:1", ""),  # AL, nothing
            ("T-4:2", "talk"),  # all had said other
        ):
            settle(study, al, ref, "topic", [code] if code else [], "talked over")
        settle(study, al, "T-1:1", "tags", ["a", "b"], "talked over")
        yield study


def test_whose_answers_were_settled_on(settled: Study) -> None:
    topic, tags = settled_counts(settled, VIEWER)
    assert dict(topic.to) == {"AL": 3, "RR and TT": 1}
    assert (topic.disagreements, topic.new, topic.open, topic.changed) == (5, 1, 0, 0)
    assert tags.sentence == "2 disagreements: 1 to AL, 1 open"


def test_the_report_says_what_was_negotiated(settled: Study) -> None:
    report = agreement(settled, VIEWER, options=QUICK)
    assert (
        "topic: 5 disagreements: 3 to AL, 1 to RR and TT, 1 new; 1 settled against what all had"
        " said (negotiated; the figures are of what was said before)."
    ) in report.notes
    pair = agreement(settled, VIEWER, ["topic"], ["AL", "RR"], options=QUICK)
    assert any("3 to AL, 1 to RR, 1 new" in note for note in pair.notes)


def of(found: tuple[Feedback, ...], code_set: str, coder: str) -> Feedback:
    (one,) = (one for one in found if (one.code_set, one.coder) == (code_set, coder))
    return one


def test_a_coder_beside_the_settled_answers(settled: Study) -> None:
    found = settled_feedback(settled, VIEWER)
    al = of(found, "topic", "AL")
    assert (al.units, al.same) == (6, 3)
    codes: Mapping[str, tuple[int, int, int]] = {
        one.code: (one.settled, one.given, one.both) for one in al.codes
    }
    assert codes == {"task": (1, 2, 1), "talk": (3, 2, 1), "other": (1, 1, 0)}
    (talk,) = (one for one in al.codes if one.code == "talk")
    assert (talk.found, talk.kept) == (1 / 3, 1 / 2)
    assert al.confusion is not None
    assert al.confusion.coders == ("AL", "settled")
    where = al.confusion.categories
    cells = {
        (a, b): n
        for a, line in zip(where, al.confusion.counts, strict=True)
        for b, n in zip(where, line, strict=True)
        if n
    }
    assert cells == {
        ("talk", "talk"): 1,
        ("task", "talk"): 1,
        ("talk", "other"): 1,
        ("task", "task"): 1,
        ("nothing", "nothing"): 1,
        ("other", "talk"): 1,
    }
    tags = of(found, "tags", "RR")
    assert (tags.units, tags.same, tags.confusion) == (1, 0, None)


def test_feedback_has_no_coefficient(settled: Study) -> None:
    found = settled_feedback(settled, VIEWER, ["topic"], ["RR"])
    assert [one.coder for one in found] == ["RR"]
    names = {field.name for one in (found[0], found[0].codes[0]) for field in fields(one)}
    tables = feedback_tables(found)
    names |= {column.key for table in tables for column in table.columns}
    assert not [name for name in names if "kappa" in name or "alpha" in name or "ac1" in name]
    assert all("not agreement" in table.title for table in tables[:2])
    assert tables[0].rows == (("topic", "RR", 6, 1, 1 / 6),)


def test_feedback_needs_something_settled(tmp_path: Path) -> None:
    said = spread("AL", "topic", FIRST, 2, "T")
    with (
        coded_study(tmp_path, book_of(TOPIC), TEXTS, said) as study,
        pytest.raises(UsageError, match="nothing is settled"),
    ):
        settled_feedback(study, VIEWER)
