"""A codebook as an appendix: everything is in it, and what people wrote is never markup."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from coder.formats.appendix import CodeUse, appendix, to_docx, to_html, to_markdown
from coder.formats.codebook_yaml import read_codebook
from coder.model import Code, Codebook, CodeSet, Rollup
from tests.factories import small_codebook
from tests.formats.test_codebook_yaml import BOOKS

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Tags, attributes and text of a page; complains about tags that are not closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def words_of_docx(data: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(lines).split())


def plain_markdown(text: str) -> str:
    return " ".join(re.sub(r"\\(.)", r"\1", text).replace("<br>", " ").split())


def book_of(codes: tuple[Code, ...], **fields: Any) -> Codebook:
    made = CodeSet("own", "What is it?", "multi", codes, Rollup("count"))
    return replace(small_codebook(), code_sets=(made,), protocol=(), **fields)


READERS: dict[str, Callable[[Codebook], str]] = {
    "md": lambda book: plain_markdown(to_markdown(appendix(book))),
    "html": lambda book: Page(to_html(appendix(book))).text,
    "docx": lambda book: words_of_docx(to_docx(appendix(book))),
}


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("name", ["mist_student_views", "mist_student_views_brief"])
def test_everything_the_book_says_of_a_code_is_in_it(name: str, form: str) -> None:
    book = read_codebook(BOOKS / f"{name}.yaml")
    text = READERS[form](book)
    said = [book.title, book.version, book.notice, *book.citation]
    said += [part for s in book.code_sets for part in (s.title, s.applies_when, s.id)]
    for _, code in book.codes():
        said += [code.name, code.short, code.definition, code.include, code.exclude, code.example]
    for part in said:
        assert " ".join(part.split()) in text, part
    assert "never a person" in text
    assert "Takes" in text
    assert "by the rule" in text


@pytest.mark.parametrize("path", sorted(BOOKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_book_can_be_laid_out(path: Path) -> None:
    content = appendix(read_codebook(path))
    assert to_markdown(content).startswith("# ")
    assert Page(to_html(content)).of("h2")


TREE = book_of(
    (
        Code("leaf", "Leaf", key="l", parent="branch", color="#00ff00"),
        Code("pile", "Pile", is_category=True),
        Code("branch", "Branch", level=None, parent="pile", valence="mixed", codable=False),
        Code("old", "Old", is_retired=True),
        Code("former", "Former", replaced_by=("leaf", "branch")),
    )
)


def test_trees_heirs_and_retired_codes() -> None:
    (section,) = appendix(TREE, {"leaf": CodeUse(3, 1)}, "S").sections
    assert [entry.code_id for entry in section.entries] == [
        "pile",
        "branch",
        "leaf",
        "old",
        "former",
    ]
    names = [row[0] for row in section.overview.rows]
    assert names == ["Pile", "\u2003Branch", "\u2003\u2003Leaf", "Old", "Former"]
    assert [row[-2:] for row in section.overview.rows] == [
        (None, None),
        (0, 0),
        (3, 1),
        (0, 0),
        (None, None),
    ]
    facts = {entry.code_id: dict(entry.facts) for entry in section.entries}
    assert facts["leaf"]["Below"] == "Branch"
    assert facts["leaf"]["Used"] == "3 excerpts in 1 transcript"
    assert facts["former"]["Replaced by"] == "Leaf (leaf), Branch (branch)"
    assert facts["old"]["Retired"]
    assert "Used" not in facts["pile"]
    assert facts["branch"]["Codable"].startswith("no")
    text = READERS["html"](TREE)
    assert "gathers the codes below it" in text


def test_without_a_study_nothing_is_counted() -> None:
    content = appendix(TREE)
    assert "Used" not in dict(content.sections[0].entries[0].facts)
    assert "Excerpts" not in [c.title for c in content.sections[0].overview.columns]
    assert not any("Excerpts are" in note for note in content.notes)


NASTY = "<script>alert(1)</script> & \"q\" 'a' | [x](y) *b* _c_ `d` \\ ]]> &amp; # h"


@pytest.mark.parametrize("form", READERS)
def test_what_people_wrote_is_never_markup(form: str) -> None:
    code = Code("one", NASTY, NASTY, NASTY, NASTY, NASTY, NASTY, color='#fff"><b>')
    book = book_of((code,), title=NASTY, notice=NASTY, citation=(NASTY,), status=NASTY)
    text = READERS[form](book)
    assert text.count(NASTY) >= 10
    if form == "html":
        page = Page(to_html(appendix(book)))
        assert not page.of("script")
        assert not page.of("b")
        assert not page.of("span")
    if form == "md":
        raw = to_markdown(appendix(book))
        assert "<script>" not in raw
        assert "[x](y)" not in raw


@pytest.mark.parametrize("form", READERS)
def test_lines_and_characters_that_no_format_holds(form: str) -> None:
    book = book_of((Code("one", "One", definition="first\nsecond \x07 \ud800 \ufffe"),))
    text = READERS[form](book)
    assert re.search(r"first second \ufffd \ufffd", text)


def test_a_page_stands_on_its_own_and_can_be_heard() -> None:
    text = to_html(appendix(TREE, {}, "S"))
    page = Page(text)
    assert text.startswith("<!DOCTYPE html>\n")
    assert page.of("html") == [{"lang": "en"}]
    assert len(page.of("h1")) == len(page.of("main")) == len(page.of("title")) == 1
    heads = page.of("th")
    assert heads
    assert {one.get("scope") for one in heads} == {"col", "row"}
    assert len(page.of("caption")) == len(page.of("table"))
    anchors = {one["id"] for _, one in page.tags if "id" in one}
    links = [str(one["href"]) for one in page.of("a")]
    assert {link.removeprefix("#") for link in links} <= anchors
    assert "@media print" in text
    assert not re.search(r"https?:|url\(|@import|src=", text)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_word_document_has_headings_and_header_rows_and_no_clock() -> None:
    from docx import Document

    data = to_docx(appendix(TREE, {}, "S"))
    assert data == to_docx(appendix(TREE, {}, "S"))
    document = Document(io.BytesIO(data))
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"] == [
        "What is it?"
    ]
    assert "Pile (pile)" in [
        p.text for p in document.paragraphs if p.style and p.style.name == "Heading 3"
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"<w:tblHeader/>" in archive.read("word/document.xml")
    assert document.core_properties.created is not None
    assert document.core_properties.created.year == 2000
