"""How many units to double-code before the work begins; for two coders.

All formulas take units as independent. Excerpts of one interview are not: multiply by the design
effect. They hold for two coders only; the usual extension to more makes the number grow with the
coders while the error falls. Every function raises `UsageError` for values that cannot be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from coder.errors import UsageError
from coder.stats.quantiles import normal_quantile, two_sided_normal


@dataclass(frozen=True)
class SampleSize:
    """A number of units to code twice.

    Args:
        exact: As the formula gives it.
    """

    exact: float

    @property
    def units(self) -> int:
        """Whole units, rounded up."""
        # A formula that should give 100 may give 100.00000000000001.
        return math.ceil(self.exact - 1e-9 * max(1.0, self.exact))

    def times(self, effect: float) -> SampleSize:
        """With units nested in transcripts: as many times as the design effect says."""
        return SampleSize(self.exact * effect)


def units_for_alpha(smallest: float, prevalence: float, significance: float = 0.05) -> SampleSize:
    """Units needed to tell that alpha is not below the smallest acceptable value.

    N = 2 z^2 [(1 + a)(3 - a) / (4 (1 - a) p (1 - p)) - a], z one-sided (Bloch & Kraemer 1989,
    eq. 3.7; Krippendorff 2019; ATLAS.ti gives the same numbers).
    Caution: for a code at its true prevalence; take the rarest code that matters.

    Args:
        smallest: The smallest acceptable alpha a, such as .667 or .8.
        prevalence: The share p of units with the rarest code.
        significance: The risk of accepting a smaller alpha.
    """
    _check(smallest, prevalence)
    if not 0 < significance < 0.5:
        raise UsageError(f"a significance level lies between 0 and .5, not at {significance}")
    z = normal_quantile(1 - significance)
    spread = (1 + smallest) * (3 - smallest) / (4 * (1 - smallest))
    return SampleSize(2 * z * z * (spread / (prevalence * (1 - prevalence)) - smallest))


def units_for_half_width(
    kappa: float, prevalence: float, half_width: float, confidence: float = 0.95
) -> SampleSize:
    """Units needed for an interval of kappa that reaches this far to either side.

    N = z^2 V / h^2, V = (1 - k) [(1 - k)(1 - 2k) + k (2 - k) / (2 p (1 - p))]: the variance of
    kappa for a yes/no code that both coders use equally often (Bloch & Kraemer 1989; Fleiss, Cohen
    & Everitt 1969).
    Caution: for the kappa that comes out, which is not known beforehand; try a lower one as well.

    Args:
        kappa: The kappa k expected.
        prevalence: The share p of units with the code.
        half_width: h, such as .1.
        confidence: Of the interval.
    """
    _check(kappa, prevalence)
    if not 0 < half_width < 1:
        raise UsageError(f"a half width lies between 0 and 1, not at {half_width}")
    if not 0 < confidence < 1:
        raise UsageError(f"a confidence lies between 0 and 1, not at {confidence}")
    z = two_sided_normal(confidence)
    return SampleSize(z * z * _kappa_variance(kappa, prevalence) / half_width**2)


def units_for_power(
    kappa: float,
    null_kappa: float,
    prevalence: float,
    *,
    power: float = 0.8,
    significance: float = 0.05,
) -> SampleSize:
    """Units needed to tell one kappa from another, for a yes/no code.

    N = lambda / sum_j (P_j(k1) - P_j(k0))^2 / P_j(k0), P_j the shares of units that both coders
    deny, only one affirms, both affirm: (1-p)^2 + k p (1-p), 2 (1-k) p (1-p), p^2 + k p (1-p);
    lambda the non-centrality at which a chi-square test with one degree of freedom has the power
    (Donner & Eliasziw 1992).

    Args:
        kappa: The kappa k1 expected.
        null_kappa: The kappa k0 to be ruled out.
        prevalence: The share p of units with the code.
        power: The chance to tell them apart.
        significance: Of the two-sided test.
    """
    _check(kappa, prevalence)
    _check(null_kappa, prevalence)
    if kappa == null_kappa:
        raise UsageError("no number of units tells a kappa from itself")
    if not 0 < significance < power < 1:
        raise UsageError("power and significance lie between 0 and 1, power above significance")
    shares = (_joint_shares(kappa, prevalence), _joint_shares(null_kappa, prevalence))
    distance = sum((one - null) ** 2 / null for one, null in zip(*shares, strict=True))
    return SampleSize(_non_centrality(power, significance) / distance)


def units_for_levels(levels: int) -> SampleSize:
    """Units under which the normal approximation to weighted kappa should not be trusted.

    N = 2 q^2, q the number of levels (Cicchetti 1981).
    Caution: a rule of thumb for when an analytic error holds at all, not for how narrow an interval
    comes out; units are taken as independent.

    Args:
        levels: q, two or more.
    """
    if levels < 2:
        raise UsageError(f"a scale has two levels at least, not {levels}")
    return SampleSize(2.0 * levels * levels)


def design_effect(units_per_transcript: float, correlation: float) -> float:
    """How many times as many units are needed because those of a transcript resemble each other.

    1 + (n - 1) r, n units per transcript, r their intraclass correlation (Kish 1965).
    Caution: r is known only from data; .05 is common and with 20 units doubles the number.

    Args:
        units_per_transcript: n, on average.
        correlation: r, from 0 to 1.
    """
    if not units_per_transcript >= 1:
        raise UsageError(f"a transcript has a unit at least, not {units_per_transcript}")
    if not 0 <= correlation <= 1:
        raise UsageError(f"the correlation lies between 0 and 1, not at {correlation}")
    return 1 + (units_per_transcript - 1) * correlation


def _check(kappa: float, prevalence: float) -> None:
    if not 0 <= kappa < 1:
        raise UsageError(f"plan for agreement from 0 to below 1, not for {kappa}")
    if not 0 < prevalence < 1:
        raise UsageError(f"a prevalence lies between 0 and 1, not at {prevalence}")


def _kappa_variance(kappa: float, prevalence: float) -> float:
    """N times the variance of kappa."""
    k, mixed = kappa, prevalence * (1 - prevalence)
    return (1 - k) * ((1 - k) * (1 - 2 * k) + k * (2 - k) / (2 * mixed))


def _joint_shares(kappa: float, prevalence: float) -> tuple[float, float, float]:
    p, mixed = prevalence, prevalence * (1 - prevalence)
    return (1 - p) ** 2 + kappa * mixed, 2 * (1 - kappa) * mixed, p * p + kappa * mixed


def _non_centrality(power: float, significance: float) -> float:
    """lambda with P(Z + sqrt(lambda) beyond the two-sided quantile) = power, by bisection."""
    z = two_sided_normal(1 - significance)

    def reached(shift: float) -> float:
        return (math.erfc((z - shift) / math.sqrt(2)) + math.erfc((z + shift) / math.sqrt(2))) / 2

    low, high = 0.0, z + 40.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if reached(middle) < power else (low, middle)
    return high * high
