"""Codebooks as tables and as pages."""

from __future__ import annotations

import pytest

from coder.formats.tables import to_text
from coder.ops.codebook_tables import books_table, codes_page, codes_table, shelf_table
from coder.ops.library import BookLine, load_codebook, shelf
from tests.factories import small_codebook


@pytest.mark.parametrize("name", sorted(shelf()))
@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_code_of_every_shipped_book_is_shown_whole(name: str, width: int) -> None:
    book = load_codebook(name)
    page = codes_page(book, width)
    lines = page.splitlines()
    assert max(map(len, lines)) <= max(width, 60)
    flat = " ".join(page.split())
    for code_set, code in book.codes():
        assert any(line.startswith(f"{code.key}  {code.id} ") for line in lines), code.id
        assert " ".join(code.short.split())[:20] in flat
        assert f"{code_set.id}: " in page
    assert "…" not in page
    assert book.citation[0].split(".")[0] in flat


def test_the_full_page_has_definitions_and_boundaries() -> None:
    book = load_codebook("mist_student_views")
    flat = " ".join(codes_page(book, 80, full=True).split())
    for _, code in book.codes():
        for text in (code.definition, code.include, code.exclude, code.example):
            assert " ".join(text.split()) in flat
    assert "Use when: " in flat
    assert "Not when: " in flat


def test_a_page_says_level_valence_and_what_cannot_be_coded() -> None:
    page = codes_page(small_codebook(), 80)
    assert "1  taught   productive" in page
    assert "0  unclear  not codable" in page
    assert "4  v4  level 4" in page
    assert "takes one level; rolls up by max" in page


def test_the_table_has_every_part_of_a_code() -> None:
    table = codes_table(small_codebook())
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert len(rows) == 16
    unclear = next(row for row in rows if row["code"] == "unclear")
    assert (unclear["codable"], unclear["valence"], unclear["mode"]) == ("no", "none", "multi")


def test_lists_of_books() -> None:
    books = [load_codebook(name) for name in shelf()]
    text = to_text(shelf_table(books), 80)
    assert max(map(len, text.splitlines())) <= 80
    assert "mist_student_views_brief" in text
    line = BookLine("a", "1.0", "A", 1, 2, is_active=True)
    assert books_table([line]).rows == (("*", "a", "1.0", 1, 2, "A"),)
