"""Rounds: declared samples, coded blind and apart, closed into ordinary coding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import CoderError, NotAllowed, UsageError
from coder.model import Viewer
from coder.ops import rounds
from coder.ops.agreeing import agreement
from coder.ops.coding import finish, nothing_applies, press_code, unit_work, write_memo
from coder.ops.corpus import add_coder, coder_named
from coder.ops.history import redo, undo
from coder.ops.library import use_codebook
from coder.ops.loading import load_codings
from coder.ops.rounds import (
    Sampling,
    draw_transcripts,
    enter_round,
    find_round,
    list_rounds,
    new_round,
    round_pass,
)
from coder.ops.study import Study
from tests.factories import make_study, small_codebook
from tests.replaying import assert_answers_are_whole, assert_tables_are_what_the_journal_says
from tests.rounds import close_round


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Two transcripts, AL and RR."""
    with make_study(tmp_path, [{}, {"person": "P2"}]) as made:
        for alias in ("AL", "RR"):
            add_coder(made, alias)
        yield made


def codes(study: Study, alias: str, ref: str, pass_: int = 0) -> dict[str, str]:
    """Code and memo of each coding."""
    work = unit_work(study, coder_named(study, alias), ref, pass_)
    return {coding.code: coding.memo for coding in work.codings}


def test_a_round_of_transcripts_holds_what_the_codebook_asks(study: Study) -> None:
    done = new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    found = find_round(study, "R1")
    assert found.units == ("T-1:1", "T-1:2", "T-1:3"), "Q-CLOSE feeds nothing"
    assert found.is_open
    assert found.finished == {"AL": 0, "RR": 0}
    assert found.sample == {"transcripts": ["T-1"]}
    assert done.words == "opened the round R1: 3 excerpts"


def test_progress_counts_finished_excerpts_of_the_round(study: Study) -> None:
    new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    al, pass_ = coder_named(study, "AL"), round_pass(study, "R1")
    finish(study, al, "T-1:1")
    press_code(study, al, "T-1:2", "support", "open", pass_)
    assert find_round(study, "R1").finished == {"AL": 0, "RR": 0}
    finish(study, al, "T-1:2", pass_)
    assert find_round(study, "R1").finished == {"AL": 1, "RR": 0}


def test_codings_of_a_round_are_kept_apart_and_compared_apart(study: Study) -> None:
    new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    pass_ = round_pass(study, "R1")
    for alias, code in (("AL", "taught"), ("RR", "effort")):
        coder = coder_named(study, alias)
        press_code(study, coder, "T-1:1", "cause", code, pass_)
        press_code(study, coder, "T-1:1", "cause", "both")
        press_code(study, coder, "T-2:1", "cause", "both")
    close_round(study, "R1")
    in_round = agreement(study, Viewer(), ["cause"], round_name="R1")
    ordinary = agreement(study, Viewer(), ["cause"])
    assert sum(map(sum, in_round.confusions[0].counts)) == 1
    assert sum(map(sum, ordinary.confusions[0].counts)) == 2
    assert [(f.coder, f.finished, f.eligible) for f in in_round.finished] == [
        ("AL", 1, 2),
        ("RR", 1, 2),
    ]


def test_closing_makes_codings_ordinary_where_there_are_none(study: Study) -> None:
    new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    pass_ = round_pass(study, "R1")
    al = coder_named(study, "AL")
    press_code(study, al, "T-1:1", "cause", "taught", pass_)
    press_code(study, al, "T-1:3", "cause", "effort", pass_)
    nothing_applies(study, al, "T-1:1", "vision", pass_)
    coding = unit_work(study, al, "T-1:1", pass_).codings[0].id
    write_memo(study, al, "coding", coding, "so it says")
    press_code(study, al, "T-1:3", "cause", "hard")
    close_round(study, "R1")
    assert codes(study, "AL", "T-1:1") == {"taught": "so it says"}
    assert unit_work(study, al, "T-1:1").decisions == {"cause": "coded", "vision": "nothing"}
    assert codes(study, "AL", "T-1:3") == {"hard": ""}, "what was there stays"
    assert codes(study, "AL", "T-1:3", pass_) == {"effort": ""}
    press_code(study, al, "T-1:1", "cause", "taught")
    assert codes(study, "AL", "T-1:1", pass_) == {"taught": "so it says"}, "the record stays"
    assert_answers_are_whole(study)
    assert_tables_are_what_the_journal_says(study)


def test_closing_is_one_action(study: Study) -> None:
    new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    al = coder_named(study, "AL")
    press_code(study, al, "T-1:1", "cause", "taught", round_pass(study, "R1"))
    before = study.store.counts()
    close_round(study, "R1")
    undo(study, None)
    assert find_round(study, "R1").is_open
    assert codes(study, "AL", "T-1:1") == {}
    redo(study, None)
    assert not find_round(study, "R1").is_open
    assert codes(study, "AL", "T-1:1") == {"taught": ""}
    assert study.store.counts()["codings"] == before["codings"] + 1


def test_closing_waits_for_everybody(study: Study) -> None:
    new_round(study, "R1", ["AL", "RR"], refs=["T-1:1"])
    pass_ = round_pass(study, "R1")
    finish(study, coder_named(study, "AL"), "T-1:1", pass_)
    with pytest.raises(NotAllowed, match="R1 is not finished by RR"):
        rounds.close_round(study, "R1")
    finish(study, coder_named(study, "RR"), "T-1:1", pass_)
    rounds.close_round(study, "R1")
    assert not find_round(study, "R1").is_open


