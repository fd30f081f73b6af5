"""Disagreements and their settled answers; originals stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.errors import CoderError, NotAllowed, UsageError
from coder.model import Coder, Viewer
from coder.ops.coding import finish, nothing_applies, press_code, put_codes, unit_work
from coder.ops.corpus import add_coder
from coder.ops.excerpts import drop_excerpt
from coder.ops.finals import final_answer
from coder.ops.history import log, undo
from coder.ops.library import use_codebook
from coder.ops.settling import Disagreement, disagreements, settle, settled_source
from coder.ops.study import Study
from coder.store import read_models
from coder.store.codebooks import set_uid
from tests.factories import make_study, small_codebook
from tests.rounds import open_round

WHY, ADJUST = "T-1:1", "T-1:2"
NOBODY = Viewer()


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


@pytest.fixture
def differing(study: Study, al: Coder, rr: Coder) -> Study:
    """AL and RR differ in the cause of the first excerpt, and agree on its vision."""
    put_codes(study, al, WHY, ["effort", "taught", "v2"])
    put_codes(study, rr, WHY, ["effort", "v2"])
    return study


def refused(study: Study, action: Callable[[], object], words: str) -> CoderError:
    before = study.store.db.serialize()
    with pytest.raises(CoderError, match=words) as refusal:
        action()
    assert study.store.db.serialize() == before
    return refusal.value


def listed(study: Study) -> list[tuple[str, str]]:
    return [(row.ref, row.code_set) for row in disagreements(study, NOBODY)]


def final(study: Study, ref: str, code_set: str) -> tuple[str, str, set[str]]:
    rows = read_models.unit_answers(study.store.db, NOBODY, set_uid("tiny", code_set), ref=ref)
    answer = final_answer(rows[0].answers, rows[0].settled)
    return answer.source, answer.status, set(answer.codes)


def test_a_disagreement_says_who_said_what_of_which_words(differing: Study) -> None:
    (row,) = disagreements(differing, NOBODY)
    assert (row.ref, row.code_set, row.question) == (WHY, "cause", "Q-WHY")
    assert {a.coder: (a.status, set(a.codes)) for a in row.answers} == {
        "AL": ("coded", {"effort", "taught"}),
        "RR": ("coded", {"effort"}),
    }
    assert row.words == "They never had fractions. That is the whole story."
    assert row.settled is None
    assert settled_source(row) == "open"


def test_what_counts_as_a_disagreement(study: Study, al: Coder, rr: Coder) -> None:
    press_code(study, al, WHY, "cause", "effort")
    assert listed(study) == [], "one coder differs from nobody"
    nothing_applies(study, rr, WHY, "cause")
    assert listed(study) == [(WHY, "cause")], "a code against nothing"
    finish(study, al, ADJUST)
    finish(study, rr, ADJUST)
    assert listed(study) == [(WHY, "cause")], "nothing against nothing"
    nothing_applies(study, rr, "T-1:3", "support")
    finish(study, al, "T-1:3")
    assert listed(study) == [(WHY, "cause")], "off the question, with no code: no matter"
    press_code(study, rr, "T-1:3", "support", "open")
    assert listed(study) == [(WHY, "cause"), ("T-1:3", "support")], "off the question, coded"


def test_disagreements_in_text_order_set_by_set(tmp_path: Path) -> None:
    with make_study(tmp_path, ({"name": "B-1"}, {"name": "A-1"})) as study:
        al, rr = add_coder(study, "AL"), add_coder(study, "RR")
        for ref in ("B-1:3", "A-1:3", "B-1:1", "A-1:1"):
            put_codes(study, al, ref, ["effort", "v1"])
            put_codes(study, rr, ref, ["taught", "v2"])
        order = ["A-1:1", "A-1:3", "B-1:1", "B-1:3"]
        assert listed(study) == [(ref, s) for s in ("cause", "vision") for ref in order]
        one = disagreements(study, NOBODY, "tiny:vision")
        assert [(row.ref, row.code_set) for row in one] == [(ref, "vision") for ref in order]


def test_settling_adds_and_the_originals_stay(differing: Study, al: Coder, rr: Coder) -> None:
    before = [unit_work(differing, coder, WHY) for coder in (al, rr)]
    done = settle(differing, al, WHY, "cause", ["cause:taught", "effort", "taught"], "  both  ")
    assert done.words == "settled cause of T-1:1: effort, taught"
    assert [unit_work(differing, coder, WHY) for coder in (al, rr)] == before
    assert final(differing, WHY, "cause") == ("settled", "coded", {"effort", "taught"})
    assert listed(differing) == []
    (row,) = disagreements(differing, NOBODY, with_settled=True)
    assert row.settled is not None
    assert row.settled.coder == "AL"
    assert settled_source(row) == "AL"
    (why,) = differing.store.db.execute("SELECT why FROM settlement").fetchone()
    assert why == "both"


@pytest.mark.parametrize(
    ("codes", "source"),
    [(["effort"], "RR"), (["effort", "taught"], "AL"), (["hard"], "new"), ([], "new")],
)
def test_whose_answer_a_settlement_is(differing: Study, codes: list[str], source: str) -> None:
    settle(differing, add_coder(differing, "ZZ"), WHY, "cause", codes, "")
    (row,) = disagreements(differing, NOBODY, with_settled=True)
    assert settled_source(row) == source


def test_settled_to_nothing(differing: Study, al: Coder) -> None:
    done = settle(differing, al, WHY, "cause", [], "neither")
    assert done.words == "settled cause of T-1:1: nothing applies"
    assert final(differing, WHY, "cause") == ("settled", "nothing", set())


def test_settling_again_replaces_and_can_be_undone(differing: Study, al: Coder, rr: Coder) -> None:
    settle(differing, al, WHY, "cause", ["taught"], "first")
    settle(differing, rr, WHY, "cause", ["effort"], "second")
    assert final(differing, WHY, "cause") == ("settled", "coded", {"effort"})
    assert differing.store.counts()["settlements"] == 1
    undo(differing, rr)
    assert final(differing, WHY, "cause") == ("settled", "coded", {"taught"})
    undo(differing, al)
    assert final(differing, WHY, "cause")[0] == "unresolved"
    assert listed(differing) == [(WHY, "cause")]


def test_saying_the_same_again_later_changes_nothing(differing: Study, al: Coder) -> None:
    settle(differing, al, WHY, "cause", ["taught"], "why")
    differing.store.clock = lambda: "2099-01-01T00:00:00Z"
    before = differing.store.db.serialize()
    assert settle(differing, al, WHY, "cause", ["taught"], "why ").entry == ""
    assert differing.store.db.serialize() == before
    assert settle(differing, al, WHY, "cause", ["taught"], "for another reason").entry


def test_what_two_agree_on_can_be_settled_too(differing: Study, al: Coder) -> None:
    settle(differing, al, WHY, "vision", ["v3"], "we both misread")
    assert final(differing, WHY, "vision") == ("settled", "coded", {"v3"})


def test_settling_takes_two(study: Study, al: Coder, rr: Coder) -> None:
    refusal = refused(
        study, lambda: settle(study, al, WHY, "cause", ["effort"], ""), "nobody has finished cause"
    )
    assert refusal.hint == "settling is for what two people answered"
    press_code(study, rr, WHY, "cause", "effort")
    refused(study, lambda: settle(study, al, WHY, "cause", [], ""), "only RR has finished cause on")


def test_settling_what_is_not_there(differing: Study, al: Coder) -> None:
    def attempt(ref: str, code_set: str, *codes: str) -> Callable[[], object]:
        return lambda: settle(differing, al, ref, code_set, codes, "")

    refused(differing, attempt("T-1:9", "cause"), "no excerpt T-1:9")
    refused(differing, attempt(WHY, "caus"), "no code set caus")
    refused(differing, attempt(WHY, "cause", "open"), "no code open")
    refused(differing, attempt(WHY, "vision", "v1", "v2"), "vision takes one code, not v1 and v2")
    drop = add_coder(differing, "ZZ")
    drop_excerpt(differing, drop, "T-1:4")
    refused(differing, attempt("T-1:4", "cause"), "was split, joined or dropped")


def test_settling_waits_for_the_end_of_a_round(differing: Study, al: Coder) -> None:
    open_round(differing, "R1", ["AL", "RR"], [WHY])
    for coder in (al, add_coder(differing, "ZZ")):
        refusal = refused(
            differing,
            lambda coder=coder: settle(differing, coder, WHY, "cause", [], ""),  # type: ignore[misc]
            "T-1:1 is in the open round R1",
        )
        assert isinstance(refusal, NotAllowed)


def test_settling_a_set_of_a_book_that_is_not_active(differing: Study, al: Coder) -> None:
    use_codebook(differing, small_codebook("other"))
    settle(differing, al, WHY, "tiny:cause", ["effort"], "")
    assert final(differing, WHY, "cause") == ("settled", "coded", {"effort"})
    refusal = refused(
        differing, lambda: settle(differing, al, WHY, "cause", ["effort"], ""), "several codebooks"
    )
    assert isinstance(refusal, UsageError)
    assert refusal.hint == "say tiny:cause or other:cause"


def test_the_log_says_what_was_settled(differing: Study, al: Coder) -> None:
    settle(differing, al, WHY, "cause", ["effort"], "a private reason")
    (line,) = log(differing, Viewer("AL"), 1)
    assert (line.actor, line.kind) == ("AL", "settle")
    assert "private" not in line.words


def test_a_row_without_a_settlement_is_open() -> None:
    row = Disagreement("T-1:1", "cause", "Q-WHY", (), None, "")
    assert settled_source(row) == "open"
