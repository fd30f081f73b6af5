"""The people that a header describes: participants with their attributes, and interviewers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coder.formats.base import Notes, complaint
from coder.formats.transcripts.fields import Fields, Listing, Scalar, Value
from coder.formats.wording import closest, did_you_mean, listed, shown

KNOWN_ROLES = (
    "teacher",
    "coach",
    "principal",
    "assistant_principal",
    "district_leader",
    "other",
)
"""Roles that tables compare; a reader never guesses one."""

_SCHOOL_ROLES = ("teacher", "principal", "assistant_principal")
_REQUIRED = {
    "participants": ("id", "speaker", "pseudonym", "role", "district"),
    "interviewers": ("id", "speaker"),
}
_OPTIONAL = {
    "participants": ("school", "grades", "years_teaching"),
    "interviewers": ("pseudonym", "name"),
}
_PLACED = ("id", "speaker", "pseudonym")
# What the line of a turn is made of; a tag with one of these could not be told apart from it.
_NOT_IN_TAGS = ":[]{}()\n"


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of ``participants`` or ``interviewers``."""

    line: int
    id: str
    tag: str
    name: str
    """The pseudonym, as captions may show it; empty for an interviewer without one."""
    is_interviewer: bool
    attributes: Mapping[str, str]


def read_people(path: Path, key: str, value: Value, notes: Notes) -> tuple[Person, ...]:
    """Read the list under ``participants`` or ``interviewers``.

    Args:
        path: The file, for complaints.
        key: Which of the two lists.
        value: What stands under that key.
        notes: Gets what is odd but can stand.

    Raises:
        BadInput: No list, a field missing or of the wrong kind, an unknown role.
    """
    if not isinstance(value, Listing):
        message = f"{key} should be a list"
        raise complaint(path, value.line, message, "start each person with '- {id: ...'")
    if not value.items and key == "participants":
        raise complaint(path, value.line, "participants is empty", "who was interviewed?")
    return tuple(_person(path, key, entry, notes) for entry in value.items)


def _person(path: Path, key: str, entry: Value, notes: Notes) -> Person:
    one = key.removesuffix("s")
    if not isinstance(entry, Fields):
        message = f"{one} should be a set of fields"
        raise complaint(path, entry.line, message, "write {id: ..., speaker: ...}")
    texts = {
        name: text
        for name, value in entry.values.items()
        if (text := _text(path, one, name, value)) is not None
    }
    who = f"{one} {shown(texts['id'])}" if "id" in texts else one
    known = (*_REQUIRED[key], *_OPTIONAL[key])
    for name in _REQUIRED[key]:
        if name not in texts:
            hint = f"add '{name}: ...'"
            strangers = [field for field in texts if field not in known]
            if near := closest(name, strangers):
                hint = f"it has {shown(near)}: is that it?"
            raise complaint(path, entry.line, f"{who} has no {name}", hint)
    _check_tag(path, entry.values["speaker"].line, who, texts["speaker"])
    if key == "participants":
        _check_role(path, entry.values["role"].line, who, texts["role"])
        if texts["role"] in _SCHOOL_ROLES and "school" not in texts:
            notes.add(f"{who} has no school", entry.line)
    for name in texts:
        if name not in known and (meant := did_you_mean(name, known)):
            notes.add(f"{who} has {shown(name)}, kept as it is; {meant}", entry.key_lines[name])
    name = texts.get("pseudonym", "") or texts.get("name", "")
    # An interviewer has no record of their own, so what names them stays with the rest.
    placed = _PLACED if key == "participants" else ("id", "speaker")
    rest = {field: text for field, text in texts.items() if field not in placed}
    return Person(entry.line, texts["id"], texts["speaker"], name, key == "interviewers", rest)


def _text(path: Path, one: str, name: str, value: Value) -> str | None:
    """A value as text, a list of values with commas, or None for an empty field."""
    if isinstance(value, Scalar):
        text = value.text.strip()
        return None if value.value is None or not text else text
    if isinstance(value, Listing) and name not in (*_PLACED, "role"):
        parts = [item.text.strip() for item in value.items if isinstance(item, Scalar)]
        if len(parts) == len(value.items):
            return ", ".join(parts) or None
    kind = "a set of fields" if isinstance(value, Fields) else "a list"
    raise complaint(path, value.line, f"{one}: {name} should be one value, and holds {kind}")


def _check_tag(path: Path, line: int, who: str, tag: str) -> None:
    if any(char in _NOT_IN_TAGS or not char.isprintable() for char in tag):
        message = f"the speaker tag {shown(tag)} of {who} cannot be told apart in a turn"
        raise complaint(path, line, message, "use letters, digits, spaces, points and hyphens")


def _check_role(path: Path, line: int, who: str, role: str) -> None:
    if role not in KNOWN_ROLES:
        # "Coach" or "assistant principal" are meant well, but tables compare roles letter by
        # letter; better said once here than found in a table with an extra row.
        meant = did_you_mean(role.replace(" ", "_").replace("-", "_"), KNOWN_ROLES)
        hint = f"{meant} known: {listed(KNOWN_ROLES)}" if meant else f"write {listed(KNOWN_ROLES)}"
        raise complaint(path, line, f"the role {shown(role)} of {who} is not known", hint)
