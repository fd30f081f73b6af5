"""The errors a user may meet: one line that says what is wrong and what to do next.

Everything here is shown as it stands, by the command line on stderr and by the app in a
message. Anything else that is raised is a fault of the program: its traceback goes to a file.
"""

from __future__ import annotations


class CoderError(Exception):
    """Something the user can act on.

    Args:
        message: What is wrong, naming file, row, line or key. One line.
        hint: The next step, if there is one to name.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(CoderError):
    """The words of the call are off: an unknown code, coder, excerpt or option."""

    exit_code = 2


class BadInput(CoderError):
    """A file cannot be taken as it is; the study was left unchanged."""


class StudyProblem(CoderError):
    """The study file cannot be opened, written or trusted."""


class NotAllowed(CoderError):
    """The study's own rules forbid this now: a blind round, an undo something stands on."""


class Cancelled(CoderError):
    """The user stopped a job; nothing of it was kept."""

    exit_code = 130


class Fault(Exception):
    """The app came upon a fault of its own, which is the cause of this."""
