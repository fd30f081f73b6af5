"""Shares of excerpts and of people: final codes into tallies, roll-ups and cross-tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.errors import UsageError
from coder.model import Codebook, CodeSet, Viewer, unit_valence
from coder.ops.finals import Final, final_answer, is_eligible, resolved
from coder.ops.study import Study, did_you_mean, find_set
from coder.store import read_models, transcripts
from coder.store.codebooks import set_uid

if TYPE_CHECKING:
    from coder.stats import Share
    from coder.stats.rollups import Rolled

SMALL_CELL = 5
"""Cells resting on fewer people than this are flagged: they could point to a person."""

PersonYear = tuple[str, str]
"""Participant id and school year."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One result in one group."""

    key: str
    label: str
    n: int
    of_asked: Share
    of_codable: Share


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a tally: everybody (or every excerpt) with the same attributes."""

    values: tuple[str, ...]
    """One per grouping attribute; empty for the row of all."""
    n: int
    """Everybody in the row."""
    asked: int
    """n less no data, incomplete and unresolved."""
    codable: int
    """Asked less not codable."""
    cells: tuple[Cell, ...]
    blanks: Mapping[str, int]
    """Rows without a value, by kind of blank."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One code set, counted by people or by excerpts."""

    code_set: CodeSet
    row: str
    """What is counted: ``person-year`` or ``excerpt``."""
    grain: str
    """``rollup``, ``valence`` or ``code``."""
    by: tuple[str, ...]
    labels: Mapping[str, str]
    blank_labels: Mapping[str, str]
    groups: tuple[Group, ...]
    """Groups in order; the last one is all."""
    sources: Mapping[str, int]
    """Units by where their final codes come from: settled, agreed, single, unresolved."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cross:
    """Two code sets' roll-ups against each other, person-year by person-year."""

    rows_of: CodeSet
    columns_of: CodeSet
    row_labels: Mapping[str, str]
    column_labels: Mapping[str, str]
    counts: Mapping[tuple[str, str], int]
    n: int


BLANKS = ("nothing", "not_codable", "no_data", "incomplete", "unresolved")
OUTSIDE_ASKED = frozenset({"no_data", "incomplete", "unresolved"})

