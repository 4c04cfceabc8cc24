"""What readers ask, and the pages that answer: `docs/questions/<language>/<page>.txt`, a line for each question.

    why does the loss become nan = losses, debugging

The search ranks pages by it (`docs/theme/search.js`): a reader who knows no term yet asks in words that no page has.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from dlbook.book.layout import Book

BORDER = " = "  # a question may hold the sign: ceil_mode=True


@dataclass(frozen=True)
class Question:
    """A line of a file.

    Attributes:
        text: what is typed.
        pages: names of the pages that answer, the best first; none if the line is not a question and its pages.
        file, line: where it stands.
    """

    text: str
    pages: tuple[str, ...]
    file: Path
    line: int


def questions(book: Book, language: str) -> list[Question]:
    """All questions in a language; none if the book has no such folder."""
    lines = (
        (file, number, line)
        for file in sorted(book.questions(language).glob("*.txt"))
        for number, line in enumerate(file.read_text("utf8").splitlines(), 1)
    )
    return [_read(*each) for each in lines if each[-1].strip() and not each[-1].startswith("#")]


def _read(file: Path, number: int, line: str) -> Question:
    text, border, pages = line.rpartition(BORDER)
    names = tuple(name.strip() for name in pages.split(",")) if border else ()
    return Question((text if border else line).strip(), names, file, number)


def by_address(book: Book, language: str) -> dict[str, str]:
    """From the address of each page to what readers ask who mean it, a line for each question."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for question in questions(book, language):
        for page in question.pages:
            found["" if page == "index" else f"{page}/"].append(question.text)
    return {address: "\n".join(texts) for address, texts in found.items()}
