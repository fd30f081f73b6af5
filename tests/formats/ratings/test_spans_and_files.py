"""Spans of text, and files with one coder each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coder.errors import UsageError
from coder.formats.ratings import BadRatings, HowToRead, MarkedSpans, RatingsFile, read_ratings
from tests.formats.ratings.made import answers, clusters, only, read, refused, refused_text, written

SPANS = (
    "document,coder,code,start,stop,length\n"
    "D1,AL,a,0,10,100\nD1,AL,b,5,20,100\nD1,RR,a,0,9,\nD2,RR,,,,50\nD2,AL,b,40,50,50\n"
)


def marks(file: RatingsFile) -> list[tuple[str, str, str, int, int]]:
    spans = file.content
    assert isinstance(spans, MarkedSpans)
    return [
        (spans.documents[d], spans.coders[m], spans.codes[q], start, stop)
        for d, m, q, start, stop in zip(
            spans.document.tolist(),
            spans.coder.tolist(),
            spans.code.tolist(),
            spans.start.tolist(),
            spans.stop.tolist(),
            strict=True,
        )
    ]


@pytest.mark.parametrize(
    "header",
    [
        "document,coder,code,start,stop,length",
        "Transcript,Annotator,Label,Begin,End,Text length",
        "file,rater,category,start_offset,end_offset,doc_length",
    ],
)
def test_spans(tmp_path: Path, header: str) -> None:
    file = read(tmp_path, header + SPANS[SPANS.index("\n") :])
    assert file.shape.startswith("spans:")
    spans = file.content
    assert isinstance(spans, MarkedSpans)
    assert (spans.documents, spans.lengths) == (("D1", "D2"), (100, 50))
    assert (spans.coders, spans.codes) == (("AL", "RR"), ("a", "b"))
    assert spans.present == (frozenset({"AL", "RR"}), frozenset({"AL", "RR"}))
    assert spans.row.tolist() == [2, 3, 4, 6]
    assert marks(file) == [
        ("D1", "AL", "a", 0, 10),
        ("D1", "AL", "b", 5, 20),
        ("D1", "RR", "a", 0, 9),
        ("D2", "AL", "b", 40, 50),
    ]


def test_lengths_from_another_file(tmp_path: Path) -> None:
    text = "document,coder,code,start,stop\nD1,AL,a,0.0,10.0\nD1,RR,a,0,9\n"
    assert "the length of " in refused_text(tmp_path, text)
    lengths = written(tmp_path, "length,document\n100,D1\n7,D9\n", "lengths.csv")
    file = read(tmp_path, text, lengths=lengths)
    assert isinstance(file.content, MarkedSpans)
    assert file.content.lengths == (100,)
    assert marks(file)[0] == ("D1", "AL", "a", 0, 10)
    written(tmp_path, "length,document\n100,D1\n7,D1\n", "lengths.csv")
    assert 'lengths.csv, row 3: "D1" has length 7 here and 100 in row 2' in refused_lengths(
        tmp_path, text, lengths
    )
    written(tmp_path, "size,document\n100,D1\n", "lengths.csv")
    assert "column length" in refused_lengths(tmp_path, text, lengths)


def refused_lengths(folder: Path, text: str, lengths: Path) -> str:
    with pytest.raises(BadRatings) as error:
        read(folder, text, lengths=lengths)
    return str(error.value)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("D1,RR,a,9,9,100", 'row 3, column "stop": stop 9 is not behind start 9'),
        ("D1,RR,a,9,4,100", 'row 3, column "stop": stop 4 is not behind start 9'),
        ("D1,RR,a,-1,4,100", 'row 3, column "start": -1 lies before the text'),
        ("D1,RR,a,x,4,100", 'row 3, column "start": "x" is no whole number'),
        ("D1,RR,a,1.5,4,100", '"1.5" is no whole number'),
        ("D1,RR,a,90,101,100", "row 3: a span that stops at 101 is outside"),
        ("D1,RR,,9,10,100", 'row 3, column "code": blank, beside a start or stop'),
        ("D1,RR,a,,10,100", 'row 3, column "start": blank, beside code "a"'),
        ("D1,RR,a,1,,100", 'row 3, column "stop": blank, beside code "a"'),
        ("D1,RR,a,1,2,99", 'row 3: "D1" has length 99 here and 100 in row 2'),
        ("D2,RR,a,1,2,", 'row 3: the length of "D2" is not known'),
        (",RR,a,1,2,9", 'row 3, column "document": blank'),
        ("D1,,a,1,2,9", 'row 3, column "coder": blank'),
        ("D1,AL,a,1,2,100", '"AL" is the only coder'),
    ],
)
def test_spans_that_cannot_be(tmp_path: Path, row: str, complaint: str) -> None:
    text = f"document,coder,code,start,stop,length\nD1,AL,a,0,10,100\n{row}\n"
    assert complaint in refused_text(tmp_path, text)


def test_spans_marked_twice_and_overlapping_are_let_through(tmp_path: Path) -> None:
    file = read(tmp_path, SPANS + "D1,AL,a,0,10,100\n")
    assert len(marks(file)) == 5
    assert any(note.startswith("1 span marked twice") for note in file.notes)


def test_spans_of_some_coders(tmp_path: Path) -> None:
    file = read(tmp_path, SPANS + "D1,KM,c,0,10,100\n", coders=("RR", "AL"))
    assert isinstance(file.content, MarkedSpans)
    assert file.content.coders == ("RR", "AL")
    assert file.content.codes == ("a", "b")
    with pytest.raises(UsageError, match="there is no coder"):
        read(tmp_path, SPANS, coders=("AL", "KM"))


def two(folder: Path, first: str, second: str, names: tuple[str, str] = ("AL", "RR")) -> list[Path]:
    return [
        written(folder, text, f"{name}.csv")
        for text, name in zip((first, second), names, strict=True)
    ]


def test_a_file_per_coder_named_after_the_files(tmp_path: Path) -> None:
    paths = two(tmp_path, "unit,code\nu1,a\nu2,b\n", "unit,code\nu2,b\nu1,a\n")
    file = read_ratings(paths)
    assert set(answers(only(file))) == {
        ("u1", "AL", "a"),
        ("u2", "AL", "b"),
        ("u2", "RR", "b"),
        ("u1", "RR", "a"),
    }
    assert (
        file.shape
        == 'a file per coder, joined on the column of units ("unit"), with codes in "code"'
    )
    assert file.notes == ()


def test_a_file_per_coder_named_after_the_columns(tmp_path: Path) -> None:
    paths = two(tmp_path, "excerpt,Ana\nu1,a\n", "excerpt,Ben\nu1,b\n", ("x", "y"))
    assert only(read_ratings(paths)).coders == ("Ana", "Ben")
    same = two(tmp_path, "excerpt,theme\nu1,a\n", "excerpt,theme\nu1,b\n", ("x", "y"))
    assert only(read_ratings(same)).coders == ("x", "y")


def test_files_of_one_name_in_two_folders(tmp_path: Path) -> None:
    paths = []
    for coder in ("AL", "RR"):
        (tmp_path / coder).mkdir()
        paths.append(written(tmp_path / coder, "unit,code\nu1,a\n"))
    assert len(set(only(read_ratings(paths)).coders)) == 2


def test_files_that_differ_in_units(tmp_path: Path) -> None:
    paths = two(tmp_path, "unit,code\nu1,a\nu2,b\nu3,b\n", "unit,code\nu1,a\nu9,b\n")
    file = read_ratings(paths)
    assert len(answers(only(file))) == 5
    assert any('AL.csv lacks 1 of 4 units: "u9"' in note for note in file.notes)
    assert any('RR.csv lacks 2 of 4 units: "u2", "u3"' in note for note in file.notes)
    apart = two(tmp_path, "unit,code\nu1,a\n", "unit,code\n1,a\n")
    complaint = refused(apart)
    assert 'no unit is in both, for example "u1" and "1"' in complaint


def test_blank_codes_in_a_file_per_coder(tmp_path: Path) -> None:
    paths = two(tmp_path, "unit,code\nu1,a\nu2,\n", "unit,code\nu1,a\nu2,b\n")
    assert ("u2", "AL", None) not in answers(only(read_ratings(paths)))
    assert ("u2", "AL", None) in answers(only(read_ratings(paths, HowToRead(sets=True))))


def test_a_unit_twice_in_a_file(tmp_path: Path) -> None:
    paths = two(tmp_path, "unit,code\nu1,a\n", "unit,code\nu1,a\nu1,b\n")
    complaint = refused(paths)
    assert 'RR.csv, row 3: "RR" has rated unit "u1" already, in row 2' in complaint


def test_the_same_coder_in_two_files(tmp_path: Path) -> None:
    long = "unit,coder,code\nu1,AL,a\nu1,RR,b\n"
    paths = two(tmp_path, long, long.replace("u1", "u2"), ("may", "june"))
    assert len(only(read_ratings(paths)).units) == 2
    paths = two(tmp_path, long, long, ("may", "june"))
    complaint = refused(paths)
    assert "june.csv, row 2: " in complaint
    assert f"in {tmp_path}" in complaint


def test_wide_files_side_by_side(tmp_path: Path) -> None:
    paths = two(tmp_path, "unit,A,B,cluster\nu1,a,a,T1\nu2,b,b,T1\n", "unit,C,D\nu1,a,a\nu2,b,b\n")
    ratings = only(read_ratings(paths))
    assert ratings.coders == ("A", "B", "C", "D")
    assert clusters(ratings) == {"u1": "T1", "u2": "T1"}


def test_clusters_are_called_as_the_file_does_that_has_them(tmp_path: Path) -> None:
    paths = two(tmp_path, "unit,code\nu1,a\n", "unit,code,file\nu1,b,T1\n")
    assert only(read_ratings(paths)).noun == "document"


def test_spans_and_answers_do_not_mix(tmp_path: Path) -> None:
    assert "cannot be joined" in refused(two(tmp_path, SPANS, "unit,coder,code\nD1,AL,a\n"))


def test_a_cluster_that_only_one_file_knows(tmp_path: Path) -> None:
    paths = two(tmp_path, "unit,code,file\nu1,a,T1\n", "unit,code\nu1,a\nu2,b\n")
    complaint = refused(paths)
    assert 'RR.csv, row 3: unit "u2" is in no document' in complaint


UNITS = (
    "unit,kind,transcript,code_set,coder,pass,round,status,codes,codes_now\n"
    "T1:1,excerpt,T1,v:cause,AL,0,,coded,a;b,a;b\nT1:1,excerpt,T1,v:cause,RR,0,,coded,a,a\n"
    "T1:2,excerpt,T1,v:cause,AL,0,,nothing,,\nT2:1,excerpt,T2,v:who,AL,0,,coded,old,new\n"
    "T2:1,excerpt,T2,v:who,RR,0,,coded,new,new\nT2:2,excerpt,T2,v:who,RR,0,,not_applicable,,\n"
    "T2:1,excerpt,T2,v:who,AL,3,r1,coded,new,new\nT2:1,excerpt,T2,v:who,RR,3,r1,coded,x,x\n"
)


def test_the_unit_table_of_a_study(tmp_path: Path) -> None:
    file = read(tmp_path, UNITS, "units.csv")
    assert isinstance(file.content, tuple)
    found: dict[str, Any] = {ratings.name: ratings for ratings in file.content}
    assert {name: answers(ratings) for name, ratings in found.items()} == {
        "v:cause": [
            ("T1:1", "AL", "a"),
            ("T1:1", "AL", "b"),
            ("T1:1", "RR", "a"),
            ("T1:2", "AL", None),
        ],
        "v:who": [("T2:1", "AL", "new"), ("T2:1", "RR", "new")],
        "v:who, round r1": [("T2:1", "AL", "new"), ("T2:1", "RR", "x")],
    }
    assert [ratings.sets for ratings in file.content] == [True, False, False]
    assert clusters(found["v:cause"]) == {"T1:1": "T1", "T1:2": "T1"}
    assert found["v:cause"].noun == "transcript"
    assert file.notes == ("1 row left out whose question was not asked of the unit",)
