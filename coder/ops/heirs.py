"""Codes of older codebook versions as the current one has them, for many answers at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from coder.model import Codebook, resolved
from coder.store.read_models import Answer


def resolver(book: Codebook) -> Callable[[Answer], Answer]:
    """A function that gives an answer with its codes as the current version has them.

    A large study holds few different sets of codes: each is looked up once, and none where no
    code of the book has been replaced.
    """
    if not any(code.replaced_by for _, code in book.codes()):
        return lambda answer: answer

    @cache
    def heirs(codes: frozenset[str]) -> frozenset[str]:
        return resolved(book, codes)

    return lambda answer: replace(answer, codes=heirs(answer.codes))


def codes_now(book: Codebook, codes: Iterable[str]) -> list[str]:
    """Codes as the current version has them, each once, in the order of the book.

    What the book does not know any more comes last.
    """
    standing = resolved(book, frozenset(codes))
    known = [code.id for _, code in book.codes() if code.id in standing]
    return [*known, *sorted(standing - set(known))]
