"""Coders, and what each has put where: reads for the coding screen and the commands."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coder.model import Coder, Coding, Decision, Memo


def list_coders(db: sqlite3.Connection) -> tuple[Coder, ...]:
    """Every coder by alias."""
    rows = db.execute("SELECT uid, alias, name FROM coder ORDER BY alias")
    return tuple(Coder(row["uid"], row["alias"], row["name"]) for row in rows)


def find_coder(db: sqlite3.Connection, alias: str) -> Coder | None:
    """The coder with this alias."""
    row = db.execute("SELECT uid, alias, name FROM coder WHERE alias = ?", (alias,)).fetchone()
    return Coder(row["uid"], row["alias"], row["name"]) if row is not None else None


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What one coder has done on some units in one pass, by unit reference."""

    codings: Mapping[str, tuple[Coding, ...]]
    decisions: Mapping[str, tuple[Decision, ...]]
    memos: Mapping[str, Memo]
    """Memos on the excerpts themselves."""


# Columns in the order of the fields: by name, each row takes four times as long.
_CODING = (
    "SELECT g.uid, u.ref, s.book || ':' || s.name AS code_set, k.name AS code, c.alias, g.pass,"
    " v.uid AS version, g.origin, g.at,"
    " coalesce((SELECT m.body FROM memo m WHERE m.target_kind = 'coding' AND m.target = g.uid"
    "  AND m.coder = g.coder), '') AS memo FROM {units} u"
    " JOIN coding g ON g.unit = u.id JOIN code_set s ON s.id = g.code_set"
    " JOIN code k ON k.id = g.code JOIN coder c ON c.id = g.coder"
    " JOIN codebook_version v ON v.id = g.version"
    " LEFT JOIN version_code x ON x.version = g.version AND x.code = g.code"
    " WHERE c.uid = :coder AND g.pass = :pass ORDER BY u.id, g.code_set, x.position, g.id"
)
_DECISION = (
    "SELECT u.ref, s.book || ':' || s.name AS code_set, c.alias, d.pass, d.status, d.at,"
    " v.uid AS version FROM {units} u JOIN decision d ON d.unit = u.id"
    " JOIN code_set s ON s.id = d.code_set JOIN codebook_version v ON v.id = d.version"
    " JOIN coder c ON c.id = d.coder WHERE c.uid = :coder AND d.pass = :pass"
)
_MEMO = (
    "SELECT u.ref, m.uid, m.body, m.at, c.alias FROM {units} u"
    " JOIN memo m ON m.target_kind = 'excerpt' AND m.target = u.uid"
    " JOIN coder c ON c.id = m.coder WHERE c.uid = :coder"
)
_OF_TRANSCRIPT = (
    "(SELECT u.* FROM unit u JOIN transcript t ON t.id = u.transcript"
    " WHERE t.name = :name AND u.is_live)"
)
_OF_REF = "(SELECT * FROM unit WHERE ref = :name)"


def own_work_in(db: sqlite3.Connection, coder: str, transcript: str, pass_: int) -> OwnWork:
    """One coder's work on the live excerpts of a transcript."""
    return _own_work(db, _OF_TRANSCRIPT, {"coder": coder, "name": transcript, "pass": pass_})


def own_work_on(db: sqlite3.Connection, coder: str, ref: str, pass_: int) -> OwnWork:
    """One coder's work on one unit."""
    return _own_work(db, _OF_REF, {"coder": coder, "name": ref, "pass": pass_})


def own_answers_on(db: sqlite3.Connection, coder: str, ref: str, pass_: int) -> OwnWork:
    """One coder's codings and decisions on one unit; no memo on it is read."""
    values = {"coder": coder, "name": ref, "pass": pass_}
    return _own_work(db, _OF_REF, values, with_memos=False)


def own_codings_on(db: sqlite3.Connection, coder: str, ref: str, pass_: int) -> list[Coding]:
    """One coder's codings of one unit, in the order of the codebook."""
    values = {"coder": coder, "name": ref, "pass": pass_}
    return [Coding(*row) for row in db.execute(_CODING.format(units=_OF_REF), values).fetchall()]


def _own_work(
    db: sqlite3.Connection, units: str, values: Mapping[str, object], *, with_memos: bool = True
) -> OwnWork:
    codings: defaultdict[str, list[Coding]] = defaultdict(list)
    for row in db.execute(_CODING.format(units=units), values).fetchall():
        coding = Coding(*row)
        codings[coding.unit].append(coding)
    decisions: defaultdict[str, list[Decision]] = defaultdict(list)
    for row in db.execute(_DECISION.format(units=units), values).fetchall():
        decision = Decision(*row)
        decisions[decision.unit].append(decision)
    noted = db.execute(_MEMO.format(units=units), values) if with_memos else ()
    memos = {
        row["ref"]: Memo(row["uid"], "excerpt", row["ref"], row["alias"], row["body"], row["at"])
        for row in noted
    }
    return OwnWork(
        {ref: tuple(found) for ref, found in codings.items()},
        {ref: tuple(found) for ref, found in decisions.items()},
        memos,
    )


@dataclass(frozen=True, slots=True)
class CodingPlace:
    """Where a coding stands, by uids."""

    unit: str
    ref: str
    code_set: str
    coder: str
    pass_: int


def find_coding(db: sqlite3.Connection, uid: str) -> CodingPlace | None:
    """The coding with this uid, on a live unit."""
    row = db.execute(
        "SELECT u.uid AS unit, u.ref, s.uid AS code_set, c.uid AS coder, g.pass AS pass_"
        " FROM coding g JOIN unit u ON u.id = g.unit JOIN code_set s ON s.id = g.code_set"
        " JOIN coder c ON c.id = g.coder WHERE g.uid = ? AND u.is_live",
        (uid,),
    ).fetchone()
    return CodingPlace(**dict(row)) if row is not None else None


