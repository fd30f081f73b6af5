"""Which excerpts fit some filters, with how far one coder is with each: one wide read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coder.store.keys import first_part


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted of an excerpt; an empty filter wants nothing in particular.

    Of several values of one filter any will do; what the filters say must all hold.
    """

    refs: tuple[str, ...] | None = None
    """Only these; None for all."""
    transcripts: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values by name of an attribute that its speaker has in that year."""
    waves: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    round: str = ""
    """Name of one that it is in."""
    flag: str | None = None
    """Name of a flag that the coder has put on it; empty for any flag."""
    codes: tuple[str, ...] = ()
    """Uids of codes of which the coder has put one on it."""


Standing = tuple[str, str, str, int, int, str, int]
"""Reference, transcript, question, start, stop; row numbers of the code sets on which one coder
has decided in one pass, parted by commas; whether that coder has put a code of the book on it. A
plain tuple: a large study has 150,000 of them."""


def standings(
    db: sqlite3.Connection, coder: str, book: str, filters: Filters, pass_: int = 0
) -> list[Standing]:
    """The live excerpts that fit, in text order.

    Args:
        db: The study.
        coder: Uid; whose work, flags and codes are meant, and nobody else's.
        book: Id of the codebook that is coded with.
        filters: What is wanted.
        pass_: Which pass.
    """
    values: dict[str, object] = {"coder": coder, "pass": pass_, "book": book}
    where = ["u.is_live", "t.is_live", "u.kind = 'excerpt'"]

    def one_of(column: str, wanted: Sequence[str], name: str) -> str:
        values[name] = json.dumps(list(wanted))
        return f"{column} IN (SELECT value FROM json_each(:{name}))"

    # The filters that name few excerpts come first: they are what the reading begins with.
    for column, wanted, name in (
        ("u.ref", filters.refs, "refs"),
        ("t.name", filters.transcripts or None, "transcripts"),
        ("t.wave", filters.waves or None, "waves"),
        ("u.year", filters.years or None, "years"),
        ("u.question", filters.questions or None, "questions"),
    ):
        if wanted is not None:
            where.append(one_of(column, wanted, name))
    for number, (name, wanted) in enumerate(filters.attributes.items()):
        if wanted:
            values[f"attribute{number}"] = name
            where.append(
                "EXISTS (SELECT 1 FROM person_year y JOIN attribute a ON a.person_year = y.id"
                " WHERE y.participant = u.participant AND y.year = u.year"
                f" AND a.name = :attribute{number} AND {one_of('a.value', wanted, f'v{number}')})"
            )
    if filters.round:
        values["round"] = filters.round
        where.append(
            "u.id IN (SELECT x.unit FROM round_unit x JOIN round r ON r.id = x.round"
            " WHERE r.name = :round)"
        )
    if filters.flag is not None:
        values["flag"] = filters.flag
        where.append(
            "u.id IN (SELECT f.unit FROM flag f WHERE f.coder = (SELECT id FROM me)"
            " AND :flag IN ('', f.name))"
        )
    if filters.codes:
        where.append(
            "EXISTS (SELECT 1 FROM coding g JOIN code k ON k.id = g.code WHERE g.unit = u.id"
            " AND g.coder = (SELECT id FROM me) AND g.pass = :pass"
            f" AND {one_of('k.uid', filters.codes, 'codes')})"
        )
    rows = db.execute(
        f"""
        WITH me AS (SELECT id FROM coder WHERE uid = :coder)
        SELECT u.ref, t.name, u.question, u.start, u.stop,
            coalesce((SELECT group_concat(d.code_set) FROM decision d WHERE d.unit = u.id
                AND d.coder = (SELECT id FROM me) AND d.pass = :pass), ''),
            EXISTS (SELECT 1 FROM coding g WHERE g.unit = u.id
                AND g.coder = (SELECT id FROM me) AND g.pass = :pass
                AND g.code_set IN (SELECT id FROM code_set WHERE book = :book))
        FROM unit u JOIN transcript t ON t.id = u.transcript
        WHERE {" AND ".join(where)} ORDER BY t.name, u.start, u.stop, u.ref
        """,
        values,
    )
    return [tuple(row) for row in rows.fetchall()]


def set_rows(db: sqlite3.Connection, book: str) -> dict[str, str]:
    """Names of the code sets of a book by their row numbers, as ``standings`` gives them."""
    rows = db.execute("SELECT id, name FROM code_set WHERE book = ?", (book,))
    return {str(row[0]): row[1] for row in rows}


def choices(db: sqlite3.Connection) -> dict[str, list[str]]:
    """What excerpts can be told apart by: roles, districts, waves, years, questions, names."""
    live = "FROM unit u JOIN transcript t ON t.id = u.transcript AND t.is_live WHERE u.is_live"

    def distinct(query: str, *values: str) -> list[str]:
        return [row[0] for row in db.execute(query, values) if row[0]]

    attribute = (
        "SELECT DISTINCT a.value FROM attribute a JOIN person_year y ON y.id = a.person_year"
        " WHERE a.name = ? AND EXISTS (SELECT 1 FROM unit u WHERE u.participant = y.participant"
        "  AND u.year = y.year AND u.is_live AND u.kind = 'excerpt') ORDER BY a.value"
    )
    return {
        "role": distinct(attribute, "role"),
        "district": distinct(attribute, "district"),
        "wave": distinct("SELECT DISTINCT wave FROM transcript WHERE is_live ORDER BY wave"),
        "year": distinct(f"SELECT DISTINCT u.year {live} ORDER BY u.year"),
        "question": distinct(f"SELECT DISTINCT u.question {live} ORDER BY u.question"),
        "transcript": distinct("SELECT name FROM transcript WHERE is_live ORDER BY name"),
    }


def decision_times(
    db: sqlite3.Connection, coder: str, kinds: Sequence[str], limit: int
) -> list[tuple[str, str]]:
    """Time and unit (uid) of what a coder decided last by hand, the newest first.

    Args:
        db: The study.
        coder: Uid.
        kinds: Kinds of journal entries that count.
        limit: How many decisions to look at.
    """
    rows = db.execute(
        "SELECT e.at, c.object_key FROM entry e JOIN change c ON c.entry = e.id"
        " WHERE e.actor = ? AND e.kind IN (SELECT value FROM json_each(?))"
        " AND c.object_kind = 'decision' ORDER BY e.lamport DESC, e.uid DESC LIMIT ?",
        (coder, json.dumps(list(kinds)), limit),
    )
    return [(row[0], first_part(row[1])) for row in rows]
