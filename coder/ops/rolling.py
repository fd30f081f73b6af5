"""The final codes of a study, read once, and the roll-up of every person-year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coder.errors import UsageError
from coder.model import Codebook, CodeSet, Participant, Viewer, record_kind
from coder.ops.finals import Final, final_answer, is_eligible
from coder.ops.heirs import resolver
from coder.ops.study import Study, did_you_mean
from coder.store import read_models, records, transcripts
from coder.store.codebooks import set_uid
from coder.store.read_models import Answer, Profile, UnitAnswers

if TYPE_CHECKING:
    from coder.stats.rollups import Rolled

PersonYear = tuple[str, str]
"""Participant id and school year."""


@dataclass(frozen=True, slots=True)
class FinalUnits:
    """So many units of one person in one transcript with the same final answer."""

    person: PersonYear
    """With an empty id where the speaker is no participant."""
    transcript: str
    final: Final
    is_asked: bool
    """Whether the units' question feeds the code set."""
    units: int
    record: str = ""
    """Reference, where this is a record."""
    kind: str | None = None
    """What a record is, such as ``lesson``; None for excerpts."""


class Reader:
    """The unit table of a study, each code set read once, with people's attributes.

    Args:
        study: The study.
        viewer: Who is looking.
        only: Names of the transcripts that are looked at, and with them the people who speak
            there; None for everything, records included.
    """

    def __init__(self, study: Study, viewer: Viewer, only: Collection[str] | None = None) -> None:
        self.study = study
        self.viewer = viewer
        self.only = only
        self.people: dict[PersonYear, Participant] = {
            (person.id, person.year): person for person in transcripts.read_people(study.store.db)
        }
        if only is not None:
            heard = transcripts.speakers_of(study.store.db, only)
            self.people = {key: one for key, one in self.people.items() if key in heard}
        self._waves = {row.name: row.wave for row in transcripts.list_transcripts(study.store.db)}
        self._finals: dict[str, list[FinalUnits]] = {}
        self._records = records.read_attributes(study.store.db)

    def finals(self, book: Codebook, code_set: CodeSet) -> list[FinalUnits]:
        """Final answers to a code set, without units that nobody was asked or coded unasked."""
        uid = set_uid(book.id, code_set.id)
        if uid not in self._finals:
            profiles = read_models.profiles(self.study.store.db, self.viewer, uid)
            if self.only is not None:
                profiles = [one for one in profiles if one.transcript in self.only]
            asks = {
                question: is_eligible(book, code_set, question)
                for question in {profile.question for profile in profiles}
            }
            # Codes as the current version has them, before comparing: two coders who used a
            # code and its heir do not disagree.
            current = resolver(book)
            self._finals[uid] = [
                FinalUnits(
                    (profile.participant, profile.year),
                    profile.transcript,
                    final_of(profile, current),
                    asks[profile.question],
                    profile.units,
                    profile.record,
                    record_kind(profile.question),
                )
                for profile in profiles
                if asks[profile.question] or has_codes(profile)
            ]
        return self._finals[uid]

    def value(self, person: PersonYear, transcript: str, by: str, record: str = "") -> str:
        """What a person-year (and, for excerpts, its transcript) has for a grouping attribute.

        A record has attributes of its own, which go before its person's. A person of whom only
        records are known has what all of them share.
        """
        if by == "record":
            return record
        if record and by in (own := self._records.get(record, {})):
            return own[by]
        if by == "year":
            return person[1]
        if by == "participant":
            return person[0]
        if by == "transcript":
            return transcript
        if by == "wave":
            return self._waves.get(transcript, "")
        found = self.people.get(person)
        if found and by in found.attributes:
            return found.attributes[by]
        return self._of_their_records.get(person, {}).get(by, "") if self._records else ""

    @cached_property
    def _of_their_records(self) -> dict[PersonYear, dict[str, str]]:
        """What all records of a person-year share."""
        seen: defaultdict[PersonYear, list[Mapping[str, str]]] = defaultdict(list)
        for row in records.read_records(self.study.store.db):
            if row.unit.participant:
                seen[row.unit.participant, row.year].append(row.attributes)
        return {
            person: dict(set(rows[0].items()).intersection(*(row.items() for row in rows[1:])))
            for person, rows in seen.items()
        }

    @property
    def attributes(self) -> set[str]:
        """Names of everything that people or records have besides year and id."""
        known = {name for person in self.people.values() for name in person.attributes}
        return known | {name for own in self._records.values() for name in own}

    def check(self, by: Sequence[str], *, people: bool) -> None:
        """Refuse grouping attributes that nobody has.

        Raises:
            UsageError: Nobody has it, or one is named twice.
        """
        known = self.attributes | {"year", "participant"}
        known |= set() if people else {"transcript", "wave"}
        for name in by:
            if name not in known:
                raise UsageError(
                    f"nobody has the attribute {name}", did_you_mean(name, sorted(known))
                )
        twice = next((name for name in by if list(by).count(name) > 1), None)
        if twice is not None:
            raise UsageError(f"{twice} is named twice", "name each attribute once")

    def cluster_of(self, rows: Iterable[tuple[PersonYear, str, str]], *, people: bool) -> str:
        """The highest thing that several of these rows are nested in.

        School, then person, then transcript; one that all rows share is none, because nothing
        can be left out then. A record of nobody stands by itself.

        Args:
            rows: Person-year, transcript and record of every row; the first alone for people.
            people: Whether rows are person-years, which need company to be nested.
        """
        found = list(rows)
        for level in ("school", "participant"):
            values = [self.value(*one[:2], level, one[2]) for one in found]
            if (
                all(values)
                and len(set(values)) > 1
                and not (people and len(set(values)) == len(values))
            ):
                return level
        if people:
            return "participant"
        return "record" if found and all(record for *_, record in found) else "transcript"


def final_of(unit: Profile | UnitAnswers, current: Callable[[Answer], Answer]) -> Final:
    """The answer that counts.

    Args:
        unit: What was said and settled, of one unit or of several alike.
        current: Gives an answer in the codes of the current version.
    """
    settled = unit.settled
    return final_answer(
        [current(answer) for answer in unit.answers], current(settled) if settled else None
    )


def has_codes(unit: Profile | UnitAnswers) -> bool:
    """Whether somebody put a code on it: then it counts though its question asks nothing."""
    said = [*unit.answers, *([unit.settled] if unit.settled else [])]
    return any(answer.codes for answer in said)


def rolled_up(
    reader: Reader, book: Codebook, code_set: CodeSet
) -> tuple[dict[PersonYear, Rolled], Counter[str]]:
    """Every person-year of the study with its value for one code set.

    Returns:
        The values, and how many units have a final answer from which source.
    """
    from coder.stats.rollups import FinalUnits as Counted
    from coder.stats.rollups import roll_up

    units: defaultdict[PersonYear, list[Counted]] = defaultdict(list)
    eligible: Counter[PersonYear] = Counter()
    sources: Counter[str] = Counter()
    for found in reader.finals(book, code_set):
        if not found.person[0]:
            continue
        if found.is_asked:
            eligible[found.person] += found.units
        final = found.final
        units[found.person].append(Counted(final.status, final.codes, found.units))
        if final.status not in ("unfinished", "not_applicable"):
            sources[final.source] += found.units
    persons = sorted({*reader.people, *units})
    return {p: roll_up(code_set, units[p], eligible[p]) for p in persons}, sources
