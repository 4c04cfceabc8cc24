"""A new chapter is known everywhere: what follows from it is generated, what is said of it is not forgotten."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from dlbook.book import generated, phrases, reading
from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import LABS, REFERENCE, Book
from dlbook.book.markdown import pages, prose
from dlbook.book.markdown.api_links import module_name, modules, treated
from dlbook.book.site.notebooks import OUTPUT, folded_outputs, listing

UPDATE = "python -m dlbook.book.chapter --update"
NAMED_ON = ("index", "how_to_read", "notes_map", "glossary")  # pages on which each chapter is named, if they are there


@check
def what_is_generated_is_up_to_date(book: Book) -> Iterator[Problem]:
    """The pages beside chapters, their nav entries and the lists of chapters are what follows from the chapters."""
    for path, text in sorted(generated.wanted(book).items()):
        have = pages.text_of(path).split("\n") if path.exists() else []
        differing = (i for i, (a, b) in enumerate(zip(have, text.split("\n"), strict=False), 1) if a != b)
        yield at(book, path, next(differing, len(have) or 1), f"is out of date: run {UPDATE}")


@check
def every_chapter_is_registered(book: Book) -> Iterator[Problem]:
    """Each chapter is named in the list on the home page, in how to read, in the notes map and in the glossary."""
    for language in book.languages:
        for name in NAMED_ON:
            path = book.docs / language / f"{name}.md"
            if not path.exists():
                continue
            links = set(re.findall(r"\]\(([\w/]+)\.md[#)]", pages.text_of(path)))
            for chapter in generated.chapters(book, language):
                if chapter.name not in links:
                    yield at(book, path, 1, f"does not name the chapter {chapter.name}: link to {chapter.name}.md")


@check
def a_chapter_is_listed_under_its_section(book: Book) -> Iterator[Problem]:
    """In the lists of chapters, the heading above a chapter names the section of the nav in which it stands."""
    for language in book.languages:
        sections = {chapter.name: chapter.section for chapter in generated.chapters(book, language)}
        for path in (book.docs / language / f"{name}.md" for name in ("index", "how_to_read")):
            heading = ""
            for number, line in enumerate(pages.text_of(path).split("\n") if path.exists() else [], 1):
                heading = line if line.startswith("#") else heading
                section = sections.get(generated.listed(line), "")
                if section not in heading:
                    yield at(book, path, number, f"{generated.listed(line)} belongs to {section!r}: move it below that heading")


@check
def every_chapter_says_what_it_is_about(book: Book) -> Iterator[Problem]:
    """Where there are lists of chapters, each chapter has the words for its line in front of its page."""
    for language in book.languages:
        folder = book.docs / language
        for chapter in generated.chapters(book, language):
            path = folder / f"{chapter.name}.md"
            for page, word in (("index", "description"), ("how_to_read", "question"), ("how_to_read", "needs")):
                if (folder / f"{page}.md").exists() and word not in chapter.about and path.exists():
                    yield at(book, path, 1, f"lacks {word!r} between two lines of --- in front, for its line in {page}.md")
            for name in chapter.needs:
                if not (folder / f"{name}.md").exists():
                    yield at(book, path, 1, f"needs {name!r}, which is no page")


@check
def a_chapter_needs_only_what_stands_before_it(book: Book) -> Iterator[Problem]:
    """What to read before a chapter is the same in all languages, stands earlier in the nav, and goes in no circle."""
    needs = {language: {c.name: c.needs for c in generated.chapters(book, language)} for language in book.languages}
    for language, of_chapter in needs.items():
        order = list(of_chapter)
        for place, (name, before) in enumerate(of_chapter.items()):
            path = book.docs / language / f"{name}.md"
            if before != needs[book.first].get(name, before):
                yield at(book, path, 1, f"needs {before}, but {book.first} {needs[book.first][name]}")
            for one in before:
                if one not in order[:place]:
                    yield at(book, path, 1, f"needs {one!r}, which is no chapter that stands before it in the nav")
            if around := circle(of_chapter, name):
                yield at(book, path, 1, f"needs itself: {' needs '.join(around)}")


def circle(needs: dict[str, list[str]], start: str) -> list[str]:
    """The way from a chapter over those that it needs back to itself; nothing if there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop()
        for name in needs.get(way[-1], []):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


