"""Wide and long files: what is recognised from their headers, and what is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.errors import UsageError
from coder.formats.ratings import HowToRead, layouts, read_ratings
from tests.formats.ratings.made import (
    answers,
    by_name,
    clusters,
    only,
    read,
    refused_text,
    workbook,
)

WIDE = "unit,AL,RR\nu1,a,a\nu2,b,\nu3,,a\n"
LONG = "unit,coder,code\nu1,AL,a\nu1,RR,a\nu2,AL,b\nu3,RR,a\n"
EXPECTED = {("u1", "AL", "a"), ("u1", "RR", "a"), ("u2", "AL", "b"), ("u3", "RR", "a")}


@pytest.mark.parametrize("text", [WIDE, LONG])
@pytest.mark.parametrize(("name", "separator"), [("r.csv", ","), ("r.csv", ";"), ("r.tsv", "\t")])
def test_wide_and_long_say_the_same(tmp_path: Path, text: str, name: str, separator: str) -> None:
    file = read(tmp_path, text.replace(",", separator), name)
    ratings = only(file)
    assert set(answers(ratings)) == EXPECTED
    assert len(ratings.row) == 4
    assert (ratings.coders, ratings.codes) == (("AL", "RR"), ("a", "b"))
    assert (ratings.clusters, ratings.cluster, ratings.noun) == ((), None, "cluster")
    assert file.shape.startswith("wide:" if text is WIDE else "long:")
    assert len(file.notes) == (separator == ";")


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    ratings = only(read(tmp_path, "\nunit,coder,code\n\nu1,AL,a\n\nu1,RR,b\n"))
    assert ratings.row.tolist() == [4, 6]


@pytest.mark.parametrize(
    ("title", "noun"),
    [
        ("cluster", "cluster"),
        ("Transcript", "transcript"),
        ("interview_id", "transcript"),
        ("document", "document"),
        ("File", "document"),
        ("participant", "person"),
        ("focus group", "cluster"),
    ],
)
def test_what_units_are_nested_in(tmp_path: Path, title: str, noun: str) -> None:
    for text in (
        f"unit,AL,RR,{title}\nu1,a,a,D1\nu2,b,b,D2\n",
        f"coder,{title},code,unit\nAL,D1,a,u1\nRR,D1,a,u1\nAL,D2,b,u2\nRR,D2,b,u2\n",
    ):
        ratings = only(read(tmp_path, text))
        assert clusters(ratings) == {"u1": "D1", "u2": "D2"}
        assert ratings.noun == noun


@pytest.mark.parametrize(
    "header",
    [
        "Excerpt,Rater,Rating",
        "item_id,annotator,label",
        "Segment ID,Coder Name,Category",
        "subject,judge,score",
        "id,coder,code",
        "sentence,Coded by,tag",
        "whatever,coder,code",
        "unit,coder,theme",
    ],
)
def test_headers_of_long_files_that_need_no_option(tmp_path: Path, header: str) -> None:
    file = read(tmp_path, LONG.replace("unit,coder,code", header))
    assert set(answers(only(file))) == EXPECTED
    assert file.shape.startswith("long:")


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    file = read(tmp_path, "unit,text,coder,code,memo\nu1,hi,AL,a,why\nu1,hi,RR,b,\n")
    (note,) = file.notes
    assert note.endswith('ratings.csv: columns not read: "text", "memo"')
    file = read(tmp_path, "unit,text,AL,RR,comment\nu1,hi,a,b,\n")
    assert answers(only(file)) == [("u1", "AL", "a"), ("u1", "RR", "b")]
    assert file.notes[0].endswith('columns not read: "text", "comment"')


def test_options_decide(tmp_path: Path) -> None:
    text = "seg,theme,who,doc,other\ns1,a,AL,D1,x\ns1,b,RR,D1,y\n"
    for cluster, found in (("", {"s1": "D1"}), ("other", None)):
        if found is None:
            complaint = refused_text(
                tmp_path, text, unit="seg", coder="who", code=("theme",), cluster=cluster
            )
            assert 'row 3: unit "s1" is in cluster "y" here and in "x" in row 2' in complaint
            continue
        ratings = only(read(tmp_path, text, unit="seg", coder="who", code=("theme",)))
        assert answers(ratings) == [("s1", "AL", "a"), ("s1", "RR", "b")]
        assert clusters(ratings) == found
    several = read(tmp_path, text, unit="seg", coder="who", code=("theme", "other"))
    assert by_name(several) == {
        "theme": [("s1", "AL", "a"), ("s1", "RR", "b")],
        "other": [("s1", "AL", "x"), ("s1", "RR", "y")],
    }


def test_only_some_coders(tmp_path: Path) -> None:
    wide = "unit,AL,RR,KM\nu1,a,b,c\nu2,,,c\n"
    long = "unit,coder,code\nu1,AL,a\nu1,RR,b\nu1,KM,c\nu2,KM,c\n"
    for text in (wide, long):
        file = read(tmp_path, text, coders=("RR", "AL"))
        ratings = only(file)
        assert set(answers(ratings)) == {("u1", "AL", "a"), ("u1", "RR", "b")}
        assert (ratings.coders, ratings.codes) == (("RR", "AL"), ("a", "b"))
        assert "1 unit left out that nobody has rated" in file.notes
        with pytest.raises(UsageError, match="AL"):
            read(tmp_path, text, coders=("AI", "RR"))


def test_a_coder_named_cluster(tmp_path: Path) -> None:
    text = "unit,cluster,AL\nu1,a,a\nu2,b,a\n"
    complaint = refused_text(tmp_path, text)
    assert '"cluster" as the clusters' in complaint
    assert "--coders" in complaint
    ratings = only(read(tmp_path, text, coders=("cluster", "AL")))
    assert ratings.coders == ("cluster", "AL")
    assert ratings.cluster is None
    long = only(read(tmp_path, "unit,coder,code\nu1,cluster,a\nu1,code,b\n"))
    assert answers(long) == [("u1", "cluster", "a"), ("u1", "code", "b")]


def test_coders_in_every_column_leave_rows_without_names(tmp_path: Path) -> None:
    ratings = only(read(tmp_path, "AL,RR\n1,2\n3,3\n", coders=("AL", "RR")))
    assert set(answers(ratings)) == {
        ("2", "AL", "1"),
        ("2", "RR", "2"),
        ("3", "AL", "3"),
        ("3", "RR", "3"),
    }


def test_a_first_column_without_a_name_holds_the_units(tmp_path: Path) -> None:
    ratings = only(read(tmp_path, '"","AL","RR"\n"1","a","b"\n'))
    assert answers(ratings) == [("1", "AL", "a"), ("1", "RR", "b")]


def test_codes_stay_what_they_are(tmp_path: Path) -> None:
    file = read(tmp_path, "unit,AL,RR\n1,NA,nan\n2,None,null\n3,TRUE,1e5\n4,'=x,a b\n")
    assert set(only(file).codes) == {"NA", "nan", "None", "null", "TRUE", "1e5", "=x", "a b"}
    assert any("counts as a code" in note for note in file.notes)


def test_numbers_go_up_before_words(tmp_path: Path) -> None:
    file = read(tmp_path, "unit,AL,RR\n1,10,9\n2,b,1.5\n3,A,-2\n")
    assert only(file).codes == ("-2", "1.5", "9", "10", "A", "b")
    assert 'codes are numbers and words, such as "-2" and "A"' in file.notes


def test_decimal_commas_are_read_as_points(tmp_path: Path) -> None:
    file = read(tmp_path, "unit;AL;RR\n1;1,5;2\n2;2,5;1,5\n")
    assert only(file).codes == ("1.5", "2", "2.5")
    assert any("decimal commas" in note for note in file.notes)
    words = read(tmp_path, "unit;AL;RR\n1;1,5;x\n2;2,5;1,5\n")
    assert only(words).codes == ("1,5", "2,5", "x")
    mixed = read(tmp_path, "unit;AL;RR\n1;1,5;1.5\n")
    assert only(mixed).codes == ("1,5", "1.5")
    assert any("beside points" in note for note in mixed.notes)


def test_sets_in_long_files(tmp_path: Path) -> None:
    text = "unit,coder,code\nu1,AL,a\nu1,AL,b\nu1,RR,\nu2,RR,b\nu2,AL,b\nu2,AL,b\n"
    file = read(tmp_path, text, sets=True)
    ratings = only(file)
    assert ratings.sets
    assert answers(ratings) == [
        ("u1", "AL", "a"),
        ("u1", "AL", "b"),
        ("u1", "RR", None),
        ("u2", "RR", "b"),
        ("u2", "AL", "b"),
    ]
    assert any(note.startswith("1 row left out") for note in file.notes)
    complaint = refused_text(tmp_path, text)
    assert 'row 3: "AL" has rated unit "u1" already, in row 2 ("a", now "b")' in complaint
    assert "--sets" in complaint
    complaint = refused_text(tmp_path, text + "u1,RR,a\n", sets=True)
    assert 'row 8: coder "RR" has put a code on "u1" and also none: see row 4' in complaint


def test_finished_and_nothing_applied(tmp_path: Path) -> None:
    ratings = only(read(tmp_path, "unit,coder,code\nu1,AL,\nu1,RR,a\nu2,AL, \n"))
    assert answers(ratings) == [("u1", "AL", None), ("u1", "RR", "a"), ("u2", "AL", None)]


def test_sets_in_wide_files_stand_between_semicolons(tmp_path: Path) -> None:
    text = "unit,AL,RR\nu1,a; b,a\nu2,b,\n"
    assert set(answers(only(read(tmp_path, text, sets=True)))) == {
        ("u1", "AL", "a"),
        ("u1", "AL", "b"),
        ("u1", "RR", "a"),
        ("u2", "AL", "b"),
    }
    whole = read(tmp_path, text)
    assert only(whole).codes == ("a", "a; b", "b")
    assert any("--sets" in note for note in whole.notes)


def test_variables_of_a_wide_file(tmp_path: Path) -> None:
    text = "unit,{0}code,{1}code,{0}tone,{1}tone\nu1,a,b,1,2\nu2,b,b,,2\n"
    expected = {
        "code": {("u1", "{0}", "a"), ("u2", "{0}", "b"), ("u1", "{1}", "b"), ("u2", "{1}", "b")},
        "tone": {("u1", "{0}", "1"), ("u1", "{1}", "2"), ("u2", "{1}", "2")},
    }

    def check(first: str, second: str, text: str, coders: tuple[str, ...] = ()) -> None:
        found = by_name(read(tmp_path, text, coders=coders))
        for name, rows in expected.items():
            assert set(found[name]) == {(u, c.format(first, second), k) for u, c, k in rows}

    check("rater1", "rater2", text.format("rater1_", "rater2_"))
    check("AL", "RR", text.format("AL_", "RR_"), ("AL", "RR"))
    turned = "unit,code.AL,code.RR,tone.AL,tone.RR\n" + text.partition("\n")[2]
    check("AL", "RR", turned, ("AL", "RR"))
    complaint = refused_text(tmp_path, text.format("AL_", "RR_"))
    assert "each of AL, RR stands with each of code, tone" in complaint
    assert "--coders AL,RR" in complaint
    plain = only(read(tmp_path, text.format("AL_", "RR_"), layout="wide"))
    assert plain.coders == ("AL_code", "RR_code", "AL_tone", "RR_tone")


def test_several_code_sets(tmp_path: Path) -> None:
    text = (
        "coder,excerpt,code_set,code,memo\nAL,u1,cause,a,\nAL,u1,cause,b,\nRR,u1,cause,a,\n"
        "AL,u1,who,,\nRR,u1,who,x,\nAL,u2,who,x,\nAL,u2,how,z,\n"
    )
    assert "--sets" in refused_text(tmp_path, text)
    file = read(tmp_path, text, sets=True)
    assert by_name(file) == {
        "cause": [("u1", "AL", "a"), ("u1", "AL", "b"), ("u1", "RR", "a")],
        "who": [("u1", "AL", None), ("u1", "RR", "x"), ("u2", "AL", "x")],
    }
    assert isinstance(file.content, tuple)
    cause, who = file.content
    assert (cause.sets, who.sets) == (True, False)
    assert (cause.units, cause.codes) == (("u1",), ("a", "b"))
    assert any(note.endswith("no unit has answers of two coders: how") for note in file.notes)


def test_transcripts_from_the_references_of_a_study(tmp_path: Path) -> None:
    text = "coder,excerpt,code_set,code\nAL,T1:1,s,a\nRR,T1:1,s,b\nAL,T2:9,s,a\nRR,T2:9,s,a\n"
    file = read(tmp_path, text)
    assert clusters(only(file)) == {"T1:1": "T1", "T2:9": "T2"}
    assert only(file).noun == "transcript"
    assert "transcripts are taken from the references of the excerpts" in file.notes
    assert only(read(tmp_path, text.replace("T2:9", "x"))).cluster is None
    assert only(read(tmp_path, text.replace("excerpt", "unit"))).cluster is None


def test_units_numbered_anew_in_every_transcript(tmp_path: Path) -> None:
    text = "Transcript,Segment,A,B\nT1,1,x,y\nT1,2,x,x\nT2,1,y,\n"
    file = read(tmp_path, text)
    assert answers(only(file))[:3] == [("T1:1", "A", "x"), ("T1:2", "A", "x"), ("T2:1", "A", "y")]
    assert clusters(only(file)) == {"T1:1": "T1", "T1:2": "T1", "T2:1": "T2"}
    (note,) = file.notes
    assert note == 'names of units repeat elsewhere, so they were told apart as "T1:1"'
    assert 'row 5: "A" has rated unit' in refused_text(tmp_path, text + "T1,2,y,y\n")


def test_a_wide_file_with_several_code_sets(tmp_path: Path) -> None:
    file = read(tmp_path, "unit,code_set,AL,RR\nu1,s,a,b\nu1,t,x,x\nu2,s,a,\n")
    assert by_name(file) == {
        "s": [("u1", "AL", "a"), ("u2", "AL", "a"), ("u1", "RR", "b")],
        "t": [("u1", "AL", "x"), ("u1", "RR", "x")],
    }


def test_workbooks(tmp_path: Path) -> None:
    rows = [["Ratings of May"], [], ["unit", "AL", "RR"], [1, 1.0, 2], [2, 2.5, None]]
    path = workbook(tmp_path, {"May": rows})
    ratings = only(read_ratings([path]))
    assert answers(ratings) == [("1", "AL", "1"), ("2", "AL", "2.5"), ("1", "RR", "2")]
    assert ratings.row.tolist() == [4, 5, 4]


def test_the_sheet_with_coders_is_read(tmp_path: Path) -> None:
    long = [["unit", "coder", "code"], ["u1", "AL", "a"], ["u1", "RR", "a"]]
    book = {"Codebook": [["name", "meaning", "example"], ["a", "x", "y"]], "Codings": long}
    file = read_ratings([workbook(tmp_path, book)])
    assert len(answers(only(file))) == 2
    assert any('read sheet "Codings", not "Codebook"' in note for note in file.notes)
    named = read_ratings([workbook(tmp_path, book)], HowToRead(sheet="Codings"))
    assert answers(only(named)) == answers(only(file))
    with pytest.raises(UsageError, match='did you mean "Codings"'):
        read_ratings([workbook(tmp_path, book)], HowToRead(sheet="Coding"))


def test_layouts_have_names() -> None:
    assert {"wide", "long", "spans", "files"} <= {name for name, _ in layouts()}


def test_an_unknown_layout(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='did you mean "wide"'):
        read(tmp_path, WIDE, layout="wied")


def test_naming_the_reader_loads_no_library() -> None:
    import subprocess
    import sys

    program = (
        "import sys, coder.formats.ratings; "
        "print([m for m in ('numpy', 'pyarrow', 'pandas', 'python_calamine') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
