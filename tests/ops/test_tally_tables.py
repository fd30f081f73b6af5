"""Tallies as tables for files and as pages for a screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.formats.tables import to_text
from coder.model import Viewer
from coder.ops.study import Study
from coder.ops.tally_pages import pages
from coder.ops.tally_tables import (
    person_years_page,
    person_years_table,
    shares_table,
    tally_table,
)
from coder.ops.tallying import tally, tally_codes
from tests.factories import make_study
from tests.ops.coded import book_of, coded_study, say, set_of, spread

VIEWER = Viewer()


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Twelve people in twelve schools of four districts, each with one productive answer."""
    folder = tmp_path_factory.mktemp("people")
    transcripts = [
        {
            "person": f"P{i}",
            "school": f"School {i}",
            "district": f"District {i % 4}",
            "role": ("teacher", "coach", "principal")[i % 3],
        }
        for i in range(12)
    ]
    with make_study(folder, transcripts) as study:
        for i in range(12):
            code = "effort" if i % 5 == 0 else "taught"
            say(study, folder, [("AL", f"T-{i + 1}:{at}", "cause", code) for at in (1, 3)])
        yield study


def test_a_workbook_has_a_line_per_group(people: Study) -> None:
    table = tally_table(tally(people, VIEWER, "cause", by=["district", "role"]))
    assert table.name == "cause_by_district_role"
    keys = [column.key for column in table.columns]
    assert keys[:5] == ["group", "district", "role", "productive", "productive_of_codable"]
    assert len(table.rows) == 13
    assert table.rows[0][:3] == ("District 0 coach", "District 0", "coach")
    assert table.rows[-1][:3] == ("all", "all", "")
    kinds = {column.key: column.kind for column in table.columns}
    assert kinds["productive"] == "count"
    assert kinds["productive_of_codable"] == "percent"


def test_one_attribute_needs_no_second_name(people: Study) -> None:
    table = tally_table(tally(people, VIEWER, "cause", by=["role"]))
    assert [column.key for column in table.columns][:2] == ["role", "productive"]


def test_shares_of_several_groupings_are_one_table(people: Study) -> None:
    found = [tally(people, VIEWER, "cause", by=by) for by in (["role"], ["district", "year"])]
    table = shares_table(found)
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert keys[2:5] == ["role", "district", "year"]
    # Three roles, four districts in one year, and everybody once; four results each.
    assert len(rows) == (3 + 4 + 1) * 4
    alone = [r for r in rows if (r["role"], r["district"], r["year"]) == ("all", "all", "all")]
    assert [row["result"] for row in alone] == ["productive", "mixed", "unproductive", "neither"]
    teacher = next(r for r in rows if r["role"] == "teacher" and r["result"] == "productive")
    assert (teacher["count"], teacher["n"], teacher["people"]) == (3, 4, 4)
    assert teacher["of_codable"] == 0.75


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_groups_that_do_not_fit_go_below(people: Study, width: int) -> None:
    found = tally(people, VIEWER, "cause", by=["district", "role"])
    *blocks, alone = pages(found, width)
    shown = [column.title for block in blocks for column in block.columns[1:]]
    assert shown == [" ".join(group.values) or "all" for group in found.groups]
    for block in blocks:
        lines = to_text(block, width).splitlines()
        table = lines[: lines.index("")]
        assert max(map(len, table)) <= width
        assert not any("…" in line for line in table)
    assert len(blocks) > 1
    assert blocks[0].title.endswith(f", 1 of {len(blocks)}")
    assert alone.title == "cause: all 12 person-years (12 asked, 12 codable)"


def test_shares_on_a_screen_are_rounded_half_up(tmp_path: Path) -> None:
    tags = set_of("tags", "multi", ["one", "two"], rule="any")
    said = spread("AL", "tags", "one - - - - - - -", 8, "A")
    with coded_study(tmp_path, book_of(tags), {"A-1": ["Q-WHY"] * 8}, said) as study:
        first, _ = pages(tally_codes(study, VIEWER, "tags", by=["role"]), 80)
    assert first.rows[0] == ("One", "1 (13%)", "1 (13%)")  # 12.5


