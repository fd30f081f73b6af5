"""Codebooks that change while people code: versions, undo, what is refused, what stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from coder.errors import BadInput, CoderError, NotAllowed, UsageError
from coder.model import Code, Codebook, Coder, Viewer
from coder.ops import codebook_editing as editing
from coder.ops.codebook_log import codebook_log, own_uses
from coder.ops.coding import (
    finish,
    press_code,
    put_code,
    put_codes,
    remove_code,
    unit_work,
    write_memo,
)
from coder.ops.corpus import add_coder
from coder.ops.history import log, redo, undo
from coder.ops.library import use_codebook
from coder.ops.settling import settle
from coder.ops.study import Study, open_study
from coder.store import codebooks
from tests.factories import small_codebook
from tests.ops.coded import say
from tests.replaying import assert_answers_are_whole, assert_tables_are_what_the_journal_says
from tests.rounds import close_round, open_round


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


def codes_on(study: Study, coder: Coder, ref: str = "T-1:1") -> list[str]:
    return [coding.code for coding in unit_work(study, coder, ref).codings]


def offered(study: Study, set_id: str = "cause") -> list[str]:
    found = study.codebook.code_set(set_id)
    assert found is not None
    return [code.id for code in found.offered]


def retitled() -> Codebook:
    cause, *rest = small_codebook().code_sets
    return replace(small_codebook(), code_sets=(replace(cause, title="x"), *rest))


def versions(study: Study) -> int:
    return len(codebooks.list_versions(study.store.db))


# One action, undone and done again.


def test_an_edit_is_one_action_in_one_new_version(study: Study, al: Coder) -> None:
    old = study.codebook_ids["tiny"]
    done = editing.change(study, al, "effort", {"name": "Trying"}, why="plainer")
    assert done.words == "renamed Effort to Trying (tiny 1.0.1)"
    assert study.codebook.version == done.book.version == "1.0.1"
    assert study.version(old) == small_codebook()
    assert log(study, Viewer(), 1)[0].words == done.words
    assert undo(study, al).words == f"undid: {done.words}"
    assert study.codebook_ids["tiny"] == old
    assert redo(study, al).words == f"redid: {done.words}"
    assert study.codebook.version == "1.0.1"
    with open_study(study.path) as window:
        assert window.codebook == done.book
        undo(window, al)
    assert study.codebook_ids["tiny"] == old
    assert_tables_are_what_the_journal_says(study)


def test_an_edit_that_changes_nothing_leaves_no_trace(study: Study, al: Coder) -> None:
    before = study.store.db.serialize()
    done = editing.change(study, al, "effort", {"name": "Effort"}, why="no reason")
    assert done.entry == ""
    assert done.words == "nothing to change in tiny 1.0.0"
    assert study.store.db.serialize() == before


def test_what_is_refused_leaves_no_trace(study: Study, al: Coder) -> None:
    before = study.store.db.serialize()
    with pytest.raises(UsageError, match="the key 1 is taken by Teaching"):
        editing.add(study, al, "cause", Code("", "Home", key="1"))
    with pytest.raises(UsageError, match="no codebook other"):
        editing.retire(study, al, "effort", book="other")
    assert study.store.db.serialize() == before


def test_the_words_of_a_name_are_never_read_as_markup_or_format(study: Study, al: Coder) -> None:
    done = editing.add(study, al, "cause", Code("", "[/] {x} =1+1 'n' # 数学"))
    assert "[/] {x} =1+1" in done.words
    assert study.codebook.code_sets[0].codes[-1].name == "[/] {x} =1+1 'n' # 数学"


def test_an_edit_must_pass_the_check_of_codebook_files(study: Study, al: Coder) -> None:
    def edit(old: Codebook, _: frozenset[str]) -> Codebook:
        return replace(old, code_sets=(*old.code_sets[:3], replace(old.code_sets[3], id="no id")))

    with pytest.raises(NotAllowed, match=r"code_sets\.no id\.id: .no id. is not an id"):
        editing.edit_codebook(study, al, edit)


def test_a_fault_that_was_there_before_keeps_nobody_from_editing(study: Study, al: Coder) -> None:
    book = study.codebook
    faulty = replace(book, protocol=(*book.protocol, replace(book.protocol[0], feeds=("none",))))
    use_codebook(study, faulty)
    assert editing.retire(study, al, "effort").entry


# Ids are never used again.


def test_an_id_that_was_added_and_taken_back_is_not_free(study: Study, al: Coder) -> None:
    editing.add(study, al, "cause", Code("home", "Home"))
    undo(study, al)
    with pytest.raises(UsageError, match="home was the id of a code in an earlier version"):
        editing.add(study, al, "who", Code("home", "Home country"))
    done = editing.add(study, al, "who", Code("", "Home"))
    assert done.book.code_sets[3].codes[-1].id == "home_2"
    # Labels are not used again either: two versions called 1.1.0 would be hard to tell apart.
    assert done.book.version == "1.1.1"


def test_undo_of_an_addition_is_refused_where_somebody_used_it(
    study: Study, al: Coder, rr: Coder
) -> None:
    editing.add(study, al, "cause", Code("home", "Home"))
    put_code(study, rr, "T-1:1", "cause", "home")
    with pytest.raises(NotAllowed, match="put Home on T-1:1” by RR came after it"):
        undo(study, al)
    undo(study, rr)
    write_memo(study, rr, "code", "home", "What is this?")
    with pytest.raises(NotAllowed, match="wrote a memo on Home” by RR"):
        undo(study, al)
    undo(study, rr)
    undo(study, al)
    assert "home" not in offered(study)


def test_a_memo_on_a_code_that_was_there_before_is_in_nobodys_way(
    study: Study, al: Coder, rr: Coder
) -> None:
    editing.add(study, al, "cause", Code("home", "Home"))
    write_memo(study, rr, "code", "effort", "Hm.")
    undo(study, al)
    assert "home" not in offered(study)


def test_two_people_edit_one_after_the_other(study: Study, al: Coder, rr: Coder) -> None:
    editing.add(study, al, "cause", Code("home", "Home"))
    editing.retire(study, rr, "effort")
    with pytest.raises(NotAllowed, match=r"retired Effort .tiny 2\.0\.0.” by RR"):
        undo(study, al)


# Rounds freeze the version.


def test_an_open_round_keeps_the_book_as_it_is(study: Study, al: Coder, rr: Coder) -> None:
    editing.retire(study, al, "both")
    undo(study, al)
    open_round(study, "first", ["AL", "RR"], ["T-1:1"])
    before = study.store.db.serialize()
    words = "the round first is open and is coded under tiny 1.0.0"
    edits: tuple[Callable[[], object], ...] = (
        lambda: editing.retire(study, al, "effort"),
        lambda: redo(study, al),
        lambda: use_codebook(study, retitled()),
    )
    for edit in edits:
        with pytest.raises(NotAllowed, match=words):
            edit()
    assert study.store.db.serialize() == before
    use_codebook(study, small_codebook("other"))
    use_codebook(study, small_codebook())
    close_round(study, "first")
    assert editing.retire(study, al, "effort").entry


def test_an_edit_stays_while_a_round_is_coded_under_it(study: Study, al: Coder) -> None:
    editing.retire(study, al, "effort")
    open_round(study, "first", ["AL"], ["T-1:1"])
    with pytest.raises(NotAllowed, match="open"):
        undo(study, al)
    close_round(study, "first")
    with pytest.raises(NotAllowed, match="opened the round first"):
        undo(study, al)


# Codes that are not offered.


@pytest.fixture
def grown(study: Study, al: Coder) -> Study:
    """Teaching merged into Earlier years, Effort retired, a category with Hard topic below it."""
    put_codes(study, al, "T-1:1", ["taught", "effort", "hard"])
    editing.merge(study, al, ["taught"], "before")
    editing.retire(study, al, "effort")
    editing.add(study, al, "cause", Code("kinds", "Kinds", is_category=True))
    editing.move(study, al, "hard", parent="kinds")
    return study


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("taught", "Teaching was replaced by Earlier years .put on before"),
        ("effort", "Effort is retired"),
        ("kinds", "Kinds is a category, and nothing is coded with it .below it are hard"),
    ],
)
def test_what_is_not_offered_cannot_be_put_on(
    grown: Study, al: Coder, rr: Coder, code: str, words: str
) -> None:
    study = grown
    say(study, study.path.parent, [("AL", "T-1:3", "cause", "hard"), ("RR", "T-1:3", "cause", "")])
    before = study.store.db.serialize()
    acts: tuple[Callable[[], object], ...] = (
        lambda: press_code(study, al, "T-1:3", "cause", code),
        lambda: put_code(study, al, "T-1:3", "cause", code),
        lambda: put_codes(study, al, "T-1:3", ["hard", code]),
        lambda: settle(study, al, "T-1:3", "cause", [code], "because"),
    )
    for act in acts:
        with pytest.raises(UsageError, match=words):
            act()
    with pytest.raises(BadInput, match=rf"row 3: {words}"):
        say(study, study.path.parent, [("AL", "T-1:3", "cause", c) for c in ("hard", code)])
    assert study.store.db.serialize() == before


def test_what_is_not_offered_can_be_taken_off(grown: Study, al: Coder) -> None:
    remove_code(grown, al, "T-1:1", "cause", "effort")
    assert codes_on(grown, al) == ["taught", "hard"]
    undo(grown, al)
    # A code that is on through one it replaced goes with it: the key takes off what shows.
    press_code(grown, al, "T-1:1", "cause", "before")
    assert codes_on(grown, al) == ["effort", "hard"]
    press_code(grown, al, "T-1:1", "cause", "effort")
    press_code(grown, al, "T-1:1", "cause", "hard")
    assert codes_on(grown, al) == []
    assert "cause" not in unit_work(grown, al, "T-1:1").decisions
    assert_answers_are_whole(grown)


def test_own_uses_count_an_excerpt_with_two_merged_codes_once(grown: Study, al: Coder) -> None:
    put_code(grown, al, "T-1:1", "cause", "before")
    put_code(grown, al, "T-1:3", "cause", "before")
    uses = own_uses(grown, al, grown.codebook)
    assert (uses["before"], uses["taught"], uses["effort"]) == (2, 0, 1)
    assert own_uses(grown, None, grown.codebook) == {}


# Sets.


def test_what_was_ever_coded_stays_in_its_set(study: Study, al: Coder) -> None:
    put_code(study, al, "T-1:1", "cause", "hard")
    undo(study, al)
    with pytest.raises(NotAllowed, match="Hard topic was coded in cause"):
        editing.move(study, al, "hard", to_set="who")
    done = editing.move(study, al, "both", to_set="who")
    assert "both" in offered(study, "who")
    assert done.book.version == "2.0.0"


@pytest.mark.parametrize("book_of_round", ["tiny", "other"])
def test_an_open_round_hides_whether_another_coded_with_what_is_moved(
    study: Study, al: Coder, rr: Coder, book_of_round: str
) -> None:
    if book_of_round == "other":
        use_codebook(study, small_codebook("other"))
    open_round(study, "first", ["AL", "RR"], ["T-1:1"])
    study.use_here("tiny")
    put_code(study, rr, "T-1:1", "cause", "hard")
    told = set()
    for who in (al, None):
        for code in ("hard", "effort"):
            with pytest.raises(NotAllowed, match="the open round first") as refused:
                editing.move(study, who, code, to_set="who", book="tiny")
            told.add(str(refused.value))
    assert len(told) == 1
    close_round(study, "first")
    with pytest.raises(NotAllowed, match="Hard topic was coded in cause"):
        editing.move(study, al, "hard", to_set="who", book="tiny")
    assert editing.move(study, al, "both", to_set="who", book="tiny").entry


def test_who_is_not_in_the_round_is_told_that_a_code_was_coded(
    study: Study, al: Coder, rr: Coder
) -> None:
    use_codebook(study, small_codebook("other"))
    open_round(study, "first", ["RR"], ["T-1:1"])
    study.use_here("tiny")
    put_code(study, rr, "T-1:1", "cause", "hard")
    with pytest.raises(NotAllowed, match="Hard topic was coded in cause"):
        editing.move(study, al, "hard", to_set="who", book="tiny")


# The log.


def test_the_log_says_who_when_why_and_what(study: Study, al: Coder) -> None:
    editing.split(study, al, "effort", [Code("", "Trying"), Code("", "Caring")], why="two things")
    editing.change(study, None, "hard", {"name": "Hard"})
    undo(study, None)
    first, second = codebook_log(study, Viewer())
    assert (first.version, first.coder, first.changes) == ("1.0.0", "", ())
    assert (second.version, second.coder, second.why) == ("2.0.0", "AL", "two things")
    assert second.did == "split Effort into Trying and Caring"
    assert second.changes == ("retired Effort", "added Trying to cause", "added Caring to cause")


def test_the_same_reason_twice_is_told_twice(study: Study, al: Coder) -> None:
    editing.retire(study, al, "effort", why="too rare")
    editing.retire(study, al, "both", why="too rare")
    assert [line.why for line in codebook_log(study, Viewer())] == ["", "too rare", "too rare"]


def test_an_edit_back_is_the_version_of_before(study: Study, al: Coder) -> None:
    old = study.codebook_ids["tiny"]
    editing.change(study, al, "effort", {"name": "Trying"})
    editing.change(study, al, "effort", {"name": "Effort"})
    assert study.codebook_ids["tiny"] == old
    assert versions(study) == 2
    assert [line.version for line in codebook_log(study, Viewer())] == ["1.0.0", "1.0.1", "1.0.0"]


def test_other_books_of_the_study_are_edited_by_name(study: Study, al: Coder) -> None:
    use_codebook(study, small_codebook("other"))
    editing.retire(study, al, "effort", book="tiny")
    assert "effort" in offered(study)
    assert len(codebook_log(study, Viewer(), "tiny")) == 2
    assert len(codebook_log(study, Viewer())) == 1


def test_finishing_leaves_what_is_decided_under_its_version(study: Study, al: Coder) -> None:
    put_code(study, al, "T-1:1", "cause", "effort")
    finish(study, al, "T-1:1")
    editing.change(study, al, "effort", {"definition": "Other."})
    with pytest.raises(CoderError, match="nothing to redo"):
        redo(study, al)
    assert finish(study, al, "T-1:1").entry == ""
