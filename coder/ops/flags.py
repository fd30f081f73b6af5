"""Flags: what a coder wants to come back to, such as "discuss" or "quotable".

A flag is the coder's own note on a unit, not an answer: it is on in every pass and under every
codebook, counts in no table, and goes with the unit when its boundary moves.
"""

from __future__ import annotations

from coder.errors import UsageError
from coder.model import Coder, Viewer
from coder.ops.coding import Done
from coder.ops.corpus import find_unit, read_transcript
from coder.ops.study import Study
from coder.store import flags
from coder.store.flags import Flag
from coder.store.keys import SEPARATOR, flag_key

DISCUSS, QUOTABLE = "discuss", "quotable"
USUAL_FLAGS = (DISCUSS, QUOTABLE)
"""Offered before anybody has made one of their own."""

LONGEST_NAME = 30
"""Characters; a flag is a word or two, a memo is for more."""


def toggle_flag(study: Study, coder: Coder, ref: str, name: str = DISCUSS) -> Done:
    """Put a flag on a unit, or take it off if it is on."""
    return _set_flag(study, coder, ref, name, wanted=None)


def put_flag(study: Study, coder: Coder, ref: str, name: str = DISCUSS) -> Done:
    """Put a flag on a unit; nothing changes where it is on."""
    return _set_flag(study, coder, ref, name, wanted=True)


def remove_flag(study: Study, coder: Coder, ref: str, name: str = DISCUSS) -> Done:
    """Take a flag off a unit.

    Raises:
        UsageError: This coder has not put it there.
    """
    return _set_flag(study, coder, ref, name, wanted=False)


def _set_flag(study: Study, coder: Coder, ref: str, name: str, *, wanted: bool | None) -> Done:
    known = checked_flag(name)
    with study.store.change(coder.id, "flag") as done:
        key = flag_key(find_unit(study, ref).id, coder.id, known)
        is_on = done.read("flag", key) is not None
        if wanted is False and not is_on:
            on_it = ", ".join(flags.own_flags_on(study.store.db, coder.id, ref)) or "none"
            raise UsageError(f"{coder.alias} has no flag {known} on {ref}", f"flags there: {on_it}")
        if wanted is None:
            wanted = not is_on
        if wanted and not is_on:
            done.put("flag", key, {"at": study.store.clock()})
        elif not wanted:
            done.put("flag", key, None)
        done.words = f"flagged {ref}: {known}" if wanted else f"took the flag {known} off {ref}"
    return Done(done.entry, done.words)


def checked_flag(name: str) -> str:
    """The name as it is kept: a word or two in one line.

    Raises:
        UsageError: Nothing, too much, or what does not show.
    """
    known = " ".join(name.split())
    if not known or len(known) > LONGEST_NAME:
        raise UsageError(
            f"a flag has 1 to {LONGEST_NAME} characters, this one {len(known)}",
            "a memo is for more words",
        )
    if SEPARATOR in known or not known.isprintable():
        raise UsageError("a flag is a word or two of letters and digits", "such as discuss")
    return known


def list_flags(
    study: Study, viewer: Viewer, *, transcript: str = "", name: str = ""
) -> tuple[Flag, ...]:
    """Every flag that the viewer may see, in text order.

    Args:
        study: The study.
        viewer: Who is looking.
        transcript: Only of this one.
        name: Only flags of this name.

    Raises:
        UsageError: There is no such transcript.
    """
    if transcript:
        read_transcript(study, viewer, transcript)
    found = flags.flags_seen(study.store.db, viewer, transcript=transcript, name=name)
    return tuple(found)


def flag_names(study: Study, coder: Coder) -> tuple[str, ...]:
    """What to offer: the coder's own flags, the most used first, then the usual ones."""
    own = flags.flag_names(study.store.db, coder.id)
    return tuple(dict.fromkeys([*own, *USUAL_FLAGS]))
