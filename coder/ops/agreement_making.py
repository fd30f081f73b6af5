"""An agreement report as it comes together: source by source, set by set, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from coder.errors import NotAllowed, UsageError
from coder.ops.agreement_report import (
    ROUND,
    AgreementReport,
    Caution,
    Finished,
    Level,
    Options,
)
from coder.ops.clusters import LEFT_OUT
from coder.ops.comparable import (
    Owned,
    Source,
    asks,
    closed_rounds,
    compared,
    eligible_by_person,
    of_round,
    profiles_of,
    sets_by_name,
)
from coder.ops.comparing import Comparisons
from coder.ops.negotiating import negotiated
from coder.ops.parts import OF_UNITS, Kind, of_parts
from coder.ops.person_levels import WITHOUT_VALUE, PersonComparisons, persons_of
from coder.ops.rolling import Reader
from coder.ops.study import Study, did_you_mean
from coder.ops.unit_levels import UnitComparisons
from coder.store.blind import is_blind
from coder.store.read_models import Profile
from coder.store.rounds import RoundRow, list_rounds


@dataclass
class Making:
    """A report as it comes together, source by source and set by set."""

    study: Study
    reader: Reader
    options: Options
    all_units: bool
    per: str
    people: bool
    listwise: bool
    made: list[Comparisons] = field(default_factory=list)
    finished: list[Finished] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_hidden: bool = False
    """Whether an open round hides any answer from the viewer."""

    def add(self, source: Source, aliases: Sequence[str], group: str = "") -> None:
        """Compare every set of a source; ``group`` is its name where it is a round of several."""
        for owned in source.sets:
            refuse_scratch(owned)
            self._add_set(source, owned, aliases, group)

    def add_round(self, row: RoundRow, names: Sequence[str], coders: Sequence[str]) -> None:
        """Compare a closed round, as far as it has the sets and two of the coders."""
        known = sets_by_name(self.study.version(row.version))
        here = [name for name in names if name in known]
        aliases = [alias for alias in row.coders if not coders or alias in coders]
        if names and not here:
            self._note("rounds", f"{row.name} has none of these sets.")
        elif len(aliases) < 2:
            who = " and ".join(aliases) or "none of these"
            again = f"; coder agree --self {who}" if len(row.coders) == 1 else ""
            self._note("rounds", f"{row.name} was coded by {who} alone{again}.")
        else:
            if row.purpose != "reliability":
                self._note("rounds", f"{row.name} was a {row.purpose} round.")
            self.add(of_round(self.study, row, here), aliases, row.name)

    def _add_set(
        self, source: Source, owned: Owned, aliases: Sequence[str], group: str = ""
    ) -> None:
        _, code_set = owned
        viewer = self.reader.viewer
        by = ROUND if group else ""
        is_asked = asks(owned)
        said = profiles_of(self.study, viewer, source, owned, aliases)
        profiles = compared(said, (lambda _: True) if self.all_units else is_asked)
        # Whether anybody has answered there yet: that too would tell how far they are.
        is_partly_hidden = is_blind(self.study.store.db, viewer)
        self.is_hidden |= is_partly_hidden
        present = tuple(sorted({answer.coder for p in profiles for answer in p.answers}))
        where = f"{code_set.id} of {group}" if group else code_set.id
        eligible = sum(p.units for p in profiles)
        for alias in aliases:
            done = sum(p.units for p in profiles if any(a.coder == alias for a in p.answers))
            self.finished.append(Finished(where, alias, done, eligible))
        if len(present) < 2:
            who = f"only {present[0]} has" if present else "nobody has"
            self._caution(where, f"{who} finished units of it that you may see.")
            return
        if is_partly_hidden:
            self._caution(where, "Units of an open round are left out until it is closed.")
        if self.listwise:
            profiles = self._only_complete(where, profiles, present)
        whole = UnitComparisons(code_set, profiles, present, self.options, by=by, group=group)
        if whole.noun in LEFT_OUT:
            self._caution(where, LEFT_OUT[whole.noun])
        self.made.append(whole)
        if self.per not in ("", ROUND):
            self._add_parts(owned, profiles, present, UnitComparisons)
        judged = negotiated(code_set.id, ((p.answers, p.settled, p.units) for p in profiles))
        if judged.settled or judged.changed:
            text = f"{judged.sentence} (negotiated; the figures are of what was said before)."
            self._note(where, text)
        if self.people:
            self._add_persons(source, owned, said, present, where, group)

    def _only_complete(
        self, where: str, profiles: Sequence[Profile], present: Sequence[str]
    ) -> list[Profile]:
        complete = [p for p in profiles if len(p.answers) == len(present)]
        two = sum(p.units for p in profiles if len(p.answers) > 1)
        n = sum(p.units for p in complete)
        text = f"Listwise: only the {n} of {two} units that all {len(present)} coders finished."
        if len(present) > 2:
            self._note(where, text)
        return complete

    def _add_parts(
        self,
        owned: Owned,
        profiles: Sequence[Profile],
        present: tuple[str, ...],
        kind: Kind,
    ) -> None:
        made, texts = of_parts(
            self.reader, owned[1], profiles, present, self.options, self.per, kind
        )
        self.made += made
        for text in texts:
            self._caution(owned[1].id, text)

    def _add_persons(
        self,
        source: Source,
        owned: Owned,
        said: Sequence[Profile],
        present: tuple[str, ...],
        where: str,
        group: str,
    ) -> None:
        """Person-years by the roll-up of the set, or the reason why not."""
        code_set = owned[1]
        rule = code_set.rollup.rule
        if rule in WITHOUT_VALUE:
            self._caution(where, f"No person-years: the roll-up {rule} gives nobody a value.")
            return
        if not source.has_whole_persons:
            text = "No person-years: the round is a sample of excerpts and holds nobody in full."
            self._caution(where, text)
            return
        is_asked = asks(owned)
        eligible = eligible_by_person(self.study, self.reader.viewer, owned, is_asked)
        rolled = persons_of(code_set, said, eligible, is_asked)
        by = ROUND if group else ""
        whole = PersonComparisons(
            code_set, rolled.profiles, present, self.options, by=by, group=group
        )
        both = sum(len(p.answers) > 1 for p in rolled.profiles)
        text = f"{both} of {rolled.persons} person-years, of whom two coders finished all units"
        self._note(where, f"{text} asked; intervals leave out one person at a time.")
        if rolled.ties:
            listed = ", ".join(f"{coder} {n}" for coder, n in sorted(rolled.ties.items()))
            self._caution(where, f"Person-years with a tie have no value: {listed}.")
        if not both:
            return
        self.made.append(whole)
        if self.per not in ("", ROUND, *OF_UNITS):
            self._add_parts(owned, rolled.profiles, present, PersonComparisons)

    def _caution(self, where: str, text: str) -> None:
        self.cautions.append(Caution(where, None, text))

    def _note(self, where: str, text: str) -> None:
        self.notes.append(f"{where}: {text}")

    def check_rounds(self, names: Sequence[str]) -> None:
        """Say which rounds are still open, and refuse a study without a closed one.

        Raises:
            UsageError: No round is closed, or none has a set of one of the names.
        """
        rows = list_rounds(self.study.store.db)
        still = [row.name for row in rows if not row.closed_at]
        if len(still) == len(rows):
            raise UsageError(
                f"{self.study.path.name} has no closed round",
                "coder round close ROUND" if still else "coder round new makes one",
            )
        versions = [self.study.version(row.version) for row in rows if row.closed_at]
        known = {name for book in versions for name in sets_by_name(book)}
        for name in names:
            if name not in known:
                hint = did_you_mean(name, sorted(known))
                raise UsageError(f"no closed round has a code set {name}", hint)
        if still:
            self._note("rounds", f"Open, and not shown: {', '.join(still)}.")

    def name_rounds(self) -> None:
        """Say which closed rounds have figures of their own."""
        rows = closed_rounds(self.study)
        if rows:
            listed = ", ".join(
                f"{row.name} ({'' if row.purpose == 'reliability' else f'{row.purpose}, '}"
                f"{len(row.units)} units)"
                for row in rows
            )
            text = f"Not in these figures, which are of ordinary coding: {listed}."
            self._note("rounds", f"{text} coder agree --per round shows each.")

    def refuse_if_hidden(self) -> None:
        """Refuse where an open round hides all that could be compared.

        Raises:
            NotAllowed: It does.
        """
        if self.is_hidden and not any(one.shares_a_unit for one in self.made):
            raise NotAllowed(
                "agreement is not shown to you while a round is open", "close the round first"
            )

    def report(self) -> AgreementReport:
        """Compute everything that was added."""
        return computed(self.made, self.finished, self.cautions, self.options, self.notes)


def computed(
    made: Sequence[Comparisons],
    finished: Sequence[Finished],
    cautions: Sequence[Caution],
    options: Options,
    notes: Sequence[str] = (),
) -> AgreementReport:
    """Run comparisons and put what they found into one report."""
    said = list(cautions)
    for one in made:
        one.run()
        # The cautions of every part would drown those of the whole.
        if not one.group:
            said += one.cautions
        elif one.by == ROUND:
            where = f"{one.code_set.id} of {one.group}"
            said += [replace(caution, code_set=where) for caution in one.cautions]
    return AgreementReport(
        rows=tuple(row for one in made for row in one.rows),
        confusions=tuple(confusion for one in made for confusion in one.confusions),
        finished=tuple(finished),
        cautions=tuple(dict.fromkeys(said)),
        too_rare={key: why for one in made if not one.group for key, why in one.too_rare.items()},
        interval=options.interval,
        confidence=options.confidence,
        seed=options.seed if options.interval == "bootstrap" else None,
        noun=_noun(made),
        notes=tuple(notes),
        too_rare_in=_of_parts(made),
    )


def _noun(made: Sequence[Comparisons]) -> str:
    """What the units are nested in; person-years, nested otherwise, say so themselves."""
    nouns = {one.noun for one in made if isinstance(one, UnitComparisons)}
    return "cluster" if len(nouns) > 1 else next(iter(nouns), "transcript")


Reasons = dict[tuple[str, Level, str, tuple[str, ...]], str]


def _of_parts(made: Sequence[Comparisons]) -> Mapping[tuple[str, str], Reasons]:
    out: dict[tuple[str, str], Reasons] = {}
    for one in made:
        if one.group:
            out.setdefault((one.by, one.group), {}).update(one.too_rare)
    return out


def refuse_scratch(owned: Owned) -> None:
    """Refuse a set that is asked of nothing.

    Raises:
        UsageError: It is one.
    """
    code_set = owned[1]
    if code_set.is_scratch:
        raise UsageError(
            f"{code_set.id} is asked of no excerpt, so there is nothing that two coders answered",
            f"coder sort-agreement {code_set.id} compares how people sort its codes",
        )
