"""Names of what there is in a study, for the command line: nothing of what anybody coded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from coder.model import Viewer
from coder.ops import corpus
from coder.tui.completing import Offer
from coder.tui.marks import short_title

if TYPE_CHECKING:
    from textual.screen import Screen

    from coder.tui.app import CoderApp

KINDS = ("excerpt", "transcript", "round", "coder", "book", "set", "code")
"""Where a word may name several kinds of things, in the order in which they are offered."""


class StudyNames:
    """Reads names when they are first asked for, and keeps them while a line is typed.

    Args:
        screen: Where they are typed, above the screen that they may be about.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._read: dict[str, Sequence[Offer]] = {}

    def offers(self, kinds: frozenset[str]) -> Sequence[Offer]:
        """Names of these kinds of things."""
        found: dict[str, Offer] = {}
        for kind in sorted(kinds, key=KINDS.index):
            if kind not in self._read:
                app: CoderApp = self._screen.app  # type: ignore[assignment]
                self._read[kind] = tuple(_names(app, kind))
            for offer in self._read[kind]:
                found.setdefault(offer.word, offer)
        return list(found.values())


def _names(app: CoderApp, kind: str) -> Iterator[Offer]:
    study = app.study
    book = study.codebook if study.codebook_ids else None
    if kind in ("excerpt", "transcript"):
        yield from _here(app, kind)
        viewer = Viewer(app.coder.alias if app.coder else "")
        for row in corpus.list_transcripts(study, viewer, with_progress=False):
            yield Offer(f"{row.name}:" if kind == "excerpt" else row.name)
    elif kind == "coder":
        for coder in corpus.list_coders(study):
            yield Offer(coder.alias, coder.name)
    elif kind == "book":
        for name in study.codebook_ids:
            yield Offer(name, "codebook")
    elif kind == "round":
        # Deferred: few sittings are about rounds.
        from coder.ops.rounds import list_rounds

        for one in list_rounds(study):
            yield Offer(one.name, "open" if one.is_open else "closed")
    elif kind == "set" and book is not None:
        for code_set in book.code_sets:
            yield Offer(code_set.id, short_title(code_set))
    elif kind == "code" and book is not None:
        for code_set, code in book.codes():
            if code.is_offered:
                yield Offer(code.id, f"{code.name} ({short_title(code_set)})")


def _here(app: CoderApp, kind: str) -> Iterator[Offer]:
    """The excerpt or the transcript that one is at."""
    for screen in reversed(app.screen_stack):
        sitting = getattr(screen, "sitting", None)
        if sitting is not None:
            work = sitting.work(getattr(screen, "index", -1))
            if kind == "transcript":
                yield Offer(sitting.name, "you are in it")
            elif work is not None:
                yield Offer(work.unit.ref, "you are at it")
            return
