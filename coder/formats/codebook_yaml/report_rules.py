"""What figures, composites and reports refer to."""

from __future__ import annotations

import re
from collections.abc import Collection

from coder.formats.codebook_yaml.index import Index, id_of
from coder.formats.codebook_yaml.nodes import Mapping, Scalar, fields_of, items_of, text_of
from coder.formats.codebook_yaml.vocabulary import STANDARD_ATTRIBUTES
from coder.formats.wording import did_you_mean, listed, shown

OF_A_SET = ("rollup", "valence", "level")
"""What may stand after the name of a set and a full stop, beside its codes."""

OTHER_WORDS = (*OF_A_SET, "code", "code_set", "date", "question", "share_at_least_3")
"""What tables are also made by, beside attributes, sets and codes."""

BOUND = re.compile(r"at_(?:least|most)_\d+")
"""A column of rubric levels from, or up to, one of them."""


def check_reports(index: Index, attributes: Collection[str] | None) -> None:
    """Complain about sets, codes and attributes that are nowhere.

    Args:
        index: What the book defines.
        attributes: What the study knows of people and transcripts; None where no study is known.
            Then a word is taken for an attribute of its own, unless it is close to a known name.
            A word that only this study does not know keeps the book from nothing.
    """
    for name, what in (("published_figures", "figure id"), ("reports", "report id")):
        entries = fields_of(index.book, name)
        index.check_unique(entries, name, what)
        for entry in entries:
            path = f"{name}.{id_of(entry)}.of"
            index.check_known(entry.fields.get("of"), index.set_ids, path, "code set")
    composite = index.book.fields.get("composite")
    if isinstance(composite, Mapping):
        of = composite.fields.get("of")
        index.check_known(of, index.set_ids, "composite.of", "code set")
    for entry in fields_of(index.book, "reports"):
        for side in ("rows", "cols", "one_per"):
            for item in items_of(entry.fields.get(side)):
                _check_word(index, item, f"reports.{id_of(entry)}.{side}", attributes)


def _check_word(index: Index, item: Scalar, path: str, attributes: Collection[str] | None) -> None:
    name, dot, part = item.text.partition(".")
    if dot:
        _check_part(index, item, name, part, path)
        return
    questions = [id_of(question) for question in fields_of(index.book, "protocol")]
    evidence = [one.text for one in items_of(index.book.fields.get("evidence"))]
    known = [*STANDARD_ATTRIBUTES, *OTHER_WORDS, *index.set_ids, *index.code_ids]
    known += [*_roles(index), *(attributes or ())]
    if name in (*known, *questions, *evidence) or BOUND.fullmatch(name):
        return
    meant = did_you_mean(name, known)
    problem = f"{shown(name)} is no attribute, code set or code"
    if meant:
        index.complaints.fault(item, path, problem, meant)
    elif attributes is not None:
        there_are = listed(sorted({*STANDARD_ATTRIBUTES, *attributes}))
        index.complaints.advice(item, path, problem, f"attributes are {there_are}")


def _check_part(index: Index, item: Scalar, name: str, part: str, path: str) -> None:
    """``set.rollup``, ``set.code``, or ``role.set``: the set as people of one role see it."""
    if name in index.codes_of:
        parts = [*OF_A_SET, *index.codes_of[name]]
        problem = f"the code set {name} has no {shown(part)}"
    elif name in _roles(index):
        parts, problem = index.set_ids, f"there is no code set {shown(part)}"
    else:
        meant = did_you_mean(name, index.set_ids)
        index.complaints.fault(
            item,
            path,
            f"there is no code set {shown(name)}",
            meant or f"there is {listed(index.set_ids)}",
        )
        return
    if part not in parts:
        hint = did_you_mean(part, parts) or f"such as {name}.{parts[0] if parts else 'rollup'}"
        index.complaints.fault(item, path, problem, hint)


def _roles(index: Index) -> list[str]:
    return [text_of(role) for role in items_of(index.book.fields.get("roles"))]
