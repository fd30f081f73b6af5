"""Setting a study, tables and typed numbers beside the published figures of codebooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coder.errors import UsageError
from coder.model import Codebook, Viewer
from coder.ops.library import load_codebook, shelf
from coder.ops.published import Evidence, Finding, Place, check
from coder.ops.published_evidence import from_study, from_table, sets_of, typed
from coder.ops.published_figures import figures_of
from coder.ops.study import Study


def check_published(
    paths: Sequence[Path] = (),
    given: Sequence[str] = (),
    books: Sequence[str] = (),
    study: Study | None = None,
    viewer: Viewer | None = None,
    *,
    role: str = "",
) -> list[Finding]:
    """Every published figure with what can be said of it.

    Args:
        paths: Tables with columns called like code sets.
        given: Numbers as typed, ``uptake=10,20,30``.
        books: Ids or files of codebooks; by default those of the study, else all that ship.
        study: A study whose results to set beside the figures.
        viewer: Who is looking at it.
        role: Of the study, count only people of this role.

    Raises:
        UsageError: An unknown codebook, set, role or number.
        BadInput: A table or codebook that cannot be taken.
    """
    if role and study is None:
        raise UsageError("--role counts people of a study", "say --study FILE too")
    loaded = _books(books, study)
    figures = figures_of(loaded)
    sets = sets_of(figures)
    found: dict[Place, list[Evidence]] = {}
    pieces = [from_table(path, sets) for path in paths]
    pieces.append(typed(given, sets, figures))
    if study is not None:
        own = {book.id for book in study.codebooks}
        of_study = {place: one for place, one in sets.items() if place[0] in own}
        pieces.append(from_study(study, viewer or Viewer(), of_study, role=role))
    for piece in pieces:
        for place, evidence in piece.items():
            found.setdefault(place, []).extend(evidence)
    return [finding for figure in figures for finding in check(figure, found)]


def _books(names: Sequence[str], study: Study | None) -> list[Codebook]:
    if study is not None:
        known = {book.id: book for book in study.codebooks}
        return [known.get(name) or load_codebook(name) for name in names] or list(known.values())
    return [load_codebook(name) for name in names or shelf()]
