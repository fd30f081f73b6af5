"""What a user can get wrong ends in one line on stderr, an exit code, and an unchanged study."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.calling import Call, environment, fingerprint, program

WRONG = [
    # call, exit code, what the line says
    ("foo", 2, "there is no command coder foo (coder --help lists them)"),
    ("tall", 2, "did you mean coder tally?"),
    ("codebook sho", 2, "did you mean coder codebook show?"),
    ("codebook", 2, "coder codebook needs a command: add, category, check,"),
    ("excerpt", 2, "coder excerpt needs a command"),
    ("excerpt foo", 2, "coder excerpt --help lists them"),
    ("tally --bye role", 2, "--bye"),
    ("tally --by", 2, "--by"),
    ("tally --by rol", 2, "nobody has the attribute rol (did you mean role?)"),
    ("tally --by role,role", 2, "role is named twice"),
    ("tally --of attributio", 2, "did you mean attribution?"),
    ("tally --people --codes", 2, "what is counted?"),
    ("tally --each --by role", 2, "--each lists everybody"),
    ("cross attribution", 2, "Missing argument 'SET'"),
    ("cross attribution who", 2, "who has no single value per person"),
    ("cross attribution attribution", 2, "crossed with itself"),
    ("agree --set attributio", 2, "did you mean attribution?"),
    ("agree --coders AL,XX", 2, "there is no coder XX in sample.coder"),
    ("agree --coders AL", 2, "agreement takes two coders"),
    ("agree --interval bayes", 2, "--interval"),
    ("agree --replicates 3", 2, "--replicates"),
    ("show X", 2, "there is no transcript X"),
    ("show AF-T01-Y1:99", 2, "there is no excerpt AF-T01-Y1:99"),
    ("excerpts AF-T01-Y3", 2, "did you mean AF-T01-Y"),
    ("excerpts AF-T01-Y1 --coder ZZ", 2, "there is no coder ZZ"),
    ("code AF-T01-Y1:7 prior_schoolin --coder AL", 2, "did you mean prior_schooling?"),
    ("code AF-T01-Y1:7 prior_schooling --coder ZZ", 2, "there is no coder ZZ"),
    ("code AF-T01-Y1:77 prior_schooling --coder AL", 2, "there is no excerpt AF-T01-Y1:77"),
    ("code AF-T01-Y1:7 prior_schooling", 2, "say who codes (--coder, one of AL, RR, YOU)"),
    ("code AF-T01-Y1:7 --coder AL", 2, "Missing argument 'CODES...'"),
    ("uncode AF-T01-Y1:7 cause_unclear --coder AL", 2, "AL has not put cause_unclear"),
    ("done AF-T01-Y1:7 --nothing caus --coder AL", 2, "there is no code set caus"),
    ("settle AF-T01-Y1:7 attribution --why x --coder AL", 2, "name the codes that apply"),
    ("settle AF-T01-Y1:7 attribution --nothing home_family --why x --coder AL", 2, "say --nothing"),
    ("settle AF-T01-Y1:7 attribution --nothing --coder AL", 2, "--why"),
    (
        "settle AF-T01-Y1:1 attribution --nothing --why x --coder AL",
        1,
        "nobody has finished attribution",
    ),
    ("coders add ' '", 2, "cannot be a coder's short name"),
    ("log --limit 0", 2, "--limit"),
    ("load codings", 2, "which kind of table is it?"),
    ("load gone.csv --coder AL", 1, "gone.csv: there is no such file"),
    ("import gone.txt", 1, "gone.txt: there is no such file"),
    ("import sample.coder", 1, "are not read as transcripts"),
    ("import --unit word gone.txt", 2, "there is no plan word"),
    ("import", 2, "Missing argument"),
    ("export --format pdf", 2, "cannot export pdf"),
    ("export --book tiny", 2, "tiny"),
    ("export --to sample.coder", 1, "is a file, not a folder"),
    ("export --to /proc/x", 1, "/proc/x"),
    ("backup sample.coder", 1, "is already there"),
    ("restore gone.coder", 1, "gone.coder"),
    ("new sample.coder --codebook mist_student_views", 1, "is already there"),
    ("new x --codebook mist_student_views", 2, "should end in .coder"),
    ("new x.coder", 2, "Missing option '--codebook'"),
    ("new x.coder --codebook mist_student_view", 2, "did you mean mist_student_views"),
    ("new x.coder --codebook gone.yaml", 1, "gone.yaml: there is no such file"),
    ("new gone/x.coder --codebook mist_student_views", 1, "there is no folder gone"),
    ("codebook use mist_student_view", 2, "did you mean mist_student_views"),
    ("people --study other.txt", 2, "there is no study other.txt (coder new makes one)"),
    ("people --study sample.code", 2, "did you mean sample.coder?"),
    ("people --study .", 2, "is a folder"),
    ("people --study /etc/passwd", 1, "/etc/passwd is not a study"),
    ("undo", 1, "cannot undo “opened the round practice: 5 excerpts”: somebody has coded"),
    ("redo --coder AL", 1, "AL has nothing to redo"),
    ("open", 2, "the app needs a terminal"),
    ("demo gone/far", 2, "there is no folder gone"),
]


@pytest.mark.parametrize(("line", "code", "words"), WRONG)
def test_one_line_and_the_right_code(
    call: Call, sample: Path, line: str, code: int, words: str
) -> None:
    import shlex

    before = fingerprint(sample)
    answer = call(*shlex.split(line))
    assert words in answer.one_line(code)
    assert "Traceback" not in answer.err
    assert fingerprint(sample) == before
    assert not list(sample.parent.glob("x*.coder*"))


def test_codes_are_all_or_none(call: Call, sample: Path) -> None:
    before = fingerprint(sample)
    answer = call("code", "AF-T01-Y1:12", "content_hard", "no_such", "--coder", "AL")
    assert "there is no code no_such" in answer.one_line(2)
    assert fingerprint(sample) == before


def test_a_reader_who_has_had_enough_is_no_fault(sample: Path) -> None:
    """``coder codebook show --full | head -1``"""
    for line in ("codebook show --full", "agree --csv", "show AF-T01-Y1"):
        process = subprocess.Popen(
            [sys.executable, "-m", "coder", *line.split()],
            cwd=sample.parent,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        err = process.stderr.read().decode()
        process.stderr.close()
        assert process.wait(timeout=60) == 0
        assert "Traceback" not in err
        assert "Exception" not in err


def test_output_that_cannot_be_written_is_said(sample: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "coder", "log"],
            cwd=sample.parent,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert lines == ["coder: the output cannot be written: No space left on device"]


def test_stopped_while_importing(sample: Path) -> None:
    """Ctrl-C leaves the study as it was and says so in one line."""
    from tests.factories import write_transcript

    many = sample.parent / "many"
    many.mkdir()
    for number in range(400):
        write_transcript(many, f"T-{number}", person=f"P{number}")
    before = fingerprint(sample)
    for delay in (0.0, 0.1, 0.3):
        process = subprocess.Popen(
            [sys.executable, "-m", "coder", "import", "many"],
            cwd=sample.parent,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Tests that run in the background were told to ignore Ctrl-C, and hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        # From here on the study is open; before, Python itself is still starting.
        opened = sample.with_name("sample.coder-shm")
        while not opened.exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(delay)
        assert process.poll() is None, "the import was over before it could be stopped"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        # Python ends by the signal itself where it came inside exec(), as dataclasses use; a
        # shell calls both 130.
        assert process.returncode in (130, -signal.SIGINT)
        assert err.decode() == "coder: stopped; the study is as it was\n"
        assert out == b""
        assert fingerprint(sample) == before
    assert program("check", cwd=sample.parent).code == 0
