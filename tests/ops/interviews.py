"""The plan of the twelve sample interviews, and what must come out of it.

Copied by hand from the plan of the samples: who was interviewed, which codes are planned, and the
golden tables computed from them. The plan as a small real study has one excerpt for each planned
code; the interviews that ship must give the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coder.ops.corpus import add_coder
from coder.ops.groups import Group
from coder.ops.importing import import_files
from coder.ops.library import load_codebook
from coder.ops.loading import load_codings
from coder.ops.study import Study, create_study
from coder.ops.tallying import Tally


@dataclass(frozen=True)
class PersonYear:
    """One person in one interview, with the planned codes."""

    transcript: str
    person: str
    role: str
    school: str
    attribution: tuple[str, ...]
    adjustment: tuple[str, ...]

    @property
    def year(self) -> str:
        return "2024-25" if self.transcript.endswith("Y2") else "2023-24"

    @property
    def district(self) -> str:
        places = {"AF": "Alder Falls", "BC": "Brisco County", "CL": "Calder Lake"}
        return places[self.transcript[:2]]


def _planned(block: str) -> PersonYear:
    who, attribution, adjustment = (line.strip() for line in block.strip().splitlines())
    transcript, person, role, school = who.split(" | ")
    codes = [tuple(line.split()) if line != "-" else () for line in (attribution, adjustment)]
    return PersonYear(transcript, person, role, school, *codes)


_PLAN = """
AF-T01-Y1 | T01 | teacher | Linden MS
  prior_schooling effort_character home_family content_hard
  show_steps easier_task generic_support

AF-T01-Y2 | T01 | teacher | Linden MS
  instruction_now instruction_now content_hard
  open_task press_thinking show_steps

AF-T02-Y1 | T02 | teacher | Linden MS
  fixed_ability effort_character home_family
  show_steps drill_first remove_student

AF-C01-Y1 | C01 | coach | Linden MS
  instruction_now system_access prior_schooling
  open_task participation

AF-P01-Y1 | P01 | principal | Linden MS
  system_access home_family
  generic_support

AF-D01-Y1 | D01 | district_leader | central office A
  -
  -

BC-T03-Y1 | T03 | teacher | Sandhill MS
  instruction_now system_access content_hard
  language_access press_thinking time_same_goal

BC-T04-Y1 | T04 | teacher | Sandhill MS
  cause_unclear
  generic_support no_change

BC-J01-Y1 | C02 | coach | Sandhill MS
  instruction_now prior_schooling
  participation press_thinking

BC-J01-Y1 | A03 | principal | Sandhill MS
  community_group effort_character
  remove_student

BC-D02-Y1 | D02 | district_leader | central office B
  two_sided system_access
  generic_support

CL-P02-Y2 | P02 | principal | Rowan ES
  instruction_now
  open_task participation

CL-T06-Y2 | T06 | teacher | Fir ES
  fixed_ability home_family
  both_ways trim_expectations
"""

PLAN = tuple(_planned(block) for block in _PLAN.strip().split("\n\n"))

ROLL_UPS = {
    # person, year: attribution, adjustment
    ("T01", "2023-24"): ("mixed", "solely unproductive"),
    ("T01", "2024-25"): ("productive", "mixed"),
    ("T02", "2023-24"): ("solely unproductive", "solely unproductive"),
    ("C01", "2023-24"): ("productive", "productive"),
    ("P01", "2023-24"): ("mixed", "not codable"),
    ("D01", "2023-24"): ("no data", "no data"),
    ("T03", "2023-24"): ("productive", "productive"),
    ("T04", "2023-24"): ("not codable", "neither"),
    ("C02", "2023-24"): ("productive", "productive"),
    ("A03", "2023-24"): ("solely unproductive", "solely unproductive"),
    ("D02", "2023-24"): ("mixed", "not codable"),
    ("P02", "2024-25"): ("productive", "productive"),
    ("T06", "2024-25"): ("solely unproductive", "mixed"),
}

VISION = {
    # person, year: teacher_role, talk_pattern, tasks; None where there is no evidence
    ("T01", "2023-24"): (2, 2, 2),
    ("T01", "2024-25"): (3, 3, 3),
    ("T02", "2023-24"): (1, 1, 1),
    ("C01", "2023-24"): (4, 4, 3),
    ("P01", "2023-24"): (2, 2, None),
    ("D01", "2023-24"): (3, 4, 4),
    ("T03", "2023-24"): (3, 3, 4),
    ("T04", "2023-24"): (0, 2, 2),
    ("C02", "2023-24"): (3, 4, 4),
    ("A03", "2023-24"): (1, 0, None),
    ("D02", "2023-24"): (2, 3, 3),
    ("P02", "2024-25"): (3, 2, 3),
    ("T06", "2024-25"): (2, 2, 1),
}

VISION_LEVELS = {
    # people at levels 0, 1, 2, 3, 4; with evidence, at most 2, at least 3
    "teacher_role": ((1, 2, 4, 5, 1), 13, 7, 6),
    "talk_pattern": ((1, 1, 5, 3, 3), 13, 7, 6),
    "tasks": ((0, 2, 2, 4, 3), 11, 4, 7),
}

APPLICATIONS = {"attribution": 28, "adjustment": 25}
"""Code applications in final codes."""

ATTRIBUTION_VALENCES = {
    "productive": 13,
    "unproductive": 10,
    "none": 3,
    "mixed": 1,
    "uncodable": 1,
}
"""The same applications of attribution by the valence of the code."""

TALLIES = {
    ("attribution", "role"): """
