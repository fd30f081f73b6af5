"""Edits of codebook values: what each does, what is refused, and what holds after any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import CoderError, NotAllowed, UsageError
from coder.formats.codebook_yaml import check_codebook_text, parse_codebook, write_codebook
from coder.model import Code, Codebook, CodeSet, Rollup, changes, questions, resolved
from coder.model.code_rules import code_named, free_id
from coder.model.codebook_edits import (
    add_code,
    change_code,
    move_code,
    neighbour,
    restore_code,
    retire_code,
)
from coder.model.codebook_joins import merge_codes, split_code
from coder.model.version_labels import next_label, with_free_label
from tests.factories import small_codebook

BOOK = small_codebook()


def ids(book: Codebook, set_id: str = "cause") -> list[str]:
    found = book.code_set(set_id)
    assert found is not None
    return [code.id for code in found.codes]


def code(book: Codebook, code_id: str) -> Code:
    return code_named(book, code_id)[1]


def faults(book: Codebook) -> list[str]:
    return [str(c) for c in check_codebook_text(write_codebook(book)) if c.is_fatal]


# What each edit does.


def test_a_new_code_comes_at_the_end_or_behind_another() -> None:
    book = add_code(BOOK, "cause", Code("home", " Home  life ", key="6"))
    assert ids(book)[-1] == "home"
    assert code(book, "home").name == "Home life"
    assert book.version == "1.1.0"
    book = add_code(BOOK, "tiny:cause", Code("home", "Home"), after="taught")
    assert ids(book)[:2] == ["taught", "home"]
    assert changes(BOOK, book) == ("added Home to cause",)


def test_a_new_level_of_a_rubric_is_one_of_its_levels() -> None:
    vision = BOOK.code_set("vision")
    assert vision is not None
    levelled = replace(
        BOOK,
        code_sets=(replace(vision, options={"levels": [0, 1, 2, 3, 4]}),),
        protocol=(),
    )
    book = add_code(levelled, "vision", Code("v5", "Level 5", level=5))
    assert book.code_sets[0].options["levels"] == [0, 1, 2, 3, 4, 5]
    assert not faults(book)
    with pytest.raises(UsageError, match="needs a level"):
        add_code(levelled, "vision", Code("v6", "Level 6"))
    with pytest.raises(UsageError, match="level 4 of vision is Level 4"):
        add_code(levelled, "vision", Code("v6", "Level 6", level=4))
    with pytest.raises(UsageError, match="levels, not categories"):
        add_code(levelled, "vision", Code("all", "All", is_category=True))


def test_words_change_and_the_id_stays() -> None:
    book = change_code(BOOK, "effort", name="Trying", definition="Too little work.")
    assert code(book, "effort").name == "Trying"
    assert book.version == "1.0.1"
    assert changes(BOOK, book) == (
        "renamed Effort to Trying",
        "changed the definition of Trying",
    )
    assert change_code(book, "effort", name=" Trying ") is book
    assert change_code(BOOK, "effort", valence="none").version == "1.1.0"


def test_an_order_that_names_every_code_names_the_new_one_too() -> None:
    cause = BOOK.code_set("cause")
    assert cause is not None
    ordered = replace(cause, rollup=Rollup("highest", options={"order": ids(BOOK)}))
    book = replace(BOOK, code_sets=(ordered, *BOOK.code_sets[1:]))
    assert not faults(book)
    grown = add_code(book, "cause", Code("home", "Home"))
    assert not faults(grown)
    assert not faults(merge_codes(grown, ["home", "hard"], Code("new", "New")))
    assert not faults(move_code(grown, "home", to_set="who"))
    assert not faults(split_code(grown, "hard", [Code("a1", "A"), Code("b1", "B")]))
    assert changes(book, grown) == ("added Home to cause",)


def test_moving_changes_the_order_the_tree_or_the_set() -> None:
    book = move_code(BOOK, "hard", before="taught")
    assert ids(book)[:2] == ["hard", "taught"]
    assert changes(BOOK, book) == ("put the codes of cause in another order",)
    book = move_code(BOOK, "hard", parent="effort")
    assert changes(BOOK, book) == ("moved Hard topic below Effort",)
    assert changes(book, move_code(book, "hard", parent="")) == (
        "moved Hard topic to the top of cause",
    )
    with pytest.raises(NotAllowed, match="below itself"):
        move_code(book, "effort", parent="hard")
    over = move_code(BOOK, "hard", to_set="who")
    assert "hard" in ids(over, "who")
    assert over.version == "2.0.0"
    assert changes(BOOK, over) == ("moved Hard topic from cause to who",)
    assert not faults(over)
    with pytest.raises(NotAllowed, match="codes below"):
        move_code(book, "effort", to_set="who")
    with pytest.raises(NotAllowed, match="level of vision"):
        move_code(BOOK, "v1", to_set="who")


def test_a_key_that_another_has_is_left_behind_in_a_move() -> None:
    book = add_code(BOOK, "who", Code("many", "Many", key="5"))
    assert code(move_code(book, "many", to_set="cause"), "many").key == ""


def test_neighbours_stand_below_the_same_parent() -> None:
    book = move_code(BOOK, "before", parent="taught")
    cause = book.code_set("cause")
    assert cause is not None
    assert neighbour(cause, "taught", 1) == "effort"
    assert neighbour(cause, "taught", -1) == ""
    assert neighbour(cause, "before", 1) == ""


def test_merging_into_a_new_code_hands_on_key_valence_and_place() -> None:
    book = merge_codes(BOOK, ["taught", "before"], Code("school", "Schooling"))
    assert ids(book)[:3] == ["school", "taught", "before"]
    new = code(book, "school")
    assert (new.key, new.valence) == ("1", "productive")
    assert code(book, "taught").replaced_by == ("school",)
    assert resolved(book, frozenset({"taught", "before"})) == {"school"}
    assert book.version == "2.0.0"
    assert changes(BOOK, book) == ("merged Teaching and Earlier years into the new code Schooling",)
    assert not faults(book)


def test_merging_into_one_that_is_there_and_again() -> None:
    book = merge_codes(BOOK, ["taught", "before"], "before")
    assert code(book, "before").is_offered
    assert changes(BOOK, book) == ("merged Teaching into Earlier years",)
    book = merge_codes(book, ["before"], "effort")
    assert resolved(book, frozenset({"taught"})) == {"effort"}
    with pytest.raises(NotAllowed, match="Teaching was replaced by Earlier years"):
        merge_codes(book, ["taught"], "hard")
    with pytest.raises(NotAllowed, match="Opens the task is of support, Hard topic of cause"):
        merge_codes(book, ["hard"], "open")


def test_what_stood_below_a_merged_code_stands_below_its_heir_and_never_below_itself() -> None:
    book = move_code(BOOK, "before", parent="taught")
    book = move_code(book, "effort", parent="before")
    merged = merge_codes(book, ["taught"], "effort")
    assert code(merged, "before").parent == ""
    assert code(merged, "effort").parent == "before"
    assert not faults(merged)
    merged = merge_codes(book, ["before"], "hard")
    assert code(merged, "effort").parent == "hard"


def test_what_depended_on_a_merged_code_depends_on_its_heir_too() -> None:
    support = BOOK.code_set("support")
    assert support is not None
    waits = replace(support, options={"depends_on": {"code_set": "cause", "in": ["taught"]}})
    book = replace(BOOK, code_sets=(BOOK.code_sets[0], waits, *BOOK.code_sets[2:]))
    merged = merge_codes(book, ["taught", "before"], Code("school", "Schooling"))
    found = merged.code_set("support")
    assert found is not None
    assert found.options["depends_on"]["in"] == ["taught", "school"]
    with pytest.raises(NotAllowed, match="support depends on Teaching"):
        move_code(book, "taught", to_set="who")


def test_a_split_code_is_retired_without_heirs() -> None:
    book = split_code(BOOK, "effort", [Code("try", "Trying"), Code("care", "Caring")])
    old = code(book, "effort")
    assert old.is_retired
    assert old.replaced_by == ()
    assert ids(book)[2:5] == ["effort", "try", "care"]
    assert code(book, "care").valence == "unproductive"
    assert resolved(book, frozenset({"effort"})) == {"effort"}
    assert changes(BOOK, book) == (
        "retired Effort",
        "added Trying to cause",
        "added Caring to cause",
    )
    with pytest.raises(UsageError, match="two codes or more"):
        split_code(BOOK, "effort", [Code("try", "Trying")])


def test_a_retired_code_comes_back_without_a_key_that_went_to_another() -> None:
    book = retire_code(BOOK, "effort")
    assert not code(book, "effort").is_offered
    with pytest.raises(NotAllowed, match="retired already"):
        retire_code(book, "effort")
    assert restore_code(book, "effort").code_sets == BOOK.code_sets
    book = add_code(book, "cause", Code("home", "Home", key="3"))
    assert code(restore_code(book, "effort"), "effort").key == ""
    with pytest.raises(NotAllowed, match="not retired"):
        restore_code(BOOK, "effort")


def test_the_last_code_of_a_set_stays() -> None:
    book = retire_code(BOOK, "one")
    with pytest.raises(NotAllowed, match="no code left"):
        retire_code(book, "class")
    with pytest.raises(NotAllowed, match="no code left"):
        move_code(book, "class", to_set="cause")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Code("effort", "Effort again"), "there is a code effort in tiny already .say effort_2"),
        (Code("steps", "Of another set"), "there is a code steps in tiny already"),
        (Code("old", "Old"), "ids are never used again .say old_2"),
        (Code("no way", "No"), "cannot be the id"),
        (Code("nothing", "Nothing"), "cannot be the id"),
        (Code("new", "EFFORT"), "has a code called Effort already"),
        (Code("new", ""), "a code needs a name"),
        (Code("new", "a\x1b[2Jb"), r"the name holds the control character U\+001B"),
        (Code("new", "a\x07b"), r"the name holds the control character U\+0007"),
        (Code("new", "N" * 201), "the name is 201 characters long"),
        (Code("new", "New", short="a\x1b"), r"the short holds the control character U\+001B"),
        (Code("new", "New", exclude="a\x9b2J"), r"the exclude holds .* U\+009B"),
        (Code("new", "New", key="1"), "the key 1 is taken by Teaching .free: 6 7 8 9"),
        (Code("new", "New", key="q"), "the key q is taken by Opens the task"),
        (Code("new", "New", key="j"), "one of the app's own"),
        (Code("new", "New", key="x"), "one of the app's own"),
        (Code("new", "New", key="Q"), "one digit or one lower-case letter"),
        (Code("new", "New", level=3), "is no rubric"),
        (Code("new", "New", parent="efort"), "did you mean effort"),
        (Code("new", "New", color="red"), "is no colour"),
        (Code("new", "New", is_category=True, key="7"), "nothing is coded with it"),
    ],
)
def test_a_code_that_will_not_do_is_refused_in_one_line(wrong: Code, words: str) -> None:
    with pytest.raises(UsageError, match=words) as refused:
        add_code(BOOK, "cause", wrong, taken={"old"})
    assert "\n" not in str(refused.value)


def test_an_id_is_made_of_the_name() -> None:
    assert free_id("Home or family", ()) == "home_or_family"
    assert free_id("Home or family", {"home_or_family"}) == "home_or_family_2"
    assert free_id("数学", ()) == "code"
    assert free_id("Nothing", ()) == "nothing_2"
    assert free_id("Évaluer [/]", ()) == "evaluer"


def test_labels_go_up_and_none_is_used_twice() -> None:
    assert [next_label("1.2.3", step) for step in ("patch", "minor", "major")] == [
        "1.2.4",
        "1.3.0",
        "2.0.0",
    ]
    assert next_label("2", "minor") == "2.1.0"
    assert [next_label("1.2.3+4", step) for step in ("patch", "minor", "major")] == [
        "1.2.4",
        "1.3.0",
        "2.0.0",
    ]
    assert next_label("draft", "major") == "draft+1"
    assert next_label("draft+1", "patch") == "draft+2"
    assert with_free_label(BOOK, {"1.0.0", "1.0.1"}).version == "1.0.2"
    assert with_free_label(BOOK, ()) is BOOK
    made_reading = replace(BOOK, version="1.0.0+1")
    assert with_free_label(made_reading, {"1.0.0+1", "1.0.0+2"}).version == "1.0.0+3"


# What puts codings in question.


@pytest.mark.parametrize(
    ("edit", "asked"),
    [
        (lambda b: change_code(b, "effort", name="Trying"), ()),
        (lambda b: change_code(b, "effort", example="x"), ()),
        (lambda b: change_code(b, "effort", key="9"), ()),
        (lambda b: move_code(b, "effort", parent="hard"), ()),
        (lambda b: change_code(b, "hard", definition="x"), ()),
        (
            lambda b: change_code(b, "effort", definition="x", exclude="y"),
            ("changed the definition and when not to use of Effort",),
        ),
        (
            lambda b: change_code(b, "effort", valence="mixed"),
            ("changed the valence of Effort from unproductive to mixed",),
        ),
        (
            lambda b: change_code(b, "effort", codable=False),
            ("no longer counts Effort as codable",),
        ),
        (lambda b: merge_codes(b, ["effort"], "hard"), ("merged Effort into Hard topic",)),
        (lambda b: merge_codes(b, ["hard"], "effort"), ()),
        (lambda b: retire_code(b, "effort"), ("retired Effort",)),
        (
            lambda b: split_code(b, "effort", [Code("a1", "A"), Code("b1", "B")]),
            ("retired Effort",),
        ),
    ],
)
def test_codings_are_in_question_where_the_meaning_changed(
    edit: Callable[[Codebook], Codebook], asked: tuple[str, ...]
) -> None:
    assert questions(BOOK, edit(BOOK), "cause", "effort") == asked
    assert questions(edit(BOOK), edit(BOOK), "cause", "effort") == ()


def test_an_heir_that_changes_later_puts_what_counts_as_it_in_question() -> None:
    merged = merge_codes(BOOK, ["effort"], "hard")
    later = change_code(merged, "hard", definition="x")
    assert questions(merged, later, "cause", "effort") == ("changed the definition of Hard topic",)


def test_what_a_set_asks_puts_every_answer_in_question() -> None:
    cause = BOOK.code_sets[0]
    asked = replace(BOOK, code_sets=(replace(cause, applies_when="x"), *BOOK.code_sets[1:]))
    words = ("changed when it applies of the code set cause",)
    assert questions(BOOK, asked, "cause") == words
    assert questions(BOOK, asked, "cause", "hard") == words
    assert questions(BOOK, asked, "support", "open") == ()


# Whatever is edited, in whichever order.

NAMES = ("Home", "Work [/b]", "[bold]", "数学", "Home or family", "=1+1", "\u202eturned", "Effort")
TEXTS = ("", "Plain words.", "[/] - {x}: 'y' # z", "two\nlines", "no: yes")
places = st.integers(0, 30)
texts = st.sampled_from(TEXTS)
names = st.sampled_from(NAMES)
keys = st.sampled_from(["", "", "7", "8", "x", "j", "z", "q", "1"])
valences = st.sampled_from(["none", "productive", "unproductive", "mixed"])


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kind = draw(
        st.sampled_from(["add", "change", "order", "below", "over", "merge", "new", "split",
                         "retire", "restore"])
    )  # fmt: skip
    return kind, {
        "a": draw(places), "b": draw(places), "set": draw(st.integers(0, 3)),
        "name": draw(names), "other": draw(names), "text": draw(texts), "key": draw(keys),
        "valence": draw(valences), "category": draw(st.booleans()),
        "level": draw(st.sampled_from([None, None, 5, 6, 1])),
    }  # fmt: skip


def apply(book: Codebook, kind: str, how: dict[str, Any], taken: set[str]) -> Codebook:
    every = [one for _, one in book.codes()]
    a, b = every[how["a"] % len(every)], every[how["b"] % len(every)]
    known = taken | {one.id for one in every}
    new = Code(
        free_id(how["name"], known), how["name"], definition=how["text"], key=how["key"],
        valence=how["valence"], level=how["level"],
    )  # fmt: skip
    other = Code(free_id(how["other"], known | {new.id}), how["other"], key=how["key"])
    match kind:
        case "add":
            new = replace(new, is_category=how["category"], parent=a.id if how["b"] % 2 else "")
            return add_code(book, book.code_sets[how["set"]].id, new, taken=taken)
        case "change":
            return change_code(
                book, a.id, name=how["name"], include=how["text"], key=how["key"],
                valence=how["valence"],
            )  # fmt: skip
        case "order":
            return move_code(book, a.id, before=b.id)
        case "below":
            return move_code(book, a.id, parent=b.id)
        case "over":
            return move_code(book, a.id, to_set=book.code_sets[how["set"]].id)
        case "merge":
            return merge_codes(book, [a.id, b.id], b.id)
        case "new":
            return merge_codes(book, [a.id, b.id], new, taken=taken)
        case "split":
            return split_code(book, a.id, [new, other], taken=taken)
        case "retire":
            return retire_code(book, a.id)
        case _:
            return restore_code(book, a.id)


@settings(deadline=None, max_examples=40)
@given(st.lists(edits(), min_size=1, max_size=7))
def test_any_sequence_of_edits_leaves_a_sound_book(plan: list[tuple[str, dict[str, Any]]]) -> None:
    book = BOOK
    taken = {one.id for _, one in BOOK.codes()}
    refusals: list[str] = []
    for kind, how in plan:
        try:
            after = apply(book, kind, how, taken)
        except CoderError as refused:
            refusals.append(str(refused))
            continue
        now = [one.id for _, one in after.codes()]
        assert len(set(now)) == len(now)
        # No code disappears, and what is new never was the id of another.
        assert {one.id for _, one in book.codes()} <= set(now)
        assert not (set(now) - {one.id for _, one in book.codes()}) & taken
        taken |= set(now)
        assert (after.content_id != book.content_id) == bool(changes(book, after))
        assert changes(after, after) == ()
        assert (after.version != book.version) == (after != book)
        book = after
    assert all(words and "\n" not in words for words in refusals)
    assert faults(book) == []
    assert parse_codebook(write_codebook(book), "it") == book


def test_the_scratch_set_may_be_empty() -> None:
    scratch = CodeSet(
        "loose", "Loose", "multi", (Code("a1", "A"),), Rollup("count"), is_scratch=True
    )
    book = replace(BOOK, code_sets=(*BOOK.code_sets, scratch))
    assert not faults(retire_code(book, "a1"))
