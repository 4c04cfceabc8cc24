"""What follows from the chapters is written by this and checked in: pages beside them, their nav entries, lists of them.

Nothing here runs when the site is built, so every builder of MkDocs pages shows it. `python -m dlbook.book.chapter --update`
writes what is out of date; a check says when anything is.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from dlbook.book import addresses, notation, phrases, reading
from dlbook.book.layout import CHECKS, GENERATED, REFERENCE, Book
from dlbook.book.listings.painting import painted
from dlbook.book.markdown import pages, prose
from dlbook.book.markdown.api_links import module_name, modules
from dlbook.book.markdown.outline import read_config

SEARCH, SEARCH_NAMES = "search.js", "search.also.js"  # in the theme
ENTRY = re.compile(r"^(?P<indent>\s*)- (?:(?P<title>.+?): )?(?P<page>[\w./-]+\.md)\s*(?:#.*)?$")


@dataclass(frozen=True)
class Chapter:
    """A chapter in one language.

    Attributes:
        name: its one name, that of its page without `.md`.
        title: as the nav has it.
        section: the title of the nav section in which it stands.
        about: what stands in front of its page: `description`, `question`, `needs`.
        minutes: how long it takes to read, if `timed` has counted.
    """

    name: str
    title: str
    section: str
    about: dict[str, Any] = field(default_factory=dict)
    minutes: int = 0

    @property
    def needs(self) -> list[str]:
        """The chapters to read before it."""
        return list(self.about.get("needs", []))


def chapters(book: Book, language: str) -> list[Chapter]:
    """The chapters of a language, in the order of its nav."""
    return [
        Chapter(name, title, section, front_matter(book.docs / language / page))
        for section, title, page in nav_entries(read_config(book.config(language)).get("nav", []))
        if is_chapter(book, name := page.removesuffix(".md"))
    ]


def timed(book: Book, language: str) -> list[Chapter]:
    """The same, with the minutes that each takes."""
    return [replace(one, minutes=reading.minutes(book, one.name, language)) for one in chapters(book, language)]


def is_chapter(book: Book, name: str) -> bool:
    """Whether a page is a chapter: it stands in no folder, and the book does not name it as something else."""
    return "/" not in name and name not in book.options.besides


def nav_entries(nav: Any, section: str = "") -> Iterator[tuple[str, str, str]]:
    """The pages of a nav: (title of the section, title of the page, page)."""
    for entry in nav if isinstance(nav, list) else []:
        if isinstance(entry, str):
            yield section, "", entry
        elif isinstance(entry, dict):
            for title, inner in entry.items():
                yield from [(section, title, inner)] if isinstance(inner, str) else nav_entries(inner, title)


def front_matter(path: Path) -> dict[str, Any]:
    """What stands in front of a page, between two lines of `---`."""
    found = pages.FRONT_MATTER.match(pages.text_of(path)) if path.exists() else None
    return yaml.safe_load(found[0].strip().strip("-").strip()) or {} if found else {}


# What must stand where


def wanted(book: Book) -> dict[Path, str]:
    """The text that each file with a generated part should have, as far as it differs from what it has."""
    texts = {path: text for language in book.languages for path, text in _texts(book, language)}
    texts |= _search_words(book) | addresses.wanted(book) | _figures(book)
    return {path: text for path, text in texts.items() if not path.exists() or pages.text_of(path) != text}


def update(book: Book) -> list[Path]:
    """Write what is out of date; returns what was written."""
    written = []
    for path, text in wanted(book).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8", newline="\n")
        written.append(path)
    return written


def _figures(book: Book) -> dict[Path, str]:
    """Each recorded figure in the colours of the book: those follow from the book, and not from the listing."""
    return {file: painted(file.read_text("utf8")) for file in sorted(book.figures.rglob("*.svg"))}


def _texts(book: Book, language: str) -> Iterator[tuple[Path, str]]:
    folder, all_chapters = book.docs / language, timed(book, language)
    words = phrases.of(language)
    beside = {REFERENCE: [c for c in all_chapters if modules_of(book, c.name)]}
    beside[CHECKS] = [c for c in all_chapters if _has_labels(folder / f"{c.name}.md")]
    for kind, of_kind in beside.items():
        if _is_used(book, kind):
            for chapter in of_kind:
                yield folder / kind / f"{chapter.name}.md", beside_page(book, kind, chapter, words)
    yield book.config(language), _nav_text(book, language, beside)
    yield from _notation(book, language, all_chapters, words)
    for name, line in LISTS.items():
        path = folder / f"{name}.md"
        if path.exists():
            listed = beside[CHECKS] if name == "checks" else all_chapters
            text = with_lines(pages.text_of(path), [(c, line(c, all_chapters, words)) for c in listed])
            yield path, with_hours(text, {c.name: c.minutes for c in all_chapters}, words) if name == "how_to_read" else text


def _notation(book: Book, language: str, all_chapters: list[Chapter], words: dict[str, str]) -> Iterator[tuple[Path, str]]:
    """The page of the symbols, with its tables as the sheet has them; a sheet that cannot be read is reported by its check."""
    path = book.docs / language / f"{notation.NAME}.md"
    if path.exists():
        with suppress(notation.SheetError):
            tables = notation.tables(book, language, {c.name: c.title for c in all_chapters}, words["comma"])
            yield path, notation.with_rows(pages.text_of(path), tables)


def _search_words(book: Book) -> dict[Path, str]:
    """What the search knows of the glossary; nothing where a book leaves the search to its theme."""
    if not (book.theme / SEARCH).exists():
        return {}
    said = {"dlAlso": prose.other_names(book), "dlDefined": prose.defining_pages(book)}
    lines = (f"var {name} = {json.dumps(of, ensure_ascii=False, sort_keys=True)}\n" for name, of in said.items())
    return {book.theme / SEARCH_NAMES: "// What the glossary says, written by dlbook.book.generated.\n" + "".join(lines)}


def _is_used(book: Book, kind: str) -> bool:
    """Whether a book has pages of a kind: it does if it has one."""
    return (book.docs / book.first / kind).is_dir()


def _has_labels(page: Path) -> bool:
    return page.exists() and any(pages.label(element) for element in pages.read(page) if element.kind == "equation")


def modules_of(book: Book, chapter: str) -> list[str]:
    """The public modules of a chapter: its own, or those of its folder, first the ones that its front door opens."""
    alone, folder = book.package / f"{chapter}.py", book.package / chapter
    if alone.exists():
        return [module_name(book, alone)]
    if not (folder / "__init__.py").exists():
        return []
    names = [module_name(book, file) for file in modules(book) if folder in file.parents]
    own = module_name(book, folder / "__init__.py")
    tree = ast.parse((folder / "__init__.py").read_text("utf8"))
    front = [statement.module for statement in tree.body if isinstance(statement, ast.ImportFrom)]
    return sorted((name for name in names if name != own), key=lambda name: (name not in front, name))


def front_door(book: Book, chapter: str) -> list[str]:
    """The names that a chapter's folder hands out."""
    file = book.package / chapter / "__init__.py"
    if not file.exists():
        return []
    imports = (s for s in ast.parse(file.read_text("utf8")).body if isinstance(s, ast.ImportFrom))
    return sorted(alias.asname or alias.name for statement in imports for alias in statement.names)


