"""Making, splitting, joining and dropping excerpts.

Spans are immutable: splitting and joining retire excerpts and make new ones. Everybody's codings
are copied with the origin ``boundary``; the decisions of the coder who did it are kept where they
still make sense, everybody else's reopen, because they have not seen the new boundary.
"""

from __future__ import annotations

from collections.abc import Sequence

from coder.errors import NotAllowed, UsageError
from coder.model import Coder, ExcerptDraft, Span, Transcript, Unit, Viewer
from coder.ops.coding import Done
from coder.ops.corpus import find_unit, read_transcript
from coder.ops.study import Study
from coder.segment import quoted_words
from coder.store import codings, transcripts
from coder.store.codebooks import code_uid, set_uid
from coder.store.journal import Transaction
from coder.store.objects import compound_key


def add_excerpt(study: Study, coder: Coder, transcript: str, span: Span) -> Done:
    """Make an excerpt by hand; it may overlap others.

    Raises:
        UsageError: The span is empty, outside the text, holds no participant's words, or is an
            excerpt already.
    """
    text = read_transcript(study, Viewer(coder.alias), transcript)
    _inside(text, span)
    with study.store.change(coder.id, "excerpt") as done:
        (unit,) = _make(study, done, text, [_by_hand(text, span, "")])
        done.words = f"made the excerpt {unit.ref}"
    return Done(done.entry, done.words)


def split_excerpt(study: Study, coder: Coder, ref: str, at: int) -> Done:
    """Split an excerpt in two at a position of the transcript's text.

    Args:
        study: The study.
        coder: Who splits.
        ref: The excerpt.
        at: Code point that begins the second part.

    Raises:
        UsageError: The position is not inside, or a part would hold no participant's words.
        NotAllowed: The excerpt is in an open round.
    """
    unit = find_unit(study, ref)
    text = _text_of(study, coder, unit)
    _not_in_open_round(study, unit)
    if not unit.span.start < at < unit.span.stop:
        raise UsageError(
            f"{at} is not inside {ref}", f"it runs from {unit.span.start} to {unit.span.stop}"
        )
    parts = [
        Span(unit.span.start, at).trimmed(text.text),
        Span(at, unit.span.stop).trimmed(text.text),
    ]
    for part in parts:
        _inside(text, part)
    with study.store.change(coder.id, "split") as done:
        made = _replace(study, done, coder, text, [unit], parts, unit.question)
        done.words = f"split {ref} into {made[0].ref} and {made[1].ref}"
    return Done(done.entry, done.words)


def join_excerpts(study: Study, coder: Coder, ref: str, next_ref: str) -> Done:
    """Join two excerpts of one transcript that follow each other into one.

    Raises:
        UsageError: They are of two transcripts, or others lie between them.
        NotAllowed: One of them is in an open round.
    """
    first, second = sorted(
        (find_unit(study, ref), find_unit(study, next_ref)), key=lambda unit: unit.span
    )
    if first.transcript != second.transcript or first.id == second.id:
        raise UsageError(f"{ref} and {next_ref} are not two excerpts of one transcript")
    text = _text_of(study, coder, first)
    for unit in (first, second):
        _not_in_open_round(study, unit)
    between = [
        unit.ref
        for unit in transcripts.read_units(study.store.db, first.transcript)
        if first.span.stop <= unit.span.start < second.span.start and unit.id != second.id
    ]
    if between:
        raise UsageError(f"{between[0]} lies between {first.ref} and {second.ref}")
    span = Span(first.span.start, max(first.span.stop, second.span.stop))
    with study.store.change(coder.id, "join") as done:
        (made,) = _replace(study, done, coder, text, [first, second], [span], first.question)
        done.words = f"joined {first.ref} and {second.ref} into {made.ref}"
    return Done(done.entry, done.words)


def drop_excerpt(study: Study, coder: Coder, ref: str) -> Done:
    """Take an excerpt out of the study's counts; nothing of it is deleted.

    Raises:
        NotAllowed: Somebody else has coded it, or it is in an open round.
    """
    unit = find_unit(study, ref)
    _not_in_open_round(study, unit)
    others = [uid for uid in codings.coders_on(study.store.db, ref) if uid != coder.id]
    if others:
        raise NotAllowed(f"{ref} is coded by somebody else as well", "ask them to undo first")
    with study.store.change(coder.id, "drop") as done:
        done.put("unit", unit.id, None)
        done.words = f"dropped the excerpt {ref}"
    return Done(done.entry, done.words)


