"""Whether words before a colon are somebody's tag that the header forgot, or just words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coder.formats.wording import closest

_MOST_CAPITALS = 10  # "MODERATOR:" has nine; a shouted phrase is longer or has spaces
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?\s+\w")
_SPEAKER_WORD = re.compile(
    r"(?:interviewer|interviewee|speaker|participant|respondent|researcher|moderator|facilitator"
    r"|teacher|coach|principal|unknown|voice)(?:\s?\d+|\s[a-z])?",
    re.IGNORECASE,
)


def seems_a_tag(words: str, tags: Sequence[str]) -> bool:
    """Whether words at the margin, without a time, are more likely a speaker than prose.

    Args:
        words: What stands before the colon.
        tags: The tags of the header.
    """
    if " " not in words and len(words) <= _MOST_CAPITALS and words.isupper():
        return True
    if _TITLED.match(words) or _SPEAKER_WORD.fullmatch(words):
        return True
    if _bare(words) in map(_bare, tags):
        return True
    # Two or three letters are too few to be "nearly" another tag: "So" is not "SO2" misspelt.
    return len(words) >= 4 and bool(closest(words, tags, likeness=0.85))


def could_be_a_name(words: str, tags: Sequence[str]) -> bool:
    """Whether words before a colon have the form of a name: one word, or up to four in capitals."""
    parts = words.split()
    if len(parts) == 1 or seems_a_tag(words, tags):
        return True
    return len(parts) <= 4 and all(part[0].isupper() or part[0].isdigit() for part in parts)


def _bare(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())
