"""What the program remembers about its user: not in a study, and nothing that cannot be lost."""

from __future__ import annotations

import json
import os
from pathlib import Path


def is_remembered(path: Path, what: str) -> bool:
    """Whether something was noted. What cannot be read was not."""
    return bool(_read(path).get(what))


def remember(path: Path, what: str) -> None:
    """Note something.

    Raises:
        OSError: The folder cannot be made or written.
    """
    noted = {**_read(path), what: True}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_text(json.dumps(noted, indent=2) + "\n", encoding="utf-8")
    part.replace(path)


def _read(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
