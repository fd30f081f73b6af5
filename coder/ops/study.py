"""The study handle that both faces hold: making, opening, naming things, closing."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from coder.errors import StudyProblem, UsageError
from coder.model import Code, Codebook, CodeSet, IdSource, Viewer, random_id
from coder.ops.progress import Progress, silent
from coder.store import Clock, Store, blind, codebooks, utc_now

ENDING = ".coder"

_NOBODY = Viewer()

_NOBODYS_WORK = ("transcripts", "excerpts", "records", "coders")
"""What a check counts that does not grow while somebody codes."""


class Study:
    """One open study file.

    The faces pass it to the functions of ``ops``; what is in it is reached through them.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._books: dict[str, Codebook] = {}
        self._book_here = ""
        self._seen_version = store.data_version()
        self._seen_of_others = store.newest_entry() - store.entries_made

    @property
    def path(self) -> Path:
        """The study's file."""
        return self.store.path

    @property
    def name(self) -> str:
        """The study's name, by default its file name without the ending."""
        return self.store.setting("name") or self.path.stem

    @property
    def is_sample(self) -> bool:
        """Whether this is the invented sample study."""
        return self.store.setting("sample") == "yes"

    @property
    def codebook_ids(self) -> dict[str, str]:
        """Content id of the current version of each codebook, by book id, in order."""
        found: dict[str, str] = json.loads(self.store.setting("codebooks") or "{}")
        return found

    @property
    def codebooks(self) -> tuple[Codebook, ...]:
        """The current version of every codebook of the study."""
        return tuple(self.version(uid) for uid in self.codebook_ids.values())

    @property
    def codebook(self) -> Codebook:
        """The active codebook: the one whose keys work now.

        Raises:
            UsageError: The study has none.
        """
        return self.active[0]

    @property
    def active(self) -> tuple[Codebook, str]:
        """The active codebook and the content id of its current version.

        Raises:
            UsageError: The study has none.
        """
        books = self.codebook_ids
        active = self._book_here or self.store.setting("active_codebook")
        if not books:
            raise UsageError(f"{self.path.name} has no codebook", "coder codebook use FILE")
        uid = books.get(active) or next(iter(books.values()))
        return self.version(uid), uid

    def use_here(self, book: str) -> None:
        """Make another of its codebooks the active one for this handle only; empty for none.

        Two windows can so code one study with two codebooks.

        Raises:
            UsageError: The study has no codebook of that id.
        """
        if book and book not in self.codebook_ids:
            raise UsageError(
                f"{self.path.name} has no codebook {book}", did_you_mean(book, self.codebook_ids)
            )
        self._book_here = book

    def version(self, uid: str) -> Codebook:
        """The codebook version with this content id, current or not.

        Raises:
            UsageError: The study does not hold it.
        """
        if uid not in self._books:
            book = codebooks.read_version(self.store.db, uid)
            if book is None:
                raise UsageError(f"the study names a codebook version {uid} that it does not hold")
            self._books[uid] = book
        return self._books[uid]

    @property
    def is_large(self) -> bool:
        """Whether opening it left the look for damage, and counting progress, for later."""
        return self.store.is_large()

    def look_for_damage(self) -> None:
        """Let SQLite read the whole file; ``check_study`` looks closer.

        Raises:
            StudyProblem: It found damage.
        """
        self.store.check()

    def changed_elsewhere(self) -> bool:
        """Whether another window or command has changed the study since this was last asked.

        Where somebody is in a transcript, and a memo they have not kept, are written to the file
        too; they have no entry in the journal and change nothing that another window shows.
        """
        version = self.store.data_version()
        newest = self.store.newest_entry()
        # Asked again: somebody may have committed between the two.
        is_quiet = version == self._seen_version == self.store.data_version()
        # Entries without another's commit are one's own, which are shown already.
        others = newest - self.store.entries_made
        is_news = not is_quiet and others != self._seen_of_others
        self._seen_version, self._seen_of_others = version, others
        return is_news

    def work_at_rest(self) -> None:
        """From now on, what can wait until hands rest does: ``rest`` is to be called then."""
        self.store.fold_at_rest()

    def rest(self) -> None:
        """Do what has waited; tens of milliseconds after many keys in a large study."""
        self.store.fold()

    def again(self) -> Study:
        """The same study on a connection of its own, for a worker thread."""
        other = Study(self.store.again())
        other._book_here = self._book_here
        return other

    def use_real_clock(self) -> None:
        """Go over from the fixed clock and ids of the sample study to real ones."""
        self.store.clock, self.store.new_id = utc_now, random_id

    def was_worked_in(self, since: str) -> bool:
        """Whether the journal holds an entry later than a time (ISO 8601, UTC)."""
        return self.store.newest_entry_at() > since

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Study:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create_study(
    path: Path,
    books: Sequence[Codebook],
    *,
    name: str = "",
    is_sample: bool = False,
    clock: Clock = utc_now,
    new_id: IdSource = random_id,
) -> Study:
    """Make a new study with its codebooks; the first of them is active.

    Raises:
        UsageError: The name has the wrong ending, or two codebooks share an id.
        StudyProblem: The file is there already, or cannot be written.
    """
    if path.suffix != ENDING:
        raise UsageError(f"{path.name} should end in {ENDING}", f"coder new {path.stem}{ENDING}")
    ids = [book.id for book in books]
    twice = next((book for book in ids if ids.count(book) > 1), None)
    if twice is not None:
        raise UsageError(f"the codebook {twice} is named twice")
    store = Store.create(path, clock, new_id)
    try:
        with store.change("", "new") as done:
            uids = {book.id: codebooks.add_version(store.db, book, clock()) for book in books}
            done.put("setting", "name", {"value": name or path.stem})
            done.put("setting", "codebooks", {"value": json.dumps(uids)})
            if ids:
                done.put("setting", "active_codebook", {"value": ids[0]})
            if is_sample:
                done.put("setting", "sample", {"value": "yes"})
            done.words = f"made the study {path.stem}"
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return Study(store)


