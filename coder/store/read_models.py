"""The wide reads of a study: the unit table in its two grains, and its profiles.

A *profile* is the unit table grouped for statistics: one row per transcript, person-year and
pattern of answers, with how many units show it. The database does the group-by; every agreement
table, tally and roll-up is a function of profiles, whose number does not grow with the number of
units once all patterns have been seen.

Blindness is applied here, once: every read takes the viewer, and while a round is open no row of
another of its coders on its units leaves this room.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from coder.model import Status, Viewer

# Hidden is what another coder did on a unit of an open round: from a coder of that round, and
# from a reader who did not say who they are.
_VISIBLE = (
    " NOT EXISTS (SELECT 1 FROM round_unit ru JOIN round o ON o.id = ru.round"
    "  WHERE ru.unit = {row}.unit AND o.closed_at IS NULL"
    "  AND {row}.coder IS NOT (SELECT id FROM coder WHERE alias = :viewer)"
    "  AND (:viewer = '' OR EXISTS (SELECT 1 FROM round_coder rc JOIN coder me"
    "   ON me.id = rc.coder WHERE rc.round = o.id AND me.alias = :viewer)))"
)


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
        Profiles over every live unit, also those nobody has finished, in a fixed order.
    """
    rows = db.execute(
        f"""
        WITH one AS (SELECT id FROM code_set WHERE uid = :set),
        answers AS (
            SELECT d.unit, d.coder, d.status,
                (SELECT group_concat(g.code, ' ') FROM coding g
                 WHERE g.unit = d.unit AND g.code_set = d.code_set AND g.coder = d.coder
                 AND g.pass = d.pass) AS codes
            FROM decision d WHERE d.code_set = (SELECT id FROM one) AND d.pass = :pass
            AND {_VISIBLE.format(row="d")}
        ),
        patterns AS (
            SELECT unit, group_concat(coder || '/' || status || '/' || coalesce(codes, ''), '|')
                AS pattern
            FROM (SELECT * FROM answers ORDER BY unit, coder) GROUP BY unit
        ),
        settled AS (
            SELECT x.unit, x.coder || '/' || x.status || '/' || coalesce(
                (SELECT group_concat(c.code, ' ') FROM settlement_code c
                 WHERE c.settlement = x.id), '') AS pattern
            FROM settlement x WHERE x.code_set = (SELECT id FROM one)
            AND {_VISIBLE.format(row="x")}
        )
        SELECT coalesce(t.name, '') AS transcript, coalesce(p.uid, '') AS participant, u.year,
            u.question, patterns.pattern, settled.pattern AS settled, count(*) AS units
        FROM unit u
        LEFT JOIN transcript t ON t.id = u.transcript
        LEFT JOIN participant p ON p.id = u.participant
        LEFT JOIN patterns ON patterns.unit = u.id
        LEFT JOIN settled ON settled.unit = u.id
        WHERE u.is_live AND (t.id IS NULL OR t.is_live)
        GROUP BY u.transcript, u.participant, u.year, u.question, patterns.pattern,
            settled.pattern
        """,
        {"set": code_set, "pass": pass_, "viewer": viewer.alias},
    ).fetchall()
    coders = dict(db.execute("SELECT id, alias FROM coder").fetchall())
    codes = dict(db.execute("SELECT id, name FROM code").fetchall())
    merged: dict[tuple[str, str, str, str, tuple[Answer, ...], Answer | None], int] = {}
    for row in rows:
        # group_concat promises no order, so equal answers may come in two spellings.
        answers = tuple(
            sorted(_answers(row["pattern"], coders, codes), key=lambda answer: answer.coder)
        )
        settled = next(_answers(row["settled"], coders, codes), None)
        where = (row["transcript"], row["participant"], row["year"], row["question"])
        key = (*where, answers, settled)
        merged[key] = merged.get(key, 0) + row["units"]
    out = [Profile(*key, n) for key, n in merged.items()]
    return sorted(out, key=_profile_order)


def _profile_order(profile: Profile) -> tuple[Any, ...]:
    def plain(answer: Answer) -> tuple[str, str, list[str]]:
        return answer.coder, answer.status, sorted(answer.codes)

    return (
        profile.transcript,
        profile.participant,
        profile.year,
        profile.question,
        [plain(answer) for answer in profile.answers],
        [plain(profile.settled)] if profile.settled else [],
    )


