"""The settings, once: name, type, default, and a sentence for whoever writes the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

KEYS = "keys"
"""The table of other keys, by the ids of their commands."""


def _said(words: str, *choices: str) -> dict[str, Any]:
    return {"words": words, "choices": choices}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person prefers; every study can be used without any of it."""

    theme: str = field(
        default="",
        metadata=_said(
            "Colours: coder-dark, coder-light, coder-contrast, or a theme of Textual. "
            "Empty: as light or dark as the terminal says it is."
        ),
    )
    coder: str = field(
        default="",
        metadata=_said(
            "Who codes in the app where --coder is not given and the study knows this short name."
        ),
    )
    definition: str = field(
        default="short",
        metadata=_said(
            "How much of a code's definition a narrow window shows at first; F2 changes it.",
            "short",
            "long",
        ),
    )
    animation: bool = field(
        default=True, metadata=_said("Whether anything on the screen moves by itself.")
    )
    blink: bool = field(default=True, metadata=_said("Whether the cursor blinks in text fields."))
    sound: bool = field(
        default=False, metadata=_said("Whether the terminal rings its bell with a warning.")
    )
    tour: bool = field(
        default=True,
        metadata=_said("Whether the sample study offers its guided tour, which it does once."),
    )
    keys: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_said(
            "Other keys, by the ids that coder settings --keys lists; several parted by commas."
        ),
    )


class Setting(NamedTuple):
    """A setting as files and lists name it."""

    name: str
    kind: type
    default: Any
    words: str
    choices: tuple[str, ...]


def _settings() -> tuple[Setting, ...]:
    default = Settings()
    found = []
    for one in fields(Settings):
        value = getattr(default, one.name)
        about = one.metadata
        found.append(Setting(one.name, type(value), value, about["words"], about["choices"]))
    return tuple(found)


SETTINGS = _settings()
"""All settings in the order of the example file."""
