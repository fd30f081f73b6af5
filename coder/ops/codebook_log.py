"""The history of a codebook in a study: its versions, who made them, why, and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coder.formats.tables import Column, Table
from coder.model import Codebook, Coder, Viewer, changes, resolved
from coder.model.times import local_minute
from coder.ops.revisiting import ToRevisit
from coder.ops.study import Study, book_named
from coder.ops.wrapping import hanging
from coder.store import codebooks, revisits


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One step of a codebook from version to version."""

    version: str
    """Label."""
    uid: str
    """Content id: what decides whether two versions are the same."""
    at: str
    coder: str
    """Alias; empty for the program itself."""
    did: str
    """In the words of the journal."""
    why: str
    changes: tuple[str, ...]
    """Sentences; none for the version that the book came into the study with."""


def codebook_log(study: Study, viewer: Viewer, book: str = "") -> tuple[VersionLine, ...]:
    """The versions of a codebook that were current, oldest first; what was undone is left out.

    A codebook says nothing of anybody's codings, so every viewer sees it whole.

    Raises:
        UsageError: The study has no such codebook.
    """
    found = book_named(study, book)
    lines = []
    for move in codebooks.moves(study.store.db):
        before, after = move.before.get(found.id), move.after.get(found.id)
        if after is None or before == after:
            continue
        now = study.version(after)
        lines.append(
            VersionLine(
                version=now.version,
                uid=after,
                at=move.at,
                coder=move.actor,
                did=move.words.removesuffix(f" ({now.id} {now.version})"),
                why=move.why,
                changes=changes(study.version(before), now) if before else (),
            )
        )
    return tuple(lines)


def own_uses(study: Study, coder: Coder | None, book: Codebook) -> Counter[str]:
    """On how many excerpts a coder has each code, as the book counts them now.

    An excerpt with two codes that were merged counts once.
    """
    uses: Counter[str] = Counter()
    if coder is not None:
        for codes, units in revisits.own_uses(study.store.db, coder.alias, book.id):
            for code in resolved(book, frozenset(codes.split())):
                uses[code] += units
    return uses


def log_table(book: Codebook, lines: Sequence[VersionLine]) -> Table:
    """One line per version."""
    return Table(
        name="codebook_log",
        title=f"Versions of {book.title} ({book.id})",
        columns=(
            Column("version", "Version"),
            Column("at", "When (UTC)", "date"),
            Column("coder", "Coder"),
            Column("did", "What was done", width=40),
            Column("why", "Why", width=40),
            Column("changes", "What changed", width=60),
            Column("content_id", "Content id"),
        ),
        rows=tuple(
            (
                line.version,
                line.at,
                line.coder,
                line.did,
                line.why,
                "; ".join(line.changes),
                line.uid,
            )
            for line in lines
        ),
    )


def log_page(lines: Sequence[VersionLine], width: int) -> str:
    """Version, minute, coder and what changed, oldest first; the reason below."""
    widest = max((len(line.version) for line in lines), default=0)
    coders = max((len(line.coder) for line in lines), default=0)
    out = []
    for line in lines:
        when = local_minute(line.at)
        head = f"{line.version:<{widest}}  {when}  {line.coder:<{coders}}  "
        # "split" is not to be read off two versions; the journal says it.
        said = [line.did] if line.did.startswith("split ") or not line.changes else []
        for number, sentence in enumerate((*said, *line.changes)):
            out += hanging(" " * len(head) if number else head, sentence, width)
        if line.why:
            out += hanging(" " * len(head), f"why: {line.why}", width)
    return "\n".join(out)


def revisit_table(rows: Sequence[ToRevisit]) -> Table:
    """One line per answer in question."""
    return Table(
        name="to_revisit",
        title="Excerpts to revisit",
        columns=(
            Column("excerpt", "Excerpt"),
            Column("code_set", "Set"),
            Column("codes", "Codes"),
            Column("version", "Coded under"),
            Column("why", "What changed since", width=60),
        ),
        rows=tuple(
            (
                row.ref,
                row.code_set,
                ", ".join(row.codes) or row.status.replace("_", " "),
                row.version,
                "; ".join(row.why),
            )
            for row in rows
        ),
    )
