"""Published figures beside what a study or table gives: met, not met, or not to be decided.

Everything here is pure: figures and evidence in, findings out. What a book derives from a source is
never shown as if the source had it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from coder.ops.published_figures import Figure

Verdict = Literal["met", "not met", "cannot be decided", "not tested"]

Place = tuple[str, str]
"""Codebook id and code set id."""

OWN_NUMBERS = "the figure's own numbers"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source of data says of one code set."""

    name: str
    """Where it is from: a study, a file, or what was typed."""
    unit: str
    """What was counted, in the singular."""
    counts: Mapping[str, int]
    """How many have which result: codes, or results of a roll-up."""
    not_codable: int = 0
    """Asked, and only answers that cannot be told; not among the counts."""
    nothing: int = 0
    """Asked, and no code applied; not among the counts."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Not asked or without a value, by the word for it."""
    any_of: Mapping[str, int] | None = None
    """How many have any code of a valence at all; None where only results are known."""
    beside_neutral: int | None = None
    """Of the solely unproductive, how many have codes without valence too; None if unknown."""
    words: str = ""
    """What the table says of itself, such as that it is an illustration."""
    whose: str = ""
    """Who else was counted than the source speaks of, in a sentence."""

    @property
    def n(self) -> int:
        """Everybody who was asked."""
        return sum(self.counts.values()) + self.not_codable + self.nothing


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure, in one reading, beside one piece of evidence."""

    figure: Figure
    verdict: Verdict
    reading: str = ""
    """Which of two readings of the source's words; empty where there is one."""
    computed: str = ""
    n: int | None = None
    unit: str = ""
    data: str = ""
    """Where the numbers are from."""
    remarks: tuple[str, ...] = ()


def check(figure: Figure, found: Mapping[Place, Sequence[Evidence]]) -> list[Finding]:
    """What can be said of a figure.

    Args:
        figure: The figure.
        found: Evidence by codebook and code set; several pieces are compared one by one.

    Returns:
        One finding for each piece of evidence and reading; one that says what is missing where
        there is none.
    """
    if figure.kind == "context":
        return [Finding(figure, "not tested")]
    if figure.kind == "own":
        return [_own(figure)]
    if figure.kind == "differences":
        return [_differences(figure)]
    assert figure.code_set is not None
    evidence = found.get((figure.book.id, figure.code_set.id), ())
    if not evidence:
        return [Finding(figure, "cannot be decided", remarks=(_what_to_enter(figure),))]
    findings: list[Finding] = []
    for one in evidence:
        if not one.n:
            why = f"no {one.unit} has an answer to {figure.code_set.id}"
            empty = Finding(figure, "cannot be decided", data=one.name, unit=one.unit, n=0)
            findings.append(_with(empty, why, _what_to_enter(figure)))
        elif figure.kind == "share":
            findings += _share_readings(figure, one)
        else:
            findings.append(_counted(figure, one, found))
    return findings


def _with(finding: Finding, *remarks: str) -> Finding:
    kept = (*finding.remarks, *(remark for remark in remarks if remark))
    return replace(finding, remarks=kept)


