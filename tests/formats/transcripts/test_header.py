"""The header: what it must say, and how its faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.formats.transcripts import KNOWN_ROLES, read_transcript
from coder.model import Participant, Speaker
from tests.formats.transcripts.interviews import (
    BODY,
    HEADER,
    headed,
    read_or_refuse,
    refusal,
    write,
)

PERSON = "  - {id: T01, speaker: T1, pseudonym: Ms. Okafor, role: teacher, district: A, school: S}"


def changed(old: str, new: str) -> str:
    assert old in HEADER
    return headed(header=HEADER.replace(old, new, 1))


def test_fields_and_people(tmp_path: Path) -> None:
    header = HEADER.replace(
        "school: S}", "school: S, grades: [7, 8], years_teaching: 6, union: no}"
    )
    header = header.replace("speaker: INT}", "speaker: INT, site: north}")
    header += (
        "length_min: 47\nmode: in person\nsynthetic: true\nconsent: short quotes\n"
        "transcription: {style: clean, by: tr-04, version: 2}\nrecording: 00:14:02\n"
    )
    header = header.replace("redaction: none", "redaction: {state: done, by: R5, date: 2024-02-19}")
    draft = read_transcript(write(tmp_path, headed(header=header)))
    assert (draft.name, draft.date, draft.wave, draft.year) == (
        "X-1",
        "2024-02-06",
        "winter",
        "2023-24",
    )
    assert draft.speakers == (Speaker("T1", "T01", False), Speaker("INT", "R2", True))
    attributes = {
        "role": "teacher",
        "district": "A",
        "school": "S",
        "grades": "7, 8",
        "years_teaching": "6",
        "union": "no",
    }
    assert draft.participants == (Participant("T01", "Ms. Okafor", "2023-24", attributes),)
    assert draft.metadata == {
        "study": "demo",
        "protocol": "teacher-winter/3",
        "redaction": {"state": "done", "by": "R5", "date": "2024-02-19"},
        "length_min": 47,
        "mode": "in person",
        "synthetic": True,
        "consent": "short quotes",
        "transcription": {"style": "clean", "by": "tr-04", "version": 2},
        "recording": "00:14:02",
        "interviewers": {"R2": {"site": "north"}},
    }
    assert draft.notes == ()


def test_two_people_in_one_interview(tmp_path: Path) -> None:
    second = "  - {id: A03, speaker: A3, pseudonym: Ms. R, role: principal, district: A, school: S}"
    body = BODY + "\n[00:00:20] A3: No.\n"
    text = headed(body, HEADER.replace(PERSON, f"{PERSON}\n{second}"))
    draft = read_transcript(write(tmp_path, text))
    assert [p.id for p in draft.participants] == ["T01", "A03"]
    assert [t.speaker for t in draft.turns] == ["INT", "T1", "A3"]


@pytest.mark.parametrize("role", KNOWN_ROLES)
def test_every_known_role(tmp_path: Path, role: str) -> None:
    draft = read_transcript(write(tmp_path, changed("role: teacher", f"role: {role}")))
    assert draft.participants[0].attributes["role"] == role


def test_unknown_field_is_kept_and_said(tmp_path: Path) -> None:
    header = HEADER + "lenght_min: 47\nsite:\n  floor: 2\n"
    draft = read_transcript(write(tmp_path, headed(header=header)))
    assert draft.metadata["lenght_min"] == 47
    assert draft.metadata["site"] == {"floor": 2}
    assert any('line 13: the field "lenght_min"' in n and '"length_min"?' in n for n in draft.notes)
    assert any("line 15" in note and '"site"' in note for note in draft.notes)


def test_odd_things_are_said(tmp_path: Path) -> None:
    header = HEADER.replace("date: 2024-02-06", "date: 2022-02-06")
    header = header.replace("school: S}", "scool: S}")
    header = header.replace(
        "- {id: R2, speaker: INT}", "- {id: R2, speaker: INT}\n  - {id: R3, speaker: INT2}"
    )
    notes = read_transcript(write(tmp_path, headed(header=header))).notes
    assert any("line 5" in note and "outside the school year" in note for note in notes)
    assert any("line 9" in note and "has no school" in note for note in notes)
    assert any("line 9" in note and 'did you mean "school"?' in note for note in notes)
    assert any("R3 (tag INT2)" in note and "never speaks" in note for note in notes)


def test_header_beside_the_file(tmp_path: Path) -> None:
    write(tmp_path, HEADER, "X-1.yaml")
    draft = read_transcript(write(tmp_path, BODY))
    assert draft.text == BODY
    assert draft.participants[0].id == "T01"
    assert draft.notes == ("the header is that of X-1.yaml",)


def test_header_beside_the_file_with_fences(tmp_path: Path) -> None:
    write(tmp_path, f"---\n{HEADER}---\n", "X-1.yml")
    assert read_transcript(write(tmp_path, BODY)).text == BODY


def test_faults_of_a_header_beside_the_file_name_that_file(tmp_path: Path) -> None:
    write(tmp_path, HEADER.replace("winter\n", "summer\n"), "X-1.yaml")
    assert refusal(write(tmp_path, BODY)).startswith('X-1.yaml, line 5: wave "summer"')


def test_notes_of_a_header_beside_the_file_name_that_file(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "site: 3\n", "X-1.yaml")
    notes = read_transcript(write(tmp_path, BODY)).notes
    assert 'X-1.yaml: line 12: the field "site" is not known and was kept as it is' in notes


def test_two_headers_beside_the_file(tmp_path: Path) -> None:
    write(tmp_path, HEADER, "X-1.yaml")
    write(tmp_path, HEADER, "X-1.yml")
    assert "both X-1.yaml and X-1.yml" in refusal(write(tmp_path, BODY))


def test_own_header_goes_before_the_one_beside(tmp_path: Path) -> None:
    write(tmp_path, "nonsense", "X-1.yaml")
    notes = read_transcript(write(tmp_path, headed())).notes
    assert notes == ("X-1.yaml was not read: the file has a header of its own",)


def test_no_header(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, BODY))
    assert said.startswith("X-1.txt, line 1: there is no header")
    assert "X-1.yaml" in said


def test_header_never_closed(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, f"---\n{HEADER}\n{BODY}"))
    assert said.startswith("X-1.txt, line 1: the header is never closed")


def test_blank_lines_before_the_header_count(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, "\n\n" + changed("wave: winter", "wave: dry")))
    assert said.startswith("X-1.txt, line 8: wave")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("study: demo", "study: a: b", "line 3: the header is not YAML"),
        ("study: demo", "study: [a", "line 4: the header is not YAML"),
        ("study: demo", "study:\n\t- a", "line 4: the header is not YAML"),
        ("study: demo", "study: demo\nstudy: two", 'line 4: the field "study" is there twice'),
        ("study: demo\n", "", "line 2: the header has no field \"study\" (add a line 'study: ...'"),
        ("study: demo", "studdy: demo", 'line 3 has "studdy": is that it?'),
        ("study: demo", "study:", "line 3: study is empty"),
        ("study: demo", "study: [a, b]", "line 3: study should be one value, and is a list"),
        ("study: demo", "study: {a: b}", "line 3: study should be one value, and is a set of"),
        ("study: demo", "study: &x demo\nother: *x", "an alias (*name)"),
        ("study: demo", "study: !secret demo", 'line 3: the tag "!secret" is not understood'),
        ("study: demo", 'study: "\\e[31m"', "line 3: control character U+001B"),
        ("study: demo", "[a, b]: demo", "line 3: a list or mapping stands where"),
        ("transcript: X-1", "transcript: X-2", 'line 2: transcript "X-2" is not the name of the'),
        ("date: 2024-02-06", "date: 6 Feb 2024", 'line 5: date "6 Feb 2024" is not a date'),
        ("date: 2024-02-06", "date: 2024-02-30", 'line 5: date "2024-02-30" is not in the cal'),
        ("wave: winter", "wave: wintr", 'line 6: wave "wintr" is not known (did you mean "winter"'),
        ("wave: winter", "wave: summer", "(write fall, winter or spring)"),
        ("year: 2023-24", "year: 2023", 'line 7: year "2023" is not a school year'),
        ("year: 2023-24", "year: 2023-25", "write it as 2023-24"),
        ("redaction: none", "redaction: some", 'line 12: redaction "some" is not known'),
        ("redaction: none", "redaction: {by: R5}", "line 12: no redaction state"),
        ("redaction: none", "redaction: none\nlength_min: long", "line 13: length_min should be a"),
        ("redaction: none", "redaction: none\nlength_min: true", "line 13: length_min should be a"),
        ("redaction: none", "redaction: none\nsynthetic: 3", "line 13: synthetic should be true"),
        ("redaction: none", "redaction: none\nmode: [a]", "line 13: mode should be one value"),
        ("redaction: none", "redaction: none\ntranscription: x", "line 13: transcription should"),
        ("role: teacher", "role: techer", 'line 9: the role "techer" of participant "T01" is not'),
        ("role: teacher", "role: techer", 'did you mean "teacher"?'),
        ("role: teacher", "role: assistant principal", 'did you mean "assistant_principal"?'),
        ("role: teacher", "role: janitor", "assistant_principal, district_leader or other"),
        ("role: teacher, ", "", 'line 9: participant "T01" has no role'),
        ("role: teacher", "rol: teacher", 'it has "rol": is that it?'),
        ("role: teacher", "role: [teacher]", "line 9: participant: role should be one value"),
        ("school: S", "school: {a: b}", "line 9: participant: school should be one value"),
        ("speaker: T1", "speaker: 'T1: x'", "line 9: the speaker tag"),
        ("speaker: T1", "speaker: INT", "line 11: R2 and T01 (line 9) share the speaker tag"),
        ("id: R2", "id: T01", 'line 11: two people have the id "T01", first in line 9'),
        (PERSON, f"{PERSON}\n{PERSON}", "line 10: T01 and T01 (line 9) share the speaker tag"),
        (
            PERSON,
            f"{PERSON}\n{PERSON.replace('speaker: T1', 'speaker: T2')}",
            'line 10: two people have the id "T01", first in line 9',
        ),
        (PERSON, "  - Ms. Okafor", "line 9: participant should be a set of fields"),
        (f"\n{PERSON}", " T01", "line 8: participants should be a list"),
        (f"\n{PERSON}", " []", "line 8: participants is empty"),
        ("{id: R2, speaker: INT}", "{id: R2}", 'line 11: interviewer "R2" has no speaker'),
        (HEADER, "- a\n- b\n", "line 2: the header is not a set of fields"),
        (HEADER, "\n", "line 2: the header is empty"),
        (HEADER, "[" * 3000 + "\n", "line 2: the header is nested"),
        (HEADER, "a: b\n" * 20_000, "is the closing --- line missing?"),
    ],
)
def test_faults(tmp_path: Path, old: str, new: str, expected: str) -> None:
    said = refusal(write(tmp_path, changed(old, new)))
    assert said.startswith("X-1.txt, line ")
    assert expected in said


def test_yaml_1_2_keeps_what_1_1_would_turn(tmp_path: Path) -> None:
    header = HEADER + "a: no\nb: 00:14:02\nc: 2024-02-06\nd: 007\ne: 1_000\nf: '7'\ng: ~\nh: 1.50\n"
    metadata = read_transcript(write(tmp_path, headed(header=header))).metadata
    assert [metadata[key] for key in "abcdefgh"] == [
        "no",
        "00:14:02",
        "2024-02-06",
        "007",
        "1_000",
        "7",
        None,
        1.5,
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    at=st.integers(0, len(HEADER)),
    cut=st.integers(0, 12),
    noise=st.text(alphabet="abT1: -[]{}#&*!|>'\"%@`,?\n\t~0.é\\", max_size=12),
)
def test_any_damage_is_read_or_refused_in_one_line(
    tmp_path: Path, at: int, cut: int, noise: str
) -> None:
    header = HEADER[:at] + noise + HEADER[at + cut :]
    path = write(tmp_path, headed(header=header))
    draft, said = read_or_refuse(path)
    assert "\n" not in said
    assert draft is not None or "X-1.txt" in said
