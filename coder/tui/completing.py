"""What may be typed next on the app's command line. No Textual, and no click: the command line
tells what it knows as plain data."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.tui.subcommand import NAME, split

MOST_FILES = 200
"""Of a folder; whoever looks for one of more types another letter."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that may come next."""

    word: str
    about: str = ""
    """What it does, in a few words."""
    is_needed: bool = False
    """Whether the command does not run without it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the commands know of the word that is being typed."""

    offers: tuple[Offer, ...] = ()
    usage: str = ""
    """How the command is written that the words before name: ``round show ROUND``."""
    takes_files: bool = False
    """Whether it may be the name of a file."""
    kinds: frozenset[str] = frozenset()
    """What else of the study it may name: ``coder``, ``round``, ``code`` ..."""


AskCommands = Callable[[Sequence[str], str], Known]
"""Asks the commands: the words before, and what is typed of the next."""

AskStudy = Callable[[frozenset[str]], Sequence[Offer]]
"""Asks the study for the names of such things."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in the place of the word at the end of what is typed."""

    start: int
    """Where that word begins."""
    offers: tuple[Offer, ...]
    usage: str = ""

    def shared(self, typed: str) -> str:
        """What all offers begin with, as it is written; empty where that is no more than typed."""
        words = [offer.word for offer in self.offers]
        found = os.path.commonprefix(words)  # noqa: RUF071 - letters are what is typed
        return found if len(found) > len(begun(typed[self.start :])) else ""


def completion(
    typed: str, ask: AskCommands | None, ask_study: AskStudy | None = None
) -> Completion:
    """What may come next.

    Args:
        typed: The line up to the cursor.
        ask: Knows the commands; None where nobody told.
        ask_study: Knows what there is in the study.
    """
    start = _last_word(typed)
    word = begun(typed[start:])
    try:
        before = split(typed[:start])
    except ValueError:
        return Completion(start, ())
    if before[:1] == [NAME]:
        del before[0]
    known = ask(before, word) if ask is not None else Known()
    offers: list[Offer] = []
    if ask_study is not None and known.kinds and not word.startswith("-"):
        found = ask_study(known.kinds)
        offers += [offer for offer in found if offer.word.casefold().startswith(word.casefold())]
    offers = sorted([*offers, *known.offers], key=lambda offer: not offer.is_needed)
    is_path = known.takes_files or word.startswith(("~", ".")) or "/" in word
    if before and is_path and not word.startswith("-"):
        offers += _files(word)
    return Completion(start, tuple(offers), known.usage)


def written(offer: Offer) -> str:
    """A word as it is put into the line: quoted if need be, a space behind what is whole."""
    word = offer.word
    if sys.platform == "win32":
        quoted = f'"{word}"' if " " in word else word
    else:
        quoted = "~/" + shlex.quote(word[2:]) if word[:2] == "~/" and word[2:] else word
        quoted = quoted if word[:1] == "~" else shlex.quote(word)
    return quoted if word.endswith(("/", "\\", ":")) else f"{quoted} "


def begun(raw: str) -> str:
    """What a word that is still being typed says, without its quotation marks."""
    for end in ("", '"', "'", "\\"):
        try:
            return "".join(split(raw + end))
        except ValueError:
            continue
    return raw


def _last_word(typed: str) -> int:
    """Where the word begins that is being typed."""
    start, mark, is_escaped = 0, "", False
    for place, char in enumerate(typed):
        if is_escaped:
            is_escaped = False
        elif char == "\\" and mark != "'" and sys.platform != "win32":
            is_escaped = True
        elif mark:
            mark = "" if char == mark else mark
        elif char in "\"'":
            mark = char
        elif char.isspace():
            start = place + 1
    return start


def _files(word: str) -> list[Offer]:
    """Files and folders whose names begin like this; hidden ones only where a dot is typed."""
    head, slash, name = word.rpartition("/")
    folder = Path(os.path.expanduser(head + slash) if slash else ".")
    try:
        found = sorted(os.scandir(folder), key=lambda one: one.name.casefold())
    except OSError:
        return []  # nothing to offer in what is no folder, or is not ours to read
    offers = []
    for one in found:
        if one.name.startswith(name) and (name or not one.name.startswith(".")):
            is_folder = one.is_dir()
            offers.append(Offer(f"{head}{slash}{one.name}{'/' if is_folder else ''}"))
        if len(offers) == MOST_FILES:
            break
    return offers
