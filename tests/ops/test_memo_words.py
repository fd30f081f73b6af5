"""What is kept of a memo that two windows write at once."""

from __future__ import annotations

import pytest

from coder.ops import coding, corpus
from coder.ops.memo_words import with_words_from_elsewhere
from coder.ops.study import Study


@pytest.mark.parametrize(
    ("seen", "now", "body", "kept"),
    [
        ("a", "a", "b", "b"),
        ("a", "", "b", "b"),
        ("", "there", "here", "there\n\nhere"),
        ("a", "there", "a here", "there\n\na here"),
        ("a", "a there", "", "a there"),
        ("a", "a b", "a b c", "a b c"),
    ],
)
def test_what_is_kept_of_a_memo_written_twice(seen: str, now: str, body: str, kept: str) -> None:
    assert with_words_from_elsewhere(seen, now, body) == kept


def test_who_had_other_words_before_them_takes_none_away(study: Study) -> None:
    al = corpus.add_coder(study, "AL")

    def kept(body: str, seen: str | None = None) -> str:
        coding.write_memo(study, al, "excerpt", "T-1:1", body, seen)
        return coding.unit_work(study, al, "T-1:1").memo

    assert kept("begun") == "begun"
    assert kept("begun, there", "begun") == "begun, there"
    assert kept("begun, here", "begun") == "begun, there\n\n, here"
    assert kept("all anew") == "all anew", "a command writes what it is told"
    assert kept("", "something else") == "all anew"
