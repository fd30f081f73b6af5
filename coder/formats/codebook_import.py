"""What every reader of codebooks made elsewhere gives back, and how it names codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.formats.wording import listed, shown
from coder.model import Codebook

NOT_FOR_IDS = frozenset({"nothing", "not_applicable"})
"""Words of their own in spreadsheets of codings."""

LONGEST_ID = 40

FIRST_VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class ImportedBook:
    """A codebook as another program or a spreadsheet has it."""

    book: Codebook
    notes: tuple[str, ...] = ()
    """What was assumed and what could not be carried, one plain sentence each."""
    places: Mapping[str, str] = field(default_factory=dict)
    """By code id, where the code stands, as complaints begin."""


@dataclass(slots=True)
class Ids:
    """Gives codes and sets their ids, each only once."""

    fallback: str
    """For names without any letter or digit of the Latin alphabet."""
    taken: set[str] = field(default_factory=set)
    repeated: list[str] = field(default_factory=list)
    """Names that came more than once."""

    def take(self, wanted: str, name: str) -> str:
        """The id that is wanted, where it is one and free; else one made from the name."""
        if re.fullmatch(r"\w+", wanted, re.ASCII) and self._is_free(wanted):
            self.taken.add(wanted)
            return wanted
        return self.make(name)

    def make(self, name: str) -> str:
        """An id from a name: ``Don't know / can't tell`` becomes ``dont_know_cant_tell``."""
        start = slug(name) or self.fallback
        made, number = start, 1
        while not self._is_free(made):
            number += 1
            made = f"{start}_{number}"
        if start in self.taken and start != self.fallback:
            self.repeated.append(name)
        self.taken.add(made)
        return made

    def notes(self) -> list[str]:
        """What a user must know about the ids."""
        if not self.repeated:
            return []
        several = list(dict.fromkeys(self.repeated))
        names = listed(shown(name) for name in several[:4]).replace(" or ", " and ")
        more = f" and {len(several) - 4} more" if len(several) > 4 else ""
        return [f"names that come more than once got numbers in their ids: {names}{more}"]

    def _is_free(self, name: str) -> bool:
        return name not in self.taken and name not in NOT_FOR_IDS


def slug(name: str) -> str:
    """Lower-case letters, digits and underscores; nothing where a name has none of them."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("'", "").replace("\u2019", ""))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"[a-z0-9]+", letters)
    whole = "_".join(words)
    while len(words) > 1 and len(whole) > LONGEST_ID:
        words.pop()
        whole = "_".join(words)
    return whole[:LONGEST_ID]
