"""Tables that another program has counted: every code against its absence, and all pooled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import UsageError
from coder.ops.file_comparison import Found
from coder.ops.file_options import OF_A_CODE, FileOptions, check_statistics

if TYPE_CHECKING:
    from coder.formats.ratings import CountedPairs


def compare_counted(counted: CountedPairs, wanted: FileOptions, found: Found) -> None:
    """Add the comparison of every code to what was found.

    Raises:
        UsageError: A statistic that is not for two coders, a list of disagreements (no unit is in
            the file), or an analytic interval for characters.
    """
    from coder.stats import PairTables, agree_pair, agree_pooled, why_counts_only

    check_statistics(wanted.options.statistics, ("two coders", "several tables"), "counted pairs")
    what = counted.measured_in
    if wanted.disagreements:
        raise UsageError(
            f"--disagreements: the file counts {what} and names none of them",
            "use an export that has one row per unit",
        )
    if wanted.options.interval == "analytic" and what != "units":
        raise UsageError(
            f"--interval analytic: neighbouring {what} are not independent",
            "--interval jackknife leaves out one file at a time",
        )
    found.notes.append(f"what is counted here are {what}")
    tables = {
        code: PairTables(counted.clusters, (code, f"not {code}"), counted.tables[:, number])
        for number, code in enumerate(counted.codes)
    }
    names = wanted.names(OF_A_CODE, "two coders")
    for code, table in tables.items():
        rows = agree_pair(table, names, coders=counted.coders, noun=counted.noun, **wanted.how)
        found.add("", code, "code", counted.coders, rows)
        found.confusion("", code, "code", counted.coders, table)
        reason = why_counts_only(table, counted.noun)
        if reason:
            found.too_rare["", "code", code, counted.coders] = reason
    if tables:
        how = wanted.how
        if how["interval"] == "analytic":
            how["interval"] = "none"
        rows = agree_pooled(
            list(tables.values()),
            wanted.names(("pooled_kappa", "mean_kappa"), "several tables"),
            noun=counted.noun,
            **how,
        )
        found.add("", "", "set", counted.coders, rows)
