"""What a person prefers: read from settings files, remembered in a state file. No study here."""

from __future__ import annotations

from coder.config.example import example_file
from coder.config.reading import Loaded, from_environment, load, value_in_words
from coder.config.settings import KEYS, SETTINGS, Setting, Settings
from coder.config.state import is_remembered, remember

__all__ = [
    "KEYS",
    "SETTINGS",
    "Loaded",
    "Setting",
    "Settings",
    "example_file",
    "from_environment",
    "is_remembered",
    "load",
    "remember",
    "value_in_words",
]
