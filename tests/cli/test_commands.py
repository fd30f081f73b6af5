"""Every command: its help, what it prints where, and that it does what it says."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from coder import __version__
from coder.cli.main import COMMANDS, cli
from coder.ops.recent import remember
from tests.cli.calling import Call, environment, fingerprint, program


def command(name: str) -> click.Command:
    module = import_module(f"coder.cli.{COMMANDS[name][0]}")
    found = getattr(module, variable(name))
    assert isinstance(found, click.Command)
    return found


def variable(name: str | None) -> str:
    """What a command is called in its module."""
    return f"{(name or '').replace('-', '_')}_command"


def subcommands() -> list[tuple[str, click.Command]]:
    out = []
    for name in COMMANDS:
        one = command(name)
        out.append((name, one))
        if isinstance(one, click.Group):
            out += [(f"{name} {sub}", found) for sub, found in one.commands.items()]
    return out


# Help.


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_itself_says(name: str) -> None:
    words = command(name).help or ""
    assert COMMANDS[name][1] == words.split("\n\n")[0].replace("\n", " ")
    assert command(name).name == name


@pytest.mark.parametrize(("name", "one"), subcommands())
def test_every_command_and_option_has_help(name: str, one: click.Command) -> None:
    assert one.help, name
    for parameter in one.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"


def test_every_command_function_is_in_the_list() -> None:
    folder = Path(import_module("coder.cli.main").__file__ or "").parent
    defined = set()
    for path in folder.glob("*_cmds.py"):
        module = import_module(f"coder.cli.{path.stem}")
        top = [
            value
            for value in vars(module).values()
            if isinstance(value, click.Command) and variable(value.name) in vars(module)
        ]
        defined |= {one.name for one in top if vars(module)[variable(one.name)] is one}
    inside = {name.split()[1] for name, _ in subcommands() if " " in name}
    assert defined - inside <= set(COMMANDS)
    assert set(COMMANDS) <= defined


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_lists_every_command_in_80_columns(call: Call, flag: str) -> None:
    answer = call(flag)
    assert (answer.code, answer.err) == (0, "")
    for name, (_, words) in COMMANDS.items():
        assert re.search(rf"^  {name}\s+{re.escape(words)}$", answer.out, re.MULTILINE), name
    assert max(map(len, answer.out.splitlines())) <= 80


def test_nothing_at_all_is_help(call: Call) -> None:
    assert call().out == call("--help").out


@pytest.mark.parametrize("name", [name for name, _ in subcommands()])
def test_each_commands_help(call: Call, name: str) -> None:
    answer = call(*name.split(), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"Usage: coder {name}")


def test_version(call: Call) -> None:
    assert call("--version").out == f"coder {__version__}\n"


# What is printed where.

TABLES = [
    "transcripts",
    "people",
    "excerpts AF-T01-Y1",
    "excerpts AF-T01-Y1 --coder AL",
    "coders",
    "codebook list",
    "codebook list --shelf",
    "codebook show",
    "codebook show mist_student_views_brief",
    "agree",
    "agree --by-code --confusion",
    "agree --full --set who",
    "agree --interval bootstrap --replicates 100 --seed 3",
    "agree --interval none --coders AL,RR --all-units",
    "disagreements",
    "disagreements --all --set adjustment",
    "tally",
    "tally --by role",
    "tally --by district,year --of attribution",
    "tally --excerpts",
    "tally --excerpts --by wave",
    "tally --codes",
    "tally --people --of who",
    "tally --each",
    "cross attribution adjustment",
    "log",
    "log --limit 3",
    "load codings.csv --dry-run --coder TT",
    "import interviews --dry-run",
]


@pytest.fixture
def filled(sample: Path) -> Path:
    """The sample study beside something to load and to import."""
    from tests.factories import write_transcript

    (sample.parent / "interviews").mkdir()
    write_transcript(sample.parent / "interviews")
    (sample.parent / "codings.csv").write_text("excerpt,code\nAF-T01-Y1:6,prior_schooling\n")
    return sample


@pytest.mark.parametrize("line", TABLES)
class TestTables:
    def test_text_fits_a_terminal(self, call: Call, filled: Path, line: str) -> None:
        answer = call(*line.split())
        assert answer.code == 0, answer.err
        lines = answer.out.splitlines()
        assert lines
        assert max(map(len, lines)) <= 80
        assert not any(line != line.rstrip() for line in lines)

    def test_json_is_one_document(self, call: Call, filled: Path, line: str) -> None:
        answer = call(*line.split(), "--json")
        data = json.loads(answer.out)
        schema = "coder/agreement/1" if line.startswith("agree") else "coder/table/1"
        assert data["schema"] == schema
        assert answer.code == 0

    def test_csv_is_one_table(self, call: Call, filled: Path, line: str) -> None:
        answer = call(*line.split(), "--csv")
        header, *rows = csv.reader(io.StringIO(answer.out))
        assert rows
        assert {len(row) for row in rows} == {len(header)}
        assert answer.code == 0

    def test_markdown_is_tables(self, call: Call, filled: Path, line: str) -> None:
        answer = call(*line.split(), "--markdown")
        assert answer.out.startswith("### ")
        assert "| ---" in answer.out

    def test_nothing_is_changed(self, call: Call, filled: Path, line: str) -> None:
        before = fingerprint(filled)
        call(*line.split())
        assert fingerprint(filled) == before


def test_data_is_on_stdout_and_talk_on_stderr(sample: Path) -> None:
    agree = program("agree", cwd=sample.parent)
    assert agree.out.startswith("Agreement of AL and RR\n")
    assert "caution: " in agree.err
    assert "caution" not in agree.out
    data = program("agree", "--json", cwd=sample.parent)
    json.loads(data.out)
    assert "caution: " in data.err
    loaded = program("import", "--dry-run", sample.parent, cwd=sample.parent)
    assert loaded.out == ""


def test_the_same_bytes_to_a_file_and_a_pipe(sample: Path) -> None:
    for line in ("tally --by role", "agree --csv", "codebook show", "people --json"):
        piped = program(*line.split(), cwd=sample.parent).out
        target = sample.parent / "out.txt"
        with target.open("wb") as file:
            subprocess.run(
                [sys.executable, "-m", "coder", *line.split()],
                cwd=sample.parent,
                env=environment(COLUMNS="200"),
                stdout=file,
                stderr=subprocess.DEVNULL,
                check=True,
            )
        assert target.read_bytes() == piped.encode()


def test_notes_that_several_tables_share_stand_once_at_the_end(call: Call, sample: Path) -> None:
    out = call("tally", "--by", "role").out
    words = "“Productive” and “unproductive” describe an explanation or an adjustment, never"
    assert out.count(words) == 1
    assert out.index(words) > out.rindex("adjustment rests on excerpts")
    assert out.count("Rows of fewer than 5 people") == 1
    # In data every table keeps its own.
    assert words in call("tally", "--by", "role", "--json").out


# Finding the study.


def test_the_only_study_here(call: Call, sample: Path) -> None:
    assert call("where").out.splitlines()[-1] == f"study: {sample.resolve()}"


def test_two_studies_here_must_be_named(call: Call, sample: Path) -> None:
    other = sample.with_name("other.coder")
    other.write_bytes(sample.read_bytes())
    line = call("people").one_line(2)
    assert (
        line
        == "coder: there are several studies here: other.coder, sample.coder (say --study FILE)"
    )
    assert call("people", "--study", "other.coder").code == 0


def test_the_environment_names_it_and_the_option_wins(
    call: Call, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sample.with_name("other.coder")
    other.write_bytes(sample.read_bytes())
    monkeypatch.setenv("CODER_STUDY", str(other))
    assert call("where").out.splitlines()[-1] == f"study: {other.resolve()}"
    found = call("where", "--study", "sample.coder").out.splitlines()[-1]
    assert found == f"study: {sample.resolve()}"
    monkeypatch.setenv("CODER_STUDY", "gone.coder")
    assert "$CODER_STUDY: there is no study gone.coder" in call("people").one_line(2)


def test_no_study_here(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODER_STUDY", raising=False)
    assert call("people").one_line(2).startswith("coder: there is no study here (say --study")
    answer = call("where")
    assert answer.code == 0
    assert "there is no study here" in answer.err


def test_the_environment_names_the_coder(
    call: Call, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODER_CODER", "AL")
    assert "Codes of AL" in call("excerpts", "AF-T01-Y1").out


# Doing things.


def test_a_study_from_nothing_to_agreement(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.factories import write_transcript

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODER_STUDY", raising=False)
    (tmp_path / "interviews").mkdir()
    write_transcript(tmp_path / "interviews")
    made = call("new", "mine.coder", "--codebook", "mist_student_views", "--name", "Mine")
    assert (made.code, made.out) == (0, "")
    assert "next: coder import" in made.err
    first = call("import", "interviews")
    assert re.search(r"^T-1 +added +9 +4 +46$", first.out, re.MULTILINE)
    again = call("import", "interviews")
    assert "already there" in again.out
    assert call("coders", "add", "AL", "--name", "Ana").code == 0
    assert call("coders", "add", "RR").code == 0
    assert call("coders").out.splitlines()[-2:] == ["AL     Ana", "RR"]
    for coder, code in (("AL", "prior_schooling"), ("RR", "prior_schooling")):
        done = call("code", "T-1:1", code, "--coder", coder)
        assert (done.code, done.out) == (0, "")
        assert "T-1:1" in done.err
    assert call("code", "T-1:3", "fixed_ability", "effort_character", "--coder", "AL").code == 0
    assert call("uncode", "T-1:3", "fixed_ability", "--coder", "AL").code == 0
    assert "already" in call("code", "T-1:3", "effort_character", "--coder", "AL").err
    assert call("memo", "T-1:3", "look", "again", "--coder", "AL").code == 0
    for ref in ("T-1:1", "T-1:2", "T-1:3", "T-1:4"):
        assert call("done", ref, "--coder", "AL").code == 0
    assert call("done", "T-1:3", "--nothing", "attribution", "--coder", "RR").code == 0
    assert "was finished already" in call("done", "T-1:1", "--coder", "AL").err
    shown = call("show", "T-1:3", "--coder", "AL").out
    assert "AL, attribution: effort_character" in shown
    assert "memo: look again" in shown
    agree = call("agree", "--set", "attribution")
    assert re.search(r"^attribution +valence +2 +50\.0%", agree.out, re.MULTILINE)
    (block,) = call("disagreements").out.strip().split("\n\n")
    assert block.splitlines()[0] == "T-1:3  Q-WHY  attribution"
    settled = call(
        "settle", "T-1:3", "attribution", "--nothing", "--why", "talked", "--coder", "AL"
    )
    assert settled.out.startswith("settled attribution of T-1:3: nothing applies")
    assert call("disagreements").err.splitlines() == [
        "attribution: 1 disagreement: 1 to RR",
        "nothing to settle",
    ]
    assert call("done", "T-1:2", "--not-asked", "adjustment", "--coder", "RR").code == 0
    assert "undid: settled" in call("undo", "--coder", "AL").err
    assert "redid: settled" in call("redo", "--coder", "AL").err
    assert call("tally", "--of", "attribution").out.startswith("attribution: all 1 person-years")
    assert "sound" in call("check").out
    assert call("backup", "copy.sqlite").code == 0
    assert "restored" in call("restore", "copy.sqlite", "--study", "mine.coder").err
    (kept,) = tmp_path.glob("mine*replaced*")
    assert call("people", "--study", kept).code == 0
    assert call("restore", "copy.sqlite", "--study", "fresh.coder").code == 0
    assert call("export", "--study", "mine.coder").out.splitlines()[0] == "exports/mine.xlsx"
    (tmp_path / "fresh.coder").unlink()
    assert call("codebook", "use", "mist_student_views_brief").code == 0
    assert call("codebook", "list").out.count("mist_student_views") == 2


def test_excerpts_can_be_cut_anew(call: Call, sample: Path) -> None:
    rows = json.loads(call("excerpts", "AF-T01-Y1", "--json").out)["rows"]
    assert len(rows) == 12
    assert call("excerpt", "drop", "AF-T01-Y1:1", "--coder", "AL").code == 0
    assert len(json.loads(call("excerpts", "AF-T01-Y1", "--json").out)["rows"]) == 11
    text = call("show", "AF-T01-Y1").out
    at = text.index("Sixth year here.")
    added = call("excerpt", "add", "AF-T01-Y1", str(at), str(at + 16), "--coder", "AL")
    assert added.code == 0
    last = json.loads(call("excerpts", "AF-T01-Y1", "--json").out)["rows"][0]
    assert last["words"] == "Sixth year here."
    assert "START comes before STOP" in call(
        "excerpt", "add", "AF-T01-Y1", "60", "60", "--coder", "AL"
    ).one_line(2)


def test_excerpts_are_cut_by_quoting_words(call: Call, sample: Path) -> None:
    def excerpt(*words: str) -> str:
        answer = call("excerpt", *words, "--coder", "AL")
        assert answer.code == 0, answer.err
        return answer.err

    assert "made the excerpt AF-T01-Y1:13" in excerpt(
        "add", "AF-T01-Y1", "--from", "sixth YEAR here"
    )
    assert "AF-T01-Y1:14 now" in excerpt("resize", "AF-T01-Y1:13", "--from", "year")
    rows = json.loads(call("excerpts", "AF-T01-Y1", "--json").out)["rows"]
    assert "year here" in [row["words"] for row in rows]
    assert "into AF-T01-Y1:15 and" in excerpt("split", "AF-T01-Y1:14", "--before", "here")
    for words, hint in (
        (("add", "AF-T01-Y1"), "--from WORDS --to WORDS, or START STOP"),
        (("add", "AF-T01-Y1", "5"), "--from WORDS --to WORDS, or START STOP"),
        (("split", "AF-T01-Y1:1"), "--before WORDS, or a position"),
        (("resize", "AF-T01-Y1:1"), "--from WORDS, --to WORDS"),
        (("resize", "AF-T01-Y1:1", "--from", "a", "--start", "1"), "--from or --start"),
    ):
        assert hint in call("excerpt", *words, "--coder", "AL").one_line(2)


def test_load_says_what_it_took(call: Call, filled: Path) -> None:
    answer = call("load", "codings.csv", "--coder", "TT")
    assert re.search(r"^TT +1 +1 +0$", answer.out, re.MULTILINE)
    assert "note: " in answer.err
    assert call("coders").out.count("TT") == 1


def test_codebook_check_names_line_and_column(call: Call, tmp_path: Path) -> None:
    from coder.paths import shipped

    good = shipped("codebooks") / "mist_student_views.yaml"
    answer = call("codebook", "check", good)
    assert (answer.code, answer.out) == (0, "")
    text = good.read_text(encoding="utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text(text.replace("key: '2'", "key: '1'", 1), encoding="utf-8")
    answer = call("codebook", "check", bad)
    assert answer.code == 1
    assert re.match(rf"{re.escape(str(bad))}:\d+:\d+: ", answer.out)
    assert "Traceback" not in answer.err


def test_demo_builds_once_and_never_over_somebodys_work(call: Call, tmp_path: Path) -> None:
    first = call("demo", tmp_path, "--no-open")
    assert first.code == 0, first.err
    made = fingerprint(tmp_path / "sample.coder")
    second = call("demo", tmp_path, "--no-open")
    assert second.out == first.out
    assert "building" not in second.err
    assert fingerprint(tmp_path / "sample.coder") == made
    assert call("undo", "--coder", "AL", "--study", tmp_path / "sample.coder").code == 0
    third = call("demo", tmp_path, "--no-open")
    assert (tmp_path / "sample-2.coder").is_file()
    assert third.out.replace("sample-2", "sample") == first.out
    assert "there is no folder" in call("demo", tmp_path / "gone" / "far").one_line(2)


def test_the_demo_prints_what_a_newcomer_needs(call: Call, tmp_path: Path) -> None:
    answer = call("demo", tmp_path, "--no-open")
    out = answer.out
    for words in (
        "invented",
        "Agreement of AL and RR",
        "attribution: person-years by role (% of codable)",
        "adjustment: all 13 person-years",
        "attribution (rows) by adjustment (columns)",
        "Spreadsheet: ",
        "Next: coder open --study ",
    ):
        assert words in out
    assert "…" not in out.replace("… where applied", "")
    assert max(len(line) for line in out.splitlines() if str(tmp_path) not in line) <= 80
    # Cautions together: one line each place, not one each sentence.
    cautions = [line for line in answer.err.splitlines() if line.startswith("caution: ")]
    assert len(cautions) <= 5


def test_the_app_is_not_opened_without_a_terminal(sample: Path) -> None:
    answer = program("open", "--coder", "AL", cwd=sample.parent)
    assert "the app needs a terminal" in answer.one_line(2)


def test_mist_coder_is_a_second_name() -> None:
    assert cli.name == "cli"
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert 'mist-coder = "coder.cli.main:main"' in text


def test_studies_opened_recently_are_listed_and_forgotten(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "state" / "studies.json"
    monkeypatch.setattr("coder.paths.recent_file", lambda: file)
    remember(file, tmp_path / "gone.coder", "AL")
    answer = call("recent", "--json")
    (row,) = json.loads(answer.out)["rows"]
    assert (row["study"], row["state"]) == (str(tmp_path / "gone.coder"), "the file is not there")
    assert call("recent", "--forget", tmp_path / "gone.coder").err == "forgot 1 study\n"
    assert call("recent", "--forget-all").err == "forgot 0 studies\n"


def test_excerpts_behind_a_number_are_listed(sample: Path, call: Call) -> None:
    of = ("tally", "--study", sample, "--coder", "AL", "--of", "attribution")
    whole = json.loads(call(*of, "--people", "--json").out)
    mixed = next(row for row in whole["rows"] if row["result"] == "mixed")
    people = {
        row["who"]
        for row in json.loads(call(*of, "--people", "--behind", "mixed", "--json").out)["rows"]
    }
    assert len(people) == mixed["count"]
    answer = call(*of, "--codes", "--only", "name:AF-T01-Y1", "--behind", "all", "--csv")
    assert len(list(csv.DictReader(io.StringIO(answer.out)))) == 4
    problem = call("tally", "--study", sample, "--behind", "mixed").one_line(2)
    assert "--behind lists the excerpts of one number" in problem
    problem = call("tally", "--study", sample, "--only", "role:nobody").one_line(2)
    assert "no transcript has all of role:nobody" in problem
