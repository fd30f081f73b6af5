"""Coders beside the settled answers, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.ops.confusion_tables import confusion_table
from coder.ops.settled_feedback import WHAT_IT_IS, Feedback

TITLE = "Training feedback, not agreement"


def feedback_tables(rows: Sequence[Feedback]) -> list[Table]:
    """Whole answers, then code by code, then what each coder said where what was settled."""
    return [_whole(rows), _codes(rows), *_confusions(rows)]


def _whole(rows: Sequence[Feedback]) -> Table:
    return Table(
        name="settled_feedback",
        title=f"{TITLE}: answers beside the settled ones",
        columns=(
            Column("code_set", "Set"),
            Column("coder", "Coder"),
            Column("units", "Settled", "count"),
            Column("same", "Same", "count"),
            Column("share", "Share", "percent"),
        ),
        rows=tuple(
            (row.code_set, row.coder, row.units, row.same, row.same / row.units) for row in rows
        ),
        notes=(WHAT_IT_IS,),
    )


def _codes(rows: Sequence[Feedback]) -> Table:
    return Table(
        name="settled_feedback_codes",
        title=f"{TITLE}: code by code",
        columns=(
            Column("code_set", "Set"),
            Column("coder", "Coder"),
            Column("code", "Code"),
            Column("settled", "Settled", "count"),
            Column("given", "Coder's", "count"),
            Column("both", "Both", "count"),
            Column("found", "Found", "percent"),
            Column("kept", "Kept", "percent"),
        ),
        rows=tuple(
            (row.code_set, row.coder, c.code, c.settled, c.given, c.both, c.found, c.kept)
            for row in rows
            for c in row.codes
        ),
        notes=(
            "Found: of the units settled to the code, the share on which the coder had it. Kept:"
            " of the coder's uses, the share that was settled on.",
        ),
    )


def _confusions(rows: Sequence[Feedback]) -> list[Table]:
    return [
        confusion_table(row.confusion, with_coders=True)
        for row in rows
        if row.confusion is not None
    ]