def beside_page(book: Book, kind: str, chapter: Chapter, words: dict[str, str]) -> str:
    """The page of a kind that stands beside a chapter."""
    if kind == CHECKS:
        return words["checks"].format(title=chapter.title, name=chapter.name)
    entries = "\n\n".join(f"::: {module}" for module in modules_of(book, chapter.name))
    names = front_door(book, chapter.name)
    door = module_name(book, book.package / chapter.name / "__init__.py")
    listed = ", ".join(f"`{name}`" for name in names)
    front = words["front_door"].format(module=door, names=listed) if names else ""
    return words["reference"].format(title=chapter.title, name=chapter.name, front_door=front, entries=entries)


def _nav_text(book: Book, language: str, beside: dict[str, list[Chapter]]) -> str:
    """The configuration with one nav entry for each page beside a chapter, in the order of the chapters."""
    lines = pages.text_of(book.config(language)).split("\n")
    for kind, of_kind in beside.items():
        at = [i for i, line in enumerate(lines) if (entry := ENTRY.match(line)) and entry["page"].startswith(f"{kind}/")]
        if not at or not _is_used(book, kind):
            continue
        entry = ENTRY.match(lines[at[0]])
        assert entry
        own = {f"{kind}/{chapter.name}.md" for chapter in of_kind}
        others = [lines[i] for i in at if not _is_of_a_chapter(book, lines[i], own)]
        made = [f"{entry['indent']}- {nav_key(chapter.title)}: {kind}/{chapter.name}.md" for chapter in of_kind]
        lines[at[0] : at[-1] + 1] = made + others
    return "\n".join(lines)


