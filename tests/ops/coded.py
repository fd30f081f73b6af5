"""Small studies in which some people have said something, in one line each."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coder.model import Code, Codebook, CodeSet, Mode, Question, Rollup, Valence
from coder.ops.corpus import add_coder
from coder.ops.loading import load_codings
from coder.ops.study import Study
from tests.factories import make_study

Said = tuple[str, str, str, str]
"""Coder, excerpt, code set, code; an empty code says that nothing applied."""


def turns(questions: Sequence[str]) -> str:
    """An interview with one answered question after the other, an excerpt each."""
    return "\n\n".join(
        f"[00:{i:02}:00] INT: {{{question}}} Number {i}?\n\n[00:{i:02}:30] T1: Answer {i}."
        for i, question in enumerate(questions)
    )


def book_of(*code_sets: CodeSet, feeds: Mapping[str, Sequence[str]] | None = None) -> Codebook:
    """A codebook of these sets; by default Q-WHY feeds all of them."""
    asked = feeds or {"Q-WHY": [one.id for one in code_sets]}
    return Codebook(
        id="book",
        version="1.0.0",
        title="A book",
        code_sets=code_sets,
        protocol=tuple(Question(name, name, tuple(sets)) for name, sets in asked.items()),
    )


def set_of(
    name: str,
    mode: Mode,
    codes: Mapping[str, Valence] | Sequence[str],
    rule: str = "any",
    **options: object,
) -> CodeSet:
    """A code set; codes by name with their valence, rubrics by level."""
    valences: Mapping[str, Valence] = (
        codes if isinstance(codes, Mapping) else dict.fromkeys(codes, "none")
    )
    made = tuple(
        Code(
            code,
            code.capitalize(),
            valence=valence,
            level=number if mode == "ordinal" else None,
            codable=code != "unclear",
        )
        for number, (code, valence) in enumerate(valences.items())
    )
    return CodeSet(name, name.capitalize(), mode, made, Rollup(rule, options=options))


def coded_study(
    folder: Path,
    book: Codebook,
    transcripts: Mapping[str, Sequence[str]],
    said: Iterable[Said],
    **people: Mapping[str, str],
) -> Study:
    """An open study.

    Args:
        folder: Where to make it.
        book: The codebook.
        transcripts: Questions of each transcript, by name.
        said: What the coders said; only these code sets are finished.
        people: Person, role, school ... of a transcript, by its name without hyphens.
    """
    given = [
        {
            "name": name,
            "person": name.replace("-", ""),
            "turns": turns(questions),
            **people.get(name.replace("-", ""), {}),
        }
        for name, questions in transcripts.items()
    ]
    study = make_study(folder, given, book=book)
    say(study, folder, said)
    return study


def say(study: Study, folder: Path, said: Iterable[Said]) -> None:
    """Load what coders said; nothing else is finished by it."""
    rows = list(said)
    if not rows:
        return
    for alias in dict.fromkeys(row[0] for row in rows):
        add_coder(study, alias)
    path = folder / "said.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("coder", "excerpt", "code_set", "code"))
        out.writerows(rows)
    load_codings(study, path, finish=False)


def spread(alias: str, code_set: str, codes: str, per_transcript: int, name: str) -> list[Said]:
    """One answer for each excerpt of transcripts ``name-1``, ``name-2`` ...

    Args:
        alias: The coder.
        code_set: The set.
        codes: Answers with blanks between them; ``-`` for nothing, ``.`` for not finished, ``+``
            between several codes.
        per_transcript: Excerpts of each transcript.
        name: What the transcripts' names begin with.
    """
    out: list[Said] = []
    for at, word in enumerate(codes.split()):
        ref = f"{name}-{at // per_transcript + 1}:{at % per_transcript + 1}"
        if word != ".":
            answers = [""] if word == "-" else word.split("+")
            out += [(alias, ref, code_set, code) for code in answers]
    return out
