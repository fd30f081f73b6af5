"""The categories of a file of ratings: those declared, their order, and what a blank counts as."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.errors import UsageError
from coder.formats.wording import shown

if TYPE_CHECKING:
    from coder.formats.ratings import Ratings
    from coder.stats.arrays import IntArray

Scale = Literal["nominal", "ordinal", "interval", "ratio"]

SHOWN = 12
"""Levels that a note names in their order."""

YES_AND_NO: tuple[tuple[str, str], ...] = (
    ("1", "0"),
    ("yes", "no"),
    ("y", "n"),
    ("true", "false"),
    ("present", "absent"),
)
"""Pairs of answers of which the first says that something applies."""


@dataclass(frozen=True, eq=False)
class Categories:
    """What the codes of a file are counted as.

    Args:
        names: q categories, in the order of the report; on a scale in ascending order.
        place: (codes + 1,) the category of each code of the file; the last one is that of an answer
            without a code. -1 counts as no answer.
        values: q numbers, on a scale of numbers; else None.
        is_yes_no: Whether the first of two says that something applies.
        notes: What was assumed, one plain sentence each.
    """

    names: tuple[str, ...]
    place: IntArray
    values: tuple[float, ...] | None = None
    is_yes_no: bool = False
    notes: tuple[str, ...] = ()


def as_number(text: str) -> float | None:
    """The number a category is written as, with a point or a comma; None if it is none."""
    try:
        value = float(text.replace(",", ".")) if text.count(",") == 1 else float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def categories_of(
    ratings: Ratings, declared: Sequence[str], scale: Scale, files: Sequence[str]
) -> Categories:
    """The categories of one variable.

    Args:
        ratings: What was read.
        declared: Categories that count even if nobody used them; empty for those in the file.
        scale: What the categories are.
        files: Where the ratings stand, to name the place of one that cannot be.

    Raises:
        UsageError: A code that was not declared, a word on a scale of numbers, or words on an
            ordinal scale whose order nobody said.
    """
    import numpy as np

    from coder.stats import NO_CODE

    counted = np.bincount(ratings.code + 1, minlength=len(ratings.codes) + 1)
    blanks, used = int(counted[0]), [bool(n) for n in counted[1:]]
    notes: list[str] = []
    if declared:
        names = list(declared)
        where = _places(ratings, names, used, files)
        notes += _taken_for(ratings, names, where, used)
    else:
        names = [code for code, is_used in zip(ratings.codes, used, strict=True) if is_used]
        if scale == "nominal":
            names = _yes_first(names)
        else:
            names = _ascending(ratings, names, scale, files)
        where = [names.index(code) if code in names else -1 for code in ratings.codes]
    values = _values(names, scale, ratings, files)
    is_yes_no = len(names) == 2 and (bool(declared) or _is_yes_first(names))
    blank = -1
    if blanks and scale == "nominal":
        blank = len(names)
        names.append(NO_CODE)
        is_yes_no = len(names) == 2
    elif blanks:
        notes.append(f"{blanks} answers without a code are no level of a scale and are left out")
    if declared and scale != "nominal":
        notes.append(f"levels in ascending order: {' < '.join(names[:SHOWN])}{_more(names)}")
    if declared and is_yes_no and tuple(n.casefold() for n in names[:2]) not in YES_AND_NO:
        notes.append(
            f"{shown(names[0])} is the yes of positive agreement, {shown(names[1])} the no"
        )
    numbers = [as_number(name) for name in names]
    if scale == "nominal" and len(names) > 2 and all(n is not None for n in numbers):
        notes.append(
            "the codes are numbers and are taken as names: --scale ordinal, interval or ratio "
            "takes how far apart they are into account"
        )
    if len(names) == 1 and not declared:
        notes.append(
            f"only {shown(names[0])} occurs: --categories says which others there could have been; "
            "a blank cell says that nobody rated, so write no where you mean no"
        )
    return Categories(
        tuple(names), np.array([*where, blank], dtype=np.int64), values, is_yes_no, tuple(notes)
    )


def _more(names: Sequence[str]) -> str:
    return " < ..." if len(names) > SHOWN else ""


def _taken_for(
    ratings: Ratings, names: Sequence[str], where: Sequence[int], used: Sequence[bool]
) -> list[str]:
    """A note on numbers that are written otherwise than the category they count as."""
    other = [
        f"{shown(code)} as {shown(names[at])}"
        for code, at, is_used in zip(ratings.codes, where, used, strict=True)
        if is_used and at >= 0 and code != names[at]
    ]
    return [f"with --categories, numbers count alike: {', '.join(other[:3])}"] if other else []


def place_of_code(ratings: Ratings, code: int, files: Sequence[str]) -> str:
    """File, row and coder of the first answer with this code, as messages begin."""
    first = int((ratings.code == code).argmax())
    coder = int(ratings.coder[first])
    of_each = len(files) == len(ratings.coders) > 1
    name = files[coder] if of_each else ", ".join(files)
    return f"{name}, row {int(ratings.row[first])}, {shown(ratings.coders[coder])}"


def _places(
    ratings: Ratings, names: Sequence[str], used: Sequence[bool], files: Sequence[str]
) -> list[int]:
    if len(set(names)) != len(names):
        twice = next(name for name in names if list(names).count(name) > 1)
        raise UsageError(f"--categories names {shown(twice)} twice")
    numbers = {value: i for i, name in enumerate(names) if (value := as_number(name)) is not None}
    where = []
    for number, code in enumerate(ratings.codes):
        if code in names:
            where.append(names.index(code))
            continue
        # A spreadsheet program writes 1 as 1.0 whenever it likes.
        value = as_number(code)
        found = numbers.get(value, -1) if value is not None else -1
        if found < 0 and used[number]:
            raise UsageError(
                f"{place_of_code(ratings, number, files)}: {shown(code)} is not among the "
                f"categories {', '.join(names)}",
                "correct it or add it to --categories",
            )
        where.append(found)
    return where


def _ascending(
    ratings: Ratings, names: Sequence[str], scale: Scale, files: Sequence[str]
) -> list[str]:
    numbers = {name: as_number(name) for name in names}
    words = [name for name, number in numbers.items() if number is None]
    if words and (scale != "ordinal" or len(words) < len(names)):
        code = ratings.codes.index(words[0])
        hint = "correct it" if scale == "ordinal" else "correct it or leave out --scale"
        raise UsageError(
            f"{place_of_code(ratings, code, files)}: {shown(words[0])} is no number", hint
        )
    if words and len(names) > 1:
        raise UsageError(
            f"the order of {', '.join(names[:5])}{' ...' if len(names) > 5 else ''} is not known",
            "--categories lowest,...,highest",
        )
    return sorted(names, key=lambda name: numbers[name] or 0.0)


def _values(
    names: Sequence[str], scale: Scale, ratings: Ratings, files: Sequence[str]
) -> tuple[float, ...] | None:
    if scale == "nominal":
        return None
    numbers = [as_number(name) for name in names]
    if any(number is None for number in numbers):
        if scale == "ordinal":
            return None
        word = names[numbers.index(None)]
        raise UsageError(f"--categories: {shown(word)} is no number, as --scale {scale} needs")
    values = tuple(number for number in numbers if number is not None)
    if len(set(values)) != len(values):
        same = next(value for value in values if values.count(value) > 1)
        twice = [name for name, value in zip(names, values, strict=True) if value == same]
        place = place_of_code(ratings, ratings.codes.index(twice[1]), files)
        raise UsageError(
            f"{place}: {shown(twice[1])} is the same number as {shown(twice[0])}",
            "write it in one way",
        )
    return values


def _yes_first(names: list[str]) -> list[str]:
    return names[::-1] if len(names) == 2 and _is_yes_first(names[::-1]) else names


def _is_yes_first(names: Sequence[str]) -> bool:
    return (names[0].casefold(), names[1].casefold()) in YES_AND_NO
