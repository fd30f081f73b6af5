"""From the answers of one or several tables to ratings, with what contradicts itself refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coder.errors import BadInput, UsageError
from coder.formats.ratings.answers import Answers
from coder.formats.ratings.content import NOTHING_APPLIED, Noun, Ratings
from coder.formats.ratings.packed import Names
from coder.formats.ratings.spelling import in_order, plural, with_points
from coder.formats.wording import did_you_mean, shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntColumn = NDArray[np.int64]


def join(
    parts: Sequence[Answers], sets: bool, noun: Noun, only: Sequence[str] = ()
) -> tuple[Ratings, list[str]]:
    """The answers to one question from all tables, units and coders joined by their names.

    Args:
        parts: The answers, table by table.
        sets: Several answers of one coder to one unit are one set of codes.
        noun: What clusters are called.
        only: Keep only these coders.

    Returns:
        The ratings, and what was made of repeated codes.

    Raises:
        BadInput: One coder has rated one unit twice, or one unit stands in two clusters.
        UsageError: A coder of ``only`` is not there.
    """
    whole = _Whole(parts)
    notes: list[str] = []
    if only:
        whole = whole.of_coders(only)
    whole.leave_out_unrated(notes)
    if (coders := whole.who_rated()) != whole.coders:
        # Of several code sets, each is a matter of some coders only.
        if not whole.parts[0].name:
            silent = ", ".join(shown(name) for name in whole.coders if name not in coders)
            notes.append(f"left out, with no rating at all: {silent}")
        whole = whole.of_coders(coders)
    kept = _check_repeats(whole, sets, notes)
    code_names, place = _used_codes(whole, notes)
    codes, rank = in_order(code_names)
    code = _moved(rank[place] if len(rank) else place, whole.code)
    cluster = _cluster_of_units(whole, noun)

    def take(column: IntColumn) -> IntColumn:
        return column if kept is None else column[kept]

    return Ratings(
        name=parts[0].name,
        units=whole.units,
        coders=whole.coders,
        codes=codes,
        unit=take(whole.unit),
        coder=take(whole.coder),
        code=take(code),
        row=take(whole.row),
        sets=sets,
        clusters=whole.clusters,
        cluster=cluster,
        noun=noun,
    ), notes


def _used_codes(whole: _Whole, notes: list[str]) -> tuple[tuple[str, ...], IntColumn]:
    """The codes that occur, decimal commas as points, and for each code its place among them."""
    import numpy as np

    # One more in front, where -1 is counted.
    used = np.bincount(whole.code + 1, minlength=len(whole.codes) + 1)[1:] > 0
    occurring = [name for name, is_used in zip(whole.codes, used, strict=True) if is_used]
    spelled = dict(zip(occurring, with_points(occurring, notes), strict=True))
    place = {name: at for at, name in enumerate(dict.fromkeys(spelled.values()))}
    found = [place[spelled[name]] if name in spelled else -1 for name in whole.codes]
    return tuple(place), np.array(found, dtype=np.int64)


def _moved(rank: IntColumn, code: IntColumn) -> IntColumn:
    """New positions for old ones; `NOTHING_APPLIED` stays."""
    import numpy as np

    if (rank == np.arange(len(rank))).all():
        return code
    # The last place of the list is where -1 points.
    return np.append(rank, NOTHING_APPLIED)[code]


class _Whole:
    """The answers of all parts in one list, with one list of names each."""

    def __init__(self, parts: Sequence[Answers]) -> None:
        import numpy as np

        self.parts = parts
        first = parts[0]
        if len(parts) == 1:
            self.units, self.coders, self.codes = first.units, first.coders, first.codes
            self.unit, self.coder, self.code, self.row = (
                first.unit, first.coder, first.code, first.row,
            )  # fmt: skip
            self.clusters, self.cluster = first.clusters, first.cluster
            self.origin: IntColumn | None = None
            return
        self.units, self.unit = _joined([(part.units, part.unit) for part in parts])
        coders, self.coder = _joined([(part.coders, part.coder) for part in parts])
        codes, self.code = _joined([(part.codes, part.code) for part in parts])
        self.coders, self.codes = tuple(coders), tuple(codes)
        self.row = np.concatenate([part.row for part in parts])
        self.origin = np.repeat(np.arange(len(parts)), [len(part.row) for part in parts])
        self.clusters, self.cluster = (), None
        if any(part.cluster is not None for part in parts):
            absent = [np.full(len(part.row), -1, dtype=np.int64) for part in parts]
            clusters, self.cluster = _joined(
                [
                    (part.clusters, none if part.cluster is None else part.cluster)
                    for part, none in zip(parts, absent, strict=True)
                ]
            )
            self.clusters = tuple(clusters)

    def of_coders(self, names: Sequence[str]) -> _Whole:
        """Only these coders, in this order; units that only others have rated stay."""
        import numpy as np

        for name in names:
            if name not in self.coders:
                raise UsageError(
                    f"{self.parts[0].head.place}: there is no coder {shown(name)}",
                    did_you_mean(name, self.coders)
                    or f"there are {', '.join(shown(c, 20) for c in self.coders[:12])}",
                )
        rank = np.full(len(self.coders), -1, dtype=np.int64)
        for place, name in enumerate(names):
            rank[self.coders.index(name)] = place
        kept = np.flatnonzero(rank[self.coder] >= 0)
        less = _Whole.__new__(_Whole)
        less.parts, less.units, less.codes, less.clusters = (
            self.parts, self.units, self.codes, self.clusters,
        )  # fmt: skip
        less.coders = tuple(names)
        less.unit, less.code, less.row = self.unit[kept], self.code[kept], self.row[kept]
        less.coder = rank[self.coder[kept]]
        less.cluster = None if self.cluster is None else self.cluster[kept]
        less.origin = None if self.origin is None else self.origin[kept]
        return less

    def who_rated(self) -> tuple[str, ...]:
        """The coders with at least one answer."""
        import numpy as np

        rated = np.bincount(self.coder, minlength=len(self.coders)) > 0
        return tuple(name for name, has in zip(self.coders, rated, strict=True) if has)

    def leave_out_unrated(self, notes: list[str]) -> None:
        """Units without any answer say nothing about agreement."""
        import numpy as np

        rated = np.bincount(self.unit, minlength=len(self.units)) > 0
        if rated.all():
            return
        less = len(rated) - int(rated.sum())
        # Of several code sets, each asks its question of some units only.
        if not self.parts[0].name:
            notes.append(f"{plural(less, 'unit')} left out that nobody has rated")
        self.units = _some(self.units, np.flatnonzero(rated))
        self.unit = (np.cumsum(rated) - 1)[self.unit]

    def where(self, position: int) -> str:
        """File and row of an answer."""
        part = self.parts[0 if self.origin is None else int(self.origin[position])]
        return f"{part.head.place}, row {int(self.row[position])}"

    def two(self, first: int, second: int) -> tuple[str, str]:
        """Where the later of two answers stands, and where the earlier one does, shortly."""
        same = self.origin is None or self.origin[first] == self.origin[second]
        earlier = f"row {int(self.row[first])}" if same else self.where(first)
        return self.where(second), earlier


def _some(names: Sequence[str], kept: IntColumn) -> Sequence[str]:
    return names.take(kept) if isinstance(names, Names) else tuple(names[int(at)] for at in kept)


def _joined(
    columns: Sequence[tuple[Sequence[str], IntColumn]],
) -> tuple[Sequence[str], IntColumn]:
    """One list of names for several, and the positions in it; negative positions stay."""
    import numpy as np

    place: dict[str, int] = {}
    moved = []
    for names, at in columns:
        target = [place.setdefault(name, len(place)) for name in names]
        # The last place of the list is where -1 points.
        moved.append(np.array([*target, -1], dtype=np.int64)[at])
    return tuple(place), np.concatenate(moved)


def _check_repeats(whole: _Whole, sets: bool, notes: list[str]) -> IntColumn | None:
    """Which answers to keep; None for all. Stops where one coder answers twice."""
    import numpy as np

    pair = whole.unit * len(whole.coders) + whole.coder
    space = len(whole.units) * len(whole.coders)
    if not sets:
        if twice := _first_repeat(pair, space):
            _refuse_second(whole, *twice)
        return None
    nothing = whole.code == NOTHING_APPLIED
    q = len(whole.codes) + 1
    triple = pair * q + np.where(nothing, q - 1, whole.code)
    kept = None
    if _first_repeat(triple, space * q):
        _, first = np.unique(triple, return_index=True)
        kept = np.sort(first)
        less = len(triple) - len(kept)
        notes.append(
            f"{plural(less, 'row')} left out that repeat what the same coder says of the same unit"
        )
    if nothing.any():
        answered = np.isin(pair, pair[nothing]) & ~nothing
        if answered.any():
            second = int(answered.argmax())
            first = int((nothing & (pair == pair[second])).argmax())
            late, early = whole.two(*sorted((first, second)))
            raise BadInput(
                f"{late}: coder {shown(whole.coders[int(whole.coder[second])])} has put a code on "
                f"{shown(whole.units[int(whole.unit[second])])} and also none: see {early}",
                "keep what is true",
            )
    return kept


def _first_repeat(keys: IntColumn, space: int) -> tuple[int, int] | None:
    """Positions of the first key that stands there twice, and of its first copy."""
    import numpy as np

    if space <= 4 * len(keys) + 1_000_000:
        # A tally costs a hundredth of a sort.
        if not len(keys) or np.bincount(keys, minlength=1).max() < 2:
            return None
    elif len(np.unique(keys)) == len(keys):
        return None
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    place = same[order[same + 1].argmin()]
    return int(order[place]), int(order[place + 1])


def _refuse_second(whole: _Whole, first: int, second: int) -> None:
    late, early = whole.two(first, second)
    coder, unit = whole.coders[int(whole.coder[second])], whole.units[int(whole.unit[second])]
    one, other = (
        shown(whole.codes[int(at)]) if at >= 0 else "nothing"
        for at in (whole.code[first], whole.code[second])
    )
    if one == other:
        hint = "remove one of them, or name the column of units with --unit"
    else:
        hint = "keep one; --sets if a unit may have several codes; --unit names the units' column"
    raise BadInput(
        f"{late}: {shown(coder)} has rated unit {shown(unit)} already, in {early} ({one}, now "
        f"{other})",
        hint,
    )


def _cluster_of_units(whole: _Whole, noun: Noun) -> IntColumn | None:
    import numpy as np

    if whole.cluster is None:
        return None
    unit, cluster = whole.unit, whole.cluster
    # Only of several files some may not say it.
    known = None if whole.origin is None else cluster >= 0
    if known is not None:
        unit, cluster = unit[known], cluster[known]
    found = np.full(len(whole.units), -1, dtype=np.int64)
    found[unit] = cluster
    wrong = np.flatnonzero(found[unit] != cluster)
    if len(wrong):
        back = np.arange(len(whole.unit)) if known is None else np.flatnonzero(known)
        of_unit = unit == unit[wrong[0]]
        others = back[of_unit & (cluster != cluster[of_unit.argmax()])]
        first, second = int(back[of_unit.argmax()]), int(others[0])
        late, early = whole.two(first, second)
        raise BadInput(
            f"{late}: unit {shown(whole.units[int(whole.unit[second])])} is in {noun} "
            f"{shown(whole.clusters[int(whole.cluster[second])])} here and in "
            f"{shown(whole.clusters[int(whole.cluster[first])])} in {early}",
            f"give units names that no other {noun} has, or correct the row",
        )
    if known is not None and (absent := found[whole.unit] < 0).any():
        first = int(absent.argmax())
        raise BadInput(
            f"{whole.where(first)}: unit {shown(whole.units[int(whole.unit[first])])} is in no "
            f"{noun}, others are",
            f"name the {noun} of every unit in one of the files",
        )
    return found
