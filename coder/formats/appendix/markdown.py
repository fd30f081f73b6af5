"""An appendix as GitHub-flavoured Markdown; what people wrote is never markup."""

from __future__ import annotations

from coder.formats import tables
from coder.formats.appendix.content import Appendix, Fact
from coder.formats.tables import markdown_text


def to_markdown(content: Appendix) -> str:
    """The whole appendix, with headings, a table per set and an entry per code."""
    lines = [f"# {markdown_text(content.title)}", "", *_facts(content.facts)]
    for note in content.notes:
        lines += [markdown_text(note), ""]
    for section in content.sections:
        lines += [f"## {markdown_text(section.title)}", "", *_facts(section.facts)]
        lines += [tables.to_markdown(section.overview)]
        for entry in section.entries:
            lines += [f"### {markdown_text(entry.name)} ({markdown_text(entry.code_id)})", ""]
            lines += _facts(entry.facts)
    return "\n".join(lines).rstrip() + "\n"


def _facts(facts: tuple[Fact, ...]) -> list[str]:
    if not facts:
        return []
    return [*(f"- **{markdown_text(label)}:** {markdown_text(text)}" for label, text in facts), ""]
