"""The units that coders answered differently, as a table with the rows of a file to look at."""

from __future__ import annotations

from collections.abc import Sequence

from coder.formats.tables import Cell, Column, Table
from coder.ops.agreement_report import AgreementReport, DisagreedUnit
from coder.ops.columns import distinct

MOST_CODERS_ACROSS = 4
"""Coders up to which each has a column."""


def disagreed_table(report: AgreementReport) -> Table:
    """One line per unit; every coder's answer, and where in the file it stands.

    Args:
        report: One whose disagreements were asked for.
    """
    found = report.disagreements or ()
    sets = len({one.code_set for one in found}) > 1
    clusters = any(one.cluster and one.cluster not in one.unit for one in found)
    coders = tuple(dict.fromkeys(coder for one in found for coder in one.coders))
    across = 0 < len(coders) <= MOST_CODERS_ACROSS
    answers = [Column(f"answer_{n}", coder) for n, coder in enumerate(coders, 1)] if across else []
    number = len(found)
    noun = "span" if any(row.level == "span" for row in report.rows) else "unit"
    return Table(
        name="disagreements",
        title=_title(number, noun),
        columns=distinct(
            (
                Column("unit", "Unit"),
                *([Column("code_set", "Set")] if sets else []),
                *([Column("cluster", report.noun.capitalize())] if clusters else []),
                *(answers or [Column("answers", "Answers")]),
                *([Column("rows", "Rows")] if report.files else []),
            )
        ),
        rows=tuple(
            (
                one.unit,
                *([one.code_set] if sets else []),
                *([one.cluster] if clusters else []),
                *(_cells(one, coders) if across else [_words(one)]),
                *([", ".join(map(str, dict.fromkeys(one.rows)))] if report.files else []),
            )
            for one in found
        ),
        notes=(f"Rows of {' and '.join(report.files)}.",) if found and report.files else (),
    )


def _title(number: int, noun: str) -> str:
    if not number:
        return "No disagreement"
    what = "that others did not mark" if noun == "span" else "on which coders differ"
    return f"{number} {noun if number == 1 else f'{noun}s'} {what}"


def _cells(one: DisagreedUnit, coders: Sequence[str]) -> list[Cell]:
    said = dict(zip(one.coders, one.answers, strict=True))
    return [said.get(coder, "") for coder in coders]


def _words(one: DisagreedUnit) -> str:
    """Every answer with those who gave it: the most frequent first."""
    who: dict[str, list[str]] = {}
    for coder, answer in zip(one.coders, one.answers, strict=True):
        who.setdefault(answer, []).append(coder)
    order = sorted(who.items(), key=lambda item: -len(item[1]))
    return "; ".join(f"{answer}: {', '.join(names)}" for answer, names in order)
