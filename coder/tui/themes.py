"""Our themes, and the colours of codes in each.

Teal and orange stand for productive and unproductive because red-green blind readers can tell
them apart; neither is the colour of an error. Each label also carries a sign and a key.
``productive`` on ``productive-ground`` makes a label, ``productive-sign`` a sign on any ground.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Container

from textual.theme import Theme

_DARK = {
    "turn-interviewer": "#8793a1",
    "turn-margin": "#8f9bab",
    "excerpt-current": "#1e2835",
    "excerpt-sentence": "#35506e",
    "excerpt-bar": "#4a5665",
    "productive": "#86dbe4",
    "productive-ground": "#15383f",
    "unproductive": "#f2b183",
    "unproductive-ground": "#45281a",
    "mixed": "#cdb2f5",
    "mixed-ground": "#342a4d",
    "neutral": "#c3cbd5",
    "neutral-ground": "#2c343f",
    "productive-sign": "#86dbe4",
    "unproductive-sign": "#f2b183",
    "mixed-sign": "#cdb2f5",
    "neutral-sign": "#c3cbd5",
    "heat-same-1": "#1a2a3c",
    "heat-same-2": "#20394f",
    "heat-same-3": "#274a69",
    "heat-same-4": "#2f5d86",
    "heat-other-1": "#31291a",
    "heat-other-2": "#493a1f",
    "heat-other-3": "#624c25",
    "heat-other-4": "#7c5f2c",
    "heat-cursor": "#13171c",
    "heat-cursor-ground": "#e8bd6d",
    "block-cursor-text-style": "bold",
}
_LIGHT = {
    "turn-interviewer": "#5f6b79",
    "turn-margin": "#5b6775",
    "excerpt-current": "#eaf1fa",
    "excerpt-sentence": "#c4dcf5",
    "excerpt-bar": "#b9c2cc",
    "productive": "#0a5360",
    "productive-ground": "#cfecf0",
    "unproductive": "#7c3a0c",
    "unproductive-ground": "#f9dfcb",
    "mixed": "#52308f",
    "mixed-ground": "#e5dbf7",
    "neutral": "#3d4854",
    "neutral-ground": "#e3e7ec",
    "productive-sign": "#0a5360",
    "unproductive-sign": "#7c3a0c",
    "mixed-sign": "#52308f",
    "neutral-sign": "#3d4854",
    "heat-same-1": "#e3eefa",
    "heat-same-2": "#c6def5",
    "heat-same-3": "#a5ccef",
    "heat-same-4": "#82b8e8",
    "heat-other-1": "#faf0dc",
    "heat-other-2": "#f3dfb6",
    "heat-other-3": "#ebcc8c",
    "heat-other-4": "#e2b860",
    "heat-cursor": "#fcfcfa",
    "heat-cursor-ground": "#1d5a96",
    "block-cursor-text-style": "bold",
}
_CONTRAST = {
    "turn-interviewer": "#c8c8c8",
    "turn-margin": "#e0e0e0",
    "excerpt-current": "#00285c",
    "excerpt-sentence": "#0050b8",
    "excerpt-bar": "#a0a0a0",
    "productive": "#000000",
    "productive-ground": "#5ff0ff",
    "unproductive": "#000000",
    "unproductive-ground": "#ffb060",
    "mixed": "#000000",
    "mixed-ground": "#d9b8ff",
    "neutral": "#000000",
    "neutral-ground": "#d8d8d8",
    "productive-sign": "#5ff0ff",
    "unproductive-sign": "#ffb060",
    "mixed-sign": "#d9b8ff",
    "neutral-sign": "#ffffff",
    "heat-same-1": "#001c40",
    "heat-same-2": "#003066",
    "heat-same-3": "#004690",
    "heat-same-4": "#005cc0",
    "heat-other-1": "#332a00",
    "heat-other-2": "#4d3f00",
    "heat-other-3": "#665400",
    "heat-other-4": "#806900",
    "heat-cursor": "#000000",
    "heat-cursor-ground": "#ffff00",
    "block-cursor-text-style": "bold",
}

THEMES = (
    Theme(
        name="coder-dark",
        primary="#7fb2e5",
        secondary="#5f7fa3",
        accent="#e8bd6d",
        warning="#e8bd6d",
        error="#ec8a8f",
        success="#8cc79a",
        foreground="#dbe1e8",
        background="#13171c",
        surface="#181d24",
        panel="#212832",
        dark=True,
        variables=_DARK,
    ),
    Theme(
        name="coder-light",
        primary="#1d5a96",
        secondary="#48719b",
        accent="#8a5a00",
        warning="#8a5a00",
        error="#a8262e",
        success="#1f6b36",
        foreground="#1d242c",
        background="#fcfcfa",
        surface="#f4f5f4",
        panel="#e7eaec",
        dark=False,
        variables=_LIGHT,
    ),
    Theme(
        name="coder-contrast",
        primary="#66c2ff",
        secondary="#9ad6ff",
        accent="#ffff00",
        warning="#ffd000",
        error="#ff8080",
        success="#70ff90",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        dark=True,
        text_alpha=1.0,
        variables=_CONTRAST,
    ),
)


def variable_defaults(is_dark: bool) -> dict[str, str]:
    """Our colour names for themes that are not ours."""
    return _DARK if is_dark else _LIGHT


def first_theme(known: Container[str], asked_for: str) -> str:
    """What is asked for, else light where the terminal says its ground is light, else dark.

    Args:
        known: Names of the themes that an app has.
        asked_for: By the settings; empty for nothing.
    """
    for wished in (asked_for, os.environ.get("TEXTUAL_THEME", "")):
        if wished in known:
            return wished
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "coder-light" if ground in ("7", "15") else "coder-dark"


def theme_problem(name: str) -> str:
    """What is wrong with the name of a theme; nothing where it can be used."""
    from textual.theme import BUILTIN_THEMES

    known = [*(theme.name for theme in THEMES), *BUILTIN_THEMES]
    if not name or name in known:
        return ""
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else ", ".join(theme.name for theme in THEMES)
    return f"there is no theme {name} ({hint})"
