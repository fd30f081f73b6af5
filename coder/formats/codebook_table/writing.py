"""From a codebook to tables."""

from __future__ import annotations

from coder.formats.codebook_table import columns
from coder.formats.codebook_table.columns import BETWEEN, COLUMNS
from coder.formats.tables import Cell, Column, Table
from coder.model import Code, Codebook, CodeSet


def codes_table(book: Codebook) -> Table:
    """One line per code with everything the codebook says of it."""
    citation = tuple(f"Cite: {source}" for source in book.citation)
    return Table(
        name="codebook",
        title=f"{book.title} ({book.id} {book.version}{f', {book.status}' if book.status else ''})",
        columns=COLUMNS,
        rows=tuple(_row(code_set, code) for code_set, code in book.codes()),
        notes=tuple(note for note in (book.notice, *citation) if note),
    )


def about_table(book: Codebook) -> Table:
    """What the book is, for a sheet beside the codes."""
    rows = [
        (columns.BOOK_ID, book.id),
        (columns.VERSION, book.version),
        (columns.TITLE, book.title),
        (columns.STATUS, book.status),
        (columns.NOTICE, book.notice),
        *((columns.CITE, source) for source in book.citation),
        *((columns.ROLE, role) for role in book.roles),
    ]
    return Table(
        name="about",
        title=book.title,
        columns=(Column("what", "What", width=20), Column("value", "Value", width=100)),
        rows=tuple(row for row in rows if row[1]),
    )


def left_out(book: Codebook, *, with_about: bool) -> tuple[str, ...]:
    """What a table of codes does not say, by the name of its field in a codebook file.

    Args:
        book: The book.
        with_about: ``about_table`` stands beside it.
    """
    found = [] if with_about else ["id", "version", "title"]
    parts = {"unit": book.unit, "protocol": book.protocol, **book.options}
    if not with_about:
        parts = {
            "status": book.status,
            "citation": book.citation,
            "notice": book.notice,
            "roles": book.roles,
            **parts,
        }
    found += [name for name, part in parts.items() if part]
    if any(s.rollup.labels or set(s.rollup.options) - {"order"} for s in book.code_sets):
        found.append("settings of rollup")
    found += list(dict.fromkeys(name for s in book.code_sets for name in s.options))
    return tuple(found)


def _row(code_set: CodeSet, code: Code) -> tuple[Cell, ...]:
    return (
        code_set.id,
        code_set.title,
        code_set.mode,
        code_set.rollup.rule,
        code.key,
        code.id,
        code.name,
        "" if code.is_category else code.valence,
        "" if code.codable else "no",
        code.level,
        code.short,
        code.definition,
        code.include,
        code.exclude,
        code.example,
        code.parent,
        "yes" if code.is_category else "",
        code.color,
        "yes" if code.is_retired else "",
        BETWEEN.join(code.replaced_by),
        code_set.applies_when,
        "yes" if code_set.is_scratch else "",
        BETWEEN.join(_order(code_set)),
    )


def _order(code_set: CodeSet) -> list[str]:
    """Codes from highest to lowest, for the rule that needs them."""
    order = code_set.rollup.options.get("order")
    return [str(code) for code in order] if isinstance(order, list | tuple) else []
