"""What is wrong in a codebook file, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class Place(Protocol):
    """Anything that knows where it stands in its file."""

    @property
    def line(self) -> int:
        """Line, counted from 1."""

    @property
    def column(self) -> int:
        """Column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault of a codebook file, or one piece of advice about it."""

    line: int
    """Counted from 1."""
    column: int
    """Counted from 1."""
    key: str
    """Path to the field, such as ``code_sets.attribution.codes.two_sided.key``."""
    message: str
    hint: str = ""
    """The next step."""
    is_fatal: bool = True
    """False for advice: the book can be used, but a methodologist would ask for more."""

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}"
        what = f"{self.key}: {self.message}" if self.key else self.message
        return f"{where}, {what} ({self.hint})" if self.hint else f"{where}, {what}"


@dataclass(slots=True)
class Complaints:
    """Gathers complaints while a file is read."""

    found: list[Complaint] = field(default_factory=list)

    def fault(self, place: Place, key: str, message: str, hint: str = "") -> None:
        """Note something that keeps the book from being used."""
        self.found.append(Complaint(place.line, place.column, key, message, hint))

    def advice(self, place: Place, key: str, message: str, hint: str = "") -> None:
        """Note something that ought to be better, and can wait."""
        self.found.append(Complaint(place.line, place.column, key, message, hint, is_fatal=False))

    def in_order(self) -> list[Complaint]:
        """All of them, in the order of the file."""
        return sorted(self.found, key=lambda c: (c.line, c.column, not c.is_fatal, c.key))
