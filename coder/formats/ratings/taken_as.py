"""What a plain file was taken for, said with the names of its columns, and coders that are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coder.errors import BadInput
from coder.formats.ratings.columns import Head
from coder.formats.ratings.content import NOTHING_APPLIED, Ratings
from coder.formats.ratings.shapes import PLAIN_SHAPES, Shape
from coder.formats.ratings.spelling import is_number, number
from coder.formats.ratings.titles import NOUNS, Titles, bare, is_weak_unit
from coder.formats.wording import shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAMED = 8
"""Columns that are named one by one; of more, the rest is counted."""

ENOUGH = 5
"""Answers from which on a column without any code of the others is no coder's."""


def said_of(head: Head, shape: Shape) -> str:
    """The shape of a file, with the columns that play a role in it.

    Args:
        head: The table.
        shape: What it was recognised as.
    """
    if shape.name not in ("wide", "long", "files"):
        return PLAIN_SHAPES[shape.name]

    def named(places: Sequence[int | None]) -> str:
        return _some([head.titles[at] for at in places if at is not None])

    unit = "without names" if shape.unit is None else named([shape.unit])
    if shape.name == "wide":
        coders = list(dict.fromkeys(coder for coder, _ in shape.pairs))
        who = _some(coders) if coders else named(shape.codes)
        of_each = " and variable" if shape.pairs else ""
        said = f"wide: a row per unit ({unit}), a column per coder{of_each} ({who})"
    elif shape.name == "long":
        said = (
            f"long: a row per answer, with columns of units ({unit}), coders "
            f"({named([shape.coder])}) and codes ({named(shape.codes)})"
        )
    else:
        said = f"a file per coder, joined on the column of units ({unit})"
        if set(Titles(head.titles).candidates("code")) & set(shape.codes):
            said += f", with codes in {named(shape.codes)}"
    if shape.cluster is None:
        return said
    noun = NOUNS.get(bare(head.titles[shape.cluster]), "cluster")
    return f"{said}; {'people' if noun == 'person' else f'{noun}s'} in {named([shape.cluster])}"


def _some(titles: Sequence[str]) -> str:
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    return ", ".join(map(shown, titles[:NAMED])) + more


def check_strangers(head: Head, ratings: Ratings) -> list[str]:
    """Columns of a wide file that share no code with any other: a date, a quotation, an age.

    Args:
        head: The table.
        ratings: Its answers, one coder for a column.

    Returns:
        A note where it may be right after all: between two coders, or among numbers.

    Raises:
        BadInput: Other columns share codes and this one, with `ENOUGH` answers, has words of its
            own.
    """
    import numpy as np

    m, q = len(ratings.coders), len(ratings.codes)
    given = ratings.code != NOTHING_APPLIED
    cells = ratings.coder[given] * q + ratings.code[given]
    used = np.zeros((m, q), dtype=np.bool_)
    used.reshape(-1)[cells] = True
    alone = [at for at in range(m) if used[at].any() and not _shares(used, at)]
    if m < 2 or not alone:
        return []
    if len(alone) == m:
        pair = f"{shown(ratings.coders[0])} and {shown(ratings.coders[1])}"
        who = pair if m == 2 else "coders"
        return [f"{who} have no code in common: are these the columns of ratings?"]
    answers = np.bincount(ratings.coder[given], minlength=m)
    others = [name for at, name in enumerate(ratings.coders) if at not in alone]
    certain = [at for at in alone if answers[at] >= ENOUGH and len(others) > 1]
    names = [ratings.coders[at] for at in certain or alone]
    said = f"{_some(names)} {'shares' if len(names) == 1 else 'share'} no code with {_some(others)}"
    if not certain or all(map(is_number, ratings.codes)):
        return [f"{said}; if that is no coder, leave the column out with --ignore"]
    raise BadInput(
        f"{head.header}: {said}, so that is hardly a coder",
        f"--ignore {shown(','.join(names))} leaves it out; --cluster takes it for what units are "
        "nested in; --coders names all that are coders",
    )


def check_export(head: Head, ratings: Ratings) -> None:
    """Stop at a file of Qualtrics, whose second and third row are no answers.

    Args:
        head: The table.
        ratings: Its answers.

    Raises:
        BadInput: These rows are there.
    """
    first = [ratings.units[at] for at in range(min(3, len(ratings.units)))]
    if any("ImportId" in text for text in (*first, *ratings.codes)):
        raise BadInput(
            f"{head.place}: below the names of the columns stand those of Qualtrics",
            "delete all rows between the first one and the answers",
        )


def check_wide(head: Head, shape: Shape, ratings: Ratings) -> None:
    """Stop at a wide file whose first row, or whose clusters, hold what the cells hold.

    Args:
        head: The table.
        shape: Which column holds what.
        ratings: Its answers.

    Raises:
        BadInput: There is no row of names, or a coder was taken for the clusters.
    """
    codes = set(ratings.codes)
    names_units = bool(Titles(head.titles).candidates("unit"))
    if shape.unit is not None:
        names_units |= is_weak_unit(head.titles[shape.unit])
    if codes.issuperset(ratings.coders) and shape.cluster is None and not names_units:
        raise BadInput(
            f"{head.header}: {_some(ratings.coders)} are codes of the rows below, so this row "
            "hardly names the columns",
            "put a row above it: unit, and the name of each coder; if it does, say --coders",
        )
    if shape.cluster is None or len(ratings.clusters) < 2:
        return
    if codes.issuperset(ratings.clusters) and not all(map(is_number, ratings.clusters)):
        title = shown(head.titles[shape.cluster])
        raise BadInput(
            f"{head.header}: {title} was taken for what units are nested in, and holds codes",
            "name all coders with --coders",
        )


def said_of_blanks(ratings: Ratings) -> list[str]:
    """A note on rows that name a coder and no code: an answer, unless somebody left them for later.

    Args:
        ratings: The answers of a form with a row for each.
    """
    blank = ratings.code == NOTHING_APPLIED
    if not (count := int(blank.sum())):
        return []
    first = int(ratings.row[int(blank.argmax())])
    what = "row has" if count == 1 else "rows have"
    return [
        f"{count:,} {what} no code (the first is row {first}) and count as finished, no code "
        "applies; delete rows of units that nobody has rated yet"
    ]


def check_order(ratings: Ratings) -> list[str]:
    """A note on a column of a wide file that counts up down the rows, as interviews are numbered.

    Args:
        ratings: Its answers, one coder for a column, in the order of the file.
    """
    if not all(map(is_number, ratings.codes)):
        return []
    import numpy as np

    value = np.array([number(code) for code in ratings.codes])[ratings.code]
    rising = []
    for at in range(len(ratings.coders)):
        of_coder = value[(ratings.coder == at) & (ratings.code >= 0)]
        steps = np.diff(of_coder)
        if len(of_coder) >= 2 * ENOUGH and (steps >= 0).all() and np.count_nonzero(steps) > 1:
            rising.append(ratings.coders[at])
    if len(rising) != 1 or len(ratings.coders) == 1:
        return []
    return [
        f"{shown(rising[0])} only goes up from row to row; if it numbers what units are nested "
        f"in, say --cluster {shown(rising[0])}"
    ]


def _shares(used: NDArray[np.bool_], at: int) -> bool:
    others = used[:at].any(axis=0) | used[at + 1 :].any(axis=0)
    return bool((used[at] & others).any())
