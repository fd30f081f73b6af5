"""Small turns of phrase that complaints about files share."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, known: Iterable[str], likeness: float = 0.75) -> str:
    """The known word that the user probably meant, or nothing.

    Args:
        word: What stands in the file.
        known: The words that would have been taken.
        likeness: How like they must be, from 0 to 1.
    """
    spelled = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(word.casefold(), list(spelled), n=1, cutoff=likeness)
    return spelled[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean "coder"?``, or nothing where no known word is close."""
    found = closest(word, known)
    return f'did you mean "{found}"?' if found else ""


def listed(words: Iterable[str]) -> str:
    """Words with commas and a closing "or": ``a, b or c``."""
    several = list(words)
    if len(several) < 2:
        return "".join(several)
    return f"{', '.join(several[:-1])} or {several[-1]}"


def shown(text: str, longest: int = 40) -> str:
    """Words from a file as a message may quote them: one line, quotation marks, not too long."""
    line = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
    return f'"{line if len(line) <= longest else line[: longest - 1] + "…"}"'
