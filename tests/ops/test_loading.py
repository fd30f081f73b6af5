"""Codings made elsewhere: long or wide, all or none, one line for what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.errors import BadInput, CoderError
from coder.model import Coder, Viewer
from coder.ops.coding import press_code, unit_work, worksheet, write_memo
from coder.ops.corpus import add_coder, coder_named, list_coders
from coder.ops.excerpts import drop_excerpt
from coder.ops.history import log, undo
from coder.ops.library import use_codebook
from coder.ops.loading import load_codings
from coder.ops.study import Study, open_study
from coder.store import read_models
from tests.factories import small_codebook
from tests.replaying import assert_answers_are_whole, assert_tables_are_what_the_journal_says


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "codings.csv"
    path.write_text(text.replace("    ", "").strip() + "\n", encoding="utf-8")
    return path


def on(study: Study, alias: str, ref: str) -> tuple[list[str], dict[str, str]]:
    assert_answers_are_whole(study)
    work = unit_work(study, coder_named(study, alias), ref)
    return [coding.code for coding in work.codings], dict(work.decisions)


LONG = """
    excerpt,code_set,code,coder,memo
    T-1:1,cause,effort,AL,why so
    T-1:1,cause,taught,AL,
    T-1:1,vision,,AL,looked twice
    T-1:2,support,open,AL,
    T-1:1,cause,,RR,
    T-1:2,support,n/a,RR,
