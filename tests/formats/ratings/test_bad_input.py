"""Files of ratings that cannot be taken, or only with a word of doubt."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from coder.errors import CoderError
from coder.formats.ratings import HowToRead, read_ratings
from tests.formats.ratings.made import answers, only, read, refused, refused_text, workbook, written


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        (",\n,\n", "nothing stands in it"),
        ("unit,AL,RR\n", "a header and no rows below it"),
        ("unit,coder,code\n", "a header and no rows below it"),
        ("1,2\n2,2\n3,1\n", "row 1: this row holds numbers"),
        ("unit,AL,AL\nu1,a,b\n", 'row 1: two columns are called "AL"'),
        ("unit,AL, AL \nu1,a,b\n", 'row 1: two columns are called "AL"'),
        ("unit,AL,,RR\nu1,a,x,b\n", 'row 2: "x" has no column name above it'),
        ("unit,AL,RR\nu1,a,b,c\n", "row 2: 4 cells under 3 columns"),
        ("unit,AL,RR\nu1,a,b\nu2,a\n", "row 3: 2 cells under 3 columns"),
        ("unit,AL,RR\n,a,b\n", 'row 2, column "unit": blank'),
        ("unit,coder,code\nu1,,b\n", 'row 2, column "coder": blank'),
        ("unit,coder,code,cluster\nu1,AL,b,\n", 'row 2, column "cluster": blank'),
        ("unit,AL\nu1,a\n", 'row 1: only one column of ratings, "AL"'),
        ("unit\nu1\n", "row 1: no column of ratings"),
        ("unit,coder,code\nu1,AL,a\nu2,AL,b\n", '"AL" is the only coder'),
        ("unit,AL,RR\nu1,,\n", "no cell holds a rating"),
        ("answer,yes,no,all\nyes,4,1,5\nno,0,3,3\nall,4,4,8\n", "as in a table of counts"),
        ("unit,code_set,AL,RR\nu1,s,a,\nu2,s,,a\n", "no unit has answers of two coders"),
        ("unit,AL,RR\nu1,a,b\nu2,a,\nu1,a,\n", 'row 4: "AL" has rated unit "u1" already, in row 2'),
        ("unit,coder,code\nu1,A,x\nu1,B,x\nu1,A,x\n", "row 4: "),
        ("item,segment,coder,code\n1,2,A,x\n", '"item" and "segment" could all name the units'),
        ("unit,coder,label,category\n1,A,x,y\n", '"label" and "category" could all be the code'),
        ("unit,rater,coded_by,code\n1,A,x,y\n", '"rater" and "coded_by" could all be the coder'),
        ("unit,coder,one,two\n1,A,x,y\n", 'no column of codes: "one" and "two" could be'),
        ("unit,code_set,codes\n1,A,x\n", "a column of codes and none of coders"),
        ('unit,AL,RR\nu1,"a,b\nu2,a,b\n', "a quotation mark that opens here"),
        ("unit,AL,RR\nu1,a\x01,b\n", 'row 2, column "AL": control character U+0001'),
        (
            "unit,coder,code,transcript\n1,A,x,T1\n1,B,x,T1\n2,A,x,T1\n2,B,x,T2\n",
            'row 5: unit "2" is in transcript "T2" here and in "T1" in row 4',
        ),
        (
            "unit,coder,code,start,stop\n1,A,x,2,3\n",
            "there are units and also places in a text",
        ),
    ],
)
def test_refused_with_the_place(tmp_path: Path, text: str, complaint: str) -> None:
    assert complaint in refused_text(tmp_path, text)


def test_encodings(tmp_path: Path) -> None:
    text = "unit,AL,RR\nu1,é,a\n"
    path = tmp_path / "r.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    assert only(read_ratings([path])).codes == ("a", "é")
    path.write_bytes(text.encode("utf-16"))
    assert "UTF-16, not UTF-8" in refused(path)
    path.write_bytes(text.encode("cp1252"))
    complaint = refused(path)
    assert "line 2, column 4: byte 0xE9 is not UTF-8" in complaint
    assert "CSV UTF-8" in complaint


def test_no_such_file_and_other_endings(tmp_path: Path) -> None:
    assert "there is no such file" in refused(tmp_path / "absent.csv")
    assert ".csv, .tsv or .xlsx" in refused(written(tmp_path, "x", "ratings.sav"))
    (tmp_path / "folder.csv").mkdir()
    assert "this is a folder" in refused(tmp_path / "folder.csv")
    with pytest.raises(CoderError, match="no file"):
        read_ratings([])


def test_a_workbook_called_csv(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"a": [["unit", "AL", "RR"]]})
    path = path.rename(tmp_path / "r.csv")
    assert "this is a workbook" in refused(path)


def test_dates_that_a_spreadsheet_has_made(tmp_path: Path) -> None:
    rows = [["unit", "AL", "RR"], ["u1", "a", date(2024, 3, 1)], ["u2", "a", "b"]]
    complaint = refused(workbook(tmp_path, {"S": rows}))
    assert 'sheet "S", row 2, column "RR": the spreadsheet turned this into the date' in complaint
    one = [["unit", "AL", "RR"], [date(2024, 3, 1), "a", "b"], ["u2", "a", "b"]]
    assert 'column "unit"' in refused(workbook(tmp_path, {"S": one}))
    diary = [["unit", "AL", "RR"], [date(2024, 3, 1), "a", "b"], [date(2024, 3, 2), "a", "b"]]
    ratings = only(read_ratings([workbook(tmp_path, {"S": diary})]))
    assert ratings.units == ("2024-03-01", "2024-03-02")


def test_formulas_that_nobody_has_computed(tmp_path: Path) -> None:
    rows = [["unit", "AL", "RR"], ["u1", "a", "=B2"]]
    complaint = refused(workbook(tmp_path, {"S": rows}))
    assert 'row 2, column "RR": an error or a formula that was never computed' in complaint
    beside = [["unit", "AL", "RR", "note"], ["u1", "a", "b", "=B2"]]
    assert len(answers(only(read_ratings([workbook(tmp_path, {"S": beside})])))) == 2


def test_a_formula_with_its_value(tmp_path: Path) -> None:
    path = tmp_path / "computed.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["unit", "AL", "RR"])
        sheet.write_row(1, 0, ["u1", 2])
        sheet.write_formula(1, 2, "=B2", None, 2)
    assert only(read_ratings([path])).codes == ("2",)


def test_several_sheets_that_could_be_meant(tmp_path: Path) -> None:
    rows = [["unit", "AL", "RR"], ["u1", "a", "b"]]
    path = workbook(tmp_path, {"One": rows, "Two": rows})
    complaint = refused(path)
    assert '"One", "Two"' in complaint
    assert "--sheet" in complaint
    assert len(answers(only(read_ratings([path], HowToRead(sheet="Two"))))) == 2


def test_names_that_look_alike_are_said_and_stay_apart(tmp_path: Path) -> None:
    text = "unit,coder,code\nu1,AL,A\nu1,al,a\nU1,AL,A \nu2,AL,1\nu2,al,1.0\nu3 ,AL, b\n"
    file = read(tmp_path, text)
    ratings = only(file)
    assert ratings.coders == ("AL", "al")
    assert ratings.units == ("u1", "U1", "u2", "u3 ")
    assert set(ratings.codes) == {"A", "a", "A ", "1", "1.0", " b"}
    notes = "\n".join(file.notes)
    assert 'coders that look alike count as different: "AL" and "al"' in notes
    assert 'units that look alike count as different: "u1" and "U1"' in notes
    assert 'units with blanks before or after them: "u3 "' in notes
    assert '"1" and "1.0"; "A" and "a" and "A "' in notes
    assert 'codes with blanks before or after them: " b"' in notes


def test_one_row_is_enough_to_read(tmp_path: Path) -> None:
    assert len(answers(only(read(tmp_path, "unit,AL,RR\nu1,a,b\n")))) == 2


def test_five_thousand_columns(tmp_path: Path) -> None:
    header = ",".join(["unit", *(f"q{n}" for n in range(5000))])
    row = ",".join(["AL", *("1" for _ in range(5000))])
    path = written(tmp_path, f"{header}\n" + f"{row}\n" * 2)
    start = time.process_time()
    complaint = refused(path)
    assert time.process_time() - start < 1
    assert "5,000 columns of ratings" in complaint
    assert "turn the table" in complaint
    path = written(tmp_path, f"{header}\nu1{row.removeprefix('AL')}\n")
    assert len(answers(only(read_ratings([path], HowToRead(coders=("q7", "q4999")))))) == 2


def test_a_word_that_notes_the_separator(tmp_path: Path) -> None:
    ratings = only(read(tmp_path, "sep=;\nunit;AL;RR\nu1;a;b\n"))
    assert answers(ratings) == [("u1", "AL", "a"), ("u1", "RR", "b")]
    assert ratings.row.tolist() == [3, 3]


def test_nothing_in_a_message_moves_the_terminal(tmp_path: Path) -> None:
    complaint = refused_text(tmp_path, "unit,AL\x1b[2J,RR\nu1,a,b\nu1,b,b\n")
    assert complaint.isprintable()
    complaint = refused_text(tmp_path, "unit,coder,code\nu\u20281,A,x\nu\u20281,A,[red]\n")
    assert complaint.isprintable()
