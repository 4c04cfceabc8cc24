"""What readers ask, and the pages that answer: `docs/questions/<language>.txt`, a line for each question.

    why does the loss become nan = losses, debugging

The search ranks pages by it (`docs/theme/search.js`): a reader who knows no term yet asks in words that no page has.
"""

from collections import defaultdict
from dataclasses import dataclass

from dlbook.book.layout import Book

BORDER = " = "  # a question may hold the sign: ceil_mode=True


@dataclass(frozen=True)
class Question:
    """A line of the file.

    Attributes:
        text: what is typed.
        pages: names of the pages that answer, the best first; none if the line is not a question and its pages.
        line: where it stands.
    """

    text: str
    pages: tuple[str, ...]
    line: int


def questions(book: Book, language: str) -> list[Question]:
    """All questions in a language; none if the book has no such file."""
    file = book.questions(language)
    lines = file.read_text("utf8").splitlines() if file.exists() else []
    return [_read(line, number) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]


def _read(line: str, number: int) -> Question:
    text, border, pages = line.rpartition(BORDER)
    names = tuple(name.strip() for name in pages.split(",")) if border else ()
    return Question((text if border else line).strip(), names, number)


def by_address(book: Book, language: str) -> dict[str, str]:
    """From the address of each page to what readers ask who mean it, a line for each question."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for question in questions(book, language):
        for page in question.pages:
            found["" if page == "index" else f"{page}/"].append(question.text)
    return {address: "\n".join(texts) for address, texts in found.items()}
