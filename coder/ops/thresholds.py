"""Thresholds for scripts: what a statistic, or the lower end of its interval, has to reach."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coder.errors import UsageError
from coder.formats.tables import number_text
from coder.ops.agreement_report import LEVEL_WORDS, AgreementReport, AgreementRow, company
from coder.ops.statistic_names import no_such


@dataclass(frozen=True, slots=True)
class Threshold:
    """What has to be reached.

    Args:
        statistic: By name.
        least: The value to reach; reaching it exactly is enough.
        of_lower_end: Whether the lower end of the interval has to reach it.
    """

    statistic: str
    least: float
    of_lower_end: bool = False

    @property
    def option(self) -> str:
        """As it was typed."""
        name = "--min-lower" if self.of_lower_end else "--min"
        return f"{name} {self.statistic}={number_text(self.least)}"


def threshold(text: str, *, of_lower_end: bool = False) -> Threshold:
    """Read ``cohen_kappa=0.7``.

    Raises:
        UsageError: It is not of this form, or there is no such statistic.
    """
    from coder.stats.register import MEASURES

    option = "--min-lower" if of_lower_end else "--min"
    name, equals, value = text.partition("=")
    name = name.strip()
    try:
        least = float(value)
    except ValueError:
        least = math.nan
    if not equals or not math.isfinite(least):
        raise UsageError(f"{option} {text} is no threshold", f"{option} cohen_kappa=0.7")
    if name not in MEASURES:
        raise no_such(name, option)
    return Threshold(name, least, of_lower_end)


def missed(report: AgreementReport, thresholds: Sequence[Threshold]) -> list[str]:
    """A line for every comparison that does not reach a threshold; an undefined value never does.

    Looked at are comparisons of whole code sets over all their units; a statistic that there is
    only code by code has to be reached by every code.

    Raises:
        UsageError: A statistic was not computed here.
    """
    lines = []
    for one in thresholds:
        rows = _rows_of(report, one.statistic)
        if not rows:
            raise UsageError(
                f"{one.option}: {one.statistic} is not computed for these answers",
                f"there are: {', '.join(_computed(report)) or 'none'}",
            )
        lines += [f"missed: {_why(row, one)}" for row in rows if not _reached(row, one)]
    return lines


def _rows_of(report: AgreementReport, statistic: str) -> list[AgreementRow]:
    rows = [
        row
        for row in report.rows
        if row.estimate.statistic == statistic and not row.by and not row.level.endswith("_applied")
    ]
    return [row for row in rows if not row.code] or rows


def _computed(report: AgreementReport) -> list[str]:
    return list(dict.fromkeys(row.estimate.statistic for row in report.rows))


def _reached(row: AgreementRow, one: Threshold) -> bool:
    value = row.estimate.low if one.of_lower_end else row.estimate.estimate
    return value is not None and value >= one.least


def _why(row: AgreementRow, one: Threshold) -> str:
    estimate = row.estimate
    parts = [
        row.code_set,
        "" if row.level == "unit" else LEVEL_WORDS[row.level],
        row.code,
        company(row.coders),
    ]
    what = f"{' '.join(part for part in parts if part)}: {estimate.statistic}"
    least = number_text(one.least)
    if not estimate.defined:
        return f"{what} is undefined, not {least}: {estimate.why_undefined}"
    if not one.of_lower_end:
        return f"{what} is {_digits(estimate.estimate, one.least)}, under {least}"
    if estimate.low is None:
        return f"{what} has no interval, so no lower end of {least}: {estimate.why_no_interval}"
    return f"{what}: its interval begins at {_digits(estimate.low, one.least)}, under {least}"


def _digits(value: float | None, least: float) -> str:
    """Enough decimals to see that the value is under the threshold."""
    assert value is not None
    for decimals in range(3, 16):
        text = f"{value:.{decimals}f}"
        if float(text) < least:
            return text
    return number_text(value)
