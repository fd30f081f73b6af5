"""Exports of QualCoder, Taguette, Dedoose and MAXQDA, with the headers that they write."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from coder.formats.ratings import MarkedSpans, RatingsFile
from coder.formats.ratings.content import CountedPairs
from coder.formats.ratings.layouts.qualcoder import QUERY
from tests.formats.ratings.layouts.files import (
    answers,
    layout_of,
    notes,
    ratings,
    read,
    refused,
    text,
    workbook,
)

DOCS = Path(__file__).parents[4] / "docs" / "agreement_files.md"

CODINGS = [
    ("one.txt", "AL", "loss", 0, 40, 200),
    ("one.txt", "AL", "care", 90, 120, 200),
    ("one.txt", "RR", "loss", 10, 40, 200),
    ("two.txt", "AL", "care", 5, 9, 50),
]


def spans(file: RatingsFile) -> list[tuple[str, str, str, int, int]]:
    found = file.content
    assert isinstance(found, MarkedSpans)
    columns = (found.document, found.coder, found.code, found.start, found.stop)
    return [
        (found.documents[d], found.coders[m], found.codes[q], start, stop)
        for d, m, q, start, stop in zip(*(c.tolist() for c in columns), strict=True)
    ]


def test_the_query_of_the_docs_runs_in_a_project_of_qualcoder(tmp_path: Path) -> None:
    """Its tables as QualCoder creates them, as far as the query reads them."""
    base = sqlite3.connect(":memory:")
    base.executescript(
        "create table source (id integer primary key, name text, fulltext text);"
        "create table code_name (cid integer primary key, name text);"
        "create table code_text (ctid integer primary key, cid integer, fid integer, seltext text,"
        " pos0 integer, pos1 integer, owner text);"
    )
    for at, (name, length) in enumerate([("one.txt", 200), ("two.txt", 50)], start=1):
        base.execute("insert into source values (?, ?, ?)", (at, name, "é" * length))
    base.executemany("insert into code_name values (?, ?)", [(1, "loss"), (2, "care")])
    for name, owner, code, start, stop, _ in CODINGS:
        base.execute(
            "insert into code_text (cid, fid, pos0, pos1, owner) values (?, ?, ?, ?, ?)",
            (1 if code == "loss" else 2, 1 if name == "one.txt" else 2, start, stop, owner),
        )
    result = base.execute(QUERY)
    path = tmp_path / "sql_report.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target, quoting=csv.QUOTE_ALL)
        writer.writerow([column[0] for column in result.description])
        writer.writerows(result)
    base.close()
    file = read(path, layout="qualcoder")
    assert spans(file) == [row[:5] for row in CODINGS]
    found = file.content
    assert isinstance(found, MarkedSpans)
    assert (found.documents, found.lengths) == (("one.txt", "two.txt"), (200, 50))
    assert found.present == (frozenset({"AL", "RR"}), frozenset({"AL"}))
    assert "1 of 2 documents have no span of some coder" in notes(file)
    assert "LENGTH" not in notes(file)
    assert QUERY in " ".join(DOCS.read_text(encoding="utf-8").split())


def test_a_query_result_as_qualcoder_writes_it_to_a_workbook(tmp_path: Path) -> None:
    """Its titles stand one column too far to the right."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, title in enumerate(["filename", "owner", "codename", "index1", "index2"]):
        sheet.cell(1, at + 2, title)
    for number, row in enumerate(CODINGS):
        for at, value in enumerate(row[:5]):
            sheet.cell(number + 2, at + 1, value)
    path = tmp_path / "sql_report.xlsx"
    book.save(path)
    file = read(path, layout="qualcoder")
    assert spans(file) == [row[:5] for row in CODINGS]
    assert isinstance(file.content, MarkedSpans)
    assert file.content.lengths == (120, 9)
    assert "THE LENGTH OF 2 DOCUMENTS IS NOT IN THE FILE" in notes(file)
    sizes = text(tmp_path / "lengths.csv", "document,length\none.txt,200\ntwo.txt,50\n")
    file = read(path, layout="qualcoder", lengths=sizes)
    assert isinstance(file.content, MarkedSpans)
    assert file.content.lengths == (200, 50)
    assert "LENGTH" not in notes(file)
    short = text(tmp_path / "short.csv", "document,length\none.txt,200\n")
    assert 'short.csv: no row for document "two.txt"' in refused(
        path, layout="qualcoder", lengths=short
    )


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("d,AL,x,5,5,90\n", "a.csv, row 2: the span runs from 5 to 5"),
        ("d,AL,x,5,91,90\n", "a.csv, row 2: the span ends at 91, behind the end"),
        ("d,AL,x,5,9,90\nd,RR,x,5,9,80\n", 'row 3: "d" has 80 characters here and 90'),
        ("d,AL,x,5,9,90\nd,AL,x,5,9,90\n", 'row 3: the same span of "AL" stands in row 2'),
        ("d,AL,x,5.5,9,90\n", 'row 2, column "pos0": "5.5" is no whole number'),
        ("d,,x,5,9,90\n", 'row 2, column "owner": the cell is blank'),
        ("", "a header and no rows below it"),
    ],
)
def test_faults_of_spans(tmp_path: Path, rows: str, words: str) -> None:
    path = text(tmp_path / "a.csv", f"filename,owner,codename,pos0,pos1,length\n{rows}")
    assert words in refused(path, layout="qualcoder")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("cid,fid,codename,filename,CodingLength,index1,index2", "without who coded them"),
        ("cid,Code name,pos0,pos1,Text,Coded memo,File name", "exact matches only, without who"),
    ],
)
def test_exports_without_coders_are_refused(tmp_path: Path, header: str, words: str) -> None:
    path = text(tmp_path / "a.csv", f"{header}\n1,1,1,1,1,1,2\n")
    assert layout_of(path) == "qualcoder"
    assert words in refused(path, layout="qualcoder")


