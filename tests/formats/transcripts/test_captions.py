"""WebVTT with voices: cues become turns of a canonical body."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.formats.base import Notes
from coder.formats.transcripts import read_transcript
from coder.formats.transcripts.turns import read_turns
from tests.formats.transcripts.interviews import (
    HEADER,
    captions,
    lines_of,
    read_or_refuse,
    refusal,
    write,
)

CUES = """\
    NOTE checked by R2

    STYLE
    ::cue { color: red }

    1
    00:00:12.900 --> 00:00:14.000 align:start
    <v INT>{Q-WHY} Why is
    that?</v>

    00:00:17.000 --> 00:00:19.000
    <v T1>It keeps <i>them</i> awake &amp; <b>well</b>.

    00:00:19.000 --> 00:00:21.000
    <v T1>[laughs] 3 &lt; 4, R&D, &lt;i&gt;

    01:02:03.000 --> 01:02:05.000
    INT: And so?

    01:02:03.500 --> 01:02:05.000
    <v.loud Ms. Okafor>Yes.
    """
TEXT = """\
[00:00:12] INT: {Q-WHY} Why is that?

[00:00:17] T1: It keeps them awake & well. [laughs] 3 < 4, R&D, <i>

[01:02:03] INT: And so?

[01:02:03] T1: Yes.
"""


def test_canonical_body(tmp_path: Path) -> None:
    draft = read_transcript(captions(tmp_path, CUES))
    assert draft.text == TEXT
    assert [turn.seconds for turn in draft.turns] == [12.9, 17, 3723, 3723.5]
    assert [turn.question for turn in draft.turns] == ["Q-WHY", "", "", ""]
    assert draft.turns[0].words.of(draft.text) == "Why is that?"
    assert draft.turns[1].span.of(draft.text) == TEXT.split("\n")[2]
    assert draft.source_format == "captions"
    assert draft.source_name == "X-1.vtt"
    assert draft.notes == (
        "line 13: formatting tags such as <i> were left out",
        "the header is that of X-1.yaml",
    )


def test_the_body_reads_like_a_headed_one(tmp_path: Path) -> None:
    draft = read_transcript(captions(tmp_path, CUES))
    again = read_turns(
        draft.text, draft.speakers, tmp_path / "X-1.txt", lines_of(draft.text), Notes()
    )
    assert [(t.span, t.words, t.question) for t in again] == [
        (t.span, t.words, t.question) for t in draft.turns
    ]


def test_captions_saved_as_txt(tmp_path: Path) -> None:
    assert read_transcript(captions(tmp_path, CUES, name="X-1.txt")).text == TEXT


def test_a_marker_begins_a_turn_of_its_own(tmp_path: Path) -> None:
    cues = """\
        00:01.000 --> 00:02.000
        <v INT>Thank you.

        00:03.000 --> 00:04.000
        <v INT>{Q-NEXT} What then?
        """
    draft = read_transcript(captions(tmp_path, cues))
    assert [turn.question for turn in draft.turns] == ["", "Q-NEXT"]


def test_two_voices_in_one_cue(tmp_path: Path) -> None:
    cues = "00:01.000 --> 00:02.000\n<v INT>Why?</v> <v T1>No.</v>\n"
    draft = read_transcript(captions(tmp_path, cues))
    assert draft.text == "[00:00:01] INT: Why?\n\n[00:00:01] T1: No.\n"


def test_words_in_angle_brackets_are_kept(tmp_path: Path) -> None:
    cues = "00:01.000 --> 00:02.000\n<v T1>so <unclear> and a <- b <00:00:01.500>then\n"
    draft = read_transcript(captions(tmp_path, cues))
    assert draft.turns[0].words.of(draft.text) == "so <unclear> and a <- b then"


def test_lines_of_spaces_count_as_blank(tmp_path: Path) -> None:
    cues = "00:01.000 --> 00:02.000\n<v T1>One.\n  \n00:03.000 --> 00:04.000\n<v T1>Two.\n"
    write(tmp_path, HEADER, "X-1.yaml")
    draft = read_transcript(write(tmp_path, f"WEBVTT\n \n{cues}", "X-1.vtt"))
    assert draft.turns[0].words.of(draft.text) == "One. Two."


def test_a_cue_without_words_is_said(tmp_path: Path) -> None:
    cues = "00:01.000 --> 00:02.000\n<v T1>One.\n\n00:03.000 --> 00:04.000\n<v T1> </v>\n"
    assert "line 6: a cue has no words and was left out" in (
        read_transcript(captions(tmp_path, cues)).notes
    )


GOOD = "00:00:05.000 --> 00:00:06.000\n<v T1>Yes.\n\n"


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        ("00:07.000 --> 00:08.000\nNo.\n", "line 6: the cue at 00:00:07.000 does not say who"),
        ("00:07.000 --> 00:08.000\nWell: no.\n", "the cue at 00:00:07.000 does not say who speaks"),
        ("00:07.000 --> 00:08.000\n<v T1>No.</v> so\n", "the cue at 00:00:07.000 does not say who"),
        ("00:07.000 --> 00:08.000\nT1:\n", "line 6: the cue at 00:00:07.000 has a name and no wo"),
        ("00:07.000 --> 00:08.000\n<v T1>{Q-A}\n", "line 6: a marker and no words"),
        ("00:07.000 --> 00:08.000\n<v T2>No.\n", 'line 6: the voice "T2" of the cue at 00:00:07'),
        ("00:07.000 --> 00:08.000\n<v Ms. Okafour>No.\n", 'did you mean "Ms. Okafor"?'),
        (
            "00:02.000 --> 00:08.000\n<v T1>No.\n",
            "line 6: the cue at 00:00:02.000 comes after the cue at 00:00:05.000",
        ),
        ("00:07.000 --> 00:06.000\n<v T1>No.\n", "line 6: the cue at 00:00:07.000 ends before"),
        ("00:07.000 -> 00:08.000\n<v T1>No.\n", 'line 6: "00:07.000 -> 00:08.000" belongs to no'),
        ("00:07,000 --> 00:08,000\n<v T1>No.\n", 'line 6: "00:07,000 --> 00:08,000" is no line'),
        (
            "00:67.000 --> 00:68.000\n<v T1>No.\n",
            'line 6: "00:67.000 --> 00:68.000" is no line of times',
        ),
        ("a\nb\n00:07.000 --> 00:08.000\n<v T1>No.\n", "line 8: "),
        ("and then we left\n", 'line 6: "and then we left" belongs to no cue'),
        (
            "00:07.000 --> 00:08.000\n<v T1>a\n00:09.000 --> 00:10.000\nb\n",
            "line 8: --> in the mid",
        ),
        ("NOTE a\n--> b\n", "line 7: --> in the middle of a block"),
    ],
)
def test_faults(tmp_path: Path, cues: str, expected: str) -> None:
    said = refusal(captions(tmp_path, GOOD + cues))
    assert said.startswith("X-1.vtt")
    assert expected in said


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "X-1.vtt: the file is empty"),
        ("hello\n", "X-1.vtt, line 1: the first line is not WEBVTT"),
        ("WEBVTTX\n", "X-1.vtt, line 1: the first line is not WEBVTT"),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nYes.\n",
            "line 2: the cue at 00:00:01,000 does not say",
        ),
        ("1\n00:00:01,000 --> 00:00:02,000\nINT: a\n\nlost\n", 'line 5: "lost" belongs to no'),
        ("1\n00:00:01,000 -> 00:00:02,000\nINT: a\n", "line 1: the first line is not WEBVTT"),
        ("WEBVTT\n", "X-1.vtt: there are no cues"),
        ("WEBVTT\n00:01.000 --> 00:02.000\n<v T1>x\n", "X-1.vtt, line 2: --> in the middle"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "X-1.vtt: no cue of the file has words"),
    ],
)
def test_what_is_no_webvtt(tmp_path: Path, content: str, expected: str) -> None:
    write(tmp_path, HEADER, "X-1.yaml")
    assert expected in refusal(write(tmp_path, content, "X-1.vtt"))


def test_subrip_is_read_like_webvtt(tmp_path: Path) -> None:
    cues = (
        "1\n00:00:12,900 --> 00:00:14,000 X1:40\nINT: {Q-WHY} Why is\nthat?\n\n"
        "2\n00:00:14,500 --> 00:00:16,000\nMs. Okafor: <i>Well</i>, 1,5 --> no.\n\n"
    ).replace("--> no", "to no")
    write(tmp_path, HEADER, "X-1.yaml")
    draft = read_transcript(write(tmp_path, cues, "X-1.srt"))
    assert draft.text == "[00:00:12] INT: {Q-WHY} Why is that?\n\n[00:00:14] T1: Well, 1,5 to no.\n"
    assert [turn.seconds for turn in draft.turns] == [12.9, 14.5]
    assert draft.turns[0].question == "Q-WHY"


SUBRIP = "1\n00:00:05,000 --> 00:00:06,000\nINT: Why?\n\n"


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (
            "2\n00:00:07.000 -> 00:00:08.000\nT1: No.\n",
            'line 5: "2" belongs to no cue (a blank line ends a cue: delete it, or write a number '
            "and times above)",
        ),
        (
            "2\n00:00:67,000 --> 00:00:68,000\nT1: No.\n",
            'line 6: "00:00:67,000 --> 00:00:68,000" is no line of times (write '
            "00:00:01,000 --> 00:00:04,000 below the number of the cue)",
        ),
        (
            "2\n00:00:07,000 --> 00:00:08,000\nNo.\n",
            "line 6: the cue at 00:00:07,000 does not say who speaks (begin its words with the "
            "name and a colon)",
        ),
        (
            "2\n00:00:02,000 --> 00:00:08,000\nT1: No.\n",
            "line 6: the cue at 00:00:02,000 comes after the cue at 00:00:05,000",
        ),
        (
            "2\n00:00:07,000 --> 00:00:08,000\nT1: a\n3\n00:00:09,000 --> 00:00:10,000\nb\n",
            "line 9: --> in the middle of a block (put a blank line before the number of each",
        ),
    ],
)
def test_faults_of_subrip_have_advice_for_subrip(tmp_path: Path, cues: str, expected: str) -> None:
    write(tmp_path, HEADER, "X-1.yaml")
    said = refusal(write(tmp_path, SUBRIP + cues, "X-1.srt"))
    assert expected in said
    assert "WEBVTT" not in said


def test_a_file_that_is_called_srt_is_read_as_one(tmp_path: Path) -> None:
    write(tmp_path, HEADER, "X-1.yaml")
    said = refusal(write(tmp_path, "1\n00:00:01,000 -> 00:00:02,000\nINT: a\n", "X-1.srt"))
    assert 'X-1.srt, line 1: "1" belongs to no cue' in said
    assert "WEBVTT" not in said
    # Some programs write points.
    points = SUBRIP.replace(",000", ".000")
    draft = read_transcript(write(tmp_path, points, "X-1.srt"))
    assert draft.text == "[00:00:05] INT: Why?\n"


def test_header_is_needed(tmp_path: Path) -> None:
    said = refusal(captions(tmp_path, GOOD, header=None))
    assert said.startswith("X-1.vtt, line 1: there is no header")
    assert "X-1.yaml" in said


def test_entities_cannot_bring_in_line_feeds_or_escapes(tmp_path: Path) -> None:
    cues = "00:01.000 --> 00:02.000\n<v T1>a&#10;INT: b&#27;[31m&#x85; e&#769;\n"
    draft = read_transcript(captions(tmp_path, cues))
    assert len(draft.turns) == 1
    assert draft.turns[0].words.of(draft.text) == "a INT: b[31m… \u00e9"


ROWS = [
    "",
    "00:01.000 --> 00:02.000",
    "00:03.000 --> 00:09.000",
    "<v T1>Yes.",
    "<v INT>",
    "</v>",
    "INT: so",
    "NOTE",
    "STYLE",
    "x",
    "<v",
    "&#10;",
    "-->",
    "{Q-A} b",
    "<i>",
    " ",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from(ROWS), max_size=12),
)
def test_any_captions_are_read_or_refused_in_one_line(tmp_path: Path, rows: list[str]) -> None:
    draft, said = read_or_refuse(captions(tmp_path, "\n".join(rows)))
    assert "\n" not in said
    if draft is None:
        assert "X-1.vtt" in said
    else:
        assert [
            t.words
            for t in read_turns(draft.text, draft.speakers, tmp_path, lines_of(draft.text), Notes())
        ] == [t.words for t in draft.turns]
