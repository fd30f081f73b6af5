"""What a methodologist would ask about wordings: advice that never keeps a book from use."""

from __future__ import annotations

import re

from coder.formats.codebook_yaml.complaints import Complaints
from coder.formats.codebook_yaml.index import Index, id_of, is_rubric
from coder.formats.codebook_yaml.nodes import Mapping, text_of
from coder.formats.codebook_yaml.tree_rules import is_offered

WORD = re.compile(r"[^\W_]+")
FILLERS = frozenset(("a", "an", "the", "is", "are", "of", "or", "and", "to", "in", "named"))


def check_wordings(book: Mapping, complaints: Complaints) -> None:
    """Advise where ``short`` only repeats the name and ``exclude`` names no neighbour."""
    index = Index(book, complaints)
    names = set(index.code_ids) - {"?"}
    for code_set, code, path in index.codes():
        if not text_of(code.fields.get("key")) and is_offered(code):
            complaints.advice(
                code, f"{path}.key", "has no key", "give it one digit or lower-case letter"
            )
        short = code.fields.get("short")
        if short is not None and _adds_nothing(text_of(short), text_of(code.fields.get("name"))):
            complaints.advice(
                short, f"{path}.short", "only repeats the name", "say what is meant in one line"
            )
        exclude = code.fields.get("exclude")
        if exclude is None or not text_of(exclude).strip():
            continue
        named = set(re.findall(r"\w+", text_of(exclude))) & (names - {id_of(code)})
        names_level = is_rubric(code_set) and re.search(r"\(\d+\)", text_of(exclude))
        if not named and not names_level:
            complaints.advice(
                exclude,
                f"{path}.exclude",
                "names no neighbouring code",
                "say which code is used instead, by its id",
            )


def _adds_nothing(short: str, name: str) -> bool:
    words = set(WORD.findall(short.casefold())) - FILLERS
    return bool(short.strip()) and words <= set(WORD.findall(name.casefold()))
