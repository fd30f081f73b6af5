"""The steps of the guided tour: what to press, why, and how it is seen that it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from coder.tui.guided import GuidedApp
    from coder.tui.sitting import Sitting

HOME, CODING, DIALOG = "home", "coding", "dialog"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try.

    In ``words``, ``{coding.undo}`` stands for the key of that command as it is now, ``{code}`` and
    ``{name}`` for a code that could be put on the excerpt, and ``{times}`` for how often there is
    something to take back.
    """

    where: str
    """The screen it is done on: ``home`` or ``coding``."""
    words: str
    why: str
    actions: tuple[str, ...] = ()
    """Actions that do it; where none are named, being on the other screen does."""
    needs: str = ""
    """Id of a command without which there is no such step."""
    changes: bool = False
    """Whether the codes of the excerpt must have changed by it."""
    takes_back: bool = False
    """Whether it is done when nothing stands any more that was done in the tour."""
    uses_escape: bool = False
    """Whether Escape is what is asked for, and does not end the tour."""


STEPS: Sequence[Step] = (
    Step(
        HOME,
        "Go to a transcript with ↓ and ↑, and open it with {home.open}",
        "Five minutes with the real keys on invented interviews. Escape ends the tour at any time.",
    ),
    Step(
        CODING,
        "Go to the next excerpt that needs work: {coding.next_open}",
        "The thick bar at the left marks the current excerpt. {coding.next_excerpt} and "
        "{coding.previous_excerpt} go one by one.",
        ("step_open",),
    ),
    Step(
        CODING,
        "Put a code on it: {code} is {name}",
        "The keys stand beside the codes. What shows as coded is saved already.",
        ("code_key", "put_pointed"),
        changes=True,
    ),
    Step(
        CODING,
        "Now replace it, add another or take it off: press {code}, or the same key again",
        "Where a set is marked one, the new code takes the place of the old; where it is marked "
        "several, both stay.",
        ("code_key", "put_pointed"),
        changes=True,
    ),
    Step(
        CODING,
        "Undo that: {coding.undo}",
        "Everything can be taken back, also tomorrow, one action at a time.",
        ("undo",),
    ),
    Step(CODING, "And bring it back: {coding.redo}", "Redo undoes the undo.", ("redo",)),
    Step(
        CODING,
        "Show more or less of what the codebook says of a code: {coding.definition}",
        "In a wide window all of it is there already, and the key hides it; once more turns it "
        "back. {coding.point_next} and {coding.point_previous} go to other codes without putting "
        "them on.",
        ("definition",),
    ),
    Step(
        CODING,
        "Go to the next code set: {coding.next_set}",
        "Each set asks one question of the excerpt; the arrow marks the one in focus.",
        ("focus_set",),
    ),
    Step(
        CODING,
        "Say that nothing of this set applies: {coding.nothing}",
        "That is an answer too, and counted as one. Absence is never guessed.",
        ("nothing",),
    ),
    Step(
        CODING,
        "Finish the excerpt: {coding.finish}",
        "It goes on to the next that needs work; those that have none left bear a tick.",
        ("finish",),
    ),
    Step(
        CODING,
        "Write a memo: {coding.memo}, some words, then Esc keeps it",
        "While you write, letters are letters; only outside are they codes.",
        ("memo",),
        uses_escape=True,
    ),
    Step(
        CODING,
        "Take back what you did in the tour: {coding.undo}, {times}",
        "One {coding.undo} an action; the tour goes on before anything older would go. Ctrl+T "
        "leaves it as it is.",
        ("undo",),
        takes_back=True,
    ),
    Step(
        CODING,
        "Find words: {coding.find}, some letters, then Enter; Esc closes",
        "In this transcript or all of them.",
        ("find",),
        needs="coding.find",
        uses_escape=True,
    ),
    Step(
        CODING,
        "See all keys: {app.help}, then Esc",
        "Every screen has this list; typing filters it. {app.palette} finds any command.",
        ("help",),
        uses_escape=True,
    ),
    Step(
        CODING,
        "Go home: {coding.home}",
        "Each press goes one step out. Your place in the transcript is remembered.",
        uses_escape=True,
    ),
    Step(
        HOME,
        "Look at the tallies: {home.tallies}, then Esc",
        "Shares of excerpts and of people, with the numbers behind them.",
        ("tallies",),
        needs="home.tallies",
        uses_escape=True,
    ),
    Step(
        HOME,
        "Look at the agreement: {home.agreement}, then Esc",
        "How far coders agree, and every disagreement.",
        ("agreement",),
        needs="home.agreement",
        uses_escape=True,
    ),
    Step(
        HOME,
        "That was the tour: Escape ends it",
        "Results have commands too: coder agree, coder tally, coder export. "
        "coder open --tour begins again.",
        ("end_tour",),
    ),
)


def free_code(sitting: Sitting, index: int, code_set: str) -> tuple[str, str]:
    """Key and name of a code that is not on the excerpt: of this set, if it is asked there.

    Else of another that is asked there, because a code where nobody asked would be wrong.
    """
    work = sitting.work(index)
    asked = work.asked if work is not None else ()
    items = sitting.set_items(index)
    for item in sorted(items, key=lambda item: item.id != code_set):
        for code in item.codes if item.id in asked else ():
            # Sets may share a key: it means the one in focus first.
            meant = sitting.codes_of_key(code.key, code_set) if code.key else ()
            if list(meant) == [(item.id, code.id)] and not code.is_applied:
                return code.key, one_line(code.name)
    return "a key of the list", "a code"


def codes_here(app: GuidedApp) -> tuple[str, object] | None:
    """The current excerpt and what is on it, to see whether it changed; None elsewhere."""
    sitting: Sitting | None = getattr(app.screen, "sitting", None)
    if sitting is None:
        return None
    index: int = getattr(app.screen, "index", 0)
    work = sitting.work(index)
    return (work.unit.ref, tuple(work.codings)) if work else None
