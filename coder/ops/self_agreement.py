"""A coder against themselves: the same units coded again, in two passes (intra-coder reliability).

It says how steady one person's use of the codes is, and nothing of whether others would agree.
Units count only where both answers are codings in their own right: closing a round makes its
answers the ordinary ones of whoever had none, and what is changed after a round has been talked
over is no second coding either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from coder.errors import NotAllowed, UsageError
from coder.model import Viewer
from coder.ops.agreement_making import computed, refuse_scratch
from coder.ops.agreement_report import AgreementReport, Caution, Options
from coder.ops.clusters import LEFT_OUT
from coder.ops.comparable import Owned, asks, closed_rounds, compared, round_named
from coder.ops.comparing import Comparisons
from coder.ops.corpus import coder_named
from coder.ops.heirs import resolver
from coder.ops.study import Study, find_set
from coder.ops.unit_levels import UnitComparisons
from coder.store.blind import is_blind
from coder.store.codebooks import set_uid
from coder.store.own_passes import OwnAnswer, own_answers
from coder.store.read_models import Answer, Profile
from coder.store.rounds import RoundRow

WHAT_IT_IS = "one person's steadiness over time (intra-coder), not agreement between coders."


def self_agreement(
    study: Study,
    viewer: Viewer,
    alias: str,
    code_sets: Sequence[str] = (),
    *,
    round_name: str = "",
    options: Options | None = None,
    all_units: bool = False,
) -> AgreementReport:
    """One coder's passes against each other, on the units answered in both.

    Args:
        study: The study.
        viewer: Who is looking; what an open round hides is not compared.
        alias: The coder.
        code_sets: Names; by default all sets of the codebooks of the rounds that are compared.
        round_name: Only this round against the other passes; by default every closed round.
        options: Intervals.
        all_units: Also units whose question does not feed the set.

    Raises:
        UsageError: An unknown coder, round or set, or nothing that the coder coded twice.
        NotAllowed: The round is open, or one that is open hides all there is.
    """
    options = options or Options()
    alias = coder_named(study, alias).alias
    rows = {row.number: row for row in closed_rounds(study) if alias in row.coders}
    only = _only(study, alias, round_name)
    sets = [find_set(study, name) for name in dict.fromkeys(code_sets)]
    for owned in sets:
        refuse_scratch(owned)
    made: list[Comparisons] = []
    cautions: list[Caution] = []
    # Whether there is anything to hide yet: that too would tell how far they are.
    is_hidden = viewer.alias != alias and is_blind(study.store.db, viewer)
    repeated = 0
    for owned in sets or _sets_of(study, rows.values()):
        book, code_set = owned
        uid = set_uid(book.id, code_set.id)
        given = _by_unit(own_answers(study.store.db, viewer, uid, alias))
        for first, second in _pairs(rows, only):
            names = (_called(alias, rows, first), _called(alias, rows, second))
            profiles, derived = _both(given.values(), (first, second), rows, names, owned)
            kept = compared(profiles, (lambda _: True) if all_units else asks(owned))
            if not kept and not derived:
                continue
            repeated += derived
            where = f"{code_set.id} of {' and '.join(names)}"
            if derived:
                units = "1 unit" if derived == 1 else f"{derived} units"
                text = f"{units} left out, where the ordinary answer was taken over from the"
                cautions.append(Caution(where, None, f"{text} round or given after it."))
            if not kept:
                continue
            one = UnitComparisons(code_set, kept, names, options)
            cautions.append(Caution(where, None, WHAT_IT_IS))
            if one.noun in LEFT_OUT:
                cautions.append(Caution(where, None, LEFT_OUT[one.noun]))
            made.append(one)
    if not made and is_hidden:
        raise NotAllowed("agreement is not shown to you while a round is open", "close it first")
    if not made:
        raise UsageError(
            f"{alias} has coded nothing twice"
            + (": ordinary answers only repeat those of a round" if repeated else ""),
            f"coder round new NAME --coders {alias} opens a round in which {alias} codes again",
        )
    return computed(made, (), cautions, options)


def _only(study: Study, alias: str, round_name: str) -> int | None:
    if not round_name:
        return None
    row = round_named(study, round_name)
    if alias not in row.coders:
        raise UsageError(
            f"{alias} is not in the round {row.name}", f"in it: {', '.join(row.coders)}"
        )
    if not row.closed_at:
        raise NotAllowed(
            f"the round {row.name} is open: who sees where they differ codes no second time",
            "close the round first",
        )
    return row.number


def _sets_of(study: Study, rows: Iterable[RoundRow]) -> list[Owned]:
    """The sets that are asked of the codebooks of some rounds, as the study has them now."""
    ids = dict.fromkeys(study.version(row.version).id for row in rows)
    books = [book for book in study.codebooks if book.id in ids]
    return [(book, one) for book in books for one in book.code_sets if not one.is_scratch]


def _pairs(rows: Mapping[int, RoundRow], only: int | None) -> list[tuple[int, int]]:
    """Pairs of passes, ordinary coding before rounds and rounds by age."""
    pairs = combinations((0, *rows), 2)
    return [pair for pair in pairs if only is None or only in pair]


def _called(alias: str, rows: Mapping[int, RoundRow], number: int) -> str:
    return f"{alias}, round {rows[number].name}" if number else f"{alias}, ordinary"


def _by_unit(answers: Iterable[OwnAnswer]) -> dict[str, dict[int, OwnAnswer]]:
    found: defaultdict[str, dict[int, OwnAnswer]] = defaultdict(dict)
    for answer in answers:
        found[answer.ref][answer.pass_] = answer
    return found


def _both(
    units: Iterable[Mapping[int, OwnAnswer]],
    passes: tuple[int, int],
    rows: Mapping[int, RoundRow],
    names: tuple[str, str],
    owned: Owned,
) -> tuple[list[Profile], int]:
    """Units answered in both passes, and how many were but are no second coding."""
    current = resolver(owned[0])
    count: Counter[Profile] = Counter()
    derived = 0
    for unit in units:
        if not all(number in unit for number in passes):
            continue
        if not passes[0] and _is_derived(unit[0], unit[passes[1]], rows[passes[1]]):
            derived += 1
            continue
        place = unit[passes[0]]
        answers = (
            current(Answer(name, unit[number].status, unit[number].codes))
            for number, name in zip(passes, names, strict=True)
        )
        count[
            Profile(
                place.transcript,
                place.participant,
                place.year,
                place.question,
                tuple(answers),
                None,
                1,
                place.record,
            )
        ] += 1
    return [replace(profile, units=n) for profile, n in count.items()], derived


def _is_derived(ordinary: OwnAnswer, blind: OwnAnswer, row: RoundRow) -> bool:
    """Whether an ordinary answer is the copy of one in a round, or was given once that closed."""
    return ordinary.at == blind.at or ordinary.latest >= row.closed_at
