"""Positions in immutable text: code points, end exclusive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a transcript's text, ``text[start:stop]`` in code points."""

    start: int
    """First code point, counted from 0."""
    stop: int
    """One past the last code point."""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"not a span: {self.start} to {self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def of(self, text: str) -> str:
        """The words this span covers."""
        return text[self.start : self.stop]

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.stop <= self.stop

    def overlap(self, other: Span) -> Span | None:
        """The stretch both share, or None where they only touch or miss each other."""
        start, stop = max(self.start, other.start), min(self.stop, other.stop)
        return Span(start, stop) if start < stop else None

    def trimmed(self, text: str) -> Span:
        """This span without white space at either end; empty at its start if all is white."""
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip())
        return Span(start, max(start, self.start + len(words.rstrip())))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches in order, with overlapping and touching ones made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].stop:
            out[-1] = Span(out[-1].start, max(out[-1].stop, span.stop))
        else:
            out.append(span)
    return tuple(out)
