"""Words laid out in lines for a screen."""

from __future__ import annotations

import textwrap
import unicodedata


def hanging(first: str, words: str, width: int) -> list[str]:
    """Words behind a beginning, wrapped so that every further line starts below them.

    Args:
        first: What the first line begins with, its gap included.
        words: What is wrapped; characters a terminal would act on become �.
        width: Terminal cells.
    """
    text = one_line(words)
    if not text:
        return [first.rstrip()]
    return textwrap.wrap(
        text,
        max(width, len(first) + 20),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )


def one_line(words: str) -> str:
    """Words on one line that no terminal acts on."""
    return "".join("\ufffd" if _acts(char) else char for char in " ".join(words.split()))


def _acts(char: str) -> bool:
    # Joiners and soft hyphens belong to words; marks that turn the direction do not stay in line.
    if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
        return True
    return char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
