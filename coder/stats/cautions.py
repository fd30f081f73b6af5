"""What a reader should know before believing an agreement table, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coder.stats import nominal, several
from coder.stats.agreement import Scale
from coder.stats.arrays import FloatArray, IntArray, floats
from coder.stats.bounds import counted, plural
from coder.stats.counts import PairTables, RatingCounts
from coder.stats.intervals import IntervalMethod
from coder.stats.levels import Levels
from coder.stats.sets import SetCounts
from coder.stats.spans import Spans

SKEWED_PREVALENCE = 0.6
RARE, UBIQUITOUS = 0.05, 0.95
DIFFERENT_COEFFICIENTS = 0.2
BIASED = 0.1
FEWEST_CHANCE_AGREEMENTS = 5.0
FEW_TRANSCRIPTS = 8
FEW_TRANSCRIPTS_TO_BOOTSTRAP = 20
FEWEST_USES = 10
FEWEST_TRANSCRIPTS_OF_A_CODE = 5


def warnings_for(
    counts: PairTables | RatingCounts,
    *,
    scale: Scale = "nominal",
    interval: IntervalMethod = "jackknife",
    level_values: Sequence[float] | None = None,
    coders: Sequence[str] | None = None,
    noun: str = "transcript",
) -> list[str]:
    """Sentences on what makes these figures fragile; empty if nothing does.

    On few units and transcripts, rare and ubiquitous codes, coders who use codes differently, kappa
    and AC1 far apart, fewer than five agreements of a code expected by chance (Krippendorff 2019),
    and a declared middle level that nobody used.

    Args:
        counts: What the agreement was computed from.
        scale: As for `agree_pair`; anything but nominal looks at levels.
        interval: As asked for.
        level_values: As for `agree_pair`.
        coders: Names; by default those of the counts, or "coder A" and "coder B".
        noun: What the clusters are called.
    """
    if isinstance(counts, PairTables):
        names = tuple(coders or ("coder A", "coder B"))
        held = RatingCounts.from_pair_tables(counts, (names[0], names[1]))
    else:
        held, names = counts, tuple(coders or counts.coders)
    if held.units == 0:
        return []
    found = _on_size(held.units, held.units_by_cluster, interval, noun)
    found += _on_prevalence(held)
    found += _on_coders(held, names)
    found += _on_coefficients(counts)
    if scale != "nominal":
        found += _on_levels(held, level_values)
    return found


def why_counts_only(tables: PairTables, noun: str = "transcript") -> str:
    """Why a code is too rare for a coefficient and should be shown as counts; empty if it is not.

    Under 10 units on which a coder used it, or under 5 transcripts with such a unit: the interval
    of a 10 % code fails in nearly half of all samples of the sample study's size.

    Args:
        tables: Two categories, the code first (`PairTables.binary`).
        noun: What the clusters are called.
    """
    if len(tables.categories) != 2:
        raise ValueError("a code against the rest has two categories")
    uses = tables.units_by_cluster - tables.tables[:, 1, 1]
    total, spread = int(uses.sum()), int((uses > 0).sum())
    if total < FEWEST_USES:
        return f"used on {counted(total, 'unit')} only"
    if spread < FEWEST_TRANSCRIPTS_OF_A_CODE:
        return f"used in {counted(spread, noun)} only"
    return ""


def warnings_for_sets(
    counts: SetCounts, *, interval: IntervalMethod = "jackknife", noun: str = "transcript"
) -> list[str]:
    """Sentences on what makes figures on sets of codes fragile; empty if nothing does.

    On few units and transcripts, coders without a unit and codes that one coder never used. What
    concerns single codes is said by `warnings_for` of each (`SetCounts.of_code`).
    """
    if counts.units == 0:
        return []
    found = _on_size(counts.units, counts.units_by_cluster, interval, noun)
    answers = counts.answers_by_coder
    uses = answers @ counts.membership.astype(np.int64)
    finished = [bool(n) for n in answers.sum(axis=1)]
    return found + _on_uses(counts.coders, finished, counts.codes, uses, "finished no unit")


def warnings_for_spans(spans: Spans, *, interval: IntervalMethod = "jackknife") -> list[str]:
    """Sentences on what makes figures on free spans fragile; empty if nothing does.

    On few documents, documents that only one coder coded, coders who marked nothing and codes that
    one coder never used.
    """
    compared = spans.present.sum(axis=1) >= 2
    lengths = spans.lengths * compared
    if not lengths.any():
        return []
    kept = compared[spans.document]
    found = _on_size(int(kept.sum()), lengths, interval, "document", "span")
    alone = [name for name, two in zip(spans.documents, compared, strict=True) if not two]
    if alone:
        found.append(f"Not coded by two coders, and left out: {', '.join(alone)}.")
    m, q = len(spans.coders), len(spans.codes)
    cell = (spans.coder * q + spans.code)[kept]
    uses = np.bincount(cell, minlength=m * q).reshape(m, q)
    marked = [bool(n) for n in uses.sum(axis=1)]
    return found + _on_uses(spans.coders, marked, spans.codes, uses, "marked nothing")


def _on_uses(
    coders: Sequence[str],
    busy: Sequence[bool],
    codes: Sequence[str],
    uses: IntArray,
    idle: str,
) -> list[str]:
    """Coders who did nothing at all, and codes that a coder never used though another did.

    Args:
        coders: m names.
        busy: Whether each did anything.
        codes: q names.
        uses: (m, q) how often each coder used each code.
        idle: What to say of those who did nothing.
    """
    found = []
    used = uses.sum(axis=0) > 0
    for coder, any_work, row in zip(coders, busy, uses, strict=True):
        never = [c for c, n, by_any in zip(codes, row, used, strict=True) if by_any and n == 0]
        if not any_work:
            found.append(f"{coder} {idle}.")
        elif never:
            found.append(f"{coder} never used {', '.join(never)}.")
    return found


def _on_size(
    units: int,
    by_cluster: IntArray,
    interval: IntervalMethod,
    noun: str = "transcript",
    unit: str = "unit",
) -> list[str]:
    found = []
    clusters = int((by_cluster > 0).sum())
    if units == 1:
        found.append(f"Only one {unit}: no statistic says anything yet.")
    if clusters < FEW_TRANSCRIPTS:
        found.append(
            f"Only {counted(clusters, noun)}: under {FEW_TRANSCRIPTS} an interval is rough at best."
        )
    if interval == "bootstrap" and clusters < FEW_TRANSCRIPTS_TO_BOOTSTRAP:
        found.append(
            f"The bootstrap covers too little under {FEW_TRANSCRIPTS_TO_BOOTSTRAP} "
            f"{plural(noun)} (there are {clusters}): prefer the jackknife."
        )
    return found


def _paired_shares(counts: RatingCounts) -> FloatArray:
    """The share of ratings in each category, over units with two ratings or more."""
    keep = counts.pairable
    total = floats(counts.counts[:, keep].sum(axis=0))
    return several.category_shares(counts.patterns[keep], total)


def _on_prevalence(counts: RatingCounts) -> list[str]:
    found = []
    shares = _paired_shares(counts)
    names = counts.categories
    if len(names) == 2:
        # Of shares, so that it serves any number of coders; the same figure for two of them.
        skew = float(shares[0] - shares[1])
        if abs(skew) > SKEWED_PREVALENCE:
            found.append(
                f"{names[0]} makes up {shares[0]:.0%} of the codes (prevalence index {skew:.2f}): "
                "kappa is low for rare codes even where coders mostly agree."
            )
    else:
        rare = [
            f"{name} ({share:.1%})"
            for name, share in zip(names, shares, strict=True)
            if 0 < share < RARE
        ]
        if rare:
            found.append(f"Under {RARE:.0%} of the codes: {', '.join(rare)}.")
        for name, share in zip(names, shares, strict=True):
            if share > UBIQUITOUS:
                found.append(f"{name} makes up {share:.1%} of the codes.")
    expected = counts.units * shares**2
    thin = [
        f"{name} ({by_chance:.1f})"
        for name, by_chance in zip(names, expected, strict=True)
        if 0 < by_chance < FEWEST_CHANCE_AGREEMENTS
    ]
    if thin:
        found.append(
            "Fewer than 5 agreements expected by chance, too few units to judge: "
            f"{', '.join(thin)}."
        )
    return found


def _on_coders(counts: RatingCounts, names: Sequence[str]) -> list[str]:
    margins = counts.margins.sum(axis=0)
    finished = [bool(n) for n in margins.sum(axis=1)]
    found = _on_uses(names, finished, counts.categories, margins, "finished no unit")
    if len(names) == 2:
        found += _on_bias(counts, names)
    return found


def _on_bias(counts: RatingCounts, names: Sequence[str]) -> list[str]:
    margins = floats(counts.margins.sum(axis=0))
    given = margins.sum(axis=1)
    if (given == 0).any():
        return []
    shares = margins / given[:, None]
    categories = counts.categories[:1] if len(counts.categories) == 2 else counts.categories
    return [
        f"{names[0]} used {category} on {a:.0%} of units, {names[1]} on {b:.0%}."
        for category, a, b in zip(categories, shares[0], shares[1], strict=False)
        if abs(a - b) > BIASED
    ]


def _on_coefficients(counts: PairTables | RatingCounts) -> list[str]:
    if isinstance(counts, PairTables):
        table = floats(counts.total)
        kappa, ac1 = float(nominal.cohen_kappa(table)), float(nominal.gwet_ac1(table))
        name = "Cohen's kappa"
    else:
        total = floats(counts.counts.sum(axis=0))
        kappa = float(several.fleiss_kappa(counts.patterns, total))
        ac1 = float(several.gwet_ac(counts.patterns, total))
        name = "Fleiss' kappa"
    # NaN compares as no difference, which is right: an undefined one has its own reason.
    if abs(kappa - ac1) > DIFFERENT_COEFFICIENTS:
        return [
            f"{name} is {kappa:.2f} and Gwet's AC1 {ac1:.2f}: the codes are so unevenly spread "
            "that the choice of coefficient decides."
        ]
    return []


def _on_levels(counts: RatingCounts, level_values: Sequence[float] | None) -> list[str]:
    values = Levels.of(counts.categories, level_values).values
    used = counts.margins.sum(axis=(0, 1)) > 0
    if not used.any():
        return []
    low, high = values[used].min(), values[used].max()
    skipped = np.flatnonzero(~used & (values > low) & (values < high))
    if not skipped.size:
        return []
    levels = ", ".join(counts.categories[level] for level in skipped)
    return [f"Declared and never used between used ones: {levels}; weights still count it."]
