"""Which answers are compared: of ordinary coding or of a round, as far as the viewer may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coder.errors import UsageError
from coder.model import Codebook, CodeSet, Viewer
from coder.ops.counting import NOT_APPLICABLE
from coder.ops.finals import is_eligible
from coder.ops.heirs import resolver
from coder.ops.rolling import PersonYear
from coder.ops.rounds import find_round
from coder.ops.study import Study, did_you_mean, find_set
from coder.store import read_models, rounds
from coder.store.codebooks import set_uid
from coder.store.read_models import Answer, Profile
from coder.store.rounds import RoundRow

Owned = tuple[Codebook, CodeSet]
"""A code set and the version of its codebook under which answers are read."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where answers come from."""

    sets: tuple[Owned, ...]
    pass_: int = 0
    round: RoundRow | None = None

    @property
    def has_whole_persons(self) -> bool:
        """Whether people are in it with all they said, and not with a sample of excerpts."""
        return self.round is None or "transcripts" in self.round.sample


def ordinary(study: Study, names: Sequence[str]) -> Source:
    """Ordinary coding: the named sets, else those of the active codebook that are asked.

    Raises:
        UsageError: There is no such set.
    """
    book = study.codebook
    sets = [find_set(study, name) for name in dict.fromkeys(names)]
    return Source(tuple(sets or [(book, one) for one in book.code_sets if not one.is_scratch]))


def of_round(study: Study, row: RoundRow, names: Sequence[str]) -> Source:
    """A round under the version of the codebook that it froze: the named sets, or all asked.

    Raises:
        UsageError: Its codebook has no such set.
    """
    book = study.version(row.version)
    asked = [one for one in book.code_sets if not one.is_scratch]
    if names:
        known = sets_by_name(book)
        for name in names:
            if name not in known:
                hint = did_you_mean(name, sorted(known))
                text = f"{book.id} {book.version}, the codebook of {row.name}, has no set {name}"
                raise UsageError(text, hint or f"it has {', '.join(one.id for one in asked)}")
        asked = [known[name] for name in dict.fromkeys(names)]
    return Source(tuple((book, one) for one in asked), row.number, row)


def sets_by_name(book: Codebook) -> dict[str, CodeSet]:
    """The code sets of a book by their short and full names."""
    short = {one.id: one for one in book.code_sets}
    return short | {f"{book.id}:{name}": one for name, one in short.items()}


def round_named(study: Study, name: str) -> RoundRow:
    """The round of this name.

    Raises:
        UsageError: There is none.
    """
    number = find_round(study, name).number
    return next(row for row in rounds.list_rounds(study.store.db) if row.number == number)


def closed_rounds(study: Study) -> list[RoundRow]:
    """Rounds that have been closed, oldest first."""
    return [row for row in rounds.list_rounds(study.store.db) if row.closed_at]


def profiles_of(
    study: Study, viewer: Viewer, source: Source, owned: Owned, aliases: Iterable[str]
) -> list[Profile]:
    """All units of a source with the answers of some coders to one set, codes as of its version."""
    book, code_set = owned
    wanted, current = set(aliases), resolver(book)
    uid = set_uid(book.id, code_set.id)
    # A large study holds many profiles and few different tuples of answers, shared among them.
    known: dict[int, tuple[Answer, ...]] = {}
    out = []
    for profile in read_models.profiles(study.store.db, viewer, uid, pass_=source.pass_):
        said = profile.answers
        answers = known.get(id(said))
        if answers is None:
            made = tuple(current(a) for a in said if a.coder in wanted)
            answers = known[id(said)] = said if made == said else made
        settled = current(profile.settled) if profile.settled else None
        if answers is not said or settled is not profile.settled:
            profile = replace(profile, answers=answers, settled=settled)
        out.append(profile)
    return out


def asks(owned: Owned) -> Callable[[str], bool]:
    """Whether a unit with some question is asked what a set asks, each question looked up once."""
    known: dict[str, bool] = {}

    def is_asked(question: str) -> bool:
        if question not in known:
            known[question] = is_eligible(*owned, question)
        return known[question]

    return is_asked


def compared(profiles: Iterable[Profile], is_asked: Callable[[str], bool]) -> list[Profile]:
    """Units that are asked, without those that everybody marked not applicable."""
    return [
        profile
        for profile in profiles
        if is_asked(profile.question)
        and not (profile.answers and all(a.status == NOT_APPLICABLE for a in profile.answers))
    ]


def eligible_by_person(
    study: Study, viewer: Viewer, owned: Owned, is_asked: Callable[[str], bool]
) -> Mapping[PersonYear, int]:
    """Units of the whole study that a set asks, by person-year, also those not in a round."""
    uid = set_uid(owned[0].id, owned[1].id)
    count: Counter[PersonYear] = Counter()
    for profile in read_models.profiles(study.store.db, viewer, uid):
        if is_asked(profile.question):
            count[profile.participant, profile.year] += profile.units
    return count
