"""The journal as a table and as lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coder.model import Viewer
from coder.ops.coding import put_codes
from coder.ops.corpus import coder_named
from coder.ops.history import log, undo
from coder.ops.history_tables import log_page, log_table
from coder.ops.study import open_study


@pytest.mark.parametrize("width", [60, 80])
def test_every_action_is_shown_whole(sample_file: Path, tmp_path: Path, width: int) -> None:
    shutil.copy(sample_file, tmp_path / "sample.coder")
    with open_study(tmp_path / "sample.coder") as study:
        lines = log(study, Viewer())
    page = log_page(lines, width)
    assert max(map(len, page.splitlines())) <= width
    flat = " ".join(page.split())
    for line in lines:
        assert line.words in flat
    assert " ".join(page.splitlines()[0].split()).startswith("2024-03-04 09:00 AL settled")
    assert len(log_table(lines).rows) == len(lines) > 30
    assert [row[0] for row in log_table(lines).rows] == [line.lamport for line in lines]
    assert {row[0] for row in log_table(lines, with_numbers=False).rows} == {None}


def test_what_was_undone_says_so(sample_file: Path, tmp_path: Path) -> None:
    shutil.copy(sample_file, tmp_path / "sample.coder")
    with open_study(tmp_path / "sample.coder") as study:
        coder = coder_named(study, "AL")
        put_codes(study, coder, "AF-T01-Y1:12", ["content_hard"])
        undo(study, coder)
        lines = log(study, Viewer(), 2)
    undone, done = log_page(lines, 200).splitlines()
    assert done.endswith("[undone]")
    assert not undone.endswith("[undone]")
    assert [row[-1] for row in log_table(lines).rows] == ["", "undone"]


def test_an_empty_journal() -> None:
    assert log_page((), 80) == ""
