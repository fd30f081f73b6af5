"""The wide reads of a study: the unit table in its two grains, and its profiles.

A *profile* is the unit table grouped for statistics: one row per transcript, person-year and
pattern of answers, with how many units show it. The database does the group-by; every agreement
table, tally and roll-up is a function of profiles, whose number does not grow with the number of
units once all patterns have been seen.

Every read takes the viewer and leaves out what is hidden from them while a round is open (see
``blind``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from coder.model import Status, Viewer
from coder.store.blind import is_blind as is_blind
from coder.store.blind import visible
from coder.store.records import has_records


@dataclass(frozen=True, slots=True)
class Answer:
    """What one coder said of a unit and code set, in one pass."""

    coder: str
    status: Status
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """So many units of one person in one transcript with the same answers."""

    transcript: str
    participant: str
    """Empty where the speaker is no participant."""
    year: str
    question: str
    answers: tuple[Answer, ...]
    """By alias; a coder who has not finished is not there."""
    settled: Answer | None
    units: int
    record: str = ""
    """Reference, where this is a record: each has attributes of its own."""

    @property
    def cluster(self) -> str:
        """What the units are nested in: the transcript; of records the person, else nothing."""
        return self.transcript or self.participant or self.record


def profiles(
    db: sqlite3.Connection, viewer: Viewer, code_set: str, *, pass_: int = 0
) -> list[Profile]:
    """The unit table of one code set, grouped by transcript, person-year, question and answers.

    Args:
        db: The study.
        viewer: Who is looking.
        code_set: Uid of the set.
        pass_: Which pass; 0 is ordinary coding.

    Returns:
        Profiles over every live unit (in a round: over its units), also those nobody has
        finished, in a fixed order.
    """
    # Excerpts pay nothing for records: a study without any groups by nothing more.
    record = "CASE u.kind WHEN 'record' THEN u.ref ELSE '' END" if has_records(db) else ""
    rows = db.execute(
        f"""
        WITH {_patterns(db, viewer)}
        SELECT coalesce(t.name, ''), coalesce(p.uid, ''), u.year, u.question, {record or "''"},
            patterns.said, settled.said, count(*)
        FROM {_LIVE_UNITS} {_OF_ROUND if pass_ else ""}
        GROUP BY u.transcript, u.participant, u.year, u.question, patterns.said, settled.said
            {", " + record if record else ""}
        """,
        {"set": code_set, "pass": pass_, "viewer": viewer.alias},
    )
    reading = _Reading(db)
    counted: dict[tuple[str, str, str, str, str, int], int] = {}
    for *where, said, settled, units in rows:
        # group_concat promises no order, so equal answers may come in two spellings.
        key = (*where, reading.number(said, settled))
        counted[key] = counted.get(key, 0) + units
    ordered = sorted(counted, key=lambda key: (key[:5], reading.order[key[5]]))
    return [Profile(*key[:4], *reading.pairs[key[5]], counted[key], key[4]) for key in ordered]


_LIVE_UNITS = (
    "unit u LEFT JOIN transcript t ON t.id = u.transcript"
    " LEFT JOIN participant p ON p.id = u.participant"
    " LEFT JOIN patterns ON patterns.unit = u.id LEFT JOIN settled ON settled.unit = u.id"
    " WHERE u.is_live AND (t.id IS NULL OR t.is_live)"
)
_TEXT_ORDER = "t.name, u.start, iif(u.revision IS NULL, u.ref, u.stop), u.ref"
"""Excerpts as they stand in their texts, before them records by reference."""
_OF_ROUND = " AND u.id IN (SELECT unit FROM round_unit WHERE round = :pass)"


def _patterns(db: sqlite3.Connection, viewer: Viewer, only: str = "") -> str:
    """Two tables, ``patterns`` and ``settled``: what was said of each unit, as one word.

    Args:
        db: The study.
        viewer: Who is looking.
        only: A condition on ``unit``, where not all units are wanted.
    """
    return f"""
        one AS (SELECT id FROM code_set WHERE uid = :set),
        answers AS (
            SELECT d.unit, d.coder || '/' || d.status || '/' || coalesce(
                (SELECT group_concat(g.code, ' ') FROM coding g
                 WHERE g.unit = d.unit AND g.code_set = d.code_set AND g.coder = d.coder
                 AND g.pass = d.pass), '') AS said
            FROM decision d WHERE d.code_set = (SELECT id FROM one) AND d.pass = :pass
            {only} AND {visible(db, viewer, "d")}
        ),
        patterns AS (SELECT unit, group_concat(said, '|') AS said FROM answers GROUP BY unit),
        settled AS (
            SELECT x.unit, x.coder || '/' || x.status || '/' || coalesce(
                (SELECT group_concat(c.code, ' ') FROM settlement_code c
                 WHERE c.settlement = x.id), '') AS said
            FROM settlement x WHERE x.code_set = (SELECT id FROM one)
            {only} AND {visible(db, viewer, "x")}
        )"""


_Order = tuple[list[tuple[str, str, list[str]]], list[tuple[str, str, list[str]]]]


class _Reading:
    """Reads the words of ``patterns``, each only once however many units they were said of."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._coders = dict(db.execute("SELECT id, alias FROM coder").fetchall())
        self._codes = dict(db.execute("SELECT id, name FROM code").fetchall())
        self._answers: dict[str | None, tuple[Answer, ...]] = {None: ()}
        self._numbers: dict[tuple[str | None, str | None], int] = {}
        self._known: dict[tuple[tuple[Answer, ...], Answer | None], int] = {}
        self.pairs: list[tuple[tuple[Answer, ...], Answer | None]] = []
        """Answers by alias and the settlement, by number."""
        self.order: list[_Order] = []
        """By number, what profiles are sorted by."""

    def answers(self, said: str | None) -> tuple[Answer, ...]:
        """What everybody said of a unit, by alias."""
        found = self._answers.get(said)
        if found is None:
            assert said is not None
            parts = [self._answer(part) for part in said.split("|")]
            found = self._answers[said] = tuple(sorted(parts, key=lambda a: a.coder))
        return found

    def number(self, said: str | None, settled: str | None) -> int:
        """A number for what was said and settled, the same for all spellings of it."""
        found = self._numbers.get((said, settled))
        if found is None:
            pair = (self.answers(said), next(iter(self.answers(settled)), None))
            found = self._known.setdefault(pair, len(self.pairs))
            if found == len(self.pairs):
                self.pairs.append(pair)
                self.order.append((_plain(pair[0]), _plain(pair[1:] if pair[1] else ())))
            self._numbers[said, settled] = found
        return found

    def _answer(self, part: str) -> Answer:
        coder, status, codes = part.split("/")
        names = frozenset(self._codes[int(code)] for code in codes.split())
        return Answer(self._coders[int(coder)], cast(Status, status), names)


