"""One declaration per command: its key, footer, palette entry and help row.

A screen lists its commands in ``DECLARED``; bindings, palette and help are made from that list,
so a key that works is a key that is explained. The id is what a keymap names to remap it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.binding import Binding, BindingType
from textual.keys import key_to_character

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do on a screen."""

    id: str
    """``coding.next_excerpt``: for the keymap; unique in the app."""
    action: str
    """The Textual action, ``next_excerpt`` or ``step(1)``."""
    keys: str
    """One or more keys, parted by commas; the first is the one that is taught."""
    title: str
    """For palette and help: a verb first."""
    help: str
    """One sentence more, for the palette and the help screen; ``{coding.undo}`` stands for the key
    of that command."""
    footer: str = ""
    """One or two words for the footer; not shown there where empty."""
    group: str = ""
    """Heading in the help screen."""
    show_key: str = ""
    """How the key is written, where its name is not good enough."""
    in_palette: bool = True

    def binding(self) -> Binding:
        """The Textual binding of this command.

        With priority, because only those are done as the keys come in. Any other key goes from
        queue to queue first, and a fast hand or a slow line would see a code put on the excerpt
        that a move typed before it was about to leave.
        """
        return Binding(
            as_sent(self.keys),
            self.action,
            self.footer or self.title,
            show=bool(self.footer),
            key_display=self.show_key or None,
            id=self.id,
            priority=True,
        )


_WITH_SHIFT = re.compile(r"\bshift\+f(\d+)\b")


def as_sent(keys: str) -> str:
    """Keys as terminals send them: to most of them Shift and F4 are the sixteenth function key."""
    return _WITH_SHIFT.sub(lambda found: f"{found[0]},f{int(found[1]) + 12}", keys)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Bindings of those commands that have a key."""
    return [command.binding() for command in commands if command.keys]


KEY_NAMES = {
    "question_mark": "?",
    "comma": ",",
    "full_stop": ".",
    "slash": "/",
    "plus": "+",
    "semicolon": ";",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "equals_sign": "=",
    "backslash": "\\",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "exclamation_mark": "!",
    "at": "@",
    "asterisk": "*",
    "percent_sign": "%",
    "left": "\u2190",
    "right": "\u2192",
    "up": "\u2191",
    "down": "\u2193",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "enter": "\u23ce",
    "space": "Space",
    "tab": "Tab",
    "home": "Home",
    "end": "End",
}


def key_name(key: str) -> str:
    """How a key is written in the help: ``ctrl+r`` is ``Ctrl+R``, ``left`` an arrow."""
    *modifiers, last = key.strip().split("+")
    last = KEY_NAMES.get(last) or (key_to_character(last) if len(last) > 1 else last) or last
    if modifiers and len(last) == 1:
        last = last.upper()
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*(m.capitalize() for m in modifiers), last])


def keys_in_words(command: Command, keymap: Mapping[str, str] | None = None) -> str:
    """All keys of a command as the help shows them, remapped ones included."""
    keys = (keymap or {}).get(command.id, command.keys)
    return "  ".join(key_name(key) for key in keys.split(",") if key)


def declared_on(screen: Screen[Any] | App[Any]) -> Sequence[Command]:
    """The commands that a screen or the app declares."""
    found: Sequence[Command] = getattr(screen, "DECLARED", ())
    return found
