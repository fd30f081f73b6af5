"""Agreement of the study: units both finished, whose question feeds the set, into statistics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from coder.errors import UsageError
from coder.model import Viewer
from coder.ops.agreement_making import Making
from coder.ops.agreement_report import ROUND, AgreementReport, IntervalMethod, Options
from coder.ops.comparable import closed_rounds, of_round, ordinary, round_named
from coder.ops.corpus import coder_named, list_coders
from coder.ops.parts import check_part
from coder.ops.rolling import Reader
from coder.ops.study import Study


def interval_method(name: str) -> IntervalMethod:
    """The method of this name.

    Raises:
        UsageError: There is none.
    """
    for method in get_args(IntervalMethod):
        if method == name:
            found: IntervalMethod = method
            return found
    raise UsageError(f"there is no interval {name}", ", ".join(get_args(IntervalMethod)))


def agreement(
    study: Study,
    viewer: Viewer,
    code_sets: Sequence[str] = (),
    coders: Sequence[str] = (),
    *,
    round_name: str = "",
    options: Options | None = None,
    all_units: bool = False,
    per: str = "",
    people: bool = False,
    listwise: bool = False,
) -> AgreementReport:
    """Agreement of two or more coders on the units they finished.

    A pair is compared on units both finished; three or more on units that at least two finished.
    Units that all compared coders marked not applicable are left out, and so are units whose
    question does not feed the set, unless ``all_units``.

    Args:
        study: The study.
        viewer: Who is looking; codings hidden by an open round are not compared.
        code_sets: Names; by default all of the active codebook that are asked of anything.
        coders: Aliases; by default everybody who finished something.
        round_name: Compare what was coded in this round, under the version of its codebook; empty
            for ordinary coding.
        options: Intervals.
        all_units: Also units whose question does not feed the set.
        per: Also part by part: ``transcript``, ``question`` or an attribute; or ``round`` for every
            closed round by itself, instead of ordinary coding.
        people: Also person-years, each coder's answers rolled up by the rule of the set.
        listwise: Only units that all compared coders finished.

    Raises:
        UsageError: An unknown set, coder or attribute, a scratch set, or fewer than two coders.
        NotAllowed: All that could be compared is hidden from this viewer by an open round.
    """
    reader = Reader(study, viewer)
    if per:
        check_part(reader, per)
    if per == ROUND and round_name:
        raise UsageError("one round and every round are two things", "--round NAME or --per round")
    making = Making(study, reader, options or Options(), all_units, per, people, listwise)
    if per == ROUND:
        wanted = _coders(study, coders) if coders else ()
        making.check_rounds(code_sets)
        for row in closed_rounds(study):
            making.add_round(row, code_sets, wanted)
    elif round_name:
        row = round_named(study, round_name)
        making.add(of_round(study, row, code_sets), _coders(study, coders or row.coders))
    else:
        making.add(ordinary(study, code_sets), _coders(study, coders))
        making.name_rounds()
    making.refuse_if_hidden()
    return making.report()


def _coders(study: Study, wanted: Sequence[str]) -> list[str]:
    known = [coder.alias for coder in list_coders(study)]
    aliases = list(dict.fromkeys(coder_named(study, alias).alias for alias in wanted))
    if wanted and len(aliases) < 2:
        raise UsageError(f"agreement takes two coders, {aliases[0]} is one", "--coders AL,RR")
    aliases = aliases or known
    if len(aliases) < 2:
        raise UsageError(
            f"agreement takes two coders, {study.path.name} has {len(aliases)}",
            "coder load brings in somebody else's codings",
        )
    return aliases
