"""What a person may want otherwise, and the tour: other keys, a greeting, steps to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.config import Loaded
from coder.tui.commands import as_sent
from coder.tui.telling import TellingApp

if TYPE_CHECKING:
    from pathlib import Path

    from textual.binding import Keymap

    from coder.model import Codebook, Coder
    from coder.ops.study import Study
    from coder.tui.tour import Tour


class GuidedApp(TellingApp):
    """An app on a study, with the keys that a person asks for and a tour of the sample.

    Args:
        study: The open study.
        loaded: What a person prefers.
        memory: Where it is remembered that the tour was offered; None to offer nothing.
    """

    if TYPE_CHECKING:
        coder: Coder | None

    def __init__(
        self, study: Study, loaded: Loaded | None = None, memory: Path | None = None
    ) -> None:
        # Textual sets a keymap while it begins.
        self.remapped: dict[str, str] = {}
        """Keys by command id, where somebody has changed them; help and palette show these."""
        super().__init__(loaded)
        self.study = study
        self.memory = memory
        self.tour: Tour | None = None
        self._keys_beside: Codebook | None = None

    def set_keymap(self, keymap: Keymap) -> None:
        """Other keys for some commands, by their ids."""
        self.remapped = dict(keymap)
        super().set_keymap({name: as_sent(keys) for name, keys in keymap.items()})

    def shown_key(self, command_id: str) -> str:
        """How the key of a command is written that works now, for a sentence that names it."""
        from coder.tui.key_words import key_of

        return key_of(command_id, self.remapped)

    def begin_guiding(self) -> None:
        """Give the keys that are asked for; after the first frame say what is to be said."""
        problems = self._settle_keys() if self.loaded.settings.keys else []
        self.screen_change_signal.subscribe(self, self._screen_changed)
        if self.memory is not None or self.loaded != Loaded():
            self.call_after_refresh(self._greet, problems)

    def _settle_keys(self) -> list[str]:
        """Give the keys that somebody asks for, as far as the codebook of now leaves them."""
        from coder.tui.keymap import settled

        book = self.study.codebook if self.study.codebook_ids else None
        if book is self._keys_beside and self.remapped:
            return []
        self._keys_beside = book
        found = settled(self.loaded, book)
        self.set_keymap(dict(found.keymap))
        return list(found.problems)

    def _screen_changed(self, _: object) -> None:
        """The codebook may be another one there, and the tour may go on."""
        if self.loaded.settings.keys:
            from coder.tui.greeting import tell_problems

            tell_problems(self, self._settle_keys())
        if self.tour is not None:
            self.call_after_refresh(self.tour.look)

    def _greet(self, problems: list[str]) -> None:
        from coder.tui.greeting import greet

        greet(self, problems)

    # The tour.

    def action_tour(self) -> None:
        """Begin the guided tour, or begin it again."""
        from coder.tui.tour import Tour

        if not self.study.is_sample:
            self.tell("the tour codes for real: take it on the sample study (coder demo)")
        else:
            if self.tour is not None:
                self.tour.end()
            self.tour = Tour(self)
            self.tour.begin()

    def action_end_tour(self) -> None:
        """No more of the tour."""
        if self.tour is not None:
            self.tour.end()

    def action_skip_step(self) -> None:
        """On to the next step of the tour."""
        if self.tour is not None:
            self.tour.go_on()