teacher         | 2 (40.0%)  | 1 (20.0%)  | 2 (40.0%) | 0 (0.0%)  | 1 | 0 | 6  | 5
coach           | 2 (100.0%) | 0 (0.0%)   | 0 (0.0%)  | 0 (0.0%)  | 0 | 0 | 2  | 2
principal       | 1 (33.3%)  | 1 (33.3%)  | 1 (33.3%) | 0 (0.0%)  | 0 | 0 | 3  | 3
district_leader | 0 (0.0%)   | 1 (100.0%) | 0 (0.0%)  | 0 (0.0%)  | 0 | 1 | 2  | 1
all             | 5 (45.5%)  | 3 (27.3%)  | 3 (27.3%) | 0 (0.0%)  | 1 | 1 | 13 | 11""",
    ("adjustment", "role"): """
teacher         | 1 (16.7%)  | 2 (33.3%)  | 2 (33.3%) | 1 (16.7%) | 0 | 0 | 6  | 6
coach           | 2 (100.0%) | 0 (0.0%)   | 0 (0.0%)  | 0 (0.0%)  | 0 | 0 | 2  | 2
principal       | 1 (50.0%)  | 0 (0.0%)   | 1 (50.0%) | 0 (0.0%)  | 1 | 0 | 3  | 2
district_leader | 0          | 0          | 0         | 0         | 1 | 1 | 2  | 0
all             | 4 (40.0%)  | 2 (20.0%)  | 3 (30.0%) | 1 (10.0%) | 2 | 1 | 13 | 10""",
    ("attribution", "district year"): """
Alder Falls 2023-24   | 1 (25.0%)  | 2 (50.0%) | 1 (25.0%) | 0 (0.0%) | 0 | 1 | 5  | 4
Alder Falls 2024-25   | 1 (100.0%) | 0 (0.0%)  | 0 (0.0%)  | 0 (0.0%) | 0 | 0 | 1  | 1
Brisco County 2023-24 | 2 (50.0%)  | 1 (25.0%) | 1 (25.0%) | 0 (0.0%) | 1 | 0 | 5  | 4
Calder Lake 2024-25   | 1 (50.0%)  | 0 (0.0%)  | 1 (50.0%) | 0 (0.0%) | 0 | 0 | 2  | 2
all                   | 5 (45.5%)  | 3 (27.3%) | 3 (27.3%) | 0 (0.0%) | 1 | 1 | 13 | 11""",
    ("adjustment", "district year"): """
