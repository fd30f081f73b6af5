"""Opening the app on a study: who codes, in which round, with what they prefer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from coder.errors import NotAllowed
from coder.ops import corpus
from coder.paths import state_file
from coder.tui.app import CoderApp
from coder.tui.preferences import preferred

if TYPE_CHECKING:
    from coder.model import Coder
    from coder.ops.study import Study
    from coder.tui.completing import AskCommands


def run(
    study: Study,
    coder_alias: str = "",
    round_name: str = "",
    *,
    theme: str = "",
    with_tour: bool = False,
    greeting: str = "",
    then: Callable[[str, Sequence[str]], None] | None = None,
    once_shown: Callable[[], None] | None = None,
    likely_coder: Callable[[], str] | None = None,
    once_chosen: Callable[[str], None] | None = None,
    ask_commands: AskCommands | None = None,
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
        once_shown: Called after the first frame.
        likely_coder: Gives who coded it last on this machine, where somebody has to be chosen.
        once_chosen: Told who codes, when that is chosen in the app.
        ask_commands: Tells what may come next on the command line of the app.
        greeting: Said after the first frame.
        then: Told which study is to be opened next, where one is: its path, or empty to choose;
            and the words of a command to be run before.

    Returns:
        The exit code: 0, or 128 and the number of the signal that ended it.

    Raises:
        UsageError: The study has no coder of that alias or no round of that name, or there is
            no such theme.
        NotAllowed: The round is closed, or the coder is not in it.
        Fault: The app ended by a fault of its own.
    """
    loaded = preferred(study.path, theme)
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
    app.once_shown = once_shown
    app.likely_coder, app.once_chosen = likely_coder, once_chosen
    if greeting:
        app.call_later(app.call_after_refresh, partial(app.tell, greeting, seconds=12))
    app.ask_commands = ask_commands
    app.run()
    if app.ended_by:
        return 128 + app.ended_by
    if then is not None and app.next_study is not None:
        then(app.next_study, app.meanwhile)
    return app.return_code or 0
