"""From a ``.qdc`` file to a codebook, with notes on what was assumed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from coder.formats.codebook_import import FIRST_VERSION, Ids, ImportedBook, slug
from coder.formats.files import named
from coder.formats.refi_qdc import labels
from coder.formats.refi_qdc.codes import CodeReader
from coder.formats.refi_qdc.document import Document, Element, read_document
from coder.formats.refi_qdc.labels import Labelled, read_labelled
from coder.formats.refi_qdc.writing import code_guid, set_guid
from coder.formats.wording import listed, shown
from coder.model import Codebook, CodeSet, Mode, Question, Rollup

LOOSE_SET = "codes"
"""Id of the set for codes that belong to no code set of this program."""


def read_qdc(
    path: str | Path, *, book_id: str = "", title: str = "", known: Iterable[Codebook] = ()
) -> ImportedBook:
    """The codebook in a ``.qdc`` file of any program.

    What this program wrote comes back exactly. In other files the codes become one set; codes
    that cannot be put on become categories, descriptions become definitions.

    Args:
        path: The file.
        book_id: Id of the book; by default what the file says, else made from the file's name.
        title: Title of the book; by default what the file says, else the file's name.
        known: Books whose codes are recognised by guid, where descriptions are lost; only looked
            at where guids are such as this program gives.

    Raises:
        BadInput: The file cannot be read, or is no codebook.
    """
    document = read_document(path)
    own = next((s for s in document.sets if _book_fields(s).fields), None)
    facts = _book_fields(own) if own else Labelled((), "")
    notes: list[str] = []
    if not own:
        notes.append(
            f"written by {shown(document.origin)}" if document.origin else "it names no program"
        )
    stem = Path(path).stem
    file_id = slug(stem) or "book"
    groups = [s for s in document.sets if s is not own]
    code_sets, reader = _code_sets(document, groups, named(path), known, notes)
    book = Codebook(
        id=book_id or facts.get(labels.BOOK_ID) or file_id,
        version=facts.get(labels.VERSION) or FIRST_VERSION,
        title=title or (own.name if own else "") or stem,
        code_sets=code_sets,
        protocol=tuple(
            Question(str(q["id"]), str(q["ask"]), tuple(map(str, q["feeds"])))
            for q in _data(facts, labels.QUESTIONS, [], notes)
        ),
        status=facts.get(labels.STATUS),
        citation=facts.all(labels.CITE),
        notice=facts.get(labels.NOTICE),
        roles=facts.all(labels.ROLE),
        unit=_data(facts, labels.UNIT, {}, notes),
        options=_data(facts, labels.MORE, {}, notes),
    )
    return ImportedBook(book, (*notes, *reader.notes()), reader.places)


def _book_fields(element: Element) -> Labelled:
    return read_labelled(element.description, labels.BOOK_LABELS, labels.BOOK_ID)


def _code_sets(
    document: Document,
    groups: Sequence[Element],
    file: str,
    known: Iterable[Codebook],
    notes: list[str],
) -> tuple[tuple[CodeSet, ...], CodeReader]:
    set_ids = Ids("set")
    guids: dict[str, str] = {}
    sets_of: dict[str, str] = {}
    for book in known if _may_be_ours(document.codes) else ():
        guids |= {code_guid(book, code): code.id for _, code in book.codes()}
        sets_of |= {set_guid(book, code_set): code_set.id for code_set in book.code_sets}
    reader = CodeReader(file, guids)
    found: list[CodeSet] = []
    loose: list[Element] = []
    for top in document.codes:
        facts = read_labelled(top.description, labels.SET_LABELS, labels.SET_ID)
        wanted = facts.get(labels.SET_ID) or sets_of.get(top.guid, "")
        if wanted and top.codes:
            set_id = set_ids.take(wanted, top.name)
            found.append(_code_set(top, facts, set_id, reader, notes))
        else:
            loose.append(top)
    # A set that repeats one of our code sets has all its codes; others say something of their own.
    ours = [set(_below(top)) for top in document.codes if top not in loose]
    lost = [group for group in groups if set(group.members) not in ours]
    if loose:
        codes = reader.tree(loose)
        names = [group.name for group in lost]
        if not any(top.codes for top in loose):
            codes, names = reader.grouped(codes, lost)
        lost = [group for group in lost if group.name in names]
        found.append(
            CodeSet(
                id=set_ids.take(LOOSE_SET, LOOSE_SET),
                title="Codes" if found else "All codes of the file",
                mode="multi",
                codes=codes,
                rollup=Rollup("count"),
            )
        )
        notes.append(
            f"the code set {found[-1].id} takes any number of codes and counts them: change mode"
            " and rollup if that is not what you mean"
        )
    if lost:
        shown_names = listed(shown(group.name) for group in lost[:4]).replace(" or ", " and ")
        more = f" and {len(lost) - 4} more" if len(lost) > 4 else ""
        notes.append(f"a code has one place in the tree; not kept whole: {shown_names}{more}")
    return tuple(found), reader


def _below(element: Element) -> Iterator[str]:
    """The codes that this program lists in the REFI set of a code set: all but categories."""
    for code in element.codes:
        facts = read_labelled(code.description, labels.CODE_LABELS, labels.CODE_ID)
        if facts.get(labels.CATEGORY) != labels.YES:
            yield code.guid
        yield from _below(code)


def _code_set(
    top: Element, facts: Labelled, set_id: str, reader: CodeReader, notes: list[str]
) -> CodeSet:
    rollup: Mapping[str, Any] = _data(facts, labels.RULE_MORE, {}, notes)
    applies = facts.get(labels.APPLIES) or facts.rest
    return CodeSet(
        id=set_id,
        title=top.name,
        mode=cast(Mode, facts.get(labels.MODE) or "multi"),
        codes=reader.tree(top.codes),
        rollup=Rollup(
            facts.get(labels.RULE) or "count",
            _part(rollup, "labels"),
            _part(rollup, "options"),
        ),
        applies_when=applies,
        options=_data(facts, labels.MORE, {}, notes),
        is_scratch=facts.get(labels.SCRATCH) == labels.YES,
    )


def _may_be_ours(elements: Iterable[Element]) -> bool:
    """Whether a code lost its description and has a guid such as this program gives (version 5)."""
    return any((e.guid[14:15] == "5" and not _has_id(e)) or _may_be_ours(e.codes) for e in elements)


def _has_id(element: Element) -> bool:
    lines = element.description.split("\n")
    return any(line.startswith((f"{labels.CODE_ID}: ", f"{labels.SET_ID}: ")) for line in lines)


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _data(facts: Labelled, label: str, default: Any, notes: list[str]) -> Any:
    """Settings that stand in a description as JSON; left out where somebody changed them."""
    text = facts.get(label)
    if not text:
        return default
    try:
        data = json.loads(text)
        if label == labels.QUESTIONS:
            data = [q for q in data if {"id", "ask", "feeds"} <= set(q)]
    except (ValueError, TypeError):
        data = None
    if not isinstance(data, type(default)):
        notes.append(f"left out {shown(label)}: it is not as Coder wrote it")
        return default
    return data
