"""Codes made while reading, and trees of codes, as tables for files and pages for a screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from coder.formats.tables import Column, Table
from coder.ops.categories import TreeLine
from coder.ops.scratch import ScratchLine
from coder.ops.wrapping import hanging

COUNTED = (
    "Excerpts on which anybody has put the code, settled or not, each once; a category counts those"
    " with any code below it. What an open round hides from you is not counted."
)


def scratch_table(lines: Sequence[ScratchLine]) -> Table:
    """One line per code of the scratch set, in the order in which they were made."""
    return Table(
        name="scratch",
        title="Codes made while reading",
        columns=(
            Column("code", "Code"),
            Column("name", "Name"),
            Column("excerpts", "Excerpts", "count"),
            Column("coders", "Coders"),
            Column("parent", "Under"),
        ),
        rows=tuple(
            (
                line.code.id,
                line.code.name,
                line.excerpts,
                ", ".join(line.coders),
                line.code.parent,
            )
            for line in lines
        ),
    )


def tree_table(lines: Sequence[TreeLine]) -> Table:
    """One line per code and category, each before what is below it."""
    return Table(
        name="tree",
        title="Codes and categories",
        columns=(
            Column("code_set", "Set"),
            Column("depth", "Depth", "count"),
            Column("kind", "Kind"),
            Column("code", "Code"),
            Column("name", "Name"),
            Column("parent", "Under"),
            Column("excerpts", "Excerpts", "count"),
        ),
        rows=tuple(
            (
                line.code_set.id,
                line.depth,
                "category" if line.code.is_category else "code",
                line.code.id,
                line.code.name,
                line.code.parent,
                line.excerpts,
            )
            for line in lines
        ),
        notes=(COUNTED,),
    )


def tree_page(lines: Sequence[TreeLine], width: int) -> str:
    """The tree with its counts, set by set, for a terminal."""
    digits = max((len(str(line.excerpts)) for line in lines), default=1)
    out: list[str] = []
    for code_set, group in groupby(lines, lambda line: line.code_set):
        out += hanging("", f"{code_set.id}: {code_set.title}", width)
        for line in group:
            sign = "\u25be" if line.code.is_category else "\u00b7"
            lead = f"{line.excerpts:>{digits}}  {'  ' * line.depth}{sign} "
            out += hanging(lead, line.code.name, width)
        out.append("")
    return "\n".join([*out, *hanging("", COUNTED, width)])
