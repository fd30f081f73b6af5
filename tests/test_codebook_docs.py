"""What docs/codebooks.md says of fields is what the program says, and what it shows works."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from coder.formats.codebook_table.columns import KEYS
from coder.formats.codebook_yaml import check_codebook_text
from coder.formats.codebook_yaml.schema import BOOK, Field
from coder.model import ROLLUP_RULES
from tests.cli.calling import caller

DOCS = (Path(__file__).parent.parent / "docs" / "codebooks.md").read_text(encoding="utf-8")


def rows(fields: Mapping[str, Field]) -> Iterator[str]:
    for name, one in fields.items():
        mark = "required" if one.is_required else "asked for" if one.is_expected else ""
        yield f"| `{name}` | {one.says} | {mark} |"
        yield from rows(one.fields)


def test_every_field_stands_there_in_the_words_of_the_program() -> None:
    lines = DOCS.splitlines()
    missing = [row for row in rows(BOOK) if row not in lines]
    assert missing == []
    fields = [
        line for line in lines if re.match(r"\| `\w+` \|.*\| (required|asked for|) ?\|$", line)
    ]
    assert set(fields) == set(rows(BOOK))


def test_every_rule_and_every_column_is_named() -> None:
    for rule in ROLLUP_RULES:
        assert f"| `{rule}` | " in DOCS
    assert ", ".join(f"`{key}`" for key in KEYS) in DOCS


def test_the_smallest_book_is_taken_without_a_complaint() -> None:
    text = DOCS.split("```yaml\n", 1)[1].split("```", 1)[0]
    assert check_codebook_text(text) == []


def test_the_commands_work_as_written(
    capfd: pytest.CaptureFixture[str], sample_file: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "mine.coder").write_bytes(sample_file.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODER_STUDY", raising=False)
    call = caller(capfd)
    blocks = [block.split("```", 1)[0] for block in DOCS.split("```\n")]
    lines = [
        line.split(" #")[0].strip()
        for block in blocks
        for line in block.splitlines()
        if line.startswith("coder ")
    ]
    assert len(lines) == 5
    for line in lines:
        words = shlex.split(line)[1:]
        if "theirs.qdc" in words:
            Path("views.qdc").rename("theirs.qdc")
        if words[1] == "use":
            text = Path("mine.yaml").read_text(encoding="utf-8")
            Path("mine.yaml").write_text(
                text.replace("\nid: mist_student_views_brief", "\nid: mine")
            )
        answer = call(*words)
        assert answer.code == 0, (line, answer)
    assert "theirs" in Path("theirs.yaml").read_text(encoding="utf-8")
