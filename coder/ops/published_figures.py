"""The published figures of codebooks: what a source says, and how a table can be set beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from coder.errors import BadInput
from coder.model import VALENCES, Codebook, CodeSet

Kind = Literal["counted", "share", "own", "differences", "context"]
"""``counted``: the shares of a code set's codes; ``share``: one share within bounds; ``own``: those
of the figure's own numbers; ``differences``: of these; ``context``: nothing to test."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as a codebook lists it."""

    id: str
    book: Codebook
    kind: Kind
    says: str
    """What the source states, in words."""
    source: str
    caution: str
    code_set: CodeSet | None = None
    """Whose codes or roll-up it is about; None where it needs no data."""
    n: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    percent: Mapping[str, Any] = field(default_factory=dict)
    differences: Mapping[str, float] = field(default_factory=dict)
    minus: tuple[str, str] = ("", "")
    digits: int = 0
    n_is: tuple[str, ...] = ()
    """Codes of another set whose counts together must be this one's n."""
    derived: frozenset[str] = frozenset()
    """Which of its numbers are not in the source and were computed by whoever wrote the book."""
    share_of: tuple[str, ...] = ()
    """Results of a roll-up, or codes, whose share is tested."""
    bounds: Mapping[str, float] = field(default_factory=dict)
    """``lt``, ``le``, ``gt``, ``ge``: what the share must keep to."""
    counts_at_n: tuple[int, ...] = ()
    max_count_at_n: int | None = None
    n_in_abstract: int | None = None


def figures_of(books: Sequence[Codebook]) -> tuple[Figure, ...]:
    """Every published figure of some codebooks, in their order.

    Raises:
        BadInput: A figure's test is not one that this program knows.
    """
    return tuple(figure for book in books for figure in _figures(book))


def _figures(book: Codebook) -> Iterator[Figure]:
    for given in book.options.get("published_figures", ()):
        try:
            yield _figure(book, given)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInput(
                f"{book.id}, published figure {given.get('id', '?')}: its test cannot be read"
                f" ({type(error).__name__}: {error})",
                "codebooks/README.md says what stands under test",
            ) from error


def _figure(book: Codebook, given: Mapping[str, Any]) -> Figure:
    test = given.get("test") or {}
    counts: Mapping[str, int] = dict(given.get("counts") or {})
    percent: Mapping[str, Any] = dict(given.get("percent") or {})
    share_of = test.get("share", ())
    share_of = (share_of,) if isinstance(share_of, str) else tuple(share_of)
    code_set = _set_of_codes(book, [*counts, *percent, *share_of])
    kind: Kind = "context"
    if test.get("verdict") == "none" or not test:
        code_set = None
    elif share_of:
        kind = "share"
        code_set = code_set or _set_named(book, str(given["about"]), share_of)
    elif test["equals"] == "differences":
        kind = "differences"
    elif test["equals"] == "percent":
        kind = "counted" if code_set else "own"
        if code_set:
            # A study keeps a book's extra fields sorted by name; the codes keep their order.
            percent = {one.id: percent[one.id] for one in code_set.codes if one.id in percent}
        _check_percent(counts, percent, needs_counts=code_set is None)
    else:
        raise ValueError(f"equals {test['equals']}")
    first, second = test["minus"] if kind == "differences" else ("", "")
    if kind == "differences":
        for name, pair in percent.items():
            float(pair[first]), float(pair[second]), float(given["differences"][name])
    return Figure(
        id=str(given["id"]),
        book=book,
        kind=kind,
        says=str(given["says"]),
        source=str(given.get("from", "")),
        caution=str(given.get("caution", "")),
        code_set=code_set,
        n=given.get("n"),
        counts=counts,
        percent=percent,
        differences=dict(given.get("differences") or {}),
        minus=(first, second),
        digits=int(test.get("digits", 0)),
        n_is=tuple(test.get("n_is", ())),
        derived=frozenset(test.get("derived", ())),
        share_of=share_of,
        bounds={name: float(test[name]) for name in ("lt", "le", "gt", "ge") if name in test},
        counts_at_n=tuple(given.get("counts_at_n", ())),
        max_count_at_n=given.get("max_count_at_n"),
        n_in_abstract=given.get("n_in_abstract"),
    )


def _check_percent(
    counts: Mapping[str, object], percent: Mapping[str, object], *, needs_counts: bool
) -> None:
    for name, share in percent.items():
        if not isinstance(share, int | float):
            raise ValueError(f"{name} is no number of percent")
        if needs_counts and not isinstance(counts.get(name), int):
            raise ValueError(f"{name} has no count")
    if needs_counts and not any(counts.values()):
        raise ValueError("nothing is counted")


def _set_of_codes(book: Codebook, names: Sequence[str]) -> CodeSet | None:
    """The set that has all of these codes; None where they are no codes of one set."""
    for code_set in book.code_sets:
        if names and all(code_set.code(name) is not None for name in names):
            return code_set
    return None


def _set_named(book: Codebook, about: str, share_of: Sequence[str]) -> CodeSet:
    """The set that the words of a figure begin with, for the share of a valence."""
    found = book.code_set(about.split()[0])
    if found is None or found.rollup.rule != "valence" or not set(share_of) <= {*VALENCES}:
        raise ValueError(f"“{about}” begins with no code set that rolls up by valence")
    return found
