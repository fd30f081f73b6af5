"""Reading small files whole, with complaints that name them."""

from __future__ import annotations

from pathlib import Path

from coder.errors import BadInput

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes. A table of 300,000 codings has about 30 MB; a codebook 0.02."""


def read_bytes(path: str | Path, limit: int = SIZE_LIMIT) -> bytes:
    """The content of a file.

    Args:
        path: The file as the user named it.
        limit: The largest size taken, in bytes.

    Raises:
        BadInput: Missing, a folder, no ordinary file, too large, or unreadable.
    """
    path = Path(path)
    name = named(path)
    try:
        if path.is_dir():
            raise BadInput(f"{name}: this is a folder, not a file", "name a file inside it")
        if not path.exists():
            raise BadInput(f"{name}: there is no such file", "check the path")
        if not path.is_file():
            raise BadInput(f"{name}: this is not an ordinary file", "copy it to a file first")
        size = path.stat().st_size
        if size > limit:
            what = f"{size / 2**20:.0f} MiB, more than the {limit / 2**20:.0f} taken"
            raise BadInput(f"{name}: the file has {what}", "split it into several files")
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadInput(f"{name}: cannot be read: {why}", "check who may read it") from error


def decode_utf8(path: str | Path, data: bytes) -> str:
    """UTF-8 text, without the byte order mark that spreadsheet programs put in front.

    Raises:
        BadInput: Some byte is not UTF-8; names its line and column.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(
            f"{named(path)}: the text is UTF-16, not UTF-8",
            'save it again as UTF-8 (in Excel: "CSV UTF-8")',
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # utf-8-sig counts from behind the mark.
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        raise BadInput(
            f"{named(path)}, line {line}, column {column}: byte 0x{data[at]:02X} is not UTF-8",
            'save the file again as UTF-8 (in Excel: "CSV UTF-8")',
        ) from error


def named(path: str | Path) -> str:
    """The path as one printable line; a file name may hold anything, terminal commands too."""
    return "".join(char if char.isprintable() else "?" for char in str(path))