def _text_of(study: Study, coder: Coder, unit: Unit) -> Transcript:
    if not unit.transcript:
        raise UsageError(f"{unit.ref} is a record, not an excerpt")
    return read_transcript(study, Viewer(coder.alias), unit.transcript)


def _not_in_open_round(study: Study, unit: Unit) -> None:
    name = codings.open_round_of(study.store.db, unit.ref)
    if name:
        raise NotAllowed(
            f"{unit.ref} is in the open round {name}, whose boundaries are frozen",
            "split and join before a round or after it",
        )


def _inside(text: Transcript, span: Span) -> None:
    if span.stop > len(text.text):
        raise UsageError(f"the text of {text.name} has only {len(text.text)} characters")
    if not any(part.of(text.text).strip() for part in _quoted(text, span)):
        raise UsageError(
            f"{span.start} to {span.stop} of {text.name} holds no words of a participant",
            "interviewers are not coded",
        )


def _quoted(text: Transcript, span: Span) -> Sequence[Span]:
    return quoted_words(span, text.turns, text.is_interviewer)


def _by_hand(text: Transcript, span: Span, question: str) -> ExcerptDraft:
    first = _quoted(text, span)[0]
    speaker = next(turn.speaker for turn in text.turns if turn.words.overlap(first))
    asked = [turn.question for turn in text.turns if turn.question and turn.span.start < span.stop]
    return ExcerptDraft(span, speaker, "hand", question or (asked[-1] if asked else ""))


def _make(
    study: Study, done: Transaction, text: Transcript, drafts: Sequence[ExcerptDraft]
) -> list[Unit]:
    made = transcripts.add_excerpt_rows(study.store.db, text.name, text.revision, drafts)
    for unit in made:
        if done.read("unit", unit.id) is not None:
            raise UsageError(f"{unit.ref} has exactly these words already")
        done.put("unit", unit.id, {"ref": unit.ref})
    return made


def _replace(
    study: Study,
    done: Transaction,
    coder: Coder,
    text: Transcript,
    old: Sequence[Unit],
    spans: Sequence[Span],
    question: str,
) -> list[Unit]:
    """Retire excerpts for new ones, copying every coding of every coder once to each."""
    made = _make(study, done, text, [_by_hand(text, span, question) for span in spans])
    for unit in made:
        for uid in sorted({uid for o in old for uid in codings.coders_on(study.store.db, o.ref)}):
            _copy(study, done, old, unit, uid, keep_decisions=uid == coder.id)
    for unit in old:
        done.put("unit", unit.id, None)
    return made


def _copy(
    study: Study,
    done: Transaction,
    old: Sequence[Unit],
    new: Unit,
    coder: str,
    *,
    keep_decisions: bool,
) -> None:
    """Copy one coder's ordinary codings to a new excerpt.

    In an exclusive set two joined excerpts may bring two codes: then neither is copied, and the
    set stays open for the coder to decide.
    """
    store = study.store
    found: dict[str, dict[str, str]] = {}
    for unit in old:
        for coding in codings.own_work_on(store.db, coder, unit.ref, 0).codings.get(unit.ref, ()):
            found.setdefault(coding.code_set, {})[coding.code] = coding.version
    modes = {f"{b.id}:{s.id}": s.mode for b in study.codebooks for s in b.code_sets}
    for full, codes in sorted(found.items()):
        if modes.get(full) != "multi" and len(codes) > 1:
            continue
        book, _, set_id = full.partition(":")
        for code, version in sorted(codes.items()):
            state = {
                "unit": new.id,
                "code_set": set_uid(book, set_id),
                "code": code_uid(book, code),
                "coder": coder,
                "pass": 0,
                "version": version,
                "origin": "boundary",
                "at": store.clock(),
            }
            done.put("coding", store.new_id(), state)
        if keep_decisions:
            key = compound_key(new.id, set_uid(book, set_id), coder, 0)
            state = {"status": "coded", "version": version, "at": store.clock()}
            done.put("decision", key, state)
