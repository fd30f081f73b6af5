"""What took the place of codes that were replaced."""

from __future__ import annotations

from coder.model.codebook import Codebook


def resolved(book: Codebook, codes: frozenset[str]) -> frozenset[str]:
    """The codes as this version has them: what was replaced counts as its heirs, once.

    Heirs may have been replaced in their turn.
    """
    heirs = {code.id: code.replaced_by for _, code in book.codes() if code.replaced_by}

    def standing(code: str, passed: frozenset[str]) -> frozenset[str]:
        # Codes that replace each other in a circle count as themselves, lest they vanish.
        if code not in heirs or code in passed:
            return frozenset((code,))
        return frozenset().union(*(standing(heir, passed | {code}) for heir in heirs[code]))

    return frozenset().union(*(standing(code, frozenset()) for code in codes))
