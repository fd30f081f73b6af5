"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from coder.errors import StudyProblem
from coder.formats.files import named

_PLAIN_REASONS = {
    errno.ENOSPC: ("the disk is full", "make room and try again"),
    errno.EDQUOT: ("your disk quota is used up", "make room and try again"),
    errno.EROFS: ("the disk is read-only", "choose another folder"),
    errno.EACCES: ("you may not write there", "choose another folder or change its permissions"),
    errno.EPERM: ("you may not write there", "choose another folder or change its permissions"),
    errno.ENAMETOOLONG: ("the file name is too long", "choose a shorter one"),
    errno.EISDIR: ("there is a folder of that name", "choose another name"),
}


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that a reader finds the old content or the new one, never a part.

    Raises:
        StudyProblem: It could not be written; what was there before is untouched.
    """
    with atomic(path) as file:
        file.write(data)


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file that takes the place of ``path`` when the block ends well.

    The temporary file lies in the same folder, because only a move within one disk is atomic,
    and is gone afterwards whatever happens.

    Raises:
        StudyProblem: It could not be written; what was there before is untouched.
    """
    # Through a link to what it points at: replacing the link itself would part the two.
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".coder-{secrets.token_hex(6)}.tmp")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder", str(target))
        if target.exists() and not target.is_file():
            # A pipe or a device would be replaced by an ordinary file.
            raise OSError(errno.EINVAL, "is no ordinary file", str(target))
        mode = _mode_to_keep(target)
        # 0o666 is narrowed by the umask, as for any new file; mkstemp would make it 0o600.
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                temporary.chmod(mode)
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        if error.filename not in (None, str(temporary), str(target), temporary, target):
            raise  # the block itself stumbled over some other file
        raise _plain(path, error) from error
    _sync_folder(target.parent)


_BINARY = getattr(os, "O_BINARY", 0)
"""Windows turns line ends into CRLF without it."""


def _mode_to_keep(target: Path) -> int | None:
    """The permissions of the file to be replaced, or None for a new one."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not os.access(target, os.W_OK):
        # Replacing would succeed in a writable folder, but somebody protected this file.
        raise PermissionError(errno.EACCES, "is write-protected", str(target))
    return mode


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    # The file is whole by now; some network disks refuse to sync a folder, and then only the
    # new name may be lost in a power cut, which is no reason to call the write failed.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _plain(path: Path, error: OSError) -> StudyProblem:
    reason, hint = _PLAIN_REASONS.get(
        error.errno or 0, (error.strerror or type(error).__name__, "choose another folder")
    )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        reason, hint = "there is no such folder", "make the folder first or choose another one"
    return StudyProblem(f"{named(path)}: cannot be written: {reason}", hint)
