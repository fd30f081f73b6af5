"""REFI-QDA codebooks: valid, back the same, and taken from whoever wrote them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from coder.errors import BadInput
from coder.formats.codebook_import import ImportedBook, slug
from coder.formats.codebook_yaml import parse_codebook, read_codebook
from coder.formats.refi_qdc import qdc_bytes, read_qdc
from coder.formats.refi_qdc.colors import read_color
from coder.model import Code, Codebook
from coder.ops.codebook_files import import_codebook
from coder.store.codebooks import code_uid, set_uid
from tests.factories import small_codebook
from tests.formats.books import codebooks
from tests.formats.test_codebook_yaml import BOOKS

RULES = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "refi_codebook.rng")))
SPACE = "{urn:QDA-XML:codebook:1.0}"


def problems(data: bytes) -> list[str]:
    RULES.validate(etree.fromstring(data))
    return [str(error) for error in RULES.error_log]


def again(book: Codebook, folder: Path) -> ImportedBook:
    path = folder / "book.qdc"
    path.write_bytes(qdc_bytes(book))
    return read_qdc(path)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(book=codebooks())
def test_every_book_comes_back_the_same(book: Codebook, tmp_path: Path) -> None:
    data = qdc_bytes(book)
    assert problems(data) == []
    assert data == qdc_bytes(book)
    found = again(book, tmp_path)
    assert found.book == book
    assert found.notes == ()


@pytest.mark.parametrize("path", sorted(BOOKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_books_are_valid_and_come_back(path: Path, tmp_path: Path) -> None:
    book = read_codebook(path)
    assert problems(qdc_bytes(book)) == []
    assert again(book, tmp_path).book.content_id == book.content_id


def test_what_other_programs_show() -> None:
    book = read_codebook(BOOKS / "mist_student_views_brief.yaml")
    root = etree.fromstring(qdc_bytes(book))
    tops = root.findall(f"{SPACE}Codes/{SPACE}Code")
    assert [top.get("name") for top in tops] == [s.title for s in book.code_sets]
    assert {top.get("isCodable") for top in tops} == {"false"}
    assert [top.get("guid") for top in tops] == [set_uid(book.id, s.id) for s in book.code_sets]
    first = book.code_sets[0].codes[0]
    element = tops[0].find(f"{SPACE}Code")
    assert element is not None
    assert (element.get("guid"), element.get("name"), element.get("isCodable")) == (
        code_uid(book.id, first.id),
        first.name,
        "true",
    )
    text = element.findtext(f"{SPACE}Description") or ""
    assert f"Use when: {first.include}" in text
    assert f"Valence: {first.valence}" in text
    sets = root.findall(f"{SPACE}Sets/{SPACE}Set")
    assert [s.get("name") for s in sets] == [book.title, *(s.title for s in book.code_sets)]
    members = {m.get("guid") for m in sets[1]}
    assert {code_uid(book.id, c.id) for c in book.code_sets[0].codes} <= members


def test_what_xml_forbids_is_replaced(tmp_path: Path) -> None:
    book = small_codebook()
    first = book.code_sets[0]
    code = replace(first.codes[0], name="bell \x07", definition="nul \x00 and \ufffe")
    book = replace(book, code_sets=(replace(first, codes=(code, *first.codes[1:])),))
    assert problems(qdc_bytes(book)) == []
    found = again(book, tmp_path).book.code_sets[0].codes[0]
    assert (found.name, found.definition) == ("bell \ufffd", "nul \ufffd and \ufffd")


FOREIGN = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Some Program 12">
  <Codes>
    <Code guid="11111111-1111-1111-1111-111111111111" name="Causes" isCodable="false">
      <Description/>
      <Code guid="21111111-1111-1111-1111-111111111111" name="Earlier grades" isCodable="true"
            color="#abc"><Description>
        What they had before &amp; what not.
      </Description>
        <Code guid="{31111111-1111-1111-1111-111111111111}" name="Übung – drill" color="FF1F77B4"/>
      </Code>
      <Code guid="41111111-1111-1111-1111-111111111111" name="Other" isCodable="true"
            color="rgb(1, 2, 3)"/>
    </Code>
    <Code guid="51111111-1111-1111-1111-111111111111" name="Other" isCodable="true" color="red"/>
    <Code guid="61111111-1111-1111-1111-111111111111" name="难题" isCodable="1"/>
    <Code guid="71111111-1111-1111-1111-111111111111" name="nothing" isCodable="true"/>
  </Codes>
  <Sets/>
</CodeBook>
"""


