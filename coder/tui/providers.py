"""Sources of the command palette, made from the same declarations as the keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.types import IgnoreReturnCallbackType

from coder.tui.commands import declared_on, keys_in_words
from coder.tui.key_words import filled, key_of
from coder.tui.marks import short_title
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
        """What the typed letters may mean; names are data, so no markup is read from them."""
        fuzzy = FuzzySearch()
        for text, words, run in self._entries():
            score, places = fuzzy.match(query, text)
            if score > 0:
                shown = Content(text)
                for place in places:
                    shown = shown.stylize("bold underline", place, place + 1)
                yield Hit(score, _entry(shown, words), run, text)


def _entry(text: Content, words: str) -> Content:
    """Name and explanation in one: what goes in as help, Textual reads as markup."""
    return Content("\n").join([text, Content(words).stylize("dim")]) if words else text
