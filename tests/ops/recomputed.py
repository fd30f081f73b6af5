"""Statistics as a sceptic would recompute them elsewhere: no line of the program is used here.

Kappa comes from scikit-learn, alpha from krippendorff, t and Wilson's interval from scipy and
statsmodels; the rest is plain Python over lists of answers.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import krippendorff
from scipy.stats import t as student
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.proportion import proportion_confint


@dataclass(frozen=True)
class Pair:
    """One unit that two coders finished."""

    transcript: str
    first: str
    second: str


Statistic = Callable[[Sequence[Pair]], float]
"""NaN where it is not defined."""


def percent(pairs: Sequence[Pair]) -> float:
    if not pairs:
        return math.nan
    return sum(pair.first == pair.second for pair in pairs) / len(pairs)


def kappa(pairs: Sequence[Pair]) -> float:
    if len({answer for pair in pairs for answer in (pair.first, pair.second)}) < 2:
        return math.nan
    value = cohen_kappa_score([p.first for p in pairs], [p.second for p in pairs])
    return float(value)


def alpha(pairs: Sequence[Pair]) -> float:
    names = sorted({answer for pair in pairs for answer in (pair.first, pair.second)})
    if len(names) < 2:
        return math.nan
    ratings = [[names.index(p.first) for p in pairs], [names.index(p.second) for p in pairs]]
    return float(krippendorff.alpha(ratings, level_of_measurement="nominal"))


def ac1(categories: int) -> Statistic:
    """Gwet (2008): p_e = sum pi_k (1 - pi_k) / (q - 1), q declared categories."""

    def statistic(pairs: Sequence[Pair]) -> float:
        if not pairs:
            return math.nan
        shares = Counter(answer for pair in pairs for answer in (pair.first, pair.second))
        pi = [n / (2 * len(pairs)) for n in shares.values()]
        chance = sum(p * (1 - p) for p in pi) / (categories - 1)
        return (percent(pairs) - chance) / (1 - chance)

    return statistic


def scott_pi(pairs: Sequence[Pair]) -> float:
    """Scott (1955): chance from the answers of both coders together."""
    if not pairs:
        return math.nan
    shares = Counter(answer for pair in pairs for answer in (pair.first, pair.second))
    chance = sum((n / (2 * len(pairs))) ** 2 for n in shares.values())
    return (percent(pairs) - chance) / (1 - chance) if chance < 1 else math.nan


def uniform(categories: int) -> Statistic:
    """Brennan and Prediger (1981): every declared category as likely as the others."""

    def statistic(pairs: Sequence[Pair]) -> float:
        return (percent(pairs) - 1 / categories) / (1 - 1 / categories)

    return statistic


def kappa_max(pairs: Sequence[Pair]) -> float:
    """Cohen (1960): the highest kappa that the margins leave room for."""
    first, second = (Counter(p.first for p in pairs), Counter(p.second for p in pairs))
    n = len(pairs)
    if len({*first, *second}) < 2:
        return math.nan
    best = sum(min(first[name], second[name]) for name in first) / n
    chance = sum(first[name] * second[name] for name in first) / n**2
    return (best - chance) / (1 - chance)


def prevalence_index(answer: str) -> Statistic:
    """Byrt (1993): both say yes less both say no, over all units."""

    def statistic(pairs: Sequence[Pair]) -> float:
        both = sum(pair.first == pair.second == answer for pair in pairs)
        neither = sum(answer not in (pair.first, pair.second) for pair in pairs)
        return (both - neither) / len(pairs) if pairs else math.nan

    return statistic


def bias_index(answer: str) -> Statistic:
    """Byrt (1993): how much oftener the first coder says yes, over all units."""

    def statistic(pairs: Sequence[Pair]) -> float:
        more = sum((p.first == answer) - (p.second == answer) for p in pairs)
        return more / len(pairs) if pairs else math.nan

    return statistic


def mean_kappa(codes: Sequence[str]) -> Statistic:
    """The mean of the kappas of the codes of a set; undefined where one of them is."""

    def statistic(pairs: Sequence[Pair]) -> float:
        found = [
            kappa(
                [
                    Pair(
                        p.transcript,
                        str(code in p.first.split("+")),
                        str(code in p.second.split("+")),
                    )
                    for p in pairs
                ]
            )
            for code in codes
        ]
        return sum(found) / len(found)

    return statistic


def specific(answer: str) -> Statistic:
    """Positive agreement on one answer: 2a / (2a + b + c)."""

    def statistic(pairs: Sequence[Pair]) -> float:
        both = sum(pair.first == pair.second == answer for pair in pairs)
        uses = sum((pair.first == answer) + (pair.second == answer) for pair in pairs)
        return 2 * both / uses if uses else math.nan

    return statistic


def pooled_kappa(codes: Sequence[str]) -> Statistic:
    """De Vries (2008) over the codes of a set; answers are codes joined by +."""

    def statistic(pairs: Sequence[Pair]) -> float:
        if not pairs:
            return math.nan
        observed = expected = 0.0
        for code in codes:
            a = [code in pair.first.split("+") for pair in pairs]
            b = [code in pair.second.split("+") for pair in pairs]
            n = len(pairs)
            observed += sum(x == y for x, y in zip(a, b, strict=True)) / n
            yes, no = sum(a) * sum(b), (n - sum(a)) * (n - sum(b))
            expected += (yes + no) / n**2
        observed, expected = observed / len(codes), expected / len(codes)
        return (observed - expected) / (1 - expected) if expected < 1 else math.nan

    return statistic


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi(a: frozenset[str], b: frozenset[str]) -> float:
    """Passonneau (2006): 1 - Jaccard times 1, 2/3, 1/3 or 0."""
    if a == b:
        return 0.0
    shared = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1 - (1 - jaccard(a, b)) * (shared if a & b else 0)


def set_alpha(distance: Callable[[frozenset[str], frozenset[str]], float]) -> Statistic:
    """Krippendorff's alpha of two coders: observed over expected distance, pair by pair."""

    def as_set(answer: str) -> frozenset[str]:
        return frozenset() if answer == "nothing" else frozenset(answer.split("+"))

    def statistic(pairs: Sequence[Pair]) -> float:
        if not pairs:
            return math.nan
        held = [as_set(answer) for pair in pairs for answer in (pair.first, pair.second)]
        observed = sum(distance(held[i], held[i + 1]) for i in range(0, len(held), 2)) / len(pairs)
        n = len(held)
        expected = sum(distance(held[i], held[j]) for i in range(n) for j in range(n) if i != j) / (
            n * (n - 1)
        )
        return 1 - observed / expected if expected else math.nan

    return statistic


