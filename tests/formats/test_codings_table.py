"""Codings made elsewhere: long and wide, CSV and workbook, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import BadInput
from coder.formats.codings_table import CodingsTable, read_codings
from coder.formats.tables import Column, Table, to_csv, to_tsv
from coder.formats.workbook import write_workbook
from tests.formats.test_sheets import saved


def codings(folder: Path, text: str, name: str = "codings.csv", **options: object) -> CodingsTable:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_codings(path, **options)  # type: ignore[arg-type]


def refused(folder: Path, text: str, name: str = "codings.csv") -> str:
    with pytest.raises(BadInput) as error:
        codings(folder, text, name)
    assert name in error.value.message
    assert "\n" not in str(error.value)
    assert error.value.hint
    return str(error.value)


def test_long_form(tmp_path: Path) -> None:
    table = codings(
        tmp_path,
        "Excerpt,Code set,Code,Coder,Memo\n"
        "AF:1,attribution,instruction_now,AL,why not\n"
        "AF:1,attribution,content_hard,AL,\n"
        "\n"
        "AF:2,attribution,,AL,\n"
        "AF:2,adjustment,N/A,AL,\n"
        "AF:3,book:who,not_applicable,RR,\n",
    )
    assert table.form == "long"
    assert [
        (r.row_number, r.unit, r.code_set, r.code, r.coder, r.memo, r.status) for r in table.rows
    ] == [
        (2, "AF:1", "attribution", "instruction_now", "AL", "why not", "coded"),
        (3, "AF:1", "attribution", "content_hard", "AL", "", "coded"),
        (5, "AF:2", "attribution", "", "AL", "", "nothing"),
        (6, "AF:2", "adjustment", "", "AL", "", "not_applicable"),
        (7, "AF:3", "book:who", "", "RR", "", "not_applicable"),
    ]
    assert table.notes == ()
    assert table.description.endswith(
        "codings.csv: long form, 3 excerpts, 5 codings and decisions, "
        "from columns Excerpt, Code set, Code, Coder, Memo"
    )


@pytest.mark.parametrize("unit", ["excerpt", "unit", "ref", "UNIT"])
def test_two_columns_are_enough(tmp_path: Path, unit: str) -> None:
    table = codings(tmp_path, f"code,{unit}\nx,AF:1\n")
    (row,) = table.rows
    assert (row.unit, row.code, row.code_set, row.coder, row.memo) == ("AF:1", "x", "", "", "")


def test_wide_form(tmp_path: Path) -> None:
    table = codings(
        tmp_path,
        "excerpt,attribution,views:adjustment,coder\n"
        "AF:1,instruction_now; content_hard,nothing,AL\n"
        "AF:2,,n/a,AL\n"
        "AF:2,home_family;,,RR\n",
    )
    assert table.form == "wide"
    assert [(r.row_number, r.code_set, r.code, r.coder, r.status) for r in table.rows] == [
        (2, "attribution", "instruction_now", "AL", "coded"),
        (2, "attribution", "content_hard", "AL", "coded"),
        (2, "views:adjustment", "", "AL", "nothing"),
        (3, "views:adjustment", "", "AL", "not_applicable"),
        (4, "attribution", "home_family", "RR", "coded"),
    ]
    (note,) = table.notes
    assert note.startswith("2 blank cells were taken as not finished")


def test_semicolons_between_cells_and_between_codes(tmp_path: Path) -> None:
    table = codings(tmp_path, 'excerpt;attribution;who\nAF:1;"a;b";c\n')
    assert [(r.code_set, r.code) for r in table.rows] == [
        ("attribution", "a"),
        ("attribution", "b"),
        ("who", "c"),
    ]
    assert "semicolons between the cells" in table.notes[0]


def test_columns_that_mean_nothing_here_are_named(tmp_path: Path) -> None:
    table = codings(tmp_path, "excerpt,code,codr,colour,transcript\nAF:1,x,AL,red,AF\n")
    assert table.ignored == ("codr", "colour", "transcript")
    assert table.notes == (
        'column "codr" is ignored (did you mean "coder"?)',
        'column "colour" is ignored',
        'column "transcript" is ignored',
    )


def test_known_code_sets_decide_which_columns_are_read(tmp_path: Path) -> None:
    text = "excerpt,attribution,adjustmnt,views:who,Notes of mine,text\nAF:1,a,b,c,d,e\n"
    known = ["views:attribution", "views:adjustment", "views:who"]
    table = codings(tmp_path, text, code_sets=known)
    assert {row.code_set for row in table.rows} == {"attribution", "views:who"}
    assert table.ignored == ("adjustmnt", "Notes of mine", "text")
    assert "did you mean" in table.notes[0]
    free = codings(tmp_path, text)
    assert [row.code_set for row in free.rows] == ["attribution", "adjustmnt", "views:who"]
    with pytest.raises(BadInput, match="none that names a code set"):
        codings(tmp_path, text, code_sets=["cause"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AF:1,x\nAF:2,y\n", "row 1: no header with a column excerpt, unit or ref"),
        ("exerpt,code\nAF:1,x\n", 'row 1: column "exerpt" (did you mean "excerpt"?)'),
        ("excerpt,cod,coder\nAF:1,x,AL\n", 'row 1: column "cod" (did you mean "code"?)'),
        ("excerpt\nAF:1\n", "row 1: the only column is"),
        ("excerpt,text\nAF:1,words\n", "row 1: no column code"),
        ("excerpt,code\n", "a header and no rows below it"),
        ("excerpt,code,code\nAF:1,x,y\n", 'row 1: two columns are called "code"'),
        ("excerpt,code\nAF:1,x\n ,y\n", "row 3: no excerpt is named"),
        ("excerpt,attribution,who\n,,x\n", "row 2: no excerpt is named"),
        ("excerpt,code\nAF:1\n", "row 2: 1 cell under 2 columns"),
        ("excerpt,code\nAF:1,x\nAF:2,x,y\n", "row 3: 3 cells under 2 columns"),
        ("excerpt,,code\nAF:1,lost,x\n", 'row 2: "lost" has no column name above it'),
        (
            "excerpt,code,coder\nAF:1,x,AL\nAF:1,x,RR\nAF:1,x,AL\n",
            'row 4: code "x" on "AF:1" by "AL" stands in row 2 already',
        ),
        ("excerpt,code\nAF:1,\nAF:1,\n", 'row 3: nothing on "AF:1" stands in row 2 already'),
        (
            "excerpt,set,code\nAF:1,s,x\nAF:1,s,\n",
            'row 3: "AF:1" is nothing here and coded in row 2 (keep what is true)',
        ),
        ("excerpt,code\nAF:1,x\nAF:1,n/a\n", "not applicable here and coded in row 2"),
        ("excerpt,attribution\nAF:1,a;nothing\n", "nothing here and coded in row 2"),
        ("excerpt,attribution\nAF:1,a;a\n", "stands in row 2 already"),
        ("excerpt,attribution\nAF:1,;\n", "row 2: semicolons without a code"),
    ],
)
def test_faults_are_named_by_file_and_row(tmp_path: Path, text: str, words: str) -> None:
    assert words in refused(tmp_path, text)


def test_bytes_of_latin_1_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    path.write_bytes("excerpt,code,memo\nAF:1,x,ok\nAF:2,x,caf\xe9\n".encode("latin-1"))
    with pytest.raises(BadInput, match=r"codings\.csv, line 3, column 11: byte 0xE9 is not UTF-8"):
        read_codings(path)


def test_workbooks_are_read_below_a_title_and_above_the_notes(tmp_path: Path) -> None:
    columns = tuple(Column(key, key) for key in ("excerpt", "code_set", "code", "coder", "memo"))
    rows = (("AF:1", "attribution", "x", "AL", "=1+1"), ("AF:2", "attribution", None, "AL", ""))
    table = Table("codings", "Codings", columns, rows, ("Codes of both coders, as they stand.",))
    about = Table("about", "Demo", (Column("k", "K"), Column("v", "V")), (("study", "demo"),))
    excerpts = Table(
        "list", "L", (Column("excerpt", "excerpt"), Column("text", "text")), (("a", "b"),)
    )
    path = tmp_path / "codings.xlsx"
    write_workbook(path, [excerpts, table], about=about)
    read = read_codings(path)
    assert [(r.row_number, r.unit, r.code, r.memo, r.status) for r in read.rows] == [
        (3, "AF:1", "x", "=1+1", "coded"),
        (4, "AF:2", "", "", "nothing"),
    ]
    assert read.sheet == "codings"
    assert read.notes == (
        "from row 6 on, taken as notes below the table",
        'read sheet "codings" only; "list" look like codings too',
    )


def test_cells_that_a_spreadsheet_changed_are_refused(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        {"s!A1": "excerpt", "s!B1": "code", "s!A2": date(2024, 3, 4), "s!B2": "x"},
    )
    with pytest.raises(
        BadInput, match=r'sheet "s", row 2, column "excerpt": .*the date 2024-03-04'
    ):
        read_codings(path)
    path = saved(
        tmp_path / "b.xlsx", {"s!A1": "excerpt", "s!B1": "code", "s!A2": "AF:1", "s!B2": "#N/A"}
    )
    with pytest.raises(BadInput, match='row 2, column "code": an error or a formula'):
        read_codings(path)


def test_numbers_in_a_workbook_read_as_typed(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", {"s!A1": "unit", "s!B1": "level", "s!A2": 12, "s!B2": 3})
    with pytest.raises(BadInput, match="no column code"):
        read_codings(path)
    (row,) = read_codings(path, code_sets=["level"]).rows
    assert (row.unit, row.code_set, row.code) == ("12", "level", "3")


def test_the_guard_of_our_export_is_taken_off(tmp_path: Path) -> None:
    (row,) = codings(tmp_path, "excerpt,code,memo\n'-AF:1,x,'=1+1\n").rows
    assert (row.unit, row.memo) == ("-AF:1", "=1+1")
    (row,) = codings(tmp_path, "excerpt,code,memo\nAF:1,x,'quoted' words\n").rows
    assert row.memo == "'quoted' words"


memos = st.builds(
    str.__add__,
    st.text("'=+-@\t\r\n,;\" ", max_size=4),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
)
references = st.from_regex(r"[=+@'A-Za-z0-9:-]{1,12}", fullmatch=True)


@settings(max_examples=120, deadline=None)
@given(
    st.dictionaries(references, memos, min_size=1, max_size=5),
    st.sampled_from([("c.csv", to_csv), ("c.tsv", to_tsv)]),
)
def test_what_we_export_is_what_we_load(
    tmp_path_factory: pytest.TempPathFactory, said: dict[str, str], form: tuple[str, object]
) -> None:
    name, write = form
    columns = (Column("excerpt", "E"), Column("code", "C"), Column("memo", "M"))
    rows = tuple((unit, "x", memo) for unit, memo in said.items())
    assert callable(write)
    path = tmp_path_factory.mktemp("codings") / name
    path.write_text(write(Table("t", "T", columns, rows)), encoding="utf-8", newline="")
    assert {row.unit: row.memo for row in read_codings(path).rows} == said
