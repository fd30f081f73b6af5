"""Analytic standard errors: what other programs print beside a coefficient."""

from __future__ import annotations

from coder.ops.explanations.entry import Explanation

_FCE = "Fleiss, Cohen & Everitt 1969, Psychological Bulletin 72"
_GWET = "Gwet 2008, British J. of Mathematical and Statistical Psychology 61"


def _error(name: str, of: str, formula: str, source: str) -> Explanation:
    return Explanation(
        f"{name}_se",
        f"Analytic standard error of {of}",
        f"How much {of} would vary if every unit had been drawn on its own. To compare with other"
        " programs, and behind --interval analytic; no agreement, hence without an interval.",
        formula,
        "Units of one interview resemble each other: simulated 95 % intervals from such errors"
        " cover 63 to 73 %. Take the jackknife over transcripts where there are several.",
        "One transcript: .71, 95 % CI [.46, .86] (analytic; assumes independent units).",
        source,
    )


_KAPPA = "Var = (sum p_ij (w_ij - (w_i. + w_.j) (1 - k))^2 - (k - p_e (1 - k))^2) / (N (1 - p_e)^2)"
_LINEAR = "Var = sum_u (k*_u - k)^2 / (n (n - 1)), k*_u the linearised part of unit u"

ERRORS = (
    _error("cohen_kappa", "Cohen's kappa", _KAPPA, _FCE),
    _error("cohen_kappa_linear", "linear weighted kappa", _KAPPA, _FCE),
    _error("cohen_kappa_quadratic", "quadratic weighted kappa", _KAPPA, _FCE),
    _error("cohen_kappa_custom", "kappa with your own weights", _KAPPA, _FCE),
    _error("fleiss_kappa", "Fleiss' kappa", _LINEAR, _GWET),
    _error("brennan_prediger", "the Brennan-Prediger coefficient", _LINEAR, _GWET),
    _error("gwet_ac1", "Gwet's AC1", _LINEAR, _GWET),
)
