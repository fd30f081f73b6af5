"""Every command of the coding screen, once: keys, footer, palette and help come from here.

Code keys are digits and lower-case letters of the codebook; the program's own letters are those
the codebook format sets aside (j k n m u f). Ctrl-I, M, H, [, S, A and B belong to terminals.
What needs AltGr on many keyboards ([ ] { } \\ @ #) has a function key too.
"""

from __future__ import annotations

from string import ascii_lowercase, digits

from textual.binding import Binding

from coder.model import RESERVED_KEYS
from coder.tui.screens.coding_keys.cutting import CUTTING
from coder.tui.screens.coding_keys.finding import FINDING
from coder.tui.screens.coding_keys.looking import LOOKING
from coder.tui.screens.coding_keys.moving import MOVING
from coder.tui.screens.coding_keys.noting import NOTING
from coder.tui.screens.coding_keys.putting import PUTTING
from coder.tui.screens.coding_keys.selecting import SELECTING

__all__ = ["CODE_KEYS", "CODING_COMMANDS"]

CODE_KEYS = [
    Binding(key, f"code_key({key!r})", show=False, priority=True, system=True)
    for key in digits + ascii_lowercase
    if key not in RESERVED_KEYS
]
"""Every key a codebook may use; which code it means is looked up when it is pressed."""

CODING_COMMANDS = (*MOVING, *PUTTING, *NOTING, *SELECTING, *CUTTING, *LOOKING, *FINDING)
"""In the order of help and palette."""