def taken(tmp_path: Path, data: str | bytes, name: str = "My codes.qdc") -> ImportedBook:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_qdc(path)


def test_a_file_of_another_program(tmp_path: Path) -> None:
    found = taken(tmp_path, FOREIGN)
    book = found.book
    assert (book.id, book.title, book.version) == ("my_codes", "My codes", "1.0.0")
    (code_set,) = book.code_sets
    assert (code_set.id, code_set.mode, code_set.rollup.rule) == ("codes", "multi", "count")
    assert [(c.id, c.name, c.parent, c.is_category, c.color) for c in code_set.codes] == [
        ("causes", "Causes", "", True, ""),
        ("earlier_grades", "Earlier grades", "causes", False, "#aabbcc"),
        ("ubung_drill", "Übung – drill", "earlier_grades", False, "#1F77B4"),
        ("other", "Other", "causes", False, "#010203"),
        ("other_2", "Other", "", False, ""),
        ("code", "难题", "", False, ""),
        ("nothing_2", "nothing", "", False, ""),
    ]
    assert code_set.codes[1].definition == "What they had before & what not."
    told = "\n".join(found.notes)
    assert 'written by "Some Program 12"' in told
    assert "the code set codes takes any number of codes" in told
    assert "codes that do not say whether they can be put on, taken as yes: 1" in told
    assert "colours that cannot be told, left out: 1" in told
    assert 'names that come more than once got numbers in their ids: "Other"' in told


GROUPS = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="urn:QDA-XML:codebook:0:4 Codebook.xsd" origin="Another Program 23"
    xmlns="urn:QDA-XML:codebook:1.0">
  <Codes>
    <Code guid="1AAAAAAA-1111-1111-1111-111111111111" name="One" isCodable="true"/>
    <Code guid="2AAAAAAA-1111-1111-1111-111111111111" name="Two" isCodable="true"/>
    <Code guid="3AAAAAAA-1111-1111-1111-111111111111" name="Three" isCodable="true"/>
  </Codes>
  <Sets>
    <Set name="Group" guid="4AAAAAAA-1111-1111-1111-111111111111"><Description>Both.</Description>
      <MemberCode guid="1aaaaaaa-1111-1111-1111-111111111111"/>
      <MemberCode targetGUID="{2AAAAAAA-1111-1111-1111-111111111111}"/>
    </Set>
    <Set name="Again" guid="5AAAAAAA-1111-1111-1111-111111111111">
      <MemberCode guid="1AAAAAAA-1111-1111-1111-111111111111"/>
    </Set>
    <Set name="Empty" guid="6AAAAAAA-1111-1111-1111-111111111111"/>
  </Sets>
