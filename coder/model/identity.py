"""Who is who across copies of a study.

What comes from content gets an id from that content (UUIDv5), so two people who import the same
folder hold the same transcripts, excerpts and codes and can merge. What people make (coders,
codings, decisions, memos, settlements, journal entries) gets a random id, drawn from a source
that the sample study replaces by a fixed one.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable

NAMESPACE = uuid.UUID("6f1a4d0e-6c0b-5b57-9a3f-2d3c5a7b9e10")
"""Chosen once for this program; changing it would part every study from its copies."""

IdSource = Callable[[], str]


def content_id(kind: str, *parts: str | int) -> str:
    """A UUIDv5 over a kind and its identifying parts.

    Args:
        kind: ``revision``, ``excerpt``, ``record``, ``codebook``, ``set`` or ``code``.
        parts: What makes the object itself; joined by an unprintable separator so that
            ``("a", "bc")`` and ``("ab", "c")`` differ.
    """
    return str(uuid.uuid5(NAMESPACE, "\x1f".join([kind, *map(str, parts)])))


def random_id() -> str:
    """A fresh random id."""
    return str(uuid.uuid4())


def fixed_ids(seed: int) -> IdSource:
    """A source of repeatable ids, for the sample study and tests only."""
    rng = random.Random(seed)
    return lambda: str(uuid.UUID(int=rng.getrandbits(128), version=4))
