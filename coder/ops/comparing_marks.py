"""Free spans of a file: all codes together, code by code, and which spans stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from coder.errors import UsageError
from coder.ops.agreement_report import DisagreedUnit
from coder.ops.file_comparison import Found
from coder.ops.file_options import FileOptions, check_statistics

if TYPE_CHECKING:
    from coder.formats.ratings import MarkedSpans
    from coder.stats import Spans

ALONE = "(not marked)"
"""The answer of a coder who did not mark a place with the code of another."""


def compare_spans(
    marks: MarkedSpans, wanted: FileOptions, files: Sequence[str], found: Found
) -> None:
    """Add all comparisons of the spans to what was found.

    Statistics that need one code per place are left out, with the reason, where a coder gave a
    place two; code by code they are all there.

    Raises:
        UsageError: Fewer than two coders, a statistic that is not for spans or that the spans do
            not allow, or two overlapping spans of one coder with one code.
    """
    from coder.stats import agree_spans, check_exclusive, is_exclusive, warnings_for_spans

    check_statistics(wanted.options.statistics, ("spans", "two coders"), "spans")
    if wanted.options.interval == "analytic":
        raise UsageError("--interval analytic is not for spans", "--interval jackknife")
    if len(marks.coders) < 2:
        raise UsageError(f"{', '.join(files)}: agreement takes two coders, it has one or none")
    spans = spans_of(marks)
    try:
        check_exclusive(spans, within_code=True)
    except UsageError as fault:
        raise UsageError(f"{', '.join(files)}: {fault.message}", fault.hint) from fault
    exclusive = is_exclusive(spans)
    if not exclusive:
        found.notes.append(_why_layers_only(spans))
    asked = wanted.options.statistics
    together = _names(asked, _TOGETHER if exclusive else ("alpha_u_1995",), of_one_code=False)
    try:
        rows = agree_spans(spans, together, **wanted.how)
    except UsageError as fault:
        raise UsageError(f"{', '.join(files)}: {fault.message}", fault.hint) from fault
    found.add("", "", "span", marks.coders, rows)
    characters = [name for name in asked if _is_for_characters(name)]
    for pair in combinations(marks.coders, 2) if characters else ():
        _characters(spans, pair, characters, wanted, found)
    layers = _names(asked, _OF_A_CODE if exclusive else _OF_A_LAYER, of_one_code=True)
    for code in marks.codes:
        rows = agree_spans(spans, layers, code=code, **wanted.how)
        found.add("", code, "span", marks.coders, rows)
    texts = warnings_for_spans(spans, interval=wanted.options.interval)
    found.caution("", "span", marks.coders, texts)
    if wanted.disagreements:
        found.disagreements += _alone(marks)


_TOGETHER = ("alpha_u_1995", "u_alpha", "bar_u_alpha", "cu_alpha", "coverage_cu")
_OF_A_CODE = ("alpha_u_1995", "bar_u_alpha", "ku_alpha", "coverage_ku")
_OF_A_LAYER = ("alpha_u_1995", "bar_u_alpha")


def spans_of(marks: MarkedSpans) -> Spans:
    """The spans as the statistics take them."""
    import numpy as np

    from coder.stats import Spans

    present = [[coder in there for coder in marks.coders] for there in marks.present]
    return Spans(
        marks.documents,
        np.array(marks.lengths, dtype=np.int64),
        marks.coders,
        np.array(present, dtype=np.bool_).reshape(len(marks.documents), len(marks.coders)),
        marks.codes,
        marks.document,
        marks.coder,
        marks.code,
        marks.start,
        marks.stop,
    )


def _names(asked: Sequence[str], usual: Sequence[str], *, of_one_code: bool) -> list[str]:
    from coder.stats import names_for
    from coder.stats.register import MEASURES

    fitting = [
        name
        for name in asked
        if name in names_for("spans") and MEASURES[name].of_one_code in (None, of_one_code)
    ]
    return list(dict.fromkeys((*usual, *fitting)))


def _is_for_characters(name: str) -> bool:
    from coder.stats import names_for

    return name in names_for("two coders")


def _characters(
    spans: Spans,
    pair: tuple[str, str],
    names: Sequence[str],
    wanted: FileOptions,
    found: Found,
) -> None:
    """Statistics for two coders, on single characters; code by code too."""
    from coder.stats import agree_characters, is_exclusive

    if is_exclusive(spans):
        found.add("", "", "span", pair, agree_characters(spans, pair, names, **wanted.how))
    for code in spans.codes:
        rows = agree_characters(spans.only([code]), pair, names, **wanted.how)
        found.add("", code, "span", pair, rows)


def _why_layers_only(spans: Spans) -> str:
    from coder.stats import check_exclusive

    try:
        check_exclusive(spans)
    except UsageError as fault:
        return (
            f"u_alpha, bar_u_alpha and cu_alpha over all codes need one code per place and are "
            f"left out: {fault.message}; code by code they are there"
        )
    raise AssertionError("spans that exclude each other need no excuse")


def _alone(marks: MarkedSpans) -> list[DisagreedUnit]:
    """Spans that another coder of the document did not mark at all with the same code."""
    held: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    columns = (marks.document, marks.code, marks.coder, marks.start, marks.stop)
    rows = list(zip(*(column.tolist() for column in columns), marks.row.tolist(), strict=True))
    for document, code, coder, start, stop, _ in rows:
        held.setdefault((document, code), []).append((coder, start, stop))
    found = []
    for document, code, coder, start, stop, row in sorted(rows, key=lambda r: (r[0], r[3], r)):
        met = {who for who, a, b in held[document, code] if a < stop and start < b}
        others = [
            name
            for number, name in enumerate(marks.coders)
            if name in marks.present[document] and number not in met
        ]
        if others:
            place = f"{marks.documents[document]} {start}–{stop}"
            who = (marks.coders[coder], *others)
            answers = (marks.codes[code], *[ALONE] * len(others))
            found.append(DisagreedUnit("", place, marks.documents[document], who, answers, (row,)))
    return found
