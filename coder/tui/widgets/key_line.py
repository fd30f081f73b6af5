"""The last line of a screen: the keys that work now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip

from coder.tui.commands import key_name
from coder.tui.widgets.kept_lines import KeptLines
from coder.tui.widgets.wrapping import clipped
from coder.tui.working_now import works_now

if TYPE_CHECKING:
    from textual.screen import Screen


class _Key(NamedTuple):
    key: str
    shown: str
    label: str


class KeyLine(KeptLines):
    """Shows the bindings that are to be shown, as far as they fit; the last one always.

    A question takes the place of the keys until it is answered: nothing on the screen moves.

    One widget that paints one line. Textual's footer is a widget a key and is made anew with
    every change of focus (measured: 0.15 s of the 0.4 s that opening a screen took).
    """

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "key-line--key",
        "key-line--label",
        "key-line--question",
    }

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[_Key] = []
        self._places: list[tuple[int, int, str]] = []
        self.question = ""
        """Shown instead of the keys; empty while nothing is asked."""

    def ask(self, question: str) -> None:
        """Show a question, or the keys again where it is empty."""
        if question != self.question:
            self.question = question
            self.refresh()

    def on_mount(self) -> None:
        """Listen for changes of what works."""
        self.screen.bindings_updated_signal.subscribe(self, self._read)

    def look_again(self) -> None:
        """Something else works now than did before."""
        self._read(self.screen)

    def _read(self, screen: Screen[Any]) -> None:
        keys: dict[str, _Key] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            is_new = binding.action not in keys
            if binding.show and active.enabled and is_new and works_now(screen, binding.action):
                name = binding.key_display or key_name(binding.key)
                keys[binding.action] = _Key(binding.key, name, binding.description)
        found = list(keys.values())
        if found != self._keys:
            self._keys = found
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        for start, stop, key in self._places:
            if start <= event.x < stop:
                self.app.simulate_key(key)

    def render_line(self, y: int) -> Strip:
        """The question, else as many keys as fit, and the last one."""
        self._places = []
        segments = self._asked() if self.question else self._offered()
        return Strip(segments).adjust_cell_length(self.size.width, self.look())

    def _asked(self) -> list[Segment]:
        style = self.look("key-line--question")
        return [Segment(clipped(self.question, self.size.width), style)]

    def _offered(self) -> list[Segment]:
        width = self.size.width
        key_style = self.look("key-line--key")
        label_style = self.look("key-line--label")
        segments: list[Segment] = []
        column = 0
        last = self._keys[-1:]
        reserved = sum(_width(key) for key in last)
        for key in [*(k for k in self._keys[:-1]), *last]:
            size = _width(key)
            if key not in last and column + size + reserved > width:
                continue
            segments += [
                Segment(f" {key.shown}", key_style),
                Segment(f" {key.label} ", label_style),
            ]
            self._places.append((column, column + size, key.key))
            column += size
        return segments


def _width(key: _Key) -> int:
    return cell_len(key.shown) + cell_len(key.label) + 3