"""


def test_long(study: Study, tmp_path: Path) -> None:
    report = load_codings(study, table(tmp_path, LONG))
    assert (report.layout, report.coders, report.units) == ("long", ("AL", "RR"), 2)
    assert (report.codes, report.nothing) == (3, 2)
    assert on(study, "AL", "T-1:1") == (
        ["taught", "effort"],
        {"cause": "coded", "vision": "nothing", "support": "not_applicable"},
    )
    assert on(study, "RR", "T-1:1") == ([], {"cause": "nothing", "support": "not_applicable"})
    assert on(study, "RR", "T-1:2")[1]["support"] == "not_applicable"
    work = unit_work(study, coder_named(study, "AL"), "T-1:1")
    assert {coding.code: coding.memo for coding in work.codings} == {
        "taught": "",
        "effort": "why so",
    }
    assert work.memo == "looked twice"
    assert {coding.origin for coding in work.codings} == {"load"}
    assert_tables_are_what_the_journal_says(study)


def test_wide(study: Study, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        """
        excerpt,cause,tiny:support
        T-1:1,effort; taught,
        T-1:2,,open
        T-1:3,nothing,n/a
        """,
    )
    report = load_codings(study, path, coder="AL")
    assert (report.layout, report.units, report.codes, report.nothing) == ("wide", 3, 3, 1)
    assert on(study, "AL", "T-1:1")[0] == ["taught", "effort"]
    assert on(study, "AL", "T-1:2")[0] == ["open"]
    assert on(study, "AL", "T-1:3")[1] == {"cause": "nothing", "support": "not_applicable"}


def test_what_the_table_does_not_say_stays_open(study: Study, tmp_path: Path) -> None:
    """Absence is recorded, never inferred: a blank cell is not "nothing applies"."""
    path = table(tmp_path, "excerpt,cause,vision\nT-1:1,effort,\nT-1:3,,v2")
    load_codings(study, path, coder="AL")
    assert on(study, "AL", "T-1:1")[1] == {"cause": "coded", "support": "not_applicable"}
    assert on(study, "AL", "T-1:3")[1] == {"vision": "coded", "support": "not_applicable"}
    assert not unit_work(study, coder_named(study, "AL"), "T-1:1").is_finished


def test_unasked_sets_can_be_left_open(study: Study, tmp_path: Path) -> None:
    load_codings(study, table(tmp_path, LONG), finish=False)
    assert on(study, "AL", "T-1:1")[1] == {"cause": "coded", "vision": "nothing"}


def test_loading_twice_changes_nothing(study: Study, tmp_path: Path) -> None:
    path = table(tmp_path, LONG)
    load_codings(study, path)
    before = study.store.db.serialize()
    assert load_codings(study, path).entry == ""
    assert study.store.db.serialize() == before


def test_loading_adds_to_what_the_coder_put_on_by_hand(study: Study, tmp_path: Path) -> None:
    al = add_coder(study, "AL")
    press_code(study, al, "T-1:1", "cause", "hard")
    press_code(study, al, "T-1:1", "cause", "effort")
    press_code(study, al, "T-1:2", "support", "steps")
    load_codings(study, table(tmp_path, LONG))
    assert on(study, "AL", "T-1:1")[0] == ["taught", "effort", "hard"]
    assert on(study, "AL", "T-1:2")[0] == ["open"], "a set that takes one code takes the new one"
    origins = {c.code: c.origin for c in unit_work(study, al, "T-1:1").codings}
    assert origins == {"taught": "load", "effort": "hand", "hard": "hand"}


def test_loading_leaves_other_people_alone(study: Study, tmp_path: Path) -> None:
    zz = add_coder(study, "ZZ")
    press_code(study, zz, "T-1:1", "cause", "hard")
    write_memo(study, zz, "excerpt", "T-1:1", "mine")
    before = worksheet(study, zz, "T-1")
    load_codings(study, table(tmp_path, LONG))
    assert worksheet(study, zz, "T-1") == before


def test_one_entry_by_the_coder_or_by_nobody_where_there_are_several(
    study: Study, tmp_path: Path
) -> None:
    load_codings(study, table(tmp_path, "excerpt,code\nT-1:1,effort"), coder="AL")
    load_codings(study, table(tmp_path, LONG))
    lines = log(study, Viewer())[:4]
    assert [(line.actor, line.kind, line.words) for line in lines] == [
        ("", "load", "loaded 3 codes on 2 units from codings.csv"),
        ("RR", "coder", "added the coder RR"),
        ("AL", "load", "loaded 1 codes on 1 units from codings.csv"),
        ("AL", "coder", "added the coder AL"),
    ]
    undo(study, None)
    assert on(study, "AL", "T-1:1")[0] == ["effort"]


def test_several_notes_on_one_excerpt_are_all_kept(study: Study, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "excerpt,code_set,code,memo\nT-1:1,cause,,first\nT-1:1,vision,,second\nT-1:1,who,,first",
    )
    load_codings(study, path, coder="AL")
    assert unit_work(study, coder_named(study, "AL"), "T-1:1").memo == "first\n\nsecond"


def test_dry_run_checks_everything_and_keeps_nothing(study: Study, tmp_path: Path) -> None:
    before = study.store.db.serialize()
    report = load_codings(study, table(tmp_path, LONG), dry_run=True)
    assert (report.coders, report.codes, report.entry) == (("AL", "RR"), 3, "")
    assert study.store.db.serialize() == before
    assert list_coders(study) == ()


@pytest.mark.parametrize(
    ("rows", "row", "words", "hint"),
    [
        ("T-1:1,cause,effort,AL\nT-9:9,cause,effort,AL", 3, "no excerpt T-9:9", "coder excerpts"),
        ("T-1:1,cause,effort,AL\nT-1:2,cause,efort,AL", 3, "no code efort", "did you mean effort"),
        ("T-1:1,cause,open,AL", 2, "no code open", ""),
        ("T-1:1,caus,effort,AL", 2, "no code set caus", "did you mean cause?"),
        ("T-1:1,cause,effort,AL\nT-1:2,cause,effort,", 3, "no coder is named", "--coder AL"),
        ("T-1:1,cause,effort,A L!", 2, "cannot be a coder's short name", "up to 12"),
        ("T-1:1,cause,effort,rr", 2, "there is a coder RR already", "say RR"),
        ("T-1:1,,,AL", 2, "an empty code needs a code set", "add a code_set column"),
        ("T-1:1,support,open,AL\nT-1:1,support,steps,AL", 3, "support takes one code", ""),
        ("T-1:1,cause,effort,AL\nT-1:1,tiny:cause,,AL", 3, "both codes and an empty code", ""),
        ("T-1:1,cause,n/a,AL\nT-1:1,tiny:cause,,AL", 3, "both nothing and not applicable", ""),
        ("T-1:1,cause,effort,AL\nT-1:1,cause,effort,AL", 3, "stands in row 2 already", "remove"),
        ("T-1:1,cause,effort,AL\nT-1:1,cause,,AL", 3, "nothing here and coded in row 2", ""),
        ("T-1:1,cause,effort,AL\nT-1:2,other:cause,effort,AL", 3, "no code set other:cause", ""),
    ],
)
def test_what_does_not_fit_is_one_line_with_file_and_row(
    study: Study, tmp_path: Path, rows: str, row: int, words: str, hint: str
) -> None:
    add_coder(study, "RR")
    path = table(tmp_path, f"excerpt,code_set,code,coder\n{rows}")
    before = study.store.db.serialize()
    for dry_run in (True, False):
        with pytest.raises(BadInput, match=words) as refusal:
            load_codings(study, path, dry_run=dry_run)
        assert f"codings.csv, row {row}: " in refusal.value.message
        assert hint in refusal.value.hint
        assert "\n" not in str(refusal.value)
        assert study.store.db.serialize() == before


def test_an_excerpt_that_is_gone(study: Study, tmp_path: Path) -> None:
    drop_excerpt(study, add_coder(study, "AL"), "T-1:2")
    with pytest.raises(BadInput, match=r"row 5: T-1:2 was split, joined or dropped"):
        load_codings(study, table(tmp_path, LONG))


def test_sets_of_several_codebooks_in_one_table(study: Study, tmp_path: Path) -> None:
    use_codebook(study, small_codebook("other"))
    rows = "T-1:1,tiny:cause,effort\nT-1:1,other:cause,taught\nT-1:2,cause,hard"
    report = load_codings(study, table(tmp_path, f"excerpt,code_set,code\n{rows}"), coder="AL")
    assert (report.units, report.codes) == (2, 3)
    found = unit_code_rows(study)
    assert found == {
        ("T-1:1", "tiny:cause", "effort"),
        ("T-1:1", "other:cause", "taught"),
        ("T-1:2", "other:cause", "hard"),
    }, "a short name means the active codebook's set"


def test_a_set_of_no_codebook(study: Study, tmp_path: Path) -> None:
    path = table(tmp_path, "excerpt,code_set,code\nT-1:1,third:cause,effort")
    with pytest.raises(BadInput, match="row 2: there is no code set third:cause"):
        load_codings(study, path, coder="AL")


def unit_code_rows(study: Study) -> set[tuple[str, str, str]]:
    columns = read_models.UNIT_CODE_COLUMNS
    at = [columns.index(name) for name in ("unit", "code_set", "code")]
    rows = read_models.unit_code_table(study.store.db, Viewer("AL"))
    return {(row[at[0]], row[at[1]], row[at[2]]) for row in rows}


@pytest.mark.parametrize("name", ["none.csv", "notes.docx"])
def test_files_that_are_no_tables(study: Study, tmp_path: Path, name: str) -> None:
    with pytest.raises(CoderError, match=name):
        load_codings(study, tmp_path / name, coder="AL")


def test_a_failure_on_the_way_leaves_no_half_and_no_new_coder(study: Study, tmp_path: Path) -> None:
    before = study.store.db.serialize()
    pages = study.store.db.execute("PRAGMA page_count").fetchone()[0]
    study.store.db.execute(f"PRAGMA max_page_count = {pages}")
    rows = "\n".join(f"T-1:{n},cause,,NEW,{'long ' * 2000}" for n in range(1, 5))
    path = table(tmp_path, f"excerpt,code_set,code,coder,memo\n{rows}")
    with pytest.raises(CoderError, match="disk is full"):
        load_codings(study, path)
    assert study.store.db.serialize() == before
    assert list_coders(study) == ()


def test_a_second_window_sees_all_or_nothing(study: Study, tmp_path: Path) -> None:
    with open_study(study.path) as window:
        load_codings(study, table(tmp_path, LONG))
        assert [coder.alias for coder in list_coders(window)] == ["AL", "RR"]
        assert on(window, "AL", "T-1:1")[0] == ["taught", "effort"]


def test_a_coder_who_is_there_is_used(study: Study, tmp_path: Path) -> None:
    al: Coder = add_coder(study, "AL", "Ana")
    load_codings(study, table(tmp_path, LONG))
    assert coder_named(study, "AL") == al
