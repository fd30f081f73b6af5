"""Disagreements as a table for screens and files."""

from __future__ import annotations

from coder.formats.tables import Column, Table
from coder.ops.settling import Disagreement, settled_source
from coder.store.read_models import Answer


def disagreement_table(rows: tuple[Disagreement, ...]) -> Table:
    """One line per unit and code set on which coders differ, with the words and the settlement."""
    coders = sorted({answer.coder for row in rows for answer in row.answers})
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


def _said(row: Disagreement, coder: str) -> str:
    return next((_words(answer) for answer in row.answers if answer.coder == coder), "")


def _words(answer: Answer) -> str:
    return ", ".join(sorted(answer.codes)) or answer.status.replace("_", " ")
