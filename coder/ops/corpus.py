"""Reading what is in a study: transcripts, people, coders, progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coder.errors import UsageError
from coder.model import Coder, Participant, Transcript, Unit, Viewer
from coder.ops.study import Study, did_you_mean
from coder.store import blind, codings, records, transcripts
from coder.store.codebooks import set_uid


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one coder is with one transcript."""

    finished: int
    """Excerpts on which every code set that is asked has a decision."""
    total: int
    """Excerpts of which the active codebook asks anything."""


@dataclass(frozen=True, slots=True)
class TranscriptSummary:
    """One line of the list of transcripts."""

    name: str
    year: str
    wave: str
    date: str
    people: tuple[str, ...]
    """Pseudonyms."""
    roles: tuple[str, ...]
    districts: tuple[str, ...]
    words: int
    turns: int
    excerpts: int
    progress: Mapping[str, Progress]
    """By coder alias: every coder whose progress the viewer may see, or nobody where it was not
    counted."""


def list_transcripts(
    study: Study, viewer: Viewer, *, with_progress: bool = True
) -> tuple[TranscriptSummary, ...]:
    """Every transcript by name.

    Args:
        study: The study.
        viewer: Who is looking.
        with_progress: Count finished excerpts; a large study takes seconds for that, so the app
            first lists without and counts in a worker.
    """
    db = study.store.db
    progress = transcript_progress(study, viewer) if with_progress else {}
    return tuple(
        TranscriptSummary(
            name=row.name,
            year=row.year,
            wave=row.wave,
            date=row.date,
            people=row.people,
            roles=row.roles,
            districts=row.districts,
            words=row.words,
            turns=row.turns,
            excerpts=row.excerpts,
            progress=progress.get(row.name, {}),
        )
        for row in transcripts.list_transcripts(db)
    )


def transcript_progress(study: Study, viewer: Viewer) -> dict[str, dict[str, Progress]]:
    """How far every coder is with every transcript, by transcript name and coder alias.

    While a round is open, how far the others are is not there for its transcripts: that somebody
    is through with them hurries whoever is not.
    """
    if not study.codebook_ids:
        return {}
    db, book = study.store.db, study.codebook
    asked = [
        (question, set_uid(book.id, code_set.id))
        for question in codings.questions(db)
        for code_set in book.sets_fed_by(question)
    ]
    total, finished = codings.progress(db, asked)
    aliases = [coder.alias for coder in codings.list_coders(db)]
    hidden = blind.blind_transcripts(db, viewer)
    return {
        row.name: {
            alias: Progress(finished.get(row.name, {}).get(alias, 0), total.get(row.name, 0))
            for alias in aliases
            if alias == viewer.alias or row.name not in hidden
        }
        for row in transcripts.list_transcripts(db)
    }


def read_transcript(study: Study, viewer: Viewer, name: str) -> Transcript:
    """One transcript with its turns and sentences.

    Raises:
        UsageError: There is none of that name.
    """
    found = transcripts.read_transcript(study.store.db, name)
    if found is None:
        known = [row.name for row in transcripts.list_transcripts(study.store.db)]
        raise UsageError(f"there is no transcript {name}", did_you_mean(name, known))
    return found


def list_excerpts(study: Study, viewer: Viewer, transcript: str) -> tuple[Unit, ...]:
    """The live excerpts of a transcript in text order."""
    read_transcript(study, viewer, transcript)
    return transcripts.read_units(study.store.db, transcript)


def list_people(study: Study, viewer: Viewer) -> tuple[Participant, ...]:
    """Every person-year with its attributes."""
    return transcripts.read_people(study.store.db)


def find_unit(study: Study, ref: str) -> Unit:
    """The live unit with this reference.

    Raises:
        UsageError: There is none, or it was split, joined or dropped.
    """
    unit = transcripts.read_unit(study.store.db, ref)
    if unit is None:
        source = ref.partition(":")[0]
        if any(record.source == source for record in records.read_records(study.store.db)):
            raise UsageError(f"there is no record {ref}", "coder records lists them")
        raise UsageError(f"there is no excerpt {ref}", "coder excerpts TRANSCRIPT lists them")
    if unit.is_retired:
        what = "taken out again" if unit.kind == "record" else "split, joined or dropped"
        raise UsageError(f"{ref} was {what}", "coder log says when")
    return unit


def list_coders(study: Study) -> tuple[Coder, ...]:
    """Everybody who codes in this study, by alias."""
    return codings.list_coders(study.store.db)


def coder_named(study: Study, alias: str) -> Coder:
    """The coder with this alias.

    Raises:
        UsageError: There is none.
    """
    found = codings.find_coder(study.store.db, alias)
    if found is None:
        known = [coder.alias for coder in list_coders(study)]
        hint = did_you_mean(alias, known)
        raise UsageError(
            f"there is no coder {alias} in {study.path.name}",
            hint or f"coder coders add {alias} makes one",
        )
    return found


def add_coder(study: Study, alias: str, name: str = "") -> Coder:
    """The coder with this alias, made if there is none yet.

    Raises:
        UsageError: The alias cannot be one, or another differs from it in case only.
    """
    with study.store.together():
        found = codings.find_coder(study.store.db, alias)
        if found is not None:
            return found
        check_new_alias(study, alias)
        uid = study.store.new_id()
        with study.store.change(uid, "coder") as done:
            done.put("coder", uid, {"alias": alias, "name": name})
            done.words = f"added the coder {alias}"
    return Coder(uid, alias, name)


def check_new_alias(study: Study, alias: str) -> None:
    """Check that a coder may be called this.

    Raises:
        UsageError: It is empty, long, not made of letters, digits, ``_`` and ``-``, or differs
            from another in case only, which would make two coders of one person.
    """
    if not alias or len(alias) > 12 or not alias.replace("_", "").replace("-", "").isalnum():
        raise UsageError(
            f"“{alias}” cannot be a coder's short name", "use up to 12 letters or digits, like AL"
        )
    for other in list_coders(study):
        if other.alias.casefold() == alias.casefold():
            raise UsageError(f"there is a coder {other.alias} already", f"say {other.alias}")
