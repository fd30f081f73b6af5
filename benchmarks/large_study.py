"""A study far larger than most: 1,000 interviews, 150,000 excerpts, a million codings.

    python benchmarks/large_study.py build/large.coder             makes it, unless it is there
    python benchmarks/large_study.py build/large.coder --measure   and times what people do in it

Its texts are words drawn from a list; nobody said them. The interviews go in through the store's
own functions. The codings go in as the rows that those would have written, a hundred times
faster: each coder's codings of one interview are one journal entry, as if they had been loaded.
The first interview has 30,000 words.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coder.model import (
    Code,
    Codebook,
    Coder,
    CodeSet,
    ExcerptDraft,
    Participant,
    Sentence,
    Span,
    Speaker,
    TranscriptDraft,
    Turn,
    Viewer,
    fixed_ids,
)
from coder.ops import coding, corpus, history
from coder.ops.library import load_codebook
from coder.ops.study import Study, check_study, create_study, open_study
from coder.store import transcripts
from coder.store.codebooks import code_uid, set_uid
from coder.store.keys import ORDINARY_PASS, answer_key, coding_key, join_key

Shape = tuple[int, int]
"""Turns of an interview, and words in each; every second turn is an answer, and an excerpt."""

CODERS = ("AL", "RR")
AT = "2024-03-04T09:00:00Z"
WORDS = "the fractions they never had before so we draw a line under it then some copy what".split()  # noqa: SIM905


def usual_shape(number: int) -> Shape:
    """300 turns; the first interview is a long one."""
    return 300, 100 if number == 1 else 30


def long_and_short(number: int) -> Shape:
    """30,000 words in 600 excerpts, then 1,000 in 20."""
    return (1200 if number == 1 else 40), 25


def build(
    path: Path,
    interviews: int = 1000,
    codings: int = 1_000_000,
    shape_of: Callable[[int], Shape] = usual_shape,
) -> None:
    """Make the study."""
    rng = random.Random(1)
    book = load_codebook("mist_student_views")
    new_id = fixed_ids(1)
    with create_study(path, [book], clock=lambda: AT, new_id=new_id) as study:
        # Nothing of this need survive a crash.
        study.store.db.execute("PRAGMA synchronous = OFF")
        study.store.db.execute("PRAGMA cache_size = -400000")
        coders = [corpus.add_coder(study, alias) for alias in CODERS]
        excerpts = sum(shape_of(number)[0] // 2 for number in range(1, interviews + 1))
        per_unit = codings / (excerpts * len(coders))
        for number in range(1, interviews + 1):
            units = _bring_in(study, rng, number, shape_of(number))
            answers = [_answer(rng, book, question, per_unit) for _, question in units]
            for coder in coders:
                _code(study, book, coder, number, units, answers)
                # The second coder says the same of four excerpts in five.
                answers = [
                    answer if rng.random() < 0.8 else _answer(rng, book, question, per_unit)
                    for answer, (_, question) in zip(answers, units, strict=True)
                ]


def _bring_in(study: Study, rng: random.Random, number: int, shape: Shape) -> list[tuple[str, str]]:
    """One interview; the uids and questions of its excerpts."""
    draft, sentences, excerpts = _interview(rng, number, shape)
    db = study.store.db
    (person,) = draft.participants
    with study.store.change("", "import") as done:
        done.put(
            "person_year",
            join_key(person.id, person.year),
            {"pseudonym": person.pseudonym, "attributes": dict(person.attributes)},
        )
        revision = transcripts.add_revision(db, draft, sentences, AT)
        state = {
            "revision": revision,
            "year": draft.year,
            "wave": draft.wave,
            "date": draft.date,
            "metadata": {},
            "speakers": {s.tag: [s.person, s.is_interviewer] for s in draft.speakers},
        }
        done.put("transcript", draft.name, state)
        units = transcripts.add_excerpt_rows(db, draft.name, revision, excerpts)
        for unit in units:
            done.put("unit", unit.id, {"ref": unit.ref})
        done.words = f"imported {draft.name}"
    return [(unit.id, unit.question) for unit in units]


def _interview(
    rng: random.Random, number: int, shape: Shape
) -> tuple[TranscriptDraft, list[Sentence], list[ExcerptDraft]]:
    turn_count, length = shape
    parts: list[str] = []
    turns: list[Turn] = []
    sentences: list[Sentence] = []
    excerpts: list[ExcerptDraft] = []
    at = 0
    for turn in range(1, turn_count + 1):
        asks = turn % 2 == 1
        question = ("Q-WHY", "Q-ADJUST")[turn // 2 % 2] if asks else turns[-1].question
        head = f"[00:{turn // 60:02}:{turn % 60:02}] {'INT' if asks else 'T1'}: "
        said = [
            " ".join(rng.choices(WORDS, k=length // 2)).capitalize() + "."
            for _ in range(2 if turn > 1 else 1)
        ]
        words = Span(at + len(head), at + len(head) + len(" ".join(said)))
        span = Span(at, words.stop)
        turns.append(
            Turn(turn, "INT" if asks else "T1", span, words, turn, question if asks else "")
        )
        begin = words.start
        for sentence in said:
            sentences.append(Sentence(len(sentences) + 1, Span(begin, begin + len(sentence))))
            begin += len(sentence) + 1
        if not asks:
            excerpts.append(ExcerptDraft(words, "T1", "turn", question))
        parts.append(head + " ".join(said))
        at = span.stop + 2
    text = "\n\n".join(parts)
    role = ("teacher", "coach", "principal")[number % 3]
    draft = TranscriptDraft(
        name=f"L-{number:04}",
        text=text,
        turns=tuple(turns),
        speakers=(Speaker("INT", "R1", True), Speaker("T1", f"P{number // 4:03}", False)),
        participants=(
            Participant(
                f"P{number // 4:03}",
                f"Ms. {number // 4}",
                f"{2020 + number % 4}-{21 + number % 4}",
                {"role": role, "district": f"D{number // 4 % 4}", "school": f"S{number // 4 % 40}"},
            ),
        ),
        year=f"{2020 + number % 4}-{21 + number % 4}",
        wave="winter",
        date="2024-02-06",
        metadata={},
        source_name=f"L-{number:04}.txt",
        source_sha256=hashlib.sha256(text.encode()).hexdigest(),
        source_format="headed",
    )
    return draft, sentences, excerpts


Answer = list[tuple[CodeSet, bool, list[Code]]]
"""Of one excerpt: every code set, whether it is asked, and the codes."""


def _answer(rng: random.Random, book: Codebook, question: str, per_unit: float) -> Answer:
    """Codes for one excerpt, so many on average, few of them often as in real codings."""
    asked = {code_set.id for code_set in book.sets_fed_by(question)}
    left = int(per_unit) + (rng.random() < per_unit % 1)
    answer: Answer = []
    for code_set in sorted(book.code_sets, key=lambda s: s.id == "who"):
        wanted = 0 if code_set.id not in asked else left if code_set.id == "who" else min(left, 2)
        left -= wanted
        chosen: list[Code] = []
        while len(chosen) < wanted:
            code = code_set.codes[min(int(rng.expovariate(0.5)), len(code_set.codes) - 1)]
            if code not in chosen:
                chosen.append(code)
        answer.append((code_set, code_set.id in asked, chosen))
    return answer


def _code(
    study: Study,
    book: Codebook,
    coder: Coder,
    number: int,
    units: list[tuple[str, str]],
    answers: list[Answer],
) -> None:
    """One coder's codings of one interview with their journal entry.

    Here, and only here, rows are written past the store.
    """
    db, new_id = study.store.db, study.store.new_id
    version = study.codebook_ids[book.id]
    row = {
        table: dict(db.execute(f"SELECT uid, id FROM {table}").fetchall())
        for table in ("coder", "code_set", "code", "codebook_version")
    }
    unit_row = dict(
        db.execute(
            "SELECT u.uid, u.id FROM unit u JOIN transcript t ON t.id = u.transcript"
            " WHERE t.name = ?",
            (f"L-{number:04}",),
        ).fetchall()
    )
    codings: list[tuple[Any, ...]] = []
    decisions: list[tuple[Any, ...]] = []
    changes: list[tuple[str, str, str]] = []
    made_under = row["codebook_version"][version]
    for (unit, _), said in zip(units, answers, strict=True):
        for code_set, asked, chosen in said:
            set_id = set_uid(book.id, code_set.id)
            answer = answer_key(unit, set_id, coder.id, ORDINARY_PASS)
            where = (unit_row[unit], row["code_set"][set_id], row["coder"][coder.id], 0)
            status = "coded" if chosen else "nothing" if asked else "not_applicable"
            state = {"at": AT, "status": status, "version": version}
            decisions.append((*where, status, made_under, AT))
            changes.append(("decision", answer, json.dumps(state, separators=(",", ":"))))
            for code in chosen:
                uid, code_id = new_id(), code_uid(book.id, code.id)
                state = {"at": AT, "code": code_id, "origin": "load", "version": version}
                codings.append(
                    (uid, *where[:2], row["code"][code_id], *where[2:], made_under, "load", AT)
                )
                text = json.dumps(state, separators=(",", ":"))
                changes.append(("coding", coding_key(answer, uid), text))
    with study.store.together():
        db.executemany(
            "INSERT INTO coding (uid, unit, code_set, code, coder, pass, version, origin, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            codings,
        )
        db.executemany("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)", decisions)
        (lamport,) = db.execute("SELECT max(lamport) + 1 FROM entry").fetchone()
        entry = new_id()
        words = f"loaded {len(codings)} codes on {len(units)} units from L-{number:04}.csv"
        (entry_row,) = db.execute(
            "INSERT INTO entry (uid, lamport, actor, at, kind, words, format, root)"
            " VALUES (?, ?, ?, ?, 'load', ?, 1, ?) RETURNING id",
            (entry, lamport, coder.id, AT, words, entry),
        ).fetchone()
        db.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?, '*', NULL, ?)",
            [(entry_row, at, kind, key, after) for at, (kind, key, after) in enumerate(changes)],
        )


def measure(path: Path) -> None:
    """Time what people do; whatever is changed is undone again, so only the journal grows."""
    from coder.ops.agreeing import agreement
    from coder.ops.settling import disagreements, settle
    from coder.ops.tallying import tally

    viewer = Viewer()
    opened: list[Study] = []
    _timed("open", lambda: opened.append(open_study(path)))
    (study,) = opened
    al = corpus.coder_named(study, "AL")
    middle = f"L-{study.store.counts()['transcripts'] // 2:04}"
    ref = f"{middle}:7"
    with study:
        _timed(
            "first screen: list_transcripts without progress",
            lambda: corpus.list_transcripts(study, viewer, with_progress=False),
            3,
        )
        _timed("transcript_progress", lambda: corpus.transcript_progress(study, Viewer()))
        _timed("worksheet, 30,000 words", lambda: coding.worksheet(study, al, "L-0001"), 5)
        _timed("worksheet, 9,000 words", lambda: coding.worksheet(study, al, middle), 5)
        _timed("unit_work", lambda: coding.unit_work(study, al, ref), 20)
        presses = 50
        _timed(
            "press_code",
            lambda: coding.press_code(study, al, ref, "who", "one_student"),
            presses,
        )
        _timed("undo", lambda: history.undo(study, al), presses)
        _timed("redo", lambda: history.redo(study, al), presses)
        _timed("undo again", lambda: history.undo(study, al), presses)
        _timed("undo of a load of 500 codes", lambda: history.undo(study, al))
        _timed("redo of a load of 500 codes", lambda: history.redo(study, al))
        _timed("log", lambda: history.log(study, viewer), 5)
        (row, *_) = disagreements(study, viewer, "attribution")
        _timed("disagreements of one set", lambda: disagreements(study, viewer, "attribution"))
        _timed(
            "settle",
            lambda: settle(study, al, row.ref, "attribution", ["two_sided"], "after talking"),
        )
        _timed("undo of a settlement", lambda: history.undo(study, al))
        _timed("agreement of one set", lambda: agreement(study, viewer, ["attribution"]))
        _timed("agreement of all sets", lambda: agreement(study, viewer))
        _timed("tally of people", lambda: tally(study, viewer, "attribution", by=["role"]))
        _timed("tally of excerpts", lambda: tally(study, viewer, "attribution", people=False))
        _timed("check", lambda: check_study(study))


def _timed(what: str, action: Callable[[], object], times: int = 1) -> None:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        took.append(time.perf_counter() - began)
    took.sort()
    worst = f", worst {took[-1] * 1000:.1f}" if times > 1 else ""
    print(f"{what}: {took[len(took) // 2] * 1000:.1f} ms{worst}", flush=True)


def main() -> None:
    """Build and perhaps measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--interviews", type=int, default=1000)
    parser.add_argument("--codings", type=int, default=1_000_000)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    if not given.path.exists():
        given.path.parent.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        build(given.path, given.interviews, given.codings)
        print(f"built in {time.perf_counter() - began:.0f} s")
    with open_study(given.path) as study:
        counts = ", ".join(f"{n:,} {name}" for name, n in study.store.counts().items())
    print(f"{given.path}: {given.path.stat().st_size / 2**20:,.0f} MB, {counts}")
    if given.measure:
        measure(given.path)


if __name__ == "__main__":
    main()
