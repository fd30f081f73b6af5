"""Memos read: what stands on an excerpt, a code there, a transcript or a code of the book."""

from __future__ import annotations

from dataclasses import dataclass

from coder.errors import UsageError
from coder.model import Coder, Viewer
from coder.ops.coding import UnitWork, memo_kind, unit_work
from coder.ops.corpus import coder_named, find_unit, read_transcript
from coder.ops.study import Study, find_code
from coder.store import memos
from coder.store.memos import SeenMemo

__all__ = ["MemoTarget", "SeenMemo", "coding_target", "list_memos", "memo_target", "memos_on"]


@dataclass(frozen=True, slots=True)
class MemoTarget:
    """Something that a memo can stand on."""

    kind: str
    """``excerpt``, ``coding``, ``transcript`` or ``code``."""
    target: str
    """As ``write_memo`` takes it; empty for a code that the coder has not put there."""
    name: str
    """As people say it."""
    ref: str = ""
    """Of the excerpt or record, where it stands on one or on a code there."""
    code: str = ""
    """Of a code: ``book:code``; of one on an excerpt: ``book:set:code``."""


def list_memos(
    study: Study, viewer: Viewer, *, transcript: str = "", whose: str = ""
) -> tuple[SeenMemo, ...]:
    """Every memo that the viewer may see, their own first: in text order, those on codes last.

    Args:
        study: The study.
        viewer: Who is looking; what others wrote about an open round is hidden.
        transcript: Only those on this transcript, or in it.
        whose: Only those of this coder (alias).

    Raises:
        UsageError: There is no such transcript or coder.
    """
    if transcript:
        read_transcript(study, viewer, transcript)
    if whose:
        coder_named(study, whose)
    found = memos.memos_seen(study.store.db, viewer, transcript=transcript, coder=whose)
    if viewer.alias:
        found.sort(key=lambda memo: memo.coder != viewer.alias)
    return tuple(found)


def memos_on(study: Study, viewer: Viewer, where: MemoTarget) -> tuple[SeenMemo, ...]:
    """What the viewer may see on one thing, their own first.

    On a code at an excerpt this is what everybody wrote on that code there.
    """
    found = memos.memos_seen(
        study.store.db,
        viewer,
        kind=where.kind,
        transcript=where.target if where.kind == "transcript" else "",
        ref=where.ref,
        code=where.code if where.kind == "code" else "",
    )
    wanted = [memo for memo in found if where.code in ("", memo.code)]
    return tuple(sorted(wanted, key=lambda memo: memo.coder != viewer.alias))


def memo_target(
    study: Study, coder: Coder | None, name: str, code: str = "", pass_: int = 0
) -> MemoTarget:
    """What a name means: an excerpt, a code on it, a transcript, or a code of the book.

    Args:
        study: The study.
        coder: Whose coding a memo on a code at an excerpt stands on; None to read only.
        name: Reference, transcript or code.
        code: A code on the excerpt that ``name`` is.
        pass_: In which pass that code was put on.

    Raises:
        UsageError: There is no such thing.
    """
    kind = memo_kind(study, name)
    if code and kind != "excerpt":
        raise UsageError(f"{name} is no excerpt", "a code is on an excerpt, such as AF-T01-Y1:12")
    if code:
        work = unit_work(study, coder, name, pass_) if coder else None
        return coding_target(study, name, code, work)
    if kind == "excerpt":
        return MemoTarget("excerpt", name, name, find_unit(study, name).ref)
    if kind == "transcript":
        return MemoTarget("transcript", name, name)
    code_set, found = find_code(study, name)
    full = f"{code_set.id}:{found.id}"
    return MemoTarget("code", full, found.name, code=f"{study.codebook.id}:{found.id}")


def coding_target(study: Study, ref: str, name: str, work: UnitWork | None) -> MemoTarget:
    """A code on an excerpt.

    Args:
        study: The study.
        ref: The excerpt.
        name: The code, or ``set:code``.
        work: The excerpt as the coder sees it; None to read only.
    """
    code_set, code = find_code(study, name)
    full = f"{study.codebook.id}:{code_set.id}"
    on_it = [
        c.id for c in (work.codings if work else ()) if (c.code_set, c.code) == (full, code.id)
    ]
    return MemoTarget(
        "coding", next(iter(on_it), ""), f"{code.name} at {ref}", ref, f"{full}:{code.id}"
    )
