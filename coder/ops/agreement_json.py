"""Agreement as the JSON of the command contract; docs/agreement.schema.json describes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coder.ops.agreement_report import AgreementReport, AgreementRow, Confusion, DisagreedUnit

SCHEMA = "coder/agreement/1"


def to_json(report: AgreementReport, statistics: Sequence[str] = ()) -> dict[str, Any]:
    """The report as plain data in the shape of the command contract.

    Keys may be added under the same schema name; none is renamed, removed or given another meaning.

    Args:
        report: The report.
        statistics: Only rows of these; all by default.
    """
    listed = report.disagreements
    return {
        "schema": SCHEMA,
        "seed": report.seed,
        "confidence": report.confidence,
        "rows": [
            _row(row)
            for row in report.rows
            if not statistics or row.estimate.statistic in statistics
        ],
        "warnings": list(report.warnings),
        "files": list(report.files),
        "shape": report.shape or None,
        "notes": list(report.notes),
        "confusions": [_confusion(one) for one in report.confusions],
        "disagreements": None if listed is None else [_disagreed(one) for one in listed],
    }


def _row(row: AgreementRow) -> dict[str, Any]:
    estimate = row.estimate
    why = "; ".join(part for part in (estimate.why_no_interval, estimate.bound) if part)
    return {
        "code_set": row.code_set or None,
        "code": row.code or None,
        "level": row.level,
        "coders": list(row.coders),
        "units": estimate.units,
        "clusters": estimate.clusters,
        "statistic": estimate.statistic,
        "estimate": estimate.estimate,
        "low": estimate.low,
        "high": estimate.high,
        "interval": estimate.interval,
        "defined": estimate.defined,
        "why_undefined": estimate.why_undefined or None,
        "why_no_interval": why or None,
        "by": row.by or None,
        "group": row.group if row.by else None,
    }


def _confusion(one: Confusion) -> dict[str, Any]:
    worst = one.most_confused
    return {
        "code_set": one.code_set or None,
        "code": one.code or None,
        "level": one.level,
        "coders": list(one.coders),
        "categories": list(one.categories),
        "counts": [list(row) for row in one.counts],
        "most_confused": None
        if worst is None
        else {"categories": list(worst[:2]), "units": worst[2]},
        "by": one.by or None,
        "group": one.group if one.by else None,
    }


def _disagreed(one: DisagreedUnit) -> dict[str, Any]:
    return {
        "code_set": one.code_set or None,
        "unit": one.unit,
        "cluster": one.cluster or None,
        "coders": list(one.coders),
        "answers": list(one.answers),
        "rows": list(one.rows),
    }
