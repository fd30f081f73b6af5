"""Rounds: a declared sample that several people code blind, closed when all are done.

Codings of a round are kept apart from ordinary ones (another pass), so what agreement was
computed from stays as it was. Closing a round also makes them the ordinary codings of whoever had
none there: nobody codes the sample again, and what is changed after talking it over does not
touch the record of the round.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coder.errors import NotAllowed, UsageError
from coder.model import Codebook, Transcript, Unit, Viewer
from coder.model.times import local_day
from coder.ops.coding import Done
from coder.ops.corpus import (
    Progress,
    TranscriptSummary,
    coder_named,
    find_unit,
    list_transcripts,
)
from coder.ops.study import Study, did_you_mean
from coder.store import blind, rounds, transcripts
from coder.store.codebooks import set_uid
from coder.store.keys import ORDINARY_PASS, answer_key, coding_key, memo_key

PURPOSES = ("reliability", "training")


@dataclass(frozen=True, slots=True)
class Round:
    """A round, and how far its coders are."""

    name: str
    number: int
    """Its pass in this file."""
    purpose: str
    book: str
    version: str
    """Label of the codebook version that it freezes."""
    coders: tuple[str, ...]
    units: tuple[str, ...]
    """References, in text order."""
    finished: Mapping[str, int]
    """Units on which every set that is asked has a decision, by coder."""
    sample: Mapping[str, Any]
    """How the units were chosen."""
    opened_at: str
    closed_at: str

    @property
    def is_open(self) -> bool:
        """Whether it is still being coded."""
        return not self.closed_at


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the transcripts of a round are drawn."""

    share: float = 0.0
    """Of the transcripts, 0 to 1."""
    stratify: tuple[str, ...] = ()
    """Attributes within whose values transcripts are drawn, such as ``role``."""
    seed: int = 1


def list_rounds(study: Study) -> tuple[Round, ...]:
    """Every round, oldest first; ``standings`` says who may be told how far others are."""
    found = []
    for row in rounds.list_rounds(study.store.db):
        book = study.version(row.version)
        done = _finished(study, book, row.number, row.units)
        found.append(
            Round(
                name=row.name,
                number=row.number,
                purpose=row.purpose,
                book=book.id,
                version=book.version,
                coders=row.coders,
                units=row.units,
                finished={alias: len(done.get(alias, ())) for alias in row.coders},
                sample=row.sample,
                opened_at=row.opened_at,
                closed_at=row.closed_at,
            )
        )
    return tuple(found)


def _finished(
    study: Study, book: Codebook, number: int, refs: Sequence[str]
) -> dict[str, list[Unit]]:
    """The units of a round on which every set that is asked has a decision, by coder."""
    db = study.store.db
    units = [unit for ref in refs if (unit := transcripts.read_unit(db, ref)) is not None]
    asked = {
        unit: {set_uid(book.id, s.id) for s in book.sets_fed_by(unit.question)} for unit in units
    }
    return {
        alias: [unit for unit, wanted in asked.items() if wanted <= decided.get(unit.ref, set())]
        for alias, decided in rounds.finished_in(db, number).items()
    }


def only_round(
    study: Study, rows: Sequence[TranscriptSummary], found: Round, viewer: Viewer
) -> tuple[TranscriptSummary, ...]:
    """The transcripts of a round, with progress in it instead of progress in ordinary coding.

    While it is open its coders are shown their own progress only.
    """
    db, book = study.store.db, study.version(study.codebook_ids[found.book])
    units = [unit for ref in found.units if (unit := transcripts.read_unit(db, ref)) is not None]
    total = Counter(unit.transcript for unit in units)
    is_blind = blind.is_blind_in(db, viewer, found.number)
    done = {
        alias: Counter(unit.transcript for unit in finished)
        for alias, finished in _finished(study, book, found.number, found.units).items()
    }
    return tuple(
        replace(
            row,
            progress={
                alias: Progress(done.get(alias, Counter())[row.name], total[row.name])
                for alias in found.coders
                if alias == viewer.alias or not is_blind
            },
        )
        for row in rows
        if row.name in total
    )


def standings(study: Study, viewer: Viewer, found: Round) -> dict[str, str]:
    """How far each coder of a round is, in words.

    Whoever is blind in it is told of the others whether they are through, which is what closing
    it depends on, and not how far they are.
    """
    total = len(found.units)
    is_blind = blind.is_blind_in(study.store.db, viewer, found.number)
    return {
        alias: _through(number, total)
        if is_blind and alias != viewer.alias
        else f"{number} of {total}"
        for alias, number in found.finished.items()
    }


