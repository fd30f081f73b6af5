"""The sample study that ships gives the golden tables of its plan, exactly.

The tables in ``tests.ops.interviews`` are typed in by hand from the plan of the samples, which was
written before the interviews: whoever changes a coding or a codebook and moves one of these
numbers has changed what the sample study is made to show.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.cli.main import run
from coder.model import Viewer
from coder.ops.corpus import list_transcripts
from coder.ops.sample import DOUBLE_CODED
from coder.ops.study import Study, find_set, open_study
from coder.ops.tally_tables import cross_table, person_years_table
from coder.ops.tallying import cross, tally, tally_codes
from tests.ops.interviews import (
    APPLICATIONS,
    ATTRIBUTION_VALENCES,
    CROSS,
    PLAN,
    ROLL_UPS,
    TALLIES,
    VISION,
    VISION_LEVELS,
    assert_golden_tally,
    cells,
)

VIEWER = Viewer()
BOOK = "mist_instructional_vision"


@pytest.fixture(scope="module")
def path(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(sample_file, tmp_path_factory.mktemp("golden-sample")))


@pytest.fixture(scope="module")
def sample(path: Path) -> Iterator[Study]:
    with open_study(path) as study:
        yield study


def by_person(study: Study, *code_sets: str) -> dict[tuple[object, object], dict[str, object]]:
    """The roll-ups of every person-year."""
    table = person_years_table(study, VIEWER, code_sets)
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    return {(row["participant"], row["year"]): dict(row) for row in rows}


def test_every_person_year(sample: Study) -> None:
    found = by_person(sample, "attribution", "adjustment")
    assert {key: (row["attribution"], row["adjustment"]) for key, row in found.items()} == ROLL_UPS
    for one in PLAN:
        row = found[one.person, one.year]
        assert (row["role"], row["district"]) == (one.role, one.district)


@pytest.mark.parametrize(("code_set", "by"), list(TALLIES))
def test_tallies_of_people(sample: Study, code_set: str, by: str) -> None:
    assert_golden_tally(tally(sample, VIEWER, code_set, by=by.split()), TALLIES[code_set, by])


def test_the_cross_table(sample: Study) -> None:
    table = cross_table(cross(sample, VIEWER, "attribution", "adjustment"))
    got = [[str(cell) for cell in row] for row in table.rows]
    assert [row[:-1] for row in got[:-1]] == cells(CROSS)
    assert got[-1][-1] == "13"


def test_code_applications(sample: Study) -> None:
    planned = {
        "attribution": Counter(code for one in PLAN for code in one.attribution),
        "adjustment": Counter(code for one in PLAN for code in one.adjustment),
    }
    for code_set, n in APPLICATIONS.items():
        found = {
            one.key: one.n
            for one in tally_codes(sample, VIEWER, code_set).groups[-1].results
            if one.n
        }
        assert found == planned[code_set]
        assert sum(found.values()) == n


def test_attribution_by_valence(sample: Study) -> None:
    _, code_set = find_set(sample, "attribution")
    kinds = {one.id: one.valence if one.codable else "uncodable" for one in code_set.codes}
    found: Counter[str] = Counter()
    for one in tally_codes(sample, VIEWER, "attribution").groups[-1].results:
        found[kinds[one.key]] += one.n
    assert found == ATTRIBUTION_VALENCES


def test_the_vision_of_every_person_year(sample: Study) -> None:
    found = by_person(sample, *(f"{BOOK}:{name}" for name in VISION_LEVELS))
    assert set(found) == set(VISION)
    for person, levels in VISION.items():
        for name, level in zip(VISION_LEVELS, levels, strict=True):
            words = "no evidence" if level is None else f"level {level}"
            assert found[person][name] == words, (person, name)


@pytest.mark.parametrize("name", list(VISION_LEVELS))
def test_vision_levels(sample: Study, name: str) -> None:
    levels, n, at_most_2, at_least_3 = VISION_LEVELS[name]
    (everyone,) = tally(sample, VIEWER, f"{BOOK}:{name}").groups
    found = tuple(one.n for one in everyone.results)
    assert found == levels
    assert (sum(found), sum(found[:3]), sum(found[3:])) == (n, at_most_2, at_least_3)


def test_a_quarter_of_the_interviews_is_coded_twice(sample: Study) -> None:
    excerpts = {one.name: one.excerpts for one in list_transcripts(sample, VIEWER)}
    assert len(excerpts) == 12
    assert sum(excerpts.values()) == 135
    assert [excerpts[name] for name in DOUBLE_CODED] == [12, 13, 10]


def test_what_is_planted_for_whoever_prepares_transcripts(sample: Study) -> None:
    """At least as many as planned of each; the five excerpts of the open round are not counted."""
    (found,) = tally_codes(sample, VIEWER, "handling").groups
    tags = {one.key: one.n for one in found.results}
    for tag, planned in {
        "h_redact": 4,
        "h_leading": 2,
        "h_inaudible": 3,
        "h_distress": 1,
        "h_quote": 6,
        "h_discuss": 2,
    }.items():
        assert tags[tag] >= planned, tag


def printed(capfd: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    """What a command prints as CSV."""
    capfd.readouterr()
    assert run(list(arguments)) == 0
    return list(csv.DictReader(io.StringIO(capfd.readouterr().out)))


def test_the_command_line_tallies_the_same(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = ("tally", "--of", "adjustment", "--by", "role", "--csv", "--study", str(path))
    rows = printed(capfd, *command)
    for role, *wanted in cells(TALLIES["adjustment", "role"]):
        found = [row for row in rows if row["role"] == role]
        assert [row["label"] for row in found] == [
            "productive",
            "mixed",
            "solely unproductive",
            "neither",
        ]
        for row, cell in zip(found, wanted, strict=False):
            percent = f" ({float(row['of_codable']):.1%})" if row["of_codable"] else ""
            assert row["count"] + percent == cell
            assert [row["n"], row["codable"]] == wanted[-2:]


def test_the_command_line_crosses_the_same(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = printed(capfd, "cross", "attribution", "adjustment", "--csv", "--study", str(path))
    columns = ("value", "productive", "mixed", "unproductive", "neither", "not_codable", "no_data")
    assert [[row[key] for key in columns] for row in rows[:-1]] == cells(CROSS)
