"""codebook add, rename, edit, move, merge, split, retire, restore, log, revisit, confirm."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from coder.ops.study import open_study
from tests.cli.calling import Answer, Call

AL = ("--coder", "AL")


def edit(call: Call, *words: str) -> Answer:
    answer = call("codebook", *words, *AL)
    assert (answer.code, answer.out) == (0, ""), answer
    return answer


def rows(answer: Answer) -> list[dict[str, str]]:
    assert answer.code == 0, answer
    return list(csv.DictReader(io.StringIO(answer.out)))


def shown(call: Call) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(call("codebook", "show", "--csv"))}


def test_a_code_is_added_reworded_moved_retired_and_restored(call: Call, sample: Path) -> None:
    said = edit(call, "add", "attribution", "Home [/b] life", "--valence", "mixed").err
    assert "added Home [/b] life to attribution (mist_student_views 1.1.0)" in said
    assert "Home [/b] life: id home_b_life, no key yet" in said
    assert shown(call)["home_b_life"]["valence"] == "mixed"
    edit(call, "rename", "attribution:home_b_life", "At home")
    edit(call, "edit", "home_b_life", "--definition", "What happens there.", "--not-codable")
    now = shown(call)["home_b_life"]
    assert (now["name"], now["definition"], now["codable"]) == (
        "At home",
        "What happens there.",
        "no",
    )
    edit(call, "move", "home_b_life", "--before", "instruction_now")
    assert next(iter(shown(call))) == "home_b_life"
    edit(call, "move", "home_b_life", "--below", "instruction_now")
    edit(call, "retire", "home_b_life")
    line = call("code", "AF-T01-Y1:1", "home_b_life", *AL).one_line(2)
    assert "At home is retired" in line
    assert "brought back At home" in edit(call, "restore", "home_b_life").err
    # In another set it may have been coded: who is in an open round is not told.
    assert "practice" in call("codebook", "move", "home_b_life", "--to-set", "who", *AL).one_line(1)
    assert call("round", "close", "practice", "--unfinished").code == 0
    edit(call, "move", "home_b_life", "--to-set", "who")
    assert shown(call)["home_b_life"]["code_set"] == "who"
    assert call("check").code == 0


def test_merging_and_splitting_lead_to_the_list_and_through_it(call: Call, sample: Path) -> None:
    said = edit(
        call, "merge", "effort_character", "fixed_ability", "--as", "About students", "--why", "one"
    ).err
    assert "About students: id about_students, key 5" in said
    assert "6 excerpts to revisit (AL 3, RR 3): coder codebook revisit lists them" in said
    split = edit(call, "split", "show_steps", "Shows steps", "copies=Has them copy", "--why", "two")
    assert "Has them copy: id copies" in split.err
    mine = call("codebook", "revisit", "--csv", *AL)
    assert "coded under 1.0.0:" in mine.err
    found = rows(mine)
    assert {row["version"] for row in found} == {"1.0.0"}
    merged = next(row for row in found if "effort_character" in row["codes"])
    assert merged["why"].startswith("merged ")
    steps = rows(call("codebook", "revisit", "--code", "show_steps", "--csv", *AL))
    assert {row["why"] for row in steps} == {"retired Show the steps"}
    # Two ways through: code it otherwise, or stand by it.
    first, *rest = (row["excerpt"] for row in steps)
    assert call("code", first, "copies", *AL).code == 0
    assert call("uncode", first, "show_steps", *AL).code == 0
    assert call("codebook", "confirm", *rest, *AL).code == 0
    line = call("codebook", "confirm", "--all", "--code", "show_steps", *AL).one_line(2)
    assert "AL has nothing with show_steps to revisit" in line
    assert "confirmed" in call("codebook", "confirm", "--all", "--code", "about_students", *AL).err
    nothing = call("codebook", "revisit", *AL)
    assert "AL has nothing to revisit" in nothing.err


def test_the_log_is_a_page_csv_and_json(call: Call, sample: Path) -> None:
    edit(call, "split", "show_steps", "Shows steps", "Has them copy", "--why", "two things")
    edit(call, "retire", "drill_first")
    assert call("undo", *AL).code == 0
    page = " ".join(call("codebook", "log").out.split())
    assert "split Show the steps into Shows steps and Has them copy retired Show" in page
    assert "why: two things" in page
    assert "drill" not in page.casefold()
    lines = rows(call("codebook", "log", "--csv"))
    assert [line["version"] for line in lines] == ["1.0.0", "2.0.0"]
    assert lines[1]["coder"] == "AL"
    data = json.loads(call("codebook", "log", "mist_student_views", "--json").out)
    assert data["rows"][1]["why"] == "two things"


def test_an_edit_is_undone_and_done_again(call: Call, sample: Path) -> None:
    with open_study(sample) as study:
        before = study.codebook
    edit(call, "rename", "drill_first", "Drill")
    assert call("undo", *AL).code == 0
    with open_study(sample) as study:
        assert study.codebook == before
    assert call("redo", *AL).code == 0
    assert shown(call)["drill_first"]["name"] == "Drill"


def test_merging_codes_of_different_valence_says_what_they_count_as(
    call: Call, sample: Path
) -> None:
    codes = ("instruction_now", "effort_character")
    into = edit(call, "merge", *codes, "--into", "instruction_now").err
    assert "character was unproductive: Current teaching is productive" in into
    assert call("undo", *AL).code == 0
    made = edit(call, "merge", *codes, "--as", "Both").err
    assert (
        "note: Current teaching was productive and Effort, attitude or behaviour as character"
        in made
    )
    assert "Both is neither productive nor unproductive, and so they count now" in made
    assert "coder codebook edit both --valence WORD gives it another" in made
    assert call("undo", *AL).code == 0
    same = edit(call, "merge", "effort_character", "fixed_ability", "--as", "About students").err
    assert "note:" not in same


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("add", "atribution", "X"), "did you mean attribution?"),
        (("add", "attribution", "X", "--key", "1"), "the key 1 is taken by Current teaching"),
        (("add", "attribution", "X", "--id", "show_steps"), "say show_steps_2"),
        (("rename", "drill", "X"), "there is no code drill"),
        (("edit", "drill_first"), "nothing to change is named"),
        (("edit", "drill_first", "--valence", "good"), "one of productive"),
        (("move", "drill_first"), "no place is named"),
        (("move", "drill_first", "--to-set", "who"), "practice"),
        (("merge", "drill_first"), "say what they become"),
        (("merge", "drill_first", "--into", "drill_first"), "name two codes"),
        (("merge", "drill_first", "--into", "two_sided"), "is of attribution"),
        (("merge", "drill_first", "--into", "show_steps", "--key", "z"), "keeps its parts"),
        (("split", "drill_first", "One"), "two codes or more"),
        (("restore", "drill_first"), "is not retired"),
        (("confirm",), "say what to confirm"),
        (("confirm", "--all"), "say what to confirm"),
        (("confirm", "AF-T01-Y1:1"), "nothing that AL said of AF-T01-Y1:1 is in question"),
        (("retire", "drill_first", "--book", "other"), "the study has no codebook other"),
        (("revisit", "--code", "other"), "there is no code other"),
    ],
)
def test_what_will_not_do_is_one_line_and_changes_nothing(
    call: Call, sample: Path, words: tuple[str, ...], complaint: str
) -> None:
    answer = call("codebook", *words, *AL)
    line = answer.one_line(answer.code)
    assert answer.code in (1, 2)
    assert complaint in line
    with open_study(sample) as study:
        assert study.codebook.version == "1.0.0"


def test_with_several_coders_it_must_be_said_who_edits(call: Call, sample: Path) -> None:
    assert "say who codes" in call("codebook", "retire", "drill_first").one_line(2)


def test_a_study_without_coders_can_be_edited(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODER_CODER", raising=False)
    assert call("new", "mine.coder", "--codebook", "mist_student_views").code == 0
    assert call("codebook", "retire", "drill_first").code == 0
    assert call("undo").code == 0
