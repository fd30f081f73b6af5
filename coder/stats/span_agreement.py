"""The doors for free spans: agreement on spans, and on single characters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coder.errors import UsageError
from coder.stats.arrays import IntArray
from coder.stats.estimate import Estimate
from coder.stats.intervals import DegreesOfFreedom, IntervalMethod
from coder.stats.labels import category_positions
from coder.stats.measures import Measure
from coder.stats.pair_tables import PairTables
from coder.stats.register import chosen
from coder.stats.rows import Options, row
from coder.stats.samples import Sample
from coder.stats.span_lines import Line, check_exclusive, is_exclusive, lines
from coder.stats.span_samples import CharacterSample, LengthSample, UnitSample
from coder.stats.spans import Spans

NOT_CODED = "(not coded)"
"""The category of characters that a coder left without a code."""

SPAN_STATISTICS: tuple[str, ...] = (
    "alpha_u_1995",
    "u_alpha",
    "bar_u_alpha",
    "cu_alpha",
    "coverage_cu",
)
"""What `agree_spans` reports for all codes together unless told otherwise."""

SPAN_CODE_STATISTICS: tuple[str, ...] = ("alpha_u_1995", "bar_u_alpha", "ku_alpha", "coverage_ku")
"""What it reports for one code."""

LAYER_STATISTICS: tuple[str, ...] = ("alpha_u_1995", "bar_u_alpha")
"""What it reports for one code where a coder may give one place several."""

CHARACTER_STATISTICS: tuple[str, ...] = ("percent_agreement", "cohen_kappa", "alpha_nominal")
"""What `agree_characters` reports unless told otherwise."""


def agree_spans(
    spans: Spans,
    statistics: Sequence[str] | None = None,
    *,
    code: str | None = None,
    interval: IntervalMethod = "jackknife",
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
) -> list[Estimate]:
    """Agreement of any number of coders on free spans, one row per statistic.

    `alpha_u_1995` compares whole units with their boundaries and bears different codes on the same
    text; `u_alpha`, `bar_u_alpha`, `cu_alpha` and `ku_alpha` (2016) compare every place of the text
    and need one code per place. In the rows `units` are spans and `clusters` documents, those that
    two coders coded; documents are what the intervals leave out or draw.

    Args:
        spans: All coders' spans. Who marked nothing counts; who is not listed for a document was
            not asked.
        statistics: Names, in the order wanted; by default `SPAN_STATISTICS`; for one code
            `SPAN_CODE_STATISTICS`, or `LAYER_STATISTICS` where a coder's spans overlap.
        code: One code out of several: its alpha_U, its (k)u-alpha, and |u-alpha (`bar_u_alpha`, or
            `u_alpha`, which is the same) of this code against all other text.
        interval: "jackknife" over documents (default), "bootstrap" over documents or "none".
        replicates: Bootstrap samples.
        seed: Of the bootstrap.
        confidence: Of the intervals.
        df: Degrees of freedom of the jackknife; documents weigh by their length.

    Raises:
        UsageError: A statistic does not exist, is not for spans or not for one code (or only for
            one); there is no such code; or spans of one coder overlap where they must not.
    """
    number = None if code is None else _number(spans, code)
    names = statistics
    if names is None:
        of_code = SPAN_CODE_STATISTICS if is_exclusive(spans) else LAYER_STATISTICS
        names = SPAN_STATISTICS if code is None else of_code
    options = Options(interval, replicates, seed, confidence, df)
    samples: dict[str, Sample] = {}
    rows = []
    for measure in chosen(names, "spans"):
        kind = _kind(measure, code)
        if kind not in samples:
            samples[kind] = _sample(kind, spans, number)
        rows.append(row(samples[kind], measure, options))
    return rows


def agree_characters(
    spans: Spans,
    coders: tuple[str, str],
    statistics: Sequence[str] | None = None,
    *,
    interval: IntervalMethod = "jackknife",
    replicates: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
) -> list[Estimate]:
    """Agreement of two coders on single characters, as NVivo reports it.

    Caution: characters of one span stand or fall together, so the analytic error of kappa means
    nothing here and is refused; only documents can be left out. Kappa on characters is close to
    u-alpha; neither sees where one span ends and the next begins.

    Args:
        spans: All coders' spans; `spans.only([code])` for one code against all other text.
        coders: The two coders.
        statistics: Names of statistics for two coders; by default `CHARACTER_STATISTICS`.
        interval: As for `agree_spans`.
        replicates: As for `agree_spans`.
        seed: As for `agree_spans`.
        confidence: As for `agree_spans`.
        df: As for `agree_spans`.

    Raises:
        UsageError: As for `agree_spans`, or there is no such coder.
    """
    names = CHARACTER_STATISTICS if statistics is None else statistics
    sample = CharacterSample(character_tables(spans, coders), coders)
    options = Options(interval, replicates, seed, confidence, df)
    return [row(sample, measure, options) for measure in chosen(names, "two coders")]


def character_tables(spans: Spans, coders: tuple[str, str]) -> PairTables:
    """How many characters two coders gave each pair of codes, document by document.

    The last category is `NOT_CODED`. Only documents that both coders coded are in it.
    Caution: characters are not independent units; take intervals from `agree_characters`.

    Raises:
        UsageError: There is no such coder, or spans of one of them overlap.
    """
    for name in coders:
        if name not in spans.coders:
            raise UsageError(f"there is no coder {name}", f"there are: {', '.join(spans.coders)}")
    check_exclusive(spans)
    places = [spans.coders.index(name) for name in coders]
    both = spans.present[:, places].all(axis=1)
    first, second = (lines(spans, by_code=False)[place] for place in places)
    q, ends = len(spans.codes), np.cumsum(spans.lengths)
    cuts = np.unique(
        np.concatenate([[0], ends, first.start, first.stop, second.start, second.stop])
    )
    begin, length = cuts[:-1], np.diff(cuts)
    document = np.searchsorted(ends, begin, side="right")
    cell = (document * (q + 1) + _codes_at(begin, first, spans)) * (q + 1)
    cell += _codes_at(begin, second, spans)
    size = len(spans.documents) * (q + 1) ** 2
    counts = np.bincount(cell, weights=length, minlength=size).astype(np.int64)
    tables = counts.reshape(len(spans.documents), q + 1, q + 1)
    kept = np.flatnonzero(both)
    names = tuple(spans.documents[d] for d in kept)
    return PairTables(names, (*spans.codes, NOT_CODED), tables[kept])


def _codes_at(places: IntArray, line: Line, spans: Spans) -> IntArray:
    """The code of a coder at these places, q where there is none."""
    begun = np.searchsorted(line.start, places, side="right")
    inside = np.concatenate([[0], line.stop])[begun] > places
    codes: IntArray = np.concatenate([[len(spans.codes)], spans.code[line.rows]])[begun]
    return np.where(inside, codes, len(spans.codes))


def _kind(measure: Measure, code: str | None) -> str:
    """Which counts a statistic needs."""
    if measure.of_one_code is not None and measure.of_one_code != (code is not None):
        how = "one code at a time" if measure.of_one_code else "all codes together"
        raise UsageError(f"{measure.name} is for {how}")
    if measure.of_units:
        return "units"
    return "lengths" if code is None or measure.of_one_code else "layer"


def _sample(kind: str, spans: Spans, code: int | None) -> Sample:
    if kind == "units":
        return UnitSample(spans, code)
    if kind == "lengths":
        return LengthSample(spans, code)
    assert code is not None
    return LengthSample(spans.only([spans.codes[code]]))


def _number(spans: Spans, code: str) -> int:
    if code not in spans.codes:
        raise UsageError(f"there is no code {code}", f"there are: {', '.join(spans.codes)}")
    return category_positions(spans.codes, [code])[0]
