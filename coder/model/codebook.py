"""Codebooks: sets of codes in immutable versions, each known by its content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from coder.model.identity import content_id

Mode = Literal["exclusive", "multi", "ordinal"]
Valence = Literal["productive", "unproductive", "mixed", "none"]

MODES: tuple[Mode, ...] = ("exclusive", "multi", "ordinal")
VALENCES: tuple[Valence, ...] = ("productive", "unproductive", "mixed", "none")
ROLLUP_RULES = ("valence", "max", "mean", "highest", "preponderance", "any", "count")
RESERVED_KEYS = frozenset("jknmuf")
"""Next, previous, nothing applies, memo, undo, flag: the app's own letters."""
EXCERPT_UNITS = ("", "excerpt", "turn")
"""What ``unit.code`` of a book says where it codes parts of transcripts.

Anything else is a kind of record; ``response_or_excerpt`` is both.
"""
RECORD_MARK = "@"
"""Opens the question of a record, as in ``@recommendation``; no question marker begins so."""


def record_kind(question: str) -> str | None:
    """What a record with this question is, such as ``recommendation``; None for an excerpt."""
    if not question.startswith(RECORD_MARK):
        return None
    return question.removeprefix(RECORD_MARK).partition(":")[0].partition("/")[0]


@dataclass(frozen=True, slots=True)
class Code:
    """One answer to a code set's question, with the six parts of MacQueen and four more."""

    id: str
    """Never used again; letters, digits, underscore."""
    name: str
    short: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    key: str = ""
    valence: Valence = "none"
    """Of the explanation or adjustment that was described, never of a person."""
    codable: bool = True
    """False for "answered, but cannot tell"."""
    level: int | None = None
    """Rubric level, for ordinal sets."""
    replaced_by: tuple[str, ...] = ()
    """Its heirs; reads count a unit that has the code as having these."""
    is_retired: bool = False
    """Without heirs and not offered any more; what was coded with it stays and counts."""
    parent: str = ""
    """Id of the code or category above it in its set; empty at the top."""
    is_category: bool = False
    """Gathers the codes below it and is never put on a unit itself."""
    color: str = ""
    """``#RRGGBB``, for programs that show codes by colour; empty for none."""

    @property
    def is_offered(self) -> bool:
        """Whether a coder can put it on now."""
        return not (self.is_retired or self.is_category or self.replaced_by)


@dataclass(frozen=True, slots=True)
class Rollup:
    """The rule that turns one person-year's final codes into one value."""

    rule: str
    labels: Mapping[str, str] = field(default_factory=dict)
    """Display names for the results of the rule."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else the rule takes, such as ``order`` or ``expect_units``."""


