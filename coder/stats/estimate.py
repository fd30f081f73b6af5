"""A statistic with its uncertainty, or with the reason in words why it has none."""

from __future__ import annotations

from dataclasses import dataclass

NO_INTERVAL = "none"
"""The value of `Estimate.interval` where no interval was asked for."""


@dataclass(frozen=True)
class Estimate:
    """One row of an agreement table.

    An undefined statistic has no number and says why; a missing interval says why too. An interval
    is never of zero width: where the data would give one, there is none, and perfect agreement
    carries one-sided bounds in words instead.

    Args:
        statistic: Its name, as in the documentation and in JSON.
        estimate: The value; None where undefined.
        low: Lower end of the interval.
        high: Upper end of the interval.
        interval: How the interval is made (or would have been).
        units: Units the statistic rests on: finished by both, or by two coders at least.
        clusters: Transcripts that hold at least one of them.
        why_undefined: The reason, if `estimate` is None.
        why_no_interval: The reason, if an interval was asked for and there is none.
        bound: One-sided bounds in words, where perfect agreement leaves nothing to vary.
        standard_error: Of the estimate on its own scale, from the method of the interval.
    """

    statistic: str
    estimate: float | None
    low: float | None
    high: float | None
    interval: str
    units: int
    clusters: int
    why_undefined: str = ""
    why_no_interval: str = ""
    bound: str = ""
    standard_error: float | None = None

    def __post_init__(self) -> None:
        if (self.estimate is None) != bool(self.why_undefined):
            raise ValueError(f"{self.statistic}: a value or a reason, not both and not neither")
        if (self.low is None) != (self.high is None):
            raise ValueError(f"{self.statistic}: an interval has two ends")
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError(f"{self.statistic}: an interval of no width")
        asked = self.interval != NO_INTERVAL
        if self.low is None and asked and not self.why_no_interval:
            raise ValueError(f"{self.statistic}: no interval and no reason")

    @property
    def defined(self) -> bool:
        """Whether the statistic has a value for these counts."""
        return self.estimate is not None
