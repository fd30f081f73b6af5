"""Denominators, blanks, clusters and flags of shares."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from statsmodels.stats.proportion import proportion_confint

from coder.errors import UsageError
from coder.model import Viewer
from coder.ops.corpus import add_coder, coder_named
from coder.ops.groups import Group
from coder.ops.settling import settle
from coder.ops.study import Study
from coder.ops.tallying import NOTE_SMALL, Tally, cross, tally, tally_codes
from tests.factories import make_study
from tests.ops import recomputed
from tests.ops.coded import book_of, coded_study, say, set_of, spread
from tests.rounds import open_round

VIEWER = Viewer()
CAUSE = set_of(
    "cause",
    "multi",
    {
        "taught": "productive",
        "effort": "unproductive",
        "both": "mixed",
        "hard": "none",
        "unclear": "none",
    },
    rule="valence",
)
BOOK = book_of(CAUSE)


def everyone(found: Tally) -> Group:
    assert found.groups[-1].values == ()
    return found.groups[-1]


def counts(group: Group) -> dict[str, int]:
    return {one.key: one.n for one in group.results if one.n} | dict(group.blanks)


def people_study(
    folder: Path, answers: Mapping[str, str], *, schools: bool = False, coder: str = "AL"
) -> Study:
    """One transcript of each person, whose Q-WHY answers are coded as given."""
    given = {
        f"P{number}": {"school": f"School {number // 2}"} if schools else {"school": "null"}
        for number, _ in enumerate(answers)
    }
    names = {
        f"P-{number}": ["Q-WHY"] * len(words.split())
        for number, words in enumerate(answers.values())
    }
    said = []
    for number, words in enumerate(answers.values()):
        for at, word in enumerate(words.split(), start=1):
            if word != ".":
                for code in [""] if word == "-" else word.split("+"):
                    said.append((coder, f"P-{number}:{at}", "cause", code))
    return coded_study(folder, BOOK, names, said, **given)


# Denominators.


def test_everyone_is_counted_and_each_blank_apart(tmp_path: Path) -> None:
    answers = {
        "productive": "taught taught",
        "mixed": "taught effort",
        "nothing": "- -",
        "not codable": "unclear -",
        "no data": "not_applicable not_applicable",
        "incomplete": "taught .",
    }
    with people_study(tmp_path, answers) as study:
        say(study, tmp_path, [("AL", "P-0:1", "cause", "taught")])
        group = everyone(tally(study, VIEWER, "cause"))
    assert counts(group) == {
        "productive": 1,
        "mixed": 1,
        "nothing": 1,
        "not_codable": 1,
        "no_data": 1,
        "incomplete": 1,
    }
    assert (group.n, group.asked, group.codable, group.people) == (6, 4, 3, 6)
    productive = group.results[0]
    assert (productive.of_asked.numerator, productive.of_asked.denominator) == (1, 4)
    assert (productive.of_codable.numerator, productive.of_codable.denominator) == (1, 3)
    assert group.units == 4


def test_coders_who_differ_leave_it_unresolved_until_it_is_settled(tmp_path: Path) -> None:
    with people_study(tmp_path, {"one": "taught"}) as study:
        say(study, tmp_path, [("RR", "P-0:1", "cause", "effort")])
        before = tally(study, VIEWER, "cause")
        assert counts(everyone(before)) == {"unresolved": 1}
        assert (everyone(before).asked, everyone(before).codable) == (0, 0)
        assert before.sources == {"unresolved": 1}
        assert any("1 excerpts are coded differently" in note for note in before.notes)
        settle(study, coder_named(study, "AL"), "P-0:1", "cause", ["both"], "we talked")
        after = tally(study, VIEWER, "cause")
    assert counts(everyone(after)) == {"mixed": 1}
    assert after.sources == {"settled": 1}


def test_a_code_on_a_unit_that_was_not_asked_counts(tmp_path: Path) -> None:
    questions = {"T-1": ["Q-CLOSE", "Q-CLOSE"]}
    said = [("AL", "T-1:1", "cause", "taught"), ("AL", "T-1:2", "cause", "")]
    with coded_study(tmp_path, BOOK, questions, said) as study:
        assert counts(everyone(tally(study, VIEWER, "cause"))) == {"productive": 1}
        excerpts = everyone(tally(study, VIEWER, "cause", people=False))
    # The other one was neither asked nor coded: it is no row at all.
    assert (excerpts.n, counts(excerpts)) == (1, {"productive": 1})


def test_two_ways_of_saying_no_code_outside_the_question_are_no_disagreement(
    tmp_path: Path,
) -> None:
    said = [
        ("AL", "T-1:1", "cause", "taught"),
        ("AL", "T-1:2", "cause", ""),
        ("RR", "T-1:2", "cause", "not_applicable"),
    ]
    with coded_study(tmp_path, BOOK, {"T-1": ["Q-WHY", "Q-CLOSE"]}, said) as study:
        assert counts(everyone(tally(study, VIEWER, "cause"))) == {"productive": 1}
        assert counts(everyone(tally(study, VIEWER, "cause", people=False))) == {"productive": 1}


def test_percent_of_codable_is_of_the_codable_only(tmp_path: Path) -> None:
    """A code that cannot tell is no part of what could be told."""
    with people_study(tmp_path, {"one": "unclear taught unclear+hard -"}) as study:
        group = everyone(tally_codes(study, VIEWER, "cause"))
    found = {one.key: one for one in group.results}
    assert (group.asked, group.codable) == (4, 3)
    assert found["unclear"].n == 2
    assert (found["unclear"].of_asked.numerator, found["unclear"].of_asked.denominator) == (2, 4)
    # Of the codable ones it stands on one, beside a codable code.
    assert (found["unclear"].of_codable.numerator, found["unclear"].of_codable.denominator) == (
        1,
        3,
    )


# Stable where there is little.


def test_an_empty_study(tmp_path: Path) -> None:
    with make_study(tmp_path, ()) as study:
        for found in (
            tally(study, VIEWER, "cause"),
            tally(study, VIEWER, "cause", people=False),
            tally_codes(study, VIEWER, "who"),
            tally(study, VIEWER, "vision", by=["year"]),
        ):
            (group,) = found.groups
            assert (group.n, group.asked, group.codable) == (0, 0, 0)
            for one in group.results:
                assert one.of_codable.share is None
                assert one.of_codable.low is None
                assert one.of_codable.why_no_interval
        assert cross(study, VIEWER, "cause", "support").n == 0


def test_transcripts_that_nobody_coded_are_incomplete(study: Study) -> None:
    assert counts(everyone(tally(study, VIEWER, "cause"))) == {"incomplete": 1}
    assert counts(everyone(tally(study, VIEWER, "cause", people=False))) == {"incomplete": 2}
    # No question feeds the tags: they are asked wherever anything is.
    assert counts(everyone(tally(study, VIEWER, "who"))) == {"incomplete": 1}


def test_one_coder_is_single(tmp_path: Path) -> None:
    with people_study(tmp_path, {"one": "taught -"}) as study:
        assert tally(study, VIEWER, "cause").sources == {"single": 2}
        add_coder(study, "RR")
        assert tally(study, VIEWER, "cause").sources == {"single": 2}


# Groups.


def test_groups_are_in_order_and_all_comes_last(tmp_path: Path) -> None:
    transcripts = [
        {"person": "P1", "role": "teacher", "district": "South"},
        {"person": "P2", "role": "coach", "district": "North"},
        {"person": "P3", "role": "teacher", "district": "North", "year": "2024-25"},
    ]
    with make_study(tmp_path, transcripts) as study:
        found = tally(study, VIEWER, "cause", by=["district", "year"])
        assert [group.values for group in found.groups] == [
            ("North", "2023-24"),
            ("North", "2024-25"),
            ("South", "2023-24"),
            (),
        ]
        assert [group.n for group in found.groups] == [1, 1, 1, 3]
        waves = tally(study, VIEWER, "cause", by=["wave"], people=False)
        assert [group.values for group in waves.groups] == [("winter",), ()]


def test_unknown_attributes_and_sets_are_named_with_the_nearest(study: Study) -> None:
    with pytest.raises(UsageError, match=r"attribute rol .*did you mean role"):
        tally(study, VIEWER, "cause", by=["rol"])
    with pytest.raises(UsageError, match=r"no code set caus .*did you mean cause"):
        tally(study, VIEWER, "caus")
    with pytest.raises(UsageError, match="role is named twice"):
        tally(study, VIEWER, "cause", by=["role", "role"])
    # A person-year has no wave: it is an attribute of the transcript.
    with pytest.raises(UsageError, match="wave"):
        tally(study, VIEWER, "cause", by=["wave"])


def test_few_people_are_flagged_however_many_their_excerpts(tmp_path: Path) -> None:
    with people_study(tmp_path, {"one": "taught " * 9, "two": "effort " * 9}) as study:
        found = tally(study, VIEWER, "cause", people=False)
    assert everyone(found).n == 18
    assert everyone(found).people == 2
    assert NOTE_SMALL in found.notes


def test_five_people_are_not_flagged(tmp_path: Path) -> None:
    answers = {str(number): "taught" for number in range(5)}
    with people_study(tmp_path, answers) as study:
        assert NOTE_SMALL not in tally(study, VIEWER, "cause").notes


# Clusters.


def test_people_who_are_not_nested_get_wilson(tmp_path: Path) -> None:
    answers = {"a": "taught", "b": "effort", "c": "taught", "d": "taught"}
    with people_study(tmp_path, answers) as study:
        share = everyone(tally(study, VIEWER, "cause")).results[0].of_codable
    assert share.interval == "Wilson, one person-year per person"
    low, high = proportion_confint(3, 4, method="wilson")
    assert (share.low, share.high) == pytest.approx((low, high), abs=1e-9)


def test_people_in_schools_leave_out_a_school(tmp_path: Path) -> None:
    words = ["taught", "taught", "effort", "taught", "effort", "effort", "taught", "taught"]
    answers = {str(number): word for number, word in enumerate(words)}
    with people_study(tmp_path, answers, schools=True) as study:
        share = everyone(tally(study, VIEWER, "cause")).results[0].of_codable
    schools = [(1, 1), (0, 1), (0, 0), (1, 1)]
    replicates = [
        sum(sum(other) for j, other in enumerate(schools) if j != i) / 6 for i in range(4)
    ]
    ends = recomputed.interval(5 / 8, replicates, [2, 2, 2, 2], "logit")
    assert share.interval == "school jackknife logit, t(G-1)"
    assert (share.low, share.high) == pytest.approx(ends, abs=1e-9)


def test_a_single_school_is_nothing_to_leave_out(tmp_path: Path) -> None:
    transcripts = [{"person": f"P{i}", "school": "Hill"} for i in range(3)]
    with make_study(tmp_path, transcripts) as study:
        for number, code in enumerate(["taught", "effort", "taught"], start=1):
            for at in (1, 3):
                say(study, tmp_path, [("AL", f"T-{number}:{at}", "cause", code)])
        people = everyone(tally(study, VIEWER, "cause")).results[0].of_codable
        excerpts = everyone(tally(study, VIEWER, "cause", people=False)).results[0].of_codable
    assert people.interval == "Wilson, one person-year per person"
    assert excerpts.interval.startswith("person jackknife logit")


def test_excerpts_of_one_person_are_nested_in_transcripts(tmp_path: Path) -> None:
    transcripts = [{"person": "P1"} for _ in range(3)]
    with make_study(tmp_path, transcripts) as study:
        codes = ["taught", "effort", "effort", "effort", "taught", "taught"]
        for number, code in enumerate(codes):
            ref = f"T-{number // 2 + 1}:{(1, 3)[number % 2]}"
            say(study, tmp_path, [("AL", ref, "cause", code)])
        share = everyone(tally(study, VIEWER, "cause", people=False)).results[0].of_codable
    assert share.interval == "transcript jackknife logit, t(G-1)"
    assert share.low is not None


# Rules without shares of one value.


def test_a_mean_has_a_mean_and_a_share_at_three_or_more(tmp_path: Path) -> None:
    vision = set_of(
        "vision",
        "ordinal",
        ["v0", "v1", "v2", "v3", "v4"],
        rule="mean",
        also=["share_at_least_3"],
        expect_units=2,
    )
    said = [
        *spread("AL", "vision", "v3 v4", 2, "A"),
        *spread("AL", "vision", "v2 v3", 2, "B"),
        *spread("AL", "vision", "v1", 1, "C"),
    ]
    names = {"A-1": ["Q-WHY"] * 2, "B-1": ["Q-WHY"] * 2, "C-1": ["Q-WHY"], "D-1": ["Q-CLOSE"]}
    with coded_study(tmp_path, book_of(vision), names, said) as study:
        found = tally(study, VIEWER, "vision")
    group = everyone(found)
    assert group.mean == (3.5 + 2.5 + 1) / 3
    assert counts(group) == {"at_least_3": 1, "below_3": 2, "no_data": 1}
    assert group.results[0].of_codable.share == 1 / 3
    assert group.units == 5
    assert any(note.endswith("fewer: C1 2023-24 (1).") for note in found.notes)


def test_a_mean_without_a_threshold_is_a_mean_only(tmp_path: Path) -> None:
    vision = set_of("vision", "ordinal", ["v0", "v1", "v2"], rule="mean")
    said = spread("AL", "vision", "v1 v2", 2, "A")
    with coded_study(tmp_path, book_of(vision), {"A-1": ["Q-WHY"] * 2}, said) as study:
        group = everyone(tally(study, VIEWER, "vision"))
    assert group.mean == 1.5
    assert group.results == ()
    assert group.codable == 1


def test_a_set_that_only_counts_has_no_people(tmp_path: Path) -> None:
    topic = set_of("topic", "exclusive", ["task", "talk"], rule="count")
    said = spread("AL", "topic", "task talk task", 3, "A")
    with coded_study(tmp_path, book_of(topic), {"A-1": ["Q-WHY"] * 3}, said) as study:
        with pytest.raises(UsageError, match="no value per person"):
            tally(study, VIEWER, "topic")
        assert counts(everyone(tally_codes(study, VIEWER, "topic"))) == {"task": 2, "talk": 1}


def test_any_lets_a_person_have_several(tmp_path: Path) -> None:
    tags = set_of("tags", "multi", ["one", "two", "three"], rule="any")
    said = spread("AL", "tags", "one+two two", 2, "A")
    with coded_study(tmp_path, book_of(tags), {"A-1": ["Q-WHY"] * 2}, said) as study:
        group = everyone(tally(study, VIEWER, "tags"))
    assert counts(group) == {"one": 1, "two": 1}
    assert group.codable == 1


def test_a_tie_is_counted_apart_and_sent_to_review(tmp_path: Path) -> None:
    topic = set_of("topic", "exclusive", ["task", "talk"], rule="preponderance")
    said = [
        *spread("AL", "topic", "task talk", 2, "A"),
        *spread("AL", "topic", "task task", 2, "B"),
    ]
    names = {"A-1": ["Q-WHY"] * 2, "B-1": ["Q-WHY"] * 2}
    with coded_study(tmp_path, book_of(topic), names, said) as study:
        found = tally(study, VIEWER, "topic")
    assert counts(everyone(found)) == {"task": 1, "review": 1}
    assert (everyone(found).asked, everyone(found).n) == (1, 2)
    assert any("equally frequent" in note for note in found.notes)


# Crossing.


def test_cross_refuses_what_says_nothing(study: Study) -> None:
    with pytest.raises(UsageError, match="crossed with itself"):
        cross(study, VIEWER, "cause", "tiny:cause")
    with pytest.raises(UsageError, match="who has no single value per person"):
        cross(study, VIEWER, "cause", "who")


def test_cross_counts_blanks_of_both_sides(tmp_path: Path) -> None:
    with make_study(tmp_path, [{"person": "P1"}, {"person": "P2"}]) as study:
        say(
            study,
            tmp_path,
            [
                ("AL", "T-1:1", "cause", "taught"),
                ("AL", "T-1:3", "cause", ""),
                ("AL", "T-1:2", "support", "format"),
            ],
        )
        found = cross(study, VIEWER, "cause", "support")
    assert found.counts == {("productive", "not_codable"): 1, ("incomplete", "incomplete"): 1}
    assert "incomplete" in found.row_labels
    assert found.n == 2


# Blind.


def test_an_open_round_hides_answers_from_shares(tmp_path: Path) -> None:
    with people_study(tmp_path, {"one": "taught", "two": "effort"}) as study:
        say(study, tmp_path, [("RR", "P-0:1", "cause", "effort")])
        open_round(study, "one", ["AL", "RR"], ["P-0:1"])
        by_al = tally(study, Viewer("AL"), "cause")
        assert counts(everyone(by_al)) == {"productive": 1, "unproductive": 1}
        nobody = tally(study, VIEWER, "cause")
        assert counts(everyone(nobody)) == {"incomplete": 1, "unproductive": 1}
