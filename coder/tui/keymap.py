"""Keys of a person's own: which commands there are to give keys to, and which keys cannot be given.

A key that cannot be given is named with the line that asks for it, and the command keeps the key
that it has; the codebook's keys and the program's own come first. Reached only where somebody
asks for other keys.
"""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key, key_to_character

from coder.config import KEYS
from coder.model import RESERVED_KEYS
from coder.tui.commands import KEY_NAMES, Command, as_sent, key_name, keys_in_words
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from coder.config import Loaded
    from coder.model import Codebook

CODING = "coding"
ALWAYS = "app"

_MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")
_TERMINALS = {
    "ctrl+i": "Tab",
    "ctrl+m": "Enter",
    "ctrl+h": "Backspace",
    "ctrl+left_square_bracket": "Escape",
    "ctrl+c": "copying",
}
"""Keys that a terminal sends for something else, and what that is."""


@dataclass(frozen=True, slots=True)
class Room:
    """A screen as far as its keys go."""

    name: str
    commands: tuple[Command, ...]
    fixed: Mapping[str, str]
    """What the keys do that cannot be changed."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Other keys as they can be given, and what could not be."""

    keymap: Mapping[str, str]
    problems: tuple[str, ...] = ()


def rooms() -> tuple[Room, ...]:
    """Every screen that declares commands; the last is the app, whose commands work on all."""
    from coder.tui import screens
    from coder.tui.app_commands import APP_COMMANDS

    found = [
        room
        for info in pkgutil.iter_modules(screens.__path__)
        if info.name.endswith(("_commands", "_keys"))
        for room in _rooms_of(f"{screens.__name__}.{info.name}")
    ]
    return (*found, Room(ALWAYS, tuple(APP_COMMANDS), {}))


def _rooms_of(module_name: str) -> Iterator[Room]:
    module = import_module(module_name)
    for name, value in vars(module).items():
        if name.endswith("_COMMANDS") and isinstance(value, tuple):
            room = name.removesuffix("_COMMANDS").lower()
            yield Room(room, value, dict(_fixed(room, vars(module))))


def _fixed(room: str, names: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Keys that a screen, or the list on it, binds without a command."""
    from coder.tui.widgets.transcript_table import TranscriptTable

    lists = [value for name, value in names.items() if name.endswith("_KEYS")]
    lists = [] if room == CODING else lists
    if room == "home":
        lists.append(TranscriptTable.BINDINGS)
    for bindings in lists:
        for binding in bindings if isinstance(bindings, list) else ():
            if isinstance(binding, Binding):
                for key in binding.key.split(","):
                    yield key, binding.description or "the screen needs it"


def settled(loaded: Loaded, book: Codebook | None) -> Settled:
    """The keys somebody asks for, as far as they can be given.

    Args:
        loaded: The settings.
        book: The codebook whose keys work now, if there is one.
    """
    wanted = loaded.settings.keys
    if not wanted:
        return Settled({})
    found = rooms()
    problems: list[str] = []
    keymap: dict[str, str] = {}
    known = {command.id: command for room in found for command in room.commands}

    def refuse(name: str, why: str) -> None:
        where = loaded.origin(f"{KEYS}.{name}")
        problems.append(f'{where}: {name} = "{one_line(wanted[name])}": {why}')

    for name, words in wanted.items():
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else "coder settings --keys lists them"
            refuse(name, f"there is no command {name} ({hint})")
            continue
        if not known[name].keys:
            refuse(name, "it is found by typing, and takes no key")
            continue
        try:
            keymap[name] = ",".join(textual_key(key) for key in words.split(",") if key.strip())
        except ValueError as error:
            refuse(name, str(error))
    codes = _code_keys(book)
    while clash := _clash(found, keymap, codes):
        name, why = clash
        del keymap[name]
        keeps = key_name(known[name].keys.split(",")[0]) if known[name].keys else "no key"
        refuse(name, f"{why}; it keeps {keeps}")
    if book is not None:
        problems += _covered(book, known["coding.put_pointed"], keymap)
    return Settled(keymap, tuple(problems))


def _code_keys(book: Codebook | None) -> dict[str, str]:
    """Name of a code by its key."""
    if book is None:
        return {}
    return {code.key: code.name for _, code in book.codes() if code.key and code.is_offered}


def _covered(book: Codebook, put: Command, keymap: Mapping[str, str]) -> Iterator[str]:
    instead = keys_in_words(put, keymap).split("  ")[0]
    for key, name in _code_keys(book).items():
        if key in RESERVED_KEYS:
            yield (
                f"codebook {book.id}: {key} is a key of the program; "
                f"put {one_line(name)} on with the code cursor and {instead}"
            )


def _clash(
    found: Sequence[Room], keymap: Mapping[str, str], codes: Mapping[str, str]
) -> tuple[str, str] | None:
    """A command whose asked-for key cannot be given, and why; the last one asked for first."""
    always = found[-1]
    for name in reversed(list(keymap)):
        here = [r for r in found[:-1] if name in {c.id for c in r.commands}]
        for room in here or found[:-1]:
            commands = (*room.commands, *always.commands)
            for key in keymap[name].split(","):
                why = _taken(name, key, room, commands, keymap, codes)
                if why:
                    return name, why
    return None


def _taken(
    name: str,
    key: str,
    room: Room,
    commands: Iterable[Command],
    keymap: Mapping[str, str],
    codes: Mapping[str, str],
) -> str:
    if room.name == CODING and key in codes:
        return f"{key_name(key)} is the key of the code {one_line(codes[key])}"
    if key in room.fixed:
        return f"{key_name(key)} is taken: {room.fixed[key]}"
    for other in commands:
        if other.id != name and key in as_sent(keymap.get(other.id, other.keys)).split(","):
            return f"{key_name(key)} is the key of {other.id}"
    return ""


_WRITTEN = {
    **{name.casefold(): key for key, name in KEY_NAMES.items() if len(name) > 1},
    "return": "enter",
    "esc": "escape",
    "page up": "pageup",
    "page down": "pagedown",
}


def textual_key(written: str) -> str:
    """A key as Textual calls it: ``?`` is ``question_mark``, ``Ctrl+R`` is ``ctrl+r``.

    Raises:
        ValueError: There is no such key, or a terminal cannot send it.
    """
    words = written.strip()
    *before, last = words.split("+") if len(words) > 1 and not words.endswith("+") else [words]
    modifiers = [one.strip().casefold() for one in before]
    if any(one not in _MODIFIERS for one in modifiers):
        raise ValueError(f"there is no key {one_line(words)}")
    key = last.strip()
    if len(key) == 1:
        if modifiers == ["shift"]:
            modifiers, key = [], key.upper()
        elif modifiers:
            key = key.lower()
        key = _character_to_key(key)
    else:
        key = _WRITTEN.get(key.casefold(), key.casefold())
        if not _is_known(key):
            close = difflib.get_close_matches(key, _names(), n=1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            raise ValueError(f"there is no key {one_line(words)}{hint}")
    found = "+".join([*(one for one in _MODIFIERS if one in modifiers), key])
    if found in _TERMINALS:
        raise ValueError(f"{key_name(found)} is {_TERMINALS[found]} to a terminal")
    return found


def _names() -> set[str]:
    named = {key.value for key in Keys if "+" not in key.value and key.value.isalnum()}
    return named | set(KEY_NAME_REPLACEMENTS.values())


def _is_known(key: str) -> bool:
    return key in _names() or key_to_character(key) is not None
