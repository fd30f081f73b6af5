"""How the app speaks: words in a corner, a refusal told, a failure shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from textual import events

from coder.config import Loaded
from coder.errors import CoderError, NotAllowed, UsageError
from coder.tui.ending import EndingApp
from coder.tui.widgets.wrapping import one_line

T = TypeVar("T")

SECONDS_TO_READ = 1.0
"""A key takes away what has stood this long; sooner, a fast hand would never see it."""


class TellingApp(EndingApp[None]):
    """An app that tells what happens.

    Args:
        loaded: What a person prefers.
    """

    def __init__(self, loaded: Loaded | None = None) -> None:
        self.loaded = loaded or Loaded()
        super().__init__()

    def tell(self, words: str, *, is_warning: bool = False, seconds: float = 4) -> None:
        """Say something in a corner for a moment, in place of what was said before.

        Never as markup: codes, coders and files are named by people.
        """
        self.clear_notifications()
        self.notify(
            one_line(words),
            severity="warning" if is_warning else "information",
            timeout=seconds,
            markup=False,
        )
        if is_warning and self.loaded.settings.sound:
            self.bell()

    async def on_event(self, event: events.Event) -> None:
        """Whoever goes on has read what was said."""
        if isinstance(event, events.Key) and len(self._notifications):
            oldest = min(note.raised_at for note in self._notifications)
            if time.time() - oldest >= SECONDS_TO_READ:
                self.clear_notifications()
        await super().on_event(event)

    def attempt(self, verb: Callable[[], T]) -> T | None:
        """Do something; a refusal is told and gives None. A fault of ours is not caught."""
        try:
            return verb()
        except (NotAllowed, UsageError) as error:
            self.tell(str(error), is_warning=True)
        except CoderError as error:
            from coder.tui.screens.dialogs import FailureDialog

            self.push_screen(FailureDialog(error))
        return None
