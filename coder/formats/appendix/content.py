"""What an appendix says of a codebook, before any layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coder.formats.codebook_yaml.vocabulary import VALENCE_RESULTS
from coder.formats.tables import Cell, Column, Table
from coder.model import Code, Codebook, CodeSet, tree

MODE_WORDS = {
    "exclusive": "one code",
    "multi": "any number of codes",
    "ordinal": "one level",
}
INDENT = "\u2003"
"""Before the name of a code that stands below another one."""

Fact = tuple[str, str]
"""A label and a text."""


@dataclass(frozen=True, slots=True)
class CodeUse:
    """How often a code was put on."""

    excerpts: int
    """Units that at least one coder put it on."""
    transcripts: int
    """Transcripts these are in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code in full."""

    code_id: str
    name: str
    color: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One code set."""

    set_id: str
    title: str
    facts: tuple[Fact, ...]
    overview: Table
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """A codebook ready to be laid out."""

    title: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    """What must be known of the counts."""


def appendix(
    book: Codebook, use: Mapping[str, CodeUse] | None = None, counted_in: str = ""
) -> Appendix:
    """Everything an appendix says of a book.

    Args:
        book: The codebook.
        use: How often each code was put on, by code id; None for no counts.
        counted_in: The study and the viewer of the counts, for the note that names them.
    """
    rules = book.options.get("general_rules")
    facts = [
        ("Codebook", f"{book.id}, version {book.version}"),
        ("Status", book.status),
        *(("Cite", source) for source in book.citation),
        ("Notice", book.notice),
        ("Roles", ", ".join(book.roles)),
        *(("Rule", str(rule)) for rule in (rules if isinstance(rules, list) else ())),
        *((f"Question {q.id}", f"{q.ask} ({', '.join(q.feeds)})") for q in book.protocol),
    ]
    notes = []
    if any(code.example for _, code in book.codes()):
        notes.append("Examples are invented; none is from an interview.")
    if any(code.valence != "none" for _, code in book.codes()):
        notes.append(
            "“Productive” and “unproductive” describe an explanation or an adjustment, never a"
            " person."
        )
    if use is not None:
        notes.append(
            f"Excerpts are those on which at least one coder put the code, in {counted_in};"
            " transcripts are those they are in. What was coded with a replaced code counts with"
            " its heirs, each excerpt once."
        )
    return Appendix(
        title=book.title,
        facts=_said(facts),
        sections=tuple(_section(code_set, book, use) for code_set in book.code_sets),
        notes=tuple(notes),
    )


def _section(code_set: CodeSet, book: Codebook, use: Mapping[str, CodeUse] | None) -> Section:
    asked = ", ".join(q.id for q in book.protocol if code_set.id in q.feeds)
    labels = code_set.rollup.labels
    # A study gives labels back by their letters; results have an order of their own.
    results = [key for key in VALENCE_RESULTS if key in labels] or list(labels)
    facts = [
        ("Code set", code_set.id),
        ("Asked when", code_set.applies_when),
        ("Asked by", asked),
        ("Takes", MODE_WORDS[code_set.mode]),
        ("A person-year's value", f"by the rule {code_set.rollup.rule}"),
        ("Values", ", ".join(labels[key] for key in results)),
        ("Scratch set", "loose codes made while reading" if code_set.is_scratch else ""),
    ]
    codes = list(tree(code_set))
    return Section(
        set_id=code_set.id,
        title=code_set.title,
        facts=_said(facts),
        overview=_overview(code_set, codes, use),
        entries=tuple(_entry(code, code_set, book, use) for code, _ in codes),
    )


def _overview(
    code_set: CodeSet, codes: list[tuple[Code, int]], use: Mapping[str, CodeUse] | None
) -> Table:
    has_kind = any(_kind(code) for code, _ in codes)
    is_rubric = code_set.mode == "ordinal"
    columns = [Column("name", "Code"), Column("id", "Id"), Column("key", "Key")]
    if has_kind:
        columns.append(Column("kind", "Level" if is_rubric else "Valence"))
    columns.append(Column("short", "Brief definition"))
    if use is not None:
        columns += [
            Column("excerpts", "Excerpts", "count"),
            Column("transcripts", "Transcripts", "count"),
        ]
    rows = []
    for code, depth in codes:
        cells: list[Cell] = [INDENT * depth + code.name, code.id, code.key]
        if has_kind:
            cells.append(_kind(code))
        cells.append(code.short or _state(code))
        if use is not None:
            used = use.get(code.id, CodeUse(0, 0))
            is_counted = not (code.is_category or code.replaced_by)
            cells += [used.excerpts, used.transcripts] if is_counted else [None, None]
        rows.append(tuple(cells))
    return Table(f"codes_{code_set.id}", f"Codes of {code_set.id}", tuple(columns), tuple(rows))


def _kind(code: Code) -> str:
    """Level and valence, and whether it can be told what is meant."""
    parts = (
        "" if code.level is None else str(code.level),
        "" if code.valence == "none" else code.valence,
        "" if code.codable else "not codable",
    )
    return ", ".join(part for part in parts if part)


def _state(code: Code) -> str:
    if code.is_category:
        return "Category: gathers codes and is never put on itself"
    if code.replaced_by:
        return f"Replaced by {', '.join(code.replaced_by)}"
    return "Retired" if code.is_retired else ""


def _entry(
    code: Code, code_set: CodeSet, book: Codebook, use: Mapping[str, CodeUse] | None
) -> Entry:
    names = {one.id: one.name for _, one in book.codes()}
    heirs = ", ".join(f"{names.get(heir, heir)} ({heir})" for heir in code.replaced_by)
    used = (use or {}).get(code.id, CodeUse(0, 0))
    is_counted = use is not None and not (code.is_category or code.replaced_by)
    facts = [
        ("Key", code.key),
        ("Level", "" if code.level is None else str(code.level)),
        ("Valence", "" if code.valence == "none" else code.valence),
        ("Codable", "" if code.codable else "no: answered, but it cannot be told what is meant"),
        ("Category", "gathers the codes below it and is never put on itself"
         if code.is_category else ""),
        ("Below", names.get(code.parent, code.parent) if code.parent else ""),
        ("Brief definition", code.short),
        ("Definition", code.definition),
        ("Use when", code.include),
        ("Do not use when", code.exclude),
        ("Example (invented)", code.example),
        ("Replaced by", heirs),
        ("Retired", "not offered any more" if code.is_retired else ""),
        ("Colour", code.color),
        ("Used", f"{_counted(used.excerpts, 'excerpt')} in "
         f"{_counted(used.transcripts, 'transcript')}" if is_counted else ""),
    ]  # fmt: skip
    return Entry(code.id, code.name, code.color, _said(facts))


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _said(facts: list[Fact]) -> tuple[Fact, ...]:
    return tuple((label, text) for label, text in facts if text.strip())
