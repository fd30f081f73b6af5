"""Running heads and feet of pages, as they come along when a document is pasted as text.

They stand in the middle of what somebody says, so they are taken out before turns are read:
those that the header names, and no others. A line that only looks like one is pointed out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from coder.formats.base import Notes
from coder.formats.wording import shown

NUMBER = "#"
"""Stands for a number in a pattern: ``Page # of #``."""
_TWICE_IS_CHANCE = 3


def without_page_headers(
    text: str, patterns: Sequence[str], first_line: int, notes: Notes
) -> tuple[str, tuple[int, ...]]:
    """The text without the lines that a pattern describes.

    Args:
        text: The body.
        patterns: Whole lines, white space folded, with ``#`` for any number.
        first_line: The line of the file on which the body begins.
        notes: Gets what was left out, and what may have to be.

    Returns:
        The text, and the line of the file that each of its lines had.
    """
    forms = [_form(pattern) for pattern in patterns]
    kept: list[str] = []
    numbers: list[int] = []
    left_out: set[int] = set()
    for number, line in enumerate(text.split("\n"), start=first_line):
        place = next((n for n, form in enumerate(forms) if form.fullmatch(_folded(line))), None)
        if place is None:
            kept.append(line)
            numbers.append(number)
            continue
        left_out.add(place)
        notes.add("a page header was left out", number)
    for place, pattern in enumerate(patterns):
        if place not in left_out:
            notes.add(f"no line is a page header like {shown(pattern)}")
    _note_look_alikes(kept, notes)
    return "\n".join(kept), tuple(numbers)


def _form(pattern: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in _folded(pattern).split(NUMBER))
    return re.compile(r"\d+".join(parts))


def _folded(line: str) -> str:
    return " ".join(line.split())


def _note_look_alikes(lines: Sequence[str], notes: Notes) -> None:
    """Mention lines that come again and again, alike but for a number."""
    numbered = (re.sub(r"\d+", NUMBER, _folded(line)) for line in lines if re.search(r"\d", line))
    for form, times in Counter(numbered).items():
        if times >= _TWICE_IS_CHANCE and re.search(r"page|seite|p\. ?#", form, re.IGNORECASE):
            notes.add(
                f"{times} lines like {shown(form)} look like page headers and were read as words;"
                f" a header field page_header: {shown(form)} leaves them out"
            )
