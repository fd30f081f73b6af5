"""A small real study in one line, for every room's tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from coder.model import Code, Codebook, CodeSet, Question, Rollup, fixed_ids
from coder.ops.importing import import_files
from coder.ops.study import Study, create_study
from coder.store import Clock, utc_now

HEADER = """---
transcript: {name}
study: test
protocol: teacher-winter/1
date: 2024-02-06
wave: winter
year: {year}
participants:
  - {{id: {person}, speaker: T1, pseudonym: Ms. {person}, role: {role}, district: {district},
      school: {school}}}
interviewers:
  - {{id: R2, speaker: INT}}
redaction: {{state: done, by: R5, date: 2024-02-19}}
synthetic: true
---

"""

TURNS = """[00:00:10] INT: {Q-WHY} Why is it hard for them?

[00:00:20] T1: They never had fractions. That is the whole story.

[00:01:00] INT: {Q-ADJUST} What do you change?

[00:01:10] T1: I show them the steps. [laughs] Then they copy.

[00:02:00] INT: {Q-WHY} And in the other class?

[00:02:10] T1: Some just do not try.

[00:03:00] INT: {Q-CLOSE} Anything else?

[00:03:10] T1: No. Thank you.
"""
"""Four question-and-answer excerpts: Q-WHY, Q-ADJUST, Q-WHY, Q-CLOSE."""


def small_codebook(book_id: str = "tiny", version: str = "1.0.0") -> Codebook:
    """A multi set with valence, an exclusive set, a rubric, and a tag set no question feeds."""
    cause = CodeSet(
        id="cause",
        title="Cause",
        mode="multi",
        rollup=Rollup("valence"),
        codes=(
            Code("taught", "Teaching", key="1", valence="productive"),
            Code("before", "Earlier years", key="2", valence="productive"),
            Code("effort", "Effort", key="3", valence="unproductive"),
            Code("both", "Both", key="4", valence="mixed"),
            Code("hard", "Hard topic", key="5", valence="none"),
            Code("unclear", "Unclear", key="0", valence="none", codable=False),
        ),
    )
    support = CodeSet(
        id="support",
        title="Support",
        mode="exclusive",
        rollup=Rollup("valence"),
        codes=(
            Code("open", "Opens the task", key="q", valence="productive"),
            Code("steps", "Shows steps", key="w", valence="unproductive"),
            Code("format", "Format only", key="e", valence="none", codable=False),
        ),
    )
    vision = CodeSet(
        id="vision",
        title="Vision",
        mode="ordinal",
        rollup=Rollup("max"),
        codes=tuple(
            Code(f"v{level}", f"Level {level}", key=str(level), level=level) for level in range(5)
        ),
    )
    tags = CodeSet(
        id="who",
        title="Who",
        mode="multi",
        rollup=Rollup("any"),
        codes=(Code("one", "One student", key="a"), Code("class", "A class", key="b")),
    )
    return Codebook(
        id=book_id,
        version=version,
        title="A tiny book",
        code_sets=(cause, support, vision, tags),
        protocol=(
            Question("Q-WHY", "Why", ("cause", "vision")),
            Question("Q-ADJUST", "What", ("support",)),
        ),
    )


def write_transcript(
    folder: Path,
    name: str = "T-1",
    *,
    person: str = "P1",
    role: str = "teacher",
    district: str = "North",
    school: str = "Hill",
    year: str = "2023-24",
    turns: str = TURNS,
) -> Path:
    """A headed transcript file."""
    path = folder / f"{name}.txt"
    header = HEADER.format(
        name=name, person=person, role=role, district=district, school=school, year=year
    )
    # Two transcripts with one text would be the same revision.
    path.write_text(header + turns + f"\n[00:09:00] INT: That was {name}.\n", encoding="utf-8")
    return path


def make_study(
    folder: Path,
    transcripts: Sequence[Mapping[str, str]] = ({},),
    *,
    book: Codebook | None = None,
    plan: str = "answer",
    name: str = "test",
    clock: Clock = utc_now,
) -> Study:
    """An open study with transcripts; each mapping goes to ``write_transcript``.

    Transcripts without a name are called T-1, T-2 ...; ids come from a fixed source.
    """
    study = create_study(
        folder / f"{name}.coder", [book or small_codebook()], clock=clock, new_id=fixed_ids(1)
    )
    sources = folder / f"{name}-sources"
    sources.mkdir()
    for number, given in enumerate(transcripts, start=1):
        write_transcript(sources, **{"name": f"T-{number}", **given})
    if transcripts:
        import_files(study, [sources], plan=plan)
    return study
