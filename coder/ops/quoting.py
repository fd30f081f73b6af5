"""Naming a stretch of a transcript by words that stand in it, for those who count no characters."""

from __future__ import annotations

from coder.errors import UsageError
from coder.model import Coder, Span, Transcript, Unit, Viewer
from coder.ops.coding import Done
from coder.ops.corpus import find_unit, read_transcript
from coder.ops.excerpts import add_excerpt, resize_excerpt, split_excerpt
from coder.ops.searching import find_in
from coder.ops.study import Study


def place_of(text: Transcript, words: str, near: Span | None = None) -> Span:
    """Where some words stand that stand only once.

    Args:
        text: The transcript.
        words: As `searching.find_in` takes them: case, line breaks and kinds of quotation marks
            do not matter.
        near: Of several places, the only one inside this stretch will do.

    Raises:
        UsageError: They stand nowhere, or in several places.
    """
    found = find_in(text.text, words)
    if len(found) > 1 and near is not None:
        found = tuple(span for span in found if near.contains(span)) or found
    if not found:
        raise UsageError(
            f"“{words}” does not stand in {text.name}", f"coder show {text.name} prints it"
        )
    if len(found) > 1:
        raise UsageError(
            f"“{words}” stands {len(found)} times in {text.name}", "quote more of the words there"
        )
    return found[0]


def place_after(text: Transcript, words: str, start: int) -> Span:
    """The first place from a position on where some words stand.

    Raises:
        UsageError: They stand nowhere there.
    """
    found = next((span for span in find_in(text.text, words) if span.start >= start), None)
    if found is None:
        before = text.text[start : start + 20].split("\n")[0].strip()
        raise UsageError(
            f"“{words}” does not stand behind “{before}” in {text.name}",
            f"coder show {text.name} prints it",
        )
    return found


def add_quoted(study: Study, coder: Coder, transcript: str, first: str, last: str = "") -> Done:
    """Make an excerpt from some words to others, or of the first words alone.

    Raises:
        UsageError: Words stand nowhere, the first stand in several places, or no excerpt can be
            made of that.
    """
    with study.store.together():
        text = read_transcript(study, Viewer(coder.alias), transcript)
        span = place_of(text, first)
        if last:
            span = Span(span.start, place_after(text, last, span.start).stop)
        return add_excerpt(study, coder, transcript, span)


def split_before(study: Study, coder: Coder, ref: str, words: str) -> Done:
    """Split an excerpt before words that stand in it once.

    Raises:
        UsageError: They stand elsewhere, or in several places of it.
        NotAllowed: The excerpt is in an open round.
    """
    with study.store.together():
        unit = _excerpt(study, ref)
        text = read_transcript(study, Viewer(coder.alias), unit.transcript)
        place = place_of(text, words, unit.span)
        if not unit.span.contains(place):
            raise UsageError(f"“{words}” does not stand in {ref}", f"coder show {ref} prints it")
        return split_excerpt(study, coder, ref, place.start)


def resize_quoted(
    study: Study,
    coder: Coder,
    ref: str,
    *,
    start: int | None = None,
    stop: int | None = None,
    first: str = "",
    last: str = "",
) -> Done:
    """Let an excerpt begin or end elsewhere; an end that nothing is said of stays.

    Args:
        study: The study.
        coder: Who moves its ends.
        ref: The excerpt.
        start: Code point where it is to begin.
        stop: Code point before which it is to end.
        first: In place of a start: the words it is to begin with.
        last: In place of a stop: the words it is to end with, the first ones behind its start.

    Raises:
        UsageError: Words stand nowhere or in several places, or the excerpt cannot go there.
        NotAllowed: The excerpt is in an open round.
    """
    with study.store.together():
        unit = _excerpt(study, ref)
        text = read_transcript(study, Viewer(coder.alias), unit.transcript)
        if first:
            start = place_of(text, first, unit.span).start
        start = unit.span.start if start is None else start
        if last:
            stop = place_after(text, last, start).stop
        stop = unit.span.stop if stop is None else stop
        if start >= stop:
            raise UsageError(
                f"{start} to {stop} is no stretch of text",
                f"{ref} runs from {unit.span.start} to {unit.span.stop}",
            )
        return resize_excerpt(study, coder, ref, Span(start, stop))


def _excerpt(study: Study, ref: str) -> Unit:
    unit = find_unit(study, ref)
    if not unit.transcript:
        raise UsageError(f"{ref} is a record, not an excerpt")
    return unit
