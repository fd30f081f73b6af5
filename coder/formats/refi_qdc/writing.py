"""From a codebook to a ``.qdc`` file.

Code sets become codes at the top that cannot be put on, with their codes below them: that is what
every program shows. Each is also a REFI set (a code group or code set elsewhere), for programs
that show no hierarchy, and one more set stands for the book and says what is known of it.
"""

from __future__ import annotations

import json
from typing import Any

from coder import __version__
from coder.formats.refi_qdc import labels
from coder.formats.refi_qdc.labels import NAMESPACE, NO, YES, labelled
from coder.formats.workbook.fitting import xml_text
from coder.model import Code, Codebook, CodeSet, content_id, tree


def qdc_bytes(book: Codebook) -> bytes:
    """The book as a REFI-QDA codebook; the same book gives the same bytes.

    Guids are the program's own ids of sets and codes, so a later version of the book meets the
    codes of the earlier one. Characters that XML forbids become �.
    """
    # Deferred: 20 ms, and only this format needs it.
    from lxml import etree

    unprefixed: Any = {None: NAMESPACE}
    root = etree.Element(_tag("CodeBook"), {"origin": f"Coder {__version__}"}, unprefixed)
    codes = etree.SubElement(root, _tag("Codes"))
    for code_set in book.code_sets:
        top = _code(codes, set_guid(book, code_set), code_set.title, codable=False)
        _describe(top, labelled(_set_fields(code_set)))
        _add_codes(top, book, code_set)
    sets = etree.SubElement(root, _tag("Sets"))
    own = _set(sets, content_id("codebook_set", book.id), book.title)
    _describe(own, labelled(_book_fields(book)))
    for code_set in book.code_sets:
        etree.SubElement(own, _tag("MemberCode"), {"guid": set_guid(book, code_set)})
    for code_set in book.code_sets:
        group = _set(sets, group_guid(book.id, code_set.id), code_set.title)
        for code in code_set.codes:
            if not code.is_category:
                etree.SubElement(group, _tag("MemberCode"), {"guid": code_guid(book, code)})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def set_guid(book: Codebook, code_set: CodeSet) -> str:
    """The identity of a code set, as a study has it."""
    return content_id("set", book.id, code_set.id)


def code_guid(book: Codebook, code: Code) -> str:
    """The identity of a code, as a study has it."""
    return content_id("code", book.id, code.id)


def group_guid(book_id: str, set_id: str) -> str:
    """The identity of the REFI set that repeats a code set."""
    return content_id("code_group", book_id, set_id)


def _add_codes(top: Any, book: Codebook, code_set: CodeSet) -> None:
    walked = [code for code, _ in tree(code_set)]
    # A tree has its own order; where the book has another, each code says its place.
    is_in_order = walked == list(code_set.codes)
    elements: dict[str, Any] = {}
    for code in walked:
        element = _code(
            elements.get(code.parent, top),
            code_guid(book, code),
            code.name,
            codable=code.is_offered,
            color=code.color,
        )
        place = "" if is_in_order else str(code_set.codes.index(code) + 1)
        _describe(element, labelled(_code_fields(code, place)))
        elements[code.id] = element


def _code_fields(code: Code, place: str) -> tuple[tuple[str, str], ...]:
    return (
        (labels.BRIEF, code.short),
        (labels.DEFINITION, code.definition),
        (labels.INCLUDE, code.include),
        (labels.EXCLUDE, code.exclude),
        (labels.EXAMPLE, code.example),
        (labels.VALENCE, "" if code.valence == "none" else code.valence),
        (labels.KEY, code.key),
        (labels.LEVEL, "" if code.level is None else str(code.level)),
        (labels.CODABLE, "" if code.codable else NO),
        (labels.REPLACED_BY, ", ".join(code.replaced_by)),
        (labels.RETIRED, YES if code.is_retired else ""),
        (labels.CATEGORY, YES if code.is_category else ""),
        (labels.PLACE, place),
        (labels.CODE_ID, code.id),
    )


def _set_fields(code_set: CodeSet) -> tuple[tuple[str, str], ...]:
    rollup = code_set.rollup
    more = {"labels": dict(rollup.labels), "options": dict(rollup.options)}
    return (
        (labels.APPLIES, code_set.applies_when),
        (labels.MODE, code_set.mode),
        (labels.RULE, rollup.rule),
        (labels.RULE_MORE, _json({key: value for key, value in more.items() if value})),
        (labels.SCRATCH, YES if code_set.is_scratch else ""),
        (labels.MORE, _json(dict(code_set.options))),
        (labels.SET_ID, code_set.id),
    )


def _book_fields(book: Codebook) -> tuple[tuple[str, str], ...]:
    questions = [{"id": q.id, "ask": q.ask, "feeds": list(q.feeds)} for q in book.protocol]
    return (
        (labels.STATUS, book.status),
        (labels.NOTICE, book.notice),
        *((labels.CITE, source) for source in book.citation),
        *((labels.ROLE, role) for role in book.roles),
        (labels.UNIT, _json(dict(book.unit))),
        (labels.QUESTIONS, _json(questions)),
        (labels.MORE, _json(dict(book.options))),
        (labels.VERSION, book.version),
        (labels.BOOK_ID, book.id),
    )


def _code(parent: Any, guid: str, name: str, *, codable: bool, color: str = "") -> Any:
    from lxml import etree

    fields = {"guid": guid, "name": xml_text(name), "isCodable": "true" if codable else "false"}
    if color:
        fields["color"] = color
    return etree.SubElement(parent, _tag("Code"), fields)


def _set(parent: Any, guid: str, name: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, _tag("Set"), {"guid": guid, "name": xml_text(name)})


def _describe(element: Any, text: str) -> None:
    from lxml import etree

    if text:
        etree.SubElement(element, _tag("Description")).text = xml_text(text)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