Alder Falls 2023-24   | 1 (33.3%) | 0 (0.0%)   | 2 (66.7%) | 0 (0.0%)  | 1 | 1 | 5  | 3
Alder Falls 2024-25   | 0 (0.0%)  | 1 (100.0%) | 0 (0.0%)  | 0 (0.0%)  | 0 | 0 | 1  | 1
Brisco County 2023-24 | 2 (50.0%) | 0 (0.0%)   | 1 (25.0%) | 1 (25.0%) | 1 | 0 | 5  | 4
Calder Lake 2024-25   | 1 (50.0%) | 1 (50.0%)  | 0 (0.0%)  | 0 (0.0%)  | 0 | 0 | 2  | 2
all                   | 4 (40.0%) | 2 (20.0%)  | 3 (30.0%) | 1 (10.0%) | 2 | 1 | 13 | 10""",
}
"""productive, mixed, solely unproductive, neither, not codable, no data, n, codable."""

CROSS = """
productive          | 4 | 1 | 0 | 0 | 0 | 0
mixed               | 0 | 0 | 1 | 0 | 2 | 0
solely unproductive | 0 | 1 | 2 | 0 | 0 | 0
neither             | 0 | 0 | 0 | 0 | 0 | 0
not codable         | 0 | 0 | 0 | 1 | 0 | 0
no data             | 0 | 0 | 0 | 0 | 0 | 1"""
"""Rows attribution, columns adjustment, both in this order."""


def cells(table: str) -> list[list[str]]:
    """The golden tables above as rows of texts."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def shown(group: Group) -> list[str]:
    """A row of a tally as the golden tables write it."""
    results = [
        f"{one.n}" if one.of_codable.share is None else f"{one.n} ({one.of_codable.share:.1%})"
        for one in group.results
    ]
    blanks = [str(group.blanks.get(key, 0)) for key in ("not_codable", "no_data")]
    assert set(group.blanks) <= {"not_codable", "no_data"}
    name = " ".join(group.values) or "all"
    return [name, *results, *blanks, str(group.n), str(group.codable)]


def assert_golden_tally(found: Tally, golden: str) -> None:
    """Labels, rows in any order, and the row of all last."""
    labels = ["productive", "mixed", "solely unproductive", "neither"]
    assert list(found.labels.values()) == labels
    got, wanted = [shown(group) for group in found.groups], cells(golden)
    assert sorted(got[:-1]) == sorted(wanted[:-1])
    assert got[-1] == wanted[-1]


def build_interviews(folder: Path) -> Study:
    """The study of all twelve transcripts, coded by one person."""
    study = create_study(folder / "interviews.coder", [load_codebook("mist_student_views")])
    sources = folder / "interviews"
    sources.mkdir()
    rows = ["excerpt,code_set,code"]
    for name in dict.fromkeys(person.transcript for person in PLAN):
        people = [person for person in PLAN if person.transcript == name]
        excerpts = [
            (person, question, code)
            for person in people
            for question, codes in (("Q-WHY", person.attribution), ("Q-ADJUST", person.adjustment))
            for code in codes
        ] or [(people[0], "Q-CLOSE", "")]
        (sources / f"{name}.txt").write_text(_transcript(name, people, excerpts), encoding="utf-8")
        for number, (_, question, code) in enumerate(excerpts, start=1):
            code_set = {"Q-WHY": "attribution", "Q-ADJUST": "adjustment"}.get(question)
            if code_set:
                rows.append(f"{name}:{number},{code_set},{code}")
    import_files(study, [sources])
    add_coder(study, "AL")
    codings = folder / "interviews.csv"
    codings.write_text("\n".join(rows) + "\n", encoding="utf-8")
    load_codings(study, codings, coder="AL")
    return study


def _transcript(
    name: str, people: list[PersonYear], excerpts: list[tuple[PersonYear, str, str]]
) -> str:
    described = "\n".join(
        f"  - {{id: {p.person}, speaker: {p.person}, pseudonym: Dr. {p.person}, role: {p.role},"
        f" district: {p.district}, school: {p.school}}}"
        for p in people
    )
    turns = "\n\n".join(
        f"[00:{2 * i:02}:00] INT: {{{question}}} And this, number {i}?\n\n"
        f"[00:{2 * i:02}:30] {person.person}: In {name} I would say {code or 'no'} {i}."
        for i, (person, question, code) in enumerate(excerpts)
    )
    return f"""---
transcript: {name}
study: demo
protocol: winter/3
date: 2024-02-06
wave: winter
year: {people[0].year}
participants:
{described}
interviewers:
  - {{id: R2, speaker: INT}}
redaction: {{state: done, by: R5, date: 2024-02-19}}
synthetic: true
---

{turns}
"""
