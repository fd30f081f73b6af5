"""Text to spans: sentences, and the excerpts that a plan cuts."""

from coder.segment.plans import (
    excerpts,
    quoted_words,
    speakers_in,
    turns_left_out,
    unanswered_questions,
)
from coder.segment.sentences import sentences

__all__ = [
    "excerpts",
    "quoted_words",
    "sentences",
    "speakers_in",
    "turns_left_out",
    "unanswered_questions",
]
