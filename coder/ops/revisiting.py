"""The excerpts to revisit: coded under an older version whose words meant something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.errors import UsageError
from coder.model import Codebook, Coder, Status, Viewer, resolved
from coder.model.code_rules import code_named
from coder.ops.coding import Done
from coder.ops.desk import desk_at
from coder.ops.doubts import Doubts
from coder.ops.study import Study, book_named
from coder.store import revisits


@dataclass(frozen=True, slots=True)
class ToRevisit:
    """One answer of one coder that is in question."""

    ref: str
    transcript: str
    """Empty for a record."""
    code_set: str
    coder: str
    status: Status
    codes: tuple[str, ...]
    """As they were put on, in the order they were."""
    version: str
    """Label of the version it was decided under."""
    why: tuple[str, ...]
    """What changed since, a sentence each."""


def to_revisit(
    study: Study, coder: Coder, *, book: str = "", code: str = ""
) -> tuple[ToRevisit, ...]:
    """One coder's own answers that are in question, in text order.

    Args:
        study: The study.
        coder: Whose; nobody is shown another's.
        book: Id of the codebook; empty for the active one.
        code: Only answers with this code, or with one that it took the place of.

    Raises:
        UsageError: There is no such codebook or code.
    """
    found = book_named(study, book)
    rows = _in_question(study, found, Viewer(coder.alias), coder.alias)
    if not code:
        return tuple(rows)
    wanted = code_named(found, code.rpartition(":")[2])[1].id
    return tuple(
        row
        for row in rows
        if wanted in row.codes or wanted in resolved(found, frozenset(row.codes))
    )


def count_to_revisit(study: Study, viewer: Viewer, book: str = "") -> dict[str, int]:
    """How many excerpts each coder has to revisit, by alias; as far as the viewer may know."""
    refs: dict[str, set[str]] = {}
    for row in _in_question(study, book_named(study, book), viewer, ""):
        refs.setdefault(row.coder, set()).add(row.ref)
    return {alias: len(found) for alias, found in sorted(refs.items())}


def count_in_words(counts: Mapping[str, int], *, alias: str = "") -> str:
    """``14 excerpts to revisit``, by coder where several have some; empty where nobody has.

    Args:
        counts: Excerpts by coder.
        alias: Whose number alone is wanted.
    """
    if alias:
        counts = {alias: counts[alias]} if alias in counts else {}
    if not counts:
        return ""
    if len(counts) == 1:
        ((who, number),) = counts.items()
        whose = "" if alias else f" ({who})"
        return f"{number} excerpt{'s' if number != 1 else ''} to revisit{whose}"
    parts = ", ".join(f"{who} {number}" for who, number in counts.items())
    return f"{sum(counts.values())} excerpts to revisit ({parts})"


def count_by_version(rows: Sequence[ToRevisit]) -> list[str]:
    """``coded under 1.0.0: 14 excerpts to revisit``, a line for each version."""
    refs: dict[str, set[str]] = {}
    for row in rows:
        refs.setdefault(row.version, set()).add(row.ref)
    return [
        f"coded under {version}: {len(found)} excerpt{'s' if len(found) != 1 else ''} to revisit"
        for version, found in refs.items()
    ]


def confirm(study: Study, coder: Coder, refs: Sequence[str], *, book: str = "") -> Done:
    """Stand by one's answers on some units: decide the same again, under the version of now.

    Raises:
        UsageError: A unit is not there, or nothing of it is in question.
    """
    found = book_named(study, book)
    with study.store.change(coder.id, "confirm") as done:
        doubts = Doubts(study, found)
        for ref in dict.fromkeys(refs):
            if not desk_at(study, coder, ref, book=found).confirm(done, doubts):
                raise UsageError(f"nothing that {coder.alias} said of {ref} is in question")
        what = refs[0] if len(set(refs)) == 1 else f"{len(set(refs))} excerpts"
        done.words = f"confirmed {what} under {found.id} {found.version}"
    return Done(done.entry, done.words)


def confirm_all(study: Study, coder: Coder, code: str, *, book: str = "") -> Done:
    """Stand by all of one's answers with a code that are in question, as one action.

    Raises:
        UsageError: There is none.
    """
    refs = [row.ref for row in to_revisit(study, coder, book=book, code=code)]
    if not refs:
        raise UsageError(f"{coder.alias} has nothing with {code} to revisit")
    return confirm(study, coder, refs, book=book)


def _in_question(study: Study, book: Codebook, viewer: Viewer, coder: str) -> list[ToRevisit]:
    db = study.store.db
    doubts = Doubts(study, book)
    found = [
        doubt for version in revisits.versions_used(db, book.id) for doubt in doubts.all_of(version)
    ]
    if not found:
        return []
    return [
        ToRevisit(
            ref=row.ref,
            transcript=row.transcript,
            code_set=row.code_set,
            coder=row.coder,
            status=row.status,
            codes=tuple(code for code, _ in row.codes),
            version=study.version(row.version).version,
            why=why,
        )
        for row in revisits.older_answers(db, viewer, book.id, found, coder=coder)
        if (why := doubts.about(row.version, row.code_set, row.codes))
    ]
