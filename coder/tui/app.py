"""The app: themes, screens, what to do with an error; little else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from coder.errors import UsageError
from coder.model import Coder
from coder.ops import corpus
from coder.tui import surroundings
from coder.tui.app_commands import APP_COMMANDS
from coder.tui.between_keys import BetweenKeys
from coder.tui.commands import bindings, key_name
from coder.tui.guided import GuidedApp
from coder.tui.themes import THEMES, first_theme, variable_defaults
from coder.tui.trail import Trail
from coder.tui.working_now import show_what_works

if TYPE_CHECKING:
    from pathlib import Path

    from textual.actions import ActionParseResult
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.theme import Theme

    from coder.config import Loaded
    from coder.ops.list_walking import Walk
    from coder.ops.rounds import Round
    from coder.ops.study import Study
    from coder.ops.working_lists import WorkingList
    from coder.tui.completing import AskCommands
    from coder.tui.sought import Sought
    from coder.tui.subcommand import Outcome, Subcommand


def _provider() -> type[Provider]:
    # Deferred: the palette is opened long after the first frame.
    from coder.tui.providers import CommandProvider

    return CommandProvider


class CoderApp(GuidedApp):
    """Code interviews of one study.

    Args:
        study: The open study; whoever opened it closes it.
        coder: Who codes, where that is known already.
        in_round: The open round in which everything is coded; None for ordinary coding.
        loaded: What a person prefers.
        memory: Where it is remembered that the tour was offered; None to offer nothing.
    """

    TITLE = "Coder"
    # Textual does not load the styles of the first screen by itself.
    CSS_PATH = ["app.tcss", "screens/home.tcss"]  # noqa: RUF012 - Textual says list
    DECLARED = APP_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(APP_COMMANDS),
        Binding("f1", "help_typing", "help", show=False, priority=True, system=True),
        Binding("escape", "end_tour", "end the tour", show=False, priority=True, system=True),
        Binding("ctrl+t", "skip_step", "next step", show=False, priority=True, system=True),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_provider}

    def __init__(
        self,
        study: Study,
        coder: Coder | None = None,
        in_round: Round | None = None,
        loaded: Loaded | None = None,
        memory: Path | None = None,
    ) -> None:
        self._themes_seen: dict[str, Theme] = {}
        super().__init__(study, loaded, memory)
        self.ended_by = 0
        """Number of the signal that ended the app."""
        self.coder = coder
        self.in_round = in_round
        self.once_shown: Callable[[], None] | None = None
        """Called after the first frame."""
        self.likely_coder: Callable[[], str] | None = None
        """Gives the short name of who coded this study last on this machine, or empty."""
        self.once_chosen: Callable[[str], None] | None = None
        """Told who codes, when that is chosen in the app."""
        self.next_study: str | None = None
        """What to open when this study is closed; empty to choose, None for nothing."""
        self.meanwhile: tuple[str, ...] = ()
        """A command to be run when this study is closed, before the next is opened."""
        self.trail = Trail()
        """Where one jumped from, across transcripts."""
        self.came_from = ""
        """The transcript that was left last; the list of transcripts takes it."""
        self.sought: Sought | None = None
        """What was looked for last: words, a flag, a code."""
        self.working_list: Walk | None = None
        """The list of excerpts that is gone through, across transcripts."""
        self.last_list: WorkingList | None = None
        """What the last one was of, to begin from again."""
        self.ask_commands: AskCommands | None = None
        """What the commands know of what is typed; the command line of the program tells."""
        self.running_command: Subcommand | None = None
        """What was typed on the command line and has not ended."""
        self.last_outcome: Outcome | None = None
        """What the last such command said."""
        self.earlier_lines: list[str] = []
        """What was typed there in this sitting."""
        self.between_keys = BetweenKeys(study)
        self.opened_at = study.store.clock()
        """When this sitting began: how fast one is says nothing before that."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = first_theme(self.available_themes, self.loaded.settings.theme)
        if not self.loaded.settings.animation:
            self.animation_level = "none"

    def get_default_screen(self) -> Screen[Any]:
        """The list of transcripts."""
        from coder.tui.screens.home import HomeScreen

        return HomeScreen()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour names, for themes that are not ours."""
        return variable_defaults(self.current_theme.dark)

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by name, remembered.

        Textual asks for every line that it paints, and copies the dictionary of all themes each
        time: 4 ms of a full screen.
        """
        found = self._themes_seen.get(theme_name) or super().get_theme(theme_name)
        if found is not None:
            self._themes_seen[theme_name] = found
        return found

    def on_mount(self) -> None:
        """Notice within a second what another window does; one PRAGMA, a few microseconds."""
        self.set_interval(1.0, self._each_second)
        surroundings.listen(self)
        self.call_after_refresh(self.tell_of_drafts)
        if self.once_shown is not None:
            self.call_after_refresh(self.once_shown)
        self.begin_guiding()

    def on_resize(self, event: events.Resize) -> None:
        """A window can become too small for anything, and large enough again."""
        if self.is_running and (
            len(self.screen_stack) > 1 or surroundings.is_too_small(event.size)
        ):
            self.call_later(surroundings.fit, self)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted words go into text fields; they are never keys, and never codes."""
        if self.focused is None or not self.focused.check_consume_key("a", "a"):
            self.tell("pasted words are not taken as keys: open a memo or a text field first")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Cursors blink only where that is wanted."""
        if not self.loaded.settings.blink and hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def tell_of_drafts(self) -> None:
        """Say which memos of this coder were begun and not kept, where there are any."""
        from coder.ops.desk_notes import drafts_left

        if self.coder is not None and drafts_left(self.study, self.coder):
            from coder.tui.screens.memo_list import drafts_in_words

            key = self.shown_key("home.memos")
            self.tell(f"{drafts_in_words(self, self.coder)}: {key} lists memos", seconds=8)

    def _each_second(self) -> None:
        self.attempt(self.between_keys.look)
        self.show_changes()

    def show_changes(self) -> None:
        """Show what another window or a command has changed since this was last asked."""
        if self.study.changed_elsewhere():
            for screen in self.screen_stack:
                changed = getattr(screen, "study_changed", None)
                if changed is not None:
                    self.attempt(changed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where words are typed, a question mark is a question mark; F1 helps there too."""
        if action in ("help", "suspend_process", "help_typing"):
            field = self.focused
            is_typing = field is not None and field.check_consume_key("question_mark", "?")
            if action == "help_typing":
                return is_typing and not getattr(self.screen, "IS_HELP", False)
            return not is_typing
        if action == "command_line":
            field, screen = self.focused, self.screen
            is_typing = field is not None and field.check_consume_key("colon", ":")
            return not is_typing and (not screen.is_modal or hasattr(screen, "IS_OUTPUT"))
        if action in ("end_tour", "skip_step"):
            return self.tour is not None and self.tour.takes(action)
        return True

    # Commands of every screen.

    async def action_quit(self) -> None:
        """End; where one is in a transcript is remembered, the rest is saved already."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_place", None)
            if keep is not None:
                keep()
        await super().action_quit()

    def action_help(self) -> None:
        """All keys of this screen."""
        from coder.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, self))

    def action_help_typing(self) -> None:
        """All keys of a dialog in which words are typed."""
        self.action_help()

    def action_command_palette(self) -> None:
        """Every command by typing."""
        from coder.tui.palette import CoderPalette

        if not isinstance(self.screen, CoderPalette):
            self.push_screen(CoderPalette(id="--command-palette"))

    def action_command_line(self, words: str = "") -> None:
        """Every command of the program, typed at the foot of the screen.

        Args:
            words: What stands there at first.
        """
        from coder.tui.screens.command_line import CommandLine

        if hasattr(self.screen, "IS_OUTPUT"):
            self.pop_screen()
        # What was said stands where one types.
        self.clear_notifications()
        self.push_screen(CommandLine(words))

    def action_next_theme(self) -> None:
        """The next of our themes."""
        names = [theme.name for theme in THEMES]
        place = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(place + 1) % len(names)]
        self.tell(f"colours: {self.theme}")

    def action_help_quit(self) -> None:
        """Ctrl-C out of habit: nothing is lost, and how to quit."""
        keys = self.remapped.get("app.quit", "ctrl+q").split(",")
        self.tell(f"{key_name(keys[0])} quits; all that shows as coded is saved")

    def action_suspend_process(self) -> None:
        """Back to the shell for a while, with all that was started together with us."""
        if not surroundings.can_be_stopped():
            self.tell("there is no shell here that could bring the app back", is_warning=True)
        elif self._driver is not None and self._driver.can_suspend:
            self._suspend_signal()
            surroundings.stop(self)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key means, unless a question on the screen takes the key for its answer.

        The last line and the tour look on.
        """
        before = getattr(self.screen, "before_action", None)
        # A key of a tour that does not go on does nothing, so it answers nothing.
        is_live = isinstance(action, str) and self.check_action(action, ())
        if before is not None and is_live and before(action):
            return True
        done = await super().run_action(action, default_namespace, namespaces)
        show_what_works(self.screen)
        if paint := getattr(self.screen, "paint_now", None):
            paint()
        self.between_keys.pressed()
        # What is only asked for is not done yet.
        if self.tour is not None and done and not getattr(self.screen, "question", None):
            self.tour.saw(action if isinstance(action, str) else action[1])
        return done

    async def open_codebook(self, place: tuple[str, str] = ("", "")) -> None:
        """Show the active codebook, where there is one, at a set and code of it."""
        from coder.tui.screens.codebook import CodebookScreen

        if self.study.codebook_ids:
            await self.push_screen(CodebookScreen(place))
        else:
            self.tell("no codebook yet: coder codebook use FILE", is_warning=True)

    async def open_agreement(self, code_set: str = "") -> None:
        """Show how far coders agree, where there is a codebook."""
        from coder.tui.screens.agreement import AgreementScreen

        if self.study.codebook_ids:
            await self.push_screen(AgreementScreen(code_set, self.in_round))
        else:
            self.tell("no codebook yet: coder codebook use FILE", is_warning=True)

    async def open_tallies(self, code_set: str = "", words: str = "") -> None:
        """Show shares and counts, where there is a codebook.

        Args:
            code_set: Id of the set to begin with; empty for the first.
            words: Of the filter; only the transcripts that have them are counted.
        """
        from coder.tui.screens.tallies import TalliesScreen

        if self.study.codebook_ids:
            await self.push_screen(TalliesScreen(code_set, words))
        else:
            self.tell("no codebook yet: coder codebook use FILE", is_warning=True)

    def leave_for(self, study: str, meanwhile: tuple[str, ...] = ()) -> None:
        """Close this study, to open another.

        Args:
            study: Its path; empty to choose among those opened recently.
            meanwhile: A command to be run while none is open.
        """
        self.next_study, self.meanwhile = study, meanwhile
        self.exit()

    async def choose_coder(self) -> bool:
        """Ask who codes; False where there was no answer."""
        from coder.tui.screens.dialogs import CoderDialog

        chosen: list[Coder] = []

        def keep(alias: str) -> bool:
            coder = self.attempt(lambda: corpus.add_coder(self.study, alias))
            chosen.extend([coder] if coder else [])
            return coder is not None

        def problem_with(alias: str) -> str:
            try:
                corpus.check_new_alias(self.study, alias)
            except UsageError as error:
                return str(error)
            return ""

        coders = corpus.list_coders(self.study)
        likely = self.likely_coder() if self.likely_coder is not None else ""
        dialog = CoderDialog(coders, self.coder, likely, keep, problem_with)
        await self.push_screen_wait(dialog)
        if not chosen:
            return False
        if self.coder is None or self.coder.id != chosen[-1].id:
            # Where somebody else was, and what they looked for, is theirs.
            self.trail, self.sought = Trail(), None
        self.coder = chosen[-1]
        if self.once_chosen is not None:
            self.once_chosen(self.coder.alias)
        self.tell_of_drafts()
        return True
