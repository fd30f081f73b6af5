"""Times as people read them: stored in UTC, shown as the clock on the wall has them."""

from __future__ import annotations

from datetime import UTC, datetime


def local_minute(at: str) -> str:
    """A time to the minute where one is: ``2026-11-26 10:13``.

    Args:
        at: ISO 8601; in UTC where it names no zone. Anything else comes back as it is.
    """
    return _here(at, "%Y-%m-%d %H:%M")


def local_day(at: str) -> str:
    """The day that it was where one is: ``2026-11-26``; anything but a time as it is."""
    return _here(at, "%Y-%m-%d")


def local_hour(at: str) -> str:
    """Only ``10:13`` where that was today, else with its day."""
    today = datetime.now(UTC).astimezone().strftime("%Y-%m-%d")
    return local_minute(at).removeprefix(f"{today} ")


def _here(at: str, form: str) -> str:
    # A day without an hour stays that day, in every zone.
    if "T" not in at:
        return at
    try:
        then = datetime.fromisoformat(at)
        return (then if then.tzinfo else then.replace(tzinfo=UTC)).astimezone().strftime(form)
    except (ValueError, OverflowError):
        return at
