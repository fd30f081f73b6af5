"""Paths as terminals paste them when a file is dropped on the window."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from coder.model import Viewer
from coder.ops import corpus
from coder.ops.dropped import dropped_paths, import_lines
from coder.ops.filtering import matches
from coder.ops.importing import import_files
from coder.ops.study import create_study
from tests.factories import make_study, small_codebook, write_transcript


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two files, one with a name that wants quoting."""
    paths = (tmp_path / "A 1's [x].txt", tmp_path / "B-1.txt")
    for path in paths:
        path.touch()
    return paths


@pytest.mark.parametrize(
    "quote",
    [
        str,
        lambda p: f"'{p}'" if "'" not in str(p) else str(p),
        lambda p: f'"{p}"',
        lambda p: shlex.quote(str(p)),
        lambda p: "".join(f"\\{c}" if c in " '[]" else c for c in str(p)),
        lambda p: p.as_uri(),
    ],
)  # fmt: skip
def test_one_path_in_every_spelling(two: tuple[Path, Path], quote: object) -> None:
    assert callable(quote)
    assert dropped_paths(f" {quote(two[0])}\n") == (two[0],)


def test_several_paths(two: tuple[Path, Path]) -> None:
    assert dropped_paths("\n".join(map(str, two))) == two
    assert dropped_paths("\r\n".join(path.as_uri() for path in two)) == two
    assert dropped_paths(" ".join(shlex.quote(str(path)) for path in two)) == two
    assert dropped_paths(f"{two[1]} {two[1]}") == (two[1],)


@pytest.mark.parametrize("words", ["", "  ", "no such thing", 'an "open quote', "x" * 30_000, "\0"])
def test_words_are_no_paths(words: str) -> None:
    assert dropped_paths(words) == ()


def test_a_missing_one_spoils_all(two: tuple[Path, Path]) -> None:
    assert dropped_paths(f"{two[1]}\n{two[1]}x") == ()


def test_what_came_of_it_in_lines(tmp_path: Path) -> None:
    path = write_transcript(tmp_path)
    with create_study(tmp_path / "s.coder", [small_codebook()]) as study:
        assert import_lines(import_files(study, [path])) == [
            "T-1: added, 4 excerpts, 46 words",
        ]


def test_words_of_a_filter(tmp_path: Path) -> None:
    with make_study(tmp_path, [{"role": "coach"}, {"person": "Coachman"}]) as study:
        rows = corpus.list_transcripts(study, Viewer())

        def found(words: str) -> list[str]:
            return [row.name for row in rows if matches(row, words)]

        assert found("coach") == ["T-1", "T-2"]
        assert found("role:COACH") == ["T-1"]
        assert found("person:coach year:2023") == ["T-2"]
        assert found("role:coach person:coachman") == []
        assert found("role:") == found("") == ["T-1", "T-2"]
        assert found("colour:red") == []
