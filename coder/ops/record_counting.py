"""Records in tallies and cross-tables: what they are called, and which sets count them singly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coder.errors import UsageError
from coder.model import Codebook, CodeSet
from coder.ops.finals import Final
from coder.ops.rolling import Reader

BLANKS_OF = {"unfinished": "incomplete", "not_applicable": "no_data"}
"""What a final answer without codes is called among the blanks of a tally."""


def counts_records(book: Codebook, code_set: CodeSet) -> bool:
    """Whether a set is counted record by record unless somebody asks for people.

    So it is where the book reports on its records themselves, and where a set of a book of records
    only counts.
    """
    kinds = book.record_kinds
    if code_set.is_scratch:
        return False
    return book.unit.get("report", "") in kinds or bool(kinds and code_set.rollup.rule == "count")


def unit_noun(reader: Reader, book: Codebook, code_set: CodeSet) -> str:
    """What one unit that a code set has been asked of is called.

    The kind of the records where there are only such, ``unit`` where there are excerpts too; where
    there is nothing yet, what the book codes.
    """
    found = {one.kind for one in reader.finals(book, code_set)}
    kinds = {"excerpt" if kind is None else kind or "text" for kind in found}
    if not kinds and counts_records(book, code_set):
        kinds = set(book.record_kinds[:1])
    if len(kinds) > 1:
        return "unit"
    return next(iter(kinds), "excerpt")


def blank_of(code_set: CodeSet, final: Final) -> str:
    """Which kind of blank a final answer is; empty for one that is a value."""
    if not final.codes:
        return BLANKS_OF.get(final.status, final.status)
    known = {code.id: code for code in code_set.codes}
    codable = any(known[code].codable for code in final.codes if code in known)
    return "" if codable else "not_codable"


def crossed_records(
    reader: Reader, first: tuple[Codebook, CodeSet], second: tuple[Codebook, CodeSet]
) -> Counter[tuple[str, str]]:
    """How many records have which pair of codes, blanks included.

    A record that only one of the two sets has been asked of has no data for the other.

    Raises:
        UsageError: One of the sets takes several codes.
    """
    for _, code_set in (first, second):
        if code_set.mode == "multi":
            raise UsageError(
                f"{code_set.id} has several codes per record",
                "cross takes sets of one code; coder tally --codes counts the others",
            )
    found = [dict(_results(reader, *one)) for one in (first, second)]
    counts: Counter[tuple[str, str]] = Counter()
    for ref in sorted({*found[0], *found[1]}):
        counts[found[0].get(ref, "no_data"), found[1].get(ref, "no_data")] += 1
    return counts


def _results(reader: Reader, book: Codebook, code_set: CodeSet) -> Iterator[tuple[str, str]]:
    for found in reader.finals(book, code_set):
        if found.record:
            blank = blank_of(code_set, found.final)
            yield found.record, blank or min(found.final.codes)


def code_labels(code_set: CodeSet) -> dict[str, str]:
    """The codes that can be a record's result, by id, with their names.

    Those that say "cannot tell" are a blank of their own.
    """
    return {code.id: code.name for code in code_set.codes if code.codable}


def usable_first(code_set: CodeSet, row: str) -> bool:
    """Whether shares of records are of the usable answers rather than of all that were asked.

    A survey's blank answers are counted, and kept out of its shares.
    """
    has_unusable = any(not code.codable for code in code_set.codes)
    return row not in ("excerpt", "person-year") and has_unusable and code_set.mode != "multi"
