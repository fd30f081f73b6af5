"""Reading settings files: the nearest one wins, key by key, and mistakes are named with their line.

A mistake in a file of preferences is no reason not to work: what cannot be used is left out and
said, and everything else counts.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coder.config.settings import KEYS, SETTINGS, Settings

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, where each came from, and what could not be used."""

    settings: Settings = field(default_factory=Settings)
    origins: Mapping[str, str] = field(default_factory=dict)
    """File and line, or flag, by name of the setting; of other keys by ``keys.ID``."""
    problems: tuple[str, ...] = ()

    def origin(self, name: str) -> str:
        """Where a setting came from."""
        return self.origins.get(name, DEFAULT)


def load(files: Sequence[Path], typed: Mapping[str, tuple[Any, str]] | None = None) -> Loaded:
    """Read settings.

    Args:
        files: The farthest first; those that are not there are passed over.
        typed: Value and origin by name of what was typed or set for this call; it beats files.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    problems: list[str] = []
    for path in files:
        if path.is_file():
            for name, value, origin in _read(path, problems):
                values[name] = value
                origins[name] = origin
    for name, (value, origin) in (typed or {}).items():
        values[name] = value
        origins[name] = origin
    keys = {n.removeprefix(f"{KEYS}."): v for n, v in values.items() if n.startswith(f"{KEYS}.")}
    plain = {name: value for name, value in values.items() if "." not in name}
    return Loaded(Settings(**plain, keys=keys), origins, tuple(problems))


def from_environment() -> dict[str, tuple[str, str]]:
    """What variables say, for ``load``: they beat files, and flags beat them."""
    return {
        name: (os.environ[variable], f"${variable}")
        for name, variable in (("theme", "TEXTUAL_THEME"), ("coder", "CODER_CODER"))
        if os.environ.get(variable)
    }


def _read(path: Path, problems: list[str]) -> Iterator[tuple[str, Any, str]]:
    """Name, value and origin of each setting of a file that can be used."""
    import tomllib

    try:
        text = path.read_text(encoding="utf-8-sig")
        found = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        problems.append(f"{path}: not used: {why}")
        return
    known = {setting.name: setting for setting in SETTINGS}
    for name, value in found.items():
        where = f"{path}, line {_line(text, name)}"
        setting = known.get(name)
        if setting is None:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else "coder settings lists them"
            problems.append(f"{where}: there is no setting {name} ({hint})")
        elif name == KEYS:
            yield from _keys(path, text, value, where, problems)
        elif type(value) is not setting.kind:
            wanted = "true or false" if setting.kind is bool else "words in quotes"
            problems.append(f"{where}: {name} must be {wanted}, not {value_in_words(value)}")
        elif setting.choices and value not in setting.choices:
            wanted = " or ".join(setting.choices)
            problems.append(f"{where}: {name} must be {wanted}, not {value_in_words(value)}")
        else:
            yield name, value, where


def _keys(
    path: Path, text: str, table: Any, where: str, problems: list[str]
) -> Iterator[tuple[str, str, str]]:
    if not isinstance(table, dict):
        problems.append(f'{where}: {KEYS} must be a table: [{KEYS}], then lines like a.b = "j"')
        return
    for name, value in _flat(table):
        here = f"{path}, line {_line(text, name)}"
        if isinstance(value, str) and value.strip():
            yield f"{KEYS}.{name}", value, here
        else:
            problems.append(f"{here}: {name} needs a key in quotes, not {value_in_words(value)}")


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """``a.b = 1`` without quotes is a table in a table; here it is one name again."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _line(text: str, name: str) -> int:
    """The line on which a name is set; TOML's reader does not say."""
    last = re.escape(name.rpartition(".")[2])
    patterns = (
        rf'^\s*\[?"?{re.escape(name)}"?\s*[=\].]',
        rf'^\s*[\w.\-"]*\b{last}"?\s*=',
        rf"\b{last}\b",
    )
    lines = text.splitlines()
    for pattern in patterns:
        for number, line in enumerate(lines, 1):
            if re.search(pattern, line):
                return number
    return 1


def value_in_words(value: Any) -> str:
    """A value as a settings file has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
