"""Which keys of the last line would do something now.

Only for what is shown: a key that cannot do anything still answers and says why. Each rule reads
what the screen holds already, because it is asked after every key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

_ON_AN_EXCERPT = frozenset(
    ("step", "step_open", "focus_set", "nothing", "finish", "memo", "undo", "coding_memo")
)
_ON_A_LIST = frozenset(("open", "filter", "order", "round"))
_WITH_A_BOOK = frozenset(("codebook", "book"))


def works_now(screen: Screen[Any], action: str) -> bool:
    """Whether a key is worth showing."""
    name = action.partition("(")[0]
    has_excerpts, has_rows = state_of(screen)
    if name in _ON_AN_EXCERPT:
        return has_excerpts
    if name in _ON_A_LIST:
        return has_rows
    if name in _WITH_A_BOOK:
        study = getattr(screen.app, "study", None)
        return study is None or len(study.codebook_ids) > (name == "book")
    return True


def state_of(screen: Screen[Any]) -> tuple[bool, bool]:
    """Whether there are excerpts, and transcripts: what makes keys come and go."""
    sitting = getattr(screen, "sitting", None)
    rows = getattr(screen, "_all", None)
    return sitting is None or bool(sitting.works), rows is None or bool(rows)


def show_what_works(screen: Screen[Any]) -> None:
    """Let the last line look again where something else works than before."""
    now = state_of(screen)
    if getattr(screen, "shown_as", now) != now:
        from coder.tui.widgets.key_line import KeyLine

        for line in screen.query(KeyLine):
            line.look_again()
    screen.shown_as = now  # type: ignore[attr-defined]