def test_many_codes_show_those_that_occur(tmp_path: Path) -> None:
    names = [f"c{i}" for i in range(12)]
    tags = set_of("tags", "multi", names, rule="any")
    said = spread("AL", "tags", "c3 c3+c5 -", 3, "A")
    with coded_study(tmp_path, book_of(tags), {"A-1": ["Q-WHY"] * 3}, said) as study:
        (codes,) = pages(tally_codes(study, VIEWER, "tags"), 80)
        (people,) = pages(tally(study, VIEWER, "tags"), 80)
    assert [row[0] for row in codes.rows] == ["C3", "C5"]
    assert "On no excerpt: C0, C1, C2, C4" in " ".join(codes.notes)
    assert codes.title == "tags: all 3 excerpts by code (3 asked, 1 nothing applied)"
    assert [row[0] for row in people.rows] == ["C3", "C5"]
    assert "Of nobody: C0" in " ".join(people.notes)


def test_reasons_for_no_interval_are_said_once(tmp_path: Path) -> None:
    tags = set_of("tags", "multi", ["one", "two"], rule="any")
    said = spread("AL", "tags", "one+two one+two one+two", 3, "A")
    with coded_study(tmp_path, book_of(tags), {"A-1": ["Q-WHY"] * 3}, said) as study:
        (page,) = pages(tally_codes(study, VIEWER, "tags"), 80)
    reasons = [note for note in page.notes if note.startswith("No interval")]
    assert len(reasons) == 1
    assert reasons[0].startswith("No interval for One, Two: every excerpt has it")


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[Study]:
    """A rubric with a mean, a valence set, and somebody not finished."""
    vision = set_of(
        "vision", "ordinal", ["v0", "v1", "v2", "v3"], rule="mean", also=["share_at_least_3"]
    )
    cause = set_of("cause", "multi", {"taught": "productive", "effort": "unproductive"}, "valence")
    phase = set_of("phase", "exclusive", ["x"], rule="count")
    said = [
        *spread("AL", "vision", "v3 v2", 2, "A"),
        *spread("AL", "cause", "taught effort", 2, "A"),
        *spread("AL", "cause", "taught .", 2, "B"),
    ]
    names = {"A-1": ["Q-WHY"] * 2, "B-1": ["Q-WHY"] * 2, "C-1": ["Q-CLOSE"]}
    with coded_study(tmp_path, book_of(vision, cause, phase), names, said) as study:
        yield study


def test_person_years_have_their_values_and_what_they_rest_on(mixed: Study) -> None:
    table = person_years_table(mixed, VIEWER, ["vision", "cause", "phase"])
    keys = [column.key for column in table.columns]
    # A set that only counts has no value per person.
    assert keys[-4:] == ["vision", "vision_units", "cause", "cause_units"]
    rows = {row[0]: row[-4:] for row in table.rows}
    assert rows == {
        "A1": (2.5, 2, "mixed", 2),
        "B1": ("incomplete (0 of 2)", 0, "incomplete (1 of 2)", 1),
        "C1": ("no data", 0, "no data", 0),
    }
    page = person_years_page(table)
    assert [column.key for column in page.columns] == ["participant", "year", "vision", "cause"]
    assert page.rows[0] == ("A1", "2023-24", "2.50 (2)", "mixed (2)")
    assert page.rows[1] == ("B1", "2023-24", "incomplete (0 of 2)", "incomplete (1 of 2)")


def test_a_mean_is_shown_with_its_share(mixed: Study) -> None:
    found = tally(mixed, VIEWER, "vision", by=["role"])
    first, alone = pages(found, 80)
    lines = {row[0]: row[2] for row in first.rows}
    assert lines["mean of 3 or more"] == "0 (0%)"
    assert lines["mean below 3"] == "1 (100%)"
    assert lines["mean"] == "2.50"
    assert lines["incomplete"] == "1"
    assert alone.title.endswith("(1 asked, 1 codable, 1 no data, 1 incomplete, mean 2.50)")
    table = tally_table(found)
    keys = [column.key for column in table.columns]
    assert dict(zip(keys, table.rows[-1], strict=True))["mean"] == 2.5
