"""In an open round no command tells its coders how far the others are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coder.ops import coding, corpus, flags
from tests.cli.calling import Call
from tests.factories import make_study
from tests.rounds import open_round, round_number

IN_ROUND = ("A-1:1", "A-1:2", "B-1:1")

LISTS = (
    ("transcripts",),
    ("transcripts", "--csv"),
    ("round", "list"),
    ("round", "list", "--json"),
    ("excerpts", "A-1"),
    ("log",),
    ("log", "--json"),
    ("log", "--csv", "--limit", "3"),
    ("log", "--excerpt", "A-1:3", "--json"),
    ("check",),
    ("show", "A-1"),
    ("disagreements",),
    ("tally", "--json"),
    ("flags",),
    ("memos",),
)

OWN_LISTS = (("transcripts", "--mine"), ("progress",), ("queue",), ("next",))


def study_in(folder: Path, done: tuple[str, ...]) -> Path:
    """AL and RR are in a round of which RR has finished some; ZZ is not in it."""
    folder.mkdir()
    texts = [{"name": "A-1"}, {"name": "B-1", "person": "P2"}, {"name": "C-1", "person": "P3"}]
    with make_study(folder, texts, clock=lambda: "2030-01-01T10:00:00Z") as study:
        rr = [corpus.add_coder(study, alias) for alias in ("AL", "RR", "ZZ")][1]
        coding.finish(study, rr, "C-1:1")
        open_round(study, "R1", ("AL", "RR"), IN_ROUND)
        for pass_ in (0, round_number(study, "R1")):
            for ref in done:
                coding.put_code(study, rr, ref, "cause", "taught", pass_)
                coding.finish(study, rr, ref, pass_)
        coding.write_memo(study, rr, "excerpt", done[-1], "seen")
        flags.put_flag(study, rr, done[-1])
        # Later than all that, so that its place in the file could tell how much that was.
        al = corpus.coder_named(study, "AL")
        coding.put_code(study, al, "A-1:3", "cause", "taught")
        coding.finish(study, al, "A-1:3")
        return study.path


@pytest.mark.parametrize("viewer", ["AL", ""])
def test_lists_are_the_same_however_much_another_has_done(
    tmp_path: Path, call: Call, viewer: str
) -> None:
    said: list[list[str]] = []
    for number, done in enumerate((IN_ROUND[:1], IN_ROUND[:2])):
        path = str(study_in(tmp_path / str(number), done))
        said.append([])
        for words in (*LISTS, *(OWN_LISTS if viewer else ())):
            coder = ("--coder", viewer) if viewer else ()
            result = call(*words, *coder, "--study", path)
            assert result.code == 0, (words, result.err)
            said[-1].append(result.out.replace(path, "the study"))
        closing = call("round", "close", "R1", "--study", path)
        assert closing.code == 1
        assert "not finished by AL and RR" in closing.err
        said[-1].append(closing.err)
    assert said[0] == said[1]
    assert sum("RR not finished" in out for out in said[0]) == 2


@pytest.mark.parametrize("viewer", ["AL", ""])
def test_agreement_is_the_same_before_another_has_begun(
    tmp_path: Path, call: Call, viewer: str
) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    with make_study(folder, [{"name": "A-1"}, {"name": "B-1", "person": "P2"}]) as study:
        al, rr = (corpus.add_coder(study, alias) for alias in ("AL", "RR"))
        open_round(study, "R1", ("AL", "RR"), IN_ROUND)
        coding.put_code(study, al, "A-1:1", "cause", "taught")
        coding.finish(study, al, "A-1:1")
        words = ["agree", "--study", str(study.path), *(["--coder", viewer] if viewer else [])]
        said = []
        for ref in (None, *IN_ROUND):
            if ref is not None:
                coding.put_code(study, rr, ref, "cause", "taught")
                coding.finish(study, rr, ref)
            answer = call(*words)
            said.append((answer.code, answer.out, answer.err))
    assert said[0][0] == 1
    assert "while a round is open" in said[0][2]
    assert set(said) == {said[0]}


def test_a_coder_of_the_round_is_told_who_is_through_and_their_own_count(
    tmp_path: Path, call: Call
) -> None:
    path = str(study_in(tmp_path / "s", IN_ROUND))
    assert "AL 0 of 3, RR finished" in call("round", "list", "--coder", "AL", "--study", path).out
    assert (
        "AL not finished, RR 3 of 3" in call("round", "list", "--coder", "RR", "--study", path).out
    )


def test_whoever_is_not_in_the_round_sees_counts(tmp_path: Path, call: Call) -> None:
    path = str(study_in(tmp_path / "s", IN_ROUND[:2]))
    assert "AL 0 of 3, RR 2 of 3" in call("round", "list", "--coder", "ZZ", "--study", path).out
    rows = call("transcripts", "--csv", "--coder", "ZZ", "--study", path).out.splitlines()
    assert rows[1].endswith("1 of 3,2 of 3,0 of 3")


def test_the_journal_and_a_check_count_all_once_nobody_is_blind(tmp_path: Path, call: Call) -> None:
    path = str(study_in(tmp_path / "s", IN_ROUND[:2]))
    assert "codings" not in call("check", "--coder", "AL", "--study", path).out
    hidden = call("check", "--study", path)
    assert "as the journal says" in hidden.out
    assert "counts of what people did are hidden: R1 is open" in hidden.err
    for_all = call("check", "--coder", "ZZ", "--study", path)
    assert "5 codings" in for_all.out
    assert for_all.err == ""
    rows = json.loads(call("log", "--json", "--coder", "ZZ", "--study", path).out)["rows"]
    numbers = [row["lamport"] for row in rows]
    assert numbers == list(range(len(rows), 0, -1))
    rows = json.loads(call("log", "--json", "--coder", "AL", "--study", path).out)["rows"]
    assert {row["lamport"] for row in rows} == {None}


def test_others_show_where_no_round_is(tmp_path: Path, call: Call) -> None:
    path = str(study_in(tmp_path / "s", IN_ROUND[:2]))
    rows = call("transcripts", "--csv", "--coder", "AL", "--study", path).out.splitlines()
    assert [row.split(",")[-3:] for row in rows[1:]] == [
        ["1 of 3", "", ""],
        ["0 of 3", "", ""],
        ["0 of 3", "1 of 3", "0 of 3"],
    ]
    shown = call("transcripts", "--coder", "AL", "--study", path).out
    assert "how far others are with transcripts of an open round" in shown
