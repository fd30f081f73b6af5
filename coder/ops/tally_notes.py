"""What a tally of people says in words beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from coder.model import Codebook, CodeSet
from coder.ops.rolling import PersonYear

if TYPE_CHECKING:
    from coder.stats.rollups import Rolled

DIVIDES_AT = 3
"""Of a rubric from 0 to 4: from here up a level is counted as high unless the book says where."""

UNITS_NEEDED = "lessons_needed"
"""The published figure of a book that says how many units a mean should rest on."""


def notes_on_people(
    book: Codebook, code_set: CodeSet, values: Mapping[PersonYear, Rolled], noun: str
) -> Iterator[str]:
    """Levels from a point up and below it, and values that rest on few units.

    Args:
        book: Where the set is from.
        code_set: The set.
        values: What every person-year rolls up to.
        noun: What one unit is called.
    """
    yield from _cumulative(code_set, values)
    yield from _too_few_units(code_set, values, noun)
    yield from _caution_on_few(book, code_set, values, noun)


def _cumulative(code_set: CodeSet, values: Mapping[PersonYear, Rolled]) -> Iterator[str]:
    from coder.stats.rollups import mean_threshold

    if code_set.rollup.rule != "max":
        return
    levels = {code.level for code in code_set.codes if code.level is not None}
    at = mean_threshold(code_set)
    if at is None and levels == {0, 1, 2, 3, 4}:
        at = DIVIDES_AT
    found = [int(v.values[0]) for v in values.values() if v.standing == "value"]
    if at is None or not found:
        return
    high = sum(level >= at for level in found)
    parts = (("at most", at - 1, len(found) - high), ("at least", at, high))
    shares = ", ".join(f"{word} {to}: {n} ({n / len(found):.1%})" for word, to, n in parts)
    yield f"{code_set.id}: {len(found)} person-years have a level; {shares}."


def _too_few_units(
    code_set: CodeSet, values: Mapping[PersonYear, Rolled], noun: str
) -> Iterator[str]:
    expected = code_set.rollup.options.get("expect_units")
    if not isinstance(expected, int):
        return
    few = _resting_on_less(values, expected)
    if few:
        yield f"{code_set.id}: a value should rest on {expected} {noun}s; fewer: {', '.join(few)}."


def _caution_on_few(
    book: Codebook, code_set: CodeSet, values: Mapping[PersonYear, Rolled], noun: str
) -> Iterator[str]:
    """The book's own caution, where means rest on fewer units than the study it cites asks for."""
    if code_set.rollup.rule != "mean":
        return
    for figure in book.options.get("published_figures", ()):
        needed = figure.get("n")
        if figure.get("id") != UNITS_NEEDED or not isinstance(needed, int):
            continue
        few = _resting_on_less(values, needed)
        if few:
            source = f"{figure['from']}: {figure['says']}. {figure['caution']}"
            yield f"{code_set.id}: on fewer than {needed} {noun}s: {', '.join(few)}. {source}"


def _resting_on_less(values: Mapping[PersonYear, Rolled], than: int) -> list[str]:
    return [
        f"{person} {year} ({value.asked})".replace("  ", " ")
        for (person, year), value in values.items()
        if value.standing == "value" and value.asked < than
    ]
