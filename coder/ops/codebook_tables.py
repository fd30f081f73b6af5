"""Codebooks as tables."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.model import Codebook
from coder.ops.library import BookLine


def books_table(lines: Sequence[BookLine]) -> Table:
    """The codebooks of a study; the active one is marked."""
    return Table(
        name="codebooks",
        title="Codebooks",
        columns=(
            Column("active", ""),
            Column("id", "Codebook"),
            Column("version", "Version"),
            Column("sets", "Sets", "count"),
            Column("codes", "Codes", "count"),
            Column("title", "Title"),
        ),
        rows=tuple(
            ("*" if b.is_active else "", b.id, b.version, b.sets, b.codes, b.title) for b in lines
        ),
    )


def shelf_table(books: Sequence[Codebook]) -> Table:
    """The codebooks that ship with the program."""
    return Table(
        name="shelf",
        title="Codebooks that ship with the program",
        columns=(
            Column("id", "Codebook"),
            Column("version", "Version"),
            Column("sets", "Sets", "count"),
            Column("codes", "Codes", "count"),
            Column("title", "Title"),
        ),
        rows=tuple(
            (b.id, b.version, len(b.code_sets), sum(len(s.codes) for s in b.code_sets), b.title)
            for b in books
        ),
    )


def codes_table(book: Codebook) -> Table:
    """One line per code with everything the codebook says of it."""
    rows = []
    for code_set, code in book.codes():
        rows.append(
            (
                code_set.id,
                code_set.mode,
                code.key,
                code.id,
                code.name,
                code.valence,
                "" if code.codable else "no",
                code.level,
                code.short,
                code.definition,
                code.include,
                code.exclude,
                code.example,
            )
        )
    citation = tuple(f"Cite: {source}" for source in book.citation)
    return Table(
        name="codebook",
        title=f"{book.title} ({book.id} {book.version}, {book.status})",
        columns=(
            Column("code_set", "Set"),
            Column("mode", "Mode"),
            Column("key", "Key"),
            Column("code", "Code"),
            Column("name", "Name"),
            Column("valence", "Valence"),
            Column("codable", "Codable"),
            Column("level", "Level", "count"),
            Column("short", "Short", width=40),
            Column("definition", "Definition", width=50),
            Column("include", "Use when", width=50),
            Column("exclude", "Do not use when", width=50),
            Column("example", "Example (invented)", width=50),
        ),
        rows=tuple(rows),
        notes=(book.notice, *citation),
    )


def codes_page(book: Codebook) -> Table:
    """One short line per code, for a terminal."""
    table = codes_table(book)
    keep = ("code_set", "key", "code", "valence", "short")
    places = [i for i, column in enumerate(table.columns) if column.key in keep]
    return Table(
        name=table.name,
        title=table.title,
        columns=tuple(table.columns[i] for i in places),
        rows=tuple(tuple(row[i] for i in places) for row in table.rows),
        notes=table.notes,
    )
