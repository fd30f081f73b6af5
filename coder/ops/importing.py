"""Bringing interviews into a study: file, format, segments, store, with a report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from coder.errors import BadInput, UsageError
from coder.model import PLANS, ExcerptDraft, Participant, Sentence, TranscriptDraft, content_id
from coder.ops.progress import Progress, silent
from coder.ops.study import Study, did_you_mean
from coder.segment import excerpts, sentences, turns_left_out, unanswered_questions
from coder.store import transcripts
from coder.store.journal import Transaction
from coder.store.keys import join_key
from coder.store.states import State

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
        raise UsageError(
            f"no transcripts in {where}",
            "they end in .txt, .md, .vtt or .srt; a .csv needs a .yaml beside it",
        )
    ready = []
    for number, path in enumerate(files, start=1):
        progress(number - 1, len(files), path.name)
        ready.append(_prepare(path, plan))
    progress(len(files), len(files), "")
    _check_together(ready)
    if dry_run:
        with study.store.rehearsal() as done:
            files_read = [_bring_in(study, done, one) for one in ready]
        return ImportReport(tuple(_would_be(file) for file in files_read), skipped)
    with study.store.change("", "import") as done:
        report = ImportReport(tuple(_bring_in(study, done, one) for one in ready), skipped)
        names = [file.transcript for file in report.files if file.outcome == "added"]
        done.words = f"imported {', '.join(names[:3])}" + (
            f" and {len(names) - 3} more" if len(names) > 3 else ""
        )
    return report


def _collect(paths: Iterable[Path]) -> tuple[list[Path], tuple[Path, ...]]:
    from coder.formats.transcripts import is_for_import, is_header

    files: list[Path] = []
    skipped: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        found = sorted(p for p in path.iterdir() if p.is_file() and not _is_beside_the_point(p))
        taken = [inside for inside in found if is_for_import(inside)]
        # A header beside an interview is read with it.
        stems = {inside.stem for inside in taken}
        files += taken
        skipped += [p for p in found if p not in taken and not (p.stem in stems and is_header(p))]
    # One file named twice, in two spellings, is one file.
    once = {path.resolve(): path for path in reversed(files)}
    return list(reversed(once.values())), tuple(skipped)


def _is_beside_the_point(path: Path) -> bool:
    return path.name.startswith(".") or path.stem.upper() == "README"


def _prepare(path: Path, plan: str) -> _Ready:
    from coder.formats.transcripts import read_transcript

    draft = read_transcript(path)
    interviewers = {s.tag for s in draft.speakers if s.is_interviewer}
    found = sentences(draft.text, draft.turns)
    cut = excerpts(plan, draft.text, draft.turns, found, interviewers.__contains__)
    if not cut:
        raise BadInput(f"{path}: no participant says anything", "check the speaker tags")
    notes = (*draft.notes, *_notes_on_excerpts(draft, cut, interviewers.__contains__))
    return _Ready(path, draft, found, cut, tuple(f"{path}: {note}" for note in notes))


def _notes_on_excerpts(
    draft: TranscriptDraft, cut: Sequence[ExcerptDraft], is_interviewer: Callable[[str], bool]
) -> Iterator[str]:
    """What a coder would not see, or not expect, of the excerpts that were made.

    A marker put in late would hide half an interview from its coders without a word.
    """
    for turn in unanswered_questions(draft.turns, is_interviewer):
        # Without a marker the next question simply begins another excerpt.
        if turn.question:
            yield f"nobody answers {turn.question} in turn {turn.number}; it makes no excerpt"
    left_out = [turn.number for turn in turns_left_out(cut, draft.turns, is_interviewer)]
    if left_out:
        yield f"{_turns(left_out)} of participants: in no excerpt, so nobody will code this"


def _turns(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"{'turn' if len(numbers) == 1 else 'turns'} {shown}{more}"


def _check_together(ready: Sequence[_Ready]) -> None:
    names: dict[str, Path] = {}
    texts: dict[str, Path] = {}
    for one in ready:
        first = names.setdefault(one.draft.name, one.path)
        if first != one.path:
            raise BadInput(f"{one.path}: {first} is called {one.draft.name} too", "rename one")
        first = texts.setdefault(one.draft.text_sha256, one.path)
        if first != one.path:
            raise BadInput(f"{one.path}: {first} has exactly the same text", "leave one out")


def _is_there(study: Study, draft: TranscriptDraft, path: Path) -> bool:
    """Whether a text is in the study already; refuses a name or text that is taken."""
    known = transcripts.find_text(study.store.db, content_id("revision", draft.text_sha256))
    if known is not None and known.name != draft.name:
        if known.is_live:
            raise BadInput(f"{path}: {known.name} in the study has exactly this text")
        raise BadInput(
            f"{path}: this text was in the study as {known.name}, whose references are never"
            " used again",
            f"call it {known.name}, or begin a new study",
        )
    if known is not None and known.is_live:
        return True
    if transcripts.transcript_is_live(study.store.db, draft.name):
        raise BadInput(
            f"{path}: {draft.name} is in the study with another text",
            "a corrected transcript needs a new name for now; codings stay on the old one",
        )
    return False


def _bring_in(study: Study, done: Transaction, one: _Ready) -> ImportedFile:
    draft, db = one.draft, study.store.db
    revision = content_id("revision", draft.text_sha256)
    state: State = {
        "revision": revision,
        "year": draft.year,
        "wave": draft.wave,
        "date": draft.date,
        "metadata": json.loads(json.dumps(dict(draft.metadata))),
        "speakers": {s.tag: [s.person, s.is_interviewer] for s in draft.speakers},
    }
    if _is_there(study, draft, one.path):
        return _line(one, "already there", _other_header(done, draft.name, state))
    for person in draft.participants:
        _put_person(done, person, one.path)
    if transcripts.find_text(db, revision) is None:
        transcripts.add_revision(db, draft, one.sentences, study.store.clock())
    done.put("transcript", draft.name, state)
    for unit in transcripts.add_excerpt_rows(db, draft.name, revision, one.excerpts):
        done.put("unit", unit.id, {"ref": unit.ref})
    return _line(one, "added")


def _other_header(done: Transaction, name: str, state: State) -> str:
    """A note on what the header of a text that is there says now, and the study does not."""
    before = done.read("transcript", name) or {}
    other = sorted(field for field in state if state[field] != before.get(field))
    if not other:
        return ""
    return f"{name}: its header has another {', '.join(other)} now; the study keeps the old one"


def _would_be(file: ImportedFile) -> ImportedFile:
    return replace(file, outcome="would be added") if file.outcome == "added" else file


def _put_person(done: Transaction, person: Participant, path: Path) -> None:
    key = join_key(person.id, person.year)
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


def _line(one: _Ready, outcome: Outcome, note: str = "") -> ImportedFile:
    words = sum(len(turn.words.of(one.draft.text).split()) for turn in one.draft.turns)
    return ImportedFile(
        path=one.path,
        transcript=one.draft.name,
        outcome=outcome,
        turns=len(one.draft.turns),
        excerpts=len(one.excerpts),
        words=words,
        notes=(*one.notes, note) if note else one.notes,
    )
