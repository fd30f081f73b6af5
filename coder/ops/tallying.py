"""Shares of excerpts and of people: final codes into tallies and cross-tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from coder.errors import UsageError
from coder.model import Categories, Codebook, CodeSet, Viewer, tree
from coder.ops.finals import Final
from coder.ops.groups import Group, Row, grouped
from coder.ops.offering import counted_codes
from coder.ops.record_counting import (
    blank_of,
    code_labels,
    counts_records,
    crossed_records,
    unit_noun,
)
from coder.ops.rolling import Reader, rolled_up
from coder.ops.study import Study, find_set
from coder.ops.tally_notes import notes_on_people

if TYPE_CHECKING:
    from coder.stats.rollups import Rolled

SMALL_CELL = 5
"""Rows resting on fewer people than this are flagged: they could point to a person."""

Grain = Literal["rollup", "valence", "code"]
"""What is counted: person-years by roll-up, excerpts by valence, or excerpts by code."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One code set, counted by people or by excerpts."""

    code_set: CodeSet
    row: str
    """What is counted: ``person-year``, ``excerpt``, or what a record is, such as ``lesson``."""
    grain: Grain
    by: tuple[str, ...]
    labels: Mapping[str, str]
    blank_labels: Mapping[str, str]
    groups: tuple[Group, ...]
    """Groups in order; the last one is all."""
    sources: Mapping[str, int]
    """Units by where their final codes come from: settled, agreed, single, unresolved."""
    notes: tuple[str, ...]
    depths: Mapping[str, int] = field(default_factory=dict)
    """How deep each code stands under others; of categories and codes only."""
    categories: frozenset[str] = frozenset()
    """Which results are categories: excerpts with any code below, each counted once."""
    unit: str = "excerpt"
    """What the sources are of."""


@dataclass(frozen=True, slots=True)
class Cross:
    """Two code sets' roll-ups against each other, person-year by person-year.

    Of sets that count records: their codes, record by record.
    """

    rows_of: CodeSet
    columns_of: CodeSet
    row_labels: Mapping[str, str]
    column_labels: Mapping[str, str]
    counts: Mapping[tuple[str, str], int]
    n: int
    row: str = "person-year"
    """What is counted."""


BLANKS = ("nothing", "not_codable", "no_data", "incomplete", "unresolved", "review")
ALWAYS_SHOWN = ("not_codable", "no_data")
"""Blanks that everybody looks for and that stand there even at nought."""

MANY_VALUED = ("any", "count")
"""Roll-up rules that give a person-year any number of values."""

NOTE_WORDS = (
    "“Productive” and “unproductive” describe an explanation or an adjustment, never a person."
)
NOTE_DENOMINATORS = (
    "n counts everyone in the row. Asked is n less no data, incomplete and unresolved; codable is"
    " asked less not codable."
)
NOTE_CATEGORIES = (
    "A category counts an excerpt once, however many of the codes below it are on it; its codes"
    " may add up to more."
)
NOTE_SMALL = f"Rows of fewer than {SMALL_CELL} people could point to a person: do not publish them."


def tally(
    study: Study,
    viewer: Viewer,
    code_set: str,
    *,
    by: Sequence[str] = (),
    people: bool | None = None,
    reader: Reader | None = None,
) -> Tally:
    """Count one code set by person-year (roll-up) or by excerpt (valence, else code).

    Args:
        study: The study.
        viewer: Who is looking.
        code_set: Its name.
        by: Attributes that make the rows, such as ``role`` or ``district`` and ``year``.
        people: Count person-years by the set's roll-up; else excerpts. Left open, people are
            counted except where a set counts records: these then, code by code.
        reader: Of this study and viewer, where several tallies are made.

    Raises:
        UsageError: An unknown set or attribute, or a set that has no level of persons.
    """
    reader = reader or Reader(study, viewer)
    book, found = find_set(study, code_set)
    by_record = people is None and counts_records(book, found)
    people = not by_record if people is None else people
    reader.check(by, people=people)
    if by_record:
        return _of_excerpts(reader, book, found, tuple(by), "code")
    if people:
        return _of_people(reader, book, found, tuple(by))
    has_valence = any(code.valence != "none" for code in found.codes)
    return _of_excerpts(reader, book, found, tuple(by), "valence" if has_valence else "code")


