"""A settings file to begin with: every setting with its sentence, all of them commented out."""

from __future__ import annotations

import textwrap

from coder.config.reading import value_in_words
from coder.config.settings import KEYS, SETTINGS

_HEAD = """\
# Settings of coder. Take the # away from a line to change it.
# This file counts for all your studies; a coder.toml beside a study counts for that one, and wins.
"""

_KEYS = """\
[keys]
# "coding.next_excerpt" = "j,down"
# "app.next_theme" = "f9"
"""


def example_file() -> str:
    """The text of a file that changes nothing yet."""
    parts = [_HEAD]
    for setting in SETTINGS:
        words = "\n".join(f"# {line}" for line in textwrap.wrap(setting.words, 96))
        if setting.name == KEYS:
            parts.append(f"{words}\n{_KEYS}")
        else:
            parts.append(f"{words}\n# {setting.name} = {value_in_words(setting.default)}\n")
    return "\n".join(parts)
