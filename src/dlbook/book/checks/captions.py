"""The captions of the figures: each figure has one, it says the same in all languages, and no more than is true."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dlbook.book.captions import captions, captions_in, file_of, files, name_of
from dlbook.book.checks.comparisons import CITED, COMPARING, LIMITED, sections, sentences
from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.checks.style import faults
from dlbook.book.layout import Book
from dlbook.book.markdown import pages, prose

LONGEST = 2  # sentences
NUMBER = re.compile(r"(?<![A-Za-z0-9_.])\d[\d,]*(?:\.\d+)?")


@check
def every_figure_has_its_caption(book: Book) -> Iterator[Problem]:
    """A book with captions has one in each language for each figure of its pages, and for no other."""
    if not book.captions.exists():
        return
    found, shown = captions(book), set()
    for language in book.languages:
        for path, image in _figures(book, language):
            name = name_of(image.key)
            shown.add(name)
            if name and not str(found.get(name, {}).get(language) or "").strip():
                yield at(book, path, image.line, f"{image.key} has no caption in {language!r}: write it in {book.relative(file_of(book, name))}")
    for name, where in _places(book):
        if name not in shown:
            yield at(book, *where, f"{name!r} is a figure of no page")
        for language in set(found[name]) - set(book.languages):
            yield at(book, *where, f"{name!r} has a caption in {language!r}, which is no language of the book")


def _figures(book: Book, language: str) -> Iterator[tuple[Path, pages.Element]]:
    for page in book.pages(language):
        path = book.docs / language / page
        yield from ((path, element) for element in pages.read(path) if element.kind == "image" and name_of(element.key))


def _places(book: Book) -> Iterator[tuple[str, tuple[Path, int]]]:
    """Each figure with a caption, and where that stands."""
    for file in files(book):
        lines = file.read_text("utf8").split("\n")
        for name in captions_in(book, file):
            key = re.compile(rf"""["']?{re.escape(name.rpartition("/")[2])}["']?:""")
            yield name, (file, next((n for n, line in enumerate(lines, 1) if key.match(line)), 1))


@check
def captions_are_short_and_no_alt_texts(book: Book) -> Iterator[Problem]:
    """A caption is one line of one sentence or two, written by the rules of its language, and does not say the alt text again."""
    found, alts = captions(book), _alts(book)
    for name, (file, line) in _places(book):
        for language, said in found[name].items():
            count = len(re.findall(r"[.!?](?=\s|$)|[。！？]", pages.masked(said)))
            if "\n" in said.strip() or not 1 <= count <= LONGEST:
                yield at(book, file, line, f"{name!r} in {language!r} has {count} sentences: say it in one or two, in one paragraph")
            if any(_same(said, alt) for alt in alts.get((language, name), [])):
                yield at(book, file, line, f"{name!r} in {language!r} says the alt text again: say what the reader should see in it")
            for fault in faults(language, file, pages.masked(said), said):
                yield at(book, file, line, f"{name!r}: {fault}")


def _alts(book: Book) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for language in book.languages:
        for _, image in _figures(book, language):
            found.setdefault((language, name_of(image.key) or ""), []).append(image.text)
    return found


def _same(said: str, alt: str) -> bool:
    one, other = (re.sub(r"[\W_]", "", text).lower() for text in (said, alt))
    return one in other or other in one


@check
def captions_say_the_same_numbers(book: Book) -> Iterator[Problem]:
    """The captions of a figure have the same numbers and formulas in all languages; their numbers are those of their page."""
    found = captions(book)
    for name, where in _places(book):
        first = _stated(found[name].get(book.first, ""))
        for language in book.languages[1:]:
            if other := (first - _stated(found[name].get(language, ""))) + (_stated(found[name].get(language, "")) - first):
                yield at(book, *where, f"{name!r} says {', '.join(sorted(other))} in one language and not in the other")


def _stated(said: str) -> Counter[str]:
    formulas = [pages.plain_formula(match["latex"]) for match in pages.INLINE.finditer(said)]
    return Counter([*formulas, *(prose.normal(number) for number in NUMBER.findall(pages.masked(said)))])


@check
def comparing_captions_have_a_verdict(book: Book) -> Iterator[Problem]:
    """What holds for the prose beside a figure holds for its caption: a comparing word has a verdict near, or says of which run it speaks."""
    found = captions(book)
    for language in set(book.languages) & set(COMPARING):
        for path in (book.docs / language / page for page in book.pages(language)):
            for section in sections(book, path):
                if not section.compares_without_a_verdict:
                    continue
                for image in (element for element in section.elements if element.kind == "image"):
                    for sentence in sentences(found.get(name_of(image.key) or "", {}).get(language, "")):
                        word = COMPARING[language].search(sentence)
                        if word and not LIMITED[language].search(sentence) and not CITED.search(sentence):
                            what = f"{word[0]!r} compares, near training, without a verdict or a limit: {sentence!r}"
                            yield at(book, path, image.line, f"the caption of {image.key}: {what}")
