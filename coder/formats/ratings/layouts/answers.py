"""From answers, row by row, to ratings in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coder.errors import BadInput, UsageError
from coder.formats.ratings.content import NOTHING_APPLIED, Noun, Ratings
from coder.formats.wording import listed, shown

NOUNS: dict[str, Noun] = {
    "transcript": "transcript",
    "interview": "transcript",
    "document": "document",
    "file": "document",
    "participant": "person",
    "person": "person",
    "record": "record",
}
"""What a cluster is called where its column has this name; anything else is a cluster."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All codes that one coder put on one unit; none at all is an answer too.

    Args:
        sheet: Where it stands, as complaints begin.
        row: The row of the file.
        unit: The unit, as written.
        coder: The coder.
        codes: The codes, as written.
        cluster: What the unit is nested in; empty where the file does not say.
    """

    sheet: str
    row: int
    unit: str
    coder: str
    codes: tuple[str, ...]
    cluster: str = ""


def ratings(
    answers: Sequence[Answer],
    *,
    codes: Iterable[str] = (),
    coders: Sequence[str] = (),
    noun: Noun = "cluster",
    sets: bool = True,
) -> Ratings:
    """Answers as columns.

    Args:
        answers: In the order of the file.
        codes: Codes that count even where nobody used them; any other follows as it appears.
        coders: Only these, in this order; all where none is named.
        noun: What a cluster is called.
        sets: Whether an answer may have several codes.

    Raises:
        BadInput: A coder answered twice for a unit, or a unit stands in two clusters.
        UsageError: A coder was asked for who is not in the file.
    """
    import numpy as np

    present = tuple(dict.fromkeys(answer.coder for answer in answers))
    for name in coders:
        if name not in present:
            raise UsageError(f"no coder {shown(name)} in the file", f"there is {listed(present)}")
    order = {name: at for at, name in enumerate(coders or present)}
    kept = [answer for answer in answers if answer.coder in order]
    _check_repeats(kept)
    units = {unit: at for at, unit in enumerate(dict.fromkeys(a.unit for a in kept))}
    known = dict.fromkeys(codes)
    known.update(dict.fromkeys(code for answer in kept for code in answer.codes))
    position = {code: at for at, code in enumerate(known)}
    rows = [
        (units[a.unit], order[a.coder], position[code] if code else NOTHING_APPLIED, a.row)
        for a in kept
        for code in (a.codes or ("",))
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    nested = _clusters(kept)
    clusters = {name: at for at, name in enumerate(dict.fromkeys(nested.values()))}
    return Ratings(
        name="",
        units=tuple(units),
        coders=tuple(order),
        codes=tuple(known),
        unit=table[:, 0],
        coder=table[:, 1],
        code=table[:, 2],
        row=table[:, 3],
        sets=sets,
        clusters=tuple(clusters),
        cluster=np.array([clusters[nested[u]] for u in units], dtype=np.int64) if nested else None,
        noun=noun,
    )


def look_alikes(words: Iterable[str], what: str) -> list[str]:
    """A note on names that differ only in case or blanks: they are kept apart."""
    seen: dict[str, str] = {}
    twins: list[str] = []
    for word in words:
        first = seen.setdefault("".join(word.split()).casefold(), word)
        if first != word:
            twins.append(f"{shown(first)} and {shown(word)}")
    if not twins:
        return []
    more = f" and {len(twins) - 3} more pairs" if len(twins) > 3 else ""
    return [
        f"{what} that differ only in case or blanks are kept apart: {'; '.join(twins[:3])}{more}"
    ]


def _check_repeats(answers: Sequence[Answer]) -> None:
    first: dict[tuple[str, str], Answer] = {}
    for answer in answers:
        earlier = first.setdefault((answer.unit, answer.coder), answer)
        if earlier is not answer:
            where = "" if earlier.sheet == answer.sheet else f" of {earlier.sheet}"
            raise BadInput(
                f"{answer.sheet}, row {answer.row}: {shown(answer.unit)} was rated by "
                f"{shown(answer.coder)} in row {earlier.row}{where} already",
                "keep one row, or name the column that tells units apart with --unit",
            )


def _clusters(answers: Sequence[Answer]) -> dict[str, str]:
    nested: dict[str, str] = {}
    for answer in answers:
        first = nested.setdefault(answer.unit, answer.cluster)
        if first != answer.cluster:
            raise BadInput(
                f"{answer.sheet}, row {answer.row}: {shown(answer.unit)} is in "
                f"{shown(answer.cluster)} here and in {shown(first)} further up",
                "correct one of them, or give the units different names",
            )
    return nested if any(nested.values()) else {}