def _plain(answers: Iterable[Answer | None]) -> list[tuple[str, str, list[str]]]:
    return [(a.coder, a.status, sorted(a.codes)) for a in answers if a is not None]


@dataclass(frozen=True, slots=True)
class UnitAnswers:
    """One live unit with everybody's answers to one code set: a profile that is not grouped."""

    ref: str
    transcript: str
    participant: str
    year: str
    question: str
    start: int
    stop: int
    answers: tuple[Answer, ...]
    settled: Answer | None


def unit_answers(
    db: sqlite3.Connection,
    viewer: Viewer,
    code_set: str,
    *,
    pass_: int = 0,
    ref: str = "",
    transcript: str = "",
) -> list[UnitAnswers]:
    """Every live unit with the visible answers to one code set, in text order.

    Args:
        db: The study.
        viewer: Who is looking.
        code_set: Uid of the set.
        pass_: Which pass; 0 is ordinary coding.
        ref: Only the unit with this reference; a large study takes seconds for all.
        transcript: Only the units of this one.
    """
    only, here = "", ""
    if ref:
        only, here = " AND unit = (SELECT id FROM unit WHERE ref = :ref)", " AND u.ref = :ref"
    elif transcript:
        only = (
            " AND unit IN (SELECT w.id FROM unit w JOIN transcript n ON n.id = w.transcript"
            " WHERE n.name = :name)"
        )
        here = " AND t.name = :name"
    rows = db.execute(
        f"""
        WITH {_patterns(db, viewer, only)}
        SELECT u.ref, coalesce(t.name, '') AS transcript, coalesce(p.uid, '') AS participant,
            u.year, u.question, u.start, u.stop, patterns.said AS said, settled.said AS settled
        FROM {_LIVE_UNITS}{here}
        ORDER BY {_TEXT_ORDER}
        """,
        {
            "set": code_set,
            "pass": pass_,
            "viewer": viewer.alias,
            "ref": ref,
            "name": transcript,
        },
    )
    reading = _Reading(db)
    return [
        UnitAnswers(
            **{k: row[k] for k in ("ref", "transcript", "participant", "year", "question")},
            start=row["start"],
            stop=row["stop"],
            answers=reading.answers(row["said"]),
            settled=next(iter(reading.answers(row["settled"])), None),
        )
        for row in rows
    ]


