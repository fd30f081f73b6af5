"""The names that journalled objects have in every copy of a study.

What stands on a unit begins with the unit's uid, and what belongs to one answer (this unit, code
set, coder and pass) begins with the answer's key. So whatever ever stood on something is one
range of an index over the journal: undo finds in microseconds what came after it, in a study
with a million codings too.
"""

from __future__ import annotations

SEPARATOR = "|"
_AFTER_SEPARATOR = "}"
"""The code point after the separator: no key that continues another one sorts behind it."""

ANSWER_PARTS = 4
"""Unit, code set, coder, pass."""

ORDINARY_PASS = "0"


def join_key(*parts: str) -> str:
    """One key of several parts."""
    return SEPARATOR.join(parts)


def answer_key(unit: str, code_set: str, coder: str, pass_: str) -> str:
    """Where one coder stands with one unit and code set: the key of the decision.

    Args:
        unit: Uid.
        code_set: Uid.
        coder: Uid.
        pass_: ``0`` for ordinary coding, else the uid of a round.
    """
    return join_key(unit, code_set, coder, pass_)


def coding_key(answer: str, coding: str) -> str:
    """A coding with this uid under an answer."""
    return join_key(answer, coding)


def settlement_key(unit: str, code_set: str, settlement: str) -> str:
    """A settlement with this uid of a unit and code set."""
    return join_key(unit, code_set, settlement)


def memo_key(target: str, memo: str) -> str:
    """A memo with this uid on something.

    Args:
        target: Uid of a unit or code, key of a coding, or name of a transcript.
        memo: Uid.
    """
    return join_key(target, memo)


def flag_key(unit: str, coder: str, name: str) -> str:
    """A flag of this name that a coder put on a unit.

    Args:
        unit: Uid.
        coder: Uid.
        name: The flag's; it cannot hold the separator.
    """
    return join_key(unit, coder, name)


def sorting_key(code_set: str, coder: str) -> str:
    """One coder's sorting of the codes of a set: what its piles and sorted codes continue.

    Args:
        code_set: Uid.
        coder: Uid.
    """
    return join_key(code_set, coder)


def pile_key(sorting: str, pile: str) -> str:
    """A pile with this uid of a sorting."""
    return join_key(sorting, pile)


def sorted_code_key(sorting: str, code: str) -> str:
    """Where a code (uid) lies in a sorting."""
    return join_key(sorting, code)


def sorting_of(key: str) -> str:
    """The sorting that a pile or a sorted code belongs to."""
    return key.rpartition(SEPARATOR)[0]


def first_part(key: str) -> str:
    """The uid of what an object stands on; its own for one that stands on nothing."""
    return key.partition(SEPARATOR)[0]


def last_part(key: str) -> str:
    """The uid of an object whose key continues another's."""
    return key.rpartition(SEPARATOR)[2]


def answer_of(key: str) -> str:
    """The answer that a coding, or a memo on a coding, belongs to; a decision's own key."""
    return join_key(*key.split(SEPARATOR)[:ANSWER_PARTS])


def below(key: str) -> tuple[str, str]:
    """The least and the greatest key that could continue this one."""
    return key + SEPARATOR, key + _AFTER_SEPARATOR
