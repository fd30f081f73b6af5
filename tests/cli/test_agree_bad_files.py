"""Files and options that ``coder agree`` cannot take: one line, exit 2, nothing printed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.calling import Call

FILES = {
    "good.csv": "unit,transcript,A,B\n1,T,x,y\n2,T,x,x\n3,U,y,y\n",
    "numbers.csv": "unit,A,B\n1,1,2\n2,7,2\n3,2,2\n",
    "no_header.csv": "1,2,3\n2,2,2\n3,1,1\n",
    "twice.csv": "unit,A,A\n1,x,y\n",
    "mixed.csv": "unit,A,B\n1,1,2\n2,two,2\n3,3,3\n",
    "words.csv": "unit,A,B\n1,low,high\n2,low,low\n",
    "named_cluster.csv": "unit,cluster,B\n1,x,y\n2,x,x\n",
    "rated_twice.csv": "unit,coder,code\n1,A,x\n1,A,y\n1,B,x\n",
    "no_rows.csv": "unit,A,B\n",
    "empty.csv": "",
    "one_coder.csv": "unit,A\n1,x\n2,y\n",
    "same_number.csv": "unit,A,B\n1,1,1.0\n2,2,2\n",
    "outside.csv": "document,coder,code,start,stop,length\nD,A,x,9,200,100\nD,B,x,0,5,100\n",
    "two_codes.csv": "document,coder,code,start,stop,length\n"
    "D,A,x,10,50,100\nD,A,y,30,60,100\nD,B,x,0,5,100\n",
    "same_code.csv": "document,coder,code,start,stop,length\n"
    "D,A,x,10,50,100\nD,A,x,30,60,100\nD,B,x,0,5,100\n",
    "no_length.csv": "document,coder,code,start,stop\nD,A,x,10,50\nD,B,x,0,5\n",
    "open_quote.csv": 'unit,A,B\n1,"x,y\n',
    "first.csv": "unit,code\n1,x\n2,y\n",
    "second.csv": "unit,code\n3,x\n4,y\n",
    "lopsided.csv": ",x,y\nx,0,1\ny,2,0\n",
    "no_diagonal.csv": ",x,y\nx,3,1\ny,1,3\n",
    "other_names.csv": ",x,z\nx,0,1\nz,1,0\n",
    "sets.csv": "unit,coder,code\n1,A,x\n1,A,y\n1,B,x\n2,A,x\n2,B,z\n",
    "notes.txt": "hello",
    "latin.csv": "unit,A,B\n1,caf\xe9,x\n",
    "wide.csv": ",".join(["unit", *map(str, range(5000))]) + "\n" + ",".join(["1"] * 5001) + "\n",
}

BAD = [
    ("no_header.csv", "no_header.csv, row 1:"),
    ("twice.csv", 'twice.csv, row 1: two columns are called "A"'),
    ("mixed.csv --scale interval", 'mixed.csv, row 3, "A": "two" is no number'),
    ("mixed.csv --scale ordinal", 'mixed.csv, row 3, "A": "two" is no number'),
    ("words.csv --scale ordinal", "the order of"),
    ("words.csv --weights linear", "--categories lowest,...,highest"),
    ("same_number.csv --scale ratio", '"1.0" is the same number as "1"'),
    ("named_cluster.csv", "named_cluster.csv, row 1: only one column of ratings"),
    ("rated_twice.csv", "rated_twice.csv, row 3:"),
    ("numbers.csv --categories 1,2,3", 'numbers.csv, row 3, "A": "7" is not among'),
    ("numbers.csv --categories 1,2,2,7", '--categories names "2" twice'),
    ("sets.csv --sets --categories x,y", 'sets.csv, row 6, "B": "z" is not among'),
    ("no_rows.csv", "no_rows.csv"),
    ("empty.csv", "empty.csv: the file is empty"),
    ("one_coder.csv", "only one column of ratings"),
    ("outside.csv", "outside.csv, row 2:"),
    ("two_codes.csv --statistic u_alpha", "two_codes.csv: document D: spans 10-50 (x) and 30-60"),
    ("same_code.csv", "same_code.csv: document D: spans 10-50 (x) and 30-60 (x) of A overlap"),
    ("no_length.csv", "no_length.csv, row 2: the length of"),
    ("open_quote.csv", "open_quote.csv, row 2:"),
    ("latin.csv", "is not UTF-8"),
    ("wide.csv", "wide.csv, row 1:"),
    ("notes.txt", "notes.txt: a spreadsheet ends in"),
    ("nowhere.csv", "nowhere.csv: there is no such file"),
    ("first.csv second.csv", "no unit is in both"),
    ("good.csv --weights lopsided.csv", 'lopsided.csv, row 2, "y"'),
    ("good.csv --weights no_diagonal.csv", "no_diagonal.csv: the diagonal holds neither"),
    ("good.csv --weights other_names.csv", '"y" is not among the categories x, z'),
    ("good.csv --weights nowhere.csv", "nowhere.csv: there is no such file"),
    ("good.csv --unit q", 'no column "q"'),
    ("good.csv --coders A,Q", 'no column "Q"'),
    ("good.csv --layout wider", 'there is no layout "wider"'),
    ("good.csv --statistic cohen_kapa", "did you mean cohen_kappa?"),
    ("good.csv --statistic u_alpha", "u_alpha is for spans, not for two coders"),
    ("good.csv --min kappa=0.7", "did you mean cohen_kappa?"),
    ("good.csv --min cohen_kappa", "cohen_kappa is no threshold"),
    ("good.csv --min cohen_kappa=high", "cohen_kappa=high is no threshold"),
    ("good.csv --min-lower alpha_masi=0.1", "alpha_masi is for sets of codes"),
    ("good.csv --bands mine", "--bands"),
    ("two_codes.csv --interval analytic", "--interval analytic is not for spans"),
    ("two_codes.csv --scale ordinal", "--scale ordinal is not for spans"),
    # Options that make no sense together.
    ("good.csv --set attribution", "--set does not go with files of ratings"),
    ("good.csv --study x.coder", "--study does not go with files of ratings"),
    ("good.csv --round one", "--round does not go with files of ratings"),
    ("--scale ordinal", "--scale does not go with a study"),
    ("--convert out.csv", "--convert does not go with a study"),
    ("good.csv --replicates 300", "--replicates does not go with --interval jackknife"),
    ("good.csv --seed 3 --interval none", "--seed does not go with --interval none"),
    ("good.csv --min-lower cohen_kappa=0 --interval none", "--min-lower does not go with"),
    ("good.csv --bands fleiss --interval none", "--bands does not go with --interval none"),
    ("good.csv --bands fleiss --json", "--bands does not go with --json"),
    ("good.csv --confidence 0.9 --interval none", "--confidence does not go with"),
    ("good.csv --weights linear --scale nominal", "--weights linear does not go with"),
    ("sets.csv --sets --scale ordinal", "--scale ordinal does not go with --sets"),
    ("good.csv --force", "--force does not go with a report"),
    ("good.csv --convert out.csv --json", "--convert does not go with --json"),
    ("good.csv --convert out.csv --min cohen_kappa=0", "--convert does not go with --min"),
    ("good.csv --convert out.txt", "has to end in .csv"),
    ("good.csv --convert first.csv", "first.csv is there already (another name, or --force)"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bad")
    for name, text in FILES.items():
        (made / name).write_bytes(text.encode("latin-1" if name == "latin.csv" else "utf-8"))
    return made


@pytest.mark.parametrize(("line", "words"), BAD)
def test_one_line_says_what_is_wrong(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    monkeypatch.chdir(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    said = call("agree", *shlex.split(line)).one_line(2)
    assert words in said, said
    assert len(said) < 400
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
