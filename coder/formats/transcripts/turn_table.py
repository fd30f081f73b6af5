"""A table of turns (CSV or TSV), and the header in a ``.yaml`` of the same name.

Columns are ``speaker`` and ``text``, and where there are any ``start`` (a time) and ``turn`` (a
number). The text of such a transcript is a canonical body, as with captions:

* each row is a turn, or goes on with the one above where both have the same number in ``turn``;
  rows joined in this way are parted by one space;
* a turn is written ``[HH:MM:SS] TAG: words``, without the time where the row has none;
* turns are separated by a blank line, and the text ends with a line feed;
* words stay character for character, line breaks inside a cell included; blanks at the ends go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.errors import BadInput
from coder.formats.base import Notes, SourceText, complaint
from coder.formats.files import named
from coder.formats.sheets import Row, read_delimited
from coder.formats.tables import unguard
from coder.formats.transcripts.canonical import Spoken, canonical_body
from coder.formats.transcripts.headed import draft, read_sidecar
from coder.formats.transcripts.header import Header
from coder.formats.transcripts.turns import seconds_of
from coder.formats.wording import did_you_mean, listed, shown
from coder.model import TranscriptDraft

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "speaker": ("speaker", "tag", "who"),
    "text": ("text", "words", "utterance"),
    "start": ("start", "time", "timestamp"),
    "turn": ("turn",),
}
"""What a column may be called, by what it holds."""


class TurnTableReader:
    """Reads ``.csv`` and ``.tsv`` files with one row a turn."""

    name = "turn table"
    endings = (".csv", ".tsv")

    def recognises(self, source: SourceText) -> bool:
        """Never by content: other text may begin with the same words."""
        return False

    def read(self, source: SourceText) -> TranscriptDraft:
        """Read the rows and the header beside them.

        Raises:
            BadInput: The header or the table cannot be taken as it is.
        """
        notes = Notes()
        header = read_sidecar(source, notes)
        sheet = read_delimited(named(source.path), source.text, source.path.suffix.lower())
        for remark in sheet.notes:
            notes.add(remark)
        spoken = _TableReader(source, header, sheet.rows, notes).read()
        body, turns = canonical_body(source, header, spoken, notes)
        return draft(source, header, body, turns, self.name, notes)


@dataclass(frozen=True, slots=True)
class _Cells:
    number: int
    turn: str
    start: str
    tag: str
    words: str


class _TableReader:
    def __init__(
        self, source: SourceText, header: Header, rows: Sequence[Row], notes: Notes
    ) -> None:
        self.source = source
        self.header = header
        self.titles = [unguard(cell).strip() for cell in rows[0].cells]
        self.rows = rows[1:]
        self.notes = notes
        self.latest = 0.0
        names = [title.casefold() for title in self.titles]
        self.at = {
            what: next((names.index(name) for name in known if name in names), None)
            for what, known in COLUMNS.items()
        }

    def read(self) -> list[Spoken]:
        self.check_titles()
        spoken: list[Spoken] = []
        above = ""
        for row in self.rows:
            cells = self.cells(row)
            if spoken and cells.turn and cells.turn == above:
                if spoken[-1].tag != cells.tag:
                    raise self.wrong(row, f"turn {shown(cells.turn)} has two speakers")
                spoken[-1].words.append(cells.words)
            else:
                spoken.append(Spoken(cells.number, cells.start, cells.tag, [cells.words], "row"))
            above = cells.turn
        if not spoken:
            raise complaint(self.source.path, None, "a row of column names and no turns below it")
        return spoken

    def check_titles(self) -> None:
        for what in ("speaker", "text"):
            if self.at[what] is None:
                found = next((t for t in self.titles if did_you_mean(what, [t.casefold()])), "")
                hint = f"is it {shown(found)}?" if found else f"call it {listed(COLUMNS[what])}"
                raise complaint(self.source.path, None, f"row 1 names no column {what}", hint)
        read = set(self.at.values())
        for at, title in enumerate(self.titles):
            if title and at not in read:
                self.notes.add(f"column {shown(title)} is ignored")

    def cells(self, row: Row) -> _Cells:
        if len(row.cells) != len(self.titles):
            message = f"{len(row.cells)} cells under {len(self.titles)} columns"
            raise self.wrong(row, message, "put words that hold the separator in quotation marks")
        voice, words = self.cell(row, "speaker"), self.cell(row, "text")
        if not voice:
            raise self.wrong(row, "nobody is named as speaker", "write the tag of the header")
        if voice not in self.header.voices:
            message = f"the speaker {shown(voice)} is not in the header"
            hint = did_you_mean(voice, self.header.voices)
            raise self.wrong(row, message, hint or f"the header names {listed(self.header.voices)}")
        if not words:
            raise self.wrong(row, "the turn has no words", "write them or delete the row")
        tag = self.header.voices[voice]
        return _Cells(row.number, self.cell(row, "turn"), self.start(row), tag, words)

    def start(self, row: Row) -> str:
        """The time as ``HH:MM:SS``, with a fraction where the table gives one; or nothing."""
        clock = self.cell(row, "start").strip("[]").replace(",", ".")
        if not clock:
            return ""
        seconds = _seconds(clock)
        if seconds is None:
            raise self.wrong(row, f"{shown(clock)} is not a time", "write it as 00:14:02")
        if seconds < self.latest:
            self.notes.add(f"row {row.number}: the time is earlier than one before it")
        self.latest = max(seconds, self.latest)
        whole, fraction = divmod(round(seconds * 1000), 1000)
        written = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
        return f"{written}.{fraction:03}" if fraction else written

    def cell(self, row: Row, what: str) -> str:
        at = self.at[what]
        return "" if at is None else unguard(row.cells[at]).strip()

    def wrong(self, row: Row, message: str, hint: str = "") -> BadInput:
        return BadInput(f"{named(self.source.path)}, row {row.number}: {message}", hint)


def _seconds(clock: str) -> float | None:
    """Seconds of ``HH:MM:SS``, ``MM:SS`` or a plain number of seconds; None for anything else."""
    if ":" not in clock:
        return float(clock) if clock.replace(".", "", 1).isdecimal() else None
    if not all(part.replace(".", "", 1).isdecimal() for part in clock.split(":")):
        return None
    return seconds_of(clock) if clock.count(":") <= 2 and "." not in clock[:-5] else None
