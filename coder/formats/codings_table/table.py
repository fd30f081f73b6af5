"""What a spreadsheet of codings says, and the words it says it with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.formats.wording import shown

if TYPE_CHECKING:
    from coder.model import Status

UNIT_COLUMNS = ("excerpt", "unit", "ref")
SET_COLUMNS = ("code_set", "set")
CODE_COLUMNS = ("code", "codes")
OTHER_COLUMNS = ("coder", "memo")

CONTEXT_COLUMNS = frozenset(
    {
        "transcript",
        "participant",
        "pseudonym",
        "speaker",
        "question",
        "plan",
        "text",
        "words",
        "start",
        "stop",
        "turn",
        "role",
        "district",
        "school",
        "year",
        "wave",
        "date",
        "cluster",
        "status",
        "round",
        "version",
        "origin",
        "at",
        "level",
        "valence",
    }
)
"""Columns of our own exports that say where a coding stands; in wide form no code sets."""

STATUS_WORDS: dict[str, Status] = {
    "": "nothing",
    "nothing": "nothing",
    "n/a": "not_applicable",
    "not_applicable": "not_applicable",
}


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One code on one unit, or the word that none applies."""

    row_number: int
    """As a spreadsheet program counts, from 1."""
    unit: str
    """Reference as it stands in the file."""
    code_set: str
    """``set`` or ``book:set``; empty where the file names none."""
    code: str
    """Empty unless ``status`` is ``coded``."""
    coder: str
    """Empty where the file names none."""
    memo: str
    status: Status
    column: str = ""
    """Title of the column it stands in, where a complaint should name it."""


@dataclass(frozen=True, slots=True)
class CodingsTable:
    """What a spreadsheet of codings says, before anybody has looked whether it fits a study."""

    file: str
    sheet: str
    """Name of the sheet; empty for CSV and TSV."""
    form: Literal["long", "wide"]
    rows: tuple[CodingRow, ...]
    columns: tuple[str, ...]
    """Columns that were read, as they are named in the file."""
    ignored: tuple[str, ...]
    """Columns that were not."""
    notes: tuple[str, ...]
    """What was assumed or left out, one plain sentence each."""

    @property
    def description(self) -> str:
        """One sentence for the user: which form was recognised, from which columns."""
        place = f"{self.file}, sheet {shown(self.sheet)}" if self.sheet else self.file
        units = len({row.unit for row in self.rows})
        return (
            f"{place}: {self.form} form, {units} excerpts, {len(self.rows)} codings and decisions, "
            f"from columns {', '.join(self.columns)}"
        )


def plain_title(title: str) -> str:
    """A column title without case, and with underscores for blanks and hyphens."""
    return re.sub(r"[\s-]+", "_", title.strip().casefold())
