"""Lists of coded passages without their place in the text: what they can honestly be used for.

Such a list names only what somebody coded. What nobody coded is absent, so no agreement by chance
can be computed over the text. Two questions can still be asked, each only when the user says so:
whether a code occurs in a document at all, and which codes were put on passages that had been
marked off for everybody beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coder.errors import BadInput
from coder.formats.ratings.content import Noun, Ratings
from coder.formats.ratings.layouts.answers import Answer, ratings
from coder.formats.ratings.layouts.tables import plain
from coder.formats.ratings.options import HowToRead
from coder.formats.wording import shown


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage with the codes that one row of the list puts on it."""

    sheet: str
    row: int
    coder: str
    document: str
    text: str
    codes: tuple[str, ...]


def segment_ratings(
    segments: Sequence[Segment],
    how: HowToRead,
    *,
    document: str,
    text: str,
    place: str,
    hint: str,
    noun: Noun = "document",
) -> tuple[Ratings, list[str]]:
    """Sets of codes for documents or for passages, as ``--unit`` says, with notes.

    Args:
        segments: The rows.
        how: Its unit is the title of one of the two columns.
        document: Title of the column of documents.
        text: Title of the column of passages.
        place: The file, as a complaint begins.
        hint: What else the user could give, where neither question is theirs.
        noun: What a document is called.

    Raises:
        BadInput: The user has not said what a unit is: it is for them to judge.
    """
    if plain(how.unit) not in (plain(document), plain(text)):
        raise BadInput(
            f"{place}: the list has coded passages without their place in the text, so what "
            "nobody coded is not in it and no agreement on the text can be computed",
            f'{hint}; or say --unit "{document}" to compare which codes occur in each {noun} at '
            f'all, or --unit "{text}" if the same passages were marked off for everybody '
            "beforehand",
        )
    by_document = plain(how.unit) == plain(document)
    whole: dict[tuple[str, str], Answer] = {}
    for segment in segments:
        unit = segment.document if by_document else f"{segment.document}: {segment.text}"
        new = Answer(
            segment.sheet,
            segment.row,
            unit,
            segment.coder,
            segment.codes,
            "" if by_document else segment.document,
        )
        old = whole.setdefault((unit, segment.coder), new)
        together = tuple(dict.fromkeys(old.codes + new.codes))
        whole[unit, segment.coder] = replace(old, codes=together)
    found = ratings(
        list(whole.values()), coders=how.coders, noun="cluster" if by_document else noun
    )
    raters: dict[int, set[int]] = {}
    for unit_at, coder_at in zip(found.unit.tolist(), found.coder.tolist(), strict=True):
        raters.setdefault(unit_at, set()).add(coder_at)
    alone = sum(1 for coders in raters.values() if len(coders) < len(found.coders))
    what = f"{noun}s" if by_document else "passages"
    notes = []
    if alone:
        notes.append(
            f"{alone} of {len(raters)} {what} are not in every coder's list and count as not "
            "rated by the others; if a coder looked at them and found nothing, agreement is "
            "overstated"
        )
    if by_document:
        notes.insert(
            0,
            f"compared is whether a code occurs in a {noun} at all, not where in it nor how often",
        )
    return found, notes


def need_coders(segments: Sequence[Segment], place: str, hint: str) -> None:
    """Stop where only one coder is in sight.

    Raises:
        BadInput: All rows are of one coder.
    """
    coders = {segment.coder for segment in segments}
    if len(coders) < 2:
        only = shown(next(iter(coders), ""))
        raise BadInput(f"{place}: all rows are of one coder, {only}", hint)
