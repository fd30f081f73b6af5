"""What an answer counts as, derived from what it counts as otherwise."""

from __future__ import annotations

from collections.abc import Callable

from coder.ops.counting import Label
from coder.store.read_models import Answer


def only_applied(label: Label) -> Label:
    """The same categories, without answers that applied nothing."""
    return lambda answer: label(answer) if answer.status == "coded" else None


def is_category(category: str, label: Label) -> Callable[[Answer], bool]:
    """Whether an answer counts as a category."""
    return lambda answer: label(answer) == category


def has_code(code: str) -> Callable[[Answer], bool]:
    """Whether an answer holds a code."""
    return lambda answer: code in answer.codes


def yes_or_no(code: str, whole: Label) -> Label:
    """A code or its absence, without answers that ``whole`` leaves out."""

    def label(answer: Answer) -> str | None:
        if whole(answer) is None:
            return None
        return code if code in answer.codes else f"not {code}"

    return label
