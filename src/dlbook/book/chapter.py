"""Begin a chapter: `python -m dlbook.book.chapter softmax --after cnn --en "The softmax" --zh "softmax 函数"`.

It writes the skeleton of everything that bears the chapter's name, puts it into the nav and the glossary, and writes what
follows from it elsewhere. With `--update` it writes only what is out of date of that: run it after any change of titles,
labels, modules or of the words in front of a page.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from dlbook.book import generated, phrases
from dlbook.book.layout import Book, NoBookError, book_here
from dlbook.book.markdown import pages

MODULE = '''"""{title}: the idea in one sentence.

The formula, its symbols with their shapes, and the source: author (year), section.
"""

from jaxtyping import Float
from torch import Tensor


# --8<-- [start:{name}]
def {name}(x: Float[Tensor, " n"]) -> Float[Tensor, " n"]:
    """What it gives, in one line.

    Args:
        x: what it is.
    """
    return x
# --8<-- [end:{name}]
'''
TEST = '''"""{title}: values, gradients, laws, and what is refused."""

import torch

from {module} import {name}


def test_it_gives_what_the_page_says():
    assert torch.equal({name}(torch.ones(2)), torch.ones(2))
'''
LISTING = """import torch

from {module} import {name}

print({name}(torch.ones(2)))
"""
RECORDED = "tensor([1., 1.])\n"


class ChapterError(ValueError):
    """A chapter cannot be begun as asked; nothing was written."""


def begin(book: Book, name: str, after: str, titles: dict[str, str]) -> list[Path]:
    """Write the skeleton of a chapter and all that follows from it; returns the files that were written.

    Args:
        book: the book.
        name: the chapter's one name.
        after: the name of the chapter that it follows.
        titles: its title in each language.

    Raises:
        ChapterError: the name is taken or none, there is no such chapter to follow, or a title is missing.
    """
    _refuse(book, name, after, titles)
    texts = dict(_skeleton(book, name, after, titles))
    for language in book.languages:
        texts[book.config(language)] = _with_nav_entry(book, language, name, after, titles[language])
        glossary = book.docs / language / "glossary.md"
        if glossary.exists():
            texts[glossary] = _with_term(book, glossary, name, titles, language)
        notes = book.docs / language / "notes_map.md"
        if notes.exists():
            texts[notes] = _beyond_the_notes(notes, name, titles[language], language)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8", newline="\n")
    return sorted({*texts, *generated.update(book)})


def _refuse(book: Book, name: str, after: str, titles: dict[str, str]) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ChapterError(f"the name of a chapter is that of a module: small letters, digits and _, got {name!r}")
    known = [chapter.name for chapter in generated.chapters(book, book.first)]
    if after not in known:
        raise ChapterError(f"--after {after}: there is no such chapter; there are {', '.join(known)}")
    taken = [path for path, _ in _skeleton(book, name, after, dict.fromkeys(book.languages, "")) if path.exists()]
    if taken:
        raise ChapterError(f"{book.relative(taken[0])} is there already")
    missing = [language for language in book.languages if not titles.get(language)]
    if missing:
        raise ChapterError(f"--{missing[0]} is missing: the chapter needs a title in each language")
    for language in book.languages:
        if set(titles[language]) & set("[]|\n"):  # they end a link or a cell of the lists that name the chapter
            raise ChapterError(f"--{language} {titles[language]!r}: a title holds no [, ] or |")


def _skeleton(book: Book, name: str, after: str, titles: dict[str, str]) -> Iterator[tuple[Path, str]]:
    module = ".".join(filter(None, (book.options.package, name)))
    words = {"name": name, "title": titles[book.first], "module": module, "needs": after}
    yield book.package / f"{name}.py", MODULE.format(**words)
    yield book.tests / f"test_{name}.py", TEST.format(**words)
    yield book.snippets / name / "first_look.py", LISTING.format(**words)
    yield book.snippets / name / "first_look.out", RECORDED
    for language in book.languages:
        page = phrases.of(language)["chapter"].format(**{**words, "title": titles[language]})
        yield book.docs / language / f"{name}.md", page


def _with_nav_entry(book: Book, language: str, name: str, after: str, title: str) -> str:
    lines = pages.text_of(book.config(language)).split("\n")
    for number, line in enumerate(lines):
        entry = generated.ENTRY.match(line)
        if entry and entry["page"] == f"{after}.md":
            lines.insert(number + 1, f"{entry['indent']}- {generated.nav_key(title)}: {name}.md")
            return "\n".join(lines)
    where = book.relative(book.config(language))
    raise ChapterError(f"{where} has no line of its own for {after}.md in its nav: add {name}.md by hand, then --update")


def _with_term(book: Book, glossary: Path, name: str, titles: dict[str, str], language: str) -> str:
    """The glossary with a row for the chapter's subject, in its place in the alphabet; its meaning is left to write."""
    terms = [titles[each].lower() if each == book.first else titles[each] for each in book.languages]
    rows = [e for e in pages.read(glossary) if e.kind == "row"]
    lines = pages.text_of(glossary).split("\n")
    first = [row.text.strip().strip("|").split("|")[0].strip().lower() for row in rows]
    place = next((row.line - 1 for row, term in list(zip(rows, first, strict=True))[2:] if term > terms[0]), rows[-1].line)
    empty = rows[0].text.strip().count("|") - 1 - len(terms) - 1
    link = f"[{titles[language]}]({name}.md)"
    lines.insert(place, f"| {' | '.join([*terms, *['…'] * empty, link])} |")
    return "\n".join(lines)


def _beyond_the_notes(notes: Path, name: str, title: str, language: str) -> str:
    """The notes map with a row for a chapter that the notes do not have; who knows better moves it."""
    words, text = phrases.of(language), pages.text_of(notes).rstrip("\n")
    if words["beyond"] not in text:
        text += f"\n\n{words['beyond']}"
    return f"{text}\n| [{title}]({name}.md) |\n"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", nargs="?", help="the chapter's one name, that of its page and of its module")
    parser.add_argument("--after", help="the chapter that it follows")
    parser.add_argument("--update", action="store_true", help="only write what is out of date of that which follows from chapters")
    try:
        book = book_here()
        for language in book.languages:
            parser.add_argument(f"--{language}", metavar="TITLE", help=f"its title ({language})")
        options = parser.parse_args()
        if options.update == bool(options.name):
            parser.error("give the name of a new chapter, or --update")
        titles = {language: getattr(options, language) for language in book.languages}
        written = generated.update(book) if options.update else begin(book, options.name, options.after or "", titles)
    except (ChapterError, NoBookError) as error:
        sys.exit(str(error))
    print(*(book.relative(path) for path in written), sep="\n")


if __name__ == "__main__":
    main()
