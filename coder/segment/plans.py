"""Plans: which stretches of a transcript become excerpts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from coder.model import PLANS, ExcerptDraft, Sentence, Span, Turn, merged
from coder.segment.sentences import paragraphs

IsInterviewer = Callable[[str], bool]
"""Whether a tag belongs to an interviewer."""


def excerpts(
    plan: str,
    text: str,
    turns: Sequence[Turn],
    sentences: Sequence[Sentence],
    is_interviewer: IsInterviewer,
) -> tuple[ExcerptDraft, ...]:
    """Cut a transcript into excerpts.

    * ``answer``: from one marked question to the next, probes included; without any marker, each
      run of interviewer turns with the answers that follow. Talk before the first question and
      questions that nobody answers make no excerpt (see ``unanswered_questions``).
    * ``turn``, ``paragraph``, ``sentence``: of the participants' words.
    * ``whole``: from the first turn to the last.

    In a joint interview ``answer`` and ``whole`` make one excerpt for each participant who
    speaks, over the same span: each is coded, and counted, for what that person said.

    Args:
        plan: One of ``coder.model.PLANS``.
        text: The transcript's text.
        turns: Its turns, in order.
        sentences: Its sentences, in order; needed for the plan ``sentence`` only.
        is_interviewer: Whether a tag belongs to an interviewer.

    Raises:
        ValueError: The plan is none of those.
    """
    if plan == "answer":
        found = _answers(turns, is_interviewer)
    elif plan == "whole":
        found = _one_each(turns, is_interviewer, "whole")
    elif plan in PLANS:
        found = _pieces(plan, text, turns, sentences, is_interviewer)
    else:
        raise ValueError(f"no such plan: {plan}")
    return tuple(found)


def unanswered_questions(turns: Sequence[Turn], is_interviewer: IsInterviewer) -> tuple[Turn, ...]:
    """The questions that the plan ``answer`` leaves out because no participant says a word."""
    return tuple(
        block[0]
        for block in _blocks(turns, is_interviewer)
        if all(is_interviewer(turn.speaker) for turn in block)
    )


def turns_left_out(
    drafts: Iterable[ExcerptDraft], turns: Sequence[Turn], is_interviewer: IsInterviewer
) -> tuple[Turn, ...]:
    """The participants' turns of which not a word is in any excerpt, such as the greeting.

    A marker put in late would hide half an interview from its coders: the import should say how
    many turns are left out, and which.
    """
    covered = merged(draft.span for draft in drafts)
    starts = [span.start for span in covered]

    def is_covered(words: Span) -> bool:
        at = bisect_left(starts, words.stop) - 1
        return at >= 0 and covered[at].overlap(words) is not None

    return tuple(
        turn for turn in turns if not is_interviewer(turn.speaker) and not is_covered(turn.words)
    )


def speakers_in(
    span: Span, turns: Sequence[Turn], is_interviewer: IsInterviewer
) -> tuple[str, ...]:
    """Tags of the participants with words inside a span, in the order in which they speak."""
    tags = (turn.speaker for turn, _ in _participants_words(span, turns, is_interviewer))
    return tuple(dict.fromkeys(tags))


def quoted_words(
    span: Span, turns: Sequence[Turn], is_interviewer: IsInterviewer, speaker: str = ""
) -> tuple[Span, ...]:
    """The words inside an excerpt that are quoted and coded.

    Args:
        span: Of the excerpt.
        turns: Of the transcript, in order.
        is_interviewer: Whether a tag belongs to an interviewer.
        speaker: Whose words; by default those of every participant.
    """
    return tuple(
        words
        for turn, words in _participants_words(span, turns, is_interviewer)
        if speaker in ("", turn.speaker)
    )


def _participants_words(
    span: Span, turns: Sequence[Turn], is_interviewer: IsInterviewer
) -> Iterator[tuple[Turn, Span]]:
    # Turns are in order and do not overlap, so the first one that matters can be looked up.
    first = bisect_left(turns, span.start, key=lambda turn: turn.span.stop)
    for at in range(first, len(turns)):
        turn = turns[at]
        if turn.span.start >= span.stop:
            break
        words = turn.words.overlap(span)
        if words and not is_interviewer(turn.speaker):
            yield turn, words


def _answers(turns: Sequence[Turn], is_interviewer: IsInterviewer) -> Iterator[ExcerptDraft]:
    for block in _blocks(turns, is_interviewer):
        yield from _one_each(block, is_interviewer, "answer", block[0].question)


def _one_each(
    turns: Sequence[Turn], is_interviewer: IsInterviewer, plan: str, question: str = ""
) -> Iterator[ExcerptDraft]:
    """One excerpt over all turns for each participant, in the order in which they first speak."""
    speakers = dict.fromkeys(t.speaker for t in turns if not is_interviewer(t.speaker))
    for speaker in speakers:
        span = Span(turns[0].span.start, turns[-1].span.stop)
        yield ExcerptDraft(span, speaker, plan, question)


def _blocks(turns: Sequence[Turn], is_interviewer: IsInterviewer) -> list[Sequence[Turn]]:
    """A question with everything up to the next one; an interviewer's turn stands first."""
    starts = [at for at, turn in enumerate(turns) if _asks(turn, is_interviewer)]
    if not starts:
        starts = [
            at
            for at, turn in enumerate(turns)
            if is_interviewer(turn.speaker)
            and (at == 0 or not is_interviewer(turns[at - 1].speaker))
        ]
    stops = [*starts[1:], len(turns)]
    return [turns[start:stop] for start, stop in zip(starts, stops, strict=False) if start < stop]


def _asks(turn: Turn, is_interviewer: IsInterviewer) -> bool:
    # A marker in a participant's turn is a slip that the reader of the file has noted.
    return bool(turn.question) and is_interviewer(turn.speaker)


def _pieces(
    plan: str,
    text: str,
    turns: Sequence[Turn],
    sentences: Sequence[Sentence],
    is_interviewer: IsInterviewer,
) -> Iterator[ExcerptDraft]:
    question = ""
    for turn in turns:
        if _asks(turn, is_interviewer):
            question = turn.question
        if is_interviewer(turn.speaker) or not turn.words:
            continue
        for span in _spans(plan, text, turn, sentences):
            yield ExcerptDraft(span, turn.speaker, plan, question)


def _spans(plan: str, text: str, turn: Turn, sentences: Sequence[Sentence]) -> Iterator[Span]:
    if plan == "turn":
        yield turn.words
    elif plan == "paragraph":
        yield from paragraphs(text, turn.words)
    else:
        first = bisect_left(sentences, turn.words.start, key=lambda sentence: sentence.span.start)
        for at in range(first, len(sentences)):
            if sentences[at].span.start >= turn.words.stop:
                break
            yield sentences[at].span
