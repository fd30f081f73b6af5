"""The excerpts behind a number of a tally: what was said, by whom, and what it counts as."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from coder.errors import UsageError
from coder.formats.tables import Column, Table
from coder.model import Codebook, CodeSet, Viewer
from coder.ops.corpus import list_transcripts
from coder.ops.filtering import matches
from coder.ops.finals import Final, is_eligible
from coder.ops.groups import OUTSIDE_ASKED
from coder.ops.heirs import resolver
from coder.ops.rolling import PersonYear, Reader, final_of, has_codes, rolled_up
from coder.ops.study import Study, did_you_mean, find_set
from coder.ops.tallying import Grain, Tally, UnitResults, tally, tally_codes
from coder.stats.rollups import STANDING_LABELS, Rolled, result_keys
from coder.store import read_models
from coder.store.blind import blind_round
from coder.store.codebooks import set_uid
from coder.store.read_models import Answer, UnitAnswers

MOST = 500
"""Excerpts listed at once: more than anybody reads, and quickly found in any study."""

Kind = Literal["result", "blank", "asked", "codable", "all"]


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted: the choices that make a tally."""

    code_set: str
    """Short name, or with its book."""
    grain: Grain
    by: tuple[str, ...] = ()
    words: str = ""
    """Only of the transcripts that have these words, as the home screen filters them."""


@dataclass(frozen=True, slots=True)
class TallyCell:
    """One number of a tally."""

    kind: Kind
    key: str = ""
    """Of the result or of the kind of blank."""
    group: tuple[str, ...] | None = None
    """What the rows have for the grouping attributes; None for all rows."""


@dataclass(frozen=True, slots=True)
class CountedExcerpt:
    """One unit behind a number; of a person who was asked nothing only who that is."""

    ref: str
    transcript: str
    """Empty for a record."""
    question: str
    who: str
    """Pseudonym, role and year."""
    person: PersonYear
    answers: tuple[Answer, ...]
    """As far as this viewer may see them."""
    final: Final
    words: str
    """What was said, in full."""


@dataclass(frozen=True, slots=True)
class BehindNumber:
    """The excerpts behind a number."""

    rows: tuple[CountedExcerpt, ...]
    """In text order, those of a person together where people are counted; the first of many."""
    total: int
    """All excerpts."""
    n: int
    """What the number says: excerpts, or person-years."""


def reader_of(study: Study, viewer: Viewer, words: str = "") -> Reader:
    """A reader of the transcripts that have some words; of everything where there are none."""
    if not words.strip():
        return Reader(study, viewer)
    rows = list_transcripts(study, viewer, with_progress=False)
    return Reader(study, viewer, frozenset(row.name for row in rows if matches(row, words)))


def count(reader: Reader, what: Counting) -> Tally:
    """The tally of some choices.

    Args:
        reader: Of the words that are chosen.
        what: The choices.

    Raises:
        UsageError: An unknown set or attribute, or a set that has no value per person.
    """
    study, viewer, name = reader.study, reader.viewer, what.code_set
    if what.grain == "code":
        return tally_codes(study, viewer, name, by=what.by, reader=reader)
    people = what.grain == "rollup"
    return tally(study, viewer, name, by=what.by, people=people, reader=reader)


def open_round(study: Study, viewer: Viewer) -> str:
    """Name of an open round that hides answers from this viewer, or empty."""
    return blind_round(study.store.db, viewer)


def excerpts_counted(
    study: Study,
    viewer: Viewer,
    what: Counting,
    cell: TallyCell,
    *,
    limit: int = MOST,
) -> BehindNumber:
    """The units that a number of a tally counts, as many as it says.

    Where people are counted, the units on which their values rest; somebody who was asked
    nothing is listed without one.

    Args:
        study: The study.
        viewer: Who is looking; what an open round hides from them is not there.
        what: Which tally.
        cell: Which number of it.
        limit: How many to read at most; the totals count all.

    Raises:
        UsageError: An unknown set or attribute.
    """
    reader = reader_of(study, viewer, what.words)
    book, code_set = find_set(study, what.code_set)
    reader.check(what.by, people=what.grain == "rollup")
    if what.grain == "rollup":
        found, people = _of_people(reader, book, code_set, what, cell)
        words = _words(study, [unit for _, unit, _ in found if unit is not None][:limit])
        rows = tuple(
            _row(reader, person, unit, final, words) for person, unit, final in found[:limit]
        )
        return BehindNumber(rows, sum(unit is not None for _, unit, _ in found), people)
    results = UnitResults(code_set, what.grain)
    kept = [
        (unit, final)
        for unit, final in _units(reader, book, code_set)
        if _is_in_group(reader, what, cell, _person(unit), unit.transcript, _record(unit))
        and _is_counted(cell, *results.of(final))
    ]
    words = _words(study, [unit for unit, _ in kept[:limit]])
    listed = tuple(_row(reader, _person(u), u, final, words) for u, final in kept[:limit])
    return BehindNumber(listed, len(kept), len(kept))


