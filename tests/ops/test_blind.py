"""Blind means blind: while a round is open its coders see nothing of each other on its units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coder.errors import CoderError, NotAllowed
from coder.model import Coder, Viewer
from coder.ops.coding import finish, nothing_applies, press_code, worksheet, write_memo
from coder.ops.corpus import add_coder, coder_named, list_transcripts
from coder.ops.excerpts import add_excerpt, drop_excerpt, join_excerpts, split_excerpt
from coder.ops.history import log, undo
from coder.ops.rounds import find_round, only_round
from coder.ops.settling import disagreements, settle
from coder.ops.study import Study
from coder.store import read_models
from coder.store.codebooks import set_uid
from tests.factories import make_study
from tests.rounds import close_round, open_round, round_number

INSIDE, SETTLED, OUTSIDE = "T-1:1", "T-1:2", "T-1:3"
"""Two excerpts of the round, of which one was settled before it, and one that is not in it."""

CODES = {"AL": "taught", "RR": "effort", "ZZ": "hard"}
NAMES = {"AL": "Teaching", "RR": "Effort", "ZZ": "Hard topic"}
CAUSE = set_uid("tiny", "cause")

BLIND = ("AL", "RR", "", "QQ")
"""The coders of the round, a reader who gave no name, and one who gave a name nobody has."""


@pytest.fixture
def blind(tmp_path: Path) -> Iterator[Study]:
    """AL and RR are in an open round, ZZ is not; all three have coded everything."""
    with make_study(tmp_path) as study:
        for alias in CODES:
            coder = add_coder(study, alias)
            for ref in (SETTLED, OUTSIDE):
                press_code(study, coder, ref, "cause", CODES[alias])
        settle(study, coder_named(study, "RR"), SETTLED, "cause", ["effort"], "RR said so")
        open_round(study, "R1", ("AL", "RR"), (INSIDE, SETTLED))
        for alias in CODES:
            coder = coder_named(study, alias)
            press_code(study, coder, INSIDE, "cause", CODES[alias])
            if alias != "ZZ":
                press_code(study, coder, INSIDE, "cause", CODES[alias], round_number(study, "R1"))
            nothing_applies(study, coder, INSIDE, "vision")
            (work,) = [w for w in worksheet(study, coder, "T-1") if w.unit.ref == INSIDE]
            write_memo(study, coder, "coding", work.codings[0].id, f"code memo of {alias}")
            write_memo(study, coder, "excerpt", INSIDE, f"memo of {alias}")
            finish(study, coder, INSIDE)
        yield study


def others(viewer: str) -> list[str]:
    return [alias for alias in CODES if alias != viewer]


def unit_answers(study: Study, viewer: Viewer) -> set[tuple[str, str]]:
    return {
        (row.ref, answer.coder)
        for row in read_models.unit_answers(study.store.db, viewer, CAUSE)
        for answer in row.answers
    }


def one_units_answers(study: Study, viewer: Viewer) -> set[tuple[str, str]]:
    return {
        (row.ref, answer.coder)
        for ref in (INSIDE, SETTLED, OUTSIDE)
        for row in read_models.unit_answers(study.store.db, viewer, CAUSE, ref=ref)
        for answer in row.answers
    }


def unit_table(study: Study, viewer: Viewer) -> set[tuple[str, str]]:
    at = [read_models.UNIT_COLUMNS.index(name) for name in ("unit", "coder")]
    rows = read_models.unit_table(study.store.db, viewer)
    return {(row[at[0]], row[at[1]]) for row in rows}


def unit_code_table(study: Study, viewer: Viewer) -> set[tuple[str, str]]:
    at = [read_models.UNIT_CODE_COLUMNS.index(name) for name in ("unit", "coder")]
    rows = read_models.unit_code_table(study.store.db, viewer)
    return {(row[at[0]], row[at[1]]) for row in rows}


READS: tuple[Callable[[Study, Viewer], set[tuple[str, str]]], ...] = (
    unit_answers,
    one_units_answers,
    unit_table,
    unit_code_table,
)


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("viewer", BLIND)
def test_wide_reads_hide_others_on_units_of_the_round(
    blind: Study, viewer: str, read: Callable[[Study, Viewer], set[tuple[str, str]]]
) -> None:
    seen = read(blind, Viewer(viewer))
    assert {ref for ref, coder in seen if coder in others(viewer)} == {OUTSIDE}
    if viewer in CODES:
        assert {ref for ref, coder in seen if coder == viewer} == {INSIDE, SETTLED, OUTSIDE}


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("viewer", ["ZZ", *BLIND])
def test_wide_reads_show_all_to_others_and_to_everybody_in_the_end(
    blind: Study, viewer: str, read: Callable[[Study, Viewer], set[tuple[str, str]]]
) -> None:
    if viewer != "ZZ":
        close_round(blind, "R1")
    everything = {(ref, coder) for ref in (INSIDE, SETTLED, OUTSIDE) for coder in CODES}
    assert everything <= read(blind, Viewer(viewer))


@pytest.mark.parametrize("viewer", BLIND)
@pytest.mark.parametrize("in_round", [False, True])
def test_profiles_hide_in_every_pass(blind: Study, viewer: str, in_round: bool) -> None:
    pass_ = round_number(blind, "R1") if in_round else 0
    profiles = read_models.profiles(blind.store.db, Viewer(viewer), CAUSE, pass_=pass_)
    by_others = [p for p in profiles if any(a.coder in others(viewer) for a in p.answers)]
    assert sum(profile.units for profile in by_others) == (0 if in_round else 1)
    units = sum(profile.units for profile in profiles)
    assert units == (2 if in_round else 4), "the units themselves are no secret"
    assert all(profile.settled is None or viewer == "RR" for profile in profiles)


def test_profiles_show_all_to_others(blind: Study) -> None:
    for pass_, coders, units in ((0, 3, 3), (round_number(blind, "R1"), 2, 1)):
        profiles = read_models.profiles(blind.store.db, Viewer("ZZ"), CAUSE, pass_=pass_)
        full = [p for p in profiles if len(p.answers) == coders]
        assert sum(profile.units for profile in full) == units
    assert any(p.settled for p in read_models.profiles(blind.store.db, Viewer("ZZ"), CAUSE))


@pytest.mark.parametrize("viewer", BLIND)
def test_settlements_of_others_are_hidden(blind: Study, viewer: str) -> None:
    rows = read_models.unit_answers(blind.store.db, Viewer(viewer), CAUSE)
    (row,) = [row for row in rows if row.ref == SETTLED]
    assert (row.settled is not None) == (viewer == "RR")


@pytest.mark.parametrize("viewer", BLIND)
def test_disagreements_are_those_outside_the_round(blind: Study, viewer: str) -> None:
    found = disagreements(blind, Viewer(viewer), "cause", with_settled=True)
    assert [row.ref for row in found] == [OUTSIDE]


def test_disagreements_are_shown_to_others_and_after_the_round(blind: Study) -> None:
    def found(viewer: str) -> list[str]:
        rows = disagreements(blind, Viewer(viewer), "cause", with_settled=True)
        return [row.ref for row in rows]

    assert found("ZZ") == [INSIDE, SETTLED, OUTSIDE]
    close_round(blind, "R1")
    assert found("AL") == [INSIDE, SETTLED, OUTSIDE]


@pytest.mark.parametrize("viewer", ["AL", "RR"])
def test_the_worksheet_is_ones_own(blind: Study, viewer: str) -> None:
    shown = repr(worksheet(blind, coder_named(blind, viewer), "T-1"))
    for alias in others(viewer):
        assert CODES[alias] not in shown
        assert f"memo of {alias}" not in shown


@pytest.mark.parametrize("viewer", BLIND)
def test_the_log_names_no_codes_of_others_on_units_of_the_round(blind: Study, viewer: str) -> None:
    lines = log(blind, Viewer(viewer), limit=100)
    for alias in others(viewer):
        words = [line.words for line in lines if line.actor == alias]
        assert f"put {NAMES[alias]} on {OUTSIDE}" in words
        assert not [w for w in words if INSIDE in w or SETTLED in w or "hidden" in w]
    everything = log(blind, Viewer("ZZ"), limit=100)
    assert [line for line in everything if line.actor == viewer] == [
        line for line in lines if line.actor == viewer
    ]
    assert log(blind, Viewer(viewer), limit=2) == lines[:2], "as many as are asked for"


def test_the_log_hides_what_is_undone_as_well(blind: Study) -> None:
    rr = coder_named(blind, "RR")
    press_code(blind, rr, INSIDE, "cause", "unclear")
    undo(blind, rr)
    before = log(blind, Viewer("AL"))
    assert not [line for line in before if "Unclear" in line.words]
    press_code(blind, rr, INSIDE, "cause", "unclear")
    undo(blind, rr)
    assert log(blind, Viewer("AL")) == before


def test_the_log_hides_memos_of_others_on_codes_and_transcripts(blind: Study) -> None:
    before = log(blind, Viewer("AL"))
    for alias in ("RR", "ZZ"):
        coder = coder_named(blind, alias)
        write_memo(blind, coder, "code", "effort", "as in T-1:2")
        write_memo(blind, coder, "transcript", "T-1", "as in T-1:2")
    assert log(blind, Viewer("AL")) == before
    assert "wrote a memo on Effort" in [line.words for line in log(blind, Viewer("RR"))]


def test_the_log_is_open_to_others_and_after_the_round(blind: Study) -> None:
    theirs = [line for line in log(blind, Viewer("ZZ"), 100) if INSIDE in line.words]
    assert {line.actor for line in theirs} == set(CODES)
    close_round(blind, "R1")
    assert [line for line in log(blind, Viewer("AL"), 100) if INSIDE in line.words] == theirs


@pytest.mark.parametrize("viewer", BLIND)
def test_progress_is_of_the_viewer_alone(blind: Study, viewer: str) -> None:
    (row,) = list_transcripts(blind, Viewer(viewer))
    assert set(row.progress) == {viewer} & set(CODES)
    (of_round,) = only_round(blind, [row], find_round(blind, "R1"), Viewer(viewer))
    assert set(of_round.progress) == {viewer} & set(CODES)


def test_progress_of_all_shows_to_others_and_to_everybody_in_the_end(blind: Study) -> None:
    (row,) = list_transcripts(blind, Viewer("ZZ"))
    assert {alias: one.finished for alias, one in row.progress.items()} == dict.fromkeys(CODES, 1)
    close_round(blind, "R1")
    (row,) = list_transcripts(blind, Viewer("AL"))
    assert set(row.progress) == set(CODES)
    assert not [name for name in (*CODES.values(), *NAMES.values()) if name in repr(row)]


@pytest.mark.parametrize(
    "action",
    [
        lambda study, al: drop_excerpt(study, al, INSIDE),
        lambda study, al: split_excerpt(study, al, INSIDE, 60),
        lambda study, al: join_excerpts(study, al, INSIDE, SETTLED),
        lambda study, al: settle(study, al, INSIDE, "cause", ["taught"], ""),
        lambda study, al: undo(study, None),
    ],
)
def test_refusals_name_nobodys_codes(
    blind: Study, action: Callable[[Study, Coder], object]
) -> None:
    with pytest.raises(CoderError) as refusal:
        action(blind, coder_named(blind, "AL"))
    said = str(refusal.value)
    assert not [alias for alias in ("RR", "ZZ") if alias in said or NAMES[alias] in said]


def test_what_is_in_the_way_of_undo_is_not_told(blind: Study) -> None:
    """AL made the excerpt, RR coded it in a round: AL learns no more than that."""
    close_round(blind, "R1")
    al, rr = coder_named(blind, "AL"), coder_named(blind, "RR")
    text = blind.store.db.execute("SELECT text FROM revision").fetchone()[0]
    start = text.index("That is the whole")
    from coder.model import Span

    ref = add_excerpt(blind, al, "T-1", Span(start, start + 24)).words.split()[-1]
    open_round(blind, "R2", ("AL", "RR"), [ref])
    press_code(blind, rr, ref, "cause", "effort")
    with pytest.raises(NotAllowed) as refusal:
        undo(blind, al)
    assert "hidden while a round is open" in refusal.value.message
    assert "Effort" not in str(refusal.value)
    with pytest.raises(NotAllowed, match="put Effort on"):
        undo(blind, coder_like(al, blind, "ZZ"))


def coder_like(coder: Coder, study: Study, alias: str) -> Coder:
    """The same actor under the eyes of somebody else."""
    return Coder(coder.id, coder_named(study, alias).alias)


def test_two_rounds_are_blind_each_for_its_own(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        for alias in CODES:
            coder = add_coder(study, alias)
            for ref in (INSIDE, OUTSIDE):
                press_code(study, coder, ref, "cause", CODES[alias])
        open_round(study, "R1", ("AL", "RR"), [INSIDE])
        open_round(study, "R2", ("AL", "ZZ"), [OUTSIDE])
        seen = {alias: unit_answers(study, Viewer(alias)) for alias in CODES}
        assert seen["AL"] == {(INSIDE, "AL"), (OUTSIDE, "AL")}
        assert seen["RR"] == {(INSIDE, "RR"), *((OUTSIDE, alias) for alias in CODES)}
        assert seen["ZZ"] == {(OUTSIDE, "ZZ"), *((INSIDE, alias) for alias in CODES)}


@pytest.mark.parametrize("viewer", BLIND)
def test_agreement_and_tallies_take_nothing_from_the_round(blind: Study, viewer: str) -> None:
    from coder.ops.agreeing import agreement
    from coder.ops.tallying import tally

    def told(study: Study) -> list[Any]:
        report = agreement(study, Viewer(viewer), ["cause"])
        return [[confusion.counts for confusion in report.confusions], report.finished]

    before = told(blind), repr(tally(blind, Viewer(viewer), "cause"))
    for alias in others(viewer):
        coder = coder_named(blind, alias)
        press_code(blind, coder, INSIDE, "cause", "both")
        press_code(blind, coder, SETTLED, "cause", "both")
    assert (told(blind), repr(tally(blind, Viewer(viewer), "cause"))) == before