def rounded(part: int, whole: int, digits: int) -> Decimal:
    """A percentage rounded half up from the counts themselves."""
    exact = Fraction(100 * part, whole)
    quantum = Decimal(1).scaleb(-digits)
    value = Decimal(exact.numerator * 10**20 // exact.denominator).scaleb(-20)
    return value.quantize(quantum, ROUND_HALF_UP)


def _counted(
    figure: Figure, evidence: Evidence, found: Mapping[Place, Sequence[Evidence]]
) -> Finding:
    """The shares of a set's codes, and the n that another set must give."""
    ids = list(figure.percent)
    counts = [evidence.counts.get(code, 0) for code in ids]
    base = evidence.n - evidence.not_codable
    if not base:
        return _with(_finding(figure, "cannot be decided", evidence, ""), "nothing can be counted")
    shares = [rounded(n, base, figure.digits) for n in counts]
    equal = all(
        share == Decimal(str(figure.percent[code])) for share, code in zip(shares, ids, strict=True)
    )
    computed = f"{' / '.join(map(str, counts))} of {base} = {_percents(shares)}"
    remarks = []
    is_met = equal
    if figure.n is not None and figure.n != base:
        is_met = False
        remarks.append(f"n is {base} here and {figure.n} in the source")
    if evidence.not_codable:
        remarks.append(f"{evidence.not_codable} not codable were left out of the shares")
    verdict: Verdict = "met" if is_met else "not met"
    if figure.n_is:
        other = _evidence_on(figure, evidence, found)
        if other is None:
            verdict = "cannot be decided" if is_met else "not met"
            names = " + ".join(figure.n_is)
            remarks.append(f"n should be {names}, which nothing here counts")
        else:
            parts = [other.counts.get(code, 0) for code in figure.n_is]
            is_same = sum(parts) == base
            sum_words = f"{' + '.join(map(str, parts))} = {sum(parts)}"
            ids_words = " + ".join(figure.n_is)
            if not is_same:
                verdict = "not met"
            remarks.append(
                f"{ids_words}: {sum_words}, {'as' if is_same else 'but'} n is {base} here"
            )
    return _with(_finding(figure, verdict, evidence, computed), *remarks)


def _evidence_on(
    figure: Figure, evidence: Evidence, found: Mapping[Place, Sequence[Evidence]]
) -> Evidence | None:
    """The same source's evidence on the set of the codes that make n."""
    for code_set in figure.book.code_sets:
        if all(code_set.code(code) is not None for code in figure.n_is):
            pieces = found.get((figure.book.id, code_set.id), ())
            return next((one for one in pieces if one.name == evidence.name), None)
    return None


def _share_readings(figure: Figure, evidence: Evidence) -> Iterator[Finding]:
    """The share by roll-up; of a valence also any code of it, where a source can mean that."""
    part = sum(evidence.counts.get(result, 0) for result in figure.share_of)
    by_valence = figure.code_set is not None and figure.code_set.rollup.rule == "valence"
    reading = "rolled up" if by_valence else ""
    verdict = _verdict(figure, part, evidence.n)
    remarks = [*_at_n(figure, part, evidence.n)]
    codable = evidence.n - evidence.not_codable
    if evidence.not_codable and codable:
        other = _verdict(figure, part, codable)
        words = f"{_share(part, codable)} of the codable"
        remarks.append(words + ("" if other == verdict else f", which would be {other}"))
    computed = f"{_share(part, evidence.n)}, {_bounds(figure)}"
    yield _with(
        _finding(figure, verdict, evidence, computed, reading),
        *remarks,
        _without_neutral(figure, evidence, part),
    )
    if by_valence and figure.share_of == ("productive",):
        yield _any_reading(figure, evidence, part)


def _any_reading(figure: Figure, evidence: Evidence, rolled: int) -> Finding:
    """The other reading of "productive": any productive code at all."""
    valence = figure.share_of[0]
    reading = f"any {valence} code"
    if evidence.any_of is not None:
        part = evidence.any_of.get(valence, 0)
        computed = f"{_share(part, evidence.n)}, {_bounds(figure)}"
        verdict = _verdict(figure, part, evidence.n)
        return _with(
            _finding(figure, verdict, evidence, computed, reading), *_at_n(figure, part, evidence.n)
        )
    most = rolled + evidence.counts.get("mixed", 0)
    lowest, highest = (_verdict(figure, part, evidence.n) for part in (rolled, most))
    computed = (
        f"between {_share(rolled, evidence.n)} and {_share(most, evidence.n)}, {_bounds(figure)}"
    )
    verdict = lowest if lowest == highest else "cannot be decided"
    why = "only results of the roll-up are known: mixed ones may or may not have such a code"
    return _with(_finding(figure, verdict, evidence, computed, reading), why)


def _without_neutral(figure: Figure, evidence: Evidence, part: int) -> str:
    if figure.share_of != ("unproductive",):
        return ""
    if evidence.beside_neutral is None:
        return "whether some of them have codes without valence too is not known from this table"
    pure = part - evidence.beside_neutral
    return f"without those who have codes without valence too: {_share(pure, evidence.n)}"


def _at_n(figure: Figure, part: int, n: int) -> Iterator[str]:
    """The bounds in whole numbers, where the number of people is the source's."""
    if n != figure.n_in_abstract:
        return
    if figure.max_count_at_n is not None:
        yield f"at n = {n} that is at most {figure.max_count_at_n}, derived from the bound"
    if figure.counts_at_n:
        low, high = min(figure.counts_at_n), max(figure.counts_at_n)
        yield f"at n = {n} that is {low} to {high}, derived from the bounds"


def _verdict(figure: Figure, part: int, whole: int) -> Verdict:
    share = Fraction(part, whole)
    bounds = {name: Fraction(str(limit)) for name, limit in figure.bounds.items()}
    kept = (
        share < bounds.get("lt", Fraction(2)),
        share <= bounds.get("le", Fraction(2)),
        share > bounds.get("gt", Fraction(-1)),
        share >= bounds.get("ge", Fraction(-1)),
    )
    return "met" if all(kept) else "not met"


def _bounds(figure: Figure) -> str:
    words = {"ge": "at least", "gt": "over", "lt": "under", "le": "at most"}
    parts = [f"{words[n]} {figure.bounds[n]:.1%}" for n in words if n in figure.bounds]
    return f"to be {' and '.join(parts)}"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} = {rounded(part, whole, 1)}%"


