"""Making, splitting, joining, resizing and dropping excerpts.

Spans are immutable: splitting, joining and resizing retire excerpts and make new ones, onto which
everybody's work is carried over (see ``carrying``). None cuts in two what people see as one
character.
"""

from __future__ import annotations

from collections.abc import Sequence

from coder.errors import NotAllowed, UsageError
from coder.model import Coder, ExcerptDraft, Span, Transcript, Unit, Viewer
from coder.ops.carrying import carry_over
from coder.ops.coding import Done
from coder.ops.corpus import find_unit, read_transcript
from coder.ops.study import Study
from coder.segment import quoted_words
from coder.segment.graphemes import cut_after, cut_before
from coder.store import codings, transcripts
from coder.store.journal import Transaction


def add_excerpt(study: Study, coder: Coder, transcript: str, span: Span) -> Done:
    """Make an excerpt by hand; it may overlap others.

    White space at either end is left out. An excerpt that was dropped or split comes back as it
    was left, under its old reference.

    Raises:
        UsageError: The span is empty, outside the text, holds no participant's words, or is an
            excerpt already.
    """
    with study.store.change(coder.id, "excerpt") as done:
        text = read_transcript(study, Viewer(coder.alias), transcript)
        span = _inside(text, span)
        (unit,) = _make(study, done, text, [_by_hand(text, span)])
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
        UsageError: The position is not inside, or a part would hold no words of its speaker.
        NotAllowed: The excerpt is in an open round.
    """
    with study.store.change(coder.id, "split") as done:
        unit = find_unit(study, ref)
        text = _text_of(study, coder, unit)
        _not_in_open_round(study, unit)
        start, stop = unit.span.start, unit.span.stop
        at = _cut_before(text, at)
        if not start < at < stop:
            raise UsageError(f"{at} is not inside {ref}", f"it runs from {start} to {stop}")
        parts = [_inside(text, Span(*part), unit.speaker) for part in ((start, at), (at, stop))]
        made = _replace(study, done, coder, text, [unit], parts)
        done.words = f"split {ref} into {made[0].ref} and {made[1].ref}"
    return Done(done.entry, done.words)


def join_excerpts(study: Study, coder: Coder, ref: str, next_ref: str) -> Done:
    """Join two excerpts of one transcript that follow each other into one.

    Raises:
        UsageError: They are of two transcripts or two people, or others lie between them.
        NotAllowed: One of them is in an open round.
    """
    with study.store.change(coder.id, "join") as done:
        first, second = sorted(
            (find_unit(study, ref), find_unit(study, next_ref)), key=lambda unit: unit.span
        )
        if first.transcript != second.transcript or first.id == second.id:
            raise UsageError(f"{ref} and {next_ref} are not two excerpts of one transcript")
        if first.speaker != second.speaker:
            raise UsageError(
                f"{first.speaker} speaks in {first.ref}, {second.speaker} in {second.ref}",
                "an excerpt counts for one person",
            )
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
        (made,) = _replace(study, done, coder, text, [first, second], [span])
        done.words = f"joined {first.ref} and {second.ref} into {made.ref}"
    return Done(done.entry, done.words)


def resize_excerpt(study: Study, coder: Coder, ref: str, span: Span) -> Done:
    """Let an excerpt begin or end elsewhere in its transcript.

    Args:
        study: The study.
        coder: Who moves its ends.
        ref: The excerpt.
        span: From where to where it goes then; white space at either end is left out.

    Raises:
        UsageError: The span is the one it has, shares no words with it, is that of another
            excerpt, is outside the text, or holds no words of its speaker.
        NotAllowed: The excerpt is in an open round.
    """
    with study.store.change(coder.id, "resize") as done:
        unit = find_unit(study, ref)
        text = _text_of(study, coder, unit)
        _not_in_open_round(study, unit)
        span = _inside(text, span, unit.speaker)
        if span == unit.span.trimmed(text.text):
            raise UsageError(f"{ref} begins and ends there already")
        if span.overlap(unit.span) is None:
            raise UsageError(
                f"{span.start} to {span.stop} shares no words with {ref}",
                "coder excerpt add makes an excerpt elsewhere",
            )
        (made,) = _replace(study, done, coder, text, [unit], [span])
        done.words = f"moved the ends of {ref}, which is {made.ref} now"
    return Done(done.entry, done.words)


def drop_excerpt(study: Study, coder: Coder, ref: str) -> Done:
    """Take an excerpt out of the study's counts; nothing of it is deleted.

    Raises:
        NotAllowed: Somebody else has worked on it, or it is in an open round.
    """
    with study.store.change(coder.id, "drop") as done:
        unit = find_unit(study, ref)
        _not_in_open_round(study, unit)
        if any(uid != coder.id for uid in codings.coders_on(study.store.db, ref)):
            raise NotAllowed(
                f"somebody else has worked on {ref} as well", "ask them to undo that first"
            )
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


def _inside(text: Transcript, span: Span, speaker: str = "") -> Span:
    """The span without white space at its ends, if it holds words that can be coded."""
    if span.stop > len(text.text):
        raise UsageError(f"the text of {text.name} has only {len(text.text)} characters")
    if not any(part.of(text.text).strip() for part in _quoted(text, span, speaker)):
        raise UsageError(
            f"{span.start} to {span.stop} of {text.name} holds no words of"
            f" {speaker or 'a participant'}",
            "an excerpt is what somebody says; interviewers are not coded",
        )
    return clean_cut(text, span)


def clean_cut(text: Transcript, span: Span) -> Span:
    """The span as it is cut: without white space at its ends, and of whole characters."""
    span = span.trimmed(text.text)
    return Span(_cut_before(text, span.start), cut_after(text.text, span.stop))


def _cut_before(text: Transcript, place: int) -> int:
    """Where the character begins in which a place lies; no later than the words of its turn."""
    holding = (t.words.start for t in text.turns if t.words.start <= place < t.words.stop)
    return max(cut_before(text.text, place), next(holding, 0))


def _quoted(text: Transcript, span: Span, speaker: str = "") -> Sequence[Span]:
    return quoted_words(span, text.turns, text.is_interviewer, speaker)


def _by_hand(text: Transcript, span: Span) -> ExcerptDraft:
    """An excerpt of whoever speaks first in it, under the question that was asked last."""
    first = _quoted(text, span)[0]
    speaker = next(turn.speaker for turn in text.turns if turn.words.overlap(first))
    asked = [turn.question for turn in text.turns if turn.question and turn.span.start < span.stop]
    return ExcerptDraft(span, speaker, "hand", asked[-1] if asked else "")


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
) -> list[Unit]:
    """Retire excerpts for new ones of the same speaker, under the question of the first."""
    first = old[0]
    made = _make(
        study,
        done,
        text,
        [ExcerptDraft(span, first.speaker, "hand", first.question) for span in spans],
    )
    for unit in made:
        carry_over(study, done, coder, old, unit)
    for unit in old:
        done.put("unit", unit.id, None)
    return made
