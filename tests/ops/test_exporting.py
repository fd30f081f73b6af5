"""What an export writes, read back by other programs; and that it is the same every time."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from coder.errors import StudyProblem, UsageError
from coder.model import Viewer
from coder.ops.coding import put_codes, write_memo
from coder.ops.corpus import add_coder
from coder.ops.export_places import earlier_files
from coder.ops.exporting import export, tables_of
from coder.ops.library import load_codebook, use_codebook
from coder.ops.sample import BOOKS
from coder.ops.study import Study, open_study
from tests.factories import make_study, small_codebook
from tests.ops.coded import book_of, coded_study, set_of, spread
from tests.rounds import open_round

VIEWER = Viewer()


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Study]:
    shutil.copy(sample_file, tmp_path / "sample.coder")
    with open_study(tmp_path / "sample.coder") as study:
        yield study


@pytest.fixture(scope="module")
def folder(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("export")
    shutil.copy(sample_file, place / "sample.coder")
    with open_study(place / "sample.coder") as study:
        done = export(study, VIEWER, place / "out")
    assert done.notes == ()
    return place / "out"


@pytest.fixture(scope="module")
def workbook(folder: Path) -> Workbook:
    return openpyxl.load_workbook(folder / "sample.xlsx")


SHEETS = [
    "About",
    "attribution_by_role",
    "attribution_by_district_year",
    "adjustment_by_role",
    "adjustment_by_district_year",
    "who_by_role",
    "who_by_district_year",
    "cross_attribution_adjustment",
    "person_years",
    "shares",
    "agreement",
    "agreement_full",
    "confusion_attribution_valence",
    "confusion_adjustment_valence",
    "disagreements",
    "units",
    "unit_codes",
    "final_codes",
    "transcripts",
    "people",
    "memos",
    "codebook",
    *(f"codebook_{book}"[:31] for book in BOOKS[1:]),
    "data_dictionary",
]
"""Spreadsheets allow 31 characters."""


def test_every_table_is_a_sheet_and_a_csv_file(folder: Path, workbook: Workbook) -> None:
    assert workbook.sheetnames == SHEETS
    tables = {name.lower() for name in SHEETS if not name.startswith("codebook_")}
    tables |= {f"codebook_{book}" for book in BOOKS[1:]}
    names = {f"sample-{name}.csv" for name in tables} | {"sample.xlsx"}
    assert {path.name for path in folder.iterdir()} == names


def test_other_readers_see_the_same_sheets(folder: Path) -> None:
    book = CalamineWorkbook.from_path(folder / "sample.xlsx")
    assert book.sheet_names == SHEETS
    rows = book.get_sheet_by_name("attribution_by_role").to_python()
    assert rows[1][:4] == ["role", "productive", "%", "mixed"]
    assert rows[2][:3] == ["coach", 2.0, 1.0]


def test_headers_are_frozen_and_filtered(workbook: Workbook) -> None:
    for name in SHEETS[1:]:
        assert workbook[name].freeze_panes == "A3", name
        assert workbook[name].auto_filter.ref, name


def test_shares_are_numbers_with_a_percent_format(workbook: Workbook) -> None:
    sheet = workbook["attribution_by_role"]
    titles = [cell.value for cell in sheet[2]]
    at = titles.index("%")
    for row in range(3, 8):
        cell = sheet.cell(row=row, column=at + 1)
        assert cell.number_format == "0.0%"
        assert isinstance(cell.value, int | float)
    assert sheet.cell(row=5, column=at + 1).value == pytest.approx(1 / 3)


def test_columns_are_wide_enough_for_their_words(workbook: Workbook) -> None:
    sheet = workbook["people"]
    for column in sheet.iter_cols(min_row=2, max_row=4):
        letter = column[0].column_letter
        longest = max(len(word) for word in str(column[0].value).split())
        assert sheet.column_dimensions[letter].width >= longest


def test_charts_are_native(folder: Path, workbook: Workbook) -> None:
    charted = [name for name in SHEETS if workbook[name]._charts]
    assert charted == SHEETS[1:5]
    with zipfile.ZipFile(folder / "sample.xlsx") as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 4
        assert not [name for name in archive.namelist() if name.endswith((".png", ".jpeg"))]
        drawn = archive.read(charts[0]).decode()
    # Two attributes make one name for the axis.
    assert "percentStacked" in drawn


def test_it_says_what_must_be_said(folder: Path, workbook: Workbook) -> None:
    lines = [(row[0].value, row[1].value) for row in workbook["About"].iter_rows(min_row=3)]
    about = dict(lines)
    assert about["Sample"] == "Interviews, people and coders of this study are invented."
    assert "never a person" in about["Words"]
    assert about["Program"].startswith("coder ")
    books = [words for name, words in lines if name == "Codebook"]
    assert len(books) == len(BOOKS)
    for book, words in zip(BOOKS, books, strict=True):
        assert words.startswith(f"{book} 1.0.0, content id ")
    assert "not interchangeable" in about["Instruments"]
    for name in ("attribution_by_role", "shares", "units", "person_years"):
        texts = [str(cell.value) for row in workbook[name].iter_rows() for cell in row]
        assert any("never a person" in text for text in texts), name
    assert workbook.properties.title == "Sample study (invented)"
    assert "mist_student_views 1.0.0" in workbook.properties.description


# The same bytes.


def test_the_same_study_gives_the_same_bytes(sample: Study, folder: Path, tmp_path: Path) -> None:
    """Exported again, from a copy at another path, into another folder."""
    export(sample, VIEWER, tmp_path / "again")
    export(sample, VIEWER, tmp_path / "again")
    for path in folder.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_order_of_sets_in_memory_does_not_matter(
    sample_file: Path, folder: Path, tmp_path: Path
) -> None:
    shutil.copy(sample_file, tmp_path / "sample.coder")
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "coder", "export", "--to", f"out{seed}"],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "TZ": f"UTC-{seed}",
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            check=True,
            capture_output=True,
        )
        for path in folder.iterdir():
            assert (tmp_path / f"out{seed}" / path.name).read_bytes() == path.read_bytes()


# Formulas.

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', "'=1")


@pytest.fixture
def evil(tmp_path: Path) -> Iterator[Study]:
    """People's words, names, memos and codebook texts that would be formulas."""
    book = small_codebook()
    first = book.code_sets[0]
    codes = tuple(
        replace(code, name=EVIL[number % len(EVIL)], short="=1+1", definition="@x")
        for number, code in enumerate(first.codes)
    )
    book = replace(
        book,
        title="=cmd|' /C calc'!A0",
        notice="+1",
        citation=("@x",),
        code_sets=(replace(first, codes=codes, title="=x"), *book.code_sets[1:]),
    )
    turns = "[00:00:10] INT: {Q-WHY} Why?\n\n[00:00:20] T1: =2+5+cmd|' /C calc'!A0\n"
    given = {"district": "'@North'", "school": "'+Hill'", "turns": turns}
    with make_study(tmp_path, [given], book=book) as study:
        for alias in ("AL", "RR"):
            coder = add_coder(study, alias, "=1+1")
            put_codes(study, coder, "T-1:1", ["taught" if alias == "AL" else "effort"])
            write_memo(study, coder, "excerpt", "T-1:1", "=1+1")
        yield study