def nav_key(title: str) -> str:
    """A title as YAML reads it back: between quotation marks if it holds signs of YAML's own."""
    with suppress(yaml.YAMLError):
        if yaml.safe_load(f"{title}: page") == {title: "page"}:
            return title
    return json.dumps(title, ensure_ascii=False)


def _is_of_a_chapter(book: Book, line: str, own: set[str]) -> bool:
    """Whether a nav entry belongs to a chapter, also to one that is gone; other pages of a kind stay."""
    entry = ENTRY.match(line)
    page = entry["page"] if entry else ""
    return page in own or not (book.docs / book.first / page).exists()


# The lists of chapters on other pages: one line for each chapter, its own words in front of its page


def _in_the_index(chapter: Chapter, _: list[Chapter], words: dict[str, str]) -> str:
    said = chapter.about.get("description")
    return f"- [{chapter.title}]({chapter.name}.md)" + (words["colon"] + said if said else "")


def _in_how_to_read(chapter: Chapter, others: list[Chapter], words: dict[str, str]) -> str:
    titles = {other.name: other.title for other in others}
    needs = (f"[{titles.get(name, name)}]({name}.md)" for name in chapter.needs)
    listed, time = words["comma"].join(needs) or words["nothing"], reading.duration(chapter.minutes, words)
    return f"| [{chapter.title}]({chapter.name}.md) | {chapter.about.get('question', '')} | {listed} | {time} |"


def _in_the_checks(chapter: Chapter, _: list[Chapter], __: dict[str, str]) -> str:
    return f"- [{chapter.title}]({CHECKS}/{chapter.name}.md)"


LISTS = {"index": _in_the_index, "how_to_read": _in_how_to_read, "checks": _in_the_checks}


def with_lines(text: str, wanted_lines: Iterable[tuple[Chapter, str]]) -> str:
    """A page whose list has one line for each chapter: mended where it differs, put after its neighbour where it lacks."""
    lines = text.split("\n")
    before: tuple[str, int] | None = None
    for chapter, line in wanted_lines:
        at = next((i for i, have in enumerate(lines) if _leads_to(have, chapter.name)), None)
        if at is not None:
            lines[at] = line
        else:
            goes_on = before and (before[0] == chapter.section or _heading_of(lines, chapter) is None)
            at = before[1] + 1 if before and goes_on else _start_of_list(lines, chapter, line)
            lines.insert(at, line)
        before = chapter.section, at
    return "\n".join(lines)


def with_hours(text: str, minutes: dict[str, int], words: dict[str, str]) -> str:
    """A page whose tables of chapters each end with a row that says how long its chapters take together."""
    lines: list[str] = []
    together = 0
    for line in text.split("\n"):
        name = listed(line) if line.startswith("|") else ""
        if not name and together:
            lines.append(f"| {words['together']} | | | {reading.duration(together, words)} |")
        if not (not name and together and line.startswith("|")):
            lines.append(line)
        together = together + minutes.get(name, 0) if name else 0
    return "\n".join(lines)


def listed(line: str) -> str:
    """The chapter of which a line is the entry: a list item or a row that begins with a link to it; else nothing."""
    found = re.match(rf"(?:- |\| )\[[^\]]*\]\((?:{CHECKS}/)?([\w/]+)\.md\)", line)
    return found[1] if found else ""


def _leads_to(line: str, name: str) -> bool:
    return listed(line) == name


def _heading_of(lines: list[str], chapter: Chapter) -> int | None:
    """The line of the heading that names the section of a chapter; None on a page whose one list holds all."""
    named = (i for i, line in enumerate(lines) if line.startswith("#") and chapter.section and chapter.section in line)
    return next(named, None)


def _start_of_list(lines: list[str], chapter: Chapter, like: str) -> int:
    """Where the list of a section begins: below the heading that names the section, or below the first that may."""
    first = "| ---" if like.startswith("|") else "- "
    for i in range(_heading_of(lines, chapter) or 0, len(lines)):
        if lines[i].startswith(first):
            return i + like.startswith("|")
    return len(lines) - 1


def is_generated(page: Path) -> bool:
    """Whether a page, relative to the folder of its language, is one of those beside a chapter."""
    return page.parts[0] in GENERATED
