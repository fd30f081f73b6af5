"""Which column of a spreadsheet of codes holds what."""

from __future__ import annotations

from coder.errors import BadInput
from coder.formats.codebook_table.columns import COLUMNS, KEYS, NO_WORDS, YES_WORDS, column_of
from coder.formats.sheets import Row, Sheet
from coder.formats.tables import unguard
from coder.formats.wording import did_you_mean, listed, shown

HEADER_SEARCHED = 10
"""Rows among which the header is looked for: a title may stand above it."""


class Header:
    """Finds cells by the key of their column."""

    def __init__(self, sheet: Sheet, row: Row) -> None:
        self.sheet = sheet
        self.titles = [self._plain(cell).strip() for cell in row.cells]
        self.at: dict[str, int] = {}
        self.notes: list[str] = []
        place = f"{sheet.place}, row {row.number}"
        for at, title in enumerate(self.titles):
            key = column_of(title)
            if key in self.at:
                first = shown(self.titles[self.at[key]])
                raise BadInput(
                    f"{place}: the columns {first} and {shown(title)} mean the same",
                    f"rename one of them; {key} is read from one column",
                )
            if key:
                self.at[key] = at
            elif title:
                meant = did_you_mean(title, [*KEYS, *(column.title for column in COLUMNS)])
                note = f"column {shown(title)} is not known and left out"
                self.notes.append(f"{note} ({meant})" if meant else note)

    def place(self, row: Row, key: str = "") -> str:
        """File, sheet, row and column, as messages begin."""
        column = f", column {shown(self.titles[self.at[key]])}" if key in self.at else ""
        return f"{self.sheet.place}, row {row.number}{column}"

    def check(self, row: Row) -> None:
        """Stop at a row that does not fit under the header.

        Raises:
            BadInput: More cells than columns, or a cell that the spreadsheet spoilt.
        """
        if any(cell.strip() for cell in row.cells[len(self.titles) :]):
            raise BadInput(
                f"{self.place(row)}: more cells than the {len(self.titles)} columns",
                "put cells that hold the separator between quotation marks",
            )
        for key, at in self.at.items():
            if at in row.broken:
                raise BadInput(
                    f"{self.place(row, key)}: an error or a formula that was never computed",
                    "correct it, or paste its value",
                )
            if at in row.dates:
                raise BadInput(
                    f"{self.place(row, key)}: the spreadsheet turned this into the date "
                    f"{row.cells[at]}",
                    "format the column as text and type it again",
                )

    def text(self, row: Row, key: str) -> str:
        """A cell as it was written; nothing where the column is not there or blank."""
        at = self.at.get(key, -1)
        text = self._plain(row.cells[at]) if 0 <= at < len(row.cells) else ""
        return text if text.strip() else ""

    def word(self, row: Row, key: str, words: tuple[str, ...] = ()) -> str:
        """A cell without blanks around it.

        Raises:
            BadInput: It is none of the words that may stand there.
        """
        word = self.text(row, key).strip()
        if not words or not word:
            return word
        spelled = {known.casefold(): known for known in words}
        if word.casefold() not in spelled:
            raise BadInput(
                f"{self.place(row, key)}: {shown(word)} is not known here",
                did_you_mean(word, words) or f"one of {listed(words)}, or blank",
            )
        return spelled[word.casefold()]

    def is_yes(self, row: Row, key: str, *, default: bool = False) -> bool:
        """A cell that says yes or no.

        Raises:
            BadInput: It says something else.
        """
        word = self.word(row, key).casefold()
        if word and word not in YES_WORDS | NO_WORDS:
            raise BadInput(
                f"{self.place(row, key)}: {shown(word)} is neither yes nor no", "yes or no"
            )
        return word in YES_WORDS if word else default

    def _plain(self, cell: str) -> str:
        # Only text files have the apostrophe that keeps spreadsheets from running a cell.
        return cell if self.sheet.name else unguard(cell)


def header_at(sheet: Sheet) -> int | None:
    """Position of the first row that names a column of codes or of their names."""
    for at, row in enumerate(sheet.rows[:HEADER_SEARCHED]):
        keys = {column_of(unguard(cell)) for cell in row.cells}
        if keys & {"code", "name"} and len(keys - {""}) > 1:
            return at
    return None
