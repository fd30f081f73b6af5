"""What is kept of a memo that two windows write at once. Pure."""

from __future__ import annotations


def with_words_from_elsewhere(seen: str, now: str, body: str) -> str:
    """What to keep of a memo that may have been written in another window meanwhile.

    Args:
        seen: The memo as it was when the editor was opened.
        now: The memo as it is.
        body: What is in the editor.
    """
    seen, now, body = seen.strip(), now.strip(), body.strip()
    if now in (seen, "") or now in body:
        return body
    # Words that both began with need not be there twice.
    own = body.removeprefix(seen).strip() if now.startswith(seen) else body
    return f"{now}\n\n{own}" if own else now
