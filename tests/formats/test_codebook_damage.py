"""Every shipped codebook is damaged in many ways, and each damage is found where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.codebook_yaml import check_codebook_text
from tests.formats.codebook_damage import BOOK_DAMAGE, SET_DAMAGE, Damage, damaged
from tests.formats.test_codebook_yaml import BOOKS

PATHS = sorted(BOOKS.glob("*.yaml"))
KINDS = (*BOOK_DAMAGE, *SET_DAMAGE)
EACH = 22
"""Kinds of damage to each book; a check takes a quarter of a second."""


def kinds_for(path: Path) -> list[Damage]:
    """Other kinds for each book, so that all of them come up."""
    start = PATHS.index(path) * EACH % len(KINDS)
    text = path.read_text(encoding="utf-8")
    turned = [*KINDS[start:], *KINDS[:start]]
    return [kind for kind in turned if damaged(text, kind) is not None][:EACH]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_damage_is_found_where_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    kinds = kinds_for(path)
    assert len({kind.name for kind in kinds}) >= 20
    for kind in kinds:
        spoilt = damaged(text, kind)
        assert spoilt is not None
        complaints = check_codebook_text(spoilt.text)
        assert any(
            (c.line, c.column) == (spoilt.line, spoilt.column)
            and spoilt.words in f"{c.message} ({c.hint})"
            and c.hint
            for c in complaints
        ), (kind.name, spoilt.line, spoilt.column, [str(c) for c in complaints])


def test_every_kind_of_damage_is_tried_on_some_book() -> None:
    tried = {kind.name for path in PATHS for kind in kinds_for(path)}
    missing = {kind.name for kind in KINDS} - tried
    # The two books of the first release have no rubric.
    rubrics = {kind.name for kind in SET_DAMAGE if "ordinal" in kind.only or "levels" in kind.only}
    assert missing <= (rubrics if len(PATHS) == 2 else set())
