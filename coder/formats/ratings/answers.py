"""The answers of one table, before they are joined with those of others and checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.errors import BadInput
from coder.formats.ratings.columns import Column, Columns, Head
from coder.formats.ratings.content import NOTHING_APPLIED
from coder.formats.ratings.shapes import Shape
from coder.formats.wording import shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntColumn = NDArray[np.int64]
    Kept = NDArray[np.int64] | NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Answers:
    """What one table says about one code set; n answers.

    Args:
        head: The table.
        name: The code set or variable; empty where there is only one.
        units: Names, in the order of the file.
        coders: Names.
        codes: Names, in any order.
        unit: (n,) positions.
        coder: (n,) positions.
        code: (n,) positions; `NOTHING_APPLIED` where none applies.
        row: (n,) rows of the file.
        clusters: Names; empty where the file does not say.
        cluster: (n,) positions, or None.
    """

    head: Head
    name: str
    units: Sequence[str]
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    unit: IntColumn
    coder: IntColumn
    code: IntColumn
    row: IntColumn
    clusters: tuple[str, ...] = ()
    cluster: IntColumn | None = None


NAME_EVERY = "name it in every row"

REFERENCE = re.compile(r"(.+):\d+")
"""How a study calls an excerpt: transcript and number."""


def long_answers(columns: Columns, shape: Shape) -> list[Answers]:
    """A row per answer; an empty code says "finished, nothing applied"."""
    assert shape.unit is not None
    assert shape.coder is not None
    unit = columns.filled(shape.unit, NAME_EVERY)
    coder = columns.filled(shape.coder, NAME_EVERY)
    clusters, cluster = clusters_of(columns, shape)
    found = []
    for at in shape.codes:
        codes, code = _codes(columns.by_place[at])
        name = columns.head.titles[at] if len(shape.codes) > 1 else ""
        whole = Answers(
            columns.head, name, unit.texts, tuple(coder.texts), codes,
            unit.at, coder.at, code, columns.row, clusters, cluster,
        )  # fmt: skip
        found += _by_set(whole, columns, shape, 1)
    return found


def wide_answers(columns: Columns, shape: Shape, notes: list[str]) -> list[Answers]:
    """A row per unit and a column per coder; a blank cell says "did not rate".

    Units that are numbered anew in every cluster are told apart by it: here a row is a unit.
    """
    import numpy as np

    names, unit = _units(columns, shape)
    clusters, cluster = clusters_of(columns, shape)
    if cluster is not None and len(names) < len(unit):
        names, unit = _within_clusters(names, unit, clusters, cluster, notes)
    pairs = shape.pairs or tuple((columns.head.titles[at], "") for at in shape.codes)
    found = []
    for variable in dict.fromkeys(variable for _, variable in pairs):
        chosen = [
            (coder, columns.by_place[at])
            for at, (coder, called) in zip(shape.codes, pairs, strict=True)
            if called == variable
        ]
        place: dict[str, int] = {}
        codes = []
        for _, column in chosen:
            target = [place.setdefault(text, len(place)) if text else -1 for text in column.texts]
            codes.append(np.array(target, dtype=np.int64)[column.at])
        times = len(chosen)
        whole = Answers(
            columns.head, variable, names, tuple(coder for coder, _ in chosen), tuple(place),
            np.tile(unit, times), np.repeat(np.arange(times, dtype=np.int64), len(columns.row)),
            np.concatenate(codes), np.tile(columns.row, times),
            clusters, None if cluster is None else np.tile(cluster, times),
        )  # fmt: skip
        found += [_rated(part) for part in _by_set(whole, columns, shape, times)]
    return found


def one_coder_answers(
    columns: Columns, shape: Shape, coder: str, sets: bool = False
) -> list[Answers]:
    """A file of one coder, a row per answer.

    An empty code says "did not rate", as in a wide file; among sets of codes it is the empty set.
    """
    import numpy as np

    names, unit = _units(columns, shape)
    clusters, cluster = clusters_of(columns, shape)
    found = []
    for at in shape.codes:
        codes, code = _codes(columns.by_place[at])
        whole = Answers(
            columns.head, columns.head.titles[at] if len(shape.codes) > 1 else "", names, (coder,),
            codes, unit, np.zeros(len(code), dtype=np.int64), code, columns.row, clusters, cluster,
        )  # fmt: skip
        found.append(whole if sets else _rated(whole))
    return found


def _within_clusters(
    names: Sequence[str],
    unit: IntColumn,
    clusters: tuple[str, ...],
    cluster: IntColumn,
    notes: list[str],
) -> tuple[Sequence[str], IntColumn]:
    """Units called after their cluster too, where one name stands in several."""
    pairs = list(zip(cluster.tolist(), unit.tolist(), strict=True))
    place = {pair: at for at, pair in enumerate(dict.fromkeys(pairs))}
    if len(place) == len(names):
        return names, unit
    called = tuple(f"{clusters[of]}:{names[at]}" for of, at in place)
    if len(set(called)) < len(called):
        return names, unit
    import numpy as np

    notes.append(f"names of units repeat elsewhere, so they were told apart as {shown(called[0])}")
    return called, np.array([place[pair] for pair in pairs], dtype=np.int64)


def _by_set(whole: Answers, columns: Columns, shape: Shape, times: int) -> list[Answers]:
    """The answers of each code set, where a column names it; every row stands there so often."""
    import numpy as np

    if shape.code_set is None:
        return [whole]
    sets = columns.filled(shape.code_set, NAME_EVERY)
    of_answer = np.tile(sets.at, times)
    return [
        only(whole, of_answer == place, f"{text}: {whole.name}" if whole.name else text)
        for place, text in enumerate(sets.texts)
    ]


def with_transcripts(answers: Answers) -> Answers | None:
    """With the transcripts that references such as ``AF-T01-Y1:12`` name; None if some do not."""
    import numpy as np

    found = [REFERENCE.fullmatch(unit) for unit in answers.units]
    place: dict[str, int] = {}
    of_unit = [place.setdefault(match[1], len(place)) for match in found if match]
    if len(of_unit) < len(found):
        return None
    cluster = np.array(of_unit, dtype=np.int64)[answers.unit]
    return replace(answers, clusters=tuple(place), cluster=cluster)


def _rated(answers: Answers) -> Answers:
    """Without the blank cells, where these say "did not rate"."""
    if (kept := answers.code != NOTHING_APPLIED).all():
        return answers
    return only(answers, kept, answers.name)


def only(answers: Answers, kept: Kept, name: str) -> Answers:
    """Some of the answers; all names stay."""
    return replace(
        answers,
        name=name,
        unit=answers.unit[kept],
        coder=answers.coder[kept],
        code=answers.code[kept],
        row=answers.row[kept],
        cluster=None if answers.cluster is None else answers.cluster[kept],
    )


def _units(columns: Columns, shape: Shape) -> tuple[Sequence[str], IntColumn]:
    """Names of the units; rows are named by their number where no column does it."""
    import numpy as np

    if shape.unit is None:
        return tuple(map(str, columns.row)), np.arange(len(columns.row))
    unit = columns.filled(shape.unit, NAME_EVERY)
    return unit.texts, unit.at


def clusters_of(
    columns: Columns, shape: Shape, required: bool = True
) -> tuple[tuple[str, ...], IntColumn | None]:
    """Names of the clusters and the cluster of every row; none where the file does not say."""
    if shape.cluster is None:
        return (), None
    column = columns.by_place[shape.cluster]
    if column.blank >= 0 and not required:
        return (), None
    columns.filled(
        shape.cluster,
        f"{NAME_EVERY} (a merged cell names only its first row), or leave it out with --ignore",
    )
    return tuple(column.texts), column.at


def split_sets(answers: Answers) -> Answers:
    """Cells that hold several codes with semicolons between them, as an answer for each."""
    import numpy as np

    place: dict[str, int] = {}
    split = [
        [place.setdefault(part.strip(), len(place)) for part in text.split(";") if part.strip()]
        for text in answers.codes
    ]
    # The last one is where -1 points: nothing applies, which is one answer.
    split = [places or [NOTHING_APPLIED] for places in split] + [[NOTHING_APPLIED]]
    size = np.array([len(places) for places in split])
    begin = np.concatenate([[0], np.cumsum(size)[:-1]])
    flat = np.array([code for places in split for code in places], dtype=np.int64)
    times = size[answers.code]
    kept = np.repeat(np.arange(len(answers.code)), times)
    within = np.arange(len(kept)) - np.repeat(np.cumsum(times) - times, times)
    spread = only(answers, kept, answers.name)
    return replace(spread, codes=tuple(place), code=flat[begin[spread.code] + within])


def _codes(column: Column) -> tuple[tuple[str, ...], IntColumn]:
    """The codes of a column, and for each row its code or that none applies."""
    import numpy as np

    codes = tuple(text for text in column.texts if text)
    if column.blank < 0:
        return codes, column.at
    target = np.arange(len(column.texts), dtype=np.int64)
    target[target > column.blank] -= 1
    target[column.blank] = NOTHING_APPLIED
    return codes, target[column.at]


def refuse_empty(head: Head) -> BadInput:
    """A table with a header and nothing below."""
    return BadInput(f"{head.place}: a header and no rows below it", "add the ratings")
