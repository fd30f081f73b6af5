"""Disagreements as a table for files, and as blocks for a screen."""

from __future__ import annotations

from coder.formats.tables import Column, Table, cut
from coder.ops.settling import Disagreement, settled_source
from coder.ops.wrapping import hanging, one_line
from coder.store.read_models import Answer

WORDS_SHOWN = 240
"""Characters of an excerpt on the screen: enough to know which one it is."""


def disagreement_table(rows: tuple[Disagreement, ...]) -> Table:
    """One line per unit and code set on which coders differ, with the words and the settlement."""
    coders = _coders(rows)
    return Table(
        name="disagreements",
        title="Disagreements",
        columns=(
            Column("unit", "Excerpt"),
            Column("code_set", "Code set"),
            *(Column(f"by_{coder}", coder) for coder in coders),
            Column("settled", "Settled"),
            Column("words", "Words", width=60),
        ),
        rows=tuple(
            (
                row.ref,
                row.code_set,
                *(_said(row, coder) for coder in coders),
                f"{settled_source(row)}: {_words(row.settled)}" if row.settled else "",
                row.words,
            )
            for row in rows
        ),
    )


def disagreement_page(rows: tuple[Disagreement, ...], width: int) -> str:
    """One block per disagreement: the excerpt, what each coder said, what was settled."""
    coders = _coders(rows)
    widest = max((len(name) for name in (*coders, "settled")), default=0)
    blocks = []
    for row in rows:
        lines = [f"{row.ref}  {row.question}".rstrip() + f"  {row.code_set}"]
        lines += hanging("  ", f"“{cut(one_line(row.words), WORDS_SHOWN)}”", width)
        for coder in coders:
            said = _said(row, coder)
            if said:
                lines += hanging(f"  {coder:<{widest}}  ", said, width)
        if row.settled:
            who = settled_source(row)
            whose = "as nobody" if who == "new" else f"as {who}"
            settled = f"{_words(row.settled)} ({whose} had it)"
            lines += hanging(f"  {'settled':<{widest}}  ", settled, width)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _coders(rows: tuple[Disagreement, ...]) -> list[str]:
    return sorted({answer.coder for row in rows for answer in row.answers})


def _said(row: Disagreement, coder: str) -> str:
    return next((_words(answer) for answer in row.answers if answer.coder == coder), "")


def _words(answer: Answer) -> str:
    return ", ".join(sorted(answer.codes)) or answer.status.replace("_", " ")
