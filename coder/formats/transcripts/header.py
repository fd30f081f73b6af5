"""What the header of a transcript says: which interview this is, and who speaks in it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coder.errors import BadInput
from coder.formats.base import Notes, complaint
from coder.formats.transcripts.fields import Fields, Listing, Scalar, Value, plain, read_fields
from coder.formats.transcripts.people import Person, read_people
from coder.formats.wording import closest, did_you_mean, listed, shown
from coder.model import Participant, Speaker

WAVES = ("fall", "winter", "spring")
REDACTION_STATES = ("none", "partial", "done")
REQUIRED_FIELDS = (
    "transcript",
    "study",
    "protocol",
    "date",
    "wave",
    "year",
    "participants",
    "interviewers",
    "redaction",
)
OPTIONAL_FIELDS = (
    "length_min",
    "mode",
    "recording",
    "transcription",
    "consent",
    "synthetic",
    "page_header",
)

_LONGEST = 64 * 1024  # characters; the sample's headers have 700, and YAML is slow to read
_HAS_OWN_PLACE = ("transcript", "date", "wave", "year", "participants", "interviewers")
_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one transcript, checked."""

    name: str
    date: str
    wave: str
    year: str
    speakers: tuple[Speaker, ...]
    participants: tuple[Participant, ...]
    voices: Mapping[str, str]
    """Tags and, where only one person has it, the display name; each leads to the tag."""
    page_headers: tuple[str, ...]
    """Lines to leave out of the body, with ``#`` for numbers."""
    metadata: Mapping[str, object]


def read_header(path: Path, text: str, first_line: int, name: str, notes: Notes) -> Header:
    """Read and check a header.

    Args:
        path: The file that holds it: the transcript, or the ``.yaml`` beside it.
        text: The YAML without the ``---`` lines around it.
        first_line: The line of the file on which the text begins.
        name: What the transcript's file is called, without its ending.
        notes: Gets what is odd but can stand.

    Raises:
        BadInput: Anything that would have to be guessed.
    """
    if len(text) > _LONGEST:
        message = f"the header has {len(text)} characters, more than the {_LONGEST} taken"
        raise complaint(path, first_line, message, "is the closing --- line missing?")
    return _HeaderReader(path, read_fields(path, text, first_line), notes).read(name)


