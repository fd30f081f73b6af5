"""Rounds on named excerpts, in one short line."""

from __future__ import annotations

from collections.abc import Iterable

from coder.ops import rounds
from coder.ops.coding import Done
from coder.ops.rounds import find_round, new_round
from coder.ops.study import Study


def open_round(study: Study, name: str, coders: Iterable[str], refs: Iterable[str]) -> Done:
    """Open a round of these coders on these units."""
    return new_round(study, name, list(coders), refs=list(refs))


def close_round(study: Study, name: str) -> Done:
    """Close a round, however far its coders are."""
    return rounds.close_round(study, name, unfinished_too=True)


def round_number(study: Study, name: str) -> int:
    """The number by which a round is a pass."""
    return find_round(study, name).number
