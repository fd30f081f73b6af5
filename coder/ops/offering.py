"""Which codes can be put on now: not those that are retired, replaced, or mere categories."""

from __future__ import annotations

from coder.errors import UsageError
from coder.model import Code, Codebook, CodeSet, resolved


def refuse_unoffered(book: Codebook, code: Code) -> None:
    """Refuse to put a code on that is not offered any more; taking it off is always possible.

    Raises:
        UsageError: It is not offered; names its heirs, or what can be put on instead.
    """
    if code.replaced_by:
        heirs = [c for _, c in book.codes() if c.id in resolved(book, frozenset((code.id,)))]
        names = " and ".join(heir.name for heir in heirs)
        raise UsageError(
            f"{code.name} was replaced by {names}",
            f"put on {' or '.join(heir.id for heir in heirs)}",
        )
    if code.is_retired:
        raise UsageError(
            f"{code.name} is retired", "what was coded with it stays, and can be taken off"
        )
    if code.is_category:
        below = [c.id for _, c in book.codes() if c.parent == code.id and c.is_offered]
        hint = f"below it are {', '.join(below)}" if below else "put on one of its codes"
        raise UsageError(f"{code.name} is a category, and nothing is coded with it", hint)


def counted_codes(code_set: CodeSet, used: frozenset[str] | set[str]) -> tuple[Code, ...]:
    """The codes of a set that a table should name: on offer, or on something all the same."""
    return tuple(code for code in code_set.codes if code.is_offered or code.id in used)
