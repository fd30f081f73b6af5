"""Tallies, cross-tables and person-years as tables for files and workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coder.formats.tables import Cell, Column, Table
from coder.model import CodeSet, Viewer
from coder.ops.columns import attribute_order, distinct
from coder.ops.groups import Group
from coder.ops.record_counting import unit_noun
from coder.ops.rolling import PersonYear, Reader, rolled_up
from coder.ops.study import Study, find_set
from coder.ops.tallying import ALWAYS_SHOWN, BLANKS, NOTE_WORDS, Cross, Tally
from coder.stats import Share
from coder.stats.rollups import Rolled, result_labels, standing_label

NOT_GIVEN = "(not given)"
"""Where a person has no value for a grouping attribute."""

GRAINS = {"rollup": "by roll-up", "valence": "by valence", "code": "by code"}


def tally_table(tally: Tally) -> Table:
    """One line per group with counts and percentages of codable in columns, for a workbook."""
    blanks = blanks_shown(tally)
    has_mean = any(group.mean is not None for group in tally.groups)
    # With several attributes one column names the group whole: a chart takes one.
    one_name = [] if len(tally.by) == 1 else [Column("group", "group")]
    columns = one_name + [Column(name, name) for name in tally.by]
    for key, label in tally.labels.items():
        columns += [Column(key, label, "count"), Column(f"{key}_of_codable", "%", "percent")]
    columns += [Column("mean", "mean", "number")] if has_mean else []
    columns += [Column(f"blank_{key}", tally.blank_labels[key], "count") for key in blanks]
    columns += [
        Column("n", "n", "count"),
        Column("asked", "asked", "count"),
        Column("codable", "codable", "count"),
        Column("units", f"{tally.unit}s", "count"),
    ]
    rows = []
    for group in tally.groups:
        cells: list[Cell] = [group_name(tally, group)] if one_name else []
        cells += group_cells(tally, group) if tally.by else []
        for cell in group.results:
            cells += [cell.n, cell.of_codable.share]
        cells += [group.mean] if has_mean else []
        cells += [group.blanks.get(key, 0) for key in blanks]
        rows.append((*cells, group.n, group.asked, group.codable, group.units))
    return Table(
        name=table_name(tally),
        title=title(tally),
        columns=distinct(columns),
        rows=tuple(rows),
        notes=(f"% is of codable. {sources(tally)}", *tally.notes),
    )


def shares_table(tallies: Sequence[Tally]) -> Table:
    """Every tally in one long table: a line per group and result, with intervals.

    Attributes that a line is not split by say ``all``, so that any set of lines can be picked.
    """
    attributes = list(dict.fromkeys(name for tally in tallies for name in tally.by))
    rows: list[tuple[Cell, ...]] = []
    notes: list[str] = []
    for tally in tallies:
        notes += [sources(tally), *tally.notes]
        for group in tally.groups:
            given = dict(zip(tally.by, group_cells(tally, group), strict=True)) if tally.by else {}
            split = tally.by if group.values else ()
            places = [given[name] if name in split else "all" for name in attributes]
            for cell in group.results:
                rows.append(
                    (
                        tally.code_set.id,
                        counted(tally, cell.key),
                        *places,
                        cell.key,
                        cell.label,
                        cell.n,
                        group.n,
                        group.people,
                        group.asked,
                        cell.of_asked.share,
                        *_ends(cell.of_asked),
                        group.codable,
                        cell.of_codable.share,
                        *_ends(cell.of_codable),
                        cell.of_codable.interval,
                        why(cell.of_codable),
                    )
                )
    return Table(
        name="shares",
        title="Shares with 95 % intervals",
        columns=distinct(
            (
                Column("code_set", "Code set"),
                Column("counted", "Counted"),
                *(Column(name, name) for name in attributes),
                Column("result", "Result"),
                Column("label", "Label"),
                Column("count", "Count", "count"),
                Column("n", "n", "count"),
                Column("people", "People", "count"),
                Column("asked", "Asked", "count"),
                Column("of_asked", "% of asked", "percent"),
                Column("of_asked_low", "Low", "percent"),
                Column("of_asked_high", "High", "percent"),
                Column("codable", "Codable", "count"),
                Column("of_codable", "% of codable", "percent"),
                Column("low", "Low", "percent"),
                Column("high", "High", "percent"),
                Column("interval", "Interval"),
                Column("why", "Why none"),
            )
        ),
        # The line of all is the same in every grouping of a code set: once is enough.
        rows=tuple(dict.fromkeys(rows)),
        notes=tuple(dict.fromkeys(notes)),
    )


def counted(tally: Tally, key: str) -> str:
    """What a result counts, in words: ``excerpts by code``."""
    grain = "by category" if key in tally.categories else GRAINS[tally.grain]
    return f"{tally.row}s {grain}"


def cross_table(cross: Cross) -> Table:
    """Rows are one set's values, columns the other's, person-year by person-year."""
    rows: list[tuple[Cell, ...]] = []
    for key, label in cross.row_labels.items():
        counts = [cross.counts.get((key, other), 0) for other in cross.column_labels]
        rows.append((label, *counts, sum(counts)))
    totals = [
        sum(cross.counts.get((key, other), 0) for key in cross.row_labels)
        for other in cross.column_labels
    ]
    rows.append(("all", *totals, cross.n))
    sets = (cross.rows_of, cross.columns_of)
    has_valence = any(code.valence != "none" for one in sets for code in one.codes)
    return Table(
        name=f"cross_{cross.rows_of.id}_{cross.columns_of.id}",
        title=f"{cross.rows_of.id} (rows) by {cross.columns_of.id} (columns), {cross.row}s",
        columns=distinct(
            (
                Column("value", cross.rows_of.id),
                *(Column(key, label, "count") for key, label in cross.column_labels.items()),
                Column("n", "n", "count"),
            )
        ),
        rows=tuple(rows),
        notes=(NOTE_WORDS,) if has_valence else (),
    )


@dataclass(frozen=True, slots=True)
class _Rolled:
    """One code set's roll-ups, and how its values are called."""

    code_set: CodeSet
    values: Mapping[PersonYear, Rolled]

    def words(self, person: PersonYear) -> Cell:
        """The value, the mean, or the kind of blank."""
        found = self.values[person]
        if found.standing == "incomplete":
            name = standing_label(self.code_set, "incomplete")
            return f"{name} ({found.finished} of {found.eligible})"
        if found.standing != "value":
            return standing_label(self.code_set, found.standing)
        if found.number is not None:
            return found.number
        labels = result_labels(self.code_set)
        return "; ".join(labels[key] for key in found.values)


