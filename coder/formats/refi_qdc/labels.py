"""Fields of a code as a description that people read and the program reads back exactly.

One field a line, ``Use when: ...``; further lines of a text are indented by two blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NAMESPACE = "urn:QDA-XML:codebook:1.0"

BRIEF, DEFINITION = "Brief definition", "Definition"
INCLUDE, EXCLUDE = "Use when", "Do not use when"
EXAMPLE, VALENCE, KEY, LEVEL = "Example (invented)", "Valence", "Key", "Level"
CODABLE, REPLACED_BY, RETIRED = "Can be told", "Replaced by", "Retired"
CATEGORY, PLACE, CODE_ID = "Category", "Place in the set", "Code id"
CODE_LABELS = (
    BRIEF, DEFINITION, INCLUDE, EXCLUDE, EXAMPLE, VALENCE, KEY, LEVEL, CODABLE, REPLACED_BY,
    RETIRED, CATEGORY, PLACE, CODE_ID,
)  # fmt: skip

APPLIES, MODE, RULE, RULE_MORE = "Asked when", "Mode", "Roll-up", "Roll-up settings"
SCRATCH, MORE, SET_ID = "Scratch set", "Settings", "Code set id"
SET_LABELS = (APPLIES, MODE, RULE, RULE_MORE, SCRATCH, MORE, SET_ID)

STATUS, NOTICE, CITE, ROLE, UNIT = "Status", "Notice", "Cite", "Role", "Unit"
QUESTIONS, VERSION, BOOK_ID = "Questions", "Version", "Codebook id"
BOOK_LABELS = (STATUS, NOTICE, CITE, ROLE, UNIT, QUESTIONS, MORE, VERSION, BOOK_ID)

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a description says."""

    fields: tuple[tuple[str, str], ...]
    rest: str
    """Lines without a label, such as a program or a person wrote them."""

    def get(self, label: str) -> str:
        """The text under a label; nothing where it does not stand there."""
        return next((text for name, text in self.fields if name == label), "")

    def all(self, label: str) -> tuple[str, ...]:
        """Every text under a label."""
        return tuple(text for name, text in self.fields if name == label)


def labelled(fields: Iterable[tuple[str, str]]) -> str:
    """Fields that say something, one after the other."""
    return "\n".join(f"{label}: {text}".replace("\n", "\n  ") for label, text in fields if text)


def read_labelled(text: str, labels: Sequence[str], mark: str) -> Labelled:
    """The fields of a description.

    Args:
        text: The description.
        labels: The labels that may open a line.
        mark: The label that every description of the kind has; without it the text is somebody
            else's and is all rest.
    """
    lines = text.split("\n")
    if not any(line.startswith(f"{mark}: ") for line in lines):
        return Labelled((), text.strip())
    fields: list[tuple[str, list[str]]] = []
    rest: list[str] = []
    for line in lines:
        label, colon, value = line.partition(": ")
        if colon and label in labels:
            fields.append((label, [value]))
        elif line.startswith("  ") and fields:
            fields[-1][1].append(line[2:])
        else:
            rest.append(line)
    found = tuple((label, "\n".join(texts)) for label, texts in fields)
    return Labelled(found, "\n".join(rest).strip())
