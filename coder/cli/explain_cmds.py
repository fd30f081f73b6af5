"""explain."""

from __future__ import annotations

import click

from coder.cli.output import emit, page_width, write, write_json


@click.command("explain")
@click.argument("words", nargs=-1, metavar="[NAME]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def explain_command(words: tuple[str, ...], as_json: bool) -> None:
    """Say what a statistic is and how to report it.

    NAME as in tables and JSON, such as cohen_kappa; or a topic: intervals, undefined,
    denominators, missing, planning. Also when it misleads. Without NAME, list them all.
    """
    from coder.ops.explaining import EXPLANATIONS, as_data, contents, explanation, page

    if not words:
        if as_json:
            write_json([as_data(one) for one in EXPLANATIONS.values()])
        else:
            emit([contents()], None)
        return
    one = explanation(" ".join(words))
    if as_json:
        write_json(as_data(one))
    else:
        write(page(one, page_width()))
