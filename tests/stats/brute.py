"""The same statistics by loops over units and pairs of coders, slow and plain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, permutations

from coder.stats.arrays import IntArray

NAN = float("nan")
Weights = Callable[[int, int], float]


def nominal(i: int, j: int) -> float:
    """Disagreement of unordered categories."""
    return float(i != j)


def linear(i: int, j: int) -> float:
    """Disagreement by distance."""
    return float(abs(i - j))


def quadratic(i: int, j: int) -> float:
    """Disagreement by squared distance."""
    return float((i - j) ** 2)


def kappa(a: Sequence[int], b: Sequence[int], weights: Weights = nominal) -> float:
    """Cohen's kappa as one minus observed over expected disagreement."""
    both = [(x, y) for x, y in zip(a, b, strict=True) if x >= 0 and y >= 0]
    if not both:
        return NAN
    observed = sum(weights(x, y) for x, y in both) / len(both)
    expected = sum(weights(x, y) for x, _ in both for _, y in both) / len(both) ** 2
    return 1 - observed / expected if expected else NAN


def pi(a: Sequence[int], b: Sequence[int]) -> float:
    """Scott's pi."""
    both = [(x, y) for x, y in zip(a, b, strict=True) if x >= 0 and y >= 0]
    pool = [code for pair in both for code in pair]
    if not both or len(set(pool)) == 1:
        return NAN
    observed = sum(x == y for x, y in both) / len(both)
    expected = sum((pool.count(k) / len(pool)) ** 2 for k in set(pool))
    return (observed - expected) / (1 - expected)


def units_of(ratings: IntArray) -> list[list[int]]:
    """The ratings of each unit that are not missing."""
    return [[int(code) for code in column if code >= 0] for column in ratings.T]


def alpha(ratings: IntArray, metric: str, values: Sequence[float]) -> float:
    """Krippendorff's alpha from every ordered pair of values."""
    units = [unit for unit in units_of(ratings) if len(unit) >= 2]
    pool = [code for unit in units for code in unit]
    n = len(pool)
    order = sorted(set(range(len(values))), key=lambda k: values[k])

    def distance(c: int, k: int) -> float:
        if c == k:
            return 0.0
        if metric == "nominal":
            return 1.0
        if metric == "interval":
            return (values[c] - values[k]) ** 2
        if metric == "ratio":
            return ((values[c] - values[k]) / (values[c] + values[k])) ** 2
        first, last = sorted((order.index(c), order.index(k)))
        between = sum(pool.count(g) for g in order[first : last + 1])
        return (between - (pool.count(c) + pool.count(k)) / 2) ** 2

    observed = sum(
        distance(c, k) / (len(unit) - 1) for unit in units for c, k in permutations(unit, 2)
    )
    expected = sum(distance(c, k) for c, k in permutations(pool, 2))
    if not expected:
        return NAN
    return 1 - (n - 1) * observed / expected


def fleiss_family(ratings: IntArray, q: int, which: str, weights: Weights = nominal) -> float:
    """Percent agreement, Fleiss' kappa, AC1/AC2, Brennan-Prediger, from pairs of coders."""
    units = [unit for unit in units_of(ratings) if unit]
    paired = [unit for unit in units if len(unit) >= 2]
    if not paired:
        return NAN
    largest = max((weights(i, j) for i in range(q) for j in range(q)), default=0.0) or 1.0

    def agreement(i: int, j: int) -> float:
        return 1 - weights(i, j) / largest

    def of_unit(unit: list[int]) -> float:
        pairs = list(combinations(unit, 2))
        return sum(agreement(x, y) for x, y in pairs) / len(pairs)

    observed = sum(of_unit(unit) for unit in paired) / len(paired)
    if which == "percent":
        return observed
    share = [sum(unit.count(k) / len(unit) for unit in units) / len(units) for k in range(q)]
    total = sum(agreement(i, j) for i in range(q) for j in range(q))
    if which == "fleiss":
        used = {code for unit in units for code in unit}
        if len(used) == 1:
            return NAN
        expected = sum(agreement(i, j) * share[i] * share[j] for i in range(q) for j in range(q))
    elif q < 2:
        return NAN
    elif which == "gwet":
        expected = total / (q * (q - 1)) * sum(p * (1 - p) for p in share)
    else:
        expected = total / q**2
    return (observed - expected) / (1 - expected)


def agreement_by_values(ratings: IntArray) -> float:
    """Each rating's share of agreeing partners, averaged over ratings."""
    shares = [
        sum(unit[k] == unit[j] for j in range(len(unit)) if j != k) / (len(unit) - 1)
        for unit in units_of(ratings)
        if len(unit) >= 2
        for k in range(len(unit))
    ]
    return sum(shares) / len(shares) if shares else NAN


def agreement_by_pairs(ratings: IntArray) -> float:
    """The share of agreeing pairs among all pairs of ratings of one unit."""
    pairs = [x == y for unit in units_of(ratings) for x, y in combinations(unit, 2)]
    return sum(pairs) / len(pairs) if pairs else NAN


def conger(ratings: IntArray, q: int) -> float:
    """Conger's kappa from the margins of every pair of coders."""
    observed = fleiss_family(ratings, q, "percent")
    margins = []
    for row in ratings:
        given = [int(code) for code in row if code >= 0]
        if given:
            margins.append([given.count(k) / len(given) for k in range(q)])
    pairs = list(combinations(margins, 2))
    if not pairs or observed != observed:
        return NAN
    expected = sum(
        sum(x * y for x, y in zip(first, second, strict=True)) for first, second in pairs
    ) / len(pairs)
    return (observed - expected) / (1 - expected) if expected < 1 - 1e-12 else NAN


