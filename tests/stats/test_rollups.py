"""Roll-up rules: each rule with each kind of blank, and what must never matter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.errors import UsageError
from coder.model import Code, CodeSet, Rollup, Valence
from coder.stats.rollups import (
    FinalUnits,
    Rolled,
    mean_threshold,
    result_keys,
    result_labels,
    roll_up,
    standing_label,
)

RULES = ("valence", "max", "mean", "highest", "preponderance", "any", "count")

CODES = (
    Code("taught", "Teaching", valence="productive", level=3),
    Code("before", "Earlier years", valence="productive", level=4),
    Code("effort", "Effort", valence="unproductive", level=1),
    Code("home", "Home", valence="unproductive", level=0),
    Code("both", "Both", valence="mixed", level=2),
    Code("hard", "Hard topic", level=2),
    Code("unclear", "Unclear", codable=False),
    Code("vague", "Vague", codable=False),
)


def code_set(rule: str, **options: object) -> CodeSet:
    return CodeSet("cause", "Cause", "multi", CODES, Rollup(rule, options=options))


def coded(*codes: str, units: int = 1) -> FinalUnits:
    return FinalUnits("coded", frozenset(codes), units)


def blank(status: str, units: int = 1) -> FinalUnits:
    assert status in ("nothing", "not_applicable", "unresolved", "unfinished")
    return FinalUnits(status, frozenset(), units)  # type: ignore[arg-type]


def rolled(rule: str, *units: FinalUnits, eligible: int | None = None) -> Rolled:
    total = sum(unit.units for unit in units)
    return roll_up(code_set(rule), units, total if eligible is None else eligible)


# Every blank, whatever the rule.


@pytest.mark.parametrize("rule", RULES)
class TestBlanks:
    def test_incomplete_says_how_far(self, rule: str) -> None:
        found = rolled(rule, coded("taught", units=6), blank("nothing"), blank("unfinished", 2))
        assert found.standing == "incomplete"
        assert (found.finished, found.eligible) == (7, 9)
        assert found.values == ()
        assert found.number is None

    def test_incomplete_goes_before_unresolved(self, rule: str) -> None:
        assert rolled(rule, blank("unresolved"), blank("unfinished")).standing == "incomplete"

    def test_one_unresolved_unit_is_enough(self, rule: str) -> None:
        found = rolled(rule, coded("taught", units=5), blank("unresolved"))
        assert found.standing == "unresolved"
        assert found.values == ()

    def test_nobody_asked(self, rule: str) -> None:
        assert rolled(rule).standing == "no_data"
        assert rolled(rule, blank("not_applicable", 3)).standing == "no_data"

    def test_asked_and_nothing_applied(self, rule: str) -> None:
        found = rolled(rule, blank("nothing", 2), blank("not_applicable"))
        assert found.standing == "nothing"
        assert found.asked == 2

    def test_only_codes_that_cannot_tell(self, rule: str) -> None:
        found = rolled(rule, coded("unclear"), coded("vague", "unclear"), blank("nothing"))
        assert found.standing == "not_codable"
        assert found.asked == 3

    def test_one_codable_code_is_enough(self, rule: str) -> None:
        assert rolled(rule, coded("unclear", units=4), coded("taught")).standing == "value"


# Each rule.


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["taught"], "productive"),
        (["taught", "before"], "productive"),
        (["effort"], "unproductive"),
        (["effort", "home"], "unproductive"),
        (["both"], "mixed"),
        (["taught", "effort"], "mixed"),
        (["taught", "both"], "mixed"),
        (["effort", "both"], "mixed"),
        (["hard"], "neither"),
        (["hard", "unclear"], "neither"),
        (["hard", "effort"], "unproductive"),
        (["unclear", "taught"], "productive"),
    ],
)
def test_valence(codes: Sequence[str], expected: str) -> None:
    together = rolled("valence", coded(*codes))
    apart = rolled("valence", *(coded(code) for code in codes), blank("nothing"))
    assert together.values == apart.values == (expected,)


def test_max_takes_the_highest_level_with_evidence() -> None:
    assert rolled("max", coded("home"), coded("taught"), coded("hard")).values == ("3",)


def test_mean_is_over_units_and_knows_how_many() -> None:
    found = rolled("mean", coded("before", units=3), coded("effort"), blank("nothing"))
    assert found.number == (4 * 3 + 1) / 4
    assert found.values == ()
    assert found.asked == 5


def test_highest_goes_by_the_given_order_then_the_codebooks() -> None:
    ordered = code_set("highest", order=["effort", "taught"])
    assert roll_up(ordered, [coded("taught"), coded("effort")], 2).values == ("effort",)
    assert roll_up(ordered, [coded("before"), coded("hard")], 2).values == ("before",)
    assert roll_up(ordered, [coded("unclear"), coded("hard")], 2).values == ("hard",)


def test_preponderance_counts_excerpts() -> None:
    found = rolled("preponderance", coded("taught", units=2), coded("effort", "hard"))
    assert found.values == ("taught",)


def test_a_tie_goes_to_review_never_to_a_coin() -> None:
    found = rolled("preponderance", coded("taught"), coded("effort"))
    assert found.standing == "review"
    assert found.values == ()


def test_cannot_tell_is_never_the_most_frequent_answer() -> None:
    found = rolled("preponderance", coded("unclear", units=5), coded("effort"))
    assert found.values == ("effort",)


@pytest.mark.parametrize("rule", ["any", "count"])
def test_every_code_that_is_present_in_codebook_order(rule: str) -> None:
    found = rolled(rule, coded("hard"), coded("home", "taught"), coded("taught"))
    assert found.values == ("taught", "home", "hard")


def test_an_unknown_rule_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="unknown roll-up rule median"):
        roll_up(code_set("median"), [coded("taught")], 1)
    with pytest.raises(UsageError, match="unknown roll-up rule median"):
        result_labels(code_set("median"))


# What must never matter.

RULE = st.sampled_from(RULES)
UNITS = st.lists(
    st.one_of(
        st.builds(
            lambda codes, n: coded(*codes, units=n),
            st.sets(st.sampled_from([code.id for code in CODES]), min_size=1, max_size=4),
            st.integers(1, 3),
        ),
        st.builds(
            blank,
            st.sampled_from(["nothing", "not_applicable", "unresolved", "unfinished"]),
            st.integers(1, 3),
        ),
    ),
    max_size=6,
)


@given(rule=RULE, units=UNITS, data=st.data())
def test_order_does_not_matter(rule: str, units: list[FinalUnits], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(units))
    assert rolled(rule, *units) == rolled(rule, *shuffled)


@given(rule=RULE, units=UNITS)
def test_grouping_equal_units_does_not_matter(rule: str, units: list[FinalUnits]) -> None:
    one_by_one = [
        FinalUnits(unit.status, unit.codes, 1) for unit in units for _ in range(unit.units)
    ]
    assert rolled(rule, *units) == rolled(rule, *one_by_one)


@given(units=UNITS, codes=st.sets(st.sampled_from(["hard", "unclear", "vague"]), min_size=1))
def test_codes_without_valence_never_change_another_result(
    units: list[FinalUnits], codes: set[str]
) -> None:
    before = rolled("valence", *units)
    after = rolled("valence", *units, coded(*codes))
    if before.standing in ("incomplete", "unresolved"):
        assert after.standing == before.standing
    elif before.values and before.values != ("neither",):
        assert after.values == before.values
    else:
        assert after.values in ((), ("neither",))


@given(units=UNITS)
def test_valence_agrees_with_counting_by_hand(units: list[FinalUnits]) -> None:
    found = rolled("valence", *units)
    if found.standing != "value":
        return
    kinds: set[Valence] = {
        code.valence
        for unit in units
        if unit.status == "coded"
        for code in CODES
        if code.id in unit.codes
    }
    if not kinds - {"none"}:
        expected = "neither"
    elif kinds <= {"productive", "none"}:
        expected = "productive"
    elif kinds <= {"unproductive", "none"}:
        expected = "unproductive"
    else:
        expected = "mixed"
    assert found.values == (expected,)


# Names.


def test_labels_come_from_the_codebook() -> None:
    labels = {"productive": "systemic", "both": "two-sided", "empty": "not asked"}
    named = CodeSet("cause", "Cause", "multi", CODES, Rollup("valence", labels=labels))
    assert result_labels(named) == {
        "productive": "systemic",
        "mixed": "two-sided",
        "unproductive": "solely unproductive",
        "neither": "neither",
    }
    assert standing_label(named, "no_data") == "not asked"
    assert standing_label(named, "not_codable") == "not codable"


def test_labels_of_levels_are_in_order() -> None:
    assert list(result_labels(code_set("max"))) == ["0", "1", "2", "3", "4"]


def test_a_mean_is_counted_against_the_level_that_the_codebook_names() -> None:
    plain, against_3 = code_set("mean"), code_set("mean", also=["median", "share_at_least_3"])
    assert (mean_threshold(plain), mean_threshold(against_3)) == (None, 3)
    assert result_labels(plain) == {}
    assert list(result_labels(against_3)) == ["at_least_3", "below_3"]
    high = roll_up(against_3, [coded("taught")], 1)
    low = roll_up(against_3, [coded("taught"), coded("hard")], 2)
    assert result_keys(against_3, high) == ("at_least_3",)
    assert result_keys(against_3, low) == ("below_3",)
    assert result_keys(plain, high) == ()
    assert result_keys(against_3, rolled("mean")) == ()


def test_vision_levels_of_the_twelve_interviews() -> None:
    """The golden results of the sample interviews, as far as rubrics go."""
    rubric = CodeSet(
        "role",
        "Role",
        "ordinal",
        tuple(Code(f"r{level}", f"Level {level}", level=level) for level in range(5)),
        Rollup("max"),
    )
    role = [2, 3, 1, 4, 2, 3, 3, 0, 3, 1, 2, 3, 2]
    values = [
        # Each person says something lower too: the highest level with evidence counts.
        roll_up(
            rubric, [FinalUnits("coded", frozenset({f"r{x}"}), 1) for x in (level, level // 2)], 2
        )
        for level in role
    ]
    count = [sum(value.values == (str(level),) for value in values) for level in range(5)]
    assert count == [1, 2, 4, 5, 1]


def test_a_code_that_cannot_tell_tells_no_valence() -> None:
    """However the book marks it: excerpts and people must not count it differently."""
    code_set = CodeSet(
        "s", "S", "multi", rollup=Rollup("valence"),
        codes=(
            Code("bad", "Bad", valence="unproductive"),
            Code("vague", "Vague", valence="productive", codable=False),
        ),
    )  # fmt: skip
    both = FinalUnits("coded", frozenset(("bad", "vague")), 1)
    assert roll_up(code_set, [both], 1).values == ("unproductive",)
    assert code_set.valence_of(("bad", "vague")) == "unproductive"
    assert roll_up(code_set, [FinalUnits("coded", frozenset(("vague",)), 1)], 1).standing == (
        "not_codable"
    )
