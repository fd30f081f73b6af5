"""The app in a pseudo-terminal, typed at and killed; what it had painted, in its own words.

Each session is forked from a process that has imported everything, so it begins with its first
frame; it is what ``coder open`` runs.
"""

from __future__ import annotations

import os
import random
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path

from coder.ops import coding
from coder.ops.corpus import add_coder, coder_named
from coder.ops.importing import import_files
from coder.ops.library import load_codebook
from coder.ops.study import Study, check_study, create_study, open_study
from tests.replaying import assert_answers_are_whole, assert_tables_are_what_the_journal_says

INTERVIEW = Path(__file__).parents[2] / "transcripts_sample" / "AF-T01-Y1.txt"

COLUMNS, ROWS = 200, 40
"""Wide enough for what was done to be said in full."""

NURSERY = """
import os, signal, sys
from pathlib import Path
import coder.tui.screens.coding, coder.tui.screens.home
from coder.ops.study import open_study
from coder.tui.running import run

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for line in sys.stdin:
    name, path = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        os.setsid()
        terminal = os.open(name, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(terminal, number)
        os.close(terminal)
        with open_study(Path(path)) as study:
            run(study, "AL")
        os._exit(0)
    print(child, flush=True)
"""

CODES = b"1234567890qwertasdghyiopvl"
ENTER, HOME = b"\r", b"\x1b[H"

SAID = re.compile(
    rb"m((?:put [^\x1b]+ on \d|took [^\x1b]+ off \d|finished \d|said that )[^\x1b]*)\x1b"
)
"""What was done last, in the line at the top: a piece in a style of its own. The excerpts stand
in it without the name of their transcript."""


class Session:
    """The app on a study, at its home screen."""

    def __init__(self, nursery: subprocess.Popen[str], path: Path) -> None:
        self._terminal, theirs = os.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write(f"{os.ttyname(theirs)}\t{path}\n")
        nursery.stdin.flush()
        self._process = int(nursery.stdout.readline())
        self.painted = b""
        self._read_until(b"AF-T01-Y1")
        os.close(theirs)

    def open(self) -> None:
        """The only transcript."""
        self.painted = b""
        self.type(ENTER)
        self._read_until("\u25b6".encode())

    def type(self, keys: bytes) -> None:
        """Type, and wait for nothing."""
        os.write(self._terminal, keys)

    def read(self, seconds: float) -> bool:
        """Take what is painted within some time; False where nothing was."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        self.painted += os.read(self._terminal, 65536)
        return True

    def _read_until(self, words: bytes) -> None:
        while words not in self.painted:
            assert self.read(30), f"not painted: {words!r}; but: {self.painted[-2000:]!r}"

    def kill(self) -> list[str]:
        """End it at once; what it had said was done, in order."""
        os.kill(self._process, signal.SIGKILL)
        try:
            # A terminal that nobody has open any more ends with an error.
            while self.read(30):
                pass
        except OSError:
            pass
        os.close(self._terminal)
        said = [words.decode() for words in SAID.findall(self.painted)]
        # It is painted again with every move: once is enough.
        return [words for place, words in enumerate(said) if words not in said[:place][-1:]]


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """A process that sessions are forked from."""
    environment = {**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
    command = [sys.executable, "-c", NURSERY]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def make_interview(path: Path) -> None:
    """A study of one sample interview, which nobody has coded."""
    with create_study(path, [load_codebook("mist_student_views")]) as study:
        import_files(study, [INTERVIEW])
        add_coder(study, "AL")


def code_until_killed(
    process: subprocess.Popen[str], path: Path, rng: random.Random, most: int = 20
) -> int:
    """Code at random until killed at random; check the study, and count what had been painted."""
    with open_study(path) as study:
        before = words_of_journal(study)
    session = Session(process, path)
    session.open()
    for _ in range(rng.randint(1, most)):
        session.type(random_key(rng))
        # Sometimes the next key is there before this one is painted.
        session.read(rng.choice((0, 0.3)))
    session.read(rng.uniform(0, 0.02))
    said = session.kill()
    with open_study(path) as study:
        check_study(study)
        assert_tables_are_what_the_journal_says(study)
        assert_answers_are_whole(study)
        assert_is_kept(said, words_of_journal(study)[len(before) :], before)
    return len(said)


def random_key(rng: random.Random) -> bytes:
    """Mostly codes; Enter finishes and goes on, N and j go on, n says nothing applies.

    Some codes, and Enter where there are none, are asked for: then the same key again says yes.
    """
    keys = [bytes((rng.choice(CODES),)), ENTER, b"N", b"j", b"\t", b"n", b"k", HOME]
    key = rng.choices(keys, weights=[12, 4, 3, 3, 2, 1, 1, 1])[0]
    return key * rng.choice((1, 2)) if key in (keys[0], ENTER) else key


def words_of_journal(study: Study) -> list[str]:
    """What was done, the oldest first, as the line at the top has it."""
    rows = study.store.db.execute("SELECT words FROM entry ORDER BY lamport, uid")
    return [row[0].replace(f"{INTERVIEW.stem}:", "") for row in rows]


def assert_is_kept(said: list[str], kept: list[str], before: Sequence[str] = ()) -> None:
    """Everything that was painted is in the journal, in the same order.

    Saying again that nothing applies is said to be done and needs no entry: it is there already.
    Putting on and taking off always make one.
    """
    place = 0
    for painted in said:
        # Where there was no room for all of it, fewer words or its beginning were painted.
        painted = painted.replace(": nothing in ", ": nothing applied in ")
        begun = painted.removesuffix("\u2026")
        whole = (words for words in (*kept[place:], *before, *kept) if words.startswith(begun))
        words = next(whole, painted) if begun != painted else painted
        if words in kept[place:]:
            place = kept.index(words, place) + 1
        else:
            is_there = words in before or words in kept[:place]
            always_new = words.startswith(("put", "took"))
            assert is_there and not always_new, f"painted, but lost: {words}; kept: {kept}"  # noqa: PT018


def finish_interview(process: subprocess.Popen[str], path: Path) -> None:
    """Go on where it was, to the end."""
    session = Session(process, path)
    session.open()
    for _ in range(40):
        session.type(ENTER)
        session.read(0.3)
        while session.read(0.03):
            pass
        if b"nothing is left to do" in session.painted:
            break
    session.kill()
    with open_study(path) as study:
        al = coder_named(study, "AL")
        works = coding.worksheet(study, al, INTERVIEW.stem)
        assert works
        assert all(work.is_finished for work in works)
