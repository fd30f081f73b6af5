"""Plans: which stretches of a transcript become excerpts."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.model import PLANS, ExcerptDraft, Span, Turn
from coder.segment import (
    excerpts,
    quoted_words,
    sentences,
    speakers_in,
    turns_left_out,
    unanswered_questions,
)


def is_interviewer(tag: str) -> bool:
    return tag.startswith("INT")


def interview(*said: str) -> tuple[str, list[Turn]]:
    """A text and its turns from lines such as ``INT {Q-WHY}: Why?``; ``/`` ends a paragraph."""
    text, turns = "", []
    for number, line in enumerate(said, start=1):
        head, _, words = line.partition(": ")
        tag, _, marker = head.partition(" ")
        words = words.replace("/", "\n\n")
        opening = f"{tag}: {marker} " if marker else f"{tag}: "
        start = len(text) + len(opening)
        turns.append(
            Turn(
                number,
                tag,
                Span(len(text), start + len(words)),
                Span(start, start + len(words)),
                question=marker.strip("{}"),
            )
        )
        text += f"{opening}{words}\n\n"
    return text, turns


def cut(plan: str, text: str, turns: list[Turn]) -> list[tuple[str, str, str]]:
    """Speaker, question and participants' words of every excerpt."""
    found = excerpts(plan, text, turns, sentences(text, turns), is_interviewer)
    assert all(draft.plan == plan for draft in found)
    return [(draft.speaker, draft.question, words_of(draft, text, turns)) for draft in found]


def words_of(draft: ExcerptDraft, text: str, turns: list[Turn]) -> str:
    return " + ".join(
        s.of(text) for s in quoted_words(draft.span, turns, is_interviewer, draft.speaker)
    )


MARKED = (
    "INT: Shall we?",
    "T1: Yes.",
    "INT {Q-A}: What do you see?",
    "T1: A lot. Much./And more.",
    "INT: Such as?",
    "T2: Noise.",
    "INT: Thanks.",
    "INT {Q-B}: And you?",
    "INT: Anyone?",
    "INT2 {Q-C}: Why?",
    "T2: Because. So.",
)


def test_answer_runs_from_one_marked_question_to_the_next() -> None:
    text, turns = interview(*MARKED)
    assert cut("answer", text, turns) == [
        ("T1", "Q-A", "A lot. Much.\n\nAnd more."),
        ("T2", "Q-A", "Noise."),
        ("T2", "Q-C", "Because. So."),
    ]
    first, other, second = excerpts("answer", text, turns, (), is_interviewer)
    assert first.span == other.span == Span(turns[2].span.start, turns[6].span.stop)
    assert second.span == Span(turns[9].span.start, turns[10].span.stop)


def test_what_makes_no_excerpt_is_told() -> None:
    text, turns = interview(*MARKED)
    assert [turn.question for turn in unanswered_questions(turns, is_interviewer)] == ["Q-B"]
    drafts = excerpts("answer", text, turns, (), is_interviewer)
    assert [turn.number for turn in turns_left_out(drafts, turns, is_interviewer)] == [2]
    whole = excerpts("whole", text, turns, (), is_interviewer)
    assert turns_left_out(whole, turns, is_interviewer) == ()


def test_answer_without_markers_takes_runs_of_interviewer_turns() -> None:
    text, turns = interview(
        "T1: Hello.", "INT: One?", "INT2: Or two?", "T1: One.", "T2: Two.", "INT: Three?", "T2: No."
    )
    assert cut("answer", text, turns) == [
        ("T1", "", "One."),
        ("T2", "", "Two."),
        ("T2", "", "No."),
    ]
    assert unanswered_questions(turns, is_interviewer) == ()


def test_a_question_at_the_end_without_markers() -> None:
    text, turns = interview("INT: One?", "T1: One.", "INT: Thank you.")
    assert cut("answer", text, turns) == [("T1", "", "One.")]
    assert [turn.number for turn in unanswered_questions(turns, is_interviewer)] == [3]


def test_a_marker_in_a_participants_turn_opens_nothing() -> None:
    text, turns = interview("INT {Q-A}: One?", "T1 {Q-B}: One.", "INT: Two?", "T1: Two.")
    assert cut("answer", text, turns) == [("T1", "Q-A", "One. + Two.")]
    assert cut("turn", text, turns) == [("T1", "Q-A", "One."), ("T1", "Q-A", "Two.")]


