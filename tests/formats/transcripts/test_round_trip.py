"""Whatever people say survives, and every span points at it."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coder.formats.transcripts import read_transcript
from tests.formats.transcripts.interviews import headed, read_or_refuse, write

ANYTHING = st.characters(exclude_categories=["Cc", "Cs"])
ODD = [
    "[/b] and [bold]",
    "{{}} {0} %s $HOME",
    "=1+1",
    "@SUM(A1)",
    "\U0001f9d1\u200d\U0001f3eb \U0001f600",
    "\u0645\u0631\u062d\u0628\u0627 \u200f\u202bX",
    "e\u0301 n\u0303 \u1100\u1161",
    "'; DROP TABLE x; --",
    "<script>",
    "a\u2028b",
]
LINE = st.one_of(st.text(ANYTHING, max_size=30), st.sampled_from(ODD))
SPOKEN = st.tuples(
    st.sampled_from(["", "[00:00:09] "]),
    st.sampled_from(["INT", "T1"]),
    st.sampled_from(["", "{Q-WHY} "]),
    LINE.filter(lambda line: line.strip() != ""),
    st.lists(LINE.map(lambda line: f"  {line}"), max_size=3),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(SPOKEN, min_size=1, max_size=5))
@example([("", "T1", "", odd, [f"  {odd}"]) for odd in ODD])
def test_words_survive_and_spans_point_at_them(
    tmp_path: Path, spoken: list[tuple[str, str, str, str, list[str]]]
) -> None:
    blocks = [
        "\n".join([f"{time}{tag}: {marker}{first}", *more])
        for time, tag, marker, first, more in spoken
    ]
    body = "\n\n".join(blocks)
    draft, said = read_or_refuse(write(tmp_path, headed(body)))
    if draft is None:
        # Words such as "{Q-A}" alone, which are a marker without words, may come up.
        assert "has a marker and no words" in said
        return
    assert draft.text == unicodedata.normalize("NFC", body)
    assert [turn.number for turn in draft.turns] == list(range(1, len(spoken) + 1))
    end = 0
    for turn, (_, tag, _, first, more) in zip(draft.turns, spoken, strict=True):
        assert turn.speaker == tag
        assert end <= turn.span.start < turn.span.stop <= len(draft.text)
        assert turn.span.contains(turn.words)
        end = turn.span.stop
        words = unicodedata.normalize("NFC", "\n".join([first, *more])).strip()
        assert words.endswith(turn.words.of(draft.text))
        if "{Q" not in words:
            assert turn.words.of(draft.text) == words
    between = "".join(
        draft.text[before.span.stop : after.span.start]
        for before, after in zip(draft.turns, draft.turns[1:], strict=False)
    )
    assert between.strip() == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(ANYTHING | st.sampled_from(list("\n\n\n: TIN1[]():")), max_size=120))
def test_any_body_is_read_or_refused_in_one_line(tmp_path: Path, body: str) -> None:
    draft, said = read_or_refuse(write(tmp_path, headed(f"INT: a\n\n{body}")))
    assert "\n" not in said
    assert draft is not None or "X-1.txt, line " in said


def test_large_file_is_quick_enough(tmp_path: Path) -> None:
    body = "[00:00:12] INT: Why?\n\n[00:00:17] T1: " + "Because of that. " * 20 + "\n\n"
    draft = read_transcript(write(tmp_path, headed(body * 5_000)))
    assert len(draft.turns) == 10_000


def test_looking_at_the_readers_imports_nothing_heavy() -> None:
    code = (
        "import sys, coder.formats.transcripts, coder.formats.atomic, coder.segment\n"
        "heavy = {'spacy', 'webvtt', 'ruamel.yaml', 'pandas', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