def test_a_round_brings_its_codebook_along(study: Study) -> None:
    new_round(study, "R1", ["AL"], refs=["T-1:1"])
    use_codebook(study, small_codebook("other"))
    pass_ = enter_round(study, "R1")
    press_code(study, coder_named(study, "AL"), "T-1:1", "cause", "taught", pass_)
    assert codes(study, "AL", "T-1:1", pass_) == {"taught": ""}


def test_load_into_a_round(study: Study, tmp_path: Path) -> None:
    new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    path = tmp_path / "codings.csv"
    path.write_text("excerpt,code_set,code\nT-1:1,cause,taught\n", encoding="utf-8")
    load_codings(study, path, coder="AL", round_name="R1")
    assert codes(study, "AL", "T-1:1") == {}
    assert codes(study, "AL", "T-1:1", round_pass(study, "R1")) == {"taught": ""}
    path.write_text("excerpt,code_set,code\nT-2:1,cause,taught\n", encoding="utf-8")
    with pytest.raises(NotAllowed, match="T-2:1 is not in the round R1"):
        load_codings(study, path, coder="AL", round_name="R1")


@pytest.mark.parametrize(
    ("alias", "ref", "expected"),
    [
        ("ZZ", "T-1:1", "ZZ does not code in the round R1"),
        ("AL", "T-2:1", "T-2:1 is not in the round R1"),
    ],
)
def test_only_its_coders_code_its_units(study: Study, alias: str, ref: str, expected: str) -> None:
    new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    coder = add_coder(study, alias)
    with pytest.raises(NotAllowed, match=expected):
        press_code(study, coder, ref, "cause", "taught", round_pass(study, "R1"))


def test_a_closed_round_stays_as_it_is(study: Study) -> None:
    new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    pass_ = round_pass(study, "R1")
    close_round(study, "R1")
    with pytest.raises(NotAllowed, match="the round R1 is closed"):
        press_code(study, coder_named(study, "AL"), "T-1:1", "cause", "taught", pass_)
    with pytest.raises(NotAllowed, match="the round R1 is closed"):
        round_pass(study, "R1")
    with pytest.raises(NotAllowed, match="the round R1 was closed on"):
        rounds.close_round(study, "R1")


def test_a_round_freezes_the_codebook(study: Study) -> None:
    new_round(study, "R1", ["AL", "RR"], names=["T-1"])
    pass_ = round_pass(study, "R1")
    use_codebook(study, small_codebook("other"))
    with pytest.raises(NotAllowed, match=r"the round R1 is coded under tiny 1\.0\.0"):
        press_code(study, coder_named(study, "AL"), "T-1:1", "cause", "taught", pass_)
    study.use_here("tiny")
    press_code(study, coder_named(study, "AL"), "T-1:1", "cause", "taught", pass_)


@pytest.mark.parametrize(
    ("name", "coders", "refs", "names", "sampling", "expected"),
    [
        ("", ["AL"], ["T-1:1"], [], None, "cannot be the name"),
        ("old", ["AL"], ["T-1:4"], [], None, "“old” cannot be the name"),
        ("R", [], ["T-1:4"], [], None, "nobody codes"),
        ("R", ["XX"], ["T-1:4"], [], None, "there is no coder XX"),
        ("R", ["AL"], [], [], None, "no excerpt is in the round"),
        ("R", ["AL"], ["T-1:9"], [], None, "there is no excerpt T-1:9"),
        ("R", ["AL"], ["T-1:1"], [], None, "T-1:1 is in the open round old"),
        ("R", ["AL"], [], ["T-3"], None, "there is no transcript T-3"),
        ("R", ["AL"], [], [], Sampling(0), "0 is no share"),
        ("R", ["AL"], [], [], Sampling(1.5), "1.5 is no share"),
        ("R", ["AL"], [], [], Sampling(0.5, ("rol",)), "nobody has the attribute rol"),
    ],
)
def test_what_is_no_round(
    study: Study,
    name: str,
    coders: list[str],
    refs: list[str],
    names: list[str],
    sampling: Sampling | None,
    expected: str,
) -> None:
    new_round(study, "old", ["AL"], refs=["T-1:1"])
    before = study.store.db.serialize()
    with pytest.raises(CoderError, match=expected):
        new_round(study, name, coders, refs=refs, names=names, sampling=sampling)
    assert study.store.db.serialize() == before


def test_an_unknown_round(study: Study) -> None:
    with pytest.raises(UsageError, match="there is no round R1"):
        agreement(study, Viewer(), round_name="R1")
    assert list_rounds(study) == ()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Eighteen transcripts in three strata."""
    given_roles = ["teacher"] * 10 + ["coach"] * 6 + ["principal"] * 2
    rows = [{"person": f"P{n}", "role": role} for n, role in enumerate(given_roles)]
    with make_study(tmp_path_factory.mktemp("many"), rows) as made:
        yield made


@settings(max_examples=30, deadline=None)
@given(share=st.floats(0.01, 1), seed=st.integers(0, 10**6))
def test_draws_are_proportional_and_repeatable(many: Study, share: float, seed: int) -> None:
    sampling = Sampling(share, ("role",), seed)
    drawn = draw_transcripts(many, sampling)
    assert drawn == draw_transcripts(many, sampling)
    assert len(set(drawn)) == len(drawn) == max(1, round(share * 18))
    role = {f"T-{n}": r for n, r in enumerate(["t"] * 10 + ["c"] * 6 + ["p"] * 2, start=1)}
    for stratum, size in (("t", 10), ("c", 6), ("p", 2)):
        here = Counter(role[name] for name in drawn)[stratum]
        assert abs(here - share * size) <= 1


def test_another_seed_draws_another_sample(many: Study) -> None:
    drawn = {draw_transcripts(many, Sampling(0.25, ("role",), seed)) for seed in range(10)}
    assert len(drawn) > 5
