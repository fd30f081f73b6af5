"""codebook check, schema, show, export and import, as a user calls them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from coder.formats.codebook_yaml import json_schema, read_codebook
from coder.formats.refi_qdc import read_qdc
from coder.paths import shipped
from tests.cli.calling import Call, fingerprint

BRIEF = shipped("codebooks") / "mist_student_views_brief.yaml"


def test_all_shipped_books_go_together(call: Call) -> None:
    paths = sorted(shipped("codebooks").glob("*.yaml"))
    answer = call("codebook", "check", *paths)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.count("no complaints") == len(paths)


def test_check_names_what_stands_twice(call: Call, tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    text = BRIEF.read_text(encoding="utf-8")
    copy.write_text(text.replace("\nid: mist_student_views_brief", "\nid: mine"), encoding="utf-8")
    answer = call("codebook", "check", BRIEF, copy)
    assert answer.code == 1
    line = text[: text.index("\nid: ")].count("\n") + 2
    assert answer.out == (
        f"{copy}:{line}:5: id: the same codes and sets stand in {BRIEF} "
        "(keep one of the two books)\n"
    )
    assert answer.err == f"{BRIEF}: no complaints\n"


def test_check_as_json(call: Call, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    text = BRIEF.read_text(encoding="utf-8")
    bad.write_text(re.sub(r"mode: \w+", "mode: some", text, count=1), encoding="utf-8")
    answer = call("codebook", "check", "--json", BRIEF, bad)
    assert answer.code == 1
    found = json.loads(answer.out)
    assert {one["file"] for one in found} == {str(bad)}
    (mode,) = [one for one in found if one["field"].endswith(".mode")]
    line = text[: text.index("mode: ")].count("\n") + 1
    assert (mode["line"], mode["column"], mode["kind"]) == (line, 11, "fault")
    assert mode["message"] == '"some" is not known here'
    assert "exclusive" in mode["fix"]
    clean = call("codebook", "check", "--json", BRIEF)
    assert (clean.code, json.loads(clean.out)) == (0, [])


def test_check_against_a_study(call: Call, sample: Path, tmp_path: Path) -> None:
    text = (shipped("codebooks") / "mist_student_views.yaml").read_text(encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(text.replace("\nid: mist_student_views", "\nid: mine"), encoding="utf-8")
    assert call("codebook", "check", other).code == 0
    before = fingerprint(sample)
    answer = call("codebook", "check", other, "--study", sample)
    assert answer.code == 1
    assert f"in mist_student_views 1.0.0 of {sample.name} too" in answer.out
    assert "mine:attribution" in answer.out
    assert fingerprint(sample) == before
    assert "there is no study" in call("codebook", "check", other, "--study", "no.coder").one_line(
        2
    )


def test_two_books_with_one_set_name_are_pointed_out(
    call: Call, sample: Path, tmp_path: Path
) -> None:
    text = BRIEF.read_text(encoding="utf-8")
    first, second = tmp_path / "one.yaml", tmp_path / "two.yaml"
    first.write_text(text.replace("\nid: mist_student_views_brief", "\nid: one"), encoding="utf-8")
    second.write_text(text.replace("\nid: mist_student_views_brief", "\nid: two"), encoding="utf-8")
    made = call("new", "both.coder", "--codebook", first, "--codebook", second)
    assert made.code == 0
    said = "note: the code set brief_attribution is in several codebooks: say one:brief_attribution"
    assert said in made.err
    call("new", "later.coder", "--codebook", first)
    used = call("codebook", "use", second, "--study", "later.coder")
    assert used.code == 0
    assert said in used.err


def test_the_schema_is_printed(call: Call) -> None:
    answer = call("codebook", "schema")
    assert (answer.code, answer.out, answer.err) == (0, json_schema(), "")


@pytest.mark.parametrize("form", ["md", "html", "csv"])
def test_show_prints_an_appendix_with_counts(call: Call, sample: Path, form: str) -> None:
    answer = call("codebook", "show", "--format", form)
    assert (answer.code, answer.err) == (0, "")
    assert re.search(r"Transcripts|,transcripts", answer.out)
    written = call("codebook", "show", "--to", f"book.{form}")
    assert (written.code, written.out) == (0, "")
    assert "wrote mist_student_views 1.0.0 to book." in written.err
    assert Path(f"book.{form}").read_text(encoding="utf-8") == answer.out


def test_show_as_a_word_document(call: Call, sample: Path) -> None:
    before = fingerprint(sample)
    assert call("codebook", "show", "--to", "book.docx").code == 0
    assert Path("book.docx").read_bytes().startswith(b"PK")
    assert "say --to FILE.docx" in call("codebook", "show", "--format", "docx").one_line(2)
    assert fingerprint(sample) == before


def test_show_counts_only_what_the_study_holds(call: Call, sample: Path) -> None:
    answer = call("codebook", "show", BRIEF, "--format", "md")
    assert "nothing is counted, because sample.coder does not hold" in answer.err
    assert "Excerpts" not in answer.out
    sample.unlink()
    answer = call("codebook", "show", "mist_student_views_brief", "--format", "md")
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("codebook show --format pdf", 2, "--format"),
        ("codebook show --to book.pdf", 2, "ends in no format of appendices"),
        ("codebook show --to book.md --json", 2, "--json and an appendix"),
        ("codebook show --format md --full", 2, "--full and an appendix"),
        ("codebook show --to gone/book.md", 1, "there is no such folder"),
        ("codebook show nowhere --format md", 2, "there is no codebook nowhere"),
        ("codebook show --format md --coder XX", 2, "XX"),
        ("codebook export --to book.pdf", 2, "no format of codebooks"),
        ("codebook export --to book", 2, "has no ending"),
        ("codebook export --format xlsx", 2, "say --to FILE.xlsx"),
        ("codebook export nowhere", 2, "there is no codebook nowhere"),
        ("codebook export --to gone/book.qdc", 1, "there is no such folder"),
        ("codebook import gone.csv", 1, "gone.csv: there is no such file"),
        ("codebook import gone.qdc", 1, "gone.qdc: there is no such file"),
        ("codebook import notes.txt", 2, "no format of codebooks"),
        ("codebook import", 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done(call: Call, sample: Path, line: str, code: int, words: str) -> None:
    before = fingerprint(sample)
    assert words in call(*line.split()).one_line(code)
    assert fingerprint(sample) == before
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["sample.coder"]


@pytest.mark.parametrize("form", ["yaml", "csv", "tsv", "xlsx", "qdc"])
def test_out_and_in_again(call: Call, sample: Path, form: str) -> None:
    out = call("codebook", "export", "mist_student_views_brief", "--to", f"mine.{form}")
    assert (out.code, out.out) == (0, "")
    before = fingerprint(sample)
    back = call("codebook", "import", f"mine.{form}", "--id", "ours", "--title", "Ours")
    assert (back.code, back.out) == (0, "")
    assert back.err.startswith("made ours.yaml: 2 code sets, 10 codes\n")
    assert back.err.endswith("next: coder codebook use ours.yaml\n")
    assert fingerprint(sample) == before
    book, first = read_codebook("ours.yaml"), read_codebook(BRIEF)
    assert (book.id, book.title) == ("ours", "Ours")
    assert [s.codes for s in book.code_sets] == [s.codes for s in first.code_sets]
    assert call("codebook", "check", "ours.yaml").code == 0
    assert call("codebook", "use", "ours.yaml").code == 0
    assert ("YAML has everything" in out.err) == (form in ("csv", "tsv", "xlsx"))


@pytest.mark.parametrize("form", ["yaml", "csv", "tsv", "qdc"])
def test_export_to_the_screen_is_the_file(call: Call, sample: Path, form: str) -> None:
    call("codebook", "export", "--to", f"mine.{form}")
    answer = call("codebook", "export", "--format", form)
    assert Path(f"mine.{form}").read_bytes().decode().rstrip("\n") == answer.out.rstrip("\n")
    if form == "qdc":
        assert read_qdc("mine.qdc").book.id == "mist_student_views"


def test_import_never_writes_over_a_file(call: Call, sample: Path) -> None:
    shutil.copy(BRIEF, "mist_student_views_brief.yaml")
    call("codebook", "export", "mist_student_views_brief", "--to", "mine.qdc")
    answer = call("codebook", "import", "mine.qdc").one_line(2)
    assert "mist_student_views_brief.yaml is already there" in answer
    assert "--to" in answer
    assert call("codebook", "import", "mine.qdc", "--to", "new.yaml").code == 0
    assert read_codebook("new.yaml") == read_codebook(BRIEF)
    assert "no id" in call("codebook", "import", "mine.qdc", "--id", "my book").one_line(2)


def test_codes_come_back_by_guid_when_a_program_loses_their_descriptions(
    call: Call, sample: Path
) -> None:
    call("codebook", "export", "--to", "ours.qdc")
    text = Path("ours.qdc").read_text(encoding="utf-8")
    bare = re.sub(r"<Description>.*?</Description>", "", text, flags=re.DOTALL)
    Path("bare.qdc").write_text(bare, encoding="utf-8")
    answer = call("codebook", "import", "bare.qdc")
    assert answer.code == 0, answer
    assert "has advice: " in answer.err
    book = read_codebook("bare.yaml")
    assert [s.id for s in book.code_sets] == ["attribution", "adjustment", "who"]
    assert book.code_sets[0].codes[0].id == "instruction_now"


BAD: dict[str, tuple[str, str]] = {
    "rows.csv": ("code,name,valence\na,A,good\n", 'row 2, column "valence": "good"'),
    "cells.csv": ("code,name\na,A,B\n", "row 2: more cells"),
    "other.csv": ("x,y\n1,2\n", "no row names a column"),
    "open.csv": ('code,name\na,"A\n', "row 2: a quotation mark"),
    "fake.xlsx": ("no workbook", "the workbook cannot be read"),
    "laugh.qdc": ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "line 1: a document type"),
    "cut.qdc": ("<CodeBook><Codes>", "not XML"),
    "fault.yaml": ("schema: codebook/1\nid: a\n", "missing field"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_one_line_and_leave_nothing(call: Call, sample: Path, name: str) -> None:
    text, words = BAD[name]
    Path(name).write_text(text, encoding="utf-8")
    before = fingerprint(sample)
    line = call("codebook", "import", name).one_line(1)
    assert words in line
    assert name in line
    assert fingerprint(sample) == before
    assert {path.name for path in Path.cwd().iterdir()} == {"sample.coder", name}


@pytest.mark.parametrize("name", ["codes.csv", "codes.XLSX", "codes.qdc"])
def test_checking_a_file_of_another_program_points_at_import(
    call: Call, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("id,name\na,A\n", encoding="utf-8")
    line = call("codebook", "check", BRIEF, path).one_line(2)
    assert f"{path} is no codebook file, which is YAML" in line
    assert f"(coder codebook import {path} makes one of it)" in line
