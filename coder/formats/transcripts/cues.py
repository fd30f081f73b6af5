"""WebVTT and SubRip as cues with voices: who says what, from when.

webvtt-py reads the cues. It drops without a word whatever it cannot read, so every block of the
file is looked at here first: words of a participant must not vanish.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from coder.errors import BadInput
from coder.formats.base import Notes, SourceText, complaint
from coder.formats.wording import shown

ARROW = "-->"

_CLOCK = r"(?:\d{1,10}:)?[0-5]?\d:[0-5]?\d\.\d{1,3}"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*{ARROW}\s*{_CLOCK}(?=\s|$)", re.ASCII)
_HEADER = re.compile(r"WEBVTT(?=\s|$)")
_IGNORED = re.compile(r"(?:NOTE|STYLE|REGION)(?=\s|$)")

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:\s+(?P<name>[^>]*))?>|</v\s*>")
# What WebVTT defines, and nothing else: a transcriber's <unclear> are words to keep.
_FORMAT = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang)(?:\.[^\s>]*)?(?:\s[^>]*)?>|<[\d:.]+>", re.ASCII)
# Only with its semicolon: without one, HTML would make "¬es" of "R&notes".
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);", re.ASCII)
_BREAKS = re.compile("\\s*[\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+\\s*")


_SUBRIP = re.compile(r"\s*\d+[ \t]*\n\s*\d{1,10}:\d{1,2}:\d{1,2},\d{1,3}[ \t]*-->", re.ASCII)
_SUBRIP_TIMES = re.compile(
    rf"(?P<from>\s*\d{{1,10}}:\d\d:\d\d),(?P<ms>\d{{1,3}})(?P<to>\s*{ARROW}\s*\d{{1,10}}:\d\d:\d\d)"
    r",(?P<end>\d{1,3})(?P<rest>.*)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """The words of one voice in one cue."""

    line: int
    """Of the file, where the cue's times stand."""
    start: str
    """As ``HH:MM:SS.mmm``."""
    voice: str
    """The name in ``<v Name>``; empty where the cue gives none."""
    words: str
    """On one line, without tags, entities decoded."""


@dataclass(frozen=True, slots=True)
class Form:
    """One of the two formats, in the words of its faults."""

    is_subrip: bool
    how_to_write_times: str
    how_to_belong: str
    first_of_cue: str
    how_to_name: str
    """Where the name of whoever speaks is written."""

    def clock(self, time: str) -> str:
        """A time as the file has it."""
        return time.replace(".", ",") if self.is_subrip else time


WEBVTT = Form(
    is_subrip=False,
    how_to_write_times="write 00:00:01.000 --> 00:00:04.000 as first line of the cue",
    how_to_belong="a blank line ends a cue: delete it, or write a line with times above",
    first_of_cue="the times",
    how_to_name="begin its words with <v Name>",
)
SUBRIP = Form(
    is_subrip=True,
    how_to_write_times="write 00:00:01,000 --> 00:00:04,000 below the number of the cue",
    how_to_belong="a blank line ends a cue: delete it, or write a number and times above",
    first_of_cue="the number",
    how_to_name="begin its words with the name and a colon",
)


def form_of(source: SourceText) -> Form:
    """What a caption file is, or by its ending is meant to be."""
    if is_subrip(source.text):
        return SUBRIP
    is_meant = source.path.suffix.lower() == ".srt" and not source.text.startswith("WEBVTT")
    return SUBRIP if is_meant else WEBVTT


def is_subrip(text: str) -> bool:
    """Whether a text opens as SubRip does: a number, then times with decimal commas."""
    return _SUBRIP.match(text) is not None


