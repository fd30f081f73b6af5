"""Which statistics lead a comparison, and which rows belong to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from coder.ops.agreement_report import AgreementReport, AgreementRow, Level

LeadColumn = Literal["agree", "kappa", "alpha", "ac1"]
"""The columns of the short table."""


class Comparison(NamedTuple):
    """What the rows of one comparison have in common."""

    code_set: str
    level: Level
    code: str
    coders: tuple[str, ...]
    by: str
    group: str


def comparison_of(row: AgreementRow) -> Comparison:
    """What a row is a statistic of."""
    return Comparison(row.code_set, row.level, row.code, row.coders, row.by, row.group)


def grouped(rows: Iterable[AgreementRow]) -> list[list[AgreementRow]]:
    """Rows of the same comparison together; the parts of one right below the whole."""
    groups: dict[Comparison, list[AgreementRow]] = {}
    for row in rows:
        groups.setdefault(comparison_of(row), []).append(row)
    whole: dict[Comparison, list[list[AgreementRow]]] = {}
    for key, group in groups.items():
        whole.setdefault(key._replace(by="", group=""), []).append(group)
    return [
        group for parts in whole.values() for group in sorted(parts, key=lambda g: bool(g[0].by))
    ]


def leads(weights: str = "") -> Mapping[str, tuple[LeadColumn, int]]:
    """Which column of the short table a statistic stands in, and how much it is preferred there.

    Args:
        weights: Which weights lead where there are several; quadratic where nobody said.
    """
    first = weights or "quadratic"
    order: dict[LeadColumn, tuple[str, ...]] = {
        "agree": ("percent_agreement",),
        "kappa": (f"cohen_kappa_{first}", "cohen_kappa", "pooled_kappa", "fleiss_kappa"),
        "alpha": (
            *(["alpha_custom"] if weights == "custom" else []),
            "alpha_ordinal",
            "alpha_interval",
            "alpha_ratio",
            "alpha_nominal",
            "alpha_masi",
        ),
        "ac1": (f"gwet_ac2_{first}", "gwet_ac1"),
    }
    return {
        name: (column, place) for column, names in order.items() for place, name in enumerate(names)
    }


def leading(group: Iterable[AgreementRow], weights: str = "") -> dict[LeadColumn, AgreementRow]:
    """The row of a comparison that stands in each column of the short table."""
    places = leads(weights)
    found: dict[LeadColumn, tuple[int, AgreementRow]] = {}
    for row in group:
        if row.estimate.statistic not in places:
            continue
        column, place = places[row.estimate.statistic]
        if column not in found or place < found[column][0]:
            found[column] = (place, row)
    return {column: row for column, (_, row) in found.items()}


def worth_showing(groups: Sequence[list[AgreementRow]]) -> Iterator[list[AgreementRow]]:
    """Without comparisons "where applied" that leave out nothing: they repeat another line."""
    units = {comparison_of(group[0]): group[0].estimate.units for group in groups}
    for group in groups:
        key = comparison_of(group[0])
        whole: Level
        if key.level == "valence_applied":
            whole = "valence"
        elif key.level == "code_applied":
            whole = "code"
        elif key.level == "set_applied":
            whole = "set"
        else:
            yield group
            continue
        if units.get(key._replace(level=whole)) != group[0].estimate.units:
            yield group


def companies_shown(report: AgreementReport) -> tuple[tuple[str, ...], ...]:
    """The coders of the comparisons of whole code sets, in order."""
    return tuple(dict.fromkeys(row.coders for row in report.rows if not row.code))
