"""Records and published figures at the door: what is printed where, and how calls end."""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil
from pathlib import Path

import pytest

from coder.cli.main import run
from coder.paths import shipped
from tests.cli.calling import Answer, Call, fingerprint

FIXTURES = shipped("transcripts_sample") / "fixtures"
DOCS = Path(__file__).parents[2] / "docs" / "records.md"
REASONS = "reasons=uptake_reason+implementation_reason"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, with nothing set that a developer may have set."""
    monkeypatch.chdir(tmp_path)
    for name in ("CODER_STUDY", "CODER_CODER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def advice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of the invented recommendations; copy it before changing it."""
    path = tmp_path_factory.mktemp("advice") / "advice.coder"
    assert run(["new", str(path), "--codebook", "mist_recommendations"]) == 0
    file = str(FIXTURES / "recommendations_162.csv")
    assert run(["records", file, "--coder", "AL", "--map", REASONS, "--study", str(path)]) == 0
    return path


@pytest.fixture
def advice(advice_file: Path, here: Path) -> Path:
    """A copy of it, the only study here."""
    return Path(shutil.copy(advice_file, here))


def rows(answer: Answer) -> list[dict[str, str]]:
    assert answer.code == 0, answer
    return list(csv.DictReader(io.StringIO(answer.out)))


def test_the_how_to_works_as_written(call: Call, here: Path) -> None:
    blocks = DOCS.read_text(encoding="utf-8").split("```")[1::2]
    lines = [line for block in blocks for line in block.strip().splitlines()]
    assert len(lines) >= 20
    for line in lines:
        words = shlex.split(line)
        assert words[0] == "coder"
        answer = call(*words[1:])
        assert answer.code == 0, (line, answer)
        assert answer.out or words[1] in ("samples", "new"), line
        assert "Traceback" not in answer.err


def test_the_import_says_what_it_took_and_assumed(call: Call, here: Path) -> None:
    call("new", "advice.coder", "--codebook", "mist_recommendations")
    file = FIXTURES / "recommendations_162.csv"
    words = ("records", file, "--coder", "AL", "--map", REASONS)
    tried = call(*words, "--dry-run")
    assert tried.out.startswith("Would be imported: recommendations\n")
    assert call("records").err == "the study has no records: coder records FILE imports some\n"
    answer = call(*words)
    assert answer.out.startswith("Imported: recommendations\n")
    assert "note: attributes: district, math_department\n" in answer.err
    assert "note: blank cells taken as nothing applied: 3 of uptake_reason\n" in answer.err
    (line,) = rows(call(*words, "--csv"))
    assert (line["added"], line["unchanged"], line["kind"]) == ("0", "162", "recommendation")


def test_tally_and_cross_print_the_golden_shares(call: Call, advice: Path) -> None:
    page = call("tally", "--of", "uptake").out
    assert "uptake: all 162 recommendations by code (162 asked)" in page
    for count, share in ((73, "45.1%"), (36, "22.2%"), (53, "32.7%")):
        assert any(str(count) in line and share in line for line in page.splitlines())
    page = call("tally", "--of", "implementation").out
    assert "all 162 recommendations by code (109 asked, 53 no data)" in page
    found = {line["result"]: line for line in rows(call("tally", "--of", "uptake", "--csv"))}
    assert {key: line["count"] for key, line in found.items()} == {
        "up_full": "73",
        "up_part": "36",
        "up_none": "53",
    }
    assert {line["counted"] for line in found.values()} == {"recommendations by code"}
    everything = call("tally")
    assert everything.code == 0
    assert "focus: all 162 recommendations" in everything.out
    (first, *_) = rows(call("cross", "uptake", "implementation", "--csv"))
    assert first == {
        "value": "Taken up completely",
        "im_success": "18",
        "im_partial": "20",
        "im_unsuccessful": "35",
        "no_data": "0",
        "n": "73",
    }


def test_people_can_still_be_asked_for(call: Call, advice: Path) -> None:
    answer = call("tally", "--of", "uptake", "--people")
    assert "has no value per person" in answer.one_line(2)


def test_records_are_coded_like_excerpts(call: Call, advice: Path) -> None:
    ref = "recommendations_162:AF-2016-05"
    assert call("code", ref, "up_part", "--coder", "RR").code in (0, 2)
    assert call("coders", "add", "RR").code == 0
    assert call("code", ref, "up_part", "--coder", "RR").code == 0
    assert ref in call("disagreements", "--set", "uptake").out
    settled = call("settle", ref, "uptake", "up_none", "--why", "no part", "--coder", "RR")
    assert settled.code == 0
    assert "AL, uptake: up_none" in call("show", ref, "--coder", "AL").out
    assert call("memo", ref, "to ask", "--coder", "RR").code == 0
    assert "as the journal says" in call("check").out


