"""One explanation: what each holds, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """About ten lines on a statistic or a topic.

    Args:
        name: As in JSON and after ``coder explain``.
        title: What it is called in a paper.
        what: What it says, one or two sentences.
        formula: How it is computed, in plain ASCII; empty for a topic.
        misleads: When not to trust it.
        report: A sentence to write, with its interval; for a topic what to do.
        source: Where it comes from.
    """

    name: str
    title: str
    what: str
    formula: str
    misleads: str
    report: str
    source: str