NOTE_WORDS = (
    "“Productive” and “unproductive” describe an explanation or an adjustment, never a person."
)
NOTE_DENOMINATORS = (
    "n counts everyone in the row. Asked is n less no data, incomplete and unresolved; codable is"
    " asked less not codable."
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One countable thing (or several alike) with its result and where it belongs."""

    person: PersonYear
    transcript: str
    results: tuple[str, ...]
    """Result keys; several where a unit or person can have more than one code."""
    blank: str
    n: int


class _Reader:
    """The unit table of a study, read once, with what people's attributes say."""

    def __init__(self, study: Study, viewer: Viewer) -> None:
        self.study = study
        self.viewer = viewer
        people = transcripts.read_people(study.store.db)
        self.people = {(p.id, p.year): p for p in people}
        self.waves = {row.name: row.wave for row in transcripts.list_transcripts(study.store.db)}

    def finals(
        self, book: Codebook, code_set: CodeSet
    ) -> Iterable[tuple[read_models.Profile, Final, bool]]:
        """Each profile with its final answer and whether its question feeds the set."""
        uid = set_uid(book.id, code_set.id)
        for profile in read_models.profiles(self.study.store.db, self.viewer, uid):
            final = final_answer(profile.answers, profile.settled)
            final = Final(final.status, resolved(book, final.codes), final.source)
            yield profile, final, is_eligible(book, code_set, profile.question)

    def value(self, person: PersonYear, transcript: str, by: str) -> str:
        """What a person-year (and, for excerpts, its transcript) has for a grouping attribute."""
        if by == "year":
            return person[1]
        if by == "participant":
            return person[0]
        if by == "transcript":
            return transcript
        if by == "wave":
            return self.waves.get(transcript, "")
        found = self.people.get(person)
        return found.attributes.get(by, "") if found else ""

    def check(self, by: Sequence[str], *, people: bool) -> None:
        """Refuse grouping attributes that nobody has."""
        known = {name for p in self.people.values() for name in p.attributes}
        known |= {"year", "participant"} | (set() if people else {"transcript", "wave"})
        for name in by:
            if name not in known:
                raise UsageError(f"nobody has the attribute {name}", did_you_mean(name, known))

    def cluster_of(self, persons: Iterable[PersonYear], *, people: bool) -> str:
        """The highest thing that several rows share: school, then person, then transcript."""
        found = list(persons)
        schools = [self.value(person, "", "school") for person in found]
        if all(schools) and (not people or len(set(schools)) < len(schools)):
            return "school"
        ids = [person[0] for person in found]
        if all(ids) and (not people or len(set(ids)) < len(ids)):
            return "participant"
        return "participant" if people else "transcript"


def tally(
    study: Study, viewer: Viewer, code_set: str, *, by: Sequence[str] = (), people: bool = True
) -> Tally:
    """Count one code set by person-year (roll-up) or by excerpt (valence, else code).

    Args:
        study: The study.
        viewer: Who is looking.
        code_set: Its name.
        by: Attributes that make the rows, such as ``role`` or ``district`` and ``year``.
        people: Count person-years by the set's roll-up; else excerpts.

    Raises:
        UsageError: An unknown set or attribute.
    """
    reader = _Reader(study, viewer)
    reader.check(by, people=people)
    book, found = find_set(study, code_set)
    if people:
        return _of_people(reader, book, found, tuple(by))
    has_valence = any(code.valence != "none" for code in found.codes)
    return _of_excerpts(reader, book, found, tuple(by), "valence" if has_valence else "code")


def tally_codes(study: Study, viewer: Viewer, code_set: str, *, by: Sequence[str] = ()) -> Tally:
    """Count excerpts per code of one set."""
    reader = _Reader(study, viewer)
    reader.check(by, people=False)
    book, found = find_set(study, code_set)
    return _of_excerpts(reader, book, found, tuple(by), "code")


def rolled_up(
    study: Study, viewer: Viewer, code_set: str
) -> tuple[CodeSet, dict[PersonYear, Rolled]]:
    """Every person-year of the study with its value for one code set."""
    book, found = find_set(study, code_set)
    values, _ = _rolled(_Reader(study, viewer), book, found)
    return found, values


def cross(study: Study, viewer: Viewer, rows: str, columns: str) -> Cross:
    """Cross two code sets' roll-ups, person-year by person-year, blanks included."""
    reader = _Reader(study, viewer)
    book_a, set_a = find_set(study, rows)
    book_b, set_b = find_set(study, columns)
    for code_set in (set_a, set_b):
        _refuse_many_valued(code_set)
    values_a, _ = _rolled(reader, book_a, set_a)
    values_b, _ = _rolled(reader, book_b, set_b)
    counts: Counter[tuple[str, str]] = Counter()
    for person, value in values_a.items():
        counts[_result(value)[0], _result(values_b[person])[0]] += 1
    return Cross(
        rows_of=set_a,
        columns_of=set_b,
        row_labels=_all_labels(set_a, {a for a, _ in counts}),
        column_labels=_all_labels(set_b, {b for _, b in counts}),
        counts=dict(counts),
        n=sum(counts.values()),
    )


def _refuse_many_valued(code_set: CodeSet) -> None:
    if code_set.rollup.rule in ("any", "count", "mean"):
        raise UsageError(
            f"{code_set.id} has no single value per person (its roll-up is {code_set.rollup.rule})",
            "cross takes sets that roll up to one value",
        )


def _all_labels(code_set: CodeSet, used: set[str]) -> dict[str, str]:
    from coder.stats.rollups import STANDING_LABELS, result_labels, standing_label

    labels = result_labels(code_set)
    for standing in STANDING_LABELS:
        # What everybody looks for stands there even at nought; the rarer blanks where they occur.
        if standing in used or standing in ("not_codable", "no_data"):
            labels[standing] = standing_label(code_set, standing)
    return labels


def _result(value: Rolled) -> tuple[str, ...]:
    return value.values if value.standing == "value" else (value.standing,)


def _rolled(
    reader: _Reader, book: Codebook, code_set: CodeSet
) -> tuple[dict[PersonYear, Rolled], Counter[str]]:
    from coder.stats.rollups import FinalUnits, roll_up

    units: defaultdict[PersonYear, list[FinalUnits]] = defaultdict(list)
    eligible: Counter[PersonYear] = Counter()
    sources: Counter[str] = Counter()
    for profile, final, is_fed in reader.finals(book, code_set):
        person = (profile.participant, profile.year)
        if not profile.participant:
            continue
        if is_fed:
            eligible[person] += profile.units
        elif not final.codes and final.status != "unresolved":
            # Not asked, and nothing said unasked either.
            continue
        units[person].append(FinalUnits(final.status, final.codes, profile.units))
        if final.status not in ("unfinished", "not_applicable"):
            sources[final.source] += profile.units
    persons = sorted({*reader.people, *units})
    return {p: roll_up(code_set, units[p], eligible[p]) for p in persons}, sources


def _of_people(reader: _Reader, book: Codebook, code_set: CodeSet, by: tuple[str, ...]) -> Tally:
    from coder.stats.rollups import result_labels

    values, sources = _rolled(reader, book, code_set)
    rows = [
        _Row(person, "", v.values, "" if v.standing == "value" else v.standing, 1)
        for person, v in values.items()
    ]
    labels = result_labels(code_set)
    if not labels:
        raise UsageError(
            f"{code_set.id} rolls up to a mean, which has no shares", "coder rollup shows it"
        )
    return _tally(reader, code_set, rows, labels, sources, row="person-year", grain="rollup", by=by)


def _of_excerpts(
    reader: _Reader, book: Codebook, code_set: CodeSet, by: tuple[str, ...], grain: str
) -> Tally:
    known = {code.id: code for code in code_set.codes}
    sources: Counter[str] = Counter()
    rows = []
    for profile, final, is_fed in reader.finals(book, code_set):
        if not is_fed and not final.codes and final.status != "unresolved":
            continue
        if final.status not in ("unfinished", "not_applicable"):
            sources[final.source] += profile.units
        results: tuple[str, ...] = ()
        blank = {"unfinished": "incomplete", "not_applicable": "no_data"}.get(
            final.status, final.status
        )
        if final.codes:
            codable = any(known[code].codable for code in final.codes if code in known)
            blank = "" if codable else "not_codable"
            if grain == "code":
                results = tuple(code for code in known if code in final.codes)
            elif codable:
                valence = unit_valence(
                    tuple(known[code].valence for code in final.codes if code in known)
                )
                results = ("neither" if valence == "none" else valence,)
        person = (profile.participant, profile.year)
        rows.append(_Row(person, profile.transcript, results, blank, profile.units))
    labels = (
        {code.id: code.name for code in code_set.codes}
        if grain == "code"
        else {
            "productive": "productive",
            "mixed": "mixed",
            "unproductive": "unproductive",
            "neither": "neither",
        }
    )
    return _tally(reader, code_set, rows, labels, sources, row="excerpt", grain=grain, by=by)


def _tally(
    reader: _Reader,
    code_set: CodeSet,
    rows: Sequence[_Row],
    labels: Mapping[str, str],
    sources: Counter[str],
    *,
    row: str,
    grain: str,
    by: tuple[str, ...],
) -> Tally:
    from coder.stats.rollups import STANDING_LABELS, standing_label

    groups: defaultdict[tuple[str, ...], list[_Row]] = defaultdict(list)
    for one in rows:
        groups[tuple(reader.value(one.person, one.transcript, name) for name in by)].append(one)
    people = row == "person-year"
    cluster = reader.cluster_of((one.person for one in rows), people=people)
    made = [
        _group(reader, values, members, labels, row, cluster)
        for values, members in sorted(groups.items())
        if by
    ]
    made.append(_group(reader, (), rows, labels, row, cluster))
    notes = [NOTE_DENOMINATORS]
    if any(code.valence != "none" for code in code_set.codes):
        notes.insert(0, NOTE_WORDS)
    if any(0 < group.n < SMALL_CELL for group in made):
        notes.append(
            f"Rows of fewer than {SMALL_CELL} could point to a person: do not publish them."
        )
    if sources["unresolved"]:
        notes.append(
            f"{sources['unresolved']} excerpts are coded differently by two coders and not settled;"
            " coder disagreements lists them."
        )
    return Tally(
        code_set=code_set,
        row=row,
        grain=grain,
        by=by,
        labels=labels,
        blank_labels={s: standing_label(code_set, s) for s in STANDING_LABELS},
        groups=tuple(made),
        sources=dict(sources),
        notes=tuple(notes),
    )


def _group(
    reader: _Reader,
    values: tuple[str, ...],
    rows: Sequence[_Row],
    labels: Mapping[str, str],
    row: str,
    cluster: str,
) -> Group:
    from coder.stats import share

    blanks: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    codable: Counter[str] = Counter()
    hits: defaultdict[str, Counter[str]] = defaultdict(Counter)
    n = 0
    for number, one in enumerate(rows):
        n += one.n
        if one.blank:
            blanks[one.blank] += one.n
        where = _cluster_value(reader, one, cluster) or f"row {number}"
        if one.blank in OUTSIDE_ASKED:
            continue
        asked[where] += one.n
        if one.blank != "not_codable":
            codable[where] += one.n
        for result in one.results:
            hits[result][where] += one.n
    noun = {"participant": "person"}.get(cluster, cluster)
    cells = []
    for key, label in labels.items():
        shares = [
            share(
                [min(hits[key][c], total[c]) for c in total],
                [total[c] for c in total],
                list(total),
                row=row,
                cluster=noun,
            )
            for total in (asked, codable)
        ]
        cells.append(Cell(key, label, hits[key].total(), *shares))
    return Group(
        values=values,
        n=n,
        asked=asked.total(),
        codable=codable.total(),
        cells=tuple(cells),
        blanks=dict(blanks),
    )


def _cluster_value(reader: _Reader, one: _Row, cluster: str) -> str:
    if cluster == "transcript":
        return one.transcript
    return reader.value(one.person, one.transcript, cluster)