UNIT_COLUMNS = (
    "unit", "kind", "transcript", "wave", "date", "year", "participant", "question", "plan",
    "start", "stop", "code_set", "coder", "pass", "round", "status", "level", "codes",
    "valences", "version", "at", "source", "external_id",
)  # fmt: skip


def unit_table(db: sqlite3.Connection, viewer: Viewer) -> Iterator[tuple[Any, ...]]:
    """The unit table in its first grain: a row per unit, coder, code set and pass.

    Yields:
        Values in the order of ``UNIT_COLUMNS``; ``codes`` and ``valences`` are the codes applied
        and their valences, separated by ``;``, in the order of the codebook.
    """
    rows = db.execute(
        f"""
        SELECT u.ref, u.kind, coalesce(t.name, ''), coalesce(t.wave, ''), coalesce(t.date, ''),
            u.year, coalesce(p.uid, ''), u.question, u.plan, u.start, u.stop,
            s.book || ':' || s.name, c.alias, d.pass, coalesce(r.name, ''), d.status,
            (SELECT max(x.level) FROM coding g JOIN version_code x
             ON x.version = g.version AND x.code = g.code WHERE g.unit = d.unit
             AND g.code_set = d.code_set AND g.coder = d.coder AND g.pass = d.pass),
            {_listed("k.name")}, {_listed("x.valence")}, v.label, d.at,
            coalesce(u.source, ''), coalesce(u.external_id, '')
        FROM decision d JOIN unit u ON u.id = d.unit
        LEFT JOIN transcript t ON t.id = u.transcript
        LEFT JOIN participant p ON p.id = u.participant
        JOIN code_set s ON s.id = d.code_set JOIN coder c ON c.id = d.coder
        JOIN codebook_version v ON v.id = d.version LEFT JOIN round r ON r.id = d.pass
        WHERE u.is_live AND (t.id IS NULL OR t.is_live) AND {visible(db, viewer, "d")}
        ORDER BY {_TEXT_ORDER}, s.book, s.id, c.alias, d.pass
        """,
        {"viewer": viewer.alias},
    )
    return (tuple(row) for row in rows)


def _listed(column: str) -> str:
    return (
        f"coalesce((SELECT group_concat(value, ';') FROM (SELECT {column} AS value FROM coding g"
        " JOIN code k ON k.id = g.code JOIN version_code x ON x.version = g.version"
        " AND x.code = g.code WHERE g.unit = d.unit AND g.code_set = d.code_set"
        " AND g.coder = d.coder AND g.pass = d.pass ORDER BY x.position)), '')"
    )