def full_name_of(db: sqlite3.Connection, uid: str) -> str:
    """``book:set:code`` of the coding with this uid, or empty."""
    row = db.execute(
        "SELECT s.book || ':' || s.name || ':' || k.name FROM coding g"
        " JOIN code_set s ON s.id = g.code_set JOIN code k ON k.id = g.code WHERE g.uid = ?",
        (uid,),
    ).fetchone()
    return str(row[0]) if row is not None else ""


def coders_on(db: sqlite3.Connection, ref: str) -> list[str]:
    """Uids of everybody who coded, finished or wrote a memo on something of a unit."""
    rows = db.execute(
        "WITH here AS (SELECT id, uid FROM unit WHERE ref = ?) SELECT uid FROM coder WHERE id IN"
        " (SELECT coder FROM coding WHERE unit = (SELECT id FROM here)"
        "  UNION SELECT coder FROM decision WHERE unit = (SELECT id FROM here)"
        "  UNION SELECT coder FROM memo WHERE target_kind = 'excerpt'"
        "   AND target = (SELECT uid FROM here)) ORDER BY uid",
        (ref,),
    )
    return [row[0] for row in rows]


def settlements_on(db: sqlite3.Connection, ref: str) -> list[tuple[str, str]]:
    """Uids of code set and settlement, of every settlement of a unit."""
    rows = db.execute(
        "SELECT s.uid, x.uid FROM settlement x JOIN unit u ON u.id = x.unit"
        " JOIN code_set s ON s.id = x.code_set WHERE u.ref = ? ORDER BY s.uid",
        (ref,),
    )
    return [(row[0], row[1]) for row in rows]


def find_memo(db: sqlite3.Connection, kind: str, target: str, coder: str) -> str:
    """Uid of a coder's memo on something, or empty."""
    row = db.execute(
        "SELECT m.uid FROM memo m JOIN coder c ON c.id = m.coder"
        " WHERE m.target_kind = ? AND m.target = ? AND c.uid = ?",
        (kind, target, coder),
    ).fetchone()
    return str(row[0]) if row is not None else ""


def open_round_of(db: sqlite3.Connection, ref: str) -> str:
    """Name of an open round that a unit is in, or empty."""
    row = db.execute(
        "SELECT r.name FROM round r JOIN round_unit x ON x.round = r.id"
        " JOIN unit u ON u.id = x.unit WHERE u.ref = ? AND r.closed_at IS NULL",
        (ref,),
    ).fetchone()
    return str(row[0]) if row is not None else ""


def open_round_of_book(db: sqlite3.Connection, book: str) -> str:
    """Name of an open round that froze a version of a codebook, or empty."""
    row = db.execute(
        "SELECT r.name FROM round r JOIN codebook_version v ON v.id = r.version"
        " WHERE v.book = ? AND r.closed_at IS NULL ORDER BY r.name LIMIT 1",
        (book,),
    ).fetchone()
    return str(row[0]) if row is not None else ""


def questions(db: sqlite3.Connection) -> list[str]:
    """Every question marker of a live excerpt; empty for excerpts without one."""
    rows = db.execute("SELECT DISTINCT question FROM unit WHERE is_live ORDER BY question")
    return [row[0] for row in rows]


def progress(
    db: sqlite3.Connection, asked: Iterable[tuple[str, str]]
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """How many excerpts need coding, and how many of them each coder has finished.

    Args:
        db: The study.
        asked: Pairs of question and code set uid: what the active codebook asks of an excerpt.

    Returns:
        Excerpts that are asked anything, by transcript; and those on which every set that is
        asked has a decision, by transcript and coder alias.
    """
    values = {"asked": json.dumps(list(asked))}
    with_asked = (
        "WITH asked AS (SELECT json_extract(j.value, '$[0]') AS question, s.id AS code_set"
        " FROM json_each(:asked) j JOIN code_set s ON s.uid = json_extract(j.value, '$[1]')),"
        " need AS (SELECT question, count(*) AS sets FROM asked GROUP BY question)"
    )
    total = dict(
        db.execute(
            with_asked + " SELECT t.name, count(*) FROM unit u"
            " JOIN need ON need.question = u.question JOIN transcript t ON t.id = u.transcript"
            " WHERE u.is_live AND t.is_live GROUP BY t.id",
            values,
        ).fetchall()
    )
    finished: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in db.execute(
        with_asked + " SELECT t.name, c.alias, count(*) AS finished FROM"
        " (SELECT d.unit, d.coder, count(*) AS sets FROM decision d"
        "  JOIN unit u ON u.id = d.unit AND u.is_live"
        "  JOIN asked a ON a.question = u.question AND a.code_set = d.code_set"
        "  WHERE d.pass = 0 GROUP BY d.unit, d.coder) done"
        " JOIN unit u ON u.id = done.unit JOIN need ON need.question = u.question"
        " AND need.sets = done.sets JOIN transcript t ON t.id = u.transcript"
        " JOIN coder c ON c.id = done.coder WHERE t.is_live GROUP BY t.id, c.id",
        values,
    ):
        finished[row["name"]][row["alias"]] = row["finished"]
    return total, finished


def find_settlement(db: sqlite3.Connection, unit: str, code_set: str) -> str:
    """Uid of the settlement of a unit (uid) and code set (uid), or empty."""
    row = db.execute(
        "SELECT x.uid FROM settlement x JOIN unit u ON u.id = x.unit"
        " JOIN code_set s ON s.id = x.code_set WHERE u.uid = ? AND s.uid = ?",
        (unit, code_set),
    ).fetchone()
    return str(row[0]) if row is not None else ""
