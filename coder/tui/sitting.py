"""One coder at one transcript: what the coding screen asks of the study. No Textual here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coder.model import (
    RESERVED_KEYS,
    Code,
    Codebook,
    Coder,
    CodeSet,
    Coding,
    Span,
    Transcript,
    Viewer,
    resolved,
    same_words,
)
from coder.ops import coding, corpus, excerpts, flags, history, revisiting, scratch
from coder.ops.coding import Done, UnitWork
from coder.ops.doubts import Doubts
from coder.ops.rounds import Round
from coder.ops.study import Study
from coder.tui.marks import ExcerptMark, SetItem, SetItems, excerpt_mark, keys_of


class Sitting:
    """A transcript, a coder's worksheet for it, and the verbs of coding.

    Each verb is on disk when it returns, and leaves ``works`` as the study has them.

    Args:
        study: The open study.
        coder: Who codes.
        name: The transcript.
        in_round: The open round in which it is coded; only the excerpts of the round are shown
            as excerpts then. None for ordinary coding.
    """

    def __init__(
        self, study: Study, coder: Coder, name: str, in_round: Round | None = None
    ) -> None:
        self.study = study
        self.coder = coder
        self.name = name
        self.in_round = in_round
        self.pass_ = in_round.number if in_round else 0
        self.book: Codebook = study.codebook
        self.keys = keys_of(self.book)
        self._doubts = Doubts(study)
        self._set_items = SetItems(self.book)
        self.transcript: Transcript = corpus.read_transcript(study, Viewer(coder.alias), name)
        self.works: list[UnitWork] = []
        self._progress: tuple[int, int] | None = None
        self.read()

    def read(self) -> None:
        """Read the worksheet from the study, and the codebook, which making a code changes."""
        self._read_book()
        works = coding.worksheet(
            self.study, self.coder, self.name, self.pass_, text=self.transcript
        )
        wanted = self.in_round.units if self.in_round else None
        self.works = [work for work in works if wanted is None or work.unit.ref in wanted]
        self._progress = None

    def read_all(self) -> None:
        """Read everything again after a change made elsewhere."""
        self.transcript = corpus.read_transcript(self.study, Viewer(self.coder.alias), self.name)
        self.read()

    def _read_book(self) -> None:
        book = self.study.codebook
        if book is not self.book:
            self.book = book
            self.keys = keys_of(book)
            self._doubts = Doubts(self.study)

    # Looking.

    def marks(self) -> list[ExcerptMark]:
        """The excerpts as the transcript shows them."""
        return [excerpt_mark(work, self.book, self._whose(work)) for work in self.works]

    def mark(self, index: int) -> ExcerptMark:
        """One excerpt as the transcript shows it."""
        work = self.works[index]
        return excerpt_mark(work, self.book, self._whose(work))

    def _whose(self, work: UnitWork) -> str:
        """Whose answer an excerpt is, where that is not the same throughout: tag and name."""
        people = {person.id: person.pseudonym for person in self.transcript.participants}
        name = people.get(work.unit.participant, "") if len(people) > 1 else ""
        return f"{work.unit.speaker} {name}" if name else ""

    def work(self, index: int) -> UnitWork | None:
        """One excerpt with this coder's work, or None where there is no such."""
        return self.works[index] if 0 <= index < len(self.works) else None

    def set_items(self, index: int) -> tuple[SetItem, ...]:
        """The code sets as they stand on one excerpt."""
        if self._set_items.book is not self.book:
            self._set_items = SetItems(self.book)
        return self._set_items.of(self.work(index))

    @property
    def progress(self) -> tuple[int, int]:
        """Finished excerpts, and those of which the codebook asks anything."""
        # Counted when it is read, and kept: it shows at every key.
        if self._progress is None:
            asked = [work for work in self.works if work.asked]
            self._progress = sum(work.is_finished for work in asked), len(asked)
        return self._progress

    @property
    def first_to_read(self) -> int:
        """Where to begin: at the top of a fresh transcript, else where work is left."""
        is_fresh = not any(work.codings or work.decisions for work in self.works)
        return 0 if is_fresh else self.next_open(-1) or 0

    def has_open_sets(self, index: int) -> bool:
        """Whether finishing an excerpt would decide anything.

        An excerpt of which nothing is asked, and on which nothing is, is left alone.
        """
        work = self.works[index]
        undecided = any(s.id not in work.decisions for s in self.book.code_sets if not s.is_scratch)
        return undecided and bool(work.asked or work.codings)

    def is_in_question(self, index: int) -> bool:
        """Whether an excerpt was coded under other words than those of now."""
        return bool(self.works[index].in_question)

    def next_in_question(self, index: int, step: int = 1) -> int | None:
        """The next excerpt to revisit, round the end and back; None where there is no other."""
        count = len(self.works)
        places = ((index + step * distance) % count for distance in range(1, count))
        return next((place for place in places if self.is_in_question(place)), None)

    def in_question_elsewhere(self) -> tuple[list[str], list[str]]:
        """References of this coder's excerpts to revisit in transcripts before and after this."""
        rows = revisiting.to_revisit(self.study, self.coder)
        found = dict.fromkeys((row.transcript, row.ref) for row in rows if row.transcript)
        before = [ref for name, ref in found if name < self.name]
        return before, [ref for name, ref in found if name > self.name]

    def index_of(self, ref: str) -> int | None:
        """The place of an excerpt."""
        return next((i for i, work in enumerate(self.works) if work.unit.ref == ref), None)

    def index_near(self, span: Span) -> int:
        """The place of the last excerpt that begins no later than a span does."""
        starts = [i for i, work in enumerate(self.works) if work.unit.span.start <= span.start]
        return starts[-1] if starts else 0

    def next_open(self, index: int, step: int = 1) -> int | None:
        """The next excerpt that needs work, round the end and back; None where all are done."""
        count = len(self.works)
        for distance in range(1, count + 1):
            place = (index + step * distance) % count
            if not self.works[place].is_finished:
                return place
        return None

    def codes_of_key(self, key: str, focused_set: str) -> Sequence[tuple[str, str]]:
        """The codes a key may mean: of the focused set where it has one, else all.

        A key that a code of the focused set had until it was retired goes to no other set: a hand
        that is used to it means that code. It can be taken off, or its heirs are named.
        """
        found = self.keys.get(key, ()) if key not in RESERVED_KEYS else ()
        in_focus = [pair for pair in found if pair[0] == focused_set]
        looked_at = self.book.code_set(focused_set)
        gone = [
            (focused_set, code.id)
            for code in (looked_at.codes if looked_at else ())
            if code.key == key and not code.is_offered
        ]
        return in_focus or gone[:1] or found

    def find(self, code_set: str, code: str) -> tuple[CodeSet | None, Code | None]:
        """The set and code of these ids."""
        found = self.book.code_set(code_set)
        return found, found.code(code) if found else None

    def coding_of(self, index: int, code: str) -> Coding | None:
        """This coder's coding by which a code is on an excerpt: its own, or of one it replaced."""
        own = self.works[index].codings
        same = (c for c in own if c.code == code)
        replaced = (c for c in own if code in resolved(self.book, frozenset((c.code,))))
        return next(same, None) or next(replaced, None)

    # Verbs on one excerpt.

    def press(self, index: int, code_set: str, code: str) -> Done:
        """A code's key: put it on, or take it off."""
        ref = self.works[index].unit.ref
        done = coding.press_code(self.study, self.coder, ref, code_set, code, self.pass_)
        return self._on_one(index, done)

    def nothing(self, index: int, code_set: str) -> Done:
        """Nothing of a set applies."""
        ref = self.works[index].unit.ref
        done = coding.nothing_applies(self.study, self.coder, ref, code_set, self.pass_)
        return self._on_one(index, done)

    def not_applicable(self, index: int, code_set: str) -> Done:
        """A set's question was not asked here."""
        ref = self.works[index].unit.ref
        done = coding.not_applicable(self.study, self.coder, ref, code_set, self.pass_)
        return self._on_one(index, done)

    def finish(self, index: int) -> Done:
        """Finish what the excerpt's question feeds, and stand by what is in question."""
        ref = self.works[index].unit.ref
        done = coding.finish(self.study, self.coder, ref, self.pass_, confirms=True)
        return self._on_one(index, done)

    def write_memo(self, index: int, body: str, seen: str | None = None) -> Done:
        """Write the memo on an excerpt, by somebody who had another one before them."""
        ref = self.works[index].unit.ref
        done = coding.write_memo(self.study, self.coder, "excerpt", ref, body, seen)
        return self._noted(index, done)

    def write_coding_memo(
        self, index: int, coding_id: str, body: str, seen: str | None = None
    ) -> Done:
        """Write the memo on a coding of an excerpt."""
        done = coding.write_memo(self.study, self.coder, "coding", coding_id, body, seen)
        return self._noted(index, done)

    def toggle_flag(self, index: int, name: str) -> Done:
        """Put a flag on an excerpt, or take it off."""
        ref = self.works[index].unit.ref
        return self._noted(index, flags.toggle_flag(self.study, self.coder, ref, name))

    def make_code(self, index: int, words: str, *, in_vivo: bool) -> Done:
        """Make a code of some words and put it on an excerpt."""
        ref = self.works[index].unit.ref
        done = scratch.put_new_code(
            self.study, self.coder, ref, words, in_vivo=in_vivo, pass_=self.pass_
        )
        self._read_book()
        return self._on_one(index, done)

    def scratch_code(self, words: str) -> tuple[str, str]:
        """Set and id of the scratch code of these words; empty where there is none."""
        found = scratch.scratch_set(self.book)
        same = [c for c in found.codes if same_words(c.name) == same_words(words)] if found else []
        return (found.id, same[0].id) if found and same else ("", "")

    @property
    def scratch_names(self) -> list[str]:
        """Names of the codes made while reading, the newest first."""
        found = scratch.scratch_set(self.book)
        return [code.name for code in reversed(found.offered)] if found else []

    def _on_one(self, index: int, done: Done) -> Done:
        before = self.works[index]
        now = coding.after_coding(self.study, self.coder, before, self._doubts, self.pass_)
        return self._now(index, now, done)

    def _noted(self, index: int, done: Done) -> Done:
        ref = self.works[index].unit.ref
        return self._now(index, coding.unit_work(self.study, self.coder, ref, self.pass_), done)

    def _now(self, index: int, now: UnitWork, done: Done) -> Done:
        before, self.works[index] = self.works[index], now
        if (before.asked, before.is_finished) != (now.asked, now.is_finished):
            self._progress = None
        return done

    # Verbs that may change the list of excerpts. Each gives the place to go to next.

    def undo(self, index: int) -> tuple[Done, int]:
        """Take back this coder's newest action."""
        return self._on_all(index, lambda: history.undo(self.study, self.coder))

    def redo(self, index: int) -> tuple[Done, int]:
        """Take back this coder's newest undo."""
        return self._on_all(index, lambda: history.redo(self.study, self.coder))

    def split(self, index: int, at: int) -> tuple[Done, int]:
        """Split an excerpt; the second part begins at a place of the text."""
        ref = self.works[index].unit.ref
        return self._on_all(index, lambda: excerpts.split_excerpt(self.study, self.coder, ref, at))

    def join(self, index: int) -> tuple[Done, int]:
        """Join an excerpt with the next."""
        ref, after = (self.works[i].unit.ref for i in (index, index + 1))
        return self._on_all(
            index, lambda: excerpts.join_excerpts(self.study, self.coder, ref, after)
        )

    def drop(self, index: int) -> tuple[Done, int]:
        """Drop an excerpt."""
        ref = self.works[index].unit.ref
        return self._on_all(index, lambda: excerpts.drop_excerpt(self.study, self.coder, ref))

    def add(self, index: int, span: Span) -> tuple[Done, int]:
        """Make an excerpt of a span."""
        return self._on_all(
            index, lambda: excerpts.add_excerpt(self.study, self.coder, self.name, span)
        )

    def resize(self, index: int, span: Span) -> tuple[Done, int]:
        """Let an excerpt begin and end elsewhere."""
        ref = self.works[index].unit.ref
        return self._on_all(
            index, lambda: excerpts.resize_excerpt(self.study, self.coder, ref, span)
        )

    def _on_all(self, index: int, verb: Callable[[], Done]) -> tuple[Done, int]:
        before = list(self.works)
        done = verb()
        self.read()
        return done, self._place_after(before, index)

    def _place_after(self, before: Sequence[UnitWork], index: int) -> int:
        """Where the eye should be: the first excerpt that changed, else where it was."""
        known = {work.unit.ref: work for work in before}
        for place, work in enumerate(self.works):
            if known.get(work.unit.ref) != work:
                return place
        if not before:
            return 0
        old = before[min(index, len(before) - 1)].unit
        place_now = self.index_of(old.ref)
        return place_now if place_now is not None else self.index_near(old.span)
