"""What must hold between the parts of a codebook: ids, keys, levels, questions."""

from __future__ import annotations

import re
from collections.abc import Collection

from coder.formats.codebook_yaml.complaints import Complaints
from coder.formats.codebook_yaml.index import Index, id_of, is_rubric
from coder.formats.codebook_yaml.nodes import Mapping, Scalar, fields_of, items_of, text_of
from coder.formats.codebook_yaml.report_rules import check_reports
from coder.formats.codebook_yaml.set_rules import check_set
from coder.formats.codebook_yaml.tree_rules import check_tree, is_offered
from coder.formats.codebook_yaml.vocabulary import KEY, QUESTION_ID
from coder.formats.wording import shown
from coder.model import RESERVED_KEYS

STATUS_WORDS = frozenset({"nothing", "not_applicable"})
"""Words that stand in spreadsheets of codings where a code would; no code may be called so."""

NO_EVIDENCE_KEY = "x"
"""A letter of the app in books with rubrics."""


def check_rules(
    book: Mapping, complaints: Complaints, attributes: Collection[str] | None = None
) -> None:
    """Complain about parts that do not fit together.

    Args:
        book: The tree of the file.
        complaints: Gets what is wrong.
        attributes: All that the study knows of people and transcripts; None where no study is
            known and any word may be an attribute of its own.
    """
    index = Index(book, complaints)
    index.check_unique(index.sets, "code_sets", "set id")
    index.check_unique([code for _, code, _ in index.codes()], "codes", "code id")
    _check_keys(index)
    for code_set in index.sets:
        _check_levels(index, code_set)
        check_set(index, code_set)
    for _, code, path in index.codes():
        _check_code(index, code, path)
    check_tree(index)
    _check_protocol(index)
    check_reports(index, attributes)


def _check_keys(index: Index) -> None:
    """Keys are unique in a set, letters in the book, and the app's own letters are left alone."""
    free = _free_letters(index)
    in_set: dict[tuple[str, str], int] = {}
    in_book: dict[str, int] = {}
    for code_set, code, path in index.codes():
        node = code.fields.get("key")
        key = text_of(node)
        # The key of a code that is not offered any more is free for another.
        if not key or node is None or not is_offered(code):
            continue
        problem, hint = "", free
        if not re.fullmatch(KEY, key):
            problem, hint = f"{shown(key)} is no code key", "one digit or one lower-case letter"
        elif key in RESERVED_KEYS:
            problem = f'the key "{key}" is reserved: the app itself uses it'
        elif key == NO_EVIDENCE_KEY and index.has_rubrics:
            problem = f'the key "{key}" is reserved: it means "no evidence" beside ordinal sets'
        elif (id_of(code_set), key) in in_set:
            line = in_set[id_of(code_set), key]
            problem = f'the key "{key}" is used twice in this set (first in line {line})'
        elif key in in_book and not key.isdigit():
            # Digits go to the focused set, so sets may share them; a letter picks its set.
            line = in_book[key]
            problem = f'the letter "{key}" is used twice in this book (first in line {line})'
        if problem:
            index.complaints.fault(node, f"{path}.key", problem, hint)
        in_set.setdefault((id_of(code_set), key), node.line)
        in_book.setdefault(key, node.line)


def _free_letters(index: Index) -> str:
    codes = [code for _, code, _ in index.codes() if is_offered(code)]
    taken = {text_of(code.fields.get("key")) for code in codes} | RESERVED_KEYS
    if index.has_rubrics:
        taken.add(NO_EVIDENCE_KEY)
    free = [letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken]
    return f"free letters: {' '.join(free)}" if free else "no letter is free: leave the key out"


def _check_levels(index: Index, code_set: Mapping) -> None:
    """The codes of an ordinal set have levels, each once; other codes have none."""
    path = f"code_sets.{id_of(code_set)}"
    fault = index.complaints.fault
    declared = {item.value for item in items_of(code_set.fields.get("levels"))}
    seen: dict[object, int] = {}
    for code in fields_of(code_set, "codes"):
        where = f"{path}.codes.{id_of(code)}.level"
        level = code.fields.get("level")
        if level is None:
            if is_rubric(code_set):
                fault(code, where, "a code of an ordinal set needs a level", "add level: ...")
            continue
        if not isinstance(level, Scalar):
            continue
        if not is_rubric(code_set):
            fault(level, where, "only ordinal sets have levels", "remove it, or mode: ordinal")
        elif level.value in seen:
            first = seen[level.value]
            fault(
                level,
                where,
                f"level {level.text} is used twice (first in line {first})",
                "one code a level",
            )
        elif declared and level.value not in declared:
            fault(
                level, where, f"level {level.text} is not in levels of the set", "add it to levels"
            )
        seen.setdefault(level.value, level.line)
    if not is_rubric(code_set):
        return
    for item in items_of(code_set.fields.get("levels")):
        if item.value not in seen:
            fault(item, f"{path}.levels", f"no code has level {item.text}", "add the code")


def _check_code(index: Index, code: Mapping, path: str) -> None:
    own = code.fields.get("id")
    if own is not None and text_of(own) in STATUS_WORDS:
        index.complaints.fault(
            own,
            f"{path}.id",
            f"{shown(text_of(own))} is a word of its own in spreadsheets of codings",
            "give the code another id",
        )
    successors = code.fields.get("replaced_by")
    index.check_known(successors, index.code_ids, f"{path}.replaced_by", "code")
    for item in items_of(successors):
        if item.text == text_of(own):
            index.complaints.fault(
                item, f"{path}.replaced_by", "a code cannot replace itself", "name its successor"
            )


def _check_protocol(index: Index) -> None:
    questions = fields_of(index.book, "protocol")
    index.check_unique(questions, "protocol", "question id")
    asked: dict[str, int] = {}
    for question in questions:
        path = f"protocol.{id_of(question)}"
        name = question.fields.get("id")
        if name is not None and not re.fullmatch(QUESTION_ID, text_of(name) or "Q"):
            index.complaints.fault(
                name,
                f"{path}.id",
                f"{shown(text_of(name))} cannot mark a question",
                "letters a to z, digits, hyphen and underscore, such as Q-WHY",
            )
        feeds = question.fields.get("feeds")
        index.check_known(feeds, index.set_ids, f"{path}.feeds", "code set")
        ask = question.fields.get("ask")
        words = " ".join(text_of(ask).casefold().split())
        if not words or ask is None:
            continue
        if words in asked:
            index.complaints.advice(
                ask,
                f"{path}.ask",
                f"asks the same as the question in line {asked[words]}",
                "join the two, or say how they differ",
            )
        asked.setdefault(words, ask.line)
