"""A ``.qdc`` file as a tree of codes, whoever wrote it and however carefully."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coder.errors import BadInput
from coder.formats.files import decode_utf8, named, read_bytes
from coder.formats.wording import shown

MOST_BYTES = 16 * 1024 * 1024
MOST_CODES = 5_000
"""A large project has some hundreds."""

DEEPEST = 100

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile(r"<!(?:DOCTYPE|ENTITY)")
SAVE_AGAIN = "export the codebook again, as REFI-QDA codebook (.qdc)"


@dataclass(slots=True)
class Element:
    """One ``Code`` or ``Set``."""

    name: str
    description: str
    guid: str
    color: str
    is_codable: bool | None
    """None where the file does not say."""
    line: int
    codes: list[Element] = field(default_factory=list)
    members: tuple[str, ...] = ()
    """Guids of the codes of a ``Set``."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a ``.qdc`` file holds."""

    origin: str
    codes: tuple[Element, ...]
    sets: tuple[Element, ...]


def read_document(path: str | Path) -> Document:
    """The codes and sets of a file.

    Raises:
        BadInput: It cannot be read, is no XML or no codebook, or is built to choke a reader.
    """
    name = named(path)
    root = _parsed(name, _text(path, name))
    kind = _local(root)
    if kind == "Project":
        raise BadInput(f"{name}: this is a whole REFI-QDA project, not a codebook", SAVE_AGAIN)
    if kind != "CodeBook":
        raise BadInput(f"{name}: not a REFI-QDA codebook but {shown(kind)}", SAVE_AGAIN)
    reader = _Reader(name)
    codes = tuple(
        reader.element(child, 1) for part in _children(root, "Codes") for child in
        _children(part, "Code")
    )  # fmt: skip
    sets = tuple(
        reader.element(child, 1) for part in _children(root, "Sets") for child in
        _children(part, "Set")
    )  # fmt: skip
    if not codes:
        raise BadInput(f"{name}: the codebook holds no codes", SAVE_AGAIN)
    return Document(root.get("origin") or "", codes, sets)


def _text(path: str | Path, name: str) -> str:
    data = read_bytes(path, MOST_BYTES)
    if not data.strip():
        raise BadInput(f"{name}: the file is empty", SAVE_AGAIN)
    if data.startswith(b"PK\x03\x04"):
        raise BadInput(f"{name}: this is a project (.qdpx) or another archive", SAVE_AGAIN)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise BadInput(f"{name}: the text is broken UTF-16", SAVE_AGAIN) from error
    return decode_utf8(path, data)


def _parsed(name: str, text: str) -> Any:
    # Deferred: 20 ms, and only this format needs it.
    from lxml import etree

    # No codebook has one, and everything that makes a parser fetch or multiply needs one.
    found = _FORBIDDEN.search(text)
    if found:
        line = text[: found.start()].count("\n") + 1
        raise BadInput(
            f"{name}, line {line}: a document type stands here, and a codebook has none",
            SAVE_AGAIN,
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    # The encoding was settled above; what the first line says of it may be wrong by now.
    plain = _DECLARATION.sub("", text, count=1) if _DECLARATION.match(text) else text
    gone = text.count("\n") - plain.count("\n")
    try:
        return etree.fromstring(plain.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        place = ""
        if isinstance(error, etree.XMLSyntaxError) and error.lineno:
            column = max(int(error.offset or 1), 1)
            place = f", line {error.lineno + gone}, column {column}"
        problem = str(getattr(error, "msg", None) or error).split(", line ")[0]
        raise BadInput(f"{name}{place}: not XML: {shown(problem, 80)}", SAVE_AGAIN) from error


class _Reader:
    """Counts codes on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0

    def element(self, node: Any, depth: int) -> Element:
        self.count += 1
        if self.count > MOST_CODES:
            raise BadInput(f"{self.name}: more than {MOST_CODES:,} codes", "split the codebook")
        if depth > DEEPEST:
            raise BadInput(
                f"{self.name}, line {node.sourceline}: codes nested more than {DEEPEST} deep",
                "move some of them up",
            )
        codable = (node.get("isCodable") or "").strip().lower()
        return Element(
            name=node.get("name") or "",
            description="".join(
                text for part in _children(node, "Description") for text in part.itertext()
            ),
            guid=_guid(node, "guid"),
            color=(node.get("color") or "").strip(),
            is_codable={"true": True, "1": True, "false": False, "0": False}.get(codable),
            line=node.sourceline,
            codes=[self.element(child, depth + 1) for child in _children(node, "Code")],
            # Projects call the attribute otherwise, and some exporters follow them.
            members=tuple(
                _guid(member, "guid") or _guid(member, "targetGUID")
                for member in _children(node, "MemberCode")
            ),
        )


def _guid(node: Any, name: str) -> str:
    return (node.get(name) or "").strip().strip("{}").lower()


def _children(node: Any, name: str) -> list[Any]:
    """By local name: exporters write the namespace of a codebook, of a project, or none."""
    return [child for child in node if isinstance(child.tag, str) and _local(child) == name]


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]
