"""Codes made while reading: ids, words, versions, undo, rounds; nothing else may move."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.errors import NotAllowed, UsageError
from coder.model import CodeSet, Viewer, id_from, same_words
from coder.ops import codebook_editing as editing
from coder.ops import coding, corpus, excerpts, history
from coder.ops.agreeing import agreement
from coder.ops.library import use_codebook
from coder.ops.scratch import put_new_code, scratch_codes, scratch_set
from coder.ops.settling import disagreements
from coder.ops.study import Study, open_study
from tests.factories import make_study, small_codebook
from tests.replaying import (
    assert_answers_are_whole,
    assert_tables_are_what_the_journal_says,
    dump,
)
from tests.rounds import close_round, open_round

AWKWARD = "[/ [laughs] =1+1 👩‍🏫 \u202egnik\u202c שלום"


def scratch(study: Study) -> CodeSet:
    found = scratch_set(study.codebook)
    assert found is not None
    return found


def on(study: Study, ref: str, alias: str = "AL") -> dict[str, set[str]]:
    work = coding.unit_work(study, corpus.coder_named(study, alias), ref)
    found: dict[str, set[str]] = {}
    for one in work.codings:
        found.setdefault(one.code_set.rpartition(":")[2], set()).add(one.code)
    return found


def test_a_new_code_is_made_and_put_on_in_one_action(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    before = study.codebook
    done = put_new_code(study, al, "T-1:1", "the  whole\nstory", memo="their words")
    assert done.words == "made the code the whole story and put it on T-1:1"
    found = scratch(study)
    assert [(c.id, c.name, c.definition) for c in found.codes] == [
        ("the_whole_story", "the whole story", "")
    ]
    assert (found.mode, found.rollup.rule, found.is_scratch) == ("multi", "any", True)
    assert on(study, "T-1:1") == {"scratch": {"the_whole_story"}}
    assert coding.unit_work(study, al, "T-1:1").codings[0].memo == "their words"
    assert study.codebook.version == "1.0.0+1"
    assert_tables_are_what_the_journal_says(study)

    assert history.undo(study, al).words.startswith("undid: made the code the whole story")
    assert study.codebook == before
    assert on(study, "T-1:1") == {}
    history.redo(study, al)
    assert on(study, "T-1:1") == {"scratch": {"the_whole_story"}}
    assert_tables_are_what_the_journal_says(study)
    assert_answers_are_whole(study)


def test_a_straight_apostrophe_means_the_curly_one_of_the_text(tmp_path: Path) -> None:
    said = "They don\u2019t \u201ctry\u201d. It isn't so."
    turns = f"[00:00:10] INT: {{Q-WHY}} Why?\n\n[00:00:20] T1: {said}\n"
    with make_study(tmp_path, [{"turns": turns}]) as study:
        al = corpus.add_coder(study, "AL")
        for typed, stands in (
            ("They don't", "They don\u2019t"),
            ('"try"', "\u201ctry\u201d"),
            ("isn\u2019t so", "isn't so"),
        ):
            done = put_new_code(study, al, "T-1:1", typed, in_vivo=True)
            assert done.words == f"made the code {stands} and put it on T-1:1"
        again = put_new_code(study, al, "T-1:1", "they don't", in_vivo=True)
        assert "made" not in again.words
        named = put_new_code(study, al, "T-1:1", "It isn\u2019t so")
        assert named.words == "made the code It isn\u2019t so and put it on T-1:1"
        assert put_new_code(study, al, "T-1:1", "it isn't so").words.startswith("put It isn")


def test_the_same_words_use_the_code_that_is_there(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", "Left alone")
    version = study.codebook_ids
    done = put_new_code(study, al, "T-1:2", "  left   ALONE ")
    assert done.words == "put Left alone on T-1:2"
    assert study.codebook_ids == version
    assert on(study, "T-1:2") == {"scratch": {"left_alone"}}
    assert not put_new_code(study, al, "T-1:2", "Left alone").entry


def test_words_in_vivo_must_stand_in_what_is_quoted(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    done = put_new_code(study, al, "T-1:1", "THE WHOLE story", in_vivo=True)
    assert "the whole story" in done.words, "as the participant said it"
    for words in ("whole sto", "Why is it hard", "fractions story"):
        with pytest.raises(UsageError, match=r"does not stand in T-1:1"):
            put_new_code(study, al, "T-1:1", words, in_vivo=True)


def test_nothing_that_is_asked_or_counted_changes(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    before = corpus.transcript_progress(study, Viewer())
    asked = coding.unit_work(study, al, "T-1:1").asked
    put_new_code(study, al, "T-1:1", "tired")
    work = coding.unit_work(study, al, "T-1:1")
    assert work.asked == asked
    assert corpus.transcript_progress(study, Viewer()) == before
    coding.finish(study, al, "T-1:2")
    assert "scratch" not in coding.unit_work(study, al, "T-1:2").decisions
    assert corpus.transcript_progress(study, Viewer())["T-1"]["AL"].finished == 1


def test_two_people_who_tag_differently_do_not_disagree(study: Study) -> None:
    al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
    put_new_code(study, al, "T-1:1", "tired")
    put_new_code(study, rr, "T-1:1", "bored")
    for coder in (al, rr):
        coding.nothing_applies(study, coder, "T-1:1", "cause")
    assert disagreements(study, Viewer()) == ()
    report = agreement(study, Viewer())
    assert {row.code_set for row in report.rows} == {"cause"}
    with pytest.raises(UsageError, match="scratch is asked of no excerpt"):
        agreement(study, Viewer(), ["scratch"])


def test_ids_are_never_used_for_another_code(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", "Cause")
    put_new_code(study, al, "T-1:1", "Taught!")
    put_new_code(study, al, "T-1:1", "Taught?")
    assert [c.id for c in scratch(study).codes] == ["cause", "taught_2", "taught_3"]
    history.undo(study, al)
    put_new_code(study, al, "T-1:1", "taught...")
    assert study.codebook.version == "1.0.0+4", "the label of what was undone is not used again"
    assert scratch(study).codes[-1].id == "taught_4", "taught_3 stood for other words"
    history.undo(study, al)
    put_new_code(study, al, "T-1:2", "Taught?")
    assert scratch(study).codes[-1].id == "taught_3", "the same words are the same code again"


def test_words_without_letters_have_ids_too(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    for words in ("数学", "👩‍🏫", "2024", "Ça va, d'accord"):
        put_new_code(study, al, "T-1:1", words)
    assert [(c.id, c.name) for c in scratch(study).codes] == [
        ("code", "数学"),
        ("code_2", "👩‍🏫"),
        ("code_2024", "2024"),
        ("ca_va_daccord", "Ça va, d'accord"),
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (" \n ", "needs a name"),
        ("x" * 201, "201 characters"),
        ("a\x1b[31m", "the name holds the control character U\\+001B"),
    ],
)
def test_what_is_no_name_is_refused_and_nothing_is_left(study: Study, words: str, why: str) -> None:
    al = corpus.add_coder(study, "AL")
    before = dump(study)
    with pytest.raises(UsageError, match=why):
        put_new_code(study, al, "T-1:1", words)
    assert dump(study) == before


def test_awkward_words_are_kept_as_they_stand(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", AWKWARD)
    assert scratch(study).codes[0].name == AWKWARD


def test_a_round_that_is_open_freezes_the_codebook(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", "tired")
    open_round(study, "R1", ["AL"], ["T-1:1"])
    with pytest.raises(NotAllowed, match=r"the open round R1 has frozen the codebook tiny"):
        put_new_code(study, al, "T-1:2", "bored")
    assert put_new_code(study, al, "T-1:2", "tired").entry, "a code that is there can be used"
    close_round(study, "R1")
    assert put_new_code(study, al, "T-1:2", "bored").entry


def test_an_edit_after_codes_made_while_reading_is_a_version_of_its_own(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", "tired")
    assert editing.merge(study, al, ["taught"], "before").book.version == "2.0.0"
    put_new_code(study, al, "T-1:1", "bored")
    assert study.codebook.version == "2.0.0+1"
    history.undo(study, al)
    put_new_code(study, al, "T-1:1", "worn out")
    assert study.codebook.version == "2.0.0+2", "no label stands for two versions"
    assert editing.change(study, al, "hard", {"short": "x"}).book.version == "2.0.1"


def test_no_code_is_made_on_an_excerpt_of_an_open_round_of_another_codebook(study: Study) -> None:
    al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
    use_codebook(study, small_codebook("other"))
    open_round(study, "R1", ["AL", "RR"], ["T-1:1"])
    study.use_here("tiny")
    before = study.store.db.serialize()
    with pytest.raises(NotAllowed, match=r"T-1:1 is in the open round R1: write a memo instead"):
        put_new_code(study, al, "T-1:1", "tired")
    assert study.store.db.serialize() == before
    assert scratch_codes(study, Viewer("RR")) == ()
    assert put_new_code(study, rr, "T-1:2", "tired").entry, "others stand in nobody's way"
    assert put_new_code(study, al, "T-1:1", "tired").entry, "a code that is there can be used"
    close_round(study, "R1")
    assert put_new_code(study, al, "T-1:1", "bored").entry


def test_a_code_that_was_retired_or_replaced_is_not_made_again(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", "tired")
    put_new_code(study, al, "T-1:1", "worn out")
    book, found = study.codebook, scratch(study)
    for changed, why in (
        (replace(found.codes[0], is_retired=True), "(was|is) retired"),
        (replace(found.codes[0], replaced_by=("worn_out",)), "was replaced by worn(_| )out"),
    ):
        sets = (*book.code_sets[:-1], replace(found, codes=(changed, found.codes[1])))
        use_codebook(study, replace(book, code_sets=sets))
        with pytest.raises(UsageError, match=why):
            put_new_code(study, al, "T-1:2", "Tired")
        with pytest.raises(UsageError, match=why):
            coding.put_code(study, al, "T-1:2", "scratch", "tired")


def test_tags_are_no_answers_to_be_read_again(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    coding.put_code(study, al, "T-1:1", "cause", "taught")
    for words in ("tired", "bored"):
        put_new_code(study, al, "T-1:1", words)
    book, found = study.codebook, scratch(study)
    defined = replace(found.codes[0], definition="They say that they are tired.")
    sets = (*book.code_sets[:-1], replace(found, codes=(defined, found.codes[1])))
    use_codebook(study, replace(book, code_sets=sets))
    assert coding.unit_work(study, al, "T-1:1").in_question == {}


def test_a_version_from_a_file_keeps_what_was_made_while_reading(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", "tired")
    newer = replace(small_codebook(), title="A better book", version="1.1.0")
    use_codebook(study, newer)
    assert study.codebook.title == "A better book"
    assert [c.id for c in scratch(study).codes] == ["tired"]
    assert [line.excerpts for line in scratch_codes(study, Viewer())] == [1]


def test_a_code_that_a_file_has_found_a_place_for_stands_there(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    for words in ("tired", "bored"):
        put_new_code(study, al, "T-1:1", words)
    book = small_codebook(version="1.1.0")
    cause = replace(book.code_sets[0], codes=(*book.code_sets[0].codes, scratch(study).codes[0]))
    use_codebook(study, replace(book, code_sets=(cause, *book.code_sets[1:])))
    assert [c.id for c in scratch(study).codes] == ["bored"]
    file = study.codebook
    put_new_code(study, al, "T-1:1", "cross")
    use_codebook(study, file)
    assert [c.id for c in scratch(study).codes] == ["bored", "cross"]
    named = replace(book.code_sets[0], id="scratch")
    with pytest.raises(UsageError, match="has a set scratch, which in this study holds codes"):
        use_codebook(study, replace(book, code_sets=(named, *book.code_sets[1:]), protocol=()))


def test_splitting_copies_a_scratch_code(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    put_new_code(study, al, "T-1:1", "tired")
    unit = corpus.find_unit(study, "T-1:1")
    at = corpus.read_transcript(study, Viewer(), "T-1").text.index("That is the whole")
    excerpts.split_excerpt(study, al, "T-1:1", at)
    refs = [u.ref for u in corpus.list_excerpts(study, Viewer(), "T-1") if u.ref != unit.ref]
    assert [on(study, ref).get("scratch") for ref in refs].count({"tired"}) == 2


def test_the_list_counts_excerpts_and_names_coders(study: Study) -> None:
    al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
    assert scratch_codes(study, Viewer()) == ()
    put_new_code(study, al, "T-1:1", "tired")
    put_new_code(study, rr, "T-1:1", "tired")
    put_new_code(study, rr, "T-1:2", "bored")
    lines = scratch_codes(study, Viewer())
    assert [(one.code.name, one.excerpts, one.coders) for one in lines] == [
        ("tired", 1, ("AL", "RR")),
        ("bored", 1, ("RR",)),
    ]
    open_round(study, "R1", ["AL", "RR"], ["T-1:1", "T-1:2"])
    lines = scratch_codes(study, Viewer("AL"))
    assert [(one.code.name, one.excerpts, one.coders) for one in lines] == [
        ("tired", 1, ("AL",)),
        ("bored", 0, ()),
    ]


def test_hundreds_of_codes_stay_quick_and_the_file_small(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    seconds = []
    for number in range(150):
        begun = time.perf_counter()
        put_new_code(study, al, f"T-1:{number % 4 + 1}", f"what people say of number {number}")
        seconds.append(time.perf_counter() - begun)
    assert median(seconds[-20:]) < 0.25, "0.04 s on an idle machine"
    study.close()
    assert study.path.stat().st_size < 4_000_000
    with open_study(study.path) as again:
        assert not again.is_large
        assert len(scratch(again).codes) == 150
        assert again.codebook.version == "1.0.0+150"


@given(st.text(max_size=80), st.sets(st.text(alphabet="abc_12", min_size=1, max_size=4)))
def test_an_id_is_free_plain_and_the_same_for_the_same_words(words: str, taken: set[str]) -> None:
    found = id_from(words, taken)
    assert found not in taken
    assert found.replace("_", "").isascii()
    assert found.replace("_", "").isalnum()
    assert found[0].isalpha()
    assert len(found) <= 50
    assert id_from(words, taken) == found


@given(st.text())
def test_words_are_the_same_as_themselves_with_other_spaces_and_case(words: str) -> None:
    assert same_words(f"  {words}\n") == same_words(words)
    assert same_words(same_words(words)) == same_words(words)


def test_a_book_that_uses_the_id_for_something_else_keeps_it(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    book = study.codebook
    named = replace(book.code_sets[0], id="scratch")
    other = replace(book, code_sets=(named, *book.code_sets[1:]), protocol=())
    use_codebook(study, other)
    put_new_code(study, al, "T-1:1", "tired")
    assert scratch(study).id == "scratch_2"
