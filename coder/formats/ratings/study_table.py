"""The unit table that a study exports (units.csv), as ratings again."""

from __future__ import annotations

from coder.formats.ratings.answers import Answers, clusters_of, only, split_sets
from coder.formats.ratings.columns import Columns
from coder.formats.ratings.content import NOTHING_APPLIED
from coder.formats.ratings.shapes import Shape, StudyColumns
from coder.formats.ratings.spelling import plural


def study_answers(columns: Columns, shape: Shape, notes: list[str]) -> list[Answers]:
    """One code set after the other, and what was coded in a round apart from the rest.

    A round is a pass of its own: a coder who has coded a unit before and again in a round has
    answered twice, and agreement is within the pass.
    """
    import numpy as np

    assert shape.unit is not None
    assert shape.coder is not None
    assert shape.code_set is not None
    assert isinstance(shape.study, StudyColumns)
    every = "export the unit table again"
    unit, coder = columns.filled(shape.unit, every), columns.filled(shape.coder, every)
    sets, status = columns.filled(shape.code_set, every), columns.filled(shape.study.status, every)
    clusters, cluster = clusters_of(columns, shape, required=False)
    codes = columns.by_place[shape.codes[0]]
    code = np.where(codes.at == codes.blank, NOTHING_APPLIED, codes.at)
    whole = Answers(
        columns.head, "", unit.texts, tuple(coder.texts), tuple(codes.texts), unit.at, coder.at,
        code, columns.row, clusters, cluster,
    )  # fmt: skip
    not_asked = [place for place, text in enumerate(status.texts) if text == "not_applicable"]
    asked = ~np.isin(status.at, not_asked)
    if less := int((~asked).sum()):
        notes.append(f"{plural(less, 'row')} left out whose question was not asked of the unit")
    rounds = columns.by_place.get(-1 if shape.study.round is None else shape.study.round)
    found = []
    for place, name in enumerate(sets.texts):
        of_set = (sets.at == place) & asked
        if rounds is None:
            found.append(split_sets(only(whole, of_set, name)))
            continue
        for pass_, label in enumerate(rounds.texts):
            kept = of_set & (rounds.at == pass_)
            if kept.any():
                called = f"{name}, round {label}" if label else name
                found.append(split_sets(only(whole, kept, called)))
    return found
