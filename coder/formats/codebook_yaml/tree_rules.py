"""Codes below codes: a tree of any depth inside one set, and what a category may be."""

from __future__ import annotations

import re

from coder.formats.codebook_yaml.index import Index, id_of, is_rubric
from coder.formats.codebook_yaml.nodes import Mapping, Node, Scalar, fields_of, text_of
from coder.formats.codebook_yaml.vocabulary import COLOR
from coder.formats.wording import did_you_mean, shown

NOT_FOR_CATEGORIES = ("key", "level", "codable", "replaced_by")
"""What says how a code is put on, and so has no place where none can be."""


def is_offered(code: Mapping) -> bool:
    """Whether a coder can put the code on: it is no category, not retired and has no heirs."""
    return not (
        _is(code.fields.get("category"))
        or _is(code.fields.get("retired"))
        or code.fields.get("replaced_by")
    )


def check_tree(index: Index) -> None:
    """Complain about parents that lead nowhere or in a circle, and about odd categories."""
    for code_set in index.sets:
        codes = fields_of(code_set, "codes")
        parents = {id_of(code): text_of(code.fields.get("parent")) for code in codes}
        for code in codes:
            path = f"code_sets.{id_of(code_set)}.codes.{id_of(code)}"
            _check_parent(index, code, parents, f"{path}.parent")
            _check_category(index, code_set, code, path)
            _check_color(index, code.fields.get("color"), f"{path}.color")
        if codes and not any(is_offered(code) for code in codes) and not _is_scratch(code_set):
            index.complaints.fault(
                code_set,
                f"code_sets.{id_of(code_set)}.codes",
                "none of its codes can be put on",
                "add a code that is neither retired nor a category",
            )


def _check_parent(index: Index, code: Mapping, parents: dict[str, str], path: str) -> None:
    node = code.fields.get("parent")
    name = text_of(node)
    if node is None or not name:
        return
    if name not in parents:
        hint = did_you_mean(name, parents) or "the parent is a code or category of the same set"
        index.complaints.fault(node, path, f"there is no code {shown(name)} in this set", hint)
        return
    passed = [id_of(code)]
    while name:
        if name in passed:
            index.complaints.fault(
                node,
                path,
                f"goes in a circle: {' below '.join([*passed, name])}",
                "one of them stands at the top and has no parent",
            )
            return
        passed.append(name)
        name = parents.get(name, "")


def _check_category(index: Index, code_set: Mapping, code: Mapping, path: str) -> None:
    if not _is(code.fields.get("category")):
        return
    if is_rubric(code_set):
        index.complaints.fault(
            code, f"{path}.category", "a rubric has levels, not categories", "remove the line"
        )
    for key in NOT_FOR_CATEGORIES:
        if key in code.fields:
            index.complaints.fault(
                code.places[key],
                f"{path}.{key}",
                "a category is never put on a unit and has none",
                f"remove it, or the line category: of {id_of(code)}",
            )
    valence = code.fields.get("valence")
    if valence is not None and text_of(valence) != "none":
        index.complaints.fault(
            valence, f"{path}.valence", "a category has no valence", "give it to the codes below"
        )


def _check_color(index: Index, node: Node | None, path: str) -> None:
    if node is not None and text_of(node) and not re.fullmatch(COLOR, text_of(node)):
        index.complaints.fault(
            node, path, f"{shown(text_of(node))} is no colour", "such as '#1f77b4', in quotes"
        )


def _is_scratch(code_set: Mapping) -> bool:
    return _is(code_set.fields.get("scratch"))


def _is(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value is True