def cell_named(tally: Tally, name: str) -> TallyCell:
    """The number over all rows that a word means: a result by key or label, a blank, or a total.

    Raises:
        UsageError: The tally has none.
    """
    if name in tally.labels:
        return TallyCell("result", name)
    wanted = name.casefold()
    for key, label in tally.labels.items():
        if wanted in (label.casefold(), key.casefold()):
            return TallyCell("result", key)
    for key, label in tally.blank_labels.items():
        if wanted in (label.casefold(), key):
            return TallyCell("blank", key)
    totals: dict[str, Kind] = {"asked": "asked", "codable": "codable", "all": "all"}
    if wanted in totals:
        return TallyCell(totals[wanted])
    known = [*tally.labels, *STANDING_LABELS, *totals]
    raise UsageError(f"{tally.code_set.id} counts nothing as {name}", did_you_mean(name, known))


def behind_table(found: BehindNumber, name: str) -> Table:
    """One line per excerpt behind a number."""
    rows = tuple(
        (
            row.ref,
            row.question,
            row.who,
            ", ".join(sorted(row.final.codes)) or row.final.status.replace("_", " "),
            row.final.source,
            row.words,
        )
        for row in found.rows
    )
    left_out = found.total - sum(bool(row.ref) for row in found.rows)
    return Table(
        name="behind",
        title=f"Behind {name}: {found.n}",
        columns=(
            Column("unit", "Excerpt"),
            Column("question", "Question"),
            Column("who", "Who"),
            Column("final", "Counts as"),
            Column("source", "Source"),
            Column("words", "Words", width=60),
        ),
        rows=rows,
        notes=(f"{left_out} more are not listed.",) if left_out else (),
    )


_Found = tuple[PersonYear, UnitAnswers | None, Final]
NOBODY_ASKED = Final("not_applicable", frozenset(), "unfinished")


def _of_people(
    reader: Reader, book: Codebook, code_set: CodeSet, what: Counting, cell: TallyCell
) -> tuple[list[_Found], int]:
    """The units of the people behind a number, person by person, and how many people."""
    values, _ = rolled_up(reader, book, code_set)
    people = {
        person: value
        for person, value in values.items()
        if _is_in_group(reader, what, cell, person, "", "")
        and _is_counted(cell, result_keys(code_set, value), _blank(value))
    }
    units: dict[PersonYear, list[_Found]] = {person: [] for person in people}
    for unit, final in _units(reader, book, code_set):
        person = _person(unit)
        if person in people and final.status in _rests_on(people[person]):
            units[person].append((person, unit, final))
    found: list[_Found] = []
    for person, own in units.items():
        found += own or [(person, None, NOBODY_ASKED)]
    return found, len(people)


def _blank(value: Rolled) -> str:
    return "" if value.standing == "value" else value.standing


def _rests_on(value: Rolled) -> tuple[str, ...]:
    """Standing of the units that say why a person counts as what they do."""
    if value.standing == "incomplete":
        return ("unfinished",)
    if value.standing == "unresolved":
        return ("unresolved",)
    return ("not_applicable",) if value.standing == "no_data" else ("coded", "nothing")


def _units(
    reader: Reader, book: Codebook, code_set: CodeSet
) -> Iterator[tuple[UnitAnswers, Final]]:
    """The units that a tally of the set counts, one by one, with their final answers."""
    db = reader.study.store.db
    units = read_models.unit_answers(db, reader.viewer, set_uid(book.id, code_set.id))
    asks = {
        question: is_eligible(book, code_set, question)
        for question in {unit.question for unit in units}
    }
    current: Callable[[Answer], Answer] = resolver(book)
    for unit in units:
        if reader.only is not None and unit.transcript not in reader.only:
            continue
        if asks[unit.question] or has_codes(unit):
            yield unit, final_of(unit, current)


def _person(unit: UnitAnswers) -> PersonYear:
    return (unit.participant, unit.year)


def _record(unit: UnitAnswers) -> str:
    return "" if unit.transcript else unit.ref


def _is_in_group(
    reader: Reader,
    what: Counting,
    cell: TallyCell,
    person: PersonYear,
    transcript: str,
    record: str,
) -> bool:
    if cell.group is None:
        return True
    return cell.group == tuple(reader.value(person, transcript, by, record) for by in what.by)


def _is_counted(cell: TallyCell, results: Collection[str], blank: str) -> bool:
    if cell.kind == "result":
        return cell.key in results
    if cell.kind == "blank":
        return cell.key == blank
    if cell.kind == "asked":
        return blank not in OUTSIDE_ASKED
    if cell.kind == "codable":
        return blank not in OUTSIDE_ASKED and blank != "not_codable"
    return True


def _words(study: Study, units: Collection[UnitAnswers]) -> dict[str, str]:
    return read_models.quoted_texts(study.store.db, [unit.ref for unit in units])


def _row(
    reader: Reader,
    person: PersonYear,
    unit: UnitAnswers | None,
    final: Final,
    words: dict[str, str],
) -> CountedExcerpt:
    known = reader.people.get(person)
    record = _record(unit) if unit is not None else ""
    role = reader.value(person, "", "role", record)
    named = (known.pseudonym if known else person[0], role, person[1])
    return CountedExcerpt(
        ref=unit.ref if unit is not None else "",
        transcript=unit.transcript if unit is not None else "",
        question=unit.question if unit is not None else "",
        who=", ".join(part for part in named if part),
        person=person,
        answers=unit.answers if unit is not None else (),
        final=final,
        words=words.get(unit.ref, "") if unit is not None else "",
    )
