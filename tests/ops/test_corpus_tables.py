"""Transcripts, people, excerpts and coders as tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.formats.tables import to_text
from coder.model import Viewer
from coder.ops.coding import write_memo
from coder.ops.corpus import coder_named, list_coders, list_people, list_transcripts
from coder.ops.corpus_tables import (
    coders_table,
    excerpts_table,
    import_table,
    people_page,
    people_table,
    show,
    transcripts_page,
    transcripts_table,
)
from coder.ops.importing import import_files
from coder.ops.study import Study, open_study
from tests.factories import make_study, write_transcript

VIEWER = Viewer()


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Study]:
    shutil.copy(sample_file, tmp_path / "sample.coder")
    with open_study(tmp_path / "sample.coder") as study:
        yield study


def width(text: str) -> int:
    return max(map(len, text.splitlines()))


def test_transcripts_show_progress_and_fit_the_screen(sample: Study) -> None:
    table = transcripts_table(list_transcripts(sample, Viewer("RR")), ["AL", "RR"])
    page = to_text(transcripts_page(table), 80)
    assert width(page) <= 80
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    for row in rows:
        # Names of people and places give way; what identifies and what counts does not.
        (line,) = (line for line in page.splitlines() if line.startswith(f"{row['transcript']} "))
        assert line.endswith(f"{row['finished_AL']}  {row['finished_RR']}")
        assert f"  {row['year']}  " in line
    row = next(row for row in rows if row["transcript"] == "AF-T01-Y1")
    assert row["finished_AL"] == "7 of 7"
    assert row["role"] == "teacher"
    assert "teacher" not in page


def test_people_name_what_the_screen_leaves_out(sample: Study) -> None:
    table = people_table(list_people(sample, VIEWER))
    keys = [column.key for column in table.columns]
    assert keys == [
        "participant",
        "year",
        "pseudonym",
        "role",
        "district",
        "school",
        "grades",
        "position",
        "years_teaching",
    ]
    page = to_text(people_page(table), 80)
    assert width(page) <= 80
    assert "Also known: grades, position, years teaching" in page
    assert "…" not in page


def test_people_without_other_attributes_have_no_such_note(study: Study) -> None:
    assert people_page(people_table(list_people(study, VIEWER))).notes == ()


def test_an_attribute_may_be_called_like_a_column(tmp_path: Path) -> None:
    with make_study(tmp_path, ({"school": "Hill, pseudonym_2: x, year_: y"},)) as study:
        table = people_table(list_people(study, VIEWER))
    assert len({column.key for column in table.columns}) == len(table.columns)


def test_excerpts_show_one_coders_codes_and_nobody_elses(sample: Study) -> None:
    plain = excerpts_table(sample, VIEWER, "AF-T01-Y1")
    assert [column.key for column in plain.columns] == ["unit", "question", "speaker", "words"]
    mine = excerpts_table(sample, Viewer("RR"), "AF-T01-Y1")
    row = dict(zip([column.key for column in mine.columns], mine.rows[6], strict=True))
    assert row["codes"] == "effort_character"
    assert row["state"] == "finished"
    assert mine.rows[0][4] == "not asked"
    assert width(to_text(mine, 80)) <= 80


def test_excerpts_of_somebody_who_has_not_begun(study: Study) -> None:
    from coder.ops.coding import put_codes
    from coder.ops.corpus import add_coder

    coder = add_coder(study, "AL")
    states = [row[4] for row in excerpts_table(study, Viewer("AL"), "T-1").rows]
    assert states == ["open", "open", "open", "not asked"]
    put_codes(study, coder, "T-1:1", ["taught"])
    states = [row[4] for row in excerpts_table(study, Viewer("AL"), "T-1").rows]
    assert states[0] == "started"


def test_showing_an_excerpt_gives_words_codes_and_memos(sample: Study) -> None:
    coder = coder_named(sample, "AL")
    write_memo(sample, coder, "excerpt", "AF-T01-Y1:7", "look\x1b[2J again")
    text = show(sample, Viewer("AL"), "AF-T01-Y1:7")
    first, _, rest = text.partition("\n")
    assert first.startswith("AF-T01-Y1:7  T1 Q-WHY  (")
    assert "Some just will not put in the effort" in rest
    assert "AL, attribution: effort_character, home_family" in rest
    assert "AL, adjustment: not applicable" in rest
    assert "memo: look\ufffd[2J again" in rest
    assert "AL" not in show(sample, VIEWER, "AF-T01-Y1:7")


def test_showing_a_transcript_gives_it_as_it_is(sample: Study) -> None:
    text = show(sample, VIEWER, "AF-T01-Y1")
    assert text.startswith("[00:00:12] INT: {Q-BACKGROUND}")


def test_coders_and_imports(sample: Study, tmp_path: Path) -> None:
    assert coders_table(list_coders(sample)).rows == (
        ("AL", "Ana L. (invented)"),
        ("RR", "Ruben R. (invented)"),
        ("YOU", "You, if you want to practise"),
    )
    path = write_transcript(tmp_path, "T-1")
    table = import_table(import_files(sample, [path]))
    assert table.rows == (("T-1", "added", 9, 4, 46),)
