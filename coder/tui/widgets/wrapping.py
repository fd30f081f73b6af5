"""How words are drawn in a terminal and where their rows break; pure text, no Textual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

NOT_DRAWN = "\0"
"""Stands in a drawn text for a code point that takes no room; a real NUL is drawn as ``␀``."""

MIN_WIDTH = 8

KEPT = 4096
"""Names, labels and signs made to fit that are remembered: they come back on every row."""

_JOINER = "\u200d"
_AS_EMOJI = "\ufe0f"
_INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"
_REORDERING = "\u202a-\u202e\u2066-\u2069"
_DRAWN_AS: dict[int, str] = {
    **{n: chr(0x2400 + n) for n in range(32)},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **{ord(c): NOT_DRAWN for c in _INVISIBLE},
    # Shown, because they would turn round the rest of the line in some terminals.
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u00b7"),
    **{ord(c): " " for c in "\t\u2028\u2029"},
}
_NEEDS_CARE = re.compile(
    rf"[\0-\x1f\x7f-\x9f\u2028\u2029{_INVISIBLE}{_REORDERING}{_JOINER}{_AS_EMOJI}]"
).search
_LINE_BREAK = re.compile(r"([ \t]*\n[ \t\n]*)")
# Terminals differ in whether it makes a sign of one cell two wide: what stands behind would move.
_WIDENER = re.compile(f"(?<!{_JOINER}){_AS_EMOJI}(?!{_JOINER})")
_LONE_JOINER = re.compile(
    rf"(?<![^ \n\0]){_JOINER}+|{_JOINER}+(?=[ \n\0]|$)|(?<={_JOINER}){_JOINER}"
)
_IS_ONE_CELL_EACH = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482"
    "\u2010-\u2015\u2018-\u2022\u2026\u2030-\u203a\u20ac]*"
).fullmatch


def drawn(words: str) -> str:
    """The words as they may be sent to a terminal, code point for code point.

    A line break inside a turn becomes a space, an empty line a ``\\n`` (a new row), tabs become
    spaces, and control characters a visible stand-in; ``NOT_DRAWN`` marks what takes no room.
    A sign of one cell that asks to be an emoji is drawn in its one cell.
    """
    if not _NEEDS_CARE(words):
        return words
    pieces = _LINE_BREAK.split(words)
    pieces[0::2] = [piece.translate(_DRAWN_AS) for piece in pieces[0::2]]
    pieces[1::2] = [
        ("\n" if gap.count("\n") > 1 else " ") + NOT_DRAWN * (len(gap) - 1) for gap in pieces[1::2]
    ]
    text = _LONE_JOINER.sub(lambda found: NOT_DRAWN * len(found[0]), "".join(pieces))
    return _WIDENER.sub(NOT_DRAWN, text)


def visible(text: str) -> str:
    """What of a drawn text reaches the screen."""
    return text.replace(NOT_DRAWN, "").replace("\n", "")


@lru_cache(KEPT)
def one_line(words: str) -> str:
    """Anybody's words made fit for one line of a label, header or message."""
    return visible(drawn(words.replace("\n", " ")))


@lru_cache(KEPT)
def clipped(text: str, width: int) -> str:
    """The text, or as much of it as fits with an ellipsis; never padded."""
    if cell_len(text) <= width:
        return text
    if _IS_ONE_CELL_EACH(text):
        return text[: width - 1].rstrip() + "\u2026" if width > 0 else ""
    out, room = "", width - 1
    for start, stop, cells in _clusters(text):
        if cells > room:
            break
        out += text[start:stop]
        room -= cells
    return (out.rstrip() + "\u2026") if width > 0 else ""


@lru_cache(KEPT)
def padded(text: str, width: int) -> str:
    """The text clipped or filled with spaces to exactly this many cells."""
    text = clipped(text, width)
    return text + " " * (width - cell_len(text))


def wrapped(text: str, width: int) -> list[int]:
    """Where each row of a drawn text starts, the first at 0.

    White space at the end of a row hangs over the edge and is not drawn. Breaks fall after white
    space, beside wide characters, and inside a word only where the word is wider than the row.
    """
    width = max(width, MIN_WIDTH)
    if NOT_DRAWN not in text:
        return _wrap_paragraphs(text, width)
    # Wrap what is drawn, then count what is not drawn into the row before the break.
    places = [i for i, character in enumerate(text) if character != NOT_DRAWN]
    starts = _wrap_paragraphs(text.replace(NOT_DRAWN, ""), width)
    return [0, *(places[s] for s in starts[1:])]


def _wrap_paragraphs(text: str, width: int) -> list[int]:
    starts: list[int] = []
    base = 0
    for paragraph in text.split("\n"):
        wrap = _wrap_simple if _IS_ONE_CELL_EACH(paragraph) else _wrap_any
        starts += [base + start for start in wrap(paragraph, width)]
        base += len(paragraph) + 1
    if len(starts) > 1 and starts[-1] == len(text):
        starts.pop()  # a line break at the very end opens no row
    return starts


def _wrap_simple(text: str, width: int) -> list[int]:
    """For characters of one cell each: many times as fast, and nearly all interviews are."""
    starts = [0]
    position, size = 0, len(text)
    while size - position > width:
        space = text.rfind(" ", position, position + width + 1)
        position = space + 1 if space > position else position + width
        while position < size and text[position] == " ":
            position += 1
        if position < size:
            starts.append(position)
    return starts


def _clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, stop and width in cells of every stretch that must stay together."""
    # Deferred: its package cuts sentences too, and most words fit without being looked at closer.
    from coder.segment.graphemes import cluster_starts

    starts = cluster_starts(text)
    begin = width = 0
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        is_one = stop - start == 1
        cells = get_character_cell_size(text[start]) if is_one else cell_len(text[start:stop])
        if start > begin and cells:
            yield begin, start, width
            begin, width = start, 0
        width += cells
    if begin < len(text):
        yield begin, len(text), width


def whole_clusters(text: str, start: int, stop: int) -> tuple[int, int]:
    """A stretch of a visible text, widened where it would part what must stay together."""
    if start < stop and not _IS_ONE_CELL_EACH(text):
        for begin, end, _ in _clusters(text):
            if begin < start < end:
                start = begin
            if begin < stop < end:
                stop = end
    return start, stop


def _wrap_any(text: str, width: int) -> list[int]:
    starts = [0]
    column = 0
    break_at, column_there = 0, 0
    was_wide = was_space = False
    for start, _, cells in _clusters(text):
        is_space = text[start] == " "
        if not is_space:
            if was_space or was_wide or cells == 2:
                break_at, column_there = start, column
            if column + cells > width and break_at > starts[-1]:
                starts.append(break_at)
                column -= column_there
                break_at = 0
            if column + cells > width and start > starts[-1]:
                starts.append(start)
                column = 0
        column += cells
        was_wide, was_space = cells == 2, is_space
    return starts
