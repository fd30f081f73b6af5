"""Memos as a table for files, and as pages for a screen."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.model import Coder
from coder.model.times import local_minute
from coder.ops.desk_notes import drafts_left
from coder.ops.study import Study
from coder.ops.wrapping import one_line
from coder.store import codings
from coder.store.memos import SeenMemo


def memos_table(found: Sequence[SeenMemo]) -> Table:
    """One line per memo."""
    return Table(
        name="memos",
        title="Memos",
        columns=(
            Column("on", "On"),
            Column("transcript", "Transcript"),
            Column("unit", "Excerpt"),
            Column("code", "Code"),
            Column("coder", "Coder"),
            Column("at", "When (UTC)", "date"),
            Column("memo", "Memo", width=80),
        ),
        rows=tuple((m.kind, m.transcript, m.ref, m.code, m.coder, m.at, m.body) for m in found),
    )


def memo_page(found: Sequence[SeenMemo], width: int, *, with_place: bool = True) -> str:
    """Memos one below the other: what it stands on, who, when, and all of the words.

    Args:
        found: The memos.
        width: Terminal cells.
        with_place: Say what each stands on.
    """
    out: list[str] = []
    for memo in found:
        place = f"{place_in_words(memo)}, " if with_place else ""
        out.append(one_line(f"{place}{memo.coder}, {local_minute(memo.at)}"))
        for line in memo.body.splitlines():
            out += _as_typed(line, width)
        out.append("")
    return "\n".join(out[:-1])


def _as_typed(line: str, width: int) -> list[str]:
    """A line of a memo, wrapped, with what it begins with and its tabs."""
    shown = "".join(" " if char.isspace() else one_line(char) for char in line.expandtabs(4))
    indent = len(shown) - len(shown.lstrip())
    lines = textwrap.wrap(
        shown.rstrip(),
        max(width, 24),
        initial_indent="  ",
        subsequent_indent="  " + " " * min(indent, width // 3),
        break_on_hyphens=False,
    )
    return lines or [""]


def place_in_words(memo: SeenMemo) -> str:
    """What a memo stands on, in a few words: ``T-1:2``, ``T-1:2 Teaching``, ``code Teaching``."""
    code = memo.code.rpartition(":")[2]
    if memo.kind == "coding":
        return f"{memo.ref} {code}"
    if memo.kind == "code":
        return f"code {code}"
    return memo.ref or memo.transcript


def drafts_as_memos(study: Study, coder: Coder) -> tuple[SeenMemo, ...]:
    """What a coder began to write and did not keep, as memos, the newest first.

    What it was to stand on may be gone since; the words are here all the same.
    """
    written = []
    for left in drafts_left(study, coder):
        kind, target = left.target_kind, left.target
        place = codings.find_coding(study.store.db, target) if kind == "coding" else None
        ref = place.ref if place else target if kind == "excerpt" else ""
        transcript = target if kind == "transcript" else ref.rpartition(":")[0]
        code = codings.full_name_of(study.store.db, target) if place else ""
        if kind == "code":
            code = f"{study.codebook.id}:{target.rpartition(':')[2]}"
        written.append(
            SeenMemo(kind, target, ref, transcript, code, coder.alias, left.at, left.body)
        )
    return tuple(written)
