"""Who put which code where, and where each coder stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["coded", "nothing", "not_applicable"]
"""Where a coder stands with a unit and a code set; no decision at all means not finished."""

Origin = Literal["hand", "load", "boundary", "suggestion"]

FinalSource = Literal["settled", "agreed", "single", "unresolved"]


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes."""

    id: str
    alias: str
    """Short name typed at ``--coder``, such as ``AL``; unique in a study."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """This coder put this code on this unit, in this pass, under that codebook version."""

    id: str
    unit: str
    """Reference of the unit."""
    code_set: str
    """Full name ``book:set``."""
    code: str
    coder: str
    """Alias."""
    pass_: int
    version: str
    """Content id of the codebook version it was made under."""
    origin: str
    at: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Where one coder stands with one unit and code set in one pass."""

    unit: str
    code_set: str
    coder: str
    pass_: int
    status: Status
    at: str
    version: str = ""
    """Content id of the codebook version it was made under."""


@dataclass(frozen=True, slots=True)
class Memo:
    """A note by one coder on a coding, excerpt, transcript or code."""

    id: str
    target_kind: str
    target: str
    coder: str
    body: str
    at: str


@dataclass(frozen=True, slots=True)
class FinalCodes:
    """The answer that counts in tables for one unit and code set."""

    unit: str
    code_set: str
    status: Status | Literal["unresolved"]
    codes: frozenset[str]
    source: FinalSource


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: every read takes one, so that blind stays blind.

    Without a coder (``Viewer()``) the reader is the researcher at the command line, who sees
    everything except codings of units in a round that is still open.
    """

    alias: str = ""
