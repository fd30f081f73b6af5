"""Text with a YAML header between ``---`` lines, or with the header in a ``.yaml`` beside it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from coder.formats.base import Notes, SourceText, complaint, load_text
from coder.formats.transcripts.header import Header, read_header
from coder.formats.transcripts.page_headers import without_page_headers
from coder.formats.transcripts.turns import read_turns
from coder.model import TranscriptDraft, Turn

_FENCE = "---"
SIDECAR_ENDINGS = (".yaml", ".yml")


class HeadedReader:
    """Reads ``[HH:MM:SS] TAG: words`` under a header.

    The body begins after the closing ``---`` and one blank line, and is kept as it is but for
    the page headers that the header names.
    """

    name = "headed"
    endings = (".txt", ".md")

    def recognises(self, source: SourceText) -> bool:
        """A first line of ``---`` opens a header and nothing else."""
        return _first_line(source.text) == _FENCE

    def read(self, source: SourceText) -> TranscriptDraft:
        """Read header and turns.

        Raises:
            BadInput: The header or the body cannot be taken as it is.
        """
        notes = Notes()
        if self.recognises(source):
            yaml, first_line, body, body_line = _cut(source)
            header = read_header(source.path, yaml, first_line, file_id(source.path), notes)
            if (sidecar := find_sidecar(source.path)) is not None:
                notes.add(f"{sidecar.name} was not read: the file has a header of its own")
        else:
            header = read_sidecar(source, notes)
            body, body_line = source.text, 1
        body, lines = without_page_headers(body, header.page_headers, body_line, notes)
        turns = read_turns(body, header.speakers, source.path, lines, notes)
        return draft(source, header, body, turns, self.name, notes)


def file_id(path: Path) -> str:
    """The file's name without its ending, composed as the text is.

    macOS hands out file names with letters and accents apart.
    """
    return unicodedata.normalize("NFC", path.stem)


def find_sidecar(path: Path) -> Path | None:
    """The ``.yaml`` of the same name in the same folder, or None.

    Raises:
        BadInput: There are two.
    """
    found = [side for ending in SIDECAR_ENDINGS if (side := path.with_suffix(ending)).exists()]
    if len(found) > 1:
        message = f"both {found[0].name} and {found[1].name} stand beside it"
        raise complaint(path, None, message, "delete or rename one of them")
    return found[0] if found else None


def read_sidecar(source: SourceText, notes: Notes) -> Header:
    """The header from the ``.yaml`` beside a file.

    Raises:
        BadInput: There is none, or it cannot be taken as it is.
    """
    path = find_sidecar(source.path)
    if path is None:
        fenced = f"put a header between two {_FENCE} lines at the top, or " * (
            source.path.suffix.lower() in HeadedReader.endings
        )
        hint = f"{fenced}write it to {source.path.stem}.yaml beside the file"
        raise complaint(source.path, 1, "there is no header", hint)
    side = load_text(path)
    lines = side.text.rstrip().split("\n")
    # People copy the header from a transcript, fences and all.
    fenced_above = lines[0].rstrip() == _FENCE
    if lines[-1].rstrip() == _FENCE:
        lines = lines[:-1]
    yaml = "\n".join(lines[fenced_above:])
    own = Notes()
    header = read_header(path, yaml, 1 + fenced_above, file_id(source.path), own)
    for sentence in (*side.notes, *own.sentences()):
        notes.add(f"{path.name}: {sentence}")
    notes.add(f"the header is that of {path.name}")
    return header


def draft(
    source: SourceText,
    header: Header,
    body: str,
    turns: tuple[Turn, ...],
    source_format: str,
    notes: Notes,
) -> TranscriptDraft:
    """Put a draft together, and mention people of the header who never speak."""
    heard = {turn.speaker for turn in turns}
    for speaker in header.speakers:
        if speaker.tag not in heard:
            notes.add(f"{speaker.person} (tag {speaker.tag}) is in the header and never speaks")
    return TranscriptDraft(
        name=header.name,
        text=body,
        turns=turns,
        speakers=header.speakers,
        participants=header.participants,
        year=header.year,
        wave=header.wave,
        date=header.date,
        metadata=header.metadata,
        source_name=source.path.name,
        source_sha256=source.sha256,
        source_format=source_format,
        notes=(*source.notes, *notes.sentences()),
    )


def _first_line(text: str) -> str:
    return text.lstrip("\n").partition("\n")[0].rstrip()


def _cut(source: SourceText) -> tuple[str, int, str, int]:
    """The YAML and the body, each with the line of the file on which it begins."""
    lines = source.text.split("\n")
    opened = next(at for at, line in enumerate(lines) if line.rstrip() == _FENCE)
    closed = next((at for at in range(opened + 1, len(lines)) if lines[at].rstrip() == _FENCE), 0)
    if not closed:
        message = "the header is never closed"
        hint = f"put a line of {_FENCE} after its last field"
        raise complaint(source.path, opened + 1, message, hint)
    start = closed + 1
    if start < len(lines) and not lines[start].strip():
        start += 1
    return "\n".join(lines[opened + 1 : closed]), opened + 2, "\n".join(lines[start:]), start + 1