def tally_codes(
    study: Study,
    viewer: Viewer,
    code_set: str,
    *,
    by: Sequence[str] = (),
    reader: Reader | None = None,
) -> Tally:
    """Count excerpts per code of one set; arguments and errors as for ``tally``."""
    reader = reader or Reader(study, viewer)
    reader.check(by, people=False)
    book, found = find_set(study, code_set)
    return _of_excerpts(reader, book, found, tuple(by), "code")


def cross(
    study: Study, viewer: Viewer, rows: str, columns: str, *, reader: Reader | None = None
) -> Cross:
    """Cross two code sets' roll-ups, person-year by person-year, blanks included.

    Two sets that count records are crossed code by code, record by record.

    Raises:
        UsageError: An unknown set, the same one twice, or one without a single value per person.
    """
    reader = reader or Reader(study, viewer)
    book_a, set_a = find_set(study, rows)
    book_b, set_b = find_set(study, columns)
    if (book_a.id, set_a.id) == (book_b.id, set_b.id):
        raise UsageError(f"{rows} crossed with itself says nothing", "name two code sets")
    if counts_records(book_a, set_a) and counts_records(book_b, set_b):
        pairs = crossed_records(reader, (book_a, set_a), (book_b, set_b))
        return Cross(
            rows_of=set_a,
            columns_of=set_b,
            row_labels=_with_blanks(set_a, code_labels(set_a), {a for a, _ in pairs}, ()),
            column_labels=_with_blanks(set_b, code_labels(set_b), {b for _, b in pairs}, ()),
            counts=dict(pairs),
            n=sum(pairs.values()),
            row=unit_noun(reader, book_a, set_a),
        )
    for code_set in (set_a, set_b):
        _refuse_many_valued(code_set)
    values_a, _ = rolled_up(reader, book_a, set_a)
    values_b, _ = rolled_up(reader, book_b, set_b)
    counts: Counter[tuple[str, str]] = Counter()
    for person, value in values_a.items():
        counts[_result(value), _result(values_b[person])] += 1
    return Cross(
        rows_of=set_a,
        columns_of=set_b,
        row_labels=_all_labels(set_a, {a for a, _ in counts}),
        column_labels=_all_labels(set_b, {b for _, b in counts}),
        counts=dict(counts),
        n=sum(counts.values()),
    )


def _refuse_many_valued(code_set: CodeSet) -> None:
    if code_set.rollup.rule in (*MANY_VALUED, "mean"):
        raise UsageError(
            f"{code_set.id} has no single value per person (its roll-up is {code_set.rollup.rule})",
            "cross takes sets that roll up to one value",
        )


def _without_idle(code_set: CodeSet, labels: Mapping[str, str], used: set[str]) -> dict[str, str]:
    """Labels without those of codes that nothing has and nobody can put on any more."""
    counted = {code.id for code in counted_codes(code_set, used)}
    idle = {code.id for code in code_set.codes} - counted
    return {key: label for key, label in labels.items() if key not in idle}


def _all_labels(code_set: CodeSet, used: set[str]) -> dict[str, str]:
    from coder.stats.rollups import result_labels

    labels = _without_idle(code_set, result_labels(code_set), used)
    return _with_blanks(code_set, labels, used)


def _with_blanks(
    code_set: CodeSet, labels: dict[str, str], used: set[str], always: Sequence[str] = ALWAYS_SHOWN
) -> dict[str, str]:
    from coder.stats.rollups import STANDING_LABELS, standing_label

    for standing in STANDING_LABELS:
        if standing in used or standing in always:
            labels[standing] = standing_label(code_set, standing)
    return labels


def _result(value: Rolled) -> str:
    return value.values[0] if value.standing == "value" else value.standing


def _of_people(reader: Reader, book: Codebook, code_set: CodeSet, by: tuple[str, ...]) -> Tally:
    from coder.stats.rollups import result_keys, result_labels

    if code_set.rollup.rule == "count":
        raise UsageError(
            f"{code_set.id} counts how often its codes occur and has no value per person",
            "add --codes, which counts excerpts",
        )
    values, sources = rolled_up(reader, book, code_set)
    rows = [
        Row(
            person,
            "",
            result_keys(code_set, v),
            "" if v.standing == "value" else v.standing,
            1,
            v.number,
            v.asked if v.standing == "value" else 0,
        )
        for person, v in values.items()
    ]
    used = {code for row in rows for code in row.found}
    labels = _without_idle(code_set, result_labels(code_set), used)
    noun = unit_noun(reader, book, code_set)
    made = _tally(
        reader, code_set, rows, labels, sources, row="person-year", grain="rollup", by=by, unit=noun
    )
    return replace(made, notes=(*notes_on_people(book, code_set, values, noun), *made.notes))


