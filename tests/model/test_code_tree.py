"""The tree of a set's codes, and names and ids in people's words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.model import Categories, Code, CodeSet, Rollup, above, tree


def set_of(*codes: Code) -> CodeSet:
    return CodeSet("s", "S", "multi", codes, Rollup("any"))


DEEP = set_of(
    Code("a", "A", parent="low"),
    Code("low", "Low", parent="high", is_category=True),
    Code("b", "B"),
    Code("high", "High", is_category=True),
    Code("c", "C", parent="a"),
    Code("d", "D", parent="gone"),
)


def test_what_is_above_comes_before_what_is_below() -> None:
    assert [(code.id, depth) for code, depth in tree(DEEP)] == [
        ("b", 0),
        ("high", 0),
        ("low", 1),
        ("a", 2),
        ("c", 3),
        ("d", 0),
    ]
    assert above(DEEP)["c"] == ("a", "low", "high")
    assert above(DEEP)["d"] == ()


def test_categories_are_counted_once_at_every_height() -> None:
    categories = Categories(DEEP)
    assert categories.over(frozenset({"a", "c"})) == {"low", "high"}
    assert categories.over(frozenset({"b"})) == frozenset()
    assert categories.over(frozenset({"unknown"})) == frozenset()


def test_a_tree_may_be_deeper_than_the_stack() -> None:
    chain = [Code("c0", "0"), *(Code(f"c{n}", str(n), parent=f"c{n - 1}") for n in range(1, 2000))]
    assert [depth for _, depth in tree(set_of(*reversed(chain)))] == list(range(2000))


@given(st.lists(st.sampled_from(["", *"abcdefgh"]), min_size=8, max_size=8))
def test_every_code_comes_once_whatever_the_parents_say(parents: list[str]) -> None:
    code_set = set_of(*(Code(i, i, parent=p) for i, p in zip("abcdefgh", parents, strict=True)))
    walked = list(tree(code_set))
    assert sorted(code.id for code, _ in walked) == list("abcdefgh")
    seen: set[str] = set()
    for code, depth in walked:
        assert depth == 0 or code.parent in seen
        seen.add(code.id)
    for over in above(code_set).values():
        assert len(set(over)) == len(over), "no circle is walked twice"