def test_nothing_is_a_formula_in_the_workbook(evil: Study, tmp_path: Path) -> None:
    export(evil, VIEWER, tmp_path / "out")
    path = tmp_path / "out" / "test.xlsx"
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
                assert b"<f " not in archive.read(name)
    texts = {
        cell.value
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    assert texts >= {"=1+1", "@North", "+Hill", "=2+5+cmd|' /C calc'!A0"}
    read = {
        cell
        for name in CalamineWorkbook.from_path(path).sheet_names
        for row in CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert "=2+5+cmd|' /C calc'!A0" in read


def _texts(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        numbers = {"kappa", "estimate", "low", "high", "alpha", "ac1"}
        keys = rows[0]
        found += [
            cell for row in rows for key, cell in zip(keys, row, strict=True) if key not in numbers
        ]
    return found


def test_texts_in_csv_are_guarded_unless_raw(evil: Study, tmp_path: Path) -> None:
    export(evil, VIEWER, tmp_path / "guarded", ["csv"])
    export(evil, VIEWER, tmp_path / "raw", ["csv"], raw=True)
    guarded, raw = _texts(tmp_path / "guarded"), _texts(tmp_path / "raw")
    assert [cell for cell in guarded if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    assert "'=2+5+cmd|' /C calc'!A0" in guarded
    assert "=2+5+cmd|' /C calc'!A0" in raw
    assert [cell for cell in raw if cell.startswith("'=")] == ["'=1"] * raw.count("'=1")


# Unusual studies.


def test_a_study_without_transcripts(tmp_path: Path) -> None:
    with make_study(tmp_path, ()) as study:
        done = export(study, VIEWER, tmp_path / "out")
    assert done.notes[0].startswith("no agreement tables: agreement takes two coders")
    book = openpyxl.load_workbook(tmp_path / "out" / "test.xlsx")
    assert "cause_by_year" in book.sheetnames
    assert not any(sheet._charts for sheet in book)


def test_three_coders_have_confusions_of_their_own(tmp_path: Path) -> None:
    topic = set_of("topic", "exclusive", ["task", "talk"], rule="count")
    said = [
        one
        for alias, words in (("AL", "task talk"), ("RR", "task task"), ("TT", "talk talk"))
        for one in spread(alias, "topic", words, 2, "T")
    ]
    with coded_study(tmp_path, book_of(topic), {"T-1": ["Q-WHY"] * 2}, said) as study:
        export(study, VIEWER, tmp_path / "out")
    names = openpyxl.load_workbook(tmp_path / "out" / "test.xlsx").sheetnames
    assert [name for name in names if name.startswith("confusion")] == [
        "confusion_topic_code_AL_RR",
        "confusion_topic_code_AL_TT",
        "confusion_topic_code_RR_TT",
    ]


def test_a_code_may_be_called_like_an_attribute_or_a_column(tmp_path: Path) -> None:
    codes = ["role", "n", "asked", "all", "value", "people"]
    topic = set_of("topic", "exclusive", codes, rule="highest", order=codes)
    other = set_of("other", "exclusive", ["x", "y"], rule="highest", order=["x", "y"])
    said = [
        one
        for alias, words in (("AL", "role n all"), ("RR", "n n value"))
        for one in spread(alias, "topic", words, 3, "T")
    ]
    with coded_study(tmp_path, book_of(topic, other), {"T-1": ["Q-WHY"] * 3}, said) as study:
        made = tables_of(study, VIEWER)
        export(study, VIEWER, tmp_path / "out")
    table = next(one for one in made.tables if one.name == "topic_by_role")
    assert [column.key for column in table.columns][:3] == ["role", "role_2", "role_of_codable"]


def test_every_codebook_of_the_study_is_in_it(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        use_codebook(study, load_codebook("mist_student_views_brief"))
        names = [table.name for table in tables_of(study, VIEWER).tables]
    assert {"codebook", "codebook_tiny"} <= set(names)


def test_very_long_tables_are_csv_only_and_it_is_said(
    sample: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = len(next(one for one in tables_of(sample, VIEWER).tables if one.name == "units").rows)
    monkeypatch.setattr("coder.ops.exporting.MOST_ROWS_IN_WORKBOOK", rows - 1)
    done = export(sample, VIEWER, tmp_path / "out")
    names = openpyxl.load_workbook(tmp_path / "out" / "sample.xlsx").sheetnames
    assert "units" not in names
    assert "unit_codes" in names
    assert (tmp_path / "out" / "sample-units.csv").is_file()
    note = f"units has {rows:,} rows, too many for the workbook: it is in the CSV files"
    assert note in done.notes
    alone = export(sample, VIEWER, tmp_path / "alone", ["xlsx"])
    assert any(f"units has {rows:,} rows" in one and "--format csv" in one for one in alone.notes)


# Refusals.


def test_unknown_and_missing_formats(sample: Study, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot export xls .*did you mean xlsx"):
        export(sample, VIEWER, tmp_path / "out", ["xls"])
    with pytest.raises(UsageError, match="no format is named"):
        export(sample, VIEWER, tmp_path / "out", [])
    assert not (tmp_path / "out").exists()


def test_a_target_that_cannot_be_written_leaves_nothing(sample: Study, tmp_path: Path) -> None:
    (tmp_path / "out" / "sample.xlsx").mkdir(parents=True)
    with pytest.raises(StudyProblem, match=r"sample\.xlsx"):
        export(sample, VIEWER, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["sample.xlsx"]
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StudyProblem, match="is a file, not a folder"):
        export(sample, VIEWER, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_an_older_export_is_replaced_whole(sample: Study, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(sample, VIEWER, out, ["csv"])
    whole = (out / "sample-units.csv").read_bytes()
    assert whole.count(b"\n") > 1000
    (out / "sample-units.csv").write_text("half")
    export(sample, VIEWER, out, ["csv"])
    assert (out / "sample-units.csv").read_bytes() == whole
    assert not list(out.glob(".coder-*"))


# Blind.


def test_what_a_round_hides_is_in_no_file(sample: Study, tmp_path: Path) -> None:
    open_round(sample, "one", ["AL", "RR"], ["AF-T01-Y1:7", "AF-T01-Y1:8"])
    export(sample, Viewer("RR"), tmp_path / "out", ["csv"], raw=True)
    hidden = ("AF-T01-Y1:7", "AF-T01-Y1:8")
    for name in ("units", "unit_codes"):
        with (tmp_path / "out" / f"sample-{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert not (row["unit"] in hidden and row["coder"] == "AL"), name
    with (tmp_path / "out" / "sample-final_codes.csv").open(encoding="utf-8", newline="") as file:
        finals = {(row["unit"], row["code_set"]): row for row in csv.DictReader(file)}
    # Settled by AL as both causes; RR sees only her own answer.
    assert finals["AF-T01-Y1:7", "attribution"]["codes"] == "effort_character"
    disagreements = (tmp_path / "out" / "sample-disagreements.csv").read_text(encoding="utf-8")
    assert "AF-T01-Y1:7" not in disagreements
    about = (tmp_path / "out" / "sample-about.csv").read_text(encoding="utf-8")
    assert "Codings shown to,RR" in about


def test_where_asked_nothing_is_replaced_and_nothing_is_written(
    study: Study, tmp_path: Path
) -> None:
    there = tmp_path / "out" / f"{study.path.stem}-units.csv"
    there.parent.mkdir()
    there.write_text("mine")
    with pytest.raises(StudyProblem, match=r"units.csv: already there"):
        export(study, VIEWER, there.parent, replacing=False)
    assert [path.name for path in there.parent.iterdir()] == [there.name]
    assert there.read_text() == "mine"
    # A file that only looks like one of ours is in nobody's way.
    there.rename(there.with_name(f"{study.path.stem}-mine.csv"))
    done = export(study, VIEWER, there.parent, replacing=False)
    assert there in done.files
    assert set(earlier_files(study, there.parent, ["csv"])) - set(done.files) == {
        there.with_name(f"{study.path.stem}-mine.csv")
    }