UNIT_CODE_COLUMNS = (
    "unit", "transcript", "participant", "year", "code_set", "code", "code_name", "valence",
    "codable", "level", "coder", "pass", "round", "origin", "version", "at", "memo",
)  # fmt: skip


def unit_code_table(db: sqlite3.Connection, viewer: Viewer) -> Iterator[tuple[Any, ...]]:
    """The unit table in its second grain: a row per coding.

    Yields:
        Values in the order of ``UNIT_CODE_COLUMNS``.
    """
    rows = db.execute(
        f"""
        SELECT u.ref, coalesce(t.name, ''), coalesce(p.uid, ''), u.year, s.book || ':' || s.name,
            k.name, x.title, x.valence, x.codable, x.level, c.alias, g.pass,
            coalesce(r.name, ''), g.origin, v.label, g.at,
            coalesce((SELECT m.body FROM memo m WHERE m.target_kind = 'coding'
                AND m.target = g.uid AND m.coder = g.coder), '')
        FROM coding g JOIN unit u ON u.id = g.unit
        LEFT JOIN transcript t ON t.id = u.transcript
        LEFT JOIN participant p ON p.id = u.participant
        JOIN code_set s ON s.id = g.code_set JOIN code k ON k.id = g.code
        JOIN coder c ON c.id = g.coder JOIN codebook_version v ON v.id = g.version
        JOIN version_code x ON x.version = g.version AND x.code = g.code
        LEFT JOIN round r ON r.id = g.pass
        WHERE u.is_live AND (t.id IS NULL OR t.is_live) AND {visible(db, viewer, "g")}
        ORDER BY {_TEXT_ORDER}, s.book, s.id, c.alias, g.pass, x.position
        """,
        {"viewer": viewer.alias},
    )
    return (tuple(row) for row in rows)


def units_with(
    db: sqlite3.Connection, viewer: Viewer, code_set: str, code: str, limit: int
) -> list[str]:
    """References of the first live units on which anybody has put a code (uids), in text order."""
    rows = db.execute(
        "SELECT u.ref FROM unit u LEFT JOIN transcript t ON t.id = u.transcript"
        " WHERE u.is_live AND (t.id IS NULL OR t.is_live) AND u.id IN (SELECT g.unit FROM coding g"
        "  WHERE g.code_set = (SELECT id FROM code_set WHERE uid = :set)"
        "  AND g.code = (SELECT id FROM code WHERE uid = :code)"
        f"  AND {visible(db, viewer, 'g')})"
        f" ORDER BY {_TEXT_ORDER} LIMIT :limit",
        {"set": code_set, "code": code, "viewer": viewer.alias, "limit": limit},
    )
    return [row[0] for row in rows]


def quoted_texts(db: sqlite3.Connection, refs: Sequence[str]) -> dict[str, str]:
    """The words of some excerpts' speakers, by reference: what is quoted and coded."""
    out: dict[str, str] = {}
    for ref in refs:
        row = db.execute(
            "SELECT start, stop, speaker, revision, text FROM unit WHERE ref = ?", (ref,)
        ).fetchone()
        if row is None:
            continue
        if row["revision"] is None:
            out[ref] = row["text"] or ""
            continue
        # SQLite cuts the words out: handing over a whole interview for each excerpt of it
        # takes ten times as long.
        words = db.execute(
            "SELECT substr((SELECT text FROM revision WHERE id = :revision),"
            "  max(n.words_start, :start) + 1,"
            "  min(n.words_stop, :stop) - max(n.words_start, :start)) FROM turn n"
            " LEFT JOIN speaker s ON s.revision = n.revision AND s.tag = n.speaker"
            " WHERE n.revision = :revision AND n.words_start < :stop AND n.words_stop > :start"
            " AND NOT coalesce(s.is_interviewer, 0) AND :speaker IN ('', n.speaker)"
            " ORDER BY n.number",
            {k: row[k] for k in ("start", "stop", "speaker", "revision")},
        )
        out[ref] = "\n".join(words_of_turn for (words_of_turn,) in words)
    return out
