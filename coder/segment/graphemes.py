"""Where one may cut between the characters that people see. Standard library only.

A character as people see it can be several code points: a letter with its accents, an emoji put
together of several, a flag. The rules are those of Unicode's extended grapheme clusters; where
versions of Unicode differ, code points stay together rather than come apart.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Literal

_Kind = Literal["other", "space", "extend", "joiner", "unseen", "lead", "flag", "L", "V", "T"]

_JOINER = "\u200d"
_UNSEEN = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff")
"""Take no room and belong to no mark of their own; they go with what stands before them."""

_EXTENDING = frozenset("\u200c\u0e33\u0eb3\uff9e\uff9f")
_LEADING = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u1cf5\u1cf6"
    "\U000110bd\U000110cd\U000111c2\U000111c3\U0001193f\U00011941\U00011a3a\U00011a84"
    "\U00011a85\U00011a86\U00011a87\U00011a88\U00011a89\U00011d46\U00011f02"
)
_VIRAMA = 9
"""The combining class of the sign by which a consonant is joined with the next one."""

_IS_SIMPLE = re.compile(
    "[\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u03ff\u0400-\u0482\u05d0-\u05ea\u0621-\u064a"
    "\u2010-\u2027\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9d]*"
)
"""Texts of these alone have a character for each code point; nearly all interviews are such."""


@lru_cache(maxsize=4096)
def _kind(character: str) -> _Kind:
    code = ord(character)
    if character == _JOINER:
        return "joiner"
    if character in _UNSEEN:
        return "unseen"
    if (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character in _EXTENDING
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    ):
        return "extend"
    if character.isspace():
        return "space"
    if character in _LEADING:
        return "lead"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "flag"
    return _hangul(code)


def _hangul(code: int) -> _Kind:
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "T"
    if 0xAC00 <= code <= 0xD7A3:
        return "V" if (code - 0xAC00) % 28 == 0 else "T"
    return "other"


def _stays_with(before: str, character: str, flags: int, is_linked: bool) -> bool:
    """Whether a character goes with the one before it.

    Args:
        before: The character before it.
        character: The character itself.
        flags: How many halves of flags stand before it without a gap.
        is_linked: Whether a virama is among the marks before it.
    """
    kind, kind_before = _kind(character), _kind(before)
    if character == "\n" or before == "\n":
        return False
    if kind in ("extend", "joiner") or kind_before == "lead":
        return True
    if kind == "unseen":
        return kind_before != "space"
    if kind_before == "joiner":
        return kind != "space"
    if kind == "flag":
        return kind_before == "flag" and flags % 2 == 1
    if is_linked and unicodedata.category(character) == "Lo":
        return True
    if kind in ("L", "V", "T") and kind_before in ("L", "V", "T"):
        # A whole syllable (AC00 to D7A3) only follows a lead.
        is_whole = "\uac00" <= character <= "\ud7a3"
        order = ("L", "V", "T")
        if kind_before == "L":
            return True
        return not is_whole and order.index(kind) >= order.index(kind_before) and kind != "L"
    return False


def cluster_starts(text: str) -> list[int]:
    """Where each character as people see it begins, the first at 0; empty for no text."""
    if _IS_SIMPLE.fullmatch(text):
        return list(range(len(text)))
    starts: list[int] = []
    before, flags, is_linked, is_unseen = "", 0, False, False
    for place, character in enumerate(text):
        kind = _kind(character)
        if not before or not _stays_with(before, character, flags, is_linked):
            # What takes no room at the beginning goes with what stands after it.
            if not is_unseen or kind == "space":
                starts.append(place)
            is_unseen = kind == "unseen"
        flags = flags + 1 if kind == "flag" else 0
        is_linked = unicodedata.combining(character) == _VIRAMA or (
            is_linked and kind in ("extend", "joiner")
        )
        before = character
    return starts


def is_blank(words: str) -> bool:
    """Whether there is nothing to see in some words."""
    return all(character.isspace() or _kind(character) == "unseen" for character in words)


def cut_before(text: str, place: int) -> int:
    """The place itself, or where the character begins in which it lies."""
    return _bound(text, place, -1)


def cut_after(text: str, place: int) -> int:
    """The place itself, or where the character ends in which it lies."""
    return _bound(text, place, 1)


def _bound(text: str, place: int, side: int) -> int:
    begin = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    bounds = [begin + start for start in cluster_starts(text[begin : end if end >= 0 else None])]
    bounds.append(end if end >= 0 else len(text))
    if side < 0:
        return bounds[max(bisect_right(bounds, place) - 1, 0)]
    return bounds[min(bisect_left(bounds, place), len(bounds) - 1)]
