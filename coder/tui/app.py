"""The app: themes, screens, what to do with an error; little else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType

from coder.config import Loaded, from_environment, load
from coder.errors import CoderError, NotAllowed, UsageError
from coder.model import Coder
from coder.ops import corpus
from coder.paths import settings_files, state_file
from coder.tui import surroundings
from coder.tui.commands import Command, bindings, key_name
from coder.tui.themes import THEMES, theme_problem, variable_defaults
from coder.tui.trail import Trail
from coder.tui.widgets.wrapping import one_line
from coder.tui.working_now import show_what_works

if TYPE_CHECKING:
    from pathlib import Path

    from textual.actions import ActionParseResult
    from textual.binding import Keymap
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.theme import Theme

    from coder.model import Codebook
    from coder.ops.list_walking import Walk
    from coder.ops.rounds import Round
    from coder.ops.study import Study
    from coder.ops.working_lists import WorkingList
    from coder.tui.sought import Sought
    from coder.tui.tour import Tour

T = TypeVar("T")

APP_COMMANDS = (
    Command(
        "app.help",
        "help",
        "question_mark,f1",
        "Show all keys of this screen",
        "With the keys of the codes.",
        footer="help",
        group="Always",
        show_key="?",
    ),
    Command(
        "app.palette",
        "command_palette",
        "ctrl+p",
        "Find a command by typing",
        "Every command has an entry, with its key.",
        group="Always",
        in_palette=False,
    ),
    Command(
        "app.next_theme",
        "next_theme",
        "f8",
        "Change the colours",
        "Dark, light, high contrast; the palette has more.",
        group="Always",
    ),
    Command(
        "app.tour",
        "tour",
        "",
        "Take the guided tour",
        "Five minutes on the sample study, with the real keys.",
        group="Always",
    ),
    Command(
        "app.suspend",
        "suspend_process",
        "ctrl+z",
        "Leave for the shell",
        "fg comes back.",
        group="Always",
    ),
    Command("app.quit", "quit", "ctrl+q", "Quit", "Everything is saved already.", group="Always"),
)


def _provider() -> type[Provider]:
    # Deferred: the palette is opened long after the first frame.
    from coder.tui.providers import CommandProvider

    return CommandProvider


class CoderApp(App[None]):
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
        self.remapped: dict[str, str] = {}
        """Keys by command id, where somebody has changed them; help and palette show these."""
        self.loaded = loaded or Loaded()
        super().__init__()
        self.study = study
        self.memory = memory
        self.ended_by = 0
        """Number of the signal that ended the app."""
        self.tour: Tour | None = None
        self._keys_beside: Codebook | None = None
        self.coder = coder
        self.in_round = in_round
        self.next_study: str | None = None
        """What to open when this study is closed; empty to choose, None for nothing."""
        self.trail = Trail()
        """Where one jumped from, across transcripts."""
        self.sought: Sought | None = None
        """What was looked for last: words, a flag, a code."""
        self.working_list: Walk | None = None
        """The list of excerpts that is gone through, across transcripts."""
        self.last_list: WorkingList | None = None
        """What the last one was of, to begin from again."""
        self.opened_at = study.store.clock()
        """When this sitting began: how fast one is says nothing before that."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = _first_theme(self.available_themes, self.loaded.settings.theme)
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

    def set_keymap(self, keymap: Keymap) -> None:
        """Other keys for some commands, by their ids."""
        self.remapped = dict(keymap)
        super().set_keymap(keymap)

    def on_mount(self) -> None:
        """Notice within a second what another window does; one PRAGMA, a few microseconds."""
        self.set_interval(1.0, self._look_elsewhere)
        surroundings.listen(self)
        problems = []
        if self.loaded.settings.keys:
            problems = self._settle_keys()
        self.screen_change_signal.subscribe(self, self._screen_changed)
        self.call_after_refresh(self.tell_of_drafts)
        if self.memory is not None or self.loaded != Loaded():
            self.call_after_refresh(self._greet, problems)

    def _settle_keys(self) -> list[str]:
        """Give the keys that somebody asks for, as far as the codebook of now leaves them."""
        from coder.tui.keymap import settled

        book = self.study.codebook if self.study.codebook_ids else None
        if book is self._keys_beside and self.remapped:
            return []
        self._keys_beside = book
        found = settled(self.loaded, book)
        self.set_keymap(dict(found.keymap))
        return list(found.problems)

    def _screen_changed(self, _: object) -> None:
        """The codebook may be another one there, and the tour may go on."""
        if self.loaded.settings.keys:
            from coder.tui.greeting import tell_problems

            tell_problems(self, self._settle_keys())
        if self.tour is not None:
            self.call_after_refresh(self.tour.look)

    def _greet(self, problems: list[str]) -> None:
        from coder.tui.greeting import greet

        greet(self, problems)

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
        """Say that memos of this coder were begun and not kept, where that is so."""
        from coder.ops.desk_notes import drafts_left

        if self.coder is None:
            return
        left = drafts_left(self.study, self.coder)
        if left:
            many = "a memo was begun" if len(left) == 1 else f"{len(left)} memos were begun"
            self.tell(f'{many} and not kept: the words come back in the editor, and " lists memos')

    def _look_elsewhere(self) -> None:
        if self.study.changed_elsewhere():
            for screen in self.screen_stack:
                changed = getattr(screen, "study_changed", None)
                if changed is not None:
                    self.attempt(changed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where words are typed, a question mark is a question mark."""
        if action in ("help", "suspend_process"):
            return self.focused is None or not self.focused.check_consume_key("question_mark", "?")
        if action in ("end_tour", "skip_step"):
            return self.tour is not None and self.tour.takes(action)
        return True

    # Words and errors.

    def tell(self, words: str, *, is_warning: bool = False, seconds: float = 4) -> None:
        """Say something in a corner for a moment, in place of what was said before.

        Never as markup: codes, coders and files are named by people.
        """
        self.clear_notifications()
        self.notify(
            one_line(words),
            severity="warning" if is_warning else "information",
            timeout=seconds,
            markup=False,
        )
        if is_warning and self.loaded.settings.sound:
            self.bell()

    def attempt(self, verb: Callable[[], T]) -> T | None:
        """Do something; a refusal is told and gives None. A fault of ours is not caught."""
        try:
            return verb()
        except (NotAllowed, UsageError) as error:
            self.tell(str(error), is_warning=True)
        except CoderError as error:
            from coder.tui.screens.dialogs import FailureDialog

            self.push_screen(FailureDialog(error))
        return None

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

    # The tour.

    def action_tour(self) -> None:
        """Begin the guided tour, or begin it again."""
        from coder.tui.tour import Tour

        if not self.study.is_sample:
            self.tell("the tour codes for real: take it on the sample study (coder demo)")
        else:
            if self.tour is not None:
                self.tour.end()
            self.tour = Tour(self)
            self.tour.begin()

    def action_end_tour(self) -> None:
        """No more of the tour."""
        if self.tour is not None:
            self.tour.end()

    def action_skip_step(self) -> None:
        """On to the next step of the tour."""
        if self.tour is not None:
            self.tour.go_on()

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
        if self.tour is not None and done:
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

    def leave_for(self, study: str) -> None:
        """Close this study, to open another.

        Args:
            study: Its path; empty to choose among those opened recently.
        """
        self.next_study = study
        self.exit()

    async def choose_coder(self) -> bool:
        """Ask who codes until the answer will do; False where there was none."""
        from coder.tui.screens.dialogs import CoderDialog

        problem = ""
        while True:
            coders = corpus.list_coders(self.study)
            alias = await self.push_screen_wait(CoderDialog(coders, problem))
            if alias is None:
                return False
            try:
                self.coder = corpus.add_coder(self.study, alias)
            except UsageError as error:
                problem = str(error)
            else:
                # Where somebody else was, and what they looked for, is theirs.
                self.trail, self.sought = Trail(), None
                self.tell_of_drafts()
                return True


def _first_theme(known: dict[str, Any], asked_for: str) -> str:
    """What is asked for, else light where the terminal says its ground is light, else dark."""
    for wished in (asked_for, os.environ.get("TEXTUAL_THEME", "")):
        if wished in known:
            return wished
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "coder-light" if ground in ("7", "15") else "coder-dark"


def run(
    study: Study,
    coder_alias: str = "",
    round_name: str = "",
    *,
    theme: str = "",
    with_tour: bool = False,
    then: Callable[[str], None] | None = None,
) -> int:
    """Open the app on a study.

    Args:
        study: The open study.
        coder_alias: Who codes; without it whoever the settings name, else the study's only
            coder, or whoever is chosen in a dialog.
        round_name: The open round in which everything is coded, under the codebook that it
            freezes; empty for ordinary coding.
        theme: Colours for this time.
        with_tour: Begin with the tour, whether it was offered before or not.
        then: Told which study is to be opened next, where one is: its path, or empty to choose.

    Returns:
        The exit code: 0, or 128 and the number of the signal that ended it.

    Raises:
        UsageError: The study has no coder of that alias or no round of that name, or there is
            no such theme.
        NotAllowed: The round is closed, or the coder is not in it.
    """
    typed = from_environment()
    if theme:
        if theme_problem(theme):
            raise UsageError(theme_problem(theme))
        typed["theme"] = (theme, "--theme")
    loaded = load(settings_files(study.path), typed)
    if coder_alias:
        coder: Coder | None = corpus.coder_named(study, coder_alias)
    else:
        coders = corpus.list_coders(study)
        known = [one for one in coders if one.alias == loaded.settings.coder]
        coder = next(iter(known), coders[0] if len(coders) == 1 else None)
    in_round = None
    if round_name:
        # Deferred: few sittings are in a round, and the first frame should not wait for it.
        from coder.ops.rounds import check_open, find_round

        in_round = find_round(study, round_name)
        check_open(in_round)
        if coder is None or coder.alias not in in_round.coders:
            who = coder.alias if coder else "somebody"
            hint = f"--coder, one of {', '.join(in_round.coders)}"
            raise NotAllowed(f"{who} does not code in the round {round_name}", hint)
        study.use_here(in_round.book)
    app = CoderApp(study, coder, in_round, loaded, state_file())
    if with_tour:
        app.call_later(app.action_tour)
    app.run()
    if app.ended_by:
        return 128 + app.ended_by
    if then is not None and app.next_study is not None:
        then(app.next_study)
    return app.return_code or 0
