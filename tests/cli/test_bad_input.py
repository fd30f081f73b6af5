"""Bad files end to end: one line that names file and place, exit code 1, the study as it was."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.paths import shipped
from tests.cli.calling import Call, fingerprint, program
from tests.factories import HEADER, TURNS, write_transcript

MIB = 2**20
HEAD = HEADER.format(
    name="T-1", person="P1", role="teacher", district="North", school="Hill", year="2023-24"
)
STORY = " That is the whole story."
CUES = "WEBVTT\n\n00:00:10.000 --> 00:00:12.000\n<v INT>{Q-WHY} Why?\n\n"


def sparse(path: Path, size: int) -> None:
    """A file of this size that takes no room."""
    with path.open("wb") as file:
        file.truncate(size)


def text(name: str, content: str | bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(data)
        return path

    return make


def caption(content: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "T-1.yaml").write_text(HEAD.replace("---\n", ""), encoding="utf-8")
        return text("T-1.vtt", content)(folder)

    return make


TRANSCRIPTS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (text("T-1.txt", ""), "T-1.txt: the file is empty"),
    "white space": (text("T-1.txt", "\n \n"), "nothing but white space"),
    "binary": (text("T-1.txt", b"\x7fELF\x02\x01\x01\x00\x00"), "not a text file"),
    "word document": (text("T-1.txt", b"PK\x03\x04\x14\x00"), "a Word document"),
    "latin-1": (
        text("T-1.txt", (HEAD + TURNS.replace("fractions", "café")).encode("latin-1")),
        "is not UTF-8",
    ),
    "no header": (text("T-1.txt", TURNS), "header"),
    "unknown role": (text("T-1.txt", HEAD.replace("teacher,", "teachr,") + TURNS), "teachr"),
    "two speakers with one tag": (
        text("T-1.txt", HEAD.replace("speaker: INT", "speaker: T1") + TURNS),
        "T1",
    ),
    "turn without text": (
        text(
            "T-1.txt",
            HEAD + TURNS.replace("They never had fractions. That is the whole story.", ""),
        ),
        "line",
    ),
    "cues out of order": (
        caption(CUES + "00:00:05.000 --> 00:00:06.000\n<v T1>Because.\n"),
        "order",
    ),
    "cue without a speaker": (
        caption(CUES + "00:00:15.000 --> 00:00:16.000\nBecause.\n"),
        "does not say who speaks",
    ),
    "header of another file": (text("T-2.txt", HEAD + TURNS), "T-2"),
}


@pytest.mark.parametrize("fault", TRANSCRIPTS)
def test_transcripts(call: Call, sample: Path, fault: str) -> None:
    make, words = TRANSCRIPTS[fault]
    path = make(sample.parent)
    before = fingerprint(sample)
    line = call("import", path).one_line(1)
    assert path.name in line
    assert words in line
    assert "Traceback" not in line
    assert fingerprint(sample) == before


def test_a_bad_file_among_good_ones_keeps_all_out(call: Call, sample: Path) -> None:
    folder = sample.parent / "interviews"
    folder.mkdir()
    write_transcript(folder, "T-1")
    (folder / "T-2.txt").write_text("")
    before = fingerprint(sample)
    assert "T-2.txt: the file is empty" in call("import", folder).one_line(1)
    assert fingerprint(sample) == before


@pytest.mark.parametrize("size", [200 * MIB, 20 * 2**30])
def test_an_enormous_file_is_refused_without_reading_it(sample: Path, size: int) -> None:
    """Under a limit of memory (for the larger one) that the file would not fit into."""
    path = sample.parent / "T-1.txt"
    try:
        sparse(path, size)
    except OSError:
        pytest.skip("this disk has no files of that size")

    def narrow() -> None:
        limit = 900 * MIB if size < 2**32 else 2**33
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    before = fingerprint(sample)
    answer = program("import", path, cwd=sample.parent, prepare=narrow)
    assert "MiB, more than the" in answer.one_line(1)
    table = path.rename(path.with_suffix(".csv"))
    answer = program("load", table, "--coder", "AL", cwd=sample.parent, prepare=narrow)
    assert "MiB, more than the" in answer.one_line(1)
    assert fingerprint(sample) == before


BOOK = (shipped("codebooks") / "mist_student_views.yaml").read_text(encoding="utf-8")

BOOKS: dict[str, tuple[str | bytes, str]] = {
    "duplicate key": (BOOK.replace("version: 1.0.0", "version: 1.0.0\nversion: 1.0.1"), "version"),
    "a key twice": (BOOK.replace("key: '2'", "key: '1'", 1), '"1"'),
    "unknown field": (BOOK.replace("valence: productive", "valance: productive", 1), "valance"),
    "no YAML": ("- [", "not YAML"),
    "empty": ("", "empty"),
    "latin-1": (BOOK.encode().replace(b"lesson", b"le\xe7on", 1), "UTF-8"),
}


@pytest.mark.parametrize("fault", BOOKS)
def test_codebooks(call: Call, sample: Path, fault: str) -> None:
    content, words = BOOKS[fault]
    path = sample.parent / "bad.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = fingerprint(sample)
    line = call("codebook", "use", path).one_line(1)
    assert "bad.yaml" in line
    assert words in line
    line = call("new", "x.coder", "--codebook", path).one_line(1)
    assert words in line
    assert not (sample.parent / "x.coder").exists()
    checked = call("codebook", "check", path)
    assert checked.code == 1
    assert "Traceback" not in checked.err
    assert words in checked.out + checked.err
    assert fingerprint(sample) == before


LOADS: dict[str, tuple[str | bytes, str]] = {
    "unknown code": ("excerpt,code\nAF-T01-Y1:6,prior_schoolin\n", "row 2: there is no code"),
    "unknown excerpt": ("excerpt,code\nAF-T01-Y1:66,prior_schooling\n", "AF-T01-Y1:66"),
    "unknown set": ("excerpt,code_set,code\nAF-T01-Y1:6,attributio,x\n", "attributio"),
    "second row wrong": (
        "excerpt,code\nAF-T01-Y1:6,prior_schooling\nAF-T01-Y1:7,nope\n",
        "row 3",
    ),
    "no columns": ("a,b\n1,2\n", "bad.csv"),
    "empty": ("", "the file is empty"),
    "latin-1": (
        "excerpt,code,memo\nAF-T01-Y1:6,prior_schooling,caf\xe9\n".encode("latin-1"),
        "UTF-8",
    ),
    "code and nothing": (
        "excerpt,code_set,code\nAF-T01-Y1:6,attribution,prior_schooling\n"
        "AF-T01-Y1:6,attribution,\n",
        "row",
    ),
}


@pytest.mark.parametrize("fault", LOADS)
def test_codings(call: Call, sample: Path, fault: str) -> None:
    content, words = LOADS[fault]
    path = sample.parent / "bad.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = fingerprint(sample)
    for more in ((), ("--dry-run",)):
        line = call("load", path, "--coder", "AL", *more).one_line(1)
        assert "bad.csv" in line
        assert words in line
    assert fingerprint(sample) == before


def test_codings_of_nobody(call: Call, sample: Path) -> None:
    path = sample.parent / "codings.csv"
    path.write_text("excerpt,code\nAF-T01-Y1:6,prior_schooling\n")
    before = fingerprint(sample)
    assert "no coder is named" in call("load", path).one_line(1)
    assert fingerprint(sample) == before


# The study file.


def test_a_study_that_another_program_is_writing_to(sample: Path) -> None:
    other = sqlite3.connect(sample, isolation_level=None)
    try:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        answer = program("code", "AF-T01-Y1:12", "content_hard", "--coder", "AL", cwd=sample.parent)
        assert "another program has been writing to it" in answer.one_line(1)
        # Reading goes on beside it.
        assert program("people", cwd=sample.parent).code == 0
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert program("check", cwd=sample.parent).code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty, not a study"),
        (b"SQLite format 3\x00" + b"\x00" * 200, "not a study"),
        (b"words", "is not a study"),
    ],
)
def test_a_file_that_is_no_study(call: Call, sample: Path, content: bytes, words: str) -> None:
    other = sample.with_name("other.coder")
    other.write_bytes(content)
    assert words in call("people", "--study", other).one_line(1)
    assert other.read_bytes() == content


def test_a_damaged_study(call: Call, sample: Path) -> None:
    data = bytearray(sample.read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\xa5" * (4096 * 6)
    other = sample.with_name("other.coder")
    other.write_bytes(data)
    line = call("people", "--study", other).one_line(1)
    assert "damaged" in line
    assert other.read_bytes() == bytes(data)


def test_a_study_of_a_newer_program(call: Call, sample: Path) -> None:
    other = sqlite3.connect(sample)
    other.execute("PRAGMA user_version = 99")
    other.close()
    data = sample.read_bytes()
    assert "made by a newer program (format 99" in call("people").one_line(1)
    assert sample.read_bytes() == data


def test_a_stray_log_is_named(call: Call, sample: Path) -> None:
    sample.with_name("gone.coder-wal").write_bytes(b"x")
    line = call("people", "--study", "gone.coder").one_line(1)
    assert "gone.coder-wal" in line


def full_disk(limit: int) -> Callable[[], None]:
    """Files may not grow beyond a size: what a full disk looks like to SQLite."""

    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return prepare


def test_a_full_disk_while_importing(sample: Path) -> None:
    folder = sample.parent / "many"
    folder.mkdir()
    for number in range(30):
        write_transcript(folder, f"T-{number}", person=f"P{number}")
    before = fingerprint(sample)
    size = sample.stat().st_size
    answer = program("import", folder, cwd=sample.parent, prepare=full_disk(size // 8))
    line = answer.one_line(1)
    assert "full" in line
    assert "nothing of this change was kept" in line
    assert fingerprint(sample) == before


def test_a_full_disk_while_exporting(sample: Path) -> None:
    answer = program("export", "--to", "out", cwd=sample.parent, prepare=full_disk(60_000))
    assert "cannot be written" in answer.one_line(1)
    assert list((sample.parent / "out").iterdir()) == []


def test_a_full_disk_while_making_a_study(tmp_path: Path) -> None:
    answer = program(
        "new",
        "x.coder",
        "--codebook",
        "mist_student_views",
        cwd=tmp_path,
        prepare=full_disk(20_000),
    )
    assert "full" in answer.one_line(1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(sample: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    sample.chmod(0o444)
    sample.parent.chmod(0o555)
    try:
        answer = program("people", cwd=sample.parent)
        assert answer.one_line(1)
    finally:
        sample.parent.chmod(0o755)
        sample.chmod(0o644)
