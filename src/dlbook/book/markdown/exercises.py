"""Markdown extension: under each exercise that has a check, how to check an answer; see `dlbook.book.exercises`."""

from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from dlbook.book import exercises
from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.book_extension import BookExtension
from dlbook.book.markdown.rendered import written_page

MARGIN = " " * 4  # in an item of a list
MARKS = '{ .book-check data-search-exclude="yes" }'


class Exercises(Preprocessor):
    """Adds the line to each exercise."""

    def __init__(self, md: Markdown, book: Book, language: str) -> None:
        super().__init__(md)
        self.book = book
        self.language = language

    def run(self, lines: list[str]) -> list[str]:
        page = written_page(self.md)
        if page is None:
            return lines
        elements = list(pages.elements("\n".join(lines)))
        found = list(exercises.checked(self.book, page, elements))
        for exercise, entry in reversed(found):
            words = exercises.told(page.stem, exercise.number, entry, self.language)
            lines[exercise.told - 1 : exercise.told - 1] = [MARGIN + words, MARGIN + MARKS, ""]
        return lines


class ExercisesExtension(BookExtension):
    """Options as those of `BookExtension`."""

    def add(self, md: Markdown, book: Book, language: str) -> None:
        # Before what is included is read (32): its lines would move those of the page.
        md.preprocessors.register(Exercises(md, book, language), "dlbook_exercises", 38)


def makeExtension(**options: Any) -> ExercisesExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return ExercisesExtension(**options)
