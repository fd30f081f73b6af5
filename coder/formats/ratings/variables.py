"""Wide files with several variables, whose columns are called after a coder and a variable."""

from __future__ import annotations

import re
from collections.abc import Sequence

JOINTS = ("_", ".", ":", "-", "/", " ")

CODER_WORD = re.compile(r"(coder|rater|annotator|judge|observer|reviewer)[\s_-]?\w{0,2}", re.I)

Pair = tuple[str, str]
"""Coder and variable."""


def pairs_for(titles: Sequence[str], coders: Sequence[str]) -> dict[int, Pair]:
    """The columns called ``<coder>_<variable>`` or ``<variable>_<coder>``, for known coders.

    Args:
        titles: All titles.
        coders: Names that are no titles by themselves.
    """
    found: dict[int, Pair] = {}
    for at, title in enumerate(titles):
        for coder in coders:
            for joint in JOINTS:
                if title.startswith(coder + joint) and len(title) > len(coder + joint):
                    found[at] = (coder, title.removeprefix(coder + joint))
                elif title.endswith(joint + coder) and len(title) > len(joint + coder):
                    found[at] = (coder, title.removesuffix(joint + coder))
    return found


def grid_of(titles: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The two lists of parts of which each with each makes a title; None where they do not."""
    for joint in JOINTS:
        for split in (str.partition, str.rpartition):
            parts = [split(title, joint) for title in titles]
            if not all(first and middle and last for first, middle, last in parts):
                continue
            firsts = tuple(dict.fromkeys(first for first, _, _ in parts))
            lasts = tuple(dict.fromkeys(last for _, _, last in parts))
            if min(len(firsts), len(lasts)) > 1 and len(firsts) * len(lasts) == len(set(titles)):
                return firsts, lasts
    return None


def are_coders(parts: Sequence[str]) -> bool:
    """Whether parts of titles say that they are coders: ``rater1``, ``coder_B``."""
    return all(CODER_WORD.fullmatch(part) for part in parts)
