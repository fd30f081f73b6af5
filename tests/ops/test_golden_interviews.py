"""The golden results of the planned interviews, one short excerpt for each planned code.

``test_golden_sample`` asks the same of the interviews that ship.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coder.model import Viewer
from coder.ops.rolling import Reader
from coder.ops.study import Study
from coder.ops.tally_pages import pages
from coder.ops.tally_tables import cross_table, person_years_table
from coder.ops.tallying import cross, tally, tally_codes
from tests.ops.interviews import (
    APPLICATIONS,
    CROSS,
    PLAN,
    ROLL_UPS,
    TALLIES,
    assert_golden_tally,
    build_interviews,
    cells,
)

VIEWER = Viewer()


@pytest.fixture(scope="module")
def interviews(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with build_interviews(tmp_path_factory.mktemp("interviews")) as study:
        yield study


def test_it_is_the_planned_study(interviews: Study) -> None:
    assert len(PLAN) == 13
    assert len({one.transcript for one in PLAN}) == 12
    assert len({one.person for one in PLAN}) == 12
    people = Reader(interviews, VIEWER).people
    assert len(people) == 13
    assert set(people) == set(ROLL_UPS)


@pytest.mark.parametrize(("code_set", "by"), list(TALLIES))
def test_tallies_of_people(interviews: Study, code_set: str, by: str) -> None:
    found = tally(interviews, VIEWER, code_set, by=by.split())
    assert_golden_tally(found, TALLIES[code_set, by])


def test_the_cross_table(interviews: Study) -> None:
    table = cross_table(cross(interviews, VIEWER, "attribution", "adjustment"))
    golden = cells(CROSS)
    got = [[str(cell) for cell in row] for row in table.rows]
    assert [row[:-1] for row in got[:-1]] == golden
    assert [int(row[-1]) for row in got[:-1]] == [sum(map(int, row[1:])) for row in golden]
    assert got[-1][-1] == "13"


def test_every_person_year(interviews: Study) -> None:
    table = person_years_table(interviews, VIEWER, ["attribution", "adjustment"])
    keys = [column.key for column in table.columns]
    assert keys[:5] == ["participant", "year", "role", "district", "school"]
    got = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert {
        (row["participant"], row["year"]): (row["attribution"], row["adjustment"]) for row in got
    } == ROLL_UPS
    for one in PLAN:
        (row,) = (r for r in got if (r["participant"], r["year"]) == (one.person, one.year))
        assert row["attribution_units"] == len(one.attribution)
        assert row["adjustment_units"] == len(one.adjustment)
        assert row["role"] == one.role


def test_code_applications(interviews: Study) -> None:
    for code_set, n in APPLICATIONS.items():
        assert (
            sum(one.n for one in tally_codes(interviews, VIEWER, code_set).groups[-1].results) == n
        )
    valence = tally(interviews, VIEWER, "attribution", people=False).groups[-1]
    assert {one.key: one.n for one in valence.results} == {
        "mixed": 1,
        "neither": 3,
        "productive": 13,
        "unproductive": 10,
    }
    assert valence.blanks == {"not_codable": 1}


def test_tiny_groups_are_flagged_and_every_interval_says_what_it_is_over(
    interviews: Study,
) -> None:
    found = tally(interviews, VIEWER, "attribution", by=["role"])
    assert any("do not publish" in note for note in found.notes)
    groups = {group.values: group for group in found.groups}
    # Twelve people in six places: schools are left out, one at a time.
    everyone = groups[()].results[0].of_codable
    assert everyone.interval.startswith("school jackknife logit, t(")
    assert everyone.low is not None
    # Coaches are in two schools, one each: nothing is nested.
    coaches = groups[("coach",)].results[1].of_codable
    assert coaches.interval == "Wilson, one person-year per person"


def test_the_screen_holds_all_roles_and_all_district_years(interviews: Study) -> None:
    from coder.formats.tables import to_text

    for by in (["role"], ["district", "year"]):
        for name in ("attribution", "adjustment"):
            first, _ = pages(tally(interviews, VIEWER, name, by=by), 80)
            lines = to_text(first, 80).splitlines()
            assert max(map(len, lines)) <= 80
            assert not any("…" in line for line in lines)
            assert any(line.startswith("solely unproductive  ") for line in lines)
    table = to_text(cross_table(cross(interviews, VIEWER, "attribution", "adjustment")), 80)
    assert max(map(len, table.splitlines())) <= 80
    assert "…" not in table
