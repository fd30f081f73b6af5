"""Records: in and out of a study through the journal, coded, counted, shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.errors import BadInput, NotAllowed, UsageError
from coder.formats.tables import to_csv
from coder.model import Code, Codebook, Coder, CodeSet, Question, Rollup, Viewer
from coder.ops.agreeing import agreement
from coder.ops.coding import finish, press_code, put_code, unit_work
from coder.ops.corpus import add_coder, coder_named, find_unit, list_transcripts
from coder.ops.corpus_tables import show
from coder.ops.exporting import tables_of
from coder.ops.history import redo, undo
from coder.ops.importing import import_files
from coder.ops.record_tables import records_page, records_table
from coder.ops.records import import_records, list_records
from coder.ops.rounds import close_round, new_round, round_pass
from coder.ops.study import Study, create_study, open_study
from coder.ops.tallying import cross, tally, tally_codes
from coder.store import read_models
from tests.factories import make_study, small_codebook, write_transcript
from tests.replaying import assert_answers_are_whole, assert_tables_are_what_the_journal_says, dump

VIEWER = Viewer()

TABLE = """id,district,year,text,state,score,why
R1,North,2023-24,"Ask, then wait.",full,3,good;bad
R2,North,2023-24,[laughs] =SUM(1),part,,
R3,South,2024-25,Third one.,none,,
"""


def book(*, depends: bool = True) -> Codebook:
    """A book of records: an exclusive set, a rubric and a multi set that depends on the first."""
    needs = {"depends_on": {"code_set": "state", "in": ["full", "part"]}} if depends else {}
    state = CodeSet(
        "state",
        "State",
        "exclusive",
        (Code("full", "In full"), Code("part", "In part"), Code("none", "Not at all")),
        Rollup("count"),
    )
    score = CodeSet(
        "score",
        "Score",
        "ordinal",
        tuple(Code(f"s{n}", f"Level {n}", level=n) for n in range(5)),
        Rollup("mean", options={"expect_units": 2}),
    )
    why = CodeSet(
        "why",
        "Why",
        "multi",
        (
            Code("good", "Good reason", valence="productive"),
            Code("bad", "Bad reason", valence="unproductive"),
        ),
        Rollup("any"),
        options=needs,
    )
    return Codebook(
        "advice",
        "1.0.0",
        "Advice",
        (state, score, why),
        unit={"code": "advice", "report": "advice"},
    )


def write(folder: Path, text: str = TABLE, name: str = "advice.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with create_study(tmp_path / "s.coder", [book()]) as study:
        yield study


@pytest.fixture
def filled(study: Study, tmp_path: Path) -> Study:
    import_records(study, write(tmp_path), coder="AL")
    return study


def on(study: Study, ref: str, alias: str = "AL") -> tuple[list[str], dict[str, str]]:
    work = unit_work(study, coder_named(study, alias), ref)
    return [coding.code for coding in work.codings], dict(work.decisions)


# In.


def test_what_comes_in(study: Study, tmp_path: Path) -> None:
    report = import_records(study, write(tmp_path), coder="AL")
    assert (report.source, report.kind, report.question) == ("advice", "advice", "")
    assert (report.added, report.changed, report.unchanged) == (3, 0, 0)
    assert (report.codes, report.nothing, report.not_applicable) == (6, 3, 1)
    assert report.notes == (
        "attributes: district",
        "codes of state, score, why",
        "blank cells taken as nothing applied: 2 of score, 1 of why",
        "blank cells taken as not applicable, as they depend on a code that is not there: 1 of why",
    )
    assert on(study, "advice:R1") == (
        ["full", "s3", "good", "bad"],
        {"state": "coded", "score": "coded", "why": "coded"},
    )
    assert on(study, "advice:R2")[1] == {"state": "coded", "score": "nothing", "why": "nothing"}
    assert on(study, "advice:R3")[1]["why"] == "not_applicable"
    assert_answers_are_whole(study)
    assert_tables_are_what_the_journal_says(study)


def test_identity_comes_from_source_and_id(filled: Study, tmp_path: Path) -> None:
    with create_study(tmp_path / "other.coder", [book()]) as other:
        import_records(other, write(tmp_path), coder="RR")
        there = {record.unit.ref: record.unit.id for record in list_records(other, VIEWER)}
    here = {record.unit.ref: record.unit.id for record in list_records(filled, VIEWER)}
    assert here == there
    assert list(here) == ["advice:R1", "advice:R2", "advice:R3"]


def test_importing_again_changes_nothing(filled: Study, tmp_path: Path) -> None:
    before = dump(filled)
    report = import_records(filled, write(tmp_path), coder="AL")
    assert (report.added, report.unchanged, report.entry) == (0, 3, "")
    assert dump(filled) == before


def test_dry_run_keeps_nothing(study: Study, tmp_path: Path) -> None:
    before = dump(study)
    report = import_records(study, write(tmp_path), coder="AL", dry_run=True)
    assert (report.added, report.codes, report.entry) == (3, 6, "")
    assert dump(study) == before


def test_a_corrected_attribute_is_a_change_and_can_be_undone(filled: Study, tmp_path: Path) -> None:
    changed = write(tmp_path, TABLE.replace("R3,South", "R3,West"))
    report = import_records(filled, changed, coder="AL")
    assert (report.changed, report.unchanged) == (1, 2)
    assert list_records(filled, VIEWER)[2].attributes == {"district": "West"}
    undo(filled, coder_named(filled, "AL"))
    assert list_records(filled, VIEWER)[2].attributes == {"district": "South"}
    assert_tables_are_what_the_journal_says(filled)


def test_a_table_with_fewer_columns_takes_nothing_away(filled: Study, tmp_path: Path) -> None:
    other = write(tmp_path, "unit,coder,code\nR1,RR,part\nR3,RR,none\n")
    report = import_records(filled, other)
    assert (report.unchanged, report.coders, report.codes) == (2, ("RR",), 2)
    first = list_records(filled, VIEWER)[0]
    assert (first.attributes, first.year, first.text) == (
        {"district": "North"},
        "2023-24",
        "Ask, then wait.",
    )


def test_a_blank_cell_takes_back_nothing_that_was_decided(filled: Study, tmp_path: Path) -> None:
    al = coder_named(filled, "AL")
    put_code(filled, al, "advice:R2", "why", "good")
    put_code(filled, al, "advice:R2", "score", "s1")
    import_records(filled, write(tmp_path), coder="AL")
    assert on(filled, "advice:R2")[0] == ["part", "s1", "good"]


def test_undo_takes_all_out_and_redo_brings_it_back(filled: Study) -> None:
    al = coder_named(filled, "AL")
    whole = dump_tables(filled)
    undo(filled, al)
    assert list_records(filled, VIEWER) == ()
    assert tally(filled, VIEWER, "state").groups[-1].n == 0
    with pytest.raises(UsageError, match="was taken out again"):
        find_unit(filled, "advice:R1")
    assert_tables_are_what_the_journal_says(filled)
    redo(filled, al)
    assert dump_tables(filled) == whole
    assert_tables_are_what_the_journal_says(filled)


def dump_tables(study: Study) -> list[str]:
    """Everything but the journal."""
    return sorted(
        line
        for line in study.store.db.iterdump()
        if not line.startswith(('INSERT INTO "entry"', 'INSERT INTO "change"'))
    )


def test_undo_is_refused_once_somebody_coded_on_it(filled: Study) -> None:
    rr = add_coder(filled, "RR")
    press_code(filled, rr, "advice:R1", "state", "part")
    with pytest.raises(NotAllowed, match="came after it"):
        undo(filled, coder_named(filled, "AL"))


def test_after_an_undo_a_corrected_text_may_come(filled: Study, tmp_path: Path) -> None:
    undo(filled, coder_named(filled, "AL"))
    import_records(
        filled, write(tmp_path, TABLE.replace("Third one", "Third one mended")), coder="AL"
    )
    assert list_records(filled, VIEWER)[2].text == "Third one mended."
    assert read_models.quoted_texts(filled.store.db, ["advice:R3"]) == {
        "advice:R3": "Third one mended."
    }


def test_the_study_opens_again_as_it_was(filled: Study) -> None:
    before = list_records(filled, VIEWER)
    filled.close()
    with open_study(filled.path) as again:
        assert list_records(again, VIEWER) == before


# Refused.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TABLE.replace("full,3", "ful,3"), 'row 2, column "state": there is no code ful in state'),
        (TABLE.replace("full,3", "full,7"), 'row 2, column "score": score has no level or code 7'),
        (TABLE.replace("good;bad", "good;worse"), 'row 2, column "why": there is no code worse'),
        (TABLE.replace("full,3", "full;part,3"), "state takes one code"),
        (TABLE.replace("R2,", "R1,"), 'row 3, column "text": of R1 it says something else'),
        (TABLE.replace("R3,", ","), 'row 4, column "id": blank'),
        (TABLE.replace("R3,", f"{'x' * 90},"), "an id of 90 characters"),
        (TABLE.replace("id,", "number,"), "no column id, unit or record"),
        (TABLE.replace("district", "id"), 'two columns are called "id"'),
        (TABLE.replace("district", "unit"), "both hold the id"),
        (TABLE.replace("district", "code"), "codes stand in both columns"),
        (TABLE.replace(",3,", ",3,x,"), "row 2: 8 cells under 7 columns"),
        (TABLE.replace("Third one", "Third\x07one"), "control character U+0007"),
        (TABLE.splitlines()[0], "a header and no rows below it"),
        ("id,state\nR1,full\nR1,full\n", 'row 3, column "id": R1 stands in row 2 already'),
        ("unit,coder,code\nR1,AL,\n", 'column "code": an empty code needs a code set'),
        ("unit,coder,code\nR1,AL,nix\n", 'row 2, column "code": there is no code nix in state'),
        ("unit,coder,code_set,code\nR1,AL,stat,full\n", "there is no code set stat in advice"),
        ("", "the file is empty"),
    ],
)
def test_a_bad_table_is_named_and_nothing_comes_in(
    study: Study, tmp_path: Path, text: str, words: str
) -> None:
    before = dump(study)
    with pytest.raises(BadInput) as refused:
        import_records(study, write(tmp_path, text), coder="AL")
    assert words in str(refused.value)
    assert "advice.csv" in str(refused.value)
    assert dump(study) == before


def test_a_changed_text_under_a_known_id_is_refused(filled: Study, tmp_path: Path) -> None:
    before = dump(filled)
    changed = write(tmp_path, TABLE.replace("Third one", "Another"))
    with pytest.raises(BadInput, match='row 4, column "text": R3 is in the study with another'):
        import_records(filled, changed, coder="AL")
    assert dump(filled) == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "no coder is named"),
        ({"coder": "al too long a name"}, "cannot be a coder's short name"),
        ({"coder": "AL", "kind": "lesson"}, "the codebook advice codes no lesson"),
        ({"coder": "AL", "question": "Q-WHY"}, "there is no question Q-WHY in advice"),
        ({"coder": "AL", "source": "a b"}, "cannot be a source of records"),
        ({"coder": "AL", "columns": {"nix": ("state",)}}, 'there is no column "nix"'),
        ({"coder": "AL", "columns": {"district": ("stat",)}}, 'cannot be mapped to "stat"'),
        ({"coder": "AL", "columns": {"district": ("id", "state")}}, 'cannot be mapped to "state"'),
        ({"coder": "AL", "columns": {"district": ("state", "id")}}, 'cannot be mapped to "id"'),
    ],
)
def test_bad_options(study: Study, tmp_path: Path, options: dict[str, object], words: str) -> None:
    before = dump(study)
    with pytest.raises((UsageError, BadInput)) as refused:
        import_records(study, write(tmp_path), **options)  # type: ignore[arg-type]
    assert words in str(refused.value)
    assert dump(study) == before


def test_a_source_cannot_be_a_transcript(tmp_path: Path) -> None:
    with (
        make_study(tmp_path, book=small_codebook()) as study,
        pytest.raises(UsageError, match="T-1 is a transcript already"),
    ):
        import_records(study, write(tmp_path, "id,note\n1,x\n", "T-1.csv"))


# What columns mean.


def test_columns_can_be_mapped_and_unmapped(study: Study, tmp_path: Path) -> None:
    text = "Nr,who,state,what\n1,P1,anything,full\n2,P2,at all,part\n"
    columns = {
        "Nr": ("id",),
        "who": ("participant",),
        "state": ("attribute",),
        "what": ("state",),
    }
    import_records(study, write(tmp_path, text), columns=columns, coder="AL", source="own")
    first = list_records(study, VIEWER)[0]
    assert (first.unit.ref, first.unit.participant) == ("own:1", "P1")
    assert first.attributes == {"state": "anything"}
    assert on(study, "own:1")[0] == ["full"]


def test_a_person_can_be_the_record(tmp_path: Path) -> None:
    path = write(tmp_path, "unit,coder,code\nP1,A,v3\nP2,A,v1\n")
    with create_study(tmp_path / "v.coder", [small_codebook()]) as study:
        import_records(study, path, columns={"unit": ("id", "participant")})
        made = tally(study, VIEWER, "vision")
        assert [result.n for result in made.groups[-1].results] == [0, 1, 0, 1, 0]
        assert made.notes[0] == (
            "vision: 2 person-years have a level; at most 2: 1 (50.0%), at least 3: 1 (50.0%)."
        )


def test_a_workbook_with_a_title_and_numbers(study: Study, tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Our records"], [], ["id", "score", "state"], [1, 3, "full"], [2, None, "part"]):
        sheet.append(row)
    workbook.save(tmp_path / "book.xlsx")
    report = import_records(study, tmp_path / "book.xlsx", coder="AL")
    assert (report.added, report.codes) == (2, 3)
    assert on(study, "book:1")[0] == ["full", "s3"]


def test_records_without_codes_need_no_coder(study: Study, tmp_path: Path) -> None:
    report = import_records(study, write(tmp_path, "record,text\nA,One\nB,Two\n"))
    assert (report.added, report.coders, report.codes) == (2, (), 0)
    assert tally(study, VIEWER, "state").groups[-1].blanks == {"incomplete": 2}


def test_a_set_whose_condition_is_not_a_column_is_open_to_all(tmp_path: Path) -> None:
    with create_study(tmp_path / "t.coder", [book()]) as study:
        report = import_records(study, write(tmp_path, "id,why\nA,\nB,good\n"), coder="AL")
        assert (report.nothing, report.not_applicable) == (1, 0)


def test_a_code_against_its_condition_is_pointed_out(study: Study, tmp_path: Path) -> None:
    report = import_records(study, write(tmp_path, "id,state,why\nA,none,good\n"), coder="AL")
    assert "rows 2: coded in a set that depends on a code which is not there" in report.notes


def test_the_same_ids_from_another_source_are_pointed_out(filled: Study, tmp_path: Path) -> None:
    report = import_records(filled, write(tmp_path, TABLE, "copy.csv"), coder="AL")
    assert report.added == 3
    assert report.notes[-1].startswith("R1 is in the study from advice too")


# Questions of a protocol.


def with_protocol() -> Codebook:
    sheet = CodeSet(
        "mark", "Mark", "exclusive", (Code("yes", "Yes"), Code("no", "No")), Rollup("count")
    )
    talk = CodeSet("talk", "Talk", "multi", (Code("t1", "Talk one"),), Rollup("any"))
    return Codebook(
        "sheets",
        "1.0.0",
        "Sheets",
        (sheet, talk),
        protocol=(Question("Q-SHEET", "?", ("mark",)), Question("Q-TALK", "?", ("talk",))),
        unit={"code": "response_or_excerpt", "report": "class_date"},
    )


def test_the_question_is_the_one_that_feeds_the_sets_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "id,mark\n1,yes\n2,no\n")
    with create_study(tmp_path / "p.coder", [with_protocol()]) as study:
        report = import_records(study, path, coder="AL")
        assert (report.kind, report.question) == ("response", "Q-SHEET")
        unit = find_unit(study, "advice:1")
        assert unit.question == "@response:Q-SHEET"
        assert on(study, unit.ref)[1] == {"mark": "coded", "talk": "not_applicable"}


def test_without_codes_every_set_is_asked_unless_a_question_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "id,text\n1,Yes.\n")
    with create_study(tmp_path / "p.coder", [with_protocol()]) as study:
        report = import_records(study, path)
        assert report.question == ""
        assert "every code set of sheets is asked of each record" in report.notes[-1]
        report = import_records(study, path, question="Q-TALK")
        assert (report.changed, find_unit(study, "advice:1").question) == (1, "@response:Q-TALK")


def test_texts_can_be_coded_with_a_book_for_excerpts(tmp_path: Path) -> None:
    """The tiny book names no unit at all, and is for excerpts."""
    with create_study(tmp_path / "e.coder", [small_codebook()]) as study:
        text = "unit,text,coder,code\nC1,Words.,A,taught\nC1,Words.,B,effort\nC1,Words.,B,hard\n"
        report = import_records(study, write(tmp_path, text))
        assert (report.coders, report.codes, report.question) == (("A", "B"), 3, "Q-WHY")
        assert on(study, "advice:C1", "B")[0] == ["effort", "hard"]


# Counting.


def test_records_are_counted_by_code_unless_people_are_asked_for(filled: Study) -> None:
    made = tally(filled, VIEWER, "why", by=["district"])
    assert (made.row, made.unit, made.grain) == ("advice", "advice", "code")
    assert [(g.values, g.n, g.asked) for g in made.groups] == [
        (("North",), 2, 2),
        (("South",), 1, 0),
        ((), 3, 2),
    ]
    by_valence = tally(filled, VIEWER, "why", people=False)
    assert by_valence.grain == "valence"
    assert [r.n for r in by_valence.groups[-1].results] == [0, 1, 0, 0]
    people = tally(filled, VIEWER, "why", people=True)
    assert (people.row, people.groups[-1].n) == ("person-year", 0)


def test_each_record_of_nobody_is_a_cluster_of_its_own(filled: Study) -> None:
    share = tally_codes(filled, VIEWER, "state").groups[-1].results[0].of_asked
    assert (share.numerator, share.denominator, share.clusters) == (1, 3, 3)
    assert share.interval == "Wilson, one row per advice"


def test_records_of_people_are_nested_in_them(study: Study, tmp_path: Path) -> None:
    rows = "".join(f"{n},P{n % 3},{'full' if n % 2 else 'part'}\n" for n in range(12))
    import_records(study, write(tmp_path, "id,participant,state\n" + rows), coder="AL")
    share = tally(study, VIEWER, "state").groups[-1].results[0].of_asked
    assert share.clusters == 3
    assert "person" in share.interval


def test_a_person_of_records_only_has_what_all_their_records_share(
    study: Study, tmp_path: Path
) -> None:
    text = (
        "id,participant,year,district,room,score\n1,P1,2023-24,North,a,4\n2,P1,2023-24,North,b,1\n"
        "3,P2,2023-24,South,a,2\n"
    )
    import_records(study, write(tmp_path, text), coder="AL")
    by_district = tally(study, VIEWER, "score", by=["district"], people=True)
    assert [(g.values, g.n, g.mean) for g in by_district.groups] == [
        (("North",), 1, 2.5),
        (("South",), 1, 2.0),
        ((), 2, 2.25),
    ]
    by_room = tally(study, VIEWER, "score", by=["room"], people=True)
    assert [(g.values, g.n) for g in by_room.groups[:-1]] == [(("",), 1), (("a",), 1)]


def test_what_is_known_of_the_person_goes_before_their_records(tmp_path: Path) -> None:
    lessons = "id,participant,year,district,vision\n1,P1,2023-24,East,4\n"
    with make_study(tmp_path, book=small_codebook()) as study:
        import_records(study, write(tmp_path, lessons), coder="AL", question="Q-WHY")
        for_people = tally(study, VIEWER, "vision", by=["district"])
        assert [g.values for g in for_people.groups] == [("North",), ()]
        for_units = tally_codes(study, VIEWER, "vision", by=["district"])
        assert [(g.values, g.n) for g in for_units.groups] == [
            (("East",), 1),
            (("North",), 2),
            ((), 3),
        ]
        assert for_units.row == "unit", "excerpts and a record together"


def test_cross_takes_record_by_record_and_refuses_several_codes(filled: Study) -> None:
    found = cross(filled, VIEWER, "state", "score")
    assert dict(found.counts) == {
        ("full", "s3"): 1,
        ("part", "nothing"): 1,
        ("none", "nothing"): 1,
    }
    assert set(found.column_labels) == {"s0", "s1", "s2", "s3", "s4", "nothing"}
    with pytest.raises(UsageError, match="why has several codes per record"):
        cross(filled, VIEWER, "state", "why")


def test_transcripts_are_counted_as_if_there_were_no_records(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}, {}], book=small_codebook()) as study:
        al = add_coder(study, "AL")
        for ref in ("T-1:1", "T-1:3", "T-2:1", "T-2:3"):
            put_code(study, al, ref, "cause", "effort")
        before = tally(study, VIEWER, "cause", people=False), list_transcripts(study, VIEWER)
        import_records(study, write(tmp_path, "id,text\n1,Words.\n"), question="Q-ADJUST")
        assert (
            tally(study, VIEWER, "cause", people=False),
            list_transcripts(study, VIEWER),
        ) == before
        assert before[0].row == "excerpt"


def test_records_are_coded_blind_in_a_round(filled: Study) -> None:
    al, rr = coder_named(filled, "AL"), add_coder(filled, "RR")
    new_round(filled, "blind", ["AL", "RR"], refs=["advice:R1", "advice:R2", "advice:R3"])
    pass_ = round_pass(filled, "blind")
    for coder, said in ((al, "full part none"), (rr, "full none none")):
        for number, code in enumerate(said.split(), start=1):
            put_code(filled, coder, f"advice:R{number}", "state", code, pass_)
            finish(filled, coder, f"advice:R{number}", pass_)
    with pytest.raises(NotAllowed, match="not shown to you while a round is open"):
        agreement(filled, Viewer("AL"), ["state"], round_name="blind")
    close_round(filled, "blind")
    report = agreement(filled, VIEWER, ["state"], round_name="blind")
    first = report.rows[0].estimate
    assert (first.statistic, first.units, first.clusters) == ("percent_agreement", 3, 3)
    assert first.estimate == pytest.approx(2 / 3)
    assert_tables_are_what_the_journal_says(filled)


# Shown.


def test_list_show_and_export(filled: Study) -> None:
    table = records_table(list_records(filled, VIEWER))
    assert [column.key for column in records_page(table).columns] == [
        "unit",
        "year",
        "district",
        "words",
    ]
    text = show(filled, Viewer("AL"), "advice:R2")
    assert text.splitlines()[:4] == [
        "advice:R2  advice",
        "  year: 2023-24",
        "  district: North",
        "",
    ]
    assert "[laughs] =SUM(1)" in text
    assert "AL, score: nothing" in text
    made = {table.name: table for table in tables_of(filled, VIEWER).tables}
    assert {row[0] for row in made["units"].rows} == {"advice:R1", "advice:R2", "advice:R3"}
    assert {row[1] for row in made["units"].rows} == {"record"}
    assert "cross_state_score" in made
    assert "state_code_by_district_year" in made
    lines = to_csv(made["records"]).splitlines()
    assert lines[0] == "unit,kind,question,source,external_id,participant,year,district,words"
    assert lines[1] == 'advice:R1,advice,,advice,R1,,2023-24,North,"Ask, then wait."'
    meanings = {(row[0], row[1]): row[3] for row in made["data_dictionary"].rows}
    assert str(meanings["records", "district"]).startswith("district of the record")
    assert meanings["state_code_by_district_year", "full"] == (
        "Advices whose value of state is In full."
    )


def test_a_reference_that_is_no_record_says_where_they_are_listed(filled: Study) -> None:
    with pytest.raises(UsageError, match=r"no record advice:R9 \(coder records lists them"):
        find_unit(filled, "advice:R9")


def test_records_and_interviews_do_not_touch_each_other(filled: Study, tmp_path: Path) -> None:
    import_files(filled, [write_transcript(tmp_path)])
    assert filled.store.counts()["records"] == 3
    assert filled.store.counts()["excerpts"] == 4
    al: Coder = coder_named(filled, "AL")
    press_code(filled, al, "advice:R1", "why", "good")
    assert on(filled, "advice:R1")[0] == ["full", "s3", "bad"]
    assert_tables_are_what_the_journal_says(filled)


def test_texts_are_units_of_the_book_they_came_in_under(tmp_path: Path) -> None:
    """Every book for excerpts could ask them, and an interview would never be finished."""
    path = tmp_path / "texts.csv"
    path.write_text("id,text\nT1,One.\nT2,Two.\n", encoding="utf-8")
    books = [small_codebook(), small_codebook("other")]
    with create_study(tmp_path / "t.coder", books) as made:
        import_records(made, path)
        found = find_unit(made, "texts:T1")
        assert [s.id for s in books[0].sets_fed_by(found.question)]
        assert books[1].sets_fed_by(found.question) == ()
        assert tally(made, VIEWER, "other:cause", people=False).groups[-1].n == 0


def test_who_brings_records_in_can_undo_it(study: Study, tmp_path: Path) -> None:
    al = add_coder(study, "AL")
    path = tmp_path / "bare.csv"
    path.write_text("id,text\nB1,One.\n", encoding="utf-8")
    import_records(study, path, coder="AL")
    assert undo(study, al).words == "undid: imported 1 advices and 0 codes on them from bare.csv"
    assert list_records(study, VIEWER) == ()
