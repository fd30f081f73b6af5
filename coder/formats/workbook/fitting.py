"""What a workbook can hold: names of sheets, texts of cells, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LONGEST_CELL = 32_767
"""UTF-16 units that a cell can hold."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Fitter:
    """Makes texts fit into the cells of one sheet, and counts what it had to change."""

    replaced_characters: int = 0
    cut_texts: int = 0

    def fit(self, text: str) -> str:
        """The text as a cell can hold it: LF line ends, � for what XML forbids, … where cut."""
        clean = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        clean, replaced = _NOT_XML.subn("\ufffd", clean)
        self.replaced_characters += replaced
        # A character takes one unit or two: only long texts need counting.
        if len(clean) > LONGEST_CELL // 2 and len(clean.encode("utf-16-le")) // 2 > LONGEST_CELL:
            self.cut_texts += 1
            clean = _utf16_cut(clean, LONGEST_CELL - 1) + "…"
        return clean

    def notes(self) -> list[str]:
        """What a reader of the sheet must know about it."""
        notes = []
        if self.replaced_characters:
            notes.append(
                f"{_counted(self.replaced_characters, 'character')} shown as \ufffd, because a "
                "workbook cannot hold them."
            )
        if self.cut_texts:
            notes.append(
                f"{_counted(self.cut_texts, 'text')} cut after {LONGEST_CELL - 1:,} characters, "
                "marked …; the CSV export is whole."
            )
        return notes


def sheet_name(wanted: str, taken: Sequence[str] = ()) -> str:
    """A name that Excel takes for a sheet, and that none of the others has.

    At most 31 characters, none of ``[ ] : * ? / \\``, no apostrophe at either end, not
    ``History``; unique whatever the case. A number is added where two would be the same.
    """
    clean = " ".join(_NOT_IN_SHEET_NAME.sub(" ", wanted).split()).strip("' ") or "Sheet"
    if clean.casefold() == "history":  # Excel keeps this name for itself
        clean = f"{clean} table"
    used = {name.casefold() for name in taken}
    number = 1
    while True:
        ending = f" {number}" if number > 1 else ""
        name = _utf16_cut(clean, 31 - len(ending)).rstrip("' ") + ending
        if name.casefold() not in used:
            return name
        number += 1


def xml_text(text: str) -> str:
    """The text with � for every character that XML forbids."""
    return _NOT_XML.sub("\ufffd", text)


def as_date(text: str) -> date | str:
    """A date where the text is one in ISO form, else the text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _utf16_cut(text: str, units: int) -> str:
    """The beginning of a text in at most so many UTF-16 units, as Excel counts."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")


def _counted(number: int, what: str) -> str:
    return f"1 {what} is" if number == 1 else f"{number:,} {what}s are"
