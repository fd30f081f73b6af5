"""What took the place of codes that were replaced."""

from __future__ import annotations

from coder.model.codebook import Codebook


def resolved(book: Codebook, codes: frozenset[str]) -> frozenset[str]:
    """The codes as this version has them: what was replaced counts as its heirs, once.

    Heirs may have been replaced in their turn.
    """
    heirs = _heirs_in(book)
    if heirs.keys().isdisjoint(codes):
        return codes

    def standing(code: str, passed: frozenset[str]) -> frozenset[str]:
        # Codes that replace each other in a circle count as themselves, lest they vanish.
        if code not in heirs or code in passed:
            return frozenset((code,))
        return frozenset().union(*(standing(heir, passed | {code}) for heir in heirs[code]))

    return frozenset().union(*(standing(code, frozenset()) for code in codes))


_KEPT = 16
_known: dict[int, tuple[Codebook, dict[str, tuple[str, ...]]]] = {}
"""By identity. The book is held with what is known of it, so that no other can have its id."""


def _heirs_in(book: Codebook) -> dict[str, tuple[str, ...]]:
    """What took the place of each code that was replaced: asked a dozen times at every key."""
    held, heirs = _known.get(id(book), (None, {}))
    if held is not book:
        if len(_known) >= _KEPT:
            _known.clear()
        heirs = {code.id: code.replaced_by for _, code in book.codes() if code.replaced_by}
        _known[id(book)] = book, heirs
    return heirs
