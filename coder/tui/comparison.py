"""What the agreement screen compares and its figures, as plain data made from a report.

No Textual here, and no study.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder.ops.agreement_report import LEVEL_WORDS, AgreementReport, AgreementRow, Level

NOT_DEFINED = "n/a"
IN_PERCENT = frozenset(
    ("percent_agreement", "within_one", "positive_agreement", "negative_agreement")
)
OF_CODES = ("cohen_kappa", "percent_agreement", "positive_agreement", "alpha_nominal", "gwet_ac1")
"""What can be drawn code by code, in the order they are gone through."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its interval: a statistic, or a code."""

    label: str
    numbers: str
    """Value and interval as they are written; counts alone where a code is too rare."""
    counts: str = ""
    """Of a code: how often each coder used it, and both."""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    about: str = ""
    """Why there is no value, no interval; one-sided bounds."""
    code: str = ""
    is_head: bool = False
    is_quiet: bool = False


def level_words(level: Level) -> str:
    """A level as a heading: ``valence where applied``."""
    if level.endswith("_applied"):
        whole = next(one for one in LEVEL_WORDS if one == level.removesuffix("_applied"))
        return f"{LEVEL_WORDS[whole]} where applied"
    return LEVEL_WORDS[level]


def company_words(coders: Sequence[str]) -> str:
    """The coders of a comparison: ``AL\u2013RR``, ``all 3``."""
    return "\u2013".join(coders) if len(coders) == 2 else f"all {len(coders)}"


def rows_of(report: AgreementReport) -> list[AgreementRow]:
    """The rows over all units, not those of a part of them."""
    return [row for row in report.rows if not row.by]


def levels_of(report: AgreementReport) -> list[Level]:
    """The levels at which whole answers were compared, the leading one first."""
    return list(dict.fromkeys(row.level for row in rows_of(report) if not row.code))


def companies_of(report: AgreementReport) -> list[tuple[str, ...]]:
    """Pairs of coders, then all of them."""
    return sorted(dict.fromkeys(row.coders for row in rows_of(report)), key=len)


def units_of(
    report: AgreementReport, level: Level, coders: tuple[str, ...]
) -> tuple[int, int] | None:
    """On how many units, in how many transcripts, a comparison rests."""
    for row in rows_of(report):
        if (row.level, row.code, row.coders) == (level, "", coders):
            return row.estimate.units, row.estimate.clusters
    return None


def codes_level(level: Level) -> Level | None:
    """The level at which single codes are compared beside a whole one; None where none are."""
    found: dict[Level, Level] = {"valence": "valence", "code": "code", "set": "code"}
    return found.get(level)


def figures_of(
    report: AgreementReport, level: Level, coders: tuple[str, ...], statistic: str
) -> list[Figure]:
    """Every statistic of a comparison, then one of them code by code."""
    whole = [
        row for row in rows_of(report) if (row.level, row.code, row.coders) == (level, "", coders)
    ]
    found = [Figure("all answers", f"value [{report.confidence:.0%} interval]", is_head=True)]
    found += [_figure(row, row.estimate.statistic.replace("_", " ")) for row in whole]
    beside = codes_level(level)
    return found + (_code_figures(report, beside, coders, statistic) if beside else [])


def _code_figures(
    report: AgreementReport, level: Level, coders: tuple[str, ...], statistic: str
) -> list[Figure]:
    counts = {
        one.code: one.counts
        for one in report.confusions
        if one.code and one.level == level and one.coders == coders
    }
    rows = [
        row
        for row in rows_of(report)
        if row.code
        and (row.level, row.coders, row.estimate.statistic) == (level, coders, statistic)
    ]
    if not rows or not counts:
        return []
    by = "valence by valence" if level == "valence" else "code by code"
    heads = (*coders, "both")
    most = max(len(str(number)) for table in counts.values() for number in sum(table, ()))
    widths = [max(len(head), most) for head in heads]
    found = [Figure(by, statistic.replace("_", " "), _aligned(heads, widths), is_head=True)]
    unused = []
    for row in rows:
        ((both, only_first), (only_second, _)) = counts[row.code]
        if not both + only_first + only_second:
            unused.append(row.code)
            continue
        used = _aligned((both + only_first, both + only_second, both), widths)
        rare = report.too_rare.get((row.code_set, level, row.code, coders), "")
        if rare:
            about = f"{row.code}: {rare}; read the counts"
            found.append(Figure(row.code, "too rare", used, about=about, code=row.code))
        else:
            found.append(_figure(row, row.code, used))
    if unused:
        words = f"used by nobody: {', '.join(unused)}"
        found.append(Figure(words, "", about=words, is_quiet=True))
    return found


def _aligned(parts: Sequence[object], widths: Sequence[int]) -> str:
    return " ".join(f"{part!s:>{width}}" for part, width in zip(parts, widths, strict=True))


def _figure(row: AgreementRow, label: str, counts: str = "") -> Figure:
    found = row.estimate
    return Figure(
        label,
        written(row),
        counts,
        found.estimate,
        found.low,
        found.high,
        _about(row, label),
        row.code,
    )


def _about(row: AgreementRow, label: str) -> str:
    found = row.estimate
    why = found.why_undefined
    if why:
        return f"{label}: {NOT_DEFINED}, {why}"
    parts = [f"no interval, {found.why_no_interval}" if found.why_no_interval else "", found.bound]
    said = "; ".join(filter(None, parts))
    return f"{label} {written(row)}" + (f": {said}" if said else f", {found.interval}")


def written(row: AgreementRow) -> str:
    """Value and interval, as the tables of ``coder agree`` write them."""
    found = row.estimate
    if found.estimate is None:
        return NOT_DEFINED
    is_share = found.statistic in IN_PERCENT
    text = f"{found.estimate:.1%}" if is_share else f"{found.estimate:.3f}"
    if found.low is None or found.high is None:
        return text
    form = ".0%" if is_share else ".2f"
    return f"{text} [{found.low:{form}}, {found.high:{form}}]"
