"""What a coder has in each transcript, and nothing that another has."""

from __future__ import annotations

from pathlib import Path

from coder.model import Viewer
from coder.ops import codebook_editing, coding, corpus, desk_notes, flags
from coder.ops.corpus import Progress
from coder.ops.overview import Desk, overview_of, overview_table
from coder.ops.rounds import find_round
from tests.factories import make_study
from tests.rounds import open_round


def test_everything_is_the_coders_own(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}, {}]) as study:
        al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
        coding.put_code(study, al, "T-1:1", "cause", "taught")
        coding.finish(study, al, "T-1:1")
        flags.put_flag(study, al, "T-1:1", "discuss")
        flags.put_flag(study, al, "T-1:1", "quotable")
        for kind, target in (("excerpt", "T-1:1"), ("transcript", "T-1")):
            coding.write_memo(study, al, kind, target, "hm")
        desk_notes.leave_at(study, al, "T-1", "T-1:3")
        coding.finish(study, rr, "T-2:1")
        flags.put_flag(study, rr, "T-2:1")
        coding.write_memo(study, rr, "excerpt", "T-2:1", "hm")
        codebook_editing.change(study, al, "taught", {"definition": "Other words."})
        found = overview_of(study, al)
        asked = {"cause": 2, "support": 1, "vision": 2}
        one = found.desks["T-1"]
        assert (one.flags, one.memos, one.left_at, one.to_revisit, one.minutes) == (2, 2, 3, 1, 9)
        assert one.sets is not None
        assert one.sets["cause"] == Progress(1, 2)
        assert {name: one.sets[name].total for name in asked} == asked
        two = found.desks["T-2"]
        assert (two.flags, two.memos, two.left_at, two.to_revisit) == (0, 0, 0, 0)
        assert two.sets is not None
        assert not any(progress.finished for progress in two.sets.values())
        assert (found.last, found.to_revisit) == ("T-1", 1)
        table = overview_table(study, al, corpus.list_transcripts(study, Viewer("AL")))
        cells = dict(zip([c.key for c in table.columns], table.rows[0], strict=True))
        assert (cells["cause"], cells["cause_asked"], cells["left_at"]) == (1, 2, 3)


def test_progress_in_a_round_is_of_its_excerpts(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}]) as study:
        al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
        open_round(study, "first", ("AL", "RR"), ["T-1:1"])
        found = find_round(study, "first")
        coding.finish(study, al, "T-1:1", found.number)
        sets = overview_of(study, al, found).desks["T-1"].sets
        assert sets is not None
        assert sets["cause"] == Progress(1, 1)
        assert "support" not in sets
        other = overview_of(study, rr, found).desks["T-1"].sets
        assert other is not None
        assert other["cause"] == Progress(0, 1)


def test_who_is_nobody_has_lengths(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}]) as study:
        assert overview_of(study, None).desks == {"T-1": Desk(minutes=9)}
