"""Colours as other programs write them."""

from __future__ import annotations

import re

_HEX = re.compile(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*[\d.]+\s*)?\)")
OPAQUE = "FF"


def read_color(text: str) -> str:
    """The colour as ``#RRGGBB``, or nothing where the text is none that can be told.

    Taken are ``#RGB``, ``#RRGGBB`` with or without ``#``, eight digits of which the first or the
    last two say "opaque", and ``rgb(31, 119, 180)``.
    """
    text = text.strip()
    found = _RGB.fullmatch(text.lower())
    if found:
        parts = [int(part) for part in found.groups()]
        return "#{:02x}{:02x}{:02x}".format(*parts) if max(parts) < 256 else ""
    found = _HEX.fullmatch(text)
    if not found:
        return ""
    digits = found.group(1)
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) == 8:
        upper = digits.upper()
        if upper.startswith(OPAQUE):
            digits = digits[2:]
        elif upper.endswith(OPAQUE):
            digits = digits[:6]
        else:
            return ""
    return f"#{digits}"
