"""Memos read back: on everything, by whoever may see them; history of an excerpt; drafts."""

from __future__ import annotations

import pytest

from coder.errors import UsageError
from coder.model import Coder, Viewer
from coder.ops.coding import press_code, put_code, write_memo
from coder.ops.corpus import add_coder
from coder.ops.corpus_tables import show
from coder.ops.desk_notes import draft_left, keep_draft
from coder.ops.excerpts import drop_excerpt
from coder.ops.flags import toggle_flag
from coder.ops.history import excerpt_log, undo
from coder.ops.history_tables import excerpt_page
from coder.ops.memo_tables import drafts_as_memos, memo_page, memos_table
from coder.ops.memos import list_memos, memo_target, memos_on
from coder.ops.study import Study
from tests.rounds import close_round, open_round

FIRST, SECOND = "T-1:1", "T-1:2"


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


def write_on_everything(study: Study, coder: Coder) -> None:
    put_code(study, coder, FIRST, "cause", "effort")
    coding = memo_target(study, coder, FIRST, "effort").target
    who = coder.alias
    write_memo(study, coder, "excerpt", FIRST, f"{who} excerpt")
    write_memo(study, coder, "coding", coding, f"{who} coding")
    write_memo(study, coder, "transcript", "T-1", f"{who} transcript")
    write_memo(study, coder, "code", "cause:effort", f"{who} code")
    write_memo(study, coder, "excerpt", SECOND, f"{who} second")


def bodies(study: Study, alias: str, **only: str) -> list[str]:
    return [memo.body for memo in list_memos(study, Viewer(alias), **only)]


def test_memos_stand_in_text_order_with_what_they_are_on(study: Study, al: Coder) -> None:
    write_on_everything(study, al)
    found = list_memos(study, Viewer("AL"))
    assert [(m.kind, m.transcript, m.ref, m.code) for m in found] == [
        ("transcript", "T-1", "", ""),
        ("excerpt", "T-1", FIRST, ""),
        ("coding", "T-1", FIRST, "tiny:cause:effort"),
        ("excerpt", "T-1", SECOND, ""),
        ("code", "", "", "tiny:effort"),
    ]
    assert bodies(study, "AL", transcript="T-1") == [m.body for m in found[:4]]
    assert {m.coder for m in found} == {"AL"}
    assert len(memos_table(found).rows) == 5
    drop_excerpt(study, al, SECOND)
    assert "AL second" not in bodies(study, "AL")


def test_what_stands_on_one_thing(study: Study, al: Coder, rr: Coder) -> None:
    write_on_everything(study, al)
    write_on_everything(study, rr)
    for name, code, kind in (
        (FIRST, "", "excerpt"),
        (FIRST, "cause:effort", "coding"),
        ("T-1", "", "transcript"),
        ("effort", "", "code"),
    ):
        there = memos_on(study, Viewer("RR"), memo_target(study, None, name, code))
        assert [m.body for m in there] == [f"RR {kind}", f"AL {kind}"], "one's own come first"
    assert bodies(study, "AL", whose="RR", transcript="T-1")[0] == "RR transcript"


def test_a_name_that_is_nothing_is_refused(study: Study, al: Coder) -> None:
    with pytest.raises(UsageError, match="no code nobody"):
        memo_target(study, al, "nobody")
    with pytest.raises(UsageError, match="T-1 is no excerpt"):
        memo_target(study, al, "T-1", "effort")
    with pytest.raises(UsageError, match="no transcript"):
        list_memos(study, Viewer("AL"), transcript="T-9")
    with pytest.raises(UsageError):
        list_memos(study, Viewer("AL"), whose="XX")
    assert memo_target(study, al, FIRST, "effort").target == "", "it is not on"


def test_an_open_round_hides_what_others_wrote_about_it(study: Study, al: Coder, rr: Coder) -> None:
    write_on_everything(study, rr)
    open_round(study, "first", ["AL", "RR"], [FIRST])
    assert bodies(study, "AL") == ["RR second"], "outside the round it is shown"
    assert bodies(study, "") == ["RR second"], "who does not say who they are sees no more"
    assert len(bodies(study, "RR")) == 5
    for name, code in ((FIRST, ""), (FIRST, "effort"), ("T-1", ""), ("effort", "")):
        assert memos_on(study, Viewer("AL"), memo_target(study, None, name, code)) == ()
    third = add_coder(study, "XX")
    assert len(bodies(study, third.alias)) == 5, "not in the round, not blind"
    close_round(study, "first")
    assert len(bodies(study, "AL")) == 5


