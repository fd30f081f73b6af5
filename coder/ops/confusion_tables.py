"""Who said what where: confusion tables, with the pair of categories most often confused."""

from __future__ import annotations

from coder.formats.tables import Cell, Column, Table
from coder.ops.agreement_report import LEVEL_WORDS, AgreementReport, Confusion
from coder.ops.columns import distinct


def confusion_table(confusion: Confusion, *, with_coders: bool = False) -> Table:
    """Who said what where: rows are the first coder's answers, columns the second's.

    Args:
        confusion: The counts.
        with_coders: Name the coders in the table's name too, where several pairs have one.
    """
    used = [
        number
        for number, _ in enumerate(confusion.categories)
        if any(confusion.counts[number]) or any(row[number] for row in confusion.counts)
    ]
    first, second = confusion.coders
    names = [confusion.categories[number] for number in used]
    rows: list[tuple[Cell, ...]] = []
    for i in used:
        counts = confusion.counts[i]
        rows.append((confusion.categories[i], *(counts[j] for j in used), sum(counts)))
    rows.append(
        (
            "all",
            *(sum(row[j] for row in confusion.counts) for j in used),
            sum(map(sum, confusion.counts)),
        )
    )
    pair = f"_{first}_{second}" if with_coders else ""
    what = f"{confusion.code_set}_{confusion.level}" if confusion.code_set else confusion.level
    said = LEVEL_WORDS[confusion.level] if confusion.level != "unit" else ""
    subject = ", ".join(part for part in (confusion.code_set, said) if part)
    worst = confusion.most_confused
    return Table(
        name=f"confusion_{what}{pair}",
        title=f"{f'{subject}: ' if subject else ''}{first} down, {second} across",
        columns=distinct(
            (
                Column("answer", first),
                *(Column(name, name, "count") for name in names),
                Column("all", "all", "count"),
            )
        ),
        rows=tuple(rows),
        notes=(most_confused_words(worst),) if worst else (),
    )


def most_confused_words(worst: tuple[str, str, int]) -> str:
    """The two categories that were taken for each other most often, as a sentence."""
    first, second, units = worst
    return f"Most confused: {first} and {second}, on {units} unit{'' if units == 1 else 's'}."


def confusion_tables(report: AgreementReport) -> list[Table]:
    """The confusions worth a table: whole sets at the level of codes and of valence."""
    several = len([coders for coders in report.companies if len(coders) == 2]) > 1
    return [
        confusion_table(one, with_coders=several)
        for one in report.confusions
        if not one.code
        and not one.by
        and one.level in ("valence", "code", "unit")
        and any(map(any, one.counts))
    ]