def test_the_coder_comparison_of_qualcoder_is_refused(tmp_path: Path) -> None:
    rows = [
        ["Coder Comparison: AL, RR"],
        [
            "Code tree",
            "Agree %",
            "A and B %",
            "Not A Not B %",
            "Disagree %",
            "Agree coded only %",
            "Kappa",
        ],
        ["loss", "98.0%", "1.0%", "97.0%", "2.0%", "33.3%", 0.3],
    ]
    path = workbook(tmp_path / "Coder_comparison.xlsx", {"Sheet": rows})
    assert layout_of(path) == "qualcoder"
    said = refused(path, layout="qualcoder")
    assert 'sheet "Sheet", row 2: QualCoder\'s coder comparison does not say how much' in said


REPORT = (
    '"File","Coder","Coded","Id","Codename","Coded_Memo","Category","Category"\n'
    '"one","AL","words","ctid:1","loss","","c","d"\n'
    '"one","AL","others","ctid:2","care","","c",""\n'
    '"one","RR","words","ctid:3","loss","","c","d"\n'
    '"two","RR","more","ctid:4","care","","c",""\n'
)


def test_the_report_of_codes_is_read_only_for_a_question_it_can_answer(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "\ufeff" + REPORT)
    assert layout_of(path) == "qualcoder"
    said = refused(path, layout="qualcoder")
    assert "coded passages without their place in the text" in said
    assert 'say --unit "File"' in said
    by_file = read(path, layout="qualcoder", unit="File")
    assert answers(by_file) == {
        ("one", "AL"): {"loss", "care"},
        ("one", "RR"): {"loss"},
        ("two", "RR"): {"care"},
    }
    assert "whether a code occurs in a document at all" in notes(by_file)
    assert "1 of 2 documents are not in every coder's list" in notes(by_file)
    by_passage = read(path, layout="qualcoder", unit="coded")
    assert answers(by_passage)["one: words", "RR"] == {"loss"}
    assert ratings(by_passage).clusters == ("one", "two")
    alone = text(tmp_path / "b.csv", "\n".join(REPORT.splitlines()[:3]) + "\n")
    assert 'b.csv: all rows are of one coder, "AL"' in refused(alone, layout="qualcoder")


HIGHLIGHTS = (
    "id,document,tag,content\r\n1,one,loss,words\r\n1,one,care,words\r\n2,two,care,more\r\n"
)


