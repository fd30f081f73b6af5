"""Words that name keys, with the keys that work now.

Nowhere in the app does a sentence name a key by itself: it names the command, and the key is the
one that somebody gave it, else its own. ``{coding.undo}`` stands for it in what is declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from coder.tui.commands import Command, keys_in_words

_PLACE = re.compile(r"\{([a-z]+\.[a-z_]+)\}")


@cache
def known_commands() -> Mapping[str, Command]:
    """Every command of the app by its id."""
    # Deferred: the declarations of every screen, for a sentence now and then.
    from coder.tui.keymap import rooms

    return {command.id: command for room in rooms() for command in room.commands}


def key_of(command_id: str, remapped: Mapping[str, str]) -> str:
    """How the key of a command is written.

    Args:
        command_id: Such as ``coding.undo``.
        remapped: Keys that somebody gave to commands, by their ids.
    """
    command = known_commands()[command_id]
    if command_id not in remapped and command.show_key:
        return command.show_key
    return keys_in_words(command, remapped).split("  ")[0]


def filled(words: str, key: Callable[[str], str]) -> str:
    """Words of ours in which ids of commands in braces stand for their keys.

    Args:
        words: ``{coding.undo} takes it back``; never anybody else's words.
        key: How the key of a command is written, by its id.
    """
    return _PLACE.sub(lambda found: key(found[1]), words) if "{" in words else words
