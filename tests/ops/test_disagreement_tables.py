"""Disagreements as a table and as blocks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.model import Viewer
from coder.ops.disagreement_tables import disagreement_page, disagreement_table
from coder.ops.settling import disagreements
from coder.ops.study import Study, open_study

VIEWER = Viewer()


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Study]:
    shutil.copy(sample_file, tmp_path / "sample.coder")
    with open_study(tmp_path / "sample.coder") as study:
        yield study


def test_every_answer_is_shown_whole(sample: Study) -> None:
    rows = disagreements(sample, VIEWER, with_settled=True)
    assert len(rows) == 10
    for width in (50, 80):
        page = disagreement_page(rows, width)
        lines = page.splitlines()
        assert max(map(len, lines)) <= width
        flat = " ".join(page.split())
        for row in rows:
            assert row.ref in flat
            for answer in row.answers:
                assert ", ".join(sorted(answer.codes)) in flat


def test_a_block_says_who_said_what_and_what_was_settled(sample: Study) -> None:
    rows = disagreements(sample, VIEWER, "attribution", with_settled=True)
    block = disagreement_page(rows, 80).split("\n\n")[0].splitlines()
    assert block[0] == "AF-T01-Y1:7  Q-WHY  attribution"
    assert block[1].startswith("  “Well. Some just will not put in the effort")
    assert block[-3:] == [
        "  AL       effort_character, home_family",
        "  RR       effort_character",
        "  settled  effort_character, home_family (as AL had it)",
    ]


def test_the_table_has_a_column_for_each_coder(sample: Study) -> None:
    table = disagreement_table(disagreements(sample, VIEWER))
    assert [column.key for column in table.columns] == [
        "unit",
        "code_set",
        "by_AL",
        "by_RR",
        "settled",
        "words",
    ]
    assert [row[:5] for row in table.rows] == [
        ("AF-T01-Y1:11", "who", "score_label", "one_class, score_label", ""),
        ("BC-T03-Y1:4", "who", "nothing", "one_student", ""),
    ]


def test_nothing_to_show() -> None:
    assert disagreement_page((), 80) == ""
    assert disagreement_table(()).rows == ()
