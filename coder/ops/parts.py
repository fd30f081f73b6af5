"""The units of a study divided by transcript, question or attribute, for agreement part by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from coder.errors import UsageError
from coder.model import CodeSet, record_kind
from coder.ops.agreement_report import ROUND, Options
from coder.ops.comparing import Comparisons
from coder.ops.person_levels import PersonComparisons
from coder.ops.rolling import Reader
from coder.ops.study import did_you_mean
from coder.ops.unit_levels import UnitComparisons
from coder.store.read_models import Profile

PLACES = ("transcript", "question")
OF_UNITS = (*PLACES, "wave")
"""What a person-year does not have one of."""

NO_VALUE = "(none)"
"""The part of the units that have nothing for an attribute."""

FEW_CLUSTERS = 8
"""As in the cautions of statistics: under so many an interval is rough at best."""

MOST_PARTS_IN_FULL = 50
"""Code by code, a study of 600 transcripts would have 300,000 figures, each of few units."""

MOST_NAMED = 10

Kind = type[UnitComparisons] | type[PersonComparisons]


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
            kind = record_kind(profile.question)
            value = profile.question if kind is None else kind or "text"
        else:
            person = (profile.participant, profile.year)
            value = reader.value(person, profile.transcript, per, profile.record)
        parts[value or NO_VALUE].append(profile)
    return dict(sorted(parts.items()))


def of_parts(
    reader: Reader,
    code_set: CodeSet,
    profiles: Sequence[Profile],
    coders: tuple[str, ...],
    options: Options,
    per: str,
    kind: Kind,
) -> tuple[list[Comparisons], list[str]]:
    """The comparisons of each part, not yet made, and cautions about parts in sentences.

    What holds of several parts is said once. Where parts are many there is nothing code by code.
    """
    parts = divided(reader, profiles, per)
    in_full = len(parts) <= MOST_PARTS_IN_FULL
    found: list[Comparisons] = []
    few, empty, nouns = [], [], set()
    for name, part in parts.items():
        one = kind(code_set, part, coders, options, by=per, group=name, code_by_code=in_full)
        if not one.shares_a_unit:
            empty.append(name)
            continue
        found.append(one)
        clusters = {p.cluster for p in part if len(p.answers) > 1}
        if len(clusters) < FEW_CLUSTERS:
            few.append(f"{name} ({len(clusters)})")
            nouns.add(one.noun)
    texts = []
    if not in_full:
        texts.append(f"Not code by code: {len(parts)} parts by {per} are too many for that.")
    if few and per != "transcript":
        from coder.stats.bounds import plural

        noun = plural(nouns.pop() if len(nouns) == 1 else "cluster")
        texts.append(
            f"By {per}, under {FEW_CLUSTERS} {noun}: {_listed(few)}; an interval is rough at best."
        )
    if empty:
        texts.append(f"By {per}, nothing that two coders finished: {_listed(empty)}.")
    return found, texts


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
