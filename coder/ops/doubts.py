"""Which answers are in question because the codebook says something else now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coder.model import Codebook, Coding, Decision, questions
from coder.ops.study import Study
from coder.store.revisits import Doubt


class Doubts:
    """What of the answers under older versions of a book should be read again, and why.

    Args:
        study: The study.
        book: The book as it is now; None for the active one.
    """

    def __init__(self, study: Study, book: Codebook | None = None) -> None:
        self._study = study
        active = (book, study.codebook_ids[book.id]) if book else study.active
        self.book, self.current = active
        self._known: dict[Doubt, tuple[str, ...]] = {}
        # What somebody tags while reading is no answer to be read again. And each such code makes
        # a version: reading all of them took 5 ms each.
        self._scratch = {code_set.id for code_set in self.book.code_sets if code_set.is_scratch}

    def about(
        self, version: str, code_set: str, codes: Iterable[tuple[str, str]]
    ) -> tuple[str, ...]:
        """Why one answer is in question, a sentence each; none where it is not.

        Args:
            version: Content id of the version it was decided under: deciding again, with the
                same answer too, lays every doubt.
            code_set: Id of the set.
            codes: The codes on the unit, each with the version it was put on under.
        """
        if version == self.current or code_set in self._scratch:
            return ()
        found = list(self._asked(version, code_set, ""))
        for code, put_under in codes:
            # A code that was put on later than the set was decided was read in that version.
            if put_under == version or self._asked(put_under, code_set, code):
                found += self._asked(version, code_set, code)
        return tuple(dict.fromkeys(found))

    def of_unit(
        self, decisions: Iterable[Decision], codings: Sequence[Coding]
    ) -> dict[str, tuple[str, ...]]:
        """Why the answers to one unit are in question, by id of the code set.

        A round is coded under the version it froze, and stays what it was.
        """
        found = {}
        for decision in decisions:
            codes = [(c.code, c.version) for c in codings if c.code_set == decision.code_set]
            set_id = decision.code_set.rpartition(":")[2]
            why = () if decision.pass_ else self.about(decision.version, set_id, codes)
            if why:
                found[set_id] = why
        return found

    def all_of(self, version: str) -> Iterator[Doubt]:
        """Everything that was said differently in an older version."""
        if version == self.current:
            return
        for code_set in self._study.version(version).code_sets:
            if code_set.id in self._scratch:
                continue
            if self._asked(version, code_set.id, ""):
                yield version, code_set.id, ""
            else:
                for code in code_set.codes:
                    if self._asked(version, code_set.id, code.id):
                        yield version, code_set.id, code.id

    def _asked(self, version: str, code_set: str, code: str) -> tuple[str, ...]:
        if version == self.current:
            return ()
        key = (version, code_set, code)
        if key not in self._known:
            old = self._study.version(version)
            self._known[key] = questions(old, self.book, code_set, code)
        return self._known[key]