def _own(figure: Figure) -> Finding:
    """Shares of numbers that the figure itself has; no data is needed."""
    total = figure.n if figure.n is not None else sum(figure.counts.values())
    ids = list(figure.percent)
    shares = [rounded(figure.counts[name], total, figure.digits) for name in ids]
    equal = all(
        share == Decimal(str(figure.percent[name])) for share, name in zip(shares, ids, strict=True)
    )
    is_sum = len(ids) < 2 or sum(figure.counts.values()) == total
    parts = [
        f"{figure.counts[name]:,} of {total:,} = {share}%"
        for name, share in zip(ids, shares, strict=True)
    ]
    verdict: Verdict = "met" if equal and is_sum else "not met"
    finding = Finding(figure, verdict, "", ", ".join(parts), total, "", OWN_NUMBERS)
    return _with(finding, _derived(figure))


def _differences(figure: Figure) -> Finding:
    first, second = figure.minus
    found = {
        name: Decimal(str(pair[first])) - Decimal(str(pair[second]))
        for name, pair in figure.percent.items()
    }
    equal = all(
        value == Decimal(str(figure.differences[name])).quantize(Decimal(1).scaleb(-figure.digits))
        for name, value in found.items()
    )
    parts = [f"{name} {value:+.{figure.digits}f}" for name, value in found.items()]
    computed = f"{first} minus {second}: {', '.join(parts)}"
    verdict: Verdict = "met" if equal else "not met"
    return _with(Finding(figure, verdict, "", computed, None, "", OWN_NUMBERS), _derived(figure))


def _derived(figure: Figure) -> str:
    what = " and ".join(sorted(figure.derived))
    return f"derived, not in the source: {what}" if what else ""


def _finding(
    figure: Figure, verdict: Verdict, evidence: Evidence, computed: str, reading: str = ""
) -> Finding:
    left_out = ", ".join(f"{n} {word}" for word, n in evidence.left_out.items() if n)
    finding = Finding(figure, verdict, reading, computed, evidence.n, evidence.unit, evidence.name)
    return _with(
        finding,
        f"the table says: {evidence.words}" if evidence.words else "",
        f"not counted: {left_out}" if left_out else "",
        evidence.whose,
    )


def _percents(shares: Sequence[Decimal]) -> str:
    return " / ".join(f"{share}%" for share in shares)


def _what_to_enter(figure: Figure) -> str:
    assert figure.code_set is not None
    name = figure.code_set.id
    if figure.kind == "counted":
        order = ",".join(figure.percent)
        return f"a table with a column {name}, or --counts {name}= and the numbers of {order}"
    results = ",".join(figure.share_of)
    return (
        f"a table with a column {name} (a row a person), or --counts {name}={results}:N and the"
        " other results"
    )
