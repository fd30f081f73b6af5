"""The rules behind every key: multi toggles, exclusive and ordinal replace, nothing clears."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder.errors import CoderError, NotAllowed, UsageError
from coder.model import Coder, Viewer
from coder.ops.coding import (
    UnitWork,
    finish,
    memo_kind,
    not_applicable,
    nothing_applies,
    press_code,
    put_code,
    put_codes,
    remove_code,
    remove_codes,
    unit_work,
    worksheet,
    write_memo,
)
from coder.ops.corpus import add_coder, list_transcripts
from coder.ops.excerpts import drop_excerpt
from coder.ops.history import log, undo
from coder.ops.library import use_codebook
from coder.ops.study import Study, open_study
from tests.factories import small_codebook
from tests.replaying import assert_answers_are_whole, dump
from tests.rounds import open_round, round_number

WHY, ADJUST, CLOSE = "T-1:1", "T-1:2", "T-1:4"
"""Excerpts under Q-WHY (feeds cause, vision), Q-ADJUST (support), Q-CLOSE (nothing)."""


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


def said(study: Study, coder: Coder, ref: str, pass_: int = 0) -> tuple[list[str], dict[str, str]]:
    """Codes as ``set:code`` and decisions by set."""
    work = unit_work(study, coder, ref, pass_)
    assert_answers_are_whole(study)
    codes = [f"{c.code_set.removeprefix('tiny:')}:{c.code}" for c in work.codings]
    return codes, dict(work.decisions)


def refused(study: Study, action: Callable[[], object], words: str) -> CoderError:
    """One line, and the study as it was."""
    before = study.store.db.serialize()
    with pytest.raises(CoderError, match=words) as refusal:
        action()
    assert study.store.db.serialize() == before
    assert "\n" not in str(refusal.value)
    return refusal.value


# Putting on and taking off.


def test_multi_sets_toggle(study: Study, al: Coder) -> None:
    for code in ("before", "taught"):
        press_code(study, al, WHY, "cause", code)
    assert said(study, al, WHY) == (["cause:taught", "cause:before"], {"cause": "coded"})
    done = press_code(study, al, WHY, "cause", "before")
    assert done.words == "took Earlier years off T-1:1"
    assert said(study, al, WHY) == (["cause:taught"], {"cause": "coded"})


@pytest.mark.parametrize(
    ("code_set", "first", "second", "words"),
    [
        ("support", "open", "steps", "put Shows steps on T-1:1 in place of Opens the task"),
        ("vision", "v1", "v4", "put Level 4 on T-1:1 in place of Level 1"),
    ],
)
def test_exclusive_and_ordinal_sets_replace(
    study: Study, al: Coder, code_set: str, first: str, second: str, words: str
) -> None:
    press_code(study, al, WHY, code_set, first)
    done = press_code(study, al, WHY, code_set, second)
    assert done.words == words
    assert said(study, al, WHY) == ([f"{code_set}:{second}"], {code_set: "coded"})
    undo(study, al)
    assert said(study, al, WHY) == ([f"{code_set}:{first}"], {code_set: "coded"})


@pytest.mark.parametrize(("code_set", "code"), [("cause", "effort"), ("support", "open")])
def test_taking_the_last_code_off_reopens_the_set(
    study: Study, al: Coder, code_set: str, code: str
) -> None:
    press_code(study, al, WHY, code_set, code)
    press_code(study, al, WHY, code_set, code)
    assert said(study, al, WHY) == ([], {})


def test_putting_on_what_is_on_changes_nothing(study: Study, al: Coder) -> None:
    put_code(study, al, WHY, "cause", "effort")
    before = study.store.db.serialize()
    assert put_code(study, al, WHY, "cause", "effort").entry == ""
    assert put_codes(study, al, WHY, ["effort"]).entry == ""
    assert study.store.db.serialize() == before


def test_several_codes_are_one_action(study: Study, al: Coder) -> None:
    done = put_codes(study, al, WHY, ["effort", "cause:taught", "tiny:vision:v2", "cause:effort"])
    assert done.words == "put Effort, Teaching, Level 2 on T-1:1"
    assert said(study, al, WHY)[0] == ["cause:taught", "cause:effort", "vision:v2"]
    remove_codes(study, al, WHY, ["effort", "effort", "v2"])
    assert said(study, al, WHY) == (["cause:taught"], {"cause": "coded"})
    undo(study, al)
    undo(study, al)
    assert said(study, al, WHY) == ([], {})


def test_two_codes_of_a_set_that_takes_one_are_refused_with_the_rest(
    study: Study, al: Coder
) -> None:
    names = ["effort", "open", "steps"]
    refused(study, lambda: put_codes(study, al, WHY, names), "support takes one code, not open")


def test_no_code_at_all(study: Study, al: Coder) -> None:
    refused(study, lambda: put_codes(study, al, WHY, []), "no code is named")
    refused(study, lambda: remove_codes(study, al, WHY, []), "no code is named")


def test_taking_off_what_is_not_on(study: Study, al: Coder, rr: Coder) -> None:
    press_code(study, rr, WHY, "cause", "effort")
    words = "AL has not put effort on T-1:1"
    refused(study, lambda: remove_code(study, al, WHY, "cause", "effort"), words)
    press_code(study, al, WHY, "cause", "taught")
    refused(study, lambda: remove_codes(study, al, WHY, ["taught", "effort"]), words)


def test_people_code_apart(study: Study, al: Coder, rr: Coder) -> None:
    press_code(study, al, WHY, "support", "open")
    press_code(study, rr, WHY, "support", "steps")
    assert said(study, al, WHY) == (["support:open"], {"support": "coded"})
    assert said(study, rr, WHY) == (["support:steps"], {"support": "coded"})


def test_passes_are_coded_apart(study: Study, al: Coder) -> None:
    open_round(study, "R1", ["AL"], [WHY])
    again = round_number(study, "R1")
    press_code(study, al, WHY, "cause", "effort")
    press_code(study, al, WHY, "cause", "taught", again)
    assert said(study, al, WHY) == (["cause:effort"], {"cause": "coded"})
    assert said(study, al, WHY, again) == (["cause:taught"], {"cause": "coded"})
    undo(study, al)
    assert said(study, al, WHY, again) == ([], {})
    refused(study, lambda: press_code(study, al, WHY, "cause", "hard", again + 1), "no round")


def test_a_round_that_was_coded_in_cannot_be_undone(study: Study, al: Coder) -> None:
    open_round(study, "R1", ["AL"], [WHY])
    press_code(study, al, WHY, "cause", "effort", round_number(study, "R1"))
    refused(study, lambda: undo(study, None), "somebody has coded in this round")


# Nothing applies, and finishing.


def test_nothing_takes_codes_off(study: Study, al: Coder) -> None:
    put_codes(study, al, WHY, ["effort", "taught"])
    nothing_applies(study, al, WHY, "cause")
    assert said(study, al, WHY) == ([], {"cause": "nothing"})
    undo(study, al)
    assert said(study, al, WHY) == (["cause:taught", "cause:effort"], {"cause": "coded"})


def test_a_code_takes_nothing_back(study: Study, al: Coder) -> None:
    nothing_applies(study, al, WHY, "cause")
    press_code(study, al, WHY, "cause", "effort")
    assert said(study, al, WHY) == (["cause:effort"], {"cause": "coded"})


def test_saying_nothing_twice_changes_nothing(study: Study, al: Coder) -> None:
    nothing_applies(study, al, WHY, "cause")
    before = study.store.db.serialize()
    assert nothing_applies(study, al, WHY, "tiny:cause").entry == ""
    assert study.store.db.serialize() == before


def test_finishing_decides_every_set(study: Study, al: Coder) -> None:
    press_code(study, al, WHY, "cause", "effort")
    finish(study, al, WHY)
    assert said(study, al, WHY)[1] == {
        "cause": "coded",
        "vision": "nothing",
        "who": "nothing",
        "support": "not_applicable",
    }
    assert unit_work(study, al, WHY).is_finished


def test_a_code_off_the_question_counts_when_finishing(study: Study, al: Coder) -> None:
    press_code(study, al, WHY, "support", "open")
    finish(study, al, WHY)
    assert said(study, al, WHY)[1] == {
        "cause": "nothing",
        "vision": "nothing",
        "who": "nothing",
        "support": "coded",
    }


def test_finishing_leaves_what_is_decided(study: Study, al: Coder) -> None:
    nothing_applies(study, al, WHY, "support")
    finish(study, al, WHY)
    assert said(study, al, WHY)[1]["support"] == "nothing"


def test_finishing_twice_changes_nothing(study: Study, al: Coder) -> None:
    finish(study, al, WHY)
    before = study.store.db.serialize()
    assert finish(study, al, WHY).entry == ""
    assert study.store.db.serialize() == before


def test_a_finished_excerpt_can_still_be_coded(study: Study, al: Coder) -> None:
    finish(study, al, WHY)
    press_code(study, al, WHY, "support", "open")
    assert said(study, al, WHY)[1]["support"] == "coded"
    press_code(study, al, WHY, "support", "open")
    assert "support" not in said(study, al, WHY)[1], "taking the last code off reopens"
    assert unit_work(study, al, WHY).is_finished, "but nothing that is asked is open"


def test_work_by_question(study: Study, al: Coder) -> None:
    asked = {work.unit.ref: work.asked for work in worksheet(study, al, "T-1")}
    assert asked == {
        WHY: ("cause", "vision", "who"),
        ADJUST: ("support", "who"),
        "T-1:3": ("cause", "vision", "who"),
        CLOSE: (),
    }
    assert unit_work(study, al, CLOSE).is_finished, "a question that feeds nothing needs no work"


def test_started_and_finished(study: Study, al: Coder) -> None:
    def state(work: UnitWork) -> tuple[bool, bool]:
        return work.is_started, work.is_finished

    assert state(unit_work(study, al, WHY)) == (False, False)
    press_code(study, al, WHY, "cause", "effort")
    assert state(unit_work(study, al, WHY)) == (True, False)
    finish(study, al, WHY)
    assert state(unit_work(study, al, WHY)) == (False, True)


def test_progress_counts_finished_excerpts_that_are_asked_anything(
    study: Study, al: Coder, rr: Coder
) -> None:
    for ref in (WHY, CLOSE):
        finish(study, al, ref)
    press_code(study, rr, ADJUST, "support", "open")
    (row,) = list_transcripts(study, Viewer())
    assert {alias: (p.finished, p.total) for alias, p in row.progress.items()} == {
        "AL": (1, 3),
        "RR": (0, 3),
    }
    assert list_transcripts(study, Viewer(), with_progress=False)[0].progress == {}


def test_the_worksheet_is_the_coders_own(study: Study, al: Coder, rr: Coder) -> None:
    press_code(study, rr, WHY, "cause", "effort")
    write_memo(study, rr, "excerpt", WHY, "mine")
    finish(study, rr, ADJUST)
    for work in worksheet(study, al, "T-1"):
        assert (work.codings, work.decisions, work.memo) == ((), {}, "")
    assert unit_work(study, al, WHY) == worksheet(study, al, "T-1")[0]
    assert unit_work(study, rr, WHY) == worksheet(study, rr, "T-1")[0]


# Names.


@pytest.mark.parametrize("name", ["effort", "cause:effort", "tiny:cause:effort"])
def test_codes_by_full_and_short_name(study: Study, al: Coder, name: str) -> None:
    put_codes(study, al, WHY, [name])
    assert said(study, al, WHY)[0] == ["cause:effort"]


@pytest.mark.parametrize(
    ("name", "words", "hint"),
    [
        ("efort", "no code efort in tiny", "did you mean effort"),
        ("cause:opne", "no code opne in cause", "there are taught, before"),
        ("caus:effort", "no code set caus in tiny", "did you mean cause?"),
        ("other:cause:effort", "not a code of the codebook tiny", "there are tiny"),
        ("tin:cause:effort", "not a code of the codebook tiny", "did you mean tiny?"),
        ("a:b:c:d", "not a code of the codebook tiny", "a code is CODE, SET:CODE or BOOK"),
        ("", "no code  in tiny", ""),
    ],
)
def test_codes_that_are_not_known(
    study: Study, al: Coder, name: str, words: str, hint: str
) -> None:
    refusal = refused(study, lambda: put_codes(study, al, WHY, [name]), words)
    assert refusal.hint.startswith(hint)
    assert refusal.exit_code == 2


def test_a_code_of_a_book_that_is_not_active_names_the_way_to_it(study: Study, al: Coder) -> None:
    use_codebook(study, small_codebook("other"))
    refusal = refused(study, lambda: put_codes(study, al, WHY, ["tiny:cause:effort"]), "book other")
    assert refusal.hint == "say --book tiny"


def test_a_set_of_several_books_is_that_of_the_active_one(study: Study, al: Coder) -> None:
    use_codebook(study, small_codebook("other"))
    for code_set in ("cause", "other:cause"):
        nothing_applies(study, al, WHY, code_set)
    assert [line.words for line in log(study, Viewer("AL"), 1)] == [
        "said that nothing of cause applies to T-1:1"
    ]
    refused(
        study,
        lambda: nothing_applies(study, al, WHY, "tiny:cause"),
        "tiny:cause is not in the active codebook other",
    )


def test_a_code_of_another_set_is_not_pressed(study: Study, al: Coder) -> None:
    refused(study, lambda: press_code(study, al, WHY, "cause", "support:open"), "not a code of")
    refused(study, lambda: press_code(study, al, WHY, "cause", "open"), "no code open in cause")


@pytest.mark.parametrize(
    "action",
    [
        lambda study, al, ref: press_code(study, al, ref, "cause", "effort"),
        lambda study, al, ref: put_codes(study, al, ref, ["effort"]),
        lambda study, al, ref: remove_codes(study, al, ref, ["effort"]),
        lambda study, al, ref: nothing_applies(study, al, ref, "cause"),
        lambda study, al, ref: finish(study, al, ref),
        lambda study, al, ref: write_memo(study, al, "excerpt", ref, "x"),
        lambda study, al, ref: unit_work(study, al, ref),
    ],
)
def test_excerpts_that_are_not_there(
    study: Study, al: Coder, action: Callable[[Study, Coder, str], object]
) -> None:
    refused(study, lambda: action(study, al, "T-1:99"), "no excerpt T-1:99")
    drop_excerpt(study, al, WHY)
    refused(study, lambda: action(study, al, WHY), "T-1:1 was split, joined or dropped")


def test_sets_that_are_not_there(study: Study, al: Coder) -> None:
    refusal = refused(study, lambda: nothing_applies(study, al, WHY, "caus"), "no code set caus")
    assert refusal.hint == "did you mean cause?"


def test_a_coder_who_is_not_in_the_study(study: Study) -> None:
    stranger = Coder("0000", "XX")
    refused(study, lambda: press_code(study, stranger, WHY, "cause", "effort"), "not in the study")


# Memos.


@pytest.mark.parametrize(
    ("kind", "target", "where"),
    [
        ("excerpt", WHY, "T-1:1"),
        ("transcript", "T-1", "T-1"),
        ("code", "effort", "Effort"),
        ("code", "cause:effort", "Effort"),
    ],
)
def test_memos(study: Study, al: Coder, rr: Coder, kind: str, target: str, where: str) -> None:
    assert memo_kind(study, target) == kind
    assert write_memo(study, al, kind, target, "  one\n\ntwo [b]\n").words == (
        f"wrote a memo on {where}"
    )
    write_memo(study, rr, kind, target, "other")
    assert bodies(study, kind) == ["one\n\ntwo [b]", "other"]
    before = dump(study)
    assert write_memo(study, al, kind, target, "one\n\ntwo [b]").entry == ""
    assert dump(study) == before
    write_memo(study, al, kind, target, "three")
    assert bodies(study, kind) == ["other", "three"]
    assert write_memo(study, al, kind, target, " ").words == f"removed a memo on {where}"
    assert write_memo(study, al, kind, target, "").entry == ""
    assert bodies(study, kind) == ["other"]
    undo(study, al)
    undo(study, al)
    assert bodies(study, kind) == ["one\n\ntwo [b]", "other"]


def bodies(study: Study, kind: str) -> list[str]:
    rows = study.store.db.execute(
        "SELECT body FROM memo WHERE target_kind = ? ORDER BY body", (kind,)
    )
    return [row[0] for row in rows]


def test_a_memo_on_a_coding_goes_and_comes_with_it(study: Study, al: Coder) -> None:
    press_code(study, al, WHY, "cause", "effort")
    (coding,) = unit_work(study, al, WHY).codings
    write_memo(study, al, "coding", coding.id, "why I think so")
    assert unit_work(study, al, WHY).codings[0].memo == "why I think so"
    press_code(study, al, WHY, "cause", "effort")
    assert bodies(study, "coding") == []
    undo(study, al)
    assert unit_work(study, al, WHY).codings[0].memo == "why I think so"


def test_no_memo_on_somebody_elses_code(study: Study, al: Coder, rr: Coder) -> None:
    press_code(study, al, WHY, "cause", "effort")
    (coding,) = unit_work(study, al, WHY).codings
    refused(study, lambda: write_memo(study, rr, "coding", coding.id, "x"), "was taken off")
    press_code(study, al, WHY, "cause", "effort")
    refused(study, lambda: write_memo(study, al, "coding", coding.id, "x"), "was taken off")


def test_memos_on_what_is_not_there(study: Study, al: Coder) -> None:
    refused(study, lambda: write_memo(study, al, "transcript", "T-2", "x"), "no transcript T-2")
    refused(study, lambda: write_memo(study, al, "code", "efort", "x"), "no code efort")
    refused(study, lambda: write_memo(study, al, "speaker", "T1", "x"), "cannot stand on a speaker")


# Two windows.


def test_two_windows_see_each_others_changes(study: Study, al: Coder) -> None:
    with open_study(study.path) as window:
        assert not window.changed_elsewhere()
        assert not study.changed_elsewhere()
        press_code(study, al, WHY, "cause", "effort")
        assert window.changed_elsewhere()
        assert not window.changed_elsewhere(), "said once"
        assert not study.changed_elsewhere(), "one's own change is no news"
        assert said(window, al, WHY)[0] == ["cause:effort"]
        press_code(window, al, WHY, "cause", "effort")
        assert study.changed_elsewhere()
        assert said(study, al, WHY) == ([], {})
        undo(study, al)
        assert said(window, al, WHY)[0] == ["cause:effort"]


def test_a_codebook_that_another_window_put_to_use_is_used(study: Study, al: Coder) -> None:
    with open_study(study.path) as window:
        assert study.codebook.id == "tiny"
        use_codebook(window, small_codebook("other"))
        assert study.codebook.id == "other"
        press_code(study, al, WHY, "cause", "effort")
        assert unit_work(window, al, WHY).codings[0].code_set == "other:cause"


def test_a_worker_has_a_connection_of_its_own(study: Study, al: Coder) -> None:
    with study.again() as worker:
        press_code(study, al, WHY, "cause", "effort")
        assert said(worker, al, WHY)[0] == ["cause:effort"]
    assert said(study, al, WHY)[0] == ["cause:effort"]


def test_every_action_is_logged_with_its_words(study: Study, al: Coder) -> None:
    press_code(study, al, WHY, "cause", "effort")
    nothing_applies(study, al, ADJUST, "support")
    finish(study, al, CLOSE)
    lines = log(study, Viewer("AL"), limit=3)
    assert [(line.actor, line.kind, line.words) for line in lines] == [
        ("AL", "done", "finished T-1:4"),
        ("AL", "nothing", "said that nothing of support applies to T-1:2"),
        ("AL", "code", "put Effort on T-1:1"),
    ]


@pytest.mark.parametrize(
    ("alias", "words"),
    [("", "cannot be"), ("A" * 13, "cannot be"), ("A L", "cannot be"), ("A/L", "cannot be")],
)
def test_aliases(study: Study, alias: str, words: str) -> None:
    refused(study, lambda: add_coder(study, alias), words)


def test_an_alias_is_one_person_whatever_its_case(study: Study, al: Coder) -> None:
    refusal = refused(study, lambda: add_coder(study, "al"), "a coder AL already")
    assert refusal.hint == "say AL"
    before = study.store.db.serialize()
    assert add_coder(study, "AL") == al
    assert study.store.db.serialize() == before


def test_errors_know_their_exit_code() -> None:
    assert (UsageError("x").exit_code, NotAllowed("x").exit_code) == (2, 1)


def test_a_question_that_was_not_put_is_not_applicable(study: Study, al: Coder) -> None:
    put_code(study, al, WHY, "cause", "taught")
    done = not_applicable(study, al, WHY, "cause")
    assert done.words == "said that cause was not asked in T-1:1"
    work = unit_work(study, al, WHY)
    assert not work.codings
    assert dict(work.decisions) == {"cause": "not_applicable"}
    undo(study, al)
    assert [c.code for c in unit_work(study, al, WHY).codings] == ["taught"]
