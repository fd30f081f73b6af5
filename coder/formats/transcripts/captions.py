"""WebVTT captions with voices, and the header in a ``.yaml`` of the same name.

The text of such a transcript is a canonical body, so that spans work as in every other one:

* consecutive cues of one voice are one turn, joined by single spaces, as are the lines of a cue;
  a cue that opens with a question marker begins a turn of its own;
* a turn is one line, ``[HH:MM:SS] TAG: words``, with the start of its first cue (whole seconds,
  rounded down; ``Turn.seconds`` keeps the fraction) and the tag of the header;
* turns are separated by a blank line, and the text ends with a line feed;
* tags are left out, entities decoded; everything else stays character for character.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from coder.errors import BadInput
from coder.formats.base import Notes, SourceText, complaint
from coder.formats.transcripts.cues import Cue, read_cues
from coder.formats.transcripts.headed import draft, read_sidecar
from coder.formats.transcripts.header import Header
from coder.formats.transcripts.turns import MARKER, note_markers, seconds_of, without_marker
from coder.formats.wording import did_you_mean, listed, shown
from coder.model import Span, TranscriptDraft, Turn


class CaptionsReader:
    """Reads ``.vtt`` files whose cues say who speaks."""

    name = "captions"
    endings = (".vtt",)

    def recognises(self, source: SourceText) -> bool:
        """The word WEBVTT opens every caption file."""
        return source.text.startswith("WEBVTT")

    def read(self, source: SourceText) -> TranscriptDraft:
        """Read the cues and the header beside them.

        Raises:
            BadInput: The header or the captions cannot be taken as they are.
        """
        notes = Notes()
        cues = list(read_cues(source, notes))
        header = read_sidecar(source, notes)
        spoken = _join(source, header, cues)
        body, turns = _body(source, header, spoken, notes)
        return draft(source, header, body, turns, self.name, notes)


@dataclass(slots=True)
class _Spoken:
    """A turn in the making."""

    line: int
    start: str
    tag: str
    words: list[str] = field(default_factory=list)


def _join(source: SourceText, header: Header, cues: Iterable[Cue]) -> list[_Spoken]:
    """Runs of one voice."""
    runs: list[_Spoken] = []
    for cue in cues:
        tag, words = _speaker(source, header, cue)
        if not runs or runs[-1].tag != tag or MARKER.match(words):
            runs.append(_Spoken(cue.line, cue.start, tag))
        runs[-1].words.append(words)
    if not runs:
        raise complaint(source.path, None, "no cue of the file has words")
    return runs


def _speaker(source: SourceText, header: Header, cue: Cue) -> tuple[str, str]:
    """The tag of a cue's voice, and its words without a name in front."""
    if cue.voice:
        if cue.voice in header.voices:
            return header.voices[cue.voice], cue.words
        raise _unknown_voice(source, header, cue, cue.voice)
    name, colon, words = cue.words.partition(":")
    if colon and name.strip() in header.voices:
        if not words.strip():
            message = f"the cue at {cue.start} has a name and no words"
            raise complaint(source.path, cue.line, message, "write them or delete the cue")
        return header.voices[name.strip()], words.strip()
    message = f"the cue at {cue.start} does not say who speaks"
    raise complaint(source.path, cue.line, message, "begin its words with <v Name>")


def _unknown_voice(source: SourceText, header: Header, cue: Cue, voice: str) -> BadInput:
    message = f"the voice {shown(voice)} of the cue at {cue.start} is not in the header"
    hint = did_you_mean(voice, header.voices) or f"the header names {listed(header.voices)}"
    return complaint(source.path, cue.line, message, hint)


def _body(
    source: SourceText, header: Header, spoken: Iterable[_Spoken], notes: Notes
) -> tuple[str, tuple[Turn, ...]]:
    """The canonical text and the turns in it."""
    interviewers = {s.tag for s in header.speakers if s.is_interviewer}
    parts: list[str] = []
    turns: list[Turn] = []
    length = 0
    for number, run in enumerate(spoken, start=1):
        opening = f"[{run.start.partition('.')[0]}] {run.tag}: "
        said = " ".join(run.words)
        question, words = without_marker(said, Span(0, len(said)))
        if not words:
            message = f"the cue at {run.start} has a marker and no words"
            raise complaint(source.path, run.line, message, "write them or delete the cue")
        note_markers(said, words, question, run.tag not in interviewers, run.line, notes)
        start = length + len(opening)
        turns.append(
            Turn(
                number=number,
                speaker=run.tag,
                span=Span(length, start + len(said)),
                words=Span(start + words.start, start + words.stop),
                seconds=seconds_of(run.start),
                question=question,
            )
        )
        parts.append(f"{opening}{said}\n")
        length += len(parts[-1]) + 1
    return "\n".join(parts), tuple(turns)
