"""The invented tables that ship give the results that are worked out beside them, exactly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coder.model import Viewer
from coder.ops.agreeing import agreement
from coder.ops.agreement_report import AgreementReport, Options
from coder.ops.importing import import_files
from coder.ops.library import load_codebook
from coder.ops.records import import_records
from coder.ops.rolling import Reader, rolled_up
from coder.ops.settling import disagreements
from coder.ops.study import Study, check_study, create_study, find_set
from coder.ops.tallying import Tally, cross, tally
from coder.paths import shipped

VIEWER = Viewer()
FIXTURES = shipped("transcripts_sample") / "fixtures"
REASONS = ("uptake_reason", "implementation_reason")

Make = Callable[..., Study]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """A study with one book and one table of records."""
    made: list[Study] = []

    def study_of(book: str, table: str, coder: str = "", **columns: tuple[str, ...]) -> Study:
        study = create_study(tmp_path / f"{Path(table).stem}.coder", [load_codebook(book)])
        made.append(study)
        import_records(study, FIXTURES / table, coder=coder, columns=columns)
        assert "as the journal says" in check_study(study)[0]
        return study

    yield study_of
    for study in made:
        study.close()


@pytest.fixture
def recommendations(make: Make) -> Study:
    return make("mist_recommendations", "recommendations_162.csv", "AL", reasons=REASONS)


def counted(made: Tally, group: tuple[str, ...] = ()) -> dict[str, int]:
    (found,) = [one for one in made.groups if one.values == group]
    return {result.key: result.n for result in found.results}


def percents(made: Tally) -> list[float | None]:
    shares = [result.of_asked.share for result in made.groups[-1].results]
    return [share and round(100 * share, 1) for share in shares]


# Recommendations.


def test_uptake_and_implementation(recommendations: Study) -> None:
    uptake = tally(recommendations, VIEWER, "uptake")
    assert (uptake.row, uptake.grain) == ("recommendation", "code")
    assert counted(uptake) == {"up_full": 73, "up_part": 36, "up_none": 53}
    assert percents(uptake) == [45.1, 22.2, 32.7]
    assert (uptake.groups[-1].n, uptake.groups[-1].asked) == (162, 162)
    done = tally(recommendations, VIEWER, "implementation")
    assert counted(done) == {"im_success": 19, "im_partial": 29, "im_unsuccessful": 61}
    assert percents(done) == [17.4, 26.6, 56.0]
    everything = done.groups[-1]
    assert (everything.n, everything.asked, dict(everything.blanks)) == (162, 109, {"no_data": 53})


def test_what_was_not_taken_up_was_not_carried_out(recommendations: Study) -> None:
    found = cross(recommendations, VIEWER, "uptake", "implementation")
    assert (found.row, found.n) == ("recommendation", 162)
    assert {key: n for key, n in found.counts.items() if key[1] == "no_data"} == {
        ("up_none", "no_data"): 53
    }
    taken_up = sum(n for (row, _), n in found.counts.items() if row in ("up_full", "up_part"))
    assert taken_up == 109


def test_recommendations_group_by_their_own_attributes(recommendations: Study) -> None:
    by_flag = tally(recommendations, VIEWER, "implementation", by=["math_department"])
    flagged = counted(by_flag, ("yes",))
    assert flagged["im_success"] == 12
    assert flagged["im_success"] + flagged["im_partial"] == 24
    by_year = tally(recommendations, VIEWER, "uptake", by=["district", "year"])
    assert sum(group.n for group in by_year.groups[:-1]) == 162
    assert len({group.values[0] for group in by_year.groups[:-1]}) == 4


def test_a_missing_reason_is_nothing_applied_where_reasons_were_asked(
    recommendations: Study,
) -> None:
    why = tally(recommendations, VIEWER, "uptake_reason")
    assert why.groups[-1].blanks == {"nothing": 3}
    assert why.groups[-1].asked == 162
    how = tally(recommendations, VIEWER, "implementation_reason")
    assert how.groups[-1].blanks["no_data"] == 53
    assert counted(how)["ir_mathdept"] >= 24


# Survey.


def test_survey_shares_by_date_are_of_usable_answers(make: Make) -> None:
    study = make(
        "practical_measures",
        "survey_small.csv",
        "AL",
        item1=("success_means",),
        item2=("trouble_following",),
    )
    means = tally(study, VIEWER, "success_means", by=["date"])
    assert means.row == "response"
    first = [(g.n, g.codable, counted(means, g.values)["sm_reasoning"]) for g in means.groups[:-1]]
    assert first == [(28, 26, 4), (28, 24, 12), (28, 26, 14)]
    shares = [g.results[0].of_codable.share for g in means.groups[:-1]]
    assert shares == [4 / 26, 12 / 24, 14 / 26]
    trouble = tally(study, VIEWER, "trouble_following", by=["date"])
    second = [(g.codable, counted(trouble, g.values)["tr_yes"]) for g in trouble.groups[:-1]]
    assert second == [(26, 9), (26, 15), (26, 11)]


# Lessons.


def test_lessons_give_means_and_a_warning_for_the_single_one(make: Make) -> None:
    study = make("mist_lesson_rigor", "lessons_8.csv", "AL", teacher=("participant",))
    reader = Reader(study, VIEWER)

    def means(name: str) -> dict[str, tuple[float | None, int]]:
        values, _ = rolled_up(reader, *find_set(study, name))
        return {
            person: (v.number and round(v.number, 2), v.asked) for (person, _), v in values.items()
        }

    assert means("task_potential") == {
        "T01": (3.0, 2),
        "T02": (2.0, 1),
        "T03": (3.67, 3),
        "T06": (3.5, 2),
    }
    assert [mean for mean, _ in means("discussion").values()] == [2.0, 1.0, 3.33, 1.0]
    assert means("student_participation")["T03"] == (3.0, 3), "what cannot be counted is no level"
    made = tally(study, VIEWER, "task_potential", by=["district"])
    assert made.notes[0] == (
        "task_potential: a value should rest on 2 lessons; fewer: T02 2023-24 (1)."
    )
    assert made.notes[1].startswith(
        "task_potential: on fewer than 3 lessons: T01 2023-24 (2), T02 2023-24 (1), T06 2024-25 (2)"
    )
    assert "A mean over two lessons" in made.notes[1]
    assert [(g.values, g.n, g.mean) for g in made.groups[:-1]] == [
        (("Alder Falls",), 2, 2.5),
        (("Brisco County",), 1, pytest.approx(11 / 3)),
        (("Calder Lake",), 1, 3.5),
    ]


# Agreement.


def statistics(report: AgreementReport, level: str, code: str = "") -> dict[str, float | None]:
    return {
        row.estimate.statistic: row.estimate.estimate and round(row.estimate.estimate, 4)
        for row in report.rows
        if (row.level, row.code) == (level, code)
    }


def test_calibration(make: Make) -> None:
    study = make("mist_student_views", "calibration_24.csv")
    report = agreement(study, VIEWER, ["attribution"])
    assert statistics(report, "valence") == {
        "percent_agreement": round(19 / 24, 4),
        "cohen_kappa": 0.7108,
        "kappa_max": 0.8265,
        "scott_pi": 0.7077,
        "brennan_prediger": 0.7222,
        "alpha_nominal": 0.7138,
        "gwet_ac1": 0.7268,
    }
    by_class = {
        code: statistics(report, "valence", code)["cohen_kappa"]
        for code in ("productive", "unproductive", "mixed", "none")
    }
    assert by_class == {"productive": 0.8222, "unproductive": 0.7143, "mixed": 0.5135, "none": 0.7}
    used = {
        one.code: (sum(one.counts[0]), sum(row[0] for row in one.counts))
        for one in report.confusions
        if one.level == "valence" and one.code
    }
    assert used == {"productive": (9, 9), "unproductive": (9, 6), "mixed": (2, 5), "none": (4, 4)}
    kappa = next(row.estimate for row in report.rows if row.estimate.statistic == "cohen_kappa")
    assert kappa.clusters == 24, "each record is left out by itself"
    assert any("leave out one record" in warning for warning in report.warnings)
    assert [one.ref.partition(":")[2] for one in disagreements(study, VIEWER, "attribution")] == [
        "CAL-04",
        "CAL-10",
        "CAL-14",
        "CAL-18",
        "CAL-21",
    ]


def test_rubric(make: Make) -> None:
    study = make("mist_instructional_vision", "vision_role_12.csv")
    report = agreement(study, VIEWER, ["teacher_role"], options=Options(interval="none"))
    found = statistics(report, "code")
    del found["gwet_ac2_linear"], found["gwet_ac2_quadratic"]
    assert found == {
        "percent_agreement": 0.75,
        "within_one": 1.0,
        "cohen_kappa": 0.6604,
        "cohen_kappa_linear": 0.7931,
        "cohen_kappa_quadratic": 0.8989,
        "alpha_ordinal": 0.887,
    }


def test_no_variation_is_not_defined_and_says_why(make: Make) -> None:
    study = make("mist_student_views", "no_variation_10.csv")
    report = agreement(study, VIEWER, ["attribution"])
    found = {
        r.estimate.statistic: r.estimate for r in report.rows if r.level == "valence" and not r.code
    }
    assert found["percent_agreement"].estimate == 1
    for name in ("cohen_kappa", "alpha_nominal"):
        assert found[name].estimate is None
        assert not found[name].defined
        assert found[name].why_undefined


# Levels of a rubric over people, on the sample interviews' planned levels.


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (
            "2 3 1 4 2 3 3 0 3 1 2 3 2",
            "13 person-years have a level; at most 2: 7 (53.8%), at least 3: 6 (46.2%)",
        ),
        (
            "2 3 1 3 - 4 4 2 4 - 3 3 1",
            "11 person-years have a level; at most 2: 4 (36.4%), at least 3: 7 (63.6%)",
        ),
    ],
)
def test_levels_of_people_are_summed_up_in_words(tmp_path: Path, levels: str, words: str) -> None:
    book = load_codebook("mist_instructional_vision")
    lines = ["id,participant,teacher_role"]
    lines += [f"V{n},P{n:02},{'' if x == '-' else x}" for n, x in enumerate(levels.split())]
    table = tmp_path / "levels.csv"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with create_study(tmp_path / "v.coder", [book]) as study:
        import_records(study, table, coder="AL")
        assert f"teacher_role: {words}." in tally(study, VIEWER, "teacher_role").notes


def test_fixtures_and_interviews_live_in_one_study(recommendations: Study) -> None:
    """What was counted of records stays the same beside transcripts."""
    before = tally(recommendations, VIEWER, "uptake").groups[-1]
    import_files(recommendations, [shipped("transcripts_sample") / "AF-T01-Y1.txt"])
    after = tally(recommendations, VIEWER, "uptake")
    assert (after.row, after.groups[-1]) == ("recommendation", before)


def test_the_planned_tally_of_122_is_labelled_in_every_row() -> None:
    rows = (FIXTURES / "tally_122.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == 122
    assert all("illustrative tally, not the study's data" in row for row in rows)


def test_reference_values_are_json_clean(make: Make) -> None:
    from coder.ops.agreement_json import to_json

    report = agreement(make("mist_student_views", "no_variation_10.csv"), VIEWER, ["attribution"])
    assert json.loads(json.dumps(to_json(report), allow_nan=False))["rows"]