def test_lists_as_data(call: Call, advice: Path) -> None:
    found = json.loads(call("records", "--json").out)
    assert len(found["rows"]) == 162
    assert found["rows"][0]["math_department"] == "no"
    assert found["rows"][0]["kind"] == "recommendation"
    assert max(map(len, call("records").out.splitlines())) <= 80
    (first, *_) = rows(call("records", "--coder", "AL", "--csv"))
    assert first["codes"].startswith("rec_goals, up_full, ur_builds, im_unsuccessful")
    assert first["state"] == "finished"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("records", "nix.csv"), 1, "nix.csv: there is no such file"),
        (("records", "--kind", "lesson"), 2, "no file of records is named"),
        (("records", "r.csv"), 1, "no coder is named"),
        (("records", "r.csv", "--map", "nix"), 2, "--map nix maps nothing"),
        (("records", "r.csv", "--map", "nix=uptake"), 2, 'there is no column "nix"'),
        (("records", "r.csv", "--kind", "lesson"), 2, "codes no lesson"),
        (("records", "r.csv", "--book", "nix"), 2, "has no codebook nix"),
        (("records", "bad.csv", "--coder", "AL"), 1, 'bad.csv, row 3, column "uptake"'),
        (("records", "r.txt", "--coder", "AL"), 1, "a spreadsheet ends in .csv"),
        (("check-published", "nix.csv"), 1, "nix.csv: there is no such file"),
        (("check-published", "r.csv", "--counts", "uptake=x"), 2, "is no count"),
        (("check-published", "--counts", "nix=1"), 2, "no published figure is about nix"),
        (("check-published", "--book", "nix"), 2, "there is no codebook nix"),
        (("check-published", "--study", "nix.coder"), 2, "nix.coder"),
        (("check-published", "bad.csv"), 1, 'bad.csv, row 3, column "uptake"'),
        (("check-published", "r.csv", "--role", "teacher"), 2, "--role counts people of a study"),
        (("check-published", "--role", "teacher"), 2, "nobody has the role teacher"),
    ],
)
def test_one_line_and_the_study_as_it_was(
    call: Call, advice: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    (advice.parent / "r.csv").write_text("id,uptake\nN1,up_full\n", encoding="utf-8")
    (advice.parent / "r.txt").write_text("id,uptake\nN1,up_full\n", encoding="utf-8")
    (advice.parent / "bad.csv").write_text("id,uptake\nN1,up_full\nN2,up_ful\n", encoding="utf-8")
    before = fingerprint(advice)
    assert says in call(*words).one_line(code)
    assert fingerprint(advice) == before


def test_check_published_is_data_and_ends_well(call: Call, here: Path) -> None:
    answer = call("check-published", FIXTURES / "recommendations_162.csv")
    assert answer.code == 0
    assert "uptake_shares (mist_recommendations)\n  verdict  met\n" in answer.out
    assert answer.err.startswith("5 met, ")
    found = {line["figure"]: line for line in rows(call("check-published", "--csv"))}
    assert found["uptake_shares"]["verdict"] == "cannot be decided"
    assert found["uptake_shares"]["computed"] == ""
    assert found["feedback_share"]["computed"] == "13 of 20 = 65.0%"
    assert found["pilot_vs_district"]["verdict"] == "met"
    data = json.loads(call("check-published", "--json").out)
    assert {"figure", "source", "says", "computed", "n", "unit", "verdict", "caution"} <= set(
        data["rows"][0]
    )
    assert call("check-published", "--markdown").out.count("|") > 100


def test_a_figure_that_is_not_met_is_an_error_only_where_asked_for(call: Call, here: Path) -> None:
    words = ("check-published", "--book", "mist_recommendations", "--counts", "uptake=70,40,52")
    assert call(*words).code == 0
    assert call(*words, "--strict").code == 1
    assert call("check-published", "--strict").code == 0


def test_a_study_is_set_beside_them_unless_other_numbers_are(call: Call, advice: Path) -> None:
    for words in ((), ("--study", advice)):
        answer = call("check-published", *words, "--strict")
        assert answer.code == 0
        text = " ".join(answer.out.split())
        assert "73 / 36 / 53 of 162 = 45% / 22% / 33% [162 recommendations, study advice]" in text
        assert answer.err == "2 met, 1 not tested\n"
    other = ("check-published", "--book", "mist_recommendations", "--counts", "uptake=70,40,52")
    assert "study advice" not in call(*other).out
    assert "study advice" in call(*other, "--study", advice).out


def test_without_a_study_the_figures_are_listed(call: Call, here: Path) -> None:
    answer = call("check-published")
    assert answer.code == 0
    assert answer.err.splitlines() == [
        "note: there is no study here; the figures are listed without results of your own",
        "3 met, 9 cannot be decided, 5 not tested",
    ]
