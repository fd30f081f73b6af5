"""Import: all or none, twice is once, and the same folder gives the same ids everywhere."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from coder.errors import BadInput, Cancelled, CoderError, UsageError
from coder.model import PLANS, Viewer
from coder.ops.coding import press_code, worksheet
from coder.ops.corpus import add_coder, list_excerpts, list_people, read_transcript
from coder.ops.history import log, redo, undo
from coder.ops.importing import ImportReport, import_files
from coder.ops.study import Study, create_study
from coder.store.read_models import quoted_texts
from tests.factories import TURNS, make_study, small_codebook, write_transcript
from tests.replaying import assert_tables_are_what_the_journal_says, dump

NOBODY = Viewer()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "interviews"
    made.mkdir()
    return made


def outcomes(report: ImportReport) -> dict[str, str]:
    return {file.transcript: file.outcome for file in report.files}


def refused(study: Study, paths: list[Path], words: str, plan: str = "answer") -> CoderError:
    """The import is refused in one line, and the study is as it was; so is a dry run."""
    before = study.store.db.serialize()
    for dry_run in (True, False):
        with pytest.raises(CoderError, match=words) as refusal:
            import_files(study, paths, plan=plan, dry_run=dry_run)
        assert "\n" not in str(refusal.value)
        assert study.store.db.serialize() == before
    return refusal.value


def test_a_folder_comes_in_as_one_action(study: Study, folder: Path) -> None:
    for name in ("B-1", "A-1"):
        write_transcript(folder, name)
    (folder / "README.md").write_text("what is here")
    (folder / "notes.docx").write_bytes(b"PK")
    (folder / ".hidden.txt").write_text("x")
    report = import_files(study, [folder])
    assert outcomes(report) == {"A-1": "added", "B-1": "added"}
    assert report.added == 2
    assert [path.name for path in report.skipped] == ["notes.docx"]
    assert {(f.turns, f.excerpts) for f in report.files} == {(9, 4)}
    assert log(study, NOBODY)[0].words == "imported A-1, B-1"
    assert_tables_are_what_the_journal_says(study)
    undo(study, None)
    assert_tables_are_what_the_journal_says(study)
    with pytest.raises(UsageError, match="no transcript A-1"):
        read_transcript(study, NOBODY, "A-1")
    redo(study, None)
    assert list_excerpts(study, NOBODY, "A-1")[0].ref == "A-1:1"


def test_the_text_is_kept_as_it_is(study: Study, folder: Path) -> None:
    path = write_transcript(folder, "A-1", turns=TURNS.replace("fractions", "fracțíons 🙂"))
    import_files(study, [path])
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    text = read_transcript(study, NOBODY, "A-1")
    assert text.text.strip() == body.strip()
    assert "fracțíons 🙂" in text.turns[1].words.of(text.text)


def test_accents_are_joined_and_said_so(study: Study, folder: Path) -> None:
    path = write_transcript(
        folder, "A-1", turns=TURNS.replace("hard", "hárd".replace("á", "a\u0301"))
    )
    (file,) = import_files(study, [path]).files
    assert any("NFC" in note for note in file.notes)
    text = read_transcript(study, NOBODY, "A-1").text
    assert unicodedata.is_normalized("NFC", text)


def test_importing_twice_changes_nothing(study: Study, folder: Path) -> None:
    write_transcript(folder, "A-1")
    import_files(study, [folder])
    before = study.store.db.serialize()
    for dry_run in (False, True):
        assert outcomes(import_files(study, [folder], dry_run=dry_run)) == {"A-1": "already there"}
    assert study.store.db.serialize() == before


def test_importing_again_with_another_plan_changes_nothing(study: Study, folder: Path) -> None:
    write_transcript(folder, "A-1")
    import_files(study, [folder])
    before = study.store.db.serialize()
    assert outcomes(import_files(study, [folder], plan="sentence")) == {"A-1": "already there"}
    assert study.store.db.serialize() == before


def test_new_ones_come_in_beside_those_that_are_there(study: Study, folder: Path) -> None:
    write_transcript(folder, "A-1")
    import_files(study, [folder])
    write_transcript(folder, "A-2")
    assert outcomes(import_files(study, [folder])) == {"A-1": "already there", "A-2": "added"}
    assert log(study, NOBODY)[0].words == "imported A-2"


def test_a_changed_header_of_a_text_that_is_there_is_said(study: Study, folder: Path) -> None:
    import_files(study, [write_transcript(folder, "A-1", person="P1")])
    before = study.store.db.serialize()
    path = write_transcript(folder, "A-1", person="P2", year="2022-23")
    (file,) = import_files(study, [path]).files
    assert file.outcome == "already there"
    assert file.notes[-1] == (
        "A-1: its header has another speakers, year now; the study keeps the old one"
    )
    assert study.store.db.serialize() == before


def test_dry_run_says_what_would_come_of_it(study: Study, folder: Path) -> None:
    before = study.store.db.serialize()
    write_transcript(folder, "A-1")
    report = import_files(study, [folder], dry_run=True)
    assert outcomes(report) == {"A-1": "would be added"}
    assert report.added == 0
    assert study.store.db.serialize() == before


def test_one_file_in_two_spellings_is_one(
    study: Study, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_transcript(folder, "A-1")
    monkeypatch.chdir(folder)
    report = import_files(study, [path, Path("A-1.txt"), Path("../interviews/A-1.txt")])
    assert outcomes(report) == {"A-1": "added"}


# What is refused, whole.


def test_a_bad_file_among_good_ones(study: Study, folder: Path) -> None:
    write_transcript(folder, "A-1")
    (folder / "B-1.txt").write_bytes(b"---\ntranscript: B-1\n\xff\xfe---\n")
    write_transcript(folder, "C-1")
    assert "B-1.txt" in refused(study, [folder], r"B-1\.txt").message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02" * 50, "not a text file"),
        (b"%PDF-1.7 ...", "PDF"),
        ("Café".encode("latin-1") * 3, "not UTF-8"),
        (b"INT: {Q-WHY} Why?\n\nT1: Because.\n", "header"),
    ],
)
def test_files_that_are_no_transcripts(
    study: Study, folder: Path, content: bytes, words: str
) -> None:
    path = folder / "A-1.txt"
    path.write_bytes(content)
    assert "A-1.txt" in refused(study, [path], words).message


def test_a_file_that_is_not_there(study: Study, folder: Path) -> None:
    refused(study, [folder / "none.txt"], r"none\.txt")


def test_a_folder_without_transcripts(study: Study, folder: Path) -> None:
    refused(study, [folder], "no transcripts in")


def test_a_plan_that_is_not_known(study: Study, folder: Path) -> None:
    write_transcript(folder, "A-1")
    assert refused(study, [folder], "no plan answr", plan="answr").hint == "did you mean answer?"


def test_the_same_text_under_another_name(study: Study, folder: Path) -> None:
    path = write_transcript(folder, "A-1")
    import_files(study, [path])
    other = folder / "A-2.txt"
    other.write_text(path.read_text().replace("transcript: A-1", "transcript: A-2"))
    refused(study, [other], r"A-2\.txt: A-1 in the study has exactly this text")


def test_the_same_text_under_two_names_at_once(study: Study, folder: Path) -> None:
    path = write_transcript(folder, "A-1")
    (folder / "A-2.txt").write_text(path.read_text().replace("transcript: A-1", "transcript: A-2"))
    refused(study, [folder], r"A-2\.txt: .*A-1\.txt has exactly the same text")


def test_another_text_under_the_same_name(study: Study, folder: Path) -> None:
    import_files(study, [write_transcript(folder, "A-1")])
    path = write_transcript(folder, "A-1", turns=TURNS.replace("fractions", "decimals"))
    refused(study, [path], "A-1 is in the study with another text")


def test_two_files_with_one_name(study: Study, folder: Path) -> None:
    (folder / "other").mkdir()
    paths = [write_transcript(folder, "A-1"), write_transcript(folder / "other", "A-1")]
    refused(study, paths, "is called A-1 too")


def test_attributes_that_contradict(study: Study, folder: Path) -> None:
    import_files(study, [write_transcript(folder, "A-1", person="P9", district="North")])
    path = write_transcript(folder, "A-2", person="P9", district="South")
    words = r"A-2\.txt: P9 has district “South” here and “North” in the study for 2023-24"
    refused(study, [path], words)


def test_attributes_of_another_year_may_differ(study: Study, folder: Path) -> None:
    import_files(study, [write_transcript(folder, "A-1", person="P9", role="teacher")])
    path = write_transcript(folder, "A-2", person="P9", role="coach", year="2024-25")
    import_files(study, [path])
    roles = {p.year: p.attributes["role"] for p in list_people(study, NOBODY) if p.id == "P9"}
    assert roles == {"2023-24": "teacher", "2024-25": "coach"}


def test_no_participant_speaks(study: Study, folder: Path) -> None:
    path = write_transcript(folder, "A-1", turns="INT: {Q-WHY} Why?\n\nINT: Hello?\n")
    refused(study, [path], "no participant says anything|T1")


def test_an_interruption_leaves_the_study_as_it_was(study: Study, folder: Path) -> None:
    for number in range(4):
        write_transcript(folder, f"A-{number}")
    before = study.store.db.serialize()
    for stop in (KeyboardInterrupt, Cancelled("stopped")):

        def interrupted(done: int, total: int, what: str, stop: object = stop) -> None:
            assert total == 4
            if done == 2:
                raise stop  # type: ignore[misc]

        with pytest.raises((KeyboardInterrupt, Cancelled)):
            import_files(study, [folder], progress=interrupted)
        assert study.store.db.serialize() == before
    assert import_files(study, [folder]).added == 4


def test_progress_is_told_file_by_file(study: Study, folder: Path) -> None:
    for number in range(3):
        write_transcript(folder, f"A-{number}")
    told: list[tuple[int, int, str]] = []
    import_files(study, [folder], progress=lambda *step: told.append(step))
    assert told == [(0, 3, "A-0.txt"), (1, 3, "A-1.txt"), (2, 3, "A-2.txt"), (3, 3, "")]


# References and identities.


def test_references_are_never_used_again(study: Study, folder: Path) -> None:
    path = write_transcript(folder, "A-1")
    import_files(study, [path])
    by_answer = [unit.ref for unit in list_excerpts(study, NOBODY, "A-1")]
    undo(study, None)
    import_files(study, [path], plan="sentence")
    by_sentence = [unit.ref for unit in list_excerpts(study, NOBODY, "A-1")]
    assert not set(by_answer) & set(by_sentence)
    undo(study, None)
    import_files(study, [path])
    assert [unit.ref for unit in list_excerpts(study, NOBODY, "A-1")] == by_answer


def test_an_undone_import_comes_back_under_a_corrected_header(study: Study, folder: Path) -> None:
    import_files(study, [write_transcript(folder, "A-1", person="P7", year="2021-22")])
    undo(study, None)
    import_files(study, [write_transcript(folder, "A-1", person="P8", year="2022-23")])
    text = read_transcript(study, NOBODY, "A-1")
    assert text.speakers["T1"].person == "P8"
    assert [person.id for person in text.participants] == ["P8"]
    assert {unit.participant for unit in list_excerpts(study, NOBODY, "A-1")} == {"P8"}
    years = study.store.db.execute("SELECT DISTINCT year FROM unit WHERE ref LIKE 'A-1:%'")
    assert [row[0] for row in years] == ["2022-23"]
    assert_tables_are_what_the_journal_says(study)


def test_an_undone_text_cannot_come_back_under_another_name(study: Study, folder: Path) -> None:
    path = write_transcript(folder, "A-1")
    import_files(study, [path])
    undo(study, None)
    other = folder / "A-2.txt"
    other.write_text(path.read_text().replace("transcript: A-1", "transcript: A-2"))
    assert "call it A-1" in refused(study, [other], "was in the study as A-1").hint


def test_an_undone_text_does_not_push_out_the_one_that_came_after_it(
    study: Study, folder: Path
) -> None:
    first = write_transcript(folder, "A-1")
    old = first.read_text()
    import_files(study, [first])
    undo(study, None)
    import_files(study, [write_transcript(folder, "A-1", turns=TURNS.replace("hard", "easy"))])
    first.write_text(old)
    refused(study, [first], "A-1 is in the study with another text")


def test_the_same_folder_gives_the_same_ids_in_two_studies(tmp_path: Path, folder: Path) -> None:
    for number in range(2):
        write_transcript(folder, f"A-{number}")
    studies = []
    for name in ("one", "two"):
        with create_study(tmp_path / f"{name}.coder", [small_codebook()]) as study:
            import_files(study, [folder])
            studies.append(
                {
                    table: study.store.db.execute(
                        f"SELECT uid FROM {table} ORDER BY uid"
                    ).fetchall()
                    for table in ("revision", "unit", "codebook_version", "code_set", "code")
                }
            )
            entries = [r[0] for r in study.store.db.execute("SELECT uid FROM entry")]
            studies[-1]["entry"] = entries
    one, two = studies
    assert not set(one.pop("entry")) & set(two.pop("entry")), "what people do is never the same"
    assert {k: [tuple(r) for r in v] for k, v in one.items()} == {
        k: [tuple(r) for r in v] for k, v in two.items()
    }
    assert len(one["unit"]) == 8


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan(study: Study, folder: Path, plan: str) -> None:
    import_files(study, [write_transcript(folder, "A-1")], plan=plan)
    text = read_transcript(study, NOBODY, "A-1")
    units = list_excerpts(study, NOBODY, "A-1")
    expected = {"answer": 4, "turn": 4, "paragraph": 4, "sentence": 7, "whole": 1}
    assert len(units) == expected[plan]
    assert {unit.plan for unit in units} == {plan}
    assert {unit.participant for unit in units} == {"P1"}
    for unit in units:
        words = unit.span.of(text.text)
        assert words
        assert words == words.strip()
    if plan != "whole":
        assert [unit.question for unit in units][:1] == ["Q-WHY"]


def test_excerpts_that_hide_something_are_noted(study: Study, folder: Path) -> None:
    turns = "INT: Hello.\n\nT1: Hello. I teach here.\n\n" + TURNS + "\nINT: {Q-WHY} And you?\n"
    (file,) = import_files(study, [write_transcript(folder, "A-1", turns=turns)]).files
    assert file.notes == (
        f"{file.path}: nobody answers Q-WHY in turn 11; it makes no excerpt",
        f"{file.path}: turn 2 of participants: in no excerpt, so nobody will code this",
    )


def test_in_a_joint_interview_each_person_has_an_excerpt(study: Study, folder: Path) -> None:
    path = write_transcript(
        folder, "A-1", turns="INT: {Q-WHY} Why?\n\nT1: They rush.\n\nT2: Not mine.\n"
    )
    header = path.read_text().replace(
        "interviewers:",
        "  - {id: P2, speaker: T2, pseudonym: Mr. P2, role: coach, district: North, school: Hill}\n"
        "interviewers:",
    )
    path.write_text(header)
    import_files(study, [path])
    first, second = worksheet(study, add_coder(study, "AL"), "A-1")
    assert (first.unit.participant, second.unit.participant) == ("P1", "P2")
    text = read_transcript(study, NOBODY, "A-1").text
    assert [[span.of(text) for span in work.quoted] for work in (first, second)] == [
        ["They rush."],
        ["Not mine."],
    ]
    refs = [work.unit.ref for work in (first, second)]
    assert quoted_texts(study.store.db, refs) == dict(
        zip(refs, ("They rush.", "Not mine."), strict=True)
    )


# Undoing an import.


def test_undo_is_refused_once_somebody_has_coded(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        al = add_coder(study, "AL")
        press_code(study, al, "T-1:2", "support", "open")
        before = dump(study)
        with pytest.raises(CoderError, match="put Opens the task on T-1:2” by AL") as refusal:
            undo(study, None)
        assert "imported T-1" in refusal.value.message
        assert "AL has to take that back" in refusal.value.hint
        assert dump(study) == before
        undo(study, al)
        undo(study, None)
        assert_tables_are_what_the_journal_says(study)


def test_bad_input_is_the_error_of_a_bad_file(study: Study, folder: Path) -> None:
    (folder / "A-1.txt").write_text("")
    with pytest.raises(BadInput) as refusal:
        import_files(study, [folder])
    assert refusal.value.exit_code == 1
