"""Cautions in one letter each, for a table that has no room for sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coder.ops.agreement_report import AgreementReport, AgreementRow, Caution


@dataclass(frozen=True, slots=True)
class Flag:
    """A kind of caution."""

    letter: str
    meaning: str
    """A clause, for the note below the table."""
    pattern: re.Pattern[str]
    """How its sentences are recognised."""


def _flag(letter: str, meaning: str, pattern: str) -> Flag:
    return Flag(letter, meaning, re.compile(pattern))


FLAGS = (
    _flag(
        "F",
        "few units or clusters, so rough at best",
        r"^Only (one|\d)|^The bootstrap covers too little|^Not coded by two coders",
    ),
    _flag("P", "one code makes up nearly all, or nearly none", r"makes up .* of the codes"),
    _flag("R", "rare codes", r"^Under \d+% of the codes"),
    _flag("C", "under 5 agreements expected by chance", r"^Fewer than 5 agreements expected"),
    _flag(
        "N",
        "a coder never used a code that another used",
        r"^(?!Declared).* never used | marked nothing\.",
    ),
    _flag("B", "coders use a code at different rates", r" used .* on \d+% of units, "),
    _flag("K", "kappa and AC1 are far apart", r" and Gwet's AC1 "),
    _flag("G", "a declared level between used ones was never used", r"^Declared and never used"),
    _flag("U", "a coder finished no unit", r" finished no unit\."),
)
"""In the order in which they stand in a cell."""

OTHER = Flag("!", "see the cautions", re.compile(""))
"""Whatever is none of these."""


def flag_of(text: str) -> Flag:
    """The kind of a caution."""
    return next((flag for flag in FLAGS if flag.pattern.search(text)), OTHER)


def concerns(caution: Caution, row: AgreementRow) -> bool:
    """Whether a caution is about the comparison that a row belongs to."""
    if row.code or row.by or caution.code_set != row.code_set:
        return False
    same_level = caution.level is None or caution.level == row.level
    return same_level and caution.coders in ((), row.coders)


def letters(report: AgreementReport, row: AgreementRow) -> str:
    """The flags of a comparison."""
    found = {flag_of(one.text) for one in report.cautions if one.level and concerns(one, row)}
    return "".join(flag.letter for flag in (*FLAGS, OTHER) if flag in found)


def key_to(cells: Iterable[str]) -> str:
    """What the letters mean that occur; empty where none does."""
    used = set("".join(cells))
    meant = [f"{flag.letter} {flag.meaning}" for flag in (*FLAGS, OTHER) if flag.letter in used]
    return f"Flags: {'; '.join(meant)}." if meant else ""