def _through(number: int, total: int) -> str:
    return "finished" if number >= total else "not finished"


def find_round(study: Study, name: str) -> Round:
    """The round of this name.

    Raises:
        UsageError: There is none.
    """
    known = list_rounds(study)
    found = next((one for one in known if one.name == name), None)
    if found is None:
        hint = did_you_mean(name, [one.name for one in known])
        raise UsageError(f"there is no round {name}", hint or "coder round new makes one")
    return found


def new_round(
    study: Study,
    name: str,
    coders: Sequence[str],
    *,
    refs: Sequence[str] = (),
    names: Sequence[str] = (),
    sampling: Sampling | None = None,
    purpose: str = "reliability",
) -> Done:
    """Open a round under the active codebook, at its version of now.

    Args:
        study: The study.
        name: What it is called; never used again.
        coders: Aliases; one person alone codes again what they coded before.
        refs: Excerpts to code; or
        names: transcripts whose excerpts are coded, as far as the codebook asks them anything; or
        sampling: how to draw such transcripts.
        purpose: ``reliability`` or ``training``.

    Raises:
        UsageError: The name is taken, nobody codes, no units, an attribute nobody has.
        NotAllowed: A unit is in another open round.
    """
    if not name.strip() or any(one.name == name for one in list_rounds(study)):
        raise UsageError(f"“{name}” cannot be the name of a new round", "choose another")
    if purpose not in PURPOSES:
        raise UsageError(f"there is no purpose {purpose}", f"say {' or '.join(PURPOSES)}")
    people = {coder_named(study, alias).id for alias in coders}
    if not people:
        raise UsageError("nobody codes in the round", "--coders AL,RR")
    if sampling is not None:
        names = draw_transcripts(study, sampling)
    sample: dict[str, Any] = {"transcripts": list(names)} if names else {"by": "name"}
    if sampling is not None:
        sample |= {"share": sampling.share, "seed": sampling.seed}
        sample |= {"stratify": list(sampling.stratify)}
    units = [find_unit(study, ref) for ref in refs] if refs else _asked_in(study, names)
    if not units:
        raise UsageError("no excerpt is in the round", "name excerpts or transcripts, or a share")
    for other in list_rounds(study):
        both = {unit.ref for unit in units} & set(other.units) if other.is_open else set()
        if both:
            raise NotAllowed(f"{min(both)} is in the open round {other.name}", "close it first")
    state: dict[str, Any] = {
        "name": name,
        "purpose": purpose,
        "version": study.codebook_ids[study.codebook.id],
        "sample": sample,
        "opened_at": study.store.clock(),
        "closed_at": None,
        "coders": sorted(people),
        "units": sorted({unit.id for unit in units}),
    }
    with study.store.change("", "round") as done:
        done.put("round", study.store.new_id(), state)
        done.words = f"opened the round {name}: {len(state['units'])} excerpts"
    return Done(done.entry, done.words)


def draw_transcripts(study: Study, sampling: Sampling) -> tuple[str, ...]:
    """Draw transcripts at random, the same ones for the same seed.

    Within the strata the draw is proportional, remainders going to the largest; transcripts of
    which the active codebook asks nothing are left out.

    Raises:
        UsageError: The share is not above 0 and at most 1, or nobody has an attribute.
    """
    if not 0 < sampling.share <= 1:
        raise UsageError(f"{sampling.share} is no share", "such as 0.25 for a quarter")
    rows = list_transcripts(study, Viewer(), with_progress=False)
    people = transcripts.read_people(study.store.db)
    known = {name for person in people for name in person.attributes} | {"year", "wave"}
    for name in sampling.stratify:
        if name not in known:
            hint = did_you_mean(name, sorted(known))
            raise UsageError(f"nobody has the attribute {name}", hint)
    strata: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        if not _asked_in(study, [row.name]):
            continue
        text = transcripts.read_transcript(study.store.db, row.name)
        assert text is not None
        here = {"year": row.year, "wave": row.wave}
        strata[tuple(here.get(n) or _shared(text, n) for n in sampling.stratify)].append(row.name)
    total = sum(map(len, strata.values()))
    wanted = max(1, round(sampling.share * total)) if total else 0
    chance = random.Random(sampling.seed)
    exact = {key: sampling.share * len(names) for key, names in sorted(strata.items())}
    taken = {key: int(share) for key, share in exact.items()}
    # Shuffled first: equal remainders go to strata by lot and not by name.
    order = chance.sample(list(exact), len(exact))
    order.sort(key=lambda key: exact[key] - taken[key], reverse=True)
    while sum(taken.values()) < wanted:
        key = next(k for k in order if taken[k] < len(strata[k]))
        taken[key] += 1
        order.append(order.pop(order.index(key)))
    drawn = [name for key in exact for name in chance.sample(sorted(strata[key]), taken[key])]
    return tuple(sorted(drawn))


