"""Markdown extension: a name of the package in the prose leads to its entry in the reference.

In `conv2d`, in `conv2d(x, weight)` and in `dlbook.convolution.Conv2d`, the code is a link, if the name is
the package's on that page: it is written in full, or it is a function that the page's own module
defines or a listing of the page imports. A lone `Conv2d` stays as it is: it may be torch's.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from dlbook.book.layout import REFERENCE, Book
from dlbook.book.markdown.rendered import address_of

NAME = re.compile(r"^(?:(?P<package>[A-Za-z_][\w.]*)\.)?(?P<name>[A-Za-z_]\w*)(?:\(.*\))?$", re.S)
IMPORT = re.compile(r"^from (?P<module>\w+(?:\.\w+)*) import (?P<names>\((?:[^)]*)\)|[^\n(]+)", re.M)
ENTRY = re.compile(r"^::: (\w+(?:\.\w+)*)$", re.M)
LEAVES_ALONE = {"a", "pre", "summary", "h1", "h2", "h3", "h4"}  # a click on a summary opens its fold
ENGINE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Name:
    """A public function or class: its full name where it is defined, and whether it is a function."""

    full: str
    is_function: bool


def public_names(book: Book) -> dict[str, Name]:
    """The public functions and classes of the package, by each full name under which they can be imported."""
    return _public_names(book, tuple((file, file.stat().st_mtime_ns) for file in modules(book)))


def modules(book: Book) -> list[Path]:
    """The files of the package that readers import from: without private ones and without this machinery."""
    inside = (file for file in sorted(book.package.rglob("*.py")) if ENGINE not in file.parents)
    return [file for file in inside if not any(is_private(part) for part in file.relative_to(book.package).parts)]


def is_private(part: str) -> bool:
    """Whether the name of a file says that its module is not for readers."""
    return part.startswith("_") and part != "__init__.py"


def module_name(book: Book, file: Path) -> str:
    """The dotted name of a module: "dlbook.attention" for its `__init__`."""
    parts = file.relative_to(book.source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@lru_cache(4)
def _public_names(book: Book, files: tuple[tuple[Path, int], ...]) -> dict[str, Name]:
    found, handed_on = {}, {}
    for file, _ in files:
        module = module_name(book, file)
        for statement in ast.parse(file.read_text("utf-8-sig")).body:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and not statement.name.startswith("_"):
                full = f"{module}.{statement.name}"
                found[full] = Name(full, isinstance(statement, ast.FunctionDef))
            elif isinstance(statement, ast.ImportFrom) and file.name == "__init__.py":
                for alias in statement.names:
                    handed_on[f"{module}.{alias.asname or alias.name}"] = f"{statement.module}.{alias.name}"
    return found | {front: found[full] for front, full in handed_on.items() if full in found}


class PageNames(Preprocessor):
    """Notes which names the listings of a page import."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.imported: dict[str, str] = {}

    def run(self, lines: list[str]) -> list[str]:
        self.imported = dict(_imports("\n".join(line.lstrip() for line in lines)))
        return lines


def _imports(text: str) -> Iterator[tuple[str, str]]:
    for match in IMPORT.finditer(text):
        for name in re.findall(r"\w+", match["names"]):
            yield name, f"{match['module']}.{name}"


class ApiLinks(Treeprocessor):
    """Turns names into links, on the pages of a folder that has a reference."""

    def __init__(self, md: Markdown, names: PageNames, book: Book) -> None:
        super().__init__(md)
        self.names = names
        self.book = book
        self.reference = book.docs / book.first / REFERENCE

    def run(self, root: ElementTree.Element) -> None:
        page = address_of(self.md)
        if page and not page.startswith(f"{REFERENCE}/"):
            self.public, self.treated = public_names(self.book), treated(self.reference)
            self._walk(root, page)

    def _walk(self, element: ElementTree.Element, page: str) -> None:
        for child in element:
            if child.tag == "code":
                self._link(child, page)
            elif child.tag not in LEAVES_ALONE:
                self._walk(child, page)

    def _link(self, code: ElementTree.Element, page: str) -> None:
        written = NAME.match(code.text or "")
        full = written and self._full_name(written, Path(page).stem)
        chapter = full and self.treated.get(full.rpartition(".")[0])
        if not chapter:  # a check says which module has no page in the reference
            return
        text, code.text, tail, code.tail = code.text, None, code.tail, None
        code.tag = "a"
        code.set("href", f"{'../' * page.count('/')}{REFERENCE}/{chapter}.md#{full}")
        code.set("class", "api")
        ElementTree.SubElement(code, "code").text = text
        code.tail = tail

    def _full_name(self, written: re.Match[str], page: str) -> str | None:
        package, name, root = written["package"], written["name"], self.book.options.package
        names = self.public
        if package:
            full = f"{package}.{name}" if package.split(".")[0] == root else f"{root}.{package}.{name}"
            return names[full].full if full in names else None
        own = (full for full in names if full.startswith(f"{root}.{page}.") and full.rpartition(".")[2] == name)
        candidates = [self.names.imported.get(name, ""), *sorted(own, key=lambda full: full.count("."))]
        found = (names[full] for full in candidates if full in names)
        return next((each.full for each in found if each.is_function), None)


def treated(reference: Path) -> dict[str, str]:
    """Which page of the reference treats a module: {"bpe": "vocabulary"}."""
    files = sorted(reference.glob("*.md")) if reference.exists() else []
    return _treated(tuple((file, file.stat().st_mtime_ns) for file in files))


@lru_cache(4)
def _treated(files: tuple[tuple[Path, int], ...]) -> dict[str, str]:
    return {module: page.stem for page, _ in files for module in ENTRY.findall(page.read_text("utf8"))}


class ApiLinksExtension(Extension):
    """Options: `root` of the book."""

    def __init__(self, **options: Any) -> None:
        self.config = {"root": [".", "the root of the book"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        book = Book(Path(self.getConfig("root")))
        names = PageNames(md)
        # After the includes (32), before the fences are stashed (25).
        md.preprocessors.register(names, "book_page_names", 27)
        # After the inline patterns (20), before MkDocs makes links of files (0).
        md.treeprocessors.register(ApiLinks(md, names, book), "book_api_links", 13)


def makeExtension(**options: Any) -> ApiLinksExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return ApiLinksExtension(**options)
