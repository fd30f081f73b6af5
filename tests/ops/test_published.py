"""Published figures: met, not met or not to be decided, and never more than the source says."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coder.errors import BadInput, CoderError, UsageError
from coder.model import Codebook, Viewer
from coder.ops.check_published import check_published
from coder.ops.coding import put_codes
from coder.ops.corpus import add_coder
from coder.ops.library import load_codebook, shelf
from coder.ops.published import Evidence, Finding, check, rounded
from coder.ops.published_figures import Figure, figures_of
from coder.ops.published_tables import published_page, published_table, summary
from coder.ops.records import import_records
from coder.ops.study import create_study
from coder.paths import shipped
from tests.factories import make_study, small_codebook

FIXTURES = shipped("transcripts_sample") / "fixtures"
RECOMMENDATIONS = FIXTURES / "recommendations_162.csv"
TALLY = FIXTURES / "tally_122.csv"


def found(findings: Sequence[Finding], figure: str, reading: str = "") -> Finding:
    (one,) = [f for f in findings if f.figure.id == figure and f.reading == reading]
    return one


def figure_of(book: str, name: str) -> Figure:
    return next(one for one in figures_of([load_codebook(book)]) if one.id == name)


# The tables that ship.


def test_everything_that_the_shipped_tables_decide() -> None:
    findings = check_published([RECOMMENDATIONS, TALLY])
    verdicts = {(one.figure.id, one.reading): one.verdict for one in findings}
    assert verdicts == {
        ("press_mostly_general", ""): "cannot be decided",
        ("corpus", ""): "not tested",
        ("mist_scale", ""): "not tested",
        ("classrooms", ""): "not tested",
        ("lessons_needed", ""): "not tested",
        ("uptake_shares", ""): "met",
        ("implementation_shares", ""): "met",
        ("mathdept_share", ""): "not tested",
        ("attribution_productive", "rolled up"): "met",
        ("attribution_productive", "any productive code"): "cannot be decided",
        ("attribution_solely_unproductive", "rolled up"): "met",
        ("adjustment_productive", "rolled up"): "met",
        ("adjustment_productive", "any productive code"): "cannot be decided",
        ("brief_attribution_productive", ""): "cannot be decided",
        ("brief_attribution_solely_unproductive", ""): "cannot be decided",
        ("brief_adjustment_productive", ""): "cannot be decided",
        ("feedback_share", ""): "met",
        ("comparison_groups", ""): "met",
        ("pilot_vs_district", ""): "met",
    }
    uptake = found(findings, "uptake_shares")
    assert uptake.computed == "73 / 36 / 53 of 162 = 45% / 22% / 33%"
    assert (uptake.n, uptake.unit, uptake.data) == (162, "recommendation", RECOMMENDATIONS.name)
    done = found(findings, "implementation_shares")
    assert done.computed == "19 / 29 / 61 of 109 = 17% / 27% / 56%"
    assert "up_full + up_part: 73 + 36 = 109, as n is 109 here" in done.remarks
    solely = found(findings, "attribution_solely_unproductive", "rolled up")
    assert solely.computed == "36 of 122 = 29.5%, to be at least 27.5% and under 30.0%"
    assert "the table says: illustrative tally, not the study's data" in solely.remarks
    assert "at n = 122 that is 34 to 36, derived from the bounds" in solely.remarks
    productive = found(findings, "adjustment_productive", "rolled up")
    assert productive.computed == "21 of 122 = 17.2%, to be under 20.0%"
    assert "at n = 122 that is at most 24, derived from the bound" in productive.remarks
    assert "21 of 114 = 18.4% of the codable" in productive.remarks


def test_figures_that_need_no_data() -> None:
    findings = check_published()
    assert found(findings, "feedback_share").computed == "13 of 20 = 65.0%"
    groups = found(findings, "comparison_groups")
    assert groups.computed == "662 of 3,610 = 18.3%, 2,948 of 3,610 = 81.7%"
    assert groups.remarks == ("derived, not in the source: n and percent",)
    pilot = found(findings, "pilot_vs_district")
    assert pilot.computed == "school minus district: g3 +12.5, g4 +0.9, g5 -15.8"
    assert "The source writes percent" in pilot.figure.caution


def test_a_derived_count_is_never_shown_as_published() -> None:
    """Without data, the counts that somebody worked out of the shares stand in cautions only."""
    for one in check_published():
        shown = " ".join((one.figure.says, one.computed, *one.remarks))
        if one.figure.kind == "counted":
            assert one.computed == ""
            for count in one.figure.counts.values():
                assert str(count) not in shown.replace("162", "").replace("109", "")
        if "derived" in one.figure.caution or one.figure.derived & {"counts"}:
            assert "derived" in one.figure.caution


def test_context_shows_its_caution_and_nothing_else() -> None:
    share = found(check_published([RECOMMENDATIONS]), "mathdept_share")
    assert (share.verdict, share.computed, share.remarks) == ("not tested", "", ())
    assert "nothing is passed or failed" in share.figure.caution


# Numbers as typed.


@pytest.mark.parametrize(
    ("given", "verdicts"),
    [
        (["uptake=73,36,53"], ("met", "cannot be decided")),
        (["uptake=up_none:53,up_full:73,up_part:36"], ("met", "cannot be decided")),
        (["uptake=73,36,53", "implementation=19,29,61"], ("met", "met")),
        (["uptake=72,36,54"], ("not met", "cannot be decided")),
        (["uptake=72,37,53", "implementation=19,29,61"], ("not met", "met")),
        (["uptake=70,36,56", "implementation=19,29,61"], ("not met", "not met")),
        (["implementation=19,29,61"], ("cannot be decided", "cannot be decided")),
        (["implementation=20,29,60"], ("cannot be decided", "not met")),
        (["uptake=146,72,106"], ("not met", "cannot be decided")),
    ],
)
def test_typed_counts(given: list[str], verdicts: tuple[str, str]) -> None:
    findings = check_published(given=given, books=["mist_recommendations"])
    assert tuple(one.verdict for one in findings[:2]) == verdicts


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("uptake=73,36", "has 2 numbers"),
        ("uptake=73,36,53,1", "has 4 numbers"),
        ("uptake=a,b,c", "“a” is no count"),
        ("uptake=-1,2,3", "“-1” is no count"),
        ("uptake=up_ful:73", "up_ful is no result of uptake"),
        ("uptake=up_full:1,up_full:2,up_part:3", "names up_full twice"),
        ("uptak=1,2,3", "no published figure is about uptak"),
        ("uptake", "is no count"),
        ("=1", "no published figure is about nothing"),
    ],
)
def test_bad_typed_counts(given: str, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_published(given=[given])
    assert words in str(refused.value)


def test_the_only_whole_numbers_that_give_the_published_shares() -> None:
    """What the cautions say: 73, 36, 53 alone fit the shares and the 109."""
    uptake = figure_of("mist_recommendations", "uptake_shares")
    done = figure_of("mist_recommendations", "implementation_shares")

    def fits(figure: Figure, n: int) -> list[tuple[int, ...]]:
        ids = list(figure.percent)
        place = (figure.book.id, figure.code_set.id if figure.code_set else "")
        bare = replace(figure, n_is=())
        out = []
        for first, second in itertools.product(range(n + 1), repeat=2):
            if first + second > n:
                continue
            counts = dict(zip(ids, (first, second, n - first - second), strict=True))
            (one,) = check(bare, {place: [Evidence("typed", "record", counts)]})
            if one.verdict == "met":
                out.append(tuple(counts.values()))
        return out

    assert [one for one in fits(uptake, 162) if one[0] + one[1] == 109] == [(73, 36, 53)]
    assert fits(done, 109) == [(19, 29, 61)]


@pytest.mark.parametrize("figure", ["attribution_productive", "attribution_solely_unproductive"])
def test_bounds_in_whole_numbers_are_those_the_book_derives(figure: str) -> None:
    one = figure_of("mist_student_views", figure)
    met = []
    for count in range(123):
        rest = {"mixed": 122 - count, one.share_of[0]: count}
        place = ("mist_student_views", "attribution")
        finding = check(one, {place: [Evidence("typed", "person", rest)]})[0]
        met += [count] if finding.verdict == "met" else []
    if one.max_count_at_n is not None:
        assert met == list(range(one.max_count_at_n + 1))
    else:
        assert met == list(one.counts_at_n)


def test_any_productive_is_decided_where_both_ends_agree() -> None:
    one = figure_of("mist_student_views", "attribution_productive")
    place = ("mist_student_views", "attribution")

    def any_reading(counts: Mapping[str, int]) -> Finding:
        return check(one, {place: [Evidence("typed", "person", counts)]})[1]

    assert any_reading({"productive": 1, "mixed": 2, "unproductive": 97}).verdict == "met"
    assert any_reading({"productive": 30, "mixed": 2, "unproductive": 68}).verdict == "not met"
    open_one = any_reading({"productive": 15, "mixed": 20, "unproductive": 65})
    assert open_one.verdict == "cannot be decided"
    assert "mixed ones may or may not" in open_one.remarks[-1]


@pytest.mark.parametrize(
    ("part", "whole", "digits", "percent"),
    [(1, 8, 0, "13"), (1, 8, 1, "12.5"), (1, 3, 2, "33.33"), (2, 3, 0, "67"), (0, 5, 1, "0.0")],
)
def test_halves_round_up(part: int, whole: int, digits: int, percent: str) -> None:
    assert rounded(part, whole, digits) == Decimal(percent)


# Tables of codes.


def test_a_table_of_codes_rolls_up_and_knows_any_productive(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    rows = ["person,attribution", "1,instruction_now;home_family", "2,home_family;content_hard"]
    rows += ["3,effort_character", "4,", "5,cause_unclear"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    findings = check_published([path], books=["mist_student_views"])
    rolled = found(findings, "attribution_productive", "rolled up")
    assert rolled.computed.startswith("0 of 4 = 0.0%")
    assert "not counted: 1 blank or no data" in rolled.remarks
    any_code = found(findings, "attribution_productive", "any productive code")
    assert (any_code.computed, any_code.verdict) == ("1 of 4 = 25.0%, to be under 20.0%", "not met")
    solely = found(findings, "attribution_solely_unproductive", "rolled up")
    assert solely.computed.startswith("2 of 4 = 50.0%")
    assert "without those who have codes without valence too: 1 of 4 = 25.0%" in solely.remarks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("person,nix\n1,2\n", "no column is called"),
        ("person,attribution\n", "no rows below it"),
        ("person,attribution\n1,productiv\n", 'row 2, column "attribution": productiv is neither'),
        ("", "the file is empty"),
    ],
)
def test_bad_tables(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        check_published([path])
    assert words in str(refused.value)


# A study.


def test_a_study_of_recommendations(tmp_path: Path) -> None:
    with create_study(tmp_path / "r.coder", [load_codebook("mist_recommendations")]) as study:
        findings = check_published(study=study, viewer=Viewer())
        assert [one.verdict for one in findings] == ["cannot be decided"] * 2 + ["not tested"]
        import_records(study, RECOMMENDATIONS, coder="AL")
        findings = check_published(study=study, viewer=Viewer())
        assert [one.verdict for one in findings] == ["met", "met", "not tested"]
        assert found(findings, "implementation_shares").data == "study r"
        assert "not counted: 53 no data" in found(findings, "implementation_shares").remarks


def with_figure(test: Mapping[str, Any], **more: Any) -> Codebook:
    given = {"id": "f", "says": "s", "about": "cause rolled up", "from": "x", "caution": "c"}
    figure = {**given, "test": dict(test), **more}
    return replace(small_codebook(), options={"published_figures": [figure]})


def test_a_study_of_interviews_by_role(tmp_path: Path) -> None:
    book = with_figure({"share": "productive", "gt": 0.5})
    people = [{"person": f"P{n}", "role": role} for n, role in enumerate(("teacher", "coach"))]
    with make_study(tmp_path, people, book=book) as study:
        al = add_coder(study, "AL")
        for ref, code in (("T-1:1", "taught"), ("T-1:3", "hard"), ("T-2:1", "effort")):
            put_codes(study, al, ref, [code])
        put_codes(study, al, "T-2:3", ["taught"])
        everybody = check_published(study=study, viewer=Viewer())
        assert [one.verdict for one in everybody] == ["not met", "met"]
        assert everybody[0].computed == "1 of 2 = 50.0%, to be over 50.0%"
        assert everybody[1].computed == "2 of 2 = 100.0%, to be over 50.0%"
        assert "--role teacher" in everybody[0].remarks[-1]
        teachers = check_published(study=study, viewer=Viewer(), role="teacher")
        assert [one.computed[:16] for one in teachers] == ["1 of 1 = 100.0%,"] * 2
        with pytest.raises(UsageError, match="nobody has the role tutor"):
            check_published(study=study, viewer=Viewer(), role="tutor")
    with pytest.raises(UsageError, match="--role counts people of a study"):
        check_published(role="teacher")


# Books.


@pytest.mark.parametrize("name", sorted(shelf()))
def test_every_shipped_figure_can_be_read(name: str) -> None:
    book = load_codebook(name)
    figures = figures_of([book])
    assert len(figures) == len(book.options.get("published_figures", ()))
    for one in figures:
        assert one.says
        assert one.source
        assert one.kind == "context" or one.caution


@pytest.mark.parametrize(
    ("test", "more"),
    [
        ({"equals": "median"}, {}),
        ({"equals": "percent"}, {"counts": {"a": "many"}, "percent": {"a": 5}}),
        ({"equals": "percent"}, {"counts": {"a": 0}, "percent": {"a": 5}}),
        ({"equals": "percent"}, {"counts": {"a": 1}, "percent": {"b": 5}}),
        ({"equals": "percent"}, {"counts": {"a": 1}, "percent": {"a": "half"}}),
        ({"equals": "differences", "minus": ["a"]}, {}),
        ({"equals": "differences", "minus": ["a", "b"]}, {"percent": {"g": 5}}),
        ({"equals": "differences", "minus": ["a", "b"]}, {"percent": {"g": {"a": 1, "b": 2}}}),
        ({"share": "productive"}, {"about": "nix"}),
        ({"share": "productive", "lt": "few"}, {}),
        ({"share": "sunny", "lt": 0.2}, {}),
    ],
)
def test_a_figure_that_makes_no_sense_is_named(test: dict[str, Any], more: dict[str, Any]) -> None:
    with pytest.raises(CoderError, match="tiny, published figure f: its test cannot be read"):
        [check(one, {}) for one in figures_of([with_figure(test, **more)])]


def test_table_page_and_summary_say_the_same() -> None:
    findings = check_published([RECOMMENDATIONS, TALLY], ["uptake=70,40,52"])
    table = published_table(findings)
    assert len(table.rows) == len(findings) == 20
    page = published_page(findings, 80)
    assert max(map(len, page.splitlines())) <= 80
    for one in findings:
        assert f"{one.figure.id} ({one.figure.book.id})\n  verdict  " in page
    assert page.count("caution") >= 15
    assert summary(findings) == "8 met, 1 not met, 6 cannot be decided, 5 not tested"