def _shared(text: Transcript, attribute: str) -> str:
    """What the people of a transcript have for an attribute; several values together are one."""
    return "+".join(sorted({person.attributes.get(attribute, "") for person in text.participants}))


def _asked_in(study: Study, names: Sequence[str]) -> list[Unit]:
    """The excerpts of transcripts of which the active codebook asks anything."""
    known = [row.name for row in transcripts.list_transcripts(study.store.db)]
    for name in names:
        if name not in known:
            raise UsageError(f"there is no transcript {name}", did_you_mean(name, known))
    book = study.codebook
    return [
        unit
        for name in dict.fromkeys(names)
        for unit in transcripts.read_units(study.store.db, name)
        if book.sets_fed_by(unit.question)
    ]


def close_round(study: Study, name: str, *, unfinished_too: bool = False) -> Done:
    """Close a round: its coders see each other's codes from now on.

    What each said in it becomes their ordinary answer wherever they have none.

    Args:
        study: The study.
        name: The round.
        unfinished_too: Also while somebody has not finished: nobody codes blind afterwards.

    Raises:
        UsageError: There is no such round.
        NotAllowed: It is closed, or somebody has not finished.
    """
    found = find_round(study, name)
    if not found.is_open:
        raise NotAllowed(f"the round {name} was closed on {local_day(found.closed_at)}")
    total = len(found.units)
    behind = [who for who, n in found.finished.items() if n < total]
    if behind and not unfinished_too:
        raise NotAllowed(
            f"the round {name} is not finished by {' and '.join(behind)}",
            "once it is closed nobody codes it blind; --unfinished closes it all the same",
        )
    row = next(r for r in rounds.list_rounds(study.store.db) if r.name == name)
    with study.store.change("", "round") as done:
        state = done.read("round", row.uid)
        assert state is not None
        done.put("round", row.uid, {**state, "closed_at": study.store.clock()})
        for answer in rounds.answers_in(study.store.db, row.number):
            if answer.has_ordinary:
                continue
            place = answer_key(answer.unit, answer.code_set, answer.coder, ORDINARY_PASS)
            decided = {"status": answer.status, "version": answer.version, "at": answer.at}
            done.put("decision", place, decided)
            memos = {coding: (body, at) for coding, body, at in answer.memos}
            for old, code, version, origin, at in answer.codings:
                uid = study.store.new_id()
                coded = {"code": code, "version": version, "origin": origin, "at": at}
                done.put("coding", coding_key(place, uid), coded)
                if old in memos:
                    body, written = memos[old]
                    memo = {
                        "target_kind": "coding",
                        "target": uid,
                        "coder": answer.coder,
                        "body": body,
                        "at": written,
                    }
                    key = memo_key(coding_key(place, uid), study.store.new_id())
                    done.put("memo", key, memo)
        done.words = f"closed the round {name}"
    return Done(done.entry, done.words)


def round_pass(study: Study, name: str) -> int:
    """The pass of an open round, for coding in it; 0 without a name.

    Raises:
        UsageError: There is no such round.
        NotAllowed: It is closed.
    """
    if not name:
        return 0
    found = find_round(study, name)
    check_open(found)
    return found.number


def enter_round(study: Study, name: str) -> int:
    """Work with an open round's codebook from here on, and return its pass; 0 without a name.

    Raises:
        UsageError: There is no such round.
        NotAllowed: It is closed.
    """
    pass_ = round_pass(study, name)
    if name:
        study.use_here(find_round(study, name).book)
    return pass_


def check_open(found: Round) -> None:
    """Refuse a round that is closed.

    Raises:
        NotAllowed: It is.
    """
    if not found.is_open:
        raise NotAllowed(f"the round {found.name} is closed", "its codings stay as they are")