def test_turn_paragraph_and_sentence_carry_the_question_in_force() -> None:
    text, turns = interview(*MARKED)
    assert cut("turn", text, turns) == [
        ("T1", "", "Yes."),
        ("T1", "Q-A", "A lot. Much.\n\nAnd more."),
        ("T2", "Q-A", "Noise."),
        ("T2", "Q-C", "Because. So."),
    ]
    assert cut("paragraph", text, turns) == [
        ("T1", "", "Yes."),
        ("T1", "Q-A", "A lot. Much."),
        ("T1", "Q-A", "And more."),
        ("T2", "Q-A", "Noise."),
        ("T2", "Q-C", "Because. So."),
    ]
    assert cut("sentence", text, turns) == [
        ("T1", "", "Yes."),
        ("T1", "Q-A", "A lot."),
        ("T1", "Q-A", "Much."),
        ("T1", "Q-A", "And more."),
        ("T2", "Q-A", "Noise."),
        ("T2", "Q-C", "Because."),
        ("T2", "Q-C", "So."),
    ]


def test_whole_is_one_excerpt_a_participant() -> None:
    text, turns = interview(*MARKED)
    span = Span(0, turns[-1].span.stop)
    assert excerpts("whole", text, turns, (), is_interviewer) == (
        ExcerptDraft(span, "T1", "whole"),
        ExcerptDraft(span, "T2", "whole"),
    )


@pytest.mark.parametrize("plan", PLANS)
def test_nobody_answers(plan: str) -> None:
    text, turns = interview("INT {Q-A}: One?", "INT: Two?")
    assert cut(plan, text, turns) == []
    assert excerpts(plan, "", (), (), is_interviewer) == ()


def test_unknown_plan() -> None:
    with pytest.raises(ValueError, match="no such plan: chapter"):
        excerpts("chapter", "", (), (), is_interviewer)


def test_speakers_in_an_excerpt() -> None:
    text, turns = interview("INT: One?", "T2: One.", "T1: Two.", "T2: Three.")
    drafts = excerpts("answer", text, turns, (), is_interviewer)
    assert [draft.speaker for draft in drafts] == ["T2", "T1"]
    assert speakers_in(drafts[0].span, turns, is_interviewer) == ("T2", "T1")
    assert cut("answer", text, turns) == [("T2", "", "One. + Three."), ("T1", "", "Two.")]


def test_quoted_words_of_a_span_by_hand() -> None:
    text, turns = interview("INT: One?", "T1: One two three.", "INT: Four?", "T1: Four.")
    start, stop = text.index("two"), text.index("our?") + 2
    found = quoted_words(Span(start, stop), turns, is_interviewer)
    assert [span.of(text) for span in found] == ["two three."]
    assert quoted_words(turns[0].span, turns, is_interviewer) == ()
    assert quoted_words(Span(start, start), turns, is_interviewer) == ()


LINES = st.lists(
    st.tuples(
        st.sampled_from(["INT", "INT2", "T1", "T2"]),
        st.sampled_from(["", "", " {Q-A}", " {Q-B}"]),
        st.sampled_from(["Yes.", "One. Two.", "One/Two. Three", "[laughs]", "x"]),
    ).map(lambda parts: f"{parts[0]}{parts[1]}: {parts[2]}"),
    max_size=12,
)


@given(LINES, st.sampled_from(PLANS))
def test_excerpts_are_ordered_apart_and_hold_a_participants_words(
    said: list[str], plan: str
) -> None:
    text, turns = interview(*said)
    found = excerpts(plan, text, turns, sentences(text, turns), is_interviewer)
    end = 0
    for span, together in groupby(found, key=lambda draft: draft.span):
        assert end <= span.start < span.stop <= len(text)
        end = span.stop
        speakers = tuple(draft.speaker for draft in together)
        assert speakers == speakers_in(span, turns, is_interviewer)
    spoken = [turn for turn in turns if not is_interviewer(turn.speaker)]
    if plan != "answer":
        quoted = sorted(
            s
            for draft in found
            for s in quoted_words(draft.span, turns, is_interviewer, draft.speaker)
        )
        said_so = "".join(turn.words.of(text) for turn in spoken)
        assert "".join("".join(s.of(text) for s in quoted).split()) == "".join(said_so.split())
    left_out = turns_left_out(found, turns, is_interviewer)
    held = {turn.number for turn in spoken} - {turn.number for turn in left_out}
    assert held == {
        turn.number for turn in spoken for draft in found if draft.span.overlap(turn.words)
    }