class _HeaderReader:
    """Checks field by field; the first fault ends the reading."""

    def __init__(self, path: Path, fields: Fields, notes: Notes) -> None:
        self.path = path
        self.fields = fields
        self.notes = notes

    def read(self, name: str) -> Header:
        known = (*REQUIRED_FIELDS, *OPTIONAL_FIELDS)
        for key in REQUIRED_FIELDS:
            self.require(key, known)
        if (transcript := self.text("transcript")) != name:
            message = f"transcript {shown(transcript)} is not the name of the file, {shown(name)}"
            raise self.wrong("transcript", message, "rename the file or correct the field")
        if not name.isprintable():
            raise self.wrong("transcript", f"transcript {shown(name)} holds control characters")
        date, wave, year = self.date(), self.wave(), self.year()
        self.note_date_outside(date, year)
        interviewed = self.people("participants")
        interviewers = self.people("interviewers")
        people = (*interviewed, *interviewers)
        self.check_unique(people)
        metadata = self.metadata(known, interviewers)
        return Header(
            name=name,
            date=date,
            wave=wave,
            year=year,
            speakers=tuple(Speaker(p.tag, p.id, p.is_interviewer) for p in people),
            participants=tuple(
                Participant(p.id, p.name, year, dict(p.attributes)) for p in interviewed
            ),
            voices=_voices(people),
            page_headers=self.page_headers(),
            metadata=metadata,
        )

    def wrong(self, key: str, message: str, hint: str = "") -> BadInput:
        return complaint(self.path, self.fields.values[key].line, message, hint)

    def require(self, key: str, known: Iterable[str]) -> None:
        value = self.fields.values.get(key)
        if value is None:
            hint = f"add a line '{key}: ...'"
            strangers = [field for field in self.fields.values if field not in known]
            if near := closest(key, strangers):
                hint = f"line {self.fields.key_lines[near]} has {shown(near)}: is that it?"
            message = f"the header has no field {shown(key)}"
            raise complaint(self.path, self.fields.line, message, hint)
        if isinstance(value, Scalar) and (value.value is None or not value.text.strip()):
            raise self.wrong(key, f"{key} is empty", f"write a value after '{key}:'")

    def text(self, key: str) -> str:
        value = self.fields.values[key]
        if not isinstance(value, Scalar):
            raise self.wrong(key, f"{key} should be one value, and is {_kind(value)}")
        return value.text.strip()

    def date(self) -> str:
        written = self.text("date")
        try:
            if _DATE.fullmatch(written):
                return datetime.date.fromisoformat(written).isoformat()
        except ValueError as error:
            message = f"date {shown(written)} is not in the calendar"
            raise self.wrong("date", message) from error
        raise self.wrong("date", f"date {shown(written)} is not a date", "write it as 2024-02-06")

    def wave(self) -> str:
        written = self.text("wave")
        if written not in WAVES:
            hint = did_you_mean(written, WAVES) or f"write {listed(WAVES)}"
            raise self.wrong("wave", f"wave {shown(written)} is not known", hint)
        return written

    def year(self) -> str:
        written = self.text("year")
        parts = _YEAR.fullmatch(written)
        if parts is None or (int(parts[1]) + 1) % 100 != int(parts[2]):
            message = f"year {shown(written)} is not a school year"
            raise self.wrong("year", message, "write it as 2023-24")
        return written

    def note_date_outside(self, date: str, year: str) -> None:
        starts = int(year[:4])
        # July to August of the next year: nobody's school year is wider.
        if not f"{starts}-07-01" <= date <= f"{starts + 1}-08-31":
            line = self.fields.values["date"].line
            self.notes.add(f"the date {date} lies outside the school year {year}", line)

    def people(self, key: str) -> tuple[Person, ...]:
        return read_people(self.path, key, self.fields.values[key], self.notes)

    def check_unique(self, people: Iterable[Person]) -> None:
        by_tag: dict[str, Person] = {}
        by_id: dict[str, Person] = {}
        for person in people:
            if other := by_tag.get(person.tag):
                message = (
                    f"{person.id} and {other.id} (line {other.line}) share "
                    f"the speaker tag {shown(person.tag)}"
                )
                raise complaint(self.path, person.line, message, "give each a tag of their own")
            if other := by_id.get(person.id):
                message = f"two people have the id {shown(person.id)}, first in line {other.line}"
                raise complaint(self.path, person.line, message, "give each an id of their own")
            by_tag[person.tag] = by_id[person.id] = person

    def metadata(self, known: Iterable[str], interviewers: Iterable[Person]) -> dict[str, object]:
        for key in ("mode", "recording"):
            if key in self.fields.values:
                self.text(key)
        self.typed("length_min", (int, float), "a number of minutes")
        self.typed("synthetic", (bool,), "true or false")
        if "transcription" in self.fields.values and not isinstance(
            self.fields.values["transcription"], Fields
        ):
            hint = "write {style: clean, by: ...}"
            raise self.wrong("transcription", "transcription should be a set of fields", hint)
        self.check_redaction()
        found: dict[str, object] = {"study": self.text("study"), "protocol": self.text("protocol")}
        for key, value in self.fields.values.items():
            if key not in known:
                meant = did_you_mean(key, known)
                remark = f"the field {shown(key)} is not known and was kept as it is"
                self.notes.add(f"{remark}; {meant}" if meant else remark, value.line)
            if key not in _HAS_OWN_PLACE:
                found.setdefault(key, plain(value))
        described = {p.id: dict(p.attributes) for p in interviewers if p.attributes}
        if described:
            found["interviewers"] = described
        return found

    def page_headers(self) -> tuple[str, ...]:
        value = self.fields.values.get("page_header")
        if value is None:
            return ()
        items = value.items if isinstance(value, Listing) else (value,)
        found = [item.text.strip() for item in items if isinstance(item, Scalar)]
        if len(found) < len(items) or not all(found):
            message = "page_header should be a line of text, or a list of them"
            raise self.wrong("page_header", message, 'such as "Interview 7, page #"')
        return tuple(found)

    def typed(self, key: str, types: tuple[type, ...], wanted: str) -> None:
        value = self.fields.values.get(key)
        if value is None or (isinstance(value, Scalar) and value.value is None):
            return
        # bool is an int to Python, and `length_min: true` is a slip.
        if not isinstance(value, Scalar) or type(value.value) not in types:
            is_what = shown(value.text) if isinstance(value, Scalar) else _kind(value)
            raise self.wrong(key, f"{key} should be {wanted}, and is {is_what}")

    def check_redaction(self) -> None:
        value = self.fields.values["redaction"]
        state = value.values.get("state") if isinstance(value, Fields) else value
        written = state.text if isinstance(state, Scalar) else ""
        if written not in REDACTION_STATES:
            message = (
                f"redaction {shown(written)} is not known" if written else "no redaction state"
            )
            hint = (
                f"write {listed(REDACTION_STATES)}, alone or as {{state: done, by: ..., date: ...}}"
            )
            raise self.wrong("redaction", message, hint)


def _voices(people: Iterable[Person]) -> dict[str, str]:
    several = tuple(people)
    voices: dict[str, str] = {}
    for person in several:
        if person.name and sum(other.name == person.name for other in several) == 1:
            voices[person.name] = person.tag
    # Tags last: where a name of one person is the tag of another, the tag is what counts.
    return voices | {person.tag: person.tag for person in several}


def _kind(value: Value) -> str:
    return "a set of fields" if isinstance(value, Fields) else "a list"