def _answers(
    pattern: str | None, coders: Mapping[int, str], codes: Mapping[int, str]
) -> Iterator[Answer]:
    for part in pattern.split("|") if pattern else ():
        coder, status, found = part.split("/")
        yield Answer(
            coders[int(coder)],
            cast(Status, status),
            frozenset(codes[int(code)] for code in found.split()),
        )


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
    db: sqlite3.Connection, viewer: Viewer, code_set: str, *, pass_: int = 0
) -> list[UnitAnswers]:
    """Every live unit with the visible answers to one code set, in text order."""
    values = {"set": code_set, "pass": pass_, "viewer": viewer.alias}
    codes: dict[tuple[int, str], set[str]] = {}
    for row in db.execute(
        "SELECT g.unit, c.alias, k.name FROM coding g JOIN coder c ON c.id = g.coder"
        " JOIN code k ON k.id = g.code WHERE g.pass = :pass"
        " AND g.code_set = (SELECT id FROM code_set WHERE uid = :set) AND"
        + _VISIBLE.format(row="g"),
        values,
    ):
        codes.setdefault((row["unit"], row["alias"]), set()).add(row["name"])
    answers: dict[int, list[Answer]] = {}
    for row in db.execute(
        "SELECT d.unit, c.alias, d.status FROM decision d JOIN coder c ON c.id = d.coder"
        " WHERE d.pass = :pass AND d.code_set = (SELECT id FROM code_set WHERE uid = :set) AND"
        + _VISIBLE.format(row="d")
        + " ORDER BY d.unit, c.alias",
        values,
    ):
        found = frozenset(codes.get((row["unit"], row["alias"]), ()))
        answers.setdefault(row["unit"], []).append(Answer(row["alias"], row["status"], found))
    settled = _settlements(db, values)
    rows = db.execute(
        "SELECT u.id, u.ref, coalesce(t.name, '') AS transcript, coalesce(p.uid, '')"
        " AS participant, u.year, u.question, u.start, u.stop FROM unit u"
        " LEFT JOIN transcript t ON t.id = u.transcript"
        " LEFT JOIN participant p ON p.id = u.participant"
        " WHERE u.is_live AND (t.id IS NULL OR t.is_live)"
        " ORDER BY t.name, u.start, u.stop, u.ref"
    )
    return [
        UnitAnswers(
            **{k: row[k] for k in ("ref", "transcript", "participant", "year", "question")},
            start=row["start"],
            stop=row["stop"],
            answers=tuple(answers.get(row["id"], ())),
            settled=settled.get(row["id"]),
        )
        for row in rows
    ]


def _settlements(db: sqlite3.Connection, values: Mapping[str, object]) -> dict[int, Answer]:
    out = {}
    for row in db.execute(
        "SELECT x.id, x.unit, x.status, c.alias FROM settlement x JOIN coder c ON c.id = x.coder"
        " WHERE x.code_set = (SELECT id FROM code_set WHERE uid = :set) AND"
        + _VISIBLE.format(row="x"),
        values,
    ):
        codes = db.execute(
            "SELECT k.name FROM settlement_code s JOIN code k ON k.id = s.code"
            " WHERE s.settlement = ?",
            (row["id"],),
        )
        out[row["unit"]] = Answer(row["alias"], row["status"], frozenset(c[0] for c in codes))
    return out


UNIT_COLUMNS = (
    "unit", "kind", "transcript", "wave", "date", "year", "participant", "question", "plan",
    "start", "stop", "code_set", "coder", "pass", "round", "status", "level", "codes",
    "valences", "version", "at",
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
            {_listed("k.name")}, {_listed("x.valence")}, v.label, d.at
        FROM decision d JOIN unit u ON u.id = d.unit
        LEFT JOIN transcript t ON t.id = u.transcript
        LEFT JOIN participant p ON p.id = u.participant
        JOIN code_set s ON s.id = d.code_set JOIN coder c ON c.id = d.coder
        JOIN codebook_version v ON v.id = d.version LEFT JOIN round r ON r.id = d.pass
        WHERE u.is_live AND (t.id IS NULL OR t.is_live) AND {_VISIBLE.format(row="d")}
        ORDER BY t.name, u.start, u.stop, u.ref, s.book, s.id, c.alias, d.pass
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
        WHERE u.is_live AND (t.id IS NULL OR t.is_live) AND {_VISIBLE.format(row="g")}
        ORDER BY t.name, u.start, u.stop, u.ref, s.book, s.id, c.alias, g.pass, x.position
        """,
        {"viewer": viewer.alias},
    )
    return (tuple(row) for row in rows)


def quoted_texts(db: sqlite3.Connection, refs: Sequence[str]) -> dict[str, str]:
    """The participants' words of some excerpts, by reference: what is quoted and coded."""
    out: dict[str, str] = {}
    for ref in refs:
        row = db.execute(
            "SELECT u.start, u.stop, u.revision, r.text, u.text AS own FROM unit u"
            " LEFT JOIN revision r ON r.id = u.revision WHERE u.ref = ?",
            (ref,),
        ).fetchone()
        if row is None:
            continue
        if row["revision"] is None:
            out[ref] = row["own"] or ""
            continue
        turns = db.execute(
            "SELECT max(n.words_start, :start), min(n.words_stop, :stop) FROM turn n"
            " LEFT JOIN speaker s ON s.revision = n.revision AND s.tag = n.speaker"
            " WHERE n.revision = :revision AND n.words_start < :stop AND n.words_stop > :start"
            " AND NOT coalesce(s.is_interviewer, 0) ORDER BY n.number",
            {"start": row["start"], "stop": row["stop"], "revision": row["revision"]},
        )
        out[ref] = "\n".join(row["text"][start:stop] for start, stop in turns)
    return out


def is_blind(db: sqlite3.Connection, viewer: Viewer) -> bool:
    """Whether an open round hides something from this viewer."""
    row = db.execute(
        "SELECT 1 FROM round o WHERE o.closed_at IS NULL AND (:viewer = '' OR EXISTS"
        " (SELECT 1 FROM round_coder rc JOIN coder me ON me.id = rc.coder"
        "  WHERE rc.round = o.id AND me.alias = :viewer)) LIMIT 1",
        {"viewer": viewer.alias},
    ).fetchone()
    return row is not None