def person_years_table(
    study: Study, viewer: Viewer, code_sets: Sequence[str], reader: Reader | None = None
) -> Table:
    """One line per person-year: the value of each code set and the excerpts it rests on.

    Args:
        study: The study.
        viewer: Who is looking.
        code_sets: Names; sets that only count have no value per person and are left out.
        reader: Of this study and viewer, where several tables are made.
    """
    reader = reader or Reader(study, viewer)
    found = []
    nouns = set[str]()
    for name in code_sets:
        book, code_set = find_set(study, name)
        if code_set.rollup.rule != "count":
            found.append(_Rolled(code_set, rolled_up(reader, book, code_set)[0]))
            nouns.add(unit_noun(reader, book, code_set))
    unit = next(iter(nouns)) if len(nouns) == 1 else "unit" if nouns else "excerpt"
    attributes = attribute_order(name for p in reader.people.values() for name in p.attributes)
    persons = sorted({*reader.people, *(person for one in found for person in one.values)})
    columns = [Column("participant", "Person"), Column("year", "Year")]
    columns += [Column(name, name.replace("_", " ")) for name in attributes]
    for one in found:
        is_mean = one.code_set.rollup.rule == "mean"
        columns += [
            Column(one.code_set.id, one.code_set.id, "number" if is_mean else "text"),
            Column(f"{one.code_set.id}_units", f"{unit}s", "count"),
        ]
    rows: list[tuple[Cell, ...]] = []
    for person in persons:
        cells: list[Cell] = [*person, *(reader.value(person, "", name) for name in attributes)]
        for one in found:
            cells += [one.words(person), one.values[person].asked]
        rows.append(tuple(cells))
    rules = ", ".join(f"{one.code_set.id} {one.code_set.rollup.rule}" for one in found)
    return Table(
        name="person_years",
        title="Person-years and their values",
        columns=distinct(columns),
        rows=tuple(rows),
        notes=(
            f"Roll-up rules: {rules}. With each value the number of {unit}s it rests on.",
            NOTE_WORDS,
        ),
    )


def person_years_page(table: Table) -> Table:
    """Person, year, and each value with the excerpts it rests on; no attributes, for a screen."""
    keys = [column.key for column in table.columns]
    values = [key for key in keys if f"{key}_units" in keys]
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        found = dict(zip(keys, row, strict=True))
        cells = [_with_units(found[key], found[f"{key}_units"]) for key in values]
        rows.append((found["participant"], found["year"], *cells))
    return replace(
        table,
        columns=(
            *(column for column in table.columns if column.key in ("participant", "year")),
            *(Column(key, key) for key in values),
        ),
        rows=tuple(rows),
    )


def _with_units(value: Cell, units: Cell) -> str:
    words = f"{value:.2f}" if isinstance(value, float) else str(value)
    return f"{words} ({units})" if units and not words.endswith(")") else words


def blanks_shown(tally: Tally) -> list[str]:
    """Those everybody looks for, and the rarer ones where they occur."""
    used = {key for group in tally.groups for key, n in group.blanks.items() if n}
    return [key for key in BLANKS if key in used or key in ALWAYS_SHOWN]


def group_cells(tally: Tally, group: Group) -> tuple[str, ...]:
    """What a line begins with: the group's attributes, or ``all``."""
    if not group.values:
        return ("all", *("" for _ in tally.by[1:]))
    return tuple(value or NOT_GIVEN for value in group.values)


def group_name(tally: Tally, group: Group) -> str:
    """The group in one text."""
    return " ".join(part for part in group_cells(tally, group) if part)


def table_name(tally: Tally) -> str:
    """Short, because a sheet's name has 31 characters."""
    by = f"by_{'_'.join(tally.by)}" if tally.by else "all"
    grain = "" if tally.grain == "rollup" else f"{tally.grain}_"
    return f"{tally.code_set.id}_{grain}{by}"


def title(tally: Tally) -> str:
    """What is counted, and by what."""
    ways = [] if tally.grain == "rollup" else [GRAINS[tally.grain]]
    ways += [f"by {' and '.join(tally.by)}"] if tally.by else []
    return f"{tally.code_set.id}: {tally.row}s {', '.join(ways)}".rstrip()


def sources(tally: Tally) -> str:
    """How many final codes were agreed, settled, single or are unresolved."""
    order = ("agreed", "settled", "single", "unresolved")
    parts = [f"{tally.sources[key]} {key}" for key in order if tally.sources.get(key)]
    return f"{tally.code_set.id} rests on {tally.unit}s: {', '.join(parts) or 'none'}."


def why(share: Share) -> str:
    """Why a share has no interval, with the bound that it has instead."""
    return "; ".join(part for part in (share.why_no_interval, share.bound) if part)


def _ends(share: Share) -> tuple[float | None, float | None]:
    return share.low, share.high
