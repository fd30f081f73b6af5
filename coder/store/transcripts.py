"""Transcripts, people and excerpts: rows in, dataclasses out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coder.model import (
    ExcerptDraft,
    Participant,
    Sentence,
    Span,
    Speaker,
    Transcript,
    TranscriptDraft,
    Turn,
    Unit,
    content_id,
)


@dataclass(frozen=True, slots=True)
class KnownText:
    """Where a text already is in a study."""

    name: str
    is_live: bool
    revision: str


def find_text(db: sqlite3.Connection, revision: str) -> KnownText | None:
    """The transcript that holds this revision, if the study has it."""
    row = db.execute(
        "SELECT t.name, t.is_live AND t.revision = r.id AS is_live, r.uid FROM revision r"
        " JOIN transcript t ON t.id = r.transcript WHERE r.uid = ?",
        (revision,),
    ).fetchone()
    return KnownText(row["name"], bool(row["is_live"]), row["uid"]) if row is not None else None


def transcript_is_live(db: sqlite3.Connection, name: str) -> bool:
    """Whether a transcript of this name is in the study."""
    row = db.execute("SELECT is_live FROM transcript WHERE name = ?", (name,)).fetchone()
    return row is not None and bool(row[0])


def add_revision(
    db: sqlite3.Connection, draft: TranscriptDraft, sentences: Sequence[Sentence], at: str
) -> str:
    """Write a transcript's immutable part and return the revision's uid; not yet live.

    Who speaks under which tag is not in it: that is of the header, which may be corrected, and
    comes with the transcript's state.
    """
    uid = content_id("revision", draft.text_sha256)
    db.execute(
        "INSERT INTO transcript (name, is_live, year, wave, date, metadata)"
        " VALUES (?, 0, ?, ?, ?, '{}') ON CONFLICT DO NOTHING",
        (draft.name, draft.year, draft.wave, draft.date),
    )
    (transcript,) = db.execute("SELECT id FROM transcript WHERE name = ?", (draft.name,)).fetchone()
    (number,) = db.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM revision WHERE transcript = ?", (transcript,)
    ).fetchone()
    (revision,) = db.execute(
        "INSERT INTO revision (uid, transcript, number, text, text_sha256, words, turns,"
        " source_name, source_sha256, source_format, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " RETURNING id",
        (
            uid,
            transcript,
            number,
            draft.text,
            draft.text_sha256,
            sum(len(turn.words.of(draft.text).split()) for turn in draft.turns),
            len(draft.turns),
            draft.source_name,
            draft.source_sha256,
            draft.source_format,
            at,
        ),
    ).fetchone()
    db.executemany(
        "INSERT INTO turn VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                revision,
                turn.number,
                turn.speaker,
                turn.span.start,
                turn.span.stop,
                turn.words.start,
                turn.words.stop,
                turn.seconds,
                turn.question,
            )
            for turn in draft.turns
        ],
    )
    db.executemany(
        "INSERT INTO sentence VALUES (?, ?, ?, ?)",
        [(revision, s.number, s.span.start, s.span.stop) for s in sentences],
    )
    return uid


def add_excerpt_rows(
    db: sqlite3.Connection, transcript: str, revision: str, drafts: Sequence[ExcerptDraft]
) -> list[Unit]:
    """Write the immutable part of excerpts, not yet live, with references never used before.

    An excerpt that was there once (same revision, span and speaker) comes back under its old
    reference.
    """
    row = db.execute(
        "SELECT t.id, r.id, t.year FROM transcript t, revision r WHERE t.name = ? AND r.uid = ?",
        (transcript, revision),
    ).fetchone()
    transcript_row, revision_row, year = row
    (used,) = db.execute(
        "SELECT count(*) FROM unit WHERE transcript = ?", (transcript_row,)
    ).fetchone()
    units = []
    for draft in drafts:
        uid = content_id("excerpt", revision, draft.span.start, draft.span.stop, draft.speaker)
        old = db.execute(f"{_UNIT} WHERE u.uid = ?", (uid,)).fetchone()
        if old is not None:
            units.append(_unit(old))
            continue
        used += 1
        db.execute(
            "INSERT INTO unit (uid, ref, kind, is_live, transcript, revision, start, stop, speaker,"
            " participant, year, question, plan) VALUES (?, ?, 'excerpt', 0, ?, ?, ?, ?, ?,"
            " (SELECT p.id FROM speaker s JOIN participant p ON p.uid = s.person"
            "  WHERE s.revision = ? AND s.tag = ? AND NOT s.is_interviewer), ?, ?, ?)",
            (
                uid,
                f"{transcript}:{used}",
                transcript_row,
                revision_row,
                draft.span.start,
                draft.span.stop,
                draft.speaker,
                revision_row,
                draft.speaker,
                year,
                draft.question,
                draft.plan,
            ),
        )
        units.append(_unit(db.execute(f"{_UNIT} WHERE u.uid = ?", (uid,)).fetchone()))
    return units


_UNIT = (
    "SELECT u.uid, u.ref, u.kind, coalesce(t.name, '') AS transcript, u.start, u.stop, u.speaker,"
    " coalesce(p.uid, '') AS participant, u.question, u.plan, u.is_live FROM unit u"
    " LEFT JOIN transcript t ON t.id = u.transcript"
    " LEFT JOIN participant p ON p.id = u.participant"
)


def _unit(row: sqlite3.Row) -> Unit:
    return Unit(
        id=row["uid"],
        ref=row["ref"],
        kind=row["kind"],
        transcript=row["transcript"],
        span=Span(row["start"], row["stop"]),
        speaker=row["speaker"],
        participant=row["participant"],
        question=row["question"],
        plan=row["plan"],
        is_retired=not row["is_live"],
    )


def read_units(db: sqlite3.Connection, transcript: str) -> tuple[Unit, ...]:
    """The live excerpts of one transcript, in text order."""
    rows = db.execute(
        f"{_UNIT} WHERE t.name = ? AND u.is_live AND t.is_live ORDER BY u.start, u.stop, u.id",
        (transcript,),
    )
    return tuple(_unit(row) for row in rows)


def read_unit(db: sqlite3.Connection, ref: str) -> Unit | None:
    """The unit with this reference, retired or not."""
    row = db.execute(f"{_UNIT} WHERE u.ref = ?", (ref,)).fetchone()
    return _unit(row) if row is not None else None


def texts(db: sqlite3.Connection, name: str = "") -> Iterator[tuple[str, str]]:
    """Name and text of every live transcript by name, one at a time.

    Args:
        db: The study.
        name: Only of this one.
    """
    rows = db.execute(
        "SELECT t.name, r.text FROM transcript t JOIN revision r ON r.id = t.revision"
        " WHERE t.is_live AND (:name = '' OR t.name = :name) ORDER BY t.name",
        {"name": name},
    )
    for row in rows:
        yield row[0], row[1]


def read_transcript(db: sqlite3.Connection, name: str) -> Transcript | None:
    """A live transcript at its current revision."""
    row = db.execute(
        "SELECT t.*, r.uid AS revision_uid, r.id AS revision_row, r.text FROM transcript t"
        " JOIN revision r ON r.id = t.revision WHERE t.name = ? AND t.is_live",
        (name,),
    ).fetchone()
    if row is None:
        return None
    revision = (row["revision_row"],)
    turns = tuple(
        _turn(t)
        for t in db.execute("SELECT * FROM turn WHERE revision = ? ORDER BY number", revision)
    )
    sentences = tuple(
        Sentence(s["number"], Span(s["start"], s["stop"]))
        for s in db.execute("SELECT * FROM sentence WHERE revision = ? ORDER BY number", revision)
    )
    speakers = {
        s["tag"]: Speaker(s["tag"], s["person"], bool(s["is_interviewer"]))
        for s in db.execute("SELECT * FROM speaker WHERE revision = ? ORDER BY tag", revision)
    }
    people = sorted({s.person for s in speakers.values() if not s.is_interviewer})
    return Transcript(
        name=row["name"],
        revision=row["revision_uid"],
        text=row["text"],
        turns=turns,
        sentences=sentences,
        speakers=speakers,
        participants=tuple(_person_years(db, people, row["year"])),
        year=row["year"],
        wave=row["wave"],
        date=row["date"],
        metadata=json.loads(row["metadata"]),
    )


def _turn(row: sqlite3.Row) -> Turn:
    return Turn(
        number=row["number"],
        speaker=row["speaker"],
        span=Span(row["start"], row["stop"]),
        words=Span(row["words_start"], row["words_stop"]),
        seconds=row["seconds"],
        question=row["question"],
    )


def turns_of_unit(db: sqlite3.Connection, ref: str) -> tuple[tuple[Turn, ...], frozenset[str]]:
    """The turns that a unit touches, in order, and the tags of interviewers among them.

    After each key press one excerpt is read again; the whole interview would take 30 ms.
    """
    rows = db.execute(
        "SELECT n.*, coalesce(s.is_interviewer, 0) AS asks FROM unit u"
        " JOIN turn n ON n.revision = u.revision AND n.start < u.stop AND n.stop > u.start"
        " LEFT JOIN speaker s ON s.revision = n.revision AND s.tag = n.speaker"
        " WHERE u.ref = ? ORDER BY n.number",
        (ref,),
    ).fetchall()
    interviewers = frozenset(row["speaker"] for row in rows if row["asks"])
    return tuple(_turn(row) for row in rows), interviewers


def read_people(db: sqlite3.Connection) -> tuple[Participant, ...]:
    """Every person-year with its attributes, by person and year."""
    attributes: dict[int, dict[str, str]] = {}
    for row in db.execute("SELECT person_year, name, value FROM attribute ORDER BY name"):
        attributes.setdefault(row[0], {})[row[1]] = row[2]
    rows = db.execute(
        "SELECT y.id, p.uid, y.pseudonym, y.year FROM person_year y"
        " JOIN participant p ON p.id = y.participant ORDER BY p.uid, y.year"
    )
    return tuple(
        Participant(row["uid"], row["pseudonym"], row["year"], attributes.get(row["id"], {}))
        for row in rows
    )


def _person_years(
    db: sqlite3.Connection, people: Sequence[str], year: str
) -> Iterator[Participant]:
    """Some people in one year."""
    for person in people:
        row = db.execute(
            "SELECT y.id, y.pseudonym FROM person_year y"
            " JOIN participant p ON p.id = y.participant WHERE p.uid = ? AND y.year = ?",
            (person, year),
        ).fetchone()
        if row is not None:
            found = db.execute(
                "SELECT name, value FROM attribute WHERE person_year = ? ORDER BY name",
                (row["id"],),
            )
            yield Participant(person, row["pseudonym"], year, dict(found.fetchall()))


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """One line of the list of transcripts."""

    name: str
    year: str
    wave: str
    date: str
    words: int
    turns: int
    excerpts: int
    people: tuple[str, ...]
    roles: tuple[str, ...]
    districts: tuple[str, ...]


def list_transcripts(db: sqlite3.Connection) -> list[TranscriptRow]:
    """Every live transcript by name, with its people."""
    people: dict[int, list[tuple[str, str, str]]] = {}
    for transcript, *person in db.execute(
        "SELECT t.id, y.pseudonym,"
        " (SELECT value FROM attribute a WHERE a.person_year = y.id AND name = 'role') AS role,"
        " (SELECT value FROM attribute a WHERE a.person_year = y.id AND name = 'district')"
        "  AS district"
        " FROM transcript t JOIN speaker s ON s.revision = t.revision AND NOT s.is_interviewer"
        " JOIN participant p ON p.uid = s.person"
        " JOIN person_year y ON y.participant = p.id AND y.year = t.year"
        " WHERE t.is_live ORDER BY t.id, s.tag"
    ).fetchall():
        people.setdefault(transcript, []).append(tuple(person))
    rows = db.execute(
        "SELECT t.id, t.name, t.year, t.wave, t.date, r.words, r.turns,"
        " (SELECT count(*) FROM unit u WHERE u.transcript = t.id AND u.is_live) AS excerpts"
        " FROM transcript t JOIN revision r ON r.id = t.revision WHERE t.is_live ORDER BY t.name"
    )
    found = []
    for transcript, *columns in rows.fetchall():
        who = people.get(transcript, ())
        found.append(TranscriptRow(*columns, *(_distinct(who, place) for place in range(3))))
    return found


def _distinct(people: Sequence[tuple[str, str, str]], place: int) -> tuple[str, ...]:
    """Their pseudonyms, roles or districts, each once."""
    return tuple(dict.fromkeys([person[place] for person in people if person[place]]))


def speakers_of(db: sqlite3.Connection, names: Collection[str]) -> set[tuple[str, str]]:
    """Participant and year of everybody but interviewers who speaks in some transcripts."""
    rows = db.execute(
        "SELECT DISTINCT s.person, t.year FROM transcript t"
        " JOIN speaker s ON s.revision = t.revision AND NOT s.is_interviewer"
        " WHERE t.is_live AND t.name IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(names)),),
    )
    return {(person, year) for person, year in rows}
