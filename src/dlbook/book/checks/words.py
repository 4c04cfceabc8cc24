"""Numbers and terms in the prose."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import yaml

from dlbook.book import captions, questions
from dlbook.book.checks.languages import twins
from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import GENERATED, Book
from dlbook.book.markdown import pages, prose
from dlbook.book.questions import Question


@check
def no_orphan_numbers(book: Book) -> Iterator[Problem]:
    """A number in prose stands in an output on its page, or in the claims with its source."""
    claims = _claims(book)
    used = set()
    for path in book.all_pages():
        shown = _shown_numbers(book, path)
        for paragraph in [*prose.paragraphs(path), *_captions(book, path)]:
            for number in paragraph.numbers():
                claim = claims.get((path.stem, number))
                used.add((path.stem, number) if claim else None)
                if claim and f"(#{claim['source']})" not in paragraph.text:
                    yield at(
                        book, path, paragraph.line, f"{number} is a claim: cite #{claim['source']} in its paragraph"
                    )
                elif not claim and number not in shown:
                    yield at(book, path, paragraph.line, f"{number} stands in no output on this page and in no claim")
    for page, number in sorted(set(claims) - used):
        yield at(book, book.claims, 1, f"claims {number} on page {page!r}, which does not say it")


def _captions(book: Book, path: Path) -> list[prose.Paragraph]:
    """What stands below the figures of a page."""
    language = path.relative_to(book.docs).parts[0]
    said = captions.numbered(book, pages.read(path))
    return [prose.Paragraph(in_each.get(language, ""), image.line) for image, _, in_each in said]


def _claims(book: Book) -> dict[tuple[str, str], dict[str, Any]]:
    entries = yaml.safe_load(book.claims.read_text("utf8")) if book.claims.exists() else []
    return {(entry["page"], prose.normal(str(entry["number"]))): entry for entry in entries or []}


def _shown_numbers(book: Book, path: Path) -> set[str]:
    from dlbook.book.listings import figures

    numbers: set[str] = set()
    for fence in pages.fences(path):
        for include in filter(None, fence.includes):
            if include.path.endswith(".out") and include.file(book).exists():
                numbers |= prose.numbers(include.text(book))
    for element in pages.read(path):
        file = book.theme / element.key
        if element.kind == "image" and file.suffix == ".svg" and file.exists():
            numbers |= prose.numbers(" ".join(figures.words(file.read_text("utf8"))))
    return numbers


@check
def terms_have_their_pair(book: Book) -> Iterator[Problem]:
    """A bold term stands in the glossary, is bold once, and its pair is bold in the twin's same section."""
    rows = prose.glossary(book)
    if not rows:
        return
    for column, language in enumerate(book.languages):
        known = {row[column] for row in rows}
        for page in book.pages(language):
            yield from _terms_of_a_page(book, book.docs / language / page, known)
    for one, other in twins(book):
        column = book.languages.index(other.relative_to(book.docs).parts[0])
        yield from _unpaired(book, one, other, {row[0]: row[column] for row in rows})


def _terms_of_a_page(book: Book, path: Path, known: set[str]) -> Iterator[Problem]:
    defined = prose.terms(path)
    for term in defined:
        if term.text not in known:
            yield at(book, path, term.line, f"term {term.text!r} is not in the glossary")
    for text, count in Counter(term.text for term in defined).items():
        if count > 1:
            yield at(book, path, 1, f"term {text!r} is bold {count} times, once is enough")


def _unpaired(book: Book, one: Path, other: Path, pairs: dict[str, str]) -> Iterator[Problem]:
    wanted = {(term.section, pairs[term.text]) for term in prose.terms(one) if term.text in pairs}
    found = {(term.section, term.text) for term in prose.terms(other)}
    for section, text in sorted(wanted ^ found):
        verb = "is not bold" if (section, text) in wanted else "is bold, its pair is not,"
        yield at(book, other, 1, f"term {text!r} {verb} in section #{section}")


# The section of exercises may define a term that its solutions need.
NO_SUBJECT = {"exercises"}


@check
def headings_name_what_they_define(book: Book) -> Iterator[Problem]:
    """Who searches for a term finds it in a heading: a section that defines terms names one of them in its headings."""
    for path in book.all_pages():
        defined: dict[str, list[str]] = {}
        for term in prose.terms(path):
            defined.setdefault(term.section, []).append(term.text)
        for section, (line, headings) in _sections(path).items():
            terms = defined.get(section, [])
            if terms and section not in NO_SUBJECT and not any(_names(headings, term) for term in terms):
                said = ", ".join(map(repr, terms))
                yield at(book, path, line, f"section #{section} defines {said}: name one of them in a heading")


def _sections(path: Path) -> dict[str, tuple[int, str]]:
    """Of each section its line, and its heading with those below it."""
    found: dict[str, tuple[int, str]] = {}
    section = ""
    for element in pages.read(path):
        if element.kind == "heading" and element.key.startswith("2 "):
            section = element.key[2:]
            found[section] = (element.line, element.text)
        elif element.kind == "heading" and section:
            line, text = found[section]
            found[section] = (line, f"{text}\n{element.text}")
    return found


def _names(headings: str, term: str) -> bool:
    """Whether a term stands in headings: in the plural too, with or without its hyphen."""
    one, other = (re.sub(r"[ \-–]", "", text.lower()) for text in (headings, term))
    return other in one or (other.endswith(("is", "y")) and other[:-2] + "es" in one)


