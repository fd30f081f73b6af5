"""Codes of a ``.qdc`` file, of this program or another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from coder.formats.codebook_import import Ids
from coder.formats.refi_qdc import labels
from coder.formats.refi_qdc.colors import read_color
from coder.formats.refi_qdc.document import Element
from coder.formats.refi_qdc.labels import Labelled, read_labelled
from coder.formats.wording import shown
from coder.model import Code, Valence


class CodeReader:
    """Reads trees of codes, giving ids and counting what was odd.

    Args:
        file: As complaints call it.
        guids: Ids of codes that are recognised by guid.
    """

    def __init__(self, file: str, guids: Mapping[str, str]) -> None:
        self.file = file
        self.guids = guids
        self._is_all_folders = False
        """No code of the set can be put on, which nobody means."""
        self.ids = Ids("code")
        self.places: dict[str, str] = {}
        self.by_guid: dict[str, str] = {}
        self.odd: Counter[str] = Counter()

    def tree(self, elements: Sequence[Element]) -> tuple[Code, ...]:
        """The codes of one set, in the order of the book."""
        found: list[tuple[float, Code]] = []
        self._is_all_folders = not _any_codable(elements)
        self._walk(elements, "", found)
        if any(place for place, _ in found):
            found.sort(key=lambda item: item[0] or float("inf"))
        return tuple(code for _, code in found)

    def grouped(
        self, codes: Sequence[Code], groups: Sequence[Element]
    ) -> tuple[tuple[Code, ...], list[str]]:
        """Codes without a tree, below the groups that a file has instead, as categories.

        Returns:
            The codes, and the names of groups that could not be kept: their codes are in an
            earlier one already.
        """
        parents: dict[str, str] = {}
        categories: list[Code] = []
        lost: list[str] = []
        known = {code.id for code in codes}
        for group in groups:
            members = [self.by_guid.get(guid, "") for guid in group.members]
            new = [code for code in members if code in known and code not in parents]
            if len(new) < len(members) or not new:
                lost.append(group.name)
            if new:
                category = self.ids.make(group.name)
                self.places[category] = f"{self.file}, line {group.line}, set {shown(group.name)}"
                definition = group.description.strip()
                name = group.name if group.name.strip() else "unnamed"
                categories.append(Code(category, name, definition=definition, is_category=True))
                parents |= dict.fromkeys(new, category)
        kept = (replace(c, parent=parents.get(c.id, ""), is_category=False) for c in codes)
        return ((*categories, *kept) if categories else tuple(codes)), lost

    def notes(self) -> list[str]:
        """What a user must know about the codes."""
        found = [f"{what}: {number}" for what, number in self.odd.items()]
        return [*found, *self.ids.notes()]

    def _walk(
        self, elements: Sequence[Element], parent: str, found: list[tuple[float, Code]]
    ) -> None:
        for element in elements:
            facts = read_labelled(element.description, labels.CODE_LABELS, labels.CODE_ID)
            code = self._code(element, facts, parent)
            self.places[code.id] = f"{self.file}, line {element.line}, code {shown(code.name)}"
            self.by_guid.setdefault(element.guid, code.id)
            place = facts.get(labels.PLACE)
            found.append((float(place) if place.isdecimal() else 0.0, code))
            self._walk(element.codes, code.id, found)

    def _code(self, element: Element, facts: Labelled, parent: str) -> Code:
        name = element.name
        if not name.strip():
            self.odd["codes without a name, called unnamed"] += 1
            name = "unnamed"
        is_own = bool(facts.fields)
        wanted = facts.get(labels.CODE_ID) or self.guids.get(element.guid, "")
        definition = facts.get(labels.DEFINITION)
        if facts.rest:
            definition = f"{definition}\n{facts.rest}".strip() if definition else facts.rest
        code = Code(
            id=self.ids.take(wanted, name),
            name=name,
            short=facts.get(labels.BRIEF),
            definition=definition,
            include=facts.get(labels.INCLUDE),
            exclude=facts.get(labels.EXCLUDE),
            example=facts.get(labels.EXAMPLE),
            key=facts.get(labels.KEY),
            valence=cast(Valence, facts.get(labels.VALENCE) or "none"),
            codable=facts.get(labels.CODABLE) != labels.NO,
            level=self._level(facts.get(labels.LEVEL)),
            replaced_by=tuple(filter(None, facts.get(labels.REPLACED_BY).split(", "))),
            is_retired=facts.get(labels.RETIRED) == labels.YES,
            parent=parent,
            is_category=facts.get(labels.CATEGORY) == labels.YES,
            color=self._color(element.color),
        )
        if element.is_codable is None:
            self.odd["codes that do not say whether they can be put on, taken as yes"] += 1
        if element.is_codable is not False or not code.is_offered:
            return code
        if is_own:
            self.odd["codes made not codable in another program, kept as they were"] += 1
            return code
        if self._is_all_folders:
            self.odd["codes marked as not codable, all of them, taken as codable"] += 1
            return code
        return replace(code, is_category=True)

    def _level(self, text: str) -> int | None:
        if text.removeprefix("-").isdecimal():
            return int(text)
        if text:
            self.odd["levels that are no whole number, left out"] += 1
        return None

    def _color(self, text: str) -> str:
        color = read_color(text)
        if text and not color:
            self.odd["colours that cannot be told, left out"] += 1
        return color


def _any_codable(elements: Sequence[Element]) -> bool:
    return any(e.is_codable is not False or _any_codable(e.codes) for e in elements)
