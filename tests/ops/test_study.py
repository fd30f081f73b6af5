"""Making, opening, naming, checking a study."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from coder.errors import StudyProblem, UsageError
from coder.model import Viewer, fixed_ids
from coder.ops.coding import put_codes, write_memo
from coder.ops.corpus import add_coder
from coder.ops.excerpts import split_excerpt
from coder.ops.history import log, undo
from coder.ops.study import (
    Study,
    check_study,
    create_study,
    did_you_mean,
    find_active_set,
    find_code,
    find_set,
    open_study,
)
from coder.store import Store
from tests.factories import make_study, small_codebook
from tests.replaying import dump, dump_of

BOOK = small_codebook()


def test_a_new_study_has_its_codebooks_and_a_name(tmp_path: Path) -> None:
    path = tmp_path / "pilot.coder"
    books = [BOOK, small_codebook("other", "2.0.0")]
    with create_study(path, books, name="Pilot of 2024") as made:
        (entry,) = log(made, Viewer())
    assert (entry.kind, entry.words, entry.actor) == ("new", "made the study pilot", "")
    with open_study(path) as study:
        assert study.name == "Pilot of 2024"
        assert list(study.codebooks) == books
        assert study.codebook == BOOK
        assert study.codebook_ids == {book.id: book.content_id for book in books}
        assert not study.is_sample


def test_a_study_without_a_name_is_called_like_its_file(tmp_path: Path) -> None:
    with create_study(tmp_path / "pilot.coder", [BOOK]) as study:
        assert study.name == "pilot"


def test_a_study_without_codebook(tmp_path: Path) -> None:
    with create_study(tmp_path / "pilot.coder", []) as study:
        assert study.codebooks == ()
        with pytest.raises(UsageError, match=r"pilot\.coder has no codebook"):
            _ = study.codebook


@pytest.mark.parametrize("name", ["pilot", "pilot.db", "pilot.coder.txt"])
def test_a_study_ends_in_coder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"should end in \.coder"):
        create_study(tmp_path / name, [BOOK])
    assert list(tmp_path.iterdir()) == []


def test_a_codebook_named_twice(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tiny is named twice"):
        create_study(tmp_path / "pilot.coder", [BOOK, replace(BOOK, version="2")])
    assert list(tmp_path.iterdir()) == []


def test_a_study_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_study(tmp_path / "pilot.coder", [BOOK], clock=broken)
    assert list(tmp_path.iterdir()) == []


def test_the_same_clock_and_ids_make_the_same_study(tmp_path: Path) -> None:
    dumps = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with create_study(
            tmp_path / name / "same.coder",
            [BOOK],
            clock=lambda: "2024-01-01T00:00:00Z",
            new_id=fixed_ids(7),
        ) as study:
            al = add_coder(study, "AL")
            write_memo(study, al, "code", "effort", "hm")
            lines = dump(study).splitlines()
            dumps.append([line for line in lines if "_sqlite_migrations" not in line])
    assert dumps[0] == dumps[1]


def test_a_sample_study_goes_over_to_a_real_clock(tmp_path: Path) -> None:
    with create_study(
        tmp_path / "s.coder", [BOOK], is_sample=True, clock=lambda: "2024-01-01T00:00:00Z"
    ) as study:
        assert study.is_sample
        assert not study.was_worked_in(since="2024-01-01T00:00:00Z")
        study.use_real_clock()
        add_coder(study, "AL")
        assert study.was_worked_in(since="2024-01-01T00:00:00Z")


# Names.


def test_code_sets_by_name(tmp_path: Path) -> None:
    books = [BOOK, replace(small_codebook("other"), code_sets=small_codebook().code_sets[:1])]
    with create_study(tmp_path / "s.coder", books) as study:
        assert find_set(study, "support")[0].id == "tiny"
        assert find_set(study, "other:cause")[0].id == "other"
        with pytest.raises(UsageError, match="in several codebooks") as refusal:
            find_set(study, "cause")
        assert refusal.value.hint == "say tiny:cause or other:cause"
        with pytest.raises(UsageError, match="no code set suport") as refusal:
            find_set(study, "suport")
        assert refusal.value.hint == "did you mean support?"
        assert find_active_set(study, "cause") == BOOK.code_sets[0]
        assert find_active_set(study, "tiny:cause") == BOOK.code_sets[0]
        with pytest.raises(UsageError, match="other:cause is not in the active codebook tiny"):
            find_active_set(study, "other:cause")


def test_codes_by_name(study: Study) -> None:
    for name in ("effort", "cause:effort", "tiny:cause:effort"):
        code_set, code = find_code(study, name)
        assert (code_set.id, code.id) == ("cause", "effort")
    assert find_code(study, "effort", within="cause")[1].id == "effort"
    assert find_code(study, "effort", within="tiny:cause")[1].id == "effort"
    with pytest.raises(UsageError, match="cause:effort is not a code of support"):
        find_code(study, "cause:effort", within="support")
    with pytest.raises(UsageError, match="no code unclear in support") as refusal:
        find_code(study, "unclear", within="support")
    assert refusal.value.hint == "there are open, steps, format"


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("efort", ["effort", "taught"], "did you mean effort?"),
        ("xyz", ["effort", "taught"], "there are effort, taught"),
        ("xyz", [f"code{n}" for n in range(13)], ""),
        ("xyz", [], ""),
        ("code", ["code1", "code2", "code3", "code4"], "did you mean code4 or code3 or code2?"),
    ],
)
def test_did_you_mean(word: str, known: list[str], hint: str) -> None:
    assert did_you_mean(word, known) == hint


# Checking.


def test_check_says_what_it_looked_at(study: Study) -> None:
    al = add_coder(study, "AL")
    put_codes(study, al, "T-1:1", ["effort", "open"])
    split_excerpt(study, al, "T-1:1", 90)
    undo(study, al)
    told: list[tuple[int, int]] = []
    lines = check_study(study, lambda done, total, what: told.append((done, total)))
    assert lines == [
        f"{study.path}: sound, format {study.store.format()}, as the journal says",
        "1 transcripts, 4 excerpts, 1 coders, 2 codings, 2 decisions, 0 memos, 0 flags, "
        "0 settlements, 6 journal entries",
    ]
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE coding SET at = '1999'", "2 coding"),
        ("UPDATE decision SET status = 'nothing'", "2 decision"),
        ("DELETE FROM coding WHERE id = (SELECT max(id) FROM coding)", "1 coding"),
        ("UPDATE unit SET is_live = 0 WHERE ref = 'T-1:3'", "1 unit"),
        ("UPDATE study SET value = 'x' WHERE key = 'name'", "1 setting"),
        ("INSERT INTO study VALUES ('sample', 'yes')", "1 setting"),
        ("UPDATE attribute SET value = 'coach' WHERE name = 'role'", "1 person_year"),
        (
            "INSERT INTO coding (uid, unit, code_set, code, coder, pass, version, origin, at)"
            " SELECT 'new', unit, code_set, 1, coder, 0, version, origin, at FROM coding LIMIT 1",
            "1 coding",
        ),
    ],
)
def test_check_finds_what_was_changed_past_the_journal(
    study: Study, statement: str, words: str
) -> None:
    put_codes(study, add_coder(study, "AL"), "T-1:1", ["effort", "open"])
    with closing(sqlite3.connect(study.path)) as other, other:
        other.execute(statement)
    with pytest.raises(StudyProblem, match=f"not as the journal says: {words}"):
        check_study(study)


def test_check_takes_erased_text_as_it_is(study: Study) -> None:
    al = add_coder(study, "AL")
    write_memo(study, al, "excerpt", "T-1:1", "a name")
    study.store.db.execute("UPDATE change SET before = NULL, after = NULL WHERE object_kind='memo'")
    check_study(study)


def test_opening_and_closing_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        path = study.path
    before = path.read_bytes()
    with open_study(path) as study, study.again():
        assert study.store.counts()["excerpts"] == 4
    assert path.read_bytes() == before
    assert dump_of(path)


def test_the_study_is_closed_also_after_an_error(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        path = study.path
    with pytest.raises(UsageError), open_study(path) as study:
        find_code(study, "nonsense")
    with pytest.raises(sqlite3.ProgrammingError):
        study.store.counts()
    Store.open(path).close()
    assert [p.name for p in tmp_path.glob("test.coder*")] == ["test.coder"]
