"""What a coder has in each transcript: progress by code set, flags, memos, the place, the length.

Only the coder's own; how far others are is in ``corpus``, which counts without saying with what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.formats.tables import Cell, Column, Table
from coder.model import Coder
from coder.ops import recents, revisiting
from coder.ops.columns import distinct
from coder.ops.corpus import Progress, TranscriptSummary
from coder.ops.rounds import Round
from coder.ops.study import Study
from coder.store import codings, overview
from coder.store.codebooks import set_uid


@dataclass(frozen=True, slots=True)
class Desk:
    """What one coder has in one transcript."""

    minutes: int = 0
    """From the first to the last time that stands in it; 0 where no times are."""
    sets: Mapping[str, Progress] | None = None
    """By id of the code set, those that are asked anything here, in the order of the book."""
    flags: int = 0
    """On its excerpts; one may have several."""
    memos: int = 0
    to_revisit: int = 0
    left_at: int = 0
    """Number of the excerpt at which it was left; 0 where it was never opened."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What one coder has everywhere."""

    desks: Mapping[str, Desk]
    """By name of the transcript; those with nothing to say are not there."""
    last: str = ""
    """The transcript worked in last."""
    to_revisit: int = 0
    """Excerpts anywhere, records too."""


def overview_of(study: Study, coder: Coder | None, in_round: Round | None = None) -> Overview:
    """Look at all transcripts as one coder has them.

    Args:
        study: The study.
        coder: Who; None where nobody is chosen yet, who has lengths only.
        in_round: The round they code in: progress counts its excerpts only.
    """
    db = study.store.db
    minutes = {name: max(round(length / 60), 1) for name, length in overview.seconds(db).items()}
    if coder is None:
        return Overview({name: Desk(minutes=found) for name, found in minutes.items()})
    sets = _sets(study, coder, in_round)
    flags, memos = overview.own_flags(db, coder.id), overview.own_memos(db, coder.id)
    places = {} if in_round else overview.places(db, coder.id)
    rows = revisiting.to_revisit(study, coder) if study.codebook_ids and in_round is None else ()
    revisits: dict[str, set[str]] = {}
    for row in rows:
        revisits.setdefault(row.transcript, set()).add(row.ref)
    names = {*minutes, *sets, *flags, *memos, *places, *revisits} - {""}
    return Overview(
        {
            name: Desk(
                minutes=minutes.get(name, 0),
                sets=sets.get(name),
                flags=flags.get(name, 0),
                memos=memos.get(name, 0),
                to_revisit=len(revisits.get(name, ())),
                left_at=places.get(name, 0),
            )
            for name in names
        },
        last=next(iter(recents.recent_transcripts(study, coder)), ""),
        to_revisit=sum(len(refs) for refs in revisits.values()),
    )


def overview_table(study: Study, coder: Coder, rows: Sequence[TranscriptSummary]) -> Table:
    """One line per transcript with what a coder has in it, as the home screen shows it."""
    found = overview_of(study, coder)
    sets = {set_id: None for desk in found.desks.values() for set_id in desk.sets or {}}
    lines: list[tuple[Cell, ...]] = []
    for row in rows:
        desk = found.desks.get(row.name, Desk())
        known = desk.sets or {}
        done = [known[one].finished if one in known else None for one in sets]
        asked = [known[one].total if one in known else None for one in sets]
        pairs = [cell for pair in zip(done, asked, strict=True) for cell in pair]
        lines.append(
            (
                row.name,
                row.words,
                desk.minutes or None,
                row.excerpts,
                *pairs,
                desk.flags,
                desk.memos,
                desk.to_revisit,
                desk.left_at or None,
            )
        )
    return Table(
        name="overview",
        title=f"Transcripts as {coder.alias} has them",
        columns=distinct(
            (
                Column("transcript", "Transcript"),
                Column("words", "Words", "count"),
                Column("minutes", "Minutes", "count"),
                Column("excerpts", "Excerpts", "count"),
                *(
                    column
                    for one in sets
                    for column in (
                        Column(one, one, "count"),
                        Column(f"{one}_asked", "of", "count"),
                    )
                ),
                Column("flags", "Flags", "count"),
                Column("memos", "Memos", "count"),
                Column("to_revisit", "To revisit", "count"),
                Column("left_at", "Left at", "count"),
            )
        ),
        rows=tuple(lines),
    )


def _sets(study: Study, coder: Coder, in_round: Round | None) -> dict[str, dict[str, Progress]]:
    if not study.codebook_ids:
        return {}
    db, book = study.store.db, study.codebook
    if in_round is not None:
        book = study.version(study.codebook_ids[in_round.book])
    asked = [
        (question, set_uid(book.id, code_set.id))
        for question in codings.questions(db)
        for code_set in book.sets_fed_by(question)
    ]
    number = in_round.number if in_round else 0
    found = overview.set_progress(db, coder.id, asked, number)
    ids = {set_uid(book.id, one.id): one.id for one in book.code_sets}
    return {
        name: {ids[uid]: Progress(*counts[uid]) for uid in ids if uid in counts}
        for name, counts in found.items()
    }
