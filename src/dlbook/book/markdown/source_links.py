"""Markdown extension: a code block whose title is a file of the repository links to that file."""

import re
from typing import Any

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor

TITLE = re.compile(r'<span class="filename">((?:src|tests|snippets)/[\w./-]+)(#L\d+)?</span>')


class SourceLinks(Postprocessor):
    """Turns titles into links."""

    def __init__(self, md: Markdown, repository: str) -> None:
        super().__init__(md)
        self.repository = repository.rstrip("/")

    def run(self, text: str) -> str:
        return TITLE.sub(self._link, text)

    def _link(self, title: re.Match[str]) -> str:
        path, line = title[1], title[2] or ""
        return f'<span class="filename"><a href="{self.repository}/blob/main/{path}{line}">{path}</a></span>'


class SourceLinksExtension(Extension):
    """Options: `repository`, the address at which the files can be read."""

    def __init__(self, **options: Any) -> None:
        self.config = {"repository": ["", "the address of the repository"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        # After the stashed HTML of the code blocks is back in place (30).
        md.postprocessors.register(SourceLinks(md, self.getConfig("repository")), "dlbook_source_links", 5)


def makeExtension(**options: Any) -> SourceLinksExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return SourceLinksExtension(**options)
