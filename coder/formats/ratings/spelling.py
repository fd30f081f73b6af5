"""The order in which codes are shown, and names that differ in next to nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coder.formats.wording import shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntColumn = NDArray[np.int64]

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")

SHOWN = 3
"""Examples in a note."""


def in_order(codes: Sequence[str]) -> tuple[tuple[str, ...], IntColumn]:
    """Codes as they are to be shown, and for every old position the new one.

    Numbers come first and go up, words follow the alphabet.
    """
    import numpy as np

    order = sorted(range(len(codes)), key=lambda at: _key(codes[at]))
    rank = np.empty(len(codes), dtype=np.int64)
    rank[order] = np.arange(len(codes))
    return tuple(codes[at] for at in order), rank


def _key(code: str) -> tuple[bool, float, str, str]:
    if is_number(code):
        return False, number(code), "", code
    return True, 0.0, code.casefold(), code


def is_number(text: str) -> bool:
    """Whether a cell reads as a number, with a point or a comma."""
    return NUMBER.fullmatch(text.strip()) is not None


def number(text: str) -> float:
    """The number that a cell reads as."""
    return float(text.strip().replace(",", "."))


def doubtful_names(what: str, names: Iterable[str], numbers: bool = True) -> list[str]:
    """Notes on names that differ only in blanks, in case, or in how a number is written.

    Args:
        what: What they name, in the plural: "codes".
        names: All of them, each once.
        numbers: Whether ``1`` and ``1.0`` are alike too.
    """
    alike: defaultdict[str, list[str]] = defaultdict(list)
    outer = []
    for name in names:
        alike[_alike(name, numbers)].append(name)
        if name != name.strip():
            outer.append(name)
    notes = []
    groups = [group for group in alike.values() if len(group) > 1]
    if groups:
        examples = "; ".join(
            " and ".join(_exact(name) for name in group[:SHOWN]) for group in groups[:SHOWN]
        )
        more = f" and {len(groups) - SHOWN} more" if len(groups) > SHOWN else ""
        notes.append(f"{what} that look alike count as different: {examples}{more}")
    mixed = {name for group in groups for name in group}
    if lone := [name for name in outer if name not in mixed]:
        examples = ", ".join(_exact(name) for name in lone[:SHOWN])
        more = f" and {len(lone) - SHOWN} more" if len(lone) > SHOWN else ""
        notes.append(f"{what} with blanks before or after them: {examples}{more}")
    return notes


def _alike(name: str, numbers: bool) -> str:
    folded = " ".join(name.split()).casefold()
    return repr(number(folded)) if numbers and is_number(folded) else folded


def _exact(name: str) -> str:
    """A name with its outer blanks, which `shown` would leave out."""
    quoted = shown(name)
    inner = name.strip()
    before, after = len(name) - len(name.lstrip()), len(name) - len(name.rstrip())
    if not inner or not (before or after):
        return quoted
    return f'"{" " * min(before, 3)}{quoted[1:-1]}{" " * min(after, 3)}"'


def plural(count: int, noun: str) -> str:
    """A number with its noun: ``1 row``, ``2 rows``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


MISSING_WORDS = frozenset(
    {"na", "n/a", "#n/a", "nan", "none", "null", "nil", "missing", ".", "-", "--", "?"}
)
"""What other programs write for a rating that is not there."""


def with_points(codes: Sequence[str], notes: list[str]) -> list[str]:
    """Codes with decimal points for commas, where they are all numbers and none has a point.

    So ``1,5`` from a spreadsheet in a language with decimal commas is the number it was typed as.
    """
    with_comma = [code for code in codes if "," in code]
    if not with_comma or not all(is_number(code) for code in codes):
        return list(codes)
    if any("." in code for code in codes):
        notes.append(
            f"ratings hold decimal commas ({shown(with_comma[0])}) beside points; they stay so"
        )
        return list(codes)
    notes.append(f"decimal commas ({shown(with_comma[0])}) were read as points")
    return [code.replace(",", ".") for code in codes]


NO_CODES = re.compile(
    r"(?P<formula>=.*)|(?P<error>#(REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!))"
    r"|(?P<date>\d{4}-\d{2}-\d{2}.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    r"|\d{1,2}[-. ](jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*)",
    re.I,
)
"""What a spreadsheet program makes of a cell: nothing that anybody typed as a code."""

WHAT = {"formula": "a formula", "error": "an error of the spreadsheet", "date": "a date"}

TOTALS = frozenset(
    [
        "total",
        "totals",
        "sum",
        "mean",
        "average",
        "kappa",
        "agreement",
        "percent",
        "n",
        "count",
        "gesamt",
        "summe",
    ]
)
"""What the last rows of a spreadsheet are called where they hold figures and no ratings."""


def doubtful_units(units: Sequence[str]) -> list[str]:
    """A note on a row of totals below the ratings, which counts as a unit like any other."""
    last = [units[at] for at in range(max(0, len(units) - 5), len(units))]
    found = [unit for unit in last if unit.strip(" :").casefold() in TOTALS]
    if not found:
        return []
    return [f"{shown(found[0])} counts as a unit; remove the row if it holds totals"]


def _lists(codes: Sequence[str]) -> str:
    """The first code that is made of other ones with commas between them; else nothing."""
    parts = {
        code: [part.strip() for part in code.split(",")]
        for code in codes
        if "," in code and not is_number(code)
    }
    often = Counter(part for several in parts.values() for part in set(several))
    known = {*codes, *(part for part, times in often.items() if times > 1)}
    return next((code for code, several in parts.items() if known.issuperset(several)), "")


def doubtful_codes(codes: Sequence[str]) -> list[str]:
    """Notes on codes that were perhaps not meant as codes."""
    notes = []
    if made := _lists(codes):
        notes.append(
            f"{_exact(made)} counts as one code; if commas separate several codes of a unit, put "
            "semicolons for them and say --sets"
        )
    turned = [(code, match) for code in codes if (match := NO_CODES.fullmatch(code.strip()))]
    if turned:
        code, match = turned[0]
        notes.append(
            f"{_exact(code)} counts as a code, and looks like {WHAT[match.lastgroup or '']}"
        )
    if absent := [code for code in codes if code.strip().casefold() in MISSING_WORDS]:
        them = ", ".join(_exact(code) for code in absent[:SHOWN])
        notes.append(f"{them} counts as a code; leave cells blank where nobody has rated")
    numbers = [code for code in codes if is_number(code)]
    words = [code for code in codes if not is_number(code) and code not in absent]
    if numbers and words:
        notes.append(
            f"codes are numbers and words, such as {_exact(numbers[0])} and {_exact(words[0])}"
        )
    return notes
