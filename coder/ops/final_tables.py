"""Final codes unit by unit: the step between the unit table and every share."""

from __future__ import annotations

from coder.formats.tables import Cell, Column, Table
from coder.model import Viewer
from coder.ops.finals import final_answer, is_eligible
from coder.ops.heirs import resolver
from coder.ops.study import Study
from coder.ops.tallying import NOTE_WORDS
from coder.store import read_models
from coder.store.codebooks import set_uid


def final_codes_table(study: Study, viewer: Viewer) -> Table:
    """One line per unit and code set that it is asked, or has codes of, with the final answer."""
    book = study.codebook
    current = resolver(book)
    rows: list[tuple[Cell, ...]] = []
    for code_set in book.code_sets:
        valences = {code.id: code.valence for code in code_set.codes}
        order = list(valences)
        uid = set_uid(book.id, code_set.id)
        for unit in read_models.unit_answers(study.store.db, viewer, uid):
            said = [*unit.answers, *([unit.settled] if unit.settled else [])]
            is_asked = is_eligible(book, code_set, unit.question)
            if not is_asked and not any(answer.codes for answer in said):
                continue
            final = final_answer(
                [current(answer) for answer in unit.answers],
                current(unit.settled) if unit.settled else None,
            )
            known = sorted(final.codes & valences.keys(), key=order.index)
            rows.append(
                (
                    unit.ref,
                    unit.transcript,
                    unit.participant,
                    unit.year,
                    unit.question,
                    code_set.id,
                    int(is_asked),
                    final.status,
                    ";".join([*known, *sorted(final.codes - valences.keys())]),
                    code_set.valence_of(known) if known else "",
                    final.source,
                )
            )
    return Table(
        name="final_codes",
        title="Final codes: what counts in tallies and roll-ups",
        columns=(
            Column("unit", "Excerpt"),
            Column("transcript", "Transcript"),
            Column("participant", "Person"),
            Column("year", "Year"),
            Column("question", "Question"),
            Column("code_set", "Code set"),
            Column("asked", "Asked", "count"),
            Column("status", "Status"),
            Column("codes", "Codes"),
            Column("valence", "Valence"),
            Column("source", "Source"),
        ),
        rows=tuple(rows),
        notes=(NOTE_WORDS,),
    )
