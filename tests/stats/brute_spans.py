"""The unitizing statistics character by character, slow and plain."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, groupby, permutations, product

from coder.stats import Document

NAN = float("nan")
BLANK = ""


def compared(documents: list[Document]) -> list[Document]:
    """Those with two coders."""
    return [document for document in documents if len(document.spans) >= 2]


def values(document: Document, coder: str) -> list[tuple[str, int]]:
    """For every character the code and the number of its span; a blank is a span of its own."""
    found = [(BLANK, -1 - place) for place in range(document.length)]
    for number, (start, stop, code) in enumerate(document.spans[coder]):
        for place in range(start, stop):
            found[place] = (code, number)
    return found


def observed(documents: list[Document]) -> dict[tuple[str, str], Fraction]:
    """O_ck: characters that one coder gave c and another k."""
    found: dict[tuple[str, str], Fraction] = Counter()  # type: ignore[assignment]
    for document in compared(documents):
        by_coder = [values(document, coder) for coder in document.spans]
        share = Fraction(1, len(by_coder) - 1)
        for one, two in permutations(by_coder, 2):
            for (c, _), (k, _) in zip(one, two, strict=True):
                found[c, k] += share
    return found


def expected(documents: list[Document]) -> dict[tuple[str, str], Fraction]:
    """E_ck: the same for all pairs of characters that are not of one and the same span."""
    places = [
        (code, (document.name, coder, number))
        for document in compared(documents)
        for coder in document.spans
        for code, number in values(document, coder)
    ]
    pairs: Counter[tuple[str, str]] = Counter()
    for (c, span), (k, other) in product(places, repeat=2):
        if span != other:
            pairs[c, k] += 1
    total = sum(pairs.values())
    return {key: Fraction(len(places) * n, total) for key, n in pairs.items()}


def u_alpha(documents: list[Document], *, binary: bool = False) -> float:
    """u-alpha; binary: |u-alpha."""
    seen, chance = observed(documents), expected(documents)

    def apart(matrix: dict[tuple[str, str], Fraction]) -> Fraction:
        if binary:
            return sum((n for (c, k), n in matrix.items() if c == BLANK != k), Fraction())
        return sum((n for (c, k), n in matrix.items() if c != k), Fraction())

    return float(1 - apart(seen) / apart(chance)) if apart(chance) else NAN


def common(documents: list[Document]) -> tuple[Counter[str], dict[str, Fraction]]:
    """l'_c and s'_c of every code, from the characters that another coder marked as well."""
    length: dict[str, Fraction] = Counter()  # type: ignore[assignment]
    squares: dict[str, Fraction] = Counter()  # type: ignore[assignment]
    for document in compared(documents):
        share = Fraction(1, len(document.spans) - 1)
        marked = {
            coder: {place for place, (code, _) in enumerate(values(document, coder)) if code}
            for coder in document.spans
        }
        for one, two in permutations(document.spans, 2):
            for start, stop, code in document.spans[one]:
                n = sum(place in marked[two] for place in range(start, stop))
                length[code] += n * share
                squares[code] += n * n * share
    return length, squares  # type: ignore[return-value]


def cu_alpha(documents: list[Document]) -> float:
    """cu-alpha, undefined where its chance term is not positive."""
    seen = {key: n for key, n in observed(documents).items() if BLANK not in key}
    length, squares = common(documents)
    total = sum(length.values())
    pairs = total * total - sum(squares.values())
    if pairs <= 0:
        return NAN
    chance = {
        (c, k): total * (length[c] * length[k] - (squares[c] if c == k else 0)) / pairs
        for c, k in product(length, repeat=2)
    }
    apart = sum(n for (c, k), n in chance.items() if c != k)
    found = sum(n for (c, k), n in seen.items() if c != k)
    return float(1 - Fraction(found) / apart) if apart else NAN


def ku_alpha(documents: list[Document], code: str) -> float:
    """(k)u-alpha of one code."""
    length, squares = common(documents)
    total = sum(length.values())
    here = length[code]
    agreed = observed(documents).get((code, code), Fraction())
    # Both times total / pairs, which cancels.
    others = sum(here * n for k, n in length.items() if k != code)
    row = others + here * here - squares[code]
    if not here or not others or row <= 0:
        return NAN
    assert row == total * here - squares[code]
    return float(1 - Fraction(row) * (here - agreed) / (here * others))


def coverage(documents: list[Document]) -> float:
    """The share of all characters that another coder marked too."""
    length, _ = common(documents)
    total = sum(len(d.spans) * d.length for d in compared(documents))
    return float(Fraction(sum(length.values())) / total) if total else NAN


def gaps(document: Document, coder: str, code: str) -> list[int]:
    """Lengths of the stretches that a coder left without the code."""
    held = [False] * document.length
    for start, stop, other in document.spans[coder]:
        for place in range(start, stop):
            held[place] |= other == code
    return [len(list(run)) for marked, run in groupby(held) if not marked]


def alpha_u_terms(documents: list[Document], code: str) -> tuple[Fraction, Fraction]:
    """D_o and D_e of alpha_U for one code, from all pairs and all ways to place a unit."""
    kept = compared(documents)
    places = sum(len(d.spans) * d.length for d in kept)
    length = sum(d.length for d in kept)
    apart, sizes, holes = Fraction(), [], []
    for document in kept:
        units = {
            coder: [(start, stop) for start, stop, other in marks if other == code]
            for coder, marks in document.spans.items()
        }
        for coder in document.spans:
            sizes += [stop - start for start, stop in units[coder]]
            holes += gaps(document, coder, code)
        for one, two in permutations(document.spans, 2):
            share = Fraction(1, len(document.spans) - 1)
            for start, stop in units[one]:
                met = [(b, e) for b, e in units[two] if max(b, start) < min(e, stop)]
                apart += share * sum((b - start) ** 2 + (e - stop) ** 2 for b, e in met)
                if not met:  # the unit against the gap, and the gap against the unit
                    apart += share * 2 * (stop - start) ** 2
    if not sizes:
        return Fraction(), Fraction()
    chance = 0
    for a, b in combinations(sizes, 2):
        chance += sum(shift**2 + (shift + a - b) ** 2 for shift in range(1 - a, b))
    for size in sizes:
        chance += sum(size**2 for hole in holes for _ in range(hole - size + 1))
    pairs = places * (places - 1) - sum(size * (size - 1) for size in sizes)
    return apart / (places * length), Fraction(2 * chance, length * pairs)


def alpha_u(documents: list[Document], codes: tuple[str, ...]) -> float:
    """alpha_U of these codes together."""
    terms = [alpha_u_terms(documents, code) for code in codes]
    chance = sum(e for _, e in terms)
    return float(1 - sum(o for o, _ in terms) / chance) if chance else NAN