</CodeBook>
"""


def test_code_groups_of_a_program_without_a_tree_become_categories(tmp_path: Path) -> None:
    found = taken(tmp_path, GROUPS)
    assert found.book.code_sets[0].codes == (
        Code("group", "Group", definition="Both.", is_category=True),
        Code("one", "One", parent="group"),
        Code("two", "Two", parent="group"),
        Code("three", "Three"),
    )
    told = "\n".join(found.notes)
    assert 'a code has one place in the tree; not kept whole: "Again" and "Empty"' in told
    nested = GROUPS.replace('name="Three" isCodable="true"/>', 'name="Three" isCodable="true">'
        '<Code guid="x" name="Four" isCodable="true"/></Code>')  # fmt: skip
    codes = taken(tmp_path, nested).book.code_sets[0].codes
    assert [(c.id, c.parent) for c in codes] == [
        ("one", ""), ("two", ""), ("three", ""), ("four", "three"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + FOREIGN.encode(),
        FOREIGN.replace("utf-8", "utf-16").encode("utf-16"),
        FOREIGN.replace("\n", "\r\n").encode(),
        FOREIGN.replace('<?xml version="1.0" encoding="utf-8"?>\n', "").encode(),
        FOREIGN.replace("urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0").encode(),
        FOREIGN.replace(' xmlns="urn:QDA-XML:codebook:1.0"', "").encode(),
        FOREIGN.replace("<CodeBook xmlns=", "<q:CodeBook xmlns:q='urn:x' xmlns=")
        .replace("</CodeBook>", "</q:CodeBook>")
        .encode(),
    ],
)
def test_marks_encodings_and_namespaces_of_all_kinds(tmp_path: Path, data: bytes) -> None:
    assert taken(tmp_path, data).book == taken(tmp_path, FOREIGN).book


def test_the_same_file_gives_the_same_ids(tmp_path: Path) -> None:
    assert taken(tmp_path, FOREIGN).book.content_id == taken(tmp_path, FOREIGN).book.content_id


def test_a_file_that_calls_no_code_codable(tmp_path: Path) -> None:
    text = FOREIGN.replace('isCodable="true"', 'isCodable="false"')
    text = text.replace('isCodable="1"', 'isCodable="0"')
    found = taken(tmp_path, text.replace('color="FF1F77B4"', 'isCodable="false"'))
    assert not any(code.is_category for _, code in found.book.codes())
    assert "all of them, taken as codable: 7" in "\n".join(found.notes)


def test_what_another_program_changed_in_our_file(tmp_path: Path) -> None:
    book = small_codebook()
    root = etree.fromstring(qdc_bytes(book))
    codes = root.findall(f".//{SPACE}Code")
    codes[1].set("name", "Renamed")
    text = codes[1].find(f"{SPACE}Description")
    assert text is not None
    text.text = f"{text.text}\n\nA remark of ours."
    codes[2].set("isCodable", "false")
    codes[3].find(f"{SPACE}Description").text = "Only this."  # type: ignore[union-attr]
    etree.SubElement(codes[0], f"{SPACE}Code", name="New", isCodable="true", guid="x")
    etree.SubElement(root[0], f"{SPACE}Code", name="Loose", isCodable="true", guid="y")
    path = tmp_path / "changed.qdc"
    path.write_bytes(etree.tostring(root))
    found = read_qdc(path, known=[book])
    first = found.book.code_sets[0]
    by_id = {code.id: code for code in first.codes}
    assert by_id["taught"].name == "Renamed"
    assert by_id["taught"].definition == "A remark of ours."
    assert by_id["taught"].key == "1"
    assert not by_id["before"].is_retired
    # Recognised by its guid, though its description is gone.
    assert by_id["effort"].definition == "Only this."
    assert by_id["new"].name == "New"
    assert found.book.code_sets[-1].id == "codes"
    assert "not codable in another program, kept as they were: 1" in "\n".join(found.notes)


def test_descriptions_that_are_lost_leave_ids_by_guid(tmp_path: Path) -> None:
    book = small_codebook()
    root = etree.fromstring(qdc_bytes(book))
    for text in root.findall(f".//{SPACE}Description"):
        text.getparent().remove(text)  # type: ignore[union-attr]
    path = tmp_path / "bare.qdc"
    path.write_bytes(etree.tostring(root))
    found = read_qdc(path, known=[book]).book
    assert [s.id for s in found.code_sets] == [s.id for s in book.code_sets]
    assert [c.id for _, c in found.codes()] == [c.id for _, c in book.codes()]
    unknown = read_qdc(path).book
    assert [s.id for s in unknown.code_sets] == ["codes"]
    assert [c.parent for c in unknown.code_sets[0].codes][:2] == ["", "cause"]


Tree = tuple[str, str, bool | None, str, list["Tree"]]
xml_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=20
)
trees: st.SearchStrategy[list[Tree]] = st.recursive(
    st.just([]),
    lambda below: st.lists(
        st.tuples(
            xml_texts,
            xml_texts | st.just("Code id: nothing") | st.just("Key: j\nCode id: a b"),
            st.sampled_from([True, False, None]),
            st.sampled_from(["", "#fff", "red", "12345678", "#1f77b4ff"]),
            below,
        ),
        min_size=1,
        max_size=3,
    ),
    max_leaves=8,
).filter(bool)


def grow(parent: Any, codes: list[Tree]) -> None:
    for name, description, is_codable, color, below in codes:
        element = etree.SubElement(parent, f"{SPACE}Code", name=name, color=color)
        if is_codable is not None:
            element.set("isCodable", str(is_codable).lower())
        etree.SubElement(element, f"{SPACE}Description").text = description
        grow(element, below)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(codes=trees)
def test_whatever_another_program_writes_is_taken_or_refused_in_one_line(
    codes: list[Tree], tmp_path: Path
) -> None:
    root = etree.Element(f"{SPACE}CodeBook")
    grow(etree.SubElement(root, f"{SPACE}Codes"), codes)
    path = tmp_path / "theirs.qdc"
    path.write_bytes(etree.tostring(root, encoding="UTF-8"))
    if "Key: j" in str(codes):
        # Only what our own labels say wrongly is refused.
        with pytest.raises(BadInput, match=r"theirs\.qdc, line \d+, code .*is reserved"):
            import_codebook(path)
        return
    found = import_codebook(path)
    assert parse_codebook(found.text, "theirs.yaml") == found.book
    assert sum(1 for _ in found.book.codes()) == sum(1 for _ in root.iter(f"{SPACE}Code"))


LAUGHS = (
    '<?xml version="1.0"?>\n<!DOCTYPE b [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 12))
    + ']>\n<CodeBook><Codes><Code name="&a11;"/></Codes></CodeBook>'
)
OUTSIDE = (
    '<!DOCTYPE b [<!ENTITY f SYSTEM "file:///etc/passwd">]>\n'
    "<CodeBook><Codes><Code name='a'><Description>&f;</Description></Code></Codes></CodeBook>"
)
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n", "the file is empty"),
    "billion laughs": (LAUGHS.encode(), "line 2: a document type stands here"),
    "a billion laughs in UTF-16": (LAUGHS.encode("utf-16"), "a document type stands here"),
    "an outside entity": (OUTSIDE.encode(), "line 1: a document type stands here"),
    "an entity nobody declared": (b"<CodeBook>&x;</CodeBook>", "line 1"),
    "no XML": (b"codes: [a, b]", "not XML"),
    "cut off": (FOREIGN[:300].encode(), "not XML"),
    "an archive": (b"PK\x03\x04rest", "this is a project (.qdpx) or another archive"),
    "a project": (b'<Project xmlns="urn:QDA-XML:project:1.0"/>', "a whole REFI-QDA project"),
    "a page": (b"<html/>", 'not a REFI-QDA codebook but "html"'),
    "no codes": (b"<CodeBook><Codes/></CodeBook>", "the codebook holds no codes"),
    "latin-1": (FOREIGN.encode("latin-1", "replace"), "is not UTF-8"),
    "half UTF-16": (b"\xff\xfe<\x00C\x00", "not XML"),
    "odd UTF-16": (b"\xff\xfe<\x00C\x00/", "broken UTF-16"),
    "deep": (b"<CodeBook><Codes>" + b"<Code name='a'>" * 240 + b"</Code>" * 240
             + b"</Codes></CodeBook>", "nested more than 100 deep"),
    "deeper": (b"<CodeBook>" + b"<Code>" * 100_000, "not XML"),
    "many": (b"<CodeBook><Codes>" + b"<Code name='a'/>" * 5_001 + b"</Codes></CodeBook>",
             "more than 5,000 codes"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_one_line_that_names_them(tmp_path: Path, case: str) -> None:
    data, words = BAD[case]
    with pytest.raises(BadInput) as refused:
        taken(tmp_path, data, "bad.qdc")
    assert words in str(refused.value)
    assert "bad.qdc" in refused.value.message
    assert "\n" not in str(refused.value)
    assert refused.value.hint


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.qdc"
    with path.open("wb") as file:
        file.truncate(17 * 2**20)
    with pytest.raises(BadInput, match=r"huge\.qdc: the file has 17 MiB"):
        read_qdc(path)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#1f77b4", "#1f77b4"),
        ("#1F7", "#11FF77"),
        ("1F77B4", "#1F77B4"),
        ("#FF1F77B4", "#1F77B4"),
        ("#1F77B4FF", "#1F77B4"),
        ("#101F77B4", ""),
        ("rgb(31,119,180)", "#1f77b4"),
        ("RGBA(31, 119, 180, 0.5)", "#1f77b4"),
        ("rgb(300, 0, 0)", ""),
        ("blue", ""),
        ("#12345", ""),
        ("", ""),
    ],
)
def test_colours_in_odd_forms(text: str, color: str) -> None:
    assert read_color(text) == color


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Earlier grades", "earlier_grades"),
        ("Don't know / can’t tell", "dont_know_cant_tell"),
        ("Ärger über Größe", "arger_uber_grosse"),
        ("!!!", ""),
        ("a" * 60, "a" * 40),
        ("word " * 20, "word_word_word_word_word_word_word_word"),
    ],
)
def test_ids_from_names(name: str, made: str) -> None:
    assert slug(name) == made