def test_taguette_is_read_only_for_a_question_it_can_answer(tmp_path: Path) -> None:
    first = text(tmp_path / "all_tags.csv", HIGHLIGHTS)
    rows = [["id", "document", "tag", "content"], ["7", "one", "loss", "words"]]
    second = workbook(tmp_path / "RR.xlsx", {"highlights": rows})
    assert layout_of(first, second) == "taguette"
    said = refused(first, second, layout="taguette")
    assert "no agreement on the text can be computed" in said
    assert '--unit "content" if the same passages were marked off' in said
    file = read(first, second, layout="taguette", unit="document", coders=("AL", "RR"))
    assert answers(file) == {
        ("one", "AL"): {"loss", "care"},
        ("two", "AL"): {"care"},
        ("one", "RR"): {"loss"},
    }
    file = read(first, second, layout="taguette", unit="content")
    assert ratings(file).coders == ("all_tags", "RR")
    assert answers(file)["one: words", "all_tags"] == {"loss", "care"}
    assert "Taguette leaves out highlights without a tag" in notes(file)


def test_one_file_of_taguette_has_one_coder(tmp_path: Path) -> None:
    path = text(tmp_path / "all_tags.csv", HIGHLIGHTS)
    assert layout_of(path) == "taguette"
    said = refused(path, layout="taguette", unit="document")
    assert 'all_tags.csv: all rows are of one coder, "all_tags"' in said
    other = text(tmp_path / "other.csv", "unit,code\nu,x\n")
    assert "other.csv: no columns id, document, tag and content" in refused(
        path, other, layout="taguette", unit="document"
    )


def test_dedoose_excerpts_by_medium(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [
            "Media Title",
            "Excerpt Range",
            "Excerpt Creator",
            "Excerpt Date",
            "Excerpt Copy",
            "Resource Creator",
            "Resource Date",
            "Codes Applied Combined",
            "Code: loss Applied",
            "Code: loss\\home Applied",
            "Code: loss\\home Weight",
        ],
        ["one", "10-35", "AL", "1/2/2024", "words", "AL", "1/1/2024", "loss", True, False, None],
        ["one", "10-35", "RR", "1/2/2024", "words", "AL", "1/1/2024", "home", False, True, 3],
    ]
    path = workbook(tmp_path / "a.xlsx", {"Sheet1": rows})
    assert layout_of(path) == "dedoose"
    assert 'say --unit "Media Title"' in refused(path, layout="dedoose")
    file = read(path, layout="dedoose", unit="Media Title")
    assert answers(file) == {("one", "AL"): {"loss"}, ("one", "RR"): {"loss\\home"}}
    assert "an excerpt counts as coded by its creator alone" in notes(file)


def test_agreements_and_disagreements_of_maxqda_are_refused(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Code,Agreements,Disagreements,Total,Percent\nloss,8,2,10,80\n")
    assert layout_of(path) == "maxqda"
    said = refused(path, layout="maxqda")
    assert "only agreements and disagreements" in said
    assert "columns code, a, b, c, d" in said


def test_four_field_counts(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv",
        "Document,Code,a,b,c,d\none,loss,20,5,10,15\none,care,1,2,3,44\ntwo,loss,4,0,0,6\n",
    )
    file = read(path, layout="four-field", coders=("AL", "RR"))
    found = file.content
    assert isinstance(found, CountedPairs)
    assert (found.coders, found.clusters, found.noun) == (("AL", "RR"), ("one", "two"), "document")
    assert found.tables.tolist() == [
        [[[20, 5], [10, 15]], [[1, 2], [3, 44]]],
        [[[4, 0], [0, 6]], [[0, 0], [0, 0]]],
    ]
    path = text(tmp_path / "b.csv", "code,a,b,c,d\nloss,20,5,10,0\n")
    assert "d is 0 in every row" in notes(read(path, layout="four-field"))
    assert "--coders names 3" in refused(path, layout="four-field", coders=("a", "b", "c"))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("x,1,2,3,\n", 'row 2, column "d": "" is no whole number'),
        ("x,1,2,-3,4\n", 'row 2, column "c": "-3" is no whole number'),
        (",1,2,3,4\n", 'row 2, column "code": the cell is blank'),
        ("x,1,2,3,4\nx,1,2,3,4\n", 'row 3: "x" stands further up already'),
    ],
)
def test_faults_of_counts(tmp_path: Path, rows: str, words: str) -> None:
    path = text(tmp_path / "a.csv", f"code,a,b,c,d\n{rows}")
    assert words in refused(path, layout="four-field")
