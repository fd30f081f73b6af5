"""Codes named in people's own words: when two names are the same, and the id that a name gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

LONGEST_NAME = 200
"""Code points of a name; a code is a name for something, not a quotation of it."""

LONGEST_ID = 40

BREAKS = "\n\r\u2028\u2029"
"""Where a line ends."""


def tidy(words: str) -> str:
    """The words as a name: composed, on one line, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", words).split())


_STRAIGHT = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\uff07\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\uff02", '"')
)


def straight(words: str) -> str:
    """The words with straight quotation marks, as a keyboard has them; every place stays."""
    return words.translate(_STRAIGHT)


def same_words(words: str) -> str:
    """What two names have in common that differ in case, white space or the shape of quotes."""
    return straight(tidy(tidy(words).casefold()))


def text_fault(text: str, *, is_line: bool = False) -> str:
    """What keeps a text from standing in a codebook, as a message goes on after it; else nothing.

    Control characters act on the screen of whoever reads them; texts of several lines may have
    their line breaks and tabs, a name or a title may not.
    """
    for character in text:
        if unicodedata.category(character) not in ("Cc", "Zl", "Zp"):
            continue
        point = f"U+{ord(character):04X}"
        if character in BREAKS:
            if is_line:
                return f"holds the line break {point} and must be one line"
        elif not (character == "\t" and not is_line):
            return f"holds the control character {point}"
    return ""


def id_from(words: str, taken: Container[str]) -> str:
    """A free id of letters, digits and underscores that recalls the words.

    Args:
        words: The name.
        taken: Ids that stand for something already, or ever did.
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    stem = re.sub(r"[^a-z0-9]+", "_", plain.replace("'", "")).strip("_")
    if len(stem) > LONGEST_ID:
        cut = stem[: LONGEST_ID + 1]
        stem = (cut.rpartition("_")[0] or cut[:LONGEST_ID]).rstrip("_")
    if not stem[:1].isalpha():
        # Spreadsheet programs would take a bare number for a number.
        stem = f"code_{stem}".rstrip("_")
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found
