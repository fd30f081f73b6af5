"""Names of statistics as people type them: which one was meant, and which there is not."""

from __future__ import annotations

import difflib

from coder.errors import UsageError

OTHER_NAMES = {
    "ac1": "gwet_ac1",
    "ac2": "gwet_ac2_quadratic",
    "alpha": "alpha_nominal",
    "alpha_u": "alpha_u_1995",
    "bennett_s": "brennan_prediger",
    "f1": "positive_agreement",
    "jaccard": "alpha_jaccard",
    "kappa": "cohen_kappa",
    "krippendorff": "alpha_nominal",
    "masi": "alpha_masi",
    "percent": "percent_agreement",
    "pi": "scott_pi",
    "randolph_kappa": "brennan_prediger",
    "weighted_kappa": "cohen_kappa_quadratic",
}
"""What people call them elsewhere."""


def no_such(name: str, option: str = "") -> UsageError:
    """The complaint about a statistic that there is not, with the one that was meant.

    Args:
        name: As typed.
        option: Where it was typed, if that is not clear.
    """
    from coder.stats.register import MEASURES

    plain = name.casefold().replace("-", "_")
    meant = OTHER_NAMES.get(plain, "")
    if not meant:
        meant = next(iter(difflib.get_close_matches(plain, MEASURES, 1, 0.5)), "")
    return UsageError(
        f"{f'{option}: ' if option else ''}there is no statistic called {name}",
        f"did you mean {meant}?" if meant else "coder explain lists them",
    )


def kinds_for(name: str) -> str:
    """What a statistic is for, in words.

    Args:
        name: One that there is.
    """
    from coder.stats import names_for

    words = {
        "two coders": "two coders",
        "any number of coders": "any number of coders",
        "sets of codes": "sets of codes",
        "several tables": "several codes or pairs of coders at once",
        "spans": "spans",
    }
    return " and ".join(said for family, said in words.items() if name in names_for(family))
