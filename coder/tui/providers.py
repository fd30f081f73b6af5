"""Sources of the command palette, made from the same declarations as the keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from coder.tui import matching
from coder.tui.commands import declared_on, keys_in_words
from coder.tui.key_words import filled, key_of
from coder.tui.marks import short_title
from coder.tui.matching import prepared, ranked
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from coder.tui.sitting import Sitting

Entry = tuple[str, str, IgnoreReturnCallbackType]
"""Text, help, what to do."""


class CommandProvider(Provider):
    """The commands of the screen and the app, and the codes of the book."""

    def _entries(self) -> Iterator[Entry]:
        keymap = getattr(self.app, "remapped", {})
        shown = partial(key_of, remapped=keymap)
        for node in (self.screen, self.app):
            # What is only ever done by its key, such as scrolling, comes last.
            for command in sorted(declared_on(node), key=lambda one: not one.in_palette):
                if command.action != "command_palette":
                    keys = keys_in_words(command, keymap)
                    run = partial(node.run_action, command.action)
                    text = f"{command.title}  [{keys}]" if keys else command.title
                    yield text, filled(command.help, shown), run
        sitting: Sitting | None = getattr(self.screen, "sitting", None)
        press = getattr(self.screen, "press", None)
        if sitting is None or press is None:
            return
        offered = ((one, code) for one in sitting.book.code_sets for code in one.offered)
        for code_set, code in offered:
            text = f"Code: {one_line(code.name)}  [{code.key or code.id}]"
            words = f"{short_title(code_set)}: {one_line(code.short)}"
            yield text, words, partial(press, code_set.id, code.id)

    async def discover(self) -> Hits:
        """Everything, in the order of the declarations."""
        for text, words, run in self._entries():
            yield DiscoveryHit(_entry(Content(text), words), run, text)

    async def search(self, query: str) -> Hits:
        """What the typed words may mean, the closest first; names are data, never markup."""
        entries = list(self._entries())
        found = ranked(query, [_prepared(text, words) for text, words, _ in entries])
        for rank, place in enumerate(found):
            text, words, run = entries[place]
            shown = Content(text)
            for start, stop in _places(query, text):
                shown = shown.stylize("bold underline", start, stop)
            # The palette orders by score alone.
            yield Hit(1 - rank / (len(entries) + 1), _entry(shown, words), run, text)


def _prepared(text: str, words: str) -> matching.Entry:
    """What is looked through: the name, what is said of it, the key that is taught."""
    name, _, keys = text.rpartition("  [")
    return prepared(name or text, "", [words], keys.removesuffix("]").split("  ")[0].casefold())


def _places(query: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the typed words stand in a name."""
    for word in query.split():
        found = re.search(re.escape(word), text, re.IGNORECASE)
        if found:
            yield found.span()


def _entry(text: Content, words: str) -> Content:
    """Name and explanation in one: what goes in as help, Textual reads as markup."""
    return Content("\n").join([text, Content(words).stylize("dim")]) if words else text
