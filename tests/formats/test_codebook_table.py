"""Codebooks as spreadsheets: back the same, and taken from tables that people make."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.errors import BadInput
from coder.formats.codebook_import import ImportedBook
from coder.formats.codebook_table import left_out
from coder.formats.codebook_table.columns import KEYS
from coder.formats.codebook_table.reading import read_codebook_table
from coder.formats.codebook_yaml import parse_codebook, read_codebook
from coder.model import Code, Codebook, Rollup
from coder.ops.codebook_files import export_codebook, import_codebook
from tests.factories import small_codebook
from tests.formats.books import codebooks
from tests.formats.test_codebook_yaml import BOOKS


def as_table_has_it(book: Codebook) -> Codebook:
    """The book without what a table of codes does not say."""
    sets = tuple(
        replace(
            one,
            rollup=Rollup(
                one.rollup.rule,
                options={k: v for k, v in one.rollup.options.items() if k == "order"},
            ),
            options={},
        )
        for one in book.code_sets
    )
    return replace(book, code_sets=sets, protocol=(), unit={}, options={})


def back(book: Codebook, folder: Path, form: str) -> ImportedBook:
    path = folder / f"book.{form}"
    path.write_bytes(export_codebook(book, form).data)
    return read_codebook_table(path)


NAMES = ("+", "-1", "@sum", "=1", "'", "\tx")
TRICKY = small_codebook()
TRICKY = replace(
    TRICKY,
    citation=("=cite",),
    code_sets=tuple(
        replace(
            code_set,
            title="=1+1",
            codes=tuple(
                replace(code, name=name, definition="'=x", exclude="_x0041_", example='a "b",\n;')
                for code, name in zip(code_set.codes, NAMES, strict=True)
            ),
        )
        for code_set in TRICKY.code_sets[:1]
    ),
)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(book=codebooks())
def test_every_book_comes_back_from_csv(book: Codebook, tmp_path: Path) -> None:
    found = back(book, tmp_path, "csv")
    assert found.book.code_sets == as_table_has_it(book).code_sets
    assert found.notes == ()


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(book=codebooks())
def test_every_book_comes_back_from_a_workbook(book: Codebook, tmp_path: Path) -> None:
    found = back(book, tmp_path, "xlsx")
    assert found.book == as_table_has_it(book)
    assert found.notes == ()
    assert export_codebook(book, "xlsx").data == export_codebook(book, "xlsx").data


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_texts_that_would_be_formulas(form: str, tmp_path: Path) -> None:
    assert back(TRICKY, tmp_path, form).book.code_sets == as_table_has_it(TRICKY).code_sets
    if form == "csv":
        assert b",'+," in (tmp_path / "book.csv").read_bytes()


@pytest.mark.parametrize("path", sorted(BOOKS.glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_shipped_books_come_back(path: Path, form: str, tmp_path: Path) -> None:
    book = read_codebook(path)
    assert back(book, tmp_path, form).book.code_sets == as_table_has_it(book).code_sets
    found = import_codebook(tmp_path / f"book.{form}")
    assert parse_codebook(found.text, "book.yaml").code_sets == as_table_has_it(book).code_sets


def test_what_is_left_out_is_said() -> None:
    book = read_codebook(BOOKS / "mist_student_views_brief.yaml")
    assert {"id", "version", "title", "citation", "notice", "protocol", "unit"} <= set(
        left_out(book, with_about=False)
    )
    assert "citation" not in left_out(book, with_about=True)
    (note,) = export_codebook(book, "csv").notes
    assert note.startswith("not in the table: id, version, title, ")
    assert "settings of rollup" in note
    assert export_codebook(book, "yaml").notes == export_codebook(book, "qdc").notes == ()


def taken(folder: Path, text: str, name: str = "My codes.csv") -> ImportedBook:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_codebook_table(path)


def test_a_table_with_names_and_nothing_else_to_go_by(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "Label,Description,Colour,Remarks\n"
        "Earlier grades,What they had.,#abcdef,x\n"
        "Earlier grades,Again.,,\n"
        "\n"
        "Don't know,,,\n",
    )
    book = found.book
    assert (book.id, book.title) == ("my_codes", "My codes")
    (code_set,) = book.code_sets
    assert (code_set.id, code_set.title, code_set.mode) == ("codes", "Codes", "multi")
    assert code_set.rollup.rule == "count"
    assert code_set.codes == (
        Code("earlier_grades", "Earlier grades", definition="What they had.", color="#abcdef"),
        Code("earlier_grades_2", "Earlier grades", definition="Again."),
        Code("dont_know", "Don't know"),
    )
    told = "\n".join(found.notes)
    assert 'column "Remarks" is not known and left out' in told
    assert "code set codes: assumed mode multi and roll-up count" in told
    assert 'names that come more than once got numbers in their ids: "Earlier grades"' in told
    assert found.places["earlier_grades_2"].endswith("My codes.csv, row 3")


def test_what_a_spreadsheet_program_saves_as_csv_has_a_title_above(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "Our book,,,\nSet,Code,Name,Roll-up\na,one,One,highest\na,two,Two,\n,,,\nA remark,,,\n",
    )
    (code_set,) = found.book.code_sets
    assert [code.id for code in code_set.codes] == ["one", "two"]
    assert code_set.rollup == Rollup("highest", options={"order": ["one", "two"]})
    assert "code set a: assumed mode multi and its first code as the highest" in found.notes
    assert "row 6 stands apart and names no code: left out" in found.notes


def test_a_category_column_with_names(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "Category,Code,Definition\nAccess,Tracking,a\nAccess,Materials,b\nEffort,Homework,c\n",
    )
    assert [(c.id, c.name, c.parent, c.is_category) for _, c in found.book.codes()] == [
        ("access", "Access", "", True),
        ("Tracking", "Tracking", "access", False),
        ("Materials", "Materials", "access", False),
        ("effort", "Effort", "", True),
        ("Homework", "Homework", "effort", False),
    ]
    assert "the names in the category column became categories" in found.notes


def test_rubrics_parents_by_name_and_words_in_any_case(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "set;code;name;level;below;codable;retired;valence;replaced by\n"
        "Vision;v0;None;0;;No;;NONE;\n"
        "Vision;v1;Some;1;none;YES;true;Mixed;v0\n",
    )
    (code_set,) = found.book.code_sets
    assert (code_set.id, code_set.mode, code_set.rollup.rule) == ("Vision", "ordinal", "max")
    first, second = code_set.codes
    assert (first.level, first.codable, first.valence) == (0, False, "none")
    assert (second.level, second.parent, second.is_retired) == (1, "v0", True)
    assert (second.valence, second.replaced_by) == ("mixed", ("v0",))
    assert any("semicolons between the cells" in note for note in found.notes)


HEAD = "code_set,mode,code,name,valence,level,codable,parent,color,key\n"
GOOD = "a,multi,one,One,none,,,,,1\n"
BAD: dict[str, tuple[str, str]] = {
    "no names of columns": ("one,two\n1,2\n", "no row names a column code or name"),
    "only a header": (HEAD, "no code stands below the column names"),
    "neither code nor name": (HEAD + GOOD + "a,,,,mixed,,,,,\n", "row 3: neither a code nor"),
    "code twice": (HEAD + GOOD + GOOD, 'row 3, column "code": the code "one" stands in row 2'),
    "valence": (HEAD + "a,multi,one,One,prodctive,,,,,\n", 'did you mean "productive"?'),
    "mode": (HEAD + "a,mult,one,One,,,,,,\n", 'row 2, column "mode": "mult" is not known'),
    "two modes": (
        HEAD + GOOD + "a,exclusive,two,Two,,,,,,\n",
        'row 3, column "mode": "exclusive" here, and "multi" above',
    ),
    "level": (HEAD + "a,ordinal,one,One,,high,,,,\n", '"high" is no whole number'),
    "yes or no": (HEAD + "a,multi,one,One,,,perhaps,,,\n", '"perhaps" is neither yes nor no'),
    "parent": (HEAD + GOOD + "a,,two,Two,,,,nobody,,\n", 'row 3, column "parent": there is no'),
    "too many cells": (HEAD + GOOD.replace("\n", ",x\n"), "row 2: more cells than the 10"),
    "two columns alike": ("code,Code id,name\na,b,c\n", "mean the same"),
    "set without letters": (HEAD + "!!,multi,one,One,,,,,,\n", '"!!" is no id'),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_rows_are_named(case: str, tmp_path: Path) -> None:
    text, words = BAD[case]
    with pytest.raises(BadInput) as refused:
        taken(tmp_path, text, "bad.csv")
    assert words in str(refused.value)
    assert "bad.csv" in refused.value.message
    assert refused.value.hint
    assert "\n" not in str(refused.value)


FAULTY: dict[str, tuple[str, str]] = {
    "colour": (HEAD + GOOD + "a,,two,Two,,,,,red,\n", 'row 3: color: "red" is no colour'),
    "reserved key": (HEAD + GOOD + "a,,two,Two,,,,,,j\n", 'row 3: key: the key "j" is reserved'),
    "key twice": (HEAD + GOOD + "a,,two,Two,,,,,,1\n", "row 3: key: "),
    "level twice": (
        HEAD + "v,ordinal,a,A,,1,,,,\nv,ordinal,b,B,,1,,,,\n",
        "row 3: level: level 1 is used twice",
    ),
    "parents in a circle": (
        HEAD + "a,multi,one,One,,,,two,,\na,,two,Two,,,,one,,\n",
        "row 2: parent: goes in a circle: one below two below one, and 1 more",
    ),
}


@pytest.mark.parametrize("case", FAULTY)
def test_what_the_checker_finds_is_named_by_row(case: str, tmp_path: Path) -> None:
    text, words = FAULTY[case]
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        import_codebook(path)
    assert words in str(refused.value)
    assert refused.value.hint


def test_a_workbook_with_a_title_above_and_notes_below(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Our codes"
    for cells in (
        ["Codes of our team"],
        ["Set", "Code", "Name", "Key", "Level"],
        ["a", "one", "One", 1, None],
        [None],
        ["a", "two", "Two", "a", None],
        [None],
        ["Agreed upon in May"],
    ):
        sheet.append(cells)
    book.create_sheet("Scrap").append(["anything"])
    path = tmp_path / "ours.xlsx"
    book.save(path)
    found = read_codebook_table(path)
    assert [(c.id, c.key) for _, c in found.book.codes()] == [("one", "1"), ("two", "a")]
    assert 'left out other sheets: "Scrap"' in found.notes
    assert "row 7 stands apart and names no code: left out" in found.notes
    sheet["B3"] = "=1/0"
    sheet["D3"] = "=A1"
    book.save(path)
    with pytest.raises(BadInput, match=r'sheet "Our codes", row 3, column "Code": an error or a f'):
        read_codebook_table(path)


CELLS = [
    "", " ", "a", "A b", "a", "b", "c_d", "yes", "no", "1", "0", "-2", "j", "x", "nothing", "mixed",
    "multi", "ordinal", "count", "max", "#1f77b4", "red", "'=1", "a;b", "a; a", "ä\n|", "perhaps",
]  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_table_is_taken_or_refused_in_one_line(data: st.DataObject, tmp_path: Path) -> None:
    titles = data.draw(st.lists(st.sampled_from([*KEYS, "Remarks"]), min_size=1, unique=True))
    cells = st.sampled_from(CELLS)
    rows = data.draw(
        st.lists(st.lists(cells, min_size=1, max_size=len(titles)), min_size=1, max_size=5)
    )
    path = tmp_path / "theirs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([titles, *rows])
    try:
        found = import_codebook(path)
    except BadInput as error:
        refused = str(error)
    else:
        assert parse_codebook(found.text, "theirs.yaml") == found.book
        return
    assert refused.startswith(str(path))
    assert "\n" not in refused
