"""How long work tells a face how far it is, without knowing which face it talks to."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called as work goes on; may raise ``Cancelled`` to stop it."""

    def __call__(self, done: int, total: int, what: str) -> None:
        """So many of so many steps are done; ``what`` is the step under way."""


def silent(done: int, total: int, what: str) -> None:
    """Report to nobody."""