def jackknife(
    statistic: Statistic, pairs: Sequence[Pair], scale: str
) -> tuple[float, float] | None:
    """Leave out one transcript at a time; Fisher's z or the logit, t with effective df.

    None where the statistic or one of its replicates is undefined or where nothing varies.
    """
    value = statistic(pairs)
    sizes = Counter(pair.transcript for pair in pairs)
    replicates = [
        statistic([pair for pair in pairs if pair.transcript != name]) for name in sorted(sizes)
    ]
    return interval(value, replicates, list(sizes.values()), scale)


def interval(
    value: float, replicates: Sequence[float], sizes: Sequence[int], scale: str
) -> tuple[float, float] | None:
    """The interval from the values without each cluster in turn."""
    lowest = 0.0 if scale == "logit" else -1.0
    if any(math.isnan(x) for x in (value, *replicates)) or not lowest < value < 1:
        return None
    g = len(replicates)
    mean = sum(replicates) / g
    error = math.sqrt((g - 1) / g * sum((x - mean) ** 2 for x in replicates))
    if error < 1e-12:
        return None
    df = sum(sizes) ** 2 / sum(n * n for n in sizes) - 1
    reach = float(student.ppf(0.975, df)) * error
    if scale == "z":
        middle, spread = math.atanh(value), reach / (1 - value**2)
        return math.tanh(middle - spread), math.tanh(middle + spread)
    middle, spread = math.log(value / (1 - value)), reach / (value * (1 - value))
    low, high = (1 / (1 + math.exp(-(middle + sign * spread))) for sign in (-1, 1))
    return low, high


def share_interval(
    flags: Sequence[tuple[str, bool]],
) -> tuple[str, tuple[float, float] | None]:
    """Wilson's interval where nothing is nested, else the jackknife over what rows are nested in.

    Args:
        flags: For each row what it is nested in, and whether it has what is counted.

    Returns:
        Which of the two, and its ends; None where nothing varies or fewer than three are there to
        leave out.
    """
    sizes = Counter(place for place, _ in flags)
    hits = sum(flag for _, flag in flags)
    if max(sizes.values()) == 1:
        low, high = proportion_confint(hits, len(flags), method="wilson")
        return "Wilson", (float(low), float(high))
    if len(sizes) < 3 or hits in (0, len(flags)):
        return "jackknife", None
    replicates = []
    for left_out in sizes:
        rest = [flag for place, flag in flags if place != left_out]
        replicates.append(sum(rest) / len(rest))
    value = hits / len(flags)
    return "jackknife", interval(value, replicates, list(sizes.values()), "logit")


def quiet(statistic: Statistic) -> Statistic:
    """The same without scikit-learn's warning that one label was used."""

    def silent(pairs: Sequence[Pair]) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return statistic(pairs)

    return silent