def read_cues(source: SourceText, notes: Notes) -> Iterator[Cue]:
    """The words of a caption file in its own order.

    Args:
        source: The file.
        notes: Gets what was left out.

    Raises:
        BadInput: Neither WebVTT nor SubRip, a block that is no cue, times that cannot be or run
            backwards.
    """
    # Deferred: only caption files need it.
    import webvtt

    # A line of spaces looks blank and is meant to be; to WebVTT it is part of the cue.
    rows = [row if row.strip() else "" for row in source.text.split("\n")]
    form = form_of(source)
    if form.is_subrip:
        rows = ["WEBVTT", "", *map(_as_webvtt, rows)]
        lines = [line - 2 for line in _lines_of_cues(source, rows, form, added=2)]
    else:
        lines = _lines_of_cues(source, rows, form)
    captions = webvtt.from_string("\n".join(rows)).captions
    if len(captions) != len(lines):
        message = f"{len(lines)} cues have times and {len(captions)} could be read"
        raise complaint(source.path, None, message, "check the times for odd characters")
    before = ""
    for line, caption in zip(lines, captions, strict=True):
        start, end, raw = str(caption.start), str(caption.end), str(caption.raw_text)
        if _is_later(before, start):
            message = f"the cue at {form.clock(start)} comes after the cue at {form.clock(before)}"
            raise complaint(source.path, line, message, "put the cues in the order of their times")
        if _is_later(start, end):
            message = f"the cue at {form.clock(start)} ends before it starts, at {form.clock(end)}"
            raise complaint(source.path, line, message, "correct its times")
        before = start
        if _FORMAT.search(raw):
            notes.add("formatting tags such as <i> were left out", line)
        pieces = list(_voiced(_FORMAT.sub("", raw)))
        if not pieces:
            notes.add("a cue has no words and was left out", line)
        for voice, words in pieces:
            yield Cue(line, start, voice, words)


def _as_webvtt(row: str) -> str:
    """A line of SubRip as WebVTT has it: its times with points; positions behind them go."""
    times = _SUBRIP_TIMES.fullmatch(row)
    if times is None:
        return row
    return f"{times['from']}.{times['ms']:0<3}{times['to']}.{times['end']:0<3}"


def _lines_of_cues(source: SourceText, lines: list[str], form: Form, added: int = 0) -> list[int]:
    """The line of the times of every cue, after a look at every block.

    Args:
        source: The file, for complaints.
        lines: Its lines as WebVTT.
        form: What it is.
        added: How many lines at the top are not of the file.
    """
    if not _HEADER.match(lines[0]):
        hint = "begin the file with WEBVTT and a blank line"
        raise complaint(source.path, 1, "the first line is not WEBVTT", hint)
    found: list[int] = []
    at = 0
    while at < len(lines):
        stop = next((n for n in range(at, len(lines)) if not lines[n]), len(lines))
        block = lines[at:stop]
        if block:
            arrows = [n for n, line in enumerate(block) if ARROW in line]
            if at == 0 or _IGNORED.match(block[0]):
                if arrows:
                    raise _no_blank(source, at + arrows[0] + 1 - added, form)
            else:
                found.append(at + _times_of(source, block, at + 1 - added, arrows, form) + 1)
        at = stop + 1
    if not found:
        raise complaint(source.path, None, "there are no cues in the file")
    return found


def _times_of(
    source: SourceText, block: list[str], first_line: int, arrows: list[int], form: Form
) -> int:
    """Which line of a block holds the times: the first, or the second under an identifier."""
    if not arrows:
        message = f"{shown(block[0])} belongs to no cue"
        raise complaint(source.path, first_line, message, form.how_to_belong)
    where = arrows[0]
    if where > 1 or not _TIMES.match(block[where]):
        as_written = source.text.split("\n")[first_line + where - 1]
        message = f"{shown(as_written)} is no line of times"
        raise complaint(source.path, first_line + where, message, form.how_to_write_times)
    if len(arrows) > 1:
        raise _no_blank(source, first_line + arrows[1], form)
    return where


def _no_blank(source: SourceText, line: int, form: Form) -> BadInput:
    hint = f"put a blank line before {form.first_of_cue} of each cue; words cannot hold an arrow"
    return complaint(source.path, line, f"{ARROW} in the middle of a block", hint)


def _is_later(one: str, other: str) -> bool:
    # Hours may have more than two digits, so the text does not sort as the times do.
    return bool(one) and _sort_key(one) > _sort_key(other)


def _sort_key(clock: str) -> tuple[int, str]:
    return len(clock), clock


def _voiced(raw: str) -> Iterator[tuple[str, str]]:
    """The stretches of a cue with the voice of each, leaving out those without words."""
    voice, start = "", 0
    for tag in _VOICE.finditer(raw):
        if words := _clean(raw[start : tag.start()]):
            yield voice, words
        voice, start = _clean(tag["name"] or ""), tag.end()
    if words := _clean(raw[start:]):
        yield voice, words


def _clean(words: str) -> str:
    # Entities are decoded after the tags are gone, so &lt;i&gt; stays as words; they may hold
    # line feeds and loose accents, hence the breaks and NFC once more.
    decoded = _ENTITY.sub(lambda entity: html.unescape(entity[0]), words)
    joined = _BREAKS.sub(" ", decoded).strip()
    return unicodedata.normalize("NFC", joined)
