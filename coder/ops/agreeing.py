"""Agreement of the study: units both finished, whose question feeds the set, into statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from coder.errors import NotAllowed, UsageError
from coder.model import Codebook, CodeSet, Viewer
from coder.ops.agreement_report import (
    AgreementReport,
    Caution,
    Finished,
    IntervalMethod,
    Options,
)
from coder.ops.comparing import Comparisons
from coder.ops.corpus import coder_named, list_coders
from coder.ops.counting import NOT_APPLICABLE
from coder.ops.finals import is_eligible
from coder.ops.heirs import resolver
from coder.ops.rounds import find_round
from coder.ops.study import Study, find_set
from coder.store import read_models
from coder.store.blind import hides_answers
from coder.store.codebooks import set_uid
from coder.store.read_models import Profile

RECORDS_ALONE = (
    "Records have no transcript: intervals leave out one record (or all of one person) at a time."
)


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
        round_name: Compare what was coded in this round, under its codebook; empty for ordinary
            coding.
        options: Intervals.
        all_units: Also units whose question does not feed the set.

    Raises:
        UsageError: An unknown set or coder, a scratch set, or fewer than two coders.
        NotAllowed: All that could be compared is hidden from this viewer by an open round.
    """
    options = options or Options()
    book, pass_ = study.codebook, 0
    if round_name:
        found = find_round(study, round_name)
        book, pass_ = study.version(study.codebook_ids[found.book]), found.number
        coders = coders or found.coders
    sets = [find_set(study, name) for name in dict.fromkeys(code_sets)]
    _refuse_scratch(sets)
    sets = sets or [(book, code_set) for code_set in book.code_sets if not code_set.is_scratch]
    aliases = _coders(study, coders)
    something_is_hidden = False
    compared: list[Comparisons] = []
    finished: list[Finished] = []
    cautions: list[Caution] = []
    for owner, code_set in sets:
        profiles = _comparable(study, viewer, owner, code_set, aliases, pass_, all_units=all_units)
        is_partly_hidden = hides_answers(study.store.db, viewer, set_uid(owner.id, code_set.id))
        something_is_hidden |= is_partly_hidden
        present = sorted({answer.coder for p in profiles for answer in p.answers})
        for alias in aliases:
            done = sum(p.units for p in profiles if any(a.coder == alias for a in p.answers))
            finished.append(Finished(code_set.id, alias, done, sum(p.units for p in profiles)))
        if len(present) < 2:
            who = f"only {present[0]} has" if present else "nobody has"
            text = f"{who} finished units of it that you may see."
            cautions.append(Caution(code_set.id, None, text))
            continue
        if is_partly_hidden:
            text = "Units of an open round are left out until it is closed."
            cautions.append(Caution(code_set.id, None, text))
        if any(profile.record for profile in profiles):
            cautions.append(Caution(code_set.id, None, RECORDS_ALONE))
        compared.append(Comparisons(code_set, profiles, tuple(present), options))
    if something_is_hidden and not any(_share_a_unit(one) for one in compared):
        raise NotAllowed(
            "agreement is not shown to you while a round is open", "close the round first"
        )
    for one in compared:
        one.run()
        cautions += one.cautions
    return AgreementReport(
        rows=tuple(row for one in compared for row in one.rows),
        confusions=tuple(confusion for one in compared for confusion in one.confusions),
        finished=tuple(finished),
        cautions=tuple(dict.fromkeys(cautions)),
        too_rare={key: why for one in compared for key, why in one.too_rare.items()},
        interval=options.interval,
        confidence=options.confidence,
        seed=options.seed if options.interval == "bootstrap" else None,
    )


def _refuse_scratch(sets: Sequence[tuple[Codebook, CodeSet]]) -> None:
    found = next((code_set for _, code_set in sets if code_set.is_scratch), None)
    if found is not None:
        raise UsageError(
            f"{found.id} is asked of no excerpt, so there is nothing that two coders answered",
            f"coder sort-agreement {found.id} compares how people sort its codes",
        )


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


def _comparable(
    study: Study,
    viewer: Viewer,
    book: Codebook,
    code_set: CodeSet,
    aliases: Sequence[str],
    pass_: int,
    *,
    all_units: bool,
) -> list[Profile]:
    uid = set_uid(book.id, code_set.id)
    profiles = read_models.profiles(study.store.db, viewer, uid, pass_=pass_)
    current = resolver(book)
    asked = {
        question
        for question in {profile.question for profile in profiles}
        if all_units or is_eligible(book, code_set, question)
    }
    out = []
    for profile in profiles:
        if profile.question not in asked:
            continue
        answers = tuple(current(a) for a in profile.answers if a.coder in aliases)
        if answers and all(a.status == NOT_APPLICABLE for a in answers):
            continue
        out.append(replace(profile, answers=answers))
    return out


def _share_a_unit(comparisons: Comparisons) -> bool:
    return any(len(profile.answers) > 1 for profile in comparisons.profiles)
