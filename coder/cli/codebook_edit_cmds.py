"""codebook add|rename|edit|move|merge|split|retire|restore."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder.cli.common import coder_of, coder_option, opened, study_option
from coder.cli.output import say
from coder.errors import UsageError

if TYPE_CHECKING:
    from coder.model import Codebook, Coder
    from coder.ops.codebook_editing import Edited
    from coder.ops.study import Study

F = TypeVar("F", bound=Callable[..., Any])

book_option = click.option(
    "--book", default="", metavar="ID", help="Which codebook of the study; else the active one."
)


def edit_options(command: F) -> F:
    """What every edit takes: ``--why``, ``--coder``, ``--book``, ``--study``."""
    why = click.option("--why", default="", metavar="WORDS", help="The reason, for the log.")
    who = coder_option()
    options: list[Callable[[F], F]] = [study_option, who, book_option, why]
    for option in options:
        command = option(command)
    return command


def part_options(command: F) -> F:
    """The parts of a code; an option that is not given is None."""
    given = (
        ("color", "#RRGGBB", "Colour, for programs that show codes by colour."),
        ("example", "WORDS", "An invented example."),
        ("exclude", "WORDS", "When not to use it, and which code to use instead."),
        ("include", "WORDS", "When to use it."),
        ("definition", "WORDS", "What it means."),
        ("short", "WORDS", "What it means, in one line."),
        ("valence", "WORD", "productive, unproductive, mixed or none."),
        ("key", "KEY", "Its key in the app: a digit or a lower-case letter."),
    )
    for name, metavar, words in given:
        command = click.option(f"--{name}", default=None, metavar=metavar, help=words)(command)
    return click.option("--level", default=None, type=int, help="Its level in a rubric.")(command)


def _parts(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _who(study: Study, alias: str) -> Coder | None:
    """Who edits; nobody in a study that has no coder yet."""
    from coder.ops.corpus import list_coders

    return coder_of(study, alias) if alias or list_coders(study) else None


def book_of(study: Study, name: str) -> Codebook:
    """The codebook of ``--book``."""
    from coder.ops.study import book_named

    return book_named(study, name)


def code_of(study: Study, book: str, name: str) -> str:
    """Id of the code that a name means: ``code``, ``set:code`` or ``book:set:code``."""
    from coder.ops.study import find_code

    return find_code(study, name, book=book_of(study, book))[1].id


def _tell(done: Edited) -> None:
    """Say what was done, and what is to be looked at again because of it."""
    from coder.ops.revisiting import count_in_words

    say(done.words)
    for code in done.new_codes:
        key = (
            f"key {code.key}" if code.key else f"no key yet: coder codebook edit {code.id} --key K"
        )
        say(f"{code.name}: id {code.id}{'' if code.is_category else f', {key}'}")
    for note in done.notes:
        say(f"note: {note}")
    if done.to_revisit:
        say(f"{count_in_words(done.to_revisit)}: coder codebook revisit lists them")


@click.command("add")
@click.argument("code_set", metavar="SET")
@click.argument("name")
@click.option(
    "--id", "code_id", default="", metavar="ID", help="Its id for good; else made of NAME."
)
@click.option("--category", is_flag=True, help="Gathers codes and is never put on itself.")
@click.option("--below", default="", metavar="CODE", help="Code or category that it stands below.")
@click.option("--after", default="", metavar="CODE", help="Code that it stands behind.")
@part_options
@edit_options
def add(
    code_set: str, name: str, code_id: str, category: bool, below: str, after: str, why: str,
    coder_alias: str, book: str, study_file: str, **parts: Any,
) -> None:  # fmt: skip
    """Add a code to a set of the codebook."""
    from coder.model import Code
    from coder.ops.codebook_editing import add

    with opened(study_file) as study:
        above, beside = (code_of(study, book, one) if one else "" for one in (below, after))
        code = Code(code_id, name, is_category=category, parent=above, **_parts(parts))
        who = _who(study, coder_alias)
        _tell(add(study, who, code_set, code, after=beside, book=book, why=why))


@click.command("rename")
@click.argument("code")
@click.argument("name")
@edit_options
def rename(code: str, name: str, why: str, coder_alias: str, book: str, study_file: str) -> None:
    """Give a code another name; its id stays."""
    _change(study_file, coder_alias, code, {"name": name}, book, why)


@click.command("edit")
@click.argument("code")
@click.option("--name", default=None, help="Its name.")
@click.option("--codable/--not-codable", default=None, help="Whether an answer with it tells.")
@part_options
@edit_options
def edit(code: str, why: str, coder_alias: str, book: str, study_file: str, **parts: Any) -> None:
    """Change the words, key, valence or level of a code.

    What was coded with it stays; if its meaning changes, coder codebook revisit lists that.
    """
    given = _parts(parts)
    if not given:
        raise UsageError("nothing to change is named", "such as --definition or --key")
    _change(study_file, coder_alias, code, given, book, why)


def _change(
    study_file: str, alias: str, code: str, parts: dict[str, Any], book: str, why: str
) -> None:
    from coder.ops.codebook_editing import change

    with opened(study_file) as study:
        found = code_of(study, book, code)
        _tell(change(study, _who(study, alias), found, parts, book=book, why=why))


@click.command("move")
@click.argument("code")
@click.option("--before", default="", metavar="CODE", help="To stand before this one.")
@click.option("--after", default="", metavar="CODE", help="To stand behind this one.")
@click.option(
    "--below", default=None, metavar="CODE", help='To stand below this one; "" for the top.'
)
@click.option("--to-set", default="", metavar="SET", help="Into another set, if never coded with.")
@edit_options
def move(
    code: str, before: str, after: str, below: str | None, to_set: str, why: str,
    coder_alias: str, book: str, study_file: str,
) -> None:  # fmt: skip
    """Move a code in the order, below another one, or to another set."""
    from coder.ops.codebook_editing import move

    if not (before or after or to_set) and below is None:
        raise UsageError("no place is named", "--before, --after, --below or --to-set")
    with opened(study_file) as study:
        done = move(
            study,
            _who(study, coder_alias),
            code_of(study, book, code),
            to_set=to_set,
            parent=code_of(study, book, below) if below else below,
            before=code_of(study, book, before) if before else "",
            after=code_of(study, book, after) if after else "",
            book=book,
            why=why,
        )
        _tell(done)


@click.command("merge")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--into", default="", metavar="CODE", help="A code of the book, or one of them.")
@click.option("--as", "name", default="", metavar="NAME", help="A new code of this name.")
@click.option("--id", "code_id", default="", metavar="ID", help="Id of the new code.")
@part_options
@edit_options
def merge(
    codes: tuple[str, ...], into: str, name: str, code_id: str, why: str, coder_alias: str,
    book: str, study_file: str, **parts: Any,
) -> None:  # fmt: skip
    """Merge codes into one; what was coded with any of them counts as that, once."""
    from coder.model import Code
    from coder.ops.codebook_editing import merge

    given = _parts(parts)
    if bool(into) == bool(name):
        raise UsageError("say what they become", "--into CODE, or --as NAME for a new one")
    if into and (given or code_id):
        raise UsageError(f"{into} keeps its parts", "coder codebook edit changes them")
    with opened(study_file) as study:
        target = Code(code_id, name, **given) if name else code_of(study, book, into)
        ids = [code_of(study, book, code) for code in codes]
        done = merge(study, _who(study, coder_alias), ids, target, book=book, why=why)
        _tell(done)
        if done.notes and done.new_codes:
            say(f"coder codebook edit {done.new_codes[0].id} --valence WORD gives it another")


@click.command("split")
@click.argument("code")
@click.argument("names", nargs=-1, required=True, metavar="[ID=]NAME...")
@edit_options
def split(
    code: str, names: tuple[str, ...], why: str, coder_alias: str, book: str, study_file: str
) -> None:
    """Retire a code and put new ones in its place.

    Nobody but its coders can say which of them an old coding means: until they have gone through
    coder codebook revisit, it goes on counting as the old code.
    """
    from coder.model import Code
    from coder.ops.codebook_editing import split

    parts = []
    for words in names:
        code_id, mark, name = words.partition("=")
        parts.append(Code(code_id, name) if mark else Code("", words))
    with opened(study_file) as study:
        found = code_of(study, book, code)
        _tell(split(study, _who(study, coder_alias), found, parts, book=book, why=why))


@click.command("retire")
@click.argument("code")
@edit_options
def retire(code: str, why: str, coder_alias: str, book: str, study_file: str) -> None:
    """Stop offering a code; what was coded with it stays and counts."""
    from coder.ops.codebook_editing import retire

    with opened(study_file) as study:
        found = code_of(study, book, code)
        _tell(retire(study, _who(study, coder_alias), found, book=book, why=why))


@click.command("restore")
@click.argument("code")
@edit_options
def restore(code: str, why: str, coder_alias: str, book: str, study_file: str) -> None:
    """Offer a retired code again."""
    from coder.ops.codebook_editing import restore

    with opened(study_file) as study:
        found = code_of(study, book, code)
        _tell(restore(study, _who(study, coder_alias), found, book=book, why=why))


COMMANDS = (
    add,
    rename,
    edit,
    move,
    merge,
    split,
    retire,
    restore,
)
"""In the order of the help."""
