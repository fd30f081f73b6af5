"""Agreement on screens, in files and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from coder.formats.tables import to_text
from coder.model import Viewer
from coder.ops.agreeing import agreement
from coder.ops.agreement_json import to_json
from coder.ops.agreement_pages import caution_lines, pages, unfinished_lines
from coder.ops.agreement_report import AgreementReport, Caution, Options
from coder.ops.agreement_tables import full, overview
from coder.ops.confusion_tables import confusion_tables
from coder.ops.study import open_study
from tests.ops.coded import book_of, coded_study, set_of, spread

VIEWER = Viewer()
SCHEMA = Path(__file__).parents[2] / "docs" / "agreement.schema.json"
TOPIC = set_of("topic", "exclusive", ["task", "talk", "other", "rest"], rule="count")
VISION = set_of("vision", "ordinal", ["v0", "v1", "v2"], rule="max")


@pytest.fixture(scope="module")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AgreementReport:
    copy = tmp_path_factory.mktemp("agreement") / "sample.coder"
    copy.write_bytes(sample_file.read_bytes())
    with open_study(copy) as study:
        return agreement(study, VIEWER)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AgreementReport]:
    said = [
        *spread("AL", "topic", "task talk - other task talk", 2, "T"),
        *spread("RR", "topic", "task talk task other talk talk", 2, "T"),
        *spread("TT", "topic", "talk talk task other . .", 2, "T"),
        *spread("AL", "vision", "v0 v1 v2 -", 2, "T"),
        *spread("RR", "vision", "v0 v2 v2 v1", 2, "T"),
    ]
    names = {f"T-{i}": ["Q-WHY"] * 2 for i in (1, 2, 3)}
    folder = tmp_path_factory.mktemp("three")
    with coded_study(folder, book_of(TOPIC, VISION), names, said) as study:
        yield agreement(study, VIEWER)


ROW: dict[str, type | tuple[type, ...]] = {
    "code_set": (str, type(None)),
    "code": (str, type(None)),
    "level": str,
    "coders": list,
    "units": int,
    "clusters": int,
    "statistic": str,
    "estimate": (float, type(None)),
    "low": (float, type(None)),
    "high": (float, type(None)),
    "interval": str,
    "defined": bool,
    "why_undefined": (str, type(None)),
    "why_no_interval": (str, type(None)),
    "by": (str, type(None)),
    "group": (str, type(None)),
}
"""Section 8 of the design, key by key, in its order."""


@pytest.mark.parametrize("interval", ["jackknife", "bootstrap", "none"])
def test_json_has_the_shape_of_the_contract(
    sample_file: Path, tmp_path: Path, interval: str
) -> None:
    copy = tmp_path / "sample.coder"
    copy.write_bytes(sample_file.read_bytes())
    options = Options(interval=interval, replicates=100, seed=5)  # type: ignore[arg-type]
    with open_study(copy) as study:
        made = to_json(agreement(study, VIEWER, options=options))
    data = json.loads(json.dumps(made, allow_nan=False))
    assert list(data)[:5] == ["schema", "seed", "confidence", "rows", "warnings"]
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert data["schema"] == "coder/agreement/1"
    assert data["seed"] == (5 if interval == "bootstrap" else None)
    assert data["confidence"] == 0.95
    assert all(isinstance(warning, str) for warning in data["warnings"])
    assert len(data["rows"]) > 100
    for row in data["rows"]:
        assert list(row) == list(ROW)
        for key, kinds in ROW.items():
            assert isinstance(row[key], kinds), (key, row)
        assert row["coders"] == ["AL", "RR"]
        assert row["defined"] == (row["estimate"] is not None)
        assert row["defined"] == (row["why_undefined"] is None)
        assert (row["low"] is None) == (row["high"] is None)
        if interval != "none":
            assert (row["low"] is None) == (row["why_no_interval"] is not None)
    assert any(row["code"] is None for row in data["rows"])


def test_bounds_of_perfect_agreement_are_in_the_reason(sample: AgreementReport) -> None:
    (row,) = (
        one
        for one in to_json(sample)["rows"]
        if (one["code_set"], one["level"], one["statistic"])
        == ("adjustment", "applies", "cohen_kappa")
    )
    assert row["estimate"] == 1.0
    assert row["why_no_interval"].startswith("all units agree, so nothing varies; percent")
    assert "36.8% if each transcript counts once" in row["why_no_interval"]


def test_the_file_has_every_row(sample: AgreementReport) -> None:
    table = full(sample)
    assert len(table.rows) == len(sample.rows)
    keys = [column.key for column in table.columns]
    by_code = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert {row["caution"] for row in by_code if row["code"]} >= {"used on 2 units only"}
    assert not any(row["caution"] for row in by_code if not row["code"])


def test_screens_fit_80_columns(sample: AgreementReport, three: AgreementReport) -> None:
    for report in (sample, three):
        for full_page in (False, True):
            for table in pages(report, full=full_page, by_code=True, confusion=True):
                text = to_text(table, 80)
                assert max(map(len, text.splitlines())) <= 80, text
                assert "…" not in text.replace("… where applied", "")


def test_the_overview_leads_with_valence_and_keeps_each_set_together(
    sample: AgreementReport,
) -> None:
    (table,) = pages(sample)
    assert table == overview(sample)
    assert table.title == "Agreement of AL and RR"
    lines = [row[:2] for row in table.rows]
    assert lines == [
        ("attribution", "valence"),
        ("attribution", "… where applied"),
        ("attribution", "sets of codes"),
        ("attribution", "applied or not"),
        ("adjustment", "valence"),
        ("adjustment", "… where applied"),
        ("adjustment", "sets of codes"),
        ("adjustment", "applied or not"),
        ("who", "sets of codes"),
        ("who", "… where applied"),
        ("who", "applied or not"),
    ]


def test_a_line_that_would_repeat_another_is_left_out(tmp_path: Path) -> None:
    said = [
        *spread("AL", "topic", "task talk other", 3, "T"),
        *spread("RR", "topic", "task talk talk", 3, "T"),
    ]
    with coded_study(tmp_path, book_of(TOPIC), {"T-1": ["Q-WHY"] * 3}, said) as study:
        report = agreement(study, VIEWER)
    assert [row[1] for row in overview(report).rows] == ["code", "applied or not"]
    # In files and JSON it stands all the same.
    assert any(row.level == "code_applied" for row in report.rows)


def test_what_is_undefined_is_na_with_the_reason(tmp_path: Path) -> None:
    said = [row for alias in ("AL", "RR") for row in spread(alias, "topic", "task task", 2, "T")]
    with coded_study(tmp_path, book_of(TOPIC), {"T-1": ["Q-WHY"] * 2}, said) as study:
        table = overview(agreement(study, VIEWER))
    first = table.rows[0]
    assert first[:5] == ("topic", "code", 2, 1.0, "n/a")
    assert "topic code: n/a, only code task was used." in table.notes


def test_each_pair_of_three_coders_has_its_own_table(three: AgreementReport) -> None:
    titles = [table.title for table in pages(three)]
    assert titles == [
        "Agreement of AL and RR",
        "Agreement of AL and TT",
        "Agreement of RR and TT",
        "Agreement of AL and RR and TT",
    ]
    one = overview(three)
    assert {row[2] for row in one.rows} == {"AL–RR", "AL–TT", "RR–TT", "all 3"}
    assert any("Fleiss" in note for note in one.notes)


def test_confusions_of_several_pairs_have_names_of_their_own(three: AgreementReport) -> None:
    names = [table.name for table in confusion_tables(three)]
    assert len(set(names)) == len(names)
    assert "confusion_topic_code_AL_RR" in names


def test_a_confusion_table_counts_both_ways(three: AgreementReport) -> None:
    table = next(t for t in confusion_tables(three) if t.name == "confusion_topic_code_AL_RR")
    keys = [column.key for column in table.columns]
    assert keys == ["answer", "task", "talk", "other", "nothing", "all"]
    rows = {row[0]: dict(zip(keys, row, strict=True)) for row in table.rows}
    assert list(rows["task"].values()) == ["task", 1, 1, 0, 0, 2]
    assert rows["nothing"]["task"] == 1
    assert rows["all"]["all"] == 6


def test_the_most_confused_pair_is_named(three: AgreementReport) -> None:
    table = next(t for t in confusion_tables(three) if t.name == "confusion_topic_code_AL_RR")
    assert table.notes == ("Most confused: task and talk, on 1 unit.",)


def test_cautions_about_the_same_thing_are_one_line() -> None:
    few, rare, never = "Only 3 transcripts.", "Under 5% of the codes: x.", "RR never used y."
    report = AgreementReport(
        rows=(),
        confusions=(),
        finished=(),
        cautions=(
            Caution("one", "valence", few),
            Caution("one", "valence", rare),
            Caution("two", "code", few),
            Caution("two", "code", never),
        ),
        too_rare={},
        interval="jackknife",
        confidence=0.95,
        seed=None,
    )
    assert list(caution_lines(report)) == [
        f"one valence, two code: {few}",
        f"one valence: {rare}",
        f"two code: {never}",
    ]
    assert len(report.warnings) == 4


def test_cautions_about_several_pairs_name_them(three: AgreementReport) -> None:
    few, rare, all_ = "Only 3 transcripts.", "AL used x on 50% of units.", "A round is open."
    report = replace(
        three,
        cautions=(
            Caution("one", "code", few, ("AL", "RR")),
            Caution("one", "code", rare, ("AL", "RR")),
            Caution("one", "code", few, ("AL", "TT")),
            Caution("one", None, all_),
        ),
    )
    assert list(caution_lines(report)) == [
        f"one: {all_}",
        f"AL–RR, AL–TT: one code: {few}",
        f"AL–RR: one code: {rare}",
    ]
    assert f"AL–TT: one code: {few}" in report.warnings
    alone = replace(report, cautions=report.cautions[:2])
    assert list(caution_lines(alone)) == [f"one code: {few} {rare}"]


def test_unfinished_work_is_counted(three: AgreementReport) -> None:
    assert list(unfinished_lines(three)) == [
        "topic: TT has finished 4 of 6 units asked",
        "vision: AL has finished 4 of 6 units asked",
        "vision: RR has finished 4 of 6 units asked",
        "vision: TT has finished 0 of 6 units asked",
    ]