def open_study(path: Path) -> Study:
    """Open a study.

    Raises:
        StudyProblem: It is missing, damaged, newer than this program, or cannot be written.
    """
    return Study(Store.open(path))


def book_named(study: Study, name: str = "") -> Codebook:
    """The current version of a codebook of the study; without a name the active one.

    Raises:
        UsageError: The study has none of that name.
    """
    if not name:
        return study.codebook
    ids = study.codebook_ids
    if name not in ids:
        raise UsageError(f"the study has no codebook {name}", did_you_mean(name, ids))
    return study.version(ids[name])


def find_set(study: Study, name: str) -> tuple[Codebook, CodeSet]:
    """The code set that a short or full name (``book:set``) means.

    Raises:
        UsageError: There is none, or several books have one of that name.
    """
    book_id, _, short = name.rpartition(":")
    found = [
        (book, code_set)
        for book in study.codebooks
        for code_set in book.code_sets
        if code_set.id == short and book_id in ("", book.id)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        full = " or ".join(f"{book.id}:{short}" for book, _ in found)
        raise UsageError(f"the code set {name} is in several codebooks", f"say {full}")
    known = [code_set.id for book in study.codebooks for code_set in book.code_sets]
    raise UsageError(f"there is no code set {name}", did_you_mean(short, known))


def find_active_set(study: Study, name: str) -> CodeSet:
    """The code set of the active codebook that a short or full name means.

    Raises:
        UsageError: The active codebook has none of that name.
    """
    book = study.codebook
    found = book.code_set(name.removeprefix(f"{book.id}:"))
    if found is not None:
        return found
    other, _ = find_set(study, name)
    raise UsageError(
        f"{name} is not in the active codebook {book.id}", f"coder codebook use {other.id} first"
    )


def find_code(
    study: Study, name: str, within: str = "", book: Codebook | None = None
) -> tuple[CodeSet, Code]:
    """The code that a name means: ``code``, ``set:code`` or ``book:set:code``.

    Args:
        study: The study.
        name: What was typed.
        within: A code set id to look in only; empty for all.
        book: The codebook to look in; None for the active one.

    Raises:
        UsageError: There is none.
    """
    parts = name.split(":")
    book = book or study.codebook
    if len(parts) > 3 or (len(parts) == 3 and parts[0] != book.id):
        ids = list(study.codebook_ids)
        hint = "a code is CODE, SET:CODE or BOOK:SET:CODE"
        if len(parts) == 3:
            is_other = parts[0] in ids
            hint = f"say --book {parts[0]}" if is_other else did_you_mean(parts[0], ids)
        raise UsageError(f"{name} is not a code of the codebook {book.id}", hint)
    set_id = parts[-2] if len(parts) > 1 else within.rpartition(":")[2]
    if set_id and book.code_set(set_id) is None:
        known = [code_set.id for code_set in book.code_sets]
        raise UsageError(f"there is no code set {set_id} in {book.id}", did_you_mean(set_id, known))
    if within and set_id != within.rpartition(":")[2]:
        raise UsageError(f"{name} is not a code of {within}")
    for code_set in book.code_sets:
        code = code_set.code(parts[-1]) if set_id in ("", code_set.id) else None
        if code is not None:
            # A code's id stands once in a book: with the book's id it is the code's identity.
            return code_set, code
    known = [code.id for code_set, code in book.codes() if set_id in ("", code_set.id)]
    hint = did_you_mean(parts[-1], known)
    raise UsageError(f"there is no code {parts[-1]} in {set_id or book.id}", hint)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A next step for a word that is not known: the closest ones, or all when they are few."""
    choices = list(dict.fromkeys(known))
    close = difflib.get_close_matches(word, choices, n=3, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(close) + "?"
    return "there are " + ", ".join(choices) if 0 < len(choices) <= 12 else ""


def check_study(study: Study, progress: Progress = silent, viewer: Viewer = _NOBODY) -> list[str]:
    """Look for damage and for tables that are not what the journal says; say what was checked.

    All of the file is checked for every viewer. How much there is of what people did is not said
    to whom an open round hides some of it: the totals tell how far the others are.

    Raises:
        StudyProblem: SQLite found damage, or something was changed past the journal.
    """
    study.store.check()
    counts = study.store.counts()
    # One object or more for each of them; near enough for a bar.
    total = sum(counts.values()) - counts["journal entries"]
    different = study.store.differences(lambda n: progress(min(n, total), total, "journal"))
    progress(total, total, "")
    if different:
        what = ", ".join(f"{number} {kind}" for kind, number in different.items())
        raise StudyProblem(
            f"{study.path}: not as the journal says: {what}",
            "another program changed it; coder restore takes the last backup",
        )
    lines = [f"{study.path}: sound, format {study.store.format()}, as the journal says"]
    if blind.is_blind(study.store.db, viewer):
        counts = {name: n for name, n in counts.items() if name in _NOBODYS_WORK}
    lines.append(", ".join(f"{n} {name}" for name, n in counts.items() if n or name != "records"))
    return lines


def backup_study(study: Study, target: Path) -> None:
    """Copy the study to one file.

    Raises:
        StudyProblem: Something is at the target, or it cannot be written.
    """
    if target.exists():
        raise StudyProblem(f"{target} is already there", "choose another name")
    study.store.backup(target)


def restore_study(backup: Path, path: Path) -> Path | None:
    """Put a backup in a study's place, keeping what was there under another name.

    What was there may be damaged: that is what backups are for.

    Returns:
        Where the file that was there went, or None if there was none.

    Raises:
        StudyProblem: The backup is no sound study, or the study is open elsewhere.
    """
    return Store.restore(backup, path)
