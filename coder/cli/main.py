"""The command line: which commands there are, and how every error ends.

Commands are imported only when they run, so that ``coder --help`` costs little more than click.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from coder import __version__
from coder.cli.groups import HelpfulGroup
from coder.errors import CoderError

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("study_cmds", "Build the invented sample study, print results, open it."),
    "samples": ("study_cmds", "Copy the sample interviews to a folder."),
    "new": ("study_cmds", "Make a new study."),
    "import": ("corpus_cmds", "Import interview transcripts."),
    "open": ("study_cmds", "Open the study in the app."),
    "recent": ("study_cmds", "List the studies opened recently."),
    "transcripts": ("corpus_cmds", "List transcripts and progress."),
    "people": ("corpus_cmds", "List people and their attributes."),
    "excerpts": ("corpus_cmds", "List the excerpts of a transcript."),
    "show": ("corpus_cmds", "Show a transcript or an excerpt with its codes."),
    "search": ("corpus_cmds", "Find words in transcripts."),
    "next": ("walking_cmds", "Print the next excerpt to work on."),
    "coders": ("coding_cmds", "List coders, or add one."),
    "codebook": ("codebook_cmds", "List, show, check, choose and edit codebooks."),
    "code": ("coding_cmds", "Put codes on an excerpt."),
    "uncode": ("coding_cmds", "Take codes off an excerpt."),
    "done": ("coding_cmds", "Finish an excerpt, or say that nothing applies."),
    "memo": ("coding_cmds", "Write or read memos on an excerpt, transcript or code."),
    "memos": ("coding_cmds", "List memos with what they stand on, who and when."),
    "flag": ("coding_cmds", "Flag an excerpt to come back to."),
    "flags": ("coding_cmds", "List flagged excerpts."),
    "excerpt": ("excerpt_cmds", "Add, split, join, resize and drop excerpts."),
    "queue": ("queue_cmds", "List the excerpts of a working list."),
    "progress": ("queue_cmds", "Show how far a coder is with each code set."),
    "load": ("coding_cmds", "Load codings from a spreadsheet."),
    "records": ("record_cmds", "Import units without a transcript, or list them."),
    "round": ("round_cmds", "Samples that several people code blind."),
    "agree": ("agree_cmds", "Agreement between coders, with intervals."),
    "explain": ("explain_cmds", "Say what a statistic is and how to report it."),
    "disagreements": ("settle_cmds", "List what coders disagree on."),
    "settle": ("settle_cmds", "Record the settled answer to a disagreement."),
    "tally": ("results_cmds", "Shares of people or excerpts."),
    "cross": ("results_cmds", "Cross two code sets, person by person."),
    "sort": ("sorting_cmds", "Sort codes into piles, or make piles categories."),
    "piles": ("sorting_cmds", "List a coder's piles of codes."),
    "sort-agreement": ("sorting_cmds", "Agreement on how codes are sorted into piles."),
    "check-published": ("published_cmds", "Set results beside the figures that sources publish."),
    "export": ("results_cmds", "Write tables to spreadsheets."),
    "undo": ("study_cmds", "Undo the last thing a coder did."),
    "redo": ("study_cmds", "Redo what was undone."),
    "log": ("study_cmds", "Show the journal."),
    "check": ("study_cmds", "Check a study file for damage."),
    "backup": ("study_cmds", "Copy the study to one file."),
    "restore": ("study_cmds", "Put a backup in the study's place."),
    "settings": ("settings_cmds", "Show the settings, the keys, or an example file."),
    "where": ("study_cmds", "Say where files are."),
}
"""Name of each command, with its module in this room and its line of help."""


NEW_OBJECTS = 50_000
"""After how many new objects Python looks for garbage: some tens of keys, a few MB."""


class LazyGroup(HelpfulGroup):
    """A group that knows its commands' names and help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a study's life, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"coder.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="coder", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Code interviews, check reliability, report shares of excerpts and people.

    The study is --study FILE, else $CODER_STUDY, else the only *.coder file here.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end with its exit code: 0, 1 failed, 2 usage, 130 stopped."""
    # Python looks for garbage after every 700 new objects. A command makes few cycles and ends
    # soon, and the app looks between keys.
    gc.set_threshold(NEW_OBJECTS, 20, 100)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    What the user can mend is one line on stderr; of a fault of the program the traceback goes to
    a file, because it is of no use to whoever codes.
    """
    if "_CODER_COMPLETE" in os.environ:
        cli.main(prog_name="coder")  # a shell asks for completions; ends the program
    try:
        # Not cli.main(): that one writes an empty line when stopped, and takes a reader who has
        # had enough for a failure.
        args = list(sys.argv[1:] if arguments is None else arguments)
        with cli.make_context("coder", args) as ctx:
            result = cli.invoke(ctx)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except CoderError as error:
        return _complain(str(error), error.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        return _complain("stopped; the study is as it was", 130)
    except click.ClickException as error:
        return _complain(_one_line(error), error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has had enough; that is no fault. What is still buffered goes
        # nowhere, else Python complains about it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # A disk or a permission, never the program's own doing.
        what = f"{error.filename}: " if error.filename else "the output cannot be written: "
        return _complain(f"{what}{error.strerror or error}", 1)
    except Exception as error:
        from coder.cli.faults import lines_on

        for line in lines_on(error):
            _complain(line, 1)
        return 1


def _complain(words: str, exit_code: int) -> int:
    click.echo(f"coder: {' '.join(words.split())}", err=True)
    return exit_code


def _one_line(error: click.ClickException) -> str:
    words = error.format_message().rstrip(".")
    command = getattr(error, "ctx", None)
    if command is not None and "--help" not in words:
        words += f" ({command.command_path} --help explains)"
    return words
