"""The units of a study divided by transcript, question or attribute, for agreement part by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from coder.errors import UsageError
from coder.ops.rolling import Reader
from coder.ops.study import did_you_mean
from coder.store.read_models import Profile

ROUND = "round"
PLACES = ("transcript", "question")
OF_UNITS = (*PLACES, "wave")
"""What a person-year does not have one of."""

NO_VALUE = "(none)"
"""The part of the units that have nothing for an attribute."""


def check_part(reader: Reader, per: str) -> None:
    """Refuse what units cannot be divided by.

    Raises:
        UsageError: Nothing has such an attribute.
    """
    known = sorted({*PLACES, ROUND, "wave", "year", "participant", *reader.attributes})
    if per not in known:
        hint = did_you_mean(per, known) or f"there are: {', '.join(known)}"
        raise UsageError(f"nothing has the attribute {per}", hint)


def divided(reader: Reader, profiles: Sequence[Profile], per: str) -> dict[str, list[Profile]]:
    """The units of each part, parts in order of their names."""
    parts: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        if per == "question":
            value = profile.question
        else:
            person = (profile.participant, profile.year)
            value = reader.value(person, profile.transcript, per, profile.record)
        parts[value or NO_VALUE].append(profile)
    return dict(sorted(parts.items()))
