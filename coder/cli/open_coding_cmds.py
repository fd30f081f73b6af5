"""codebook scratch|category|tree: open coding from the command line."""

from __future__ import annotations

import click

from coder.cli.common import coder_of, coder_option, opened, study_option, viewer_of
from coder.cli.output import emit, page_width, say, table_options, write


@click.command("scratch")
@click.argument("excerpt", default="")
@click.argument("words", nargs=-1)
@click.option("--in-vivo", is_flag=True, help="The words must stand in the excerpt.")
@click.option("--memo", default="", metavar="WORDS", help="Why, kept with the coding.")
@coder_option()
@table_options
@study_option
def scratch_command(
    excerpt: str,
    words: tuple[str, ...],
    in_vivo: bool,
    memo: str,
    coder_alias: str,
    form: str | None,
    study_file: str,
) -> None:
    """Make a code while reading and put it on an excerpt, or list those made so far.

    The words become the code's name, in the participant's own words with --in-vivo. Words that
    are a scratch code already put that one on. One undo takes back the code and the coding.
    """
    from coder.errors import UsageError
    from coder.ops.open_coding_tables import scratch_table
    from coder.ops.scratch import put_new_code, scratch_codes

    if excerpt and not words:
        raise UsageError(
            f"which words name the code on {excerpt}?", f'coder codebook scratch {excerpt} "WORDS"'
        )
    with opened(study_file) as study:
        if excerpt:
            coder = coder_of(study, coder_alias)
            name = " ".join(words)
            done = put_new_code(study, coder, excerpt, name, in_vivo=in_vivo, memo=memo)
            say(done.words if done.entry else f"nothing to change: {done.words} already")
            return
        lines = scratch_codes(study, viewer_of(study, coder_alias))
    emit([scratch_table(lines)], form)
    if not lines:
        say('no codes yet: coder codebook scratch EXCERPT "WORDS" makes one')


@click.command("category")
@click.argument("code_set", metavar="SET")
@click.argument("name")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--under", default="", metavar="CATEGORY", help="The category above it.")
@coder_option()
@study_option
def category_command(
    code_set: str,
    name: str,
    codes: tuple[str, ...],
    under: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Make a category in a code set, and put codes or categories below it.

    Codes are named by id or by name. A category is never put on an excerpt itself: coder tally
    --codes counts in it, once, every excerpt that has a code below it.
    """
    from coder.ops.categories import categorize

    with opened(study_file) as study:
        coder = coder_of(study, coder_alias)
        done = categorize(study, coder, code_set, name, codes, under=under)
        say(done.words if done.entry else "nothing to change: it stands there already")


@click.command("tree")
@click.argument("code_set", default="", metavar="[SET]")
@table_options
@coder_option()
@study_option
def tree_command(code_set: str, form: str | None, coder_alias: str, study_file: str) -> None:
    """Show codes below their categories, with how many excerpts have them."""
    from coder.ops.categories import tree_lines
    from coder.ops.open_coding_tables import tree_page, tree_table

    with opened(study_file) as study:
        lines = tree_lines(study, viewer_of(study, coder_alias), code_set)
    if form is None:
        write(tree_page(lines, page_width()))
    else:
        emit([tree_table(lines)], form)