@check
def no_chapter_types_how_long_it_takes(book: Book) -> Iterator[Problem]:
    """The time above a page is counted; the words at its top do not say another."""
    for language in book.languages:
        typed = re.compile(phrases.of(language)["types_its_time"])
        for chapter in generated.chapters(book, language):
            path = book.docs / language / f"{chapter.name}.md"
            for paragraph in prose.paragraphs_of(_top(path)) if path.exists() else []:
                if found := typed.search(paragraph.text.replace("\n", " ")):
                    counted = reading.duration(reading.minutes(book, chapter.name, language), phrases.of(language))
                    yield at(book, path, paragraph.line, f"{found[0]!r}: take it out; above the page stands what is counted, {counted}")


def _top(path: Path) -> Iterator[pages.Element]:
    """What stands above the first section of a page."""
    for element in pages.read(path):
        if element.kind == "heading" and element.key.startswith("2 "):
            return
        if element.kind == "prose":
            yield element


@check
def no_chapter_is_too_long(book: Book) -> Iterator[Problem]:
    """A chapter in the first language has at most as many words as the book allows."""
    most = book.options.words_at_most
    for chapter in generated.chapters(book, book.first) if most else []:
        have = reading.words(book, chapter.name, book.first)
        if have > most:
            path = book.docs / book.first / f"{chapter.name}.md"
            yield at(book, path, 1, f"has {have:,} words, at most {most:,}: cut it, or make two chapters of it")


@check
def nothing_of_the_skeleton_is_left(book: Book) -> Iterator[Problem]:
    """A chapter that was begun by the generator says something of its own where the skeleton left room."""
    for language in book.languages:
        skeleton = [line for line in phrases.of(language)["chapter"].split("\n") if "…" in line or line.endswith(("page", "?", "里"))]
        left = {line.strip() for line in skeleton if "{" not in line}
        for chapter in generated.chapters(book, language):
            path = book.docs / language / f"{chapter.name}.md"
            for number, line in enumerate(pages.text_of(path).split("\n") if path.exists() else [], 1):
                if line.strip() in left:
                    yield at(book, path, number, f"{line.strip()!r} is still the skeleton's")


@check
def every_module_stands_in_the_reference(book: Book) -> Iterator[Problem]:
    """Each public module of the package is on a page of the reference, if the book has one."""
    folder = book.docs / book.first / REFERENCE
    if not folder.is_dir():
        return
    known = treated(folder)
    for file in modules(book):
        module = module_name(book, file)
        front = file.name == "__init__.py" and file.parent != book.package  # hands out what others define
        if module not in known and not front:
            chapter = file.relative_to(book.package).parts[0].removesuffix(".py")
            yield at(book, file, 1, f"{book.relative(folder / f'{chapter}.md')} is missing: ::: {module}")


@check
def labs_fold_what_is_to_be_guessed(book: Book) -> Iterator[Problem]:
    """Where a lab says "guess" before a listing, its output is folded; and a fold for an output stands below a listing."""
    for path in book.all_pages():
        elements, language = pages.read(path), path.relative_to(book.docs).parts[0]
        folded = folded_outputs(book, elements)
        guess = re.compile(phrases.of(language)["guess"]) if path.parent.name == LABS else None
        for above, element in pairwise(elements):
            if guess and above.kind == "prose" and guess.search(above.text) and listing(book, element) and element.line not in folded:
                yield at(book, path, element.line, f'the reader is to guess: fold the output, ??? {OUTPUT} "…"')
            if element.kind == "box" and element.key == OUTPUT and above.line not in folded:
                yield at(book, path, element.line, f"a fold {OUTPUT!r} stands right below its listing, and holds what that gives")


@check
def labs_are_on_the_home_page(book: Book) -> Iterator[Problem]:
    """Each lab is named on the home page, if there is one."""
    for language in book.languages:
        home = book.docs / language / "index.md"
        for page in book.pages(language):
            named = home.exists() and f"({page.as_posix()}" in pages.text_of(home)
            if page.parts[0] == LABS and home.exists() and not named:
                yield at(book, home, 1, f"does not name the lab {page.as_posix()}")
