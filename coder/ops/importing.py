"""Bringing interviews into a study: file, format, segments, store, with a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from coder.errors import BadInput, UsageError
from coder.model import PLANS, ExcerptDraft, Participant, Sentence, TranscriptDraft, content_id
from coder.ops.progress import Progress, silent
from coder.ops.study import Study, did_you_mean
from coder.segment import excerpts, sentences, unanswered_questions
from coder.store import transcripts
from coder.store.journal import Transaction
from coder.store.objects import compound_key

Outcome = Literal["added", "already there", "would be added"]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What came of one file."""

    path: Path
    transcript: str
    outcome: Outcome
    turns: int
    excerpts: int
    words: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of one import."""

    files: tuple[ImportedFile, ...]
    skipped: tuple[Path, ...] = field(default=())
    """Files of a folder that are no transcripts."""

    @property
    def added(self) -> int:
        """How many transcripts came in."""
        return sum(file.outcome == "added" for file in self.files)


@dataclass(frozen=True, slots=True)
class _Ready:
    path: Path
    draft: TranscriptDraft
    sentences: tuple[Sentence, ...]
    excerpts: tuple[ExcerptDraft, ...]
    notes: tuple[str, ...]


def import_files(
    study: Study,
    paths: Sequence[Path],
    *,
    plan: str = "answer",
    dry_run: bool = False,
    progress: Progress = silent,
) -> ImportReport:
    """Import transcripts and cut them into excerpts, all or none, as one undoable action.

    Every file is read and checked before the study is touched, so a bad one leaves it as it was.

    Args:
        study: The study.
        paths: Files, or folders whose transcripts are taken.
        plan: How excerpts are made: one of ``PLANS``.
        dry_run: Read and check only.
        progress: Told after each file.

    Raises:
        BadInput: A file cannot be taken, naming file and line.
        UsageError: No file was found, or the plan is not known.
    """
    if plan not in PLANS:
        raise UsageError(f"there is no plan {plan}", did_you_mean(plan, PLANS))
    files, skipped = _collect(paths)
    if not files:
        where = ", ".join(str(path) for path in paths)
        raise UsageError(f"no transcripts in {where}", "they end in .txt, .md or .vtt")
    ready = []
    for number, path in enumerate(files, start=1):
        progress(number - 1, len(files), path.name)
        ready.append(_prepare(path, plan))
    progress(len(files), len(files), "")
    _check_together(ready)
    if dry_run:
        return ImportReport(tuple(_dry(study, one) for one in ready), skipped)
    with study.store.change("", "import") as done:
        report = ImportReport(tuple(_bring_in(study, done, one) for one in ready), skipped)
        names = [file.transcript for file in report.files if file.outcome == "added"]
        done.words = f"imported {', '.join(names[:3])}" + (
            f" and {len(names) - 3} more" if len(names) > 3 else ""
        )
    return report


def _collect(paths: Iterable[Path]) -> tuple[list[Path], tuple[Path, ...]]:
    from coder.formats.transcripts import READABLE_ENDINGS

    files: list[Path] = []
    skipped: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for inside in sorted(p for p in path.iterdir() if p.is_file()):
            if inside.name.startswith(".") or inside.stem.upper() == "README":
                continue
            (files if inside.suffix.lower() in READABLE_ENDINGS else skipped).append(inside)
    return list(dict.fromkeys(files)), tuple(skipped)


def _prepare(path: Path, plan: str) -> _Ready:
    from coder.formats.transcripts import read_transcript

    draft = read_transcript(path)
    interviewers = {s.tag for s in draft.speakers if s.is_interviewer}
    found = sentences(draft.text, draft.turns)
    cut = excerpts(plan, draft.text, draft.turns, found, interviewers.__contains__)
    if not cut:
        raise BadInput(f"{path}: no participant says anything", "check the speaker tags")
    notes = tuple(
        f"{path}: nobody answers {turn.question} in turn {turn.number}; it makes no excerpt"
        for turn in unanswered_questions(draft.turns, interviewers.__contains__)
    )
    return _Ready(path, draft, found, cut, (*draft.notes, *notes))


def _check_together(ready: Sequence[_Ready]) -> None:
    seen: dict[str, Path] = {}
    for one in ready:
        first = seen.setdefault(one.draft.name, one.path)
        if first != one.path:
            raise BadInput(f"{one.path}: {first} is called {one.draft.name} too", "rename one")


def _clash(study: Study, draft: TranscriptDraft, path: Path) -> str:
    """``already there``, empty for a new transcript; raises where a name or text is taken."""
    known = transcripts.find_text(study.store.db, content_id("revision", draft.text_sha256))
    if known is not None and known.name != draft.name:
        raise BadInput(f"{path}: {known.name} in the study has exactly this text")
    if known is not None and known.is_live:
        return "already there"
    if known is None and transcripts.transcript_is_live(study.store.db, draft.name):
        raise BadInput(
            f"{path}: {draft.name} is in the study with another text",
            "a corrected transcript needs a new name for now; codings stay on the old one",
        )
    return ""


def _dry(study: Study, one: _Ready) -> ImportedFile:
    known = _clash(study, one.draft, one.path)
    return _line(one, "already there" if known else "would be added")


def _bring_in(study: Study, done: Transaction, one: _Ready) -> ImportedFile:
    draft, db = one.draft, study.store.db
    if _clash(study, draft, one.path):
        return _line(one, "already there")
    revision = content_id("revision", draft.text_sha256)
    for person in draft.participants:
        _put_person(done, person, one.path)
    if transcripts.find_text(db, revision) is None:
        transcripts.add_revision(db, draft, one.sentences, study.store.clock())
    state = {
        "revision": revision,
        "year": draft.year,
        "wave": draft.wave,
        "date": draft.date,
        "metadata": dict(draft.metadata),
    }
    done.put("transcript", draft.name, state)
    for unit in transcripts.add_excerpt_rows(db, draft.name, revision, one.excerpts):
        done.put("unit", unit.id, {"ref": unit.ref})
    return _line(one, "added")


def _put_person(done: Transaction, person: Participant, path: Path) -> None:
    key = compound_key(person.id, person.year)
    before = done.read("person_year", key)
    state = {"pseudonym": person.pseudonym, "attributes": dict(person.attributes)}
    if before is None:
        done.put("person_year", key, state)
        return
    for name, value in {"pseudonym": person.pseudonym, **person.attributes}.items():
        known = before["pseudonym"] if name == "pseudonym" else before["attributes"].get(name)
        if known is not None and known != value:
            raise BadInput(
                f"{path}: {person.id} has {name} “{value}” here and “{known}” in the study"
                f" for {person.year}",
                "make the headers agree",
            )
    merged = {**before["attributes"], **person.attributes}
    done.put("person_year", key, {"pseudonym": person.pseudonym, "attributes": merged})


def _line(one: _Ready, outcome: Outcome) -> ImportedFile:
    words = sum(len(turn.words.of(one.draft.text).split()) for turn in one.draft.turns)
    return ImportedFile(
        path=one.path,
        transcript=one.draft.name,
        outcome=outcome,
        turns=len(one.draft.turns),
        excerpts=len(one.excerpts),
        words=words,
        notes=one.notes,
    )
