"""A codebook as the appendix of a paper: Markdown, HTML, Word."""

from coder.formats.appendix.content import Appendix, CodeUse, Section, appendix
from coder.formats.appendix.html import to_html
from coder.formats.appendix.markdown import to_markdown
from coder.formats.appendix.word import to_docx

__all__ = ["Appendix", "CodeUse", "Section", "appendix", "to_docx", "to_html", "to_markdown"]
