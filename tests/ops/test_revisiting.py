"""Excerpts to revisit: which, why, whose, and how a coder is through with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder.errors import NotAllowed, UsageError
from coder.model import Code, Coder, Viewer
from coder.ops import codebook_editing as editing
from coder.ops.codebook_log import revisit_table
from coder.ops.coding import finish, nothing_applies, put_code, remove_code, unit_work
from coder.ops.corpus import add_coder
from coder.ops.corpus_tables import show
from coder.ops.excerpts import split_excerpt
from coder.ops.history import redo, undo
from coder.ops.library import use_codebook
from coder.ops.revisiting import (
    confirm,
    confirm_all,
    count_in_words,
    count_to_revisit,
    to_revisit,
)
from coder.ops.study import Study, open_study
from tests.rounds import close_round, open_round, round_number


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


@pytest.fixture
def coded(study: Study, al: Coder, rr: Coder) -> Study:
    """AL has Effort on two excerpts and Hard topic on one of them; RR has Effort on one."""
    put_code(study, al, "T-1:1", "cause", "effort")
    put_code(study, al, "T-1:1", "cause", "hard")
    put_code(study, al, "T-1:3", "cause", "effort")
    put_code(study, rr, "T-1:3", "cause", "effort")
    put_code(study, al, "T-1:2", "support", "open")
    nothing_applies(study, al, "T-1:4", "cause")
    return study


def refs(study: Study, coder: Coder, code: str = "") -> list[str]:
    return [row.ref for row in to_revisit(study, coder, code=code)]


def redefine(study: Study, coder: Coder, code: str = "effort", words: str = "Other words.") -> None:
    editing.change(study, coder, code, {"definition": words})


def test_a_new_name_puts_nothing_in_question(coded: Study, al: Coder) -> None:
    done = editing.change(coded, al, "effort", {"name": "Trying", "example": "x"})
    assert done.to_revisit == {}
    assert refs(coded, al) == []


def test_a_new_definition_puts_what_was_coded_with_it_in_question(
    coded: Study, al: Coder, rr: Coder
) -> None:
    done = editing.change(coded, al, "effort", {"definition": "Other.", "valence": "mixed"})
    assert done.to_revisit == {"AL": 2, "RR": 1}
    first, second = to_revisit(coded, al)
    assert (first.ref, first.code_set, first.version) == ("T-1:1", "cause", "1.0.0")
    assert first.codes == ("effort", "hard")
    assert first.why == (
        "changed the definition of Effort",
        "changed the valence of Effort from unproductive to mixed",
    )
    assert second.ref == "T-1:3"
    assert refs(coded, rr) == ["T-1:3"]
    assert revisit_table((first,)).rows[0][2] == "effort, hard"
    assert "to revisit: changed the definition of Effort" in show(coded, Viewer("AL"), "T-1:1")


def test_what_a_set_asks_puts_nothing_in_question_too(coded: Study, al: Coder) -> None:
    cause, *rest = coded.codebook.code_sets
    asked = replace(cause, applies_when="The teacher says why.")
    use_codebook(coded, replace(coded.codebook, version="2", code_sets=(asked, *rest)))
    assert refs(coded, al) == ["T-1:1", "T-1:3", "T-1:4"]
    assert [row.codes for row in to_revisit(coded, al)][-1] == ()


def test_a_split_code_counts_as_itself_until_each_excerpt_is_recoded(
    coded: Study, al: Coder
) -> None:
    editing.split(coded, al, "effort", [Code("try", "Trying"), Code("care", "Caring")])
    assert refs(coded, al) == ["T-1:1", "T-1:3"]
    put_code(coded, al, "T-1:3", "cause", "care")
    remove_code(coded, al, "T-1:3", "cause", "effort")
    assert refs(coded, al) == ["T-1:1"]
    confirm(coded, al, ["T-1:1"])
    assert refs(coded, al) == []
    assert [c.code for c in unit_work(coded, al, "T-1:1").codings] == ["effort", "hard"]


def test_merged_codes_are_found_under_both_names(coded: Study, al: Coder) -> None:
    editing.merge(coded, al, ["effort"], "both")
    assert refs(coded, al, "effort") == refs(coded, al, "both") == ["T-1:1", "T-1:3"]
    assert refs(coded, al, "cause:hard") == ["T-1:1"]
    assert to_revisit(coded, al)[0].why == ("merged Effort into Both",)
    with pytest.raises(UsageError, match="no code nope"):
        refs(coded, al, "nope")


# How a coder is through with it.


def test_confirming_keeps_the_coding_and_decides_again(coded: Study, al: Coder) -> None:
    redefine(coded, al)
    before = unit_work(coded, al, "T-1:1")
    assert before.in_question == {"cause": ("changed the definition of Effort",)}
    done = confirm(coded, al, ["T-1:1"])
    assert done.words == "confirmed T-1:1 under tiny 1.0.1"
    after = unit_work(coded, al, "T-1:1")
    assert after.codings == before.codings
    assert after.in_question == {}
    assert refs(coded, al) == ["T-1:3"]
    undo(coded, al)
    assert refs(coded, al) == ["T-1:1", "T-1:3"]
    redo(coded, al)
    with open_study(coded.path) as window:
        assert refs(window, al) == ["T-1:3"]
    with pytest.raises(UsageError, match="nothing that AL said of T-1:1 is in question"):
        confirm(coded, al, ["T-1:1"])


def test_confirming_all_of_a_code_is_one_action(coded: Study, al: Coder, rr: Coder) -> None:
    redefine(coded, al)
    redefine(coded, al, "hard")
    assert confirm_all(coded, al, "hard").words == "confirmed T-1:1 under tiny 1.0.2"
    assert confirm_all(coded, al, "effort").words == "confirmed T-1:3 under tiny 1.0.2"
    assert refs(coded, rr) == ["T-1:3"]
    with pytest.raises(UsageError, match="AL has nothing with effort to revisit"):
        confirm_all(coded, al, "effort")
    before = coded.store.db.serialize()
    with pytest.raises(UsageError, match="T-1:2 is in question"):
        confirm(coded, rr, ["T-1:3", "T-1:2"])
    assert coded.store.db.serialize() == before


def test_coding_anew_is_deciding_anew(coded: Study, al: Coder) -> None:
    redefine(coded, al)
    put_code(coded, al, "T-1:1", "cause", "taught")
    assert refs(coded, al) == ["T-1:3"]
    put_code(coded, al, "T-1:3", "cause", "effort")
    assert refs(coded, al) == []
    undo(coded, al)
    assert refs(coded, al) == ["T-1:3"]


def test_finishing_confirms_only_where_it_is_said(coded: Study, al: Coder) -> None:
    finish(coded, al, "T-1:1")
    redefine(coded, al)
    assert finish(coded, al, "T-1:1").entry == ""
    assert refs(coded, al) == ["T-1:1", "T-1:3"]
    assert finish(coded, al, "T-1:1", confirms=True).words == "confirmed T-1:1 under tiny 1.0.1"
    assert finish(coded, al, "T-1:3", confirms=True).words == (
        "finished T-1:3: nothing applied in Vision, Who"
    )
    assert refs(coded, al) == []


def test_words_that_are_taken_back_lay_the_doubt(coded: Study, al: Coder) -> None:
    redefine(coded, al)
    editing.change(coded, al, "effort", {"definition": ""})
    assert refs(coded, al) == []


def test_what_was_confirmed_can_come_into_question_again(coded: Study, al: Coder) -> None:
    redefine(coded, al)
    confirm_all(coded, al, "effort")
    redefine(coded, al, words="Other words again.")
    assert [row.version for row in to_revisit(coded, al)] == ["1.0.1", "1.0.1"]


def test_an_edit_cannot_be_undone_once_something_was_confirmed_under_it(
    coded: Study, al: Coder, rr: Coder
) -> None:
    redefine(coded, al)
    confirm(coded, rr, ["T-1:3"])
    with pytest.raises(
        NotAllowed, match=r"confirmed T-1:3 under tiny 1\.0\.1” by RR came after it"
    ):
        undo(coded, al)


def test_a_confirmed_answer_stays_so_on_the_parts_of_a_split_excerpt(
    coded: Study, al: Coder
) -> None:
    redefine(coded, al)
    confirm(coded, al, ["T-1:1"])
    unit = unit_work(coded, al, "T-1:1").unit
    text = coded.store.db.execute("SELECT text FROM revision").fetchone()[0]
    at = text.index("That is the whole story", unit.span.start)
    split_excerpt(coded, al, "T-1:1", at)
    assert refs(coded, al) == ["T-1:3"]


# Whose.


def test_nobody_is_shown_more_than_how_many_another_has(coded: Study, al: Coder, rr: Coder) -> None:
    redefine(coded, al)
    assert {row.coder for row in to_revisit(coded, rr)} == {"RR"}
    assert count_to_revisit(coded, Viewer("AL")) == {"AL": 2, "RR": 1}
    open_round(coded, "first", ["AL", "RR"], ["T-1:3"])
    assert count_to_revisit(coded, Viewer("AL")) == {"AL": 2}
    assert count_to_revisit(coded, Viewer("RR")) == {"AL": 1, "RR": 1}
    assert count_to_revisit(coded, Viewer()) == {"AL": 1}


def test_what_was_coded_in_a_round_stays_what_it_was(coded: Study, al: Coder) -> None:
    open_round(coded, "first", ["AL"], ["T-1:2"])
    put_code(coded, al, "T-1:2", "cause", "effort", round_number(coded, "first"))
    close_round(coded, "first")
    redefine(coded, al)
    assert refs(coded, al) == ["T-1:1", "T-1:2", "T-1:3"], "what the round made ordinary is asked"
    assert unit_work(coded, al, "T-1:2", round_number(coded, "first")).in_question == {}


@pytest.mark.parametrize(
    ("counts", "alias", "words"),
    [
        ({}, "", ""),
        ({"AL": 1}, "", "1 excerpt to revisit (AL)"),
        ({"AL": 14, "RR": 3}, "", "17 excerpts to revisit (AL 14, RR 3)"),
        ({"AL": 14, "RR": 3}, "AL", "14 excerpts to revisit"),
        ({"RR": 3}, "AL", ""),
    ],
)
def test_counts_in_words(counts: dict[str, int], alias: str, words: str) -> None:
    assert count_in_words(counts, alias=alias) == words


def test_a_study_that_was_never_edited_has_nothing_to_revisit(
    coded: Study, al: Coder, tmp_path: Path
) -> None:
    assert refs(coded, al) == []
    assert count_to_revisit(coded, Viewer("AL")) == {}
