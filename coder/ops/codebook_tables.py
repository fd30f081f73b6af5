"""Codebooks as tables for files, and as pages for a screen."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.codebook_table import codes_table as codes_table
from coder.formats.tables import Column, Table
from coder.model import Code, Codebook, tree
from coder.ops.library import BookLine
from coder.ops.wrapping import hanging


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
            (
                b.id,
                b.version,
                len(b.code_sets),
                sum(not code.is_category for _, code in b.codes()),
                b.title,
            )
            for b in books
        ),
    )


def codes_page(book: Codebook, width: int, *, full: bool = False) -> str:
    """Every code with its key, valence and short definition, set by set, for a terminal.

    Args:
        book: The codebook.
        width: Terminal cells.
        full: Also the whole definition, when to use it and when not, and the example.
    """
    lines = hanging("", f"{book.title} ({book.id} {book.version}, {book.status})", width)
    for code_set in book.code_sets:
        codes = list(tree(code_set))
        lines += ["", *hanging("", f"{code_set.id}: {code_set.title}", width)]
        lines.append(f"{MODE_WORDS[code_set.mode]}; rolls up by {code_set.rollup.rule}")
        lines.append("")
        ids = max((2 * depth + len(code.id) for code, depth in codes), default=0)
        kinds = max((len(_kind(code)) for code, _ in codes), default=0)
        for code, depth in codes:
            name = "  " * depth + code.id
            first = f"{code.key:<1}  {name:<{ids}}  {_kind(code):<{kinds}}  "
            lines += hanging(first, code.short or code.name, width)
            if full:
                lines += _in_full(code, width)
    lines.append("")
    for note in (book.notice, *(f"Cite: {source}" for source in book.citation)):
        lines += hanging("", note, width)
    return "\n".join(lines)


MODE_WORDS = {
    "exclusive": "takes one code",
    "multi": "takes any number of codes",
    "ordinal": "takes one level",
}


def _kind(code: Code) -> str:
    """Level and valence, as far as there are any, or why it cannot be put on."""
    if _standing(code):
        return _standing(code)
    level = "" if code.level is None else f"level {code.level}"
    valence = "" if code.valence == "none" else code.valence
    return " ".join(
        part for part in (level, valence, "" if code.codable else "not codable") if part
    )


def _standing(code: Code) -> str:
    """Why a code cannot be put on; empty where it can."""
    if code.is_category:
        return "category"
    return "replaced" if code.replaced_by else "retired" if code.is_retired else ""


def _in_full(code: Code, width: int) -> list[str]:
    parts = (
        ("", code.definition),
        ("Use when: ", code.include),
        ("Not when: ", code.exclude),
        ("Example: ", code.example),
    )
    lines = [line for name, text in parts if text for line in hanging(f"   {name}", text, width)]
    return [*lines, ""]
