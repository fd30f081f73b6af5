"""Captions (WebVTT, SubRip) with voices, and the header in a ``.yaml`` of the same name.

The text of such a transcript is a canonical body, so that spans work as in every other one:

* consecutive cues of one voice are one turn, joined by single spaces, as are the lines of a cue;
  a cue that opens with a question marker begins a turn of its own;
* a turn is one line, ``[HH:MM:SS] TAG: words``, with the start of its first cue and the tag of
  the header;
* tags are left out, entities decoded; everything else stays character for character.
"""

from __future__ import annotations

from collections.abc import Iterable

from coder.errors import BadInput
from coder.formats.base import Notes, SourceText, complaint
from coder.formats.transcripts.canonical import Spoken, canonical_body
from coder.formats.transcripts.cues import Cue, form_of, is_subrip, read_cues
from coder.formats.transcripts.headed import draft, read_sidecar
from coder.formats.transcripts.header import Header
from coder.formats.transcripts.turns import MARKER
from coder.formats.wording import did_you_mean, listed, shown
from coder.model import TranscriptDraft


class CaptionsReader:
    """Reads ``.vtt`` and ``.srt`` files whose cues say who speaks."""

    name = "captions"
    endings = (".vtt", ".srt")

    def recognises(self, source: SourceText) -> bool:
        """The word WEBVTT opens every WebVTT file, a number and a line of times every SubRip."""
        return source.text.startswith("WEBVTT") or is_subrip(source.text)

    def read(self, source: SourceText) -> TranscriptDraft:
        """Read the cues and the header beside them.

        Raises:
            BadInput: The header or the captions cannot be taken as they are.
        """
        notes = Notes()
        cues = list(read_cues(source, notes))
        header = read_sidecar(source, notes)
        spoken = _join(source, header, cues)
        body, turns = canonical_body(source, header, spoken, notes)
        return draft(source, header, body, turns, self.name, notes)


def _join(source: SourceText, header: Header, cues: Iterable[Cue]) -> list[Spoken]:
    """Runs of one voice."""
    runs: list[Spoken] = []
    for cue in cues:
        tag, words = _speaker(source, header, cue)
        if not runs or runs[-1].tag != tag or MARKER.match(words):
            runs.append(Spoken(cue.line, cue.start, tag))
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
    form = form_of(source)
    name, colon, words = cue.words.partition(":")
    if colon and name.strip() in header.voices:
        if not words.strip():
            message = f"the cue at {form.clock(cue.start)} has a name and no words"
            raise complaint(source.path, cue.line, message, "write them or delete the cue")
        return header.voices[name.strip()], words.strip()
    message = f"the cue at {form.clock(cue.start)} does not say who speaks"
    raise complaint(source.path, cue.line, message, form.how_to_name)


def _unknown_voice(source: SourceText, header: Header, cue: Cue, voice: str) -> BadInput:
    start = form_of(source).clock(cue.start)
    message = f"the voice {shown(voice)} of the cue at {start} is not in the header"
    hint = did_you_mean(voice, header.voices) or f"the header names {listed(header.voices)}"
    return complaint(source.path, cue.line, message, hint)
