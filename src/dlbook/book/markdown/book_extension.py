"""What the extensions share that need the whole book: where it is, and in which language a page stands."""

from pathlib import Path
from typing import Any

from markdown import Extension, Markdown

from dlbook.book.layout import Book


class BookExtension(Extension):
    """Options: `root` of the book; `language` of the pages. A subclass says in `add` what it does with them."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "root": [".", "the root of the book"],
            "language": ["en", "the language of the pages"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        self.add(md, Book(Path(self.getConfig("root"))), self.getConfig("language"))

    def add(self, md: Markdown, book: Book, language: str) -> None:
        """Register what the extension does."""
        raise NotImplementedError
