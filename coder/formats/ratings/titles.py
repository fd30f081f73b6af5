"""What the titles of columns say about them, and the words that are taken to say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from coder.formats.ratings.content import Noun

Role = Literal["unit", "coder", "code", "cluster", "code_set", "start", "stop", "length"]


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


EXACT: dict[str, Role] = {
    "unit": "unit",
    "coder": "coder",
    "code": "code",
    "cluster": "cluster",
    "code_set": "code_set",
    "start": "start",
    "stop": "stop",
    "length": "length",
}
"""The names that the documentation gives: where one is there, no synonym is asked."""

SYNONYMS: dict[Role, frozenset[str]] = {
    "unit": _words(
        "excerpt ref reference item segment case subject sentence statement utterance response "
        "post quote quotation quotations passage paragraph line fragment chunk message "
        "meaning_unit coding_unit unit_of_analysis observation episode event "
        "stimulus tweet recommendation einheit zitat textstelle aussage"
    ),
    "coder": _words(
        "rater annotator judge reviewer observer evaluator labeler labeller codeur analyst "
        "coded_by rated_by annotated_by labeled_by labelled_by created_by researcher user "
        "username"
    ),
    "code": _words(
        "codes label labels rating ratings category categories score value annotation annotations "
        "answer judgment judgement tag tags coding class"
    ),
    "cluster": _words(
        "transcript interview document doc file filename source group focus_group session "
        "participant person respondent interviewee informant teacher speaker student record "
        "int pid transkript dokument datei fall classroom lesson video"
    ),
    "code_set": _words("set variable dimension question_set codeset attribute"),
    "start": _words("begin from start_pos start_position start_offset offset_start pos0"),
    "stop": _words("end to end_pos end_position stop_pos end_offset offset_end pos1"),
    "length": _words("document_length doc_length text_length total_length characters"),
}

WEAK_UNITS = _words("id no nr number name row # index key")
"""Taken for the units only where nothing else is."""

CONTEXT = _words(
    "memo comment comments note notes text words date time year wave role district school status "
    "round version origin at level valence pass kind plan question turn color colour created "
    "modified remarks remark timestamp confidence certainty duration weight"
)
"""Titles of columns that say where a unit or a code stands; never coders of a wide file."""

BESIDE = _words(
    "agree agreed agreement disagree disagreement match matches matched same equal identical "
    "difference diff differs consensus final settled settlement resolved resolution reconciled "
    "reconciliation negotiated discussion discuss discussed checked check reason rationale "
    "justification page pages gender sex age wordcount word_count "
    "kommentar kommentare notiz notizen bemerkung bemerkungen anmerkung anmerkungen datum zeit "
    "seite konsens einig mean average median sum total mittelwert"
)
"""Titles of what teams keep beside the columns of coders: whether they agree, what they settled
on, what they say of it. Never coders of a wide file, as long as nobody names them."""

BESIDE_FIRST = _words("final consensus agreed settled resolved reconciled negotiated date")
BESIDE_LAST = _words(
    "note notes comment comments memo memos remark remarks date confidence certainty timestamp "
    "agree agreement match kommentar bemerkung notiz"
)
"""Words with which longer titles of such columns begin or end."""

NOUNS: dict[str, Noun] = {
    **dict.fromkeys(("transcript", "interview", "int", "transkript"), "transcript"),
    **dict.fromkeys(
        ("document", "doc", "file", "filename", "source", "dokument", "datei"), "document"
    ),
    **dict.fromkeys(
        (
            "participant",
            "person",
            "respondent",
            "interviewee",
            "teacher",
            "speaker",
            "student",
            "informant",
            "pid",
        ),
        "person",
    ),
    "record": "record",
}
"""What a report calls the clusters of a column; ``cluster`` where it is not among these."""

CLUSTER_ORDER = (
    "cluster",
    "transcript",
    "interview",
    "document",
    "doc",
    "file",
    "filename",
    "source",
)
"""Which of several columns of clusters is taken: what holds most text comes first."""


def plain(title: str) -> str:
    """A title without case, with underscores for what stands between words."""
    return re.sub(r"[\s\-_.]+", "_", title.strip().casefold()).strip("_")


def bare(title: str) -> str:
    """A title as `plain` gives it, without the words that only say that it is a name."""
    return re.sub(r"_(id|no|nr|number|name|code|key)$", "", plain(title)) or plain(title)


@dataclass(frozen=True)
class Titles:
    """The titles of a table with what each can be.

    Args:
        titles: As they stand in the header, in order.
    """

    titles: Sequence[str]
    _bare: tuple[str, ...] = field(init=False, repr=False)
    _found: dict[Role, list[int]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_bare", tuple(map(bare, self.titles)))

    def candidates(self, role: Role) -> list[int]:
        """Places of the columns that can play a role, by title: the best kind of name only."""
        if role not in self._found:
            self._found[role] = self._look_for(role)
        return self._found[role]

    def _look_for(self, role: Role) -> list[int]:
        names = [name for name, known in EXACT.items() if known == role]
        exact = [at for at, title in enumerate(self.titles) if plain(title) in names]
        if exact:
            return exact
        known = SYNONYMS[role]
        known = known | {*names}
        return [
            at
            for at, title in enumerate(self.titles)
            if plain(title) in known or self._bare[at] in known
        ]

    def is_context(self, at: int) -> bool:
        """Whether a column says where a unit stands, and is no coder."""
        return plain(self.titles[at]) in CONTEXT

    def is_beside(self, at: int) -> bool:
        """Whether a column of a wide file is one that is kept beside those of the coders."""
        title = plain(self.titles[at].strip("?!:*() "))
        first, last = title.split("_")[0], title.split("_")[-1]
        known = title in BESIDE or self._bare[at] in BESIDE or title in CONTEXT
        return known or ("_" in title and (first in BESIDE_FIRST or last in BESIDE_LAST))


def is_weak_unit(title: str) -> bool:
    """Whether a title names units only for want of a better one."""
    return plain(title) in WEAK_UNITS