Table = list[tuple[int, int]]
"""Units of two coders, each as the pair of their ratings."""


def all_pairs(ratings: IntArray) -> list[Table]:
    """For every pair of coders the units that both finished."""
    return [
        [(x, y) for x, y in zip(one, two, strict=True) if x >= 0 and y >= 0]
        for one, two in combinations(ratings.tolist(), 2)
    ]


def observed_and_expected(units: Table) -> tuple[float, float]:
    """p_o and p_e of two coders."""
    n = len(units)
    agreed = sum(x == y for x, y in units) / n
    return agreed, sum(x == y for x, _ in units for _, y in units) / n**2


def pooled_kappa(tables: list[Table]) -> float:
    """One kappa from mean observed and mean expected agreement; NaN if a table has no unit."""
    if not all(tables):
        return NAN
    both = [observed_and_expected(units) for units in tables]
    observed, expected = (sum(part) / len(tables) for part in zip(*both, strict=True))
    return (observed - expected) / (1 - expected) if expected < 1 - 1e-12 else NAN


def mean_kappa(tables: list[Table]) -> float:
    """The mean of the tables' kappas; NaN if one has none."""
    if not all(tables):
        return NAN
    return sum(kappa([x for x, _ in units], [y for _, y in units]) for units in tables) / len(
        tables
    )


def within_one(a: Sequence[int], b: Sequence[int]) -> float:
    """The share of units with equal or neighbouring levels."""
    both = [(x, y) for x, y in zip(a, b, strict=True) if x >= 0 and y >= 0]
    return sum(abs(x - y) <= 1 for x, y in both) / len(both) if both else NAN


def kappa_max(a: Sequence[int], b: Sequence[int], q: int) -> float:
    """Kappa if the coders agreed as often as their own shares of each category allow."""
    both = [(x, y) for x, y in zip(a, b, strict=True) if x >= 0 and y >= 0]
    if not both:
        return NAN
    first, second = [x for x, _ in both], [y for _, y in both]
    most = sum(min(first.count(k), second.count(k)) for k in range(q)) / len(both)
    _, expected = observed_and_expected(both)
    return (most - expected) / (1 - expected) if expected < 1 - 1e-12 else NAN


def specific(ratings: IntArray, category: int) -> float:
    """Of all uses of a category, the mean share of a unit's other coders who gave it too."""
    met = [
        sum(other == category for j, other in enumerate(unit) if j != i) / (len(unit) - 1)
        for unit in units_of(ratings)
        if len(unit) >= 2
        for i, code in enumerate(unit)
        if code == category
    ]
    return sum(met) / len(met) if met else NAN


def fleiss_cohen_everitt(
    a: Sequence[int], b: Sequence[int], q: int, weights: Weights = nominal
) -> float:
    """The standard error of kappa as printed in 1969, with agreement weights between 0 and 1."""
    both = [(x, y) for x, y in zip(a, b, strict=True) if x >= 0 and y >= 0]
    n, k = len(both), kappa(a, b, weights)
    if k != k:
        return NAN
    largest = max(weights(i, j) for i in range(q) for j in range(q))

    def w(i: int, j: int) -> float:
        return 1 - weights(i, j) / largest

    row = [sum(x == i for x, _ in both) / n for i in range(q)]
    column = [sum(y == j for _, y in both) / n for j in range(q)]
    of_row = [sum(column[j] * w(i, j) for j in range(q)) for i in range(q)]
    of_column = [sum(row[i] * w(i, j) for i in range(q)) for j in range(q)]
    expected = sum(row[i] * column[j] * w(i, j) for i in range(q) for j in range(q))
    spread = sum((w(x, y) - (of_row[x] + of_column[y]) * (1 - k)) ** 2 for x, y in both) / n
    variance = spread - (k - expected * (1 - k)) ** 2
    return float(max(variance, 0.0) ** 0.5 / ((1 - expected) * n**0.5))


def gwet_error(ratings: IntArray, q: int, which: str, weights: Weights = nominal) -> float:
    """Gwet's linearised standard error, unit by unit."""
    units = [unit for unit in units_of(ratings) if unit]
    n, n2 = len(units), sum(len(unit) >= 2 for unit in units)
    estimate = fleiss_family(ratings, q, which, weights)
    if n < 2 or estimate != estimate:
        return NAN
    largest = max((weights(i, j) for i in range(q) for j in range(q)), default=0.0) or 1.0

    def w(i: int, j: int) -> float:
        return 1 - weights(i, j) / largest

    share = [sum(unit.count(k) / len(unit) for unit in units) / n for k in range(q)]
    total = sum(w(i, j) for i in range(q) for j in range(q))

    def chance(unit: list[int]) -> float:
        if which == "fleiss":
            return sum(w(x, k) * share[k] for x in unit for k in range(q)) / len(unit)
        if which == "gwet":
            return total / (q * (q - 1)) * sum(1 - share[x] for x in unit) / len(unit)
        return total / q**2

    expected = sum(chance(unit) for unit in units) / n
    squares = 0.0
    for unit in units:
        pairs = list(combinations(unit, 2))
        agreed = sum(w(x, y) for x, y in pairs) / len(pairs) - expected if pairs else 0.0
        of_unit = n / n2 * agreed / (1 - expected)
        of_unit -= 2 * (1 - estimate) * (chance(unit) - expected) / (1 - expected)
        squares += (of_unit - estimate) ** 2
    return float((squares / (n * (n - 1))) ** 0.5)
