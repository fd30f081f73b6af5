"""What all readers share: guarded reading of text files, complaints, the choice of a reader."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from coder.errors import BadInput
from coder.formats.files import named, read_bytes
from coder.formats.wording import listed, shown
from coder.model import TranscriptDraft

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes. A two-hour interview is 0.15 MB, so whatever is larger is no transcript."""

_LINES_NAMED = 5

# What people save under a text ending by mistake, known by its first bytes.
_DISGUISES = (
    (b"PK\x03\x04", "a Word document or zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x1f\x8b", "a gzip archive"),
)
_SAVE_AS_TEXT = "open it in the program that made it and save it as plain text, UTF-8"

# Word leaves these in pasted text: a page break, and a line break inside a paragraph.
_PAGE_BREAK = re.compile("[\x0b\x0c]")
_BESIDE_LINE_END = re.compile("(?<=\n)\x0c|\x0c(?=\n)")

# Everything below U+0020 but tab and line feed, delete, and the C1 block: terminals act on
# them, and the C1 ones in a transcript are punctuation of Windows-1252 that was misread.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text file after the guards: decoded, NFC, line feeds only, without byte order mark."""

    path: Path
    text: str
    sha256: str
    """Of the bytes of the file, in hex."""
    notes: tuple[str, ...] = ()
    """What had to change, one plain sentence each."""


@dataclass(slots=True)
class Notes:
    """Collects what a reader has to say; the same remark about many lines becomes one sentence."""

    _lines: dict[str, list[int]] = field(default_factory=dict)

    def add(self, remark: str, line: int | None = None) -> None:
        """Keep a remark, with the line of the file that it is about."""
        lines = self._lines.setdefault(remark, [])
        if line is not None:
            lines.append(line)

    def sentences(self) -> tuple[str, ...]:
        """The remarks in the order in which they first came up."""
        return tuple(_with_lines(remark, lines) for remark, lines in self._lines.items())


class TranscriptReader(Protocol):
    """Reads one form of transcript file."""

    @property
    def name(self) -> str:
        """Goes into ``TranscriptDraft.source_format``."""

    @property
    def endings(self) -> tuple[str, ...]:
        """File name endings in lower case, with the dot."""

    def recognises(self, source: SourceText) -> bool:
        """Whether the content can only be this form, whatever the file is called."""

    def read(self, source: SourceText) -> TranscriptDraft:
        """Turn the text into a draft, or raise BadInput."""


def choose_reader(source: SourceText, readers: Sequence[TranscriptReader]) -> TranscriptReader:
    """The reader whose form the content shows, else the first one for the file's ending.

    Content goes first because captions are often saved as ``.txt``.
    """
    for reader in readers:
        if reader.recognises(source):
            return reader
    ending = source.path.suffix.lower()
    return next(reader for reader in readers if ending in reader.endings)


def require_ending(path: Path, readers: Iterable[TranscriptReader]) -> None:
    """Refuse a file that no reader is for, naming the endings that can be read.

    Raises:
        BadInput: The ending is unknown.
    """
    known = sorted({ending for reader in readers for ending in reader.endings})
    ending = path.suffix.lower()
    if ending not in known:
        what = f"files ending in {shown(ending)}" if ending else "files without an ending"
        hint = f"a transcript ends in {listed(known)}"
        raise complaint(path, None, f"{what} are not read as transcripts", hint)


def load_text(path: Path, limit: int = SIZE_LIMIT) -> SourceText:
    """Read a text file, refusing whatever is not plain text.

    UTF-8 is expected; UTF-16 is taken where a byte order mark announces it, since older Windows
    editors call it "Unicode" and the mark leaves no doubt.

    Args:
        path: The file.
        limit: The largest size taken, in bytes.

    Raises:
        BadInput: Missing, a folder, unreadable, empty, too large, binary, in another encoding,
            or with control characters inside.
    """
    data = read_bytes(path, limit)
    if not data:
        raise complaint(path, None, "the file is empty")
    for magic, what in _DISGUISES:
        if data.startswith(magic):
            raise complaint(path, None, f"this is {what}, not a text file", _SAVE_AS_TEXT)
    notes = Notes()
    text = _decoded(path, data, notes)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notes.add("line ends of Windows or old Mac files became line feeds")
    if _PAGE_BREAK.search(text):
        text = _PAGE_BREAK.sub("\n", _BESIDE_LINE_END.sub("", text))
        notes.add("page and line breaks of a word processor became line feeds")
    if not text.strip():
        raise complaint(path, None, "the file holds nothing but white space")
    if bad := _CONTROL.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        message = f"control character U+{ord(bad.group()):04X} inside the text"
        raise complaint(path, line, message, "delete it, or save the file again as UTF-8 text")
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        # NFC neither makes nor eats a line feed, so lines can be compared one by one.
        pairs = zip(text.split("\n"), composed.split("\n"), strict=True)
        for number, (before, after) in enumerate(pairs, start=1):
            if before != after:
                notes.add("letters and their accents were joined (Unicode NFC)", number)
    at = composed.find("\ufffd")
    if at >= 0:
        line = composed.count("\n", 0, at) + 1
        notes.add("has replacement characters (U+FFFD): an earlier program lost letters", line)
    return SourceText(path, composed, hashlib.sha256(data).hexdigest(), notes.sentences())


def complaint(path: Path, line: int | None, message: str, hint: str = "") -> BadInput:
    """A one-line error that names the file and, where there is one, the line.

    Args:
        path: The file as the user named it.
        line: Line of the file, counted from 1, or None where no line is to blame.
        message: What is wrong; values of the file go through ``wording.shown`` first.
        hint: The next step.
    """
    place = f"{named(path)}, line {line}" if line is not None else named(path)
    return BadInput(f"{place}: {message}", hint)


def _decoded(path: Path, data: bytes, notes: Notes) -> str:
    encoding, mark = "utf-8", b""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise complaint(path, None, "the text is UTF-32", "save the file again as UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        mark = data[:3]
        notes.add("a byte order mark at the start was left out")
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, mark = ("utf-16-le" if data[0] == 0xFF else "utf-16-be"), data[:2]
        notes.add("the text was UTF-16 and is kept as UTF-8")
    elif b"\x00" in data:
        line = data.count(b"\n", 0, data.index(b"\x00")) + 1
        message = f"not a text file: byte {data.index(0)} is zero"
        raise complaint(path, line, message, _SAVE_AS_TEXT)
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        before = data[len(mark) : at].decode(encoding, errors="replace")
        line = re.sub("\r\n?", "\n", before).count("\n") + 1
        name = encoding.upper() if encoding == "utf-8" else "UTF-16"
        message = f"byte {at} (0x{data[at]:02X}) is not {name}"
        raise complaint(path, line, message, "save the file again as UTF-8") from error


def _with_lines(remark: str, lines: list[int]) -> str:
    if not lines:
        return remark
    named = ", ".join(map(str, lines[:_LINES_NAMED]))
    rest = f" and {len(lines) - _LINES_NAMED} more" if len(lines) > _LINES_NAMED else ""
    return f"line{'s' if len(lines) > 1 else ''} {named}{rest}: {remark}"
