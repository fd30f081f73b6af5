"""Random documents with spans: short enough to look at every character."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from coder.stats import Document, Spans
from coder.stats.arrays import IntArray

CODES = ("a", "b", "c")
Marks = list[tuple[int, int, str]]


def random_marks(rng: np.random.Generator, truth: IntArray, noise: float, cut: float) -> Marks:
    """One coder's spans: runs of a noisy copy of the truth (0 is blank), some cut in two."""
    length = truth.size
    own = np.where(rng.random(length) < noise, rng.integers(0, len(CODES) + 1, length), truth)
    marks, start = [], 0
    for place in range(1, length + 1):
        if place == length or own[place] != own[start] or rng.random() < cut:
            if own[start]:
                marks.append((start, place, CODES[own[start] - 1]))
            start = place
    return marks


def random_documents(
    seed: int, documents: int, coders: int, longest: int, noise: float, absent: float
) -> list[Document]:
    """Documents of all lengths, with coders who are absent or mark nothing."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(documents):
        length = int(rng.integers(0 if number else 1, longest + 1))
        runs = np.repeat(rng.integers(0, len(CODES) + 1, length), rng.integers(1, 5, length))
        truth = runs[:length]
        spans: dict[str, Marks] = {}
        for coder in range(coders):
            if rng.random() < absent:
                continue
            idle = rng.random() < 0.15
            marks = [] if idle else random_marks(rng, truth, noise, cut=0.1)
            spans[f"coder {coder}"] = [marks[k] for k in rng.permutation(len(marks))]
        found.append(Document(f"D{number}", length, spans))
    return found


@st.composite
def span_studies(
    draw: st.DrawFn, *, longest: int = 12, absent: bool = True, least: int = 1
) -> list[Document]:
    """Documents with non-overlapping spans: empty ones, absent coders, one code, one place."""
    return random_documents(
        seed=draw(st.integers(0, 2**32 - 1)),
        documents=draw(st.integers(least, 4)),
        coders=draw(st.integers(2, 4)),
        longest=draw(st.integers(1, longest)),
        noise=draw(st.sampled_from([0.0, 0.1, 0.4, 1.0])),
        absent=draw(st.sampled_from([0.0, 0.2])) if absent else 0.0,
    )


def spans_of(documents: list[Document]) -> Spans:
    """The documents as columns, with all codes declared and all coders listed."""
    coders = sorted({coder for document in documents for coder in document.spans})
    return Spans.from_documents(documents, CODES, coders)


def layered(first: list[Document], second: list[Document]) -> list[Document]:
    """Spans of both in the lengths of the first: a coder's codes then overlap one another."""
    found = []
    for one, two in zip(first, second, strict=False):
        spans = {}
        for coder, marks in one.spans.items():
            more = [
                (start, min(stop, one.length), code)
                for start, stop, code in two.spans.get(coder, [])
                if start < one.length and all(code != other for _, _, other in marks)
            ]
            spans[coder] = [*marks, *more]
        found.append(Document(one.name, one.length, spans))
    return found