@check
def the_glossary_is_in_order(book: Book) -> Iterator[Problem]:
    """Its terms stand in alphabetical order, each once, with the same terms in all languages."""
    tables = [list(_glossary_rows(book, language)) for language in book.languages]
    for rows in tables:
        for (path, _, before), (_, line, terms) in pairwise(rows):
            if terms[0].lower() <= before[0].lower():
                what = "stands twice" if terms[0] == before[0] else f"must stand before {before[0]!r}"
                yield at(book, path, line, f"{terms[0]!r} {what}")
    for other in tables[1:]:
        yield from _other_row(book, tables[0], other)


def _other_row(book: Book, rows: list, others: list) -> Iterator[Problem]:
    for one, other in zip_longest(rows, others):
        if one is None or other is None or one[2] != other[2]:
            path, line, terms = other or one
            said = ", ".join(map(repr, terms))
            yield at(book, path, line, f"{said} is not what the other language has in its place")
            return


def _glossary_rows(book: Book, language: str) -> Iterator[tuple[Path, int, list[str]]]:
    path = book.docs / language / "glossary.md"
    for table in prose.glossary_tables(book, language)[:1]:
        for line, cells in table:
            yield path, line, cells[: len(book.languages)]


@check
def second_names_are_said(book: Book) -> Iterator[Problem]:
    """A second name of the glossary stands in the section that defines its term, on the page that the glossary names."""
    places = prose.defining_pages(book)
    for language in book.languages:
        for line, cells in next(iter(prose.glossary_tables(book, language)[1:]), []):
            glossary, term = book.docs / language / "glossary.md", cells[0]
            page = book.docs / language / f"{places.get(term, '').rstrip('/')}.md"
            if not page.exists():
                yield at(book, glossary, line, f"{term!r} has second names and no page that defines it")
                continue
            said = _said_with(page, term.lower())
            for name in prose.names(cells[-1]):
                if not prose.says(said, name):
                    where = book.relative(page)
                    yield at(book, glossary, line, f"{where} does not say {name!r} in the section that defines {term!r}")


@check
def what_is_asked_means_a_term(book: Book) -> Iterator[Problem]:
    """The words that readers type for a term lead to a term of the glossary, and are none of its names."""
    known, names = prose.defining_pages(book), dict(prose.second_names(book))
    for typed, term in prose.asked(book):
        if term not in known:
            yield at(book, book.asked, 1, f"{typed!r} is asked for {term!r}, which is no term of the glossary")
        elif typed in known or names.get(typed) == term:
            yield at(book, book.asked, 1, f"{typed!r} stands in the glossary already")


@check
def questions_lead_to_pages(book: Book) -> Iterator[Problem]:
    """What readers ask leads to pages of the book, and stands in one line."""
    for language in book.languages:
        asked = questions.questions(book, language)
        times = Counter(question.text.casefold() for question in asked)
        for question in asked:
            twice = ["is asked twice: name all its pages in one line"] if times[question.text.casefold()] > 1 else []
            for fault in [*twice, *_lost(book, language, question)]:
                yield at(book, question.file, question.line, f"{question.text!r} {fault}")


def _lost(book: Book, language: str, question: Question) -> Iterator[str]:
    """What is wrong with the pages of a question."""
    if not question.pages:
        yield f"names no page: write question{questions.BORDER}page"
    for page in question.pages:
        if not (book.docs / language / f"{page}.md").exists():
            yield f"leads to {page!r}, which is no page"


def _said_with(path: Path, term: str) -> str:
    """The words of the section that defines a term; none if no section does."""
    section = next((defined.section for defined in prose.terms(path) if defined.text == term), None)
    return prose.plain(path, section) if section is not None else ""


@check
def glossary_terms_are_used_in_both(book: Book) -> Iterator[Problem]:
    """Where a page uses a term of the glossary, its twin uses the term's pair."""
    rows = prose.glossary(book)
    for one, other in twins(book):
        if one.stem == "glossary" or one.relative_to(book.docs / book.first).parts[0] in GENERATED:
            continue
        language = other.relative_to(book.docs).parts[0]
        here, there = _without_second_names(book, prose.plain(one).lower()), prose.plain(other).lower()
        for row in rows:
            term, pair = row[0], row[book.languages.index(language)]
            if term in here and re.search(rf"\b{re.escape(term)}s?\b", here) and pair not in there:
                page = other.relative_to(book.docs / language).as_posix()
                yield at(book, other, 1, f"{page} says {term!r} in {book.first}, never {pair!r} in {language}")


def _without_second_names(book: Book, text: str) -> str:
    """A text without the names in which a term may stand that is not meant: rotary embedding is no embedding."""
    for name in sorted((name for name, _ in prose.second_names(book)), key=len, reverse=True):
        text = re.sub(rf"(?<![a-z]){re.escape(name.lower())}(?![a-z])", " ", text)
    return text


PRIVATE_NAME = re.compile(r"`(_[a-z]\w+)(?:\(\))?`")


@check
def private_names_are_shown(book: Book) -> Iterator[Problem]:
    """A private name in prose, which no reference explains, stands in a listing on its page."""
    for path in book.all_pages():
        if path.relative_to(book.docs).parts[1] in GENERATED:
            continue
        includes = [include for fence in pages.fences(path) for include in filter(None, fence.includes)]
        shown = "\n".join(include.text(book) for include in includes if include.file(book).exists())
        for element in pages.read(path):
            for name in PRIVATE_NAME.findall(element.text):
                if not re.search(rf"\b{name}\b", shown):
                    yield at(book, path, element.line, f"no listing on this page shows `{name}`")