@dataclass(frozen=True, slots=True)
class CodeSet:
    """One question asked of a unit."""

    id: str
    title: str
    mode: Mode
    codes: tuple[Code, ...]
    rollup: Rollup
    applies_when: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Other fields of the file (reliability, depends_on, source, levels), as plain data."""
    is_scratch: bool = False
    """Holds codes made while reading: asked of no unit, so no unit waits for it."""

    @property
    def short_title(self) -> str:
        """The title up to its explanation: ``Attribution - how ...`` is ``Attribution``."""
        return " ".join(self.title.split()).partition(" - ")[0].strip() or self.id

    @property
    def offered(self) -> tuple[Code, ...]:
        """The codes that a coder can put on now, in the order of the book."""
        return tuple(code for code in self.codes if code.is_offered)

    def code(self, code_id: str) -> Code | None:
        """The code with this id, or None."""
        return next((c for c in self.codes if c.id == code_id), None)

    def valence_of(self, codes: Iterable[str]) -> Valence:
        """The valence of a unit, or person, with these codes; see ``unit_valence``.

        A code that says "cannot tell" tells no valence either, whatever the book gives it.
        """
        wanted = frozenset(codes)
        return unit_valence(tuple(c.valence for c in self.codes if c.id in wanted and c.codable))


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the interview protocol and the code sets that its answer feeds."""

    id: str
    ask: str
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A set of code sets under one id and version label."""

    id: str
    version: str
    """For display; the content id decides what is the same."""
    title: str
    code_sets: tuple[CodeSet, ...]
    protocol: tuple[Question, ...] = ()
    status: str = ""
    citation: tuple[str, ...] = ()
    notice: str = ""
    roles: tuple[str, ...] = ()
    unit: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    """Other top-level fields (general_rules, published_figures, reports), as plain data."""

    @property
    def content_id(self) -> str:
        """UUIDv5 of everything but the label."""
        data = self.to_dict()
        del data["version"]
        return content_id("codebook", json.dumps(data, sort_keys=True, ensure_ascii=False))

    def code_set(self, set_id: str) -> CodeSet | None:
        """The code set with this id, or None."""
        return next((s for s in self.code_sets if s.id == set_id), None)

    def codes(self) -> Iterator[tuple[CodeSet, Code]]:
        """Every code with its set, in the order of the book."""
        for code_set in self.code_sets:
            for code in code_set.codes:
                yield code_set, code

    def sets_fed_by(self, question: str) -> tuple[CodeSet, ...]:
        """The code sets that a unit with this question is asked.

        A set that no question feeds (a set of tags beside the others) is asked wherever any set
        is. Without a protocol, or for a unit without a question, every set is asked. The question
        of a record begins with the mark of its kind (``@response:Q-SHEET``, see
        ``RECORD_MARK``): a book that does not code that kind asks it nothing, nor does any book
        but the one that the mark names (``@excerpt/BOOK``). No unit is asked a scratch set.
        """
        asked = tuple(s for s in self.code_sets if not s.is_scratch)
        if question.startswith(RECORD_MARK):
            mark, _, question = question.removeprefix(RECORD_MARK).partition(":")
            kind, _, only_for = mark.partition("/")
            if kind not in self._unit_kinds() or only_for not in ("", self.id):
                return ()
        elif not self.codes_excerpts:
            return ()
        if not question or not self.protocol:
            return asked
        fed_here = {s for q in self.protocol if q.id == question for s in q.feeds}
        if not fed_here:
            return ()
        fed_somewhere = {s for q in self.protocol for s in q.feeds}
        return tuple(s for s in asked if s.id in fed_here or s.id not in fed_somewhere)

    @property
    def record_kinds(self) -> tuple[str, ...]:
        """The kinds of records it codes, such as ``recommendation``; none for most books."""
        return tuple(kind for kind in self._unit_kinds() if kind not in EXCERPT_UNITS)

    @property
    def codes_excerpts(self) -> bool:
        """Whether it codes parts of transcripts, alone or beside records."""
        return any(kind in EXCERPT_UNITS for kind in self._unit_kinds())

    def _unit_kinds(self) -> list[str]:
        return self.unit.get("code", "").split("_or_")

    def to_dict(self) -> dict[str, Any]:
        """Plain data that ``from_dict`` reads back.

        Fields that came after the first release are left out at their default, so that a book
        which does not use them keeps its content id.
        """
        data = asdict(self)
        for code_set in data["code_sets"]:
            _drop_defaults(code_set, _LATER_IN_SETS)
            for code in code_set["codes"]:
                _drop_defaults(code, _LATER_IN_CODES)
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Codebook:
        """Rebuild a codebook from what ``to_dict`` gave."""
        known = {f.name for f in fields(cls)}
        rest = {k: v for k, v in data.items() if k in known}
        rest["code_sets"] = tuple(_code_set(s) for s in data["code_sets"])
        rest["protocol"] = tuple(
            Question(q["id"], q["ask"], tuple(q["feeds"])) for q in data.get("protocol", ())
        )
        rest["citation"] = tuple(data.get("citation", ()))
        rest["roles"] = tuple(data.get("roles", ()))
        return cls(**rest)


_LATER_IN_CODES: Mapping[str, object] = {
    "is_retired": False,
    "parent": "",
    "is_category": False,
    "color": "",
}
_LATER_IN_SETS: Mapping[str, object] = {"is_scratch": False}


def _drop_defaults(data: dict[str, Any], defaults: Mapping[str, object]) -> None:
    for name, default in defaults.items():
        if data[name] == default:
            del data[name]


def _code_set(data: Mapping[str, Any]) -> CodeSet:
    rest = dict(data)
    rest["codes"] = tuple(
        Code(**{**c, "replaced_by": tuple(c.get("replaced_by", ()))}) for c in data["codes"]
    )
    rest["rollup"] = Rollup(**data["rollup"])
    return CodeSet(**rest)


def unit_valence(valences: Iterator[Valence] | tuple[Valence, ...]) -> Valence:
    """The valence of a unit with several codes: both, or any mixed, is mixed.

    Codes without valence never change the result; only such codes, or none, give ``none``.
    """
    seen = set(valences) - {"none"}
    if not seen:
        return "none"
    if "mixed" in seen or len(seen) > 1:
        return "mixed"
    return seen.pop()
