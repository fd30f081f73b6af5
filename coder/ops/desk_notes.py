"""What a coder left lying on the desk: the place in each transcript, memos not kept yet.

Nothing of it is coding: it has no journal entry, no undo, and another copy of the study never
hears of it. It is written when one goes on and while one types, so that a closed window or a
crash costs no words and no place.
"""

from __future__ import annotations

from coder.model import Coder
from coder.ops.study import Study
from coder.store import places
from coder.store.places import Draft, Place
from coder.store.successors import coding_successor, live_successor


def leave_at(study: Study, coder: Coder, transcript: str, ref: str, top: int = 0) -> None:
    """Remember where a coder is in a transcript.

    Args:
        study: The study.
        coder: Whose place.
        transcript: Its name.
        ref: The current excerpt; empty where there is none.
        top: Code point at the top of the screen.
    """
    with study.store.together():
        places.keep_place(study.store.db, coder.id, transcript, ref, top)


def left_at(study: Study, coder: Coder, transcript: str) -> Place | None:
    """Where a coder left a transcript; None where it was never opened."""
    return places.read_place(study.store.db, coder.id, transcript)


def keep_draft(study: Study, coder: Coder, target_kind: str, target: str, body: str) -> None:
    """Remember a memo that is being written; an empty body forgets it.

    Args:
        study: The study.
        coder: Who writes.
        target_kind: As of a memo: ``excerpt``, ``coding``, ``transcript`` or ``code``.
        target: As of a memo: reference, uid, name or id.
        body: Exactly as typed so far.
    """
    with study.store.together():
        db, at = study.store.db, study.store.clock()
        for left in places.drafts_of(db, coder.id):
            # What was begun on an excerpt that is gone is in the editor of this one.
            if _now_on(study, left) == (target_kind, target):
                places.keep_draft(db, coder.id, left.target_kind, left.target, "", at)
        places.keep_draft(db, coder.id, target_kind, target, body, at)


def draft_left(study: Study, coder: Coder, target_kind: str, target: str) -> Draft | None:
    """What was typed of a memo and not kept, with when; None where there is nothing."""
    found = drafts_left(study, coder)
    return next((d for d in found if (d.target_kind, d.target) == (target_kind, target)), None)


def draft_of(study: Study, coder: Coder, target_kind: str, target: str) -> str:
    """What was typed of a memo and not kept; empty where there is nothing."""
    left = draft_left(study, coder, target_kind, target)
    return left.body if left else ""


def drafts_left(study: Study, coder: Coder) -> tuple[Draft, ...]:
    """Every memo that was begun and not kept, the newest first.

    What was begun on an excerpt that was split, joined or resized is on the one that took its
    place, the first of several; where two meet, one stands below the other.
    """
    together: dict[tuple[str, str], Draft] = {}
    for left in places.drafts_of(study.store.db, coder.id):
        where = _now_on(study, left)
        newer = together.get(where)
        body = f"{left.body}\n\n{newer.body}" if newer else left.body
        is_moved = where != (left.target_kind, left.target) or bool(newer and newer.is_moved)
        together[where] = Draft(*where, body, newer.at if newer else left.at, is_moved)
    return tuple(together.values())


def _now_on(study: Study, left: Draft) -> tuple[str, str]:
    """Kind and target of what a draft is on now; as it was where nothing took its place."""
    db, ref = study.store.db, ""
    if left.target_kind == "excerpt":
        ref = live_successor(db, left.target)
    elif left.target_kind == "coding":
        ref, coding = coding_successor(db, left.target)
        if coding:
            return "coding", coding
    return ("excerpt", ref) if ref else (left.target_kind, left.target)


def drafts(study: Study, coder: Coder) -> tuple[tuple[str, str], ...]:
    """Kind and target of every memo that was begun and not kept, the newest first."""
    return tuple((left.target_kind, left.target) for left in drafts_left(study, coder))