def test_memos_as_a_page_are_words_and_nothing_else(study: Study, al: Coder) -> None:
    body = "[bold]one[/]\n\x1b[31mtwo \u202ethree\n\n=1+1"
    write_memo(study, al, "excerpt", FIRST, body)
    page = memo_page(list_memos(study, Viewer("AL")), 60)
    assert page.startswith(f"{FIRST}, AL, 20")
    assert "[bold]one[/]" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert list_memos(study, Viewer("AL"))[0].body == body


def test_unfinished_memos_say_what_they_were_on(study: Study, al: Coder, rr: Coder) -> None:
    write_on_everything(study, al)
    coding = memo_target(study, al, FIRST, "effort").target
    keep_draft(study, al, "coding", coding, "half")
    keep_draft(study, al, "excerpt", "T-1:9", "of something gone")
    keep_draft(study, al, "code", "cause:effort", "more")
    left = {memo.body: (memo.ref, memo.code) for memo in drafts_as_memos(study, al)}
    assert left == {
        "half": (FIRST, "tiny:cause:effort"),
        "of something gone": ("T-1:9", ""),
        "more": ("", "tiny:effort"),
    }
    assert drafts_as_memos(study, rr) == ()
    found = draft_left(study, al, "coding", coding)
    assert found is not None
    assert found.at.endswith("Z")


# History of one excerpt.


def words(study: Study, alias: str, ref: str) -> list[str]:
    return [line.words for line in excerpt_log(study, Viewer(alias), ref).lines]


def test_the_history_of_an_excerpt_has_all_that_was_done_to_it(study: Study, al: Coder) -> None:
    press_code(study, al, FIRST, "cause", "effort")
    press_code(study, al, SECOND, "support", "open")
    coding = memo_target(study, al, FIRST, "effort").target
    write_memo(study, al, "coding", coding, "why")
    toggle_flag(study, al, FIRST)
    undo(study, al)
    assert words(study, "AL", FIRST) == [
        f"undid: flagged {FIRST}: discuss",
        f"flagged {FIRST}: discuss",
        f"wrote a memo on a code of {FIRST}",
        f"put Effort on {FIRST}",
        "imported T-1",
    ]
    found = excerpt_log(study, Viewer("AL"), FIRST)
    assert [line.is_live for line in found.lines] == [False, False, True, True, True]
    page = excerpt_page(found, 80)
    assert f"flagged {FIRST}: discuss [undone]" in page
    assert f"undid: flagged {FIRST}: discuss [undone]" not in page
    drop_excerpt(study, al, FIRST)
    assert words(study, "AL", FIRST)[0].startswith("dropped"), "also of one that is gone"
    with pytest.raises(UsageError, match="no excerpt T-1:99"):
        excerpt_log(study, Viewer("AL"), "T-1:99")


def test_an_open_round_leaves_out_what_others_did(study: Study, al: Coder, rr: Coder) -> None:
    open_round(study, "first", ["AL", "RR"], [FIRST])
    press_code(study, rr, FIRST, "cause", "effort")
    toggle_flag(study, rr, FIRST)
    undo(study, rr)
    press_code(study, al, FIRST, "cause", "taught")
    found = excerpt_log(study, Viewer("AL"), FIRST)
    assert [line.actor for line in found.lines] == ["AL", ""]
    assert found.blind_in == "first"
    assert "The round first is open" in excerpt_page(found, 80)
    close_round(study, "first")
    after = excerpt_log(study, Viewer("AL"), FIRST)
    assert [line.actor for line in after.lines if line.actor] == ["AL", "RR", "RR", "RR"]
    assert after.blind_in == ""


def test_showing_an_excerpt_shows_its_flags(study: Study, al: Coder) -> None:
    toggle_flag(study, al, FIRST)
    toggle_flag(study, al, FIRST, "quotable")
    assert "flags: discuss, quotable" in show(study, Viewer("AL"), FIRST)
