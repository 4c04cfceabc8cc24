"""Which fences pytest-markdown-docs finds on a page."""

from markdown_it import MarkdownIt


def pytest_markdown_docs_markdown_it() -> MarkdownIt:
    """How pytest-markdown-docs finds fences: in boxes, tabs and lists too, which CommonMark takes for code or HTML."""
    return MarkdownIt("commonmark").disable(["code", "html_block"])