class UnitResults:
    """What the units of a code set count as, at one grain."""

    def __init__(self, code_set: CodeSet, grain: Grain) -> None:
        self._code_set = code_set
        self._known = {code.id: code for code in code_set.codes}
        self._categories = Categories(code_set)
        self._grain = grain

    def of(self, final: Final) -> tuple[tuple[str, ...], str]:
        """Keys of results, and the kind of blank where the unit has no value."""
        blank, codes = blank_of(self._code_set, final), final.codes
        if self._grain == "code":
            over = codes | self._categories.over(codes)
            return tuple(code for code in self._known if code in over), blank
        if any(self._known[code].codable for code in codes if code in self._known):
            valence = self._code_set.valence_of(codes)
            return ("neither" if valence == "none" else valence,), blank
        return (), blank


def _of_excerpts(
    reader: Reader, book: Codebook, code_set: CodeSet, by: tuple[str, ...], grain: Grain
) -> Tally:
    counted_as = UnitResults(code_set, grain)
    used: set[str] = set()
    sources: Counter[str] = Counter()
    rows = []
    for found in reader.finals(book, code_set):
        final = found.final
        if final.status not in ("unfinished", "not_applicable"):
            sources[final.source] += found.units
        results, blank = counted_as.of(final)
        if grain == "code":
            used.update(results)
        rows.append(
            Row(
                found.person,
                found.transcript,
                results,
                blank,
                found.units,
                None,
                found.units,
                found.record,
            )
        )
    noun = unit_noun(reader, book, code_set)
    if grain != "code":
        labels = {name: name for name in ("productive", "mixed", "unproductive", "neither")}
        return _tally(
            reader, code_set, rows, labels, sources, row=noun, grain=grain, by=by, unit=noun
        )
    shown = [
        (code, depth)
        for code, depth in tree(code_set)
        if code.is_category or code.is_offered or code.id in used
    ]
    labels = {code.id: code.name for code, _ in shown}
    made = _tally(reader, code_set, rows, labels, sources, row=noun, grain=grain, by=by, unit=noun)
    return replace(
        made,
        depths={code.id: depth for code, depth in shown},
        categories=frozenset(code.id for code, _ in shown if code.is_category),
    )


def _tally(
    reader: Reader,
    code_set: CodeSet,
    rows: Sequence[Row],
    labels: Mapping[str, str],
    sources: Counter[str],
    *,
    row: str,
    grain: Grain,
    by: tuple[str, ...],
    unit: str,
) -> Tally:
    from coder.stats.rollups import STANDING_LABELS, standing_label

    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for one in rows:
        place = (one.person, one.transcript)
        groups[tuple(reader.value(*place, name, one.record) for name in by)].append(one)
    made = [
        grouped(reader, values, members, labels, row)
        for values, members in sorted(groups.items())
        if by
    ]
    made.append(grouped(reader, (), rows, labels, row))
    return Tally(
        code_set=code_set,
        row=row,
        grain=grain,
        by=by,
        labels=labels,
        blank_labels={s: standing_label(code_set, s) for s in STANDING_LABELS},
        groups=tuple(made),
        sources=dict(sources),
        notes=tuple(_notes(code_set, made, sources, unit)),
        unit=unit,
    )


def _notes(
    code_set: CodeSet, groups: Sequence[Group], sources: Counter[str], unit: str
) -> Iterable[str]:
    if code_set.is_scratch:
        yield (
            f"{code_set.id} is asked of no excerpt: its shares are of the excerpts on which"
            " somebody put one of its codes."
        )
    if sources["unresolved"]:
        listed = f" --set {code_set.id}" if code_set.is_scratch else ""
        yield (
            f"{code_set.id}: {sources['unresolved']} {unit}s are coded differently by two coders"
            f" and not settled; coder disagreements{listed} lists them."
        )
    if any(code.is_category for code in code_set.codes):
        yield NOTE_CATEGORIES
    if any(group.blanks.get("review") for group in groups):
        yield (
            f"{code_set.id}: where two codes are equally frequent, the person-year has no value;"
            " review it."
        )
    if any(code.valence != "none" for code in code_set.codes):
        yield NOTE_WORDS
    yield NOTE_DENOMINATORS
    if any(0 < group.people < SMALL_CELL for group in groups):
        yield NOTE_SMALL
